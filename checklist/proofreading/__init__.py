"""Reads a valid questionnaire as its author's critical friend.

It finds what breaks a rule of good writing, and what is valid but does nothing, or something else
than it seems to.

    Questionnaire (and an earlier version of it) → rules → exceptions → warnings

``items`` holds the rules for sentences with the words of ``words`` and the figures of ``ease``,
``whole`` those for the parts of a file, ``versions`` those between two versions. A rule only finds;
``exceptions`` takes away what the file accepts with a reason.
"""

from checklist.proofreading.ease import Ease, hardest
from checklist.proofreading.notes import Note
from checklist.proofreading.proofreader import proofread

__all__ = ["Ease", "Note", "hardest", "proofread"]
