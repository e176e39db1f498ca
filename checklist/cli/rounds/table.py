"""``checklist round import``: take responses from a table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from checklist.cli.failure import problem_line
from checklist.cli.rounds.keeping import Code, collecting, kept_store
from checklist.cli.session import Lang, Session, session_of

SECONDS_BEFORE_A_BAR = 1.0


def import_table(
    context: typer.Context,
    code: Code,
    file: Annotated[str, typer.Argument(metavar="FILE", help="argument.table")],
    renamed: Annotated[
        list[str] | None, typer.Option("--map", metavar="ID=NAME", help="option.map")
    ] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="option.skip-bad")] = False,
    lang: Lang = None,
) -> None:
    """Say how the table is understood, then store all of it or nothing."""
    from checklist import tables

    session = session_of(context)
    session.check_lang(lang)
    texts, path = session.texts, Path(file)
    renames = tables.read_renames(renamed or ())
    with kept_store(session) as store:
        round_ = collecting(store, code)
        mapping = tables.read_mapping(path, round_, renames)
        for line in tables.mapping_lines(mapping, round_, texts):
            session.say(line)
        beside = path.with_name(f"{path.stem}.bad{path.suffix}")
        skipped = (
            tables.SkipBad(
                beside, texts("import.reason"), lambda problem: problem_line(problem, texts)
            )
            if skip_bad
            else None
        )
        with _bar(session) as progress:
            imported = tables.import_table(
                lambda each: store.responses.put_many(round_.code, each, mapping.digest),
                mapping,
                round_,
                skip_bad=skipped,
                progress=progress,
            )
    for line in tables.outcome_lines(imported, texts, path, beside if skip_bad else None):
        session.say(line)


@contextmanager
def _bar(session: Session) -> Iterator[Callable[[int, int], None]]:
    """Show how far it has come, where it takes longer than a second and somebody looks on."""
    from time import monotonic

    from rich.progress import BarColumn, Progress, TaskProgressColumn

    bar = Progress(BarColumn(), TaskProgressColumn(), console=session.aside, transient=True)
    task = bar.add_task("")
    begun, shown = monotonic(), False

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if not shown and session.aside.is_terminal and monotonic() - begun > SECONDS_BEFORE_A_BAR:
            bar.start()
            shown = True
        bar.update(task, completed=done, total=total)

    try:
        yield progress
    finally:
        if shown:
            bar.stop()
