"""What a group's answers add up to: all that its figures need, in a size that does not grow.

Sums of teams added together are the sums of everybody, so a million answers can be read team by
team and each is looked at once. Figures are made from them in ``statistics``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from checklist import scoring
from checklist.questionnaire import Questionnaire

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MIDDLE = 50.0
"""Person scores are summed as distances from here, which keeps the squares exact enough."""

CODES = 11
"""Did not occur, left open, options 1 to 9."""

AT_ONCE = 8192
"""People looked at together: what is made on the way stays small, and float32 sums exact."""


@dataclass(frozen=True)
class Sums:
    """The sums of one group.

    Shapes: I items, D dimensions, C = 11 codes (did not occur, left open, options 1 to 9).

    Attributes
    ----------
    people
        How many responses there are.
    tally
        (I, C) How often each code was given to each item; option k stands in column k + 1.
    scored, total, squares, lowest, highest
        (D,) Of the person scores of a dimension, POMP: how many there are, their sum and sum of
        squares as distances from ``MIDDLE``, their least and greatest value (inf and -inf where
        there is none).
    paired, difference, difference_squares
        (D, D) Of each person's score in the row's dimension minus that in the column's, where a
        person has both: how many, the sum, the sum of squares.
    complete, item_totals, item_products
        (D,), (I,) and (I, I) Over the people who answered all items of a dimension: how many, the
        sum of keyed answers of each of its items, the sums of their products within the dimension.
    """

    people: int
    tally: Counts
    scored: Counts
    total: Floats
    squares: Floats
    lowest: Floats
    highest: Floats
    paired: Counts
    difference: Floats
    difference_squares: Floats
    complete: Counts
    item_totals: Floats
    item_products: Floats

    @property
    def valid(self) -> Counts:
        """How many valid answers each item has, shape (I,)."""
        return np.asarray(self.tally[:, 2:].sum(axis=1))

    def __add__(self, other: "Sums") -> "Sums":
        """Give the sums of both groups together."""
        return Sums(
            people=self.people + other.people,
            lowest=np.minimum(self.lowest, other.lowest),
            highest=np.maximum(self.highest, other.highest),
            **{
                name: getattr(self, name) + getattr(other, name)
                for name in self.__dataclass_fields__
                if name not in ("people", "lowest", "highest")
            },
        )


def sums(questionnaire: Questionnaire, codes: scoring.Codes) -> Sums:
    """Add up one group's answers.

    What ``scoring`` says of each person, counted instead of kept: the order of people makes no
    difference, not even in the last digit.

    Parameters
    ----------
    questionnaire
        Its items give the columns.
    codes
        An answers matrix, shape (respondents, items).

    Raises
    ------
    ValueError
        An answer lies beyond its item's scale.
    """
    layout = _layout(
        tuple(
            (dimension.items[0].scale.size, tuple(item.reverse for item in dimension.items))
            for dimension in questionnaire.dimensions
        )
    )
    starts = range(0, max(len(codes), 1), AT_ONCE)
    parts = (_sums(layout, codes[at : at + AT_ONCE]) for at in starts)
    found = reduce(Sums.__add__, parts)
    return replace(
        found,
        total=found.total * layout.grain,
        squares=found.squares * layout.grain**2,
        difference=found.difference * layout.grain,
        difference_squares=found.difference_squares * layout.grain**2,
    )


def nobody(questionnaire: Questionnaire) -> Sums:
    """Give the sums of a group without anybody."""
    return sums(questionnaire, np.zeros((0, len(questionnaire.items)), dtype=np.int8))


def together(questionnaire: Questionnaire, groups: Sequence[Sums]) -> Sums:
    """Give the sums of all groups together."""
    return reduce(Sums.__add__, groups, nobody(questionnaire))


class _Scores(NamedTuple):
    """What the score of one dimension can be: a cell for each number and sum of keyed answers.

    Cell ``number * step + sum``; cell 0 is that of people without a score.
    """

    columns: slice
    step: int
    pomp: Floats
    grains: Floats
    """Distances of ``pomp`` from ``MIDDLE``."""
    squares: Floats
    """Of ``grains``."""


class _Layout(NamedTuple):
    """What only depends on the questionnaire.

    A grain is so small that every distance of two person scores is a whole number of grains. Whole
    numbers add up exactly, and each is one and the same wherever it comes from: what is alike
    cannot differ by rounding.
    """

    dimensions: tuple[_Scores, ...]
    sign: NDArray[np.int8]
    shift: NDArray[np.int8]
    beyond: NDArray[np.bool_]
    """(I, C) Which codes an item's scale does not have."""
    grain: float


