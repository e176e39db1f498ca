"""What all commands for rounds share: the store, and what is deleted in it when its day comes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Annotated

import typer

from checklist.cli.session import Session
from checklist.errors import ChecklistError
from checklist.home import ROUNDS, home, prepare
from checklist.reporting import done_already, in_every_language
from checklist.rounds import Round
from checklist.store import Store
from checklist.workshop.ending import remove_old

Code = Annotated[str, typer.Argument(metavar="CODE", help="argument.code")]


def place() -> str:
    """Give where rounds lie: ``CHECKLIST_STORE``, else a file in the person's own folder."""
    return os.environ.get("CHECKLIST_STORE") or str(home(os.environ) / ROUNDS)


def today(session: Session) -> date:
    """Give the day, where the program runs."""
    return session.now().astimezone().date()


@contextmanager
def any_store(session: Session) -> Iterator[Store]:
    """Open the store for the length of a respondent's command.

    Raw answers whose day has come are deleted first, and nothing is said of it. Where that fails it
    is left to the next command: whoever answers one round is not held up by another.
    """
    with _store() as store:
        with suppress(ChecklistError):
            for round_ in _due(store, today(session)):
                _delete(store, round_, today(session))
            remove_old(home(os.environ), store, today(session))
        yield store


@contextmanager
def _store(*, create: bool = False) -> Iterator[Store]:
    if create and not os.environ.get("CHECKLIST_STORE"):
        prepare(home(os.environ))
    store = Store(place(), create=create)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def kept_store(session: Session, *, create: bool = False) -> Iterator[Store]:
    """Open the store for its keeper; raw answers whose day has come are deleted first.

    So is what a workshop that was never ended has left behind.
    """
    with _store(create=create) as store:
        for round_ in _due(store, today(session)):
            delete_answers(session, store, round_)
        remove_old(home(os.environ), store, today(session))
        yield store


def _due(store: Store, day: date) -> list[Round]:
    """Give the closed rounds whose raw answers were promised to be gone by a day."""
    return [
        round_
        for round_ in store.rounds.all()
        if round_.state == "closed" and round_.delete_on is not None and round_.delete_on <= day
    ]


def delete_answers(session: Session, store: Store, round_: Round) -> None:
    """Delete a closed round's raw answers, and say so."""
    _delete(store, round_, today(session))
    session.say(session.texts("round.purged", code=round_.code))


def _delete(store: Store, round_: Round, day: date) -> None:
    """Delete a closed round's raw answers; the reports made from them stay, in every language.

    So do those of rounds that follow it: what they say of the same people rests on its answers.
    """
    for later in store.rounds.all():
        if later.follows == round_.code and later.state == "closed":
            store.rounds.freeze(later.code, _frozen(store, later))
    with done_already("round-purged"):
        store.rounds.purge(round_.code, day, _frozen(store, round_))
    remove_old(home(os.environ), store, day)


def _frozen(store: Store, round_: Round) -> dict[str, str]:
    return {
        language: report.model_dump_json(by_alias=True)
        for language, report in in_every_language(store, round_).items()
    }


def collecting(store: Store, code: str) -> Round:
    """Give a round that still takes answers.

    Raises
    ------
    ChecklistError
        ``unknown-round``, ``unknown-round-near``, ``round-closed``.
    """
    round_ = store.rounds.get(code)
    if round_.state != "collecting":
        raise ChecklistError("round-closed", code=round_.code)
    return round_
