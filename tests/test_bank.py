from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from checklist.bank import Bank, parse, read
from checklist.bank.folders import bundled
from checklist.bank.reader import TOML_CAUSES
from checklist.cli.failure import problem_line
from checklist.errors import ChecklistError, Problem
from checklist.i18n import Texts
from tests.helpers import TINY

SMALL = """\
id = "small"
version = "1.0.0"
title.de = "Klein"
title.en = "Small"

[scales.cases]
prompt.de = "In wie vielen Fällen?"
prompt.en = "In how many cases?"
options.de = ["in keinem", "in allen"]
options.en = ["in none", "in all"]

[[dimensions]]
id = "needs"
title.de = "Bedarf"
title.en = "Needs"

[[dimensions.items]]
id = "needs-ask"
text.de = "Ich frage."
text.en = "I ask."

[[dimensions.suggestions]]
for = "self"
items = ["needs-ask"]
title.de = "Fragen"
title.en = "Ask"
step.de = "Wenn jemand kommt, frage ich."
step.en = "When somebody comes, I ask."

[[reflections]]
id = "wish"
text.de = "Was fehlt?"
text.en = "What is missing?"
"""
"""A file in order with a line of every kind; ``expected/questionnaire-problems.txt`` changes it."""


CASES = Path(__file__).with_name("expected") / "questionnaire-problems.txt"

UNPRINTABLE = {
    "control character in a text": (
        'text.de = "Was \x01fehlt?"',
        "toml-illegal-character",
        "32:16",
    ),
    "control character in a comment": ("# \x01", "toml-illegal-character", "32:3"),
    "carriage return in a text": ('text.de = "Was\rfehlt?"', "toml-open-string", "32:15"),
    "carriage return between lines": ("# a\rb", "toml-illegal-character", "32:4"),
    "a number too long to compute": ("minutes = " + "9" * 5000, "toml-long-number", "32"),
    "a list in a list, 500 times": ("a = " + "[" * 500, "toml-too-deep", "32"),
    "a table in a table, 500 times": ("a = " + "{ a = " * 500, "toml-too-deep", "32"),
    "a key of 2,000 parts": ("a." * 2000 + "a = 1", "toml-too-deep", "32"),
}
"""What a text file cannot show: the line put in place of line 32, the problem, and where."""


def problems(text: str, expected_id: str | None = "small") -> tuple[Problem, ...]:
    try:
        parse(text, "small.toml", expected_id)
    except ChecklistError as error:
        caught = error
    else:
        return ()
    assert caught.code == "questionnaire-invalid"
    assert caught.problems
    return caught.problems


def changed(change: list[str]) -> str:
    """Change ``SMALL`` as a diff would; a line that is named stands there once."""
    lines, place = SMALL.split("\n"), -1
    for sign, content in ((line[0], line[2:]) for line in change if line[0] in " -+"):
        if sign == "+":
            place += 1
            lines.insert(place, content)
            continue
        assert lines.count(content) == 1, f"{content!r} stands {lines.count(content)} times"
        place = lines.index(content)
        if sign == "-":
            del lines[place]
            place -= 1
    return "\n".join(lines)


def cases() -> list[list[str]]:
    """The changes in the file of cases, each with its title, without what was said to them."""
    parts = CASES.read_text("utf-8").strip().split("\n\n")
    return [[line for line in part.split("\n") if line[0] != "="] for part in parts]


def test_every_mistake_is_named_with_its_line_and_what_to_do(
    expected: Callable[[str, str], None],
) -> None:
    assert problems(SMALL) == ()
    written = []
    for change in cases():
        said = [problem_line(problem, Texts("de")) for problem in problems(changed(change))]
        written.append("\n".join([*change, *(f"= {line}" for line in said or ["in Ordnung"])]))
    expected(CASES.name, "\n\n".join(written) + "\n")


def test_both_languages_have_words_for_every_case() -> None:
    for change in cases():
        for problem in problems(changed(change)):
            said = [problem_line(problem, Texts(language)) for language in ("de", "en")]
            assert said[0] != said[1]
            assert "{" not in "".join(said)


def with_line_32(line: str) -> str:
    lines = SMALL.split("\n")
    return "\n".join([*lines[:31], line, *lines[32:]])


@pytest.mark.parametrize("case", UNPRINTABLE)
def test_what_no_editor_shows_is_named_with_its_line(case: str) -> None:
    line, code, place = UNPRINTABLE[case]
    found = problems(with_line_32(line))
    assert [(problem.code, problem.place) for problem in found] == [(code, f"small.toml:{place}")]


@pytest.mark.parametrize(
    "value",
    ["0x" + "f" * 5000, "-0b1" + "0" * 20000, "1e999999", "nan", "07:32:00", "[" * 300 + "]" * 300],
)
@pytest.mark.parametrize("key", ["minutes", "text.de", "id", "options.de", "scale", "for", "items"])
def test_any_value_that_toml_allows_is_taken_or_named(key: str, value: str) -> None:
    for old in (line for line in SMALL.split("\n") if line.startswith(f"{key} = ")):
        for new in (f"{key} = {value}", f"{key} = [{value}, {value}]"):
            found = problems(SMALL.replace(old, new, 1))
            assert found
            assert all(problem_line(problem, Texts("de")) for problem in found)


