"""From a group's sums to its figures: pure functions with formula and source.

``scores`` of a dimension with what is uncertain about them, ``agreement`` within it,
``reliability`` of its items, ``order`` of the dimensions; ``differences`` between two groups or
rounds. A figure that cannot be computed is NaN. Scores are POMP, 0…100; means and ``ad_m`` in
option steps.
"""

from checklist.statistics.agreement import (
    LEAST_AT_AN_END,
    LEAST_FOR_WORDS,
    average_deviation,
    similarity_limit,
)
from checklist.statistics.differences import (
    Difference,
    Verdict,
    difference_interval,
    difference_p,
    hedges_g,
    paired,
    verdicts,
    welch,
)
from checklist.statistics.multiplicity import ERROR_RATE, holm
from checklist.statistics.order import clearly_lower, paired_p, places
from checklist.statistics.reliability import alpha, alpha_interval, item_rest
from checklist.statistics.scores import (
    LEVEL,
    Counts,
    Floats,
    bounds,
    group_score,
    item_mean,
    item_pomp,
    score_interval,
    sd,
)

__all__ = [
    "ERROR_RATE",
    "LEAST_AT_AN_END",
    "LEAST_FOR_WORDS",
    "LEVEL",
    "Counts",
    "Difference",
    "Floats",
    "Verdict",
    "alpha",
    "alpha_interval",
    "average_deviation",
    "bounds",
    "clearly_lower",
    "difference_interval",
    "difference_p",
    "group_score",
    "hedges_g",
    "holm",
    "item_mean",
    "item_pomp",
    "item_rest",
    "paired",
    "paired_p",
    "places",
    "score_interval",
    "sd",
    "similarity_limit",
    "verdicts",
    "welch",
]
