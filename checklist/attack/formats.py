"""Looks for stray numbers in every format that a report on a round is written in.

What is said once in Markdown looks different elsewhere: a page and a terminal draw axes, number the
options beside their colour or sign, and a table is nothing but figures.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from checklist.attack.strays import NUMBER, known_texts, numbers, stray_numbers
from checklist.rounds import Round

DRAWN = frozenset(["axis"])
"""Classes of a page's elements in which only the ends of an axis stand."""
SHADES = r"[·:\-+=░▒▓█]"
OPTIONS_ON_SCREEN = re.compile(rf"({SHADES})\1 \d (?=\S)|(?<=\s){SHADES}1(?:\s+{SHADES}\d)+(?=\s)")
AXIS_ON_SCREEN = re.compile(r"^\s*[−-](\d+)\s+0\s+\+\1\s*$", re.MULTILINE)
FIGURE = re.compile(r"(count_\d|item_rest:(?P<item>.+)|\D*)")


def strays_in_page(
    page: str, report: Mapping[str, Any], round_: Round, before: Round | None = None
) -> list[str]:
    """Find the numbers of an HTML page's text that are not explained: see ``stray_numbers``."""
    reader = _Page()
    reader.feed(page)
    return stray_numbers("".join(reader.texts), report, round_, before=before)


def strays_on_screen(
    text: str, report: Mapping[str, Any], round_: Round, before: Round | None = None
) -> list[str]:
    """Find the numbers of a text as a terminal shows it: see ``stray_numbers``.

    In columns, quoted texts do not stay in one piece; so their numbers may stand anywhere.
    """
    quoted = [number for said in known_texts(report, round_) for number in NUMBER.findall(said)]
    kept = AXIS_ON_SCREEN.sub("", OPTIONS_ON_SCREEN.sub("", text))
    return stray_numbers(kept, report, round_, quoted, before)


def strays_in_table(text: str, report: Mapping[str, Any], round_: Round) -> list[str]:
    """Find what in a report's CSV is no published figure, as it is written there.

    Parameters
    ----------
    text
        The table, unrounded, with whatever separates cells in its language.
    report
        The same report as parsed JSON.
    round_
        The round.
    """
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    german = ";" in head
    rows = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if german else ",", restval=""
    )
    figures = {float(number) for number in numbers(report["groups"])} | {
        float(number)
        for part in ("reliability", "gaps", "changes")
        for number in numbers(report[part])
    }
    named = {team.name for team in round_.teams}
    asked = round_.questionnaire
    ids = {part.id for part in asked.dimensions} | {item.id for item in asked.items}
    return [
        cell for row in rows for cell in _strays(row, figures, named, ids, "," if german else ".")
    ]


def _strays(
    row: Mapping[str, str], figures: set[float], named: set[str], ids: set[str], point: str
) -> Iterator[str]:
    value = row["value"]
    if NUMBER.search(value) and not _is_figure(value.replace(point, "."), figures):
        yield value
    if row["id"] and row["id"] not in ids:
        yield row["id"]
    if row["team"] and row["team"].removeprefix("'") not in named and NUMBER.search(row["team"]):
        yield row["team"]
    figure = FIGURE.fullmatch(row["figure"])
    if figure is None or (figure["item"] or next(iter(ids))) not in ids:
        yield row["figure"]
    yield from (row[name] for name in ("perspective", "kind", "status") if NUMBER.search(row[name]))


def _is_figure(value: str, figures: set[float]) -> bool:
    try:
        return float(value) in figures
    except ValueError:
        return False


class _Page(HTMLParser):
    """Reads the text of a page, without axes and without the numbers of options."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        """Elements that are open, each with whether its text is left out."""
        self._option = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element; one of a shade's class announces its option's number."""
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        shade = next((name[1:] for name in classes if re.fullmatch(r"t\d", name)), "")
        self.texts.append(" ")
        if tag == "i" and shade:
            legend = bool(self._open) and self._open[-1][0] in ("li", "th col")
            self._option = shade if legend else ""
        if tag in VOID:
            return
        left_out = tag == "style" or bool(DRAWN & {*classes})
        outside = bool(self._open) and self._open[-1][1]
        name = "th col" if tag == "th" and given.get("scope") == "col" else tag
        self._open.append((name, left_out or outside))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self.texts.append(" ")
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep text, but for what is left out."""
        if self._option and data.strip():
            number, self._option = self._option, ""
            if data.strip() == number:
                return
        if not (self._open and self._open[-1][1]):
            self.texts.append(data)


VOID = frozenset(["meta", "br", "hr", "img", "input", "link", "wbr", "path", "circle"])
