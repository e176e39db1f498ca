"""From a finished response to what travels into a round: no name, no time, no address."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from checklist.errors import ChecklistError
from checklist.interview import Answer, Mark, Response
from checklist.journal import Journal, Participation
from checklist.questionnaire import Perspective, Questionnaire
from checklist.rounds import (
    DID_NOT_OCCUR,
    LEFT_OPEN,
    Round,
    RoundResponse,
    lead_id,
    panel_code,
    withdrawal,
)
from checklist.store import Store
from checklist.store.responses import Arrival

Late = Literal["late"]
"""The round takes no answers any more, and nothing was sent."""

Delivered = Literal["new", "replaced"] | Late


def coded(questionnaire: Questionnaire, response: Response) -> str:
    """Write answers as one text, a character an item in the questionnaire's order.

    Returns
    -------
    str
        Raw options ``1``…``9``, ``-`` for left open, ``.`` for did not occur.
    """
    return "".join(_character(response.answers.get(item.id)) for item in questionnaire.items)


def _character(answer: Answer | None) -> str:
    if isinstance(answer, int):
        return str(answer)
    return DID_NOT_OCCUR if answer is Mark.DID_NOT_OCCUR else LEFT_OPEN


@dataclass(frozen=True)
class Parcel:
    """What one person is about to send to a round.

    Attributes
    ----------
    view
        Whose view it is; ``team`` is the one that is described.
    with_texts
        Whether comments and reflections go along; never where the round takes none.
    comparable
        Whether the person agrees to be compared with the next round.
    lead_code
        What a lead's response goes by, wherever it is sent from.
    """

    round: Round
    team: str
    response: Response
    view: Perspective = "self"
    with_texts: bool = True
    comparable: bool = False
    lead_code: str = ""

    @property
    def key(self) -> str:
        """Under which key a journal keeps it."""
        return self.round.sent_key(self.view, self.team)

    @property
    def texts(self) -> int:
        """How many comments and reflections the round would take: with self-views only."""
        if not self.round.comments or self.view != "self":
            return 0
        return len(self.response.comments) + len(self.response.reflections)

    def packed(self, mine: Participation, panel: str) -> RoundResponse:
        """Give what travels."""
        sent = self.with_texts and self.texts > 0
        return RoundResponse(
            round=self.round.code,
            id=mine.id,
            rev=mine.rev,
            team=mine.team,
            answers=coded(self.round.questionnaire, self.response),
            perspective=self.view,
            panel=panel,
            comments=dict(self.response.comments) if sent else {},
            reflections=dict(self.response.reflections) if sent else {},
        )


def deliver(store: Store, journal: Journal, parcel: Parcel, day: date) -> Delivered:
    """Send a response under the journal's id for this round, in place of an earlier one.

    The journal knows the id first: whatever happens on the way, sending again replaces and does not
    double. Where the round takes no more answers, the journal forgets the attempt.

    Parameters
    ----------
    store, journal
        Where the round lies, and the person's own.
    parcel
        What is sent.
    day
        Today.
    """
    round_, panel = parcel.round, ""
    if parcel.comparable:
        panel = panel_code(journal.participations.secret(), round_.series, parcel.view)
    before = journal.participations.find(parcel.key, parcel.view)
    mine = before or _unsent(parcel)
    arrived: Arrival | Late = "stale"
    while arrived == "stale":  # more than once after a backup: the store knows a later rev
        mine = replace(mine, rev=mine.rev + 1, team=parcel.team)
        journal.participations.note(mine)
        arrived = _put(store, parcel.round, parcel.packed(mine, panel), day)
    if arrived == "late":
        journal.participations.restore(parcel.key, parcel.view, before)
    return arrived


def deliver_for_somebody_else(store: Store, parcel: Parcel, day: date) -> Delivered:
    """Send a response under an id that nobody keeps; a lead's under that of the code."""
    _, arrived = put_next(store, parcel.round, parcel.packed(_unsent(parcel), ""), day)
    return arrived


def put_next(
    store: Store, round_: Round, response: RoundResponse, day: date
) -> tuple[int, Delivered]:
    """Put a response into its round under the next revision that the store does not know yet.

    Somebody may have sent from elsewhere, or been stopped before they could note that they had.

    Returns
    -------
    tuple of int and Delivered
        The revision; nothing was put where it is late.
    """
    arrived: Arrival | Late = "stale"
    while arrived == "stale":
        response = response._replace(rev=response.rev + 1)
        arrived = _put(store, round_, response, day)
    return response.rev, arrived


def _unsent(parcel: Parcel) -> Participation:
    if parcel.view == "lead":
        return led(parcel.round, parcel.team, parcel.lead_code)
    return Participation(parcel.key, parcel.view, secrets.token_hex(16), 0, parcel.team)


def led(round_: Round, team: str, code: str) -> Participation:
    """Give a lead's participation as their code alone tells it: how often it was sent is open."""
    id_ = lead_id(round_.series, code)
    return Participation(round_.sent_key("lead", team), "lead", id_, 0, team)


def check_team(journal: Journal, round_: Round, view: Perspective, team: str) -> None:
    """Refuse one's own team to who describes it from outside, and the other way round.

    Raises
    ------
    ChecklistError
        ``own-team``, ``described-team``.
    """
    if view == "observer" and team in own_teams(journal, round_):
        raise ChecklistError("own-team", code=round_.code, team=team)
    described = journal.participations.find(round_.key, "observer")
    if view != "observer" and described is not None and described.team == team:
        raise ChecklistError("described-team", code=round_.code, team=team)


def own_teams(journal: Journal, round_: Round) -> set[str]:
    """Give the teams that responses from this journal were sent for as one's own."""
    return {
        each.team for each in journal.participations.of(round_) if each.perspective != "observer"
    }


def _put(store: Store, round_: Round, response: RoundResponse, day: date) -> Arrival | Late:
    """Put a response into its round, if that still takes answers."""
    if not round_.takes_answers_on(day):
        return "late"
    try:
        return store.responses.put(response)
    except ChecklistError as error:
        if error.code != "round-closed":
            raise
        return "late"


def take_back(store: Store, journal: Journal, round_: Round, mine: Participation) -> bool:
    """Take a response back: a later revision without answers; the journal learns it afterwards.

    Returns
    -------
    bool
        Whether there was anything that counted.

    Raises
    ------
    ChecklistError
        ``round-closed``, or what the store raises; trying again is harmless.
    """
    rev = mine.rev
    arrived: Arrival = "stale"
    while arrived == "stale":
        rev += 1
        arrived = store.responses.put(withdrawal(round_, mine.id, rev))
    journal.participations.note(replace(mine, rev=rev, team=""))
    return arrived == "replaced"
