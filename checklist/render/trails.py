"""Histories for a terminal: one sign a result, the oldest first, beside the figures."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checklist.render.blocks import Trail, Trails
from checklist.render.drawing import Drawing
from checklist.render.plain import Charset
from checklist.render.stacked import HUE, INDENT
from checklist.render.wrap import wrapped

LEVELS = "▁▂▃▄▅▆▇█"
PLAIN_LEVELS = ".:-=+xX#"
"""The same signs that stacked bars of eight options have: each darker than the one before."""
NO_SCORE = " "
LONGEST_PICTURE = 24
LEAST_PICTURE = 3
GAP = 2


def picture(scores: Sequence[float | None], levels: str, none: str = NO_SCORE) -> str:
    """Draw scores from 0 to 100 as one sign each.

    Parameters
    ----------
    levels
        Signs from the lowest to the highest; each stands for an equal part of the range.
    none
        Stands where there is no score.

    Examples
    --------
    >>> picture([0, 50, None, 62.4, 100], LEVELS)
    '▁▅ ▅█'
    """
    last = len(levels) - 1
    return "".join(
        none if score is None else levels[min(int(score / 100 * len(levels)), last)]
        for score in scores
    )


class TrailRows(Drawing):
    """Draws histories one below the other."""

    def __init__(self, console: Console, charset: Charset, width: int) -> None:
        super().__init__(console, charset, width)
        self._levels = charset.either(LEVELS, PLAIN_LEVELS)

    def rows(self, block: Trails) -> Iterator[Text]:
        """Draw a block: its dates, then a row for each history."""
        columns = _Columns(block, self._charset, self._width)
        yield Text(" " * columns.start + columns.figures(block.dates, block.last), style="dim")
        for row in block.rows:
            if columns.titles:
                title = self._charset.text(row.title)
                head = Text(title + " " * (columns.titles - cell_len(title)))
            else:
                yield from wrapped(self._console, self._charset, row.title, self._width)
                head = Text(INDENT)
            yield self._drawn(row, columns, head)

    def _drawn(self, row: Trail, columns: "_Columns", head: Text) -> Text:
        scores = row.scores[len(row.scores) - columns.picture :]
        head.append(picture(scores, self._levels), style=HUE)
        return head.append(columns.figures(row.figures, row.difference))


class _Columns:
    """How much of a history fits, the same for all rows of a block.

    Where there is too little room, the oldest figures go, then titles stand above their rows, then
    the oldest signs of the pictures go. The last two figures stay as long as they can: they are
    what the difference is about.
    """

    def __init__(self, block: Trails, charset: Charset, width: int) -> None:
        self._charset = charset
        self._widths = [
            max(cell_len(charset.text(text)) for text in column) + GAP
            for column in zip(block.dates, *(row.figures for row in block.rows), strict=True)
        ]
        last = (block.last, *(row.difference for row in block.rows))
        self._last = max(cell_len(charset.text(text)) for text in last) + GAP
        dates = len(block.dates)
        whole = min(dates, LONGEST_PICTURE)
        titles = max((cell_len(charset.text(row.title)) for row in block.rows), default=0) + GAP
        beside = titles + whole + sum(self._widths[-2:]) + self._last <= width
        self.titles = titles if beside else 0
        self._indent = titles if beside else len(INDENT)
        room = width - self._indent - self._last
        least = min(whole, LEAST_PICTURE)
        self._shown = 1
        while self._shown < dates and room >= sum(self._widths[-self._shown - 1 :]) + (
            least if self._shown == 1 else whole
        ):
            self._shown += 1
        self.picture = max(min(whole, room - sum(self._widths[-self._shown :])), 0)

    @property
    def start(self) -> int:
        """Columns before the first figure."""
        return self._indent + self.picture

    def figures(self, texts: Sequence[str], last: str) -> str:
        """Write the figures that fit, the difference behind them."""
        shown = zip(
            (*texts[-self._shown :], last),
            (*self._widths[-self._shown :], self._last),
            strict=True,
        )
        spelt = ((self._charset.text(text), columns) for text, columns in shown)
        return "".join(" " * (columns - cell_len(text)) + text for text, columns in spelt)
