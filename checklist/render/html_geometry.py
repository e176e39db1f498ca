"""Where the marks of a page's drawings lie, and which tints they have; no figure is made here."""

from collections.abc import Iterable, Sequence

from checklist.render import axis
from checklist.render.blocks import Differences, Stacks

Colour = tuple[int, int, int]

LIGHT: tuple[Colour, ...] = ((0xD3, 0xE7, 0xEE), (0x4E, 0x9A, 0xB1), (0x0B, 0x3A, 0x4A))
DARK: tuple[Colour, ...] = ((0x2B, 0x49, 0x55), (0x5B, 0xA3, 0xB9), (0xD6, 0xF1, 0xF8))
"""One hue from the lowest option to the highest: what stands out most is the highest."""

REACHES = (10, 20, 30, 40, 50, 60, 80, 100)
"""How far an axis of differences may run to either side."""

DIGIT, LEAST_COLUMN, PHONE = 0.55, 2.3, 20.5
"""Widths in the size of the page's letters: a digit, a column of counts, a line on a phone."""

TRAIL_WIDTH, TRAIL_HEIGHT, TRAIL_EDGE = 120, 36, 4
"""Units of a history's picture; points keep away from its edge."""


def percent(share: float) -> str:
    """Write a length in percent, as short as it can be.

    Examples
    --------
    >>> percent(62.04), percent(7.25), percent(100.0), percent(0)
    ('62%', '7.2%', '100%', '0%')
    """
    return f"{round(share, 1):g}%"


def beside(value: float, reach: float) -> float:
    """Say where a difference lies, in percent of an axis that runs from -reach to reach.

    Examples
    --------
    >>> beside(0, 20), beside(-10, 20), beside(30, 20)
    (50.0, 25.0, 100.0)
    """
    return 50 + 50 * max(-1.0, min(1.0, value / reach))


def reach(blocks: Iterable[Differences]) -> int:
    """Choose one axis for all differences of a page, so that lengths can be compared.

    Examples
    --------
    >>> from checklist.render.blocks import Difference
    >>> reach([Differences("", "", (Difference("", 4.0, (-3.0, 11.0), "4", ""),))])
    20
    >>> reach([])
    10
    """
    return axis.reach((row for block in blocks for row in block.rows), REACHES)


def columns(block: Stacks) -> tuple[float, int]:
    """Say how wide the columns of counts are, and how many of them a phone has room for.

    Returns
    -------
    tuple of float and int
        The width in the size of the page's letters, and the number in a line.

    Examples
    --------
    >>> from checklist.render.blocks import Stack, StackRow, StackWords
    >>> words = StackWords("", "", "", "")
    >>> columns(Stacks(2, words, (Stack("", (StackRow("", (3, 12), 0, 0, ""),)),)))
    (2.3, 4)
    >>> columns(Stacks(2, words, (Stack("", (StackRow("", (3, 1234567), 0, 0, ""),)),)))
    (4.45, 4)
    >>> columns(Stacks(9, words, (Stack("", (StackRow("", (1234,) * 9, 0, 0, ""),)),)))
    (2.8, 7)
    """
    rows = [row for stack in block.stacks for row in stack.rows]
    most = max((n for row in rows for n in (*(row.counts or ()), row.left_open)), default=0)
    width = round(len(str(most)) * DIGIT + 0.6, 2)
    return max(width, LEAST_COLUMN), min(block.size + 2, int(PHONE / width))


def tints(size: int) -> list[tuple[str, str]]:
    """Give a tint for each option of a scale, low to high: on white paper, and on a dark screen.

    Examples
    --------
    >>> tints(3)
    [('#d3e7ee', '#2b4955'), ('#4e9ab1', '#5ba3b9'), ('#0b3a4a', '#d6f1f8')]
    """
    places = [place / (size - 1) for place in range(size)] if size > 1 else [1.0]
    return [(_tint(LIGHT, place), _tint(DARK, place)) for place in places]


def _tint(stops: Sequence[Colour], place: float) -> str:
    """Mix the two stops around a place between 0 and 1."""
    last = len(stops) - 1
    start = min(int(place * last), last - 1)
    share = place * last - start
    mixed = (
        round(low + (high - low) * share)
        for low, high in zip(stops[start], stops[start + 1], strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def points(scores: Sequence[float | None]) -> list[tuple[float, float] | None]:
    """Place scores from 0 to 100 in a history's picture, from left to right."""
    inner = TRAIL_WIDTH - 2 * TRAIL_EDGE
    step = inner / (len(scores) - 1) if len(scores) > 1 else 0
    height = TRAIL_HEIGHT - 2 * TRAIL_EDGE
    return [
        None
        if score is None
        else (
            round(TRAIL_EDGE + place * step, 1),
            round(TRAIL_HEIGHT - TRAIL_EDGE - score / 100 * height, 1),
        )
        for place, score in enumerate(scores)
    ]


def trail(scores: Sequence[float | None]) -> str:
    """Draw a history's line as an SVG path; where a score is missing the line has a gap.

    Examples
    --------
    >>> trail((0.0, 50.0, None, 100.0))
    'M4 32L41.3 18M116 4'
    """
    drawn, joined = "", False
    for point in points(scores):
        if point is not None:
            drawn += f"{'L' if joined else 'M'}{point[0]:g} {point[1]:g}"
        joined = point is not None
    return drawn
