"""What a trainer can do: pure steps from one state of the workshop to the next.

Nothing on the network calls them; a contract of import-linter in pyproject.toml sees to that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from checklist.workshop.agenda import PHASES, Way
from checklist.workshop.state import (
    MOST_ACTIONS,
    MOST_CAUSES,
    MOST_ITEMS,
    MOST_PROPOSALS,
    TURNS,
    Action,
    Cause,
    Voting,
    Workshop,
    place_of,
)

Entry = TypeVar("Entry")


def forward(workshop: Workshop, now: datetime) -> Workshop:
    """Go to the next phase; the last one stays.

    Raises
    ------
    ValueError
        Answers are still taken: the round has to be closed first.
    """
    return to_phase(workshop, min(workshop.phase + 1, len(PHASES) - 1), now)


def back(workshop: Workshop, now: datetime) -> Workshop:
    """Go to the phase before; a round that is closed stays closed."""
    return to_phase(workshop, max(workshop.phase - 1, 0), now)


def to_phase(workshop: Workshop, place: int, now: datetime) -> Workshop:
    """Go to a phase; the same one stays as it is.

    As long as the round is open, going back to the check stops all clocks: what went before was a
    rehearsal.

    Raises
    ------
    ValueError
        It lies behind the answers, and the round has not been closed. On paper it stays open while
        the room reads its own results: sheets are typed in meanwhile.
    """
    open_until = "result" if workshop.way == "paper" else "answer"
    if place > place_of(open_until) and not workshop.closed:
        raise ValueError("the round is still open")
    if place == workshop.phase:
        return workshop
    gone = replace(workshop, phase=place, phase_began=now, turn_began=None)
    if place == 0 and not workshop.closed:  # it was a rehearsal
        return replace(gone, began=None, used={})
    used = {**workshop.used, workshop.now.id: workshop.phase_seconds(now)}
    return replace(gone, began=workshop.began or now, used=used)


def paused(workshop: Workshop, now: datetime) -> Workshop:
    """Take note that the program is left."""
    return replace(workshop, paused=now)


def resumed(workshop: Workshop, now: datetime, away: timedelta) -> Workshop:
    """Go on after a while in which the program did not run: it counts on no clock."""
    if workshop.paused is not None:
        away = now - workshop.paused
    away = max(away, timedelta())
    later = {
        name: began + away
        for name in ("began", "phase_began", "turn_began")
        if (began := getattr(workshop, name)) is not None
    }
    return replace(workshop, paused=None, **later)


def by(workshop: Workshop, way: Way) -> Workshop:
    """Answer on a page, or on paper."""
    return replace(workshop, way=way)


def speaking(workshop: Workshop, language: str) -> Workshop:
    """Say in which language the trainer's screen speaks."""
    return replace(workshop, language=language)


def writing_to(workshop: Workshop, folder: str) -> Workshop:
    """Say where report and hand-out are written."""
    return replace(workshop, output=folder)


def reached_at(workshop: Workshop, address: str) -> Workshop:
    """Take note of the address under which the page is served."""
    return replace(workshop, address=address)


def released(workshop: Workshop, items: int) -> Workshop:
    """Release the next item to all, where the room answers together."""
    return replace(workshop, pace=min(workshop.pace + 1, items + 1))


def closed(workshop: Workshop, now: datetime) -> Workshop:
    """Take note that the round is closed, and go on to the own results."""
    return to_phase(replace(workshop, closed=True), place_of("result"), now)


def turned(workshop: Workshop, part: int, parts: int) -> Workshop:
    """Show another part of the reveal; beyond the ends nothing changes."""
    return replace(workshop, part=max(0, min(part, parts - 1)))


def looking_at(workshop: Workshop, items: Sequence[str]) -> Workshop:
    """Choose the items that the room looks at together."""
    return replace(workshop, items=tuple(dict.fromkeys(items))[:MOST_ITEMS])


