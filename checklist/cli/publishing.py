"""Writes reports and results in a format: to standard output, or into a file."""

from __future__ import annotations

import sys
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.session import Session
from checklist.errors import WrongUsage
from checklist.files import write_file
from checklist.rounds import Round

if TYPE_CHECKING:
    from checklist.render.blocks import Block
    from checklist.report import Report


class ReportFormat(StrEnum):
    """How a round's report is written."""

    TERMINAL = "terminal"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


AsReportFormat = Annotated[
    ReportFormat,
    typer.Option(
        "--format", metavar="terminal|html|markdown|json|csv", help="option.report-format"
    ),
]
Output = Annotated[str | None, typer.Option("--output", metavar="FILE", help="option.output")]
Force = Annotated[bool, typer.Option("--force", help="option.force")]


def publish(
    session: Session,
    report: Report,
    round_: Round,
    form: ReportFormat,
    output: str | None = None,
    force: bool = False,
    note: str = "",
    before: Round | None = None,
) -> None:
    """Write the report on a round.

    Parameters
    ----------
    output
        A file; without one the report goes to standard output.
    force
        Replace that file if it is there.
    note
        What is said right below the title, where the format is made to be read. In a table every
        line then names the round.
    before
        The round that this one follows, if it is at hand.

    Raises
    ------
    ChecklistError
        ``page-on-screen``, ``output-exists-force``, ``output-unwritable``.
    """
    if output is not None:
        into_file(
            session, output, _written(session, report, round_, form, note, before), force=force
        )
    elif form is ReportFormat.TERMINAL:
        session.show(_blocks(session, report, round_, note, before))
    elif form is ReportFormat.HTML:
        write_page(session, _written(session, report, round_, form, note, before))
    elif form is ReportFormat.JSON:
        write_json(session, report)
    else:
        session.write(_written(session, report, round_, form, note, before))


def check_page(command: str, *, as_page: bool, output: str | None) -> None:
    """Refuse to write a page onto a screen, where it would only be seen as its source.

    Parameters
    ----------
    command
        What to call instead.
    as_page
        Whether a page was asked for.
    output
        The file that it goes to, if any.

    Raises
    ------
    WrongUsage
        ``page-on-screen``.
    """
    if as_page and output is None and sys.stdout.isatty():
        raise WrongUsage("page-on-screen", command=command)


def write_page(session: Session, page: str) -> None:
    """Write a page to standard output, right in every encoding.

    It says of itself that it is UTF-8; elsewhere, what is not in ASCII is written as numbers.
    """
    coded = page.encode("ascii", "xmlcharrefreplace").decode()
    sys.stdout.write(page if session.writes_unicode else coded)
    sys.stdout.flush()


def write_json(session: Session, report: Report) -> None:
    """Write a report as JSON to standard output, with escapes where not every sign can be shown."""
    from checklist.render import as_json

    session.write(as_json.render(report, ascii_only=not session.writes_unicode))


def into_file(session: Session, output: str, text: str, *, force: bool) -> None:
    """Write a result into a file, and say so.

    Raises
    ------
    ChecklistError
        ``output-exists-force``, ``output-unwritable``.
    """
    write_file(Path(output), text.encode(), force=force)
    session.say(session.texts("output.written", file=output))


def as_text(blocks: list[Block]) -> str:
    """Write as text what a terminal shows in colours."""
    from rich.console import Console

    from checklist.render.terminal import WIDEST, TerminalRenderer

    console = Console(file=StringIO(), width=WIDEST, color_system=None, highlight=False)
    with console.capture() as capture:
        TerminalRenderer(console).print(blocks)
    return capture.get()


def _blocks(
    session: Session, report: Report, round_: Round, note: str, before: Round | None
) -> list[Block]:
    from checklist.render.blocks import Paragraph
    from checklist.render.round_document import round_blocks

    title, *rest = round_blocks(report, round_, session.texts, before)
    return [title, Paragraph(note), *rest] if note else [title, *rest]


def _written(
    session: Session,
    report: Report,
    round_: Round,
    form: ReportFormat,
    note: str,
    before: Round | None,
) -> str:
    from checklist.render import as_csv, as_json

    if form is ReportFormat.JSON:
        return as_json.render(report)
    if form is ReportFormat.CSV:
        return as_csv.render(report, label=round_.title if note else "")
    blocks = _blocks(session, report, round_, note, before)
    if form is ReportFormat.MARKDOWN:
        from checklist.render import markdown

        return markdown.render(blocks)
    if form is ReportFormat.HTML:
        from checklist.render import html

        return html.render(blocks, session.texts)
    return as_text(blocks)
