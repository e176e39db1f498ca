"""What a person is told on the page before the first question."""

from collections.abc import Iterator

from checklist.i18n import Texts
from checklist.notice import told
from checklist.privacy import Thresholds
from checklist.questionnaire import Wording
from checklist.rounds import Round
from checklist.terminal.words import minutes


def intro(round_: Round, texts: Texts) -> tuple[str, ...]:
    """Say what is asked, and how long it takes."""
    questionnaire = round_.questionnaire
    opened = len(questionnaire.reflections)
    asked = texts(
        "page.begin.length-open" if opened else "page.begin.length",
        items=len(questionnaire.items),
        open=opened,
        minutes=minutes(questionnaire),
    )
    purpose = Wording.of(questionnaire, texts.language).purpose
    return tuple(filter(None, (purpose, asked, texts("welcome.customers"))))


def in_brief(round_: Round, texts: Texts) -> tuple[str, ...]:
    """Say the four things that matter most, from the terms that are frozen in the round.

    Who can read single answers, who gets the report, from how many answers anything is shown, and
    until when an answer can be taken back; before them, where it is so, that the keeper leads.
    """
    return tuple(_brief(round_, texts))


def _brief(round_: Round, texts: Texts) -> Iterator[str]:
    terms, least = round_.terms, Thresholds(round_.min_group)
    if terms.leads:
        yield texts("notice.leads", keeper=terms.keeper_name)
    yield texts("notice.page.readers", keeper=terms.keeper_name)
    if terms.recipient:
        yield texts("page.brief.report", recipient=terms.recipient)
    else:
        yield texts("page.brief.report-open")
    yield texts(
        "page.brief.shown-comments" if round_.comments else "page.brief.shown",
        scores=least.scores,
        items=least.items,
        comments=least.comments,
    )
    yield texts("page.brief.back")


def in_full(round_: Round, team: str, texts: Texts) -> tuple[str, ...]:
    """Give what the round tells, and what is different where one answers on this page."""
    paragraphs = told(round_, round_.team(team), texts, "page")
    return (*paragraphs, *texts.prefixed("page.notice").values())
