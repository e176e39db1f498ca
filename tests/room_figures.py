"""Figures of a workshop's round: worked out by hand from patterns, and read where they are shown.

A pattern is what one person answers: a sign an item, in the order in which they are asked.
"""

import re
from collections.abc import Sequence

from checklist.bank import Bank
from checklist.i18n import Texts
from tests.room_people import running

ASKED = Bank(None).load("anti-churn")
ITEMS = [item.id for item in ASKED.asked]
BAR = "[█░#.]+"
SHADES = "[·░▒▓█]"


def titles(texts: Texts) -> list[str]:
    """Give the dimensions by name."""
    return [each.title[texts.language] for each in ASKED.dimensions]


def words_of(item: str, texts: Texts) -> str:
    """Give an item's words."""
    return ASKED.item(item).text[texts.language]


def scores(seen: str, texts: Texts) -> list[int]:
    """Read the score of each dimension: the number behind its title and its bar.

    Empty as long as one is missing; what stands first counts.
    """
    found = [
        re.findall(rf"{re.escape(title)} (?:{BAR} )?(?:[^\W\d]+ )?(\d+)\b", seen)
        for title in titles(texts)
    ]
    return [int(each[0]) for each in found] if all(found) else []


def counted(seen: str, item: str, texts: Texts) -> list[int]:
    """Read how often each option of an item was chosen, beside each other or one by one.

    Empty as long as it is not there.
    """
    after = re.sub(SHADES, " ", seen.rpartition(running(words_of(item, texts)))[2])
    one_by_one = " ".join(rf"{option}: (\d+)" for option in range(1, 6))
    for pattern in (one_by_one, r" (\d+)" * 5 + r"\b"):
        if found := re.search(pattern, f" {running(after)}"):
            return [int(each) for each in found.groups()]
    return []


def tally(item: str, patterns: Sequence[str]) -> list[int]:
    """Count the answers to an item, option by option."""
    values = given(item, patterns)
    return [values.count(option) for option in range(1, 6)]


def given(item: str, patterns: Sequence[str]) -> list[int]:
    """Give the answers to an item."""
    signs = [pattern[ITEMS.index(item)] for pattern in patterns]
    return [int(sign) for sign in signs if sign.isdecimal()]


def means(patterns: Sequence[str]) -> list[float]:
    """Work the score of each dimension out: the mean of what its items give, of 0 to 100."""
    found = []
    for dimension in ASKED.dimensions:
        parts = []
        for item in dimension.items:
            if values := given(item.id, patterns):
                share = 25 * (sum(values) / len(values) - 1)
                parts.append(100 - share if item.reverse else share)
        found.append(sum(parts) / len(parts))
    return found


def rounded(patterns: Sequence[str]) -> list[int]:
    """Give the same as it is shown: halves up."""
    return [int(score + 0.5) for score in means(patterns)]
