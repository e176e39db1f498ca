"""What the room sees in each phase: the same on the trainer's screen, on phones and in terminals.

What belongs to one person alone is no part of it. Nothing a report says is in it before the reveal.
"""

from collections.abc import Callable, Iterator, Mapping

from checklist.i18n import Texts
from checklist.render.blocks import Block, Title
from checklist.report import Report
from checklist.rounds import Round
from checklist.workshop.showing import answering, revealing, transferring
from checklist.workshop.state import Workshop
from checklist.workshop.titles import title_of

Phase = Callable[[Workshop, Round, Texts], Iterator[Block]]

BY_PHASE: Mapping[str, Phase] = {
    "check": answering.check,
    "arrive": answering.arrive,
    "warm-up": answering.warm_up,
    "answer": answering.answer,
    "result": answering.result,
    "causes": transferring.causes,
    "practice": transferring.practice,
    "decide": transferring.decide,
    "agree": transferring.agree,
    "close": transferring.close,
}
"""All but the reveal, which alone is given the report."""


def shown(workshop: Workshop, round_: Round, report: Report | None, texts: Texts) -> list[Block]:
    """Give what the room sees now.

    Parameters
    ----------
    report
        On the closed round, in the language of ``texts``; ``None`` where there is none yet.
    """
    phase = workshop.now.id
    words = "showing.check.title" if phase == "check" else f"workshop.phase.{phase}.title"
    title = Title(texts(words), title_of(round_, texts.language))
    if phase == "reveal":
        return [title, *revealing.reveal(workshop, round_, report, texts)]
    return [title, *BY_PHASE[phase](workshop, round_, texts)]
