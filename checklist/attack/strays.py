"""Looks in a rendered report for numbers that its published figures do not explain."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from checklist.privacy import Thresholds
from checklist.questionnaire import Questionnaire, Texts
from checklist.rounds import Round
from checklist.statistics import LEVEL

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LIST_NUMBER = re.compile(r"^(#* *)\d+\\?[.)](?=\s)", re.MULTILINE)
TABLE_HEAD = re.compile(r"^\|.*\|$(?=\n\|[ :|-]+\|$)", re.MULTILINE)
ESCAPE = re.compile(r"\\([^\w\s])")
DIGITS = (0, 1, 2, 3)
"""How many decimals a figure may be rounded to."""
FROM_WHOM_ON = (5, 10, 50, 100)
"""Numbers of people from whom on a report says more; the same for every round."""


def stray_numbers(
    markdown: str,
    report: Mapping[str, Any],
    round_: Round,
    extra_allowed: Iterable[str] = (),
    before: Round | None = None,
) -> list[str]:
    """Find the numbers of a Markdown text that are neither a published figure nor known anyway.

    Known anyway are the round's own texts, names and dates, headcounts, how many teams are shown
    and hidden, thresholds, the ends of scales, numbers of lists and options. A figure may be
    rounded to at most three decimals.

    Parameters
    ----------
    markdown
        The rendered report.
    report
        The same report as parsed JSON.
    round_
        The round.
    extra_allowed
        Other numbers that may stand in the text, as they are written.
    before
        The round that this one follows, whose code, title and day of closing may stand there, too.

    Returns
    -------
    list of str
        The numbers, in the order of the text; empty where all are explained.
    """
    allowed = {*extra_allowed, *_known(report, round_)}
    if before is not None and before.closed_on is not None:
        allowed |= {*_date(before.closed_on)}
    for value in numbers({name: part for name, part in report.items() if name != "round"}):
        allowed |= _written(value)
    text = ESCAPE.sub(r"\1", LIST_NUMBER.sub("", _without_options(markdown, round_)))
    text = " ".join(text.split())
    earlier = set() if before is None else _flat((before.code, before.title))
    for known in sorted({*known_texts(report, round_), *earlier}, key=len, reverse=True):
        text = re.sub(rf"(?<!\d){re.escape(known)}(?!\d)", " … ", text)
    return [number for number in NUMBER.findall(text) if number not in allowed]


def _without_options(markdown: str, round_: Round) -> str:
    """Take out the numbers of options where they head a column or a legend explains them."""
    most = max(item.scale.size for item in round_.questionnaire.items)
    options = "|".join(str(option) for option in range(1, most + 1))
    legend = re.compile(rf"\*\*({options})\*\* (?=\S)")
    head = re.compile(rf"(?<=\| )({options})(?= \|)")
    return TABLE_HEAD.sub(lambda found: head.sub("", found[0]), legend.sub("", markdown))


@lru_cache(maxsize=10_000, typed=True)
def _written(value: float) -> frozenset[str]:
    """Give all the ways to write a number, without its sign, in German and in English."""
    if isinstance(value, int):
        return frozenset([str(abs(value))])
    exact = abs(Decimal(str(value)))
    written = [str(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)) for digits in DIGITS]
    return frozenset([*written, *(number.replace(".", ",") for number in written)])


def numbers(part: Any) -> Iterator[float]:
    """Give every number of a piece of JSON."""
    left = [part]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += one.values()
        elif isinstance(one, list | tuple):
            left += one
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield one


def _known(report: Mapping[str, Any], round_: Round) -> Iterator[str]:
    thresholds = Thresholds(round_.min_group)
    views = {group["perspective"] for group in report["groups"]}
    shown = [
        [
            group["status"]
            for group in report["groups"]
            if group["team"] is not None and group["perspective"] == view
        ]
        for view in views
    ]
    for number in (
        0,
        1,
        round(100 * LEVEL),
        len(round_.teams),
        *(number for statuses in shown for number in _how_many(statuses)),
        *FROM_WHOM_ON,
        thresholds.scores,
        thresholds.items,
        thresholds.comments,
        round_.min_group,
        round_.delete_after,
        *(item.scale.size for item in round_.questionnaire.items),
        *(team.headcount for team in round_.teams if team.headcount is not None),
        *(
            abs(group["headcount"] - group["n"])
            for group in report["groups"]
            if group["n"] is not None and group["headcount"] is not None
        ),
    ):
        yield str(number)
    for day in (round_.opened_on, round_.until, round_.closed_on, round_.delete_on):
        if day is not None:
            yield from _date(day)


def _how_many(statuses: Sequence[str]) -> Iterator[int]:
    """Say how many teams are shown and hidden in one perspective, in all ways it can be put."""
    yield len(statuses) - statuses.count("published")
    yield statuses.count("too_few") + statuses.count("protected")
    yield from (statuses.count(status) for status in statuses)


def _date(day: date) -> tuple[str, ...]:
    return (str(day.year), str(day.month), str(day.day), f"{day.month:02}", f"{day.day:02}")


def known_texts(report: Mapping[str, Any], round_: Round) -> set[str]:
    """Gather the texts with numbers that a report quotes; its own sentences hold figures."""
    quoted = [remark["text"] for remark in report["comments"]]
    own = [round_.code, round_.title, round_.follows or "", round_.questionnaire.version]
    terms = round_.terms
    own += [terms.keeper, terms.recipient, terms.purpose, terms.legal_basis, terms.works_council]
    own += [team.name for team in round_.teams]
    own += [paragraph for said in round_.notice.values() for paragraph in said]
    found = (*quoted, *own, *_questionnaire_texts(round_.questionnaire))
    return _flat(found)


def _flat(found: Iterable[str]) -> set[str]:
    flat = {" ".join(text.split()).removesuffix(".") for text in found}
    return {text for text in flat if NUMBER.search(text)}


def _questionnaire_texts(questionnaire: Questionnaire) -> Iterator[str]:
    yield questionnaire.id
    yield from _all(questionnaire.title, questionnaire.purpose)
    for dimension in questionnaire.dimensions:
        yield from _all(dimension.title, dimension.about)
        for part in dimension.suggestions:
            yield from _all(part.title, part.step)
    for item in questionnaire.items:
        yield from _all(item.text, item.observer, item.scale.prompt, item.scale.observer)
        for options in item.scale.options.values():
            yield from options
    for reflection in questionnaire.reflections:
        yield from _all(reflection.text)


def _all(*texts: Texts | None) -> Iterator[str]:
    for each in texts:
        yield from (each or {}).values()
