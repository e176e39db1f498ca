"""A seat's moves: the interview they lead through, and what they refuse."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.interview import Interview, Mark, Step
from checklist.questionnaire import Item, Reflection
from checklist.workshop.seats import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Late,
    Plan,
    Seat,
    beginning,
    commented,
    in_team,
    is_released,
    moved,
    planning,
    speaking,
    tallied,
    voting,
)
from checklist.workshop.state import VOTES, Workshop
from tests.storing import QUESTIONNAIRE
from tests.workshop_rooms import a_workshop

ROOM = a_workshop()
STEPS: tuple[Step, ...] = (*QUESTIONNAIRE.asked, *QUESTIONNAIRE.reflections)
ITEM, LAST = QUESTIONNAIRE.asked[0].id, STEPS[-1].id
MOVES = [*"0123456789", "open", "not-occurred", "back", "forward", "show", "review", "", "nonsense"]
TEXTS = ["", "  ", "ein Satz", "x" * LONGEST_TEXT, "x" * (LONGEST_TEXT + 1), "halb \ud800"]

moves_made = st.tuples(
    st.sampled_from([*(step.id for step in STEPS), "unknown"]), st.sampled_from(MOVES)
)
texts_made = st.tuples(
    st.sampled_from([*(step.id for step in STEPS), "unknown"]), st.sampled_from(TEXTS)
)
made = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), moves_made),
        st.tuples(st.just("text"), texts_made),
    ),
    max_size=25,
)
rooms = st.sampled_from([ROOM, *(a_workshop(together=True, pace=pace) for pace in (1, 3, 6, 7))])


def seated(**changed: Any) -> Seat:
    return Seat(**{"id": "0" * 32, "language": "de", "team": "Verkauf", "begun": True, **changed})


def act(seat: Seat, workshop: Workshop, kind: str, step: str, said: str) -> Seat:
    move = moved if kind == "answer" else commented
    return move(seat, workshop, QUESTIONNAIRE, step, said)


def by_hand(interview: Interview, kind: str, step: str, said: str) -> Interview:
    """The same move on the pure interview, at the step where it was made."""
    if said == "review" and kind == "answer":
        return interview.review()
    place = [each.id for each in STEPS].index(step)
    there = interview if place == interview.place else interview.jump(place)
    if kind == "text":
        if len(said) > LONGEST_TEXT:
            raise ValueError(said)
        if isinstance(STEPS[place], Reflection):
            return there.reflect(said.strip())
        words = there.comment(said.strip()).response
        return replace(interview, response=words)
    moves = {
        "show": lambda: there,
        "back": there.back,
        "forward": there.forward,
        "open": there.leave_open,
        "not-occurred": there.did_not_occur,
    }
    return moves[said]() if said in moves else there.answer(int(said))


@given(made, rooms)
def test_any_moves_lead_where_the_pure_interview_leads(
    given_moves: list[tuple[str, tuple[str, str]]], workshop: Workshop
) -> None:
    seat = seated()
    interview = seat.interview(QUESTIONNAIRE)
    for kind, (step, said) in given_moves:
        try:
            after = act(seat, workshop, kind, step, said)
        except Late:
            assert workshop.together
            continue
        except ValueError:
            with pytest.raises(ValueError, match=r".*"):
                by_hand(interview, kind, step, said)
            continue
        interview = by_hand(interview, kind, step, said.replace("\ud800", "\ufffd"))
        assert after.interview(QUESTIONNAIRE) == interview
        assert after.changed == (seat.changed or after.response != seat.response)
        assert replace(after, changed=seat.changed) == replace(
            seat,
            response=interview.response,
            place=interview.place,
            reopened=interview.reopened,
        )
        seat = after
        assert 0 <= seat.place <= len(STEPS)
        assert not (seat.reopened and seat.place == len(STEPS))
        assert set(interview.final.answers) == {item.id for item in QUESTIONNAIRE.items}


@given(made, rooms)
def test_a_move_that_arrives_twice_does_what_it_says_once(
    given_moves: list[tuple[str, tuple[str, str]]], workshop: Workshop
) -> None:
    seat = seated()
    for kind, (step, said) in given_moves:
        try:
            seat = act(seat, workshop, kind, step, said)
        except (Late, ValueError):
            continue
        assert act(seat, workshop, kind, step, said) == seat


@given(made)
def test_nothing_is_said_to_what_has_not_been_released(
    given_moves: list[tuple[str, tuple[str, str]]],
) -> None:
    workshop = a_workshop(together=True, pace=2)
    seat = seated()
    for kind, (step, said) in given_moves:
        if kind == "answer":
            try:
                seat = act(seat, workshop, kind, step, said)
            except (Late, ValueError):
                continue
    assert set(seat.response.answers) <= {item.id for item in QUESTIONNAIRE.asked[:2]}
    assert is_released(ROOM, 5)


def test_a_review_waits_until_all_items_are_released() -> None:
    last = a_workshop(together=True, pace=len(QUESTIONNAIRE.items))
    with pytest.raises(Late):
        moved(seated(), last, QUESTIONNAIRE, ITEM, "review")

    after = moved(seated(), replace(last, pace=last.pace + 1), QUESTIONNAIRE, ITEM, "review")
    assert after.place == len(STEPS)


def test_answers_stand_as_they_were_given() -> None:
    seat = seated()
    for item, what in zip(QUESTIONNAIRE.asked, ["3", "open", "not-occurred"], strict=False):
        seat = moved(seat, ROOM, QUESTIONNAIRE, item.id, what)

    assert list(seat.response.answers.values()) == [3, Mark.LEFT_OPEN, Mark.DID_NOT_OCCUR]
    assert seat.place == 3
    assert seat.changed


@pytest.mark.parametrize(
    "workshop",
    [
        a_workshop("warm-up"),
        a_workshop("result"),
        a_workshop("answer", closed=True),
        a_workshop(way="paper"),
    ],
    ids=["before", "after", "closed", "paper"],
)
def test_answers_are_taken_only_while_the_room_answers(workshop: Workshop) -> None:
    with pytest.raises(Late):
        beginning(seated(), workshop)
    with pytest.raises(Late):
        moved(seated(), workshop, QUESTIONNAIRE, ITEM, "3")
    with pytest.raises(Late):
        commented(seated(), workshop, QUESTIONNAIRE, ITEM, "Wort")


def test_nothing_is_answered_before_the_notice_was_read() -> None:
    with pytest.raises(Late):
        moved(seated(begun=False), ROOM, QUESTIONNAIRE, ITEM, "3")
    with pytest.raises(Late):
        beginning(seated(begun=False, team=""), ROOM)

    assert beginning(seated(begun=False), ROOM).begun


def test_the_team_is_chosen_before_anything_is_said() -> None:
    assert in_team(seated(begun=False), "Dienst").team == "Dienst"
    with pytest.raises(Late):
        in_team(seated(), "Dienst")


@pytest.mark.parametrize("what", ["", "12", "٣", "²", "0", "6", "-1", "drei"])
def test_what_is_no_move_is_refused(what: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moved(seated(), ROOM, QUESTIONNAIRE, ITEM, what)


def test_a_comment_leaves_everyone_where_they_are() -> None:
    seat = moved(seated(), ROOM, QUESTIONNAIRE, ITEM, "3")
    after = commented(seat, ROOM, QUESTIONNAIRE, ITEM, "  warum  ")

    assert after.response.comments == {ITEM: "warum"}
    assert after.place == seat.place
    assert commented(after, ROOM, QUESTIONNAIRE, ITEM, " ").response.comments == {}
    assert commented(seated(), ROOM, QUESTIONNAIRE, LAST, "Zeit").place == len(STEPS)


def test_a_text_that_no_file_can_hold_is_mended() -> None:
    seat = commented(seated(), ROOM, QUESTIONNAIRE, ITEM, "halb \ud800")
    plan = planning(seated(), a_workshop("close"), Plan("\ud800", " dann ", ""))

    assert seat.response.comments == {ITEM: "halb \ufffd"}
    assert plan.plan == Plan("\ufffd", "dann", "")


def test_texts_have_an_end() -> None:
    commented(seated(), ROOM, QUESTIONNAIRE, ITEM, "x" * LONGEST_TEXT)
    with pytest.raises(ValueError, match="long"):
        commented(seated(), ROOM, QUESTIONNAIRE, ITEM, "x" * (LONGEST_TEXT + 1))
    planning(seated(), a_workshop("close"), Plan("x" * LONGEST_LINE))
    for part in ("when", "then", "partner"):
        with pytest.raises(ValueError, match="long"):
            planning(seated(), a_workshop("close"), Plan(**{part: "x" * (LONGEST_LINE + 1)}))


def test_a_plan_can_be_made_once_the_own_result_is_there() -> None:
    with pytest.raises(Late):
        planning(seated(), ROOM, Plan("", "dann"))

    assert planning(seated(), a_workshop("result"), Plan("", "dann")).plan.then == "dann"


def test_votes_are_given_while_the_room_votes() -> None:
    open_ = a_workshop("decide", voting="open", proposals=("a", "b", "c"))
    seat = voting(seated(), open_, [2, 0, 0])
    assert seat.votes == (0, 0, 2)
    assert voting(seat, open_, [1]).votes == (1,)

    for votes in ([0] * (VOTES + 1), [3], [-1]):
        with pytest.raises(ValueError, match=r".*"):
            voting(seat, open_, votes)
    for workshop in (replace(open_, voting="closed"), a_workshop("agree", voting="open")):
        with pytest.raises(Late):
            voting(seat, workshop, [0])


def test_votes_are_counted_by_proposal() -> None:
    workshop = a_workshop("decide", voting="open", proposals=("a", "b", "c"))

    assert tallied([seated(votes=(0, 0, 2)), seated(votes=(2,)), seated()], workshop) == (2, 0, 2)


def test_a_language_is_spoken_at_any_time() -> None:
    assert speaking(seated(), "en").language == "en"


def test_the_steps_are_of_both_kinds() -> None:
    assert {type(step) for step in STEPS} == {Item, Reflection}, "else nothing above says much"
