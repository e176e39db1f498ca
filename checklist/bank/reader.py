"""From the bytes of a file to a ``Questionnaire``, or to all that is wrong in it."""

import re
from pathlib import Path
from typing import Any

import tomli

from checklist.bank import relations, shape
from checklist.bank.findings import Findings
from checklist.bank.lines import Lines
from checklist.errors import ChecklistError, Problem
from checklist.questionnaire import (
    Dimension,
    Item,
    Questionnaire,
    Reflection,
    Scale,
    Source,
    Suggestion,
)

TOML_CAUSES = {
    "Cannot": "toml-twice",
    "Duplicate": "toml-twice",
    "Expected '=' after a key": "toml-no-equals",
    "Unterminated string": "toml-open-string",
    "Expected \"'": "toml-open-string",
    "Illegal character '\\n'": "toml-open-string",
    "Illegal character '\\r'": "toml-open-string",
    "invalid character '\\n'": "toml-open-string",
    "Unclosed": "toml-open-list",
    "at the end of a table declaration": "toml-open-list",
    "at the end of an array declaration": "toml-open-list",
    "Unescaped '\\'": "toml-backslash",
    "Invalid hex value": "toml-backslash",
    "not a Unicode scalar value": "toml-backslash",
    "Illegal character": "toml-illegal-character",
    "invalid character": "toml-illegal-character",
    "after a statement": "toml-after-value",
    "Invalid value": "toml-value",
    "Invalid date": "toml-value",
    "Invalid statement": "toml-key",
    "initial character for a key part": "toml-key",
}
"""Parts of tomli's messages, and the words that we have for them; the first that fits counts."""

WORD = r"(?<![\w-])[\w-]++\s*+"
NESTED = rf"(?:(?:{WORD}=\s*+)?[\[{{]\s*+)+|(?:{WORD}\.\s*+)+"
NUMBER = r"[\d_]+"


def read(path: Path, *, any_name: bool = False) -> Questionnaire:
    """Read and check a questionnaire file.

    Parameters
    ----------
    path
        The file.
    any_name
        Whether it may be called otherwise than its id, such as a copy of an earlier version.

    Raises
    ------
    ChecklistError
        ``questionnaire-unreadable``: the file cannot be opened; ``questionnaire-invalid``: with all
        of its problems, each with its line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ChecklistError("questionnaire-unreadable", file=str(path), reason=error) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _invalid(path.name, Problem("not-utf-8", f"{path.name}:{line}")) from error
    return parse(text, path.name, expected_id=None if any_name else path.stem)


def parse(text: str, name: str, expected_id: str | None = None) -> Questionnaire:
    """Check the text of a questionnaire file.

    Parameters
    ----------
    text
        TOML 1.0.
    name
        What the file is called in messages.
    expected_id
        The file name without its ending, which must be the id; ``None`` for a frozen copy.

    Raises
    ------
    ChecklistError
        ``questionnaire-invalid``, with all problems of the file.
    """
    text = text.replace("\r\n", "\n")
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _invalid(name, _toml_problem(error, text, name)) from error
    except RecursionError as error:
        line = _line_of_longest(NESTED, text)
        raise _invalid(name, Problem("toml-too-deep", f"{name}:{line}")) from error
    except ValueError as error:
        line = _line_of_longest(NUMBER, text)
        raise _invalid(name, Problem("toml-long-number", f"{name}:{line}")) from error
    findings = Findings()
    shape.questionnaire(raw, (), findings)
    relations.check(raw, findings)
    if expected_id is not None and isinstance(raw.get("id"), str) and raw["id"] != expected_id:
        findings.add("id-not-file-name", ("id",), id=raw["id"], expected=expected_id)
    if findings.found:
        lines = Lines(text)
        placed = sorted(
            ((lines.of(path), code, values) for path, code, values in findings.found),
            key=lambda found: found[0],
        )
        raise _invalid(
            name, *(Problem(code, f"{name}:{line}", values) for line, code, values in placed)
        )
    return _build(raw, text)


def _invalid(name: str, *problems: Problem) -> ChecklistError:
    return ChecklistError("questionnaire-invalid", problems=problems, file=name)


def _toml_problem(error: tomli.TOMLDecodeError, text: str, name: str) -> Problem:
    code = next((code for part, code in TOML_CAUSES.items() if part in error.msg), "toml")
    place = error.pos
    if code == "toml-no-equals" and not text[place : place + 1].isascii():
        code = "toml-key"  # an umlaut in a key: tomli takes what stands before it for the whole key
    elif code == "toml-open-list":
        place = len(text[:place].rstrip())  # where the bracket belongs, not where it was missed
    elif code == "toml-open-string" and place == len(text):
        place = text.rfind(_open_quotes(error.msg, text))
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    return Problem(code, f"{name}:{line}:{column}")


def _open_quotes(message: str, text: str) -> str:
    """Give the quotes that opened what runs on to the end of the file."""
    if "'" in message:
        return message.removeprefix("Expected ").strip('"')
    return '"' if text.count('"""') % 2 == 0 else '"""'


def _line_of_longest(pattern: str, text: str) -> int:
    """Find the most likely line for what tomli gives up on without naming a place."""
    longest = max(re.finditer(rf"{pattern}|\A", text), key=lambda found: len(found[0]))
    return text.count("\n", 0, longest.start()) + 1


def _build(raw: dict[str, Any], text: str) -> Questionnaire:
    scales = {
        name: Scale(
            id=name,
            prompt=table["prompt"],
            options={language: tuple(words) for language, words in table["options"].items()},
            observer=table.get("observer"),
            accept=table.get("accept", {}),
        )
        for name, table in raw["scales"].items()
    }
    default = raw.get("scale", next(iter(scales)))
    source = raw.get("source")
    return Questionnaire(
        id=raw["id"],
        version=raw["version"],
        title=raw["title"],
        languages=tuple(raw.get("languages", relations.DEFAULT_LANGUAGES)),
        dimensions=tuple(_dimension(part, scales, default) for part in raw["dimensions"]),
        minutes=raw.get("minutes"),
        purpose=raw.get("purpose"),
        source=Source(**source) if source else None,
        reflections=tuple(Reflection(**part) for part in raw.get("reflections", ())),
        scales=scales,
        accept=raw.get("accept", {}),
        toml=text,
    )


def _dimension(raw: dict[str, Any], scales: dict[str, Scale], default: str) -> Dimension:
    return Dimension(
        id=raw["id"],
        title=raw["title"],
        about=raw.get("about"),
        items=tuple(
            Item(
                id=item["id"],
                text=item["text"],
                scale=scales[item.get("scale", default)],
                observer=item.get("observer"),
                reverse=item.get("reverse", False),
                accept=item.get("accept", {}),
            )
            for item in raw["items"]
        ),
        suggestions=tuple(
            Suggestion(
                audience=part["for"],
                title=part["title"],
                step=part["step"],
                items=tuple(part.get("items", ())),
                minutes=part.get("minutes"),
                accept=part.get("accept", {}),
            )
            for part in raw.get("suggestions", ())
        ),
        accept=raw.get("accept", {}),
    )
