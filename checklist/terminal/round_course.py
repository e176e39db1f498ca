"""The course of one person through a round: from the notice to sending, or not sending."""

from dataclasses import dataclass
from typing import Literal

from checklist.errors import ChecklistError
from checklist.interview import Mark
from checklist.journal import Result
from checklist.notice import told
from checklist.questionnaire import Wording
from checklist.rounds import Round, Team
from checklist.sending import Parcel
from checklist.sitting import Sitting, alone
from checklist.store import Store
from checklist.terminal.course import Course

Sent = Literal["new", "replaced", "for-someone", "not"]


def team_of(round_: Round, name: str) -> Team:
    """Find a team by its name, however it is capitalised.

    Raises
    ------
    ChecklistError
        ``unknown-team``.
    """
    found = {team.name.casefold(): team for team in round_.teams}.get(name.strip().casefold())
    if found is None:
        known = ", ".join(team.name for team in round_.teams)
        raise ChecklistError("unknown-team", code=round_.code, team=name, known=known)
    return found


@dataclass(frozen=True)
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
    """

    course: Course
    store: Store
    round: Round

    def answer(self, team: Team | None) -> tuple[Result | None, Sent]:
        """Lead from the notice to sending.

        Parameters
        ----------
        team
            The respondent's; chosen from a list if it is ``None``.

        Returns
        -------
        tuple of Result or None, and what became of it
            There is no result where nothing was sent: the draft stays.

        Raises
        ------
        Left, EOFError, KeyboardInterrupt
            As ``Course.answer``.
        """
        course, asked = self.course, self.round.questionnaire
        with alone(course.folder, asked.id, "self", self.round.code), course.front.cards():
            afresh = self._is_someone_else()
            team = team or self._team()
            wording = self._wording(team)
            sitting = course.begin(wording, self.round.code)
            course.front.converse(sitting, wording)
            parcel = self._parcel(sitting, team, afresh=afresh)
            if parcel is None:
                return None, "not"
            sent = self.store.responses.put(parcel.packed(course.journal, afresh=afresh))
            if afresh:
                return sitting.finish_without_keeping(), "for-someone"
            return sitting.finish(), "replaced" if sent == "replaced" else "new"

    def _wording(self, team: Team) -> Wording:
        texts, asked = self.course.texts, self.round.questionnaire
        return Wording(
            asked,
            asked.language(texts.language),
            sends="texts" if self.round.comments else "answers",
            notice=(*told(self.round, team, texts), texts("welcome.result-stays")),
        )

    def _is_someone_else(self) -> bool:
        course = self.course
        before = course.journal.participations.find(self.round.code)
        if before is None or not before.counts:
            return False
        options = [course.texts("sending.replace"), course.texts("sending.someone-else")]
        return course.front.choose(course.texts("sending.replace-question"), options) == 1

    def _team(self) -> Team:
        teams = self.round.teams
        if len(teams) == 1:
            return teams[0]
        question = self.course.texts("sending.team-question")
        return teams[self.course.front.choose(question, [team.name for team in teams])]

    def _parcel(self, sitting: Sitting, team: Team, *, afresh: bool) -> Parcel | None:
        """Ask whether and what to send; ``None`` where nothing shall be sent."""
        texts, front = self.course.texts, self.course.front
        response = sitting.interview.final
        given = sum(not isinstance(answer, Mark) for answer in response.answers.values())
        total = len(self.round.questionnaire.items)
        answers = texts("sending.answers", answered=given, total=total)
        whole = Parcel(self.round, team.name, response)
        form = "question-texts" if whole.texts else "question"
        question = texts(f"sending.{form}", answers=answers, team=team.name, n=whole.texts)
        ways = ["send", "send-without", "not-now"] if whole.texts else ["send", "not-now"]
        chosen = ways[front.choose(question, [texts(f"sending.{way}") for way in ways])]
        if chosen == "not-now":
            return None
        comparable = not afresh and self._is_comparable()
        return Parcel(self.round, team.name, response, chosen == "send", comparable)

    def _is_comparable(self) -> bool:
        texts = self.course.texts
        options = [texts("sending.panel-no"), texts("sending.panel-yes")]
        return self.course.front.choose(texts("sending.panel-question"), options) == 1
