"""What all commands for rounds share: the store, and the report on a round in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.session import Session
from checklist.home import ROUNDS, home, prepare
from checklist.i18n import LANGUAGES, Texts
from checklist.rounds import Round
from checklist.store import Store

if TYPE_CHECKING:
    from checklist.report import Report

Code = Annotated[str, typer.Argument(metavar="CODE", help="argument.code")]


def place() -> str:
    """Give where rounds lie: ``CHECKLIST_STORE``, else a file in the person's own folder."""
    return os.environ.get("CHECKLIST_STORE") or str(home(os.environ) / ROUNDS)


def today(session: Session) -> date:
    """Give the day, where the program runs."""
    return session.now().astimezone().date()


@contextmanager
def any_store(*, create: bool = False) -> Iterator[Store]:
    """Open the store for the length of a command."""
    if create and not os.environ.get("CHECKLIST_STORE"):
        prepare(home(os.environ))
    store = Store(place(), create=create)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def kept_store(session: Session, *, create: bool = False) -> Iterator[Store]:
    """Open the store for its keeper; raw answers whose day has come are deleted first."""
    with any_store(create=create) as store:
        for round_ in store.rounds.all():
            due = round_.delete_on
            if round_.state == "closed" and due is not None and due <= today(session):
                delete_answers(session, store, round_)
        yield store


def delete_answers(session: Session, store: Store, round_: Round) -> None:
    """Delete a closed round's raw answers; the reports made from them stay, in every language."""
    reports = {
        language: report_on(store, round_, Texts(language)).model_dump_json(by_alias=True)
        for language in LANGUAGES
    }
    store.rounds.purge(round_.code, today(session), reports)
    session.say(session.texts("round.purged", code=round_.code))


def report_on(store: Store, round_: Round, texts: Texts) -> Report:
    """Build the report on a closed round, or give the one that was frozen.

    Raises
    ------
    ChecklistError
        ``round-open``.
    """
    from checklist.report import Report, round_report
    from checklist.scoring import codes_of

    frozen = store.rounds.report(round_.code, texts.language)
    if frozen is not None:
        return Report.model_validate_json(frozen)
    width = len(round_.questionnaire.items)
    return round_report(
        round_,
        lambda team: codes_of(store.responses.answers(round_.code, team.name), width),
        store.responses.comments(round_.code),
        texts,
    )
