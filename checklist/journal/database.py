"""Opens the journal's SQLite file, keeps it private, and names its failures.

``journal_mode=DELETE`` because homes can be network shares; ``secure_delete=ON`` because what was
erased must be gone from the file; every change is one transaction that is on disk when it returns.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from checklist.errors import ChecklistError
from checklist.journal.migrations import MIGRATIONS
from checklist.sqlite_file import cause, changing, make_private

CODES = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_IOERR: "disk-failure",
    sqlite3.SQLITE_READONLY: "journal-read-only",
    sqlite3.SQLITE_CANTOPEN: "journal-unreachable",
    sqlite3.SQLITE_PERM: "journal-read-only",
    sqlite3.SQLITE_BUSY: "journal-busy",
    sqlite3.SQLITE_LOCKED: "journal-busy",
}
DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
SECONDS_TO_WAIT = 5.0


class Database:
    """A journal file with the current schema.

    Raises
    ------
    ChecklistError
        ``journal-damaged``: the file is no database, or another program's, or broken; it now lies
        under a new name.
        ``journal-newer``: a newer version of the program has written it; it is left as it is.
        ``disk-full``, ``disk-failure``, ``journal-read-only``, ``journal-unreachable``,
        ``journal-busy``: what the system says.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._named():
            make_private(path)
            self._connection = sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)
            self._connection.execute("PRAGMA secure_delete = ON")
            self._check()
            self._migrate()
            self._connection.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for queries; a ``ValueError`` says that what is there is broken."""
        with self._named():
            try:
                yield self._connection
            except ValueError as error:
                raise self._set_aside() from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one change: all of it is on disk afterwards, or none."""
        with self._named(), changing(self._connection):
            yield self._connection

    def backup(self, target: Path) -> None:
        """Copy the whole database into a new file, readable by its owner only."""
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError as error:
            raise ChecklistError("output-exists", file=str(target)) from error
        except OSError as error:
            raise ChecklistError("output-unwritable", file=str(target), reason=error) from error
        with self._named(), closing(sqlite3.connect(target)) as copy:
            self._connection.backup(copy)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _check(self) -> None:
        self._connection.execute("BEGIN")  # both as of one moment: another process may be migrating
        found = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        version, schema = self._version(), _schema(self._connection)
        self._connection.execute("COMMIT")
        known = version <= len(MIGRATIONS)
        if found != "ok" or (known and schema != _expected_schema(version)):
            raise self._set_aside()

    def _migrate(self) -> None:
        if self._version() > len(MIGRATIONS):
            self._connection.close()
            raise ChecklistError("journal-newer", file=str(self.path))
        if self._version() == len(MIGRATIONS):
            return
        with self.writing() as connection:
            # Asked again now that nobody else can write: another process may have been first.
            for statement in (part for step in MIGRATIONS[self._version() :] for part in step):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Turn what SQLite and the system say into errors with a remedy."""
        try:
            yield
        except sqlite3.Error as error:
            code = cause(error)
            if code in DAMAGED:
                raise self._set_aside() from error
            if code in CODES:
                raise ChecklistError(CODES[code], file=str(self.path)) from error
            raise
        except OSError as error:
            raise ChecklistError("journal-unreachable", file=str(self.path)) from error

    def _set_aside(self) -> ChecklistError:
        """Give the damaged file a new name, so that the next start finds a clean place."""
        if hasattr(self, "_connection"):
            self._connection.close()
        number = 1
        while (aside := self.path.with_name(f"journal.damaged-{number}.db")).exists():
            number += 1
        self.path.replace(aside)
        rollback = self.path.with_name(f"{self.path.name}-journal")
        if rollback.exists():
            rollback.replace(aside.with_name(f"{aside.name}-journal"))
        return ChecklistError("journal-damaged", file=str(self.path), aside=str(aside))


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    ).fetchall()


def _expected_schema(version: int) -> list[tuple[str, str]]:
    """Give what the migrations up to a version make of an empty file."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in (part for step in MIGRATIONS[:version] for part in step):
            connection.execute(statement)
        return _schema(connection)
