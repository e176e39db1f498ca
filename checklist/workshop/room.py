"""The trainer's side of the room: phases, counts, closing; everything goes through the ledger."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from checklist.errors import ChecklistError
from checklist.report import Report
from checklist.rounds import Round, withdrawal
from checklist.workshop import moves
from checklist.workshop.change import Change
from checklist.workshop.desk import Desk
from checklist.workshop.seats import Late, tallied
from checklist.workshop.state import Workshop


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the room is: people, never values.

    Attributes
    ----------
    joined
        Seats taken.
    begun
        Of them, who has read the notice and begun.
    sent
        Of them, whose response is in the round.
    voted
        Of them, who has voted.
    at_pace
        Of them, who has said something to the item that was released last.
    """

    joined: int
    begun: int
    sent: int
    voted: int
    at_pace: int


class Room(Desk):
    """Everything a desk can, and what only the trainer may do."""

    def change(self, move: Callable[[Workshop], Workshop]) -> Workshop:
        """Make one of ``moves``; the room stands there, on disk and on all phones, afterwards.

        Raises
        ------
        ValueError
            What the move raises.
        ChecklistError
            The ledger could not be written.
        """

        def made(change: Change) -> Workshop:
            change.workshop = move(change.workshop)
            return change.workshop

        return self._told(self._ledger.submit(made))

    def close_round(self, day: date, go_on: Callable[[Workshop], Workshop]) -> Workshop:
        """Close the round for good, in the store and in the room; ids of responses are dropped.

        Where the store has closed it already, as after a power cut, the room follows.
        """

        def closed(change: Change) -> Round:
            rounds = self._opened_store().rounds
            try:
                rounds.close(self.round.code, day)
            except ChecklistError as error:
                if error.code != "round-closed":
                    raise
            for place, seat in change.seats.items():
                change.put(place, replace(seat, id=""))
            change.forgets = True
            change.workshop = go_on(change.workshop)
            return rounds.get(self.round.code)

        self.round = self._ledger.submit(closed).result()
        self._changed()
        return self.workshop

    def close_voting(self) -> Workshop:
        """Count the votes, and forget who gave which."""

        def counted(change: Change) -> Workshop:
            seats = change.seats
            tally = tallied(list(seats.values()), change.workshop)
            voters = sum(bool(seat.votes) for seat in seats.values())
            for place, seat in seats.items():
                change.put(place, replace(seat, votes=(), abstained=False))
            change.forgets = True
            change.workshop = moves.voting(change.workshop, "closed", tally, voters)
            return change.workshop

        return self._told(self._ledger.submit(counted))

    def reveal(self, reports: Mapping[str, Report]) -> None:
        """Lay the round's report ready, by language; the page gives it from the reveal on."""
        self._reports = reports
        self._changed()

    @property
    def counts(self) -> Counts:
        """How far the room is."""
        seats, workshop = list(self._ledger.seats.values()), self.workshop
        asked = self.round.questionnaire.asked
        item = asked[min(workshop.pace, len(asked)) - 1].id
        return Counts(
            joined=len(seats),
            begun=sum(seat.begun for seat in seats),
            sent=sum(seat.counts for seat in seats),
            voted=sum(bool(seat.votes) or seat.abstained for seat in seats),
            at_pace=sum(item in seat.response.answers for seat in seats),
        )

    def reconcile(self) -> None:
        """Make the store and the seats agree again, as after a kill between the two.

        What reached the store but was never confirmed is taken back: nobody's response counts whose
        phone was not told so. A response that was taken back there is so in its seat, too.
        """

        def agreed(change: Change) -> None:
            if not change.workshop.answering:
                return
            there = self._opened_store().responses.revs(self.round.code)
            for place, seat in change.seats.items():
                rev, counts = there.get(seat.id, (0, False))
                if rev <= seat.rev:
                    continue
                if counts and not seat.counts:
                    rev, counts = self._put(change, withdrawal(self.round, seat.id, rev)), False
                change.put(place, replace(seat, rev=rev, counts=counts))

        with suppress(Late):  # the round takes nothing any more
            self._ledger.submit(agreed).result()

    def elsewhere(self) -> int:
        """Count the responses in the round that came from none of the seats: on paper, say."""

        def counted(change: Change) -> int:
            here = sum(seat.counts for seat in change.seats.values())
            return max(0, self._opened_store().responses.count(self.round.code) - here)

        return self._ledger.submit(counted).result()

    def _told(self, future: "Future[Workshop]") -> Workshop:
        workshop = future.result()
        self._changed()
        return workshop

    def close(self) -> None:
        """Do what has been submitted, and let go of the files."""
        self._ledger.submit(lambda _: self._store.close() if self._store is not None else None)
        self._ledger.close()
