"""Takes away what a file accepts with a reason, and finds reasons that nothing needs any more."""

from collections.abc import Iterable, Iterator

from checklist.bank.findings import Path
from checklist.proofreading.notes import UNNEEDED, Note
from checklist.questionnaire import Questionnaire, Reasons

BETWEEN_VERSIONS = frozenset(
    {
        "other-meaning",
        "other-polarity",
        "other-scale",
        "other-dimension",
        "other-items",
        "version-kept",
    }
)
"""Rules that only an earlier version can break; without one nobody knows what is needed."""


def without_accepted(
    notes: Iterable[Note], questionnaire: Questionnaire, *, compared: bool
) -> Iterator[Note]:
    """Leave out what is accepted, and add the exceptions that are not needed.

    Parameters
    ----------
    notes
        What the rules have found.
    questionnaire
        Where the exceptions stand.
    compared
        Whether there was an earlier version to compare with.
    """
    accepted = {owner: set(reasons) for owner, reasons in _exceptions(questionnaire)}
    needed: set[tuple[Path, str]] = set()
    for note in notes:
        if note.rule in accepted.get(note.owner, ()):
            needed.add((note.owner, note.rule))
        else:
            yield note
    for owner, rules in accepted.items():
        for rule in sorted(rules):
            known = compared or rule not in BETWEEN_VERSIONS
            if known and (owner, rule) not in needed:
                yield Note(UNNEEDED, owner, (*owner, "accept", rule), {"rule": rule})


def _exceptions(questionnaire: Questionnaire) -> Iterator[tuple[Path, Reasons]]:
    yield (), questionnaire.accept
    for name, scale in questionnaire.scales.items():
        yield ("scales", name), scale.accept
    for place, dimension in enumerate(questionnaire.dimensions):
        here = ("dimensions", place)
        yield here, dimension.accept
        for position, item in enumerate(dimension.items):
            yield (*here, "items", position), item.accept
        for position, suggestion in enumerate(dimension.suggestions):
            yield (*here, "suggestions", position), suggestion.accept
