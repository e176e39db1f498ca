"""The responses of a store: taken while a round collects, read after it is closed."""

import json
import re
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from checklist.errors import ChecklistError
from checklist.questionnaire import Perspective
from checklist.rounds import Comment, RoundResponse
from checklist.sqlite_file import storable
from checklist.store.dialect import Dialect
from checklist.store.entries import Found, closed, collecting, find
from checklist.store.keys import random_keys

Arrival = Literal["new", "replaced", "stale"]
"""``new``: nothing of this id counted before; ``stale``: this rev or a higher one is there already,
and nothing has changed."""

ANSWERS = re.compile("[1-9.-]*")


class Linked(NamedTuple):
    """Responses of two rounds by the same people, in an order that means nothing.

    Attributes
    ----------
    old, new
        Their answers to each round, one after the other as in ``Responses.answers``.
    teams
        The place of each one's team in the new round.
    """

    old: bytearray
    new: bytearray
    teams: list[int]


class Responses:
    """The responses of a store."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def put(self, response: RoundResponse) -> Arrival:
        """Take a response; of one id the highest rev counts, in whatever order they arrive.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``, ``round-closed``, ``unknown-team``.
        ValueError
            The answers do not fit the round's questionnaire.
        """
        with self._dialect.writing() as connection:
            found = collecting(connection, response.round)
            row = _row(found, response, next(random_keys()))
            before = connection.execute(
                f"SELECT rev, answers FROM response_{found.number} WHERE id = ?", row[:1]
            ).fetchone()
            connection.execute(_upsert(found), row)
        if before is None:
            return "new"
        if response.rev <= before[0]:
            return "stale"
        return "new" if before[1] is None else "replaced"

    def put_many(self, code: str, responses: Iterable[RoundResponse], mark: str) -> bool:
        """Take all responses of an import or, where anything is wrong, none of them.

        Parameters
        ----------
        responses
            Read one after the other; what they raise ends the import.
        mark
            Tells imports apart: a digest of what is imported.

        Returns
        -------
        bool
            Whether they were stored; not where this mark was imported before.

        Raises
        ------
        ChecklistError, ValueError
            As ``put``.
        """
        with self._dialect.writing(bulk=True) as connection:
            found = collecting(connection, code)
            marks = f"import_{found.number}"
            if connection.execute(f"SELECT 1 FROM {marks} WHERE mark = ?", (mark,)).fetchone():
                return False
            connection.execute(f"INSERT INTO {marks} (mark) VALUES (?)", (mark,))
            rows = (_row(found, *each) for each in zip(responses, random_keys(), strict=False))
            connection.executemany(_upsert(found), rows)
        return True

    def count(self, code: str) -> int:
        """Count the responses that were not taken back, for the coarse count; none after purging.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``.
        """
        with self._dialect.reading() as connection:
            found = find(connection, code)
            if found.state == "purged":
                return 0
            table = "response" if found.state == "collecting" else "answer"
            counted = connection.execute(
                f"SELECT count(*) FROM {table}_{found.number} WHERE answers IS NOT NULL"
            )
            return int(counted.fetchone()[0])

    def revs(self, code: str) -> dict[str, tuple[int, bool]]:
        """Give the highest revision of each response by its id, and whether it counts.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``, ``round-closed``.
        """
        with self._dialect.reading() as connection:
            number = collecting(connection, code).number
            rows = connection.execute(f"SELECT id, rev, answers IS NOT NULL FROM response_{number}")
            return {id_: (rev, bool(counts)) for id_, rev, counts in rows}

    def answers(self, code: str, team: str, perspective: Perspective = "self") -> bytes:
        """Give all answers of a team to a closed round as one ASCII text.

        Returns
        -------
        bytes
            As many characters a response as the questionnaire has items, in their order: ``1`` to
            ``9``, ``-`` left open, ``.`` did not occur. The order of responses means nothing.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``, ``unknown-team``; ``round-open``: it still
            collects; ``round-purged``: its answers are deleted.
        """
        with self._dialect.reading() as connection:
            found = closed(connection, code)
            joined = connection.execute(
                f"SELECT {self._dialect.words['joined']} FROM answer_{found.number}"
                " WHERE team = ? AND perspective = ?",
                (_team(found, team), perspective),
            ).fetchone()[0]
        return bytes(joined or b"")

    def panels(self, code: str, team: str) -> list[str]:
        """Give the panel codes of a team's self-views, in the order of ``answers``.

        Returns
        -------
        list of str
            One a response; empty for who did not agree to be compared.

        Raises
        ------
        ChecklistError
            As ``answers``.
        """
        with self._dialect.reading() as connection:
            found = closed(connection, code)
            rows = connection.execute(
                f"SELECT panel FROM answer_{found.number} WHERE team = ? AND perspective = 'self'"
                " ORDER BY answers, key",
                (_team(found, team),),
            )
            return [panel for (panel,) in rows]

    def linked(self, old: str, new: str) -> Linked:
        """Give the self-views of two closed rounds that carry the same panel code.

        A code that several responses of one round carry links nobody: it cannot be told who is who.

        Parameters
        ----------
        old, new
            The codes of the two rounds.

        Raises
        ------
        ChecklistError
            As ``answers``, of either round.
        """
        found = Linked(bytearray(), bytearray(), [])
        with self._dialect.reading() as connection:
            then, now = (f"answer_{closed(connection, code).number}" for code in (old, new))
            rows = connection.execute(
                f"SELECT a.answers, b.answers, b.team FROM {now} AS b"
                f" JOIN {then} AS a ON a.panel = b.panel"
                " WHERE a.perspective = 'self' AND b.perspective = 'self'"
                f" AND b.panel IN ({_once(now)}) AND a.panel IN ({_once(then)})"
            )
            for answers_then, answers_now, team in rows:
                found.old.extend(answers_then.encode())
                found.new.extend(answers_now.encode())
                found.teams.append(team)
        return found

    def comments(self, code: str) -> list[Comment]:
        """Give the comments and reflections of a closed round, in the order of their random keys.

        Raises
        ------
        ChecklistError
            ``unknown-round``, ``unknown-round-near``, ``round-open``, ``round-purged``.
        """
        with self._dialect.reading() as connection:
            number = closed(connection, code).number
            rows = connection.execute(
                f"SELECT kind, about, text FROM comment_{number} ORDER BY key"
            )
            return [Comment(*row) for row in rows]


def _once(table: str) -> str:
    """Select the panel codes that one self-view carries, and no other."""
    return (
        f"SELECT panel FROM {table} WHERE perspective = 'self' AND panel <> ''"
        " GROUP BY panel HAVING count(*) = 1"
    )


def _team(found: Found, name: str) -> int:
    number = found.teams.get(name)
    if number is None:
        known = ", ".join(found.teams)
        raise ChecklistError("unknown-team", code=found.code, team=name, known=known)
    return number


def _upsert(found: Found) -> str:
    table = f"response_{found.number}"
    return (
        f"INSERT INTO {table} (id, rev, key, team, perspective, panel, answers, texts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, key = excluded.key,"
        " team = excluded.team, perspective = excluded.perspective, panel = excluded.panel,"
        " answers = excluded.answers, texts = excluded.texts"
        f" WHERE excluded.rev > {table}.rev"
    )


def _row(found: Found, response: RoundResponse, key: int) -> tuple[Any, ...]:
    """Lay a response out in the order of the columns; of one taken back nothing else is kept."""
    id_, answers = storable(response.id), response.answers
    if response.withdrawn:
        return id_, response.rev, key, None, None, "", None, ""
    if len(answers) != found.items or not ANSWERS.fullmatch(answers):
        raise ValueError(f"answers that do not fit {found.items} items")
    team = found.teams.get(response.team) or _team(found, response.team)
    panel, texts = storable(response.panel), _texts(response)
    return id_, response.rev, key, team, response.perspective, panel, answers, texts


def _texts(response: RoundResponse) -> str:
    if not (response.comments or response.reflections):
        return ""
    kinds = (("item", response.comments), ("reflection", response.reflections))
    texts = [(kind, about, text) for kind, found in kinds for about, text in found.items()]
    return storable(json.dumps(texts, ensure_ascii=False))
