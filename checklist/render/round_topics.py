"""Topics to choose from: what led to them, and steps."""

from collections.abc import Iterator, Mapping, Set

from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Subheading
from checklist.render.round_view import View
from checklist.report.model import Topic
from checklist.report.outside import Side, clear_gaps


def topics(view: View) -> Iterator[Block]:
    """Offer topics of the group in focus, or everybody's where it has none of its own."""
    own = [topic for topic in view.report.topics if topic.team == view.focus.team]
    offered = own or [topic for topic in view.report.topics if topic.team is None]
    seen = clear_gaps(view.report, view.focus.team) if own else {}
    yield Heading(view.texts("report.topics.title"))
    if not offered:
        yield Paragraph(view.texts("report.topics.none"))
    elif not own:
        yield Paragraph(view.texts("report.topics.of-everybody"))
    elif view.focus is view.everybody and len(view.teams) > 1:
        yield Paragraph(view.texts("report.topics.of-all-teams"))
    yield from _also(view, seen, {topic.dimension for topic in offered})
    yield from questions(view)
    for place, topic in enumerate(offered, start=1):
        yield from _topic(view, place, topic, seen)


def _also(view: View, seen: Mapping[str, Side], offered: Set[str]) -> Iterator[Block]:
    """Name what is not offered and is seen clearly lower from outside."""
    named = [
        view.texts("summary.quoted", name=view.titles[dimension])
        for dimension, side in seen.items()
        if side == "lower" and dimension not in offered
    ]
    if named:
        yield Paragraph(view.texts("report.topics.from-outside", titles=", ".join(named)))


def questions(view: View) -> Iterator[Block]:
    """Ask the two questions by which a team chooses."""
    texts = view.texts
    yield Paragraph(texts("report.topics.intro"))
    yield Bullets(((texts("report.topics.customers"), ""), (texts("report.topics.yourselves"), "")))


def _topic(view: View, place: int, topic: Topic, seen: Mapping[str, Side]) -> Iterator[Block]:
    texts = view.texts
    row = next(row for row in view.focus.dimensions if row.id == topic.dimension)
    yield Subheading(texts("report.topics.topic", place=place, title=row.title))
    said = [topic.reason]
    if topic.dimension in seen:
        said.append(texts(f"report.topics.seen-{seen[topic.dimension]}"))
    yield Paragraph(" ".join(said))
    if topic.suggestions:
        yield Paragraph(texts("report.topics.steps"))
        yield Bullets(
            tuple(
                (texts(f"report.topics.step-{part.audience}", title=part.title), part.step)
                for part in topic.suggestions
            )
        )
