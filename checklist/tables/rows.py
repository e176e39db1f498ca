"""From a table's rows to responses, or to what is wrong with them."""

import csv
import os
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import getitem, itemgetter

from checklist import panel_words
from checklist.errors import Problem
from checklist.questionnaire import Perspective
from checklist.rounds import DID_NOT_OCCUR, LEFT_OPEN, Round, RoundResponse
from checklist.tables.mapping import PANEL, PERSPECTIVE, TEAM, TableMapping
from checklist.tables.shown import Near, shown
from checklist.tables.source import opened

FINISHED_PANEL = re.compile("[0-9a-f]{64}")
UNREADABLE = re.compile("[\udc80-\udcff]")

STEP = 2048
"""Rows between two reports of progress."""

Progress = Callable[[int, int], None]
"""Takes how many bytes were read, and how many there are."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken.

    Attributes
    ----------
    number
        As a spreadsheet counts: the header is row 1.
    cells
        As they stand in the file.
    problems
        At least one, with ``row`` in their values, and ``column`` where it is one.
    last
        Whether nothing after it can be read: its quotes are broken.
    """

    number: int
    cells: list[str]
    problems: tuple[Problem, ...]
    last: bool = False


Row = RoundResponse | Bad | None
"""``None``: a row without any answer."""


def rows(
    mapping: TableMapping, round_: Round, progress: Progress = lambda done, total: None
) -> Iterator[Row]:
    """Read a table row by row; no more than one is held.

    Parameters
    ----------
    progress
        Called now and then, and at the end with all bytes.

    Yields
    ------
    RoundResponse
        With a new random id, for a row that is good.
    Bad
        With everything that is wrong in a row.
    None
        For a row without any answer.

    Raises
    ------
    ChecklistError
        ``table-unreadable``.
    """
    reading = _Reading(mapping, round_)
    total = mapping.source.size
    number = 1
    with opened(mapping.source) as file:
        reader = csv.reader(file, delimiter=mapping.delimiter, strict=True)
        try:
            next(reader)
            for number, cells in enumerate(reader, 2):
                yield reading.row(number, cells)
                if number % STEP == 0:
                    progress(os.lseek(file.fileno(), 0, os.SEEK_CUR), total)
        except csv.Error:
            problem = Problem("table-quotes", "", {"row": number + 1})
            yield Bad(number + 1, [], (problem,), last=True)
    progress(total, total)


