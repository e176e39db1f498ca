"""Differences of two scores against scipy and pingouin, at the edges, and as others print them."""

from math import gamma, isnan, pi, sqrt

import numpy as np
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from checklist import statistics
from checklist.statistics import Difference, Floats

CLOSE = 1e-9
NAN = float("nan")

SLEEP_A = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SLEEP_B = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
"""Hours of sleep gained by ten people with either drug: Student (1908), The probable error of a
mean, Biometrika 6, 1-25; the data set ``sleep`` that comes with R."""


def close(expected: object) -> object:
    return pytest.approx(expected, rel=CLOSE, abs=CLOSE)


def sd(values: Floats) -> float:
    return np.float64(np.std(values, ddof=1))


def of_groups(a: Floats, b: Floats) -> Difference:
    return statistics.welch(a.mean(), sd(a), len(a), b.mean(), sd(b), len(b))


def of_pairs(a: Floats, b: Floats) -> Difference:
    return statistics.paired((a - b).mean(), sd(a - b), len(a))


def cut(low: float, high: float) -> tuple[float, float]:
    return max(-100.0, low), min(100.0, high)


whole = st.integers(0, 100).map(float)
groups = st.lists(whole, min_size=2, max_size=40).map(np.array).filter(lambda a: np.ptp(a) > 0)
pairs = (
    st.lists(st.tuples(whole, whole), min_size=2, max_size=40)
    .map(np.array)
    .filter(lambda rows: np.ptp(rows[:, 0] - rows[:, 1]) > 0)
)


@settings(deadline=None)
@given(groups, groups)
def test_groups_differ_as_scipys_welch_says(a: Floats, b: Floats) -> None:
    found, expected = of_groups(a, b), stats.ttest_ind(a, b, equal_var=False)
    assert found.value == close(a.mean() - b.mean())
    assert found.df == close(expected.df)
    assert statistics.difference_p(found) == close(expected.pvalue)
    interval = expected.confidence_interval(0.95)
    assert statistics.difference_interval(found) == close(cut(interval.low, interval.high))


@settings(deadline=None)
@given(pairs)
def test_pairs_differ_as_scipys_paired_test_says(rows: Floats) -> None:
    a, b = rows.T
    found, expected = of_pairs(a, b), stats.ttest_rel(a, b)
    assert found.df == expected.df
    assert statistics.difference_p(found) == close(expected.pvalue)
    interval = expected.confidence_interval(0.95)
    assert statistics.difference_interval(found) == close(cut(interval.low, interval.high))


spreads = st.floats(0.01, 60)
many = st.integers(2, 30) | st.integers(2, 10**9)


@settings(deadline=None)
@given(whole, spreads | st.just(0.0), many, whole, spreads, many)
def test_any_number_of_people_and_one_side_alike(
    score_a: float, sd_a: float, n_a: int, score_b: float, sd_b: float, n_b: int
) -> None:
    found = statistics.welch(score_a, sd_a, n_a, score_b, sd_b, n_b)
    expected = stats.ttest_ind_from_stats(score_a, sd_a, n_a, score_b, sd_b, n_b, equal_var=False)
    assert statistics.difference_p(found) == close(expected.pvalue)
    if sd_a == 0:
        assert found.df == close(n_b - 1)
    turned = statistics.welch(score_b, sd_b, n_b, score_a, sd_a, n_a)
    assert turned == close((-found.value, found.error, found.df))


anything = st.sampled_from([0.0, 5e-324, 1e-200, 1e-9, 20.0, 50.0, NAN])
any_number = st.sampled_from([0, 1, 2, 3, 12, 10**9])


@settings(deadline=None, max_examples=300)
@given(whole | st.just(NAN), anything, any_number, whole, anything, any_number)
def test_a_test_can_be_made_where_there_is_an_interval(
    score_a: float, sd_a: float, n_a: int, score_b: float, sd_b: float, n_b: int
) -> None:
    apart = statistics.welch(score_a, sd_a, n_a, score_b, sd_b, n_b)
    same = statistics.paired(score_a - score_b, sd_a, n_a)
    for found in (apart, same):
        assert {type(figure) for figure in found} == {float}
        p, interval = statistics.difference_p(found), statistics.difference_interval(found)
        assert type(p) is float
        assert isnan(p) == (interval is None)
        if interval is not None:
            low, high = interval
            assert -100 <= low <= found.value <= high <= 100
            assert 0 <= p <= 1
        assert isnan(found.df) == (not found.error > 0)
    assert isnan(statistics.difference_p(apart)) == (
        min(n_a, n_b) < 2 or isnan(score_a + sd_a + sd_b) or apart.error == 0
    )


