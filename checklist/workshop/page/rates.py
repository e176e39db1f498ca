"""How many requests are let through: from one seat, from one address without a seat, from all."""

from time import monotonic

from checklist.workshop.page.buckets import Bucket, Buckets, Clock

SEAT_BURST, SEAT_RATE, MOST_SEATS = 120, 20.0, 2000
"""A quick person takes a step or two a second; without scripts each step is five requests."""

ADDRESS_BURST, ADDRESS_RATE, MOST_ADDRESSES = 2000, 50.0, 2000
"""A hotel may hide all phones behind one address: 300 people who join make about 1,500 requests."""

ALL_BURST, ALL_RATE = 4000, 150.0
"""Without a seat: what a small machine does with a quarter of its time."""


SPARE_JOINS, ROOM_SECONDS, ROOMS_AT_ONCE = 30, 120.0, 2
"""A room full of people, and some more, may sit down at once from one address; then it takes two
minutes for as many again. From all addresses together it may be twice as many."""


class Joins:
    """Counts seats that are taken with the right key or code: nobody needs one after the other.

    Parameters
    ----------
    seats
        Of the room.
    """

    def __init__(self, seats: int, clock: Clock = monotonic) -> None:
        burst, rate = seats + SPARE_JOINS, seats / ROOM_SECONDS
        self._addresses = Buckets(burst, rate, MOST_ADDRESSES, clock)
        self._all = Bucket(ROOMS_AT_ONCE * burst, ROOMS_AT_ONCE * rate, clock)

    def wait(self, address: str) -> int:
        """Count a seat; gives the seconds to wait where it is one too many, else 0."""
        for bucket in (self._addresses.of(address), self._all):
            if not bucket.take():
                return bucket.wait
        return 0


class Rates:
    """Counts requests; addresses are kept in memory only, and the oldest are forgotten."""

    def __init__(self, clock: Clock = monotonic) -> None:
        self._seats = Buckets(SEAT_BURST, SEAT_RATE, MOST_SEATS, clock)
        self._addresses = Buckets(ADDRESS_BURST, ADDRESS_RATE, MOST_ADDRESSES, clock)
        self._all = Bucket(ALL_BURST, ALL_RATE, clock)

    def wait(self, seat: str, address: str) -> int:
        """Count a request; gives the seconds to wait where it is one too many, else 0."""
        counted = [self._seats.of(seat)] if seat else [self._addresses.of(address), self._all]
        for bucket in counted:
            if not bucket.take():
                return bucket.wait
        return 0
