"""Says of each published figure which people's answers it is made of, and in which way.

What is unknown to the attacker, by ``Kind``, in systems that have nothing in common:

* ``answers``: which option a person chose, for those who answered at all. Means, counts, scores,
  bounds and AD_M are sums over these people; within an item the same for everyone of a group.
* ``marks``: whether a person left an item open or had no occasion. Here all of a group count.
* ``scored``: whether a person has a score in a dimension.
* ``spread``: the square of a person's score, which a standard deviation sums up. The middle is
  taken as known to the attacker, which makes the attack stronger than it could be. So does
  counting reliability as a sum over the squares of those who answered all items.
* ``taking-part``: whether a person is among a group's responses at all.

Whoever answers in another round, or as an observer, has other unknowns there. Figures of two rounds
meet only in changes within the same people: see ``paired``.

Sums, not means, are what the coefficients stand for: dividing by a known number changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np

from checklist.attack.crowds import Crowd
from checklist.attack.figures import Figure, Published
from checklist.attack.matrices import PRIME
from checklist.attack.waves import Mask, Masks
from checklist.questionnaire import Dimension, Item, Perspective, Questionnaire
from checklist.rounds import Round
from checklist.scoring import Codes, columns, needed

Kind = Literal["answers", "marks", "scored", "spread", "taking-part"]
EASIEST_FIRST: tuple[Kind, ...] = ("taking-part", "scored", "spread", "marks", "answers")
"""What is found in the small systems shortens the search in the large ones."""

COMPLETE, PARTLY = "complete", "partly"
"""Who answered all items of a dimension, and who else answered enough of them for a score."""


class Cell(NamedTuple):
    """People of one team who are alike for the attacker, in what is asked of them."""

    kind: Kind
    team: str
    about: str
    who: str = ""
    perspective: Perspective = "self"
    wave: int = 0


Row = dict[tuple[Cell, int], int]
"""Coefficients modulo ``PRIME``, by cell and part of it."""


class Equation(NamedTuple):
    """One figure as a sum; a figure can stand for several."""

    kind: Kind
    block: str
    figure: Figure
    row: Row


@dataclass(frozen=True)
class People:
    """Who is in which team and who answered what at all, as the attacker is taken to know it."""

    round_: Round
    codes: Mapping[str, Codes]
    perspective: Perspective = "self"
    wave: int = 0
    crowds: dict[Cell, Crowd] = field(default_factory=dict)
    """By cell: its people; filled as equations need them."""
    known: dict[tuple[Kind, str | None, str, str], list[Cell]] = field(default_factory=dict)
    """Cells by what they were asked for with."""
    apart: dict[str, list[Masks]] = field(default_factory=dict)
    """By item: which people each change within the same people is about. Their answers have other
    coefficients than the others', so they are cells of their own."""

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What was asked."""
        return self.round_.questionnaire

    @cached_property
    def place(self) -> dict[str, int]:
        """By item: its column."""
        return {item.id: place for place, item in enumerate(self.questionnaire.items)}

    @cached_property
    def counts(self) -> dict[str, dict[str, tuple[int, int]]]:
        """By team and item: how many valid answers, and their sum."""
        return {
            team: {
                item: (int((column > 0).sum()), int(column[column > 0].sum(dtype=np.int64)))
                for item, column in zip(self.place, codes.T, strict=True)
            }
            for team, codes in self.codes.items()
        }

    def teams(self, group: str | None) -> Sequence[str]:
        """Give the teams of a group."""
        return list(self.codes) if group is None else [group]

    def cells(self, kind: Kind, group: str | None, about: str, who: str = "") -> list[Cell]:
        """Give a group's cells, and see to it that their people are known."""
        key = (kind, group, about, who)
        if key not in self.known:
            self.known[key] = [
                Cell(kind, team, about, part, self.perspective, self.wave)
                for team in self.teams(group)
                for part in self._parts(kind, team, about, who)
            ]
            for cell in self.known[key]:
                if cell not in self.crowds:
                    self.crowd(cell, self._members(cell))
        return self.known[key]

    def crowd(self, cell: Cell, members: Mask) -> None:
        """Say who the people of a cell are."""
        gathering = (self.wave, self.perspective)
        self.crowds[cell] = Crowd(cell.team, _bits(members), gathering)

    def _parts(self, kind: Kind, team: str, about: str, who: str) -> list[str]:
        if kind != "answers" or about not in self.apart:
            return [who]
        return sorted(set(self._patterns(team, about)))

    def _patterns(self, team: str, item: str) -> list[str]:
        """Say of each person of a team which changes they are in: a ``0`` or ``1`` a change."""
        each = np.array([masks[team] for masks in self.apart[item]], dtype=np.uint8)
        return ["".join(map(str, column)) for column in each.T]

    def valid(self, group: str | None, item: str) -> tuple[int, int]:
        """How many answered an item, and what their answers add up to."""
        found = [self.counts[team][item] for team in self.teams(group)]
        return sum(n for n, _ in found), sum(total for _, total in found)

    def _members(self, cell: Cell) -> Mask:
        codes = self.codes[cell.team]
        if cell.kind == "answers":
            valid = codes[:, self.place[cell.about]] > 0
            if cell.who:
                valid = valid & (np.array(self._patterns(cell.team, cell.about)) == cell.who)
            return np.asarray(valid)
        if cell.kind != "spread":
            return np.ones(len(codes), dtype=bool)
        dimension = next(d for d in self.questionnaire.dimensions if d.id == cell.about)
        own = codes[:, columns(self.questionnaire, dimension)]
        answered = (own > 0).sum(axis=1)
        complete = answered == own.shape[1]
        scored = answered >= needed(own)
        return np.asarray(complete if cell.who == COMPLETE else scored & ~complete)


