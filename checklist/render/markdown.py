"""Blocks as Markdown; whatever people typed stays text."""

import re
from collections.abc import Sequence

from checklist.render.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Profile,
    Steps,
    Table,
    Title,
)
from checklist.render.plain import one_line

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
BAR_LENGTH = 20


def render(blocks: Sequence[Block]) -> str:
    """Write blocks as CommonMark with tables."""
    return "\n".join(_block(block) for block in blocks)


def escape(text: str) -> str:
    r"""Take from a text everything that Markdown would obey.

    Examples
    --------
    >>> print(escape("<b>*so*</b>"))
    \<b\>\*so\*\</b\>
    """
    flat = SPECIAL.sub(r"\\\1", one_line(text))
    return LINE_START.sub(r"\1\\\2", flat) if not flat[:1].isdigit() else _number_start(flat)


def _number_start(text: str) -> str:
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", text)


def _block(block: Block) -> str:
    match block:
        case Title(text, below):
            return f"# {escape(text)}\n\n{escape(below)}\n"
        case Heading(text):
            return f"## {escape(text)}\n"
        case Paragraph(text):
            return f"{escape(text)}\n"
        case Bullets(points):
            return "".join(f"- {escape(said)}: *{escape(more)}*\n" for said, more in points)
        case Profile(bars):
            return "".join(_bar(bar.title, bar.score, bar.figure, bar.words) for bar in bars)
        case Steps(steps):
            return "".join(
                f"{number}. **{escape(step.title)}** {escape(step.step)}  \n"
                f"   {escape(step.reason)}\n"
                for number, step in enumerate(steps, start=1)
            )
        case Table(header, rows):
            rule = "|".join([" --- ", *[" ---: "] * (len(header) - 1)])
            return "".join([_row(header), f"|{rule}|\n", *(_row(row) for row in rows)])


def _bar(title: str, score: float | None, figure: str, words: str) -> str:
    filled = 0 if score is None else round(score / 100 * BAR_LENGTH)
    bar = "█" * filled + "░" * (BAR_LENGTH - filled)
    return f"- **{escape(title)}** `{bar}` **{escape(figure)}** {escape(words)}\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escape(cell) or ' ' for cell in cells)} |\n"
