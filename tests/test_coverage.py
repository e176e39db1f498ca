"""The coverage tables name items that exist, and every item is named where it was made from."""

import re
from pathlib import Path

import pytest

from checklist.bank import Bank

PAGE = (Path(__file__).parent.parent / "docs" / "questionnaires.md").read_text("utf-8")
BANK = Bank(None)
SECTIONS = dict(re.findall(r"^## `([a-z-]+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
IDS = {name: {item.id for item in BANK.load(name).items} for name in BANK.ids}
OPEN = {name: {part.id for part in BANK.load(name).reflections} for name in BANK.ids}


def test_every_questionnaire_has_its_table() -> None:
    assert set(SECTIONS) == set(BANK.ids)


@pytest.mark.parametrize("name", BANK.ids)
def test_every_item_is_named_in_the_table_of_its_questionnaire(name: str) -> None:
    named = set(re.findall(r"`([a-z0-9-]+)`", SECTIONS[name]))
    assert IDS[name] <= named
    assert OPEN[name] <= named


@pytest.mark.parametrize("name", BANK.ids)
def test_what_a_table_names_exists(name: str) -> None:
    known = {*BANK.ids, *(each for part in (*IDS.values(), *OPEN.values()) for each in part)}
    known |= {dimension.id for each in BANK.ids for dimension in BANK.load(each).dimensions}
    assert set(re.findall(r"`([a-z0-9-]+)`", SECTIONS[name])) <= known


def test_no_item_id_stands_in_two_questionnaires() -> None:
    ids = [each for part in IDS.values() for each in part]
    assert len(ids) == len(set(ids))
