"""One's own result, worked out on one's own machine, and what is kept of it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from checklist.interview import Mark
from checklist.journal import Commitment, Journal, Result
from checklist.render.blocks import Block, Paragraph
from checklist.sitting import NOT_KEPT
from checklist.workshop.joining.presence import Presence
from checklist.workshop.joining.sending import words_of
from checklist.workshop.seats import Plan
from checklist.workshop.showing.actions import if_then

if TYPE_CHECKING:
    from checklist.report.model import Report, Topic


class Own:
    """What belongs to one person alone.

    Parameters
    ----------
    presence
        In the room.
    journal
        Where the result goes, if the person wants that.
    clock
        Gives the time.
    """

    def __init__(self, presence: Presence, journal: Journal, clock: Callable[[], datetime]) -> None:
        self._presence = presence
        self._journal = journal
        self._clock = clock
        self._texts = presence.texts

    @property
    def is_ready(self) -> bool:
        """Whether there is a result: the room has come so far, and something was answered."""
        view = self._presence.view
        return view.has_reached("result") and any(
            not isinstance(answer, Mark) for answer in view.said.answers.values()
        )

    def ask(self) -> None:
        """Ask, once, whether the result is to be kept in this account."""
        if self._presence.seat.ticket.keeps is None:
            question = self._texts("joining.keep-question")
            options = [self._texts("joining.keep-yes"), self._texts("joining.keep-no")]
            chosen = self._presence.front.choose(question, options)
            self._presence.seat.note(keeps=chosen == 0)

    def show(self) -> None:
        """Show the result as long as the room is there, and have steps taken up."""
        if not self.is_ready:
            self._presence.watch([Paragraph(self._texts("joining.no-answers"))], ())
            return
        self.ask()
        open_topics = self._open_topics()
        offers = [self._texts("joining.take-step")] if open_topics else []
        if self._presence.watch(self.blocks, offers) is not None:
            self._take(open_topics)

    def look_again(self) -> None:
        """Show the result while the room does something else."""
        self.ask()
        self._presence.watch(self.blocks, [self._texts("joining.back")])

    @property
    def blocks(self) -> list[Block]:
        """The result, and the two words that go with it."""
        from checklist.render import document

        return [
            *document.result(self._report, self._texts, explain=False, history=False),
            *words_of(self._presence),
        ]

    def plan(self, plan: Plan) -> None:
        """Put a plan into the own one, in place of what was planned before in this workshop."""
        if not self._presence.seat.ticket.keeps or not self.is_ready:
            return
        title = self._texts("joining.plan-title")
        for before in self._commitments():
            if before.title == title and before.alive:
                self._journal.commitments.strike(before.id)
        self._journal.commitments.take(
            self._result.id, "", title, said(plan, self._presence), self._clock()
        )

    def _take(self, topics: list[Topic]) -> None:
        """Have one of the steps taken up."""
        steps = [topic.suggestions[0] for topic in topics]
        options = [f"{step.title} – {step.step}" for step in steps]
        chosen = self._presence.front.choose(
            self._texts("joining.step-question"), [*options, self._texts("joining.no-step")]
        )
        if chosen < len(steps):
            step = steps[chosen]
            self._journal.commitments.take(
                self._result.id, topics[chosen].items[0], step.title, step.step, self._clock()
            )

    def _open_topics(self) -> list[Topic]:
        """Give the topics whose step has not been taken up; none where nothing is kept."""
        if not self._presence.seat.ticket.keeps:
            return []
        taken = {commitment.title for commitment in self._commitments()}
        return [each for each in self._report.topics if each.suggestions[0].title not in taken]

    def _commitments(self) -> list[Commitment]:
        asked = self._result.questionnaire.id
        found = self._journal.commitments.all(asked)
        return [each for each in found if each.result_id == self._result.id]

    @cached_property
    def _report(self) -> Report:
        from checklist.report import own_report

        result, asked = self._result, self._result.questionnaire.id
        if result.id == NOT_KEPT:
            return own_report(result, [], [], self._texts)
        earlier = [each for each in self._journal.results.all(asked, "self") if each.id < result.id]
        return own_report(result, earlier, self._journal.commitments.all(asked), self._texts)

    @cached_property
    def _result(self) -> Result:
        """The result, kept once where it is kept."""
        presence, ticket = self._presence, self._presence.seat.ticket
        response, asked, now = presence.interview.final, presence.questionnaire, self._clock()
        if not ticket.keeps:
            return Result(NOT_KEPT, asked, "self", now, response)
        known = self._journal.results.all(asked.id, "self") if ticket.result else []
        for result in known:
            if result.id == ticket.result:
                return result
        result = self._journal.results.add(asked, "self", response, now)
        presence.seat.note(result=result.id)
        return result


def said(plan: Plan, presence: Presence) -> str:
    """Say what somebody means to do, in one sentence or two."""
    sentence = if_then(plan.when, plan.then, presence.texts)
    if not plan.partner:
        return sentence
    return f"{sentence} {presence.texts('joining.partner', partner=plan.partner.rstrip('.'))}"
