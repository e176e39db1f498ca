"""Runs the program in a pseudo-terminal, with a screen that draws what it writes.

The emulator answers nothing by itself, and nothing in it waits without a deadline.
"""

import codecs
import os
import re
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal that pyte could read", allow_module_level=True)

import fcntl
import pty
import select
import struct
import termios

import pyte
from wcwidth import wcwidth

DEADLINE = 30.0
"""Seconds after which a condition that does not come true is a failure; generous on purpose."""
OTHER_SCREEN = 1049
END_OF_CARD = "\x1b[J"
"""What is written last of a card: a half drawn one is not looked at."""
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")

TAKE_TERMINAL = (
    "import fcntl, os, signal, sys, termios;"
    "signal.signal(signal.SIGINT, signal.SIG_DFL); signal.signal(signal.SIGHUP, signal.SIG_DFL);"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
"""Makes the pseudo-terminal the controlling one, which ``subprocess`` can do only in a fork.

Signals are heeded again that whoever started the tests had ignored, as ``nohup`` does.
"""

Attributes = list[Any]


class Paper(pyte.Screen):
    """A screen with a second one below it, that keeps the lines which leave it at the top."""

    def __init__(self, columns: int, rows: int) -> None:
        self.gone: list[str] = []
        self._below: tuple[Any, Any] | None = None
        super().__init__(columns, rows)

    @property
    def is_other(self) -> bool:
        """Whether the second screen is in use, as it is for cards."""
        return self._below is not None

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        """Put the screen aside for another one, where this is asked for."""
        if kwargs.get("private") and OTHER_SCREEN in modes and not self.is_other:
            self._below = ({y: dict(line) for y, line in self.buffer.items()}, self.cursor)
            self.cursor = pyte.screens.Cursor(0, 0)
            self.erase_in_display(2)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        """Bring the screen back that was put aside."""
        super().reset_mode(*modes, **kwargs)
        if kwargs.get("private") and OTHER_SCREEN in modes and self._below is not None:
            lines, hidden = self._below[0], self.cursor.hidden
            self.cursor, self._below = self._below[1], None
            self.cursor.hidden = hidden
            self.erase_in_display(2)
            for y, line in lines.items():
                for x, cell in line.items():
                    if y < self.lines and x < self.columns:
                        self.buffer[y][x] = cell
            self.cursor.y = min(self.cursor.y, self.lines - 1)

    def index(self) -> None:
        """Keep the line that scrolls away."""
        if self.cursor.y == self.lines - 1 and not self.is_other:
            self.gone.append(self.display[0].rstrip())
        super().index()

    def draw(self, data: str) -> None:
        """Draw text; pyte would lose what follows a sign without a width."""
        super().draw("".join(c for c in data if wcwidth(c) != 0 or unicodedata.combining(c)))


class Emulator:
    """The program in a terminal of its own.

    Parameters
    ----------
    arguments
        What stands behind ``checklist`` on the command line.
    columns, rows
        Size of the window.
    environment
        Variables beside those of the tests; ``None`` takes one away.
    encoding
        What the terminal takes bytes for.
    typed_before
        Bytes that are typed before the program has started.
    result
        Where standard output goes, if not to the terminal.
    program
        What Python runs.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str | None] | None = None,
        encoding: str = "utf-8",
        typed_before: bytes = b"",
        result: Path | None = None,
        program: Sequence[str] = ("-m", "checklist"),
    ) -> None:
        self.paper = Paper(columns, rows)
        self.written = ""
        self._stream = pyte.Stream(self.paper)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._master, self._slave = pty.openpty()
        self._set_size(columns, rows)
        self.attributes_before = self.attributes
        changed = {**os.environ, **(environment or {})}
        out = result.open("wb") if result else None
        if typed_before:
            os.write(self._master, typed_before)
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", TAKE_TERMINAL, *program, *arguments],
            stdin=self._slave,
            stdout=out or self._slave,
            stderr=self._slave,
            env={name: value for name, value in changed.items() if value is not None},
            start_new_session=True,
        )
        if out:
            out.close()

    @property
    def pid(self) -> int:
        """The process that runs the program."""
        return self._process.pid

    @property
    def screen(self) -> list[str]:
        """The lines on the screen, without the blanks at their ends."""
        return [line.rstrip() for line in self.paper.display]

    @property
    def text(self) -> str:
        """All on the screen as running text, whatever line it stands on."""
        return " ".join(" ".join(self.screen).split())

    @property
    def above(self) -> str:
        """What has scrolled away and what stands on the screen, as running text."""
        return " ".join(" ".join([*self.paper.gone, *self.screen]).split())

    @property
    def cards(self) -> int:
        """How many cards have been drawn by now, the same one drawn again included."""
        return self.written.count(END_OF_CARD)

    @property
    def attributes(self) -> Attributes:
        """The terminal's mode: whether it echoes, takes lines, and so on."""
        return termios.tcgetattr(self._slave)

    def send(self, keys: bytes | str) -> Self:
        """Type; the program's output is read meanwhile, so that neither waits for the other."""
        data = keys.encode() if isinstance(keys, str) else keys
        until = time.monotonic() + DEADLINE
        while data:
            _, writable, _ = select.select([], [self._master], [], 0.05)
            if writable:
                data = data[os.write(self._master, data[:512]) :]
            self._read(0)
            assert time.monotonic() < until, f"cannot type: the program reads nothing\n{self}"
        return self

    def wait_for(self, wanted: str | Callable[[], bool], seconds: float = DEADLINE) -> Self:
        """Wait until words stand on the screen, or a condition holds."""
        until = time.monotonic() + seconds
        while not self._holds(wanted):
            ended = self._process.poll() is not None
            read = self._read(0.05)
            if ended and not read and not self._holds(wanted):
                pytest.fail(f"ended with {self._process.returncode} before: {wanted!r}\n{self}")
            if time.monotonic() > until:
                pytest.fail(f"did not come in {seconds:g} s: {wanted!r}\n{self}")
        return self

    def settle(self, seconds: float = 0.25) -> Self:
        """Read on until nothing has come for a while: for what must *not* happen."""
        quiet_since = time.monotonic()
        until = quiet_since + DEADLINE
        while time.monotonic() - quiet_since < seconds and time.monotonic() < until:
            if self._read(0.05):
                quiet_since = time.monotonic()
        return self

    def resize(self, columns: int, rows: int) -> Self:
        """Give the window another size; the program is told as by any terminal."""
        self._set_size(columns, rows)
        self.paper.resize(rows, columns)
        return self

    def kill(self, number: signal.Signals) -> Self:
        """Send a signal."""
        self._process.send_signal(number)
        return self

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self._master)
        self._master = -1

    def exit_code(self, seconds: float = DEADLINE) -> int:
        """Wait for the program's end and give its exit code; a signal's number is negative."""
        until = time.monotonic() + seconds
        while self._process.poll() is None:
            self._read(0.05)
            if time.monotonic() > until:
                pytest.fail(f"did not end in {seconds:g} s\n{self}")
        while self._read(0.02):
            pass
        return int(self._process.returncode)

    def __str__(self) -> str:
        edge = "+" + "-" * self.paper.columns + "+"
        return "\n".join([edge, *(f"|{line}|" for line in self.paper.display), edge])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(DEADLINE)
        for end in (self._master, self._slave):
            with suppress(OSError):
                os.close(end)

    def _holds(self, wanted: str | Callable[[], bool]) -> bool:
        if self.paper.is_other and not self.written.endswith(END_OF_CARD):
            return False
        return wanted in self.text if isinstance(wanted, str) else wanted()

    def _read(self, seconds: float) -> bool:
        """Draw what the program has written by now; says whether there was anything."""
        if self._master < 0:
            time.sleep(seconds)
            return False
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        said = self._decoder.decode(data)
        self.written += said
        self._stream.feed(said)
        return bool(data)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def spoken(text: str) -> str:
    """Take out what a terminal obeys."""
    return ESCAPES.sub("", text)
