"""Offers three topics to choose from, made from a group's published figures alone."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from checklist.i18n import Texts, inside_quotes
from checklist.questionnaire import Dimension, Item, Questionnaire, Suggestion, Wording
from checklist.report.model import DimensionRow, Group, ItemRow, Topic, TopicSuggestion

MOST = 3
MOST_SUGGESTIONS = 2
MANY_ITEMS = 4
"""From so many published items of a dimension on, the two lowest lead to it, else the lowest."""

TINY = 1e-9

Standing = Literal["clearly-lower", "worth-discussing", "only"]
"""How a dimension stands to the others of its group."""

Form = Literal["lowest", "tied", "hidden", "all", "best"]
"""What the leading items are among those of their dimension: the lowest; tied with others that are
as low; the lowest that are shown, where hidden ones may be lower; all there are; or answered so
well that to call them low would be wrong."""


def topics(
    group: Group, clearly_lower: Set[str], questionnaire: Questionnaire, texts: Texts
) -> list[Topic]:
    """Choose up to three of a group's published dimensions.

    Clearly lower ones come first, then the others, each from the lowest score on, ties in the order
    of the file.

    Parameters
    ----------
    group
        As published.
    clearly_lower
        Ids of the dimensions that at least one other dimension of the group is clearly higher than.
    questionnaire
        Where items belong, and where suggestions come from.
    texts
        The interface's language.
    """
    wording = Wording.of(questionnaire, texts.language)
    items = {row.id: row for row in group.items}
    dimensions = {dim.id: dim for dim in questionnaire.dimensions}
    ranked = sorted(
        (row.id not in clearly_lower, round(row.score, 9), place, row)
        for place, row in enumerate(group.dimensions)
        if row.score is not None
    )
    chosen = []
    for not_lower, _, _, row in ranked[:MOST]:
        standing: Standing = "worth-discussing" if not_lower else "clearly-lower"
        dimension = dimensions[row.id]
        leading = _leading(dimension, items)
        reason = _reason(row, "only" if len(ranked) == 1 else standing, leading, wording, texts)
        chosen.append(
            Topic(
                team=group.team,
                dimension=row.id,
                clearly_lower=not not_lower,
                items=leading.ids,
                suggestions=[
                    TopicSuggestion(
                        audience=part.audience,
                        title=wording.text(part.title),
                        step=wording.text(part.step),
                    )
                    for part in _suggestions(dimension, leading.ids)
                ],
                reason=" ".join(reason),
            )
        )
    return chosen


@dataclass(frozen=True)
class _Leading:
    """The one or two items that led to a topic, with their rows; none where none is published."""

    rows: tuple[tuple[Item, ItemRow], ...]
    form: Form

    @property
    def ids(self) -> list[str]:
        return [item.id for item, _ in self.rows]


def _leading(dimension: Dimension, rows: dict[str, ItemRow]) -> _Leading:
    ranked = sorted(
        (round(_height(item, row.mean), 9), place, item, row)
        for place, item in enumerate(dimension.items)
        if (row := rows[item.id]).mean is not None
    )
    heights = [height for height, *_ in ranked]
    many = 2 if len(ranked) >= MANY_ITEMS or heights.count(min(heights, default=0)) > 1 else 1
    chosen = tuple((item, row) for *_, item, row in ranked[:many])
    form: Form = "lowest"
    if heights and heights[0] > 100 - TINY:
        form = "best"
    elif len(ranked) < len(dimension.items):
        form = "hidden"
    elif len(ranked) <= many:
        form = "all"
    elif heights[many] == heights[many - 1]:
        form = "tied"
    return _Leading(chosen, form)


def _height(item: Item, mean: float) -> float:
    """Give a mean as percent of the maximum possible, keyed."""
    raw = 100.0 * (mean - 1.0) / (item.scale.size - 1)
    return 100.0 - raw if item.reverse else raw


def _suggestions(dimension: Dimension, leading: Sequence[str]) -> list[Suggestion]:
    """Choose what the team can do: meant for the leading items first, then for the dimension."""
    for_team = [part for part in dimension.suggestions if part.audience == "team"]
    meant = [part for item in leading for part in for_team if item in part.items]
    once = [part for place, part in enumerate(meant) if part not in meant[:place]]
    return [*once, *(part for part in for_team if not part.items)][:MOST_SUGGESTIONS]


def _reason(
    row: DimensionRow, standing: Standing, leading: _Leading, wording: Wording, texts: Texts
) -> Iterator[str]:
    """Say what led to a topic, never as a verdict."""
    yield texts(f"topic.{standing}", score=texts.number(row.score or 0.0))
    if leading.rows and leading.form != "best":
        said = [_said(item, row, wording, texts) for item, row in leading.rows]
        both = texts("topic.two", first=said[0], second=said[-1]) if len(said) > 1 else said[0]
        yield texts(f"topic.{leading.form}", items=both)
    if standing == "clearly-lower":
        yield texts("topic.no-verdict")


def _said(item: Item, row: ItemRow, wording: Wording, texts: Texts) -> str:
    return texts(
        "topic.item-reverse" if item.reverse else "topic.item",
        item=inside_quotes(wording.item(item).removesuffix(".")),
        mean=texts.number(row.mean or 0.0, 1),
        top=item.scale.size,
    )
