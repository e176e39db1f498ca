"""What goes when a workshop is over, and what is not kept of one that was never ended.

A ledger holds what people have typed and not sent: it is deleted as soon as the workshop is ended.
One that was left behind goes with the raw answers of its round, and after ``DAYS`` in any case.
What was agreed stays, in its own file.
"""

import sqlite3
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

from checklist.rounds import Round
from checklist.sqlite_file import cause
from checklist.store import Store
from checklist.workshop.places import FOLDER, LEDGER, ledger_of

DAYS = 7
"""So long after its last change a workshop can be resumed."""


def end(home: Path, round_: Round) -> None:
    """Delete the ledger of a workshop that has been ended; to be called once it is not open.

    Raises
    ------
    ChecklistError
        ``workshop-unreadable``: it cannot be deleted.
    """
    from checklist.workshop import ledger

    ledger.remove(ledger_of(home, round_))


def remove_old(home: Path, store: Store, today: date) -> None:
    """Delete ledgers that were left behind; where there are none, it only looks into a folder.

    Of a round that is not in this store only the age of its ledger is known: it may be kept in
    another one. A workshop that is going on at this moment keeps its ledger until it ends.

    Raises
    ------
    ChecklistError
        ``workshop-unreadable``: one cannot be deleted. What the store raises.
    """
    found = sorted((home / FOLDER).glob(f"*{LEDGER}"))
    if not found:
        return
    from checklist.workshop import ledger

    purged = {ledger_of(home, each) for each in store.rounds.all() if each.state == "purged"}
    for path in found:
        if (path in purged or _age(path, today) > timedelta(days=DAYS)) and not _is_open(path):
            ledger.remove(path)


def _age(path: Path, today: date) -> timedelta:
    with suppress(FileNotFoundError):  # another command has just deleted it
        return today - date.fromtimestamp(path.stat().st_mtime)
    return timedelta()


def _is_open(path: Path) -> bool:
    """Whether another process leads this workshop now; it has its ledger to itself."""
    with suppress(FileNotFoundError), closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            return cause(error) == sqlite3.SQLITE_BUSY
    return False
