"""``checklist data``: where one's own data lies, a copy of it, and the end of it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from checklist.cli.asking import confirmed
from checklist.cli.session import Lang, Session, Yes, session_of
from checklist.home import ROUNDS, home
from checklist.journal import erase as erase_folder
from checklist.workshop.places import FOLDER

Target = Annotated[str, typer.Argument(metavar="FILE", help="argument.backup")]


def path(context: typer.Context, lang: Lang = None) -> None:
    """Say where everything lies."""
    session = session_of(context)
    session.check_lang(lang)
    session.write(f"{home(os.environ)}\n")


def backup(context: typer.Context, target: Target, lang: Lang = None) -> None:
    """Copy the journal into a new file."""
    session = session_of(context)
    session.check_lang(lang)
    with session.journal() as journal:
        journal.backup(Path(target))
    session.say(session.texts("data.backed-up", file=target))
    _say_of_workshops(session, home(os.environ), "data.workshops-apart")


def erase(context: typer.Context, yes: Yes = False, lang: Lang = None) -> None:
    """Erase drafts, results and plan for good; asks first."""
    session = session_of(context)
    session.check_lang(lang)
    texts, folder = session.texts, home(os.environ)
    question = texts("data.erase-question", folder=folder)
    if not yes and not confirmed(
        session,
        f"{question} {texts('data.erase-rounds')}",
        texts("data.erase-no"),
        texts("data.erase-yes"),
        command="checklist data erase --yes",
    ):
        session.say(texts("data.not-erased"))
        return
    erase_folder(folder)
    session.say(texts("data.erased", folder=folder))
    rounds = folder / ROUNDS
    if rounds.exists():
        session.say(texts("data.rounds-stay", file=rounds))
    _say_of_workshops(session, folder, "data.workshops-stay")


def _say_of_workshops(session: Session, folder: Path, key: str) -> None:
    """Say what becomes of files of workshops that one has led, where there are any."""
    workshops = folder / FOLDER
    if workshops.is_dir() and any(workshops.iterdir()):
        session.say(session.texts(key, folder=workshops))
