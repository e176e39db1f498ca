"""What the room sees from causes to close: what it says, tries, decides and takes home."""

from collections.abc import Iterator
from math import ceil

from checklist.i18n import Texts
from checklist.privacy import Thresholds
from checklist.questionnaire import Dimension, Wording
from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Subheading
from checklist.rounds import Round
from checklist.workshop.agenda import roles
from checklist.workshop.showing.actions import as_bullets
from checklist.workshop.state import TURNS, VOTES, Side, Workshop

PERSONS = (1, 2, 3)
"""Not A, B and C: exercises have roles of these names."""


def causes(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Show the two lists."""
    yield Paragraph(texts("workshop.word.cause"))
    yield from _list(workshop, texts, "ours")
    yield from _list(workshop, texts, "company")


def _list(workshop: Workshop, texts: Texts, side: Side) -> Iterator[Block]:
    yield Heading(texts(f"workshop.word.{side}"))
    found = [cause for cause in workshop.causes if cause.side == side]
    if not found:
        yield Paragraph(texts("showing.causes.none"), quiet=True)
        return
    yield Bullets(
        tuple(
            (
                cause.text,
                texts("showing.causes.need", need=cause.need) if cause.need else "",
            )
            for cause in found
        )
    )


def practice(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Show the topic and its exercise; without one, who does what in this turn, and how long."""
    wording = Wording.of(round_.questionnaire, texts.language)
    chosen = [part for part in round_.questionnaire.dimensions if part.id == workshop.topic]
    for dimension in chosen:
        yield Heading(wording.text(dimension.title))
        yield from _exercise(dimension, wording)
    if not chosen:
        yield Paragraph(texts("showing.practice.open"))
    own = own_minutes(workshop, round_) is not None
    if workshop.by_turns or not own:
        yield Heading(texts("showing.practice.turn", turn=workshop.turn + 1, turns=TURNS))
    if not own:
        yield from _who_does_what(workshop, texts)


def own_minutes(workshop: Workshop, round_: Round) -> int | None:
    """Give the minutes of the exercise to the topic; it says itself who does what, and how long."""
    minutes = [
        suggestion.minutes
        for dimension in round_.questionnaire.dimensions
        for suggestion in dimension.suggestions
        if dimension.id == workshop.topic and suggestion.audience == "trainer"
    ]
    return sum(each or 0 for each in minutes) or None


def _who_does_what(workshop: Workshop, texts: Texts) -> Iterator[Block]:
    yield Bullets(
        tuple(
            (
                texts(
                    "showing.practice.person",
                    person=person,
                    role=texts(f"workshop.role.{role}"),
                    does=texts(f"showing.practice.does.{role}"),
                ),
                "",
            )
            for person, role in zip(PERSONS, roles(workshop.turn), strict=True)
        )
    )
    times = [texts(f"workshop.word.{part}") for part in ("case", "talk", "echo")]
    yield Paragraph(" · ".join(times))


def _exercise(dimension: Dimension, wording: Wording) -> Iterator[Block]:
    for suggestion in dimension.suggestions:
        if suggestion.audience == "trainer":
            yield Subheading(wording.text(suggestion.title))
            yield Paragraph(wording.text(suggestion.step))


def decide(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Show the proposals in their order; once voting is closed, by their votes."""
    if not workshop.proposals:
        yield Paragraph(texts("showing.decide.none"))
        return
    if workshop.voting != "closed":
        yield Paragraph(texts(f"showing.decide.{_voting(workshop)}", votes=VOTES))
        yield Bullets(tuple((_numbered(workshop, n, texts), "") for n in _places(workshop)))
        return
    few = few_voted(workshop, round_)
    yield Bullets(
        tuple(
            (
                _numbered(workshop, place, texts),
                "" if few else texts.count("showing.decide.votes", workshop.tally[place]),
            )
            for place in by_votes(workshop)
        )
    )
    if few:
        yield Paragraph(texts("showing.decide.few"), quiet=True)
        return
    voted = [votes for votes in workshop.tally if votes]
    if len(set(voted)) < len(voted):
        yield Paragraph(texts("showing.decide.tied"), quiet=True)


def few_voted(workshop: Workshop, round_: Round) -> bool:
    """Whether numbers of votes could show who voted how.

    Where slips were counted it is not known how many people voted, but how many it were at least.
    """
    voters = workshop.voters or ceil(sum(workshop.tally) / VOTES)
    return voters < Thresholds(round_.min_group).scores


def _voting(workshop: Workshop) -> str:
    return "before" if workshop.voting == "before" else f"open-{workshop.way}"


def by_votes(workshop: Workshop) -> list[int]:
    """Give the places of the proposals, most votes first, ties in the order of the proposals."""
    return sorted(_places(workshop), key=lambda place: -workshop.tally[place])


def _places(workshop: Workshop) -> range:
    return range(len(workshop.proposals))


def _numbered(workshop: Workshop, place: int, texts: Texts) -> str:
    return texts("showing.decide.proposal", number=place + 1, text=workshop.proposals[place])


def agree(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Show what is agreed."""
    if workshop.actions:
        yield as_bullets(workshop.actions, texts)
    else:
        yield Paragraph(texts("showing.agree.none"))
    yield Paragraph(texts("showing.agree.kept"), quiet=True)


def close(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Ask for a commitment of one's own, and say when the room meets again."""
    yield Heading(texts("showing.close.plan"))
    yield Paragraph(texts("showing.close.if-then"))
    yield Paragraph(texts("showing.close.partner"))
    if workshop.way == "page" and not workshop.ended:
        yield Paragraph(texts("showing.close.save"))
    if workshop.follow_up is not None:
        yield Heading(texts("showing.close.again", day=texts.day(workshop.follow_up)))
    if workshop.actions:
        yield Subheading(texts("showing.close.agreed"))
        yield as_bullets(workshop.actions, texts)
    if workshop.ended:
        yield Paragraph(texts("showing.close.ended"))
