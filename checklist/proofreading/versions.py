"""The rules between two versions: an id keeps its meaning for ever, since trends are read by it."""

import re
from collections import Counter
from collections.abc import Iterator

from checklist.bank.findings import Path
from checklist.proofreading.notes import Note
from checklist.proofreading.words import VOCABULARIES
from checklist.questionnaire import Dimension, Item, Questionnaire, Texts

ALIKE = 0.4
"""Sentences that share less than this of their words say different things."""

NEARLY_THE_SAME = 0.7
"""Sentences that share more than this differ in little: in a "not", say."""

STEM = 5
"""So many letters tell apart what words are about, and nothing of their endings."""

LONG_WORD = re.compile(r"[^\W\d_]{4,}")
EVERYWHERE = frozenset(
    {"kunde", "custo", "eine", "einen", "einem", "einer", "wenn", "when", "team"}
)
"""Words of nearly every item, which make no two of them alike."""


def version_notes(new: Questionnaire, old: Questionnaire) -> Iterator[Note]:
    """Compare a questionnaire with an earlier version of it."""
    if new.version == old.version and _content(new) != _content(old):
        yield Note("version-kept", (), ("version",), {"version": new.version})
    earlier = {item.id: item for item in old.items}
    dimensions = {dimension.id: dimension for dimension in old.dimensions}
    for place, dimension in enumerate(new.dimensions):
        owner: Path = ("dimensions", place)
        if dimension.id in dimensions and not _ids(dimension) & _ids(dimensions[dimension.id]):
            yield Note("other-items", owner, (*owner, "id"), {"id": dimension.id})
        for position, item in enumerate(dimension.items):
            if item.id in earlier:
                here = (*owner, "items", position)
                before = old.dimension_of(item.id).id
                yield from _item(item, earlier[item.id], here)
                if before != dimension.id:
                    values = {"id": item.id, "before": before}
                    yield Note("other-dimension", here, (*here, "id"), values)


def likeness(one: str, other: str) -> float:
    """Give the share of words that two sentences have in common, by their stems: 0 to 1 (Dice).

    Examples
    --------
    >>> likeness("Ich frage nach dem Grund.", "Nach dem Grund frage ich.")
    1.0
    >>> likeness("Ich schreibe auf, was gut lief.", "Ich frage nach dem Grund.")
    0.0
    """
    stems = [_stems(one), _stems(other)]
    total = stems[0].total() + stems[1].total()
    if not total:
        return float(one.casefold() == other.casefold())
    return 2 * (stems[0] & stems[1]).total() / total


def _stems(text: str) -> Counter[str]:
    stems = (word[:STEM] for word in LONG_WORD.findall(text.lower()))
    return Counter(stem for stem in stems if stem not in EVERYWHERE)


def _item(new: Item, old: Item, owner: Path) -> Iterator[Note]:
    if _means_something_else(new.text, old.text):
        language = next(language for language in new.text if language in old.text)
        values = {"id": new.id, "before": old.text[language], "now": new.text[language]}
        yield Note("other-meaning", owner, (*owner, "text", language), values)
    if new.reverse != old.reverse:
        key = "reverse" if new.reverse else "id"
        yield Note("other-polarity", owner, (*owner, key), {"id": new.id})
    if new.scale.size != old.scale.size:
        sizes = {"id": new.id, "before": old.scale.size, "now": new.scale.size}
        yield Note("other-scale", owner, (*owner, "id"), sizes)


def _means_something_else(new: Texts, old: Texts) -> bool:
    """Whether a text is another one in every language, or was only turned round in each."""
    both = [language for language in new if language in old]
    return bool(both) and all(
        _is_another(language, new[language], old[language]) for language in both
    )


def _is_another(language: str, new: str, old: str) -> bool:
    alike = likeness(new, old)
    turned = _denies(language, new) != _denies(language, old)
    return alike < ALIKE or (turned and alike > NEARLY_THE_SAME)


def _denies(language: str, text: str) -> bool:
    words = VOCABULARIES.get(language)
    return words is not None and words.negation.search(text.lower()) is not None


def _ids(dimension: Dimension) -> set[str]:
    return {item.id for item in dimension.items}


def _content(questionnaire: Questionnaire) -> list[object]:
    """Give what respondents see and what scores are made of; not what the file accepts."""
    return [
        questionnaire.reflections,
        [(scale.prompt, scale.options, scale.observer) for scale in questionnaire.scales.values()],
        [
            (item.id, item.text, item.observer, item.reverse, item.scale.id)
            for item in questionnaire.items
        ],
        [
            (dimension.id, dimension.title, len(dimension.items), part.title, part.step, part.items)
            for dimension in questionnaire.dimensions
            for part in dimension.suggestions
        ],
    ]
