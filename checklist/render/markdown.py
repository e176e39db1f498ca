"""Blocks as Markdown; whatever people typed stays text."""

import re
from collections.abc import Sequence

from checklist.render.blocks import (
    Bar,
    Block,
    Bullets,
    Differences,
    Heading,
    Legend,
    Paragraph,
    Profile,
    StackRow,
    Stacks,
    Steps,
    Subheading,
    Table,
    Title,
    Trails,
)
from checklist.render.plain import one_line
from checklist.render.trails import LEVELS, picture

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
"""What CommonMark obeys, and what others make formulas and links of."""
LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")
BAR_LENGTH = 20
NO_FIGURE = "–"
NO_SCORE = "·"
RULES = {"l": " --- ", "r": " ---: "}


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
    flat = SPECIAL.sub(r"\\\1", one_line(text).strip())
    return LINE_START.sub(r"\1\\", flat)


def _block(block: Block) -> str:
    match block:
        case Title(text, below):
            return f"# {escape(text)}\n\n{escape(below)}\n"
        case Heading(text):
            return f"## {escape(text)}\n"
        case Subheading(text):
            return f"### {escape(text)}\n"
        case Paragraph(text):
            return f"{escape(text)}\n"
        case Bullets(points):
            return "".join(
                f"- {escape(said)}: *{escape(more)}*\n" if more.strip() else f"- {escape(said)}\n"
                for said, more in points
            )
        case Profile(bars):
            return "".join(_bar(bar) for bar in bars)
        case Steps(steps):
            return "".join(
                f"{number}. **{escape(step.title)}** {escape(step.step)}  \n"
                f"   {escape(step.reason)}\n"
                for number, step in enumerate(steps, start=1)
            )
        case Table(header, rows):
            return _table(header, rows, "l" + "r" * (len(header) - 1))
        case Legend(prompt, options):
            return _legend(prompt, options)
        case Stacks():
            return _stacks(block)
        case Differences():
            return _differences(block)
        case Trails():
            return _trails(block)


def _bar(bar: Bar) -> str:
    if not bar.figure:
        return f"- **{escape(bar.title)}** {escape(bar.words)}\n"
    filled = 0 if bar.score is None else round(bar.score / 100 * BAR_LENGTH)
    drawn = "█" * filled + "░" * (BAR_LENGTH - filled)
    span = f" ({escape(bar.span)})" if bar.span else ""
    words = f" {escape(bar.words)}" if bar.words else ""
    return f"- **{escape(bar.title)}** `{drawn}` **{escape(bar.figure)}**{span}{words}\n"


def _legend(prompt: str, options: Sequence[str]) -> str:
    keys = (f"**{place}** {escape(words)}" for place, words in enumerate(options, start=1))
    return f"{escape(prompt)}\n" + (f"\n{', '.join(keys)}\n" if options else "")


def _stacks(block: Stacks) -> str:
    """Write stacked bars as a table of counts, a row for each item and group."""
    named = any(row.group for stack in block.stacks for row in stack.rows)
    head = [block.words.question, *([block.words.group] if named else [])]
    options = [str(place + 1) for place in range(block.size)]
    return _table(
        [*head, *options, block.words.left_open, block.words.did_not_occur],
        [
            [
                *_words(stack.text if place == 0 else "", row, named=named),
                *_counts(row, block.size),
            ]
            for stack in block.stacks
            for place, row in enumerate(stack.rows)
        ],
        "l" * len(head) + "r" * (block.size + 2),
    )


def _words(text: str, row: StackRow, *, named: bool) -> list[str]:
    cells = [text, row.group] if named else [text]
    return cells if row.counts is not None else [*cells[:-1], f"{cells[-1]}: {row.reason}"]


def _counts(row: StackRow, size: int) -> list[str]:
    if row.counts is None:
        return [NO_FIGURE] * (size + 2)
    return [str(count) for count in (*row.counts, row.left_open, row.did_not_occur)]


def _differences(block: Differences) -> str:
    """Write differences as a table; a column that is empty throughout is left out."""
    rows = block.rows
    signs = f"\N{MINUS SIGN} {block.left} / + {block.right}"
    columns = (
        (signs, "r", [row.figure for row in rows]),
        ("", "r", [row.span for row in rows]),
        ("", "r", [row.beside for row in rows]),
        ("", "l", [row.words for row in rows]),
    )
    filled = [column for column in columns if any(column[2])]
    return _table(
        ["", *(head for head, _, _ in filled)],
        [
            [row.title, *(cells[place] or (NO_FIGURE if head else "") for head, _, cells in filled)]
            for place, row in enumerate(rows)
        ],
        "l" + "".join(letter for _, letter, _ in filled),
    )


def _trails(block: Trails) -> str:
    """Write histories as a table, each with a small picture of signs."""
    return _table(
        ["", "", *block.dates, block.last],
        [
            [row.title, picture(row.scores, LEVELS, NO_SCORE), *row.figures, row.difference]
            for row in block.rows
        ],
        "ll" + "r" * (len(block.dates) + 1),
    )


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], aligned: str) -> str:
    """Write a table; ``aligned`` has a letter a column, ``l`` for words and ``r`` for figures."""
    rule = "|".join(RULES[letter] for letter in aligned)
    return "".join([_row(header), f"|{rule}|\n", *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escape(cell) or ' ' for cell in cells)} |\n"
