"""Where a workshop stands: one frozen value that says everything the room shares.

It knows nothing of single people; what they said lies in their seats. It is kept as JSON in the
workshop's ledger, so that a workshop that was killed stands where it stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from checklist.workshop.agenda import PHASES, Phase

Way = Literal["page", "paper"]
"""How the room answers: on a page that phones and terminals reach, or on sheets."""

Side = Literal["ours", "company"]
Voting = Literal["before", "open", "closed"]

MOST_ITEMS = 3
"""Single items that a room looks at together."""
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
    turn, turn_began
        The practice's turn, from 0, and when it began; ``None`` while the clock stands.
    tally
        Votes by proposal, once voting is closed.
    follow_up
        When the room meets again.
    closed
        Whether the round has been closed: it takes no answers any more.
    ended
        Whether the workshop is over.
    """

    round: str
    key: str
    code: str
    way: Way = "page"
    together: bool = False
    phase: int = 0
    phase_began: datetime | None = None
    began: datetime | None = None
    pace: int = 1
    part: int = 0
    items: tuple[str, ...] = ()
    hands: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    topic: str = ""
    turn: int = 0
    turn_began: datetime | None = None
    causes: tuple[Cause, ...] = ()
    proposals: tuple[str, ...] = ()
    voting: Voting = "before"
    tally: tuple[int, ...] = ()
    actions: tuple[Action, ...] = ()
    earlier: tuple[Action, ...] = ()
    follow_up: date | None = None
    closed: bool = False
    ended: bool = False

    @property
    def now(self) -> Phase:
        """The phase that the room is in."""
        return PHASES[self.phase]

    def reached(self, phase: str) -> bool:
        """Whether the room is in a phase, or past it."""
        return self.phase >= place_of(phase)

    @property
    def answering(self) -> bool:
        """Whether answers are taken now."""
        return self.now.id == "answer" and not self.closed


def place_of(phase: str) -> int:
    """Give the place of a phase in ``PHASES``."""
    return next(place for place, each in enumerate(PHASES) if each.id == phase)
