"""Takes a sentence apart as far as the rules need it: what is quoted, when, and what is done."""

import re
from itertools import pairwise

from checklist.proofreading.words import Vocabulary

BREAK = re.compile(r"\s*[,;:–]\s*")


def plain(text: str, words: Vocabulary) -> str:
    """Give a sentence without quotations and harmless phrases, its first letter small.

    Examples
    --------
    >>> from checklist.proofreading.words import GERMAN
    >>> plain("Bei „Das geht nicht“ frage ich nach.", GERMAN)
    'bei … frage ich nach.'
    """
    text = words.harmless.sub("…", words.quotation.sub("…", text)).strip()
    if re.match(r"I\b", text):
        return text
    return text[:1].lower() + text[1:]


def without_occasions(text: str, words: Vocabulary) -> str:
    """Give the clauses that say what is done, or what about it; not those that say when.

    Examples
    --------
    >>> from checklist.proofreading.words import ENGLISH
    >>> without_occasions("when one calls and complains, I ask back", ENGLISH)
    'I ask back'
    """
    return ", ".join(clause for clause in _clauses(text, words) if not words.occasion.match(clause))


def main_clauses(text: str, words: Vocabulary) -> str:
    """Give the clauses that say what is done.

    Examples
    --------
    >>> from checklist.proofreading.words import GERMAN
    >>> main_clauses("ich sage dem Kunden, was ich verstehe", GERMAN)
    'ich sage dem Kunden'
    """
    first, *others = BREAK.split(without_occasions(text, words))
    if not words.commas:
        others = _begun([first, *others], words.dependent)
        first = others.pop(0) if others else ""
    return ", ".join([first, *(part for part in others if not words.dependent.match(part))])


def _clauses(text: str, words: Vocabulary) -> list[str]:
    """Split at commas, and before a word that begins an occasion: English needs no comma there."""
    return _begun(BREAK.split(text), words.occasion)


def _begun(clauses: list[str], beginning: re.Pattern[str]) -> list[str]:
    """Split clauses wherever another one begins inside."""
    begun: list[str] = []
    for clause in clauses:
        starts = [0, *(found.start() for found in beginning.finditer(clause)), len(clause)]
        begun += filter(None, (clause[start:end].strip() for start, end in pairwise(starts)))
    return begun
