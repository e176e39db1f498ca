"""The formats of a person's result, and how one is written."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.session import Session
from checklist.journal import Journal, Result

if TYPE_CHECKING:
    from checklist.render.blocks import Block
    from checklist.report import Report


class Format(StrEnum):
    """How a result is written right after answering."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


class ResultFormat(StrEnum):
    """How a result is written later on, when there is time to look at a page."""

    TERMINAL = "terminal"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


AsFormat = Annotated[
    Format, typer.Option("--format", metavar="terminal|markdown|json", help="option.format")
]
AsResultFormat = Annotated[
    ResultFormat,
    typer.Option("--format", metavar="terminal|html|markdown|json", help="option.result-format"),
]


def show(
    session: Session,
    journal: Journal,
    result: Result,
    form: Format | ResultFormat,
    *,
    explain: bool = False,
    history: bool = False,
    output: str | None = None,
    force: bool = False,
) -> Report:
    """Build the report on a result, write it and give it back.

    Without ``output`` it goes to standard output; ``force`` replaces a file that is there.

    Raises
    ------
    ChecklistError
        ``output-exists-force``, ``output-unwritable``.
    """
    from checklist.render import document
    from checklist.report import own_report

    asked = result.questionnaire.id
    earlier = [
        other
        for other in journal.results.all(asked, result.perspective)
        if (other.finished_at, other.id) < (result.finished_at, result.id)
    ]
    report = own_report(result, earlier, journal.commitments.all(asked), session.texts)
    blocks = document.result(report, session.texts, explain=explain, history=history)
    if output is not None:
        from checklist.cli.publishing import into_file

        into_file(session, output, _written(session, report, blocks, form), force=force)
    elif form == ResultFormat.JSON:
        from checklist.cli.publishing import write_json

        write_json(session, report)
    elif form == ResultFormat.HTML:
        from checklist.cli.publishing import write_page

        write_page(session, _written(session, report, blocks, form))
    else:
        session.publish(blocks, as_markdown=form == ResultFormat.MARKDOWN)
    return report


def _written(
    session: Session, report: Report, blocks: list[Block], form: Format | ResultFormat
) -> str:
    """Write a result as text."""
    if form == ResultFormat.JSON:
        from checklist.render import as_json

        return as_json.render(report)
    if form == ResultFormat.MARKDOWN:
        from checklist.render import markdown

        return markdown.render(blocks)
    if form == ResultFormat.HTML:
        from checklist.render import html

        return html.render(blocks, session.texts)
    from checklist.cli.publishing import as_text

    return as_text(blocks)
