"""The course of one person through a round: from the notice to sending, or not sending."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from unicodedata import normalize

from checklist.errors import ChecklistError
from checklist.interview import Interview, Mark
from checklist.journal import Result
from checklist.notice import told
from checklist.questionnaire import Perspective, Wording
from checklist.rounds import Round, Team
from checklist.sending import Parcel, check_team, deliver, deliver_for_somebody_else, own_teams
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


def led_team(round_: Round, code: str, team: Team | None = None) -> Team:
    """Find the team whose lead has a code; ``team`` is the one that the call names.

    Raises
    ------
    ChecklistError
        ``lead-code``, ``lead-code-team``.
    """
    found = round_.led_by(code)
    if found is None:
        raise ChecklistError("lead-code", code=round_.code)
    if team is not None and team != found:
        raise ChecklistError("lead-code-team", team=team.name)
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
    view
        From whose view; the questionnaire has words for it.
    lead_code
        A lead's, by which the team is known; asked for where it is empty.
    keeps
        Whether what is said stays in the journal: not where somebody else sits at the account.
    """

    course: Course
    store: Store
    round: Round
    view: Perspective = "self"
    lead_code: str = ""
    keeps: bool = True

    def answer(self, team: Team | None) -> tuple[Result | None, Outcome]:
        """Lead from the notice to sending.

        Parameters
        ----------
        team
            The one that is answered for; chosen from a list if it is ``None``, or known by the
            lead's code.

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
        if self.view == "lead":
            team = self._led(team)
        with alone(course.folder, asked.id, self.view, self.round.key), course.front.cards():
            self.keeps = not self._is_somebody_else(team)
            team = team or self._chosen()
            if self.keeps:
                check_team(course.journal, self.round, self.view, team.name)
            wording = self._wording(team)
            if not self.keeps:
                return self._for_somebody_else(team, wording)
            sitting = course.begin(wording, self.round.draft_key(self.view, team.name))
            course.front.converse(sitting, wording)
            comparable = self.view == "self" and self._is_comparable()
            parcel = self._parcel(sitting.interview, team, comparable=comparable)
            if parcel is None:
                return None, "not-now"
            outcome = deliver(self.store, course.journal, parcel, self._day())
            return sitting.finish(), outcome

    @property
    def has_draft(self) -> bool:
        """Whether something is said and kept for this view of the round."""
        drafts = self.course.journal.drafts.of(self.round)
        return self.keeps and any(draft.perspective == self.view for draft in drafts)

    def _led(self, team: Team | None) -> Team:
        if not self.lead_code:
            with self.course.front.cards():
                self.lead_code = self.course.front.ask(
                    self.course.texts("outside-view.code-question")
                )
        return led_team(self.round, self.lead_code, team)

    def _for_somebody_else(self, team: Team, wording: Wording) -> tuple[Result | None, Outcome]:
        course = self.course
        sitting = Rehearsal(Interview(self.round.questionnaire, self.view), course.clock)
        course.front.welcome(wording)
        course.front.converse(sitting, wording)
        parcel = self._parcel(sitting.interview, team, comparable=False)
        if parcel is None:
            return None, "not-now"
        outcome = deliver_for_somebody_else(self.store, parcel, self._day())
        return sitting.finish(), "late" if outcome == "late" else "for-someone"

    def _day(self) -> date:
        return self.course.clock().astimezone().date()

    def _wording(self, team: Team) -> Wording:
        texts, asked = self.course.texts, self.round.questionnaire
        if not self.keeps:
            stays = texts("welcome.nothing-stays")
        else:
            lead = self.view == "lead"
            stays = texts("outside-view.result-stays-lead" if lead else "welcome.result-stays")
        return Wording(
            asked,
            asked.language(texts.language),
            self.view,
            sends="texts" if self.round.comments and self.view == "self" else "answers",
            notice=(*told(self.round, team, texts, self.view), stays),
        )

    def _is_somebody_else(self, team: Team | None) -> bool:
        """Ask who sits there, where this account has sent or begun something for the round.

        A code is a lead's own: who has sent something with the same one is not asked.
        """
        journal, texts = self.course.journal, self.course.texts
        sent = [(each.perspective, each.round) for each in journal.participations.of(self.round)]
        begun = [(each.perspective, each.round) for each in journal.drafts.of(self.round)]
        if not (sent or begun):
            return False
        if self.view == "lead" and team is not None:
            if (self.view, self.round.team_key(team.name)) in sent + begun:
                return False
            replaces = False
        else:
            replaces = any(view == self.view for view, _ in sent + begun)
        same = "sending.same-person" if replaces else "outside-view.same-person"
        options = [texts(same), texts("sending.someone-else")]
        return self.course.front.choose(texts("sending.who-question"), options) == 1

    def _chosen(self) -> Team:
        """Have the team chosen; whoever looks at one from outside is not offered their own."""
        teams, outside = list(self.round.teams), self.view != "self"
        if outside and self.keeps:
            own = own_teams(self.course.journal, self.round)
            teams = [team for team in teams if team.name not in own] or teams
        if len(teams) == 1:
            return teams[0]
        question = self.course.texts(
            "outside-view.team-question" if outside else "sending.team-question"
        )
        return teams[self.course.front.choose(question, [team.name for team in teams])]

    def _is_comparable(self) -> bool:
        texts = self.course.texts
        options = [texts("sending.panel-no"), texts("sending.panel-yes")]
        first = self.round.follows is None
        asks = "sending.panel-question" if first else "sending.panel-question-follows"
        return self.course.front.choose(texts(asks), options) == 1

    def _parcel(self, interview: Interview, team: Team, *, comparable: bool) -> Parcel | None:
        """Say what would be sent, all of it, and ask; ``None`` where nothing shall be sent."""
        texts, front = self.course.texts, self.course.front
        response = interview.final
        given = sum(not isinstance(answer, Mark) for answer in response.answers.values())
        whole = Parcel(
            self.round,
            team.name,
            response,
            self.view,
            comparable=comparable,
            lead_code=self.lead_code,
        )
        named = "sending.team" if self.view == "self" else f"outside-view.team-{self.view}"
        things = [
            texts("sending.answers", answered=given, total=len(interview.questionnaire.items)),
            texts(named, team=team.name),
            texts("outside-view.number" if self.view == "lead" else "sending.random"),
        ]
        if comparable:
            named = "sending.code" if self.round.follows is None else "sending.code-follows"
            things.append(texts(named))
        if whole.texts:
            things.append(texts("sending.texts", n=whole.texts))
        asks = "outside-view.question-lead" if self.view == "lead" else "sending.question"
        question = texts(asks, things="; ".join(things))
        ways = ["send", "send-without", "not-now"] if whole.texts else ["send", "not-now"]
        chosen = ways[front.choose(question, [texts(f"sending.{way}") for way in ways])]
        return None if chosen == "not-now" else replace(whole, with_texts=chosen == "send")
