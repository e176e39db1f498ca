"""Finds the combination of published figures that is about the fewest people.

A *cell* is a set of people of one team whose coefficients are always alike; it has one or more
*parts*, one for each thing that is unknown about a person (such as each option of an item). A row
is a published figure as coefficients on parts. A combination is about the people of all cells on
which it does not vanish.

Who takes part twice, in two rounds or as an observer too, may be anybody: no report says it. So a
combination about people of two such *gatherings* is taken to be about as few as it can be: as many
as the larger of the two parts has.

All arithmetic is exact, in whole numbers modulo the prime ``PRIME``: a rank can differ from the
rank in fractions only where the prime happens to divide one of a few determinants, and no rounding
can blur what is zero.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from checklist.attack.crowds import Crowd, count
from checklist.attack.matrices import PRIME, Matrix, vanishing
from checklist.attack.searching import Search, Smallest

Part = tuple[Any, int]
"""A cell, and which of its parts."""


def smallest(
    rows: Sequence[Mapping[Part, int]],
    crowds: Mapping[Any, Crowd],
    below: int | None = None,
    gathering: Hashable = None,
    needed: Sequence[int] = (),
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
    gathering
        Only look for combinations that are about people of this gathering, too.
    needed
        Only look for combinations that hold each of these rows, and take those for known that hold
        none of them.

    Returns
    -------
    Smallest
        ``None`` where there is none (or none below that).
    """
    system = _System(rows, crowds)
    most = 1 + count(crowds[cell] for cell in system.parts) if below is None else below
    best: Smallest | None = None
    for cell in system.free:
        if gathering is not None and crowds[cell].gathering != gathering:
            continue
        if (people := count([crowds[cell]])) < most:
            most, best = people, Smallest(people, (cell,))
    search = Search(crowds, most)
    lines = [system.lines.index(row) for row in needed if row in system.lines]
    return search.run(system.matrix, system.columns, gathering, lines) or best


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
