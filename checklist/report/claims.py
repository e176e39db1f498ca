"""What a report's published figures say, as data; ``summary`` puts it into words.

Claims are made from a report's published figures alone, so they are the same for a report that was
read back from its JSON. On a report cut down to one team they speak of that team.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np

from checklist import privacy, statistics
from checklist.report.model import DimensionRow, Group, ItemRow, Report
from checklist.report.outside import clear_gaps

LEAST = 3
MOST = 5

TINY = 1e-9

Kind = Literal[
    "nobody",
    "nobody-inside",
    "too-few",
    "nothing-shown",
    "only-outside",
    "new-round",
    "hidden-team",
    "more",
    "more-teams",
    "took-part",
    "teams",
    "no-scores",
    "one-topic",
    "lower",
    "no-difference",
    "went",
    "no-change",
    "seen",
    "interval",
    "higher",
    "lowest-answers",
    "highest-answers",
    "same",
    "spread",
    "alike",
    "own-view",
    "no-norms",
]
"""What can be claimed, the most important first: that stays where there are more than five."""

IMPORTANCE: tuple[Kind, ...] = get_args(Kind)

FILLING: tuple[Kind, ...] = ("own-view", "no-norms")
"""They stand only where there is little else to say."""


@dataclass(frozen=True)
class Claim:
    """Something the published figures say; ``values`` are unrounded, titles in the report's words.

    Kinds and their values, where ``team`` is null for everybody and ``dimensions`` and
    ``dimension`` are ids:

    * ``nobody``, ``nobody-inside`` (but somebody from outside), ``too-few`` (least),
      ``nothing-shown``, ``new-round``: there is nothing to report, or ``only-outside``, what others
      see.
    * ``hidden-team`` (team, status): the rest is about everybody.
    * ``more`` (team, n, heads), ``more-teams`` (teams): more responses than heads.
    * ``took-part`` (team, n, heads or null).
    * ``teams`` (all, shown, hidden, empty): counts of teams; hidden ones have answers.
    * ``no-scores``; ``one-topic`` (dimension): nothing to compare.
    * ``lower``, ``higher`` (dimensions, than): clearly so against ``than``, or, where that is null,
      against at least one other; ``no-difference``: no test says so of any.
    * ``went`` (up, down: dimensions; matched: of those who are matched): clearly so against the
      round before; ``no-change``: it is
      compared with, and no difference is clear.
    * ``seen`` (lower, higher: dimensions): clearly so by observers, against the self-view.
    * ``lowest-answers``, ``highest-answers``, ``same`` (dimensions): every answer is the worst, the
      best, or the one that all others gave to the item.
    * ``alike`` (dimensions): AD_M up to the limit; ``spread`` (item, low, high): so many at the
      ends.
    * ``interval`` (dimension, n, low, high): the widest.
    * ``own-view``: there is no outside view; ``no-norms``: true of every round.
    """

    kind: Kind
    values: Mapping[str, Any] = field(default_factory=dict)


def claims(report: Report, *, alone: bool = False) -> list[Claim]:
    """Say what the published figures of a round carry, three to five claims.

    Parameters
    ----------
    report
        Of a round, whole or one team's.
    alone
        Whether the round has one team only: then everybody's rows tell how it changed and how it is
        seen, as in the sections of the report.

    Raises
    ------
    ValueError
        The report is not about a round.
    """
    if report.round is None:
        raise ValueError("a report about a round is needed")
    everybody = next(group for group in report.groups if group.team is None)
    least = privacy.Thresholds(report.round.min_group).scores
    if everybody.status != "published":
        first = _why_nothing(report, everybody, least)
        return [first, Claim(_what_is_left(report)), Claim("new-round")]
    teams = [g for g in report.groups if g.team is not None and g.perspective == "self"]
    about = teams[0] if len(teams) == 1 and teams[0].status == "published" else everybody
    compared = everybody if alone else about
    found = [*_who(about, everybody, teams), *_what(about, compared, report)]
    found += [Claim(kind) for kind in _filling(report)[: max(0, LEAST - len(found))]]
    kept = sorted(found, key=lambda claim: IMPORTANCE.index(claim.kind))[:MOST]
    return [claim for claim in found if claim in kept]


def _what_is_left(report: Report) -> Kind:
    """Say what a report shows whose self-views stay hidden."""
    teams = {group.team for group in report.groups} - {None}
    views = ("observer", "lead") if len(teams) == 1 else ("observer",)
    seen = any(
        row.score is not None
        for group in report.groups
        if group.perspective in views
        for row in group.dimensions
    )
    return "only-outside" if seen else "nothing-shown"


def _why_nothing(report: Report, everybody: Group, least: int) -> Claim:
    if everybody.status != "no_data":
        return Claim("too-few", {"least": least})
    outside = any(group.perspective != "self" for group in report.groups)
    return Claim("nobody-inside" if outside else "nobody")


def _filling(report: Report) -> list[Kind]:
    outside = any(group.perspective != "self" for group in report.groups)
    return [kind for kind in FILLING if not (outside and kind == "own-view")]


def _who(about: Group, everybody: Group, teams: Sequence[Group]) -> Iterator[Claim]:
    """Say who took part, and whom the rest is about."""
    if len(teams) == 1 and about is everybody:
        yield Claim("hidden-team", {"team": teams[0].team, "status": teams[0].status})
    crowded = _crowded(about)
    if crowded:
        yield Claim("more", {"team": about.team, "n": about.n, "heads": about.headcount})
    if len(teams) > 1:
        names = tuple(team.team for team in teams if _crowded(team))
        if names:
            yield Claim("more-teams", {"teams": names})
    if not crowded:
        yield Claim("took-part", {"team": about.team, "n": about.n, "heads": about.headcount})
    if len(teams) > 1:
        shown = sum(team.status == "published" for team in teams)
        empty = sum(team.status == "no_data" for team in teams)
        yield Claim(
            "teams",
            {
                "all": len(teams),
                "shown": shown,
                "hidden": len(teams) - shown - empty,
                "empty": empty,
            },
        )


def _crowded(group: Group) -> bool:
    return group.n is not None and group.headcount is not None and group.n > group.headcount


def _what(about: Group, compared: Group, report: Report) -> Iterator[Claim]:
    """Say what the figures of one group carry."""
    rows = [row for row in about.dimensions if row.score is not None]
    if not rows:
        yield Claim("no-scores")
        return
    unanimous = [row for row in rows if row.ad_m is not None and row.ad_m < TINY]
    yield from _order(about, rows, report, compared=len(unanimous) < len(rows))
    yield from _changes(compared, report)
    yield from _outside(compared, report)
    yield from _unanimous(unanimous)
    yield from _similarity(about, [row for row in rows if row not in unanimous])
    yield from _interval(rows)


def _order(
    about: Group, rows: Sequence[DimensionRow], report: Report, *, compared: bool
) -> Iterator[Claim]:
    if len(rows) == 1:
        yield Claim("one-topic", {"dimension": rows[0].id})
        return
    lower = tuple(
        topic.dimension
        for topic in report.topics
        if topic.team == about.team and topic.clearly_lower
    )
    if lower:
        other = [row.id for row in rows if row.id not in lower]
        than = other[0] if len(rows) == 2 else None
        yield Claim("lower", {"dimensions": lower, "than": than})
        if len(rows) > 2:
            top = max(row.place or 1 for row in rows)
            high = tuple(row.id for row in rows if row.place == top)
            yield Claim("higher", {"dimensions": high, "than": None})
    elif compared:
        yield Claim("no-difference")


def _changes(about: Group, report: Report) -> Iterator[Claim]:
    compared = [
        change
        for change in report.changes
        if change.team == about.team and change.difference is not None
    ]
    up = tuple(change.dimension for change in compared if change.verdict == "up")
    down = tuple(change.dimension for change in compared if change.verdict == "down")
    if up or down:
        clear = [change for change in compared if change.verdict in ("up", "down")]
        matched = all(change.kind == "paired" for change in clear)
        yield Claim("went", {"up": up, "down": down, "matched": matched})
    elif compared and all(change.interval is not None for change in compared):
        yield Claim("no-change")


def _outside(about: Group, report: Report) -> Iterator[Claim]:
    clear = clear_gaps(report, about.team)
    lower = tuple(dimension for dimension, side in clear.items() if side == "lower")
    higher = tuple(dimension for dimension, side in clear.items() if side == "higher")
    if clear:
        yield Claim("seen", {"lower": lower, "higher": higher})


def _unanimous(rows: Sequence[DimensionRow]) -> Iterator[Claim]:
    lowest = tuple(row.id for row in rows if (row.score or 0.0) < TINY)
    highest = tuple(row.id for row in rows if (row.score or 0.0) > 100 - TINY)
    same = tuple(row.id for row in rows if row.id not in lowest + highest)
    if lowest:
        yield Claim("lowest-answers", {"dimensions": lowest})
    if highest:
        yield Claim("highest-answers", {"dimensions": highest})
    if same:
        yield Claim("same", {"dimensions": same})


def _similarity(about: Group, rows: Sequence[DimensionRow]) -> Iterator[Claim]:
    """Say where habits are alike, and where people stand at both ends.

    Which scale a dimension uses is not in a report. The shortest scale of all items gives a limit
    that holds for each of them; where an item is hidden, its scale is not known.
    """
    sizes = [len(row.counts) for row in about.items if row.counts is not None]
    if len(sizes) == len(about.items):
        limit = statistics.similarity_limit(min(sizes))
        alike = tuple(
            row.id
            for row in rows
            if (row.n or 0) >= statistics.LEAST_FOR_WORDS
            and row.ad_m is not None
            and row.ad_m <= limit
        )
        if alike:
            yield Claim("alike", {"dimensions": alike})
    apart = [row for row in about.items if _stands_apart(row)]
    if apart:
        widest = max(apart, key=lambda row: min(_ends(row)))
        low, high = _ends(widest)
        yield Claim("spread", {"item": widest.id, "low": low, "high": high})


def _stands_apart(row: ItemRow) -> bool:
    if row.counts is None or (row.n or 0) < statistics.LEAST_FOR_WORDS:
        return False
    far = statistics.average_deviation([np.array(row.counts)])
    apart = far > statistics.similarity_limit(len(row.counts))
    return apart and min(_ends(row)) >= statistics.LEAST_AT_AN_END


def _ends(row: ItemRow) -> tuple[int, int]:
    return (row.counts[0], row.counts[-1]) if row.counts else (0, 0)


def _interval(rows: Sequence[DimensionRow]) -> Iterator[Claim]:
    known = [(row.interval, row) for row in rows if row.interval is not None]
    if known:
        (low, high), row = max(known, key=lambda entry: entry[0][1] - entry[0][0])
        yield Claim("interval", {"dimension": row.id, "n": row.n, "low": low, "high": high})
