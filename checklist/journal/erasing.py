"""Erases everything of a person: first the rows, overwritten in the file, then the files."""

import re
from pathlib import Path

from checklist.errors import ChecklistError
from checklist.journal.database import Database

OURS = re.compile(
    r"journal(\.damaged-\d+)?\.db(-journal)?|fault\.log|workshop\.[0-9a-f]+\.seat"
    r"|[a-z0-9-]+\.(self|observer|lead)(\.[a-z0-9.-]+)?\.lock"
)
TABLES = (
    "participation",
    "secret",
    "commitment",
    "result_entry",
    "result",
    "draft_entry",
    "draft",
    "questionnaire",
)


def erase(folder: Path) -> None:
    """Erase journal, damaged ones, seats in workshops, locks and log; nothing else in the folder.

    Where another process still holds the journal open, its rows are gone all the same.

    Raises
    ------
    ChecklistError
        What the journal raises; ``erase-failed``: a file cannot be removed.
    """
    journal = folder / "journal.db"
    if journal.exists():
        _empty(journal)
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if OURS.fullmatch(path.name):
            try:
                path.unlink()
            except OSError as error:
                raise ChecklistError("erase-failed", file=str(path)) from error


def _empty(path: Path) -> None:
    try:
        database = Database(path)
    except ChecklistError as error:
        if error.code in ("journal-damaged", "journal-newer"):
            return
        raise
    try:
        with database.writing() as connection:
            for table in TABLES:
                connection.execute(f"DELETE FROM {table}")
    finally:
        database.close()
