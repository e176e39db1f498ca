"""``checklist report``: what a closed round says, in any format."""

from __future__ import annotations

from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.output import write_file
from checklist.cli.rounds.keeping import Code, kept_store, report_on
from checklist.cli.session import Lang, Session, session_of
from checklist.rounds import Round

if TYPE_CHECKING:
    from checklist.render.blocks import Block
    from checklist.report import Report


class Format(StrEnum):
    """How a round's report is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


def report(
    context: typer.Context,
    code: Code,
    form: Annotated[
        Format,
        typer.Option("--format", metavar="terminal|markdown|json|csv", help="option.report-format"),
    ] = Format.TERMINAL,
    output: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="option.output")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="option.force")] = False,
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
        found = report_on(store, round_, session.texts)
    if team is not None:
        from checklist.report import for_team

        found = for_team(found, team)
    if output is None:
        _print(session, found, round_, form)
    else:
        write_file(Path(output), written(session, found, round_, form).encode(), force=force)
        session.say(session.texts("output.written", file=output))


def _print(session: Session, found: Report, round_: Round, form: Format) -> None:
    if form is Format.TERMINAL:
        from checklist.render.round_document import round_blocks

        session.show(round_blocks(found, round_, session.texts))
    else:
        session.write(written(session, found, round_, form))


def written(session: Session, found: Report, round_: Round, form: Format) -> str:
    """Write a report as text; what a terminal shows in colours becomes plain."""
    from checklist.render import as_csv, as_json, markdown
    from checklist.render.round_document import round_blocks

    if form is Format.JSON:
        return as_json.render(found)
    if form is Format.CSV:
        return as_csv.render(found)
    blocks = round_blocks(found, round_, session.texts)
    return markdown.render(blocks) if form is Format.MARKDOWN else _as_in_a_terminal(blocks)


def _as_in_a_terminal(blocks: list[Block]) -> str:
    from rich.console import Console

    from checklist.render.terminal import WIDEST, TerminalRenderer

    console = Console(file=StringIO(), width=WIDEST, color_system=None, highlight=False)
    with console.capture() as capture:
        TerminalRenderer(console).print(blocks)
    return capture.get()
