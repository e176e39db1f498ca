"""The rules for the parts of a file: what is missing, never shown or not used."""

from collections.abc import Iterator

from checklist.bank.findings import Path
from checklist.proofreading.notes import Note
from checklist.proofreading.words import VOCABULARIES
from checklist.questionnaire import AUDIENCES, Dimension, Questionnaire, Suggestion

FEWEST_ITEMS = 3
MOST_MINUTES = 20
MOST_SHOWN = 2
"""How many suggestions for a team a report shows at a topic: see ``report.topics``."""

OCCASIONS = {
    "de": ("wenn", "sobald", "bevor", "nachdem", "falls", "das nächste mal"),
    "en": ("when", "as soon as", "before", "after", "if", "the next time", "once"),
}
LEADS = {"de": ("leitung", "führung", "vorgesetzt"), "en": ("lead", "manager", "supervisor")}


def whole_notes(questionnaire: Questionnaire) -> Iterator[Note]:
    """Look at scales, dimensions and suggestions."""
    if not any(item.observer for item in questionnaire.items):
        yield Note("no-outside-view", (), ("dimensions",))
    yield from _scales(questionnaire)
    for place, dimension in enumerate(questionnaire.dimensions):
        owner: Path = ("dimensions", place)
        if len(dimension.items) < FEWEST_ITEMS:
            values = {"number": len(dimension.items), "fewest": FEWEST_ITEMS}
            yield Note("few-items", owner, (*owner, "id"), values)
        for audience in AUDIENCES:
            if all(part.audience != audience for part in dimension.suggestions):
                yield Note("no-suggestion", owner, (*owner, "id"), {"audience": audience})
        yield from _without_step(dimension, owner)
        for position, suggestion in enumerate(dimension.suggestions):
            here = (*owner, "suggestions", position)
            if not is_shown(dimension, position):
                yield Note("never-shown", here, here)
            yield from _suggestion(suggestion, here)


def is_shown(dimension: Dimension, position: int) -> bool:
    """Say whether any answers at all lead to a suggestion.

    One item leads a person to one suggestion: the first that is meant for it, else the first that
    is meant for the whole dimension. A team sees two at a topic, in the same order. Exercises for
    trainers all stand on the card of the questionnaire.
    """
    wanted = dimension.suggestions[position]
    if wanted.audience == "trainer":
        return True
    rivals = [
        (place, part)
        for place, part in enumerate(dimension.suggestions)
        if part.audience == wanted.audience and part is not wanted
    ]
    most = MOST_SHOWN if wanted.audience == "team" else 1

    def before(item: str) -> int:
        """How many come first where this item is the lowest."""
        if wanted.items:
            return sum(item in part.items for place, part in rivals if place < position)
        return sum(
            item in part.items or (not part.items and place < position) for place, part in rivals
        )

    return any(before(item) < most for item in wanted.items or [one.id for one in dimension.items])


def _scales(questionnaire: Questionnaire) -> Iterator[Note]:
    used = {item.scale.id for item in questionnaire.items}
    outside = {item.scale.id for item in questionnaire.items if item.observer}
    for name, scale in questionnaire.scales.items():
        owner: Path = ("scales", name)
        if name not in used:
            yield Note("unused-scale", owner, owner, {"name": name})
        elif name in outside and scale.observer is None:
            yield Note("no-observer-prompt", owner, (*owner, "prompt"), {"name": name})


def _without_step(dimension: Dimension, owner: Path) -> Iterator[Note]:
    own = [part for part in dimension.suggestions if part.audience == "self"]
    if not own or any(not part.items for part in own):
        return
    for position, item in enumerate(dimension.items):
        if all(item.id not in part.items for part in own):
            here = (*owner, "items", position)
            yield Note("no-step", here, (*here, "id"))


def _suggestion(suggestion: Suggestion, owner: Path) -> Iterator[Note]:
    if suggestion.audience == "trainer":
        if suggestion.minutes is None:
            yield Note("no-minutes", owner, (*owner, "for"))
        return
    if suggestion.minutes is not None and suggestion.minutes > MOST_MINUTES:
        values = {"number": suggestion.minutes, "most": MOST_MINUTES}
        yield Note("step-long", owner, (*owner, "minutes"), values)
    rule, words = ("if-then", OCCASIONS) if suggestion.audience == "self" else ("no-lead", LEADS)
    for language, text in suggestion.step.items():
        if language in VOCABULARIES and not any(word in text.lower() for word in words[language]):
            yield Note(rule, owner, (*owner, "step", language), {"key": f"step.{language}"})