@lru_cache(maxsize=16)
def _layout(shape: tuple[tuple[int, tuple[bool, ...]], ...]) -> _Layout:
    """Prepare the tables; ``shape`` is K and which items are reverse-keyed, a dimension each."""
    numbers = range(1, 1 + max(len(turned) for _, turned in shape))
    grains = 2 * math.lcm(*numbers) * math.lcm(*(size - 1 for size, _ in shape))
    turned = np.array([[turn] for _, turns in shape for turn in turns])
    top = np.array([[size + 1] for size, turns in shape for _ in turns])
    ends = accumulate(len(turns) for _, turns in shape)
    return _Layout(
        tuple(
            _scores(slice(end - len(turns), end), size, grains)
            for end, (size, turns) in zip(ends, shape, strict=True)
        ),
        np.where(turned, -1, 1).astype(np.int8),
        np.where(turned, top, 0).astype(np.int8),
        np.arange(CODES) > top,
        100.0 / grains,
    )


def _scores(columns: slice, size: int, grains: int) -> _Scores:
    most = columns.stop - columns.start
    step = most * size + 1
    number, total = np.divmod(np.arange(1, (most + 1) * step), step)
    mean = np.ones(len(number) + 1)
    np.divide(total, number, out=mean[1:], where=number > 0)
    pomp = scoring.pomp(mean, size)
    distance = np.rint((pomp - MIDDLE) * (grains / 100))
    distance[0] = 0
    return _Scores(columns, step, pomp, distance, distance**2)


def _sums(layout: _Layout, codes: scoring.Codes) -> Sums:
    """Add up, with distances and differences in grains."""
    people, width = codes.shape
    depth = len(layout.dimensions)
    columns = np.ascontiguousarray(codes.T)
    tally = _tally(columns)
    if tally[layout.beyond].any():
        raise ValueError("an answer lies beyond its item's scale")
    answered = columns > 0
    values = (columns * layout.sign + layout.shift) * answered
    away = np.zeros((depth, people))
    there = np.zeros((depth, people), dtype=bool)
    scored, complete = np.zeros((2, depth), dtype=np.int64)
    total, squares = np.zeros((2, depth))
    lowest, highest = np.full(depth, np.inf), np.full(depth, -np.inf)
    item_totals = np.zeros(width)
    item_products = np.zeros((width, width))
    for place, scores in enumerate(layout.dimensions):
        here = scores.columns
        most = here.stop - here.start
        number = _down(answered[here])
        asked = _down(columns[here] != scoring.DID_NOT_OCCUR)
        # As ``scoring.needed`` has it: two, or one of one; and no less than half of the asked.
        np.logical_and(number >= min(2, most), 2 * number >= asked, out=there[place])
        cell = number.astype(np.intp) * scores.step
        cell += _down(values[here])
        cell *= there[place]
        away[place] = scores.grains.take(cell)
        found = np.bincount(cell, minlength=len(scores.pomp))
        found[0] = 0
        scored[place] = found.sum()
        total[place] = found @ scores.grains
        squares[place] = found @ scores.squares
        seen = scores.pomp[found > 0]
        lowest[place], highest[place] = seen.min(initial=np.inf), seen.max(initial=-np.inf)
        whole = number == most
        complete[place] = np.count_nonzero(whole)
        kept = (values[here] * whole).astype(np.float32)
        item_totals[here] = kept.sum(axis=1)
        # Not ``@``: for matrices this flat the linear algebra library takes three times as long.
        item_products[here, here] = np.einsum("ip,jp->ij", kept, kept)
    paired, difference, difference_squares = _pairs(away, there)
    return Sums(
        people=people,
        tally=tally,
        scored=scored,
        total=total,
        squares=squares,
        lowest=lowest,
        highest=highest,
        paired=paired,
        difference=difference,
        difference_squares=difference_squares,
        complete=complete,
        item_totals=item_totals,
        item_products=item_products,
    )


def _down(rows: NDArray[np.int8] | NDArray[np.bool_]) -> NDArray[np.int16]:
    """Add up the rows."""
    return np.asarray(np.add.reduce(rows.view(np.int8), axis=0, dtype=np.int16))


def _tally(columns: scoring.Codes) -> Counts:
    cells = columns + np.arange(1, CODES * len(columns), CODES, dtype=np.int16)[:, None]
    return np.bincount(cells.ravel(), minlength=CODES * len(columns)).reshape(-1, CODES)


def _pairs(away: Floats, there: NDArray[np.bool_]) -> tuple[Counts, Floats, Floats]:
    """Sum the differences between dimensions within the persons who have both scores."""
    depth = len(away)
    paired = np.diag(np.count_nonzero(there, axis=1))
    difference, squares = np.zeros((2, depth, depth))
    for first in range(depth - 1):
        others = slice(first + 1, depth)
        both = there[others] & there[first]
        apart = (away[first] - away[others]) * both
        paired[first, others] = paired[others, first] = np.count_nonzero(both, axis=1)
        difference[first, others] = apart.sum(axis=1)
        difference[others, first] = -difference[first, others]
        squares[first, others] = squares[others, first] = np.vecdot(apart, apart)
    return paired, difference, squares
