"""What jobs of a workshop's ledger see and write, one after the other, before it is on disk."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from pydantic import TypeAdapter

from checklist.workshop.seats import Seat
from checklist.workshop.state import Workshop

STATE, SEAT = TypeAdapter(Workshop), TypeAdapter(Seat)
Block = Callable[[], AbstractContextManager[object]]


class Change:
    """What a job sees and writes: the seats as they are, with what jobs before it have written.

    Parameters
    ----------
    workshop
        Where the room stands; a job sets it anew.
    seats
        As they are on disk.
    earlier
        What is on its way there.
    within
        Begins a block that all jobs of one change share, unless one of them has begun it before;
        it ends when they are done, before anything is written here.

    Attributes
    ----------
    forgets
        Whether what a job replaces must be gone from the disk afterwards.
    """

    def __init__(
        self,
        workshop: Workshop,
        seats: Mapping[str, Seat],
        earlier: Mapping[str, Seat | None],
        within: Callable[[Block], None],
    ) -> None:
        self.workshop = workshop
        self.within = within
        self.forgets = False
        self._before = seats
        self._earlier = earlier
        self.written: dict[str, Seat | None] = {}

    def seat(self, place: str) -> Seat | None:
        """Give a seat by its digest."""
        for seats in (self.written, self._earlier):
            if place in seats:
                return seats[place]
        return self._before.get(place)

    @property
    def seats(self) -> dict[str, Seat]:
        """All seats by their digests."""
        return with_changes(self._before, {**self._earlier, **self.written})

    def put(self, place: str, seat: Seat) -> Seat:
        """Write a seat."""
        self.written[place] = seat
        return seat

    def drop(self, place: str) -> None:
        """Take a seat away."""
        self.written[place] = None


class Batch:
    """What jobs have written together, and what of it goes to the disk."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.state = ""
        self.forgets = False
        self.written: dict[str, Seat | None] = {}
        self.lines: dict[str, str | None] = {}

    def take(self, change: Change) -> None:
        """Take over what a job has written, all of it or, where that cannot be stored, nothing."""
        lines = {
            place: None if seat is None else as_json(SEAT, seat)
            for place, seat in change.written.items()
        }
        if change.workshop is not self.workshop:
            self.state, self.workshop = as_json(STATE, change.workshop), change.workshop
        self.forgets = self.forgets or change.forgets
        self.written.update(change.written)
        self.lines.update(lines)


def with_changes(seats: Mapping[str, Seat], written: Mapping[str, Seat | None]) -> dict[str, Seat]:
    """Give seats as they are once changes are written; ``None`` stands for one taken away."""
    return {place: seat for place, seat in {**seats, **written}.items() if seat is not None}


def as_json(kind: TypeAdapter[Any], value: object) -> str:
    """Write a value as the ledger keeps it."""
    return kind.dump_json(value).decode()
