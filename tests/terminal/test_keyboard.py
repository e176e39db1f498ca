"""The keyboard as a queue: nothing is lost between one question and the next."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from checklist.terminal import keys
from checklist.terminal.keyboard import from_windows

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal", allow_module_level=True)

import pty
import termios

from checklist.terminal.keyboard import SystemKeyboard


@pytest.fixture
def master(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Open a pseudo-terminal, make it standard input and give its other end."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield ours
        os.close(ours)


def test_keys_wait_in_the_queue(master: int) -> None:
    os.write(master, b"4")
    with SystemKeyboard() as keyboard:
        os.write(master, "ä\x1b[A5".encode())
        assert [keyboard.read(5) for _ in range(4)] == ["4", "ä", keys.UP, "5"]
        assert keyboard.read(0) is None


def test_the_terminal_is_given_back(master: int) -> None:
    heeded = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # it is ignored below nohup
    before, hang_up = termios.tcgetattr(master), signal.SIG_DFL
    with SystemKeyboard():
        assert termios.tcgetattr(master) != before
        assert signal.getsignal(signal.SIGHUP) != hang_up
    assert termios.tcgetattr(master) == before
    assert signal.signal(signal.SIGHUP, heeded) == hang_up


def test_a_terminal_that_hangs_up_is_the_end_of_input(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with SystemKeyboard() as keyboard:
            os.close(ours)
            with pytest.raises(EOFError):
                keyboard.read(5)


def test_a_hang_up_that_is_ignored_stays_ignored(master: int) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with SystemKeyboard():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["4"], "4"),
        (["\x00H"], "\x1b[A"),
        (["\xe0Q"], "\x1b[6~"),
        (["\xe0S"], ""),
        (["\x00;"], ""),
        (["à "], "à "),
        (["\ud83d", "\ude42"], "🙂"),
        (["\ud83d", "4"], "\ufffd4"),
        (["\x1b"], "\x1b"),
    ],
)
def test_keys_of_a_windows_console(given: list[str], expected: str) -> None:
    assert from_windows(lambda: given.pop(0)) == expected
    assert given == []
