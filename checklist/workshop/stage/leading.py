"""Leads through the phases: one key goes on, one goes back, whatever happens is on disk."""

from collections.abc import Callable, Mapping

from rich.text import Text

from checklist.errors import ChecklistError
from checklist.render.wrap import wrapped
from checklist.terminal import keys
from checklist.terminal.keys import Key, Pasted
from checklist.terminal.page import ACCENT, NO_BREAK, QUIET
from checklist.workshop import moves
from checklist.workshop.agenda import PHASES
from checklist.workshop.stage.asking import InFoot
from checklist.workshop.stage.board import Board
from checklist.workshop.stage.check import Check
from checklist.workshop.stage.enough import ends_early
from checklist.workshop.stage.helping import Helping
from checklist.workshop.stage.over import stay_open
from checklist.workshop.stage.scene import Scene, Stage

ON = (keys.RIGHT, keys.ENTER, " ")
BACK = (keys.LEFT, keys.BACKSPACE)
STOP = (keys.INTERRUPT, keys.END_OF_INPUT, "q")
HELP, NOTES, CODE = "?", "n", "c"
STAY, PAUSE, END = range(3)

Worded = Callable[[Exception], str]
"""Gives the words for an expected error, or for a disk that does not do what it should."""


class Leading:
    """The trainer at the screen.

    Parameters
    ----------
    board, asking
        Where is drawn and asked.
    stage
        What scenes work with.
    scenes
        By the id of their phase.
    worded
        What is shown of an error; the workshop goes on.
    resume
        What to type to go on after a pause.
    notice
        What is said first.
    """

    def __init__(
        self,
        board: Board,
        asking: InFoot,
        stage: Stage,
        scenes: Mapping[str, Scene],
        worded: Worded,
        resume: str,
        notice: str = "",
    ) -> None:
        self._board = board
        self._asking = asking
        self._stage = stage
        self._scenes = scenes
        self._worded = worded
        self._resume = resume
        self._notice = notice

    def run(self) -> None:
        """Lead until the workshop is over and its page closed, or it is left to be resumed.

        Raises
        ------
        EOFError
            The terminal is gone.
        """
        left = False
        while not (left or self._stage.room.workshop.ended):
            key = self._board.key(self._foot)
            self._notice = ""
            try:
                left = self._take(key)
            except (ChecklistError, OSError) as error:
                self._notice = self._worded(error)
        if self._stage.room.workshop.ended:
            stay_open(self._board, self._asking, self._stage)

    def _take(self, key: Key) -> bool:
        """Take a key; True where the workshop is left."""
        stage, board = self._stage, self._board
        if isinstance(key, Pasted):
            return False
        if key in STOP:
            return self._stop()
        if board.is_covered:
            if not board.turn(key):
                board.back_to_top()
        elif key == HELP:
            board.cover(Helping(self._keys()))
        elif key == CODE and self._lets_in:
            board.cover(Check())
        elif key == NOTES:
            board.turn_notes()
        elif board.turn(key) or self._is_taken(key):
            pass
        elif key in ON:
            self._forward()
        elif key in BACK:
            stage.room.change(lambda workshop: moves.back(workshop, stage.now))
            board.back_to_top()
        return False

    def _is_taken(self, key: Key) -> bool:
        """Offer a key to the scene; what it turns to is seen from its beginning."""
        room = self._stage.room
        before = room.workshop.part
        taken = self._scene.take(key, self._stage)
        if room.workshop.part != before:
            self._board.back_to_top()
        return taken

    @property
    def _scene(self) -> Scene:
        return self._scenes[self._stage.room.workshop.now.id]

    @property
    def _lets_in(self) -> bool:
        """Whether somebody who comes late can still be shown how to get in."""
        workshop = self._stage.room.workshop
        served = bool(self._stage.address) and workshop.way == "page"
        return served and workshop.phase > 0 and not workshop.closed

    def _forward(self) -> None:
        """Go on, where the scene has nothing against it; one may have gone on by itself."""
        room, before = self._stage.room, self._stage.room.workshop.phase
        if not self._scene.leave(self._stage):
            return
        if room.workshop.phase == before:
            room.change(lambda workshop: moves.forward(workshop, self._stage.now))
        self._board.back_to_top()

    def _stop(self) -> bool:
        texts = self._stage.texts
        chosen = self._asking.choose(
            texts("stage.stop.question"),
            [
                texts("stage.stop.stay"),
                texts("stage.stop.pause", command=self._resume),
                texts("stage.stop.end"),
            ],
        )
        if chosen == END:
            self._end()
        return chosen == PAUSE

    def _end(self) -> None:
        """End early; once there is a report, the close asks whether its files shall be written."""
        if self._stage.room.workshop.closed:
            self._scenes["close"].leave(self._stage)
        elif ends_early(self._stage):
            self._stage.room.change(moves.ended)

    def _keys(self) -> list[tuple[str, str]]:
        """Give all keys and what they do now."""
        texts, charset, phase = self._stage.texts, self._board.charset, self._stage.room.workshop
        found = list(self._scene.keys(self._stage))
        last = phase.phase == len(PHASES) - 1
        found.append((charset.arrow, texts("stage.key.finish" if last else "stage.key.on")))
        if phase.phase:
            found.append((charset.either("←", "<-"), texts("stage.key.back")))
        if self._lets_in:
            found.append((CODE, texts("stage.key.code")))
        return [
            *found,
            (NOTES, texts("stage.key.notes")),
            (HELP, texts("stage.key.help")),
            ("q", texts("stage.key.stop")),
        ]

    def _foot(self, width: int, rows: int) -> list[Text]:
        console, charset = self._board.screen.console, self._board.charset
        said = (
            self._stage.texts("stage.uncover")
            if self._board.is_covered
            else "   ".join(f"{key} {does}".replace(" ", NO_BREAK) for key, does in self._keys())
        )
        lines = wrapped(console, charset, said, width, "", QUIET)
        if self._notice:
            notice = wrapped(console, charset, self._notice, width, "", ACCENT)
            lines = [*notice[: max(rows - len(lines) - 1, 1)], *lines]
        return [Text(), *lines]
