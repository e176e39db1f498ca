"""Asks before something final is done; ``--yes`` answers for it."""

import sys

from checklist.cli.fronts import is_interactive
from checklist.cli.session import Session
from checklist.errors import WrongUsage
from checklist.terminal.by_lines import ByLines
from checklist.terminal.front import Left


def confirmed(session: Session, question: str, no: str, yes: str, *, command: str) -> bool:
    """Ask a question whose first answer is no; whoever leaves says no.

    Parameters
    ----------
    session
        Its language.
    question, no, yes
        The words.
    command
        What to call where there is no terminal to ask in.

    Raises
    ------
    WrongUsage
        ``needs-yes``: there is nobody to ask.
    """
    if not is_interactive():
        raise WrongUsage("needs-yes", command=command)
    front = ByLines(sys.stderr, sys.stdin, session.texts)
    try:
        return front.choose(question, [no, yes]) == 1
    except (EOFError, Left):
        return False
