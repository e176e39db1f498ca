"""What the room sees in each phase: the same on the trainer's screen, on phones and in terminals.

What belongs to one person alone is no part of it.
"""

from checklist.i18n import Texts
from checklist.render.blocks import Block, Paragraph, Title
from checklist.report import Report
from checklist.rounds import Round
from checklist.workshop.state import Workshop


def shown(workshop: Workshop, round_: Round, report: Report | None, texts: Texts) -> list[Block]:
    """Give what the room sees now.

    Parameters
    ----------
    report
        On the closed round, in the language of ``texts``; ``None`` before the reveal.
    """
    phase = workshop.now.id
    return [
        Title(texts(f"workshop.phase.{phase}.title"), round_.title),
        Paragraph(texts("workshop.rule.1")),
    ]
