"""Sums of a group: against a slow and obvious count, and by their properties."""

from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from checklist import scoring, statistics, sums
from checklist.questionnaire import Dimension, Questionnaire, Scale
from checklist.sums import Sums
from tests.samples import dimension, item, questionnaire, words

Person = list[int]


def scale(size: int) -> Scale:
    labels = tuple(str(n) for n in range(size))
    return Scale(f"of-{size}", words("?"), {"de": labels, "en": labels})


def random_questionnaire(rng: np.random.Generator) -> Questionnaire:
    def one(number: int) -> Dimension:
        here = scale(int(rng.integers(2, 10)))
        turned = rng.random(rng.integers(1, 6)) < 0.4
        items = (item(f"i{number}-{n}", reverse=r, scale=here) for n, r in enumerate(turned))
        return dimension(f"d{number}", *items)

    return questionnaire(*(one(number) for number in range(rng.integers(1, 5))))


def random_answers(asked: Questionnaire, people: int, rng: np.random.Generator) -> scoring.Codes:
    size = np.array([item.scale.size for item in asked.items])
    codes = rng.integers(1, size + 1, (people, len(size)))
    codes[rng.random(codes.shape) < rng.choice([0.0, 0.1, 0.5])] = scoring.LEFT_OPEN
    codes[rng.random(codes.shape) < rng.choice([0.0, 0.1, 0.5])] = scoring.DID_NOT_OCCUR
    return codes.astype(np.int8)


def cases(count: int, most: int = 30) -> Iterator[tuple[Questionnaire, scoring.Codes]]:
    for seed in range(count):
        rng = np.random.default_rng(seed)
        asked = random_questionnaire(rng)
        yield asked, random_answers(asked, int(rng.integers(0, most)), rng)


def keyed(person: Person, dim: Dimension) -> list[int]:
    """The keyed answers that a person gave."""
    return [
        asked.scale.size + 1 - code if asked.reverse else code
        for code, asked in zip(person, dim.items, strict=True)
        if code > 0
    ]


def score(person: Person, dim: Dimension) -> Fraction | None:
    """A person's score as the design words it."""
    given = keyed(person, dim)
    asked = sum(code != scoring.DID_NOT_OCCUR for code in person)
    least = 1 if len(dim.items) == 1 else max(2, ceil(asked / 2))
    if len(given) < least:
        return None
    return 100 * (Fraction(sum(given), len(given)) - 1) / (dim.items[0].scale.size - 1)


def slow(asked: Questionnaire, codes: scoring.Codes) -> Sums:
    """Add up person by person, in fractions."""
    depth, width = len(asked.dimensions), len(asked.items)
    people: list[Person] = codes.tolist()
    tally = [[sum(p[i] == code for p in people) for code in range(-1, 10)] for i in range(width)]
    here = [scoring.columns(asked, dim) for dim in asked.dimensions]
    scores = [
        [score(p[place], dim) for place, dim in zip(here, asked.dimensions, strict=True)]
        for p in people
    ]
    by_dim = [[row[d] for row in scores if row[d] is not None] for d in range(depth)]
    apart = [
        [
            [a - b for row in scores if (a := row[x]) is not None and (b := row[y]) is not None]
            for y in range(depth)
        ]
        for x in range(depth)
    ]
    totals, products, complete = np.zeros(width), np.zeros((width, width)), []
    for place, dim in zip(here, asked.dimensions, strict=True):
        whole = [keyed(p[place], dim) for p in people if min(p[place]) > 0]
        complete.append(len(whole))
        for row in whole:
            totals[place] += row
            products[place, place] += np.outer(row, row)
    away = [[float(s) - 50 for s in column if s is not None] for column in by_dim]
    return Sums(
        people=len(people),
        tally=np.array(tally),
        scored=np.array([len(column) for column in away]),
        total=np.array([sum(column) for column in away]),
        squares=np.array([sum(x * x for x in column) for column in away]),
        lowest=np.array([min(column, default=np.inf) + 50 for column in away]),
        highest=np.array([max(column, default=-np.inf) + 50 for column in away]),
        paired=np.array([[len(cell) for cell in row] for row in apart]),
        difference=np.array([[float(sum(cell)) for cell in row] for row in apart]),
        difference_squares=np.array(
            [[float(sum(x * x for x in cell)) for cell in row] for row in apart]
        ),
        complete=np.array(complete),
        item_totals=totals,
        item_products=products,
    )


def assert_same(first: Sums, second: Sums, *, exactly: bool = False) -> None:
    for field in fields(Sums):
        ours, theirs = getattr(first, field.name), getattr(second, field.name)
        if exactly or np.asarray(ours).dtype.kind == "i":
            np.testing.assert_array_equal(ours, theirs, err_msg=field.name)
        else:
            np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-9, err_msg=field.name)


def test_all_sums_are_those_of_a_slow_count() -> None:
    for asked, codes in cases(250):
        assert_same(sums.sums(asked, codes), slow(asked, codes))


def test_scores_are_those_of_scoring() -> None:
    for asked, codes in cases(100):
        found = sums.sums(asked, codes)
        for place, dim in enumerate(asked.dimensions):
            here = scoring.columns(asked, dim)
            means = scoring.person_means(codes[:, here], dim)
            scores = scoring.pomp(means[~np.isnan(means)], dim.items[0].scale.size)
            assert found.scored[place] == len(scores)
            assert found.total[place] == pytest.approx((scores - sums.MIDDLE).sum(), abs=1e-9)
            assert found.lowest[place] == scores.min(initial=np.inf)
            assert found.highest[place] == scores.max(initial=-np.inf)


