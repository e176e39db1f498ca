"""A workshop that follows another: what was agreed, and when it may begin."""

import json
import os
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklist.cli.failure import sentence
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.rounds import Round
from checklist.store import Store
from checklist.workshop import agreements
from checklist.workshop.following import earlier
from checklist.workshop.places import agreed_in
from checklist.workshop.state import Action
from tests.storing import CLOSING, a_round
from tests.workshop_rooms import a_workshop

FIRST = CLOSING + timedelta(weeks=4)
ACTIONS = (
    Action(
        "ein Kunde anruft", "fragen wir „wofür?“", "KB", date(2026, 4, 20), "weniger Rückfragen"
    ),
    Action("\x1b[31mrot", "</script>", "", date(2026, 5, 1), ""),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "rounds.db", create=True)
    store.rounds.add(a_round())
    yield store
    store.close()


@pytest.fixture
def closed(store: Store) -> Round:
    store.rounds.close("QXRT", CLOSING)
    return store.rounds.get("QXRT")


def code_of(home: Path, store: Store, today: date, code: str = "QXRT") -> str:
    with pytest.raises(ChecklistError) as error:
        earlier(home, store, code, today)
    return error.value.code


# -- the file


def test_what_was_agreed_comes_back_as_it_was(home: Path, closed: Round) -> None:
    path = agreed_in(home, closed)
    workshop = a_workshop("close", actions=ACTIONS, follow_up=FIRST)
    agreements.save(path, closed, workshop)
    agreed = agreements.load(path)
    assert agreed.actions == ACTIONS
    assert agreed.follow_up == FIRST
    assert (agreed.round, agreed.title, agreed.closed_on) == ("QXRT", "Frühjahr", CLOSING)
    agreements.save(path, closed, a_workshop("close"))
    assert agreements.load(path).actions == ()
    assert [each.name for each in path.parent.iterdir()] == [path.name], "nothing is left beside it"


def test_the_file_holds_what_was_agreed_and_nothing_else(home: Path, closed: Round) -> None:
    path = agreed_in(home, closed)
    workshop = a_workshop(
        "close", actions=ACTIONS[:1], hands={"listen-ask": (1, 2, 3)}, proposals=("Geheim",)
    )
    agreements.save(path, closed, workshop)
    assert json.loads(path.read_text("utf-8")) == {
        "format": "checklist-agreements/1",
        "round": "QXRT",
        "title": "Frühjahr",
        "closed_on": "2026-04-01",
        "follow_up": None,
        "actions": [
            {
                "when": "ein Kunde anruft",
                "then": "fragen wir „wofür?“",
                "owner": "KB",
                "until": "2026-04-20",
                "sign": "weniger Rückfragen",
            }
        ],
    }


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_only_its_owner_can_read_it(home: Path, closed: Round) -> None:
    path = agreed_in(home, closed)
    for _ in range(2):
        agreements.save(path, closed, a_workshop("close"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_old_file_stays_where_the_new_one_cannot_be_written(
    home: Path, closed: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = agreed_in(home, closed)
    agreements.save(path, closed, a_workshop("close", actions=ACTIONS))

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ChecklistError) as error:
        agreements.save(path, closed, a_workshop("close"))
    assert error.value.code == "output-unwritable"
    assert agreements.load(path).actions == ACTIONS
    assert len(list(path.parent.iterdir())) == 1


def whole() -> dict[str, Any]:
    action = {"when": "a", "then": "b", "owner": "c", "until": "2026-04-20", "sign": "d"}
    return {
        "format": "checklist-agreements/1", "round": "QXRT", "title": "x",
        "closed_on": "2026-04-01", "follow_up": None, "actions": [action],
    }  # fmt: skip


def test_a_file_is_read_by_its_form(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(whole()), "utf-8")
    assert agreements.load(path).actions == (Action("a", "b", "c", date(2026, 4, 20), "d"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"round": "QXRT"}',
        json.dumps(whole() | {"format": "checklist-agreements/2"}),
        json.dumps(whole() | {"answers": [1, 2]}),
        json.dumps(whole() | {"title": 7}),
        json.dumps(whole() | {"follow_up": "bald"}),
        json.dumps(whole() | {"follow_up": 1767225600}),
        json.dumps(whole() | {"actions": whole()["actions"] * 4}),
        json.dumps(whole() | {"actions": [{"when": "a", "then": "b"}]}),
        json.dumps(whole() | {"actions": [whole()["actions"][0] | {"answer": 3}]}),
        json.dumps(whole() | {"actions": [whole()["actions"][0] | {"until": 20260420}]}),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ChecklistError) as error:
        agreements.load(path)
    assert error.value.code == "agreements-unreadable"
    assert str(path) in sentence(error.value, Texts("de"))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 100])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    for name in ("a.json", "gone.json"):
        with pytest.raises(ChecklistError) as error:
            agreements.load(tmp_path / name)
        assert error.value.code == "agreements-unreadable"


# -- following


def test_four_weeks_have_to_pass(home: Path, store: Store, closed: Round) -> None:
    for day in (CLOSING, FIRST - timedelta(days=1)):
        assert code_of(home, store, day) == "follows-too-soon"
    assert earlier(home, store, "qxrt", FIRST) == ()


def test_it_says_from_which_day_on(home: Path, store: Store, closed: Round) -> None:
    with pytest.raises(ChecklistError) as error:
        earlier(home, store, "QXRT", CLOSING)
    assert "1. April 2026" in sentence(error.value, Texts("de"))
    assert "29. April 2026" in sentence(error.value, Texts("de"))
    assert "29 April 2026" in sentence(error.value, Texts("en"))


def test_a_round_that_collects_cannot_be_followed(home: Path, store: Store) -> None:
    assert code_of(home, store, date(2030, 1, 1)) == "follows-open"


def test_a_round_that_is_not_there_cannot_be_followed(home: Path, store: Store) -> None:
    assert code_of(home, store, FIRST, "nirgends").startswith("unknown-round")


def test_it_opens_with_what_was_agreed(home: Path, store: Store, closed: Round) -> None:
    agreements.save(agreed_in(home, closed), closed, a_workshop("close", actions=ACTIONS))
    assert earlier(home, store, "QXRT", FIRST) == ACTIONS
    assert earlier(home / "elsewhere", store, "QXRT", FIRST) == ()


def test_what_was_agreed_outlives_the_answers(home: Path, store: Store, closed: Round) -> None:
    agreements.save(agreed_in(home, closed), closed, a_workshop("close", actions=ACTIONS))
    store.rounds.purge("QXRT", FIRST, {"de": "{}", "en": "{}"})
    assert earlier(home, store, "QXRT", FIRST) == ACTIONS


def test_a_broken_file_is_no_empty_one(home: Path, store: Store, closed: Round) -> None:
    path = agreed_in(home, closed)
    path.parent.mkdir(parents=True)
    path.write_text("{", "utf-8")
    assert code_of(home, store, FIRST) == "agreements-unreadable"
