"""Figures at the edges, by their properties, and as others have published them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist import statistics
from checklist.statistics import Counts, Floats
from tests.samples import item

NAN = float("nan")


def summed(answers: Floats) -> tuple[int, Floats, Floats]:
    """What ``alpha`` and ``item_rest`` take, from complete answers, shape (people, items)."""
    return len(answers), answers.sum(axis=0), answers.T @ answers


def tallied(answers: list[int], size: int = 5) -> Counts:
    return np.bincount(answers, minlength=size + 1)[1:]


@pytest.mark.parametrize(
    ("n", "alone"), [(0, [0.0, 0.0]), (1, [20.0, 400.0]), (1, [0.0, 0.0])], ids=str
)
def test_nobody_and_one_person_have_no_spread_to_tell(n: int, alone: list[float]) -> None:
    assert np.isnan(statistics.sd(n, *alone))
    assert np.isnan(statistics.paired_p(n, *alone))
    assert statistics.score_interval(60.0, NAN, n) is None


def test_two_people_have_a_spread_and_a_wide_interval() -> None:
    assert statistics.sd(2, 0.0, 2 * 25.0) == pytest.approx(50**0.5)
    # t(.975; 1) = 12.706, se = 0.05: the logit is 0 ± 12.706 · 0.05 / 0.25.
    assert statistics.score_interval(50.0, 50**0.5, 2) == pytest.approx((7.30, 92.70), abs=0.01)


@pytest.mark.parametrize("score", [0.0, 100.0])
def test_at_either_end_there_is_no_interval(score: float) -> None:
    assert statistics.score_interval(score, 5.0, 9) is None


def test_all_alike_there_is_no_interval() -> None:
    assert statistics.score_interval(62.5, 0.0, 9) is None


@pytest.mark.parametrize("each", [0.1, 1 / 3, 100 / 7, -50.0, 33.3333])
@pytest.mark.parametrize("n", [2, 3, 7, 1000])
def test_alike_is_exactly_zero_however_it_was_summed(each: float, n: int) -> None:
    assert statistics.sd(n, sum([each] * n), sum([each**2] * n)) == 0
    assert statistics.sd(n, n * each, n * each**2) == 0
    assert np.isnan(statistics.paired_p(n, sum([each] * n), n * each**2))


def test_equal_differences_are_no_clear_difference_and_no_test() -> None:
    n, ones = np.full((3, 3), 8), np.ones((3, 3))
    apart = np.array([[0.0, 25.0, 1.0], [-25.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])
    squares = np.array([[0.0, 625.0, 90.0], [625.0, 0.0, 90.0], [90.0, 90.0, 0.0]])
    assert statistics.places(n, 8 * apart, 8 * apart**2 * ones) == [1, 1, 1]
    assert statistics.places(n, 8 * apart, 8 * squares) == [1, 1, 1]


def test_an_item_without_any_answer() -> None:
    nothing, some = tallied([]), tallied([2, 4])
    assert np.isnan(statistics.item_mean(nothing))
    assert np.isnan(statistics.item_pomp(nothing, item("i", reverse=True)))
    assert np.isnan(statistics.group_score([50.0, statistics.item_pomp(nothing, item("i"))]))
    assert np.isnan(statistics.average_deviation([some, nothing]))
    assert statistics.bounds([50.0, NAN], [2, 0], 2) == (12.5, 87.5)
    assert np.isnan(statistics.bounds([50.0, NAN], [2, 0], 0)).all()


def test_alpha_needs_two_items_two_people_and_a_sum_that_varies() -> None:
    varied = np.array([[1.0, 2.0], [4.0, 5.0], [2.0, 1.0]])
    assert statistics.alpha(*summed(varied)) > 0
    assert np.isnan(statistics.alpha(*summed(varied[:, :1])))
    assert np.isnan(statistics.alpha(*summed(varied[:1])))
    assert np.isnan(statistics.alpha(*summed(varied[:0])))
    assert np.isnan(statistics.alpha(*summed(np.full((500_000, 2), 3.0))))
    assert np.isnan(statistics.alpha(*summed(np.array([[1.0, 5.0], [5.0, 1.0], [2.0, 4.0]]))))
    assert np.isnan(statistics.alpha_interval(NAN, 60, 3)).all()


def test_items_that_contradict_each_other_have_a_negative_alpha() -> None:
    assert statistics.alpha(*summed(np.array([[1.0, 5.0], [5.0, 1.0], [2.0, 3.0]]))) < -10


def test_item_rest_needs_items_and_rests_that_vary() -> None:
    assert np.isnan(statistics.item_rest(*summed(np.zeros((0, 3))))).all()
    assert np.isnan(statistics.item_rest(*summed(np.array([[1.0, 2.0, 3.0]])))).all()
    assert np.isnan(statistics.item_rest(*summed(np.array([[1.0], [2.0]])))).all()
    fixed = np.array([[1.0, 4.0, 2.0], [3.0, 4.0, 3.0], [2.0, 4.0, 5.0]])
    assert np.isnan(statistics.item_rest(*summed(fixed))).tolist() == [False, True, False]


def test_holm_of_nothing_and_of_what_could_not_be_tested() -> None:
    assert statistics.holm(np.array([])).tolist() == []
    assert statistics.holm(np.array([NAN, 0.02, NAN])).tolist()[1] == 0.02
    assert statistics.places(np.array([[4]]), np.zeros((1, 1)), np.zeros((1, 1))) == [1]


scores = st.floats(0, 100)


@settings(deadline=None)
@given(score=scores, spread=st.floats(1e-6, 60), n=st.integers(2, 10**6))
def test_an_interval_holds_its_score_and_stays_inside(score: float, spread: float, n: int) -> None:
    interval = statistics.score_interval(score, spread, n)
    if interval is not None:
        low, high = interval
        assert 0 <= low <= score + 1e-9
        assert score - 1e-9 <= high <= 100


@settings(deadline=None)
@given(score=st.floats(1, 99), spread=st.floats(0.1, 40), n=st.integers(2, 1000))
def test_turned_round_an_interval_is_mirrored(score: float, spread: float, n: int) -> None:
    up = statistics.score_interval(score, spread, n)
    down = statistics.score_interval(100 - score, spread, n)
    assert up is not None
    assert down is not None
    assert up == pytest.approx((100 - down[1], 100 - down[0]), abs=1e-9)


rows = st.integers(2, 9).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 40), min_size=size, max_size=size), min_size=1, max_size=6
    )
)


@settings(deadline=None)
@given(rows)
def test_turning_all_items_round_mirrors_score_and_bounds(tallies: list[list[int]]) -> None:
    plain = [np.array(row) for row in tallies]
    turned = [row[::-1] for row in plain]
    up = [100 * (statistics.item_mean(row) - 1) / (len(row) - 1) for row in plain]
    down = [100 * (statistics.item_mean(row) - 1) / (len(row) - 1) for row in turned]
    mirrored = pytest.approx(100 - statistics.group_score(up), nan_ok=True)
    assert statistics.group_score(down) == mirrored
    n = [int(row.sum()) for row in plain]
    low, high = statistics.bounds(up, n, 3)
    assert statistics.bounds(down, n, 3) == pytest.approx((100 - high, 100 - low))
    assert 0 <= low <= high <= 100
    assert statistics.average_deviation(turned) == pytest.approx(
        statistics.average_deviation(plain), nan_ok=True
    )


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1))
def test_a_reverse_keyed_item_is_mirrored(answers: list[int]) -> None:
    plain, turned = item("i"), item("i", reverse=True)
    pomp = statistics.item_pomp(tallied(answers), plain)
    assert pomp == pytest.approx(25 * (np.mean(answers) - 1))
    assert statistics.item_pomp(tallied(answers), turned) == pytest.approx(100 - pomp)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_bounds_hold_whatever_the_missing_heads_would_have_answered(missing: int) -> None:
    size, given_ = 3, [[1, 3, 2], [2, 2]]
    tallies = [tallied(answers, size) for answers in given_]

    def score(more: tuple[int, ...]) -> float:
        """``more``: an answer of each missing head to each item, 0 for none."""
        parts = np.array(more, dtype=int).reshape(2, missing)
        full = [tallied(a + [x for x in p if x], size) for a, p in zip(given_, parts, strict=True)]
        return statistics.group_score([100 * (statistics.item_mean(t) - 1) / 2 for t in full])

    possible = [score(more) for more in product(range(size + 1), repeat=2 * missing)]
    low, high = statistics.bounds(
        [100 * (statistics.item_mean(t) - 1) / 2 for t in tallies], [3, 2], missing
    )
    assert (low, high) == pytest.approx((min(possible), max(possible)))
    assert not missing or high - low > 10


def test_student_1908_the_sleep_of_ten_patients() -> None:
    # Biometrika 6, 20: additional hours of sleep by two drugs. R's documentation of t.test gives
    # t = -4.0621, df = 9, p-value = 0.002833 for these data, paired.
    first = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    second = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    apart = first - second
    p = statistics.paired_p(10, float(apart.sum()), float((apart**2).sum()))
    assert p == pytest.approx(0.002833, abs=5e-7)


def test_bland_and_altman_1997_alpha_of_the_mini_haq() -> None:
    # BMJ 314, 572: ten items with variances of 11.16 together, 77.44 of their sum; alpha is 0.95.
    covariance = np.full((10, 10), (77.44 - 11.16) / 90)
    np.fill_diagonal(covariance, 1.116)
    alpha = statistics.alpha(249, np.zeros(10), 248 * covariance)
    assert alpha == pytest.approx(10 / 9 * (1 - 11.16 / 77.44))
    assert round(alpha, 2) == 0.95


def test_alpha_of_ten_questions_as_pingouins_documentation_gives_it() -> None:
    # Data set "cronbach_alpha" (from real-statistics.com): 0.59172, interval 0.195 to 0.84.
    lines = """
        3224145143 5546351255 7535564336 2343322266 6556544467 1223425235 4335352124 2544372246
        6255516523 5246435317 4135253234 4423253423 5556233244 6555422146 4435531323
    """
    answers = np.array([[float(digit) for digit in line] for line in lines.split()])
    alpha = statistics.alpha(*summed(answers))
    assert alpha == pytest.approx(0.5917188485995826)
    assert statistics.alpha_interval(alpha, 15, 10) == pytest.approx((0.195, 0.84), abs=5e-4)


def test_alpha_of_complete_cases_as_r_gives_it() -> None:
    # Data set "cronbach_wide_missing" without its three incomplete rows; psych::alpha in R with
    # use = "complete.obs" gives 0.8016949, as pingouin's documentation says.
    lines = """
        11111111111 11111111010 11101101100 11111000100 11110010000
        11111000000 01011000010 11100000000 10010000000
    """
    answers = np.array([[float(digit) for digit in line] for line in lines.split()])
    assert statistics.alpha(*summed(answers)) == pytest.approx(0.8016949152542373)


def test_alphas_interval_as_the_r_package_statpsych_documents_it() -> None:
    # ci.cronbach(.05, .85, 7, 89): 0.7971254 to 0.8931436. Its second degrees of freedom are
    # n (k − 1), those of Feldt et al. (n − 1)(k − 1): with 89 people the fifth digit differs.
    interval = statistics.alpha_interval(0.85, 89, 7)
    assert interval == pytest.approx((0.7971254, 0.8931436), abs=1e-4)


def test_holm_of_the_four_hypotheses_in_wikipedia() -> None:
    # "Holm–Bonferroni method": at .05 hypotheses 1 and 4 are rejected, 2 and 3 are not.
    adjusted = statistics.holm(np.array([0.01, 0.04, 0.03, 0.005]))
    assert adjusted == pytest.approx([0.03, 0.06, 0.06, 0.02])


@pytest.mark.parametrize(("size", "limit"), [(5, 0.83), (7, 1.17), (9, 1.5)])
def test_burke_and_dunlap_2002_limit_of_similarity(size: int, limit: float) -> None:
    # Organizational Research Methods 5, 159-172: a sixth of the number of options.
    assert round(statistics.similarity_limit(size), 2) == limit


def test_at_the_very_edge_the_interval_is_the_whole_scale() -> None:
    assert statistics.score_interval(2.2e-309, 1.0, 2) == (0.0, 100.0)
