"""Figures that are held against a limit, where no reference takes turns with them."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.pairs import aligned


@dataclass(frozen=True)
class Limit:
    """One figure and the most that it may be.

    Parameters
    ----------
    unit
        ``"s"`` for seconds, else nothing.
    """

    name: str
    measured: float
    most: float
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure keeps within its limit."""
        return self.measured <= self.most


HEADER = ("", "measured", "limit", "met")


def table(limits: Iterable[Limit]) -> str:
    """Write limits as a Markdown table that can be read as it is."""
    return aligned([HEADER, *(_row(limit) for limit in limits)])


def _row(limit: Limit) -> tuple[str, ...]:
    return (
        limit.name,
        _figure(limit.measured, limit.unit),
        _figure(limit.most, limit.unit),
        "yes" if limit.met else "NO",
    )


def _figure(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:g}"
    return f"{value:.1f} s" if value >= 10 else f"{1000 * value:.0f} ms"
