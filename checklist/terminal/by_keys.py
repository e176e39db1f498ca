"""The front for keys: one card an item, a digit answers and moves on at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial

from checklist.i18n import Texts
from checklist.interview import Interview
from checklist.questionnaire import Item, Reflection, Wording
from checklist.render.wrap import wrapped
from checklist.sitting import AnySitting
from checklist.terminal import card, keys
from checklist.terminal.card import Hand
from checklist.terminal.desk import Desk
from checklist.terminal.front import Left, Look, Sight
from checklist.terminal.keyboard import Keyboard
from checklist.terminal.keys import Key, Pasted
from checklist.terminal.page import QUIET, STRONG, Page
from checklist.terminal.screen import Screen
from checklist.terminal.sight import sight_card
from checklist.terminal.words import actions, help_lines, welcome


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
        self._desk = Desk(screen, keyboard, texts)
        self._texts = texts
        self._reopened = 0

    @contextmanager
    def cards(self) -> Iterator[None]:
        """Take the whole screen."""
        with self._desk.screen.open():
            yield

    def welcome(self, wording: Wording) -> None:
        """Show what is asked and who sees the answers."""

        def show(page: Page) -> None:
            page.add(wording.title, STRONG)
            for place, text in enumerate(welcome(wording, self._texts)):
                page.add(text, goes=int(place == 0))
            page.end(self._texts("welcome.keys"), self._texts("welcome.keys-more"))

        self._desk.read_through(show)

    def tell(self, message: str) -> None:
        """Show a message until it is confirmed."""
        self._desk.read_through(
            lambda page: card.message_card(page, "", [message], self._texts("card.confirm-keys"))
        )

    def choose(self, question: str, options: Sequence[str]) -> int:
        """Show options; a digit chooses, arrows and Enter work too."""
        hand = Hand(marked=0)
        while True:
            key = self._desk.key(
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
            self._desk.check_leaving(key)
            hand = Hand(marked=_moved(key, hand.marked, len(options)))

    def ask(self, question: str) -> str:
        """Have a text typed below a question; an empty one is asked for again."""
        show = partial(card.typing_card, question=question, keys=self._texts("card.typing-keys"))
        typed = ""
        while not typed.strip():
            typed, key = self._desk.typed("", show, (keys.ENTER, keys.ESCAPE), lambda _: None)
            if key == keys.ESCAPE:
                raise Left
        return typed.strip()

    def converse(self, sitting: AnySitting, wording: Wording) -> None:
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
        console = self._desk.screen.console
        picked: set[int] = set()
        console.print()
        for text, style in ((question, STRONG), (self._texts("pick.keys"), QUIET)):
            for line in wrapped(console, self._desk.charset, text, console.width, "", style):
                console.print(line, soft_wrap=True)
        while True:
            boxes = (f"{n + 1} [{'x' if n in picked else ' '}]" for n in range(count))
            console.file.write(f"\r{'  '.join(boxes)}")
            console.file.flush()
            try:
                key = self._desk.next_key()
            except EOFError:
                return []
            if isinstance(key, str) and key.isdecimal() and 1 <= int(key) <= count:
                picked ^= {int(key) - 1}
            elif key in (keys.ENTER, keys.END_OF_INPUT) or self._desk.action(key) == "leave":
                console.print()
                return sorted(picked)

    def watch(self, look: Look) -> int | None:
        """Show what there is to be seen; arrows turn it, a digit takes an offer."""
        turned, blocks = [0], None
        while (seen := look(0)) is not None:
            if seen.blocks != blocks:
                turned, blocks = [0], seen.blocks
            show = partial(sight_card, sight=seen, texts=self._texts)
            key, page = self._desk.glance(show, turned[-1], partial(_is_old, look, seen))
            if isinstance(key, str) and key.isdecimal() and 1 <= int(key) <= len(seen.offers):
                return int(key) - 1
            if key in (keys.DOWN, keys.PAGE_DOWN, keys.ENTER, " ") and page.read_on is not None:
                turned.append(page.read_on)
            elif key in (keys.UP, keys.PAGE_UP) and len(turned) > 1:
                turned.pop()
        return None

    def heeding(self, check: Callable[[], None]) -> AbstractContextManager[None]:
        """Call something whenever no key has come for a moment."""
        return self._desk.heeding(check)

    def _item(self, sitting: AnySitting, wording: Wording) -> None:
        """Show an item until it is answered or left."""
        item = sitting.interview.current
        assert isinstance(item, Item)
        hand = Hand()
        while sitting.interview.current is item:
            key = self._desk.key(
                partial(
                    card.item_card,
                    interview=sitting.interview,
                    wording=wording,
                    texts=self._texts,
                    hand=hand,
                )
            )
            action = self._desk.action(key)
            self._desk.check_leaving(key)
            if action == "comment":
                self._comment(sitting, wording)
            elif action == "help":
                self._help(wording)
            else:
                move, hand = self._on_item(key, sitting.interview, item, hand)
                if move is not None:
                    sitting.move(move)

    def _on_item(
        self, key: Key, interview: Interview, item: Item, hand: Hand
    ) -> tuple[Interview | None, Hand]:
        if isinstance(key, Pasted):
            return None, self._unpaste(key, item)
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
        action = self._desk.action(key)
        if action not in moves or action not in (*actions(interview.perspective), "review"):
            return None, replace(hand, notice="")
        return moves[action](), Hand()

    def _help(self, wording: Wording) -> None:
        lines = help_lines(self._texts, wording)
        self._desk.read_through(
            lambda page: card.help_card(
                page, self._texts("help.title"), lines, self._texts("help.keys")
            )
        )

    def _unpaste(self, pasted: Pasted, item: Item) -> Hand:
        """Take pasted digits for keys; anything else that was pasted is no answer."""
        digits = "".join(pasted.text.split())
        if digits and all("1" <= sign <= str(item.scale.size) for sign in digits):
            self._desk.put_back(digits)
            return Hand()
        return Hand(notice=self._texts("card.pasted"))

    def _comment(self, sitting: AnySitting, wording: Wording) -> None:
        interview = sitting.interview
        item = interview.current
        assert isinstance(item, Item)

        def keep(text: str) -> None:
            sitting.move(interview.comment(text.strip()))

        show = partial(card.item_card, interview=interview, wording=wording, texts=self._texts)
        before, ends = interview.comment_on(item), (keys.ENTER, keys.ESCAPE)
        typed, key = self._desk.typed(before, show, ends, keep)
        if key == keys.ENTER:
            keep(typed)

    def _reflection(self, sitting: AnySitting, wording: Wording) -> None:
        interview = sitting.interview
        step = interview.current
        assert isinstance(step, Reflection)
        said = str(interview.said(step) or "")

        def keep(text: str) -> None:
            if text.strip() != said:
                response = interview.reflect(text.strip()).response
                sitting.move(replace(interview, response=response))

        show = partial(
            card.reflection_card, interview=interview, wording=wording, texts=self._texts
        )
        typed, key = self._desk.typed(said, show, (keys.ENTER, keys.ESCAPE, keys.UP), keep)
        if key == keys.ENTER:
            sitting.move(interview.reflect(typed.strip()))
        else:
            keep(typed)
            sitting.move(sitting.interview.back())

    def _review(self, sitting: AnySitting, wording: Wording) -> bool:
        """Show all answers until one is reopened (False) or all are confirmed (True)."""
        interview = sitting.interview
        last = len(interview.steps) - 1
        untouched = (n for n, step in enumerate(interview.steps) if interview.said(step) is None)
        marked = next(untouched, self._reopened)
        while True:
            key = self._desk.key(
                partial(
                    card.review_card,
                    interview=interview,
                    wording=wording,
                    texts=self._texts,
                    hand=Hand(marked=marked),
                )
            )
            self._desk.check_leaving(key)
            if self._desk.action(key) == "finish":
                return True
            if key in (keys.ENTER, keys.RIGHT):
                self._reopened = marked
                sitting.move(interview.jump(marked))
                return False
            if key in (keys.LEFT, keys.BACKSPACE) or self._desk.action(key) == "back":
                sitting.move(interview.back())
                return False
            steps = {keys.PAGE_UP: -10, keys.PAGE_DOWN: 10, keys.HOME: -last, keys.END: last}
            steps |= {keys.UP: -1, keys.DOWN: 1}
            if not isinstance(key, Pasted):
                marked = max(0, min(marked + steps.get(key, 0), last))


def _is_old(look: Look, seen: Sight) -> bool:
    return look(0) != seen


def _moved(key: Key, marked: int | None, count: int) -> int | None:
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
