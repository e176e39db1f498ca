"""The few kinds of blocks that a readable report is made of; a format knows how to write each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """The name of the whole, and a line below it."""

    text: str
    below: str


@dataclass(frozen=True)
class Heading:
    """Opens a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; quiet text may stand back."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Bar:
    """One row of a profile; without a score it says why there is none."""

    title: str
    score: float | None
    figure: str
    words: str


@dataclass(frozen=True)
class Profile:
    """Scores as bars from 0 to 100."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bullets:
    """A list: a statement, and what belongs to it in words."""

    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NumberedStep:
    """A step to choose, with what led to it."""

    title: str
    step: str
    reason: str


@dataclass(frozen=True)
class Steps:
    """Steps to choose from, numbered from 1."""

    steps: tuple[NumberedStep, ...]


@dataclass(frozen=True)
class Table:
    """Figures in columns; the first column is words."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Title | Heading | Paragraph | Profile | Bullets | Steps | Table
