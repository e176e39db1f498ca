"""What a group's answers add up to: all that its figures need, in a size that does not grow with it.

Sums of teams added together are the sums of everybody, so a million answers can be read team by team
and each is looked at once. Figures are made from them in ``statistics``.
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from checklist import scoring
from checklist.questionnaire import Questionnaire

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MIDDLE = 50.0
"""Person scores are summed as distances from here, which keeps the squares exact enough."""


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
        squares as distances from ``MIDDLE``, their least and greatest value.
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

    Parameters
    ----------
    questionnaire
        Its items give the columns.
    codes
        An answers matrix, shape (respondents, items).
    """
    people, width = codes.shape
    values = scoring.keyed(codes, questionnaire.items)
    depth = len(questionnaire.dimensions)
    scores = np.full((people, depth), np.nan)
    complete = np.zeros(depth, dtype=np.int64)
    item_totals = np.zeros(width)
    item_products = np.zeros((width, width))
    for place, dimension in enumerate(questionnaire.dimensions):
        here = scoring.columns(questionnaire, dimension)
        size = dimension.items[0].scale.size
        scores[:, place] = scoring.pomp(scoring.person_means(codes[:, here], dimension), size)
        whole = values[:, here][~np.isnan(values[:, here]).any(axis=1)]
        complete[place] = len(whole)
        item_totals[here] = whole.sum(axis=0)
        item_products[here, here] = whole.T @ whole
    there = ~np.isnan(scores)
    away = np.where(there, scores - MIDDLE, 0.0)
    paired, difference, difference_squares = _pairs(away, there)
    return Sums(
        people=people,
        tally=_tally(codes),
        scored=there.sum(axis=0),
        total=away.sum(axis=0),
        squares=(away**2).sum(axis=0),
        lowest=np.where(there, scores, np.inf).min(axis=0, initial=np.inf),
        highest=np.where(there, scores, -np.inf).max(axis=0, initial=-np.inf),
        paired=paired,
        difference=difference,
        difference_squares=difference_squares,
        complete=complete,
        item_totals=item_totals,
        item_products=item_products,
    )


def nobody(questionnaire: Questionnaire) -> Sums:
    """Give the sums of a group without anybody."""
    return sums(questionnaire, np.zeros((0, len(questionnaire.items)), dtype=np.int8))


def together(questionnaire: Questionnaire, groups: list[Sums]) -> Sums:
    """Give the sums of all groups together."""
    return reduce(Sums.__add__, groups, nobody(questionnaire))


def _tally(codes: scoring.Codes) -> Counts:
    people, width = codes.shape
    depth = 11
    cells = codes.astype(np.int64) + 1 + depth * np.arange(width)
    return np.bincount(cells.ravel(), minlength=depth * width).reshape(width, depth)


def _pairs(away: Floats, there: NDArray[np.bool_]) -> tuple[Counts, Floats, Floats]:
    """Sum the differences between dimensions within persons.

    Over the persons who have both scores a and b: sum(a − b) and sum((a − b)²), from products of
    matrices with the missing ones as zero.
    """
    both = there.astype(np.float64)
    sum_first = away.T @ both
    square_first = (away**2).T @ both
    products = away.T @ away
    return (
        np.rint(both.T @ both).astype(np.int64),
        sum_first - sum_first.T,
        square_first + square_first.T - 2 * products,
    )
