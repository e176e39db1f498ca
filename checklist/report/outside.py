"""Outside views: the lead's, and how far what others see lies from what people say of themselves.

A gap is made of two published figures and hides whatever one of them hides. It is no composite: one
side sums up how people describe themselves, the other is a picture of the whole team.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from checklist import scoring, statistics
from checklist.questionnaire import Wording
from checklist.report.model import DimensionRow, Gap, Group, Report
from checklist.scoring import Codes

By = Literal["observer", "lead"]

Side = Literal["lower", "higher"]


def lead_view(wording: Wording, team: str, codes: Codes) -> list[Group]:
    """Give the view of a team's lead, if there is one: one person's by design, dimensions only.

    Parameters
    ----------
    wording
        The questionnaire in a lead's words.
    team
        The team's name.
    codes
        The lead's answers, shape (0 or 1, items): there is one code, and of one code one view.
    """
    if not len(codes):
        return []
    asked = wording.questionnaire
    rows = []
    for dimension in asked.dimensions:
        own = codes[:, scoring.columns(asked, dimension)]
        mean = scoring.person_means(own, dimension)
        score = float(scoring.pomp(mean, dimension.items[0].scale.size)[0])
        known = not math.isnan(score)
        rows.append(
            DimensionRow(
                id=dimension.id,
                title=wording.text(dimension.title),
                status="published" if known else "no_data",
                n=1 if known else None,
                score=score if known else None,
            )
        )
    whole = Group(
        team=team,
        perspective="lead",
        status="published",
        n=1,
        headcount=None,
        dimensions=rows,
        items=[],
    )
    return [whole]


def gaps(own: Sequence[Group], outside: Sequence[Group]) -> list[Gap]:
    """Set each outside view beside the self-view of the same group.

    Parameters
    ----------
    own
        Everybody and the teams, as they see themselves.
    outside
        Observers' and leads' views, if there are any.

    Returns
    -------
    list of Gap
        ``gap`` is the outside view minus the self-view, with Welch's interval for observers.
    """
    selves = {group.team: group for group in own}
    return [
        _gap(group.team, "lead" if group.perspective == "lead" else "observer", before, seen)
        for group in outside
        for before, seen in zip(selves[group.team].dimensions, group.dimensions, strict=True)
    ]


def _gap(team: str | None, by: By, own: DimensionRow, seen: DimensionRow) -> Gap:
    gap = interval = None
    if own.score is not None and seen.score is not None:
        difference = _difference(own, seen)
        gap = difference.value
        if by == "observer":
            interval = statistics.difference_interval(difference)
    return Gap(
        team=team,
        dimension=own.id,
        by=by,
        self=own.score,
        outside=seen.score,
        gap=gap,
        interval=interval,
    )


def _difference(own: DimensionRow, seen: DimensionRow) -> statistics.Difference:
    return statistics.welch(
        seen.score or 0.0,
        math.nan if seen.sd is None else seen.sd,
        seen.n or 0,
        own.score or 0.0,
        math.nan if own.sd is None else own.sd,
        own.n or 0,
    )


def clear_gaps(report: Report, team: str | None) -> dict[str, Side]:
    """Say where observers see a group clearly lower or higher than it sees itself.

    Made from published figures alone: Welch's test at .05, Holm-adjusted over the group's
    dimensions.

    Returns
    -------
    dict
        By dimension; none where nothing is clear.
    """
    seen = {row.id: row for row in _rows(report, team, "observer")}
    both = [
        (row.id, _difference(row, seen[row.id]))
        for row in _rows(report, team, "self")
        if row.score is not None and row.id in seen and seen[row.id].score is not None
    ]
    differences = [part for _, part in both]
    p_values = [statistics.difference_p(part) for part in differences]
    verdicts = statistics.verdicts(differences, p_values)
    named: Mapping[str, Side] = {"down": "lower", "up": "higher"}
    return {
        dimension: named[verdict]
        for (dimension, _), verdict in zip(both, verdicts, strict=True)
        if verdict in named
    }


@dataclass(frozen=True)
class Widest:
    """An item on which self-view and outside view differ most; means are raw, in option steps."""

    text: str
    reverse: bool
    self: float
    outside: float
    top: int


def widest_item(report: Report, items: Sequence[str], team: str | None) -> Widest | None:
    """Find the item of a dimension on which the two views of a group lie furthest apart.

    Parameters
    ----------
    items
        Ids of the dimension's items, which share a scale.

    Returns
    -------
    Widest
        In the words of the self-view; ``None`` where no item is published in both.
    """
    views = {
        group.perspective: {row.id: row for row in group.items if row.mean is not None}
        for group in report.groups
        if group.team == team
    }
    own, seen = views.get("self", {}), views.get("observer", {})
    both = [name for name in items if name in own and name in seen]
    if not both:
        return None
    name = max(both, key=lambda each: abs((own[each].mean or 0.0) - (seen[each].mean or 0.0)))
    row = own[name]
    return Widest(
        row.text,
        row.reverse,
        row.mean or 0.0,
        seen[name].mean or 0.0,
        len(row.counts or ()),
    )


def _rows(report: Report, team: str | None, perspective: str) -> Iterator[DimensionRow]:
    for group in report.groups:
        if group.team == team and group.perspective == perspective:
            yield from group.dimensions
