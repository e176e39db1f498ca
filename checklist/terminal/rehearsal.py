"""The course of a rehearsal: a questionnaire as its respondents meet it, and nothing is kept."""

from checklist.i18n import Texts
from checklist.interview import Interview
from checklist.journal import Result
from checklist.questionnaire import Wording
from checklist.sitting import Clock, Rehearsal
from checklist.terminal.front import Front


def rehearse(front: Front, wording: Wording, texts: Texts, clock: Clock) -> Result:
    """Lead from the welcome to a result that is not kept.

    Raises
    ------
    Left, EOFError, KeyboardInterrupt
        The rehearsal ends early.
    """
    rehearsal = Rehearsal(Interview(wording.questionnaire, wording.perspective), clock)
    with front.cards():
        front.tell(texts("instrument.preview"))
        front.welcome(wording)
        front.converse(rehearsal, wording)
    return rehearsal.finish()
