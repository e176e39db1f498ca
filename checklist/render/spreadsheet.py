"""Tables that a spreadsheet opens as they are meant, and in which no cell runs."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from checklist.render.plain import one_line

Cell = str | float | None
"""A text, a number, or nothing; what is typed is a text, even if it looks like a number."""

BYTE_ORDER_MARK = "\ufeff"
COMPUTED = "=＝﹦⁼₌+＋﹢⁺₊﬩\\-－﹣−@＠﹫"
"""What opens a formula, with all signs that some program takes for the same."""
PASSED_OVER = r"[\s\"'“”„‘’\u00ad\u200b-\u200d\u2060\ufeff]*"
"""What a program may drop at the start of a cell."""
OBEYED = re.compile(rf"(^|[;,|])(?={PASSED_OVER}[{COMPUTED}])")
"""Also behind whatever another country's spreadsheet would split at."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written: between cells, in numbers, at ends of lines, and before it all."""

    delimiter: str
    point: str
    line_end: str
    mark: str


SPREADSHEETS = {
    "de": Dialect(";", ",", "\r\n", BYTE_ORDER_MARK),
    "en": Dialect(",", ".", "\r\n", BYTE_ORDER_MARK),
}
"""By language. Excel splits and reads numbers as its country does: with a point, a German one
makes a date of 1.5. Without the mark it takes UTF-8 for something else."""

PROGRAMS = Dialect(",", ".", "\n", "")
"""The same in every language, since a script should not have to know who ran the command."""


def write(header: Iterable[str], rows: Iterable[Iterable[Cell]], dialect: Dialect) -> str:
    """Write a table.

    Numbers are unrounded. Texts are on one line, and one that a spreadsheet would compute has an
    apostrophe before it: it can be read, and does not run.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
    out.write(dialect.mark)
    writer.writerow(header)
    writer.writerows([_written(cell, dialect) for cell in row] for row in rows)
    return out.getvalue()


@lru_cache(maxsize=4096)
def guarded(text: str) -> str:
    r"""Take from a text that a spreadsheet would compute it.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Sales"), guarded("\t-3"), guarded("Nord; =1")
    ("'=1+1", 'Sales', "' -3", "Nord;' =1")
    """
    return OBEYED.sub(r"\1'", one_line(text))


def _written(cell: Cell, dialect: Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return str(cell).replace(".", dialect.point)
