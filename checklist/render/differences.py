"""Signed differences for a terminal: points on an axis around zero, with their intervals."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checklist.render import axis
from checklist.render.blocks import Difference, Differences
from checklist.render.drawing import Drawing
from checklist.render.plain import Charset
from checklist.render.stacked import HUE, INDENT

STEPS = (10, 20, 30, 50, 100)
"""What an axis may reach to, on both sides of zero."""
LEAST_AXIS = 21
"""Columns below which texts leave the line of the axis."""
SHORTEST_AXIS = 11
LEAST_WORDS = 40
"""Columns from which on long words about the sides stand above the axis, not at the margin."""
LONGEST_AXIS = 41
GAP = 2


def reach(rows: Sequence[Difference]) -> int:
    """Give the end of an axis that holds all differences and intervals of a block.

    Examples
    --------
    >>> reach([Difference("a", -4.0, (-12.5, 4.5), "−4", ""), Difference("b", None, None, "", "")])
    20
    """
    return axis.reach(rows, STEPS)


def column(value: float, end: int, half: int) -> int:
    """Give how many columns a value lies from zero; only zero itself lies on it.

    So a row never seems to touch zero where it does not, or not to where it does.

    Parameters
    ----------
    value
        Between ``-end`` and ``end``.
    end
        What the axis reaches to.
    half
        Columns on each side of zero.

    Examples
    --------
    >>> column(10, 20, 20), column(-0.1, 20, 20), column(0, 20, 20), column(-20, 20, 20)
    (10, -1, 0, -20)
    """
    columns = min(round(abs(value) / end * half), half)
    return 0 if not value else max(columns, 1) * (1 if value > 0 else -1)


def picture(row: Difference, end: int, half: int, signs: str) -> str:
    """Draw the point and the interval of a row.

    Parameters
    ----------
    signs
        For zero, the point, both ends of an interval, its line, and its line across zero.

    Examples
    --------
    >>> picture(Difference("a", 6.0, (-4.0, 16.0), "+6", ""), 20, 10, "|o[]-+")
    '        [-+--o----]  '
    """
    zero, point, left, right, line, across = tuple(signs)
    drawn = [" "] * half + [zero] + [" "] * half
    if row.difference is None:
        return "".join(drawn)
    low, high = (column(value, end, half) for value in row.interval or (row.difference,) * 2)
    for place in range(low, high + 1):
        drawn[half + place] = across if place == 0 else line
    if low < high:
        drawn[half + low], drawn[half + high] = left, right
    drawn[half + min(max(column(row.difference, end, half), low), high)] = point
    return "".join(drawn)


class DifferenceRows(Drawing):
    """Draws differences one below the other, all on the same axis."""

    def __init__(self, console: Console, charset: Charset, width: int) -> None:
        super().__init__(console, charset, width)
        self._signs = charset.either("│●├┤─┼", "|o[]-+")

    def rows(self, block: Differences, end: int | None = None) -> Iterator[Text]:
        """Draw a block; where there is no figure at all, there is no axis either.

        Parameters
        ----------
        block
            Its rows share an axis.
        end
            What the axis reaches to; as far as the block needs, if it is not given.
        """
        columns = _Columns(block.rows, self._charset, self._width)
        end = reach(block.rows) if end is None else end
        if any(row.figure for row in block.rows):
            yield from self._axis(block, columns, end)
        for place, row in enumerate(block.rows):
            if place and not columns.titles:
                yield Text()
            yield from self._row(row, columns, end)

    def _axis(self, block: Differences, columns: "_Columns", end: int) -> Iterator[Text]:
        """Say what the sides mean, and how far the axis reaches."""
        start = " " * columns.titles
        back, on = tuple(self._charset.either("←→", "<>"))
        left, right = self._charset.text(block.left), self._charset.text(block.right)
        said = cell_len(f"{back} {left}{right} {on}")
        between = max(columns.axis - said, GAP)
        if columns.titles + said + between <= self._width:
            yield Text(f"{start}{back} {left}{' ' * between}{right} {on}", style="dim")
        else:
            first = start if self._width - columns.titles >= LEAST_WORDS else ""
            yield from self._wrapped(block.left, f"{first}{back} ", "dim")
            yield from self._wrapped(block.right, f"{first}{on} ", "dim")
        low, high = self._charset.text(f"\N{MINUS SIGN}{end}"), f"+{end}"
        beside = " " * (columns.half - len(low))
        yield Text(f"{start}{low}{beside}0{beside}{high}", style="dim")

    def _row(self, row: Difference, columns: "_Columns", end: int) -> Iterator[Text]:
        head = Text()
        if columns.titles:
            head = Text(_left(self._charset.text(row.title), columns.titles), style="bold")
        else:
            yield from self._wrapped(row.title, "", "bold")
        if not row.figure:
            yield from self._reason(row.words, head)
            return
        head.append(picture(row, end, columns.half, self._signs), style=f"not bold {HUE}")
        head.append(_right(self._charset.text(row.figure), columns.figures), style="bold")
        inside, below = columns.split(row)
        for text, width in inside:
            head.append(_right(self._charset.text(text), width), style="not bold default")
        head.rstrip()
        yield head
        if any(below):
            yield from self._wrapped("  ".join(filter(None, below)), INDENT)
        if row.words:
            yield from self._wrapped(row.words, INDENT, "dim")

    def _reason(self, words: str, head: Text) -> Iterator[Text]:
        """Say in the place of the axis why there is nothing on it."""
        said = self._charset.text(words)
        if head and head.cell_len + cell_len(said) <= self._width:
            yield head.append(said, style="not bold dim")
            return
        if head:
            head.rstrip()
            yield head
        yield from self._wrapped(words, INDENT, "dim")


class _Columns:
    """What stands in the line of the axis; the same for all rows of a block.

    Where there is too little room, the two values go below first, then titles go above, then
    intervals go below.
    """

    def __init__(self, rows: Sequence[Difference], charset: Charset, width: int) -> None:
        def widest(texts: Iterator[str], gap: int = GAP) -> int:
            columns = max((cell_len(charset.text(text)) for text in texts), default=0)
            return columns + gap if columns else 0

        titles = widest(row.title for row in rows)
        self.figures = widest((row.figure for row in rows), 1)
        span, beside = widest(row.span for row in rows), widest(row.beside for row in rows)
        choices = (
            (titles, span, beside),
            (titles, span, 0),
            (0, span, beside),
            (0, span, 0),
            (0, 0, 0),
        )
        free = width - self.figures
        fitting = (choice for choice in choices if free - sum(choice) >= LEAST_AXIS)
        self.titles, self._span, self._beside = next(fitting, choices[-1])
        room = free - self.titles - self._span - self._beside
        self.half = (max(min(room, LONGEST_AXIS), SHORTEST_AXIS) - 1) // 2

    @property
    def axis(self) -> int:
        """Columns of the axis, zero in the middle of them."""
        return 2 * self.half + 1

    def split(self, row: Difference) -> tuple[list[tuple[str, int]], list[str]]:
        """Give what stands in the line, with its columns, and what stands below it."""
        parts = ((row.span, self._span), (row.beside, self._beside))
        return (
            [(text, columns) for text, columns in parts if columns],
            [text for text, columns in parts if not columns],
        )


def _left(text: str, columns: int) -> str:
    return text + " " * (columns - cell_len(text))


def _right(text: str, columns: int) -> str:
    return " " * (columns - cell_len(text)) + text
