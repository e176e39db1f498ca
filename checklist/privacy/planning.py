"""The plan of what a round shows of everybody and of each team, made from sizes alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checklist.privacy.thresholds import Thresholds


class Verdict(StrEnum):
    """Whether a figure is shown, and if not, why; the count is never said."""

    SHOWN = "published"
    TOO_FEW = "too_few"
    PROTECTED = "protected"
    """Hidden only so that another group cannot be computed."""
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Sizes:
    """How large one group is in each respect; all that the plan is made from.

    Attributes
    ----------
    people
        Responses.
    valid
        By item: valid answers.
    scored
        By dimension: persons with enough answers for a score.
    """

    people: int
    valid: Mapping[str, int]
    scored: Mapping[str, int]


@dataclass(frozen=True)
class Plan:
    """What may be shown of one group."""

    group: Verdict
    items: Mapping[str, Verdict]
    dimensions: Mapping[str, Verdict]


def hide(
    sizes: Mapping[str, int], least: int, already: Mapping[str, Verdict] | None = None
) -> dict[str, Verdict]:
    """Decide for one figure which teams are shown.

    A team that is hidden to protect others is large enough itself, so one of them is enough, and
    those who are hidden have the threshold's number of people together, or none.

    Parameters
    ----------
    sizes
        By team: how many people the figure rests on.
    least
        The threshold.
    already
        Teams that are hidden anyhow, with the reason.

    Examples
    --------
    >>> {team: str(v) for team, v in hide({"A": 20, "B": 6, "C": 3}, 5).items()}
    {'A': 'published', 'B': 'protected', 'C': 'too_few'}
    >>> {team: str(v) for team, v in hide({"A": 20, "B": 6, "C": 0}, 5).items()}
    {'A': 'published', 'B': 'published', 'C': 'no_data'}
    """
    verdicts = {
        team: (already or {}).get(team) or _alone(size, least) for team, size in sizes.items()
    }
    shown = [team for team, verdict in verdicts.items() if verdict is Verdict.SHOWN]
    hidden = sum(sizes.values()) - sum(sizes[team] for team in shown)
    if shown and 0 < hidden < least:
        verdicts[min(shown, key=lambda team: (sizes[team], team))] = Verdict.PROTECTED
    return verdicts


def plan(
    teams: Mapping[str, Sizes],
    dimensions: Mapping[str, Sequence[str]],
    thresholds: Thresholds,
    *,
    complementary: bool = True,
) -> tuple[Plan, dict[str, Plan]]:
    """Plan what a round shows: of everybody, and of each team.

    Parameters
    ----------
    teams
        By name: the sizes.
    dimensions
        By id: the ids of its items.
    thresholds
        From k.
    complementary
        Only for the test that shows what happens without: also hide what would give others away.

    Returns
    -------
    tuple of Plan and dict
        Everybody's plan, and the teams' by name.
    """
    everybody = _everybody(teams, dimensions, thresholds)
    least, least_items = thresholds.scores, thresholds.items
    decide = hide if complementary else _hide_only_small
    groups = decide({team: sizes.people for team, sizes in teams.items()}, least)
    gone = {team: v for team, v in groups.items() if v is not Verdict.SHOWN}
    items = [item for members in dimensions.values() for item in members]
    by_item = {
        item: decide({t: s.valid[item] for t, s in teams.items()}, least_items, gone)
        for item in items
    }
    for_score = {
        item: decide({t: s.valid[item] for t, s in teams.items()}, least, gone) for item in items
    }
    for_spread = {
        dim: decide({t: s.scored[dim] for t, s in teams.items()}, least, gone) for dim in dimensions
    }
    return everybody, {
        team: Plan(
            groups[team],
            {item: by_item[item][team] for item in items},
            {
                dim: _row([*(for_score[item][team] for item in members), for_spread[dim][team]])
                for dim, members in dimensions.items()
            },
        )
        for team in teams
    }


def _everybody(
    teams: Mapping[str, Sizes], dimensions: Mapping[str, Sequence[str]], thresholds: Thresholds
) -> Plan:
    items = [item for members in dimensions.values() for item in members]
    group = _alone(sum(sizes.people for sizes in teams.values()), thresholds.scores)
    if group is not Verdict.SHOWN:
        return Plan(group, dict.fromkeys(items, group), dict.fromkeys(dimensions, group))
    valid = {item: sum(sizes.valid[item] for sizes in teams.values()) for item in items}
    scored = {dim: sum(sizes.scored[dim] for sizes in teams.values()) for dim in dimensions}
    return Plan(
        group,
        {item: _alone(n, thresholds.items) for item, n in valid.items()},
        {
            dim: _row(
                [_alone(n, thresholds.scores) for n in (scored[dim], *(valid[i] for i in members))]
            )
            for dim, members in dimensions.items()
        },
    )


def _alone(size: int, least: int) -> Verdict:
    if size == 0:
        return Verdict.NO_DATA
    return Verdict.SHOWN if size >= least else Verdict.TOO_FEW


def _hide_only_small(
    sizes: Mapping[str, int], least: int, already: Mapping[str, Verdict] | None = None
) -> dict[str, Verdict]:
    return {team: (already or {}).get(team) or _alone(n, least) for team, n in sizes.items()}


def _row(parts: Sequence[Verdict]) -> Verdict:
    """Give the verdict of a dimension's row from those of its parts: shown only where all are.

    It has no data only where no part has any; it is protected only where nothing else hides it.
    """
    found = set(parts)
    if len(found) == 1:
        return found.pop()
    return Verdict.TOO_FEW if found & {Verdict.TOO_FEW, Verdict.NO_DATA} else Verdict.PROTECTED
