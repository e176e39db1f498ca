"""One group's figures: its sums, seen through its plan."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from checklist import privacy, scoring, statistics
from checklist.privacy import Verdict
from checklist.questionnaire import Dimension, Item, Wording
from checklist.report.model import DimensionRow, Group, ItemRow
from checklist.sums import Sums


@dataclass(frozen=True)
class _Order:
    """How a group's published dimensions stand to each other."""

    place: Mapping[str, int]
    lower: frozenset[str]


class Figures:
    """The figures of one group, as far as its plan allows.

    Parameters
    ----------
    wording
        The questionnaire in the words of the group's perspective.
    team, headcount
        ``None`` for everybody; ``None`` where it is not known, or where there is none to know.
    whole
        The group's sums.
    plan, thresholds
        What may be shown of it.
    """

    def __init__(
        self,
        wording: Wording,
        team: str | None,
        headcount: int | None,
        whole: Sums,
        plan: privacy.Plan,
        thresholds: privacy.Thresholds,
    ) -> None:
        self.questionnaire = wording.questionnaire
        self.wording = wording
        self.team = team
        self.headcount = headcount
        self.sums = whole
        self.plan = plan
        self.thresholds = thresholds
        self.columns = {item.id: place for place, item in enumerate(self.questionnaire.items)}
        self.scores = {
            dim.id: statistics.group_score([self._pomp(item) for item in dim.items])
            for dim in self.questionnaire.dimensions
            if self._shown(plan.dimensions[dim.id])
        }
        self.order = self._order()

    def group(self) -> Group:
        """Give the group as it stands in the report; what is hidden is null."""
        shown = self._shown(self.plan.group)
        return Group(
            team=self.team,
            perspective=self.wording.perspective,
            status=self.plan.group.value,
            n=self.sums.people if shown else None,
            headcount=self.headcount,
            dimensions=[
                self._dimension_row(place, dim)
                for place, dim in enumerate(self.questionnaire.dimensions)
            ],
            items=[self._item_row(item) for item in self.questionnaire.items],
        )

    def clearly_lower(self) -> frozenset[str]:
        """Give the dimensions that at least one other is clearly higher than."""
        return self.order.lower

    def _shown(self, verdict: Verdict) -> bool:
        return verdict is Verdict.SHOWN

    def _counts(self, item: Item) -> statistics.Counts:
        return self.sums.tally[self.columns[item.id], 2 : 2 + item.scale.size]

    def _pomp(self, item: Item) -> float:
        return statistics.item_pomp(self._counts(item), item)

    def _order(self) -> _Order:
        """Order what is shown, and nothing by fewer people than a score needs.

        The test compares people who have both scores. Where answers are missing, the scores that
        are shown can differ in the other direction; then neither counts as clearly lower.
        """
        here = [
            place
            for place, dim in enumerate(self.questionnaire.dimensions)
            if dim.id in self.scores
        ]
        names = [self.questionnaire.dimensions[place].id for place in here]
        among = np.ix_(here, here)
        paired = self.sums.paired[among]
        lower = statistics.clearly_lower(
            np.where(paired >= self.thresholds.scores, paired, 0),
            self.sums.difference[among],
            self.sums.difference_squares[among],
        )
        scores = np.array([self.scores[name] for name in names])
        lower = np.logical_and(lower, scores[:, None] < scores[None, :])
        below, above = lower.sum(axis=0), lower.sum(axis=1)
        return _Order(
            {name: 1 + int(count) for name, count in zip(names, below, strict=True)},
            frozenset(name for name, count in zip(names, above, strict=True) if count),
        )

    def _dimension_row(self, place: int, dimension: Dimension) -> DimensionRow:
        title = self.wording.text(dimension.title)
        status = self.plan.dimensions[dimension.id]
        if dimension.id not in self.scores:
            return DimensionRow(
                id=dimension.id, title=title, status=status.value, n=None, score=None
            )
        score = self.scores[dimension.id]
        n = int(self.sums.scored[place])
        deviation = statistics.sd(n, float(self.sums.total[place]), float(self.sums.squares[place]))
        return DimensionRow(
            id=dimension.id,
            title=title,
            status=status.value,
            n=n,
            score=score,
            sd=number(deviation),
            interval=statistics.score_interval(score, deviation, n),
            bounds=self._bounds(dimension),
            ad_m=number(
                statistics.average_deviation([self._counts(item) for item in dimension.items])
            ),
            place=self.order.place[dimension.id],
        )

    def _bounds(self, dimension: Dimension) -> tuple[float, float] | None:
        if self.headcount is None or self.headcount <= self.sums.people:
            return None
        return statistics.bounds(
            [self._pomp(item) for item in dimension.items],
            [int(self._counts(item).sum()) for item in dimension.items],
            self.headcount - self.sums.people,
        )

    def _item_row(self, item: Item) -> ItemRow:
        status = self.plan.items[item.id]
        shown = self._shown(status)
        tally = self.sums.tally[self.columns[item.id]]
        counts = self._counts(item)
        return ItemRow(
            id=item.id,
            text=self.wording.item(item),
            reverse=item.reverse,
            status=status.value,
            n=int(counts.sum()) if shown else None,
            left_open=int(tally[1 + scoring.LEFT_OPEN]) if shown else None,
            did_not_occur=int(tally[1 + scoring.DID_NOT_OCCUR]) if shown else None,
            mean=statistics.item_mean(counts) if shown else None,
            counts=[int(count) for count in counts] if shown else None,
        )


def number(value: float) -> float | None:
    """Give a figure that may not be known: ``None`` for NaN."""
    return None if math.isnan(value) else float(value)
