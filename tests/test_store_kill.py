"""A process is killed in the middle of a change: the store opens, and the change can be made again.

A hundred kills for each kind of change: half of them at steps of SQLite's virtual machine spread
over the whole change, half at moments spread over the time that it takes, which finds the commit.
"""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from checklist.errors import ChecklistError
from checklist.store import Store
from checklist.store.migrations import migrate
from checklist.store.sqlite import SQLite
from tests.store_child import COUNT, NEWER, REPORTS
from tests.storing import (
    CLOSING,
    PURGING,
    TEAMS,
    a_round,
    expected,
    left_in,
    no_waiting_for_the_disk,
    read,
    responses,
    taken_back,
    traces,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")

KILLS = 100
ROOT = Path(__file__).parents[1]

Watched = Callable[..., dict[str, Any]]


@pytest.fixture
def watched() -> Iterator[Watched]:
    """Have changes made by a process that is killed in the middle of them."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store_child"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def order(change: str, path: Path, **moment: Any) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"change": change, "path": str(path), **moment}).encode())
        process.stdin.write(b"\n")
        process.stdin.flush()
        told = process.stdout.readline()
        assert told, "it has ended by itself"
        return dict(json.loads(told))

    yield order
    process.stdin.close()
    process.stdout.close()
    process.wait(60)


def before(change: str, path: Path) -> None:
    """Make the store that a change is made to: one round beside another."""
    with closing(Store(path, create=True)) as store:
        store.rounds.add(a_round())
        store.rounds.add(a_round("OTHR"))
        store.responses.put_many("OTHR", responses(20, "OTHR"), "other")
        if change != "put_many":
            store.responses.put_many("QXRT", responses(COUNT), "mark")
            store.responses.put(taken_back(3, 2))
        if change == "purge":
            store.rounds.close("QXRT", CLOSING)


KEPT = [response for number, response in enumerate(responses(COUNT)) if number != 3]


def again(change: str, path: Path) -> bool:
    """Make the change, if it has not been made, and say whether it had been; check the end."""
    if change == "migrate":
        dialect = SQLite(path)
        with dialect.reading() as connection:
            done = "extra" in dialect.tables(connection)
        migrate(dialect, NEWER)
        with dialect.reading() as connection:
            for query, found in (
                ("SELECT version FROM schema_version", len(NEWER)),
                ("SELECT count(*) FROM extra", 1),
                ("SELECT count(*) FROM extra_1", COUNT),
                ("SELECT sum(sealed) FROM response_1", COUNT),
                ("SELECT count(*) FROM round WHERE note = ''", 2),
            ):
                assert connection.execute(query).fetchall() == [(found,)]
        dialect.close()
        return done
    with closing(Store(path)) as store:
        if change == "put_many":
            done = not store.responses.put_many("QXRT", responses(COUNT), "mark")
            assert store.responses.count("QXRT") == COUNT
            store.rounds.close("QXRT", CLOSING)
            assert read(store) == expected(list(responses(COUNT)))
        elif change == "close":
            done = store.rounds.get("QXRT").state == "closed"
            if not done:
                assert store.responses.count("QXRT") == COUNT - 1
                store.rounds.close("QXRT", CLOSING)
            assert read(store) == expected(KEPT)
        else:
            done = store.rounds.get("QXRT").state == "purged"
            if not done:
                assert read(store) == expected(KEPT)
                assert store.rounds.report("QXRT", "de") is None
                store.rounds.purge("QXRT", PURGING, REPORTS)
            with pytest.raises(ChecklistError, match="round-purged"):
                store.responses.answers("QXRT", TEAMS[0])
            assert {lang: store.rounds.report("QXRT", lang) for lang in REPORTS} == REPORTS
        assert store.responses.count("OTHR") == 20
        return done


def in_order(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def moments(kills: int, whole: dict[str, Any], random: Random) -> Iterator[dict[str, Any]]:
    """Spread kills over a change, and a little further, since it does not always take as long."""
    stretch = kills // 2
    for number in range(stretch):
        yield {"steps": 1 + (whole["steps"] - 1) * number // (stretch - 1)}
    for number in range(kills - stretch):
        yield {"delay": 1.4 * whole["seconds"] * (number + random.random()) / stretch}


@pytest.mark.parametrize("change", ["close", "purge", "put_many", "migrate"])
def test_a_hundred_kills(
    tmp_path: Path, watched: Watched, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_waiting_for_the_disk(monkeypatch)  # in this process; the one that is killed does wait
    template = tmp_path / "template.db"
    before(change, template)
    place = tmp_path / "killed"
    place.mkdir()
    path = place / "rounds.db"
    shutil.copy(template, path)
    whole = watched(change, path)
    assert whole["ended"] == 0
    assert again(change, path), "it has been made in one go"
    gone = traces(KEPT) if change == "purge" else [response.id.encode() for response in KEPT]
    hot = unfinished = 0
    for moment in moments(KILLS, whole, Random(change)):
        shutil.copy(template, path)
        told = watched(change, path, **moment)
        assert told["ended"] in (0, signal.SIGKILL)
        hot += path.with_name("rounds.db-journal").exists()
        assert in_order(path), moment
        unfinished += not again(change, path)
        if change in ("close", "purge"):
            assert left_in(path, gone) == [], moment
        assert list(place.iterdir()) == [path]
    assert hot >= KILLS // 5, "kills that hit no half-written file show little"
    assert unfinished >= KILLS // 3
