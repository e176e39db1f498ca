"""Chooses how an interview is shown: cards where keys can be taken singly, else plain lines."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from checklist.cli.session import Session
from checklist.errors import ChecklistError
from checklist.terminal.by_lines import ByLines
from checklist.terminal.front import Front


@contextmanager
def front_for(session: Session, *, plain: bool) -> Iterator[Front]:
    """Open the front that fits the terminal.

    Parameters
    ----------
    session
        Its console for everything that is no result is what the front writes to.
    plain
        Whether lines were asked for.

    Raises
    ------
    ChecklistError
        ``window-too-narrow``: no card could be read.
    """
    if plain or not takes_keys(session):
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # a stray byte must not end the interview
        yield ByLines(sys.stderr, sys.stdin, session.texts)
        return
    from checklist.terminal.by_keys import ByKeys
    from checklist.terminal.keyboard import SystemKeyboard
    from checklist.terminal.page import NARROWEST
    from checklist.terminal.screen import Screen

    screen = Screen(session.aside)
    if screen.size[0] < NARROWEST:
        raise ChecklistError("window-too-narrow", width=screen.size[0], least=NARROWEST)
    with SystemKeyboard() as keyboard:
        yield ByKeys(screen, keyboard, session.texts)


def takes_keys(session: Session) -> bool:
    """Whether single keys can be read and a screen be drawn."""
    return (
        is_interactive()
        and session.aside.is_terminal
        and not session.aside.legacy_windows
        and os.environ.get("TERM", "").lower() not in ("dumb", "unknown")
    )


def is_interactive() -> bool:
    """Whether somebody sits at standard input."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()
