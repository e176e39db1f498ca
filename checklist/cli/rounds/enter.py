"""``checklist round enter``: type filled-in sheets into a round."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Annotated

import typer

from checklist.cli.failure import problem_line
from checklist.cli.fronts import is_interactive, takes_keys
from checklist.cli.rounds.keeping import Code, collecting, kept_store
from checklist.cli.session import Lang, Session, session_of
from checklist.errors import ChecklistError, Problem
from checklist.terminal.entering import Entering
from checklist.terminal.front import Left
from checklist.terminal.round_course import team_of


def enter(
    context: typer.Context,
    code: Code,
    team: Annotated[
        str | None, typer.Option("--team", metavar="NAME", help="option.enter-team")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="option.plain")] = False,
    lang: Lang = None,
) -> None:
    """Take sheets by keys, by lines, or all at once from a pipe."""
    session = session_of(context)
    session.check_lang(lang)
    with kept_store(session) as store:
        round_ = collecting(store, code)
        entering = Entering(store.responses, round_)
        if team is not None:
            entering.team = team_of(round_, team)
        with _summed_up(session, entering), suppress(Left, EOFError):
            if not is_interactive():
                _from_pipe(session, entering)
            elif plain or not takes_keys(session):
                _by_lines(session, entering)
            else:
                _by_keys(session, entering)


@contextmanager
def _summed_up(session: Session, entering: Entering) -> Iterator[None]:
    """Say in the end how many sheets are in, and that none is in by half."""
    try:
        yield
    except (ChecklistError, KeyboardInterrupt):
        if entering.entered or entering.sheet.begun:
            _sum_up(session, entering)
        raise
    _sum_up(session, entering)


def _sum_up(session: Session, entering: Entering) -> None:
    if entering.reopened:
        session.say(session.texts("enter.unchanged"))
    elif entering.sheet.begun:
        session.say(session.texts("enter.dropped"))
    session.say(session.texts.count("enter.summary", entering.entered))
    if entering.entered:
        session.say(session.texts("enter.destroy"))


def _from_pipe(session: Session, entering: Entering) -> None:
    from checklist.terminal.entering_by_lines import read_sheets
    from checklist.terminal.entering_texts import same_words_line

    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a stray byte makes a bad line, not a fault
    entering.store_all(read_sheets(sys.stdin or (), entering, session.texts))
    for same in entering.same_words:
        session.say(same_words_line(same, session.texts))


def _by_lines(session: Session, entering: Entering) -> None:
    from checklist.terminal.entering_by_lines import EnteringByLines

    EnteringByLines(sys.stderr, sys.stdin, session.texts, entering, _worded(session)).run()


def _by_keys(session: Session, entering: Entering) -> None:
    from checklist.terminal.entering_by_keys import EnteringByKeys
    from checklist.terminal.keyboard import SystemKeyboard
    from checklist.terminal.screen import Screen

    with SystemKeyboard() as keyboard:
        screen, texts = Screen(session.aside), session.texts
        EnteringByKeys(screen, keyboard, texts, entering, _worded(session)).run()


def _worded(session: Session) -> Callable[[Problem], str]:
    return lambda problem: problem_line(problem, session.texts)
