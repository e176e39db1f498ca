"""Which dimensions of a group are clearly lower than others."""

import numpy as np
from numpy.typing import NDArray

from checklist.statistics.differences import difference_p, paired
from checklist.statistics.multiplicity import ERROR_RATE, holm
from checklist.statistics.scores import Counts, Floats, sd


def paired_p(n: int, total: float, squares: float) -> float:
    """Give the two-sided p of a paired t-test from the sums of the differences.

    What ``difference_p`` says of ``paired``: where all differences are the same no test can be
    made, also where they are not 0.

    Parameters
    ----------
    n, total, squares
        How many pairs, the sum of their differences and the sum of the squares.

    Returns
    -------
    float
        0…1; NaN where no test can be made: fewer than two pairs, or all differences the same.

    Examples
    --------
    >>> round(paired_p(3, 6.0, 14.0), 6)
    0.07418
    >>> paired_p(8, 80.0, 800.0)
    nan
    """
    if n < 2:
        return float("nan")
    return difference_p(paired(total / n, sd(n, total, squares), n))


def clearly_lower(n: Counts, total: Floats, squares: Floats) -> NDArray[np.bool_]:
    """Say which dimension is clearly lower than which.

    That is what a paired t-test over persons says at .05, Holm-adjusted over all pairs of which a
    test can be made.

    Parameters
    ----------
    n, total, squares
        Of the differences row minus column within persons, shape (D, D).

    Returns
    -------
    array of bool, shape (D, D)
        Whether the row's dimension is clearly lower than the column's.

    Examples
    --------
    >>> n = np.array([[8, 8], [8, 8]])
    >>> total, squares = np.array([[0.0, 80], [-80, 0]]), np.array([[0.0, 900], [900, 0]])
    >>> clearly_lower(n, total, squares).tolist()
    [[False, False], [True, False]]
    """
    rows, cols = np.triu_indices(len(n), 1)
    p_values = np.array(
        [
            paired_p(int(n[a, b]), float(total[a, b]), float(squares[a, b]))
            for a, b in zip(rows, cols, strict=True)
        ]
    )
    lower = np.zeros((len(n), len(n)), dtype=bool)
    for a, b, p in zip(rows, cols, holm(p_values), strict=True):
        if p < ERROR_RATE:
            lower[(b, a) if total[a, b] > 0 else (a, b)] = True
    return lower


def places(n: Counts, total: Floats, squares: Floats) -> list[int]:
    """Order dimensions: 1 + the number of dimensions that are clearly lower.

    Parameters
    ----------
    n, total, squares
        As for ``clearly_lower``.

    Returns
    -------
    list of int
        A place for each of the D dimensions; those of which none is clearly lower have place 1.

    Examples
    --------
    >>> n = np.array([[8, 8], [8, 8]])
    >>> places(n, np.array([[0.0, 80.0], [-80.0, 0.0]]), np.array([[0.0, 900.0], [900.0, 0.0]]))
    [2, 1]
    """
    return [1 + int(below) for below in clearly_lower(n, total, squares).sum(axis=0)]
