"""A workshop's ledger: an SQLite file with where the room stands and what lies in its seats.

Everything is written by one thread, and what comes in while a change is on its way to the disk goes
with the next one, all together: so 300 people can be told that their answers are kept without 300
waits for the disk. Whoever reads sees only what is on disk.

The file lies in the keeper's own folder, readable by its owner only, and is deleted when the
workshop ends. A seat goes by a digest of the secret that its phone holds: the file leads to nobody,
and nobody who reads it can sit down in a seat.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter

from checklist.errors import ChecklistError
from checklist.sqlite_file import changing, make_private
from checklist.workshop.seats import Seat
from checklist.workshop.state import Workshop

VERSION = 1
SCHEMA = (
    "CREATE TABLE workshop (state TEXT NOT NULL)",
    "CREATE TABLE seat (digest TEXT NOT NULL PRIMARY KEY, seat TEXT NOT NULL) WITHOUT ROWID",
    f"PRAGMA user_version = {VERSION}",
)
STATE, SEAT = TypeAdapter(Workshop), TypeAdapter(Seat)
MOST_AT_ONCE = 500
"""Changes that go to the disk together."""

Given = TypeVar("Given")
Job = Callable[["Change"], Any]


def digest(token: str) -> str:
    """Give what a seat goes by: SHA-256 of the secret that its phone holds, in hex."""
    return sha256(token.encode()).hexdigest()


class Change:
    """What jobs of one change see and write: their own and each other's, before it is on disk."""

    def __init__(self, workshop: Workshop, seats: Mapping[str, Seat]) -> None:
        self.workshop = workshop
        self._before = seats
        self.written: dict[str, Seat] = {}

    def seat(self, place: str) -> Seat | None:
        """Give a seat by its digest."""
        return self.written.get(place) or self._before.get(place)

    @property
    def seats(self) -> dict[str, Seat]:
        """All seats by their digests."""
        return {**self._before, **self.written}

    def put(self, place: str, seat: Seat) -> Seat:
        """Write a seat."""
        self.written[place] = seat
        return seat


class Ledger:
    """The ledger of one workshop, open for the length of a command.

    Parameters
    ----------
    path
        The file.
    begin
        The state to begin with; without one the file has to be there.

    Raises
    ------
    ChecklistError
        ``no-workshop``: there is no such file; ``workshop-unreadable``: it is damaged, from another
        version, or cannot be opened. Every change can raise the last.
    """

    def __init__(self, path: Path, begin: Workshop | None = None) -> None:
        self._path = path
        if begin is None and not path.exists():
            raise ChecklistError("no-workshop")
        self._jobs: SimpleQueue[tuple[Job, Future[Any]] | None] = SimpleQueue()
        ready: Future[tuple[Workshop, dict[str, Seat]]] = Future()
        self._thread = Thread(target=self._run, args=(begin, ready), name="ledger", daemon=True)
        self._thread.start()
        self.workshop, seats = ready.result()
        self._seats = seats

    @property
    def seats(self) -> Mapping[str, Seat]:
        """All seats by their digests, as they are on disk."""
        return MappingProxyType(self._seats)

    def submit(self, job: Callable[[Change], Given]) -> "Future[Given]":
        """Have a job done; its future is done once all it has written is on disk.

        Jobs are done one after the other. What one raises ends that job only, with nothing written.
        """
        future: Future[Given] = Future()
        self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Do what has been submitted, and close the file."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()

    def _run(
        self, begin: Workshop | None, ready: "Future[tuple[Workshop, dict[str, Seat]]]"
    ) -> None:
        try:
            connection = self._opened(begin)
        except BaseException as error:
            ready.set_exception(error)
            return
        try:
            ready.set_result(_read(connection, self._path))
        except BaseException as error:
            connection.close()
            ready.set_exception(error)
            return
        more = True
        while more:
            jobs, more = self._waiting()
            self._do(connection, jobs)
        connection.close()

    def _opened(self, begin: Workshop | None) -> sqlite3.Connection:
        try:
            if begin is not None:
                make_private(self._path)
            connection = sqlite3.connect(self._path, isolation_level=None)
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA synchronous = FULL")
            if begin is not None:
                with changing(connection):
                    for statement in SCHEMA:
                        connection.execute(statement)
                    _write_state(connection, begin)
        except (OSError, sqlite3.Error) as error:
            raise self._failed(error) from error
        return connection

    def _waiting(self) -> tuple[list[tuple[Job, Future[Any]]], bool]:
        """Wait for a job, and take all others that wait already; False once there are no more."""
        jobs = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if self._jobs.empty() or len(jobs) == MOST_AT_ONCE:
                return jobs, True
            job = self._jobs.get()
        return jobs, False

    def _do(self, connection: sqlite3.Connection, jobs: list[tuple[Job, Future[Any]]]) -> None:
        change = Change(self.workshop, self._seats)
        done = [(future, found) for job, future in jobs if (found := _tried(job, change, future))]
        try:
            if change.written or change.workshop is not self.workshop:
                with changing(connection):
                    _write(connection, change, self.workshop)
        except (OSError, sqlite3.Error) as error:
            failure = self._failed(error)
            for future, _ in done:
                future.set_exception(failure)
            return
        self._seats = change.seats if change.written else self._seats
        self.workshop = change.workshop
        for future, (result,) in done:
            future.set_result(result)

    def _failed(self, error: Exception) -> ChecklistError:
        return ChecklistError("workshop-unreadable", file=str(self._path), reason=error)


def _tried(job: Job, change: Change, future: "Future[Any]") -> tuple[Any] | None:
    """Do a job; what it raises is told to whoever waits for it, and it has written nothing."""
    workshop, written = change.workshop, dict(change.written)
    try:
        return (job(change),)
    except BaseException as error:
        change.workshop, change.written = workshop, written
        future.set_exception(error)
        return None


def _write(connection: sqlite3.Connection, change: Change, before: Workshop) -> None:
    connection.executemany(
        "INSERT INTO seat (digest, seat) VALUES (?, ?)"
        " ON CONFLICT (digest) DO UPDATE SET seat = excluded.seat",
        [(place, SEAT.dump_json(seat).decode()) for place, seat in change.written.items()],
    )
    if change.workshop is not before:
        _write_state(connection, change.workshop)


def _write_state(connection: sqlite3.Connection, workshop: Workshop) -> None:
    connection.execute("DELETE FROM workshop")
    connection.execute("INSERT INTO workshop VALUES (?)", (STATE.dump_json(workshop).decode(),))


def _read(connection: sqlite3.Connection, path: Path) -> tuple[Workshop, dict[str, Seat]]:
    try:
        [version] = connection.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            raise ValueError(f"version {version}")
        [state] = connection.execute("SELECT state FROM workshop").fetchone()
        seats = connection.execute("SELECT digest, seat FROM seat").fetchall()
        return STATE.validate_json(state), {
            place: SEAT.validate_json(seat) for place, seat in seats
        }
    except (ValueError, TypeError, OSError, sqlite3.Error) as error:
        raise ChecklistError("workshop-unreadable", file=str(path), reason=error) from error


def remove(path: Path) -> None:
    """Delete a ledger; what it held is overwritten first."""
    with suppress(sqlite3.Error, FileNotFoundError):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            with changing(connection):
                connection.execute("DROP TABLE IF EXISTS seat")
                connection.execute("DROP TABLE IF EXISTS workshop")
        finally:
            connection.close()
    for each in (path, path.with_name(path.name + "-journal")):
        with suppress(FileNotFoundError):
            os.remove(each)  # noqa: PTH107 - beside the connection above
