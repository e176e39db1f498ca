"""A participant's side of the room: all that the page is given.

    trainer's screen → Room → Desk ← page
                                ↓
                     ledger, round's store

It lets one person at a time do what they may do in their own seat, and read what the room sees.
Nothing in it closes a round, turns a phase, or gives another's answers.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from threading import Lock

from checklist.i18n import LANGUAGES
from checklist.journal import Participation
from checklist.panel_words import derived, panel
from checklist.report import Report
from checklist.rounds import Round, RoundResponse, Team, withdrawal
from checklist.sending import Parcel, put_next
from checklist.store import Store
from checklist.workshop.change import Change
from checklist.workshop.ledger import Ledger, digest
from checklist.workshop.seats import Compared, Late, Plan, Seat
from checklist.workshop.state import Workshop

MOST_SEATS, SEATS_UNKNOWN = 2000, 300
"""In any room; and where nobody has said how many people there are."""
TOKEN_BYTES = 24


class Full(Exception):  # noqa: N818 - no more than a state
    """There are no seats left."""


class _Over(Late):
    """The round takes nothing any more, whatever the room believes."""


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
    most_seats
        That can be taken.
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
        self.most_seats = most_seats(round_.teams)

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
        """Take a seat: a free one, or else one that somebody has taken and never used.

        Returns
        -------
        str
            The secret that the phone keeps; the ledger holds only a digest of it.

        Raises
        ------
        Full
            There is neither.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        teams = self.round.teams
        seat = Seat(secrets.token_hex(16), language, team=teams[0].name if len(teams) == 1 else "")

        def taken(change: Change) -> None:
            if len(change.seats) >= self.most_seats:
                change.drop(unused(change.seats, seat.team))
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
        return await self._done(token, lambda seat, change: move(seat, change.workshop))

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

        def sent(seat: Seat, change: Change) -> Seat:
            if not (seat.begun and change.workshop.answering):
                raise Late
            code = words if compared == "own" else self.words(token, compared)
            rev = self._put(change, self._response(seat, with_texts=with_texts, code=code))
            return replace(seat, rev=rev, counts=True, changed=False, compared=compared)

        return await self._with_store(token, sent)

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

        def withdrawn(seat: Seat, change: Change) -> Seat:
            if not (seat.counts and change.workshop.answering):
                raise Late
            rev = self._put(change, withdrawal(self.round, seat.id, seat.rev))
            return replace(seat, rev=rev, counts=False, compared="")

        return await self._with_store(token, withdrawn)

    async def _done(self, token: str, move: Callable[[Seat, Change], Seat]) -> Seat:
        """Have a move done in a seat; where there is no such seat, it is late."""
        place = digest(token)

        def job(change: Change) -> Seat:
            seat = change.seat(place)
            if seat is None:
                raise Late
            return change.put(place, move(seat, change))

        return await asyncio.wrap_future(self._ledger.submit(job))

    async def _with_store(self, token: str, move: Callable[[Seat, Change], Seat]) -> Seat:
        """Have a move done that reaches the store; if that takes no more, the room follows."""
        try:
            return await self._done(token, move)
        except _Over:

            def followed(change: Change) -> None:
                change.workshop = replace(change.workshop, closed=True)

            await asyncio.wrap_future(self._ledger.submit(followed))
            self._changed()
            raise

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
        store = self._opened_store()
        change.within(store.together)
        rev, arrived = put_next(store, self.round, response, self._today())
        if arrived == "late":
            raise _Over
        return rev

    def _opened_store(self) -> Store:
        """Give the round's store, in the ledger's thread: its connection belongs to that."""
        if self._store is None:
            self._store = self._open_store()
        return self._store


def most_seats(teams: Sequence[Team]) -> int:
    """Bound the seats of a room: enough for whoever joins anew, too few to count for much.

    Examples
    --------
    >>> most_seats([Team("A", 6)]), most_seats([Team("A", 6), Team("B", 8)])
    (36, 56)
    >>> most_seats([Team("A", 6), Team("B")]), most_seats([Team("A", 9999)])
    (300, 2000)
    """
    heads = 0
    for team in teams:
        if team.headcount is None:
            return SEATS_UNKNOWN
        heads += team.headcount
    return min(MOST_SEATS, max(4 * heads, heads + 30))


def unused(seats: Mapping[str, Seat], team: str) -> str:
    """Choose a seat in which nothing was said yet, one without a chosen team first.

    By chance among these: so it is most likely one of somebody who has taken many.

    Parameters
    ----------
    team
        What a seat's team is before one is chosen.

    Raises
    ------
    Full
        There is none.
    """
    fresh = [place for place, seat in seats.items() if _is_unused(seat)]
    if not fresh:
        raise Full
    return secrets.choice([place for place in fresh if seats[place].team == team] or fresh)


def _is_unused(seat: Seat) -> bool:
    return not (seat.begun or seat.votes or seat.abstained or seat.plan != Plan())
