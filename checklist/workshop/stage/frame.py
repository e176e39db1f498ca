"""Lays the trainer's screen out: a head with the clocks, what the room sees, notes, and a foot.

    3  Answers                          8 min · 3:20 left · 25 of 90 min
    ━━━━━━━━━━━━━━━━━───────────────────────────────────────────────────
    what the room sees                           │ what the trainer says
    and, where there is one, a picture           │ and does
    keys, or a question to the trainer

Where the window is narrow, notes take the place of what the room sees.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from checklist.render.blocks import Block, Title
from checklist.render.plain import Charset
from checklist.render.terminal import WIDEST as WIDEST_TEXT
from checklist.render.terminal import TerminalRenderer
from checklist.render.wrap import wrapped
from checklist.terminal.page import ACCENT, NARROWEST, QUIET, STRONG
from checklist.workshop.stage import clock, notes
from checklist.workshop.stage.scene import Pictured, Scene, Stage

WIDE = 110
"""From so many columns on notes stand beside what the room sees."""
WIDEST = 176
GAP = 4
NARROWEST_NOTES, WIDEST_NOTES = 32, 52
LOWEST = 10
"""Fewer rows than that show nothing worth seeing."""
LEAST_SEEN = 4
"""Rows of what the room sees that a question leaves at least."""
BESIDE_PICTURE = 28
"""Columns that words beside a picture need."""

FootLines = Callable[[int, int], list[Text]]
"""Gives the lines of the foot for so many columns and at most so many rows."""


@dataclass(frozen=True)
class View:
    """What is to be drawn.

    Attributes
    ----------
    notes
        Whether the trainer's notes are shown: beside what the room sees, or in its place where the
        window is narrow. The room reads them, too.
    turned
        How many lines have been scrolled away.
    instead
        Stands in the place of the scene and of all notes, such as help.
    asks
        Whether the foot asks something: then keys do not scroll.
    """

    stage: Stage
    scene: Scene
    foot: FootLines
    notes: bool = False
    turned: int = 0
    instead: Scene | None = None
    asks: bool = False


@dataclass(frozen=True)
class Drawn:
    """A screen.

    Attributes
    ----------
    furthest
        How many lines can be scrolled away before the end is seen.
    window
        How many lines are seen at a time.
    """

    lines: list[Text]
    furthest: int = 0
    window: int = 0


def drawn(view: View, console: Console, charset: Charset) -> Drawn:
    """Lay a screen out in a console's size."""
    columns, rows = console.size
    if columns < NARROWEST or rows < LOWEST:
        said = view.stage.texts("stage.too-small", width=columns, height=rows)
        return Drawn(wrapped(console, charset, said, max(columns, 8))[:rows])
    least = 2 if columns >= 60 else 1
    width = min(columns - 2 * least, WIDEST)
    margin = (columns - width) // 2
    head = _head(view.stage, console, charset, width)
    foot = view.foot(width, rows - len(head) - LEAST_SEEN)
    window = rows - len(head) - len(foot)
    body, furthest = _body(view, console, charset, width, window)
    shown = [*head, *body, *foot]
    return Drawn([Text(" " * margin).append_text(line) for line in shown], furthest, window)


def has_notes_beside(console: Console) -> bool:
    """Whether notes have room beside what the room sees."""
    return console.width >= WIDE


def _head(stage: Stage, console: Console, charset: Charset, width: int) -> list[Text]:
    workshop, texts = stage.room.workshop, stage.texts
    title = charset.text(f"{workshop.phase}  {texts(f'workshop.phase.{workshop.now.id}.title')}")
    clocks = [charset.text(each) for each in clock.readings(workshop, stage.now, texts, charset)]
    if workshop.ended:
        title, clocks = charset.text(texts("scene.over.title")), [""]
    room = width - cell_len(title) - 2
    found = next((each for each in clocks if cell_len(each) <= room), None)
    if found is None:
        named = wrapped(console, charset, title, width, "", STRONG)
        head = [*named, *wrapped(console, charset, clocks[-1], width, "", QUIET)]
    else:
        between = " " * (width - cell_len(title) - cell_len(found))
        head = [Text(title, STRONG).append(between + found, "not bold")]
    done = round(clock.share(workshop, stage.now) * width)
    bar = Text(charset.done * done, ACCENT).append(charset.todo * (width - done), QUIET)
    return [*head, bar]


