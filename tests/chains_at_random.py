"""Chains of closed rounds at random: who leaves, joins, moves, and who can be matched.

Made from the same pieces as ``rounds_at_random``.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from string import ascii_lowercase

import numpy as np

from checklist.i18n import Texts
from checklist.questionnaire import Dimension, Questionnaire
from checklist.report.changes import Before, Pairs
from checklist.report.group import round_report
from checklist.report.model import Report
from checklist.report.one_team import for_team
from checklist.rounds import Round, Team, Terms
from checklist.scoring import Codes
from tests.answers_of import views
from tests.rounds_at_random import (
    OPENED,
    Habit,
    headcount,
    random_questionnaire,
    sizes,
    with_toml,
)

MOST_TEAMS, MOST_PEOPLE = 4, 13


@dataclass(frozen=True)
class Drawn:
    """A round of a chain.

    Attributes
    ----------
    round_
        Closed.
    codes, observers, leads
        By team: the answers matrix of each perspective.
    panel
        By team: a panel code for each row of ``codes``, or nothing.
    """

    round_: Round
    codes: dict[str, Codes]
    observers: dict[str, Codes]
    leads: dict[str, Codes]
    panel: dict[str, list[str]]


def random_chain(rng: random.Random, *, k: int | None = None) -> list[Drawn]:
    """Make a chain of three rounds; now and then the last one follows the first one, too.

    One to four teams. From round to round people leave, join and move to other teams, teams come
    and go. All, none or some let themselves be matched, in some chains all but one of each team;
    some change their mind, now and then two of a round have the same code. Some rounds ask a
    newer version, in which dimensions changed or stand elsewhere. Where there are words for
    observers, some teams have some, and some a lead's view.

    Parameters
    ----------
    rng
        Where chance comes from: the same state gives the same chain.
    k
        Of all rounds; without it any, and mostly alike.
    """
    people = _People(rng)
    questionnaire = random_questionnaire(rng)
    complete = rng.random() < 0.6
    ks = [k or rng.choice((5, 5, 5, 5, 6, 8))] * 3
    if k is None and rng.random() < 0.3:
        ks = [rng.choice((5, 6, 8, 12)) for _ in range(3)]
    follows = [None, 0, rng.choice((1, 1, 1, 0))]
    chain: list[Drawn] = []
    for place in range(3):
        if place:
            people.go_on()
            if rng.random() < 0.3:
                questionnaire = _newer(rng, questionnaire)
        before = follows[place]
        drawn = _drawn(rng, people, questionnaire, complete)
        round_ = replace(
            drawn.round_,
            code=f"R-{'bcd'[place]}",
            min_group=ks[place],
            follows=None if before is None else chain[before].round_.code,
        )
        chain.append(replace(drawn, round_=round_))
    return chain


class _People:
    """Who is there, in which team, and by which code they can be matched."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.leave = rng.choice((0.0, 0.0, 0.1, 0.3))
        self.move = rng.choice((0.0, 0.0, 0.1))
        self.join = rng.choice((0, 0, 1, 4))
        self.takes_part = rng.choice((1.0, 1.0, 0.9))
        self.agrees = rng.choice(("all", "none", "some", "some", "some", "some", "but one"))
        self.teams = [f"Team {letter.upper()}" for letter in ascii_lowercase[: self._some()]]
        self.at: dict[int, str] = {}
        self.code: dict[int, str] = {}
        self.next = 0
        many = [rng.randint(8, MOST_PEOPLE) for _ in self.teams]
        any_size = sizes(rng, len(self.teams), MOST_PEOPLE)
        for team, size in zip(self.teams, rng.choice((many, any_size)), strict=True):
            self._enter(team, size)

    def _some(self) -> int:
        return self.rng.randint(1, MOST_TEAMS)

    def _enter(self, team: str, size: int) -> None:
        share = self.rng.choice((0.0, 0.4, 0.5, 0.5, 0.6, 1.0))
        for place in range(size):
            agrees = {
                "all": True,
                "none": False,
                "but one": place > 0,
                "some": self.rng.random() < share,
            }[self.agrees]
            self.at[self.next] = team
            self.code[self.next] = f"p{self.next}" if agrees else ""
            self.next += 1

    def go_on(self) -> None:
        """Let the time between two rounds pass."""
        if self.rng.random() < 0.1 and len(self.teams) > 1:
            gone = self.teams.pop(self.rng.randrange(len(self.teams)))
            self.at = {person: team for person, team in self.at.items() if team != gone}
        if self.rng.random() < 0.1:
            self.teams.append(f"Team {ascii_lowercase[self.next % 26].upper()}{self.next}")
        for person in list(self.at):
            if self.rng.random() < self.leave:
                del self.at[person]
            elif self.rng.random() < self.move:
                self.at[person] = self.rng.choice(self.teams)
            elif self.rng.random() < 0.03:
                self.code[person] = "" if self.code[person] else f"p{person}"
        for team in self.teams:
            self._enter(team, self.rng.randint(0, self.join))

    def there(self, team: str) -> list[int]:
        """Give who of a team answers this time, in any order."""
        found = [
            person
            for person, at in self.at.items()
            if at == team and self.rng.random() < self.takes_part
        ]
        self.rng.shuffle(found)
        return found


