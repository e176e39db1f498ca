"""Frozen questionnaires: each version that was answered lies beside the answers, once."""

import sqlite3
from functools import lru_cache
from hashlib import sha256

from checklist.bank import parse
from checklist.questionnaire import Questionnaire


def fingerprint(questionnaire: Questionnaire) -> str:
    """Tell versions of a questionnaire apart by what their files say."""
    return sha256(questionnaire.toml.encode()).hexdigest()


def freeze(connection: sqlite3.Connection, questionnaire: Questionnaire) -> str:
    """Keep a questionnaire, if it is not kept already, and give its fingerprint."""
    mark = fingerprint(questionnaire)
    connection.execute(
        "INSERT OR IGNORE INTO questionnaire VALUES (?, ?)", (mark, questionnaire.toml)
    )
    return mark


def thaw(connection: sqlite3.Connection, mark: str) -> Questionnaire:
    """Read a kept questionnaire."""
    row = connection.execute(
        "SELECT toml FROM questionnaire WHERE fingerprint = ?", (mark,)
    ).fetchone()
    return _parsed(row[0])


def verify(connection: sqlite3.Connection) -> None:
    """Make sure that all questionnaires that were kept are still there, word for word.

    Raises
    ------
    ValueError
        One is not. SQLite cannot know: to it, one text is as good as another.
    """
    kept = connection.execute("SELECT fingerprint, toml FROM questionnaire")
    whole = all(sha256(toml.encode()).hexdigest() == mark for mark, toml in kept)
    if not whole or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise ValueError("frozen questionnaire")


@lru_cache(maxsize=32)
def _parsed(toml: str) -> Questionnaire:
    return parse(toml, "journal")


def forget_unused(connection: sqlite3.Connection) -> None:
    """Drop the kept questionnaires that no draft and no result refers to any more."""
    connection.execute(
        "DELETE FROM questionnaire WHERE fingerprint NOT IN"
        " (SELECT fingerprint FROM draft UNION SELECT fingerprint FROM result)"
    )
