"""What the report on a round says, in which order, in words: from a ``Report`` to blocks."""

from collections.abc import Iterator

from checklist.i18n import Texts
from checklist.render import (
    round_change,
    round_items,
    round_outside,
    round_profile,
    round_reading,
    round_topics,
)
from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Subheading, Title
from checklist.render.round_view import View
from checklist.report import summary
from checklist.report.model import Report
from checklist.rounds import Round


def round_blocks(
    report: Report, round_: Round, texts: Texts, before: Round | None = None
) -> list[Block]:
    """Say what a round's report says: everybody's and the teams', or one team's beside everybody.

    Parameters
    ----------
    report
        A report about a round.
    round_
        That round: its questionnaire's words, its teams' order, and what was promised.
    texts
        The interface's language.
    before
        The round that this one follows, for its name and date; without it its code has to do.

    Raises
    ------
    ValueError
        The report is not about a round.
    """
    view = View(report, round_, texts, before)
    blocks = [_title(view), *_short(view)]
    if view.everybody.status == "published":
        blocks += round_profile.profile(view)
        blocks += round_topics.topics(view)
        blocks += round_change.change(view)
        blocks += round_outside.outside(view)
        blocks += round_items.items(view)
        blocks += round_profile.teams(view)
    else:
        blocks += _without_figures(view)
        blocks += round_outside.outside(view)
    blocks += _remarks(view)
    return [*blocks, *round_reading.reading(view), *round_reading.access(view)]


def _title(view: View) -> Title:
    part, closed_on = view.part, view.round.closed_on
    title = part.title or view.wording.title
    if view.only_team is not None:
        name = view.name(view.only_team)
        title = view.texts("report.title-team", title=title, team=name)
    if closed_on is None:
        return Title(
            title,
            view.texts(
                "report.below",
                code=part.code,
                questionnaire=view.wording.title,
                version=part.version,
            ),
        )
    return Title(
        title,
        view.texts(
            "report.below-closed",
            code=part.code,
            questionnaire=view.wording.title,
            version=part.version,
            date=view.texts.day(closed_on),
        ),
    )


def _short(view: View) -> Iterator[Block]:
    if sentences := summary.sentences(view.report, view.texts, alone=len(view.round.teams) == 1):
        yield Heading(view.texts("report.short.title"))
        yield Bullets(tuple((sentence, "") for sentence in sentences))


def _without_figures(view: View) -> Iterator[Block]:
    """Say what can still be talked about where a report has no figures."""
    yield Heading(view.texts("report.without.title"))
    yield Paragraph(view.texts("report.without.note"))
    yield Bullets(
        tuple(
            (view.wording.text(dimension.title), view.wording.text(dimension.about))
            for dimension in view.round.questionnaire.dimensions
        )
    )
    yield from round_topics.questions(view)


def _remarks(view: View) -> Iterator[Block]:
    """Give what people wrote, by what they wrote it to, in the questionnaire's order."""
    texts, written = view.texts, view.report.comments
    if not written:
        if view.round.comments and view.everybody.status == "published":
            yield Heading(texts("report.remarks.title"))
            yield Paragraph(texts("report.remarks.none", least=view.thresholds.comments))
        return
    yield Heading(texts("report.remarks.title"))
    yield Paragraph(texts("report.remarks.note"), quiet=True)
    questionnaire = view.round.questionnaire
    asked = {item.id: view.wording.item(item) for item in questionnaire.items}
    asked |= {part.id: view.wording.text(part.text) for part in questionnaire.reflections}
    for about, question in asked.items():
        said = [part.text for part in written if about in (part.item, part.reflection)]
        if said:
            yield Subheading(question)
            yield Bullets(tuple((text, "") for text in said))
