"""The warm-up: a clock for pairs, three minutes each."""

from checklist.render.blocks import Block, Subheading
from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.stage.clock import duration
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage

CLOCK = "t"
SECONDS = 180
"""For each of the two."""


class WarmUp(Looking):
    """The question, and the clock once it runs."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give the question, and whose turn it is."""
        return [*super().blocks(stage), *_clock(stage)]

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Start or stop the clock."""
        runs = stage.room.workshop.turn_began is not None
        key = "stage.warm-up.key-stop" if runs else "stage.warm-up.key-start"
        return [(CLOCK, stage.texts(key))]

    def take(self, key: Key, stage: Stage) -> bool:
        """Start or stop the clock."""
        if key != CLOCK:
            return False
        began = None if stage.room.workshop.turn_began else stage.now
        stage.room.change(lambda workshop: moves.turn(workshop, workshop.turn, began))
        return True


def _clock(stage: Stage) -> list[Block]:
    began, texts = stage.room.workshop.turn_began, stage.texts
    if began is None:
        return []
    gone = max(int((stage.now - began).total_seconds()), 0)
    if gone < SECONDS:
        return [Subheading(texts("stage.warm-up.first", time=duration(SECONDS - gone)))]
    if gone < 2 * SECONDS:
        return [Subheading(texts("stage.warm-up.second", time=duration(2 * SECONDS - gone)))]
    return [Subheading(texts("stage.warm-up.over"))]
