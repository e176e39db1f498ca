"""What each column of a table means, found from its header."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from checklist.errors import ChecklistError, Problem, WrongUsage
from checklist.questionnaire import PERSPECTIVES
from checklist.rounds import Round
from checklist.tables.shown import Near, shown
from checklist.tables.source import Encoding, Source, examine, opened

TEAM, PERSPECTIVE, PANEL = "team", "perspective", "panel"
EXTRAS = (TEAM, PERSPECTIVE, PANEL)
DELIMITERS = (",", ";", "\t")

NOWHERE = -1
"""The place of a column that the table does not have: an empty cell put at the end of each row."""

HEADINGS = ("perspektive", "sicht")
"""What a column may be called in German that says whose view a row is."""

LIKENESS = 0.8
"""From here on a column is taken for a misspelt one: items of one dimension begin alike, so that
those of an older version must not be."""


@dataclass(frozen=True)
class TableMapping:
    """A table's columns and what they mean.

    Attributes
    ----------
    header
        The columns' names as they stand in the file.
    places
        By item id, ``team``, ``perspective`` and ``panel``: the column's place in the header.
    renamed
        Those of them whose column was named with ``--map``.
    missing
        Ids of items without a column: they count as left open.
    ignored
        Names of columns that are not read.
    only_team
        The team of all rows where there is no such column or a cell of it is empty.
    """

    source: Source
    delimiter: str
    header: tuple[str, ...]
    places: Mapping[str, int]
    renamed: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    only_team: str | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.source.path.name

    @property
    def digest(self) -> str:
        """The table's mark in the store: SHA-256 of its bytes."""
        return self.source.digest

    @property
    def encoding(self) -> Encoding:
        """How the file writes its text."""
        return self.source.encoding

    def place(self, target: str) -> int:
        """Give a column's place, ``NOWHERE`` where there is none."""
        return self.places.get(target, NOWHERE)

    def column(self, target: str) -> str:
        """Give a column's name as it can be shown."""
        return shown(self.header[self.places[target]].strip())


def read_renames(given: Sequence[str]) -> dict[str, str]:
    """Read what ``--map`` was given: ``needs-ask-first=Frage 1``.

    Returns
    -------
    dict
        Names of columns by item id, ``team``, ``perspective`` or ``panel``.

    Raises
    ------
    WrongUsage
        ``map-form``: it has no such form; ``map-twice``: two columns for one id.
    """
    renames: dict[str, str] = {}
    for each in given:
        target, equals, column = (part.strip() for part in each.partition("="))
        if not (target and equals and column):
            raise WrongUsage("map-form", value=shown(each))
        if target in renames:
            raise WrongUsage("map-twice", target=shown(target))
        renames[target] = column
    return renames


def read_mapping(
    path: Path, round_: Round, renames: Mapping[str, str] | None = None
) -> TableMapping:
    """Read a table's header and find what its columns mean.

    Names match whatever their case; a column that is nearly an item still missing is refused, since
    its answers would be lost without a word.

    Parameters
    ----------
    renames
        Names of columns by item id, ``team``, ``perspective`` or ``panel``; see ``read_renames``.

    Raises
    ------
    ChecklistError
        ``table-unreadable``, ``table-no-text``; ``table-header``: with everything that is wrong
        with its columns.
    """
    source = examine(path)
    targets = (*(item.id for item in round_.questionnaire.items), *EXTRAS)
    headers = list(_headers(source))
    known = {*targets, *((renames or {}).values())}
    delimiter, header = max(headers, key=lambda each: _fit(each[1], known), default=("", []))
    if len(headers) < len(DELIMITERS) and not _fit(header, known)[0]:
        raise _refused(source, [Problem("table-header-quotes")])
    matching = _Matching(header, targets, renames or {})
    matching.check(round_)
    if PERSPECTIVE not in matching.places:
        matching.problems += [
            Problem("table-perspective-unread", "", {"name": shown(header[place].strip())})
            for place in _of_views(source, delimiter, matching.unused)
        ]
    if matching.problems:
        raise _refused(source, matching.problems)
    return TableMapping(
        source=source,
        delimiter=delimiter,
        header=tuple(header),
        places=matching.places,
        renamed=frozenset(renames or {}),
        missing=tuple(id_ for id_ in targets if id_ not in (*EXTRAS, *matching.places)),
        ignored=tuple(shown(header[place]) for place in matching.unused),
        only_team=round_.teams[0].name if len(round_.teams) == 1 else None,
    )


