from collections.abc import Mapping
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist import privacy
from checklist.privacy import (
    Plan,
    Sizes,
    Thresholds,
    Verdict,
    coarse,
    comments_shown,
    hide,
    plan,
    reliability_shown,
)
from checklist.scoring import columns, person_means
from tests.rounds_at_random import random_round

SHOWN, TOO_FEW, PROTECTED, NO_DATA = Verdict

sizes_by_team = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(0, 20))


def _one_item(by_team: Mapping[str, tuple[int, int]], k: int = 5) -> tuple[Plan, dict[str, Plan]]:
    """Plan a round of one item; by team: people and valid answers."""
    sizes = {t: Sizes(people, {"i": n}, {"d": n}) for t, (people, n) in by_team.items()}
    return plan(sizes, {"d": ["i"]}, Thresholds(k))


def _random(seed: int) -> tuple[dict[str, Sizes], dict[str, list[str]], Thresholds]:
    """Give the sizes of a random round."""
    round_, codes = random_round(Random(seed))
    questionnaire = round_.questionnaire
    teams = {
        team: Sizes(
            len(answers),
            {
                item.id: int((answers[:, place] > 0).sum())
                for place, item in enumerate(questionnaire.items)
            },
            {
                dim.id: int(
                    (~np.isnan(person_means(answers[:, columns(questionnaire, dim)], dim))).sum()
                )
                for dim in questionnaire.dimensions
            },
        )
        for team, answers in codes.items()
    }
    dimensions = {dim.id: [item.id for item in dim.items] for dim in questionnaire.dimensions}
    return teams, dimensions, Thresholds(round_.min_group)


def test_what_follows_from_k() -> None:
    assert [(t.scores, t.items, t.comments) for t in map(Thresholds, (5, 7, 9, 12))] == [
        (5, 8, 10),
        (7, 8, 10),
        (9, 9, 10),
        (12, 12, 12),
    ]


@given(st.integers(0, 100), st.integers(0, 100))
def test_the_coarse_count_never_falls_and_only_has_three_steps(one: int, more: int) -> None:
    steps = ["fewer-than-5", "5-or-more", "10-or-more"]
    assert steps.index(coarse(one)) <= steps.index(coarse(one + more))
    assert (coarse(one) == steps[0]) == (one < 5)
    assert (coarse(one) == steps[2]) == (one >= 10)


@given(sizes_by_team, st.integers(5, 12))
def test_hidden_teams_are_nobody_or_enough(sizes: dict[str, int], least: int) -> None:
    verdicts = hide(sizes, least)
    shown = [team for team in sizes if verdicts[team] is SHOWN]
    hidden = sum(size for team, size in sizes.items() if verdicts[team] is not SHOWN)
    assert all(sizes[team] >= least for team in shown)
    assert hidden == 0 or hidden >= least or not shown


@given(sizes_by_team, st.integers(5, 12))
def test_nobody_is_hidden_without_need(sizes: dict[str, int], least: int) -> None:
    verdicts = hide(sizes, least)
    protected = [team for team in sizes if verdicts[team] is PROTECTED]
    small = sum(size for size in sizes.values() if size < least)
    assert len(protected) == (0 < small < least and any(n >= least for n in sizes.values()))
    for team, size in sizes.items():
        assert (verdicts[team] is NO_DATA) == (size == 0)
        assert (verdicts[team] is TOO_FEW) == (0 < size < least)


@given(sizes_by_team, st.integers(5, 11), st.integers(1, 5), st.data())
def test_a_larger_threshold_never_shows_more(
    sizes: dict[str, int], least: int, more: int, data: st.DataObject
) -> None:
    """What is hidden for scores is hidden for items: the proof of P(k) needs it."""
    gone = data.draw(st.sets(st.sampled_from(sorted(sizes)))) if sizes else set()
    already = dict.fromkeys(gone, PROTECTED)
    low, high = hide(sizes, least, already), hide(sizes, least + more, already)
    assert {t for t in sizes if high[t] is SHOWN} <= {t for t in sizes if low[t] is SHOWN}