def with_hands(workshop: Workshop, item: str, counts: Sequence[int]) -> Workshop:
    """Note hands raised openly; no counts take them away."""
    hands = {**workshop.hands, item: tuple(counts)}
    return replace(workshop, hands={each: found for each, found in hands.items() if found})


def practising(workshop: Workshop, topic: str) -> Workshop:
    """Choose the dimension that is practised; another one has a clock of its own."""
    if topic == workshop.topic:
        return workshop
    return counting(replace(workshop, topic=topic), by_turns=False, now=None)


def with_cause(workshop: Workshop, cause: Cause, place: int | None = None) -> Workshop:
    """Write a cause down, or put it in the place of another."""
    return replace(workshop, causes=_with(workshop.causes, cause, place, MOST_CAUSES))


def without_cause(workshop: Workshop, place: int) -> Workshop:
    """Strike a cause."""
    return replace(workshop, causes=_without(workshop.causes, place))


def turn(workshop: Workshop, number: int, now: datetime | None) -> Workshop:
    """Begin a turn of the practice, from 0; without a moment its clock stands."""
    number = max(0, min(number, TURNS - 1))
    return replace(workshop, turn=number, turn_began=now, turn_gone=0)


def counting(workshop: Workshop, *, by_turns: bool, now: datetime | None) -> Workshop:
    """Count turns in an exercise, or the exercise as a whole, from its beginning."""
    return turn(replace(workshop, by_turns=by_turns), 0, now)


def stopped(workshop: Workshop, now: datetime) -> Workshop:
    """Stop the clock of a turn."""
    return replace(workshop, turn_began=None, turn_gone=workshop.turn_seconds(now))


def going_on(workshop: Workshop, now: datetime) -> Workshop:
    """Let the clock of a turn go on."""
    return workshop if workshop.turn_began else replace(workshop, turn_began=now)


def with_proposal(workshop: Workshop, text: str, place: int | None = None) -> Workshop:
    """Write a proposal down, or put it in the place of another, as long as nobody votes."""
    if workshop.voting != "before":
        return workshop
    proposals = _with(workshop.proposals, text, place, MOST_PROPOSALS)
    return replace(workshop, proposals=proposals)


def without_proposal(workshop: Workshop, place: int) -> Workshop:
    """Strike a proposal, as long as nobody votes."""
    if workshop.voting != "before":
        return workshop
    return replace(workshop, proposals=_without(workshop.proposals, place))


def voting(
    workshop: Workshop, state: Voting, tally: Sequence[int] = (), voters: int = 0
) -> Workshop:
    """Open or close the vote; closing it needs the votes by proposal, others forget them.

    Parameters
    ----------
    voters
        Who voted, as far as that is known.
    """
    closed = state == "closed"
    given, voted = (tuple(tally), voters) if closed else ((), 0)
    return replace(workshop, voting=state, tally=given, voters=voted)


def with_action(workshop: Workshop, action: Action, place: int | None = None) -> Workshop:
    """Write down what is agreed, or put it in the place of another."""
    return replace(workshop, actions=_with(workshop.actions, action, place, MOST_ACTIONS))


def without_action(workshop: Workshop, place: int) -> Workshop:
    """Strike what was agreed."""
    return replace(workshop, actions=_without(workshop.actions, place))


def meeting_again(workshop: Workshop, day: date | None) -> Workshop:
    """Say when the room meets again."""
    return replace(workshop, follow_up=day)


def ended(workshop: Workshop) -> Workshop:
    """End the workshop."""
    return replace(workshop, ended=True)


def _with(
    entries: tuple[Entry, ...], entry: Entry, place: int | None, most: int
) -> tuple[Entry, ...]:
    """Put an entry in the place of another, or at the end as long as there is room."""
    if place is not None:
        return (*entries[:place], entry, *entries[place + 1 :])
    return (*entries, entry) if len(entries) < most else entries


def _without(entries: tuple[Entry, ...], place: int) -> tuple[Entry, ...]:
    return entries[:place] + entries[place + 1 :]
