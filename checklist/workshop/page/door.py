"""The door: who knows the workshop's key or code may sit down.

The key stands in the address that a phone scans. It has 96 bits and cannot be guessed, so a right
one opens whatever else happens at the door. The code is for those who type: six syllables out of
28 each, 28^6 = 481,890,304 codes. Guessing it is held back for the whole room at once, since
whoever guesses can come from many addresses: after 20 wrong codes, one more is looked at each
second. In a workshop of three hours these are 20 + 10,800 = 10,820 guesses; the chance that one of
them is right is 10,820 / 481,890,304, or 1 in 44,500, if somebody guesses all the time.

While codes are held back, people who type their code have to wait as well; scanning always works.
"""

import hmac
from time import monotonic
from typing import Literal

from checklist.workshop.desk import Desk
from checklist.workshop.page.buckets import Bucket, Clock

Answer = Literal["in", "wrong", "wait"]

WRONG_CODES, CODES_A_SECOND = 20, 1.0
WRONG_KEYS, KEYS_A_SECOND = 100, 10.0
LONGEST = 100
"""Characters of a code or key that are looked at; both are far shorter."""


class Door:
    """Compares keys and codes, and holds back whoever guesses; used in one thread only.

    Parameters
    ----------
    desk
        Of the workshop.
    clock
        Gives seconds.
    """

    def __init__(self, desk: Desk, clock: Clock = monotonic) -> None:
        self._desk = desk
        self._codes = Bucket(WRONG_CODES, CODES_A_SECOND, clock)
        self._keys = Bucket(WRONG_KEYS, KEYS_A_SECOND, clock)

    def tries(self, code: str = "", key: str = "") -> Answer:
        """Try a key, or else a typed code.

        Returns
        -------
        Answer
            ``"wait"``: too much was tried; a code has not been looked at.
        """
        if key:
            if _same(key, self._desk.workshop.key):
                return "in"
            return "wrong" if self._keys.take() else "wait"
        if self._codes.empty:
            return "wait"
        if _same(_letters(code), _letters(self._desk.workshop.code)):
            return "in"
        self._codes.take()
        return "wrong"


def _letters(code: str) -> str:
    """Only letters count: a code may be typed in capitals, with blanks or without hyphens."""
    return "".join(filter(str.isalpha, code[:LONGEST].casefold()))


def _same(tried: str, true: str) -> bool:
    """Compare in a time that does not tell how much was right; an empty one is never right."""
    ours = true.encode()
    theirs = tried[:LONGEST].encode("utf-8", "surrogatepass")
    return hmac.compare_digest(theirs, ours) and bool(ours)
