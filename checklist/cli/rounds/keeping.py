"""What all commands for rounds share: the store, and the report on a round in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.session import Session
from checklist.errors import ChecklistError
from checklist.home import ROUNDS, home, prepare
from checklist.i18n import LANGUAGES, Texts
from checklist.questionnaire import Perspective
from checklist.rounds import Round, Team
from checklist.store import Store

if TYPE_CHECKING:
    from checklist.report import Report
    from checklist.report.changes import Before, Pairs
    from checklist.scoring import Codes

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
    """Open the store for its keeper; raw answers whose day has come are deleted first."""
    with _store(create=create) as store:
        for round_ in _due(store, today(session)):
            delete_answers(session, store, round_)
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
            store.rounds.freeze(later.code, _in_every_language(store, later))
    with done_already("round-purged"):
        store.rounds.purge(round_.code, day, _in_every_language(store, round_))


def _in_every_language(store: Store, round_: Round) -> dict[str, str]:
    return {
        language: report_on(store, round_, Texts(language)).model_dump_json(by_alias=True)
        for language in LANGUAGES
    }


@contextmanager
def done_already(code: str) -> Iterator[None]:
    """Go on where a step fails only because somebody else has taken it in the same moment."""
    try:
        yield
    except ChecklistError as error:
        if error.code != code:
            raise


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


def answers_of(store: Store, round_: Round, team: Team, perspective: Perspective = "self") -> Codes:
    """Give the answers matrix of a team of a closed round."""
    from checklist.scoring import codes_of

    return codes_of(
        store.responses.answers(round_.code, team.name, perspective),
        len(round_.questionnaire.items),
    )


def report_on(store: Store, round_: Round, texts: Texts) -> Report:
    """Build the report on a closed round, or give the one that was frozen.

    Raises
    ------
    ChecklistError
        ``round-open``.
    """
    return _report(store, round_, texts, lambda: before_of(store, round_, texts))


def before_of(store: Store, round_: Round, texts: Texts) -> Before | None:
    """Give the round that a round follows, with what links the two; ``None`` where it follows none.

    The earlier round's report stands without its own changes, which nothing here rests on.
    """
    if round_.follows is None:
        return None
    from checklist.report.changes import Before

    earlier = store.rounds.get(round_.follows)
    if earlier.state == "collecting":
        return None
    report = _report(store, earlier, texts, lambda: None)
    with done_already("round-purged"):
        return Before(earlier, report, _pairs(store, earlier, round_))
    return Before(earlier, report)


def _pairs(store: Store, earlier: Round, later: Round) -> Pairs | None:
    """Link the people of two rounds; ``None`` where nobody is linked."""
    import numpy as np

    from checklist.report.changes import Pairs
    from checklist.scoring import codes_of

    linked = store.responses.linked(earlier.code, later.code)
    if not linked.teams:
        return None
    items = earlier.questionnaire.items
    valid = sum((answers_of(store, earlier, team) > 0).sum(axis=0) for team in earlier.teams)
    return Pairs(
        codes_of(bytes(linked.old), len(items)),
        codes_of(bytes(linked.new), len(later.questionnaire.items)),
        np.array(linked.teams, dtype=np.intp),
        {item.id: int(n) for item, n in zip(items, np.atleast_1d(valid), strict=True)},
    )


def _report(
    store: Store, round_: Round, texts: Texts, before: Callable[[], Before | None]
) -> Report:
    from checklist.report import round_report

    if found := _frozen(store, round_, texts):
        return found
    with done_already("round-purged"):
        return round_report(
            round_,
            lambda team, view: answers_of(store, round_, team, view),
            store.responses.comments(round_.code),
            texts,
            before(),
        )
    if found := _frozen(store, round_, texts):  # the answers went while they were read
        return found
    raise ChecklistError("round-purged", code=round_.code)


def _frozen(store: Store, round_: Round, texts: Texts) -> Report | None:
    from checklist.report import Report

    frozen = store.rounds.report(round_.code, texts.language)
    return None if frozen is None else Report.model_validate_json(frozen)
