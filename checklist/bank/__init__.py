"""Finds, reads and checks questionnaire files.

    folder → file → TOML → shape → relations → Questionnaire

``shape`` says which keys there are and what they hold, ``relations`` what must fit together,
``lines`` where in the file a value stands; all problems of a file come out at once.
"""

from checklist.bank.folders import Bank
from checklist.bank.reader import parse, read

__all__ = ["Bank", "parse", "read"]
