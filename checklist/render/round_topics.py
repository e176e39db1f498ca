"""Topics to choose from: what led to them, and steps."""

from collections.abc import Iterator

from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Subheading
from checklist.render.round_view import View
from checklist.report.model import Topic


def topics(view: View) -> Iterator[Block]:
    """Offer topics of the group in focus, or everybody's where it has none of its own."""
    own = [topic for topic in view.report.topics if topic.team == view.focus.team]
    offered = own or [topic for topic in view.report.topics if topic.team is None]
    yield Heading(view.texts("report.topics.title"))
    if offered and not own:
        yield Paragraph(view.texts("report.topics.of-everybody"))
    elif not offered:
        yield Paragraph(view.texts("report.topics.none"))
    yield from questions(view)
    for place, topic in enumerate(offered, start=1):
        yield from _topic(view, place, topic)


def questions(view: View) -> Iterator[Block]:
    """Ask the two questions by which a team chooses."""
    texts = view.texts
    yield Paragraph(texts("report.topics.intro"))
    yield Bullets(((texts("report.topics.customers"), ""), (texts("report.topics.yourselves"), "")))


def _topic(view: View, place: int, topic: Topic) -> Iterator[Block]:
    texts = view.texts
    row = next(row for row in view.focus.dimensions if row.id == topic.dimension)
    yield Subheading(texts("report.topics.topic", place=place, title=row.title))
    yield Paragraph(topic.reason)
    if topic.suggestions:
        yield Paragraph(texts("report.topics.steps"))
        yield Bullets(
            tuple(
                (texts(f"report.topics.step-{part.audience}", title=part.title), part.step)
                for part in topic.suggestions
            )
        )
