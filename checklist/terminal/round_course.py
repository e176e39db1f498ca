"""The course of one person through a round: from the notice to sending, or not sending."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from unicodedata import normalize

from checklist.errors import ChecklistError
from checklist.interview import Interview, Mark
from checklist.journal import Result
from checklist.notice import told
from checklist.questionnaire import Wording
from checklist.rounds import Round, Team
from checklist.sending import Parcel, deliver, deliver_for_somebody_else
from checklist.sitting import Rehearsal, alone
from checklist.store import Store
from checklist.terminal.course import Course

Outcome = Literal["new", "replaced", "late", "for-someone", "not-now"]
"""What became of a response; after ``not-now`` its draft stays."""


def team_of(round_: Round, name: str) -> Team:
    """Find a team by its name, however it is capitalised.

    Raises
    ------
    ChecklistError
        ``unknown-team``.
    """
    wanted = normalize("NFC", name.strip()).casefold()
    found = {team.name.casefold(): team for team in round_.teams}.get(wanted)
    if found is None:
        known = ", ".join(team.name for team in round_.teams)
        raise ChecklistError("unknown-team", code=round_.code, team=name, known=known)
    return found


@dataclass
class RoundCourse:
    """One person answering for a round.

    Parameters
    ----------
    course
        How a run goes in general.
    store
        Where the round lies.
    round
        The round; it collects.
    keeps
        Whether what is said stays in the journal: not where somebody else sits at the account.
    """

    course: Course
    store: Store
    round: Round
    keeps: bool = True

    def answer(self, team: Team | None) -> tuple[Result | None, Outcome]:
        """Lead from the notice to sending.

        Parameters
        ----------
        team
            The respondent's; chosen from a list if it is ``None``.

        Returns
        -------
        tuple of Result or None, and Outcome
            There is no result after ``not-now``.

        Raises
        ------
        Left, EOFError, KeyboardInterrupt
            The run ends early; what was said is on disk where this course keeps it.
        """
        course, asked = self.course, self.round.questionnaire
        with alone(course.folder, asked.id, "self", self.round.key), course.front.cards():
            self.keeps = not self._is_somebody_else()
            team = team or self._team()
            wording = self._wording(team)
            if not self.keeps:
                return self._for_somebody_else(team, wording)
            sitting = course.begin(wording, self.round.key)
            course.front.converse(sitting, wording)
            parcel = self._parcel(sitting.interview, team, comparable=self._is_comparable())
            if parcel is None:
                return None, "not-now"
            outcome = deliver(self.store, course.journal, parcel, self._day())
            return sitting.finish(), outcome

    def _for_somebody_else(self, team: Team, wording: Wording) -> tuple[Result | None, Outcome]:
        course = self.course
        sitting = Rehearsal(Interview(self.round.questionnaire), course.clock)
        course.front.welcome(wording)
        course.front.converse(sitting, wording)
        parcel = self._parcel(sitting.interview, team, comparable=False)
        if parcel is None:
            return None, "not-now"
        outcome = deliver_for_somebody_else(self.store, parcel, self._day())
        return sitting.finish(), "for-someone" if outcome == "new" else outcome

    def _day(self) -> date:
        return self.course.clock().astimezone().date()

    def _wording(self, team: Team) -> Wording:
        texts, asked = self.course.texts, self.round.questionnaire
        stays = texts("welcome.result-stays" if self.keeps else "welcome.nothing-stays")
        return Wording(
            asked,
            asked.language(texts.language),
            sends="texts" if self.round.comments else "answers",
            notice=(*told(self.round, team, texts), stays),
        )

    def _is_somebody_else(self) -> bool:
        """Ask who sits there, where this account has sent or begun something for the round."""
        course, key = self.course, self.round.key
        before = course.journal.participations.find(key)
        draft = course.journal.drafts.find(self.round.questionnaire.id, "self", key)
        if draft is None and (before is None or not before.counts):
            return False
        options = [course.texts("sending.same-person"), course.texts("sending.someone-else")]
        return course.front.choose(course.texts("sending.who-question"), options) == 1

    def _team(self) -> Team:
        teams = self.round.teams
        if len(teams) == 1:
            return teams[0]
        question = self.course.texts("sending.team-question")
        return teams[self.course.front.choose(question, [team.name for team in teams])]

    def _is_comparable(self) -> bool:
        texts = self.course.texts
        options = [texts("sending.panel-no"), texts("sending.panel-yes")]
        return self.course.front.choose(texts("sending.panel-question"), options) == 1

    def _parcel(self, interview: Interview, team: Team, *, comparable: bool) -> Parcel | None:
        """Say what would be sent, all of it, and ask; ``None`` where nothing shall be sent."""
        texts, front = self.course.texts, self.course.front
        response = interview.final
        given = sum(not isinstance(answer, Mark) for answer in response.answers.values())
        whole = Parcel(self.round, team.name, response, comparable=comparable)
        things = [
            texts("sending.answers", answered=given, total=len(interview.questionnaire.items)),
            texts("sending.team", team=team.name),
            texts("sending.random"),
        ]
        if comparable:
            things.append(texts("sending.code"))
        if whole.texts:
            things.append(texts("sending.texts", n=whole.texts))
        question = texts("sending.question", things="; ".join(things))
        ways = ["send", "send-without", "not-now"] if whole.texts else ["send", "not-now"]
        chosen = ways[front.choose(question, [texts(f"sending.{way}") for way in ways])]
        return None if chosen == "not-now" else replace(whole, with_texts=chosen == "send")
