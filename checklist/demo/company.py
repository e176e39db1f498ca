"""The made-up company: its teams, how they work, and what became of it between two rounds.

All levels are answers in option steps, 1 to 5, keyed: 5 is the good end throughout.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

QUESTIONNAIRE = "anti-churn"
SPRING, AUTUMN = "demo-1", "demo-2"
"""The codes of the two rounds."""

Levels = Mapping[str, float]
"""By dimension or item."""


@dataclass(frozen=True)
class Habits:
    """How a team works, seen from inside and from outside.

    Attributes
    ----------
    key
        Its name stands under this in the words of each language.
    headcount
        How many people it has.
    linked, spring, autumn
        Who answered: in both rounds, with leave to link the two; unlinked in spring; in autumn.
    without_complaints
        How many of those who answered a round had no complaint to settle.
    observers
        How many of its neighbours answered about it in autumn.
    leaning
        By dimension: how much higher or lower the team answers than the company.
    lead
        By dimension: how much higher or lower its lead answers than the team; ``None`` where the
        lead gave no view.
    """

    key: str
    headcount: int
    linked: int
    spring: int
    autumn: int
    without_complaints: int
    observers: int
    leaning: Levels = field(default_factory=dict)
    lead: Levels | None = None


TEAMS = (
    Habits(
        key="office",
        headcount=14,
        linked=7,
        spring=4,
        autumn=5,
        without_complaints=1,
        observers=10,
        leaning={"complaints": -0.2, "equal-terms": 0.2},
        lead={"needs": -0.3, "complaints": 0.6, "ownership": 0.3},
    ),
    Habits(
        key="field",
        headcount=9,
        linked=4,
        spring=3,
        autumn=3,
        without_complaints=0,
        observers=6,
        leaning={"benefit": 0.3, "equal-terms": -0.4, "complaints": 0.2},
        lead={"needs": 0.2, "equal-terms": -0.5},
    ),
    Habits(
        key="repairs",
        headcount=6,
        linked=3,
        spring=2,
        autumn=2,
        without_complaints=2,
        observers=3,
        leaning={"benefit": -0.3, "ownership": 0.2},
    ),
)

LEVELS: Levels = {
    "needs": 3.8,
    "questions": 3.4,
    "benefit": 2.8,
    "complaints": 3.4,
    "ownership": 3.7,
    "equal-terms": 3.8,
}
"""What the company answers in autumn."""

IN_SPRING: Levels = {"ownership": -0.65}
"""How much higher or lower it had answered before it agreed on how requests are handed over."""

FROM_OUTSIDE: Levels = {"needs": -0.85, "complaints": 0.8}
"""How much higher or lower others see it: a blind spot, a hidden strength."""

EASIER: Levels = {
    "needs-ask-first": 0.2,
    "needs-own-words": -0.5,
    "needs-each-point": 0.3,
    "questions-still-open": -0.4,
    "questions-asked-twice": 0.4,
    "benefit-gain": 0.7,
    "benefit-example": -0.1,
    "benefit-drawback": -0.6,
    "complaints-annoyance": -0.3,
    "complaints-preferred-solution": -0.2,
    "complaints-next-step": 0.5,
    "ownership-promise": 0.4,
    "ownership-handover": 0.3,
    "ownership-follow-up": -0.7,
    "equal-terms-hype": 0.4,
    "equal-terms-straight-answer": -0.4,
}
"""How much more readily some items are answered high than the others of their dimension."""
