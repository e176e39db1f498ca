"""The card of an instrument: what a questionnaire asks, how it is scored and what it cannot say.

Its parts are those that ZIS, the open repository of instruments at GESIS, documents: purpose,
instruction, items with polarity, response scale, scoring, intended use, quality, source.
"""

from collections.abc import Iterator, Sequence

from checklist.i18n import Texts
from checklist.questionnaire import AUDIENCES, Dimension, Item, Questionnaire, Scale, Wording
from checklist.render.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Subheading,
    Table,
    Title,
)

LEAST_ITEMS = 3
"""Fewer items are no dimension that one should lean on."""


def card(questionnaire: Questionnaire, minutes: int, texts: Texts) -> list[Block]:
    """Say all that is known of a questionnaire.

    Parameters
    ----------
    questionnaire
        What is described, in the interface's language where it has that language.
    minutes
        How long answering takes.
    texts
        The interface's language.
    """
    wording = Wording.of(questionnaire, texts.language)
    facts = texts(
        "instrument.facts",
        id=questionnaire.id,
        version=questionnaire.version,
        languages=", ".join(questionnaire.languages),
        items=len(questionnaire.items),
        dimensions=len(questionnaire.dimensions),
        minutes=minutes,
    )
    return [
        Title(wording.title, facts),
        *_purpose(wording, texts),
        *_instruction(wording, texts),
        *_items(wording, texts),
        *_outside(wording, texts),
        *_reflections(wording, texts),
        *_scoring(questionnaire, texts),
        *_steps(wording, texts),
        *_limits(wording, texts),
        *_source(questionnaire, texts),
    ]


def _purpose(wording: Wording, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("instrument.purpose"))
    if wording.purpose:
        yield Paragraph(wording.purpose)
    yield Paragraph(texts("instrument.use"))


def _instruction(wording: Wording, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("instrument.instruction"))
    yield Paragraph(texts("welcome.customers"))
    yield Paragraph(texts("instrument.other-answers"))
    scales = _scales(wording.questionnaire)
    for scale in scales:
        if len(scales) > 1:
            owners = (part for part in wording.questionnaire.dimensions if _scale(part) == scale)
            titles = ", ".join(wording.text(part.title) for part in owners)
            yield Subheading(texts("instrument.scale", id=scale.id, dimensions=titles))
        yield Paragraph(wording.text(scale.prompt))
        yield Paragraph(_options(wording.options(scale), texts))
        if scale.observer is not None:
            prompt = wording.text(scale.observer)
            yield Paragraph(texts("instrument.scale-outside", prompt=prompt), quiet=True)


def _options(options: Sequence[str], texts: Texts) -> str:
    return texts(
        "instrument.options",
        options=", ".join(
            texts("instrument.option", place=place, words=words)
            for place, words in enumerate(options, start=1)
        ),
    )


def _scale(dimension: Dimension) -> Scale:
    return dimension.items[0].scale


def _scales(questionnaire: Questionnaire) -> list[Scale]:
    return list({_scale(part).id: _scale(part) for part in questionnaire.dimensions}.values())


def _items(wording: Wording, texts: Texts) -> Iterator[Block]:
    places = {item.id: place for place, item in enumerate(wording.questionnaire.asked, start=1)}
    yield Heading(texts("instrument.items"))
    yield Paragraph(texts("instrument.items-note"), quiet=True)
    for dimension in wording.questionnaire.dimensions:
        yield Subheading(
            texts("instrument.dimension", title=wording.text(dimension.title), id=dimension.id)
        )
        if dimension.about is not None:
            yield Paragraph(wording.text(dimension.about))
        yield Bullets(
            tuple(
                (_label(item, places[item.id], texts), wording.item(item))
                for item in dimension.items
            )
        )


def _label(item: Item, place: int, texts: Texts) -> str:
    return texts(
        "instrument.item-reverse" if item.reverse else "instrument.item", place=place, id=item.id
    )


def _outside(wording: Wording, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("instrument.outside"))
    questionnaire = wording.questionnaire
    if not questionnaire.has_outside_view:
        yield Paragraph(texts("instrument.no-outside"))
        return
    yield Bullets(tuple((item.id, wording.text(item.observer)) for item in questionnaire.items))


def _reflections(wording: Wording, texts: Texts) -> Iterator[Block]:
    if wording.questionnaire.reflections:
        yield Heading(texts("instrument.reflections"))
        yield Bullets(
            tuple((part.id, wording.text(part.text)) for part in wording.questionnaire.reflections)
        )


def _scoring(questionnaire: Questionnaire, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("instrument.scoring"))
    for size in sorted({scale.size for scale in _scales(questionnaire)}):
        yield Paragraph(texts("instrument.keying", top=size, above=size + 1, span=size - 1))
    yield Paragraph(texts("instrument.missing"))
    yield Paragraph(texts("instrument.groups"))


def _steps(wording: Wording, texts: Texts) -> Iterator[Block]:
    dimensions = wording.questionnaire.dimensions
    if not any(dimension.suggestions for dimension in dimensions):
        return
    yield Heading(texts("instrument.steps"))
    yield Table(
        ("", *(texts(f"instrument.for-{audience}") for audience in AUDIENCES)),
        tuple(
            (
                wording.text(dimension.title),
                *(
                    str(sum(part.audience == audience for part in dimension.suggestions))
                    for audience in AUDIENCES
                ),
            )
            for dimension in dimensions
        ),
    )


def _limits(wording: Wording, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("instrument.limits"))
    yield Paragraph(texts("instrument.untried"))
    yield Paragraph(texts("instrument.self-report"))
    short = [
        wording.text(dimension.title)
        for dimension in wording.questionnaire.dimensions
        if len(dimension.items) < LEAST_ITEMS
    ]
    if short:
        yield Paragraph(texts("instrument.short", least=LEAST_ITEMS, titles=", ".join(short)))


def _source(questionnaire: Questionnaire, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("instrument.source"))
    source = questionnaire.source
    if source is None:
        yield Paragraph(texts("instrument.no-source"))
        return
    yield Paragraph(source.title)
    if source.note:
        yield Paragraph(source.note, quiet=True)
