"""The close on the trainer's screen: a day to meet again, the files, and the end."""

from datetime import timedelta

from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.following import WEEKS
from checklist.workshop.stage.agree import asked_day, keep, today
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.over import stays_open
from checklist.workshop.stage.scene import Stage
from checklist.workshop.stage.writing import named, write
from checklist.workshop.state import Workshop

DAY, WRITE, END = "d", "w", "e"


class Close(Looking):
    """The last phase."""

    def __init__(self) -> None:
        self._written: Workshop | None = None

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Set the day, write the files, end."""
        texts = stage.texts
        return [
            (DAY, texts("scene.close.key-day")),
            (WRITE, texts("scene.close.key-write")),
            (END, texts("scene.close.key-end")),
        ]

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key."""
        if key == DAY:
            _set_day(stage)
        elif key == WRITE:
            self._write(stage)
        elif key == END:
            self.leave(stage)
        else:
            return False
        return True

    def leave(self, stage: Stage) -> bool:
        """End the workshop after one question, which says what is deleted."""
        texts = stage.texts
        if self._is_written(stage):
            options = [texts("scene.close.stay"), texts("scene.close.end")]
        else:
            options = [
                texts("scene.close.stay"),
                texts("scene.close.write-and-end"),
                texts("scene.close.end-only"),
            ]
        alone = not stays_open(stage)
        question = texts("scene.close.question-alone" if alone else "scene.close.question")
        chosen = stage.asking.choose(" ".join([*_missing(stage), question]), options)
        if not chosen:
            return False
        if chosen == 1 and not self._is_written(stage):
            self._write(stage)
            if not self._is_written(stage):
                return False
        if stage.room.workshop.actions:  # once more, should the disk have failed before
            keep(stage)
        stage.room.change(moves.ended)
        return True

    def _is_written(self, stage: Stage) -> bool:
        """Whether the files hold what the workshop holds now."""
        return self._written is not None and self._written == stage.room.workshop

    def _write(self, stage: Stage) -> None:
        if not (written := write(stage)):
            return
        self._written, stage.written = stage.room.workshop, written
        names, folder = ", ".join(path.name for path in written), named(stage.folder)
        stage.asking.tell(stage.texts("scene.close.written", folder=folder, files=names))


def _missing(stage: Stage) -> list[str]:
    """Say what most workshops end with and this one has not got."""
    workshop, texts = stage.room.workshop, stage.texts
    return [
        *([] if workshop.actions else [texts("scene.close.no-agreement")]),
        *([] if workshop.follow_up else [texts("scene.close.no-day")]),
    ]


def _set_day(stage: Stage) -> None:
    """Have the day typed on which the room meets again; the agreements' file keeps it, too."""
    texts, workshop = stage.texts, stage.room.workshop
    proposed = workshop.follow_up or today(stage) + timedelta(weeks=WEEKS)
    day = asked_day(stage, texts("scene.close.day"), proposed)
    if day is None:
        return
    stage.room.change(lambda workshop: moves.meeting_again(workshop, day))
    keep(stage)
    closed_on = stage.room.round.closed_on
    if closed_on is not None and day < (first := closed_on + timedelta(weeks=WEEKS)):
        stage.asking.tell(texts("scene.close.soon", day=texts.day(first)))
