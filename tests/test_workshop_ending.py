"""What goes when a workshop is over, and what is not kept of one that was never ended."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from checklist.rounds import Round
from checklist.store import Store
from checklist.workshop import agreements
from checklist.workshop.ending import DAYS, end, remove_old
from checklist.workshop.ledger import Ledger
from checklist.workshop.places import FOLDER, agreed_in, ledger_of
from tests.helpers import Call
from tests.storing import CLOSING, a_round
from tests.workshop_rooms import a_workshop

TODAY = date(2026, 6, 1)
LAST = timedelta(days=DAYS)


@pytest.fixture
def opened(store: Path) -> Iterator[Store]:
    """A round that collects, in the store of all commands."""
    opened = Store(store, create=True)
    opened.rounds.add(a_round())
    yield opened
    opened.close()


def begun(home: Path, round_: Round, changed: date = TODAY) -> Path:
    """Leave a workshop's ledger behind, last changed on a day."""
    path = ledger_of(home, round_)
    Ledger(path, a_workshop()).close()
    moment = datetime.combine(changed, datetime.min.time()).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_ending_deletes_the_ledger_and_keeps_what_was_agreed(home: Path) -> None:
    round_ = a_round()
    path = begun(home, round_)
    agreements.save(agreed_in(home, round_), round_, a_workshop("close"))
    end(home, round_)
    assert list((home / FOLDER).iterdir()) == [agreed_in(home, round_)]
    assert not path.exists()
    end(home, round_)


def test_a_workshop_can_be_resumed_for_a_week(home: Path, opened: Store) -> None:
    path = begun(home, a_round(), TODAY - LAST)
    remove_old(home, opened, TODAY)
    assert path.exists()
    remove_old(home, opened, TODAY + timedelta(days=1))
    assert not path.exists()


def test_a_week_is_a_week_for_a_round_that_lies_elsewhere(home: Path, opened: Store) -> None:
    elsewhere = a_round("anderswo")
    path = begun(home, elsewhere)
    remove_old(home, opened, TODAY)
    assert path.exists()
    remove_old(home, opened, TODAY + LAST + timedelta(days=1))
    assert not path.exists()


def test_with_the_answers_goes_what_was_left_behind(home: Path, opened: Store) -> None:
    path = begun(home, a_round())
    opened.rounds.close("QXRT", CLOSING)
    remove_old(home, opened, TODAY)
    assert path.exists()
    opened.rounds.purge("QXRT", TODAY, {"de": "{}", "en": "{}"})
    remove_old(home, opened, TODAY)
    assert not path.exists()


def test_a_workshop_that_goes_on_at_this_moment_keeps_its_ledger(home: Path, opened: Store) -> None:
    path = begun(home, a_round(), TODAY - LAST * 2)
    running = Ledger(path)
    remove_old(home, opened, TODAY)
    assert path.exists()
    running.close()
    remove_old(home, opened, TODAY)
    assert not path.exists()


def test_a_damaged_ledger_goes_as_well(home: Path, opened: Store) -> None:
    path = ledger_of(home, a_round())
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all" * 1000)
    remove_old(home, opened, date.today() + LAST)
    assert path.exists()
    remove_old(home, opened, date.today() + LAST + timedelta(days=1))
    assert not path.exists()


def test_what_was_agreed_and_strange_files_stay(home: Path, opened: Store) -> None:
    remove_old(home, opened, TODAY)
    assert not home.exists(), "looking leaves no trace"
    agreed = agreed_in(home, a_round())
    agreements.save(agreed, a_round(), a_workshop("close"))
    strange = agreed.with_name("notizen.txt")
    strange.write_text("x")
    remove_old(home, opened, date.today() + LAST * 9)
    assert agreed.exists()
    assert strange.exists()


@pytest.mark.parametrize("command", ["round list", "withdraw QXRT"])
def test_any_command_for_rounds_looks_after_it(
    command: str, home: Path, opened: Store, inside: Call
) -> None:
    path = begun(home, a_round(), date.today() - LAST * 2)
    inside(*command.split())
    assert not path.exists()


def test_a_fresh_one_is_left_alone_by_commands(home: Path, opened: Store, inside: Call) -> None:
    path = begun(home, a_round(), date.today())
    assert inside("round", "list").code == 0
    assert path.exists()


def test_purging_takes_it_along(home: Path, opened: Store, inside: Call) -> None:
    path = begun(home, a_round(), date.today())
    assert inside("round", "close", "QXRT", "--yes").code == 0
    assert path.exists()
    assert inside("round", "purge", "QXRT", "--yes").code == 0
    assert not path.exists()


# -- one's own data


def test_own_data_and_workshops_that_one_leads_are_kept_apart(
    home: Path, store: Path, inside: Call, tmp_path: Path
) -> None:
    path = begun(home, a_round(), date.today())
    (home / "workshop.0123456789abcdef.seat").write_text("{}")
    saved = inside("data", "backup", str(tmp_path / "copy.db"))
    assert str(home / FOLDER) in saved.said
    erased = inside("data", "erase", "--yes")
    assert str(home / FOLDER) in erased.said
    assert [each.name for each in home.iterdir()] == [FOLDER]
    assert path.exists()


def test_who_leads_none_is_told_nothing_of_workshops(
    home: Path, store: Path, inside: Call, tmp_path: Path
) -> None:
    with closing(Store(store, create=True)):
        pass
    for call in (("data", "backup", str(tmp_path / "copy.db")), ("data", "erase", "--yes")):
        assert FOLDER not in inside(*call).said
    (home / FOLDER).mkdir(parents=True)
    assert FOLDER not in inside("data", "erase", "--yes").said