@given(st.integers(0, 10**6), st.integers(1, 7))
@settings(max_examples=60, deadline=None)
def test_a_larger_k_shows_no_figure_of_more_teams(seed: int, more: int) -> None:
    """Another team may be chosen to protect others, but never are more teams shown.

    What a larger k shows and a smaller k does not, the smaller one hid only to protect others.
    """
    teams, dimensions, low = _random(seed)
    _, wide = plan(teams, dimensions, low)
    everybody_wide, _ = plan(teams, dimensions, low)
    everybody, narrow = plan(teams, dimensions, Thresholds(low.k + more))
    for item in everybody.items:
        before = [wide[team].items[item] for team in teams]
        after = [narrow[team].items[item] for team in teams]
        assert after.count(SHOWN) <= before.count(SHOWN)
        assert all(
            b in (SHOWN, PROTECTED) for a, b in zip(after, before, strict=True) if a is SHOWN
        )
        assert everybody.items[item] is not SHOWN or everybody_wide.items[item] is SHOWN
    for dim in dimensions:
        assert all(
            wide[team].dimensions[dim] in (SHOWN, PROTECTED)
            for team in teams
            if narrow[team].dimensions[dim] is SHOWN
        )


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_the_plan_depends_on_sizes_only_and_not_on_the_order_of_teams(seed: int) -> None:
    teams, dimensions, thresholds = _random(seed)
    backwards = dict(reversed(teams.items()))
    assert plan(teams, dimensions, thresholds) == plan(backwards, dimensions, thresholds)


