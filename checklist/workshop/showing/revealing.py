"""What the room sees of its report: one part at a time, in the report's own words and figures.

Shorter than in the report, never more: a score keeps its interval, an item its counts, and what is
hidden its reason. How similar answers are, and the teams beside each other, stay in the report.
"""

from collections.abc import Callable, Iterator, Mapping

from checklist.i18n import Texts
from checklist.render import round_change, round_items, round_profile
from checklist.render.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Subheading,
    Table,
)
from checklist.render.document import in_words
from checklist.render.round_view import View
from checklist.report import Report
from checklist.report.model import DimensionRow
from checklist.report.scale_words import scale_words
from checklist.rounds import Round
from checklist.workshop.reveal import Part, parts, strengths
from checklist.workshop.state import Workshop

NO_SPREAD = 1e-9


def reveal(
    workshop: Workshop, round_: Round, report: Report | None, texts: Texts
) -> Iterator[Block]:
    """Show the part that the room has come to."""
    if report is None:
        yield Paragraph(texts("showing.reveal.wait"))
        return
    view = View(report, round_, texts)
    there = parts(workshop, round_, report)
    part = there[min(workshop.part, len(there) - 1)]
    yield from BY_KIND[part.kind](workshop, view, part)


def _too_few(workshop: Workshop, view: View, part: Part) -> Iterator[Block]:
    yield Paragraph(view.texts("showing.reveal.too-few"))
    yield Bullets(
        tuple((question, "") for question in view.texts.prefixed("showing.reveal.talk").values())
    )
    yield Paragraph(view.texts("workshop.rule.1"), quiet=True)


def _strengths(workshop: Workshop, view: View, part: Part) -> Iterator[Block]:
    texts, rows = view.texts, strengths(view)
    yield Heading(texts("showing.reveal.strengths"))
    yield Bullets(tuple((row.title, _in_words(view, row)) for row in rows))
    yield from _how_clear(view)
    yield Subheading(texts("showing.reveal.kept"))


def _in_words(view: View, row: DimensionRow) -> str:
    """Say in the scale's own words where a score lies."""
    found = next(part for part in view.round.questionnaire.dimensions if part.id == row.id)
    size = found.items[0].scale.size
    mean = 1 + (row.score or 0.0) / 100 * (size - 1)
    said = in_words(scale_words(found, mean, view.wording), view.texts)
    return view.texts("showing.reveal.mean", words=said)


def _how_clear(view: View) -> Iterator[Block]:
    """Say what the order of scores carries, in the words of the report's summary."""
    texts = view.texts
    rows = [row for row in view.focus.dimensions if row.score is not None]
    top = max(row.place or 1 for row in rows)
    if top > 1:
        titles = [
            texts("summary.quoted", name=row.title) for row in rows if (row.place or 1) == top
        ]
        *first, last = titles
        named = texts("summary.listed", first=", ".join(first), last=last) if first else last
        yield Paragraph(texts.count("summary.higher", len(titles), dimensions=named), quiet=True)
    elif any((row.ad_m or 0.0) > NO_SPREAD for row in rows):
        yield Paragraph(texts("summary.no-difference"), quiet=True)


def _profile(workshop: Workshop, view: View, part: Part) -> Iterator[Block]:
    yield from round_profile.profile_to_show(view)
    yield Subheading(view.texts("showing.reveal.no-verdict"))


def _change(workshop: Workshop, view: View, part: Part) -> Iterator[Block]:
    yield from round_change.change_in_focus(view, sizes=False)


def _item(workshop: Workshop, view: View, part: Part) -> Iterator[Block]:
    item = view.round.questionnaire.item(part.item)
    yield Subheading(view.texts("showing.reveal.item"))
    yield from round_items.one_item(view, item)
    yield Paragraph(view.texts("workshop.rule.1"), quiet=True)


def _hands(workshop: Workshop, view: View, part: Part) -> Iterator[Block]:
    """Show hands raised openly: by themselves, in a form that no answers are shown in."""
    texts, item = view.texts, view.round.questionnaire.item(part.item)
    yield Heading(texts("showing.hands.title"))
    yield Paragraph(view.wording.prompt(item.scale), quiet=True)
    yield Subheading(view.wording.item(item))
    options = zip(view.wording.options(item.scale), workshop.hands[item.id], strict=True)
    yield Table(
        ("", texts("showing.hands.row")), tuple((words, str(count)) for words, count in options)
    )
    yield Paragraph(texts("showing.hands.no-survey"))


BY_KIND: Mapping[str, Callable[[Workshop, View, Part], Iterator[Block]]] = {
    "too-few": _too_few,
    "strengths": _strengths,
    "profile": _profile,
    "change": _change,
    "item": _item,
    "hands": _hands,
}
