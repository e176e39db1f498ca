"""A scene in which the room only looks: what most others begin with."""

from checklist.render.blocks import Block
from checklist.terminal.keys import Key
from checklist.workshop.showing import shown
from checklist.workshop.stage.scene import Stage


class Looking:
    """Shows what the room sees; has no keys and asks nothing."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give what the room sees."""
        return shown(stage.room.workshop, stage.room.round, stage.report, stage.texts)

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Give no keys."""
        return []

    def take(self, key: Key, stage: Stage) -> bool:
        """Take no key."""
        return False

    def leave(self, stage: Stage) -> bool:
        """Go on."""
        return True
