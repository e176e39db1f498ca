"""The arrival: where there was a workshop before, first what was agreed in it, then the rules."""

from dataclasses import replace

from checklist.render.blocks import Block, Heading
from checklist.workshop.showing import shown
from checklist.workshop.showing.actions import as_bullets
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage


class Arrive(Looking):
    """Two parts, so that each is read without scrolling; phones show both at once."""

    def __init__(self) -> None:
        self._has_looked_back = False

    def blocks(self, stage: Stage) -> list[Block]:
        """Give what was agreed, or the rules."""
        workshop, texts = stage.room.workshop, stage.texts
        if self._looks_back(stage):
            heading = Heading(texts("showing.arrive.earlier"))
            return [heading, as_bullets(workshop.earlier, texts)]
        return shown(replace(workshop, earlier=()), stage.room.round, stage.report, texts)

    def leave(self, stage: Stage) -> bool:
        """Go on to the rules, and from there to the next phase."""
        self._has_looked_back = self._looks_back(stage)
        return not self._has_looked_back

    def _looks_back(self, stage: Stage) -> bool:
        return bool(stage.room.workshop.earlier) and not self._has_looked_back
