"""The full screen on which cards are drawn: one write a card, nothing flickers."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.text import Text

ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
"""Another screen, no cursor, pastes marked; and no line runs on into the next one, since terminals
differ in how wide they draw an emoji."""
LEAVE = "\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
TOP, REST_OF_LINE, REST_OF_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"


class Screen:
    """Draws whole screens on a console that can be written all over."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows, as they are now; the console learns them, too.

        By itself it would believe ``COLUMNS`` and ``LINES``, which do not follow a resize.
        """
        try:
            now = os.get_terminal_size(self.console.file.fileno())
        except (OSError, ValueError):
            return self.console.size
        if 0 not in now:
            self.console.width, self.console.height = now
        return self.console.size

    @contextmanager
    def open(self) -> Iterator[None]:
        """Take the screen, and give it back as it was."""
        self._write(ENTER)
        try:
            yield
        finally:
            with suppress(OSError):  # the terminal may be gone
                self._write(LEAVE)

    def draw(self, lines: Sequence[Text]) -> None:
        """Show these lines and nothing else."""
        with self.console.capture() as drawn:
            self.console.print(Text("\n").join(lines), soft_wrap=True, end="")
        self._write(TOP + drawn.get().replace("\n", f"{REST_OF_LINE}\r\n") + REST_OF_SCREEN)

    def _write(self, text: str) -> None:
        self.console.file.write(text)
        self.console.file.flush()
