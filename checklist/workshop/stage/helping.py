"""What the keys do, in the place of what the room sees."""

from collections.abc import Sequence

from checklist.render.blocks import Block, Bullets, Heading
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage


class Helping(Looking):
    """Names all keys.

    Parameters
    ----------
    keys
        And what they do.
    """

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        self._keys = keys

    def blocks(self, stage: Stage) -> list[Block]:
        """Give one line a key, and what holds for all of them."""
        texts = stage.texts
        pressed = [f"{key}  {does}" for key, does in self._keys]
        more = [texts("stage.help.on"), texts("stage.help.turn"), texts("stage.help.kept")]
        return [
            Heading(texts("stage.help.title")),
            Bullets(tuple((said, "") for said in (*pressed, *more))),
        ]