def test_numpys_numbers_come_back_as_pythons() -> None:
    a, b = SLEEP_A, SLEEP_B
    for found in (of_groups(a, b), of_pairs(a, b)):
        assert {type(figure) for figure in found} == {float}
        interval = statistics.difference_interval(found)
        assert interval is not None
        assert {type(end) for end in interval} == {float}
        assert type(statistics.difference_p(found)) is float
    assert type(statistics.hedges_g(np.float64(3), np.float64(5), 9, np.float64(4), 9)) is float


@pytest.mark.parametrize("value", [0.0, 25.0, -100.0])
def test_all_alike_there_is_neither_interval_nor_test(value: float) -> None:
    for found in (
        statistics.paired(value, 0.0, 8),
        statistics.welch(50.0 + value, 0.0, 8, 50.0, 0.0, 9),
        Difference(value, 0.0, 7.0),
    ):
        assert found[:2] == (value, 0.0)
        assert statistics.difference_interval(found) is None
        assert isnan(statistics.difference_p(found))
        assert statistics.verdicts([found], [statistics.difference_p(found)]) == ["unclear"]


@pytest.mark.parametrize("noise", [0.1 + 0.2 - 0.3, -3e-14, -0.0])
def test_rounding_is_no_difference(noise: float) -> None:
    for found in (
        statistics.welch(60.0 + noise, 20.0, 8, 60.0, 20.0, 8),
        statistics.paired(noise, 20.0, 8),
        statistics.paired(noise, 20.0, 1),
    ):
        assert str(found.value) == "0.0"
    assert statistics.paired(1e-6, 20.0, 8).value == 1e-6
    assert statistics.welch(60.0, 20.0, 8, 60.000001, 20.0, 8).value < 0


def test_two_people_a_side_reach_over_the_whole_scale() -> None:
    found = statistics.welch(80.0, 30.0, 2, 20.0, 30.0, 2)
    assert found.df == close(2)
    assert statistics.difference_interval(found) == (close(60 - 4.30265272991 * 30), 100.0)


table = st.lists(
    st.tuples(
        st.sampled_from([-5.0, 0.0, 5.0]),
        st.floats(0, 0.06) | st.floats(0, 1) | st.sampled_from([NAN, 0.05, 0.025, 0.05 / 3]),
    ),
    max_size=12,
)


def by_hand(values: list[float], p_values: list[float]) -> list[str]:
    """Holm as he words it: smallest first, and no further once one fails."""
    found = ["unclear"] * len(values)
    order = sorted((p, at) for at, p in enumerate(p_values) if not isnan(p))
    for step, (p, at) in enumerate(order):
        if not p * (len(order) - step) < 0.05:
            break
        found[at] = "up" if values[at] > 0 else "down"
    return found


@settings(deadline=None, max_examples=300)
@given(table)
def test_verdicts_are_holms(rows: list[tuple[float, float]]) -> None:
    # No difference is never a small p; a test of 0 gives 1.
    rows = [(value, p if value or isnan(p) else 1.0) for value, p in rows]
    values, p_values = [value for value, _ in rows], [p for _, p in rows]
    found = statistics.verdicts([Difference(value, 1.0, 9.0) for value in values], p_values)
    assert found == by_hand(values, p_values)
    valid = [p for p in p_values if not isnan(p)]
    if valid:
        # Where two orders of multiplying differ in the last digit, either answer is right.
        adjusted = pingouin.multicomp(valid, method="holm")[1]
        assume(not np.any(np.isclose(adjusted, 0.05, rtol=1e-12, atol=0)))
        clear = [verdict != "unclear" for verdict in found]
        assert [c for c, p in zip(clear, p_values, strict=True) if not isnan(p)] == (
            (adjusted < 0.05).tolist()
        )


def test_a_difference_has_a_verdict_of_its_own_only_in_its_table() -> None:
    row = statistics.paired(8.0, 12.0, 13)
    p = statistics.difference_p(row)
    assert 0.025 < p < 0.05
    assert statistics.verdicts([row], [p]) == ["up"]
    assert statistics.verdicts([row, row], [p, p]) == ["unclear", "unclear"]
    assert statistics.verdicts([row, row], [p, NAN]) == ["up", "unclear"]
    with pytest.raises(ValueError, match="zip"):
        statistics.verdicts([row], [p, p])


