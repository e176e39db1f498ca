"""Writes the files that a workshop leaves; where a folder takes none, another one is asked for."""

from collections.abc import Sequence
from pathlib import Path

from checklist.errors import ChecklistError
from checklist.workshop import moves, outcome
from checklist.workshop.stage.scene import Stage


def write(stage: Stage) -> Sequence[Path]:
    """Give what was written; nothing where the trainer would rather not go on.

    All see the screen: it names the folder, not where it lies.
    """
    room, texts = stage.room, stage.texts
    while True:
        try:
            return outcome.write(
                stage.folder, room.workshop, room.round, stage.reports, texts, stage.before
            )
        except ChecklistError as error:
            if error.code != "output-unwritable":
                raise
            reason = error.values["reason"]
        said = getattr(reason, "strerror", None) or reason
        question = texts("scene.close.where", folder=named(stage.folder), reason=said)
        if not (typed := stage.asking.line(question)):
            return ()
        stage.folder = Path(typed).expanduser().resolve()
        room.change(lambda workshop: moves.writing_to(workshop, str(stage.folder)))


def named(folder: Path) -> str:
    """Give a folder's name alone."""
    return folder.resolve().name or str(folder)
