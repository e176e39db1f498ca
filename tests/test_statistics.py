"""Figures against scipy and pingouin, over random answers."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pingouin
import pytest
from scipy import stats

from checklist import scoring, statistics, sums
from checklist.questionnaire import Dimension, Questionnaire
from checklist.statistics import Floats
from checklist.sums import Sums
from tests.test_sums import cases

CLOSE = 1e-9


def close(expected: object) -> object:
    return pytest.approx(expected, rel=CLOSE, abs=CLOSE)


def groups(count: int) -> Iterator[tuple[Questionnaire, scoring.Codes, Sums]]:
    for asked, codes in cases(count, most=60):
        yield asked, codes, sums.sums(asked, codes)


def person_scores(asked: Questionnaire, codes: scoring.Codes) -> Floats:
    """The scores of all people, shape (people, dimensions)."""
    means = [
        scoring.person_means(codes[:, scoring.columns(asked, dim)], dim) for dim in asked.dimensions
    ]
    sizes = [dim.items[0].scale.size for dim in asked.dimensions]
    return np.array([scoring.pomp(m, k) for m, k in zip(means, sizes, strict=True)]).T


def keyed(asked: Questionnaire, codes: scoring.Codes, dim: Dimension) -> Floats:
    return scoring.keyed(codes[:, scoring.columns(asked, dim)], dim.items)


def counts(asked: Questionnaire, found: Sums, dim: Dimension) -> list[statistics.Counts]:
    return [
        found.tally[asked.items.index(item), 2 : 2 + item.scale.size].copy() for item in dim.items
    ]


def deviation(found: Sums, place: int) -> float:
    n = int(found.scored[place])
    return statistics.sd(n, float(found.total[place]), float(found.squares[place]))


def test_means_and_scores_are_numpys() -> None:
    for asked, codes, found in groups(150):
        for dim in asked.dimensions:
            here = scoring.columns(asked, dim)
            raw = np.where(codes[:, here] > 0, codes[:, here], np.nan)
            some = ~np.isnan(raw).all(axis=0)
            tallies = counts(asked, found, dim)
            means = [statistics.item_mean(c) for c in tallies]
            assert [np.isnan(mean) for mean in means] == (~some).tolist()
            np.testing.assert_allclose(
                np.array(means)[some], np.nanmean(raw[:, some], axis=0), rtol=CLOSE
            )
            pomps = [statistics.item_pomp(c, i) for c, i in zip(tallies, dim.items, strict=True)]
            values = keyed(asked, codes, dim)
            if some.all():
                size = dim.items[0].scale.size
                expected = 100 * (np.nanmean(values, axis=0).mean() - 1) / (size - 1)
                assert statistics.group_score(pomps) == close(expected)
            else:
                assert np.isnan(statistics.group_score(pomps))


def test_standard_deviation_is_numpys() -> None:
    for asked, codes, found in groups(200):
        for place, scores in enumerate(person_scores(asked, codes).T):
            valid = scores[~np.isnan(scores)]
            if len(valid) < 2:
                assert np.isnan(deviation(found, place))
            else:
                assert deviation(found, place) == close(np.std(valid, ddof=1))


def test_interval_is_the_t_interval_on_the_logit() -> None:
    seen = 0
    for asked, codes, found in groups(200):
        scores = person_scores(asked, codes)
        for place in range(len(asked.dimensions)):
            valid = scores[~np.isnan(scores[:, place]), place]
            n = len(valid)
            score = float(valid.mean()) if n else 50.0
            interval = statistics.score_interval(score, deviation(found, place), n)
            p = score / 100
            if n < 2 or np.ptp(valid) < CLOSE or p in (0, 1):
                assert interval is None
                continue
            centre, error = np.log(p / (1 - p)), stats.sem(valid) / 100 / (p * (1 - p))
            ends = stats.t.interval(0.95, n - 1, loc=centre, scale=error)
            assert interval == close(tuple(100 / (1 + np.exp(-np.array(ends)))))
            seen += 1
    assert seen > 200


def test_paired_p_is_scipys() -> None:
    seen = 0
    for asked, codes, found in groups(300):
        scores = person_scores(asked, codes)
        for a, b in zip(*np.triu_indices(len(asked.dimensions), 1), strict=True):
            both = ~np.isnan(scores[:, [a, b]]).any(axis=1)
            p = statistics.paired_p(
                int(found.paired[a, b]),
                float(found.difference[a, b]),
                float(found.difference_squares[a, b]),
            )
            if both.sum() < 2 or np.ptp(scores[both, a] - scores[both, b]) < CLOSE:
                assert np.isnan(p)
            else:
                assert p == close(stats.ttest_rel(scores[both, a], scores[both, b]).pvalue)
                seen += 1
    assert seen > 200


def test_holm_is_pingouins() -> None:
    for seed in range(300):
        rng = np.random.default_rng(seed)
        p_values = np.round(rng.random(rng.integers(1, 22)) ** 3, int(rng.integers(1, 9)))
        p_values[rng.random(len(p_values)) < 0.1] = np.nan
        valid = p_values[~np.isnan(p_values)]
        found = statistics.holm(p_values)
        assert np.isnan(found).tolist() == np.isnan(p_values).tolist()
        if len(valid):
            _, expected = pingouin.multicomp(valid, method="holm")
            np.testing.assert_allclose(found[~np.isnan(found)], expected, rtol=CLOSE)


def test_places_count_the_dimensions_that_pingouin_finds_lower() -> None:
    several = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        people, depth = int(rng.integers(3, 30)), int(rng.integers(1, 7))
        scores = rng.normal(rng.choice([30, 45, 60, 70], depth), 15, (people, depth))
        apart = scores[:, :, None] - scores[:, None, :]
        pairs = [(a, b) for a in range(depth) for b in range(a + 1, depth)]
        p_values = [stats.ttest_1samp(apart[:, a, b], 0).pvalue for a, b in pairs]
        adjusted = pingouin.multicomp(p_values, method="holm")[1] if pairs else []
        expected = [1] * depth
        for (a, b), p in zip(pairs, adjusted, strict=True):
            expected[a if apart[:, a, b].sum() > 0 else b] += int(p < 0.05)
        n = np.full((depth, depth), people)
        assert statistics.places(n, apart.sum(axis=0), (apart**2).sum(axis=0)) == expected
        several += max(expected) > 1
    assert several > 50


def test_average_deviation_is_that_of_the_answers() -> None:
    for asked, codes, found in groups(150):
        for dim in asked.dimensions:
            answers = [column[~np.isnan(column)] for column in keyed(asked, codes, dim).T]
            figure = statistics.average_deviation(counts(asked, found, dim))
            if all(len(column) for column in answers):
                each = [np.abs(column - column.mean()).mean() for column in answers]
                assert figure == close(np.mean(each))
            else:
                assert np.isnan(figure)


def test_alpha_is_pingouins_on_complete_cases_and_its_interval_scipys() -> None:
    seen = 0
    for asked, codes, found in groups(200):
        for place, dim in enumerate(asked.dimensions):
            here = scoring.columns(asked, dim)
            values = keyed(asked, codes, dim)
            whole = values[~np.isnan(values).any(axis=1)]
            n, k = len(whole), len(dim.items)
            assert n == found.complete[place]
            alpha = statistics.alpha(n, found.item_totals[here], found.item_products[here, here])
            if n < 2 or k < 2 or whole.sum(axis=1).var() < CLOSE:
                assert np.isnan(alpha)
                continue
            expected, rounded = pingouin.cronbach_alpha(pd.DataFrame(whole))
            assert alpha == close(expected)
            listwise, _ = pingouin.cronbach_alpha(pd.DataFrame(values), nan_policy="listwise")
            assert alpha == close(listwise)
            interval = statistics.alpha_interval(alpha, n, k)
            low, high = (stats.f.ppf(q, n - 1, (n - 1) * (k - 1)) for q in (0.975, 0.025))
            assert interval == close((1 - (1 - alpha) * low, 1 - (1 - alpha) * high))
            assert interval == pytest.approx(rounded, abs=6e-4)
            seen += 1
    assert seen > 100


def test_alphas_interval_counts_complete_cases_only_where_pingouin_counts_all() -> None:
    answers = np.array([[1, 2], [2, 2], [3, 4], [4, 4], [5, 5], [2, 3], [4, 5]], dtype=float)
    with_gaps = np.vstack([answers, [[1, np.nan]] * 20])
    alpha = statistics.alpha(7, answers.sum(axis=0), answers.T @ answers)
    ours = statistics.alpha_interval(alpha, 7, 2)
    _, complete = pingouin.cronbach_alpha(pd.DataFrame(answers))
    _, too_narrow = pingouin.cronbach_alpha(pd.DataFrame(with_gaps), nan_policy="listwise")
    assert ours == pytest.approx(complete, abs=6e-4)
    assert too_narrow[1] - too_narrow[0] < 0.6 * (ours[1] - ours[0])


def test_item_rest_correlation_is_scipys() -> None:
    seen = 0
    for asked, codes, found in groups(200):
        for place, dim in enumerate(asked.dimensions):
            here = scoring.columns(asked, dim)
            values = keyed(asked, codes, dim)
            whole = values[~np.isnan(values).any(axis=1)]
            figures = statistics.item_rest(
                int(found.complete[place]), found.item_totals[here], found.item_products[here, here]
            )
            for number, figure in enumerate(figures):
                own, rest = whole[:, number], np.delete(whole, number, axis=1).sum(axis=1)
                if len(whole) < 2 or not own.var() or not rest.var():
                    assert np.isnan(figure)
                else:
                    assert figure == close(stats.pearsonr(own, rest).statistic)
                    seen += 1
    assert seen > 300
