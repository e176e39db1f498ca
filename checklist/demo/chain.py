"""The made-up chain of two rounds, put together the way a real one is; nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from checklist.bank import Bank
from checklist.demo.company import AUTUMN, QUESTIONNAIRE, SPRING, TEAMS
from checklist.demo.people import Answers, Row, everybodys_answers
from checklist.demo.words import Words, words
from checklist.i18n import Texts
from checklist.questionnaire import Perspective, Questionnaire
from checklist.report import Report, round_report
from checklist.report.changes import Before, Pairs
from checklist.rounds import Comment, Round, Team
from checklist.scoring import Codes

DELETE_AFTER = 270
"""Days; people can be matched in autumn only while spring's single answers are there."""


@dataclass(frozen=True)
class Chain:
    """Two rounds of the same made-up company.

    Attributes
    ----------
    spring, autumn
        The rounds, both closed; autumn follows spring.
    answers
        By the name of the team.
    comments
        Of autumn.
    """

    spring: Round
    autumn: Round
    answers: Mapping[str, Answers]
    comments: tuple[Comment, ...]

    def spring_codes(self, team: Team, perspective: Perspective) -> Codes:
        """Give a team's answers in spring, when nobody else was asked about it."""
        return self._codes(self.answers[team.name].spring if perspective == "self" else ())

    def autumn_codes(self, team: Team, perspective: Perspective) -> Codes:
        """Give a team's answers in autumn, or those about it."""
        answers = self.answers[team.name]
        given = {"self": answers.autumn, "observer": answers.observers, "lead": answers.lead}
        return self._codes(given[perspective])

    def report(self, texts: Texts) -> Report:
        """Build the report on autumn, with what changed since spring."""
        before = Before(
            self.spring, round_report(self.spring, self.spring_codes, (), texts), self._pairs()
        )
        return round_report(self.autumn, self.autumn_codes, self.comments, texts, before)

    def full_name(self, team: str) -> str:
        """Give the name of a team that was named without saying that it is made up."""
        for name in self.answers:
            if name.casefold().startswith(f"{team.strip().casefold()} ("):
                return name
        return team

    def _pairs(self) -> Pairs:
        """Link those who agreed: the first rows of a team are the same people's in both rounds."""
        linked = [(part, part.team.linked) for part in self.answers.values()]
        everybody = self._codes([row for part in self.answers.values() for row in part.spring])
        items = self.spring.questionnaire.items
        return Pairs(
            old=self._codes([row for part, number in linked for row in part.spring[:number]]),
            new=self._codes([row for part, number in linked for row in part.autumn[:number]]),
            new_teams=np.repeat(np.arange(len(linked)), [number for _, number in linked]),
            old_valid={
                item.id: int(np.count_nonzero(everybody[:, column] > 0))
                for column, item in enumerate(items)
            },
        )

    def _codes(self, rows: Sequence[Row]) -> Codes:
        width = len(self.autumn.questionnaire.items)
        return np.array(rows, dtype=np.int8).reshape(len(rows), width)


def chain(language: str) -> Chain:
    """Make the example up, in the words of one language; it is the same each time."""
    questionnaire, said = Bank().load(QUESTIONNAIRE), words(language)
    spring = _round(questionnaire, said, "spring", SPRING, (date(2026, 3, 2), date(2026, 3, 20)))
    autumn = _round(questionnaire, said, "autumn", AUTUMN, (date(2026, 9, 7), date(2026, 9, 25)))
    return Chain(
        spring=spring,
        autumn=replace(autumn, follows=SPRING, comments=True),
        answers={said.teams[part.team.key]: part for part in everybodys_answers(questionnaire)},
        comments=said.comments,
    )


def _round(
    questionnaire: Questionnaire, said: Words, season: str, code: str, days: tuple[date, date]
) -> Round:
    return Round(
        code=code,
        title=said.titles[season],
        questionnaire=questionnaire,
        teams=tuple(Team(said.teams[team.key], team.headcount) for team in TEAMS),
        terms=said.terms,
        opened_on=days[0],
        closed_on=days[1],
        series="demo",
        delete_after=DELETE_AFTER,
    )
