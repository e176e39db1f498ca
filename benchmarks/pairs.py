"""Two things measured in turns, and whether the one keeps within its budget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Pair = tuple[float, float]
"""Seconds of ours, and of the reference right after it."""


@dataclass(frozen=True)
class Comparison:
    """What one budget's pairs of measurements say.

    Parameters
    ----------
    name
        What was measured.
    budget
        The largest ratio that is allowed.
    pairs
        At least two.
    """

    name: str
    budget: float
    pairs: tuple[Pair, ...]

    @property
    def ours(self) -> float:
        """Our median, in seconds."""
        return median(ours for ours, _ in self.pairs)

    @property
    def reference(self) -> float:
        """The reference's median, in seconds."""
        return median(reference for _, reference in self.pairs)

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios.

        Examples
        --------
        >>> Comparison("start", 1.6, ((3.0, 2.0), (4.0, 4.0), (9.0, 1.0))).ratio
        1.5
        """
        return median(self._ratios)

    @property
    def middle_half(self) -> tuple[float, float]:
        """Between which ratios the middle half of the pairs lies."""
        low, _, high = quantiles(self._ratios, n=4, method="inclusive")
        return low, high

    @property
    def met(self) -> bool:
        """Whether the ratio keeps within the budget."""
        return self.ratio <= self.budget

    @property
    def _ratios(self) -> list[float]:
        return [ours / reference for ours, reference in self.pairs]


HEADER = ("", "ours", "reference", "ratio", "middle half", "budget", "met")


def table(comparisons: Iterable[Comparison]) -> str:
    """Write comparisons as a Markdown table that can be read as it is."""
    return aligned([HEADER, *(_row(comparison) for comparison in comparisons)])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Write rows as a Markdown table, the first of them its head, the first column to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = [f"{'-' * (width - 1)}:" if place else "-" * width for place, width in enumerate(widths)]
    lines = [
        [cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in each]
        for each in (enumerate(zip(row, widths, strict=True)) for row in rows)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))


def _row(comparison: Comparison) -> tuple[str, ...]:
    low, high = comparison.middle_half
    return (
        comparison.name,
        _milliseconds(comparison.ours),
        _milliseconds(comparison.reference),
        f"{comparison.ratio:.2f}",
        f"{low:.2f} to {high:.2f}",
        f"{comparison.budget:.2f}",
        "yes" if comparison.met else "NO",
    )


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"
