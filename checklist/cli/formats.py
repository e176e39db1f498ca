"""The formats of a person's result, and how one is written."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.session import Session
from checklist.journal import Journal, Result

if TYPE_CHECKING:
    from checklist.report import Report


class Format(StrEnum):
    """How a result is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


AsFormat = Annotated[
    Format, typer.Option("--format", metavar="terminal|markdown|json", help="option.format")
]


def show(
    session: Session,
    journal: Journal,
    result: Result,
    form: Format,
    *,
    explain: bool = False,
    history: bool = False,
) -> Report:
    """Build the report on a result, write it to standard output and give it back."""
    from checklist.render import as_json, document
    from checklist.report import own_report

    asked = result.questionnaire.id
    earlier = [
        other
        for other in journal.results.all(asked, result.perspective)
        if (other.finished_at, other.id) < (result.finished_at, result.id)
    ]
    report = own_report(result, earlier, journal.commitments.all(asked), session.texts)
    if form is Format.JSON:
        session.write(as_json.render(report, ascii_only=not session.writes_unicode))
        return report
    blocks = document.result(report, session.texts, explain=explain, history=history)
    session.publish(blocks, as_markdown=form is Format.MARKDOWN)
    return report
