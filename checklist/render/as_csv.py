"""A round's report as tidy CSV, one line a figure, and its codebook. Comments are no figures."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from checklist.questionnaire import Questionnaire, Wording
from checklist.report.model import DimensionRow, Group, Interval, ItemRow, Report

HEADER = ("team", "perspective", "kind", "id", "figure", "status", "value")
OBEYED = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""

Line = tuple[str, str, str, str, str, str, str]
Figures = Iterable[tuple[str, float | int | str | None]]


def render(report: Report) -> str:
    """Write the published figures; what is hidden has its status and an empty value.

    ``team`` is empty for everybody. Numbers are unrounded, with a point.
    """
    return _written(HEADER, _lines(report))


def codebook(questionnaire: Questionnaire, lang: str) -> str:
    """Say what the ids stand for: a line an item, in the order of the file.

    Parameters
    ----------
    questionnaire
        Its items.
    lang
        The language of the texts, where the questionnaire has it.
    """
    wording = Wording.of(questionnaire, lang)
    most = max(item.scale.size for item in questionnaire.items)
    options = [f"option_{place}" for place in range(1, most + 1)]
    header = ("item", "dimension", "text", "reverse", "scale", "prompt", *options)
    return _written(
        header,
        (
            (
                item.id,
                dimension.id,
                guarded(wording.item(item)),
                "yes" if item.reverse else "no",
                item.scale.id,
                guarded(wording.prompt(item.scale)),
                *map(guarded, wording.options(item.scale)),
                *[""] * (most - item.scale.size),
            )
            for dimension in questionnaire.dimensions
            for item in dimension.items
        ),
    )


def guarded(text: str) -> str:
    """Take from a text that a spreadsheet would compute it.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Sales")
    ("'=1+1", 'Sales')
    """
    return f"'{text}" if text.startswith(OBEYED) else text


def _lines(report: Report) -> Iterator[Line]:
    for group in report.groups:
        yield from _group(group)
    for alpha in report.reliability:
        figures = (
            ("n", alpha.n),
            ("alpha", alpha.alpha),
            *_ends("interval", alpha.interval),
            *((f"item_rest:{item}", r) for item, r in alpha.item_rest.items()),
        )
        yield from _row(None, "self", "reliability", alpha.dimension, alpha.status, figures)
    for gap in report.gaps:
        figures = (
            ("self", gap.self),
            ("outside", gap.outside),
            ("gap", gap.gap),
            *_ends("interval", gap.interval),
        )
        status = "published" if gap.gap is not None else "no_data"
        yield from _row(gap.team, gap.by, "gap", gap.dimension, status, figures)
    for change in report.changes:
        compared: Figures = (
            ("comparison", change.kind),
            ("n", change.n),
            ("difference", change.difference),
            *_ends("interval", change.interval),
            ("g", change.g),
            ("verdict", change.verdict),
        )
        yield from _row(change.team, "self", "change", change.dimension, change.status, compared)


def _group(group: Group) -> Iterator[Line]:
    where = (group.team, group.perspective)
    yield from _row(*where, "group", "", group.status, [("n", group.n)])
    if group.headcount is not None:  # reported by the keeper, so nothing to hide
        yield from _row(*where, "group", "", "published", [("headcount", group.headcount)])
    for dimension in group.dimensions:
        yield from _row(
            *where, "dimension", dimension.id, dimension.status, _dimension_figures(dimension)
        )
    for item in group.items:
        yield from _row(*where, "item", item.id, item.status, _item_figures(item))


def _dimension_figures(row: DimensionRow) -> Figures:
    return (
        ("n", row.n),
        ("score", row.score),
        ("sd", row.sd),
        *_ends("interval", row.interval),
        *_ends("bounds", row.bounds),
        ("ad_m", row.ad_m),
        ("place", row.place),
    )


def _item_figures(row: ItemRow) -> Figures:
    counts = enumerate(row.counts or (), start=1)
    return (
        ("n", row.n),
        ("left_open", row.left_open),
        ("did_not_occur", row.did_not_occur),
        ("mean", row.mean),
        *((f"count_{option}", count) for option, count in counts),
    )


def _ends(name: str, interval: Interval | None) -> tuple[tuple[str, float | None], ...]:
    low, high = interval or (None, None)
    return (f"{name}_low", low), (f"{name}_high", high)


def _row(
    team: str | None, perspective: str, kind: str, about: str, status: str, figures: Figures
) -> Iterator[Line]:
    named = guarded(team or "")
    for figure, value in figures:
        written = "" if value is None else str(value)
        yield named, perspective, kind, about, figure, status, written


def _written(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
