"""The course of one person through a workshop: the same for every front.

The room decides what comes next. So there is no fixed order here: each turn looks where the room
is, does what belongs there, and is left as soon as the room goes on.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from checklist.interview import Response
from checklist.journal import Journal
from checklist.render.blocks import Paragraph
from checklist.terminal.words import welcome
from checklist.workshop.joining import deciding, sending
from checklist.workshop.joining.line import Gone
from checklist.workshop.joining.own import Own
from checklist.workshop.joining.presence import Presence
from checklist.workshop.joining.sitting import JoinedSitting, WentOn
from checklist.workshop.joining.view import ANSWERING, View

VOTING = ("vote", "voted")


class JoinedCourse:
    """One person's way through one workshop.

    Parameters
    ----------
    presence
        In the room.
    journal
        Where the own result goes, if the person wants that.
    clock
        Gives the time.
    """

    def __init__(self, presence: Presence, journal: Journal, clock: Callable[[], datetime]) -> None:
        self._presence = presence
        self._front = presence.front
        self._texts = presence.texts
        self._own = Own(presence, journal, clock)
        self._passed: set[str] = set()

    def run(self) -> None:
        """Go along with the room until the workshop is over.

        Raises
        ------
        Left, EOFError, KeyboardInterrupt
            The person leaves; what was confirmed lies with the workshop.
        NoSeat
            The page does not know the seat any more.
        ChecklistError
            What the client or the journal raises.
        """
        presence = self._presence
        if presence.view.language != self._texts.language:
            presence.post("/language", {"lang": self._texts.language})
        while (view := presence.view).kind != "over":
            try:
                with self._front.heeding(presence.check_kind(_together(view.kind))):
                    self._turn(view)
            except deciding.VoteLost as lost:
                presence.say("joining.vote-earlier" if lost.earlier else "joining.vote-lost")
            except (WentOn, Gone):
                continue

    def _turn(self, view: View) -> None:
        """Do what belongs where the room is."""
        if view.answering and view.sent and not view.changed:
            self._sent()
        elif view.answering:
            self._answer()
        elif view.kind == "notice":
            self._begin(view)
        elif view.kind == "result":
            self._own.show()
        elif view.kind in VOTING:
            self._vote(view)
        elif view.kind == "plan":
            self._plan(view)
        else:
            self._look_on()

    def _begin(self, view: View) -> None:
        """Have the team chosen, and show the notice before anything is asked."""
        presence = self._presence
        if not view.team:
            question = self._texts("sending.team-question")
            team = view.teams[self._front.choose(question, view.teams)]
            presence.post("/team", {"team": team})
            return
        wording = presence.wording
        said = welcome(replace(wording, notice=(" ",)), self._texts)
        on_page = self._texts.prefixed("page.notice").values()
        told = [part for part in view.notice if part not in (*said, *on_page)]
        told.append(self._texts("joining.draft"))
        if not presence.line.client.address.secure:
            told.append(self._texts("joining.readable"))
        told.append(self._texts("joining.own-here"))
        self._front.welcome(replace(wording, notice=tuple(told)))
        presence.post("/begin", {})

    def _answer(self, *, review: bool = False) -> None:
        """Lead through the questions, and send what was answered."""
        presence = self._presence
        if "sending" in self._passed and not review:
            if presence.watch(sending.kept_blocks(presence), [self._texts("joining.go-on")]) == 0:
                self._passed.discard("sending")
            return
        interview = presence.interview
        keep = None if presence.view.takes_texts else self._keep_texts
        sitting = JoinedSitting(interview.review() if review else interview, presence, keep)
        self._front.converse(sitting, presence.wording)
        if sending.send(presence):
            self._own.ask()
        else:
            self._passed.add("sending")

    def _keep_texts(self, response: Response) -> None:
        texts = {**response.comments, **response.reflections}
        self._presence.seat.note(texts={key: text for key, text in texts.items() if text})

    def _sent(self) -> None:
        """Wait for the room; meanwhile answers can be changed or taken back."""
        self._own.ask()
        texts = self._texts
        offers = [texts("joining.change"), texts("joining.withdraw")]
        taken = self._presence.watch(sending.sent_blocks(self._presence), offers)
        if taken == 0:
            self._answer(review=True)
        elif taken == 1 and not self._presence.post("/withdraw", {}).late:
            self._passed.add("sending")

    def _vote(self, view: View) -> None:
        if view.kind == "vote" and "vote" not in self._passed:
            if not deciding.vote(self._presence):
                self._passed.add("vote")
            return
        again = self._texts("joining.vote-again" if view.votes else "joining.vote-after-all")
        said = Paragraph(self._texts("joining.voted" if view.votes else "joining.not-voted"))
        if self._presence.watch([said], [again]) == 0:
            self._passed.discard("vote")
            deciding.vote(self._presence)

    def _plan(self, view: View) -> None:
        """Have a plan made, once; afterwards show it, and what the room has agreed on."""
        planned = bool(view.plan.when or view.plan.then)
        if not planned and "plan" not in self._passed:
            plan = deciding.ask_plan(self._presence)
            if plan is None:
                self._passed.add("plan")
            else:
                self._own.plan(plan)
            return
        key = "joining.plan-again" if planned else "joining.plan-now"
        offers, takes = self._own_offer([self._texts(key)], [self._plan_again])
        taken = self._presence.watch(lambda: deciding.close_blocks(self._presence), offers)
        if taken is not None:
            takes[taken]()

    def _plan_again(self) -> None:
        plan = deciding.ask_plan(self._presence)
        if plan is not None:
            self._own.plan(plan)

    def _look_on(self) -> None:
        """Show what the room sees."""
        offers, takes = self._own_offer([], [])
        taken = self._presence.look_on(offers)
        if taken is not None:
            takes[taken]()

    def _own_offer(
        self, offers: list[str], takes: list[Callable[[], None]]
    ) -> tuple[list[str], list[Callable[[], None]]]:
        """Offer a look at the own result, too, where there is one."""
        if not self._own.is_ready:
            return offers, takes
        return [*offers, self._texts("joining.own-result")], [*takes, self._own.look_again]


def _together(kind: str) -> Sequence[str]:
    """Give the kinds in which the same goes on."""
    return next((kinds for kinds in (ANSWERING, VOTING) if kind in kinds), (kind,))
