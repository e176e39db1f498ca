"""A trainer's moves: where the room stands after each, and what none of them may do."""

from datetime import date, timedelta

import pytest

from checklist.workshop import moves
from checklist.workshop.agenda import MINUTES, PHASES
from checklist.workshop.stage import clock
from checklist.workshop.state import (
    MOST_ACTIONS,
    MOST_ITEMS,
    MOST_PROPOSALS,
    TURNS,
    Action,
    Cause,
    Workshop,
    place_of,
)
from tests.workshop_rooms import NOW, a_workshop

LATER = NOW + timedelta(minutes=5)
ACTION = Action("jemand anruft", "fragen wir nach", "KM", date(2026, 4, 1), "weniger Rückrufe")


def test_the_phases_are_ninety_minutes_without_the_check() -> None:
    assert PHASES[0].minutes == 0
    assert MINUTES == 90


def test_forward_goes_through_all_phases_once_the_round_is_closed() -> None:
    workshop = a_workshop("check")
    seen = [workshop.now.id]
    for _ in range(3):
        workshop = moves.forward(workshop, NOW)
        seen.append(workshop.now.id)
    workshop = moves.closed(workshop, LATER)
    seen.append(workshop.now.id)
    while (ahead := moves.forward(workshop, LATER)).phase != workshop.phase:
        workshop = ahead
        seen.append(workshop.now.id)

    assert seen == [phase.id for phase in PHASES]
    assert moves.forward(workshop, LATER) == workshop


def test_nothing_leads_past_the_answers_while_the_round_is_open() -> None:
    with pytest.raises(ValueError, match="open"):
        moves.forward(a_workshop("answer"), NOW)
    for phase in ("result", "reveal", "close"):
        with pytest.raises(ValueError, match="open"):
            moves.to_phase(a_workshop("warm-up"), place_of(phase), NOW)


def test_on_paper_the_round_is_open_while_sheets_are_typed_in() -> None:
    paper = moves.forward(a_workshop("answer", way="paper"), NOW)

    assert paper.now.id == "result"
    assert not paper.closed
    with pytest.raises(ValueError, match="open"):
        moves.forward(paper, NOW)


def test_back_into_the_answers_takes_none() -> None:
    workshop = moves.back(moves.closed(a_workshop("answer"), NOW), LATER)

    assert workshop.now.id == "answer"
    assert workshop.closed
    assert not workshop.answering
    assert moves.forward(workshop, LATER).now.id == "result"


def test_back_stays_at_the_first_phase() -> None:
    workshop = a_workshop("check")

    assert moves.back(workshop, NOW) == workshop


def test_the_clock_starts_with_the_first_phase_after_the_check() -> None:
    arrived = moves.forward(a_workshop("check"), NOW)
    warm = moves.forward(arrived, LATER)

    assert arrived.began == arrived.phase_began == NOW
    assert (warm.began, warm.phase_began) == (NOW, LATER)
    assert moves.back(warm, LATER).began == NOW
    assert moves.to_phase(warm, warm.phase, NOW) == warm


def test_a_rehearsal_takes_nothing_from_the_clock() -> None:
    rehearsed = moves.forward(moves.forward(a_workshop("check"), NOW), LATER)
    waiting = moves.to_phase(rehearsed, 0, LATER)
    arrived = moves.forward(waiting, LATER + timedelta(days=1))

    assert waiting.began is None
    assert arrived.began == LATER + timedelta(days=1)
    assert clock.left(arrived, arrived.began) == 5 * 60


def test_going_back_to_the_check_keeps_the_clock_of_a_room_that_has_answered() -> None:
    workshop = a_workshop("result", began=NOW, phase_began=NOW)
    there = moves.to_phase(moves.to_phase(workshop, 0, LATER), place_of("result"), LATER)

    assert there.began == NOW
    assert clock.left(there, LATER) == -60


def test_a_phase_that_is_come_back_to_has_what_was_left_of_it() -> None:
    warm = moves.forward(moves.forward(a_workshop("check"), NOW), NOW)
    peeked = moves.forward(warm, NOW + timedelta(minutes=2))
    again = moves.back(peeked, NOW + timedelta(minutes=3))

    assert clock.left(peeked, NOW + timedelta(minutes=3)) == 7 * 60
    assert clock.left(again, NOW + timedelta(minutes=4)) == 4 * 60
    assert clock.gone(again, NOW + timedelta(minutes=4)) == 4 * 60


