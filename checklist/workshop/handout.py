"""What a workshop's people take along, and the list for the company: two pages for A4.

Neither holds an answer or a figure. What lies with the team itself stands on neither: it was said
in the room and stays there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.i18n import Texts
from checklist.questionnaire import Audience, Dimension, Wording
from checklist.render.template import in_css, template
from checklist.rounds import Round
from checklist.workshop.state import Workshop

WORDS = (
    "title", "agreed", "nothing-agreed", "owner", "until", "sign", "again", "again-what",
    "again-on", "practised", "alone", "team", "own-plan", "own-result", "bounds",
)  # fmt: skip
FOR_COMPANY = ("title", "need", "answer")
LABELS = (
    "action", "if", "then", "at", "plan", "partner", "asked-on", "handed-to", "handed-on",
    "answer-by",
)  # fmt: skip
"""What is called the same on the papers that are filled in by hand."""


@dataclass(frozen=True, slots=True)
class Said:
    """A suggestion as it stands on paper."""

    title: str
    step: str


@dataclass(frozen=True, slots=True)
class Practised:
    """The topic that the room chose: how it was practised, and what can be tried next."""

    title: str
    about: str
    exercises: tuple[Said, ...]
    alone: tuple[Said, ...]
    team: tuple[Said, ...]


def render(workshop: Workshop, round_: Round, texts: Texts) -> str:
    """Write what everybody takes along."""
    wording = Wording.of(round_.questionnaire, texts.language)
    words = {name: texts(f"handout.{name}") for name in WORDS}
    return template("handout").render(
        language=texts.language,
        own_language=wording.language,
        title=round_.title,
        foot=in_css(f"{words['title']}: {round_.title}"),
        named=_named(round_, texts),
        words=words,
        label=_labels(texts),
        actions=[
            {
                "when": action.when,
                "then": action.then,
                "owner": action.owner,
                "until": texts.day(action.until),
                "sign": action.sign,
            }
            for action in workshop.actions
        ],
        follow_up=workshop.follow_up and texts.day(workshop.follow_up),
        topic=next(
            (
                _practised(each, wording)
                for each in round_.questionnaire.dimensions
                if each.id == workshop.topic
            ),
            None,
        ),
        own_result=list(_several(texts, f"own-result-{workshop.way}")),
    )


def for_company(workshop: Workshop, round_: Round, texts: Texts) -> str:
    """Write the list of what lies with the company, with room for its answers."""
    words = {name: texts(f"handout.company.{name}") for name in FOR_COMPANY}
    return template("management").render(
        language=texts.language,
        title=round_.title,
        foot=in_css(f"{words['title']}: {round_.title}"),
        named=_named(round_, texts),
        words=words,
        label=_labels(texts),
        intro=list(_several(texts, "company-intro")),
        follow_up=workshop.follow_up and texts.day(workshop.follow_up),
        causes=[cause for cause in workshop.causes if cause.side == "company"],
    )


def _practised(dimension: Dimension, wording: Wording) -> Practised:
    def said(audience: Audience) -> tuple[Said, ...]:
        return tuple(
            Said(wording.text(each.title), wording.text(each.step))
            for each in dimension.suggestions
            if each.audience == audience
        )

    return Practised(
        wording.text(dimension.title),
        wording.text(dimension.about),
        said("trainer"),
        said("self"),
        said("team"),
    )


def _named(round_: Round, texts: Texts) -> str:
    if round_.closed_on is None:
        return texts("workshop.round", title=round_.title, code=round_.code)
    return texts(
        "handout.named", title=round_.title, code=round_.code, date=texts.day(round_.closed_on)
    )


def _labels(texts: Texts) -> dict[str, str]:
    return {name: texts(f"workshop.word.{name}") for name in LABELS}


def _several(texts: Texts, name: str) -> Iterator[str]:
    for number in range(1, len(texts.prefixed(f"handout.{name}")) + 1):
        yield texts(f"handout.{name}.{number}")
