"""A round's report as tidy CSV, one line a figure, and its codebook. Comments are no figures.

For people with a spreadsheet, in which figures add up and nothing runs. The contract for other
programs is the JSON: there numbers are numbers in every language, and texts are as they were typed.
"""

from collections.abc import Iterable, Iterator

from checklist.questionnaire import Questionnaire, Wording
from checklist.render.spreadsheet import PROGRAMS, SPREADSHEETS, Cell, Dialect, write
from checklist.report.model import DimensionRow, Group, Interval, ItemRow, Report

HEADER = ("team", "perspective", "kind", "id", "figure", "status", "value")
Line = tuple[Cell, ...]
Figures = Iterable[tuple[str, Cell]]


def render(report: Report, dialect: Dialect | None = None, label: str = "") -> str:
    """Write the published figures; what is hidden has its status and an empty value.

    ``team`` is empty for everybody. Columns and ids are the same in every language.

    Parameters
    ----------
    report
        What has passed the gate.
    dialect
        How to write it; else as a spreadsheet in the report's language reads it.
    label
        What stands in a last column of every line; without one there is no such column.
    """
    dialect = dialect or SPREADSHEETS[report.lang]
    if not label:
        return write(HEADER, _lines(report), dialect)
    return write((*HEADER, "label"), ((*line, label) for line in _lines(report)), dialect)


def codebook(questionnaire: Questionnaire, lang: str) -> str:
    """Say what the ids stand for, for other programs: a line an item, in the order of the file.

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
    return write(
        header,
        (
            (
                item.id,
                dimension.id,
                wording.item(item),
                "yes" if item.reverse else "no",
                item.scale.id,
                wording.prompt(item.scale),
                *wording.options(item.scale),
                *[""] * (most - item.scale.size),
            )
            for dimension in questionnaire.dimensions
            for item in dimension.items
        ),
        PROGRAMS,
    )


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
    for figure, value in figures:
        yield team, perspective, kind, about, figure, status, value