def test_a_key_of_900_parts_is_only_an_unknown_key() -> None:
    found = problems(f"{'a.' * 900}title.de = 1\n{SMALL}")
    assert [(problem.code, problem.place) for problem in found] == [
        ("unknown-key", "small.toml:1"),
        ("language-missing", "small.toml:1"),
    ]


def test_every_cause_that_we_have_words_for_is_one_that_tomli_names() -> None:
    used = set()
    texts = [changed(change) for change in cases()]
    for text in (*texts, *(with_line_32(line) for line, _, _ in UNPRINTABLE.values())):
        try:
            tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            used.add(next((part for part in TOML_CAUSES if part in error.msg), error.msg))
        except (ValueError, RecursionError):
            continue
    assert used == set(TOML_CAUSES)


def test_problems_come_in_the_order_of_their_lines() -> None:
    text = TINY.replace('.en = "', '.fr = "').replace("reverse = true", "reverse = 1")
    places = [problem.place for problem in problems(text, "tiny")]
    assert len(places) > 50
    assert places == sorted(places, key=lambda place: int(place.partition(":")[2]))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_files_are_read_like_all_others(tmp_path: Path, ending: str, mark: bytes) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(mark + SMALL.replace("\n", ending).encode())
    assert read(path) == parse(SMALL, "small.toml")
    assert read(path).toml == SMALL
    path.write_bytes(mark + SMALL.replace("\n", ending).replace("Ich frage.", "").encode())
    assert where(path) == [("empty-text", "small.toml:19")]
    path.write_bytes(mark + SMALL.replace("\n", ending).replace('"Ich frage."', '"').encode())
    assert where(path) == [("toml-open-string", "small.toml:19:12")]


def where(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(ChecklistError) as caught:
        read(path)
    assert caught.value.code == "questionnaire-invalid"
    return [(problem.code, problem.place) for problem in caught.value.problems]


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(SMALL.encode("cp1252"))
    assert where(path) == [("not-utf-8", "small.toml:7")]
    path.write_bytes(SMALL.encode("utf-16"))
    assert where(path) == [("not-utf-8", "small.toml:1")]


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    for path in (tmp_path / "folder.toml", tmp_path / "missing.toml"):
        with pytest.raises(ChecklistError) as caught:
            read(path)
        assert caught.value.code == "questionnaire-unreadable"
        assert caught.value.values["file"] == str(path)
        assert caught.value.values["reason"]


def test_a_frozen_copy_may_have_any_name() -> None:
    assert parse(SMALL, "frozen").id == "small"


def test_own_questionnaires_stand_in_for_bundled_ones(tmp_path: Path) -> None:
    assert Bank().ids == sorted(path.stem for path in bundled().glob("*.toml"))
    (tmp_path / "small.toml").write_text(SMALL, "utf-8")
    (tmp_path / "anti-churn.toml").write_text(SMALL.replace('"small"', '"anti-churn"'), "utf-8")
    bank = Bank(tmp_path)
    assert bank.ids == sorted({*Bank().ids, "small"})
    assert bank.load("anti-churn").title["de"] == "Klein"
    assert bank.load("relationship-competence") == Bank().load("relationship-competence")
    assert [questionnaire.id for questionnaire in bank.all()] == bank.ids


def test_what_editors_and_file_systems_leave_behind_is_no_questionnaire(tmp_path: Path) -> None:
    for name in ("._small.toml", ".#small.toml", "small.toml~", "small.toml.bak"):
        (tmp_path / name).write_bytes(b"\0\5\26\7")
    assert Bank(tmp_path).ids == Bank().ids


def test_a_folder_called_like_a_questionnaire_is_named_as_unreadable(tmp_path: Path) -> None:
    (tmp_path / "small.toml").mkdir()
    with pytest.raises(ChecklistError) as caught:
        Bank(tmp_path).load("small")
    assert caught.value.code == "questionnaire-unreadable"


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError) as caught:
        Bank(tmp_path / "missing")
    assert caught.value.code == "questions-folder"


@pytest.mark.parametrize(
    ("asked", "code", "near"),
    [
        ("anti-chrun", "unknown-questionnaire-near", "anti-churn"),
        ("antichurn", "unknown-questionnaire-near", "anti-churn"),
        ("relationship", "unknown-questionnaire-near", "relationship-competence"),
        ("xyz", "unknown-questionnaire", ""),
        ("", "unknown-questionnaire", ""),
        ("../questions/anti-churn", "unknown-questionnaire-near", "anti-churn"),
        ("a" * 300, "unknown-questionnaire", ""),
        ("nul\0", "unknown-questionnaire", ""),
        ("\udcff", "unknown-questionnaire", ""),
    ],
)
def test_an_unknown_questionnaire_is_answered_with_the_known_ones(
    asked: str, code: str, near: str
) -> None:
    with pytest.raises(ChecklistError) as caught:
        Bank().load(asked)
    assert caught.value.code == code
    assert caught.value.values["near"] == near
    assert caught.value.values["known"] == ", ".join(Bank().ids)
