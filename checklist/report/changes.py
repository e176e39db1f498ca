"""What changed since the round before, along a chain of rounds.

Two ways: within the people whose responses to both rounds are linked, of everybody and where the
gate allows it; else from what the two rounds publish, as if other people had answered. Only what
stayed the same between two versions of a questionnaire is compared.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from checklist import privacy, scoring, statistics
from checklist.comparison import same_score
from checklist.privacy import Matched, Thresholds
from checklist.questionnaire import Dimension, Item, Questionnaire
from checklist.report.figures import number
from checklist.report.model import Change, ChangeStatus, DimensionRow, Group, Report
from checklist.rounds import Round
from checklist.scoring import Codes
from checklist.sums import Sums


@dataclass(frozen=True)
class Pairs:
    """People whose self-views of two rounds are linked: a row of answers in each.

    Attributes
    ----------
    old, new
        Shape (pairs, items), with the items of each round's own questionnaire.
    new_teams
        The place of each one's team in the new round, shape (pairs,).
    old_valid
        By item: how many gave a valid answer in the whole old round, linked or not.
    """

    old: Codes
    new: Codes
    new_teams: NDArray[np.intp]
    old_valid: Mapping[str, int]


@dataclass(frozen=True)
class Before:
    """The round before.

    Attributes
    ----------
    round
        That round.
    report
        What it publishes; its own changes are not looked at.
    pairs
        ``None`` where there is nothing to link, as after its answers were deleted.
    """

    round: Round
    report: Report
    pairs: Pairs | None = None


@dataclass(frozen=True)
class _Found:
    """One row on its way: a difference with what belongs to it, or why there is none."""

    dimension: str
    kind: Literal["paired", "independent"]
    status: ChangeStatus
    n: int | None = None
    difference: statistics.Difference | None = None
    g: float | None = None


def changes(
    round_: Round, groups: Sequence[Group], each: Sequence[Sums], before: Before | None
) -> list[Change]:
    """Compare a round with the one before.

    Parameters
    ----------
    round_
        The newer one.
    groups
        Its self-views as published: everybody, then the teams.
    each
        The sums of its teams, in the round's order.
    before
        The older one; without it there is nothing to compare.

    Returns
    -------
    list of Change
        Everybody's, then those of teams that both rounds have, a row a dimension.
    """
    if before is None:
        return []
    earlier = {
        group.team: {row.id: row for row in group.dimensions}
        for group in before.report.groups
        if group.perspective == "self"
    }
    paired = dict(_paired(round_, each, before, before.pairs)) if before.pairs else {}
    return [
        change
        for group in groups
        if group.team in earlier
        for change in _table(round_, group, earlier[group.team], before, paired)
    ]


def _table(
    round_: Round,
    group: Group,
    earlier: Mapping[str, DimensionRow],
    before: Before,
    paired: Mapping[str, "_Within"],
) -> Iterator[Change]:
    """Give the rows of one group; Holm's correction is over them."""
    same = _comparable(before.round.questionnaire, round_.questionnaire)
    found = [
        _row(row, earlier[row.id], paired.get(row.id) if group.team is None else None)
        if row.id in same
        else _Found(row.id, "independent", "changed")
        for row in group.dimensions
    ]
    tested = [part.difference for part in found if part.difference is not None]
    said = statistics.verdicts(tested, [statistics.difference_p(part) for part in tested])
    verdicts = iter(said)
    for part in found:
        yield Change(
            team=group.team,
            dimension=part.dimension,
            kind=part.kind,
            status=part.status,
            n=part.n,
            difference=part.difference and part.difference.value,
            interval=part.difference and statistics.difference_interval(part.difference),
            g=part.g,
            verdict=next(verdicts) if part.difference is not None else None,
        )


def _comparable(old: Questionnaire, new: Questionnaire) -> set[str]:
    known = {dimension.id: dimension for dimension in old.dimensions}
    return {
        dimension.id
        for dimension in new.dimensions
        if dimension.id in known and same_score(known[dimension.id], dimension)
    }


