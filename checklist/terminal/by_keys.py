"""The front for keys: one card an item, a digit answers and moves on at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from checklist.i18n import Texts
from checklist.interview import Interview
from checklist.questionnaire import Item, Reflection, Wording
from checklist.render.plain import Charset, one_line
from checklist.render.wrap import wrapped
from checklist.sitting import Sitting
from checklist.terminal import card, keys
from checklist.terminal.card import Hand
from checklist.terminal.front import Left
from checklist.terminal.keyboard import Keyboard
from checklist.terminal.keys import Key, Pasted
from checklist.terminal.page import QUIET, STRONG, Page
from checklist.terminal.screen import Screen
from checklist.terminal.words import help_lines, length

TICK = 0.2
"""Seconds after which a resized window is drawn anew, although no key came."""
LONGEST_COMMENT = 2000


class ByKeys:
    """Cards on a screen, answered by single keys.

    Parameters
    ----------
    screen, keyboard
        Where cards are drawn and keys come from; the keyboard is open already.
    texts
        The interface's language.
    """

    def __init__(self, screen: Screen, keyboard: Keyboard, texts: Texts) -> None:
        self._screen = screen
        self._keyboard = keyboard
        self._texts = texts
        self._charset = Charset.of(screen.console.encoding)
        self._returned: list[Key] = []
        self._bound = {key: action for action, key in texts.prefixed("key").items()}

    @contextmanager
    def cards(self) -> Iterator[None]:
        """Take the whole screen."""
        with self._screen.open():
            yield

    def welcome(self, wording: Wording) -> None:
        """Show what is asked and who sees the answers."""
        texts = self._texts
        said = [
            wording.purpose,
            length(wording.questionnaire, texts),
            texts("welcome.customers"),
            texts("welcome.stays"),
        ]

        def show(page: Page) -> None:
            page.add(wording.title, STRONG)
            for place, text in enumerate(filter(None, said)):
                page.add(text, may_go=place == 0)
            page.add(texts("welcome.keys"), QUIET)

        self._wait(show)

    def tell(self, message: str) -> None:
        """Show a message until it is confirmed."""
        self._wait(
            lambda page: card.message_card(page, "", [message], self._texts("card.confirm-keys"))
        )

    def choose(self, question: str, options: Sequence[str]) -> int:
        """Show options; a digit chooses, arrows and Enter work too."""
        hand = Hand(marked=0)
        while True:
            key = self._key(
                partial(
                    card.choice_card,
                    question=question,
                    options=options,
                    keys=self._texts("card.choice-keys"),
                    hand=hand,
                )
            )
            if isinstance(key, str) and key.isdecimal() and 1 <= int(key) <= len(options):
                return int(key) - 1
            if key == keys.ENTER and hand.marked is not None:
                return hand.marked
            self._leaving(key)
            hand = Hand(marked=_moved(key, hand.marked, len(options)))

    def converse(self, sitting: Sitting, wording: Wording) -> None:
        """Lead from card to card; every answer is on disk before the next one shows."""
        while True:
            interview = sitting.interview
            if interview.in_review:
                if self._review(sitting, wording):
                    return
            elif isinstance(interview.current, Reflection):
                self._reflection(sitting, wording)
            else:
                self._item(sitting, wording)

    def pick(self, question: str, count: int) -> list[int]:
        """Have numbers switched on and off below what stands on the screen, until Enter."""
        console = self._screen.console
        picked: set[int] = set()
        console.print()
        for line in wrapped(console, self._charset, question, console.width, "", STRONG):
            console.print(line, soft_wrap=True)
        while True:
            said = self._charset.text(self._picked(picked, count))
            console.file.write(f"\r{said}\x1b[K")
            console.file.flush()
            key = self._next()
            if isinstance(key, str) and key.isdecimal() and 1 <= int(key) <= count:
                picked ^= {int(key) - 1}
            elif key in (keys.ENTER, keys.END_OF_INPUT) or self._action(key) == "leave":
                console.print()
                return sorted(picked)

    def _picked(self, picked: set[int], count: int) -> str:
        boxes = "  ".join(f"{n + 1} [{'x' if n in picked else ' '}]" for n in range(count))
        return f"{boxes}   {self._texts('pick.keys')}"

    def _item(self, sitting: Sitting, wording: Wording) -> None:
        """Show an item until it is answered or left."""
        item = sitting.interview.current
        assert isinstance(item, Item)
        hand = Hand()
        while sitting.interview.current is item:
            key = self._key(
                partial(
                    card.item_card,
                    interview=sitting.interview,
                    wording=wording,
                    texts=self._texts,
                    hand=hand,
                )
            )
            action = self._action(key)
            self._leaving(key)
            if action == "comment":
                self._comment(sitting, wording)
            elif action == "help":
                self._help(sitting.interview)
            else:
                move, hand = self._on_item(key, sitting.interview, item, hand)
                if move is not None:
                    sitting.move(move)

    def _on_item(
        self, key: Key | None, interview: Interview, item: Item, hand: Hand
    ) -> tuple[Interview | None, Hand]:
        if isinstance(key, Pasted):
            return None, self._unpaste(key, item)
        if key is None:
            return None, hand
        if key.isdecimal():
            if 1 <= int(key) <= item.scale.size:
                return interview.answer(int(key)), Hand()
            return None, Hand(notice=self._texts("card.no-option", most=item.scale.size))
        if key in (keys.UP, keys.DOWN):
            said = interview.said(item)
            start = hand.marked if hand.marked is not None else _before(said, key, item.scale.size)
            return None, Hand(marked=_moved(key, start, item.scale.size))
        if key == keys.ENTER:
            if hand.marked is not None:
                return interview.answer(hand.marked + 1), Hand()
            if interview.said(item) is None:
                return None, Hand(notice=self._texts("card.choose-first"))
            return interview.forward(), Hand()
        if key == keys.RIGHT:
            return interview.forward(), Hand()
        if key in (keys.LEFT, keys.BACKSPACE):
            return interview.back(), Hand()
        moves: dict[str | None, Callable[[], Interview]] = {
            "open": interview.leave_open,
            "cannot-judge": interview.leave_open,
            "not-occurred": interview.did_not_occur,
            "back": interview.back,
            "review": interview.review,
        }
        action = self._action(key)
        return moves[action]() if action in moves else None, replace(hand, notice="")

    def _help(self, interview: Interview) -> None:
        lines = help_lines(self._texts, interview.perspective)
        self._wait(
            lambda page: card.help_card(
                page, self._texts("help.title"), lines, self._texts("help.keys")
            )
        )

    def _unpaste(self, pasted: Pasted, item: Item) -> Hand:
        """Take pasted digits for keys; anything else that was pasted is no answer."""
        digits = "".join(pasted.text.split())
        if digits and all("1" <= sign <= str(item.scale.size) for sign in digits):
            self._returned = [*digits, *self._returned]
            return Hand()
        return Hand(notice=self._texts("card.pasted"))

    def _comment(self, sitting: Sitting, wording: Wording) -> None:
        item = sitting.interview.current
        assert isinstance(item, Item)
        typed = self._typed(
            sitting.interview.comment_on(item),
            partial(
                card.item_card, interview=sitting.interview, wording=wording, texts=self._texts
            ),
        )
        if typed is not None:
            sitting.move(sitting.interview.comment(typed.strip()))

    def _reflection(self, sitting: Sitting, wording: Wording) -> None:
        step = sitting.interview.current
        assert isinstance(step, Reflection)
        said = sitting.interview.said(step)
        typed = self._typed(
            str(said or ""),
            partial(
                card.reflection_card,
                interview=sitting.interview,
                wording=wording,
                texts=self._texts,
            ),
        )
        interview = sitting.interview
        sitting.move(interview.back() if typed is None else interview.reflect(typed.strip()))

    def _typed(self, text: str, show: Callable[..., None]) -> str | None:
        """Have a line of text typed; ``None`` where the respondent turns back."""
        while True:
            key = self._key(partial(show, hand=Hand(typing=text)))
            if isinstance(key, Pasted):
                text = (text + one_line(key.text))[:LONGEST_COMMENT]
            elif key == keys.ENTER:
                return text
            elif key in (keys.ESCAPE, keys.UP):
                return None
            elif key == keys.BACKSPACE:
                text = text[:-1]
            elif key == keys.CLEAR:
                text = ""
            elif key == keys.END_OF_INPUT:
                raise Left
            elif isinstance(key, str) and len(key) == 1:
                text = (text + key)[:LONGEST_COMMENT]

    def _review(self, sitting: Sitting, wording: Wording) -> bool:
        """Show all answers until one is reopened (False) or all are confirmed (True)."""
        interview = sitting.interview
        last = len(interview.steps) - 1
        marked = next(
            (n for n, step in enumerate(interview.steps) if interview.said(step) is None), 0
        )
        while True:
            key = self._key(
                partial(
                    card.review_card,
                    interview=interview,
                    wording=wording,
                    texts=self._texts,
                    hand=Hand(marked=marked),
                )
            )
            self._leaving(key)
            if self._action(key) == "finish":
                return True
            if key in (keys.ENTER, keys.RIGHT):
                sitting.move(interview.jump(marked))
                return False
            if key in (keys.LEFT, keys.BACKSPACE) or self._action(key) == "back":
                sitting.move(interview.back())
                return False
            steps = {keys.PAGE_UP: -10, keys.PAGE_DOWN: 10, keys.HOME: -last, keys.END: last}
            steps |= {keys.UP: -1, keys.DOWN: 1}
            if isinstance(key, str):
                marked = max(0, min(marked + steps.get(key, 0), last))

    def _wait(self, show: Callable[[Page], None]) -> None:
        """Show a page until it is confirmed with Enter or the space bar."""
        while True:
            key = self._key(show)
            if key in (keys.ENTER, keys.ESCAPE, keys.RIGHT, " "):
                return
            self._leaving(key)

    def _leaving(self, key: Key | None) -> None:
        if key == keys.END_OF_INPUT or self._action(key) == "leave":
            raise Left

    def _action(self, key: Key | None) -> str | None:
        if not isinstance(key, str):
            return None
        return "help" if key == "?" else self._bound.get(key.lower())

    def _key(self, show: Callable[[Page], None]) -> Key | None:
        """Draw a page and give the next key; drawn anew whenever the window changes its size.

        While the window is too small to read, keys are not taken for answers.
        """
        while True:
            size = self._screen.size
            page = Page(self._screen.console, self._charset)
            show(page)
            self._screen.draw(page.lines(self._texts))
            readable = page.fits(self._texts)
            key = self._next(size)
            if key is not None and (readable or self._action(key) == "leave"):
                return key

    def _next(self, size: tuple[int, int] | None = None) -> Key | None:
        """Wait for a key, as long as the window keeps its size."""
        if self._returned:
            return self._returned.pop(0)
        while size is None or self._screen.size == size:
            key = self._keyboard.read(TICK)
            if key == keys.INTERRUPT:
                raise KeyboardInterrupt
            if key is not None:
                return key
        return None


def _moved(key: Key | None, marked: int | None, count: int) -> int | None:
    if key == keys.UP and marked is not None:
        return max(marked - 1, 0)
    if key == keys.DOWN and marked is not None:
        return min(marked + 1, count - 1)
    return marked


def _before(said: object, key: Key, size: int) -> int:
    """Where the arrows start: at the answer that was given, else just outside the options."""
    if isinstance(said, int):
        return said - 1
    return -1 if key == keys.DOWN else size
