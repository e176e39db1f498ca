"""Writes changes within the same people as equations over both rounds.

Such a change is, for each item of a dimension, the mean of the new answers minus that of the old
ones, over the people who are matched and gave a valid answer both times. Its two other figures have
unknowns of their own: the square of each one's difference, which the spread behind the interval
sums up, and whether each of those who are matched has a score both times.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from checklist.attack.equations import Cell, Equation, Kind, People, Row
from checklist.attack.figures import Figure
from checklist.attack.matrices import PRIME
from checklist.attack.waves import Link, Mask, Masks, Wave, by_team
from checklist.questionnaire import Dimension, Item
from checklist.scoring import columns, needed

WITHIN = "within"
"""What sets the unknowns apart that only changes within the same people have."""


class Paired(NamedTuple):
    """A published change within the same people, with who it is about.

    Attributes
    ----------
    link
        Between which rounds.
    dimension
        As the newer round has it.
    row
        The published row.
    places
        By item: the place of this change among those that set people of the item apart, in the old
        round and in the new one.
    counted
        By item: how many are matched and gave a valid answer both times.
    matched, scored
        The people of the newer round who are matched, and who of them has a score both times.
    """

    link: Link
    dimension: Dimension
    row: Mapping[str, Any]
    places: Mapping[str, tuple[int, int]]
    counted: Mapping[str, int]
    matched: Masks
    scored: Masks

    def equations(self, old: People, new: People) -> Iterator[Equation]:
        """Write the change as sums over people."""
        block = self.dimension.id
        figure = Figure(None, block, "difference", wave=self.link.new)
        yield Equation("answers", block, figure, self._answers(old, new))
        others: tuple[tuple[Kind, str, Masks], ...] = (
            ("scored", "n", self.matched),
            ("spread", "interval", self.scored),
        )
        for kind, name, masks in others:
            if self.row[name] is not None:
                row = self._sum(kind, masks, new)
                yield Equation(kind, f"{block} {WITHIN}", figure._replace(name=name), row)

    def _answers(self, old: People, new: People) -> Row:
        row: Row = {}
        for item in self.dimension.items:
            share = pow(self.counted[item.id], -1, PRIME) * (-1 if item.reverse else 1)
            for people, place, sign in zip((old, new), self.places[item.id], (-1, 1), strict=True):
                row |= {
                    (cell, step): sign * share * step % PRIME
                    for cell in people.cells("answers", None, item.id)
                    if cell.who[place] == "1"
                    for step in range(1, item.scale.size)
                }
        return row

    def _sum(self, kind: Kind, masks: Masks, new: People) -> Row:
        row: Row = {}
        for team, mask in masks.items():
            cell = Cell(kind, team, self.dimension.id, WITHIN, new.perspective, new.wave)
            new.crowd(cell, mask)
            row[cell, 0] = 1
        return row


def paired(
    link: Link, row: Mapping[str, Any], waves: Sequence[Wave], old: People, new: People
) -> Paired:
    """Find who a change is about, and set these people apart in both rounds.

    To be done for all changes before the first equation is written.
    """
    dimension = next(d for d in new.questionnaire.dimensions if d.id == row["dimension"])
    places: dict[str, tuple[int, int]] = {}
    counted: dict[str, int] = {}
    for item in dimension.items:
        then, now = link.both(waves, item.id)
        places[item.id] = (_set_apart(old, item, then), _set_apart(new, item, now))
        counted[item.id] = sum(int(mask.sum()) for mask in now.values())
    scored = [
        _scored(waves[place], row["dimension"])[link.pairs[:, side]]
        for side, place in enumerate((link.old, link.new))
    ]
    after = link.pairs[:, 1]
    wave = waves[link.new]
    return Paired(
        link,
        dimension,
        row,
        places,
        counted,
        by_team(wave, after),
        by_team(wave, after[scored[0] & scored[1]]),
    )


def _set_apart(people: People, item: Item, masks: Masks) -> int:
    others = people.apart.setdefault(item.id, [])
    others.append(masks)
    return len(others) - 1


def _scored(wave: Wave, dimension: str) -> Mask:
    """Say of everybody of a round, row by row, whether they have a score of a dimension."""
    asked = wave.round_.questionnaire
    own = columns(asked, next(each for each in asked.dimensions if each.id == dimension))
    codes = np.concatenate([matrix[:, own] for matrix in wave.codes.values()])
    return np.asarray((codes > 0).sum(axis=1) >= needed(codes))
