"""How well the items of each dimension hang together, for everybody in a round."""

import math

from checklist import privacy, scoring, statistics
from checklist.questionnaire import Dimension, Questionnaire
from checklist.report.model import ReliabilityRow
from checklist.sums import Sums

FIRM = 100
"""From so many people on alpha is no longer called provisional."""


def reliability(
    questionnaire: Questionnaire,
    everybody: Sums,
    plan: privacy.Plan,
    thresholds: privacy.Thresholds,
) -> list[ReliabilityRow]:
    """Give a row for each dimension of two items or more whose score is shown.

    Parameters
    ----------
    questionnaire
        Its items give the columns.
    everybody, plan
        The sums of the whole round, and what of them may be shown; never those of one team.
    thresholds
        From k.
    """
    return [
        _row(questionnaire, place, everybody, thresholds)
        for place, dimension in enumerate(questionnaire.dimensions)
        if plan.dimensions[dimension.id] is privacy.Verdict.SHOWN and len(dimension.items) > 1
    ]


def _row(
    questionnaire: Questionnaire, place: int, everybody: Sums, thresholds: privacy.Thresholds
) -> ReliabilityRow:
    dimension = questionnaire.dimensions[place]
    here = scoring.columns(questionnaire, dimension)
    n = int(everybody.complete[place])
    others = [int(people) for people in everybody.tally[here, 2:].sum(axis=1)]
    others.append(int(everybody.scored[place]))
    if not privacy.reliability_shown(n, others, thresholds):
        return ReliabilityRow(
            dimension=dimension.id,
            status="too_few",
            n=None,
            alpha=None,
            interval=None,
            item_rest={},
        )
    totals, products = everybody.item_totals[here], everybody.item_products[here, here]
    alpha = statistics.alpha(n, totals, products)
    known = not math.isnan(alpha)
    size = len(dimension.items)
    return ReliabilityRow(
        dimension=dimension.id,
        status="shown" if n >= FIRM else "provisional",
        n=n,
        alpha=alpha if known else None,
        interval=statistics.alpha_interval(alpha, n, size) if known else None,
        item_rest=_item_rest(dimension, statistics.item_rest(n, totals, products)),
    )


def _item_rest(dimension: Dimension, rest: statistics.Floats) -> dict[str, float]:
    named = zip(dimension.items, rest, strict=True)
    return {item.id: float(r) for item, r in named if not math.isnan(r)}
