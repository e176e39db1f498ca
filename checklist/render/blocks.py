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
class Subheading:
    """Opens a part of a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; quiet text may stand back."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Bar:
    """One row of a profile; without a score its words say why there is none.

    ``span`` is what the score can vary between, as text, and ``interval`` the same as numbers. A
    row without a figure has no bar either.
    """

    title: str
    score: float | None
    figure: str
    words: str
    span: str = ""
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Profile:
    """Scores as bars from 0 to 100."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bullets:
    """A list: a statement, and what belongs to it in words, where there is anything."""

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


@dataclass(frozen=True)
class Legend:
    """A response scale: its question, and its options from 1 on; without options they are known."""

    prompt: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class StackRow:
    """How often each option was chosen in one group; without counts the reason says why not."""

    group: str
    counts: tuple[int, ...] | None
    left_open: int
    did_not_occur: int
    reason: str


@dataclass(frozen=True)
class Stack:
    """One item and its rows, one a group."""

    text: str
    rows: tuple[StackRow, ...]


@dataclass(frozen=True)
class StackWords:
    """What the columns beside stacked bars are called."""

    question: str
    group: str
    left_open: str
    did_not_occur: str


@dataclass(frozen=True)
class Stacks:
    """Items of one scale as 100 % stacked bars, raw direction, with counts."""

    size: int
    words: StackWords
    stacks: tuple[Stack, ...]


@dataclass(frozen=True)
class Difference:
    """One row of differences; without a difference its words say why there is none.

    ``difference`` and the ends of ``interval`` run from -100 to 100; there may be no interval.
    ``figure`` is the signed difference, ``span`` its interval, ``beside`` the two values behind it,
    all as text; a row without a figure has no picture either.
    """

    title: str
    difference: float | None
    interval: tuple[float, float] | None
    figure: str
    words: str
    span: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Differences:
    """Signed differences as points, with their intervals, left and right of zero.

    ``left`` and ``right`` say what it means to lie there.
    """

    left: str
    right: str
    rows: tuple[Difference, ...]


@dataclass(frozen=True)
class Trail:
    """One row of a history: scores from the oldest on, ``None`` where there is none.

    ``figures`` are the scores as text, ``difference`` the signed last step as text.
    """

    title: str
    scores: tuple[float | None, ...]
    figures: tuple[str, ...]
    difference: str


@dataclass(frozen=True)
class Trails:
    """Histories as small pictures, one a row, each from 0 to 100, beside their figures.

    ``dates`` head the scores, ``last`` heads the differences.
    """

    dates: tuple[str, ...]
    last: str
    rows: tuple[Trail, ...]


Block = (
    Title
    | Heading
    | Subheading
    | Paragraph
    | Profile
    | Bullets
    | Steps
    | Table
    | Legend
    | Stacks
    | Differences
    | Trails
)