def slow_g(difference: float, sd_a: float, n_a: int, sd_b: float, n_b: int) -> float:
    """As Delacre et al. (2021) and Hedges (1981) print the formulas."""
    df = (
        (n_a - 1) * (n_b - 1) * (sd_a**2 + sd_b**2) ** 2
        / ((n_b - 1) * sd_a**4 + (n_a - 1) * sd_b**4)
    )  # fmt: skip
    j = gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2))
    return j * difference / sqrt((sd_a**2 + sd_b**2) / 2)


few = st.integers(3, 150)


@settings(deadline=None)
@given(st.floats(-100, 100), spreads, few, spreads | st.just(0.0), few)
def test_g_is_the_printed_formula(
    difference: float, sd_a: float, n_a: int, sd_b: float, n_b: int
) -> None:
    found = statistics.hedges_g(difference, sd_a, n_a, sd_b, n_b)
    assert found == close(slow_g(difference, sd_a, n_a, sd_b, n_b))
    assert statistics.hedges_g(-difference, sd_b, n_b, sd_a, n_a) == close(-found)


@pytest.mark.parametrize("n", [10, 50, 10**5, 10**9])
def test_g_of_many_people_is_hardly_corrected(n: int) -> None:
    """Against the first terms of the series of J."""
    df = 2 * (n - 1)
    series = 1 - 3 / (4 * df) - 7 / (32 * df**2) - 9 / (128 * df**3)
    assert statistics.hedges_g(20.0, 20.0, n, 20.0, n) == pytest.approx(
        series, rel=1e-15 + 1 / df**4
    )


@pytest.mark.parametrize(
    ("sd_a", "n_a", "sd_b", "n_b"),
    [
        (0.0, 9, 0.0, 9),
        (NAN, 9, 20.0, 9),
        (20.0, 9, NAN, 1),
        (20.0, 1, 20.0, 9),
        (20.0, 0, 20.0, 0),
        (20.0, 2, 0.0, 9),
    ],
)
def test_g_that_has_no_value(sd_a: float, n_a: int, sd_b: float, n_b: int) -> None:
    assert isnan(statistics.hedges_g(5.0, sd_a, n_a, sd_b, n_b))


def test_students_sleep_paired_as_r_prints_it() -> None:
    found = of_pairs(SLEEP_A, SLEEP_B)
    assert round(found.value / found.error, 4) == -4.0621
    assert found.df == 9
    assert round(statistics.difference_p(found), 6) == 0.002833
    interval = statistics.difference_interval(found)
    assert interval is not None
    assert [round(end, 7) for end in interval] == [-2.4598858, -0.7001142]


def test_students_sleep_as_two_groups_as_r_prints_it() -> None:
    found = of_groups(SLEEP_A, SLEEP_B)
    assert round(found.value / found.error, 4) == -1.8608
    assert round(found.df, 3) == 17.776
    assert round(statistics.difference_p(found), 5) == 0.07939
    interval = statistics.difference_interval(found)
    assert interval is not None
    assert [round(end, 7) for end in interval] == [-3.3654832, 0.2054832]


def test_g_as_borenstein_prints_it() -> None:
    """Means 103 and 100, sd 5.5 and 4.5, 50 people each: d = 0.5970, J = 0.9923, g = 0.5924.

    Borenstein, Hedges, Higgins & Rothstein (2009), Introduction to meta-analysis, chapter 4. With
    as many people on both sides their denominator is ours. Their J is an approximation on 98
    degrees of freedom, ours is exact on 94.3: .9920, so that the last printed digit of g is 3.
    """
    g = statistics.hedges_g(3.0, 5.5, 50, 4.5, 50)
    d = 3 / sqrt((5.5**2 + 4.5**2) / 2)
    assert round(d, 4) == 0.5970
    assert round(g / d, 3) == round(0.9923, 3)
    assert round(g, 3) == round(0.5924, 3)
    assert 0.9923 * d == pytest.approx(0.5924, abs=5e-5)


@pytest.mark.parametrize(("n", "j"), [(2, 1 / sqrt(pi)), (3, sqrt(2 / pi))])
def test_j_on_two_and_four_degrees_of_freedom(n: int, j: float) -> None:
    """Two equal spreads have 2 (n − 1) of them."""
    assert statistics.hedges_g(10.0, 10.0, n, 10.0, n) == close(j)
