"""Two versions of a questionnaire: what changed, and which trends can still be compared.

A trend is the score of a dimension, or the answers to an item, from one version to the next. It is
broken where the number itself would come out another way; where only words changed, whether they
still mean the same is for people to judge.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from checklist.questionnaire import (
    Dimension,
    Item,
    Questionnaire,
    Reflection,
    Scale,
    Suggestion,
    Texts,
)

Key = TypeVar("Key")

Trend = Literal["comparable", "judge", "broken", "new", "gone"]
"""``judge``: only the words changed. ``new`` and ``gone`` stand in one of the versions only."""

What = Literal[
    "title",
    "purpose",
    "about",
    "text",
    "observer",
    "prompt",
    "observer-prompt",
    "options",
    "reverse",
    "moved",
    "order",
    "minutes",
    "languages",
    "source",
    "suggestion",
    "reflection",
]
BREAKING: frozenset[What] = frozenset({"options", "reverse"})
REWORDING: frozenset[What] = frozenset({"text", "observer", "prompt", "observer-prompt"})


@dataclass(frozen=True)
class Change:
    """One thing that changed; empty where it was not there before, or is not there any more.

    Where both are the same, it changed in something else than these words.
    """

    what: What
    old: str
    new: str
    language: str = ""


@dataclass(frozen=True)
class ItemChange:
    """What became of an item: its words now, or its last ones."""

    id: str
    text: Texts
    trend: Trend
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DimensionChange:
    """What became of a dimension, with all its items: first today's, then those that are gone."""

    id: str
    title: Texts
    trend: Trend
    items: tuple[ItemChange, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What changed from one version of a questionnaire to another."""

    old: Questionnaire
    new: Questionnaire
    dimensions: tuple[DimensionChange, ...]
    changes: tuple[Change, ...]
    """What belongs to no dimension."""

    @property
    def one_questionnaire(self) -> bool:
        """Whether both are versions of one questionnaire; results of two are never compared."""
        return self.old.id == self.new.id

    @property
    def anything(self) -> bool:
        """Whether anything changed besides the number of the version."""
        return bool(self.changes) or any(
            part.trend in ("new", "gone")
            or part.changes
            or any(item.changes or item.trend in ("new", "gone") for item in part.items)
            for part in self.dimensions
        )

    @property
    def needs_version(self) -> bool:
        """Whether something changed although both say that they are the same version."""
        return self.anything and self.one_questionnaire and self.old.version == self.new.version


def compare(old: Questionnaire, new: Questionnaire, language: str) -> Comparison:
    """Compare two versions of a questionnaire.

    Texts are compared in the languages that both versions have. Results of questionnaires with
    different ids are never compared, so nothing between them is comparable.

    Parameters
    ----------
    old, new
        The two versions.
    language
        In which suggestions are called by their titles, where both versions have it.
    """
    shared = sorted(set(old.languages) & set(new.languages), key=lambda name: name != language)
    before = {part.id: part for part in old.dimensions}
    now = {part.id for part in new.dimensions}
    dimensions = (
        *(_dimension(before.get(part.id), part, old, new, shared) for part in new.dimensions),
        *(_gone(part, new) for part in old.dimensions if part.id not in now),
    )
    if old.id != new.id:
        dimensions = tuple(map(_unlike, dimensions))
    return Comparison(old, new, dimensions, tuple(_whole(old, new)))


def same_score(before: Dimension, after: Dimension) -> bool:
    """Whether the scores of two versions of a dimension mean the same.

    They do where the same items stand in it, keyed alike and answered with the same options; the
    order does not matter, nor do languages that only one of the versions has.
    """
    items = {item.id: item for item in before.items}
    return items.keys() == {item.id for item in after.items} and all(
        items[item.id].reverse == item.reverse and items[item.id].scale.offers_the_same(item.scale)
        for item in after.items
    )


def _dimension(
    before: Dimension | None,
    after: Dimension,
    old: Questionnaire,
    new: Questionnaire,
    languages: Sequence[str],
) -> DimensionChange:
    known = {item.id: item for item in old.items}
    homes = {item.id: old.dimension_of(item.id) for item in old.items}
    items = [_item(known.get(item.id), item, homes.get(item.id), after) for item in after.items]
    if before is None:
        return DimensionChange(after.id, after.title, "new", tuple(items))
    still = {item.id for item in after.items}
    items += [_lost(item, new) for item in before.items if item.id not in still]
    changes = (
        *_worded("title", before.title, after.title),
        *_worded("about", before.about, after.about),
        *_suggestions(before.suggestions, after.suggestions, languages),
    )
    return DimensionChange(
        after.id, after.title, _trend(before, after, items), tuple(items), changes
    )


def _unlike(part: DimensionChange) -> DimensionChange:
    items = tuple(replace(item, trend=_never(item.trend)) for item in part.items)
    return replace(part, trend=_never(part.trend), items=items)


def _never(trend: Trend) -> Trend:
    return "broken" if trend in ("comparable", "judge") else trend


def _trend(before: Dimension, after: Dimension, items: Sequence[ItemChange]) -> Trend:
    if not same_score(before, after):
        return "broken"
    return "judge" if any(item.trend == "judge" for item in items) else "comparable"


def _gone(before: Dimension, new: Questionnaire) -> DimensionChange:
    items = tuple(_lost(item, new) for item in before.items)
    return DimensionChange(before.id, before.title, "gone", items)


def _lost(item: Item, new: Questionnaire) -> ItemChange:
    """Say where an item went: to another dimension, or out of the questionnaire."""
    if item.id not in {other.id for other in new.items}:
        return ItemChange(item.id, item.text, "gone")
    home = new.dimension_of(item.id)
    return ItemChange(item.id, item.text, "gone", (Change("moved", "", home.id),))


def _item(
    before: Item | None, after: Item, was_in: Dimension | None, is_in: Dimension
) -> ItemChange:
    if before is None or was_in is None:
        return ItemChange(after.id, after.text, "new")
    changes = [
        *_worded("text", before.text, after.text),
        *_worded("observer", before.observer, after.observer),
        *_worded("prompt", before.scale.prompt, after.scale.prompt),
        *_worded("observer-prompt", before.scale.observer, after.scale.observer),
    ]
    if not before.scale.offers_the_same(after.scale):
        changes += _options(before.scale, after.scale)
    if before.reverse != after.reverse:
        changes.append(Change("reverse", _flag(before.reverse), _flag(after.reverse)))
    if was_in.id != is_in.id:
        changes.append(Change("moved", was_in.id, is_in.id))
    return ItemChange(after.id, after.text, _item_trend(changes), tuple(changes))


def _item_trend(changes: Sequence[Change]) -> Trend:
    """Judge by what changed; a wording that came or went has nothing to be compared with."""
    if any(change.what in BREAKING for change in changes):
        return "broken"
    reworded = any(part.what in REWORDING and part.old and part.new for part in changes)
    return "judge" if reworded else "comparable"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _options(before: Scale, after: Scale) -> Iterator[Change]:
    for language in _either(before.options, after.options):
        old, new = (scale.options.get(language, ()) for scale in (before, after))
        if old != new:
            yield Change("options", " | ".join(old), " | ".join(new), language)


def _worded(what: What, before: Texts | None, after: Texts | None) -> Iterator[Change]:
    """Compare texts in the languages that both have; a text that came or went, in all of its."""
    old, new = before or {}, after or {}
    for language in _either(old, new) if not (old and new) else [n for n in old if n in new]:
        if old.get(language) != new.get(language):
            yield Change(what, old.get(language, ""), new.get(language, ""), language)


def _either(before: Iterable[Key], after: Iterable[Key]) -> list[Key]:
    return list(dict.fromkeys((*before, *after)))


def _suggestions(
    before: Sequence[Suggestion], after: Sequence[Suggestion], languages: Sequence[str]
) -> Iterator[Change]:
    """Compare suggestions, which have no ids: they are told apart by audience and title."""
    old, new = ({_called(part, languages): part for part in parts} for parts in (before, after))
    for called in _either(old, new):
        was, now, title = old.get(called), new.get(called), called[1]
        if was is None or now is None:
            yield Change("suggestion", title if was else "", title if now else "")
        elif _content(was, languages) != _content(now, languages):
            steps = [_said(part.step, languages) for part in (was, now)]
            other = steps if steps[0] != steps[1] else [title, title]
            yield Change("suggestion", *other)


def _called(part: Suggestion, languages: Sequence[str]) -> tuple[str, str]:
    return part.audience, _said(part.title, languages)


def _content(part: Suggestion, languages: Sequence[str]) -> tuple[object, ...]:
    words = (texts[name] for name in languages for texts in (part.title, part.step))
    return (part.items, part.minutes, *words)


def _said(texts: Texts, languages: Sequence[str]) -> str:
    return texts[languages[0]] if languages else next(iter(texts.values()))


def _whole(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    yield from _worded("title", old.title, new.title)
    yield from _worded("purpose", old.purpose, new.purpose)
    facts = (
        Change("languages", ", ".join(old.languages), ", ".join(new.languages)),
        Change("minutes", _shown(old.minutes), _shown(new.minutes)),
        Change("source", _source(old), _source(new)),
    )
    yield from (change for change in facts if change.old != change.new)
    yield from _reflections(old.reflections, new.reflections)
    kept = {item.id for item in old.items} & {item.id for item in new.items}
    orders = [[item.id for item in part.asked if item.id in kept] for part in (old, new)]
    if orders[0] != orders[1]:
        yield Change("order", ", ".join(orders[0]), ", ".join(orders[1]))


def _shown(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)


def _source(part: Questionnaire) -> str:
    return f"{part.source.title} {part.source.note}".strip() if part.source else ""


def _reflections(before: Sequence[Reflection], after: Sequence[Reflection]) -> Iterator[Change]:
    old, new = ({part.id: part.text for part in parts} for parts in (before, after))
    for name in _either(old, new):
        yield from _worded("reflection", old.get(name), new.get(name))