def _drawn(
    rng: random.Random, people: _People, questionnaire: Questionnaire, complete: bool
) -> Drawn:
    there = {team: people.there(team) for team in people.teams}
    panel = {team: [people.code[person] for person in found] for team, found in there.items()}
    doubled = [team for team, found in panel.items() if len(found) > 1]
    if doubled and rng.random() < 0.15:
        codes = panel[rng.choice(doubled)]
        codes[0] = codes[1]
    heads = rng.choice(("all", "none", "some"))
    round_ = Round(
        code="R-b",
        title="Runde am Anfang",
        questionnaire=questionnaire,
        teams=tuple(Team(team, headcount(rng, len(found), heads)) for team, found in there.items()),
        terms=Terms(keeper="Kim Keeper"),
        opened_on=OPENED,
        closed_on=OPENED + timedelta(days=rng.randint(0, 30)),
        series="bcdfghjkbcdf",
    )
    how = Habit(rng, questionnaire, complete=complete)
    codes_of = {team: how.answers(len(found)) for team, found in there.items()}
    if not questionnaire.has_outside_view:
        return Drawn(round_, codes_of, {}, {}, panel)
    seen = Habit(rng, questionnaire)
    return Drawn(
        round_,
        codes_of,
        {team: seen.answers(rng.choice((0, 0, 3, 6, 9, 12))) for team in there},
        {team: seen.answers(rng.choice((0, 1))) for team in there},
        panel,
    )


def _newer(rng: random.Random, old: Questionnaire) -> Questionnaire:
    """Give the next version: a dimension changed, or only stands elsewhere."""
    dimensions = list(old.dimensions)
    place = rng.randrange(len(dimensions))
    dimensions[place] = _changed(rng, dimensions[place])
    rng.shuffle(dimensions)
    return with_toml(replace(old, version=old.version + ".1", dimensions=tuple(dimensions)))


def _changed(rng: random.Random, dimension: Dimension) -> Dimension:
    items = list(dimension.items)
    match rng.choice(("order", "turned", "fewer")):
        case "order":
            rng.shuffle(items)
        case "turned":
            items[0] = replace(items[0], reverse=not items[0].reverse)
        case _:
            items = items[:1]
    return replace(dimension, items=tuple(items), suggestions=())


def before(old: Drawn, new: Drawn, report: Report) -> Before:
    """Give what a round's report needs of the round that it follows."""
    then, now = ({code: row for row, code in _known(drawn)} for drawn in (old, new))
    both = [code for code in now if code in then]
    teams = [place for place, codes in enumerate(new.codes.values()) for _ in codes]
    answers = [np.concatenate(list(drawn.codes.values())) for drawn in (old, new)]
    rows = [np.array([where[code] for code in both], dtype=np.int64) for where in (then, now)]
    items = old.round_.questionnaire.items
    pairs = Pairs(
        answers[0][rows[0]],
        answers[1][rows[1]],
        np.array([teams[row] for row in rows[1]], dtype=np.intp),
        {item.id: int((answers[0][:, place] > 0).sum()) for place, item in enumerate(items)},
    )
    return Before(old.round_, report.model_copy(update={"changes": []}), pairs if both else None)


def _known(drawn: Drawn) -> list[tuple[int, str]]:
    codes = [code for found in drawn.panel.values() for code in found]
    times = Counter(codes)
    return [(row, code) for row, code in enumerate(codes) if code and times[code] == 1]


def chain_reports(chain: Sequence[Drawn], language: str = "de") -> list[list[Report]]:
    """Make each round's reports, the whole one and each team's."""
    whole: dict[str, Report] = {}
    drawn = {each.round_.code: each for each in chain}
    for each in chain:
        code = each.round_.follows
        whole[each.round_.code] = round_report(
            each.round_,
            views({"self": each.codes, "observer": each.observers, "lead": each.leads}),
            [],
            Texts(language),
            None if code is None else before(drawn[code], each, whole[code]),
        )
    return [
        [report, *(for_team(report, team.name) for team in each.round_.teams)]
        for each, report in zip(chain, whole.values(), strict=True)
    ]
