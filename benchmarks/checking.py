"""Checking a long questionnaire, beside pyxform converting a form of as many questions.

Both read a text file in one Python process: ours German and English with outside views, and is
proofread as well; the reference's German and English, too, as Markdown, which pyxform reads faster
than its spreadsheets.
"""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pyxform.xls2xform import convert

from benchmarks.pairs import Comparison, Pair
from checklist.bank import read
from checklist.bank.lines import Lines
from checklist.proofreading import proofread
from checklist.proofreading.ease import english_syllables, german_syllables

NAME = "check of {items:,} items, beside pyxform"
BUDGET = 1.0
ITEMS, ITEMS_EACH = 1_000, 4

HEAD = """\
id = "long"
version = "1.0.0"
scale = "cases"
languages = ["de", "en"]
title.de = "Lang"
title.en = "Long"

[scales.cases]
prompt.de = "In wie vielen Fällen traf das zu?"
prompt.en = "In how many cases was this true?"
observer.de = "In wie vielen Fällen haben Sie das erlebt?"
observer.en = "In how many cases have you seen this?"
options.de = ["in keinem", "in wenigen", "in der Hälfte", "in den meisten", "in allen"]
options.en = ["in none", "in a few", "in half", "in most", "in all"]
"""
DIMENSION = """
[[dimensions]]
id = "d{0}"
title.de = "Dimension {0}"
title.en = "Dimension no. {0}"
"""
ITEM = """
[[dimensions.items]]
id = "d{0}-i{1}"
text.de = "Wenn ein Kunde anruft, nenne ich ihm Punkt {1} von Thema {0}."
text.en = "When a customer calls, I name point {1} of subject {0}."
observer.de = "Wenn ein Kunde anruft, nennt ihm das Team Punkt {1} von Thema {0}."
observer.en = "When a customer calls, the team names point {1} of subject {0}."
"""
SUGGESTION = """
[[dimensions.suggestions]]
for = "self"
title.de = "Den Punkt {0} nennen"
title.en = "Name point {0}"
step.de = "Wenn ein Kunde anruft, dann nenne ich ihm Punkt {0}, diese Woche fünfmal."
step.en = "When a customer calls, I name point {0}, five times this week."
"""
SURVEY = """\
| survey |
| | type | name | label::Deutsch (de) | label::English (en) |
"""
QUESTION = (
    "| | select_one cases | q{0} | Wenn ein Kunde anruft, nenne ich ihm Punkt {0}. |"
    " When a customer calls, I name point {0}. |\n"
)
CHOICES = """\
| choices |
| | list_name | name | label::Deutsch (de) | label::English (en) |
| | cases | 1 | in keinem | in none |
| | cases | 2 | in wenigen | in a few |
| | cases | 3 | in der Hälfte | in half |
| | cases | 4 | in den meisten | in most |
| | cases | 5 | in allen | in all |
"""


def compare(pairs: int, items: int = ITEMS) -> Comparison:
    """Measure pairs of one check and one conversion; a pair before them warms up."""
    with TemporaryDirectory() as name:
        ours, reference = Path(name) / "long.toml", Path(name) / "long.md"
        ours.write_text(questionnaire(items), "utf-8")
        reference.write_text(form(items), "utf-8")
        measured = [_pair(ours, reference, items) for _ in range(1 + pairs)]
    return Comparison(NAME.format(items=items), BUDGET, tuple(measured[1:]))


def questionnaire(items: int) -> str:
    """Write a questionnaire; every dimension has something to complain of."""
    parts = [HEAD]
    for number in range(items):
        dimension, place = divmod(number, ITEMS_EACH)
        if place == 0:
            parts.append(DIMENSION.format(dimension))
        item = ITEM.format(dimension, place)
        parts.append(item if place else item.replace("von Thema", "und Thema"))
        if place == ITEMS_EACH - 1 or number == items - 1:
            parts.append(SUGGESTION.format(dimension))
    return "".join(parts)


def form(questions: int) -> str:
    """Write a form in the Markdown that pyxform reads."""
    return SURVEY + "".join(QUESTION.format(number) for number in range(questions)) + CHOICES


def _pair(ours: Path, reference: Path, items: int) -> Pair:
    for count in (german_syllables, english_syllables):
        count.cache_clear()  # as in a process that has just begun
    found: list[int] = []
    forms: list[str] = []
    pair = (
        _seconds(lambda: found.extend(_check(ours))),
        _seconds(lambda: forms.append(convert(reference).xform)),
    )
    asked = forms[0].count("<select1 ")
    if not found or asked != items:
        raise RuntimeError(f"{len(found)} warnings, and {asked} of {items} questions converted")
    return pair


def _check(path: Path) -> list[int]:
    """Do what ``checklist questions check`` does, and give the lines of the warnings."""
    checked = read(path)
    lines = Lines(checked.toml)
    return [lines.of(note.path) for note in proofread(checked)]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
