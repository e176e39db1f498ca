"""What a command works with: the language, the person's folder, the consoles and the clock."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from checklist.bank import Bank
from checklist.errors import WrongUsage
from checklist.home import home, prepare
from checklist.i18n import LANGUAGES, Texts
from checklist.journal import Journal
from checklist.render.blocks import Block
from checklist.render.plain import Charset
from checklist.render.wrap import wrapped

Lang = Annotated[str | None, typer.Option("--lang", metavar="de|en", help="option.lang")]
Questions = Annotated[
    str | None, typer.Option("--questions", metavar="DIR", help="option.questions")
]
Id = Annotated[str | None, typer.Argument(metavar="ID", help="argument.id")]
Yes = Annotated[bool, typer.Option("--yes", help="option.yes")]


class Session:
    """One call of the program."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    @staticmethod
    def now() -> datetime:
        """Give the time."""
        return datetime.now(UTC)

    @cached_property
    def folder(self) -> Path:
        """The person's own folder, made if it is not there."""
        return prepare(home(os.environ))

    @cached_property
    def out(self) -> Console:
        """Where results go: standard output."""
        return Console(highlight=False, markup=False, emoji=False)

    @cached_property
    def aside(self) -> Console:
        """Where everything else goes: standard error."""
        return Console(stderr=True, highlight=False, markup=False, emoji=False)

    def say(self, text: str) -> None:
        """Say something beside the result."""
        _print(self.aside, text)

    def write(self, text: str) -> None:
        """Write a result that is text already; what standard output cannot show is spelt out."""
        if os.linesep == "\r\n":  # the stream ends lines so by itself
            text = text.replace("\r\n", "\n")
        sys.stdout.write(Charset.of(sys.stdout.encoding).lines(text))
        sys.stdout.flush()

    @property
    def writes_unicode(self) -> bool:
        """Whether standard output takes every sign."""
        return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"

    def show(self, blocks: list[Block]) -> None:
        """Show a result in the terminal."""
        from checklist.render.terminal import TerminalRenderer

        TerminalRenderer(self.out).print(blocks)

    def publish(self, blocks: list[Block], *, as_markdown: bool) -> None:
        """Give a result as Markdown, or show it in the terminal."""
        if not as_markdown:
            self.show(blocks)
            return
        from checklist.render import markdown

        self.write(markdown.render(blocks))

    def check_lang(self, asked: str | None) -> None:
        """Refuse a language that the interface does not speak.

        Raises
        ------
        WrongUsage
            ``unknown-language``.
        """
        if asked is not None and asked not in LANGUAGES:
            raise WrongUsage("unknown-language", asked=asked, known=", ".join(LANGUAGES))

    def bank(self, questions: str | None) -> Bank:
        """Give the questionnaires at hand: ``--questions``, ``CHECKLIST_QUESTIONS``, ours."""
        own = questions or os.environ.get("CHECKLIST_QUESTIONS")
        return Bank(Path(own) if own else None)

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """Open the journal for the length of a command."""
        journal = Journal(self.folder)
        try:
            yield journal
        finally:
            journal.close()


def session_of(context: typer.Context) -> Session:
    """Give the session that a command was called in."""
    session = context.find_root().obj
    assert isinstance(session, Session)
    return session


def _print(console: Console, text: str) -> None:
    charset = Charset.of(console.encoding)
    for part in text.split("\n"):
        lines = [Text(charset.text(part))]
        if console.is_terminal:  # elsewhere a path broken in two could not be copied
            lines = wrapped(console, charset, part, console.width) or lines
        for line in lines:
            console.print(line, soft_wrap=True)
