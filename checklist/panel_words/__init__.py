"""Two words that a respondent keeps, where no journal holds a secret: on paper, and on a page.

Who agrees to be compared with the next round writes both words down, this time and the next; from
them comes what else comes from the journal's secret. The words themselves are never stored.

What such a code is worth, said plainly: the German list gives 167,910 pairs, the English one
150,426, about 17 bits. That keeps apart the people of a round, and a name does not follow from a
pair. It is no secret that withstands a search: whoever reads the raw answers and knows the series
can try all pairs and so find the words behind each of them. The words then still name nobody, as
long as nobody notes who was given which. Among 40 people whose pairs were made
up independently, two have the same one in about one case of 200; a pair that stands twice in a
round leaves both unpaired, since nobody can tell whose is whose.

The lists hold short words for things that everybody knows; no two of them, of either language,
differ by one letter, and no two sound nearly alike. There are no umlauts in them.
"""

import re
import secrets
import unicodedata
from collections.abc import Container
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from pathlib import Path

from checklist.errors import ChecklistError, Problem
from checklist.i18n import LANGUAGES
from checklist.questionnaire import Perspective
from checklist.rounds import panel_code

LISTS = Path(__file__).parent
LETTERS = re.compile(r"[^\W\d_]+")
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
AND = ("und", "and")
"""What people write between two words; neither is a word of a list."""
LONGEST, LONGEST_SHOWN = 200, 40
"""Signs that are looked at, and that are said back."""
ALIKE = 0.7
"""From which likeness on a word is taken for a misspelt one, as ``difflib`` measures it."""


@cache
def words(language: str) -> tuple[str, ...]:
    """Give a language's words in their alphabet, spelt as they are printed."""
    return tuple((LISTS / f"{language}.txt").read_text("utf-8").split())


def folded(word: str) -> str:
    """Give a word without what handwriting and keyboards differ in.

    Examples
    --------
    >>> folded("LATERNE"), folded("Nußknacker"), folded("Möwe"), folded("Café")
    ('laterne', 'nussknacker', 'moewe', 'cafe')
    """
    spelt_out = unicodedata.normalize("NFC", word).casefold().translate(SPELT_OUT)
    apart = unicodedata.normalize("NFKD", spelt_out)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


@cache
def _known() -> dict[str, str]:
    """Give the words of all languages by their folded spelling; the first language's come first."""
    return {folded(each): each for language in reversed(LANGUAGES) for each in words(language)}


def fresh(language: str, taken: Container[str] = ()) -> str:
    """Make up a code.

    Parameters
    ----------
    language
        Whose words it takes.
    taken
        Codes, as ``read`` gives them, that it must not be. They have to leave some.

    Returns
    -------
    str
        As it is printed, such as ``"Ahorn Laterne"``.
    """
    known = words(language)
    while True:
        pair = secrets.SystemRandom().sample(known, 2)
        if _normal(pair) not in taken:
            return " ".join(sorted(pair, key=folded))


def derived(language: str, secret: str) -> str:
    """Give the code that a secret stands for, the same each time.

    Returns
    -------
    str
        As ``read`` gives it.

    Examples
    --------
    >>> derived("de", "one") == derived("de", "one") != derived("de", "two")
    True
    """
    known = words(language)
    number = int.from_bytes(sha256(f"panel words/{secret}".encode()).digest())
    first, rest = number % len(known), number // len(known)
    second = rest % (len(known) - 1)
    return _normal([known[first], known[second + (second >= first)]])


def find(written: str) -> str | None:
    """Give the code that somebody wrote, or ``None`` where it is none.

    Case does not count, nor what stands between the words, nor their order: people remember which
    words they had, not which came first. One word written as two, or both as one, are found where
    only one reading makes sense.

    Returns
    -------
    str
        Both words folded, in alphabetical order; the same for everything that means the same.

    Examples
    --------
    >>> find("laterne-AHORN"), find("Ahorn und Laterne"), find("Leucht-Turm, Igel")
    ('ahorn laterne', 'ahorn laterne', 'igel leuchtturm')
    >>> find("Ahorn"), find("Ahorn Latrene")
    (None, None)
    """
    if len(written) > LONGEST:
        return None
    parts, known = _parts(written), _known()
    if len(parts) == 2 and all(part in known for part in parts):
        readings = {_normal(parts)}
    else:
        whole = "".join(parts)
        cuts = ((whole[:place], whole[place:]) for place in range(1, len(whole)))
        readings = {_normal(cut) for cut in cuts if cut[0] in known and cut[1] in known}
    if len(readings) != 1:
        return None
    (reading,) = readings
    return reading if len(set(reading.split())) == 2 else None


def read(written: str) -> str:
    """Give the code that somebody wrote, as ``find``, or say what is wrong with it.

    Raises
    ------
    ChecklistError
        ``panel-words``, with a problem for each word that is not on a list, and what it may have
        been meant to be.
    """
    if (code := find(written)) is not None:
        return code
    parts, known = _parts(written[:LONGEST]), _known()
    problems = [_about(part) for part in parts if part not in known] if len(parts) == 2 else []
    if not problems:
        short = " ".join(written.split())[:LONGEST_SHOWN]
        problems = [Problem("panel-words-count", "", {"written": short})]
    raise ChecklistError("panel-words", problems=tuple(problems))


def shown(code: str) -> str:
    """Give a code, as ``read`` gives it, in its words' own spelling."""
    return " ".join(_known()[word] for word in code.split())


def panel(code: str, series: str, perspective: Perspective = "self") -> str:
    """Give what travels with a response in place of the words.

    Parameters
    ----------
    code
        As ``read`` or ``find`` gives it.
    series
        Of the chain of rounds.
    """
    return panel_code(code.encode(), series, perspective)


def _parts(written: str) -> list[str]:
    normal = unicodedata.normalize("NFC", written)
    return [part for part in map(folded, LETTERS.findall(normal)) if part not in AND]


def _normal(pair: "list[str] | tuple[str, ...]") -> str:
    return " ".join(sorted(map(folded, pair)))


def _about(part: str) -> Problem:
    word, near = part[:LONGEST_SHOWN], get_close_matches(part, _known(), n=5, cutoff=ALIKE)
    if near:
        meant = min(near, key=lambda other: _unlike(part, other))  # the first of equals is nearest
        return Problem("panel-word-near", "", {"word": word, "near": _known()[meant]})
    return Problem("panel-word", "", {"word": word})


def _unlike(written: str, word: str) -> tuple[bool, bool]:
    """Rank a word: letters swapped, and a right first letter, are what slips mostly leave."""
    return sorted(written) != sorted(word), written[0] != word[0]
