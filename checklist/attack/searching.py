"""Searches all combinations of rows for the one about the fewest people."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checklist.attack.crowds import Census, Crowd
from checklist.attack.matrices import PRIME, Matrix, reduced, vanishing

MOST_STEPS = 20_000


@dataclass(frozen=True)
class Smallest:
    """The combination about the fewest people.

    Attributes
    ----------
    people
        How many.
    cells
        Where it does not vanish.
    exact
        Whether there is certainly none about fewer; else ``people`` is only a lower bound.
    """

    people: int
    cells: tuple[Hashable, ...]
    exact: bool = True


@dataclass(frozen=True)
class _Group:
    """Cells with the same coefficients in all rows: a combination holds all or none of them."""

    cells: tuple[Hashable, ...]
    columns: tuple[int, ...]
    people: int
    """A bit each, see ``Census``."""


class Search:
    """One search for a combination about fewer than ``most`` people.

    ``rest`` are always the combinations that are still possible, a line each; ``wanted`` are sets
    of columns on each of which a combination must not vanish.
    """

    def __init__(self, crowds: Mapping[Any, Crowd], most: int) -> None:
        self.crowds = crowds
        self.most = most
        self.wanted: list[list[int]] = []
        self.best: Smallest | None = None
        self.groups: list[_Group] = []
        self.steps = 0

    def run(
        self,
        matrix: Matrix,
        columns: Mapping[Hashable, list[int]],
        gathering: Hashable = None,
        needed: Sequence[int] = (),
    ) -> Smallest | None:
        """Search; ``gathering`` as for ``smallest``, ``needed`` as lines of the matrix."""
        self.census = Census(self.crowds[cell] for cell in columns)
        rest = self._grouped(matrix, columns)
        if gathering is not None or needed:
            about = [g for g in self.groups if gathering is None or self._meets(g, gathering)]
            self.wanted.append([column for group in about for column in group.columns])
        rest = self._counted(rest, needed)
        for line in rest:
            self._offer(line)
        rest, groups = self._small(rest, self.groups, 0)
        rest = reduced(rest)
        self._descend(rest, groups, 0)
        if self.steps > MOST_STEPS:
            floor = self._floor(rest, groups)
            if floor < self.most:
                self.best = Smallest(floor, self.best.cells if self.best else (), exact=False)
        return self.best

    def _meets(self, group: _Group, gathering: Hashable) -> bool:
        return any(self.crowds[cell].gathering == gathering for cell in group.cells)

    def _counted(self, rest: Matrix, needed: Sequence[int]) -> Matrix:
        """Add a column for each line that is needed, with how often a combination holds it."""
        times = np.zeros((len(rest), len(needed)), dtype=np.int64)
        for place, line in enumerate(needed):
            times[line, place] = 1
            self.wanted.append([rest.shape[1] + place])
        return np.hstack([rest, times])

    def _grouped(self, matrix: Matrix, columns: Mapping[Hashable, list[int]]) -> Matrix:
        """Put cells together that are alike, the largest groups first, with one cell's columns."""
        alike: dict[bytes, list[Hashable]] = {}
        for cell, own in columns.items():
            alike.setdefault(bytes([len(own)]) + matrix[:, own].tobytes(), []).append(cell)
        found = [
            (self.census.people(self.crowds[cell] for cell in cells), cells)
            for cells in alike.values()
        ]
        kept: list[int] = []
        for people, cells in sorted(found, key=self._size, reverse=True):
            own = columns[cells[0]]
            place = tuple(range(len(kept), len(kept) + len(own)))
            self.groups.append(_Group(tuple(cells), place, people))
            kept += own
        return matrix[:, kept]

    def _size(self, found: tuple[int, list[Hashable]]) -> int:
        return self.census.count(found[0])

    def _possible(self, rest: Matrix) -> bool:
        """Whether some combination vanishes on none of the wanted columns.

        If each of these has one that does not, then some sum of them does on none.
        """
        return len(rest) > 0 and all(rest[:, columns].any() for columns in self.wanted)

    def _any(self, rest: Matrix) -> Matrix:
        """Give a combination that vanishes on none of the wanted columns."""
        line: Matrix = rest[0]
        done: list[list[int]] = []
        for columns in self.wanted:
            done.append(columns)
            other = rest[rest[:, columns].any(axis=1)][0]
            while not all(line[own].any() for own in done):
                line = (line + other) % PRIME
        return line

    def _offer(self, line: Matrix) -> None:
        if not self._possible(line[None]):
            return
        there = [group for group in self.groups if line[list(group.columns)].any()]
        people = 0
        for group in there:
            people |= group.people
        if (size := self.census.count(people)) < self.most:
            cells = tuple(cell for group in there for cell in group.cells)
            self.most, self.best = size, Smallest(size, cells)

    def _descend(self, rest: Matrix, groups: Sequence[_Group], inside: int) -> None:
        """Go through the combinations ``rest``, counting the people ``inside`` as in any of them.

        Where a combination is taken to be about a group's people, it may vanish on the group
        nevertheless; where it is taken not to be about them, it vanishes.
        """
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        while True:
            rest, groups = self._small(rest, groups, inside)
            if not self._possible(rest):
                return
            if len(rest) < 2 or not groups:
                break
            group, groups = groups[0], groups[1:]
            without = vanishing(rest, group.columns)
            if len(without):
                self._descend(without, groups, inside)
            inside |= group.people
            if self.census.count(inside) >= self.most:
                return
        self._offer(self._any(rest))

    def _small(
        self, rest: Matrix, groups: Sequence[_Group], inside: int
    ) -> tuple[Matrix, list[_Group]]:
        """Let combinations vanish where, with those inside, there would be too many people.

        Whose people are all inside anyway makes no difference any more.
        """
        small: list[_Group] = []
        large: list[int] = []
        for group in groups:
            together = inside | group.people
            if together == inside:
                continue
            if self.census.count(together) >= self.most:
                large += group.columns
            else:
                small.append(group)
        rest = vanishing(rest, large)
        return rest, [group for group in small if rest[:, group.columns].any()]

    def _floor(self, rest: Matrix, groups: Sequence[_Group]) -> int:
        """Give a number of people that no combination is below: that of its largest cells."""
        for group in groups:
            rest = vanishing(rest, group.columns)
            if not len(rest):
                return self.census.count(group.people)
        return 0
