"""In which order a sheet of paper asks, and what its questions are called there.

Whoever types sheets in reads the same order, so that it stands in one place.
"""

from collections.abc import Iterator
from itertools import count, product
from string import ascii_uppercase

from checklist.questionnaire import Item, Questionnaire


def on_paper(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Give all items in the order of the sheet.

    That is the order of asking, scale by scale: on a screen every card says its question anew, but
    a sheet on which the question changes back and forth between the rows is misread.
    """
    scales = list(dict.fromkeys(item.scale.id for item in questionnaire.asked))
    return tuple(sorted(questionnaire.asked, key=lambda item: scales.index(item.scale.id)))


def letters(questionnaire: Questionnaire) -> dict[str, str]:
    """Give the letter under which each open question stands on the sheet, by its id."""
    return dict(zip((each.id for each in questionnaire.reflections), _alphabet(), strict=False))


def _alphabet() -> Iterator[str]:
    """Give A to Z, then AA to ZZ, and so on."""
    for size in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=size))
