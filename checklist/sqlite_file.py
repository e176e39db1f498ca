"""What every SQLite file of ours needs: privacy, whole changes, names for what SQLite says."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def make_private(path: Path) -> None:
    """Make sure that a file exists and only its owner can read it, before anything is in it."""
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))
    close_to_others(path)


def close_to_others(path: Path) -> None:
    """Take from everybody but its owner what they may do with a file."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)


@contextmanager
def changing(
    connection: sqlite3.Connection, begin: Callable[[], object] | None = None
) -> Iterator[None]:
    """Make one change: all of it is on disk afterwards, or none.

    ``begin`` begins it in another way than by waiting as SQLite does.
    """
    if begin is None:
        connection.execute("BEGIN IMMEDIATE")
    else:
        begin()
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def cause(error: sqlite3.Error) -> int:
    """Give SQLite's primary result code; text that is none in a damaged file counts as damage."""
    if "Could not decode" in str(error):
        return sqlite3.SQLITE_CORRUPT
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def storable(text: str) -> str:
    """Put U+FFFD for halves of surrogate pairs, the one thing in a ``str`` no file can hold."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
