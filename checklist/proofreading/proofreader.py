"""All rules at once."""

from itertools import chain

from checklist.proofreading.exceptions import without_accepted
from checklist.proofreading.items import item_notes
from checklist.proofreading.notes import Note
from checklist.proofreading.versions import version_notes
from checklist.proofreading.whole import whole_notes
from checklist.questionnaire import Questionnaire


def proofread(questionnaire: Questionnaire, earlier: Questionnaire | None = None) -> list[Note]:
    """Find everything that is valid and yet should not stay as it is.

    Parameters
    ----------
    questionnaire
        As read from its file.
    earlier
        A version of it that people have answered already: ids must have kept their meaning.

    Returns
    -------
    list of Note
        Without what the file accepts with a reason; in no particular order.
    """
    found = chain(
        item_notes(questionnaire),
        whole_notes(questionnaire),
        version_notes(questionnaire, earlier) if earlier else (),
    )
    return list(without_accepted(found, questionnaire, compared=earlier is not None))
