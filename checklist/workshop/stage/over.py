"""After the end: the page stays open for whoever has not saved, until the trainer closes it."""

from rich.text import Text

from checklist.render.blocks import Block, Bullets, Heading, Paragraph
from checklist.render.wrap import wrapped
from checklist.terminal import keys
from checklist.terminal.page import NO_BREAK, QUIET
from checklist.workshop.stage.asking import InFoot
from checklist.workshop.stage.board import Board
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.stage.writing import named

CLOSE = ("q", keys.INTERRUPT, keys.END_OF_INPUT)
ON = (keys.RIGHT, keys.ENTER, " ")
"""What leads through the phases may be pressed once too often: it asks first."""


class Over(Looking):
    """Thanks the room, and says what can still be done, and for how long."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give what the room sees."""
        texts, workshop = stage.texts, stage.room.workshop
        blocks: list[Block] = [Heading(texts("scene.over.thanks"))]
        if workshop.closed:
            blocks.append(Paragraph(texts("scene.over.save")))
        blocks += [
            Paragraph(texts("scene.over.stays")),
            Paragraph(texts.count("scene.over.joined", stage.room.counts.joined), quiet=True),
        ]
        if workshop.follow_up is not None:
            blocks.append(Heading(texts("showing.close.again", day=texts.day(workshop.follow_up))))
        if stage.written:
            folder = named(stage.written[0].parent)
            blocks += [
                Heading(texts("scene.over.files", folder=folder)),
                Bullets(tuple((path.name, "") for path in stage.written)),
            ]
        return blocks


def stays_open(stage: Stage) -> bool:
    """Whether there is somebody to stay for."""
    return bool(stage.address and stage.room.counts.joined)


def stay_open(board: Board, asking: InFoot, stage: Stage) -> None:
    """Stay until the trainer closes the page; where nobody has a seat at one, not at all.

    Raises
    ------
    EOFError
        The terminal is gone.
    """
    if not stays_open(stage):
        return
    texts = stage.texts

    def foot(width: int, rows: int) -> list[Text]:
        said = f"q {texts('scene.over.key-close')}".replace(" ", NO_BREAK)
        return [Text(), *wrapped(board.screen.console, board.charset, said, width, "", QUIET)]

    options = [texts("scene.over.stay"), texts("scene.over.close")]
    board.cover(Over())
    while (key := board.key(foot)) not in CLOSE:
        if key in ON and asking.choose(texts("scene.over.question"), options) == 1:
            return
        board.turn(key)
