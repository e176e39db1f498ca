"""Blocks for a terminal, as rich text: wraps at the width, readable without colour."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checklist.render.blocks import (
    Bar,
    Block,
    Bullets,
    Differences,
    Heading,
    Legend,
    NumberedStep,
    Paragraph,
    Profile,
    Stacks,
    Steps,
    Subheading,
    Table,
    Title,
    Trails,
)
from checklist.render.differences import DifferenceRows, reach
from checklist.render.drawing import Drawing
from checklist.render.plain import Charset
from checklist.render.stacked import Stacked
from checklist.render.trails import TrailRows

WIDEST = 84
LONGEST_BAR = 30
FIGURE = 5
"""Columns of a score beside its bar."""
ACCENT = "cyan"


class TerminalRenderer(Drawing):
    """Writes blocks to a console.

    Parameters
    ----------
    console
        Its width and encoding decide what it looks like.
    """

    def __init__(self, console: Console) -> None:
        super().__init__(console, Charset.of(console.encoding), min(console.width, WIDEST))
        self._stacked = Stacked(console, self._charset, self._width)
        self._differences = DifferenceRows(console, self._charset, self._width)
        self._trails = TrailRows(console, self._charset, self._width)
        self._reach = 0

    def print(self, blocks: Sequence[Block]) -> None:
        """Write blocks one below the other."""
        for line in self.lines(blocks):
            self._console.print(line, soft_wrap=True)

    def lines(self, blocks: Sequence[Block]) -> Iterator[Text]:
        """Give the lines of blocks, one below the other."""
        before: Block | None = None
        rows = [row for block in blocks if isinstance(block, Differences) for row in block.rows]
        self._reach = reach(rows)  # one axis for all, so that lengths can be compared
        for block in blocks:
            opens = isinstance(block, (Profile, Differences))
            if opens and isinstance(before, Paragraph) and not before.quiet:
                yield Text()
            before = block
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Text]:
        match block:
            case Title(text, below):
                yield Text()
                yield from self._wrapped(text, style="bold")
                yield from self._wrapped(below, style="dim")
            case Heading(text):
                yield Text()
                yield from self._wrapped(text, style=f"bold {ACCENT}")
            case Subheading(text):
                yield Text()
                yield from self._wrapped(text, style="bold")
            case Paragraph(text, quiet):
                yield from self._wrapped(text, style="dim" if quiet else "")
            case Profile(bars):
                yield from self._profile(bars)
            case Bullets(points):
                for said, more in points:
                    yield from self._wrapped(said, first=f"{self._charset.bullet} ")
                    if more:
                        yield from self._wrapped(more, first="  ", style="italic")
            case Steps(steps):
                for number, step in enumerate(steps, start=1):
                    yield from self._step(number, step)
            case Table(header, rows):
                yield from self._table(header, rows)
            case Legend(prompt, options):
                yield from self._stacked.legend(prompt, options)
            case Stacks():
                yield from self._stacked.items(block)
            case Differences():
                yield from self._differences.rows(block, self._reach)
            case Trails():
                yield from self._trails.rows(block)

    def _profile(self, bars: Sequence[Bar]) -> Iterator[Text]:
        titles = max(cell_len(self._charset.text(bar.title)) for bar in bars)
        spans = max(cell_len(self._charset.text(bar.span)) for bar in bars)
        room = self._width - FIGURE - (spans + 2 if spans else 0)
        beside = titles + 2 + LONGEST_BAR // 2 <= room
        length = min(LONGEST_BAR, room - (titles + 2 if beside else 0))
        for bar in bars:
            title = self._charset.text(bar.title)
            if beside:
                head = Text(title + " " * (titles + 2 - cell_len(title)), style="bold")
            else:
                yield from self._wrapped(bar.title, style="bold")
                head = Text()
            if not bar.figure:
                yield from self._reason(bar.words, head)
                continue
            yield head.append_text(self._bar(bar, length))
            if bar.words:
                yield from self._wrapped(bar.words, first="  ", style="dim")

    def _reason(self, words: str, head: Text) -> Iterator[Text]:
        """Say in the place of a bar why there is none."""
        if head and head.cell_len + cell_len(self._charset.text(words)) <= self._width:
            yield head.append(self._charset.text(words), style="not bold dim")
            return
        if head:
            head.rstrip()
            yield head
        yield from self._wrapped(words, first="  ", style="dim")

    def _bar(self, bar: Bar, length: int) -> Text:
        filled = 0 if bar.score is None else round(bar.score / 100 * length)
        drawn = Text(self._charset.full * filled, style=ACCENT)
        drawn.append(self._charset.empty * (length - filled), style="dim")
        drawn.append(f" {self._charset.text(bar.figure):>3}", style="bold")
        if bar.span:
            drawn.append(f"  {self._charset.text(bar.span)}", style="not bold default")
        return drawn

    def _step(self, number: int, step: NumberedStep) -> Iterator[Text]:
        yield from self._wrapped(step.title, first=f"{number}  ", style="bold")
        yield from self._wrapped(step.step, first="   ")
        yield from self._wrapped(step.reason, first="   ", style="dim")

    def _table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Text]:
        """Write figures in columns; where there is too little room, words stand above them."""
        cells = [[self._charset.text(cell) for cell in row] for row in (header, *rows)]
        widths = [max(map(cell_len, column)) + 2 for column in zip(*cells, strict=True)]
        beside = sum(widths) <= self._width
        for place, (words, *figures) in enumerate(cells):
            style = "" if place else "dim"
            line = Text(words + " " * (widths[0] - cell_len(words)) if beside else "  ", style)
            if words and not beside:
                yield from self._wrapped(words, style=style)
            for cell, width in zip(figures, widths[1:], strict=True):
                line.append(" " * (width - cell_len(cell)) + cell)
            yield line
