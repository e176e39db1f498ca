"""From a key to the next card, beside one SQLite write and one page of rich.

The cards, the sitting and the journal are the real ones; keys come from a list. The reference takes
its turn while the card waits for its next key.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self, TextIO

from rich.console import Console

from benchmarks.pairs import Comparison, Pair
from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.journal import Journal
from checklist.questionnaire import Questionnaire, Wording
from checklist.sitting import Sitting
from checklist.terminal.by_keys import ByKeys
from checklist.terminal.front import Left
from checklist.terminal.keys import Key
from checklist.terminal.screen import Screen
from checklist.terminal.words import key_hints

NAME = "key pressed to answer on disk and next card"
BUDGET = 1.5
WARM_UP = 20
SCHEMA = (
    "CREATE TABLE entry (draft INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,"
    " value TEXT NOT NULL, PRIMARY KEY (draft, kind, key)) WITHOUT ROWID"
)


def compare(pairs: int) -> Comparison:
    """Measure pairs of an answered card and of the reference; a few before them warm up."""
    questionnaire = Bank().load("anti-churn")
    with TemporaryDirectory() as home, Path(os.devnull).open("w", encoding="utf-8") as screen:
        journal, reference = Journal(Path(home)), _Reference(Path(home), screen, questionnaire)
        keyboard = _Script(reference)
        front = ByKeys(Screen(_console(screen)), keyboard, Texts("de"))
        while len(keyboard.pairs) < WARM_UP + pairs:
            keyboard.left = len(questionnaire.items)
            sitting = Sitting.afresh(journal, questionnaire, "self", lambda: datetime.now(UTC))
            with suppress(Left):
                front.converse(sitting, Wording.of(questionnaire, "de"))
        reference.close()
        journal.close()
    return Comparison(NAME, BUDGET, tuple(keyboard.pairs[WARM_UP : WARM_UP + pairs]))


def _console(file: TextIO) -> Console:
    """Make a console like the session's, in a terminal of 80 by 24."""
    return Console(
        file=file,
        width=80,
        height=24,
        force_terminal=True,
        color_system="256",
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


class _Script:
    """A keyboard that answers every card and stops the time between its key and the next card."""

    def __init__(self, reference: "_Reference") -> None:
        self.pairs: list[Pair] = []
        self.left = 0
        self._reference = reference
        self._digits = cycle("13524")
        self._handed_out: float | None = None

    def read(self, seconds: float) -> Key | None:
        """Give the next key; the program comes here when the next card stands."""
        now = time.perf_counter()
        if self._handed_out is not None:
            self.pairs.append((now - self._handed_out, self._reference.seconds()))
        if self.left == 0:
            self._handed_out = None
            raise Left
        self.left -= 1
        digit = next(self._digits)
        self._handed_out = time.perf_counter()
        return digit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class _Reference:
    """One committed write beside the journal and one page of the same texts, nothing more."""

    def __init__(self, folder: Path, file: TextIO, questionnaire: Questionnaire) -> None:
        self._connection = sqlite3.connect(folder / "reference.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.execute(SCHEMA)
        self._console = _console(file)
        self._turns = cycle(zip(_keys(questionnaire), _pages(questionnaire), strict=True))
        self._draft = 0

    def seconds(self) -> float:
        """Write and render once."""
        key, page = next(self._turns)
        self._draft += 1
        started = time.perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT INTO entry VALUES (?, 'answer', ?, '3')", (self._draft, key)
        )
        self._connection.execute("COMMIT")
        with self._console.capture() as drawn:
            self._console.print(page)
        self._console.file.write(drawn.get())
        self._console.file.flush()
        return time.perf_counter() - started

    def close(self) -> None:
        with closing(self._connection):
            pass


def _keys(questionnaire: Questionnaire) -> list[str]:
    return [item.id for item in questionnaire.asked]


def _pages(questionnaire: Questionnaire) -> Iterator[str]:
    """Give the texts of each card, one below the other."""
    texts, wording = Texts("de"), Wording.of(questionnaire, "de")
    total = len(questionnaire.items) + len(questionnaire.reflections)
    for place, item in enumerate(questionnaire.asked, start=1):
        options = wording.options(item.scale)
        yield "\n\n".join(
            (
                f"{wording.title}  {texts('card.position', place=place, total=total)}\n{'━' * 76}",
                wording.prompt(item.scale),
                wording.item(item),
                "\n".join(f"  {number}  {option}" for number, option in enumerate(options, 1)),
                key_hints(texts, "self", "·"),
            )
        )
