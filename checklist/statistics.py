"""From a group's sums to its figures: pure functions with formula and source.

A figure that cannot be computed is NaN. Scores are POMP, 0…100; means and ``ad_m`` in option steps.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from checklist.questionnaire import Dimension, Item, Questionnaire

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

LEVEL = 0.95


def item_mean(counts: Counts) -> float:
    """Average raw answers.

    Parameters
    ----------
    counts
        How often each option was chosen, low to high, shape (K,).

    Returns
    -------
    float
        The mean in option steps 1…K, NaN where nobody chose any.

    Examples
    --------
    >>> item_mean(np.array([0, 1, 0, 3, 0]))
    3.5
    """
    n = counts.sum()
    if not n:
        return float("nan")
    return float(counts @ np.arange(1, len(counts) + 1) / n)


def item_pomp(counts: Counts, item: Item) -> float:
    """Express an item's mean as percent of the maximum possible, keyed.

    Source: Cohen, Cohen, Aiken & West (1999).

    Examples
    --------
    >>> from checklist.questionnaire import Scale
    >>> five = Scale("s", {"de": "?"}, {"de": ("a", "b", "c", "d", "e")})
    >>> item_pomp(np.array([1, 1, 0, 0, 0]), Item("i", {"de": "…"}, five, reverse=True))
    87.5
    """
    size = item.scale.size
    raw = 100.0 * (item_mean(counts) - 1) / (size - 1)
    return 100.0 - raw if item.reverse else raw


def group_score(item_pomps: list[float]) -> float:
    """Score a dimension of a group: the mean of its items' POMP means.

    Each item counts once, over its valid answers, so that the dimension says no more than its items
    do; NaN where an item has no answer.

    Examples
    --------
    >>> group_score([50.0, 100.0])
    75.0
    """
    return float(np.mean(item_pomps))


def sd(n: int, total: float, squares: float) -> float:
    """Give the standard deviation (n − 1) from a sum and a sum of squares; NaN below n = 2.

    Examples
    --------
    >>> round(sd(3, 6.0, 14.0), 12)
    1.0
    """
    if n < 2:
        return float("nan")
    return float(np.sqrt(max(squares - total**2 / n, 0.0) / (n - 1)))


def score_interval(score: float, deviation: float, n: int) -> tuple[float, float] | None:
    """Give the 95 % interval of a group's score on the logit scale.

    With p = score / 100 and se = sd / (100 √n): logit(p) ± t(.975; n − 1) · se / (p (1 − p)),
    transformed back. The delta method for the logit keeps both ends inside 0…100.

    Parameters
    ----------
    score, deviation
        The group's score and the standard deviation of its persons' scores, both POMP.
    n
        How many persons have a score.

    Returns
    -------
    (low, high) in POMP, or ``None`` where all answered alike (sd = 0, or p is 0 or 1) or n < 2

    Examples
    --------
    >>> low, high = score_interval(50.0, 20.0, 16)
    >>> round(low, 2), round(high, 2)
    (39.5, 60.5)
    >>> score_interval(50.0, 0.0, 16) is None
    True
    """
    p = score / 100.0
    if n < 2 or not deviation > 0 or not 0 < p < 1:
        return None
    reach = special.stdtrit(n - 1, (1 + LEVEL) / 2) * deviation / (100 * np.sqrt(n)) / (p * (1 - p))
    centre = special.logit(p)
    return (
        float(100 * special.expit(centre - reach)),
        float(100 * special.expit(centre + reach)),
    )


def bounds(item_pomps: list[float], answered: list[int], missing: int) -> tuple[float, float]:
    """Say where a group's score would lie if those who are missing had answered, too.

    Each missing head gives the worst, then the best possible answer to every item.

    Parameters
    ----------
    item_pomps, answered
        Each item's POMP mean, keyed, and how many valid answers it rests on.
    missing
        How many heads of the group have not responded.

    Returns
    -------
    (low, high) in POMP

    Examples
    --------
    >>> bounds([80.0], [5], 3)
    (50.0, 87.5)
    """
    shares = [(n / (n + missing), p) for n, p in zip(answered, item_pomps, strict=True)]
    low = [share * p for share, p in shares]
    high = [share * p + (1 - share) * 100 for share, p in shares]
    return float(np.mean(low)), float(np.mean(high))


def average_deviation(counts: list[Counts]) -> float:
    """Average how far answers lie from their item's mean: AD_M, in option steps.

    The mean over items of mean |x − item mean|. Source: Burke, Finkelstein & Dusig (1999), On average
    deviation indices for estimating interrater agreement, Organizational Research Methods 2, 49-68.

    Parameters
    ----------
    counts
        For each item of a dimension how often each option was chosen, shape (K,).

    Examples
    --------
    >>> average_deviation([np.array([1, 0, 1, 0, 0]), np.array([0, 2, 0, 0, 0])])
    0.5
    """
    each = []
    for item in counts:
        if item.sum():
            far = np.abs(np.arange(1, len(item) + 1) - item_mean(item))
            each.append(float(item @ far / item.sum()))
    return float(np.mean(each)) if each else float("nan")


def similarity_limit(size: int) -> float:
    """Give the AD_M up to which answers count as alike: K / 6.

    Source: Burke & Dunlap (2002), Estimating interrater agreement with the average deviation index,
    Organizational Research Methods 5, 159-172.

    Examples
    --------
    >>> round(similarity_limit(5), 2)
    0.83
    """
    return size / 6


def alpha(n: int, totals: Floats, products: Floats) -> float:
    """Compute Cronbach's alpha on complete cases.

    k/(k − 1) · (1 − Σ item variances / variance of the sum). NaN for fewer than two items or cases,
    or where the sum does not vary. Source: Cronbach (1951), Psychometrika 16, 297-334.

    Parameters
    ----------
    n
        How many people answered all items.
    totals, products
        Sums of their keyed answers, shape (k,), and of the answers' products, shape (k, k).

    Examples
    --------
    >>> x = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    >>> alpha(3, x.sum(axis=0), x.T @ x)
    1.0
    """
    k = len(totals)
    if k < 2 or n < 2:
        return float("nan")
    covariance = _covariance(n, totals, products)
    whole = covariance.sum()
    if not whole > 0:
        return float("nan")
    return float(k / (k - 1) * (1 - np.trace(covariance) / whole))


def alpha_interval(value: float, n: int, k: int) -> tuple[float, float]:
    """Give Feldt's 95 % interval of alpha.

    1 − (1 − alpha) · F(.975 and .025; n − 1, (n − 1)(k − 1)). Source: Feldt, Woodruff & Salih
    (1987), Statistical inference for coefficient alpha, Applied Psychological Measurement 11, 93-103.

    Parameters
    ----------
    value
        Alpha.
    n, k
        How many people and items it rests on.

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

    Parameters
    ----------
    n, totals, products
        As for ``alpha``.

    Returns
    -------
    array, shape (k,); NaN where an item or the rest does not vary
    """
    covariance = _covariance(n, totals, products)
    own = np.diag(covariance)
    with_rest = covariance.sum(axis=1) - own
    rest = covariance.sum() - 2 * covariance.sum(axis=1) + own
    spread = own * rest
    out = np.full(len(totals), np.nan)
    np.divide(with_rest, np.sqrt(np.maximum(spread, 0)), out=out, where=spread > 0)
    return out


def _covariance(n: int, totals: Floats, products: Floats) -> Floats:
    return np.asarray((products - np.outer(totals, totals) / n) / (n - 1))


def paired_p(n: int, total: float, squares: float) -> float:
    """Give the two-sided p of a paired t-test from the sums of the differences.

    NaN where no test can be made: fewer than two pairs, or all differences are the same.

    Parameters
    ----------
    n, total, squares
        How many pairs, the sum of their differences and the sum of the squares.

    Examples
    --------
    >>> round(paired_p(3, 6.0, 14.0), 6)
    0.07418
    """
    deviation = sd(n, total, squares)
    mean = total / n if n else float("nan")
    if not deviation > 1e-9 * max(1.0, abs(mean)):
        return float("nan")
    t = mean / (deviation / np.sqrt(n))
    return float(2 * special.stdtr(n - 1, -abs(t)))


def holm(p_values: Floats) -> Floats:
    """Adjust p values for being many; NaN stays NaN and does not count.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
    Journal of Statistics 6, 65-70.

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


def places(n: Counts, total: Floats, squares: Floats) -> list[int]:
    """Order dimensions: 1 + the number of dimensions that are clearly lower.

    Clearly lower is what a paired t-test over persons says at .05, Holm-adjusted over all pairs.

    Parameters
    ----------
    n, total, squares
        Of the differences row minus column within persons, shape (D, D).

    Examples
    --------
    >>> n = np.array([[8, 8], [8, 8]])
    >>> places(n, np.array([[0.0, 80.0], [-80.0, 0.0]]), np.array([[0.0, 900.0], [900.0, 0.0]]))
    [2, 1]
    """
    depth = len(n)
    rows, cols = np.triu_indices(depth, 1)
    p_values = np.array(
        [
            paired_p(int(n[a, b]), total[a, b], squares[a, b])
            for a, b in zip(rows, cols, strict=True)
        ]
    )
    out = [1] * depth
    for a, b, p in zip(rows, cols, holm(p_values), strict=True):
        if p < 1 - LEVEL:
            out[a if total[a, b] > 0 else b] += 1
    return out
