"""Blocks as one HTML file that holds everything it needs: no script, nothing from elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Template

from checklist.i18n import Texts
from checklist.render import html_geometry as geometry
from checklist.render.blocks import (
    Block,
    Bullets,
    Differences,
    Heading,
    Legend,
    Paragraph,
    Stacks,
    Subheading,
    Title,
)
from checklist.render.template import in_css, template

TEMPLATE, SECTIONS = "report", "report_sections"
LEAST_CONTENTS = 5
"""Sections from which on a reader is glad of a table of contents."""
MOST_COLUMNS = 6
"""A table with more of them is too wide for A4: its cells then stand below each other."""


@dataclass
class Part:
    """Blocks below one subheading; those before the first have none."""

    title: str = ""
    blocks: list[tuple[str, Block]] = field(default_factory=list)
    """Each with the name of its kind."""

    @property
    def introduces(self) -> bool:
        """Whether it only leads to what comes next, and must not be parted from it."""
        return not self.title and all(isinstance(block, Paragraph) for _, block in self.blocks)


@dataclass
class Section:
    """A heading, what stands below it, and by which name a link finds it."""

    anchor: str
    title: str = ""
    parts: list[Part] = field(default_factory=lambda: [Part()])

    @property
    def short(self) -> bool:
        """Whether it holds nothing but sentences."""
        return all(
            isinstance(block, Bullets | Paragraph)
            for part in self.parts
            for _, block in part.blocks
        )


def render(blocks: Sequence[Block], texts: Texts) -> str:
    """Write blocks as a page: for a screen of any size, light or dark, and for A4.

    Parameters
    ----------
    blocks
        A title, and what follows it.
    texts
        The interface's language, in which the blocks are written.

    Returns
    -------
    str
        HTML, the same for the same blocks.

    Raises
    ------
    ValueError
        There is no title.
    """
    title, *rest = blocks
    if not isinstance(title, Title):
        raise ValueError("a report begins with its title")
    drawn = _drawn(rest, texts)
    contents = sum(bool(section.title) for section in drawn["sections"]) >= LEAST_CONTENTS
    return _template(TEMPLATE).render(
        drawn,
        lang=texts.language,
        title=title,
        foot=in_css(title.text),
        contents=contents,
        tints={size: geometry.tints(size) for size in sorted(_sizes(rest))},
    )


def body(blocks: Sequence[Block], texts: Texts) -> str:
    """Write what follows a title, for a page that others put around it.

    Its headings begin with ``h2``. It needs the rules of ``report.css``, and lengths stand in
    ``style`` attributes.
    """
    return _template(SECTIONS).render(_drawn(blocks, texts))


@cache
def _template(name: str) -> Template:
    return template(
        name,
        percent=geometry.percent,
        beside=geometry.beside,
        columns=geometry.columns,
        trail=geometry.trail,
        points=geometry.points,
    )


def _drawn(blocks: Sequence[Block], texts: Texts) -> dict[str, Any]:
    """Give what the drawings need."""
    differences = [block for block in blocks if isinstance(block, Differences)]
    return {
        "sections": list(_sections(blocks)),
        "most_columns": MOST_COLUMNS,
        "reach": geometry.reach(differences),
        "spanned": any(row.span for block in differences for row in block.rows),
        "words": {
            "contents": texts("html.contents"),
            "score": texts("html.score"),
            "range": texts("html.range"),
            "difference": texts("html.difference"),
        },
        "number": texts.number,
    }


def _sections(blocks: Sequence[Block]) -> Iterator[Section]:
    section = Section("s0")
    number = 0
    for block in blocks:
        if isinstance(block, Heading):
            if number or section.parts[0].blocks:
                yield section
            number += 1
            section = Section(f"s{number}", block.text)
        elif isinstance(block, Subheading):
            section.parts.append(Part(block.text))
        else:
            section.parts[-1].blocks.append((type(block).__name__, block))
    yield section


def _sizes(blocks: Sequence[Block]) -> set[int]:
    """Find which numbers of options need colours."""
    return {block.size for block in blocks if isinstance(block, Stacks)} | {
        len(block.options) for block in blocks if isinstance(block, Legend) and block.options
    }
