"""Gaps and changes: holds them against the published figures that they are made of.

A gap, and a change between other people, is the difference of two published scores. Its interval is
Welch's, its effect size Hedges' g*, both made from published spreads and numbers of people. So they
say nothing new and need no equations, as long as they are what they are said to be: that is checked
here, figure by figure, to ``EXACT``. What is not made in this way contradicts the other figures.

Of a change within the same people three figures are new: the difference, the spread behind the
interval, and the number of people. ``paired`` writes them as equations.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklist import statistics
from checklist.attack.figures import Figure, Published
from checklist.attack.waves import Link, Wave
from checklist.questionnaire import PERSPECTIVES, Perspective

EXACT = 1e-9

Gathered = Mapping[tuple[int, Perspective], Published]
"""What is published, by the place of the round and by perspective."""


@dataclass(frozen=True)
class Derived:
    """What gaps and changes say.

    Attributes
    ----------
    paired
        By link: the rows of changes within the same people, each once.
    figures
        How many figures were held against others.
    contradicting
        Those that are not made of published figures as they should be, or of which two reports
        say different things.
    beside
        Changes against a round that is not among the waves.
    """

    paired: Mapping[int, Sequence[Mapping[str, Any]]]
    figures: int
    contradicting: tuple[Figure, ...]
    beside: tuple[str, ...]


def derived(waves: Sequence[Wave], links: Sequence[Link], gathered: Gathered) -> Derived:
    """Hold gaps and changes against what they are made of.

    Parameters
    ----------
    waves
        The rounds that are attacked together.
    links
        Which of them follows which.
    gathered
        What they publish.
    """
    before = {link.new: number for number, link in enumerate(links)}
    paired: dict[int, list[Mapping[str, Any]]] = {}
    wrong: dict[Figure, None] = {}
    beside: dict[str, None] = {}
    figures = 0
    for place, wave in enumerate(waves):
        known = _Known(gathered, place)
        for figure, row in _once(wave, place, wrong):
            if figure.name != "change":
                checks = list(_gap(figure, row, known))
            elif place in before:
                link = before[place]
                checks = list(_change(figure, row, known, _Known(gathered, links[link].old)))
                if _is_paired(figure, row) and row["difference"] is not None:
                    paired.setdefault(link, []).append(row)
            else:
                beside |= {"changes": None} if row["difference"] is not None else {}
                checks = []
            figures += sum(value is not None for _, value, _ in checks)
            wrong |= {
                figure._replace(name=f"{figure.name} {name}"): None
                for name, value, right in checks
                if not _explained(value, right)
            }
    return Derived(paired, figures, tuple(wrong), tuple(beside))


def _once(
    wave: Wave, place: int, wrong: dict[Figure, None]
) -> Iterable[tuple[Figure, Mapping[str, Any]]]:
    """Give each row of gaps and changes once; those of which there are two kinds are noted."""
    rows: dict[Figure, Mapping[str, Any]] = {}
    for report in wave.reports:
        for row in report["gaps"]:
            _note(Figure(row["team"], row["dimension"], "gap", row["by"], place), row, rows, wrong)
        for row in report["changes"]:
            _note(Figure(row["team"], row["dimension"], "change", wave=place), row, rows, wrong)
    return rows.items()


def _note(
    figure: Figure,
    row: Mapping[str, Any],
    rows: dict[Figure, Mapping[str, Any]],
    wrong: dict[Figure, None],
) -> None:
    if rows.setdefault(figure, row) != row:
        wrong[figure] = None


class _Known:
    """The published figures of one round."""

    def __init__(self, gathered: Gathered, wave: int) -> None:
        self.wave = wave
        self.values = {
            figure: value
            for view in PERSPECTIVES
            if (wave, view) in gathered
            for figure, value in gathered[wave, view].values.items()
        }

    def row(self, figure: Figure, view: Perspective) -> tuple[float | None, float, int]:
        """Give score, spread and number of people; what is not published is ``None``, NaN, 0."""
        score, sd, n = (
            self.values.get(Figure(figure.group, figure.about, name, view, self.wave))
            for name in ("score", "sd", "n")
        )
        return score, math.nan if sd is None else sd, n or 0


Check = tuple[str, Any, Any]
"""The name of a figure, what it says, and what published figures make of it."""


def _gap(figure: Figure, row: Mapping[str, Any], known: _Known) -> Iterator[Check]:
    own, own_sd, own_n = known.row(figure, "self")
    seen, sd, n = known.row(figure, figure.perspective)
    yield "self", row["self"], own
    yield "outside", row["outside"], seen
    gap = interval = None
    if own is not None and seen is not None:
        gap = seen - own
        if figure.perspective == "observer":
            interval = statistics.difference_interval(
                statistics.welch(seen, sd, n, own, own_sd, own_n)
            )
    yield "gap", row["gap"], gap
    yield "interval", row["interval"], interval


def _change(
    figure: Figure, row: Mapping[str, Any], known: _Known, earlier: _Known
) -> Iterator[Check]:
    difference: float | None
    g: float | None
    score, sd, n = known.row(figure, "self")
    before, sd_before, n_before = earlier.row(figure, "self")
    if _is_paired(figure, row):
        if row["difference"] is not None:
            right = statistics.hedges_g(row["difference"], sd, n, sd_before, n_before)
            yield "g", row["g"], right
        return
    difference = interval = g = None
    if score is not None and before is not None:
        difference = score - before
        apart = statistics.welch(score, sd, n, before, sd_before, n_before)
        interval = statistics.difference_interval(apart)
        g = statistics.hedges_g(difference, sd, n, sd_before, n_before)
    yield "n", row["n"], n
    yield "difference", row["difference"], difference
    yield "interval", row["interval"], interval
    yield "g", row["g"], g


def _is_paired(figure: Figure, row: Mapping[str, Any]) -> bool:
    """Whether a row is about matched people: of everybody only, never of a team."""
    return row["kind"] == "paired" and figure.group is None


def _explained(value: Any, right: Any) -> bool:
    """Whether a figure is what published ones make of it; what is not shown says nothing."""
    if value is None:
        return True
    if right is None:
        return False
    if isinstance(right, tuple):
        return all(_explained(one, other) for one, other in zip(value, right, strict=True))
    return math.isclose(value, right, rel_tol=EXACT, abs_tol=EXACT)
