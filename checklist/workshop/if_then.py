"""The halves of an if-then plan, without the words that the form itself says around them.

Who is asked "When …" often types the word again. The sentence that is made of both halves would
then say it twice.
"""

import re

OCCASION = re.compile(r"(?:wenn|falls|when|if)\b[\s,:…]*", re.IGNORECASE)
ACT = re.compile(r"(?:dann|then)\b[\s,:…]*", re.IGNORECASE)


def bare_when(text: str) -> str:
    """Give the occasion alone.

    Examples
    --------
    >>> bare_when("Wenn ein Kunde sich beschwert,"), bare_when("If it rings"), bare_when("Iffley")
    ('ein Kunde sich beschwert', 'it rings', 'Iffley')
    """
    return _bare(OCCASION, text)


def bare_then(text: str) -> str:
    """Give the act alone.

    Examples
    --------
    >>> bare_then("dann: danke ich zuerst,"), bare_then("Then I smile."), bare_then("thenar")
    ('danke ich zuerst', 'I smile.', 'thenar')
    """
    return _bare(ACT, text)


def _bare(begun: re.Pattern[str], text: str) -> str:
    text = text.strip()
    found = begun.match(text)
    return (text[found.end() :] if found else text).rstrip(" \t\n,") or text
