"""``checklist workshop print``: the papers with which a trainer leads a workshop."""

from __future__ import annotations

from typing import Annotated

import typer

from checklist.cli.printing import hand_out, printed_of
from checklist.cli.publishing import Force, Output, check_page
from checklist.cli.session import Id, Lang, Questions, session_of


def print_papers(
    context: typer.Context,
    questionnaire_id: Id = None,
    round_code: Annotated[
        str | None, typer.Option("--round", metavar="CODE", help="option.workshop-round")
    ] = None,
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

    page = papers.render(questionnaire, session.texts, round_)
    hand_out(session, page, output, session.texts("workshop.written"), force=force)
