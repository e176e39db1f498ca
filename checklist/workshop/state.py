"""Where a workshop stands: one frozen value that says everything the room shares.

It knows nothing of single people; what they said lies in their seats. It is kept as JSON in the
workshop's ledger, so that a workshop that was killed stands where it stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from checklist.workshop.agenda import PHASES, Phase, Way

Side = Literal["ours", "company"]
Voting = Literal["before", "open", "closed"]

MOST_ITEMS = 3
"""Single items that a room looks at together."""
MOST_CAUSES = 20
MOST_PROPOSALS = 8
MOST_ACTIONS = 3
VOTES = 3
"""That each person has."""
TURNS = 3
"""Of the practice: each person has each role once."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that keeps the team from doing it more often, in the room's words.

    Attributes
    ----------
    side
        Whether the team itself can change it, or the company.
    need
        For the company: what is needed, and from whom.
    """

    side: Side
    text: str
    need: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """What a room agrees on: if ``when`` happens, we do ``then``.

    Attributes
    ----------
    owner
        Who looks after it; initials will do.
    until
        By when.
    sign
        How the team notices that it works.
    """

    when: str
    then: str
    owner: str
    until: date
    sign: str


@dataclass(frozen=True)
class Workshop:
    """Where a workshop stands.

    Attributes
    ----------
    round
        The code of its round.
    key
        The secret in the address that a phone scans: 96 bits.
    code
        The join code for those who type: three groups of syllables.
    phase
        Place in ``PHASES``.
    phase_began, began
        When this phase began, and the first one after the check; the clock counts from there.
    used
        Seconds that a phase has had before, by its id: whoever comes back to it has the rest.
    paused
        When the program was left; what has gone by since then does not count.
    pace
        With ``together``: how many items have been released.
    part
        Place of what is shown of the reveal.
    items
        Ids of the items that the room looks at, at most ``MOST_ITEMS``.
    hands
        Hands raised openly, by item: a count for each option. Never part of a report.
    topic
        Id of the dimension that is practised.
    by_turns
        Whether the clock counts turns although the exercise has times of its own.
    turn, turn_began, turn_gone
        The practice's turn, from 0; when its clock was started, ``None`` while it stands; and the
        seconds that had gone before.
    tally, voters
        Votes by proposal, and who gave them, once voting is closed; no voters where slips of paper
        were counted.
    follow_up
        When the room meets again.
    closed
        Whether the round has been closed: it takes no answers any more.
    ended
        Whether the workshop is over.
    address
        Under which the page was served last, so that phones find it again after a pause.
    output
        The folder for report and hand-out; empty for the one in which the program runs.
    language
        In which the trainer's screen speaks; empty where nobody has said.
    """

    round: str
    key: str
    code: str
    way: Way = "page"
    together: bool = False
    phase: int = 0
    phase_began: datetime | None = None
    began: datetime | None = None
    used: Mapping[str, int] = field(default_factory=dict)
    paused: datetime | None = None
    pace: int = 1
    part: int = 0
    items: tuple[str, ...] = ()
    hands: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    topic: str = ""
    by_turns: bool = False
    turn: int = 0
    turn_began: datetime | None = None
    turn_gone: int = 0
    causes: tuple[Cause, ...] = ()
    proposals: tuple[str, ...] = ()
    voting: Voting = "before"
    tally: tuple[int, ...] = ()
    voters: int = 0
    actions: tuple[Action, ...] = ()
    earlier: tuple[Action, ...] = ()
    follow_up: date | None = None
    closed: bool = False
    ended: bool = False
    address: str = ""
    output: str = ""
    language: str = ""

    @property
    def now(self) -> Phase:
        """The phase that the room is in."""
        return PHASES[self.phase]

    def reached(self, phase: str) -> bool:
        """Whether the room is in a phase, or past it."""
        return self.phase >= place_of(phase)

    def phase_seconds(self, now: datetime) -> int:
        """Give the seconds that this phase has had, all visits together."""
        running = 0.0 if self.phase_began is None else (now - self.phase_began).total_seconds()
        return self.used.get(self.now.id, 0) + max(int(running), 0)

    def turn_seconds(self, now: datetime) -> int:
        """Give the seconds that have gone of the practice's turn."""
        running = 0.0 if self.turn_began is None else (now - self.turn_began).total_seconds()
        return self.turn_gone + max(int(running), 0)

    @property
    def answering(self) -> bool:
        """Whether answers are taken now."""
        return self.now.id == "answer" and not (self.closed or self.ended)


def place_of(phase: str) -> int:
    """Give the place of a phase in ``PHASES``."""
    return next(place for place, each in enumerate(PHASES) if each.id == phase)
