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
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from types import MappingProxyType
from typing import Any, TypeVar

from checklist.errors import ChecklistError
from checklist.sqlite_file import cause, changing, make_private
from checklist.workshop.change import SEAT, STATE, Batch, Block, Change, as_json, with_changes
from checklist.workshop.seats import Seat
from checklist.workshop.state import Workshop

VERSION = 1
SCHEMA = (
    "CREATE TABLE workshop (state TEXT NOT NULL)",
    "CREATE TABLE seat (digest TEXT NOT NULL PRIMARY KEY, seat TEXT NOT NULL) WITHOUT ROWID",
    f"PRAGMA user_version = {VERSION}",
)
SETTINGS = (
    "locking_mode = EXCLUSIVE",
    "secure_delete = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
)
SECONDS_TO_WAIT = 2.0
"""Until a process that has just been killed has let go of the file."""
MOST_AT_ONCE = 500
"""Changes that go to the disk together."""
ROWS_AT_ONCE = 400
"""Of one statement; older versions of SQLite take no more than 999 values."""

Given = TypeVar("Given")
Job = Callable[[Change], Any]


def digest(token: str) -> str:
    """Give what a seat goes by: SHA-256 of the secret that its phone holds, in hex."""
    return sha256(token.encode()).hexdigest()


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
        ``no-workshop``: there is no such file; ``workshop-running``: another process has it open;
        ``workshop-unreadable``: it is damaged, from another version, or cannot be opened. Every
        change can raise the last, and the first once the ledger is closed.
    """

    def __init__(self, path: Path, begin: Workshop | None = None) -> None:
        self._path = path
        self._jobs: SimpleQueue[tuple[Job, Future[Any]] | None] = SimpleQueue()
        self._lock = Lock()
        self._over = False
        self._fault: BaseException | None = None
        ready: Future[tuple[Workshop, dict[str, Seat]]] = Future()
        self._thread = Thread(target=self._run, args=(begin, ready), name="ledger", daemon=True)
        self._thread.start()
        self.workshop, self._seats = ready.result()

    @property
    def seats(self) -> Mapping[str, Seat]:
        """All seats by their digests, as they are on disk."""
        return MappingProxyType(self._seats)

    def submit(self, job: Callable[[Change], Given]) -> "Future[Given]":
        """Have a job done; its future is done once all it has written is on disk.

        Jobs are done one after the other. What one raises ends that job only, with nothing written.
        A job that was submitted is done, even if nobody waits for it any more.
        """
        future: Future[Given] = Future()
        future.set_running_or_notify_cancel()  # a phone that hangs up must not cancel it
        with self._lock:
            if self._over:
                future.set_exception(self._gone())
            else:
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
            self.workshop, self._seats = _read(connection, self._path)
            ready.set_result((self.workshop, self._seats))
            more = True
            while more:
                jobs, more = self._waiting()
                self._do(connection, jobs)
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            self._fault = error
        finally:
            self._wipe_journal()
            connection.close()
            self._end()

    def _opened(self, begin: Workshop | None) -> sqlite3.Connection:
        """Open the file for this process alone: what it holds in memory is what the file says."""
        try:
            if begin is not None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                make_private(self._path)
            elif not self._path.exists() or not self._path.stat().st_size:  # killed at once
                raise ChecklistError("no-workshop")
            connection = sqlite3.connect(self._path, timeout=SECONDS_TO_WAIT, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise self._failed(error) from error
        try:
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            with changing(connection, lambda: connection.execute("BEGIN EXCLUSIVE")):
                if begin is not None:
                    for statement in SCHEMA:
                        connection.execute(statement)
                    _write_state(connection, as_json(STATE, begin))
        except (OSError, sqlite3.Error) as error:
            connection.close()
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
        done: list[tuple[Future[Any], Any]] = []
        try:
            with ExitStack() as blocks:
                batch = self._done(jobs, blocks, done)
            if batch.lines or batch.state:
                with changing(connection):
                    _write_seats(connection, batch.lines)
                    if batch.state:
                        _write_state(connection, batch.state)
            if batch.forgets:
                self._wipe_journal()
        except Exception as error:
            for future, _ in done:
                future.set_exception(self._failed(error))
            return
        if batch.written:
            self._seats = with_changes(self._seats, batch.written)
        self.workshop = batch.workshop
        for future, result in done:
            future.set_result(result)

    def _done(
        self,
        jobs: list[tuple[Job, Future[Any]]],
        blocks: ExitStack,
        done: list[tuple[Future[Any], Any]],
    ) -> Batch:
        """Do jobs one after the other; what one raises is told to whoever waits for it."""
        batch, begun = Batch(self.workshop), dict[Block, Exception | None]()

        def within(block: Block) -> None:
            if block not in begun:
                begun[block] = None
                try:
                    blocks.enter_context(block())
                except Exception as error:  # nobody else has to wait for it in vain
                    begun[block] = error
            if (failure := begun[block]) is not None:
                raise self._failed(failure)

        for job, future in jobs:
            change = Change(batch.workshop, self._seats, batch.written, within)
            try:
                result = job(change)
                batch.take(change)
            except BaseException as error:
                future.set_exception(error)
            else:
                done.append((future, result))
        return batch

    def _end(self) -> None:
        """Tell those who come too late; without it they would wait for ever."""
        with self._lock:
            self._over = True
        while not self._jobs.empty():
            if (left := self._jobs.get()) is not None:
                left[1].set_exception(self._gone())

    def _gone(self) -> ChecklistError:
        """Say that nothing is taken any more, and where it was a fault of ours, which."""
        if self._fault is None:
            return ChecklistError("no-workshop")
        return ChecklistError("workshop-unreadable", file=str(self._path), reason=self._fault)

    def _wipe_journal(self) -> None:
        """Overwrite what the rollback journal still holds of pages that have changed since.

        While a file is open to one process alone, SQLite keeps its journal and marks it as over
        instead of deleting it; outside a change nothing in it is needed.
        """
        with suppress(OSError):
            _overwrite(_journal_of(self._path))

    def _failed(self, error: Exception) -> ChecklistError:
        """Give an error for one of those who wait; each gets one of their own."""
        if isinstance(error, ChecklistError):
            return ChecklistError(error.code, problems=error.problems, **error.values)
        if isinstance(error, sqlite3.Error) and cause(error) == sqlite3.SQLITE_BUSY:
            return ChecklistError("workshop-running")
        return ChecklistError("workshop-unreadable", file=str(self._path), reason=error)


def _write_seats(connection: sqlite3.Connection, lines: Mapping[str, str | None]) -> None:
    """Write many rows with few statements: after each, another thread may hold this one up."""
    for place in (place for place, line in lines.items() if line is None):
        connection.execute("DELETE FROM seat WHERE digest = ?", (place,))
    rows = [(place, line) for place, line in lines.items() if line is not None]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        connection.execute(
            f"INSERT INTO seat (digest, seat) VALUES {', '.join(['(?, ?)'] * len(some))}"
            " ON CONFLICT (digest) DO UPDATE SET seat = excluded.seat",
            [value for row in some for value in row],
        )


def _write_state(connection: sqlite3.Connection, state: str) -> None:
    connection.execute("DELETE FROM workshop")
    connection.execute("INSERT INTO workshop VALUES (?)", (state,))


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
    """Delete a ledger; what it held is overwritten first.

    Raises
    ------
    ChecklistError
        ``workshop-unreadable``: it cannot be deleted.
    """
    try:
        for each in (_journal_of(path), path):
            with suppress(FileNotFoundError):
                _overwrite(each)
                each.unlink()
    except OSError as error:
        raise ChecklistError("workshop-unreadable", file=str(path), reason=error) from error


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
