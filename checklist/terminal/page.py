"""Puts a screen together from parts, and gives way where the window is small."""

from dataclasses import dataclass, field

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


@dataclass
class Page:
    """Lines of one screen, in blocks that are set apart where there is room.

    A block that may be left out gives way, the last added first, where the screen is too low.
    """

    console: Console
    charset: Charset
    blocks: list[tuple[list[Text], bool]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns that may be written to, the margin not counted."""
        return min(self.console.width - 2 * self.margin, WIDEST)

    @property
    def margin(self) -> int:
        """Empty columns on the left."""
        return 2 if self.console.width >= 60 else 1

    def add(self, text: str, style: str = "", *, first: str = "", may_go: bool = False) -> None:
        """Add a block of running text."""
        self.add_lines(
            wrapped(self.console, self.charset, text, self.width, first, style), may_go=may_go
        )

    def add_lines(self, lines: list[Text], *, may_go: bool = False) -> None:
        """Add a block of lines that are laid out already."""
        if lines:
            self.blocks.append((lines, may_go))

    def header(self, title: str, position: str, share: float) -> None:
        """Add the line that says where one is, and the bar below it."""
        title, position = self.charset.text(title), self.charset.text(position)
        room = self.width - len(position) - 2
        if len(title) <= room:
            head = [Text(title.ljust(room + 2), style=QUIET).append(position)]
        else:
            head = [Text(position, style=QUIET)]
        done = round(share * self.width)
        bar = Text(self.charset.done * done, style=ACCENT)
        self.add_lines([*head, bar.append(self.charset.todo * (self.width - done), style=QUIET)])

    def lines(self, texts: Texts) -> list[Text]:
        """Give the screen's lines, or a single request where nothing readable fits."""
        height = self.console.height
        if self.console.width < NARROWEST:
            return self._too_small(texts)
        blocks = list(self.blocks)
        while blocks:
            body = [line for lines, _ in blocks for line in lines]
            gaps = len(blocks) - 1
            if len(body) + gaps <= height:
                return self._laid_out([lines for lines, _ in blocks], gap=True)
            if len(body) <= height:
                return self._laid_out([lines for lines, _ in blocks], gap=False)
            leaving = next((b for b in reversed(blocks) if b[1]), None)
            if leaving is None:
                break
            blocks.remove(leaving)
        return self._too_small(texts)

    def _laid_out(self, blocks: list[list[Text]], *, gap: bool) -> list[Text]:
        shown: list[Text] = []
        for place, lines in enumerate(blocks):
            if gap and place:
                shown.append(Text())
            shown += [Text(" " * self.margin).append_text(line) for line in lines]
        return shown

    def _too_small(self, texts: Texts) -> list[Text]:
        said = texts("card.too-small", width=self.console.width, height=self.console.height)
        return wrapped(self.console, self.charset, said, max(self.console.width, 8))[
            : self.console.height
        ]

    def fits(self, texts: Texts) -> bool:
        """Whether more than the request for a larger window can be shown."""
        return self.lines(texts) != self._too_small(texts)
