"""The score of a dimension of a group, and how far it is to be trusted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from checklist.questionnaire import Item

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

LEVEL = 0.95

ROUNDING = 1e-12
"""A sum of squared deviations below this share of the sum of squares is nothing but rounding.

Sums of a million scores are good to 1e-14 of their size; the least real difference, one answer of
one person among a million, comes to 1e-9.
"""


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

    100 · (mean − 1) / (K − 1), for a reverse-keyed item 100 less that. Source: Cohen, Cohen, Aiken
    & West (1999), The problem of units and the circumstance for POMP, Multivariate Behavioral
    Research 34, 315-346.

    Parameters
    ----------
    counts
        How often each option was chosen, raw, low to high, shape (K,).
    item
        Says K, and whether it is reverse-keyed.

    Returns
    -------
    float
        0…100, NaN where nobody chose any option.

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


def group_score(item_pomps: Sequence[float]) -> float:
    """Score a dimension of a group: the mean of its items' POMP means.

    Each item counts once, over its valid answers, so that the dimension says no more than its items
    do; NaN where an item has no answer.

    Parameters
    ----------
    item_pomps
        Of each item of the dimension, at least one.

    Returns
    -------
    float
        0…100

    Examples
    --------
    >>> group_score([50.0, 100.0])
    75.0
    """
    return float(np.mean(item_pomps))


def sd(n: int, total: float, squares: float) -> float:
    """Give a standard deviation from a sum and a sum of squares.

    √((Σx² − (Σx)²/n) / (n − 1)). It is exactly 0 where all values are alike.

    Parameters
    ----------
    n, total, squares
        How many values, their sum and the sum of their squares; best as distances from somewhere
        in their midst, such as ``sums.MIDDLE``.

    Returns
    -------
    float
        In the unit of the values; NaN below n = 2.

    Examples
    --------
    >>> round(sd(3, 6.0, 14.0), 12)
    1.0
    >>> sd(3, 0.3, 0.03)
    0.0
    """
    if n < 2:
        return float("nan")
    deviations = squares - total**2 / n
    return float(np.sqrt(deviations / (n - 1))) if deviations > ROUNDING * squares else 0.0


def score_interval(score: float, deviation: float, n: int) -> tuple[float, float] | None:
    """Give the 95 % interval of a group's score on the logit scale.

    With p = score / 100 and se = sd / (100 √n): logit(p) ± t(.975; n − 1) · se / (p (1 − p)),
    transformed back. By the delta method se / (p (1 − p)) is the standard error of logit(p); on
    that scale no end can leave 0…100. Source: Agresti (2013), Categorical data analysis, 3rd
    edition, section 3.1.

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
    with np.errstate(over="ignore"):  # at the very edge the interval is the whole scale
        error = deviation / (100 * np.sqrt(n)) / (p * (1 - p))
        reach = special.stdtrit(n - 1, (1 + LEVEL) / 2) * error
    centre = special.logit(p)
    return (
        float(100 * special.expit(centre - reach)),
        float(100 * special.expit(centre + reach)),
    )


def bounds(
    item_pomps: Sequence[float], answered: Sequence[int], missing: int
) -> tuple[float, float]:
    """Say where a group's score would lie if those who are missing had answered, too.

    Each missing head gives the worst, then the best possible answer to every item: with n answers
    of mean p and m missing heads an item lies between n·p / (n + m) and (n·p + 100·m) / (n + m).
    A missing head who leaves something open moves the score less than that. Source: Manski (1989),
    Anatomy of the selection problem, Journal of Human Resources 24, 343-360.

    Parameters
    ----------
    item_pomps, answered
        Each item's POMP mean, keyed, and how many valid answers it rests on.
    missing
        How many heads of the group have not responded, 0 or more.

    Returns
    -------
    (low, high) in POMP; both NaN where an item has no answer and nobody is missing

    Examples
    --------
    >>> bounds([80.0], [5], 3)
    (50.0, 87.5)
    >>> bounds([float("nan")], [0], 3)
    (0.0, 100.0)
    """
    given = np.asarray(answered, dtype=np.float64)
    heads = given + missing
    if not heads.all():
        return float("nan"), float("nan")
    low = np.where(given > 0, item_pomps, 0.0) * given / heads
    return float(np.mean(low)), float(np.mean(low + 100.0 * missing / heads))
