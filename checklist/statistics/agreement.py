"""How alike the answers within a group are."""

from collections.abc import Sequence

import numpy as np

from checklist.statistics.scores import Counts, item_mean

LEAST_FOR_WORDS = 10
"""People from whom on similarity and spread are put into words; below, the figure stands alone."""
LEAST_AT_AN_END = 2
"""People who have to stand at each end of an item before answers are said to differ."""


def average_deviation(counts: Sequence[Counts]) -> float:
    """Average how far answers lie from their item's mean: AD_M.

    The mean over items of mean |x − item mean|; keyed or raw makes no difference. Source: Burke,
    Finkelstein & Dusig (1999), On average deviation indices for estimating interrater agreement,
    Organizational Research Methods 2, 49-68.

    Parameters
    ----------
    counts
        For each item of a dimension how often each option was chosen, shape (K,).

    Returns
    -------
    float
        In option steps, 0 to (K − 1) / 2; NaN where an item has no answer, as for the score.

    Examples
    --------
    >>> average_deviation([np.array([1, 0, 1, 0, 0]), np.array([0, 2, 0, 0, 0])])
    0.5
    """
    return float(np.mean([_item_deviation(item) for item in counts]))


def _item_deviation(counts: Counts) -> float:
    n = counts.sum()
    if not n:
        return float("nan")
    return float(counts @ np.abs(np.arange(1, len(counts) + 1) - item_mean(counts)) / n)


def similarity_limit(size: int) -> float:
    """Give the AD_M up to which answers count as alike: K / 6.

    Source: Burke & Dunlap (2002), Estimating interrater agreement with the average deviation index,
    Organizational Research Methods 5, 159-172.

    Parameters
    ----------
    size
        K, the number of options.

    Returns
    -------
    float
        In option steps.

    Examples
    --------
    >>> round(similarity_limit(5), 2)
    0.83
    """
    return size / 6
