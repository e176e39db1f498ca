"""What belongs to one person alone: their own result, and the page of it that they take home."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from checklist.i18n import Texts
from checklist.interview import Mark
from checklist.journal import Result
from checklist.render.blocks import Block, Heading, Paragraph, Title
from checklist.rounds import Round
from checklist.sitting import NOT_KEPT
from checklist.workshop.seats import Seat
from checklist.workshop.showing.actions import as_bullets, if_then
from checklist.workshop.state import Workshop
from checklist.workshop.titles import title_of


def own_result(round_: Round, seat: Seat, now: datetime, texts: Texts) -> list[Block]:
    """Say a person's own result; where nothing was answered there is none."""
    from checklist.render import document
    from checklist.report import own_report

    response = seat.interview(round_.questionnaire).final
    if all(isinstance(answer, Mark) for answer in response.answers.values()):
        title = Title(texts("page.own.title"), title_of(round_, texts.language))
        return [title, Paragraph(texts("page.own.none"))]
    result = Result(NOT_KEPT, round_.questionnaire, "self", now, response)
    report = own_report(result, [], [], texts)
    return document.result(report, texts, explain=False, history=False)


def taken_home(
    round_: Round, own: Sequence[Block], seat: Seat, workshop: Workshop, texts: Texts
) -> list[Block]:
    """Say the own result as it is given, if any, the own plan and what the room has agreed on."""
    title = Title(texts("page.own.title"), title_of(round_, texts.language))
    return [
        *(own or [title]),
        *_plan(seat, texts),
        *_agreed(workshop, texts),
    ]


def _plan(seat: Seat, texts: Texts) -> Iterator[Block]:
    plan = seat.plan
    if plan.when or plan.then:
        yield Heading(texts("page.own.plan"))
        yield Paragraph(_if_then(plan.when, plan.then, texts))
    if plan.partner:
        yield Paragraph(texts("page.own.partner", partner=plan.partner))


def _agreed(workshop: Workshop, texts: Texts) -> Iterator[Block]:
    if workshop.actions:
        yield Heading(texts("page.own.agreed"))
        yield as_bullets(workshop.actions, texts)
    if workshop.follow_up:
        yield Paragraph(texts("page.own.follow-up", date=texts.day(workshop.follow_up)))


def _if_then(when: str, then: str, texts: Texts) -> str:
    """Say a commitment; of one that is only half there, the half."""
    if when and then:
        return if_then(when, then, texts)
    return when or then
