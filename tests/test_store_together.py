"""Changes that are made together: one wait for the disk, and what fails fails alone."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from checklist.errors import ChecklistError
from checklist.rounds import RoundResponse
from checklist.store import Store
from tests.storing import CLOSING, a_response, a_round, expected, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rounds.db"


@pytest.fixture
def opened(path: Path) -> Iterator[Store]:
    with closing(Store(path, create=True)) as store:
        store.rounds.add(a_round())
        yield store


def put_together(store: Store, *responses: RoundResponse) -> None:
    with store.together():
        for response in responses:
            store.responses.put(response)


def counted(path: Path) -> int:
    """What another process would find."""
    with closing(Store(path)) as store:
        return store.responses.count("QXRT")


def test_nothing_is_stored_before_the_end_and_all_of_it_then(opened: Store, path: Path) -> None:
    with opened.together():
        for number in range(5):
            assert opened.responses.put(a_response(number)) == "new"
        assert opened.responses.put(a_response(0)) == "stale"
        assert opened.responses.count("QXRT") == 5
        copy = path.with_name("copy.db")
        shutil.copy(path, copy)
        assert counted(copy) == 0
    assert counted(path) == 5


def test_what_fails_fails_alone(opened: Store, path: Path) -> None:
    with opened.together():
        opened.responses.put(a_response(0))
        with pytest.raises(ChecklistError, match="unknown-team"):
            opened.responses.put(a_response(1, team="Niemand"))
        with pytest.raises(ValueError, match="fit"):
            opened.responses.put(a_response(2, answers="1"))
        with pytest.raises(ValueError, match="fit"):
            opened.responses.put_many("QXRT", [a_response(4), a_response(5, answers="1")], "mark")
        opened.responses.put(a_response(3))
    opened.rounds.close("QXRT", CLOSING)

    assert read(opened) == expected([a_response(0), a_response(3)])


def test_an_error_takes_all_of_it_back(opened: Store, path: Path) -> None:
    def fail() -> None:
        with opened.together():
            opened.responses.put(a_response(0))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert counted(path) == 0

    opened.responses.put(a_response(1))
    assert counted(path) == 1


def test_a_round_can_be_closed_among_others(opened: Store, path: Path) -> None:
    with opened.together():
        opened.responses.put(a_response(0))
        opened.rounds.close("QXRT", CLOSING)
        with pytest.raises(ChecklistError, match="round-closed"):
            opened.responses.put(a_response(1))
        assert opened.rounds.get("QXRT").closed_on == CLOSING

    assert read(opened) == expected([a_response(0)])


def test_a_full_disk_is_said_at_the_end_at_the_latest(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store(path, create=True)) as store:
        store.rounds.add(a_round())
    connect = sqlite3.connect
    found: list[sqlite3.Connection] = []

    def noted(*arguments: Any, **options: Any) -> sqlite3.Connection:
        found.append(connect(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with closing(Store(path)) as store:
        [connection] = found
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        long = {"listen-ask": "Wort " * 20_000}
        with pytest.raises(ChecklistError, match="store-full"):
            put_together(store, a_response(0), a_response(1, comments=long))
        assert store.responses.count("QXRT") == 0

        connection.execute("PRAGMA max_page_count = 10000")
        store.responses.put(a_response(1, comments=long))
        assert store.responses.count("QXRT") == 1
