"""100 % stacked bars for a terminal: one hue, each option a sign of its own, counts printed."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from checklist.render.blocks import Stack, StackRow, Stacks
from checklist.render.drawing import Drawing
from checklist.render.plain import Charset
from checklist.render.wrap import wrapped

HUE = "cyan"
LEAST_BAR = 20
"""Columns from which on a bar may stand beside its counts; else they go below it."""
INDENT = "  "


def shares(counts: Sequence[int], length: int) -> list[int]:
    """Share columns out among counts: in proportion, but none that is there without a column.

    Parameters
    ----------
    counts
        How often each option was chosen.
    length
        Columns of the whole bar, at least as many as there are options.

    Examples
    --------
    >>> shares([0, 1, 2, 5], 16), shares([1, 999, 0], 10), shares([0, 0], 10)
    ([0, 2, 4, 10], [1, 9, 0], [0, 0])
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [count * length / total for count in counts]
    given = [max(1, int(part)) if count else 0 for count, part in zip(counts, exact, strict=True)]
    while sum(given) != length:
        away = 1 if sum(given) < length else -1
        may = [place for place, columns in enumerate(given) if columns > 1 or (away > 0 < columns)]
        given[max(may, key=lambda place: away * (exact[place] - given[place]))] += away
    return given


class Stacked(Drawing):
    """Draws items as stacked bars."""

    def legend(self, prompt: str, options: Sequence[str]) -> Iterator[Text]:
        """Write a scale's question and, if they are new, its options with their signs."""
        yield from self._wrapped(prompt, style="dim")
        if not options:
            return
        fills = self._charset.fills(len(options))
        keys = [f"{sign * 2} {place} " for place, sign in enumerate(fills, start=1)]
        line = Text()
        for key, words in zip(keys, options, strict=True):
            entry = Text(key, style=HUE).append(self._charset.text(words), style="default")
            if line and line.cell_len + len(INDENT) + entry.cell_len > self._width:
                yield line
                line = Text()
            if not line and entry.cell_len > self._width:
                yield from self._hanging(key, words)
                continue
            line = line.append(INDENT).append_text(entry) if line else entry
        if line:
            yield line

    def items(self, block: Stacks) -> Iterator[Text]:
        """Draw items one below the other."""
        columns = _Columns(block, self._charset, self._width)
        if columns.beside:
            yield Text(columns.header(), style="dim")
        for place, stack in enumerate(block.stacks):
            if place and (len(stack.rows) > 1 or not columns.beside):
                yield Text()
            yield from self._item(stack, columns)

    def _item(self, stack: Stack, columns: "_Columns") -> Iterator[Text]:
        yield from self._wrapped(stack.text)
        for row in stack.rows:
            label = self._charset.text(row.group)
            head = Text(INDENT)
            if label and columns.labels:
                head.append(label + " " * (columns.labels - cell_len(label)))
            elif label:
                yield from self._wrapped(row.group, first=INDENT)
            if row.counts is None:
                yield from self._wrapped(row.reason, first=head.plain, style="dim")
                continue
            drawn = head.append_text(self._bar(row.counts, columns))
            yield drawn.append(columns.figures(row)) if columns.beside else drawn
            if not columns.beside:
                yield from self._below(row, columns)

    def _bar(self, counts: Sequence[int], columns: "_Columns") -> Text:
        parts = zip(columns.fills, shares(counts, columns.bar), strict=True)
        drawn = "".join(sign * length for sign, length in parts)
        return Text(drawn.ljust(columns.bar), style=HUE)

    def _below(self, row: StackRow, columns: "_Columns") -> Iterator[Text]:
        counts = zip(columns.fills, row.counts or (), strict=True)
        entries = [
            f"{sign}{place}:\N{NO-BREAK SPACE}{count}"
            for place, (sign, count) in enumerate(counts, start=1)
        ]
        rest = (
            (columns.words.left_open, row.left_open),
            (columns.words.did_not_occur, row.did_not_occur),
        )
        said = ", ".join(f"{word}:\N{NO-BREAK SPACE}{count}" for word, count in rest)
        yield from self._wrapped("  ".join(entries), first=INDENT)
        yield from self._wrapped(said, first=INDENT, style="dim")

    def _hanging(self, key: str, words: str) -> Iterator[Text]:
        yield from wrapped(self._console, self._charset, words, self._width, key)


class _Columns:
    """Where the bar, the counts and the rest stand; the same for all items of a block."""

    def __init__(self, block: Stacks, charset: Charset, width: int) -> None:
        self.fills = charset.fills(block.size)
        self.words = block.words
        rows = [row for stack in block.stacks for row in stack.rows]
        most = max((count for row in rows for count in row.counts or ()), default=0)
        self._count = max(len(str(most)), 2) + 2
        self._rest = [
            (charset.text(word), max(cell_len(charset.text(word)), len(str(most))) + 2)
            for word in (block.words.left_open, block.words.did_not_occur)
        ]
        labels = max((cell_len(charset.text(row.group)) for row in rows), default=0)
        figures = self._count * block.size + sum(columns for _, columns in self._rest)
        labels += 2 if labels else 0
        room = width - len(INDENT)
        self.beside = room - figures >= LEAST_BAR
        self.labels = labels if room - labels - figures >= LEAST_BAR else 0
        self.bar = max(room - self.labels - (figures if self.beside else 0), block.size)

    def header(self) -> str:
        """Head the columns: each option's sign and number, then what was not answered."""
        start = " " * (len(INDENT) + self.labels + self.bar)
        options = [f"{sign}{place}" for place, sign in enumerate(self.fills, start=1)]
        rest = [word.rjust(columns) for word, columns in self._rest]
        return start + "".join([*(option.rjust(self._count) for option in options), *rest])

    def figures(self, row: StackRow) -> str:
        """Write a row's counts below their heads."""
        rest = zip((row.left_open, row.did_not_occur), self._rest, strict=True)
        return "".join(
            [
                *(str(count).rjust(self._count) for count in row.counts or ()),
                *(str(count).rjust(columns) for count, (_, columns) in rest),
            ]
        )
