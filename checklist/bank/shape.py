"""Which keys a questionnaire file has and what each of them holds.

A kind is a function that looks at one value and notes what is wrong with it. What this module lets
through has the right types everywhere; whether the parts fit together is for ``relations``.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from checklist.bank.findings import Findings, Path, key_of
from checklist.questionnaire import AUDIENCES

Kind = Callable[[Any, Path, Findings], None]

MOST_OPTIONS = 9
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VERSION = re.compile(r"\d+\.\d+\.\d+")
LANGUAGE = re.compile(r"[a-z]{2}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def word(value: Any, path: Path, findings: Findings) -> None:
    """Check one text: one line, not empty, nothing that a terminal would obey."""
    if not isinstance(value, str):
        findings.add("no-text", path, key=key_of(path))
    elif not value.strip():
        findings.add("empty-text", path, key=key_of(path))
    elif CONTROL.search(value):
        findings.add("control-character", path, key=key_of(path))


def texts(value: Any, path: Path, findings: Findings) -> None:
    """Check a text in several languages: ``title.de``, ``title.en``."""
    if not isinstance(value, dict) or not value:
        findings.add("no-language-table", path, key=path[-1])
        return
    for language, text in value.items():
        word(text, (*path, language), findings)


def options(value: Any, path: Path, findings: Findings) -> None:
    """Check the options of a scale: by language, 2 to 9 different words each."""
    if not isinstance(value, dict) or not value:
        findings.add("no-language-table", path, key=path[-1])
        return
    for language, words in value.items():
        here = (*path, language)
        if not isinstance(words, list):
            findings.add("no-list", here, key=key_of(here))
            continue
        for position, text in enumerate(words):
            word(text, (*here, position), findings)
        if not 2 <= len(words) <= MOST_OPTIONS:
            findings.add("options-number", here, number=len(words), most=MOST_OPTIONS)
        elif any(words.count(text) > 1 for text in words if isinstance(text, str)):
            findings.add("options-alike", here)


def matching(pattern: re.Pattern[str], code: str) -> Kind:
    """Make a kind for words of one form."""

    def check(value: Any, path: Path, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add("no-text", path, key=key_of(path))
        elif not pattern.fullmatch(value):
            findings.add(code, path, value=value)

    return check


identifier = matching(ID, "bad-id")


def flag(value: Any, path: Path, findings: Findings) -> None:
    """Check ``true`` or ``false``."""
    if not isinstance(value, bool):
        findings.add("no-flag", path, key=path[-1])


def minutes(value: Any, path: Path, findings: Findings) -> None:
    """Check a number of minutes: a whole number from 1 to 240."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 240:
        findings.add("bad-minutes", path)


def audience(value: Any, path: Path, findings: Findings) -> None:
    """Check whom a suggestion is for."""
    if not isinstance(value, str) or value not in AUDIENCES:
        findings.add("bad-audience", path, known=", ".join(AUDIENCES))


def each(kind: Kind) -> Kind:
    """Make a kind for lists that are not empty."""

    def check(value: Any, path: Path, findings: Findings) -> None:
        if not isinstance(value, list):
            findings.add("no-list", path, key=key_of(path))
        elif not value:
            findings.add("empty-list", path, key=key_of(path))
        else:
            for position, part in enumerate(value):
                kind(part, (*path, position), findings)

    return check


def table(required: Mapping[str, Kind], optional: Mapping[str, Kind]) -> Kind:
    """Make a kind for a table with these keys and no others."""
    known = {**required, **optional}

    def check(value: Any, path: Path, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("no-table", path, key=key_of(path))
            return
        for key in required:
            if key not in value:
                findings.add("missing-key", (*path, key), key=key)
        for key, part in value.items():
            if key in known:
                known[key](part, (*path, key), findings)
            else:
                findings.add_misspelt("unknown-key", (*path, key), key, known)

    return check


scale = table({"prompt": texts, "options": options}, {"observer": texts})


def scales(value: Any, path: Path, findings: Findings) -> None:
    """Check ``[scales.NAME]``: at least one."""
    if not isinstance(value, dict) or not value:
        findings.add("no-table", path, key=key_of(path))
        return
    for name, part in value.items():
        scale(part, (*path, name), findings)


item = table(
    {"id": identifier, "text": texts},
    {"observer": texts, "reverse": flag, "scale": word},
)
suggestion = table(
    {"for": audience, "title": texts, "step": texts},
    {"items": each(word), "minutes": minutes},
)
dimension = table(
    {"id": identifier, "title": texts, "items": each(item)},
    {"about": texts, "suggestions": each(suggestion)},
)
questionnaire = table(
    {
        "id": identifier,
        "version": matching(VERSION, "bad-version"),
        "title": texts,
        "scales": scales,
        "dimensions": each(dimension),
    },
    {
        "minutes": minutes,
        "scale": word,
        "languages": each(matching(LANGUAGE, "bad-language")),
        "purpose": texts,
        "source": table({"title": word}, {"note": word}),
        "reflections": each(table({"id": identifier, "text": texts}, {})),
    },
)
