"""The privacy gate: which figures of a closed round may be shown. No group's figures pass by it.

The contract is P(k): with one unknown for each person and item, every non-zero linear combination
of all published figures of a round, and of the rounds it is compared with, involves at least k
people. The plan that keeps it depends on sizes only, never on answers:

* a figure is shown only of a group that is large enough for it;
* where teams that are not shown add up to more than nobody and fewer than enough, the smallest team
  that is shown is hidden, too, since everybody minus the shown teams would give them away;
* a change within the same people is shown of everybody only, and only where telling them from the
  others tells nothing about a few: see ``paired_shown``.

Observers are a round of their own: other people, other unknowns, the same plan. The lead's view is
one person's by design, who knows it; it is in no sum, and outside all this.

Why P(k) holds
--------------
Call a team's people with a valid answer to an item a *cell*. Every figure is a sum over whole
cells, of one team or of everybody; within a cell all people have the same coefficient. A cell is
*covered* where the team's row of the item, or of the item's dimension, is shown.

1. Both rows need k valid answers to the item, so a covered cell has k people or more: a combination
   that does not vanish on it involves as many. Any other combination is zero on all covered cells.
   On the uncovered ones only rows of everybody are not zero, and in these an item's coefficient is
   the same for all people. So of each item it involves nobody, or everyone in its uncovered cells.
2. Those add up to 0 or to at least k. Uncovered are all cells that ``hide`` hides at the score
   threshold, and these add up to that (or all teams are hidden, then everybody has k people, or no
   row either); any further uncovered cell was not hidden there, so it has k people by itself. For
   this, what is hidden at the score threshold has to be hidden at the higher item threshold, too.
   It is: small cells remain small; and a team hidden to protect others either has become small
   itself, or there is nobody between the thresholds, and it is chosen again.
3. Nothing in this needs sums of plain answers. It holds for counts of options, for bounds and AD_M
   (other coefficients by item, alike within a cell) and, with the people who have a score for the
   cell, for the sum of squares behind a standard deviation.
4. Who left an item open, or had no occasion, may be the unknown: then a cell is the whole team. All
   teams that are hidden altogether have 0 or at least k people, every other team at least k, and so
   have all unions of them. This covers n, left open and did not occur, also of teams in which
   nobody gave a valid answer.

From shown rows the mean of an item may follow whose own row is hidden: a dimension minus its other
items. It rests on at least k people, though perhaps on fewer than the item threshold.

Reliability rests on the people who answered all items of a dimension, the other figures also on
those who answered only some. Were that a single person, all their possible answers could be tried
until the figures agree. It is no linear figure, but it is shown only where each of the others rests
on the same people or on at least k more.

Why P(k) holds along a chain
----------------------------
A person has unknowns in each round they take part in; whoever is matched is the same person in
both. The differences of two published scores, between rounds or between self-view and outside view,
are combinations of published figures and add nothing. What adds something is a paired change: for
each item the answers of those who are matched, the new ones minus the old ones.

5. Take a combination that holds a paired change of the newest round, and one item of it. Within a
   team of the new round all other figures have the same coefficient for everybody with a valid
   answer; the paired change adds another one for those who are matched. So in each team it cannot
   vanish both for the matched and for the unmatched, and it involves at least as many people as
   the smaller of these two are, summed up over the teams: k, where ``paired_shown`` holds.
6. Where everybody who answered the item in either round is matched, the change of the item is the
   difference of the item's two means. Where this is so for all items of a dimension, the change is
   the difference of two published scores; where it is so for some, 5 holds for one of the others.
7. A combination without a paired change of the newest round is one of the rounds before, which hold
   by the same argument, and of the newest round's own figures, which have unknowns of their own.
   For this only the newest round's people are counted in 5. So it holds for a chain of any length,
   and where several rounds follow the same one.

It is not enough that those who are matched are k, and those who are not in both rounds together 0
or k: with a team of whom all but one are matched, and another of whom nobody is, the change minus
the first team's own difference would be about that one person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_GROUP = 5
LEAST_ITEMS = 8
LEAST_COMMENTS = 10
LEAST_RELIABILITY = 50


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


def comments_shown(people: int, thresholds: Thresholds) -> bool:
    """Say whether comments and reflections are shown; of everybody only, never of a team.

    Parameters
    ----------
    people
        Responses in the whole round, with or without a comment.

    Examples
    --------
    >>> comments_shown(9, Thresholds(5)), comments_shown(10, Thresholds(5))
    (False, True)
    >>> comments_shown(11, Thresholds(12))
    False
    """
    return people >= thresholds.comments


def reliability_shown(complete: int, others: Iterable[int], thresholds: Thresholds) -> bool:
    """Say whether the reliability of a dimension is shown; of everybody only, never of a team.

    Parameters
    ----------
    complete
        People who answered all items of the dimension.
    others
        How many people everybody's other figures of the dimension rest on: the valid answers of
        each item, and the persons with a score.

    Examples
    --------
    >>> [reliability_shown(60, [60, more], Thresholds(5)) for more in (60, 61, 64, 65)]
    [True, False, False, True]
    >>> reliability_shown(49, [49], Thresholds(5))
    False
    """
    apart = [people - complete for people in others]
    return complete >= LEAST_RELIABILITY and all(
        more == 0 or more >= thresholds.scores for more in apart
    )


@dataclass(frozen=True)
class Matched:
    """How many gave a valid answer to one item, of those who can be matched and of all.

    Attributes
    ----------
    teams
        A pair for each team of the new round: matched people, whose answer to the item is valid in
        both rounds; and all with a valid answer in the new round.
    before
        All with a valid answer in the old round.
    """

    teams: Sequence[tuple[int, int]]
    before: int


def paired_shown(items: Iterable[Matched], scored: int, k: int) -> bool:
    """Say whether the paired change of a dimension is shown; of everybody only, never of a team.

    Parameters
    ----------
    items
        Of each item of the dimension.
    scored
        Matched people with a score of the dimension in both rounds.
    k
        The larger of both rounds' score thresholds.

    Examples
    --------
    >>> paired_shown([Matched([(6, 12), (3, 5)], before=20)], 9, 5)
    True
    >>> paired_shown([Matched([(7, 8), (0, 8)], before=16)], 7, 5)
    False
    >>> paired_shown([Matched([(8, 8), (8, 8)], before=16)], 16, 5)
    True
    """
    return scored >= k and all(_apart(item) >= k or _all_matched(item, k) for item in items)


def _apart(item: Matched) -> int:
    """Give how many people a combination with the paired change is about at the least."""
    return sum(min(matched, valid - matched) for matched, valid in item.teams)


def _all_matched(item: Matched, k: int) -> bool:
    matched = sum(matched for matched, _ in item.teams)
    return matched >= k and matched == item.before == sum(valid for _, valid in item.teams)


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
