"""What all that draws in a terminal works with."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from checklist.render.plain import Charset
from checklist.render.wrap import wrapped


class Drawing:
    """Draws in a terminal, line by line.

    Parameters
    ----------
    console, charset
        Where it will be shown, and what can be shown there.
    width
        Columns of the whole.
    """

    def __init__(self, console: Console, charset: Charset, width: int) -> None:
        self._console = console
        self._charset = charset
        self._width = width

    def _wrapped(self, text: str, first: str = "", style: str = "") -> Iterator[Text]:
        """Wrap a text below its first words."""
        yield from wrapped(self._console, self._charset, text, self._width, first, style)