def _bits(members: Mask) -> int:
    return int.from_bytes(np.packbits(members, bitorder="little").tobytes(), "little")


def equations(found: Published, people: People) -> Iterator[Equation]:
    """Write every figure as sums over people."""
    dimensions = {dim.id: dim for dim in people.questionnaire.dimensions}
    for figure, value in found.values.items():
        if not figure.about:
            yield _whole("taking-part", "", figure, people)
        elif figure.about in people.place:
            yield from _of_item(figure, value, people)
        else:
            yield from _of_dimension(figure, dimensions[figure.about], found, people)


def _whole(kind: Kind, block: str, figure: Figure, people: People) -> Equation:
    cells = people.cells(kind, figure.group, figure.about)
    return Equation(kind, block, figure, {(cell, 0): 1 for cell in cells})


def _of_item(figure: Figure, value: Any, people: People) -> Iterator[Equation]:
    item = people.questionnaire.item(figure.about)
    block = people.questionnaire.dimension_of(item.id).id
    if figure.name in ("mean", "counts"):
        cells = people.cells("answers", figure.group, item.id)
        steps = range(1, item.scale.size)
        if figure.name == "counts":
            for step in steps:
                yield Equation("answers", block, figure, {(cell, step): 1 for cell in cells})
        else:
            row = {(cell, step): step for cell in cells for step in steps}
            yield Equation("answers", block, figure, row)
        return
    cells = people.cells("marks", figure.group, item.id)
    of_mark = {"left_open": (1, 0), "did_not_occur": (0, 1), "n": (-1, -1)}[figure.name]
    yield Equation(
        "marks",
        item.id,
        figure,
        {(cell, mark): times % PRIME for cell in cells for mark, times in enumerate(of_mark)},
    )


def _of_dimension(
    figure: Figure, dimension: Dimension, found: Published, people: People
) -> Iterator[Equation]:
    block = dimension.id
    if figure.name == "n":
        yield _whole("scored", block, figure, people)
    if figure.name in ("sd", "interval"):
        yield _spread(figure, (COMPLETE, PARTLY), people)
    if figure.name == "alpha":
        yield _spread(figure, (COMPLETE,), people)
    if figure.name in ("score", "interval"):
        yield Equation("answers", block, figure, _score(figure.group, dimension, people, 0))
    if figure.name == "bounds":
        there = sum(len(people.codes[team]) for team in people.teams(figure.group))
        missing = max(found.heads[figure.group] - there, 0)
        yield Equation("answers", block, figure, _score(figure.group, dimension, people, missing))
    if figure.name == "ad_m":
        yield Equation("answers", block, figure, _distances(figure.group, dimension, people))


def _spread(figure: Figure, whose: Sequence[str], people: People) -> Equation:
    cells = [
        cell for who in whose for cell in people.cells("spread", figure.group, figure.about, who)
    ]
    return Equation("spread", figure.about, figure, {(cell, 0): 1 for cell in cells})


def _score(group: str | None, dimension: Dimension, people: People, missing: int) -> Row:
    """Sum keyed answers, each item's over its valid answers and those who are missing."""
    row: Row = {}
    for item in dimension.items:
        n, _ = people.valid(group, item.id)
        if n:
            share = pow(n + missing, -1, PRIME) * (-1 if item.reverse else 1)
            row |= _item_row(group, item, people, [step * share for step in range(item.scale.size)])
    return row


def _distances(group: str | None, dimension: Dimension, people: People) -> Row:
    """Sum how far answers lie from their item's mean, which the attacker is taken to know."""
    row: Row = {}
    for item in dimension.items:
        n, total = people.valid(group, item.id)
        if n:
            share = pow(n * n, -1, PRIME)
            far = [abs(option * n - total) for option in range(1, item.scale.size + 1)]
            row |= _item_row(group, item, people, [(each - far[0]) * share for each in far])
    return row


def _item_row(group: str | None, item: Item, people: People, by_option: Sequence[int]) -> Row:
    """Lay coefficients on an item's options out over a group; the first option is the origin."""
    parts = [(step, times % PRIME) for step, times in enumerate(by_option)][1:]
    cells = people.cells("answers", group, item.id)
    return {(cell, step): times for cell in cells for step, times in parts}