def _refused(source: Source, problems: list[Problem]) -> ChecklistError:
    return ChecklistError("table-header", problems=tuple(problems), file=shown(source.path.name))


def _headers(source: Source) -> Iterator[tuple[str, list[str]]]:
    """Give the header as each of the delimiters would have it."""
    for delimiter in DELIMITERS:
        with opened(source) as file:
            try:
                yield delimiter, next(csv.reader(file, delimiter=delimiter, strict=True), [])
            except csv.Error:
                continue  # with this delimiter its quotes make no sense


def _of_views(source: Source, delimiter: str, places: Sequence[int]) -> list[int]:
    """Find columns that nobody reads and that hold names of perspectives, and nothing else.

    Rows of observers would count as self-views without a word. Most columns are out after a row.
    """
    held: dict[int, set[str]] = {place: set() for place in places}
    with opened(source) as file, suppress(csv.Error):  # broken quotes are told with the rows
        for cells in islice(csv.reader(file, delimiter=delimiter, strict=True), 1, None):
            for place in [place for place in held if place < len(cells)]:
                cell = _folded(cells[place])
                if cell in PERSPECTIVES:
                    held[place].add(cell)
                elif cell:
                    del held[place]
            if not held:
                break
    return [place for place, names in held.items() if names - {"self"}]


def _fit(header: Sequence[str], known: set[str]) -> tuple[int, int]:
    """Say how well a header fits: how many names are known, then how many columns there are."""
    folded = {name.casefold() for name in known}
    return sum(_folded(name) in folded for name in header), len(header)


def _folded(name: str) -> str:
    return name.strip().casefold()


@dataclass
class _Matching:
    """Finds which column is which, and what is wrong with that."""

    header: Sequence[str]
    targets: Sequence[str]
    renames: Mapping[str, str]
    places: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)

    def check(self, round_: Round) -> None:
        """Match all columns; note all problems."""
        self._rename()
        self._match()
        self._leave_over()
        if not any(target not in EXTRAS for target in self.places) and not self.problems:
            self._add("table-no-items", questionnaire=round_.questionnaire.id)
        if TEAM not in self.places and len(round_.teams) > 1 and not self.problems:
            self._add("table-no-team-column")

    def _rename(self) -> None:
        for target, column in self.renames.items():
            if target not in self.targets:
                self._misspelt("table-map-target", target, Near(self.targets))
                continue
            found = [
                place for place, name in enumerate(self.header) if _folded(name) == _folded(column)
            ]
            if not found:
                self._misspelt("table-map-column", column, Near([*filter(None, self.header)]))
            elif len(found) > 1:
                self._add("table-column-twice", name=shown(column))
            elif found[0] in self.places.values():
                self._add("table-map-shared", name=shown(column))
            else:
                self.places[target] = found[0]

    def _match(self) -> None:
        taken = set(self.places.values())
        by_name = {target: target for target in self.targets if target not in self.renames}
        names = Counter(map(_folded, self.header))
        views = [name for name in HEADINGS if names[name]]
        if len(views) == 1 and PERSPECTIVE in by_name and not names[PERSPECTIVE]:
            by_name.setdefault(views[0], PERSPECTIVE)
        for place, name in enumerate(self.header):
            target = by_name.get(_folded(name))
            if target is None or place in taken:
                continue
            if names[_folded(name)] > 1 and target not in self.places:
                self._add("table-column-twice", name=name.strip())
            self.places.setdefault(target, place)

    def _leave_over(self) -> None:
        """Leave over the columns that mean nothing, unless one is nearly a name that is missing."""
        taken = set(self.places.values())
        free = [each for each in self.targets if each not in {*self.places, *self.renames}]
        misspelt = Near(free, LIKENESS)
        for place, name in enumerate(self.header):
            if place in taken or not name.strip():
                continue
            near = misspelt.to(name.strip())
            if near and _folded(name) not in self.targets:
                self._add("table-column-near", name=shown(name), near=near)
            else:
                self.unused.append(place)

    def _misspelt(self, code: str, name: str, known: Near) -> None:
        near = known.to(name)
        if near:
            self._add(f"{code}-near", name=shown(name), near=shown(near))
        else:
            self._add(code, name=shown(name))

    def _add(self, code: str, **values: object) -> None:
        self.problems.append(Problem(code, "", values))
