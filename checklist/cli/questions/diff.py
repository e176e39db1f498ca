"""``checklist questions diff``: what changed between two versions of a questionnaire."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from checklist.cli.questions.named import named
from checklist.cli.session import Lang, Questions, session_of


class Format(StrEnum):
    """How a comparison is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="argument.old")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="argument.new")],
    form: Annotated[
        Format,
        typer.Option("--format", metavar="terminal|markdown|json", help="option.diff-format"),
    ] = Format.TERMINAL,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Say what changed, and which trends can still be compared."""
    from checklist.comparison import compare
    from checklist.render import versions

    session = session_of(context)
    session.check_lang(lang)
    before, after = (named(session, name, questions, any_name=True) for name in (old, new))
    language = session.texts.language
    found = compare(before, after, language)
    if form is Format.JSON:
        session.write(versions.as_json(found, language, ascii_only=not session.writes_unicode))
        return
    shown = versions.blocks(found, session.texts)
    session.publish(shown, as_markdown=form is Format.MARKDOWN)
