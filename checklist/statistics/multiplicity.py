"""What changes when many tests are made at once."""

import numpy as np

from checklist.statistics.scores import Floats

ERROR_RATE = 0.05
"""How often, at most, a table without any real difference may show one that is called clear.

Not written as 1 − ``LEVEL``, which is a little more than .05.
"""


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
