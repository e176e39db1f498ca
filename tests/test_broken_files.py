"""Broken, badly written and useless questionnaire files, each with what is said about it beside it.

``x.toml`` has its words in ``x.expected``, and an earlier version in ``earlier/x.toml`` where it is
one version too many that is wrong. ``pytest --renew`` writes the expected files anew: read them.
"""

import json
from pathlib import Path

import pytest

from checklist.bank.rules import RULES
from checklist.i18n import LANGUAGES
from checklist.proofreading.notes import UNNEEDED
from tests.helpers import Call

FOLDER = Path(__file__).with_name("broken")
FILES = sorted(FOLDER.glob("*.toml"))
IN_ORDER = ("in-order", "in-order-by-exceptions")


def arguments(path: Path) -> list[str]:
    earlier = FOLDER / "earlier" / path.name
    return [str(path), *(["--against", str(earlier)] if earlier.exists() else [])]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_is_said_about_a_broken_file(
    inside: Call, path: Path, request: pytest.FixtureRequest
) -> None:
    said = []
    for language in LANGUAGES:
        done = inside("questions", "check", *arguments(path), "--lang", language)
        errors = sum("arning: " not in line and "arnung: " not in line for line in _lines(done.out))
        assert done.code == (1 if errors else 0)
        said.append(f"{language}, exit code {done.code}:\n{done.out or '-'}".rstrip() + "\n")
    expected = path.with_suffix(".expected")
    if request.config.getoption("--renew"):
        expected.write_text("\n".join(said), "utf-8", newline="\n")
    assert "\n".join(said) == expected.read_text("utf-8")
    assert ("-\n" in said[0]) == (path.stem in IN_ORDER), "says nothing, or too much"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_other_programs_get_the_same(inside: Call, path: Path) -> None:
    asked = arguments(path)
    found = json.loads(inside("questions", "check", *asked, "--format", "json").out)
    lines = []
    for one in found:
        assert list(one) == ["file", "line", "column", "level", "code", "what", "remedy"]
        assert one["file"] == str(path)
        assert 1 <= one["line"] <= path.read_bytes().count(b"\n") + 1
        place = ":".join(str(part) for part in (path.name, one["line"], one["column"]) if part)
        level = "Warnung: " if one["level"] == "warning" else ""
        lines.append(f"{place}: {level}{one['what']} {one['remedy']} [{one['code']}]")
    assert lines == _lines(inside("questions", "check", *asked).out)


def test_there_is_a_file_for_every_rule_and_every_file_has_its_words() -> None:
    assert len(FILES) >= 40
    assert {path.stem for path in FOLDER.glob("*.expected")} == {path.stem for path in FILES}
    earlier = {path.name for path in (FOLDER / "earlier").glob("*.toml")}
    assert earlier <= {path.name for path in FILES}
    said = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.expected"))
    assert [rule for rule in (*RULES, UNNEEDED) if f"[{rule}]" not in said] == []


def test_all_files_at_once_come_with_errors_first(inside: Call) -> None:
    done = inside("questions", "check", str(FOLDER))
    levels = ["Warnung: " in line for line in _lines(done.out)]
    assert done.code == 1
    assert levels == sorted(levels)
    assert {True, False} == set(levels)
    assert "in-order.toml: in Ordnung\n" in done.err
    assert "key-misspelt.toml: in Ordnung" not in done.err


def _lines(out: str) -> list[str]:
    return out.splitlines()
