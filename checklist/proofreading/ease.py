"""How easy a sentence is to read: Amstad's figure for German, Flesch's for English.

Both stand on words a sentence and syllables a word; 100 is very easy, 50 is fairly difficult, and
single sentences scatter more than pages do. Other languages have no figure here.

References
----------
.. [1] Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology, 32(3),
   221-233.
.. [2] Amstad, T. (1978). Wie verständlich sind unsere Zeitungen? Dissertation, Universität Zürich.
.. [3] Amtliche Regelung der deutschen Rechtschreibung (2024), § 107 ff.: each syllable has one
   vowel or diphthong; two vowels that are no diphthong belong to two syllables.
.. [4] Fast, G. (1999). Lingua::EN::Syllable: groups of vowels, without endings that are silent.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from checklist.questionnaire import Item, Questionnaire

LEAST = 50.0
"""What a sentence of a questionnaire should reach."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE_END = re.compile(r"[.?!…]+[“”\"»)]*(?=\s|$)")

GERMAN_NUCLEUS = re.compile("aa|ee|oo|ie|ei|ai|ey|ay|au|eu|äu|oi|[aeiouyäöüáàâéèêóôî]")
GERMAN_LOANS = {"team": 1, "teams": 1, "teamlead": 2, "service": 2, "feedback": 2, "deal": 1}
"""Words whose vowels follow another language's rules."""

ENGLISH_SILENT = re.compile(r"(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$")
ENGLISH_COMPOUND = re.compile(r"^(som|wher|ther|hom|tim)e(?=[^aeiouydrs])")
ENGLISH_NUCLEUS = re.compile("[aeiouy]{1,2}")


@dataclass(frozen=True)
class Ease:
    """How easy an item reads, 0 to 100: the lower figure of its two wordings."""

    item: Item
    value: float


@lru_cache(maxsize=4096)
def german_syllables(word: str) -> int:
    """Count the syllables of a German word: its vowels and diphthongs [3]_.

    Examples
    --------
    >>> [german_syllables(word) for word in ("Reklamation", "Beispiel", "quer", "Team", "geeignet")]
    [5, 2, 1, 1, 3]
    """
    lower = word.lower()
    known = GERMAN_LOANS.get(lower)
    return known or max(1, len(GERMAN_NUCLEUS.findall(lower.replace("qu", "q"))))


@lru_cache(maxsize=4096)
def english_syllables(word: str) -> int:
    """Count the syllables of an English word [4]_; about one word in ten comes out one off.

    Examples
    --------
    >>> [english_syllables(word) for word in ("customer", "asked", "solution", "time", "yes")]
    [3, 1, 3, 1, 1]
    """
    lower = word.lower()
    spoken = ENGLISH_SILENT.sub("", lower[1:] if lower.startswith("y") else lower)
    return max(1, len(ENGLISH_NUCLEUS.findall(ENGLISH_COMPOUND.sub(r"\1", spoken))))


def amstad(text: str) -> float:
    """Compute Amstad's reading ease of a German text [2]_: 180 − ASL − 58.5·ASW.

    ASL is the average length of sentences in words, ASW that of words in syllables.

    Examples
    --------
    >>> amstad("Ich frage nach.")
    99.0
    """
    asl, asw = _averages(text, german_syllables)
    return 180 - asl - 58.5 * asw


def flesch(text: str) -> float:
    """Compute Flesch's reading ease of an English text [1]_: 206.835 − 1.015·ASL − 84.6·ASW.

    Examples
    --------
    >>> round(flesch("I ask back."), 2)
    119.19
    """
    asl, asw = _averages(text, english_syllables)
    return 206.835 - 1.015 * asl - 84.6 * asw


FORMULAS: dict[str, Callable[[str], float]] = {"de": amstad, "en": flesch}


def on_scale(ease: float) -> float:
    """Cut off what is harder than very hard or easier than very easy: short sentences can be."""
    return min(100.0, max(0.0, ease))


def hardest(questionnaire: Questionnaire, language: str) -> list[Ease]:
    """Order the items by how they read, the hardest first; none in a language without a figure."""
    formula = FORMULAS.get(language)
    if formula is None:
        return []
    found = (
        Ease(item, on_scale(min(map(formula, _wordings(item, language)))))
        for item in questionnaire.items
    )
    return sorted(found, key=lambda ease: ease.value)


def _wordings(item: Item, language: str) -> Iterable[str]:
    yield item.text[language]
    if item.observer is not None:
        yield item.observer[language]


def _averages(text: str, syllables: Callable[[str], int]) -> tuple[float, float]:
    words = WORD.findall(text)
    if not words:
        return 0.0, 0.0
    sentences = max(1, len(SENTENCE_END.findall(text)))
    return len(words) / sentences, sum(map(syllables, words)) / len(words)
