"""The store in an SQLite file.

``journal_mode=DELETE`` because folders can be network shares; ``secure_delete=ON`` because what was
deleted must be gone from the file; ``temp_store=MEMORY`` so that no answers get into other files.

Nothing checks the whole file when it is opened, for it may hold a million answers. Damage is named
where it is met, and a damaged file stays where it is, since other people's answers are in it.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from random import uniform
from time import monotonic, sleep

from checklist.errors import ChecklistError
from checklist.sqlite_file import cause, changing, close_to_others, make_private
from checklist.store.dialect import Connection

CODES = {
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_IOERR: "store-failure",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_PERM: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-unreachable",
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_NOTADB: "store-damaged",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
}
SECONDS_TO_WAIT = 30.0
PAUSE = (0.001, 0.01)
"""Seconds between two questions whether a change may begin."""
BULK_CACHE = 32_000
"""Kibibytes: enough to put a million responses in random order without reading pages again."""
USUAL_CACHE = 2_000
WORDS = {
    "clustered": "WITHOUT ROWID",
    "joined": "CAST(group_concat(answers, '') AS BLOB)",
}


class SQLite:
    """A store file; it satisfies ``Dialect``.

    Parameters
    ----------
    path
        The file.
    create
        Whether a file that is missing is made, readable by its owner only.
    patience
        Seconds for which a change waits for others'.

    Raises
    ------
    ChecklistError
        ``no-store``: there is no such file; ``store-no-folder``: nor a folder to make it in; or one
        of ``CODES``.
    """

    def __init__(self, path: Path, *, create: bool = False, patience: float | None = None) -> None:
        self._patience = SECONDS_TO_WAIT if patience is None else patience
        self.place = str(path)
        self.words: Mapping[str, str] = WORDS
        self._path = path
        self._within = False
        with self._named():
            if not path.exists():
                if not create:
                    raise ChecklistError("no-store", file=self.place)
                if not path.parent.exists():
                    raise ChecklistError("store-no-folder", folder=str(path.parent))
                make_private(path)
            self._connection = sqlite3.connect(path, timeout=self._patience, isolation_level=None)
            self._file = self._found()
            for setting in ("secure_delete = ON", "temp_store = MEMORY", "foreign_keys = ON"):
                self._connection.execute(f"PRAGMA {setting}")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend the connection for queries that all see one moment."""
        if self._within:
            with self._named():
                yield self._connection
            return
        with self._named():
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def writing(self, *, bulk: bool = False) -> Iterator[Connection]:
        """Lend the connection for one change: all of it is on disk afterwards, or none."""
        if self._within:
            with self._named(), self._part():
                yield self._connection
            return
        with self._named():
            self._connection.execute(f"PRAGMA cache_size = -{BULK_CACHE if bulk else USUAL_CACHE}")
            with changing(self._connection, self._begin):
                if self._found() != self._file:  # SQLite would write into a file without a name
                    raise ChecklistError("store-unreachable", file=self.place)
                yield self._connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one change of all that are made within; each that fails leaves the others as is."""
        with self.writing():
            self._within = True
            try:
                yield
            finally:
                self._within = False

    @contextmanager
    def _part(self) -> Iterator[None]:
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk ends the whole change
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            raise
        self._connection.execute("RELEASE part")

    def tables(self, connection: Connection) -> set[str]:
        """Give the names of all tables."""
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found}

    def close_to_others(self) -> None:
        """Let nobody but its owner read the file, where that is ours to say."""
        with suppress(OSError):
            close_to_others(self._path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _begin(self) -> None:
        """Begin a change as soon as nobody else is making one.

        SQLite itself asks the less often the longer it has waited, so that among many who write at
        once an unlucky one waited for 17 of 30 seconds; asking often gives each its turn.
        """
        until = monotonic() + self._patience
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if CODES.get(cause(error)) != "store-busy" or monotonic() > until:
                        raise
                sleep(uniform(*PAUSE))
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")

    def _found(self) -> tuple[int, int]:
        """Tell which file lies at the path."""
        there = os.stat(self._path)  # noqa: PTH116 - on the path that SQLite was given
        return there.st_dev, there.st_ino

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Turn what SQLite and the system say into errors with a remedy."""
        try:
            yield
        except sqlite3.Error as error:
            code = CODES.get(cause(error))
            if code is None:
                raise
            raise ChecklistError(code, file=self.place) from error
        except OSError as error:
            raise ChecklistError("store-unreachable", file=self.place) from error
