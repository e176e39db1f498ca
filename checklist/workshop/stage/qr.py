"""QR codes out of half blocks: black on white in every terminal, so that they scan."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from rich.text import Text

from checklist.render.plain import Charset

COLOURS = "#000000 on #ffffff"
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
BORDERS = (4, 2)
"""Modules of white around a code: as the standard wants it, and what phones can do with."""
MOST = 3
"""How many times its least size a code is drawn at most; larger ones scan no better."""

Matrix = Sequence[Sequence[bool]]
"""Rows of modules, True where they are dark."""


@lru_cache(maxsize=8)
def matrix(link: str, border: int) -> tuple[tuple[bool, ...], ...]:
    """Give the modules of the code for a link, with white around."""
    import segno

    code = segno.make_qr(link, error="l")
    return tuple(tuple(map(bool, row)) for row in code.matrix_iter(border=border))


def picture(
    link: str, columns: int, rows: int, charset: Charset, *, colours: bool = True
) -> list[Text]:
    """Draw the code for a link as large as it fits; nothing where it does not.

    Parameters
    ----------
    columns, rows
        The room that there is.
    charset
        Where it cannot show half blocks, whole cells are coloured, which takes four times the room.
    colours
        Whether colours may be used. Without them the terminal's own have to do; light on dark, they
        come out right.
    """
    halves = charset.either("▀▄█", "") != ""
    if not (halves or colours):
        return []
    for border in BORDERS:
        modules = matrix(link, border)
        for scale in range(MOST, 0, -1) if halves else (2,):
            if len(modules) * scale <= columns and (len(modules) * scale + 1) // 2 <= rows:
                drawn = _enlarged(modules, scale)
                return _in_halves(drawn, colours) if halves else _in_cells(drawn)
    return []


def _enlarged(modules: Matrix, scale: int) -> Matrix:
    return [[dark for dark in row for _ in range(scale)] for row in modules for _ in range(scale)]


def _in_halves(modules: Matrix, colours: bool) -> list[Text]:
    white = (False,) * len(modules[0])
    pairs = zip_longest(modules[::2], modules[1::2], fillvalue=white)
    return [
        Text(
            "".join(
                HALVES[(up, low) if colours else (not up, not low)]
                for up, low in zip(upper, lower, strict=True)
            ),
            style=COLOURS if colours else "",
        )
        for upper, lower in pairs
    ]


def _in_cells(modules: Matrix) -> list[Text]:
    return [
        Text.assemble(*((" ", "on #000000" if dark else "on #ffffff") for dark in row))
        for row in modules[::2]
    ]
