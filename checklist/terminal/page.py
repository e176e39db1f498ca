"""Puts a screen together from parts, and gives way where the window is small."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checklist.i18n import Texts
from checklist.render.plain import Charset
from checklist.render.wrap import wrapped

ACCENT = "cyan"
QUIET = "dim"
STRONG = "bold"
WIDEST = 76
NARROWEST = 30
"""Below this many columns no card can be read; the window must grow, or ``--plain`` be used."""
BETWEEN_KEYS = re.compile(r"(   |(?<= ·) )")
NO_BREAK = "\N{NO-BREAK SPACE}"
LEAST_READ = 4
"""Lines of a longer text that must show at a time for it to be worth reading."""


class Block(NamedTuple):
    """Lines that belong together."""

    lines: list[Text]
    goes: int = 0
    """When it gives way where the window is low: 1 is the first to go; 0 always stays."""
    typed: bool = False
    """Whether its end is written to; where the window is low, its beginning gives way."""
    close: bool = False
    """Whether it belongs right below the one before."""


@dataclass
class Page:
    """Lines of one screen, in blocks that are set apart where there is room.

    Parameters
    ----------
    console, charset
        Where it will be shown, and what can be shown there.
    turned
        How many lines have been read already on a page that is only read, and is longer than the
        window; ``None`` for pages that must be seen whole.
    """

    console: Console
    charset: Charset
    turned: int | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns that may be written to, the margin not counted."""
        return min(self.console.width - 2 * self.margin, WIDEST)

    @property
    def margin(self) -> int:
        """Empty columns on the left."""
        return 2 if self.console.width >= 60 else 1

    def add(
        self, text: str, style: str = "", *, first: str = "", goes: int = 0, typed: bool = False
    ) -> None:
        """Add a block of running text."""
        lines = wrapped(self.console, self.charset, text, self.width, first, style)
        self.add_lines(lines, goes=goes, typed=typed)

    def add_lines(
        self, lines: list[Text], *, goes: int = 0, typed: bool = False, close: bool = False
    ) -> None:
        """Add a block of lines that are laid out already."""
        if lines:
            self.blocks.append(Block(lines, goes, typed, close))

    def keys(self, text: str) -> list[Text]:
        """Lay out a quiet line of keys; a key and its words stay together where they are short.

        It may run into the margin on the right, all but the last column.
        """
        room = self.console.width - self.margin - 1
        held = "".join(
            part if part.isspace() or len(part) > room // 2 else part.replace(" ", NO_BREAK)
            for part in BETWEEN_KEYS.split(text)
        )
        return wrapped(self.console, self.charset, held, room, "", QUIET)

    def end(self, last: str, more: str) -> None:
        """End a page that is only read with its keys: ``more`` as long as there is more to read."""
        self.add_lines(self.keys(last))
        if self.read_on is not None:
            self.blocks[-1] = Block(self.keys(more))

    def header(self, title: str, position: str, left: str, share: float) -> None:
        """Add the line that says where one is and what is left, and the bar below it."""
        title, position = self.charset.text(title), self.charset.text(position)
        both = self.charset.text(
            f"{position} {self.charset.separator} {left}" if left else position
        )
        if cell_len(both) > self.width:
            both = position
        between = self.width - cell_len(title) - cell_len(both)
        if between >= 2:
            head = [Text(title + " " * between, style=QUIET).append(both)]
        else:
            self.add(title, QUIET, goes=1)
            head = wrapped(self.console, self.charset, both, self.width, "", QUIET)
        done = round(share * self.width)
        bar = Text(self.charset.done * done, style=ACCENT)
        bar.append(self.charset.todo * (self.width - done), style=QUIET)
        self.add_lines([*head, bar], close=True)

    def lines(self, texts: Texts) -> list[Text]:
        """Give the screen's lines, or a single request where nothing readable fits."""
        blocks = self._fitting()
        if blocks is None:
            said = texts("card.too-small", width=self.console.width, height=self.console.height)
            rows = wrapped(self.console, self.charset, said, max(self.console.width, 8))
            return rows[: self.console.height]
        blank = self.console.height - sum(len(block.lines) for block in blocks)
        apart = [place for place, block in enumerate(blocks) if place and not block.close]
        set_apart = apart[-blank:] if blank else []
        shown: list[Text] = []
        for place, block in enumerate(blocks):
            if place in set_apart:
                shown.append(Text())
            shown += [Text(" " * self.margin).append_text(line) for line in block.lines]
        return shown

    @property
    def fits(self) -> bool:
        """Whether more than the request for a larger window can be shown."""
        return self._fitting() is not None

    @property
    def read_on(self) -> int | None:
        """What ``turned`` has to be to read the rest; ``None`` when the end is to be seen."""
        if self.turned is None or not self.blocks or self._whole() is not None:
            return None
        after = self.turned + self._room_to_read
        return after if after < len(self._to_read) else None

    def _fitting(self) -> list[Block] | None:
        """Choose what is shown; ``None`` where nothing readable fits."""
        if self.console.width < NARROWEST or not self.blocks:
            return None
        return self._whole() or self._part()

    def _whole(self) -> list[Block] | None:
        """Give the blocks that fit together, without those that may give way."""
        blocks = list(self.blocks)
        too_many = sum(len(block.lines) for block in blocks) - self.console.height
        for leaving in sorted((b for b in blocks if b.goes), key=lambda block: block.goes):
            if too_many <= 0:
                break
            blocks = [block for block in blocks if block is not leaving]
            too_many -= len(leaving.lines)
        if too_many <= 0:
            return blocks
        typed = max((len(block.lines) for block in blocks if block.typed), default=0)
        if typed <= too_many:
            return None
        return [b._replace(lines=b.lines[too_many:]) if b.typed else b for b in blocks]

    def _part(self) -> list[Block] | None:
        """Give as much as fits of a page that is only read, with the keys below it."""
        if self.turned is None or self._room_to_read < LEAST_READ:
            return None
        start = max(min(self.turned, len(self._to_read) - self._room_to_read), 0)
        part = self._to_read[start : start + self._room_to_read]
        more = "" if self.read_on is None else self.charset.text("…")
        return [Block([*part, Text(more, style=QUIET), *self.blocks[-1].lines])]

    @property
    def _to_read(self) -> list[Text]:
        """All lines but the keys at the end, as they stand on a page that is turned."""
        lines: list[Text] = []
        for block in self.blocks[:-1]:
            lines += [Text(), *block.lines] if lines else block.lines
        return lines

    @property
    def _room_to_read(self) -> int:
        return self.console.height - len(self.blocks[-1].lines) - 1
