"""``checklist report``: what a closed round says, in any format."""

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
from checklist.cli.rounds.keeping import Code, kept_store
from checklist.cli.session import Lang, session_of
from checklist.reporting import report_on


def report(
    context: typer.Context,
    code: Code,
    form: AsReportFormat = ReportFormat.TERMINAL,
    output: Output = None,
    force: Force = False,
    team: Annotated[
        str | None, typer.Option("--team", metavar="NAME", help="option.report-team")
    ] = None,
    lang: Lang = None,
) -> None:
    """Write the report on a closed round, or one team's."""
    session = session_of(context)
    session.check_lang(lang)
    with kept_store(session) as store:
        round_ = store.rounds.get(code)
        check_page(
            f"checklist report {round_.code} --format html --output {round_.code}.html",
            as_page=form is ReportFormat.HTML,
            output=output,
        )
        found = report_on(store, round_, session.texts)
        before = None if round_.follows is None else store.rounds.get(round_.follows)
    if team is not None:
        from checklist.report import for_team

        found = for_team(found, team)
    publish(session, found, round_, form, output, force, before=before)
