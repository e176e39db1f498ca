"""Causes on the trainer's screen: typed as they are said, ours and the company's."""

from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.stage.entries import one_after_the_other, picked, typed
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.state import MOST_CAUSES, Cause

OURS, COMPANY, EDIT, STRIKE = "u", ("c", "f"), "e", "-"


class Causes(Looking):
    """Two lists."""

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Write down, change, strike."""
        texts, found = stage.texts, []
        if _has_room(stage):
            found += [
                (OURS, texts("scene.causes.key-ours")),
                (COMPANY[0], texts("scene.causes.key-company")),
            ]
        if stage.room.workshop.causes:
            found += [(EDIT, texts("scene.key-edit")), (STRIKE, texts("scene.key-strike"))]
        return found

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key."""
        if key == OURS:
            _ours(stage)
        elif key in COMPANY:
            _companys(stage)
        elif key == EDIT:
            _edit(stage)
        elif key == STRIKE:
            _strike(stage)
        else:
            return False
        return True


def _has_room(stage: Stage) -> bool:
    return len(stage.room.workshop.causes) < MOST_CAUSES


def _write(stage: Stage, cause: Cause, place: int | None = None) -> None:
    stage.room.change(lambda workshop: moves.with_cause(workshop, cause, place))


def _ours(stage: Stage) -> None:
    def write(text: str) -> None:
        _write(stage, Cause("ours", text))

    one_after_the_other(stage, stage.texts("scene.causes.ours"), write, lambda: _has_room(stage))


def _companys(stage: Stage) -> None:
    """Write a cause down at once, so that it is in sight while the room says what is needed."""

    def write(text: str) -> None:
        place = len(stage.room.workshop.causes)
        _write(stage, Cause("company", text))
        if need := typed(stage, stage.texts("scene.causes.need")):
            _write(stage, Cause("company", text, need), place)

    one_after_the_other(stage, stage.texts("scene.causes.company"), write, lambda: _has_room(stage))


def _edit(stage: Stage) -> None:
    texts, causes = stage.texts, stage.room.workshop.causes
    place = picked(stage, texts("scene.which"), [cause.text for cause in causes])
    if place is None:
        return
    cause = causes[place]
    text = typed(stage, texts(f"scene.causes.{cause.side}"), cause.text)
    if not text:
        return
    need = cause.need
    if cause.side == "company":
        found = typed(stage, texts("scene.causes.need"), cause.need)
        need = cause.need if found is None else found
    _write(stage, Cause(cause.side, text, need), place)


def _strike(stage: Stage) -> None:
    causes = stage.room.workshop.causes
    options = [cause.text for cause in causes]
    place = stage.asking.choose(stage.texts("scene.strike"), options) if options else None
    if place is not None:
        stage.room.change(lambda workshop: moves.without_cause(workshop, place))
