"""The rounds of a store: opened, closed, purged, each in one change."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from checklist.errors import ChecklistError
from checklist.rounds import Round
from checklist.sqlite_file import storable
from checklist.store.dialect import Connection, Dialect
from checklist.store.entries import (
    COLUMNS,
    closed,
    collecting,
    find,
    fold,
    from_row,
    to_row,
    unknown,
)
from checklist.store.keys import random_keys
from checklist.store.migrations import CLOSED, COLLECTING, create_tables

LISTED = ", ".join(COLUMNS)


class Rounds:
    """The rounds of a store."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def add(self, round_: Round) -> None:
        """Open a round.

        Raises
        ------
        ChecklistError
            ``code-taken``: another round has this code, in capitals or not.
        """
        with self._dialect.writing() as connection:
            taken = connection.execute(
                "SELECT code FROM round WHERE folded = ?", (fold(round_.code),)
            ).fetchone()
            if taken:
                raise ChecklistError("code-taken", code=taken[0])
            [number] = connection.execute(
                "SELECT coalesce(max(number), 0) + 1 FROM round"
            ).fetchone()
            row = (number, fold(round_.code), len(round_.questionnaire.items), *to_row(round_))
            connection.execute(
                f"INSERT INTO round (number, folded, items, {LISTED})"
                f" VALUES ({', '.join('?' * len(row))})",
                row,
            )
            create_tables(self._dialect, connection, COLLECTING, number)

    def get(self, code: str) -> Round:
        """Give a round; capitals in its code make no difference.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``: there is no such round.
        """
        with self._dialect.reading() as connection:
            row = connection.execute(
                f"SELECT {LISTED} FROM round WHERE folded = ?", (fold(code),)
            ).fetchone()
            if row is None:
                raise unknown(connection, code)
        return self._round(row)

    def all(self) -> list[Round]:
        """Give all rounds in the order in which they were opened."""
        with self._dialect.reading() as connection:
            rows = connection.execute(f"SELECT {LISTED} FROM round ORDER BY number").fetchall()
        return [self._round(row) for row in rows]

    def close(self, code: str, on: date) -> None:
        """Close a round for good, and detach answers and comments from whoever sent them.

        Responses that were taken back, ids, revs and the marks of imports are gone afterwards, also
        from the bytes of the file. Comments lie apart from answers and from each other.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``; ``round-closed``: it is closed already.
        """
        with self._dialect.writing(bulk=True) as connection:
            number = collecting(connection, code).number
            create_tables(self._dialect, connection, CLOSED, number)
            connection.execute(
                f"INSERT INTO answer_{number} (team, perspective, answers, key, panel)"
                f" SELECT team, perspective, answers, key, panel FROM response_{number}"
                " WHERE answers IS NOT NULL"
            )
            connection.executemany(
                f"INSERT INTO comment_{number} (key, kind, about, text) VALUES (?, ?, ?, ?)",
                _comments(connection, number),
            )
            connection.execute(f"DROP TABLE response_{number}")
            connection.execute(f"DROP TABLE import_{number}")
            connection.execute(
                "UPDATE round SET closed_on = ? WHERE number = ?", (on.isoformat(), number)
            )

    def purge(self, code: str, on: date, reports: Mapping[str, str]) -> None:
        """Delete a closed round's answers and comments, and keep its reports.

        Parameters
        ----------
        reports
            The report as JSON, by language.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``; ``round-open``: it still collects;
            ``round-purged``: that has been done.
        """
        with self._dialect.writing(bulk=True) as connection:
            number = closed(connection, code).number
            _keep(connection, number, reports)
            connection.execute(f"DROP TABLE answer_{number}")
            connection.execute(f"DROP TABLE comment_{number}")
            connection.execute(
                "UPDATE round SET purged_on = ? WHERE number = ?", (on.isoformat(), number)
            )

    def freeze(self, code: str, reports: Mapping[str, str]) -> None:
        """Keep a closed round's reports as they are now; any that are kept already stay.

        For what a report says of a round before, whose answers are about to be deleted.

        Parameters
        ----------
        reports
            The report as JSON, by language.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``; ``round-open``: it still collects.
        """
        with self._dialect.writing() as connection:
            found = find(connection, code)
            if found.state == "collecting":
                raise ChecklistError("round-open", code=found.code)
            _keep(connection, found.number, reports)

    def report(self, code: str, lang: str) -> str | None:
        """Give the report that was kept of a round; ``None`` where none was.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``: there is no such round.
        """
        with self._dialect.reading() as connection:
            row = connection.execute(
                "SELECT text FROM report WHERE round = ? AND lang = ?",
                (find(connection, code).number, lang),
            ).fetchone()
        return None if row is None else str(row[0])

    def _round(self, row: tuple[object, ...]) -> Round:
        try:
            return from_row(row)
        except ValueError as error:
            raise ChecklistError("store-damaged", file=self._dialect.place) from error


def _keep(connection: Connection, number: int, reports: Mapping[str, str]) -> None:
    connection.executemany(
        "INSERT INTO report (round, lang, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(number, lang, storable(text)) for lang, text in reports.items()],
    )


def _comments(connection: Connection, number: int) -> Iterator[tuple[int, str, str, str]]:
    """Take a round's comments apart, each under a random key of its own."""
    found = connection.execute(f"SELECT texts FROM response_{number} WHERE texts <> ''")
    comments = (comment for (texts,) in found for comment in json.loads(texts))
    for key, (kind, about, text) in zip(random_keys(), comments, strict=False):
        yield key, kind, about, text
