"""The keyboard as a queue of keys that no typing ahead overruns.

``typer.getchar`` alone would not do: on POSIX it throws away whatever was typed before it was
called, and gives several keys at once. Here the terminal stays in one mode from the first card to
the last.
"""

import codecs
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import FrameType, TracebackType
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


ON_WINDOWS = {"H": "A", "P": "B", "M": "C", "K": "D", "G": "H", "O": "F", "I": "5~", "Q": "6~"}
"""The second half of what a Windows console sends for a key, and what other terminals send."""
NAMELESS = "RSstuvw"
"""Insert, delete, and keys held together with Ctrl."""


def from_windows(get: Callable[[], str]) -> str:
    r"""Read a key as a Windows console gives it, and write it as other terminals send it.

    A sign beyond U+FFFF comes in two halves, and the letter à looks like the first half of an
    arrow key.

    Examples
    --------
    >>> from_windows(lambda: "\xe0H"), from_windows(lambda: "à ")
    ('\x1b[A', 'à ')
    """
    char = get()
    if "\ud800" <= char <= "\udbff":
        return (char + get()).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if len(char) == 2 and char[0] in "\x00\xe0":
        if char[1] in ON_WINDOWS:
            return f"\x1b[{ON_WINDOWS[char[1]]}"
        return "" if char[0] == "\x00" or char[1] in NAMELESS else char
    return char


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
            return from_windows(typer.getchar)

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
            self._on_hang_up = signal.getsignal(signal.SIGHUP)
            if self._on_hang_up is signal.SIG_DFL:
                signal.signal(signal.SIGHUP, _hung_up)
            return self

        def __exit__(self, *_: object) -> None:
            signal.signal(signal.SIGHUP, self._on_hang_up)
            with suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)

        def _receive(self, seconds: float) -> str:
            if not select.select([self._fd], [], [], seconds)[0]:
                return ""
            try:
                data = os.read(self._fd, 1024)
            except OSError as error:
                raise EOFError from error
            if not data:
                raise EOFError
            return self._decoder.decode(data)

    def _hung_up(_number: int, _frame: FrameType | None) -> None:
        """Leave in order when the window is closed, so that half a sentence is kept."""
        raise SystemExit(128 + signal.SIGHUP)
