"""``checklist questions print``: a questionnaire as a sheet of paper; strips to go with it."""

from __future__ import annotations

from typing import Annotated

import typer

from checklist.cli.publishing import Force, Output, into_file, write_page
from checklist.cli.session import Id, Lang, Questions, Session, session_of
from checklist.errors import WrongUsage
from checklist.rounds import Round


def print_sheet(
    context: typer.Context,
    questionnaire_id: Id = None,
    round_code: Annotated[
        str | None, typer.Option("--round", metavar="CODE", help="option.print-round")
    ] = None,
    strips: Annotated[
        int | None, typer.Option("--strips", metavar="NUMBER", help="option.print-strips")
    ] = None,
    output: Output = None,
    force: Force = False,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Write the sheet, or the strips, as one HTML file, to be printed from any browser."""
    session = session_of(context)
    session.check_lang(lang)
    if strips is None:
        page = _sheet(session, questionnaire_id, round_code, questions)
    else:
        page = _strips(session, questionnaire_id, round_code, strips)
    if output is None:
        write_page(session, page)
    else:
        into_file(session, output, page, force=force)
        session.say(session.texts("sheet-paper.print-it"))


def _sheet(session: Session, asked: str | None, code: str | None, questions: str | None) -> str:
    from checklist.render import sheet

    if code is None:
        bank = session.bank(questions)
        if asked is None:
            raise WrongUsage("missing-questionnaire", known=", ".join(bank.ids))
        return sheet.render(bank.load(asked), session.texts)
    round_ = _round(session, asked, code)
    return sheet.render(round_.questionnaire, session.texts, round_)


def _strips(session: Session, asked: str | None, code: str | None, number: int) -> str:
    from checklist.render import strips

    if code is None:
        raise WrongUsage("strips-without-round")
    if not 1 <= number <= strips.MOST:
        raise WrongUsage("strips-number", given=number, most=strips.MOST)
    round_ = _round(session, asked, code)
    return strips.render(strips.codes(session.texts.language, number), session.texts, round_)


def _round(session: Session, asked: str | None, code: str) -> Round:
    from checklist.cli.rounds.keeping import collecting, kept_store

    if asked is not None:
        raise WrongUsage("round-and-questionnaire", given=asked)
    with kept_store(session) as store:
        return collecting(store, code)
