"""All commands: which there are, in which order, and where each is found."""

from collections.abc import Collection
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from checklist.cli.help import LocalCommand, LocalGroup
from checklist.cli.overview import overview
from checklist.cli.session import Lang, session_of

COMMANDS = {
    "run": "run:run",
    "results": "results:results",
    "plan": "plan:plan",
    "withdraw": "withdraw:withdraw",
    "questions-list": "questions.listing:list_all",
    "questions-show": "questions.show:show",
    "questions-check": "questions.check:check",
    "questions-new": "questions.new:new",
    "questions-diff": "questions.diff:diff",
    "questions-schema": "questions.schema:schema",
    "questions-print": "questions.print:print_sheet",
    "round-open": "rounds.open:open_round",
    "round-list": "rounds.listing:list_rounds",
    "round-show": "rounds.listing:show",
    "round-import": "rounds.table:import_table",
    "round-enter": "rounds.enter:enter",
    "round-close": "rounds.close:close",
    "round-audit": "rounds.audit:audit",
    "round-export": "rounds.export:export",
    "round-purge": "rounds.close:purge",
    "workshop-start": "workshop.start:start",
    "workshop-join": "workshop.join:join",
    "workshop-print": "workshop.print:print_papers",
    "report": "report:report",
    "demo": "demo:demo",
    "data-path": "data:path",
    "data-backup": "data:backup",
    "data-erase": "data:erase",
}
"""The function behind each command; help lists them in this order."""

GROUPS = ("questions", "round", "workshop", "data")
"""Commands whose names begin so, as in ``round-open``, belong to a group."""


def command(arguments: Collection[str] | None = None) -> Any:
    """Build the command line.

    Parameters
    ----------
    arguments
        What was typed: only commands named there are imported, which keeps a start fast; the others
        have a name and a help text. ``None`` imports all.
    """
    app = _group()
    app.callback(invoke_without_command=True, help="help.root")(overview)
    homes = {"": app} | {group: _group() for group in GROUPS}
    for path, where in COMMANDS.items():
        group, _, name = path.rpartition("-")
        function = _found(where) if arguments is None or name in arguments else _elsewhere
        homes[group].command(name, cls=LocalCommand, help=f"help.{path}")(function)
    for group in GROUPS:
        homes[group].callback(help=f"help.{group}")(_nothing)
        app.add_typer(homes[group], name=group)
    return get_command(app)


def _found(where: str) -> Any:
    module, _, function = where.partition(":")
    return getattr(import_module(f"checklist.cli.{module}"), function)


def _group() -> typer.Typer:
    return typer.Typer(
        cls=LocalGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )


def _elsewhere() -> None:
    """Stand for a command that was not asked for."""


def _nothing(context: typer.Context, lang: Lang = None) -> None:
    """A group does nothing by itself, and speaks the language that was asked for."""
    session_of(context).check_lang(lang)
