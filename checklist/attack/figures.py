"""Gathers what reports publish: every figure once, whichever report it stands in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from checklist.questionnaire import Perspective


class Figure(NamedTuple):
    """A published figure: whose (``None`` for everybody), about which item or dimension, which.

    ``wave`` is the place of its round among those that are attacked together.
    """

    group: str | None
    about: str
    name: str
    perspective: Perspective = "self"
    wave: int = 0


@dataclass(frozen=True)
class Published:
    """All figures of a set of reports of one round in one perspective, each once.

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


def published(
    reports: Sequence[Mapping[str, Any]], perspective: Perspective = "self", wave: int = 0
) -> Published:
    """Gather the figures of reports in the format ``checklist-report/1``, as parsed JSON.

    Gaps and changes are not among them: see ``derived``.
    """
    values: dict[Figure, Any] = {}
    heads: dict[str | None, int] = {}
    contradicting: list[Figure] = []
    beside: dict[str, None] = {}
    for report in reports:
        groups = [group for group in report["groups"] if group["perspective"] == perspective]
        for group, about, name, value in _figures(report, groups, perspective):
            figure = Figure(group, about, name, perspective, wave)
            if figure in values and values[figure] != value:
                contradicting.append(figure)
            values[figure] = value
        for group in groups:
            if group["headcount"] is not None:
                heads[group["team"]] = group["headcount"]
            if any(row["place"] is not None for row in group["dimensions"]):
                beside["place"] = None
        if report["comments"]:
            beside["comments"] = None
    return Published(values, heads, tuple(contradicting), tuple(beside))


def _figures(
    report: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], perspective: Perspective
) -> Iterator[tuple[str | None, str, str, Any]]:
    for group in groups:
        team = group["team"]
        if group["n"] is not None:
            yield team, "", "n", group["n"]
        for rows, names in (
            (group["dimensions"], ("n", "score", "sd", "interval", "bounds", "ad_m")),
            (group["items"], ("n", "left_open", "did_not_occur", "mean", "counts")),
        ):
            for row in rows:
                for name in names:
                    if row[name] is not None:
                        yield team, row["id"], name, row[name]
    for row in report["reliability"] if perspective == "self" else ():
        if row["n"] is not None or row["alpha"] is not None or row["item_rest"]:
            yield None, row["dimension"], "alpha", row["alpha"]
