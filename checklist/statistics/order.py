"""Which dimensions of a group are clearly lower than others."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from checklist.statistics.scores import LEVEL, Counts, Floats, sd


def paired_p(n: int, total: float, squares: float) -> float:
    """Give the two-sided p of a paired t-test from the sums of the differences.

    t = mean / (sd / √n) on n − 1 degrees of freedom. Source: Student (1908), The probable error
    of a mean, Biometrika 6, 1-25.

    Where all differences are the same there is no spread to hold the mean against and no test can
    be made. This is also so where they are all the same and not 0: a handful of people who answer
    alike would otherwise give p = 0, the strongest claim from the least evidence.

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
    deviation = sd(n, total, squares)
    if not deviation > 0:
        return float("nan")
    t = total / n / (deviation / np.sqrt(n))
    return float(2 * special.stdtr(n - 1, -abs(t)))


def holm(p_values: Floats) -> Floats:
    """Adjust p values for being many; NaN stays NaN and does not count.

    The i-th smallest of m becomes the greatest of (m − j + 1) · p(j) over j ≤ i, at most 1. Source:
    Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6, 65-70.

    Parameters
    ----------
    p_values
        Shape (m,).

    Returns
    -------
    array, shape (m,)

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    adjusted = np.full(len(p_values), np.nan)
    there = np.flatnonzero(~np.isnan(p_values))
    order = there[np.argsort(p_values[there], kind="stable")]
    steps = p_values[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


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
        if p < 1 - LEVEL:
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
