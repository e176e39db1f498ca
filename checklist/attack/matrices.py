"""Arithmetic on rows of whole numbers modulo a prime: exact, and no rounding blurs what is zero."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PRIME = 2**31 - 1

Matrix = NDArray[np.int64]


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
