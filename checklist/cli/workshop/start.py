"""``checklist workshop start``: leads a workshop on the room's screen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checklist.cli.fronts import takes_keys
from checklist.cli.rounds.opening import (
    DELETE_AFTER,
    Comments,
    DeleteAfter,
    Follows,
    Keeper,
    MinGroup,
    NoticeFile,
    OwnCode,
    Recipient,
    Teams,
    Title,
    Wanted,
)
from checklist.cli.session import Id, Lang, Questions, Yes, session_of
from checklist.errors import ChecklistError, WrongUsage
from checklist.privacy import LEAST_GROUP


def start(
    context: typer.Context,
    questionnaire_id: Id = None,
    team: Teams = None,
    keeper: Keeper = "",
    code: OwnCode = None,
    title: Title = None,
    recipient: Recipient = "",
    notice: NoticeFile = None,
    min_group: MinGroup = LEAST_GROUP,
    comments: Comments = False,
    follows: Follows = None,
    delete_after: DeleteAfter = DELETE_AFTER,
    round_code: Annotated[
        str | None, typer.Option("--round", metavar="CODE", help="option.workshop-start-round")
    ] = None,
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="CODE", help="option.workshop-resume")
    ] = None,
    together: Annotated[bool, typer.Option("--together", help="option.workshop-together")] = False,
    paper: Annotated[bool, typer.Option("--paper", help="option.workshop-paper")] = False,
    lan: Annotated[bool, typer.Option("--lan", help="option.workshop-lan")] = False,
    address: Annotated[
        str | None, typer.Option("--address", metavar="NAME", help="option.workshop-address")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="NUMBER", help="option.workshop-port")
    ] = None,
    cert: Annotated[
        str | None, typer.Option("--cert", metavar="FILE", help="option.workshop-cert")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="FILE", help="option.workshop-key")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", metavar="DIR", help="option.workshop-output")
    ] = None,
    yes: Yes = False,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Lead a workshop: a new round, one that was opened before, or one that was interrupted."""
    session = session_of(context)
    session.check_lang(lang)
    wanted = Wanted(
        teams=team,
        keeper=keeper,
        code=code,
        title=title,
        recipient=recipient,
        notice=notice,
        min_group=min_group,
        comments=comments,
        follows=follows,
        delete_after=delete_after,
    )
    named = [each for each in (questionnaire_id, round_code, resume) if each is not None]
    if len(named) != 1:
        raise WrongUsage("workshop-which")
    if questionnaire_id is None and wanted != Wanted():
        raise WrongUsage("workshop-fixed")
    if resume is not None and (together or paper):
        raise WrongUsage("workshop-resumed-fixed")
    from checklist.cli.workshop.reaching import Reach

    reach = Reach(lan, address, port, cert, key, paper=paper)
    reach.check()
    folder = Path.cwd() if output is None else Path(output)
    if not folder.is_dir():
        raise WrongUsage("workshop-folder", folder=str(folder))
    if not takes_keys(session):
        raise ChecklistError("workshop-no-keys")

    from checklist.cli.workshop import beginning
    from checklist.cli.workshop.leading import lead

    if resume is not None:
        begun = beginning.resumed(session, resume)
    elif round_code is not None:
        begun = beginning.with_round(session, round_code, together=together, paper=paper)
    else:
        questionnaire = session.bank(questions).load(str(questionnaire_id))
        found = beginning.afresh(
            session, questionnaire, wanted, together=together, paper=paper, yes=yes
        )
        if found is None:
            return
        begun = found
    beginning.remember(
        begun.room, session, folder if output or resume is None else None, _named(context)
    )
    lead(session, begun, reach)


def _named(context: typer.Context) -> str | None:
    """Give the language that was asked for by name, before the command or behind it."""
    above = (context, context.parent, context.find_root())
    named = [each.params["lang"] for each in above if each and each.params.get("lang")]
    return str(named[0]) if named else None
