"""The rules for the sentences of items: one behaviour that others could count, in one breath."""

import re
from collections.abc import Callable, Iterator

from checklist.bank.findings import Path, key_of
from checklist.proofreading.ease import FORMULAS, LEAST, on_scale
from checklist.proofreading.notes import Note
from checklist.proofreading.sentences import main_clauses, plain, without_occasions
from checklist.proofreading.words import VOCABULARIES, Vocabulary
from checklist.questionnaire import Item, Questionnaire, Texts

Part = Callable[[str, Vocabulary], str]

MOST_WORDS = 20


def item_notes(questionnaire: Questionnaire) -> Iterator[Note]:
    """Go through all items, sentence by sentence."""
    seen: dict[tuple[str, str], str] = {}
    outside = any(item.observer is not None for item in questionnaire.items)
    for place, dimension in enumerate(questionnaire.dimensions):
        for position, item in enumerate(dimension.items):
            owner = ("dimensions", place, "items", position)
            if outside and item.observer is None:
                yield Note("observer-missing", owner, (*owner, "id"))
            yield from _sentences(item.text, (*owner, "text"), owner)
            yield from _sentences(item.observer or {}, (*owner, "observer"), owner)
            yield from _views(item, owner)
            yield from _twice(item, owner, seen)


def _sentences(texts: Texts, path: Path, owner: Path) -> Iterator[Note]:
    for language, text in texts.items():
        here = (*path, language)
        key = key_of(here)
        number = len(text.split()) - text.count(" – ")
        if number > MOST_WORDS:
            yield Note("long", owner, here, {"key": key, "number": number, "most": MOST_WORDS})
        words = VOCABULARIES.get(language)
        if words is None:
            continue
        for rule, word in _found(text, words):
            yield Note(rule, owner, here, {"key": key, "word": word})
        ease = FORMULAS[language](text)
        if ease < LEAST:
            values = {"key": key, "ease": int(on_scale(ease)), "least": round(LEAST)}
            yield Note("hard", owner, here, values)


def _found(text: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """Give each rule of words that a sentence breaks, with the first word that shows it.

    Nearly all sentences break none, which one look tells; to take one apart costs much more.
    """
    if not words.suspicious.search(text[:1].lower() + text[1:]):
        return
    sentence = plain(text, words)
    checks: tuple[tuple[str, re.Pattern[str], Part | None], ...] = (
        ("joined", words.joined, without_occasions),
        ("negation", words.negation, None),
        ("frequency", words.frequency, None),
        ("attitude", words.attitude, main_clauses),
    )
    for rule, pattern, part in checks:
        word = pattern.search(sentence)
        if word and part is not None:
            word = pattern.search(part(sentence, words))
        if word:
            yield rule, word[0]


def _views(item: Item, owner: Path) -> Iterator[Note]:
    """Find a self-view that is not one's own, and an outside view that is not about the team."""
    for language, text in item.text.items():
        words = VOCABULARIES.get(language)
        if words and not words.first_person.search(text):
            here = (*owner, "text", language)
            yield Note("first-person", owner, here, {"key": key_of(here)})
    for language, text in (item.observer or {}).items():
        words = VOCABULARIES.get(language)
        if words is None:
            continue
        sentence = words.quotation.sub("…", text)
        if words.alone.search(sentence) or not words.team.search(sentence):
            here = (*owner, "observer", language)
            yield Note("observer-team", owner, here, {"key": key_of(here)})


def _twice(item: Item, owner: Path, seen: dict[tuple[str, str], str]) -> Iterator[Note]:
    for name, texts in (("text", item.text), ("observer", item.observer or {})):
        for language, text in texts.items():
            sign = (language, text.lower().replace(",", "").rstrip("."))
            other = seen.setdefault(sign, item.id)
            if other != item.id:
                here = (*owner, name, language)
                yield Note("text-twice", owner, here, {"key": key_of(here), "other": other})
                return
