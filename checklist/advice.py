"""Which strengths and next steps a response leads to, by rules that can be said in a sentence.

Next steps: the lowest items first, at most one a dimension, none for an item answered high, ties in
the order of the file, three at the most. Where fewer items are low, passing a strength on and
asking for an outside view fill up. Strengths: the same rule from the other end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from checklist.interview import Response
from checklist.questionnaire import Audience, Dimension, Item, Questionnaire, Suggestion

MOST = 3
HIGH = Fraction(2, 3)
"""An item counts as answered high in the upper third of its scale: from "in most cases" on."""

Kind = Literal["low", "pass-on", "outside-view"]


@dataclass(frozen=True)
class Step:
    """A next step and the item that led to it.

    ``suggestion`` is ``None`` for the two kinds whose words belong to the interface.
    """

    kind: Kind
    dimension: Dimension
    item: Item
    suggestion: Suggestion | None = None


def height(item: Item, answer: int) -> Fraction:
    """Where a keyed answer lies between the worst option (0) and the best (1).

    Examples
    --------
    >>> from checklist.questionnaire import Scale
    >>> five = Scale("s", {"de": "?"}, {"de": ("a", "b", "c", "d", "e")})
    >>> height(Item("i", {"de": "…"}, five, reverse=True), 2)
    Fraction(3, 4)
    """
    top = item.scale.size
    keyed = top + 1 - answer if item.reverse else answer
    return Fraction(keyed - 1, top - 1)


def strengths(questionnaire: Questionnaire, response: Response) -> list[Item]:
    """Give up to three items answered high, the highest first, at most one a dimension."""
    ranked = sorted(
        (-value, place, item)
        for place, (item, value) in enumerate(_heights(questionnaire, response))
        if value >= HIGH
    )
    return _one_a_dimension(questionnaire, [item for _, _, item in ranked])[:MOST]


def next_steps(questionnaire: Questionnaire, response: Response, audience: Audience) -> list[Step]:
    """Give up to three next steps; none at all only where no item has an answer.

    Parameters
    ----------
    questionnaire
        Where the suggestions come from.
    response
        One person's raw answers.
    audience
        Whom the suggestions must be for.
    """
    ranked = sorted(
        (value, place, item)
        for place, (item, value) in enumerate(_heights(questionnaire, response))
        if value < HIGH and _suggestion(questionnaire, item, audience)
    )
    low = _one_a_dimension(questionnaire, [item for _, _, item in ranked])[:MOST]
    steps = [
        Step(
            "low",
            questionnaire.dimension_of(item.id),
            item,
            _suggestion(questionnaire, item, audience),
        )
        for item in low
    ]
    fill: tuple[Kind, ...] = ("pass-on", "outside-view") if audience == "self" else ()
    for kind, item in zip(fill, strengths(questionnaire, response)[:1] * 2, strict=False):
        steps.append(Step(kind, questionnaire.dimension_of(item.id), item))
    return steps[:MOST]


def _heights(questionnaire: Questionnaire, response: Response) -> list[tuple[Item, Fraction]]:
    answers = ((item, response.answers.get(item.id)) for item in questionnaire.items)
    return [(item, height(item, answer)) for item, answer in answers if isinstance(answer, int)]


def _one_a_dimension(questionnaire: Questionnaire, items: Sequence[Item]) -> list[Item]:
    chosen: dict[str, Item] = {}
    for item in items:
        chosen.setdefault(questionnaire.dimension_of(item.id).id, item)
    return list(chosen.values())


def _suggestion(questionnaire: Questionnaire, item: Item, audience: Audience) -> Suggestion | None:
    """Choose the suggestion meant for an item, else one for its whole dimension."""
    meant = [
        suggestion
        for suggestion in questionnaire.dimension_of(item.id).suggestions
        if suggestion.audience == audience and (not suggestion.items or item.id in suggestion.items)
    ]
    return next((s for s in meant if s.items), meant[0] if meant else None)
