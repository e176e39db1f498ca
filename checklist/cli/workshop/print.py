"""``checklist workshop print``: the papers with which a trainer leads a workshop."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.printing import hand_out, printed_of
from checklist.cli.publishing import Force, Output, check_page
from checklist.cli.session import Id, Lang, Questions, session_of
from checklist.errors import ChecklistError
from checklist.home import home
from checklist.rounds import Round

if TYPE_CHECKING:
    from checklist.workshop import papers
    from checklist.workshop.agenda import Way


def print_papers(
    context: typer.Context,
    questionnaire_id: Id = None,
    round_code: Annotated[
        str | None, typer.Option("--round", metavar="CODE", help="option.workshop-round")
    ] = None,
    phones: Annotated[bool, typer.Option("--phones", help="option.workshop-phones")] = False,
    output: Output = None,
    force: Force = False,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Write the papers as one HTML file, to be printed from any browser."""
    session = session_of(context)
    session.check_lang(lang)
    named = f"--round {round_code}" if round_code else questionnaire_id or "ID"
    command = f"checklist workshop print {named} --output workshop.html"
    check_page(command, as_page=True, output=output)
    questionnaire, round_ = printed_of(
        session, questionnaire_id, round_code, questions, collects=False
    )
    from checklist.workshop import papers

    joining = _joining(round_) if phones and round_ is not None else None
    way: Way = "page" if phones else "paper"
    page = papers.render(questionnaire, session.texts, round_, way, joining)
    hand_out(session, page, output, session.texts("workshop.written"), force=force)


def _joining(round_: Round) -> papers.Joining | None:
    """Say how the room gets to a workshop's page, where it has been served to phones before.

    A workshop that is going on has its ledger to itself; its code stands on the screen.

    Raises
    ------
    ChecklistError
        ``workshop-unreadable``.
    """
    from checklist.workshop import papers
    from checklist.workshop.joining.address import LOOPBACK, read
    from checklist.workshop.ledger import Ledger
    from checklist.workshop.places import ledger_of

    try:
        ledger = Ledger(ledger_of(home(os.environ), round_))
    except ChecklistError as error:
        if error.code in ("no-workshop", "workshop-running"):
            return None
        raise
    ledger.close()
    workshop = ledger.workshop
    if not workshop.address or LOOPBACK.fullmatch(read(workshop.address).host):
        return None
    return papers.Joining(workshop.address, workshop.code, f"{workshop.address}/k/{workshop.key}")
