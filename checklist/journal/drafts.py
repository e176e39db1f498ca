"""Drafts: what has been said in an interview that is not finished.

There is one a questionnaire, view and round; a draft for oneself alone has the round ``""``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from checklist.interview import Response
from checklist.journal.database import Database
from checklist.journal.entries import from_rows, to_rows
from checklist.journal.frozen import fingerprint, forget_unused, freeze, thaw
from checklist.questionnaire import Perspective, Questionnaire

if TYPE_CHECKING:
    from checklist.rounds import Round


@dataclass(frozen=True)
class Draft:
    """An unfinished interview as it lies in the journal."""

    id: int
    questionnaire_id: str
    perspective: Perspective
    round: str
    started_at: datetime
    response: Response
    fingerprint: str

    def is_of(self, questionnaire: Questionnaire) -> bool:
        """Whether it was begun with exactly this version."""
        return self.fingerprint == fingerprint(questionnaire)


class Drafts:
    """The drafts of a journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Draft]:
        """Give all drafts, the latest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, questionnaire_id, perspective, round, started_at, fingerprint"
                " FROM draft ORDER BY started_at DESC, id DESC"
            ).fetchall()
            return [
                Draft(
                    id=row[0],
                    questionnaire_id=row[1],
                    perspective=row[2],
                    round=row[3],
                    started_at=datetime.fromisoformat(row[4]),
                    fingerprint=row[5],
                    response=from_rows(
                        connection.execute(
                            "SELECT kind, key, value FROM draft_entry WHERE draft = ?", row[:1]
                        )
                    ),
                )
                for row in rows
            ]

    def of(self, round_: Round) -> list[Draft]:
        """Give the drafts for a round, the latest first."""
        return [draft for draft in self.all() if round_.has_key(draft.round)]

    def find(
        self, questionnaire_id: str, perspective: Perspective, round_key: str = ""
    ) -> Draft | None:
        """Give the draft of a questionnaire, view and round, if there is one."""
        wanted = (questionnaire_id, perspective, round_key)
        return next(
            (d for d in self.all() if (d.questionnaire_id, d.perspective, d.round) == wanted), None
        )

    def questionnaire(self, draft: Draft) -> Questionnaire:
        """Give the version that a draft was begun with."""
        with self._database.reading() as connection:
            return thaw(connection, draft.fingerprint)

    def begin(
        self,
        questionnaire: Questionnaire,
        perspective: Perspective,
        at: datetime,
        response: Response,
        round_key: str = "",
    ) -> int:
        """Begin a draft, in place of the one that may be there, and give its id."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM draft WHERE questionnaire_id = ? AND perspective = ? AND round = ?",
                (questionnaire.id, perspective, round_key),
            )
            mark = freeze(connection, questionnaire)
            draft_id = connection.execute(
                "INSERT INTO draft (questionnaire_id, perspective, round, fingerprint, started_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (questionnaire.id, perspective, round_key, mark, at.isoformat(timespec="seconds")),
            ).lastrowid
            connection.executemany(
                "INSERT INTO draft_entry VALUES (?, ?, ?, ?)",
                [(draft_id, *row) for row in to_rows(response)],
            )
            forget_unused(connection)
        assert draft_id is not None
        return draft_id

    def note(self, draft_id: int, before: Response, after: Response) -> None:
        """Write what was said since ``before``; on disk when this returns."""
        old, new = set(to_rows(before)), set(to_rows(after))
        if old == new:
            return
        with self._database.writing() as connection:
            for kind, key, _ in old - new:
                connection.execute(
                    "DELETE FROM draft_entry WHERE draft = ? AND kind = ? AND key = ?",
                    (draft_id, kind, key),
                )
            connection.executemany(
                "INSERT INTO draft_entry VALUES (?, ?, ?, ?)",
                [(draft_id, *row) for row in new - old],
            )
