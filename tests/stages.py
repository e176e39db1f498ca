"""A trainer's screen without a terminal: keys come from a list, every drawing is kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.text import Text

from checklist.i18n import Texts
from checklist.report import Report
from checklist.terminal.keys import Key
from checklist.terminal.screen import Screen
from checklist.workshop.room import Room
from checklist.workshop.stage.asking import InFoot
from checklist.workshop.stage.board import Board
from checklist.workshop.stage.leading import Leading
from checklist.workshop.stage.scene import Scene, Stage
from checklist.workshop.stage.scenes import scenes
from tests.workshop_rooms import NOW

ADDRESS = "http://192.168.1.20:8421"
LINK = f"{ADDRESS}/k/Abc_123-xyz98765"
DE, EN = Texts("de"), Texts("en")

Pressed = Key | Callable[[], None]
"""A key, or something that happens meanwhile."""


class Kept(Screen):
    """A screen of a fixed size that keeps what is drawn."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.drawn: list[list[Text]] = []

    @property
    def size(self) -> tuple[int, int]:
        return self.console.size

    def draw(self, lines: Sequence[Text]) -> None:
        self.drawn.append(list(lines))


class Typing:
    """Gives prepared keys; the terminal is gone after the last."""

    def __init__(self, pressed: Sequence[Pressed], seen: Callable[[], None]) -> None:
        self.pressed = list(pressed)
        self._seen = seen

    def read(self, seconds: float) -> Key | None:
        if not seconds:
            return None
        self._seen()
        while self.pressed:
            key = self.pressed.pop(0)
            if not callable(key):
                return key
            key()
            return None
        raise EOFError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Played:
    """A workshop that is led by prepared keys.

    Attributes
    ----------
    seen
        What stood on the screen before each key, as running text; the last one last.
    """

    def __init__(
        self,
        room: Room,
        folder: Path,
        *pressed: Pressed,
        size: tuple[int, int] = (80, 24),
        encoding: str = "utf-8",
        texts: Texts = DE,
        own: Mapping[str, Scene] | None = None,
        build: Callable[[], Mapping[str, Report]] = dict,
        **changed: Any,
    ) -> None:
        self.room = room
        self.now = NOW
        self.seen: list[str] = []
        there = {**scenes(), **(own or {})}
        self._typing = Typing(pressed, self._look)
        self.screen = Kept(console(*size, encoding=encoding))
        board = Board(
            self.screen,
            self._typing,
            lambda: self.now,
            lambda: there[room.workshop.now.id],
        )
        asking = InFoot(board, texts)
        self.stage = board.stage = Stage(
            room=room,
            texts=texts,
            asking=asking,
            now=NOW,
            address=ADDRESS,
            link=LINK,
            reports={},
            folder=folder,
            agreed=folder / "agreed.json",
            build=build,
            reached_by="network",
        )
        for name, value in changed.items():
            setattr(self.stage, name, value)
        self._leading = Leading(
            board, asking, self.stage, there, lambda error: f"Fehler: {error}", "resume"
        )

    def press(self, *pressed: Pressed) -> None:
        """Have these keys pressed, too."""
        self._typing.pressed += pressed

    def run(self) -> Self:
        """Press all keys; says in ``left`` whether the workshop was left before they ran out."""
        self.left = True
        try:
            self._leading.run()
        except EOFError:
            self.left = False
        return self

    def wait(self, **passed: float) -> Callable[[], None]:
        """Let time go by, between two keys."""

        def go_by() -> None:
            self.now += timedelta(**passed)

        return go_by

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        return [line.plain for line in self.screen.drawn[-1]]

    def _look(self) -> None:
        self.seen.append(" ".join(" ".join(self.lines).split()))


def console(columns: int, rows: int, encoding: str = "utf-8", **given: Any) -> Console:
    """Give a console of this size that writes nowhere."""
    file = TextIOWrapper(BytesIO(), encoding) if encoding != "utf-8" else StringIO()
    return Console(
        file=file,
        width=columns,
        height=rows,
        force_terminal=True,
        color_system=given.pop("color_system", "truecolor"),
        **given,
    )
