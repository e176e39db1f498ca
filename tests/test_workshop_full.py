"""A room that is full: how many seats there are, and whose is given to somebody else."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from checklist.rounds import Team
from checklist.workshop import moves
from checklist.workshop.desk import Full, most_seats
from checklist.workshop.ledger import Ledger
from checklist.workshop.page.rates import SPARE_JOINS, Joins
from checklist.workshop.room import Room
from checklist.workshop.seats import Late, Plan, beginning, in_team, planning, voting
from tests.phones import Phone
from tests.storing import TEAMS, a_round
from tests.workshop_rooms import KEY, a_room, a_workshop, begun, holding, one_team, run

SEATS = 4


def join(room: Room, number: int) -> list[str]:
    """Join one after the other."""
    return [run(room.join("de")) for _ in range(number)]


def there(room: Room, tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if room.seat(token) is not None]


@pytest.mark.parametrize(
    ("heads", "seats"),
    [((6,), 36), ((8,), 38), ((12,), 48), ((6, 8), 56), ((None,), 300), ((12, None), 300),
     ((250,), 1000), ((5000,), 2000)],
)  # fmt: skip
def test_seats_follow_how_many_people_there_are(
    tmp_path: Path, heads: Sequence[int | None], seats: int
) -> None:
    teams = tuple(Team(f"T{place}", number) for place, number in enumerate(heads))
    assert most_seats(teams) == seats
    with a_room(tmp_path, a_workshop(), a_round(teams=teams)) as room:
        assert room.most_seats == seats


def test_nobody_who_has_begun_loses_a_seat(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        room.most_seats = SEATS
        people = [begun(room) for _ in range(SEATS - 1)]
        for _ in range(20):
            newest = run(room.join("de"))
            assert there(room, [*people, newest]) == [*people, newest]
            assert room.counts.joined == SEATS
        run(room.act(newest, beginning))
        with pytest.raises(Full):
            run(room.join("de"))
        assert there(room, [*people, newest]) == [*people, newest]


def test_a_seat_with_a_plan_or_votes_is_kept_where_nobody_answers_on_the_page(
    tmp_path: Path,
) -> None:
    with a_room(tmp_path, a_workshop("decide", proposals=("Eins", "Zwei"))) as room:
        room.change(lambda now: moves.voting(now, "open"))
        room.most_seats = 3
        voter, planner, nobody = join(room, 3)
        run(room.act(voter, lambda seat, now: voting(seat, now, [1])))
        run(room.act(planner, lambda seat, now: planning(seat, now, Plan(when="es klingelt"))))
        for _ in range(5):
            join(room, 1)
        assert there(room, [voter, planner, nobody]) == [voter, planner]


def test_who_has_chosen_a_team_goes_after_those_who_have_not(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop(), a_round()) as room:
        room.most_seats = SEATS
        tokens = join(room, SEATS)
        for token in tokens[:2]:
            run(room.act(token, lambda seat, _: in_team(seat, TEAMS[0])))
        newest = join(room, 10)[-1]
        assert there(room, tokens[:2]) == tokens[:2]
        assert there(room, [newest]) == [newest]


def test_who_takes_many_seats_takes_them_from_themselves(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("check"), one_team()) as room:
        many = join(room, 200)
        assert room.counts.joined == room.most_seats == 38
        assert len(there(room, many)) == 38
        people = join(room, 5)
        assert len(there(room, people)) >= 3


def test_what_was_given_away_is_gone_from_the_disk_and_can_do_nothing(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        room.most_seats = 1
        old, new = join(room, 2)
        with pytest.raises(Late):
            run(room.act(old, beginning))
        with pytest.raises(Late):
            run(room.send(old, with_texts=False))
        run(room.act(new, beginning))
    ledger = Ledger(tmp_path / "ledger.db")
    try:
        assert [seat.begun for seat in ledger.seats.values()] == [True]
    finally:
        ledger.close()


def test_it_holds_where_all_come_at_once(tmp_path: Path) -> None:
    """They go to the disk together: a seat that one of them has taken another may get."""

    async def all_at_once(room: Room, go_on: Event) -> list[str]:
        joining = asyncio.gather(*(room.join("de") for _ in range(20)))
        await asyncio.sleep(0)  # all have said so
        go_on.set()
        return list(await joining)

    with a_room(tmp_path, a_workshop()) as room:
        room.most_seats = 3
        first = begun(room)
        reached, go_on = Event(), Event()
        held = room._ledger.submit(holding(reached, go_on))
        reached.wait()
        tokens = run(all_at_once(room, go_on))
        assert held.result()
        assert room.counts.joined == 3
        assert len(there(room, tokens)) == 2
        assert there(room, [first]) == [first]


# -- how quickly


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_300_people_behind_one_address_sit_down_at_once() -> None:
    joins = Joins(most_seats([Team("A")]), Clock())
    assert [joins.wait("192.0.2.7") for _ in range(300)] == [0] * 300


def test_one_phone_takes_a_room_full_of_seats_and_no_more_for_now() -> None:
    clock = Clock()
    joins = Joins(48, clock)
    assert sum(joins.wait("192.0.2.7") == 0 for _ in range(1000)) == 48 + SPARE_JOINS
    assert joins.wait("192.0.2.7") == 3
    assert joins.wait("192.0.2.8") == 0
    clock.now += 60
    assert sum(joins.wait("192.0.2.7") == 0 for _ in range(1000)) == 24


def test_many_addresses_take_two_rooms_full() -> None:
    joins = Joins(48, Clock())
    taken = sum(joins.wait(f"192.0.2.{number}") == 0 for number in range(1000))
    assert taken == 2 * (48 + SPARE_JOINS)


def test_who_sits_down_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop(), one_team()) as room:
        phone = Phone.at(room)
        for _ in range(room.most_seats + SPARE_JOINS):
            phone.cookie = ""
            assert phone.post("/join", key=KEY).status == 303
        phone.cookie = ""
        for _ in range(200):  # whoever knows neither key nor code uses up nothing
            assert phone.post("/join", key="wrong").status in (403, 429)
        waiting = phone.post("/join", key=KEY)
        assert (waiting.status, waiting["retry-after"]) == (429, "3")
        assert "nehmen sehr viele" in waiting.text
        assert f'value="{KEY}"' in waiting.text
