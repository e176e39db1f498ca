"""Wraps a text for a terminal, its later lines below its first words."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checklist.render.plain import Charset

NARROWEST = 8
HELD = "\ue000"
"""Stands for a no-break space while wrapping: rich would break there all the same."""


def wrapped(
    console: Console, charset: Charset, text: str, width: int, first: str = "", style: str = ""
) -> list[Text]:
    """Wrap a text.

    Parameters
    ----------
    console, charset
        Where it will be shown, and what can be shown there.
    text
        What is said; nothing in it is obeyed.
    width
        Columns of the whole, ``first`` included.
    first
        Stands before the first line; the later ones are indented as far.
    style
        A rich style for the text.
    """
    indent = " " * cell_len(first)
    held = HELD.join(charset.text(part) for part in text.split("\N{NO-BREAK SPACE}"))
    shown = []
    whole, room = Text(held, style=style), max(width - len(indent), NARROWEST)
    # Most texts of a card fit on one line, and rich takes long to find that out.
    lines = [whole] if 0 < whole.cell_len <= room else whole.wrap(console, room)
    for place, line in enumerate(lines):
        line.rstrip()
        line.plain = line.plain.replace(HELD, " ")
        shown.append(Text(indent if place else first).append_text(line))
    return shown
