"""What changed between two versions of a questionnaire, in words or as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from checklist.comparison import Change, Comparison, DimensionChange, ItemChange
from checklist.i18n import Texts, inside_quotes
from checklist.questionnaire import Texts as Words
from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Subheading, Title

OF_SCALES = ("options", "prompt", "observer-prompt")
SCHEMA = "checklist-questionnaire-diff/1"
REASONS = ("new", "gone", "options", "reverse")
"""Why the score of a dimension means something else, in the order in which it is said."""


def blocks(found: Comparison, texts: Texts) -> list[Block]:
    """Say which trends can still be compared, and then what changed.

    Parameters
    ----------
    found
        What ``comparison.compare`` gives.
    texts
        The interface's language.
    """
    language = found.new.language(texts.language)
    title = Title(found.new.title[language], _versions(found, texts))
    if not found.anything and found.one_questionnaire:
        return [title, Paragraph(texts("diff.nothing"))]
    return [title, *_warnings(found, texts), *_trends(found, texts), *_rest(found, texts)]


def _versions(found: Comparison, texts: Texts) -> str:
    old, new = (
        texts("diff.version", id=part.id, version=part.version) for part in (found.old, found.new)
    )
    return texts("diff.from-to", old=old, new=new)


def _warnings(found: Comparison, texts: Texts) -> Iterator[Block]:
    if not found.one_questionnaire:
        yield Paragraph(texts("diff.two-questionnaires"))
    if found.needs_version:
        yield Paragraph(texts("diff.raise-version", version=found.new.version))


def _trends(found: Comparison, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("diff.trends"))
    for part in found.dimensions:
        yield Subheading(_title(part, texts))
        yield Paragraph(_trend(part, found, texts))
        kept = [item.id for item in part.items if item.trend == "comparable"]
        if part.trend == "broken" and kept:
            yield Paragraph(texts("diff.single-items", ids=", ".join(kept)))
        points = (*_scale(part, texts), *(p for item in part.items for p in _item(item, texts)))
        if points and part.trend != "gone":
            yield Bullets(points)


def _title(part: DimensionChange, texts: Texts) -> str:
    title = _said(part.title, texts.language)
    return texts("instrument.dimension", title=title, id=part.id)


def _said(words: Words, language: str) -> str:
    """Give a text in the language, or in the first that it has."""
    return words[language if language in words else next(iter(words))]


def _trend(part: DimensionChange, found: Comparison, texts: Texts) -> str:
    if not found.one_questionnaire or part.trend in ("comparable", "new", "gone"):
        return texts(f"diff.trend.{part.trend}")
    if part.trend == "judge":
        ids = [item.id for item in part.items if item.trend == "judge"]
        return texts("diff.trend.judge", ids=", ".join(ids))
    reasons = (
        texts(f"diff.reason.{reason}", ids=", ".join(ids))
        for reason in REASONS
        if (ids := _because(part.items, reason))
    )
    return texts("diff.trend.broken-because", reasons="; ".join(reasons))


def _because(items: Sequence[ItemChange], reason: str) -> list[str]:
    """Find the items for which a reason holds; one from another dimension is new in this one."""
    return [
        item.id
        for item in items
        if item.trend == reason
        or any(change.what == reason for change in item.changes)
        or (
            reason == "new"
            and item.trend != "gone"
            and any(change.what == "moved" for change in item.changes)
        )
    ]


def _scale(part: DimensionChange, texts: Texts) -> Iterator[tuple[str, str]]:
    """Say once for all its items what changed in a scale."""
    owners: dict[Change, list[str]] = {}
    for item in part.items:
        for change in item.changes:
            if change.what in OF_SCALES:
                owners.setdefault(change, []).append(item.id)
    for change, ids in owners.items():
        name = ", ".join(ids)
        yield texts("diff.of", name=name, what=_what(change, texts)), _old_new(change, texts)


def _item(item: ItemChange, texts: Texts) -> Iterator[tuple[str, str]]:
    words = _said(item.text, texts.language)
    if item.trend in ("new", "gone"):
        moved = [change for change in item.changes if change.what == "moved"]
        key = "moved-away" if moved else item.trend
        home = moved[0].new if moved else ""
        yield texts(f"diff.item.{key}", id=item.id, home=home), words
        return
    for change in item.changes:
        if change.what not in OF_SCALES:
            yield texts("diff.of", name=item.id, what=_what(change, texts)), _old_new(change, texts)


def _what(change: Change, texts: Texts) -> str:
    what = texts(f"diff.what.{change.what}")
    if not change.language:
        return what
    return texts("diff.in-language", what=what, language=change.language)


def _old_new(change: Change, texts: Texts) -> str:
    """Say what stood there and what stands there now; an order is too long to be read."""
    if change.what == "order":
        return ""
    old, new = (
        texts(f"diff.keyed.{value}") if change.what == "reverse" else inside_quotes(value)
        for value in (change.old, change.new)
    )
    if old == new:
        return texts("diff.otherwise", new=new)
    if not new:
        return texts("diff.not-any-more", old=old)
    return texts("diff.before-now", old=old, new=new) if old else texts("diff.now-too", new=new)


def _rest(found: Comparison, texts: Texts) -> Iterator[Block]:
    points = [(_what(change, texts), _old_new(change, texts)) for change in found.changes]
    points += [
        (texts("diff.of", name=part.id, what=_what(change, texts)), _old_new(change, texts))
        for part in found.dimensions
        for change in part.changes
    ]
    if points:
        yield Heading(texts("diff.rest"))
        yield Paragraph(texts("diff.rest-note"), quiet=True)
        yield Bullets(tuple(points))


def as_json(found: Comparison, language: str, *, ascii_only: bool = False) -> str:
    """Write the comparison for other programs.

    Parameters
    ----------
    found
        What ``comparison.compare`` gives.
    language
        The language of titles and items, where the questionnaires have it.
    ascii_only
        Escape everything beyond ASCII.
    """
    data = {
        "schema": SCHEMA,
        "lang": found.new.language(language),
        "old": {"id": found.old.id, "version": found.old.version},
        "new": {"id": found.new.id, "version": found.new.version},
        "raise_version": found.needs_version,
        "dimensions": [_dimension_data(part, language) for part in found.dimensions],
        "changes": [asdict(change) for change in found.changes],
    }
    return json.dumps(data, ensure_ascii=ascii_only, indent=2) + "\n"


def _dimension_data(part: DimensionChange, language: str) -> dict[str, Any]:
    return {
        "id": part.id,
        "title": _said(part.title, language),
        "trend": part.trend,
        "changes": [asdict(change) for change in part.changes],
        "items": [
            {
                "id": item.id,
                "text": _said(item.text, language),
                "trend": item.trend,
                "changes": [asdict(change) for change in item.changes],
            }
            for item in part.items
        ],
    }
