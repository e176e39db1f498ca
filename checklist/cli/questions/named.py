"""Finds the questionnaire that an argument names: a file, or an id."""

from pathlib import Path

from checklist.bank import read
from checklist.cli.session import Session
from checklist.questionnaire import Questionnaire


def named(
    session: Session, name: str, questions: str | None = None, *, any_name: bool = False
) -> Questionnaire:
    """Read what looks like a file; anything else is an id.

    Raises
    ------
    ChecklistError
        What ``bank`` raises.
    """
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return read(Path(name), any_name=any_name)
    return session.bank(questions).load(name)
