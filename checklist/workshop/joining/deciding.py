"""Votes, and what one means to do oneself."""

from checklist.render.blocks import Block, Heading, Paragraph
from checklist.terminal.front import Left
from checklist.workshop.if_then import bare_then, bare_when
from checklist.workshop.joining.line import Gone
from checklist.workshop.joining.own import said
from checklist.workshop.joining.presence import Presence
from checklist.workshop.joining.sitting import WentOn
from checklist.workshop.seats import LONGEST_LINE, Plan
from checklist.workshop.showing.actions import as_bullets
from checklist.workshop.state import VOTES

NOBODY = "-"


class VoteLost(WentOn):
    """Voting was over before somebody had given all votes; to be said once nothing hurries.

    Attributes
    ----------
    earlier
        Whether votes that they gave before count.
    """

    def __init__(self, earlier: bool) -> None:
        super().__init__()
        self.earlier = earlier


def vote(presence: Presence) -> bool:
    """Have up to three votes given; False where none was.

    Raises
    ------
    VoteLost
        Voting was over before all votes were given.
    WentOn
        It was over before any was.
    """
    votes, earlier = list[int](), bool(presence.view.votes)
    try:
        _choose(presence, votes)
    except WentOn as error:
        if votes:
            raise VoteLost(earlier) from error
        raise
    if votes and presence.post("/vote", [("votes", str(place)) for place in votes]).late:
        raise VoteLost(earlier)
    return bool(votes)


def _choose(presence: Presence, votes: list[int]) -> None:
    texts, proposals = presence.texts, presence.view.proposals
    while len(votes) < VOTES:
        question = texts("joining.vote-question", n=len(votes) + 1, most=VOTES)
        no_more = texts("joining.vote-enough" if votes else "joining.vote-none")
        chosen = presence.front.choose(question, [*proposals, no_more])
        if chosen == len(proposals):
            return
        votes.append(chosen)


def ask_plan(presence: Presence) -> Plan | None:
    """Ask what the person means to do; ``None`` where they mean nothing, or it came too late.

    What was typed while the workshop ended is given all the same: it can still be kept here.
    """
    texts = presence.texts
    options = [texts("joining.plan-now"), texts("joining.plan-not")]
    if presence.front.choose(texts("joining.plan-question"), options) == 1:
        return None
    try:
        when = bare_when(_line(presence, texts("joining.plan-when")))
        then = bare_then(_line(presence, texts("joining.plan-then", when=when)))
        partner = _line(presence, texts("joining.plan-partner", nobody=NOBODY))
    except Left:  # of the plan, not of the workshop
        return None
    plan = Plan(when, then, "" if partner == NOBODY else partner)
    fields = {"when": plan.when, "then": plan.then, "partner": plan.partner}
    try:
        late = presence.post("/plan", fields).late
    except (Gone, WentOn):
        if presence.view.kind != "over":
            raise
        late = True
    return None if late and presence.view.kind != "over" else plan


def close_blocks(presence: Presence) -> list[Block]:
    """Show the own plan, what the room has agreed on, and when it meets again."""
    texts, view = presence.texts, presence.view
    blocks: list[Block] = []
    if view.plan.when or view.plan.then:
        blocks += [Heading(texts("joining.plan-title")), Paragraph(said(view.plan, presence))]
    if view.actions:
        blocks += [Heading(texts("joining.agreed")), as_bullets(view.actions, texts)]
    if view.follow_up:
        blocks.append(Paragraph(texts("joining.follow-up", date=texts.day(view.follow_up))))
    return blocks or [Paragraph(texts("joining.close"))]


def _line(presence: Presence, question: str) -> str:
    """Have a line typed that is not too long."""
    while len(line := presence.front.ask(question)) > LONGEST_LINE:
        presence.say("joining.line-too-long", most=LONGEST_LINE, signs=len(line))
    return line
