"""From characters as a terminal sends them to keys: pure, one character at a time.

A key is a printable character or one of the names below. Escape sequences may come in pieces; a
digit inside one must never count as an answer, so a sequence that was begun is waited for. That
holds for what no key sends, too: reports of the mouse, and late replies to a program before ours.
"""

from dataclasses import dataclass

from checklist.render.plain import OBEYED

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
MOUSE = f"{ESC}[M"
"""Three characters follow that say what the mouse did; each of them can be a digit."""
LINUX = f"{ESC}[["
"""Begins the function keys of the Linux console; one character follows."""
STRINGS = tuple(ESC + opened for opened in "]PX^_")
"""Begin replies that go on until a bell or ``ESC \\``."""
BELL, STRING_END = "\x07", f"{ESC}\\"

LONGEST_SEQUENCE = 64
"""Characters of a sequence that are kept to name it; longer ones are waited for all the same."""
LONGEST_PASTE = 20_000
SECONDS_TO_ESCAPE = 0.5
SECONDS_TO_STALE = 2.0


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
        self._pasted: list[str] | None = None
        self._stale = False

    def feed(self, text: str) -> list[Key]:
        """Take characters and give the keys that they complete."""
        return [key for char in text for key in self._take(char)]

    def idle(self, seconds: float) -> list[Key]:
        """Say that nothing came for a while: a lone Escape becomes a key, stale pieces are dropped.

        The rest of a sequence may still come after its Escape was given as a key. A paste is waited
        for without end, but one whose end got lost can be left with Ctrl-C.
        """
        self._stale = seconds >= SECONDS_TO_STALE
        keys = self._escape() if seconds >= SECONDS_TO_ESCAPE else []
        if self._stale:
            self._begun = ""
        return keys

    def _take(self, char: str) -> list[Key]:
        if self._pasted is not None:
            return self._in_paste(char, self._pasted)
        if self._begun.startswith(STRINGS):
            return self._in_string(char)
        if char == ESC:
            keys = self._escape()
            self._begun, self._told = ESC, False
            return keys
        if self._begun == ESC:
            return self._after_escape(char)
        if self._begun:
            return self._in_sequence(char)
        return _plain(char)

    def _escape(self) -> list[Key]:
        """Give the Escape that waits for what follows, once."""
        if self._begun != ESC or self._told:
            return []
        self._told = True
        return [ESCAPE]

    def _after_escape(self, char: str) -> list[Key]:
        if char in "[O" or ESC + char in STRINGS:
            self._begun = ESC + char
            return []
        keys = self._escape()
        self._begun = ""
        return [*keys, *_plain(char)]

    def _in_sequence(self, char: str) -> list[Key]:
        if not " " <= char <= "~":
            self._begun = ""
            return _plain(char)
        if len(self._begun) < LONGEST_SEQUENCE:
            self._begun += char
        if self._begun.startswith(MOUSE):
            self._begun = self._begun if len(self._begun) < len(MOUSE) + 3 else ""
            return []
        if not "@" <= char <= "~" or self._begun == LINUX:
            return []
        sequence, self._begun = self._begun, ""
        if sequence == PASTE:
            self._pasted, self._stale = [], False
            return []
        name = None if sequence.startswith(LINUX) else BY_FINAL.get(char)
        if char == "~":
            name = BY_NUMBER.get(sequence[2:-1].partition(";")[0])
        return [name] if name else []

    def _in_string(self, char: str) -> list[Key]:
        """Swallow a reply; a key that is no part of one ends it."""
        escaped = self._begun.endswith(ESC)
        if escaped and ESC + char != STRING_END:
            self._begun = ESC
            return self._take(char)
        if char == ESC:
            self._begun += char
        elif escaped or char < " ":
            self._begun = ""
            return [] if escaped or char == BELL else _plain(char)
        return []

    def _in_paste(self, char: str, pasted: list[str]) -> list[Key]:
        if self._stale and PLAIN.get(char) == INTERRUPT:
            self._pasted = None
            return [INTERRUPT]
        self._stale = False
        pasted.append(char)
        if char == PASTE_END[-1] and "".join(pasted[-len(PASTE_END) :]) == PASTE_END:
            self._pasted = None
            return [Pasted("".join(pasted[: -len(PASTE_END)][:LONGEST_PASTE]))]
        if len(pasted) > LONGEST_PASTE + len(PASTE_END):
            del pasted[LONGEST_PASTE]
        return []


def _plain(char: str) -> list[Key]:
    if char in PLAIN:
        return [PLAIN[char]]
    return [] if OBEYED.match(char) else [char]
