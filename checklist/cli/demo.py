"""``checklist demo``: the report on a made-up chain of rounds, to see what comes out."""

from __future__ import annotations

from typing import Annotated

import typer

from checklist.cli.publishing import (
    AsReportFormat,
    Force,
    Output,
    ReportFormat,
    check_page,
    publish,
)
from checklist.cli.session import Lang, session_of

AS_FILE = "checklist demo --format html --output demo.html"


def demo(
    context: typer.Context,
    form: AsReportFormat = ReportFormat.TERMINAL,
    output: Output = None,
    force: Force = False,
    team: Annotated[
        str | None, typer.Option("--team", metavar="NAME", help="option.report-team")
    ] = None,
    lang: Lang = None,
) -> None:
    """Show the made-up report, or one team's; nothing is stored, and no clock is read."""
    session = session_of(context)
    session.check_lang(lang)
    check_page(AS_FILE, as_page=form is ReportFormat.HTML, output=output)
    from checklist.demo import chain
    from checklist.report import for_team

    texts = session.texts
    made_up = chain(texts.language)
    report = made_up.report(texts)
    if team is not None:
        report = for_team(report, made_up.full_name(team))
    publish(
        session,
        report,
        made_up.autumn,
        form,
        output,
        force,
        note=texts("demo.note"),
        before=made_up.spring,
    )
