"""Asks the trainer in the foot of the screen; what the room sees stays in sight above it."""

from collections.abc import Sequence

from rich.text import Text

from checklist.i18n import Texts
from checklist.render.plain import one_line
from checklist.render.wrap import wrapped
from checklist.terminal import keys
from checklist.terminal.keys import Key, Pasted
from checklist.terminal.page import ACCENT, QUIET, STRONG
from checklist.workshop.stage.board import Board
from checklist.workshop.stage.frame import FootLines

LONGEST_LINE = 300
LEAVE = (keys.ESCAPE, keys.INTERRUPT, keys.END_OF_INPUT)
MOST_BY_DIGIT = 9
LEAST_ANSWERED = 6
"""Rows that a question leaves to its answers, and to the keys."""


class InFoot:
    """Asks in the last lines of the screen."""

    def __init__(self, board: Board, texts: Texts) -> None:
        self._board = board
        self._texts = texts

    def line(self, question: str, before: str = "") -> str | None:
        """Have a line typed, without blanks around; ``None`` where it was left with Escape."""
        text = before
        while True:
            key = self._board.key(self._typing(question, text), asks=True)
            if isinstance(key, Pasted):
                text = (text + one_line(key.text))[:LONGEST_LINE]
            elif key == keys.ENTER:
                return text.strip()
            elif key in LEAVE:
                return None
            elif key == keys.BACKSPACE:
                text = text[:-1]
            elif key == keys.CLEAR:
                text = ""
            elif len(key) == 1:
                text = (text + key)[:LONGEST_LINE]

    def choose(self, question: str, options: Sequence[str]) -> int | None:
        """Have one of several options chosen; ``None`` where it was left with Escape."""
        marked = 0
        last = len(options) - 1
        while True:
            key = self._board.key(self._choosing(question, options, marked), asks=True)
            if key in LEAVE:
                return None
            if key == keys.ENTER:
                return marked
            if isinstance(key, str) and key.isdecimal() and 1 <= int(key) <= len(options):
                return int(key) - 1
            marked = max(0, min(marked + _step(key, last), last))

    def tell(self, message: str) -> None:
        """Say something that is read before it goes on."""
        goes_on = (keys.ENTER, " ", *LEAVE)
        while self._board.key(self._telling(message), asks=True) not in goes_on:
            pass

    def show(self, message: str) -> None:
        """Say something while something lasts, without waiting."""
        self._board.draw(lambda width, rows: self._wrapped(message, width, rows, ACCENT))

    def _typing(self, question: str, text: str) -> FootLines:
        caret = self._board.charset.caret

        def lines(width: int, rows: int) -> list[Text]:
            asked = self._wrapped(question, width, max(rows - LEAST_ANSWERED, 3), STRONG)
            hint = self._wrapped(self._texts("stage.typing-keys"), width, 1, QUIET)
            room = max(rows - len(asked) - len(hint) - 1, 1)
            typed = self._wrapped(f"{text}{caret}", width, None, ACCENT, first="> ")
            return [Text(), *asked, *typed[-room:], *hint]

        return lines

    def _choosing(self, question: str, options: Sequence[str], marked: int) -> FootLines:
        charset = self._board.charset

        def lines(width: int, rows: int) -> list[Text]:
            asked = self._wrapped(question, width, max(rows - LEAST_ANSWERED, 3), STRONG)
            hint = self._wrapped(self._texts("stage.choosing-keys"), width, 1, QUIET)
            room = max(rows - len(asked) - len(hint) - 1, 1)
            found: list[Text] = []
            first = last = 0
            for place, option in enumerate(options):
                here = place == marked
                number = f"{place + 1}" if place < MOST_BY_DIGIT else " "
                sign = charset.marker if here else " "
                style = STRONG if here else ""
                start = len(found)
                found += self._wrapped(option, width, None, style, first=f"{sign} {number}  ")
                if here:
                    first, last = start, len(found)
            top = max(min(first, len(found) - room), last - room, 0) if len(found) > room else 0
            shown = found[top : top + room]
            if top + room < len(found):  # a sign that there are more below
                more = Text(charset.text("…"), QUIET)
                shown = [*shown[:-1], more] if last < top + room else shown
            return [Text(), *asked, *shown, *hint]

        return lines

    def _telling(self, message: str) -> FootLines:
        def lines(width: int, rows: int) -> list[Text]:
            hint = self._wrapped(self._texts("stage.telling-keys"), width, 1, QUIET)
            said = self._wrapped(message, width, rows - 2, ACCENT)
            return [Text(), *said, *hint]

        return lines

    def _wrapped(
        self, text: str, width: int, rows: int | None, style: str, first: str = ""
    ) -> list[Text]:
        console, charset = self._board.screen.console, self._board.charset
        return wrapped(console, charset, text, width, first, style)[:rows]


def _step(key: Key, last: int) -> int:
    steps = {keys.UP: -1, keys.DOWN: 1, keys.HOME: -last, keys.END: last}
    return 0 if isinstance(key, Pasted) else steps.get(key, 0)