def test_what_goes_by_in_a_pause_is_on_no_clock() -> None:
    running = moves.turn(moves.to_phase(a_workshop("causes"), 7, NOW), 0, NOW)
    paused = moves.paused(running, LATER)
    next_day = LATER + timedelta(days=1)
    again = moves.resumed(paused, next_day, timedelta())

    assert clock.gone(again, next_day) == again.turn_seconds(next_day) == 5 * 60
    assert clock.left(again, next_day) == 13 * 60
    assert again.paused is None
    killed = moves.resumed(running, next_day, timedelta(hours=1))
    assert killed.began == NOW + timedelta(hours=1)


def test_the_practice_clock_stops_with_the_phase() -> None:
    workshop = moves.turn(a_workshop("practice"), 1, NOW)
    assert (workshop.turn, workshop.turn_began) == (1, NOW)

    assert moves.forward(workshop, LATER).turn_began is None
    assert moves.turn(workshop, 99, None).turn == TURNS - 1
    assert moves.turn(workshop, -1, None).turn == 0


def test_answers_are_taken_in_one_phase_of_an_open_round_only() -> None:
    taking = [phase.id for phase in PHASES if a_workshop(phase.id, closed=False).answering]

    assert taking == ["answer"]
    assert not a_workshop("answer", closed=True).answering


def test_reached_holds_from_the_phase_on() -> None:
    assert a_workshop("reveal").reached("reveal")
    assert a_workshop("close").reached("reveal")
    assert not a_workshop("result").reached("reveal")


def test_items_are_released_one_after_the_other_up_to_the_review() -> None:
    workshop = a_workshop(together=True)
    paces = []
    for _ in range(4):
        paces.append(workshop.pace)
        workshop = moves.released(workshop, 2)

    assert paces == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("part", "parts", "there"), [(1, 3, 1), (3, 3, 2), (-1, 3, 0), (0, 0, 0), (5, 0, 0)]
)
def test_the_reveal_stays_between_its_ends(part: int, parts: int, there: int) -> None:
    assert moves.turned(a_workshop("reveal"), part, parts).part == there


def test_a_room_looks_at_three_items_each_once() -> None:
    looking = moves.looking_at(a_workshop("reveal"), ["a", "b", "a", "c", "d"])

    assert looking.items == ("a", "b", "c")
    assert len(looking.items) == MOST_ITEMS


def test_hands_are_noted_by_item_and_taken_away_again() -> None:
    workshop = moves.with_hands(a_workshop("reveal"), "a", [1, 0, 4])
    workshop = moves.with_hands(workshop, "b", [2, 2, 2])
    assert workshop.hands == {"a": (1, 0, 4), "b": (2, 2, 2)}

    assert moves.with_hands(workshop, "a", ()).hands == {"b": (2, 2, 2)}


def test_what_is_written_down_can_be_struck() -> None:
    workshop = a_workshop("causes")
    for text in ("a", "b", "c"):
        workshop = moves.with_cause(workshop, Cause("ours", text))
    workshop = moves.without_cause(workshop, 1)
    assert [cause.text for cause in workshop.causes] == ["a", "c"]

    for text in ("a", "b", "c"):
        workshop = moves.with_proposal(workshop, text)
    assert moves.without_proposal(workshop, 0).proposals == ("b", "c")


def test_proposals_are_few_and_stay_while_people_vote() -> None:
    workshop = a_workshop("decide")
    for number in range(MOST_PROPOSALS + 1):
        workshop = moves.with_proposal(workshop, str(number))
    assert len(workshop.proposals) == MOST_PROPOSALS

    voting = moves.voting(workshop, "open")
    assert moves.with_proposal(moves.without_proposal(voting, 0), "late") == voting


def test_a_tally_stands_only_while_the_vote_is_closed() -> None:
    workshop = moves.with_proposal(a_workshop("decide"), "a")
    closed = moves.voting(workshop, "closed", [3])

    assert closed.tally == (3,)
    assert moves.voting(closed, "open", [3]).tally == ()


def test_actions_are_at_most_three_and_can_be_reworded() -> None:
    workshop = a_workshop("agree")
    for _ in range(MOST_ACTIONS + 1):
        workshop = moves.with_action(workshop, ACTION)
    assert workshop.actions == (ACTION,) * MOST_ACTIONS

    other = Action("", "anders", "", date(2026, 5, 1), "")
    assert moves.with_action(workshop, other, 1).actions == (ACTION, other, ACTION)
    assert moves.without_action(workshop, 0).actions == (ACTION,) * (MOST_ACTIONS - 1)


def test_small_moves_change_one_thing() -> None:
    workshop = Workshop("QXRT", "key", "code")

    assert moves.by(workshop, "paper").way == "paper"
    assert moves.practising(workshop, "needs").topic == "needs"
    assert moves.meeting_again(workshop, date(2026, 5, 4)).follow_up == date(2026, 5, 4)
    assert moves.ended(workshop).ended
