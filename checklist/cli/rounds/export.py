"""``checklist round export``: what the gate allows, and the codebook, for other programs.

Its tables are the same in every language (comma, decimal point, no byte order mark): a script
should not have to know who ran the command. People with a spreadsheet take ``checklist report
--format csv``, which follows the language.
"""

import os.path
from pathlib import Path
from typing import Annotated

import typer

from checklist.cli.rounds.keeping import Code, kept_store
from checklist.cli.session import Lang, session_of
from checklist.errors import ChecklistError
from checklist.files import write_file
from checklist.reporting import report_on


def export(
    context: typer.Context,
    code: Code,
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="option.export-to")] = ".",
    force: Annotated[bool, typer.Option("--force", help="option.force")] = False,
    lang: Lang = None,
) -> None:
    """Write published figures and the codebook as tables, and the report as JSON."""
    from checklist.render import as_csv, as_json
    from checklist.render.spreadsheet import PROGRAMS

    session = session_of(context)
    session.check_lang(lang)
    with kept_store(session) as store:
        round_ = store.rounds.get(code)
        found = report_on(store, round_, session.texts)
    folder = Path(to)
    parts = {
        f"{round_.code}-figures.csv": as_csv.render(found, PROGRAMS),
        f"{round_.code}-codebook.csv": as_csv.codebook(
            round_.questionnaire, session.texts.language
        ),
        f"{round_.code}-report.json": as_json.render(found),
    }
    there = [folder / name for name in parts if os.path.lexists(folder / name)]
    if there and not force:  # all of them are looked at before one is written
        raise ChecklistError("output-exists-force", file=str(there[0]))
    _make(folder)
    for name, text in parts.items():
        write_file(folder / name, text.encode(), force=force)
        session.say(session.texts("output.written", file=folder / name))


def _make(folder: Path) -> None:
    """Make the folder where it is missing.

    Raises
    ------
    ChecklistError
        ``output-unwritable``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ChecklistError("output-unwritable", file=str(folder), reason=error) from error
