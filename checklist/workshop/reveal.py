"""What a room sees of its report, part by part; below the threshold no figure at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from checklist.i18n import Texts
from checklist.questionnaire import Item
from checklist.render.round_change import has_changes
from checklist.render.round_view import View
from checklist.report import Report
from checklist.report.model import DimensionRow, Topic
from checklist.rounds import Round
from checklist.workshop.state import MOST_ITEMS, Workshop

Kind = Literal["too-few", "strengths", "profile", "change", "item", "hands"]

MOST_STRENGTHS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the reveal; ``item`` is the id of the item that it is about, where it is one."""

    kind: Kind
    item: str = ""


def parts(workshop: Workshop, round_: Round, report: Report) -> tuple[Part, ...]:
    """Give the parts in their order: what is good first, then the whole, then single items.

    Parameters
    ----------
    report
        On the closed round. What it hides stays hidden: a group that is not shown leaves
        ``too-few`` as the only part, and chosen items that are not shown are left out.
    """
    return tuple(_parts(workshop, view_of(round_, report)))


def view_of(round_: Round, report: Report) -> View:
    """Give the report as it is read; words are those of the report's language."""
    return View(report, round_, Texts(report.lang))


def strengths(view: View) -> list[DimensionRow]:
    """Give the dimensions that lie highest: at most the upper half, and what ties with its last."""
    scored = [(row.score, row) for row in view.focus.dimensions if row.score is not None]
    ranked = sorted(scored, key=lambda entry: -round(entry[0], 9))
    if len(ranked) < 2:
        return []
    most = min(MOST_STRENGTHS, (len(ranked) + 1) // 2)
    last = round(ranked[most - 1][0], 9)
    return [row for score, row in ranked if round(score, 9) >= last]


def shown_items(view: View) -> list[Item]:
    """Give the items whose figures may be shown: those that led to a topic first."""
    published = {row.id for row in view.focus.items if row.status == "published"}
    named = [item for topic in topics(view) for item in topic.items]
    order = [*named, *(item.id for item in view.round.questionnaire.items)]
    return [
        view.round.questionnaire.item(item)
        for item in dict.fromkeys(order)
        if _is_published(view) and item in published
    ]


def proposed(view: View) -> list[str]:
    """Give the items that the report's topics name, as far as they may be shown."""
    named = {item for topic in topics(view) for item in topic.items}
    return [item.id for item in shown_items(view) if item.id in named][:MOST_ITEMS]


def topics(view: View) -> list[Topic]:
    """Give the report's topics for the group in focus; none below the threshold."""
    if not _is_published(view):
        return []
    return [topic for topic in view.report.topics if topic.team == view.focus.team]


def open_to_hands(workshop: Workshop, view: View) -> list[Item]:
    """Give the items to which hands may be raised.

    Whoever knows who raised a hand could subtract these from published counts and see the answers
    of the others. So an item whose counts are shown is out, and with it one that is hidden to
    protect a group. A dimension's score is the mean of its items: hands to a single item leave it
    open what the others answered, hands to all of its items would not.
    """
    if not _is_published(view):
        return []
    status = {row.id: row.status for row in view.focus.items}
    return [
        item
        for dimension in view.round.questionnaire.dimensions
        if len(dimension.items) > 1
        for item in dimension.items
        if status[item.id] == "too_few"
        and not any(other.id in workshop.hands for other in dimension.items if other != item)
    ]


def _is_published(view: View) -> bool:
    return view.focus.status == "published"


def _parts(workshop: Workshop, view: View) -> Iterator[Part]:
    if not _is_published(view):
        yield Part("too-few")
        return
    if strengths(view):
        yield Part("strengths")
    yield Part("profile")
    if has_changes(view):
        yield Part("change")
    published = {item.id for item in shown_items(view)}
    yield from (Part("item", item) for item in workshop.items[:MOST_ITEMS] if item in published)
    raised = {item.id for item in open_to_hands(workshop, view)} & set(workshop.hands)
    yield from (Part("hands", item) for item in workshop.hands if item in raised)
