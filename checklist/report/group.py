"""Builds the report on a round: everybody and each team, as far as the privacy gate allows."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checklist import privacy, scoring, statistics, sums
from checklist.i18n import Texts
from checklist.privacy import Verdict
from checklist.questionnaire import Dimension, Item, Wording
from checklist.report.model import (
    DimensionRow,
    Group,
    ItemRow,
    Remark,
    Report,
    RoundPart,
)
from checklist.report.reliability import reliability
from checklist.report.topics import topics
from checklist.rounds import Comment, Round, Team
from checklist.scoring import Codes
from checklist.sums import Sums


def round_report(
    round_: Round, codes: Callable[[Team], Codes], comments: Sequence[Comment], texts: Texts
) -> Report:
    """Build the report on a closed round.

    Parameters
    ----------
    round_
        The round; its teams come in its order, after everybody.
    codes
        Gives a team's self-views as an answers matrix, shape (respondents, items). It is asked once
        a team, and no two matrices are held at the same time.
    comments
        In an order that says nothing about who wrote them.
    texts
        The interface's language, which the questionnaire's words follow where it has them.

    Returns
    -------
    Report
        What is hidden is null. Topics stand for everybody, then for each team that is shown.
    """
    each = [sums.sums(round_.questionnaire, codes(team)) for team in round_.teams]
    thresholds = privacy.Thresholds(round_.min_group)
    plan, plans = privacy.plan(
        {team.name: _sizes(round_, part) for team, part in zip(round_.teams, each, strict=True)},
        {dim.id: [item.id for item in dim.items] for dim in round_.questionnaire.dimensions},
        thresholds,
    )
    whole, least = sums.together(round_.questionnaire, each), thresholds.scores
    views = [_View(round_, texts, None, _all_heads(round_.teams), whole, plan, thresholds)]
    views += [
        _View(round_, texts, team.name, team.headcount, part, _said(plans, team, least), thresholds)
        for team, part in zip(round_.teams, each, strict=True)
    ]
    talked = round_.comments and privacy.comments_shown(whole.people, thresholds)
    groups = [view.group() for view in views]
    return Report(
        lang=texts.language,
        round=_round_part(round_),
        groups=groups,
        reliability=reliability(round_.questionnaire, whole, plan, thresholds),
        gaps=[],
        changes=[],
        topics=[
            topic
            for view, group in zip(views, groups, strict=True)
            for topic in topics(group, view.clearly_lower(), round_.questionnaire, texts)
        ],
        comments=[_remark(comment) for comment in comments] if talked else [],
    )


def _said(plans: Mapping[str, privacy.Plan], team: Team, least: int) -> privacy.Plan:
    """Give a team's plan; one that can never be shown does not tell whether anybody answered."""
    plan = plans[team.name]
    if plan.group is not Verdict.NO_DATA or team.headcount is None or team.headcount >= least:
        return plan
    return privacy.Plan(
        Verdict.TOO_FEW,
        dict.fromkeys(plan.items, Verdict.TOO_FEW),
        dict.fromkeys(plan.dimensions, Verdict.TOO_FEW),
    )


def _sizes(round_: Round, part: Sums) -> privacy.Sizes:
    valid = part.tally[:, 2:].sum(axis=1)
    questionnaire = round_.questionnaire
    return privacy.Sizes(
        people=part.people,
        valid={i.id: int(n) for i, n in zip(questionnaire.items, valid, strict=True)},
        scored={d.id: int(n) for d, n in zip(questionnaire.dimensions, part.scored, strict=True)},
    )


def _all_heads(teams: Iterable[Team]) -> int | None:
    known = [team.headcount for team in teams if team.headcount is not None]
    return sum(known) if len(known) == len(list(teams)) else None


def _round_part(round_: Round) -> RoundPart:
    return RoundPart(
        code=round_.code,
        title=round_.title,
        questionnaire=round_.questionnaire.id,
        version=round_.questionnaire.version,
        min_group=round_.min_group,
        follows=round_.follows,
    )


def _remark(comment: Comment) -> Remark:
    if comment.kind == "item":
        return Remark(item=comment.about, text=comment.text)
    return Remark(reflection=comment.about, text=comment.text)


@dataclass(frozen=True)
class _Order:
    """How a group's published dimensions stand to each other."""

    place: Mapping[str, int]
    lower: frozenset[str]


class _View:
    """One group: its sums, seen through its plan."""

    def __init__(
        self,
        round_: Round,
        texts: Texts,
        team: str | None,
        headcount: int | None,
        whole: Sums,
        plan: privacy.Plan,
        thresholds: privacy.Thresholds,
    ) -> None:
        self.questionnaire = round_.questionnaire
        self.wording = Wording.of(round_.questionnaire, texts.language)
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
        shown = self._shown(self.plan.group)
        return Group(
            team=self.team,
            perspective="self",
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
        return self.order.lower

    def _shown(self, verdict: privacy.Verdict) -> bool:
        return verdict is privacy.Verdict.SHOWN

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
            sd=_number(deviation),
            interval=statistics.score_interval(score, deviation, n),
            bounds=self._bounds(dimension),
            ad_m=_number(
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


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
