"""Rooms of workshops, and what people do in them: what the workshop's tests share."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from checklist.rounds import Round, Team
from checklist.store import Store
from checklist.workshop.change import Change
from checklist.workshop.ledger import Ledger
from checklist.workshop.room import Room
from checklist.workshop.seats import Seat, beginning, moved
from checklist.workshop.state import Workshop, place_of
from tests.storing import QUESTIONNAIRE, TEAMS, a_round

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)
KEY, CODE = "Abc_123-xyz98765", "rofi-talu-mena"
SECONDS = 20.0
"""After which something that is waited for does not come any more."""

Given = TypeVar("Given")


def a_workshop(phase: str = "answer", **changed: Any) -> Workshop:
    """A workshop that stands in a phase; behind the answers its round is closed."""
    place = place_of(phase)
    given = {"phase": place, "closed": place > place_of("answer"), **changed}
    return Workshop("QXRT", KEY, CODE, **given)


def one_team(**changed: Any) -> Round:
    """A round of one team."""
    return a_round(**{"teams": (Team(TEAMS[0], 8),), **changed})


@contextmanager
def a_room(
    folder: Path,
    begin: Workshop | None = None,
    round_: Round | None = None,
    today: Callable[[], date] = lambda: DAY,
) -> Iterator[Room]:
    """Open a room with its round in a store beside it; without a state the one that is there."""
    round_, where = round_ or one_team(), folder / "rounds.db"
    if begin is not None:
        store = Store(where, create=True)
        store.rounds.add(round_)
        store.close()
    room = Room(Ledger(folder / "ledger.db", begin), round_, partial(Store, where), today)
    try:
        yield room
    finally:
        room.close()


def run(coroutine: Coroutine[Any, Any, Given]) -> Given:
    """Wait for what a desk does."""

    async def in_time() -> Given:
        return await asyncio.wait_for(coroutine, SECONDS)

    return asyncio.run(in_time())


def holding(reached: Event, go_on: Event) -> Callable[[Change], bool]:
    """Give a job that holds up the ledger: what comes in meanwhile goes to the disk together."""

    def hold(_: Change) -> bool:
        reached.set()
        return go_on.wait(SECONDS)

    return hold


def begun(room: Room) -> str:
    """Have somebody join and begin to answer; gives their secret."""
    token = run(room.join("de"))
    run(room.act(token, beginning))
    return token


def saying(step: str, what: str) -> Callable[[Seat, Workshop], Seat]:
    """Give a move in the interview."""
    return lambda seat, workshop: moved(seat, workshop, QUESTIONNAIRE, step, what)


def answered(room: Room, token: str, answers: str) -> None:
    """Answer the first items in the order of asking, a sign each."""
    for item, what in zip(QUESTIONNAIRE.asked, answers, strict=False):
        run(room.act(token, saying(item.id, what)))
