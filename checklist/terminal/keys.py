"""From characters as a terminal sends them to keys: pure, one character at a time.

A key is a printable character or one of the names below. Escape sequences may come in pieces; a
digit inside one must never count as an answer, so a sequence that was begun is waited for.
"""

from collections import deque
from dataclasses import dataclass

ENTER, BACKSPACE, ESCAPE = "enter", "backspace", "escape"
UP, DOWN, LEFT, RIGHT = "up", "down", "left", "right"
HOME, END, PAGE_UP, PAGE_DOWN = "home", "end", "page-up", "page-down"
INTERRUPT, END_OF_INPUT, CLEAR = "interrupt", "end-of-input", "clear"

ESC = "\x1b"
PLAIN = {
    "\r": ENTER,
    "\n": ENTER,
    "\x7f": BACKSPACE,
    "\x08": BACKSPACE,
    "\x03": INTERRUPT,
    "\x04": END_OF_INPUT,
    "\x15": CLEAR,
}
BY_FINAL = {"A": UP, "B": DOWN, "C": RIGHT, "D": LEFT, "H": HOME, "F": END}
BY_NUMBER = {"1": HOME, "4": END, "5": PAGE_UP, "6": PAGE_DOWN, "7": HOME, "8": END}
PASTE, PASTE_END = f"{ESC}[200~", f"{ESC}[201~"
LONGEST_SEQUENCE = 32
LONGEST_PASTE = 20_000


@dataclass(frozen=True)
class Pasted:
    """Text that was pasted in one go, as terminals mark it."""

    text: str


Key = str | Pasted


class KeyParser:
    """Takes characters, gives keys; keeps what has begun but not ended.

    Examples
    --------
    >>> parser = KeyParser()
    >>> [parser.feed(piece) for piece in ("4" + ESC, "[", "A5")]
    [['4'], [], ['up', '5']]
    """

    def __init__(self) -> None:
        self._begun = ""
        self._told = False

    def feed(self, text: str) -> list[Key]:
        """Take characters and give the keys that they complete."""
        keys: list[Key] = []
        waiting = deque(text)
        while waiting:
            keys += self._take(waiting.popleft())
        return keys

    def idle(self, seconds: float) -> list[Key]:
        """Say that nothing came for a while: a lone Escape becomes a key, stale pieces are dropped.

        Even after the key was given, the rest of a sequence that arrives late is swallowed.
        """
        if self._begun.startswith(PASTE) or not self._begun:
            return []
        if seconds >= 2.0:
            self._begun = ""
        if self._begun == ESC and not self._told and seconds >= 0.5:
            self._told = True
            return [ESCAPE]
        return []

    def _take(self, char: str) -> list[Key]:
        if self._begun.startswith(PASTE):
            return self._in_paste(char)
        if char == ESC:
            self._begun, self._told = ESC, False
            return []
        if self._begun == ESC:
            self._begun = ESC + char if char in "[O" else ""
            return [] if self._begun else _plain(char)
        if self._begun:
            return self._in_sequence(char)
        return _plain(char)

    def _in_sequence(self, char: str) -> list[Key]:
        if char < " " or len(self._begun) > LONGEST_SEQUENCE:
            self._begun = ""
            return _plain(char)
        self._begun += char
        if not "@" <= char <= "~" or self._begun == f"{ESC}[[":
            return []
        sequence, self._begun = self._begun, ""
        if sequence == PASTE:
            self._begun = PASTE
            return []
        if sequence.startswith(f"{ESC}[["):
            return []
        name = BY_FINAL.get(char)
        if char == "~":
            name = BY_NUMBER.get(sequence[2:-1].partition(";")[0])
        return [name] if name else []

    def _in_paste(self, char: str) -> list[Key]:
        self._begun += char
        if not self._begun.endswith(PASTE_END):
            if len(self._begun) > LONGEST_PASTE:
                self._begun = PASTE + self._begun[-len(PASTE_END) :]
            return []
        text = self._begun[len(PASTE) : -len(PASTE_END)]
        self._begun = ""
        return [Pasted(text)]


def _plain(char: str) -> list[Key]:
    if char in PLAIN:
        return [PLAIN[char]]
    return [char] if char.isprintable() else []
