"""All commands: which there are, in which order, and what they share."""

from typing import Any

import typer
from typer.main import get_command

from checklist.cli import data, overview, plan, questions, report, results, run, withdraw
from checklist.cli.help import LocalCommand, LocalGroup
from checklist.cli.rounds import close, export, listing, table
from checklist.cli.rounds import open as opening
from checklist.cli.session import Lang, session_of


def command() -> Any:
    """Build the command line."""
    app = _group()
    app.callback(invoke_without_command=True, help="help.root")(overview.overview)
    _add(app, "run", run.run)
    _add(app, "results", results.results)
    _add(app, "plan", plan.plan)
    _add(app, "withdraw", withdraw.withdraw)
    questions_group = _group()
    questions_group.callback(help="help.questions")(_nothing)
    _add(questions_group, "list", questions.list_all, "questions-list")
    _add(questions_group, "check", questions.check, "questions-check")
    app.add_typer(questions_group, name="questions")
    round_group = _group()
    round_group.callback(help="help.round")(_nothing)
    _add(round_group, "open", opening.open_round, "round-open")
    _add(round_group, "list", listing.list_rounds, "round-list")
    _add(round_group, "show", listing.show, "round-show")
    _add(round_group, "import", table.import_table, "round-import")
    _add(round_group, "close", close.close, "round-close")
    _add(round_group, "export", export.export, "round-export")
    _add(round_group, "purge", close.purge, "round-purge")
    app.add_typer(round_group, name="round")
    _add(app, "report", report.report)
    data_group = _group()
    data_group.callback(help="help.data")(_nothing)
    _add(data_group, "path", data.path, "data-path")
    _add(data_group, "backup", data.backup, "data-backup")
    _add(data_group, "erase", data.erase, "data-erase")
    app.add_typer(data_group, name="data")
    return get_command(app)


def _group() -> typer.Typer:
    return typer.Typer(
        cls=LocalGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )


def _add(app: typer.Typer, name: str, function: Any, help_key: str | None = None) -> None:
    app.command(name, cls=LocalCommand, help=f"help.{help_key or name}")(function)


def _nothing(context: typer.Context, lang: Lang = None) -> None:
    """A group does nothing by itself, and speaks the language that was asked for."""
    session_of(context).check_lang(lang)
