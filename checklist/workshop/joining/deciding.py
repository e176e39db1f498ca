"""Votes, and what one means to do oneself."""

from checklist.render.blocks import Block, Heading, Paragraph
from checklist.terminal.front import Left
from checklist.workshop.joining.own import said
from checklist.workshop.joining.presence import Presence
from checklist.workshop.seats import LONGEST_LINE, Plan
from checklist.workshop.showing.actions import as_bullets
from checklist.workshop.state import VOTES

NOBODY = "-"


def vote(presence: Presence) -> bool:
    """Have up to three votes given; False where none was."""
    texts, proposals, votes = presence.texts, presence.view.proposals, list[int]()
    while len(votes) < VOTES:
        question = texts("joining.vote-question", n=len(votes) + 1, most=VOTES)
        no_more = texts("joining.vote-enough" if votes else "joining.vote-none")
        chosen = presence.front.choose(question, [*proposals, no_more])
        if chosen == len(proposals):
            break
        votes.append(chosen)
    if votes:
        presence.post("/vote", [("votes", str(place)) for place in votes])
    return bool(votes)


def ask_plan(presence: Presence) -> Plan | None:
    """Ask what the person means to do; ``None`` where they mean nothing, or it came too late."""
    texts = presence.texts
    options = [texts("joining.plan-now"), texts("joining.plan-not")]
    if presence.front.choose(texts("joining.plan-question"), options) == 1:
        return None
    try:
        when = _line(presence, texts("joining.plan-when"), texts("joining.when"))
        then = _line(presence, texts("joining.plan-then", when=when), texts("joining.then"))
        partner = _line(presence, texts("joining.plan-partner", nobody=NOBODY))
    except Left:  # of the plan, not of the workshop
        return None
    plan = Plan(when, then, "" if partner == NOBODY else partner)
    fields = {"when": plan.when, "then": plan.then, "partner": plan.partner}
    return None if presence.post("/plan", fields).late else plan


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


def _line(presence: Presence, question: str, begun: str = "") -> str:
    """Have a line typed that is not too long; a first word that we have said is left out."""
    while len(line := presence.front.ask(question)) > LONGEST_LINE:
        presence.say("joining.line-too-long", most=LONGEST_LINE, signs=len(line))
    first, _, rest = line.partition(" ")
    return rest.strip() if rest and first.casefold() == begun.casefold() else line
