"""Keying, means and POMP: against hand-made examples and by their properties."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from checklist import scoring
from checklist.interview import Mark
from checklist.questionnaire import Dimension, Scale
from tests.samples import SAMPLE, dimension, item, response, words

A, B, C = SAMPLE.dimensions
codes = arrays(np.int8, st.tuples(st.integers(0, 6), st.just(3)), elements=st.integers(-1, 5))


def score(dim: Dimension, *rows: list[int]) -> list[float | None]:
    means = scoring.person_means(np.array(rows, dtype=np.int8), dim)
    return [None if math.isnan(mean) else float(mean) for mean in means]


def test_a_matrix_has_a_row_a_response_and_a_column_an_item_in_file_order() -> None:
    matrix = scoring.answers_matrix(
        SAMPLE, [response(a1=5, b2=Mark.DID_NOT_OCCUR, c2=Mark.LEFT_OPEN), response()]
    )
    assert matrix.tolist() == [[5, 0, 0, 0, -1, 0, 0, 0], [0] * 8]
    assert scoring.answers_matrix(SAMPLE, []).shape == (0, 8)


def test_columns_of_a_dimension() -> None:
    assert [scoring.columns(SAMPLE, dim) for dim in SAMPLE.dimensions] == [
        slice(0, 3),
        slice(3, 6),
        slice(6, 8),
    ]


def test_reverse_keyed_answers_are_turned_before_the_mean() -> None:
    assert score(A, [5, 4, 1]) == [14 / 3]
    assert score(C, [1, 2]) == [4.5]


@pytest.mark.parametrize(
    ("row", "scored"),
    [
        ([4, 0, 0], False),  # one answer is never enough
        ([4, 4, 0], True),
        ([4, -1, -1], False),  # one asked, one answered: two are needed
        ([4, 4, -1], True),
        ([0, 0, 0], False),
        ([-1, -1, -1], False),
    ],
)
def test_at_least_half_of_the_asked_and_two(row: list[int], scored: bool) -> None:
    assert (score(A, row) != [None]) is scored


def test_half_of_six_asked_are_three() -> None:
    six = dimension("six", *(item(f"i{n}") for n in range(6)))
    assert score(six, [3, 3, 0, 0, 0, 0]) == [None]
    assert score(six, [3, 3, 3, 0, 0, 0]) == [3.0]
    assert score(six, [3, 3, 0, 0, -1, -1]) == [3.0]


def test_a_dimension_of_one_item_needs_one_answer() -> None:
    one = dimension("one", item("only"))
    assert score(one, [2], [0], [-1]) == [2.0, None, None]


def test_pomp_of_a_published_example() -> None:
    # Cohen et al. (1999): a mean of 3 on a scale from 1 to 5 is 50 percent of the maximum possible.
    assert scoring.pomp(np.array([1.0, 3.0, 5.0]), 5).tolist() == [0.0, 50.0, 100.0]
    assert scoring.pomp(np.array([2.0]), 2).tolist() == [100.0]


@given(codes)
def test_keying_twice_is_identity(matrix: scoring.Codes) -> None:
    once = scoring.keyed(matrix, A.items)
    again = scoring.keyed(np.nan_to_num(once, nan=0).astype(np.int8), A.items)
    raw = np.where(matrix >= 1, matrix, np.nan).astype(float)
    np.testing.assert_array_equal(again, raw)


@given(codes)
def test_scores_stay_between_0_and_100(matrix: scoring.Codes) -> None:
    scores = scoring.pomp(scoring.person_means(matrix, A), 5)
    valid = scores[~np.isnan(scores)]
    assert ((valid >= 0) & (valid <= 100)).all()


@given(codes)
def test_one_person_is_scored_as_among_many(matrix: scoring.Codes) -> None:
    together = scoring.person_means(matrix, A)
    alone = [float(scoring.person_means(row[None, :], A)[0]) for row in matrix]
    np.testing.assert_array_equal(together, alone)


@given(st.integers(2, 9), st.data())
def test_turning_all_items_round_mirrors_the_score(size: int, data: st.DataObject) -> None:
    labels = tuple(str(n) for n in range(size))
    scale = Scale("s", words("?"), {"de": labels, "en": labels})
    row = data.draw(st.lists(st.integers(1, size), min_size=3, max_size=3))
    plain = dimension("p", *(item(f"i{n}", scale=scale) for n in range(3)))
    turned = dimension("t", *(item(f"i{n}", scale=scale, reverse=True) for n in range(3)))
    matrix = np.array([row], dtype=np.int8)
    up = scoring.pomp(scoring.person_means(matrix, plain), size)[0]
    down = scoring.pomp(scoring.person_means(matrix, turned), size)[0]
    assert up + down == pytest.approx(100)


@settings(deadline=None)
@given(st.integers(1, 4), st.lists(st.integers(-1, 9), max_size=40))
def test_stored_text_comes_back_as_the_matrix_it_was(width: int, flat: list[int]) -> None:
    matrix = np.array(flat[: len(flat) // width * width], dtype=np.int8).reshape(-1, width)
    text = "".join({0: "-", -1: "."}.get(code, str(code)) for code in matrix.ravel().tolist())
    codes = scoring.codes_of(text.encode("ascii"), width)
    assert codes.dtype == np.int8
    assert codes.shape == matrix.shape
    np.testing.assert_array_equal(codes, matrix)


def test_no_other_character_is_an_answer() -> None:
    for character in set(range(256)) - set(b"123456789-."):
        with pytest.raises(ValueError, match="no answer"):
            scoring.codes_of(b"12" + bytes([character]), 3)


def test_half_a_response_is_an_error() -> None:
    with pytest.raises(ValueError, match="whole responses of 3"):
        scoring.codes_of(b"1234", 3)
