"""``checklist questions print``: a questionnaire as a sheet of paper, also for a round."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checklist.cli.output import write_file
from checklist.cli.session import Id, Lang, Questions, Session, session_of
from checklist.errors import WrongUsage


def print_sheet(
    context: typer.Context,
    questionnaire_id: Id = None,
    round_code: Annotated[
        str | None, typer.Option("--round", metavar="CODE", help="option.print-round")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="option.output")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="option.force")] = False,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Write the sheet as one HTML file, to be printed from any browser."""
    session = session_of(context)
    session.check_lang(lang)
    sheet = _sheet(session, questionnaire_id, round_code, questions)
    if output is None:
        # The page says that it is UTF-8; signs written as numbers are right in every encoding.
        coded = sheet if session.writes_unicode else _in_ascii(sheet)
        sys.stdout.write(coded)
        sys.stdout.flush()
    else:
        write_file(Path(output), sheet.encode(), force=force)
        session.say(session.texts("output.written", file=output))
        session.say(session.texts("sheet-paper.print-it"))


def _sheet(session: Session, asked: str | None, code: str | None, questions: str | None) -> str:
    from checklist.render import sheet

    if code is None:
        bank = session.bank(questions)
        if asked is None:
            raise WrongUsage("missing-questionnaire", known=", ".join(bank.ids))
        return sheet.render(bank.load(asked), session.texts)
    if asked is not None:
        raise WrongUsage("round-and-questionnaire", given=asked)
    from checklist.cli.rounds.keeping import collecting, kept_store

    with kept_store(session) as store:
        round_ = collecting(store, code)
    return sheet.render(round_.questionnaire, session.texts, round_)


def _in_ascii(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()
