"""What the trainer says and does in a phase, beside what the room sees."""

from dataclasses import replace

from rich.console import Console
from rich.text import Text

from checklist.privacy import Thresholds
from checklist.render.plain import Charset
from checklist.render.wrap import wrapped
from checklist.terminal.page import ACCENT
from checklist.workshop.agenda import Step, agenda
from checklist.workshop.stage.scene import Stage


def step(stage: Stage) -> Step:
    """Give the agenda's words for the phase that the room is in.

    Where there was a workshop before, it begins with what was agreed in that.
    """
    workshop, round_ = stage.room.workshop, stage.room.round
    least = Thresholds(round_.min_group)
    steps = agenda(stage.texts, least, round_.code, workshop.way, with_screen=True)
    now = steps[workshop.phase]
    if workshop.now.id == "arrive" and workshop.earlier:
        texts = stage.texts
        does = f"{texts('workshop.phase.arrive.does-again')} {now.does}"
        return replace(now, says=texts("workshop.phase.arrive.says-again"), does=does)
    return now


def lines(stage: Stage, console: Console, charset: Charset, width: int) -> list[Text]:
    """Lay the notes out."""
    texts, now = stage.texts, step(stage)
    parts = (
        (texts("workshop.word.says"), now.says),
        (texts("workshop.word.does"), now.does),
        (texts("workshop.word.table"), now.table),
    )
    found: list[Text] = []
    for title, words in parts:
        found += [Text()] if found else []
        found += wrapped(console, charset, title, width, "", f"bold {ACCENT}")
        found += wrapped(console, charset, words, width)
    return found