@given(st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_what_a_shown_row_rests_on(seed: int) -> None:
    teams, dimensions, thresholds = _random(seed)
    everybody, plans = plan(teams, dimensions, thresholds)
    for name, sizes in teams.items():
        own = plans[name]
        shown_items = [item for item, verdict in own.items.items() if verdict is SHOWN]
        assert all(sizes.valid[item] >= thresholds.items for item in shown_items)
        assert all(everybody.items[item] is SHOWN for item in shown_items)
        for dim in (dim for dim, verdict in own.dimensions.items() if verdict is SHOWN):
            assert everybody.dimensions[dim] is SHOWN
            assert sizes.scored[dim] >= thresholds.scores
            assert all(sizes.valid[item] >= thresholds.scores for item in dimensions[dim])
        if own.group is not SHOWN:
            assert {*own.items.values(), *own.dimensions.values()} == {own.group}


@given(st.integers(0, 10**6))
@settings(max_examples=200, deadline=None)
def test_uncovered_cells_are_nobody_or_enough(seed: int) -> None:
    """The second step of the proof, cell by cell, and the fourth, about who left an item open."""
    teams, dimensions, thresholds = _random(seed)
    everybody, plans = plan(teams, dimensions, thresholds)
    for dim, items in dimensions.items():
        for item in items:
            if SHOWN not in (everybody.items[item], everybody.dimensions[dim]):
                continue
            open_ = [
                name
                for name in teams
                if SHOWN not in (plans[name].items[item], plans[name].dimensions[dim])
            ]
            valid = sum(teams[name].valid[item] for name in open_)
            people = sum(teams[name].people for name in open_)
            assert valid == 0 or valid >= thresholds.scores
            assert people == 0 or people >= thresholds.scores


def test_without_complementary_hiding_only_the_small_are_hidden() -> None:
    sizes = {team: Sizes(n, {"i": n}, {"d": n}) for team, n in (("A", 20), ("B", 9), ("C", 3))}
    _, plans = plan(sizes, {"d": ["i"]}, Thresholds(5), complementary=False)
    assert [plans[team].group for team in "ABC"] == [SHOWN, SHOWN, TOO_FEW]
    _, plans = plan(sizes, {"d": ["i"]}, Thresholds(5))
    assert [plans[team].group for team in "ABC"] == [SHOWN, PROTECTED, TOO_FEW]


def test_of_teams_alike_the_first_by_name_is_hidden() -> None:
    assert hide({"B": 6, "A": 6, "C": 2}, 5) == {"B": SHOWN, "A": PROTECTED, "C": TOO_FEW}


def test_an_item_is_hidden_of_a_team_that_is_shown() -> None:
    everybody, plans = _one_item({"A": (20, 20), "B": (12, 9), "C": (8, 6)})
    assert everybody == Plan(SHOWN, {"i": SHOWN}, {"d": SHOWN})
    assert plans["A"] == Plan(SHOWN, {"i": SHOWN}, {"d": SHOWN})
    assert plans["B"] == Plan(SHOWN, {"i": PROTECTED}, {"d": SHOWN})
    assert plans["C"] == Plan(SHOWN, {"i": TOO_FEW}, {"d": SHOWN})


def test_a_hidden_team_says_one_reason_for_everything() -> None:
    """Else its reasons would tell how many answered what."""
    _, plans = _one_item({"A": (20, 20), "B": (9, 0), "C": (3, 3)})
    assert plans["B"] == Plan(PROTECTED, {"i": PROTECTED}, {"d": PROTECTED})
    assert plans["C"] == Plan(TOO_FEW, {"i": TOO_FEW}, {"d": TOO_FEW})


@pytest.mark.parametrize(
    ("people", "reason"), [(0, NO_DATA), (1, TOO_FEW), (4, TOO_FEW), (5, SHOWN)]
)
def test_everybody_is_hidden_where_they_are_too_few(people: int, reason: Verdict) -> None:
    everybody, plans = _one_item({"A": (people, people), "B": (0, 0)})
    assert everybody.group is reason
    assert plans["A"].group is reason
    assert plans["B"].group is NO_DATA
    if reason is not SHOWN:
        assert everybody == Plan(reason, {"i": reason}, {"d": reason})


def test_why_a_dimension_is_hidden() -> None:
    """No data only where there is none, protected only where nothing else hides it."""

    def dimension(first: int, second: int, scored: int) -> Verdict:
        sizes = {"A": Sizes(9, {"i": first, "j": second}, {"d": scored})}
        return plan(sizes, {"d": ["i", "j"]}, Thresholds(5))[1]["A"].dimensions["d"]

    assert dimension(9, 9, 9) is SHOWN
    assert dimension(0, 0, 0) is NO_DATA
    assert dimension(9, 0, 9) is TOO_FEW
    assert dimension(9, 9, 0) is TOO_FEW
    assert dimension(9, 4, 9) is TOO_FEW
    sizes = {
        "A": Sizes(20, {"i": 20, "j": 20}, {"d": 20}),
        "B": Sizes(9, {"i": 9, "j": 9}, {"d": 9}),
        "C": Sizes(9, {"i": 9, "j": 2}, {"d": 9}),
    }
    _, plans = plan(sizes, {"d": ["i", "j"]}, Thresholds(5))
    assert [plans[team].dimensions["d"] for team in "ABC"] == [SHOWN, PROTECTED, TOO_FEW]


@given(st.integers(0, 40), st.integers(5, 20))
def test_comments_are_shown_of_ten_people_or_more(people: int, k: int) -> None:
    assert comments_shown(people, Thresholds(k)) == (people >= 10 and people >= k)


@given(st.integers(45, 55), st.lists(st.integers(0, 20)), st.integers(5, 12))
def test_reliability_rests_on_all_the_others_or_on_k_less(n: int, more: list[int], k: int) -> None:
    shown = reliability_shown(n, [n + each for each in more], Thresholds(k))
    assert shown == (n >= 50 and all(each == 0 or each >= k for each in more))


def test_the_reasons_are_those_of_the_contract() -> None:
    assert [str(verdict) for verdict in privacy.Verdict] == [
        "published",
        "too_few",
        "protected",
        "no_data",
    ]
