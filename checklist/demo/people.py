"""The made-up people: drawn from the company's habits, each somewhat different, never by hand.

Only ``Random.random`` is drawn from, whose sequence Python promises to keep for a seed; so the
example is the same on every machine and in every version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from checklist.demo.company import (
    EASIER,
    FROM_OUTSIDE,
    IN_SPRING,
    LEVELS,
    TEAMS,
    Habits,
    Levels,
)
from checklist.questionnaire import Item, Questionnaire
from checklist.scoring import DID_NOT_OCCUR, LEFT_OPEN

SEED = 1949
PERSON, TOPIC, HABIT, DAY = 0.3, 0.35, 0.35, 0.4
"""Standard deviations in option steps: between people; a person's of dimensions, of items, of the
same item on two days."""
LEFT, CANNOT_JUDGE = 0.006, 0.03
"""How often an item is left open, by oneself and by an observer."""

Row = tuple[int, ...]
"""One person's raw answers, a code an item, as in an answers matrix."""


@dataclass(frozen=True)
class Answers:
    """What a team's people answered.

    The first ``linked`` rows of spring and autumn are the same people's, in the same order.
    """

    team: Habits
    spring: tuple[Row, ...]
    autumn: tuple[Row, ...]
    observers: tuple[Row, ...]
    lead: tuple[Row, ...]


def everybodys_answers(questionnaire: Questionnaire) -> Iterator[Answers]:
    """Draw what everybody answered, team by team."""
    for team in TEAMS:
        # A generator for each team: a change in one leaves the others as they are.
        yield _Crowd(questionnaire, team, Random(f"{SEED} {team.key}")).answers()


class _Crowd:
    """One team and its neighbours, drawn one after the other."""

    def __init__(self, questionnaire: Questionnaire, team: Habits, chance: Random) -> None:
        self.questionnaire = questionnaire
        self.team = team
        self.chance = chance

    def answers(self) -> Answers:
        team = self.team
        people = [self._person() for _ in range(team.linked + team.spring + team.autumn)]
        linked, others = people[: team.linked], people[team.linked :]
        return Answers(
            team=team,
            spring=self._round([*linked, *others[: team.spring]], IN_SPRING),
            autumn=self._round([*linked, *others[team.spring :]], {}),
            observers=tuple(
                self._row(self._person(), FROM_OUTSIDE, CANNOT_JUDGE) for _ in range(team.observers)
            ),
            lead=() if team.lead is None else (self._row(self._person(0.0), team.lead, 0.0),),
        )

    def _round(self, people: list[Levels], shift: Levels) -> tuple[Row, ...]:
        spared = len(people) - self.team.without_complaints
        return tuple(
            self._row(person, shift, LEFT, spared=place >= spared)
            for place, person in enumerate(people)
        )

    def _person(self, differing: float = 1.0) -> Levels:
        """Draw someone: by item, what they would answer on an average day."""
        person = self._normal(PERSON * differing)
        habits = {}
        for dimension in self.questionnaire.dimensions:
            usual = LEVELS[dimension.id] + self.team.leaning.get(dimension.id, 0.0)
            topic = self._normal(TOPIC * differing)
            for item in dimension.items:
                habit = self._normal(HABIT * differing)
                habits[item.id] = usual + EASIER.get(item.id, 0.0) + person + topic + habit
        return habits

    def _row(self, person: Levels, shift: Levels, left: float, *, spared: bool = False) -> Row:
        answers = []
        for item in self.questionnaire.items:
            dimension = self.questionnaire.dimension_of(item.id).id
            level = person[item.id] + shift.get(dimension, 0.0) + self._normal(DAY)
            open_ = self.chance.random() < left
            if spared and dimension == "complaints":
                answers.append(DID_NOT_OCCUR)
            else:
                answers.append(LEFT_OPEN if open_ else _raw(item, level))
        return tuple(answers)

    def _normal(self, sd: float) -> float:
        """Draw from nearly a normal distribution: three uniform ones."""
        one, two, three = (self.chance.random() for _ in range(3))
        return sd * 2 * (one + two + three - 1.5)  # not ``sum``: how it rounds changed in 3.12


def _raw(item: Item, level: float) -> int:
    keyed = min(max(round(level), 1), item.scale.size)
    return item.scale.size + 1 - keyed if item.reverse else keyed
