"""Gathers what reports publish: every figure once, whichever report it stands in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """A published figure: whose (``None`` for everybody), about which item or dimension, which."""

    group: str | None
    about: str
    name: str


@dataclass(frozen=True)
class Published:
    """All figures of a set of reports of one round, each once.

    Attributes
    ----------
    values
        What the reports say.
    heads
        Headcounts by group, where known.
    contradicting
        Figures of which two reports say different things.
    beside
        Names of published figures that are no sums and are left out of the equations.
    """

    values: Mapping[Figure, Any]
    heads: Mapping[str | None, int]
    contradicting: tuple[Figure, ...]
    beside: tuple[str, ...]


def published(reports: Sequence[Mapping[str, Any]]) -> Published:
    """Gather the figures of reports in the format ``checklist-report/1``, as parsed JSON."""
    values: dict[Figure, Any] = {}
    heads: dict[str | None, int] = {}
    contradicting: list[Figure] = []
    beside: dict[str, None] = {}
    for report in reports:
        for figure, value in _figures(report):
            if figure in values and values[figure] != value:
                contradicting.append(figure)
            values[figure] = value
        for group in _groups(report):
            if group["headcount"] is not None:
                heads[group["team"]] = group["headcount"]
            if any(row["place"] is not None for row in group["dimensions"]):
                beside["place"] = None
        beside |= {name: None for name in ("gaps", "changes", "comments") if report[name]}
    return Published(values, heads, tuple(contradicting), tuple(beside))


def _groups(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [group for group in report["groups"] if group["perspective"] == "self"]


def _figures(report: Mapping[str, Any]) -> Iterator[tuple[Figure, Any]]:
    for group in _groups(report):
        team = group["team"]
        if group["n"] is not None:
            yield Figure(team, "", "n"), group["n"]
        for rows, names in (
            (group["dimensions"], ("n", "score", "sd", "interval", "bounds", "ad_m")),
            (group["items"], ("n", "left_open", "did_not_occur", "mean", "counts")),
        ):
            for row in rows:
                for name in names:
                    if row[name] is not None:
                        yield Figure(team, row["id"], name), row[name]
    for row in report["reliability"]:
        if row["n"] is not None or row["alpha"] is not None or row["item_rest"]:
            yield Figure(None, row["dimension"], "alpha"), row["alpha"]