def _row(now: DimensionRow, then: DimensionRow, within: "_Within | None") -> _Found:
    """Compare one dimension; what either round hides stays hidden, for the same reason."""
    if now.score is None or then.score is None:
        status = now.status if now.score is None else then.status
        return _Found(now.id, "independent", status)
    sds = (_sd(now), now.n or 0, _sd(then), then.n or 0)
    if within is not None:
        difference = statistics.paired(within.difference, within.sd, within.n)
        g = number(statistics.hedges_g(difference.value, *sds))
        return _Found(now.id, "paired", "published", within.n, difference, g)
    difference = statistics.welch(now.score, *sds[:2], then.score, *sds[2:])
    g = number(statistics.hedges_g(difference.value, *sds))
    return _Found(now.id, "independent", "published", now.n, difference, g)


def _sd(row: DimensionRow) -> float:
    return math.nan if row.sd is None else row.sd


@dataclass(frozen=True)
class _Within:
    """A change within the same people.

    Attributes
    ----------
    n
        Linked people with a score in both rounds.
    difference
        New minus old, POMP: the mean of the items' mean differences, each over the linked people
        with a valid answer in both rounds.
    sd
        Of the persons' differences of scores, POMP.
    """

    n: int
    difference: float
    sd: float


def _paired(
    round_: Round, each: Sequence[Sums], before: Before, pairs: Pairs
) -> Iterator[tuple[str, _Within]]:
    """Give the paired changes that may be shown, by dimension."""
    old, new = before.round.questionnaire, round_.questionnaire
    same = _comparable(old, new)
    if round_.min_group < before.round.min_group:
        return  # along a chain this would reach people who were promised more: see 8 in privacy
    k = Thresholds(round_.min_group).scores
    for dimension in new.dimensions:
        if dimension.id not in same:
            continue
        was = next(part for part in old.dimensions if part.id == dimension.id)
        apart = _scores(pairs.new, new, dimension) - _scores(pairs.old, old, was)
        apart = apart[~np.isnan(apart)]
        matched = [_matched(item, old, new, each, pairs) for item in dimension.items]
        if privacy.paired_shown(matched, len(apart), k):
            yield (
                dimension.id,
                _Within(
                    len(apart),
                    float(np.mean([_apart(item, old, new, pairs) for item in dimension.items])),
                    statistics.sd(len(apart), float(apart.sum()), float(apart @ apart)),
                ),
            )


def _scores(codes: Codes, asked: Questionnaire, dimension: Dimension) -> scoring.Floats:
    means = scoring.person_means(codes[:, scoring.columns(asked, dimension)], dimension)
    return scoring.pomp(means, dimension.items[0].scale.size)


def _columns(
    item: Item, old: Questionnaire, new: Questionnaire, pairs: Pairs
) -> tuple[Codes, Codes]:
    """Give an item's answers in both rounds, which may have it in different places."""
    was = old.item(item.id)
    return pairs.old[:, old.items.index(was)], pairs.new[:, new.items.index(item)]


def _matched(
    item: Item, old: Questionnaire, new: Questionnaire, each: Sequence[Sums], pairs: Pairs
) -> Matched:
    then, now = _columns(item, old, new, pairs)
    here = np.bincount(pairs.new_teams[(then > 0) & (now > 0)], minlength=len(each))
    column = new.items.index(item)
    return Matched(
        [(int(n), int(part.valid[column])) for n, part in zip(here, each, strict=True)],
        pairs.old_valid[item.id],
    )


def _apart(item: Item, old: Questionnaire, new: Questionnaire, pairs: Pairs) -> float:
    """Give the mean difference of an item, new minus old, keyed, as percent of the maximum."""
    then, now = _columns(item, old, new, pairs)
    both = (then > 0) & (now > 0)
    steps = now[both].astype(np.float64) - then[both]
    mean = 100.0 * float(np.mean(steps)) / (item.scale.size - 1)
    return -mean if item.reverse else mean