def test_people_are_taken_in_parts_and_nobody_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    for asked, codes in cases(40):
        whole = sums.sums(asked, codes)
        monkeypatch.setattr(sums, "AT_ONCE", 7)
        assert_same(sums.sums(asked, codes), whole, exactly=True)
        monkeypatch.undo()


def test_sums_of_two_groups_add_up_to_those_of_both() -> None:
    for asked, codes in cases(100):
        cut = len(codes) // 3
        parts = [sums.sums(asked, codes[:cut]), sums.sums(asked, codes[cut:])]
        assert_same(parts[0] + parts[1], sums.sums(asked, codes))
        assert_same(sums.together(asked, parts), sums.sums(asked, codes))


def test_nobody_adds_nothing() -> None:
    for asked, codes in cases(20):
        found = sums.sums(asked, codes)
        assert_same(found + sums.nobody(asked), found, exactly=True)
        assert_same(sums.together(asked, []), sums.nobody(asked), exactly=True)


def test_the_order_of_people_makes_no_difference_to_the_last_digit() -> None:
    for seed, (asked, codes) in enumerate(cases(60, most=400)):
        mixed = np.random.default_rng(seed).permutation(codes)
        assert_same(sums.sums(asked, mixed), sums.sums(asked, codes), exactly=True)


def test_turning_all_answers_round_mirrors_the_scores() -> None:
    for asked, codes in cases(100):
        top = np.array([item.scale.size + 1 for item in asked.items])
        turned = np.where(codes > 0, top - codes, codes).astype(np.int8)
        up, down = sums.sums(asked, codes), sums.sums(asked, turned)
        np.testing.assert_array_equal(up.scored, down.scored)
        np.testing.assert_allclose(up.total, -down.total, atol=1e-9)
        np.testing.assert_allclose(up.squares, down.squares, atol=1e-9)
        np.testing.assert_allclose(up.lowest, 100 - down.highest, atol=1e-9)
        np.testing.assert_allclose(up.difference, -down.difference, atol=1e-9)


def test_a_million_people_alike_have_no_spread_at_all() -> None:
    asked = questionnaire(
        dimension("a", *(item(f"a{n}") for n in range(3))),
        dimension("b", *(item(f"b{n}", scale=scale(8)) for n in range(7))),
        dimension("c", *(item(f"c{n}", reverse=True) for n in range(3))),
    )
    person = [3, 3, 1, 2, 3, 5, 8, 1, 1, 0, 3, 3, 5]  # 33.3…, 33.3…, and 33.3… again
    team = sums.sums(asked, np.array([person] * 5000, dtype=np.int8))
    everybody = sums.together(asked, [team] * 200)
    assert (everybody.scored == 1_000_000).all()
    for place in range(3):
        spread = (everybody.scored[place], everybody.total[place], everybody.squares[place])
        assert statistics.sd(*spread) == 0
    assert not everybody.difference[0, 2]
    assert not everybody.difference_squares[0, 2]
    apart = everybody.paired, everybody.difference, everybody.difference_squares
    assert np.isnan([statistics.paired_p(*(a[0, other] for a in apart)) for other in (1, 2)]).all()
    assert statistics.places(*apart) == [1, 1, 1]


def test_one_among_a_million_is_still_a_spread() -> None:
    asked = questionnaire(dimension("a", *(item(f"a{n}") for n in range(3))))
    alike, other = np.full((5000, 3), 5, dtype=np.int8), np.full((1, 3), 5, dtype=np.int8)
    other[0, 0] = 4
    found = sums.together(asked, [*[sums.sums(asked, alike)] * 200, sums.sums(asked, other)])
    n = int(found.scored[0])
    deviation = statistics.sd(n, float(found.total[0]), float(found.squares[0]))
    assert deviation == pytest.approx((25 / 3) / np.sqrt(n), rel=1e-4)


def test_a_long_dimension_on_a_long_scale() -> None:
    asked = questionnaire(
        dimension("long", *(item(f"i{n}", scale=scale(9), reverse=n % 3 == 0) for n in range(45)))
    )
    codes = random_answers(asked, 60, np.random.default_rng(5))
    assert_same(sums.sums(asked, codes), slow(asked, codes))


def test_any_view_of_a_matrix_will_do() -> None:
    asked, codes = next(pair for pair in cases(50) if len(pair[1]) > 10)
    text = "".join("-" if c == 0 else "." if c < 0 else str(c) for c in codes.ravel()).encode()
    expected = sums.sums(asked, codes)
    assert_same(sums.sums(asked, scoring.codes_of(text, codes.shape[1])), expected, exactly=True)
    assert_same(sums.sums(asked, np.asfortranarray(codes)), expected, exactly=True)


def test_an_answer_beyond_the_scale_is_an_error() -> None:
    asked = questionnaire(dimension("a", item("a1"), item("a2", scale=scale(5))))
    assert sums.sums(asked, np.array([[5, 5]], dtype=np.int8)).people == 1
    with pytest.raises(ValueError, match="scale"):
        sums.sums(asked, np.array([[5, 6]], dtype=np.int8))
