"""``checklist workshop print``: the papers with which a trainer leads a workshop."""

from __future__ import annotations

from typing import Annotated

import typer

from checklist.cli.publishing import Force, Output, check_page, into_file, write_page
from checklist.cli.session import Id, Lang, Questions, Session, session_of
from checklist.errors import WrongUsage


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
    page = _papers(session, questionnaire_id, round_code, questions)
    if output is None:
        write_page(session, page)
    else:
        into_file(session, output, page, force=force)
        session.say(session.texts("workshop.written"))


def _papers(session: Session, asked: str | None, code: str | None, questions: str | None) -> str:
    from checklist.workshop import papers

    if code is None:
        bank = session.bank(questions)
        if asked is None:
            raise WrongUsage("missing-questionnaire", known=", ".join(bank.ids))
        return papers.render(bank.load(asked), session.texts)
    from checklist.cli.rounds.keeping import kept_store

    if asked is not None:
        raise WrongUsage("round-and-questionnaire", given=asked)
    with kept_store(session) as store:
        round_ = store.rounds.get(code)
    return papers.render(round_.questionnaire, session.texts, round_)
