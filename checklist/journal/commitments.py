"""Commitments: suggestions that someone took up, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from checklist.journal.database import Database

COLUMNS = (
    "commitment.id, commitment.result, questionnaire_id, item, title, step, state,"
    " taken_at, asked_at"
)


class State(StrEnum):
    """What became of a commitment."""

    OPEN = "open"
    DONE = "done"
    AGAIN = "again"
    """Done, and to be kept up."""
    DROPPED = "dropped"


@dataclass(frozen=True)
class Commitment:
    """A step that someone took up; ``item`` is empty where it belongs to no single item."""

    id: int
    result_id: int
    questionnaire_id: str
    item: str
    title: str
    step: str
    state: State
    taken_at: datetime
    asked_at: datetime | None

    @property
    def alive(self) -> bool:
        """Whether it is still to be asked about."""
        return self.state in (State.OPEN, State.AGAIN)


class Commitments:
    """The commitments of a journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, questionnaire_id: str | None = None) -> list[Commitment]:
        """Give all commitments, or those of one questionnaire, in the order of taking them up."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM commitment JOIN result ON result.id = commitment.result"
                " WHERE questionnaire_id = coalesce(?, questionnaire_id)"
                " ORDER BY commitment.id",
                (questionnaire_id,),
            ).fetchall()
            return [_commitment(row) for row in rows]

    def take(self, result_id: int, item: str, title: str, step: str, at: datetime) -> None:
        """Take a step up."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO commitment (result, item, title, step, state, taken_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (result_id, item, title, step, State.OPEN, at.isoformat(timespec="seconds")),
            )

    def settle(self, commitment_id: int, state: State, at: datetime) -> None:
        """Note what became of a commitment."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE commitment SET state = ?, asked_at = ? WHERE id = ?",
                (state, at.isoformat(timespec="seconds"), commitment_id),
            )

    def strike(self, commitment_id: int) -> None:
        """Take a commitment out again, as if it had never been taken up."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM commitment WHERE id = ?", (commitment_id,))


def _commitment(row: tuple[Any, ...]) -> Commitment:
    return Commitment(
        id=row[0],
        result_id=row[1],
        questionnaire_id=row[2],
        item=row[3],
        title=row[4],
        step=row[5],
        state=State(row[6]),
        taken_at=datetime.fromisoformat(row[7]),
        asked_at=datetime.fromisoformat(row[8]) if row[8] else None,
    )
