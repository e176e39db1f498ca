"""The front for lines: plain sentences for screen readers, simple terminals and pipes.

Questions and echoes go to one stream, a line an answer comes from another; hints are said once.
"""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import fill
from typing import TextIO

from rich.console import Console

from checklist.i18n import Texts
from checklist.interview import Interview
from checklist.questionnaire import Item, Reflection, Wording
from checklist.render.blocks import Block
from checklist.render.plain import Charset, one_line
from checklist.sitting import AnySitting
from checklist.terminal.front import Left, Look, Sight
from checklist.terminal.words import (
    actions,
    help_lines,
    own_words,
    review_words,
    said_words,
    welcome,
)

BYTE_ORDER_MARK = "\ufeff"
"""What some programs put before the first line that they write into a pipe."""
LONGEST_NUMBER = 9
PATIENCE = 1.0
"""Seconds to wait for something new in one go: Windows heeds Ctrl-C only in between."""


class ByLines:
    """Sentences out, lines in.

    Parameters
    ----------
    out
        Where is written to; what its encoding cannot show is spelt out.
    lines
        Where lines are read from; at its end ``EOFError`` is raised.
    texts
        The interface's language.
    """

    def __init__(self, out: TextIO, lines: TextIO | None, texts: Texts) -> None:
        self._out = out
        self._lines = lines or io.StringIO()
        self._texts = texts
        self._charset = Charset.of(getattr(out, "encoding", None))
        self._hinted: set[str] = set()
        self._words = _words(texts)

    @contextmanager
    def cards(self) -> Iterator[None]:
        """Nothing to open: lines stand one below the other."""
        yield

    def welcome(self, wording: Wording) -> None:
        """Say what is asked and who sees the answers; the first question follows at once."""
        self._say(wording.title)
        for text in welcome(wording, self._texts):
            self._say(text)
        self._say(self._texts("lines.hint", leave=self._texts("key.leave")))

    def tell(self, message: str) -> None:
        """Say it and go on."""
        self._say(message)

    def choose(self, question: str, options: Sequence[str]) -> int:
        """Ask until one of the numbers comes."""
        self._say(question)
        self._list(options)
        while True:
            line = self._ask(self._texts("lines.choose", most=len(options)))
            if number := _number(line, len(options)):
                self._say(self._texts("lines.noted", words=options[number - 1]))
                return number - 1
            self._leaving(line)
            self._say(self._texts("lines.not-understood-choice", most=len(options)))

    def ask(self, question: str) -> str:
        """Ask until a line comes that is not empty."""
        self._say(question)
        while not (line := self._ask(self._texts("lines.typed"))):
            pass
        self._leaving(line)
        return line

    def converse(self, sitting: AnySitting, wording: Wording) -> None:
        """Ask item by item; every answer is on disk before the next question."""
        listed = False
        while True:
            step = sitting.interview.current
            listed = listed and (step is None or sitting.interview.reopened)
            if step is None:
                if self._review(sitting, wording, listed=listed):
                    return
                listed = True
            elif isinstance(step, Reflection):
                self._reflection(sitting, wording, step)
            else:
                self._item(sitting, wording, step)

    def pick(self, question: str, count: int) -> list[int]:
        """Ask for numbers in one line; an empty line picks nothing."""
        self._say(question)
        while True:
            line = self._ask(self._texts("lines.pick", most=count), at_end="")
            numbers = [_number(part, count) for part in line.replace(",", " ").split()]
            if all(numbers):
                return sorted({number - 1 for number in numbers if number})
            if self._words.get(line.lower()) == "leave":
                return []
            self._say(self._texts("lines.not-understood-pick", most=count))

    def watch(self, look: Look) -> int | None:
        """Write what there is to be seen whenever it is new; ask once for what can be done."""
        before = Sight(())
        seen = look(0)
        while seen is not None:
            if seen.note and seen.note != before.note:
                self._say(seen.note)
            if seen.blocks != before.blocks:
                self._write(seen.blocks)
            if seen.offers and seen.offers != before.offers:
                self._list(seen.offers)
                if (taken := self._offer(len(seen.offers))) is not None:
                    return taken
            before = seen
            while seen == before:
                seen = look(PATIENCE)
        return None

    @contextmanager
    def heeding(self, check: Callable[[], None]) -> Iterator[None]:
        """Nothing is called: a line is waited for."""
        yield

    def _offer(self, most: int) -> int | None:
        """Ask for one of several offers; an empty line takes none, nor does the end of all."""
        while line := self._ask(self._texts("joining.offers", most=most), at_end=""):
            if number := _number(line, most):
                return number - 1
            self._leaving(line)
            self._say(self._texts("lines.not-understood-choice", most=most))
        return None

    def _write(self, blocks: Sequence[Block]) -> None:
        from checklist.render.terminal import TerminalRenderer

        TerminalRenderer(Console(file=self._out, color_system=None, highlight=False)).print(blocks)
        self._out.flush()

    def _item(self, sitting: AnySitting, wording: Wording, item: Item) -> None:
        interview, texts = sitting.interview, self._texts
        self._say("")
        place, total = interview.place + 1, len(interview.steps)
        self._say(texts("lines.position", place=place, total=total))
        if item.scale.id not in self._hinted or self._scale_changed(interview, item):
            self._say(wording.prompt(item.scale))
        self._say(wording.item(item))
        if item.scale.id not in self._hinted:
            self._list(wording.options(item.scale))
            self._hinted.add(item.scale.id)
        if interview.said(item) is not None:
            self._say(texts("lines.so-far", words=said_words(interview, item, wording, texts)))
            self._once("lines.keep")
        else:
            self._once("lines.actions", actions=self._action_hints(interview))
        while sitting.interview.current is item and sitting.interview.place == interview.place:
            line = self._ask(texts("lines.answer", most=item.scale.size))
            after = self._on_item(line, sitting, item, wording)
            if after is not None:
                sitting.move(after)
                if self._words.get(line.lower()) not in ("back", "review"):
                    words = said_words(after, item, wording, texts)
                    self._say(texts("lines.noted", words=words))
                return

    def _scale_changed(self, interview: Interview, item: Item) -> bool:
        before = interview.steps[interview.place - 1] if interview.place else None
        return isinstance(before, Item) and before.scale.id != item.scale.id

    def _on_item(
        self, line: str, sitting: AnySitting, item: Item, wording: Wording
    ) -> Interview | None:
        interview, action = sitting.interview, self._words.get(line.lower())
        moves: dict[str, Callable[[], Interview]] = {
            "open": interview.leave_open,
            "not-occurred": interview.did_not_occur,
            "back": interview.back,
            "review": interview.review,
        }
        if interview.perspective != "self":
            moves["cannot-judge"] = interview.leave_open
        if number := _number(line, item.scale.size):
            return interview.answer(number)
        if not line and interview.said(item) is not None:
            return interview.forward()
        if action in moves:
            return moves[action]()
        self._leaving(line)
        if action == "comment":
            self._comment(sitting, wording, item)
        elif action == "help":
            self._say(wording.prompt(item.scale))
            self._list(wording.options(item.scale))
            for key, text in help_lines(self._texts, wording, arrows=False):
                self._say(f"{key}  {text}" if key else text)
        else:
            self._say(self._texts("lines.not-understood", most=item.scale.size))
        return None

    def _comment(self, sitting: AnySitting, wording: Wording, item: Item) -> None:
        if before := sitting.interview.comment_on(item):
            self._say(self._texts("lines.so-far", words=before))
        text = self._ask(self._texts(own_words("lines.comment", wording)))
        sitting.move(sitting.interview.comment("" if text == "-" else text or before))
        if text not in ("", "-"):
            self._say(self._texts("lines.noted", words=one_line(text)))

    def _reflection(self, sitting: AnySitting, wording: Wording, step: Reflection) -> None:
        interview, texts = sitting.interview, self._texts
        self._say("")
        place, total = interview.place + 1, len(interview.steps)
        self._say(texts("lines.position", place=place, total=total))
        self._once(own_words("card.reflection", wording))
        self._say(wording.text(step.text))
        said = str(interview.said(step) or "")
        if said:
            self._say(texts("lines.so-far", words=said))
        line = self._ask(texts("lines.reflection", back=texts("key.back")))
        if line.lower() == texts("key.back"):
            sitting.move(interview.back())
        elif line.lower() == texts("key.leave"):
            raise Left
        else:
            sitting.move(interview.reflect("" if line == "-" else line or said))
            words = said_words(sitting.interview, step, wording, texts)
            self._say(texts("lines.noted", words=words))

    def _review(self, sitting: AnySitting, wording: Wording, *, listed: bool) -> bool:
        """Let answers be reopened; the list of all is said once, and again when asked for."""
        interview, texts = sitting.interview, self._texts
        self._say("")
        if not listed:
            self._list_answers(interview, wording)
        if interview.items_left:
            self._say(texts.count("review.left", interview.items_left))
        while True:
            line = self._ask(texts(review_words("lines.review", wording)))
            if not line or self._words.get(line.lower()) == "finish":
                return True
            if number := _number(line, len(interview.steps)):
                sitting.move(interview.jump(number - 1))
                return False
            if self._words.get(line.lower()) == "back":
                sitting.move(interview.back())
                return False
            self._leaving(line)
            if self._words.get(line.lower()) == "review":
                self._list_answers(interview, wording)
            else:
                self._say(texts("lines.not-understood-review", most=len(interview.steps)))

    def _list_answers(self, interview: Interview, wording: Wording) -> None:
        texts = self._texts
        self._say(texts("review.title"))
        for place, step in enumerate(interview.steps, start=1):
            text = wording.item(step) if isinstance(step, Item) else wording.text(step.text)
            words = said_words(interview, step, wording, texts)
            self._say(texts("lines.review-row", place=place, text=text, words=words))

    def _action_hints(self, interview: Interview) -> str:
        return ", ".join(
            self._texts("lines.action", key=self._texts(f"key.{a}"), hint=self._texts(f"hint.{a}"))
            for a in actions(interview.perspective)
        )

    def _once(self, key: str, **values: str) -> None:
        if key not in self._hinted:
            self._hinted.add(key)
            self._say(self._texts(key, **values))

    def _list(self, options: Sequence[str]) -> None:
        for place, option in enumerate(options, start=1):
            self._say(f"{place} {option}")

    def _leaving(self, line: str) -> None:
        if self._words.get(line.lower()) == "leave":
            raise Left

    def _say(self, text: str) -> None:
        self._out.write(f"{self._laid_out(text)}\n")
        self._out.flush()

    def _laid_out(self, text: str) -> str:
        """Break a text between words where it goes to a terminal, which would break within them."""
        spelt = self._charset.text(text)
        try:
            width = os.get_terminal_size(self._out.fileno()).columns
        except (OSError, ValueError):
            return spelt
        return fill(spelt, width, break_on_hyphens=False) if width else spelt

    def _ask(self, prompt: str, at_end: str | None = None) -> str:
        """Give the next line without the blanks around it; at the end ``at_end``, if given."""
        self._out.write(f"{self._laid_out(prompt)} ")
        self._out.flush()
        try:
            line = self._lines.readline()
        except KeyboardInterrupt:
            self._out.write("\n")
            raise
        if line:
            return line.lstrip(BYTE_ORDER_MARK).strip()
        self._out.write("\n")
        if at_end is None:
            raise EOFError
        return at_end


def _number(line: str, most: int) -> int | None:
    """Read a number from 1 to ``most``; anything else is none, however long."""
    if line.isdecimal() and len(line) <= LONGEST_NUMBER and 1 <= int(line) <= most:
        return int(line)
    return None


def _words(texts: Texts) -> dict[str, str]:
    """What can be typed in place of a number: an action's key, its word in full, or its hint."""
    named = [*texts.prefixed("word").items(), *texts.prefixed("hint").items()]
    words = {text.lower(): action for action, text in named}
    return words | {key: action for action, key in texts.prefixed("key").items()} | {"?": "help"}
