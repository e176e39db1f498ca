"""Makes a round out of what its keeper wants, for every command that opens one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from checklist.cli.asking import confirmed
from checklist.cli.rounds.keeping import kept_store, today
from checklist.cli.session import Session
from checklist.errors import WrongUsage
from checklist.i18n import read_day
from checklist.notice import read_stated
from checklist.opening import new_code, opened, read_team, with_leads
from checklist.privacy import LEAST_GROUP, Thresholds
from checklist.questionnaire import Questionnaire, Wording
from checklist.rounds import Round, Terms

DELETE_AFTER = 90
"""Days, where nothing else was said."""

Teams = Annotated[
    list[str] | None, typer.Option("--team", metavar="NAME:NUMBER", help="option.teams")
]
Keeper = Annotated[str, typer.Option("--keeper", metavar="NAME", help="option.keeper")]
OwnCode = Annotated[str | None, typer.Option("--code", metavar="CODE", help="option.code")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="option.title")]
Recipient = Annotated[str, typer.Option("--recipient", metavar="NAME", help="option.recipient")]
NoticeFile = Annotated[
    str | None, typer.Option("--notice", metavar="FILE", help="option.notice-file")
]
MinGroup = Annotated[int, typer.Option("--min-group", metavar="NUMBER", help="option.min-group")]
Comments = Annotated[bool, typer.Option("--comments", help="option.comments")]
Follows = Annotated[
    list[str] | None, typer.Option("--follows", metavar="CODE", help="option.follows")
]
DeleteAfter = Annotated[
    int, typer.Option("--delete-after", metavar="DAYS", help="option.delete-after")
]


@dataclass(frozen=True)
class Wanted:
    """What a keeper wants of a round, as it was typed."""

    teams: list[str] | None = None
    keeper: str = ""
    code: str | None = None
    title: str | None = None
    recipient: str = ""
    notice: str | None = None
    min_group: int = LEAST_GROUP
    comments: bool = False
    follows: list[str] | None = None
    until: str | None = None
    delete_after: int = DELETE_AFTER


@dataclass(frozen=True)
class Opened:
    """A round that has been opened.

    Attributes
    ----------
    leads
        Codes for leads, by team; nobody can tell them again.
    before
        The round that it follows.
    """

    round: Round
    leads: Mapping[str, str]
    before: Round | None


def open_in_store(
    session: Session,
    questionnaire: Questionnaire,
    wanted: Wanted,
    command: str,
    *,
    yes: bool,
    leads: bool = True,
) -> Opened | None:
    """Open a round in the store; ``None`` where its keeper would rather not.

    Parameters
    ----------
    command
        The beginning of what was called, for a call that needs no question.
    yes
        Whether the question is answered already.
    leads
        Whether leads may answer, each with a code of their own.

    Raises
    ------
    ChecklistError, WrongUsage
        Whatever is wrong with it; then no empty store is left behind.
    """
    follows = wanted.follows
    if follows and len(follows) > 1:  # the last one would hold, and nobody would notice
        raise WrongUsage("option-twice", option="--follows")
    stated: dict[str, Any] = {} if wanted.notice is None else read_stated(Path(wanted.notice))
    wording = Wording.of(questionnaire, session.texts.language)
    made = partial(
        opened,
        questionnaire,
        [read_team(text) for text in wanted.teams or ()],
        Terms(keeper=wanted.keeper, recipient=wanted.recipient, **stated),
        title=(wanted.title or "").strip() or wording.title,
        today=today(session),
        min_group=wanted.min_group,
        comments=wanted.comments,
        until=None if wanted.until is None else _day(wanted.until),
        delete_after=wanted.delete_after,
    )
    tried = made(code=(wanted.code or new_code(())).lower())
    if not _is_wanted(session, tried, command, yes=yes):
        session.say(session.texts("opening.not-opened"))
        return None
    with kept_store(session, create=not follows) as store:
        before = store.rounds.get(follows[0]) if follows else None
        code = wanted.code or new_code(known.code for known in store.rounds.all())
        round_ = made(code=code.lower(), follows=before)
        round_, codes = with_leads(round_) if leads else (round_, {})
        store.rounds.add(round_)
    return Opened(round_, codes, before)


def _day(text: str) -> date:
    """Read a day as ``2026-12-31`` or ``31.12.2026``.

    Raises
    ------
    WrongUsage
        ``no-date``.
    """
    try:
        return read_day(text)
    except ValueError as error:
        raise WrongUsage("no-date", given=text) from error


def sizes_of(round_: Round) -> dict[str, int]:
    """Give the headcounts that are known, by team."""
    return {team.name: team.headcount for team in round_.teams if team.headcount is not None}


def shows_nothing(round_: Round) -> bool:
    """Whether all teams together are too few for a single figure."""
    sizes = sizes_of(round_)
    return (
        len(sizes) == len(round_.teams)
        and sum(sizes.values()) < Thresholds(round_.min_group).scores
    )


def _is_wanted(session: Session, round_: Round, command: str, *, yes: bool) -> bool:
    """Ask whether to open a round that can never show what its teams answered."""
    if not shows_nothing(round_):
        return True
    texts, people = session.texts, sum(sizes_of(round_).values())
    least = Thresholds(round_.min_group).scores
    session.say(texts.count("round.no-report", people, least=least))
    return yes or confirmed(
        session,
        texts("opening.question"),
        texts("opening.no"),
        texts("opening.yes"),
        command=f"{command} {round_.questionnaire.id} … --yes",
    )
