"""Results: finished responses of one's own, each beside the questionnaire version it answers."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklist.interview import Response
from checklist.journal.database import Database
from checklist.journal.entries import from_rows, to_rows
from checklist.journal.frozen import forget_unused, freeze, thaw
from checklist.questionnaire import Perspective, Questionnaire


@dataclass(frozen=True)
class Result:
    """A finished response."""

    id: int
    questionnaire: Questionnaire
    perspective: Perspective
    finished_at: datetime
    response: Response


class Results:
    """The results of a journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        questionnaire: Questionnaire,
        perspective: Perspective,
        response: Response,
        at: datetime,
        draft_id: int | None = None,
    ) -> Result:
        """Keep a finished response, and drop the draft it came from in the same change."""
        with self._database.writing() as connection:
            mark, rows = freeze(connection, questionnaire), to_rows(response)
            result_id = connection.execute(
                "INSERT INTO result (questionnaire_id, perspective, fingerprint, finished_at)"
                " VALUES (?, ?, ?, ?)",
                (questionnaire.id, perspective, mark, at.isoformat(timespec="seconds")),
            ).lastrowid
            connection.executemany(
                "INSERT INTO result_entry VALUES (?, ?, ?, ?)",
                [(result_id, *row) for row in rows],
            )
            connection.execute("DELETE FROM draft WHERE id = ?", (draft_id,))
            forget_unused(connection)
        assert result_id is not None
        return Result(result_id, questionnaire, perspective, at, from_rows(rows))

    def all(
        self, questionnaire_id: str | None = None, perspective: Perspective | None = None
    ) -> list[Result]:
        """Give the results of a questionnaire and view, or of all, the latest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, fingerprint, perspective, finished_at FROM result"
                " WHERE questionnaire_id = coalesce(?, questionnaire_id)"
                " AND perspective = coalesce(?, perspective)"
                " ORDER BY finished_at DESC, id DESC",
                (questionnaire_id, perspective),
            ).fetchall()
            return [_result(connection, row) for row in rows]


def _result(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Result:
    result_id, mark, perspective, finished_at = row
    entries = connection.execute(
        "SELECT kind, key, value FROM result_entry WHERE result = ?", (result_id,)
    )
    return Result(
        id=result_id,
        questionnaire=thaw(connection, mark),
        perspective=perspective,
        finished_at=datetime.fromisoformat(finished_at),
        response=from_rows(entries),
    )
