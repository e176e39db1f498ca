"""The keyboard as a queue of keys that no typing ahead overruns.

``typer.getchar`` alone would not do: on POSIX it throws away whatever was typed before it was
called, and gives several keys at once. Here the terminal stays in one mode from the first card to
the last.
"""

import codecs
import os
import sys
import time
from collections import deque
from types import TracebackType
from typing import Protocol, Self

from checklist.terminal.keys import Key, KeyParser


class Keyboard(Protocol):
    """Gives one key after the other."""

    def read(self, seconds: float) -> Key | None:
        """Give the next key, or ``None`` if none came in this time.

        Raises
        ------
        EOFError
            The terminal is gone.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class _Queue:
    """Keys that have been read but not asked for yet."""

    def __init__(self) -> None:
        self._keys: deque[Key] = deque()
        self._parser = KeyParser()
        self._last = time.monotonic()

    def read(self, seconds: float) -> Key | None:
        """Give the next key, or ``None`` if none came in this time."""
        if not self._keys:
            text = self._receive(seconds)
            if text:
                self._keys += self._parser.feed(text)
                self._last = time.monotonic()
            else:
                self._keys += self._parser.idle(time.monotonic() - self._last)
        return self._keys.popleft() if self._keys else None

    def _receive(self, seconds: float) -> str:
        raise NotImplementedError


if sys.platform == "win32":
    import msvcrt

    import typer

    NAMES = {"H": "A", "P": "B", "M": "C", "K": "D", "G": "H", "O": "F", "I": "5~", "Q": "6~"}
    POLL = 0.02

    class SystemKeyboard(_Queue):
        """The keyboard of a Windows console."""

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def _receive(self, seconds: float) -> str:
            until = time.monotonic() + seconds
            while not msvcrt.kbhit():
                if time.monotonic() >= until:
                    return ""
                time.sleep(POLL)
            char = typer.getchar()
            if len(char) == 2 and char[0] in "\x00\xe0":
                return f"\x1b[{NAMES[char[1]]}" if char[1] in NAMES else ""
            return char

else:
    import select
    import termios

    class SystemKeyboard(_Queue):
        """The keyboard of a POSIX terminal."""

        def __init__(self) -> None:
            super().__init__()
            self._fd = sys.stdin.fileno()
            self._decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")

        def __enter__(self) -> Self:
            """Take keys singly, unechoed; what was typed before stays in the queue."""
            self._before = termios.tcgetattr(self._fd)
            mode = termios.tcgetattr(self._fd)
            mode[0] &= ~(termios.ICRNL | termios.IXON)
            mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
            mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._fd, termios.TCSADRAIN, mode)
            return self

        def __exit__(self, *_: object) -> None:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)

        def _receive(self, seconds: float) -> str:
            if not select.select([self._fd], [], [], seconds)[0]:
                return ""
            data = os.read(self._fd, 1024)
            if not data:
                raise EOFError
            return self._decoder.decode(data)
