"""The privacy gate: which figures of a closed round may be shown. Nothing about a group passes by it.

The contract is P(k): with one unknown for each person and item, every non-zero linear combination of
all published figures of a round involves at least k people. The plan that keeps it depends on sizes
only, never on answers:

* a figure is shown only of a group that is large enough for it;
* where teams that are not shown add up to more than nobody and fewer than enough, the smallest team
  that is shown is hidden, too, since everybody minus the shown teams would give them away.

What is not shown of a person's answers is therefore always among at least k people's, or nobody's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_GROUP = 5
LEAST_ITEMS = 8
LEAST_COMMENTS = 10


class Verdict(StrEnum):
    """Whether a figure is shown, and if not, why; the count is never said."""

    SHOWN = "published"
    TOO_FEW = "too_few"
    PROTECTED = "protected"
    """Hidden only so that another group cannot be computed."""
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Thresholds:
    """From how many people on a figure is shown; all follow from k."""

    k: int

    @property
    def scores(self) -> int:
        """For scores of dimensions, and for the number of responses."""
        return max(LEAST_GROUP, self.k)

    @property
    def items(self) -> int:
        """For the figures of single items."""
        return max(LEAST_ITEMS, self.k)

    @property
    def comments(self) -> int:
        """For comments and reflections."""
        return max(LEAST_COMMENTS, self.k)


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


def coarse(responses: int) -> str:
    """Say how many responses came in while a round collects: one of three steps.

    Examples
    --------
    >>> [coarse(n) for n in (0, 4, 5, 9, 10, 300)]
    ['fewer-than-5', 'fewer-than-5', '5-or-more', '5-or-more', '10-or-more', '10-or-more']
    """
    if responses < LEAST_GROUP:
        return "fewer-than-5"
    return "5-or-more" if responses < LEAST_COMMENTS else "10-or-more"


def hide(
    sizes: Mapping[str, int], least: int, already: Mapping[str, Verdict] | None = None
) -> dict[str, Verdict]:
    """Decide for one figure which teams are shown.

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
    for team in sorted(shown, key=lambda name: (sizes[name], name)):
        hidden = sum(sizes[t] for t, verdict in verdicts.items() if verdict is not Verdict.SHOWN)
        if hidden == 0 or hidden >= least:
            break
        verdicts[team] = Verdict.PROTECTED
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
                dim: _worst([for_score[item][team] for item in members] + [for_spread[dim][team]])
                for dim, members in dimensions.items()
            },
        )
        for team in teams
    }


def _everybody(
    teams: Mapping[str, Sizes], dimensions: Mapping[str, Sequence[str]], thresholds: Thresholds
) -> Plan:
    people = sum(sizes.people for sizes in teams.values())
    group = _alone(people, thresholds.scores)
    valid = {
        item: sum(sizes.valid[item] for sizes in teams.values())
        for members in dimensions.values()
        for item in members
    }
    scored = {dim: sum(sizes.scored[dim] for sizes in teams.values()) for dim in dimensions}
    return Plan(
        group,
        {item: _worst([group, _alone(n, thresholds.items)]) for item, n in valid.items()},
        {
            dim: _worst(
                [
                    group,
                    _alone(scored[dim], thresholds.scores),
                    *(_alone(valid[item], thresholds.scores) for item in members),
                ]
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


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    """Give the verdict of a row from those of its parts: shown only where all are."""
    for verdict in (Verdict.TOO_FEW, Verdict.PROTECTED, Verdict.NO_DATA):
        if verdict in verdicts:
            return verdict
    return Verdict.SHOWN
