"""The trainer's screen and keyboard together: draws when something has changed, gives keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from checklist.render.plain import Charset
from checklist.terminal import keys
from checklist.terminal.keyboard import Keyboard
from checklist.terminal.keys import Key
from checklist.terminal.screen import Screen
from checklist.workshop.stage.frame import Drawn, FootLines, View, drawn
from checklist.workshop.stage.scene import Scene, Stage

TICK = 0.1
"""Seconds after which the window's size and the clock are looked at, although no key came."""


class Board:
    """Draws the frame around whatever the stage shows.

    Parameters
    ----------
    screen, keyboard
        Where it is drawn and keys come from; the keyboard is open already.
    clock
        Gives the time.
    scene
        Gives the scene of the phase that the room is in.
    """

    def __init__(
        self,
        screen: Screen,
        keyboard: Keyboard,
        clock: Callable[[], datetime],
        scene: Callable[[], Scene],
    ) -> None:
        self.screen = screen
        self.charset = Charset.of(screen.console.encoding)
        self.stage: Stage
        self._keyboard = keyboard
        self._clock = clock
        self._scene = scene
        self._notes = False
        self._turned = 0
        self._instead: Scene | None = None
        self._last = Drawn([])
        self._size = (0, 0)

    def key(self, foot: FootLines, *, asks: bool = False) -> Key:
        """Give the next key; meanwhile the screen follows clock, room and window.

        Parameters
        ----------
        asks
            Whether the foot asks something: keys do not scroll then.

        Raises
        ------
        EOFError
            The terminal is gone.
        """
        if (key := self._keyboard.read(0)) is not None:
            return key  # drawn again only after all keys that wait: they may have been pasted
        while True:
            size, second = self.screen.size, int(self._clock().timestamp())
            self.draw(foot, asks=asks)
            while self.screen.size == size and int(self._clock().timestamp()) == second:
                if (key := self._keyboard.read(TICK)) is not None:
                    return key

    def draw(self, foot: FootLines, *, asks: bool = False) -> None:
        """Draw what is to be seen now, if it is not there already."""
        size = self.screen.size
        self.stage.now = self._clock()
        view = View(
            self.stage, self._scene(), foot, self._notes, self._turned, self._instead, asks=asks
        )
        found = drawn(view, self.screen.console, self.charset)
        if self._turned > found.furthest:
            self._turned = found.furthest
            found = drawn(replace(view, turned=self._turned), self.screen.console, self.charset)
        if found.lines != self._last.lines or size != self._size:
            self.screen.draw(found.lines)
        self._last, self._size = found, size

    def turn(self, key: Key) -> bool:
        """Scroll; False where the key does not, or there is nothing more to see."""
        window = max(self._last.window - 2, 1)
        steps = {
            keys.UP: -1,
            keys.DOWN: 1,
            keys.PAGE_UP: -window,
            keys.PAGE_DOWN: window,
            keys.HOME: -self._turned,
            keys.END: self._last.furthest,
        }
        if not isinstance(key, str) or key not in steps:
            return False
        before = self._turned
        self._turned = max(0, min(self._turned + steps[key], self._last.furthest))
        return self._turned != before

    def back_to_top(self) -> None:
        """Show what is to be seen from its beginning."""
        self._turned = 0
        self._instead = None

    def turn_notes(self) -> None:
        """Show the trainer's notes, or fold them away."""
        self._notes = not self._notes
        self._turned = 0

    @property
    def is_covered(self) -> bool:
        """Whether something else stands in the place of what the room sees."""
        return self._instead is not None

    def cover(self, scene: Scene) -> None:
        """Show something in the place of what the room sees."""
        self._instead, self._turned = scene, 0
