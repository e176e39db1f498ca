"""``checklist workshop join``: take part in a workshop from a terminal."""

from typing import Annotated

import typer

from checklist.cli.session import Lang, session_of


def join(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="argument.join")],
    cert: Annotated[str | None, typer.Option("--cert", metavar="FILE", help="option.cert")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="option.plain")] = False,
    lang: Lang = None,
) -> None:
    """Do what ``checklist run --join`` does."""
    from checklist.cli.run_join import run_join

    session = session_of(context)
    session.check_lang(lang)
    run_join(session, url, certificate=cert, plain=plain)
