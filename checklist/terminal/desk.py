"""Screen and keyboard together: draws a page, gives the next key, has a text typed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from checklist.i18n import Texts
from checklist.render.plain import Charset, one_line
from checklist.terminal import keys
from checklist.terminal.card import Hand
from checklist.terminal.front import Left
from checklist.terminal.keyboard import Keyboard
from checklist.terminal.keys import Key, Pasted
from checklist.terminal.page import Page
from checklist.terminal.screen import Screen

TICK = 0.2
"""Seconds after which a resized window is drawn anew, although no key came."""
LONGEST_TEXT = 2000

Show = Callable[[Page], None]
"""Puts on a page what is to be seen."""


class Desk:
    """What a front for keys works at.

    Everything that gives a key raises ``KeyboardInterrupt`` on Ctrl-C.

    Parameters
    ----------
    screen, keyboard
        Where pages are drawn and keys come from; the keyboard is open already.
    texts
        The interface's language, and which key stands for which action.
    """

    def __init__(self, screen: Screen, keyboard: Keyboard, texts: Texts) -> None:
        self.screen = screen
        self.charset = Charset.of(screen.console.encoding)
        self._keyboard = keyboard
        self._texts = texts
        self._returned: list[Key] = []
        self._check: Callable[[], None] = _nothing
        self._bound = {key: action for action, key in texts.prefixed("key").items()}

    def action(self, key: Key) -> str | None:
        """Say which action a key stands for, such as ``"back"``."""
        if isinstance(key, Pasted):
            return None
        return "help" if key == "?" else self._bound.get(key.lower())

    def check_leaving(self, key: Key) -> None:
        """Raise ``Left`` where the key asks for a pause."""
        if key == keys.END_OF_INPUT or self.action(key) == "leave":
            raise Left

    def put_back(self, pressed: Iterable[Key]) -> None:
        """Have these keys come next."""
        self._returned = [*pressed, *self._returned]

    @contextmanager
    def heeding(self, check: Callable[[], None]) -> Iterator[None]:
        """Call something whenever no key has come for a moment; what it raises ends the waiting."""
        before, self._check = self._check, check
        try:
            yield
        finally:
            self._check = before

    def glance(
        self, show: Show, turned: int, is_old: Callable[[], bool]
    ) -> tuple[Key | None, Page]:
        """Draw a page and give the next key, with ``None`` where the page has to be drawn anew.

        That is so when the window has another size, or when what is shown ``is_old``. In a window
        that is too small to read, no key counts but the one for leaving.
        """
        size = self.screen.size
        page = self._drawn(show, turned)
        while self.screen.size == size:
            key = self._read(TICK)
            if key is not None:
                self.check_leaving(key)
                return (key if page.fits else None), page
            if is_old():
                break
        return None, page

    def key(self, show: Show) -> Key:
        """Draw a page and give the next key."""
        return self._on_page(show, None)[0]

    def next_key(self) -> Key:
        """Give the next key, whatever stands on the screen."""
        while True:
            key = self._read(TICK)
            if key is not None:
                return key

    def read_through(self, show: Show) -> None:
        """Show a page until it is confirmed with Enter or the space bar; a long one in parts."""
        turned: int | None = 0
        while turned is not None:
            key, page = self._on_page(show, turned)
            if key in (keys.ENTER, keys.RIGHT, " "):
                turned = page.read_on
            elif key in (keys.DOWN, keys.PAGE_DOWN):
                turned = page.read_on or turned
            elif key in (keys.UP, keys.PAGE_UP):
                turned = 0
            elif key == keys.ESCAPE:
                return
            self.check_leaving(key)

    def typed(
        self,
        text: str,
        show: Callable[..., None],
        ends: Sequence[Key],
        keep: Callable[[str], None],
    ) -> tuple[str, Key]:
        """Have a line of text typed, and give it with the key that ended it.

        Parameters
        ----------
        text
            What stands there at first.
        show
            Puts on a page what is to be seen, with the ``hand`` that holds the text.
        ends
            The keys that end it.
        keep
            Is called with the text where the whole run is left in the middle of typing.
        """
        try:
            while True:
                # Drawn again only after all keys that wait: words may be pasted as single keys.
                key = self._read(0) or self.key(partial(show, hand=Hand(typing=text)))
                if isinstance(key, Pasted):
                    text = (text + one_line(key.text))[:LONGEST_TEXT]
                elif key in ends:
                    return text, key
                elif key == keys.BACKSPACE:
                    text = text[:-1]
                elif key == keys.CLEAR:
                    text = ""
                elif key == keys.END_OF_INPUT:
                    raise Left
                elif len(key) == 1:
                    text = (text + key)[:LONGEST_TEXT]
        except (Left, EOFError, KeyboardInterrupt, SystemExit):
            if text.strip():
                keep(text)
            raise

    def _on_page(self, show: Show, turned: int | None) -> tuple[Key, Page]:
        """Draw a page and give the next key; drawn anew whenever the window changes its size.

        While the window is too small to read, keys are not taken for answers.
        """
        while True:
            size = self.screen.size
            page = self._drawn(show, turned)
            key = self._next_at(size)
            if key is None:
                continue
            if page.fits:
                return key, page
            self.check_leaving(key)

    def _drawn(self, show: Show, turned: int | None) -> Page:
        page = Page(self.screen.console, self.charset, turned)
        show(page)
        self.screen.draw(page.lines(self._texts))
        return page

    def _next_at(self, size: tuple[int, int]) -> Key | None:
        """Wait for a key, as long as the window keeps this size."""
        while self.screen.size == size:
            key = self._read(TICK)
            if key is None:
                continue
            if self.screen.size == size:
                return key
            self.put_back([key])
        return None

    def _read(self, seconds: float) -> Key | None:
        """Give the next key, if there is one in this time."""
        key = self._returned.pop(0) if self._returned else self._keyboard.read(seconds)
        if key == keys.INTERRUPT:
            raise KeyboardInterrupt
        if key is None:
            self._check()
        return key


def _nothing() -> None:
    """There is nothing to heed."""
