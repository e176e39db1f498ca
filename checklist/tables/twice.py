"""Finds codes for the comparison with the next round that stand in more than one row.

Such rows are taken, but none of them is linked with another round: nobody can tell whose is whose.
"""

from array import array
from itertools import pairwise

BITS = 15
"""Digits of a code that are looked at, 60 bits: among a million, two unlike ones are the same there
about once in two million tables."""


class Codes:
    """Remembers the codes of a table, 16 bytes a row that has one."""

    def __init__(self) -> None:
        self._begun = array("Q")
        self._rows = array("Q")

    def add(self, row: int, code: str) -> None:
        """Note a row's code, which is hexadecimal."""
        self._begun.append(int(code[:BITS], 16))
        self._rows.append(row)

    def twice(self) -> list[tuple[int, ...]]:
        """Give the rows of each code that stands in several, in their order.

        Examples
        --------
        >>> codes = Codes()
        >>> for row, code in enumerate(("aa", "bb", "cc", "aa", "bb", "aa"), 2):
        ...     codes.add(row, code)
        >>> codes.twice()
        [(2, 5, 7), (3, 6)]
        """
        order = sorted(range(len(self._begun)), key=self._begun.__getitem__)
        groups: list[list[int]] = []
        for before, place in pairwise(order):
            if self._begun[before] != self._begun[place]:
                continue
            if not groups or groups[-1][-1] != self._rows[before]:
                groups.append([self._rows[before]])
            groups[-1].append(self._rows[place])
        return sorted(map(tuple, groups))
