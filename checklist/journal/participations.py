"""Participations: under which random id a response of one's own lies in a round.

Only this makes it possible to replace or take back the response; the round's store does not know
whose it is.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.journal.database import Database
from checklist.questionnaire import Perspective

if TYPE_CHECKING:
    from checklist.rounds import Round


@dataclass(frozen=True)
class Participation:
    """One response of one's own to a round, which is named by the view's key.

    ``rev`` counts how often it was sent; taken back, it belongs to no team.
    """

    round: str
    perspective: Perspective
    id: str
    rev: int
    team: str

    @property
    def counts(self) -> bool:
        """Whether it was not taken back."""
        return self.team != ""


class Participations:
    """The participations of a journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, round_key: str, perspective: Perspective = "self") -> Participation | None:
        """Give the participation in a round, if there is one."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id, rev, team FROM participation WHERE round = ? AND perspective = ?",
                (round_key, perspective),
            ).fetchone()
        return row and Participation(round_key, perspective, *row)

    def of(self, round_: Round) -> list[Participation]:
        """Give all participations in a round that were not taken back."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT round, perspective, id, rev, team FROM participation WHERE team <> ''"
            ).fetchall()
        return [Participation(*row) for row in rows if round_.has_key(row[0])]

    def note(self, participation: Participation) -> None:
        """Keep a participation, in place of the one that may be there."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO participation (round, perspective, id, rev, team)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    participation.round,
                    participation.perspective,
                    participation.id,
                    participation.rev,
                    participation.team,
                ),
            )

    def restore(
        self, round_key: str, perspective: Perspective, before: Participation | None
    ) -> None:
        """Put back what was there before an attempt that came to nothing."""
        if before is not None:
            self.note(before)
            return
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM participation WHERE round = ? AND perspective = ?",
                (round_key, perspective),
            )

    def secret(self) -> bytes:
        """Give the journal's secret, made at random when it is asked for first."""
        with self._database.writing() as connection:
            row = connection.execute("SELECT value FROM secret").fetchone()
            if row is None:
                row = (secrets.token_hex(32),)
                connection.execute("INSERT INTO secret VALUES (?)", row)
        return bytes.fromhex(row[0])
