"""``checklist round open``: a keeper opens a round."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from checklist.cli.asking import confirmed
from checklist.cli.rounds.keeping import kept_store, today
from checklist.cli.session import Lang, Questions, Session, Yes, session_of
from checklist.errors import WrongUsage
from checklist.notice import read_stated
from checklist.opening import new_code, opened, read_team, with_leads
from checklist.privacy import LEAST_GROUP, Thresholds
from checklist.questionnaire import Wording
from checklist.rounds import Round, Terms

GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def open_round(
    context: typer.Context,
    questionnaire_id: Annotated[str, typer.Argument(metavar="ID", help="argument.id")],
    team: Annotated[
        list[str] | None, typer.Option("--team", metavar="NAME:NUMBER", help="option.teams")
    ] = None,
    keeper: Annotated[str, typer.Option("--keeper", metavar="NAME", help="option.keeper")] = "",
    code: Annotated[str | None, typer.Option("--code", metavar="CODE", help="option.code")] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="option.title")
    ] = None,
    recipient: Annotated[
        str, typer.Option("--recipient", metavar="NAME", help="option.recipient")
    ] = "",
    notice: Annotated[
        str | None, typer.Option("--notice", metavar="FILE", help="option.notice-file")
    ] = None,
    min_group: Annotated[
        int, typer.Option("--min-group", metavar="NUMBER", help="option.min-group")
    ] = LEAST_GROUP,
    comments: Annotated[bool, typer.Option("--comments", help="option.comments")] = False,
    follows: Annotated[
        list[str] | None, typer.Option("--follows", metavar="CODE", help="option.follows")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="option.until")
    ] = None,
    delete_after: Annotated[
        int, typer.Option("--delete-after", metavar="DAYS", help="option.delete-after")
    ] = 90,
    yes: Yes = False,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Open a round, and say how people take part."""
    session = session_of(context)
    session.check_lang(lang)
    if follows and len(follows) > 1:  # the last one would hold, and nobody would notice
        raise WrongUsage("option-twice", option="--follows")
    questionnaire = session.bank(questions).load(questionnaire_id)
    teams = [read_team(text) for text in team or ()]
    stated: dict[str, Any] = {} if notice is None else read_stated(Path(notice))
    made = partial(
        opened,
        questionnaire,
        teams,
        Terms(keeper=keeper, recipient=recipient, **stated),
        title=(title or "").strip() or Wording.of(questionnaire, session.texts.language).title,
        today=today(session),
        min_group=min_group,
        comments=comments,
        until=None if until is None else read_day(until),
        delete_after=delete_after,
    )
    # Whatever is wrong with it leaves no empty store.
    if not _is_wanted(session, made(code=(code or new_code(())).lower()), yes=yes):
        session.say(session.texts("opening.not-opened"))
        return
    with kept_store(session, create=not follows) as store:
        before = store.rounds.get(follows[0]) if follows else None
        round_ = made(
            code=(code or new_code(known.code for known in store.rounds.all())).lower(),
            follows=before,
        )
        round_, leads = with_leads(round_)
        store.rounds.add(round_)
    _say_how(session, round_, leads)
    if before is not None:
        _say_compared(session, round_, before)
    session.write(f"{round_.code}\n")


def read_day(text: str) -> date:
    """Read a day as ``2026-12-31`` or ``31.12.2026``.

    Raises
    ------
    WrongUsage
        ``no-date``.
    """
    try:
        if found := GERMAN_DATE.fullmatch(text.strip()):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise WrongUsage("no-date", given=text) from error


def _sizes(round_: Round) -> dict[str, int]:
    return {team.name: team.headcount for team in round_.teams if team.headcount is not None}


def _shows_nothing(round_: Round) -> bool:
    """Whether all teams together are too few for a single figure."""
    sizes = _sizes(round_)
    return (
        len(sizes) == len(round_.teams)
        and sum(sizes.values()) < Thresholds(round_.min_group).scores
    )


def _is_wanted(session: Session, round_: Round, *, yes: bool) -> bool:
    """Ask whether to open a round that can never show what its teams answered."""
    if not _shows_nothing(round_):
        return True
    texts, people = session.texts, sum(_sizes(round_).values())
    least = Thresholds(round_.min_group).scores
    session.say(texts.count("round.no-report", people, least=least))
    return yes or confirmed(
        session,
        texts("opening.question"),
        texts("opening.no"),
        texts("opening.yes"),
        command=f"checklist round open {round_.questionnaire.id} … --yes",
    )


def _say_compared(session: Session, round_: Round, before: Round) -> None:
    """Say what the comparison with the round before can be, as long as it can be mended."""
    texts, code = session.texts, before.code
    if before.purged_on is not None or before.delete_on is None:
        session.say(texts("opening.follows-deleted", code=code))
    elif round_.min_group < before.min_group:
        session.say(
            texts(
                "opening.follows-smaller",
                code=code,
                least=round_.min_group,
                before=before.min_group,
            )
        )
    else:
        day = before.delete_on
        session.say(texts("opening.follows-until", code=code, date=texts.day(day)))
        if round_.until is not None and round_.until >= day:
            session.say(texts("opening.follows-too-late", until=texts.day(round_.until)))
    known = {team.name for team in before.teams}
    if new := [team.name for team in round_.teams if team.name not in known]:
        session.say(
            texts.count("opening.follows-no-team", len(new), code=code, teams=", ".join(new))
        )


def _say_how(session: Session, round_: Round, leads: Mapping[str, str]) -> None:
    """Say how people take part, and what to think of; ``leads`` holds codes, by team."""
    texts, least = session.texts, Thresholds(round_.min_group)
    session.say(texts("round.opened", title=round_.title, code=round_.code))
    if round_.questionnaire.has_outside_view:
        session.say(texts("outside-view.open-observer", code=round_.code))
        session.say(texts("outside-view.open-lead", code=round_.code))
    for name, lead in leads.items():
        session.say(texts("outside-view.lead-code", team=name, lead=lead))
    sizes = {} if _shows_nothing(round_) else _sizes(round_)
    for name, size in sizes.items():
        if size < least.scores:
            session.say(texts.count("round.team-too-small", size, team=name, least=least.scores))
        elif size < least.items:
            session.say(texts.count("round.team-no-items", size, team=name, least=least.items))
    session.say(texts("round.works-council", code=round_.code))
    if round_.terms.leads:
        session.say(texts("round.better-keeper"))
