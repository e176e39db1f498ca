"""A small round, responses to it, and a store that holds them: what the store's tests share."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.bank import parse
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round, RoundResponse, Team, Terms
from checklist.store import Store
from tests.helpers import TINY

QUESTIONNAIRE: Questionnaire = parse(TINY, "tiny.toml", expected_id="tiny")
WIDTH = len(QUESTIONNAIRE.items)
DAY = date(2026, 3, 2)
CLOSING = date(2026, 4, 1)
PURGING = date(2026, 7, 1)
TEAMS = ("Verkauf", "Dienst & Hilfe 🙂")


def a_round(code: str = "QXRT", **changed: Any) -> Round:
    """A round of two teams."""
    given: dict[str, Any] = {
        "title": "Frühjahr",
        "questionnaire": QUESTIONNAIRE,
        "teams": (Team(TEAMS[0], 8), Team(TEAMS[1])),
        "terms": Terms("Kim Keeper, kim@example.org", recipient="Leitung", no_sanctions=True),
        "opened_on": DAY,
        "series": "series-1",
        "comments": True,
        "notice": {"de": ("Freiwillig.", "Für {team}."), "en": ("Voluntary.", "For {team}.")},
    }
    return Round(code=code, **{**given, **changed})


def a_response(number: int = 0, rev: int = 1, code: str = "QXRT", **changed: Any) -> RoundResponse:
    """A response that no other number gives, with a comment where the number is even."""
    digest = hashlib.sha256(f"{code}/{number}".encode()).hexdigest()
    given: dict[str, Any] = {
        "team": TEAMS[number % 2],
        "answers": "".join("12345-."[int(sign, 16) % 7] for sign in digest[:WIDTH]),
        "comments": {"listen-ask": f"Wort-{digest[:12]}"} if number % 2 == 0 else {},
        "reflections": {"wish": f"Wunsch-{digest[12:24]}"} if number % 4 == 0 else {},
    }
    return RoundResponse(round=code, id=digest[:32], rev=rev, **{**given, **changed})


def taken_back(number: int, rev: int, code: str = "QXRT") -> RoundResponse:
    """The same person's response, withdrawn."""
    return a_response(number, rev, code, withdrawn=True, answers="", comments={}, reflections={})


def responses(count: int, code: str = "QXRT") -> Iterator[RoundResponse]:
    return (a_response(number, code=code) for number in range(count))


def rows_of(answers: bytes, width: int = WIDTH) -> list[str]:
    """Take the joined answers of a team apart, in an order that can be compared."""
    text = answers.decode("ascii")
    assert len(text) % width == 0
    return sorted(text[start : start + width] for start in range(0, len(text), width))


def read(store: Store, code: str = "QXRT") -> dict[str, Any]:
    """Everything that a closed round says, in an order that can be compared."""
    return {
        "answers": {team: rows_of(store.responses.answers(code, team)) for team in TEAMS},
        "comments": sorted(
            (comment.kind, comment.about, comment.text)
            for comment in store.responses.comments(code)
        ),
        "count": store.responses.count(code),
    }


def expected(counted: Mapping[int, RoundResponse] | list[RoundResponse]) -> dict[str, Any]:
    """What ``read`` has to give when these responses count."""
    given = list(counted.values()) if isinstance(counted, Mapping) else counted
    kept = [response for response in given if not response.withdrawn]
    return {
        "answers": {
            team: sorted(response.answers for response in kept if response.team == team)
            for team in TEAMS
        },
        "comments": sorted(
            (kind, about, text)
            for response in kept
            for kind, texts in (("item", response.comments), ("reflection", response.reflections))
            for about, text in texts.items()
        ),
        "count": len(kept),
    }


def traces(given: list[RoundResponse]) -> list[bytes]:
    """Bytes that only these responses can have left: ids and texts."""
    found = [response.id.encode() for response in given]
    for response in given:
        texts = [*response.comments.values(), *response.reflections.values()]
        found += [part.encode() for text in texts for part in (text, json.dumps(text)[1:-1])]
    return found


def left_in(path: Path, wanted: list[bytes]) -> list[bytes]:
    """Which of these bytes stand in any file of the store's folder."""
    data = b"\n".join(file.read_bytes() for file in sorted(path.parent.iterdir()) if file.is_file())
    return [trace for trace in wanted if trace in data]


def no_waiting_for_the_disk(patch: pytest.MonkeyPatch) -> None:
    """Make changes quicker; a power cut, against which waiting helps, is no part of a test."""
    connect = sqlite3.connect

    def quick(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    patch.setattr(sqlite3, "connect", quick)
