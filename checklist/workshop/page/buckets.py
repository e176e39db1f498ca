"""Token buckets: how much of something is let through over time."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic

Clock = Callable[[], float]


class Bucket:
    """Holds ``burst`` tokens at most, and gets ``rate`` new ones per second.

    Used in one thread only.
    """

    __slots__ = ("_burst", "_clock", "_left", "_rate", "_seen")

    def __init__(self, burst: float, rate: float, clock: Clock = monotonic) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._left, self._seen = burst, clock()

    @property
    def empty(self) -> bool:
        """Whether not one token is left."""
        self._fill()
        return self._left < 1

    def take(self) -> bool:
        """Take a token; False where there is none."""
        if self.empty:
            return False
        self._left -= 1
        return True

    @property
    def wait(self) -> int:
        """Whole seconds until there is a token, at least one."""
        self._fill()
        return max(1, ceil((1 - self._left) / self._rate))

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate)
        self._seen = now


class Buckets:
    """A bucket for each of at most ``most`` keys; those not used for longest are forgotten."""

    def __init__(self, burst: float, rate: float, most: int, clock: Clock = monotonic) -> None:
        self._burst, self._rate, self._most, self._clock = burst, rate, most, clock
        self._of: OrderedDict[str, Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._of)

    def of(self, key: str) -> Bucket:
        """Give the bucket of a key, a full one where it has none yet."""
        bucket = self._of.get(key)
        if bucket is None:
            bucket = self._of[key] = Bucket(self._burst, self._rate, self._clock)
            if len(self._of) > self._most:
                self._of.popitem(last=False)
        self._of.move_to_end(key)
        return bucket
