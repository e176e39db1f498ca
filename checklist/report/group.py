"""Builds the report on a round: everybody and each team, as far as the privacy gate allows."""

from collections.abc import Callable, Mapping, Sequence

from checklist import privacy, sums
from checklist.i18n import Texts
from checklist.privacy import Thresholds, Verdict
from checklist.questionnaire import Dimension, Item, Perspective, Wording
from checklist.report.changes import Before, changes
from checklist.report.figures import Figures
from checklist.report.model import Group, Remark, Report, RoundPart
from checklist.report.outside import gaps, lead_view
from checklist.report.reliability import reliability
from checklist.report.topics import topics
from checklist.rounds import Comment, Round, Team
from checklist.scoring import Codes
from checklist.sums import Counts, Sums

AnswersOf = Callable[[Team, Perspective], Codes]
"""Gives the answers matrix of a team in a perspective, shape (respondents, items)."""


def round_report(
    round_: Round,
    codes: AnswersOf,
    comments: Sequence[Comment],
    texts: Texts,
    before: Before | None = None,
) -> Report:
    """Build the report on a closed round.

    Parameters
    ----------
    round_
        The round; its teams come in its order, after everybody.
    codes
        Asked once for each team and perspective, and no two matrices are held at the same time;
        for outside views only where the questionnaire has words for them.
    comments
        In an order that says nothing about who wrote them.
    texts
        The interface's language, which the questionnaire's words follow where it has them.
    before
        The round that this one follows, for changes.

    Returns
    -------
    Report
        What is hidden is null. Self-views come first, then observers, where there are any, then the
        leads who gave theirs. Topics stand for everybody, then for each team that is shown.
    """
    asked, thresholds = round_.questionnaire, Thresholds(round_.min_group)
    each = [sums.sums(asked, codes(team, "self")) for team in round_.teams]
    whole = sums.together(asked, each)
    plan, plans = _plans(round_, each, thresholds)
    own = Wording.of(asked, texts.language)
    seen = [Figures(own, None, _all_heads(round_.teams, each, plans), whole, plan, thresholds)]
    seen += [
        Figures(
            own,
            team.name,
            team.headcount,
            part,
            _said(plans[team.name], team, thresholds),
            thresholds,
        )
        for team, part in zip(round_.teams, each, strict=True)
    ]
    groups = [figures.group() for figures in seen]
    outside = _outside(round_, codes, texts, thresholds) if asked.has_outside_view else []
    talked = round_.comments and privacy.comments_shown(whole.people, thresholds)
    return Report(
        lang=texts.language,
        round=_round_part(round_),
        groups=[*groups, *outside],
        reliability=reliability(asked, whole, plan, thresholds),
        gaps=gaps(groups, outside),
        changes=changes(round_, groups, each, before),
        topics=[
            topic
            for figures, group in zip(seen, groups, strict=True)
            for topic in topics(group, figures.clearly_lower(), asked, texts)
        ],
        comments=[_remark(comment) for comment in comments] if talked else [],
    )


def _outside(round_: Round, codes: AnswersOf, texts: Texts, thresholds: Thresholds) -> list[Group]:
    """Give what observers say, where there are any, by the same gate; then what leads say."""
    asked = round_.questionnaire
    each = [sums.sums(asked, codes(team, "observer")) for team in round_.teams]
    whole = sums.together(asked, each)
    found: list[Group] = []
    if whole.people:
        wording = Wording.of(asked, texts.language, "observer")
        plan, plans = _plans(round_, each, thresholds)
        found.append(Figures(wording, None, None, whole, plan, thresholds).group())
        found += [
            Figures(wording, team.name, None, part, plans[team.name], thresholds).group()
            for team, part in zip(round_.teams, each, strict=True)
        ]
    wording = Wording.of(asked, texts.language, "lead")
    for team in round_.teams:
        found += lead_view(wording, team.name, codes(team, "lead"))
    return found


def _plans(
    round_: Round, each: Sequence[Sums], thresholds: Thresholds
) -> tuple[privacy.Plan, dict[str, privacy.Plan]]:
    return privacy.plan(
        {team.name: _sizes(round_, part) for team, part in zip(round_.teams, each, strict=True)},
        {dim.id: [item.id for item in dim.items] for dim in round_.questionnaire.dimensions},
        thresholds,
    )


def _said(plan: privacy.Plan, team: Team, thresholds: Thresholds) -> privacy.Plan:
    """Give a team's plan; one that can never be shown does not tell whether anybody answered."""
    least = thresholds.scores
    if plan.group is not Verdict.NO_DATA or team.headcount is None or team.headcount >= least:
        return plan
    return privacy.Plan(
        Verdict.TOO_FEW,
        dict.fromkeys(plan.items, Verdict.TOO_FEW),
        dict.fromkeys(plan.dimensions, Verdict.TOO_FEW),
    )


def _sizes(round_: Round, part: Sums) -> privacy.Sizes:
    questionnaire = round_.questionnaire
    return privacy.Sizes(
        people=part.people,
        valid=_by_id(questionnaire.items, part.valid),
        scored=_by_id(questionnaire.dimensions, part.scored),
    )


def _by_id(named: Sequence[Dimension | Item], counts: Counts) -> Mapping[str, int]:
    return {each.id: int(n) for each, n in zip(named, counts, strict=True)}


def _all_heads(
    teams: Sequence[Team], each: Sequence[Sums], plans: Mapping[str, privacy.Plan]
) -> int | None:
    """Add up the heads of all teams, where they are known and can be right.

    Where a team that is shown has more responses than heads, and there are fewer altogether, nobody
    can tell how many are missing. Of a hidden team even this would say something.
    """
    known = [team.headcount for team in teams if team.headcount is not None]
    if len(known) < len(teams):
        return None
    crowded = any(
        part.people > heads and plans[team.name].group is Verdict.SHOWN
        for team, part, heads in zip(teams, each, known, strict=True)
    )
    fewer = sum(part.people for part in each) <= sum(known)
    return None if crowded and fewer else sum(known)


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
