"""``checklist questions check``: whether questionnaire files are in order."""

from pathlib import Path
from typing import Annotated

import typer

from checklist.bank import read
from checklist.cli.failure import problem_line
from checklist.cli.session import Lang, session_of
from checklist.errors import ChecklistError

Files = Annotated[list[str], typer.Argument(metavar="FILE|DIR...", help="argument.files")]


def check(context: typer.Context, files: Files, lang: Lang = None) -> None:
    """Check questionnaire files; exit code 1 where something is wrong."""
    session = session_of(context)
    session.check_lang(lang)
    wrong = 0
    for path in _files(files):
        try:
            read(path)
        except ChecklistError as error:
            if not error.problems:
                raise
            wrong += 1
            for problem in error.problems:
                session.write(f"{problem_line(problem, session.texts)}\n")
        else:
            session.say(session.texts("questions.in-order", file=path))
    if wrong:
        raise ChecklistError("files-not-in-order", count=wrong)


def _files(named: list[str]) -> list[Path]:
    files: list[Path] = []
    for name in named:
        path = Path(name)
        files += sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise ChecklistError("no-files", named=", ".join(named))
    return files
