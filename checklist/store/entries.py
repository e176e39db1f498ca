"""How a round lies in a row, and how rounds are found by their codes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from checklist.bank import parse
from checklist.errors import ChecklistError
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round, State, Team, Terms
from checklist.sqlite_file import storable
from checklist.store.dialect import Connection

COLUMNS = (
    "code",
    "title",
    "questionnaire",
    "teams",
    "terms",
    "opened_on",
    "series",
    "notice",
    "min_group",
    "comments",
    "follows",
    "last_day",
    "delete_after",
    "closed_on",
    "purged_on",
)


@dataclass(frozen=True, slots=True)
class Found:
    """What has to be known of a round before anything is done in it."""

    number: int
    code: str
    state: State
    items: int
    teams: Mapping[str, int]
    """The number of each team by its name."""


def fold(code: str) -> str:
    """Give the form in which codes are compared."""
    return storable(code.strip().casefold())


def find(connection: Connection, code: str) -> Found:
    """Find a round.

    Raises
    ------
    ChecklistError
        ``unknown-round``, ``unknown-round-near``: there is no such round.
    """
    row = connection.execute(
        "SELECT number, code, closed_on, purged_on, items, teams FROM round WHERE folded = ?",
        (fold(code),),
    ).fetchone()
    if row is None:
        raise unknown(connection, code)
    number, written, closed_on, purged_on, items, teams = row
    state: State = "purged" if purged_on else "closed" if closed_on else "collecting"
    names = {team["name"]: place for place, team in enumerate(json.loads(teams))}
    return Found(number, written, state, items, names)


def collecting(connection: Connection, code: str) -> Found:
    """Find a round that takes answers.

    Raises
    ------
    ChecklistError
        As ``find``; ``round-closed``.
    """
    found = find(connection, code)
    if found.state != "collecting":
        raise ChecklistError("round-closed", code=found.code)
    return found


def closed(connection: Connection, code: str) -> Found:
    """Find a round that is closed and still has its answers.

    Raises
    ------
    ChecklistError
        As ``find``; ``round-open``, ``round-purged``.
    """
    found = find(connection, code)
    if found.state == "collecting":
        raise ChecklistError("round-open", code=found.code)
    if found.state == "purged":
        raise ChecklistError("round-purged", code=found.code)
    return found


def unknown(connection: Connection, code: str) -> ChecklistError:
    """Say that there is no such round, and which one may be meant."""
    known = dict(connection.execute("SELECT folded, code FROM round").fetchall())
    near = get_close_matches(fold(code), known, n=1)
    if near:
        return ChecklistError("unknown-round-near", code=code, near=known[near[0]])
    return ChecklistError("unknown-round", code=code)


def to_row(round_: Round) -> tuple[Any, ...]:
    """Lay a round out in the order of ``COLUMNS``."""
    values = (
        round_.code,
        round_.title,
        round_.questionnaire.toml,
        _json([asdict(team) for team in round_.teams]),
        _json(asdict(round_.terms)),
        round_.opened_on.isoformat(),
        round_.series,
        _json(dict(round_.notice)),
        round_.min_group,
        int(round_.comments),
        round_.follows,
        _day_text(round_.until),
        round_.delete_after,
        _day_text(round_.closed_on),
        _day_text(round_.purged_on),
    )
    return tuple(storable(value) if isinstance(value, str) else value for value in values)


def from_row(row: tuple[Any, ...]) -> Round:
    """Put a round together from its row.

    Raises
    ------
    ValueError
        What stands there is none of ours: the file is damaged.
    """
    values = dict(zip(COLUMNS, row, strict=True))
    try:
        return Round(
            code=values["code"],
            title=values["title"],
            questionnaire=_questionnaire(values["questionnaire"]),
            teams=tuple(Team(**team) for team in json.loads(values["teams"])),
            terms=Terms(**json.loads(values["terms"])),
            opened_on=date.fromisoformat(values["opened_on"]),
            series=values["series"],
            notice={lang: tuple(said) for lang, said in json.loads(values["notice"]).items()},
            min_group=values["min_group"],
            comments=bool(values["comments"]),
            follows=values["follows"],
            until=_day(values["last_day"]),
            delete_after=values["delete_after"],
            closed_on=_day(values["closed_on"]),
            purged_on=_day(values["purged_on"]),
        )
    except (ChecklistError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("a round's row") from error


@lru_cache(maxsize=32)
def _questionnaire(toml: str) -> Questionnaire:
    return parse(toml, "store")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
