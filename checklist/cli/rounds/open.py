"""``checklist round open``: a keeper opens a round."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from checklist.cli.rounds.keeping import kept_store, today
from checklist.cli.session import Lang, Questions, Session, session_of
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
        str | None, typer.Option("--follows", metavar="CODE", help="option.follows")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="option.until")
    ] = None,
    delete_after: Annotated[
        int, typer.Option("--delete-after", metavar="DAYS", help="option.delete-after")
    ] = 90,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Open a round, and say how people take part."""
    session = session_of(context)
    session.check_lang(lang)
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
    made(code=(code or new_code(())).lower())  # whatever is wrong with it leaves no empty store
    with kept_store(session, create=follows is None) as store:
        round_ = made(
            code=(code or new_code(known.code for known in store.rounds.all())).lower(),
            follows=None if follows is None else store.rounds.get(follows),
        )
        round_, leads = with_leads(round_)
        store.rounds.add(round_)
    _say_how(session, round_, leads)
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


def _say_how(session: Session, round_: Round, leads: Mapping[str, str]) -> None:
    """Say how people take part, and what to think of; ``leads`` holds codes, by team."""
    texts, least = session.texts, Thresholds(round_.min_group)
    session.say(texts("round.opened", title=round_.title, code=round_.code))
    if round_.questionnaire.has_outside_view:
        session.say(texts("outside-view.open-observer", code=round_.code))
        session.say(texts("outside-view.open-lead", code=round_.code))
    for name, lead in leads.items():
        session.say(texts("outside-view.lead-code", team=name, lead=lead))
    sizes = {team.name: team.headcount for team in round_.teams if team.headcount is not None}
    people = sum(sizes.values())
    if len(sizes) == len(round_.teams) and people < least.scores:
        session.say(texts.count("round.no-report", people, least=least.scores))
        sizes = {}
    for name, size in sizes.items():
        if size < least.scores:
            session.say(texts.count("round.team-too-small", size, team=name, least=least.scores))
        elif size < least.items:
            session.say(texts.count("round.team-no-items", size, team=name, least=least.items))
    session.say(texts("round.works-council", code=round_.code))
    if round_.terms.leads:
        session.say(texts("round.better-keeper"))
