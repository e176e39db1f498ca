"""The course of one run, from the welcome to the plan; the same for every front."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.i18n import Texts
from checklist.journal import Commitment, Journal, Result, State
from checklist.questionnaire import Perspective, Questionnaire, Wording
from checklist.sitting import Clock, Sitting, alone
from checklist.terminal.front import Front

if TYPE_CHECKING:
    from checklist.report.model import Report

STATES = (State.AGAIN, State.DONE, State.OPEN, State.DROPPED)
"""What can be said of a commitment, in the order in which it is offered."""


@dataclass(frozen=True)
class Course:
    """One run of one questionnaire by one person.

    Parameters
    ----------
    front
        What shows the cards and takes the answers.
    journal, folder
        Where what is said is kept, and the folder it lies in.
    texts, clock
        The interface's language, and the time.
    """

    front: Front
    journal: Journal
    folder: Path
    texts: Texts
    clock: Clock

    def answer(self, questionnaire: Questionnaire, perspective: Perspective) -> Result:
        """Lead from the welcome, or from an unfinished draft, to a result.

        Raises
        ------
        Left, EOFError, KeyboardInterrupt
            The run ends early; what was said is on disk.
        ChecklistError
            ``already-running``, or what the journal raises.
        """
        wording = Wording.of(questionnaire, self.texts.language, perspective)
        with alone(self.folder, questionnaire.id, perspective), self.front.cards():
            sitting = self.begin(wording)
            self.front.converse(sitting, wording)
            self.look_back(self.journal.commitments.all(questionnaire.id))
            return sitting.finish()

    def take_up(self, result: Result, report: Report) -> int:
        """Have some of the suggested steps taken up; gives how many were."""
        if not report.topics or result.perspective == "observer":
            return 0
        picked = self.front.pick(self.texts("pick.question"), len(report.topics))
        for place in picked:
            topic = report.topics[place]
            step = topic.suggestions[0]
            self.journal.commitments.take(
                result.id, topic.items[0], step.title, step.step, self.clock()
            )
        return len(picked)

    def look_back(self, commitments: list[Commitment]) -> None:
        """Ask what became of the commitments that are still alive."""
        for commitment in commitments:
            if not commitment.alive:
                continue
            question = self.texts(
                "plan.ask",
                date=self.texts.day(commitment.taken_at.astimezone().date()),
                title=commitment.title,
                step=commitment.step,
            )
            options = [self.texts(f"plan.answer-{state}") for state in STATES]
            chosen = STATES[self.front.choose(question, options)]
            self.journal.commitments.settle(commitment.id, chosen, self.clock())

    def begin(self, wording: Wording, round_key: str = "") -> Sitting:
        """Offer to go on with a draft, if there is one, or welcome; the cards are open.

        Raises
        ------
        Left, EOFError, KeyboardInterrupt
            As ``answer``.
        """
        questionnaire, perspective = wording.questionnaire, wording.perspective
        draft = self.journal.drafts.find(questionnaire.id, perspective, round_key)
        if draft is not None:
            question = self.texts(
                "resume.question",
                date=self.texts.day(draft.started_at.astimezone().date()),
                done=self.texts.count("resume.answers", len(draft.response.answers)),
                total=len(questionnaire.items),
            )
            options = [self.texts("resume.go-on"), self.texts("resume.afresh")]
            if self.front.choose(question, options) == 0:
                sitting, lost = Sitting.resumed(self.journal, draft, questionnaire, self.clock)
                if not draft.is_of(questionnaire):
                    self.front.tell(self._about_new_version(len(lost)))
                return sitting
        self.front.welcome(wording)
        return Sitting.afresh(self.journal, questionnaire, perspective, self.clock, round_key)

    def _about_new_version(self, lost: int) -> str:
        if not lost:
            return self.texts("resume.new-version")
        return f"{self.texts('resume.new-version')} {self.texts.count('resume.lost', lost)}"
