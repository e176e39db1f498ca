"""The JSON Schema accepts what ``bank.shape`` accepts, and nothing else."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checklist.bank import Bank, shape
from checklist.bank.findings import Findings
from checklist.bank.folders import bundled
from checklist.i18n import LANGUAGES, Texts
from checklist.schema import json_schema
from tests.helpers import TINY, Call

STORED = bundled() / "questionnaire.schema.json"
SCHEMA = json_schema(Texts("de"))
EDITOR = Draft202012Validator(SCHEMA)
FILES = sorted(bundled().glob("*.toml"))

Place = tuple[str | int, ...]

VALUES: list[Any] = [
    "",
    " ",
    "x",
    "Zwei\nZeilen",
    "\x1b[31m",
    "\u202e",
    "ä-B_1",
    "a--b",
    "1.0",
    "1.0.0",
    "１.0.0",
    "de",
    "self",
    0,
    1,
    240,
    241,
    -1,
    2.5,
    True,
    False,
    [],
    ["a"],
    ["a", "a"],
    ["a", "b"],
    ["a", 1],
    [str(number) for number in range(10)],
    [{}],
    {},
    {"de": "Text"},
    {"de": ""},
    {"de": ["a", "b"], "en": ["a"]},
    {"de": ["a", "b"], "en": ["a", "a"]},
    {"id": "a", "text": {"de": "b"}},
]
"""What may stand where something else belongs. A float without a fraction is an integer for JSON
Schema, and a line break at the very end passes Python's ``$``; both are left out."""


MISSING = object()


def full(rules: int | None = None) -> dict[str, Any]:
    """Give a file in which every key of the format occurs, once where that is possible."""
    raw: dict[str, Any] = tomli.loads(TINY)
    scale, dimension = raw["scales"]["cases"], raw["dimensions"][0]
    dimension["items"] = [{**dimension["items"][0], "reverse": True, "scale": "cases"}]
    dimension["suggestions"] = dimension["suggestions"][:1]
    raw |= {"scales": {"cases": scale}, "dimensions": [dimension]}
    raw["reflections"] = raw["reflections"][:1]
    for part, table in (
        (raw, shape.questionnaire),
        (scale, shape.scale),
        (dimension, shape.dimension),
        (dimension["items"][0], shape.item),
        (dimension["suggestions"][0], shape.suggestion),
    ):
        part["accept"] = dict.fromkeys(_accept(table)[:rules], "Darum.")
    return raw


def _accept(table: shape.Table) -> list[str]:
    kind = table.known["accept"]
    assert isinstance(kind, shape.Table)
    return list(kind.known)


def places(value: Any, path: Place = ()) -> Iterator[Place]:
    yield path
    if isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, key))


def owner(raw: Any, place: Place) -> Any:
    for key in place[:-1]:
        raw = raw[key]
    return raw


def changed(place: Place, value: Any) -> Any:
    raw = copy.deepcopy(FULL)
    parent = owner(raw, place)
    if value is MISSING:
        del parent[place[-1]]
    else:
        parent[place[-1]] = value
    return raw


def accepted(raw: Any) -> bool:
    findings = Findings()
    shape.questionnaire(raw, (), findings)
    return not findings.found


def assert_alike(raw: Any) -> bool:
    valid = EDITOR.is_valid(raw)
    assert accepted(raw) == valid, [error.message for error in EDITOR.iter_errors(raw)]
    return valid


FULL = full(rules=1)
PLACES = [
    place
    for place in places(FULL)
    if place
    and place[-1] != "en"  # languages are alike, and so are the rules that a file accepts to break
]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_full_file_has_every_key_that_there_is() -> None:
    named = {key for place in places(full()) for key in place if isinstance(key, str)}
    assert keys(SCHEMA) <= named
    assert assert_alike(full())


def keys(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set[str]().union(*map(keys, schema))
    if not isinstance(schema, dict):
        return set()
    properties = schema.get("properties", {})
    here = set(properties) if isinstance(properties, dict) else set()
    return here.union(*map(keys, schema.values()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_bundled_is_valid_for_editors_too(path: Path) -> None:
    assert assert_alike(tomli.loads(path.read_text("utf-8")))


def test_a_place_without_its_value_is_judged_alike() -> None:
    assert [place for place in PLACES if assert_alike(changed(place, MISSING))]


def test_a_misspelt_key_is_judged_alike() -> None:
    for place in PLACES:
        raw = copy.deepcopy(FULL)
        if isinstance(parent := owner(raw, place), dict):
            parent[f"{place[-1]}x"] = parent.pop(place[-1])
            assert_alike(raw)


def test_every_value_at_every_place_is_judged_alike() -> None:
    valid = 0
    for place in PLACES:
        for value in VALUES:
            valid += assert_alike(changed(place, value))
    assert 0 < valid < len(PLACES) * len(VALUES)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(VALUES)), max_size=4))
def test_several_changes_at_once_are_judged_alike(changes: list[tuple[Place, Any]]) -> None:
    raw = copy.deepcopy(FULL)
    for place, value in changes:
        try:
            owner(raw, place)[place[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    assert_alike(raw)


def test_the_copy_beside_the_questionnaires_is_up_to_date() -> None:
    """To renew it: checklist questions schema --lang de > questions/questionnaire.schema.json."""
    assert json.loads(STORED.read_text("utf-8")) == SCHEMA


def test_the_copy_is_not_taken_for_a_questionnaire(inside: Call) -> None:
    assert "questionnaire.schema" not in Bank().ids
    assert inside("questions", "check", str(bundled())).code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_it_in_the_persons_language(language: str, inside: Call) -> None:
    done = inside("questions", "schema", "--lang", language)
    assert done.code == 0
    assert json.loads(done.out) == json_schema(Texts(language))


def test_a_directive_for_editors_in_the_first_line_is_a_comment(tmp_path: Path) -> None:
    own = tmp_path / "tiny.toml"
    own.write_text(f"#:schema questionnaire.schema.json\n{TINY}", "utf-8")
    assert Bank(tmp_path).load("tiny").title["de"] == "Ganz klein"
