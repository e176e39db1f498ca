"""How well the items of a dimension hang together; for everybody in a round only."""

import numpy as np
from scipy import special

from checklist.statistics.scores import LEVEL, Floats


def alpha(n: int, totals: Floats, products: Floats) -> float:
    """Compute Cronbach's alpha on complete cases.

    k/(k − 1) · (1 − Σ item variances / variance of the sum). Source: Cronbach (1951), Coefficient
    alpha and the internal structure of tests, Psychometrika 16, 297-334.

    Parameters
    ----------
    n
        How many people answered all items.
    totals, products
        Sums of their keyed answers, shape (k,), and of the answers' products, shape (k, k).

    Returns
    -------
    float
        At most 1, negative where items contradict each other; NaN for fewer than two items or
        cases, or where the sum does not vary.

    Examples
    --------
    >>> x = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    >>> alpha(3, x.sum(axis=0), x.T @ x)
    1.0
    """
    k = len(totals)
    spread = _spread(n, totals, products)
    whole = spread.sum()
    if k < 2 or n < 2 or not whole > 0:
        return float("nan")
    return float(k / (k - 1) * (1 - np.trace(spread) / whole))


def alpha_interval(value: float, n: int, k: int) -> tuple[float, float]:
    """Give Feldt's 95 % interval of alpha.

    1 − (1 − alpha) · F(.975; n − 1, (n − 1)(k − 1)), and the same with F(.025). Source: Feldt,
    Woodruff & Salih (1987), Statistical inference for coefficient alpha, Applied Psychological
    Measurement 11, 93-103, formulas 6 and 7.

    Parameters
    ----------
    value
        Alpha.
    n, k
        How many people, after those with missing answers have been left out, and how many items it
        rests on; at least 2 of each.

    Returns
    -------
    (low, high); both NaN where alpha is

    Examples
    --------
    >>> low, high = alpha_interval(0.8, 50, 3)
    >>> round(low, 3), round(high, 3)
    (0.68, 0.88)
    """
    first, second = n - 1, (n - 1) * (k - 1)
    upper = special.fdtri(first, second, (1 + LEVEL) / 2)
    lower = special.fdtri(first, second, (1 - LEVEL) / 2)
    return float(1 - (1 - value) * upper), float(1 - (1 - value) * lower)


def item_rest(n: int, totals: Floats, products: Floats) -> Floats:
    """Correlate each item with the sum of the others of its dimension, on complete cases.

    Pearson's r, also called the corrected item-total correlation. Source: Nunnally & Bernstein
    (1994), Psychometric theory, 3rd edition, chapter 8.

    Parameters
    ----------
    n, totals, products
        As for ``alpha``.

    Returns
    -------
    array, shape (k,)
        -1…1; NaN where an item or the rest does not vary, as it is with one item or one case.

    Examples
    --------
    >>> x = np.array([[1.0, 1.0, 5.0], [2.0, 2.0, 5.0], [3.0, 3.0, 5.0]])
    >>> item_rest(3, x.sum(axis=0), x.T @ x).tolist()
    [1.0, 1.0, nan]
    """
    spread = _spread(n, totals, products)
    own = np.diag(spread)
    with_all = spread.sum(axis=1)
    rest = spread.sum() - 2 * with_all + own
    both = np.sqrt(own) * np.sqrt(rest)
    out = np.full(len(totals), np.nan)
    np.divide(with_all - own, both, out=out, where=both > 0)
    return np.asarray(np.clip(out, -1.0, 1.0))


def _spread(n: int, totals: Floats, products: Floats) -> Floats:
    """Give n (n − 1) times the covariances.

    Answers are whole numbers, and so is all this: what does not vary is exactly 0.
    """
    return np.asarray(n * products - np.outer(totals, totals))
