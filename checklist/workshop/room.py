"""The room: where the trainer's screen and the participants' page meet.

    trainer's screen → Room ← Desk ← page
                         ↓
                  ledger, round's store

``Room`` is the trainer's side. ``Desk`` is all that the page is given: it lets one person at a time
do what they may do in their own seat, and read what the room sees. Nothing in it closes a round,
turns a phase, or gives another's answers.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TypeVar

from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES
from checklist.journal import Participation
from checklist.panel_words import derived, panel
from checklist.report import Report
from checklist.rounds import Round, RoundResponse
from checklist.sending import Parcel
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop.change import Change
from checklist.workshop.ledger import Ledger, digest
from checklist.workshop.seats import Compared, Late, Seat, tallied
from checklist.workshop.state import Workshop

MOST_SEATS = 1000
TOKEN_BYTES = 24

Given = TypeVar("Given")


class Full(Exception):  # noqa: N818 - no more than a state
    """There are no seats left."""


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


class Desk:
    """What one participant can do and read; everything the page is given.

    Parameters
    ----------
    ledger
        Of the workshop.
    round_
        As it was opened.
    open_store
        Opens the round's store; called in the ledger's thread.
    today
        Gives the day.

    Attributes
    ----------
    round
        As it stands.
    version
        Another one after each change of the room. It begins anywhere, so that a phone notices what
        has changed while the server was away.
    """

    def __init__(
        self,
        ledger: Ledger,
        round_: Round,
        open_store: Callable[[], Store],
        today: Callable[[], date],
    ) -> None:
        self._ledger = ledger
        self._open_store = open_store
        self._store: Store | None = None
        self._today = today
        self.round = round_
        self._watching: set[Callable[[], None]] = set()
        self._lock = Lock()
        self._reports: Mapping[str, Report] = {}
        self.version = secrets.randbelow(2**31)

    @property
    def workshop(self) -> Workshop:
        """Where the room stands."""
        return self._ledger.workshop

    def report(self, language: str) -> Report | None:
        """Give the round's report, from the reveal on; before it there is none."""
        return self._reports.get(language) if self.workshop.reached("reveal") else None

    def seat(self, token: str) -> Seat | None:
        """Give the seat that belongs to a phone's secret."""
        return self._ledger.seats.get(digest(token))

    async def join(self, language: str) -> str:
        """Take a free seat.

        Returns
        -------
        str
            The secret that the phone keeps; the ledger holds only a digest of it.

        Raises
        ------
        Full
            There is none.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        teams = self.round.teams
        seat = Seat(secrets.token_hex(16), language, team=teams[0].name if len(teams) == 1 else "")

        def taken(change: Change) -> None:
            if len(change.seats) >= MOST_SEATS:
                raise Full
            change.put(digest(token), seat)

        await asyncio.wrap_future(self._ledger.submit(taken))
        return token

    async def act(self, token: str, move: Callable[[Seat, Workshop], Seat]) -> Seat:
        """Make a move in a seat; what it says is on disk when this returns.

        Raises
        ------
        Late, ValueError
            What the move raises; ``Late`` also where there is no such seat.
        ChecklistError
            The ledger could not be written.
        """

        def made(change: Change) -> Seat:
            seat = change.seat(digest(token))
            if seat is None:
                raise Late
            return change.put(digest(token), move(seat, change.workshop))

        return await asyncio.wrap_future(self._ledger.submit(made))

    async def send(
        self, token: str, *, with_texts: bool, compared: Compared = "", words: str = ""
    ) -> Seat:
        """Put the response of a seat into the round, in place of an earlier one.

        Parameters
        ----------
        with_texts
            Whether comments and reflections go along, where the round takes them.
        compared
            Whether, and by which words, the response can be compared with another round.
        words
            With ``"own"`` the two-word code that the person has brought, as ``panel_words.read``
            gives it.

        Raises
        ------
        Late
            The round is closed, or nothing has been begun.
        ChecklistError
            The store could not be written.
        """

        def sent(change: Change) -> Seat:
            seat = change.seat(digest(token))
            if seat is None or not seat.begun or not change.workshop.answering:
                raise Late
            code = words if compared == "own" else self.words(token, compared)
            response = self._response(seat, with_texts=with_texts, code=code)
            return change.put(
                digest(token),
                replace(
                    seat,
                    rev=self._put(change, response),
                    counts=True,
                    changed=False,
                    compared=compared,
                ),
            )

        return await asyncio.wrap_future(self._ledger.submit(sent))

    def words(self, token: str, compared: Compared) -> str:
        """Give the two words that a phone's secret stands for, in a language; else nothing.

        They follow from the secret, which the ledger does not hold: it does not hold them either.
        """
        return derived(compared, token) if compared in LANGUAGES else ""

    async def withdraw(self, token: str) -> Seat:
        """Take the response of a seat back, as long as the round is open.

        Raises
        ------
        Late
            It is closed, or nothing was sent.
        ChecklistError
            The store could not be written.
        """

        def withdrawn(change: Change) -> Seat:
            seat = change.seat(digest(token))
            if seat is None or not seat.counts or not change.workshop.answering:
                raise Late
            gone = RoundResponse(self.round.code, seat.id, seat.rev, "", "", withdrawn=True)
            return change.put(
                digest(token), replace(seat, rev=self._put(change, gone), counts=False, compared="")
            )

        return await asyncio.wrap_future(self._ledger.submit(withdrawn))

    def watch(self, called: Callable[[], None]) -> Callable[[], None]:
        """Call something whenever the room has changed, in any thread; gives what ends that."""
        with self._lock:
            self._watching.add(called)

        def end() -> None:
            with self._lock:
                self._watching.discard(called)

        return end

    def _changed(self) -> None:
        with self._lock:
            self.version += 1
            watching = list(self._watching)
        for called in watching:
            with suppress(Exception):  # a page that is just going away must not stop the trainer
                called()

    def _response(self, seat: Seat, *, with_texts: bool, code: str) -> RoundResponse:
        final = seat.interview(self.round.questionnaire).final
        mine = Participation(self.round.key, "self", seat.id, seat.rev, seat.team)
        parcel = Parcel(self.round, seat.team, final, with_texts=with_texts)
        return parcel.packed(mine, panel(code, self.round.series) if code else "")

    def _put(self, change: Change, response: RoundResponse) -> int:
        """Put a response into the store under the next revision that counts, and give that."""
        if not self.round.takes_answers_on(self._today()):
            raise Late
        store, arrived = self._opened_store(), "stale"
        change.within(store.together)
        while arrived == "stale":  # again after a kill between the store and the ledger
            response = response._replace(rev=response.rev + 1)
            try:
                arrived = store.responses.put(response)
            except ChecklistError as error:
                if error.code != "round-closed":
                    raise
                raise Late from error
        return response.rev

    def _opened_store(self) -> Store:
        """Give the round's store, in the ledger's thread: its connection belongs to that."""
        if self._store is None:
            self._store = self._open_store()
        return self._store


class Room(Desk):
    """The trainer's side: everything a desk can, and what only the trainer may do."""

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

        def closed(change: Change) -> Workshop:
            rounds = self._opened_store().rounds
            try:
                rounds.close(self.round.code, day)
            except ChecklistError as error:
                if error.code != "round-closed":
                    raise
            self.round = replace(self.round, closed_on=rounds.get(self.round.code).closed_on)
            for place, seat in change.seats.items():
                change.put(place, replace(seat, id=""))
            change.workshop = go_on(change.workshop)
            return change.workshop

        return self._told(self._ledger.submit(closed))

    def close_voting(self) -> Workshop:
        """Count the votes, and forget who gave which."""

        def counted(change: Change) -> Workshop:
            seats = change.seats
            tally = tallied(list(seats.values()), change.workshop)
            for place, seat in seats.items():
                change.put(place, replace(seat, votes=()))
            change.workshop = moves.voting(change.workshop, "closed", tally)
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
            voted=sum(bool(seat.votes) for seat in seats),
            at_pace=sum(item in seat.response.answers for seat in seats),
        )

    def reconcile(self) -> None:
        """Take back what reached the store but was never confirmed, as after a kill in between.

        Nobody's response counts whose phone was not told so.
        """

        def taken_back(change: Change) -> None:
            if not change.workshop.answering:
                return
            for place, seat in change.seats.items():
                if seat.begun and not seat.counts:
                    gone = RoundResponse(self.round.code, seat.id, seat.rev, "", "", withdrawn=True)
                    change.put(place, replace(seat, rev=self._put(change, gone)))

        with suppress(Late):  # the round takes nothing any more
            self._ledger.submit(taken_back).result()

    def elsewhere(self) -> int:
        """Count the responses in the round that came from none of the seats: on paper, say."""

        def counted(change: Change) -> int:
            here = sum(seat.counts for seat in change.seats.values())
            return self._opened_store().responses.count(self.round.code) - here

        return self._ledger.submit(counted).result()

    def _told(self, future: "Future[Workshop]") -> Workshop:
        workshop = future.result()
        self._changed()
        return workshop

    def close(self) -> None:
        """Do what has been submitted, and let go of the files."""
        self._ledger.submit(lambda _: self._store.close() if self._store is not None else None)
        self._ledger.close()
