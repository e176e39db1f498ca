"""Typing sheets in with single keys: a sign answers and moves on at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from checklist import panel_words
from checklist.errors import ChecklistError, Problem
from checklist.i18n import Texts
from checklist.questionnaire import Wording
from checklist.render.wrap import wrapped
from checklist.rounds import DID_NOT_OCCUR, LEFT_OPEN
from checklist.terminal import keys
from checklist.terminal.by_keys import ByKeys
from checklist.terminal.card import Hand
from checklist.terminal.desk import Desk
from checklist.terminal.entering import Entering, sign
from checklist.terminal.entering_texts import add_comment, stored_lines
from checklist.terminal.keyboard import Keyboard
from checklist.terminal.keys import Key, Pasted
from checklist.terminal.page import ACCENT, QUIET, STRONG, Page
from checklist.terminal.screen import Screen

AROUND = 3
"""Rows that are shown above and below the one whose turn it is."""
AFTER_GOES, BEFORE_GOES, OPTIONS_GO, KEYS_GO = 1, 2, 3, 4
"""In which order parts give way where the window is low."""
SHOWN = {LEFT_OPEN: "-", DID_NOT_OCCUR: "x"}


class EnteringByKeys:
    """Takes sheet after sheet until whoever types leaves.

    Parameters
    ----------
    screen, keyboard
        Where is drawn and keys come from; the keyboard is open already.
    worded
        Words a problem.
    """

    def __init__(
        self,
        screen: Screen,
        keyboard: Keyboard,
        texts: Texts,
        entering: Entering,
        worded: Callable[[Problem], str],
    ) -> None:
        self._desk = Desk(screen, keyboard, texts)
        self._front = ByKeys(screen, keyboard, texts)
        self._texts = texts
        self._entering = entering
        self._worded = worded
        self._wording = Wording.of(entering.round.questionnaire, texts.language)
        self._notice = ""

    def run(self) -> None:
        """Take sheets.

        Raises
        ------
        Left, EOFError, KeyboardInterrupt
            That was all; a sheet that was begun is not stored.
        ChecklistError
            As ``Entering.store``.
        """
        with self._front.cards():
            while True:
                self._sheet()

    def _sheet(self) -> None:
        """Take one sheet, or reopen the one before."""
        entering = self._entering
        if entering.team is None:
            self._choose_team()
        while entering.sheet.place < len(entering.items):
            key = self._desk.key(self._show)
            self._desk.check_leaving(key)
            self._notice = ""
            self._on_key(key)
        if self._take_rest():
            entering.store(entering.sheet)
            self._notice = " ".join(stored_lines(entering, self._texts))

    def _on_key(self, key: Key) -> None:
        entering, texts, sheet = self._entering, self._texts, self._entering.sheet
        if isinstance(key, Pasted):
            self._notice = texts("enter.pasted")
        elif (given := sign(key, entering.items[sheet.place], texts)) is not None:
            entering.sheet = sheet.marked(given)
        elif key in (keys.LEFT, keys.UP, keys.BACKSPACE) or self._desk.action(key) == "back":
            self._back()
        elif key in (keys.RIGHT, keys.DOWN, keys.ENTER):
            entering.sheet = sheet.forward()
        elif key.lower() == texts("enter.key-team"):
            self._choose_team()
        elif key.lower() == texts("enter.key-drop") and sheet.begun:
            entering.drop()
            self._notice = texts("enter.dropped")
        elif key.isdecimal():
            most = entering.items[sheet.place].scale.size
            self._notice = texts("card.no-option", most=most)

    def _back(self) -> None:
        """Go back; from the beginning of a sheet to the end of the one before."""
        entering = self._entering
        if entering.sheet.place or entering.sheet.begun:
            entering.sheet = entering.sheet.back()
        elif entering.reopen():
            entering.sheet = entering.sheet.back()
            self._notice = self._texts("enter.reopened")

    def _choose_team(self) -> None:
        teams = self._entering.round.teams
        names = [team.name for team in teams]
        place = (
            self._front.choose(self._texts("enter.team-question"), names) if len(teams) > 1 else 0
        )
        self._entering.team = teams[place]

    def _take_rest(self) -> bool:
        """Have typed what stands below the items; False where it went back to them."""
        takes_texts, came_back = self._entering.round.comments, False
        while not takes_texts or self._take_texts(from_end=came_back):
            if self._take_words():
                return True
            if not takes_texts:
                self._entering.sheet = self._entering.sheet.back()
                return False
            came_back = True
        return False

    def _take_words(self) -> bool:
        """Have the two words typed, or none with one key; False where it went back."""
        entering = self._entering
        typed, ends = panel_words.shown(entering.sheet.words), (keys.ENTER, keys.ESCAPE, keys.UP)
        while True:
            typed, key = self._desk.typed(typed, self._show_words, ends, lambda _: None)
            self._notice = ""
            if key != keys.ENTER or not typed.strip():
                # Going back keeps words that are right; Esc says that the sheet has none.
                words = panel_words.find(typed) if key == keys.UP else None
                entering.sheet = replace(entering.sheet, words=words or "")
                return key != keys.UP
            try:
                entering.sheet = replace(entering.sheet, words=panel_words.read(typed))
            except ChecklistError as error:
                self._notice = " ".join(map(self._worded, error.problems))
            else:
                return True

    def _take_texts(self, *, from_end: bool) -> bool:
        """Have the texts on a sheet typed; False where it went back to the items."""
        entering = self._entering
        steps = [*entering.reflections.items(), ("", "")]
        step = len(steps) - 1 if from_end else 0
        while step < len(steps):
            letter, about = steps[step]
            before = entering.sheet.reflections.get(about, "") if about else ""
            show = partial(self._show_text, letter=letter, about=about)
            ends = (keys.ENTER, keys.ESCAPE, keys.UP)
            typed, key = self._desk.typed(before, show, ends, lambda _: None)
            typed, self._notice = typed.strip(), ""
            if about:
                self._note(about, typed)
            elif typed and not self._note_comment(typed):
                continue
            if key == keys.ESCAPE:
                return True
            if key == keys.UP and step == 0:
                entering.sheet = entering.sheet.back()
                return False
            if key == keys.UP:
                step -= 1
            elif about or not typed:  # after a remark there may be another
                step += 1
        return True

    def _note(self, about: str, text: str) -> None:
        sheet = self._entering.sheet
        others = {each: said for each, said in sheet.reflections.items() if each != about}
        self._entering.sheet = replace(
            sheet, reflections={**others, about: text} if text else others
        )

    def _note_comment(self, typed: str) -> bool:
        entering = self._entering
        number, _, text = typed.partition(" ")
        after = add_comment(entering.sheet, entering.items, number.rstrip(".:"), text)
        if after is None:
            self._notice = self._texts("enter.no-number", most=len(entering.items))
            return False
        entering.sheet = after
        self._notice = self._texts("enter.noted", number=number.rstrip(".:"))
        return True

    def _header(self, page: Page, position: str) -> None:
        entering = self._entering
        team = entering.team.name if entering.team else ""
        done = entering.sheet.place / len(entering.items)
        page.header(entering.round.title, position, team, done)

    def _show(self, page: Page) -> None:
        """Show the row whose turn it is, its neighbours, the options and the keys."""
        entering, texts = self._entering, self._texts
        place, items, n = entering.sheet.place, entering.items, entering.number
        self._header(page, texts("enter.position", n=n, place=place + 1, total=len(items)))
        before = [self._row(page, each) for each in range(max(0, place - AROUND), place)]
        page.add_lines(before, goes=BEFORE_GOES)
        page.add_lines(self._whole_row(page, place), close=bool(before))
        last = min(place + 1 + AROUND, len(items))
        after = [self._row(page, each) for each in range(place + 1, last)]
        page.add_lines(after, goes=AFTER_GOES, close=True)
        options = enumerate(self._wording.options(items[place].scale), start=1)
        listed = "   ".join(f"{number} {option}" for number, option in options)
        page.add_lines(page.keys(f"{listed}   {texts('enter.marks')}"), goes=OPTIONS_GO)
        if self._notice:
            page.add(self._notice, ACCENT)
        page.add_lines(page.keys(self._keys()), goes=KEYS_GO)

    def _keys(self) -> str:
        texts = self._texts
        return texts(
            "enter.keys",
            back=texts("key.back"),
            team=texts("enter.key-team"),
            drop=texts("enter.key-drop"),
            leave=texts("key.leave"),
        )

    def _show_text(self, page: Page, letter: str, about: str, hand: Hand) -> None:
        """Show an open question, or the request for remarks, and what is being typed."""
        texts = self._texts
        self._header(page, texts("enter.position-texts", n=self._entering.number))
        if about:
            asked = {each.id: each for each in self._wording.questionnaire.reflections}[about]
            page.add(self._wording.text(asked.text), STRONG, first=f"{letter}  ")
        else:
            page.add(texts("enter.remarks"), STRONG)
            page.add_lines(self._remarks(page), goes=BEFORE_GOES)
        self._add_typing(page, hand, texts("enter.text-keys"))

    def _show_words(self, page: Page, hand: Hand) -> None:
        """Show the request for the two words, and what is being typed."""
        texts = self._texts
        self._header(page, texts("enter.position-words", n=self._entering.number))
        # In a low window what is wrong matters more than the request, which has been read.
        page.add(texts("enter.words"), STRONG, goes=BEFORE_GOES if self._notice else 0)
        self._add_typing(page, hand, texts("enter.words-keys"))

    def _add_typing(self, page: Page, hand: Hand, listed: str) -> None:
        if self._notice:
            page.add(self._notice, ACCENT)
        page.add(f"{hand.typing or ''}{page.charset.caret}", ACCENT, typed=True)
        page.add_lines(page.keys(listed), goes=KEYS_GO)

    def _remarks(self, page: Page) -> list[Text]:
        comments = self._entering.sheet.comments
        return [
            line
            for number, item in enumerate(self._entering.items, start=1)
            if item.id in comments
            for line in wrapped(
                page.console, page.charset, comments[item.id], page.width, f"{number:>3}  ", QUIET
            )
        ]

    def _first(self, page: Page, place: int, *, marked: bool) -> str:
        given = self._entering.sheet.signs.get(place, " ")
        marker = page.charset.marker if marked else " "
        return f"{marker} {place + 1:>3}  {SHOWN.get(given, given)}  "

    def _row(self, page: Page, place: int) -> Text:
        """Lay out one row, cut to one line."""
        first = self._first(page, place, marked=False)
        said = page.charset.text(self._wording.item(self._entering.items[place]))
        room = max(page.width - cell_len(first), 8)
        if cell_len(said) > room:
            said = f"{set_cell_size(said, room - 3).rstrip()}..."
        return Text(first + said, style=QUIET)

    def _whole_row(self, page: Page, place: int) -> list[Text]:
        first = self._first(page, place, marked=True)
        said = self._wording.item(self._entering.items[place])
        lines = wrapped(page.console, page.charset, said, page.width, first, STRONG)
        for line in lines:
            line.stylize(STRONG)
        return lines
