"""The attack by brute force: every group of people is tried, in fractions."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

Person = tuple[Hashable, str]
"""The gathering (a round, or the observers of one), and who of it."""

Unknown = tuple[Person, Hashable]
"""A person, and what is asked of them."""


def by_trying(rows: Sequence[Mapping[Unknown, Fraction]], gathering: Hashable = None) -> int | None:
    """Find the fewest people that a combination is about, of a gathering if given.

    Of several gatherings the one with the most people counts: whoever is in two may be the same.
    """
    unknowns = sorted({unknown for row in rows for unknown in row}, key=repr)
    table = [[row.get(unknown, Fraction(0)) for unknown in unknowns] for row in rows]
    people: dict[Hashable, set[Person]] = {}
    for person, _ in unknowns:
        people.setdefault(person[0], set()).add(person)
    everybody = [sorted(found, key=repr) for found in people.values()]
    for size in range(1, max(map(len, everybody), default=0) + 1):
        for group in _groups(everybody, size):
            outside = [at for at, (person, _) in enumerate(unknowns) if person not in group]
            wanted = [
                at
                for at, (person, _) in enumerate(unknowns)
                if person in group and gathering in (None, person[0])
            ]
            if _rank(table, outside) < _rank(table, [*outside, *wanted]):
                return size
    return None


def _groups(everybody: Sequence[Sequence[Person]], size: int) -> Iterator[set[Person]]:
    """Give the groups of so many people of each gathering; of a smaller one, all."""
    for parts in product(*(combinations(found, min(size, len(found))) for found in everybody)):
        yield {person for part in parts for person in part}


def _rank(table: Sequence[Sequence[Fraction]], columns: Sequence[int]) -> int:
    return rank([[row[at] for at in columns] for row in table])


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """Give the rank of rows of fractions."""
    left = [list(row) for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        line = next((line for line in left[found:] if line[column]), None)
        if line is None:
            continue
        left.remove(line)
        left.insert(found, line)
        for other in left[found + 1 :]:
            times = other[column] / line[column]
            if times:
                other[:] = [a - times * b for a, b in zip(other, line, strict=True)]
        found += 1
    return found