def _body(
    view: View, console: Console, charset: Charset, width: int, window: int
) -> tuple[list[Text], int]:
    beside = has_notes_beside(console) and view.notes and view.instead is None
    if not beside:
        return _seen(view, console, charset, width, window)
    columns = max(NARROWEST_NOTES, min(width // 3, WIDEST_NOTES))
    main = width - columns - GAP
    seen, furthest = _seen(view, console, charset, main, window)
    said = [Text(), *notes.lines(view.stage, console, charset, columns)]
    if len(said) > window:
        said = [*said[: window - 1], Text(charset.text("…"), QUIET)]
    said += [Text()] * (window - len(said))
    bar = charset.either("│", "|")
    return [
        _filled(left, main + 1).append(bar, QUIET).append(" " * (GAP - 2)).append_text(right)
        for left, right in zip(seen, said, strict=True)
    ], furthest


def _seen(
    view: View, console: Console, charset: Charset, width: int, window: int
) -> tuple[list[Text], int]:
    """Give exactly as many lines as the window has, and how far they can be scrolled."""
    if view.notes and view.instead is None and not has_notes_beside(console):
        lines = notes.lines(view.stage, console, charset, width)
    else:
        lines = _with_picture(view, console, charset, width, window)
    furthest = max(len(lines) - window + 1, 0) if len(lines) > window else 0
    if not furthest:
        slack = window - len(lines)
        above = max(min(slack, 1), slack // 3)
        return [*[Text()] * above, *lines, *[Text()] * (slack - above)], 0
    start = min(view.turned, furthest)
    part = lines[start : start + window - 1]
    key = "stage.part" if view.asks else "stage.more" if start < furthest else "stage.end"
    more = charset.text(view.stage.texts(key, shown=start + len(part), all=len(lines)))
    return [*part, Text(set_cell_size(more, width).rstrip(), QUIET)], furthest


def _with_picture(
    view: View, console: Console, charset: Charset, width: int, window: int
) -> list[Text]:
    """Lay words out, beside a picture where the scene has one and there is room for both."""
    scene = view.instead or view.scene
    blocks = scene.blocks(view.stage)
    if not isinstance(scene, Pictured):
        return _written(blocks, view.stage, console, charset, width)
    named = [*scene.caption(view.stage), *blocks]
    room = width - GAP + 1 - BESIDE_PICTURE
    colours = console.color_system is not None and not console.no_color
    draw = partial(scene.picture, view.stage, charset=charset, colours=colours)
    picture = draw(room, window)
    if not picture:
        words = _written(named, view.stage, console, charset, width)
        below = draw(width, window - len(words) - 1)
        if below:
            return [*words, Text(), *below]
        return _written(blocks, view.stage, console, charset, width)
    taken = picture[0].cell_len + GAP - 1
    words = _written(named, view.stage, console, charset, width - taken)
    above = max((len(picture) - len(words)) // 2, 0)
    words = [*[Text()] * above, *words]
    blank = Text(" " * picture[0].cell_len)
    return [
        Text().append_text(left or blank).append(" " * (GAP - 1)).append_text(right or Text())
        for left, right in zip_longest(picture, words)
    ]


def _written(
    blocks: list[Block], stage: Stage, console: Console, charset: Charset, width: int
) -> list[Text]:
    """Write blocks as lines; a title that the head says already is left out."""
    head = stage.texts(f"workshop.phase.{stage.room.workshop.now.id}.title")
    if blocks and isinstance(blocks[0], Title) and blocks[0].text == head:
        blocks = blocks[1:]
    renderer = TerminalRenderer(Console(file=console.file, width=width))
    lines = list(renderer.lines(blocks))
    while lines and not lines[0].plain.strip():
        del lines[0]
    indent = max((width - WIDEST_TEXT) // 2, 0)
    return [Text(" " * indent).append_text(line) for line in lines]


def _filled(line: Text, width: int) -> Text:
    """Give a line as long as the column that it stands in."""
    found = Text().append_text(line)
    found.truncate(width)
    return found.append(" " * (width - found.cell_len))
