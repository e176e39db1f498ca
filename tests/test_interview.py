"""The interview as a state machine: every move, and what any sequence of moves keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.interview import Interview, Mark, Response, kept
from checklist.questionnaire import Item, Perspective, Reflection, Scale
from tests.samples import SAMPLE, dimension, item, questionnaire, words

ITEMS = [part.id for part in SAMPLE.asked]
MOVES = ("answer", "open", "not-occurred", "back", "forward", "comment", "review", "jump")


def at(place: int) -> Interview:
    return Interview(SAMPLE).jump(place)


def complete() -> Interview:
    interview = Interview(SAMPLE)
    for _ in SAMPLE.items:
        interview = interview.answer(4)
    return interview.reflect("so").reflect("")


def test_items_of_different_dimensions_alternate_and_reflections_come_last() -> None:
    assert ITEMS == ["a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3"]
    assert [step.id for step in Interview(SAMPLE).steps[-2:]] == ["open-0", "open-1"]


@pytest.mark.parametrize("perspective", ["observer", "lead"])
def test_reflections_are_for_those_who_answer_about_themselves(perspective: Perspective) -> None:
    assert Interview(SAMPLE, perspective).steps == SAMPLE.asked


def test_an_answer_is_kept_and_moves_on() -> None:
    interview = Interview(SAMPLE).answer(3)
    assert interview.response.answers == {"a1": 3}
    assert interview.current == SAMPLE.item("b1")


@pytest.mark.parametrize("option", [0, 6, -1])
def test_an_option_the_scale_does_not_have_is_refused(option: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Interview(SAMPLE).answer(option)


def test_marks_are_answers_of_their_own() -> None:
    interview = Interview(SAMPLE).leave_open().did_not_occur()
    assert interview.response.answers == {"a1": Mark.LEFT_OPEN, "b1": Mark.DID_NOT_OCCUR}


def test_forward_passes_only_what_was_answered() -> None:
    assert Interview(SAMPLE).forward().place == 0
    assert Interview(SAMPLE).answer(2).back().forward().place == 1


def test_back_from_the_first_item_stays() -> None:
    assert Interview(SAMPLE).back() == Interview(SAMPLE)


def test_all_steps_lead_to_the_review_and_a_reopened_one_back_to_it() -> None:
    done = complete()
    assert done.in_review
    assert done.current is None
    reopened = done.jump(2)
    assert reopened.current == SAMPLE.item("c1")
    changed = reopened.answer(1)
    assert changed.in_review
    assert changed.response.answers["c1"] == 1
    assert reopened.back() == done
    assert reopened.leave_open().in_review


def test_a_jump_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Interview(SAMPLE).jump(11)


def test_a_comment_stays_until_it_is_emptied_and_moves_nothing() -> None:
    interview = Interview(SAMPLE).comment("weil")
    assert interview.place == 0
    assert interview.comment_on(SAMPLE.asked[0]) == "weil"
    assert interview.comment("").response.comments == {}


def test_items_take_no_reflection_and_reflections_no_option() -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Interview(SAMPLE).reflect("…")
    with pytest.raises(ValueError):  # noqa: PT011
        at(8).answer(1)
    assert at(8).leave_open().response.reflections == {"open-0": ""}


def test_the_final_response_names_every_item_and_no_empty_text() -> None:
    final = Interview(SAMPLE).answer(5).jump(8).reflect("").reflect("mehr").final
    assert final.answers == {"a1": 5} | dict.fromkeys(set(ITEMS) - {"a1"}, Mark.LEFT_OPEN)
    assert final.reflections == {"open-1": "mehr"}


def test_resuming_goes_to_the_first_step_nothing_was_said_to() -> None:
    said = Response({"a1": 1, "c1": Mark.LEFT_OPEN})
    assert Interview.resumed(SAMPLE, "self", said).current == SAMPLE.item("b1")
    assert not Interview.resumed(SAMPLE, "self", said).reopened
    whole = complete().response
    assert Interview.resumed(SAMPLE, "self", whole).in_review


moves = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 10), st.text(max_size=5)))


def moved(interview: Interview, move: tuple[str, int, str]) -> Interview:
    name, number, text = move
    step = interview.current
    if name == "jump":
        return interview.jump(min(number, len(interview.steps)))
    if name in ("back", "forward", "review"):
        return {"back": interview.back, "forward": interview.forward, "review": interview.review}[
            name
        ]()
    if isinstance(step, Reflection):
        return interview.reflect(text)
    if not isinstance(step, Item):
        return interview
    if name == "answer":
        return interview.answer(number % 5 + 1)
    if name == "comment":
        return interview.comment(text)
    return interview.leave_open() if name == "open" else interview.did_not_occur()


@given(moves)
def test_no_sequence_of_moves_leaves_the_questionnaire_or_loses_an_answer(
    sequence: list[tuple[str, int, str]],
) -> None:
    interview = Interview(SAMPLE)
    for move in sequence:
        after = moved(interview, move)
        assert 0 <= after.place <= len(after.steps)
        assert set(interview.response.answers) <= set(after.response.answers)
        assert set(after.final.answers) == set(ITEMS)
        interview = after


@given(moves)
def test_going_back_and_forth_leaves_the_same_answers(
    sequence: list[tuple[str, int, str]],
) -> None:
    interview = Interview(SAMPLE)
    for move in sequence:
        interview = moved(interview, move)
    there = interview
    for _ in range(5):
        there = there.back()
    for _ in range(5):
        there = there.forward()
    assert there.response == interview.response


def test_a_new_version_keeps_what_still_fits() -> None:
    other = Scale("s", words("?"), {"de": ("nein", "ja"), "en": ("no", "yes")})
    new = questionnaire(
        dimension("a", item("a1"), item("a2", scale=other)),
        dimension("b", item("b1"), item("new")),
        reflections=1,
    )
    old = Response(
        {"a1": 4, "a2": 2, "b1": Mark.LEFT_OPEN, "c1": 3},
        {"a1": "weil", "c1": "weg"},
        {"open-0": "eins", "open-1": "zwei"},
    )
    response, lost = kept(SAMPLE, new, old)
    assert response == Response({"a1": 4, "b1": Mark.LEFT_OPEN}, {"a1": "weil"}, {"open-0": "eins"})
    assert set(lost) == {"a2", "c1"}
