"""Finds or opens the round that a workshop leads, and its ledger."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from checklist.cli.rounds.keeping import collecting, kept_store, place, today
from checklist.cli.rounds.opening import Wanted, open_in_store
from checklist.cli.rounds.telling import tell_before_workshop
from checklist.cli.session import Session
from checklist.errors import ChecklistError
from checklist.home import home
from checklist.i18n import Texts
from checklist.opening import new_code
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round
from checklist.store import Store
from checklist.workshop import following, moves
from checklist.workshop.ledger import Ledger
from checklist.workshop.places import ledger_of
from checklist.workshop.room import Room
from checklist.workshop.state import Action, Workshop

KEY_BYTES = 12
"""Of the secret that a phone scans: 96 bits."""
CODE_GROUPS = 3
PATIENCE = 2.0
"""Seconds for which sending waits for others who write to the store; whoever sent is told so."""
UNNOTICED = timedelta(minutes=15)
"""So long after its last change, and no sooner, a workshop that was killed counts as left."""


@dataclass(frozen=True)
class Begun:
    """A workshop whose ledger is open.

    Attributes
    ----------
    before
        The round that this one follows, if it is in the store.
    """

    room: Room
    before: Round | None = None


def afresh(
    session: Session,
    questionnaire: Questionnaire,
    wanted: Wanted,
    *,
    together: bool,
    paper: bool,
    yes: bool,
) -> Begun | None:
    """Open a round for a workshop; ``None`` where its keeper would rather not."""
    earlier: tuple[Action, ...] = ()
    if wanted.follows:
        with kept_store(session) as store:
            earlier = following.earlier(session.folder, store, wanted.follows[0], today(session))
    command = "checklist workshop start"
    opened = open_in_store(session, questionnaire, wanted, command, yes=yes, leads=False)
    if opened is None:
        return None
    tell_before_workshop(session, opened.round)
    return Begun(
        _room(session, opened.round, _new(opened.round, earlier, together=together, paper=paper)),
        opened.before,
    )


def with_round(session: Session, code: str, *, together: bool, paper: bool) -> Begun:
    """Lead a round that was opened before and still collects.

    Raises
    ------
    ChecklistError
        ``round-closed``, ``round-over``, ``workshop-begun`` and what ``following`` raises.
    """
    with kept_store(session) as store:
        round_ = collecting(store, code)
        day = today(session)
        if round_.until is not None and not round_.takes_answers_on(day):
            last = session.texts.day(round_.until)
            raise ChecklistError("round-over", code=round_.code, date=last)
        path = ledger_of(session.folder, round_)
        if path.exists() and path.stat().st_size:  # it is empty where it was killed at once
            raise ChecklistError("workshop-begun", code=round_.code)
        earlier: tuple[Action, ...] = ()
        if round_.follows is not None:
            earlier = following.earlier(session.folder, store, round_.follows, day)
        before = _before(store, round_)
    tell_before_workshop(session, round_)
    return Begun(
        _room(session, round_, _new(round_, earlier, together=together, paper=paper)), before
    )


def resumed(session: Session, code: str) -> Begun:
    """Go on where a workshop stopped; where the store has closed the round, so does the room.

    Raises
    ------
    ChecklistError
        ``unknown-round``, ``unknown-round-near``, ``no-workshop``, ``workshop-running``.
    """
    with kept_store(session) as store:
        round_ = store.rounds.get(code)
        before = _before(store, round_)
    now, changed = session.now(), _changed_at(ledger_of(session.folder, round_))
    room = _room(session, round_, None)
    away = now - changed
    away = away if away > UNNOTICED else timedelta()
    room.change(lambda workshop: moves.resumed(workshop, now, away))
    if round_.closed_on is not None and not room.workshop.closed:
        room.close_round(round_.closed_on, lambda workshop: moves.closed(workshop, now))
    room.reconcile()
    return Begun(room, before)


def remember(room: Room, session: Session, folder: Path | None, lang: str | None) -> None:
    """Keep with a workshop what was said of it; what was not said is as it was.

    Parameters
    ----------
    folder
        For report and hand-out.
    lang
        Asked for by name; else the screen speaks as it did when the workshop was begun.
    """
    if room.workshop.language and lang is None:
        session.texts = Texts(room.workshop.language)
    elif room.workshop.language != session.texts.language:
        room.change(lambda workshop: moves.speaking(workshop, session.texts.language))
    if folder is not None:
        room.change(lambda workshop: moves.writing_to(workshop, str(folder.resolve())))


def leave(session: Session, room: Room) -> None:
    """Let go of a workshop, and note when, unless it is over or cannot be written any more."""
    now = session.now()
    with suppress(ChecklistError):
        if not room.workshop.ended:
            room.change(lambda workshop: moves.paused(workshop, now))
    room.close()


def opened_store() -> Store:
    """Open the store in whatever thread needs it; a room cannot wait for long."""
    return Store(place(), patience=PATIENCE)


def _changed_at(path: Path) -> datetime:
    """Give when a ledger was last written; now, where there is none."""
    with suppress(OSError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return datetime.now(UTC)


def _before(store: Store, round_: Round) -> Round | None:
    return None if round_.follows is None else store.rounds.get(round_.follows)


def _new(round_: Round, earlier: tuple[Action, ...], *, together: bool, paper: bool) -> Workshop:
    return Workshop(
        round=round_.code,
        key=secrets.token_urlsafe(KEY_BYTES),
        code=new_code((), CODE_GROUPS),
        way="paper" if paper else "page",
        together=together,
        earlier=earlier,
    )


def _room(session: Session, round_: Round, begin: Workshop | None) -> Room:
    ledger = Ledger(ledger_of(home(os.environ), round_), begin)
    return Room(ledger, round_, opened_store, lambda: today(session))
