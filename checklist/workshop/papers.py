"""Everything a trainer prints for a workshop: one HTML file that holds everything it needs.

The template only lays out; what stands on the papers is put together here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from markupsafe import Markup

from checklist.i18n import Texts, inside_quotes
from checklist.privacy import LEAST_GROUP, Thresholds
from checklist.questionnaire import Questionnaire, Wording
from checklist.render.paper import on_paper
from checklist.render.template import in_css, template
from checklist.rounds import Round
from checklist.workshop.agenda import MINUTES, PHASES, ROLES, Way, agenda, roles

TEMPLATE = "workshop"
LONGEST_FOOT = 60
CAUSES = 9
"""Lines of each of the two lists."""
PROPOSALS = 8
BALLOTS = 8
VOTES = 3
ACTIONS = 3
LABELS = (
    "minutes", "time", "says", "does", "table", "before", "start", "ours", "company", "cause",
    "need", "handed-to", "handed-on", "answer-by", "clock", "turn", "case", "talk", "echo",
    "proposal", "votes", "ballot", "action", "if", "then", "owner", "date", "notice", "look",
    "stays", "goes", "numbers", "number", "strength", "topic", "plan", "partner", "asked-on",
    "follow-up", "at",
)  # fmt: skip
COPIES = ("trainer", "wall", "room", "three", "ballots", "person")
PARTS = (
    "agenda", "rules", "causes", "cards", "exercises", "proposals", "ballots",
    "actions", "own",
)  # fmt: skip
JOIN = ("title", "network", "scan", "scan-board", "qr", "instead", "code", "free")
COMMAND = re.compile(r"(\S+(?:\N{NO-BREAK SPACE}\S+)*\N{NO-BREAK SPACE}\S*[^\s.,;:])")
"""What is to be typed as it stands: our texts keep its words together by no-break spaces."""
PRACTICE = next(phase.minutes for phase in PHASES if phase.id == "practice")


@dataclass(frozen=True)
class Exercise:
    """A suggestion for trainers; ``longer`` where it takes more time than the agenda gives."""

    title: str
    step: str
    minutes: int | None
    longer: bool


@dataclass(frozen=True)
class Topic:
    """A dimension as it stands on the papers.

    Attributes
    ----------
    numbers
        For each item the number of its row on the sheet, and for reverse-keyed ones the number
        that an answer is taken from (K + 1), else ``None``.
    """

    title: str
    about: str
    exercises: tuple[Exercise, ...]
    numbers: tuple[tuple[int, int | None], ...]


def topics(wording: Wording) -> tuple[Topic, ...]:
    """Give all dimensions in the order of the file, with everything there is for the trainer."""
    place = {item.id: n for n, item in enumerate(on_paper(wording.questionnaire), start=1)}
    return tuple(
        Topic(
            wording.text(dimension.title),
            wording.text(dimension.about),
            tuple(
                Exercise(
                    wording.text(each.title),
                    wording.text(each.step),
                    each.minutes,
                    (each.minutes or 0) > PRACTICE,
                )
                for each in dimension.suggestions
                if each.audience == "trainer"
            ),
            tuple(
                sorted(
                    (place[item.id], item.scale.size + 1 if item.reverse else None)
                    for item in dimension.items
                )
            ),
        )
        for dimension in wording.questionnaire.dimensions
    )


@dataclass(frozen=True)
class Joining:
    """How the room gets to the page of a workshop.

    Attributes
    ----------
    address
        As somebody types it.
    code
        What they type there.
    link
        What the QR code holds.
    """

    address: str
    code: str
    link: str


def clock() -> tuple[tuple[str, ...], ...]:
    """Say who has which role in which turn: a row a turn, a column a person.

    Examples
    --------
    >>> clock()[1]
    ('speaker', 'observer', 'customer')
    """
    return tuple(roles(turn) for turn in range(len(ROLES)))


def render(
    questionnaire: Questionnaire,
    texts: Texts,
    round_: Round | None = None,
    way: Way = "paper",
    joining: Joining | None = None,
) -> str:
    """Write the papers.

    Parameters
    ----------
    questionnaire
        For a round its own, as it was frozen.
    texts
        The interface's language; the questionnaire speaks it, too, where it can.
    round_
        Its title and code stand on every paper then; how to take part stands on the poster as long
        as the round takes answers.
    way
        How the room answers; for a page there is a poster more, and paper is what helps out.
    joining
        Where it is known already; else there is room to write it by hand.

    Returns
    -------
    str
        HTML with print styles; no script, nothing from elsewhere.
    """
    wording = Wording.of(questionnaire, texts.language)
    thresholds = Thresholds(LEAST_GROUP if round_ is None else round_.min_group)
    code = texts("placeholder.CODE") if round_ is None else round_.code
    open_ = round_ is not None and round_.state == "collecting"
    sizes = {"scores": thresholds.scores, "items": thresholds.items}
    title = wording.title if round_ is None else round_.title
    return template(TEMPLATE, pieces=COMMAND.split).render(
        language=texts.language,
        own_language=wording.language,
        title=title,
        heading=texts("workshop.title", title=title),
        named="" if round_ is None else _named(round_, wording.title, texts),
        foot=in_css(_foot(title, round_)),
        purpose=wording.purpose if round_ is None else round_.terms.purpose or wording.purpose,
        aside=list(_aside(texts, round_)),
        words={name: texts(f"workshop.word.{name}") for name in LABELS},
        parts={name: texts(f"workshop.part.{name}", minutes=MINUTES) for name in PARTS},
        copies={name: texts(f"workshop.copies.{name}") for name in COPIES},
        said={
            name: _several(texts, name)
            for name in ("rule", "causes", "cards", "exercises", "decide", "agree", "own")
        },
        steps=agenda(texts, thresholds, code, way),
        limits=texts("workshop.limits", **sizes),
        take_part=_several(texts, "take-part") if open_ else [],
        take_part_title=texts(f"workshop.take-part-{way}"),
        join=(
            {name: texts(f"workshop.join.{name}") for name in JOIN}
            if open_ and way == "page"
            else {}
        ),
        joining=joining,
        qr=_qr(joining.link) if joining else "",
        taking_part=[
            texts("workshop.terms", **sizes),
            *([texts("workshop.at-the-machine", code=code)] if way == "paper" else []),
        ],
        roles={name: (texts(f"workshop.role.{name}"), _several(texts, name)) for name in ROLES},
        clock=clock(),
        turn=PRACTICE // len(ROLES),
        topics=topics(wording),
        longer=texts("workshop.longer", minutes=PRACTICE),
        lines={
            "causes": CAUSES, "proposals": PROPOSALS, "ballots": BALLOTS, "votes": VOTES,
            "actions": ACTIONS,
        },
    )  # fmt: skip


def _qr(link: str) -> Markup:
    """Draw a QR code that is as large as the style sheet says."""
    import segno

    return Markup(segno.make_qr(link, error="m").svg_inline(omitsize=True))


def _named(round_: Round, questionnaire: str, texts: Texts) -> str:
    """Name a round, and its questionnaire where that has another title."""
    if round_.title == questionnaire:
        return texts("workshop.round", title=round_.title, code=round_.code)
    return texts(
        "workshop.round-of",
        title=round_.title,
        code=round_.code,
        questionnaire=inside_quotes(questionnaire),
    )


def _foot(title: str, round_: Round | None) -> str:
    """Say which workshop a page belongs to, in one line."""
    short = shorten(title, LONGEST_FOOT, placeholder=" …")
    return short if round_ is None else f"{short} ({round_.code})"


def _aside(texts: Texts, round_: Round | None) -> Iterator[str]:
    """Say to whoever prints the papers what the room need not know."""
    yield from _several(texts, "printing")
    if round_ is None:
        yield from _several(texts, "printing-alone")
    elif round_.state == "collecting":
        yield from _several(texts, "printing-round", code=round_.code)


def _several(texts: Texts, name: str, **values: object) -> list[str]:
    """Give the texts ``1``, ``2`` and so on of a table."""
    count = len(texts.prefixed(f"workshop.{name}"))
    return [texts(f"workshop.{name}.{number}", **values) for number in range(1, count + 1)]