class _Reading:
    """Everything that is the same for all rows, prepared so that a good row costs little."""

    def __init__(self, mapping: TableMapping, round_: Round) -> None:
        items = round_.questionnaire.items
        self._mapping, self._round = mapping, round_
        self._items = items
        self._width = len(mapping.header)
        places = [mapping.place(item.id) for item in items]
        # One place more than there are items: itemgetter gives a tuple for two or more only.
        self._pick = itemgetter(*places, -1)
        self._codes = tuple(_codes(item.scale.size) for item in items)
        self._nothing = LEFT_OPEN * len(items)
        self._team, self._perspective, self._panel = map(mapping.place, (TEAM, PERSPECTIVE, PANEL))
        self._teams = {team.name: team.name for team in round_.teams}
        if mapping.only_team is not None:
            self._teams[""] = mapping.only_team
        self._views: dict[str, Perspective] = {"": "self", "self": "self"}
        if round_.questionnaire.has_outside_view:
            self._views["observer"] = "observer"
        self._near_team = Near([team.name for team in round_.teams])
        self._ids = _ids()

    def row(self, number: int, cells: list[str]) -> Row:
        """Translate a row; only where that fails is it looked at cell by cell."""
        if len(cells) != self._width:
            return self._unlike(number, cells)
        cells.append("")  # what NOWHERE stands for
        try:
            answers = "".join(map(getitem, self._codes, self._pick(cells)))
            if answers == self._nothing:
                return None
            team = self._teams[cells[self._team]]
            view = self._views[cells[self._perspective]]
            panel = cells[self._panel] and self._panel_code(cells[self._panel])
        except KeyError:
            return self._looked_at(number, cells)
        return RoundResponse(
            self._round.code,
            next(self._ids),
            1,
            team,
            answers,
            view,
            False,
            panel if view == "self" else "",
        )

    def _unlike(self, number: int, cells: list[str]) -> Row:
        """Take a row with more or fewer cells than the header has."""
        if not any(map(str.strip, cells)):
            return None
        if not any(map(str.strip, cells[self._width :])) and len(cells) > self._width:
            return self.row(number, cells[: self._width])  # only empty cells too many
        values = {"row": number, "cells": len(cells), "columns": self._width}
        return Bad(number, cells, (Problem("table-cells", "", values),))

    def _looked_at(self, number: int, cells: list[str]) -> Row:
        """Strip all cells, try again, and say what is wrong if it has to be said."""
        as_written, stripped = cells[:-1], [cell.strip() for cell in cells]
        if not any(self._pick(stripped)):
            return None
        problems = [
            *self._about_team(number, stripped),
            *self._about_perspective(number, stripped),
            *self._about_panel(number, stripped),
            *self._about_answers(number, stripped),
        ]
        if problems:
            return Bad(number, as_written, tuple(problems))
        stripped[self._perspective] = stripped[self._perspective].casefold()
        return self.row(number, stripped[:-1])

    def _about_team(self, number: int, cells: list[str]) -> Iterator[Problem]:
        name = cells[self._team]
        if name in self._teams:
            return
        if not name:
            yield self._problem("table-no-team", number, TEAM)
        elif UNREADABLE.search(name):
            yield self._problem("table-bytes", number, TEAM, value=shown(name))
        elif near := self._near_team.to(name):
            yield self._problem(
                "table-team-near", number, TEAM, value=shown(name), near=shown(near)
            )
        else:
            yield self._problem(
                "table-team", number, TEAM, value=shown(name), code=self._round.code
            )

    def _about_perspective(self, number: int, cells: list[str]) -> Iterator[Problem]:
        asked = cells[self._perspective]
        if asked.casefold() in self._views:
            return
        values = {"value": shown(asked)}
        if asked.casefold() == "lead":
            code, values = "table-perspective-lead", {"code": self._round.code}
        elif asked.casefold() == "observer":
            code = "table-perspective-no-outside"
        else:
            code = "table-perspective"
        yield self._problem(code, number, PERSPECTIVE, **values)

    def _about_panel(self, number: int, cells: list[str]) -> Iterator[Problem]:
        if UNREADABLE.search(cells[self._panel]):
            yield self._problem("table-bytes", number, PANEL, value=shown(cells[self._panel]))

    def _about_answers(self, number: int, cells: list[str]) -> Iterator[Problem]:
        for item, codes, cell in zip(self._items, self._codes, self._pick(cells), strict=False):
            if cell in codes:
                continue
            if UNREADABLE.search(cell):
                yield self._problem("table-bytes", number, item.id, value=shown(cell))
            else:
                most = item.scale.size
                yield self._problem("table-value", number, item.id, value=shown(cell), most=most)

    def _problem(self, code: str, number: int, target: str, /, **values: object) -> Problem:
        column = self._mapping.column(target)
        return Problem(code, "", {"row": number, "column": column, **values})

    def _panel_code(self, cell: str) -> str:
        """Take a finished code as it is; make one of the words that a respondent keeps.

        What stands in the cell may tell whose it is, so it is never stored; it takes the place of a
        journal's secret.
        """
        if UNREADABLE.search(cell):
            raise KeyError(cell)
        words = " ".join(cell.casefold().split())
        if not words or FINISHED_PANEL.fullmatch(words):
            return words
        return panel_words.panel(panel_words.find(cell) or words, self._round.series)


def _codes(size: int) -> dict[str, str]:
    """Give what a cell can hold, and the character that stands for it in an answers text."""
    options = {str(option): str(option) for option in range(1, size + 1)}
    return {**options, "": LEFT_OPEN, "x": DID_NOT_OCCUR, "X": DID_NOT_OCCUR}


def _ids() -> Iterator[str]:
    """Give random ids of 128 bits, as ``secrets.token_hex(16)`` would, drawn many at a time."""
    while True:
        drawn = secrets.token_hex(16 * 1024)
        yield from (drawn[start : start + 32] for start in range(0, len(drawn), 32))
