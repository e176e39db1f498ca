"""The agenda of a workshop: eleven phases, and what the trainer says and does in each.

The words stand in ``locale/*.toml`` under ``workshop.phase``. Where it matters how answers come in,
a phase has words of its own for that way (``does-paper``), which go before the common ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from checklist.i18n import Texts
from checklist.privacy import Thresholds

Way = Literal["page", "paper"]
"""How the room answers: on a page that phones and terminals reach, or on sheets."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase and its minutes; none for what happens before the workshop begins."""

    id: str
    minutes: int


PHASES = (
    Phase("check", 0),
    Phase("arrive", 5),
    Phase("warm-up", 7),
    Phase("answer", 8),
    Phase("result", 4),
    Phase("reveal", 18),
    Phase("causes", 8),
    Phase("practice", 18),
    Phase("decide", 7),
    Phase("agree", 9),
    Phase("close", 6),
)
"""In their order."""

LIKE_PAGE = {
    ("reveal", "does"), ("causes", "table"), ("practice", "does"), ("agree", "does"),
    ("agree", "table"),
}  # fmt: skip
"""What is done on the trainer's screen alike, whether the room answers on a page or on paper."""

MINUTES = sum(phase.minutes for phase in PHASES)

ROLES = ("customer", "speaker", "observer")
"""Of the practice: those of the first, second and third person of a group in the first turn."""


def roles(turn: int) -> tuple[str, ...]:
    """Give the roles of the first, second and third person in a turn, counted from 0.

    Examples
    --------
    >>> roles(1)
    ('speaker', 'observer', 'customer')
    """
    return ROLES[turn:] + ROLES[:turn]


@dataclass(frozen=True, slots=True)
class Step:
    """A phase as the trainer reads it.

    Attributes
    ----------
    begins, ends
        Minutes since the workshop began.
    says
        To be spoken as it stands.
    does
        What the trainer does beside it.
    table
        What lies on the table meanwhile.
    """

    phase: Phase
    begins: int
    ends: int
    title: str
    says: str
    does: str
    table: str


def agenda(
    texts: Texts,
    thresholds: Thresholds,
    code: str,
    way: Way = "paper",
    *,
    with_screen: bool = False,
) -> tuple[Step, ...]:
    """Word the agenda.

    Parameters
    ----------
    thresholds
        From how many responses on something is shown.
    code
        The round's code as the trainer types it, or what stands for one.
    way
        How the room answers.
    with_screen
        Whether the program leads, rather than this plan on paper: it closes the round, counts the
        time and takes what is decided.
    """
    return tuple(_steps(texts, thresholds, code, way, with_screen=with_screen))


def _steps(
    texts: Texts, thresholds: Thresholds, code: str, way: Way, *, with_screen: bool
) -> Iterator[Step]:
    values = {"code": code, "scores": thresholds.scores, "items": thresholds.items}
    ends = accumulate(phase.minutes for phase in PHASES)
    for phase, end in zip(PHASES, ends, strict=True):
        title, says, does, table = (
            texts(_key(texts, phase, part, way, with_screen=with_screen), **values)
            for part in ("title", "says", "does", "table")
        )
        yield Step(phase, end - phase.minutes, end, title, says, does, table)


def _key(texts: Texts, phase: Phase, part: str, way: Way, *, with_screen: bool) -> str:
    kinds: list[str] = [way]
    if with_screen and way == "paper":
        kinds.insert(0, "page" if (phase.id, part) in LIKE_PAGE else "screen")
    own = (f"workshop.phase.{phase.id}.{part}-{kind}" for kind in kinds)
    return next((key for key in own if key in texts), f"workshop.phase.{phase.id}.{part}")
