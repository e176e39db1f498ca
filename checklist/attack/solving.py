"""Finds the combination of published figures that is about the fewest people.

A *cell* is a set of people of one team whose coefficients are always alike; it has one or more
*parts*, one for each thing that is unknown about a person (such as each option of an item). A row
is a published figure as coefficients on parts. A combination is about the people of all cells on
which it does not vanish.

All arithmetic is exact, in whole numbers modulo the prime ``PRIME``: a rank can differ from the
rank in fractions only where the prime happens to divide one of a few determinants, and no rounding
can blur what is zero.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

PRIME = 2**31 - 1
MOST_STEPS = 20_000

Matrix = NDArray[np.int64]
Part = tuple[Any, int]
"""A cell, and which of its parts."""


@dataclass(frozen=True)
class Crowd:
    """People of one team, a bit each."""

    team: str
    members: int


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


def count(crowds: Iterable[Crowd]) -> int:
    """Count people, each once, however many of the crowds they are in.

    Examples
    --------
    >>> count([Crowd("A", 0b0111), Crowd("A", 0b0011), Crowd("B", 0b1)])
    4
    """
    together: dict[str, int] = {}
    for crowd in crowds:
        together[crowd.team] = together.get(crowd.team, 0) | crowd.members
    return sum(members.bit_count() for members in together.values())


def smallest(
    rows: Sequence[Mapping[Part, int]], crowds: Mapping[Any, Crowd], below: int | None = None
) -> Smallest | None:
    """Find the non-zero combination of rows that is about the fewest people.

    Cells without people do not count. Cells that rows give away part by part come first: each is a
    combination of its own, and can be taken off every other, which is then about fewer people. What
    is left is searched, cell by cell: either a combination vanishes there, or all the cell's people
    are in it.

    Parameters
    ----------
    rows
        Coefficients modulo ``PRIME`` by part; parts that are not named have 0.
    crowds
        By cell: its people.
    below
        Only look for combinations about fewer people than this.

    Returns
    -------
    Smallest
        ``None`` where there is none (or none below that).
    """
    system = _System(rows, crowds)
    most = 1 + count(crowds[cell] for cell in system.parts) if below is None else below
    best: Smallest | None = None
    for cell in system.free:
        if (people := count([crowds[cell]])) < most:
            most, best = people, Smallest(people, (cell,))
    return _Search(crowds, most).run(system.matrix, system.columns) or best


def made_from(
    rows: Sequence[Mapping[Part, int]], crowds: Mapping[Any, Crowd], found: Smallest
) -> tuple[int, ...]:
    """Give the positions of rows by which the combination that was found can be made."""
    system = _System(rows, crowds)
    if found.cells[0] in system.free:
        return (system.single[next(iter(system.parts[found.cells[0]]))],)
    others = [
        column
        for cell, columns in system.columns.items()
        if cell not in found.cells
        for column in columns
    ]
    lines = list(_times(system.matrix, others))
    for line in list(lines):
        fewer = [other for other in lines if other != line]
        if _times(system.matrix[fewer], others):
            lines = fewer
    times = _times(system.matrix[lines], others)
    by_row = {system.lines[lines[at]]: factor for at, factor in times.items()}
    return (*by_row, *system.taken_off(by_row))


def _times(matrix: Matrix, columns: Sequence[int]) -> dict[int, int]:
    """Combine lines to one that is zero in these columns and not elsewhere: how often each."""
    size = len(matrix)
    both = np.hstack([matrix, np.eye(size, dtype=np.int64)])
    for line in vanishing(both, columns):
        if line[: matrix.shape[1]].any():
            factors = line[matrix.shape[1] :]
            return {int(at): int(factors[at]) for at in factors.nonzero()[0]}
    return {}


class _System:
    """Rows as a matrix, without the cells that are given away.

    Attributes
    ----------
    rows
        Without zeros.
    parts
        By cell: those of its parts that any row has.
    single
        The rows that hold one part and nothing else.
    free
        Cells all of whose parts have such a row.
    lines
        The rows of the matrix.
    columns
        By cell: its parts' columns.
    """

    def __init__(self, rows: Sequence[Mapping[Part, int]], crowds: Mapping[Any, Crowd]) -> None:
        self.rows = [
            {part: value for part, value in row.items() if value and crowds[part[0]].members}
            for row in rows
        ]
        self.single = {
            next(iter(row)): number for number, row in enumerate(self.rows) if len(row) == 1
        }
        self.parts: dict[Hashable, set[Part]] = {}
        for row in self.rows:
            for part in row:
                self.parts.setdefault(part[0], set()).add(part)
        self.free = {cell for cell, used in self.parts.items() if used <= self.single.keys()}
        order = [
            part for cell, used in self.parts.items() if cell not in self.free for part in used
        ]
        place = {part: column for column, part in enumerate(order)}
        self.columns: dict[Hashable, list[int]] = {}
        for part, column in place.items():
            self.columns.setdefault(part[0], []).append(column)
        left = [
            (number, kept)
            for number, row in enumerate(self.rows)
            if (kept := [(place[part], value) for part, value in row.items() if part in place])
        ]
        self.lines = [number for number, _ in left]
        self.matrix = np.zeros((len(left), len(order)), dtype=np.int64)
        for line, (_, kept) in enumerate(left):
            for column, value in kept:
                self.matrix[line, column] = value

    def taken_off(self, times: Mapping[int, int]) -> list[int]:
        """Give the rows by which the free cells are taken off a combination."""
        left: dict[Part, int] = {}
        for number, factor in times.items():
            for part, value in self.rows[number].items():
                if part[0] in self.free:
                    left[part] = (left.get(part, 0) + factor * value) % PRIME
        return [self.single[part] for part, value in left.items() if value]


@dataclass(frozen=True)
class _Group:
    """Cells with the same coefficients in all rows: a combination holds all or none of them."""

    cells: tuple[Hashable, ...]
    columns: tuple[int, ...]


class _Search:
    """One search for a combination about fewer than ``most`` people.

    ``rest`` are always the combinations that are still possible, a line each.
    """

    def __init__(self, crowds: Mapping[Any, Crowd], most: int) -> None:
        self.crowds = crowds
        self.most = most
        self.best: Smallest | None = None
        self.groups: list[_Group] = []
        self.steps = 0

    def run(self, matrix: Matrix, columns: Mapping[Hashable, list[int]]) -> Smallest | None:
        rest = self._grouped(matrix, columns)
        for line in rest:
            self._offer(line)
        rest, groups = self._small(rest, self.groups, ())
        rest = reduced(rest)
        self._descend(rest, groups, ())
        if self.steps > MOST_STEPS:
            floor = self._floor(rest, groups)
            if floor < self.most:
                self.best = Smallest(floor, self.best.cells if self.best else (), exact=False)
        return self.best

    def _grouped(self, matrix: Matrix, columns: Mapping[Hashable, list[int]]) -> Matrix:
        """Put cells together that are alike, the largest groups first, with one cell's columns."""
        alike: dict[bytes, list[Hashable]] = {}
        for cell, own in columns.items():
            alike.setdefault(bytes([len(own)]) + matrix[:, own].tobytes(), []).append(cell)
        ordered = sorted(alike.values(), key=self._people, reverse=True)
        kept: list[int] = []
        for cells in ordered:
            own = columns[cells[0]]
            self.groups.append(_Group(tuple(cells), tuple(range(len(kept), len(kept) + len(own)))))
            kept += own
        return matrix[:, kept]

    def _people(self, cells: Iterable[Hashable]) -> int:
        return count(self.crowds[cell] for cell in cells)

    def _offer(self, line: Matrix) -> None:
        cells = tuple(
            cell for group in self.groups if line[list(group.columns)].any() for cell in group.cells
        )
        people = self._people(cells)
        if people < self.most:
            self.most, self.best = people, Smallest(people, cells)

    def _descend(
        self, rest: Matrix, groups: Sequence[_Group], inside: tuple[Hashable, ...]
    ) -> None:
        """Go through the combinations ``rest``; they do not vanish on the cells ``inside``."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        while True:
            rest, groups = self._small(rest, groups, inside)
            if len(rest) < 2 or not groups:
                break
            group, groups = groups[0], groups[1:]
            without = vanishing(rest, group.columns)
            if len(without):
                self._descend(without, groups, inside)
            inside = (*inside, *group.cells)
            if self._people(inside) >= self.most:
                return
        if len(rest):
            self._offer(rest[0])

    def _small(
        self, rest: Matrix, groups: Sequence[_Group], inside: tuple[Hashable, ...]
    ) -> tuple[Matrix, list[_Group]]:
        """Let combinations vanish where, with those inside, there would be too many people."""
        small: list[_Group] = []
        large: list[int] = []
        for group in groups:
            if self._people([*inside, *group.cells]) >= self.most:
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
                return self._people(group.cells)
        return 0


def reduced(rest: Matrix) -> Matrix:
    """Bring lines into reduced row echelon form modulo ``PRIME``; zero lines go.

    Examples
    --------
    >>> reduced(np.array([[2, 4], [1, 3], [3, 7]])).tolist()
    [[1, 0], [0, 1]]
    """
    rest = rest.copy()
    done = 0
    for column in range(rest.shape[1]):
        if done == len(rest):
            break
        done += _pivot(rest, done, column)
    return rest[:done]


def vanishing(rest: Matrix, columns: Sequence[int]) -> Matrix:
    """Give the combinations of lines that are zero in these columns; of a basis, a basis.

    Examples
    --------
    >>> vanishing(np.array([[1, 2, 0], [2, 4, 5]]), [0]).tolist()
    [[0, 0, 5]]
    """
    rest = rest.copy()
    done = 0
    for column in columns:
        if done == len(rest):
            break
        done += _pivot(rest, done, column)
    return rest[done:]


def _pivot(rest: Matrix, to: int, column: int) -> bool:
    """Bring a line that is not zero in a column to its place, and make the column a unit column."""
    there = rest[to:, column].nonzero()[0]
    if not len(there):
        return False
    line = to + int(there[0])
    if line != to:
        rest[[to, line]] = rest[[line, to]]
    rest[to] = rest[to] * pow(int(rest[to, column]), -1, PRIME) % PRIME
    times = rest[:, column].copy()
    times[to] = 0
    others = times.nonzero()[0]
    if len(others):
        rest[others] = (rest[others] - times[others, None] * rest[to]) % PRIME
    return True
