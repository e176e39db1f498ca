"""``checklist round open``: a keeper opens a round."""

from typing import Annotated

import typer

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
    open_in_store,
)
from checklist.cli.rounds.telling import tell
from checklist.cli.session import Lang, Questions, Yes, session_of
from checklist.privacy import LEAST_GROUP


def open_round(
    context: typer.Context,
    questionnaire_id: Annotated[str, typer.Argument(metavar="ID", help="argument.id")],
    team: Teams = None,
    keeper: Keeper = "",
    code: OwnCode = None,
    title: Title = None,
    recipient: Recipient = "",
    notice: NoticeFile = None,
    min_group: MinGroup = LEAST_GROUP,
    comments: Comments = False,
    follows: Follows = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="option.until")
    ] = None,
    delete_after: DeleteAfter = DELETE_AFTER,
    yes: Yes = False,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Open a round, and say how people take part."""
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
        until=until,
        delete_after=delete_after,
    )
    questionnaire = session.bank(questions).load(questionnaire_id)
    opened = open_in_store(session, questionnaire, wanted, "checklist round open", yes=yes)
    if opened is not None:
        tell(session, opened)
        session.write(f"{opened.round.code}\n")
