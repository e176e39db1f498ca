"""Before the workshop: how one gets in, by the camera of a phone, by typing, in a terminal."""

from rich.text import Text

from checklist.render.blocks import Block, Heading, Paragraph, Subheading
from checklist.render.plain import Charset
from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.stage import qr
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.notes import step
from checklist.workshop.stage.scene import Stage

SWITCH = "p"
GAP = "   "


class Check(Looking):
    """Address, QR code and join code; on paper, what lies on the tables."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Say how one gets in, who reaches the page, and how many are there."""
        texts = stage.texts
        if not _on_page(stage):
            table = f"{texts('workshop.word.table')} {step(stage).table}"
            said = Paragraph(texts("stage.check.no-page"))
            return [*super().blocks(stage), said, Paragraph(""), Paragraph(table)]
        if stage.reached_by == "machine":
            return [*_on_this_machine(stage), Subheading(_joined(stage))]
        join = f"checklist\N{NO-BREAK SPACE}run --join\N{NO-BREAK SPACE}{stage.address}"
        return [
            Paragraph(texts("stage.check.or-type")),
            Subheading(stage.address),
            Subheading(spaced(stage.room.workshop.code)),
            Paragraph(""),
            Paragraph(texts("stage.check.in-terminal", command=join)),
            Subheading(_joined(stage)),
            Paragraph(""),
            Paragraph(texts(f"stage.check.{stage.reached_by}"), quiet=True),
        ]

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Switch between page and paper, where there is a page."""
        if not stage.address:
            return []
        key = "stage.check.key-paper" if _on_page(stage) else "stage.check.key-page"
        return [(SWITCH, stage.texts(key))]

    def take(self, key: Key, stage: Stage) -> bool:
        """Switch."""
        if key != SWITCH or not stage.address:
            return False
        way = stage.room.workshop.way
        stage.room.change(lambda workshop: moves.by(workshop, "paper" if way == "page" else "page"))
        return True

    def caption(self, stage: Stage) -> list[Block]:
        """Say what to do with the code."""
        if not _for_phones(stage):
            return []
        return [Subheading(stage.texts("stage.check.scan"))]

    def picture(
        self, stage: Stage, columns: int, rows: int, charset: Charset, *, colours: bool
    ) -> list[Text]:
        """Draw the QR code, where a phone would get somewhere with it."""
        if not _for_phones(stage):
            return []
        return qr.picture(stage.link, columns, rows, charset, colours=colours)


def spaced(code: str) -> str:
    """Write a join code in large letters, to be read from the last row.

    Examples
    --------
    >>> spaced("rofi-talu").replace("\N{NO-BREAK SPACE}", "_")
    'R_O_F_I   T_A_L_U'
    """
    return GAP.join("\N{NO-BREAK SPACE}".join(part.upper()) for part in code.split("-"))


def _on_this_machine(stage: Stage) -> list[Block]:
    """Say how phones are let in, and how somebody at this machine takes part without."""
    texts, workshop = stage.texts, stage.room.workshop
    command = f"checklist workshop start --resume {workshop.round} --lan"
    here = texts("stage.check.here", address=stage.address, code=workshop.code)
    return [
        Heading(texts("stage.check.machine")),
        Paragraph(texts("stage.check.for-phones")),
        Subheading(command.replace(" ", "\N{NO-BREAK SPACE}")),
        Paragraph(here, quiet=True),
    ]


def _for_phones(stage: Stage) -> bool:
    return _on_page(stage) and stage.reached_by != "machine"


def _joined(stage: Stage) -> str:
    there = stage.room.counts.joined
    texts = stage.texts
    return texts.count("stage.check.joined", there) if there else texts("stage.check.nobody")


def _on_page(stage: Stage) -> bool:
    return bool(stage.address) and stage.room.workshop.way == "page"
