"""``checklist questions print``: a questionnaire as a sheet of paper; strips to go with it."""

from __future__ import annotations

from typing import Annotated

import typer

from checklist.cli.printing import hand_out, printed_of
from checklist.cli.publishing import Force, Output
from checklist.cli.session import Id, Lang, Questions, Session, session_of
from checklist.errors import WrongUsage


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
    hand_out(session, page, output, session.texts("sheet-paper.print-it"), force=force)


def _sheet(session: Session, asked: str | None, code: str | None, questions: str | None) -> str:
    from checklist.render import sheet

    questionnaire, round_ = printed_of(session, asked, code, questions, collects=True)
    return sheet.render(questionnaire, session.texts, round_)


def _strips(session: Session, asked: str | None, code: str | None, number: int) -> str:
    from checklist.render import strips

    if code is None:
        raise WrongUsage("strips-without-round")
    if not 1 <= number <= strips.MOST:
        raise WrongUsage("strips-number", given=number, most=strips.MOST)
    _, round_ = printed_of(session, asked, code, None, collects=True)
    assert round_ is not None
    return strips.render(strips.codes(session.texts.language, number), session.texts, round_)
