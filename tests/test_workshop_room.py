"""The room: seats, responses in the round, votes; and what a desk never gives away."""

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from checklist.errors import ChecklistError
from checklist.panel_words import derived, panel, read
from checklist.report import Report
from checklist.rounds import Comment, RoundResponse
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop.desk import Desk
from checklist.workshop.ledger import digest
from checklist.workshop.room import Counts, Room
from checklist.workshop.seats import Late, Seat, commented, voting
from checklist.workshop.state import Workshop
from tests.storing import QUESTIONNAIRE, TEAMS, a_round, rows_of
from tests.workshop_rooms import (
    DAY,
    NOW,
    SECONDS,
    a_room,
    a_workshop,
    answered,
    begun,
    holding,
    one_team,
    run,
    saying,
)

ITEM = QUESTIONNAIRE.asked[0].id
REPORT: Report = object()  # type: ignore[assignment]
"""The room passes it on as it is."""


def close_round(room: Room, day: date = DAY) -> Workshop:
    return room.close_round(day, lambda workshop: moves.closed(workshop, NOW))


def answers_in(folder: Path) -> list[str]:
    with closing(Store(folder / "rounds.db")) as store:
        return rows_of(store.responses.answers("QXRT", TEAMS[0]))


def texts_in(folder: Path) -> list[Comment]:
    with closing(Store(folder / "rounds.db")) as store:
        return store.responses.comments("QXRT")


def counted(folder: Path) -> int:
    with closing(Store(folder / "rounds.db")) as store:
        return store.responses.count("QXRT")


def send(room: Room, token: str, **how: Any) -> Seat:
    return run(room.send(token, **{"with_texts": True, **how}))


def test_who_joins_gets_a_seat_that_only_they_can_find(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("check")) as room:
        tokens = [run(room.join(language)) for language in ("de", "en", "de")]
        seats = [room.seat(token) for token in tokens]

        assert [seat.language for seat in seats if seat] == ["de", "en", "de"]
        assert len({seat.id for seat in seats if seat}) == len(set(tokens)) == 3
        assert room.seat("") is room.seat("somebody") is room.seat(digest(tokens[0])) is None
        assert room.counts == Counts(joined=3, begun=0, sent=0, voted=0, at_pace=0)


@pytest.mark.parametrize(("round_", "team"), [(one_team(), TEAMS[0]), (a_round(), "")])
def test_a_team_is_only_chosen_where_there_are_several(
    tmp_path: Path, round_: Any, team: str
) -> None:
    with a_room(tmp_path, a_workshop(), round_) as room:
        seat = room.seat(run(room.join("de")))
        assert seat is not None
        assert seat.team == team


def test_a_move_that_fails_leaves_the_seat_as_it_was(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        answered(room, token, "3")
        before = room.seat(token)
        for step, what in (("unknown", "3"), (ITEM, "9"), (ITEM, "x")):
            with pytest.raises(ValueError, match=r".*"):
                run(room.act(token, saying(step, what)))
        with pytest.raises(Late):
            run(room.act("nobody", saying(ITEM, "3")))
        assert room.seat(token) == before

        close_round(room)
        with pytest.raises(Late):
            run(room.act(token, saying(ITEM, "4")))
        after = room.seat(token)
        assert after is not None
        assert before is not None
        assert after.response == before.response


def test_a_response_reaches_the_round_as_it_was_given(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        answered(room, token, "31")
        run(room.act(token, lambda s, w: commented(s, w, QUESTIONNAIRE, ITEM, "mein Wort")))
        seat = send(room, token)
        assert (seat.counts, seat.changed, seat.rev) == (True, False, 1)
        assert room.seat(token) == seat
        close_round(room)

    first, second = (each.id for each in QUESTIONNAIRE.asked[:2])
    given = "".join({first: "3", second: "1"}.get(item.id, "-") for item in QUESTIONNAIRE.items)
    assert answers_in(tmp_path) == [given]
    assert texts_in(tmp_path) == [Comment("item", ITEM, "mein Wort")]


def test_texts_stay_at_home_where_somebody_wants_that(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        run(room.act(token, lambda s, w: commented(s, w, QUESTIONNAIRE, ITEM, "mein Wort")))
        send(room, token, with_texts=False)
        close_round(room)
        seat = room.seat(token)
        assert seat is not None
        assert seat.response.comments == {ITEM: "mein Wort"}, "they keep their own"

    assert texts_in(tmp_path) == []


def test_sending_twice_is_one_response_the_last(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        for answer in "345":
            answered(room, token, answer)
            send(room, token)
            assert counted(tmp_path) == 1
        run(room.act(token, saying(ITEM, "2")))
        seat = room.seat(token)
        assert seat is not None
        assert (seat.changed, seat.rev) == (True, 3)
        close_round(room)

    [answers] = answers_in(tmp_path)
    assert answers.replace("-", "") == "5"


def test_sending_at_once_from_many_phones_loses_none(tmp_path: Path) -> None:
    async def all_at_once(room: Room, tokens: list[str]) -> list[Seat]:
        twice = [*tokens, *tokens]
        return await asyncio.gather(*(room.send(token, with_texts=True) for token in twice))

    with a_room(tmp_path, a_workshop()) as room:
        tokens = [begun(room) for _ in range(10)]
        sent = run(all_at_once(room, tokens))
        assert sorted(seat.rev for seat in sent) == [1] * 10 + [2] * 10
        close_round(room)

    assert len(answers_in(tmp_path)) == 10


def test_what_is_sent_at_once_goes_to_the_store_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[int] = []
    together = Store.together

    def noted(store: Store) -> AbstractContextManager[None]:
        began.append(1)
        return together(store)

    async def all_at_once(room: Room, tokens: list[str]) -> list[Seat | BaseException]:
        sending = [asyncio.ensure_future(room.send(each, with_texts=True)) for each in tokens]
        await asyncio.sleep(0)  # now all of them wait
        go_on.set()
        return await asyncio.gather(*sending, return_exceptions=True)

    reached, go_on = Event(), Event()
    monkeypatch.setattr(Store, "together", noted)
    with a_room(tmp_path, a_workshop()) as room:
        tokens = [begun(room) for _ in range(5)]
        run(room.act(tokens[2], lambda seat, _: replace(seat, team="Niemand")))
        held = room._ledger.submit(holding(reached, go_on))
        assert reached.wait(SECONDS)
        sent = run(all_at_once(room, tokens))
        held.result(SECONDS)
        assert [isinstance(each, Seat) and each.counts for each in sent] == [
            True, True, False, True, True,
        ]  # fmt: skip
        assert isinstance(sent[2], ChecklistError)
        assert len(began) == 1
    assert counted(tmp_path) == 4


def test_a_store_that_fails_in_the_end_is_told_to_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def failing(_: Store) -> Iterator[None]:
        yield
        raise ChecklistError("store-full", file="rounds.db")

    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        with monkeypatch.context() as patch:
            patch.setattr(Store, "together", failing)
            with pytest.raises(ChecklistError) as told:
                send(room, token)
            assert told.value.code == "store-full"
        seat = room.seat(token)
        assert seat is not None
        assert not seat.counts
        assert send(room, token).counts
    assert counted(tmp_path) == 1


@pytest.mark.parametrize("withdrawing", [False, True])
def test_a_kill_between_the_store_and_the_ledger_doubles_nothing(
    tmp_path: Path, withdrawing: bool
) -> None:
    copy = tmp_path / "before.db"
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        if withdrawing:
            send(room, token)
    shutil.copy(tmp_path / "ledger.db", copy)
    with a_room(tmp_path) as room:
        for answer in "34":  # several times, as after several kills
            answered(room, token, answer)
            if withdrawing:
                run(room.withdraw(token))
            send(room, token)

    shutil.copy(copy, tmp_path / "ledger.db")
    with a_room(tmp_path) as room:
        seat = room.seat(token)
        assert seat is not None
        assert seat.rev == withdrawing
        answered(room, token, "5")
        if withdrawing:
            run(room.withdraw(token))
            assert counted(tmp_path) == 0
        after = send(room, token)
        assert after.rev > 2
        assert counted(tmp_path) == 1
        close_round(room)

    [answers] = answers_in(tmp_path)
    assert answers.replace("-", "") == "5"


def test_after_a_kill_seats_and_store_agree_on_what_counts(tmp_path: Path) -> None:
    copy = tmp_path / "before.db"
    with a_room(tmp_path, a_workshop()) as room:
        sent, unsure, idle, back = (begun(room) for _ in range(4))
        send(room, sent)
        send(room, back)
    shutil.copy(tmp_path / "ledger.db", copy)
    with a_room(tmp_path) as room:
        send(room, unsure)
        run(room.withdraw(back))
        assert counted(tmp_path) == 2

    shutil.copy(copy, tmp_path / "ledger.db")
    with a_room(tmp_path) as room:
        assert room.elsewhere() == 0
        room.reconcile()
        assert counted(tmp_path) == 1, "only what a phone was told of"
        seats = [room.seat(each) for each in (sent, unsure, idle, back)]
        assert [seat is not None and seat.counts for seat in seats] == [True, False, False, False]
        assert seats[2] is not None
        assert seats[2].rev == 0, "who never sent anything is left alone"
        send(room, unsure)
        send(room, back)
        assert counted(tmp_path) == 3


def test_a_locked_store_is_waited_for_once_and_holds_up_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []

    @contextmanager
    def busy(_: Store) -> Iterator[None]:
        waited.append(1)
        raise ChecklistError("store-busy", file="rounds.db")
        yield

    with a_room(tmp_path, a_workshop()) as room:
        tokens = [begun(room) for _ in range(5)]
        monkeypatch.setattr(Store, "together", busy)

        async def at_once() -> list[Any]:
            held = Event()
            room._ledger.submit(lambda _: held.wait(SECONDS))
            sending = [
                asyncio.ensure_future(room.send(token, with_texts=False)) for token in tokens
            ]
            answering = asyncio.ensure_future(room.act(tokens[0], lambda seat, _: seat))
            await asyncio.sleep(0)
            held.set()
            return await asyncio.gather(*sending, answering, return_exceptions=True)

        *refused, kept = run(at_once())
        assert [getattr(error, "code", "") for error in refused] == ["store-busy"] * 5
        assert isinstance(kept, Seat)
        assert len(waited) == 1


def test_a_room_follows_a_round_that_was_closed_elsewhere(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        with closing(Store(tmp_path / "rounds.db")) as store:
            store.rounds.close(room.round.code, DAY)
        before = room.version
        with pytest.raises(Late):
            send(room, token)
        assert room.workshop.closed
        assert room.version != before


def test_a_response_can_be_taken_back_while_the_round_is_open(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        with pytest.raises(Late):
            run(room.withdraw(token))
        send(room, token, compared="de")
        seat = run(room.withdraw(token))
        assert (seat.counts, seat.compared, seat.rev) == (False, "", 2)
        assert counted(tmp_path) == 0
        with pytest.raises(Late):
            run(room.withdraw(token))
        send(room, token)
        assert counted(tmp_path) == 1

        close_round(room)
        with pytest.raises(Late):
            run(room.withdraw(token))
    assert len(answers_in(tmp_path)) == 1


def test_nothing_is_sent_before_beginning_or_from_nowhere(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = run(room.join("de"))
        for who in (token, "nobody"):
            with pytest.raises(Late):
                send(room, who)
        with pytest.raises(Late):
            run(room.withdraw("nobody"))
    assert counted(tmp_path) == 0


@pytest.mark.parametrize("state", [{"phase": 2}, {"closed": True}])
def test_nothing_is_sent_while_the_room_does_not_answer(
    tmp_path: Path, state: dict[str, Any]
) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        room.change(lambda workshop: replace(workshop, **state))
        with pytest.raises(Late):
            send(room, token)
    assert counted(tmp_path) == 0


def test_nothing_is_sent_after_the_round_s_last_day(tmp_path: Path) -> None:
    day = [DAY]
    with a_room(tmp_path, a_workshop(), one_team(until=DAY), lambda: day[0]) as room:
        token = begun(room)
        send(room, token)
        day[0] = DAY + timedelta(days=1)
        with pytest.raises(Late):
            send(room, token)
        seat = room.seat(token)
        assert seat is not None
        assert (seat.rev, seat.counts) == (1, True)


def test_a_round_that_somebody_else_has_closed_takes_nothing(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        with closing(Store(tmp_path / "rounds.db")) as store:
            store.rounds.close("QXRT", DAY)
        with pytest.raises(Late):
            send(room, token)
        seat = room.seat(token)
        assert seat is not None
        assert not seat.counts


def test_a_store_that_fails_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        (tmp_path / "rounds.db").rename(tmp_path / "away.db")
        with pytest.raises(ChecklistError, match="no-store"):
            send(room, token)
        seat = room.seat(token)
        assert seat is not None
        assert not seat.counts

        (tmp_path / "away.db").rename(tmp_path / "rounds.db")
        assert send(room, token).counts
    assert counted(tmp_path) == 1


def test_words_link_rounds_and_are_not_kept(tmp_path: Path) -> None:
    brought = read("Ahorn Laterne")
    with a_room(tmp_path, a_workshop()) as room:
        tokens = [begun(room) for _ in range(3)]
        words = [room.words(tokens[0], "de"), brought]
        send(room, tokens[0], compared="de")
        send(room, tokens[1], compared="own", words=brought)
        send(room, tokens[2])
        close_round(room)

    assert words[0] == derived("de", tokens[0])
    assert room.words(tokens[0], "") == room.words(tokens[0], "own") == ""
    with closing(Store(tmp_path / "rounds.db")) as store:
        found = sorted(store.responses.panels("QXRT", TEAMS[0]))
    assert found == sorted(["", *(panel(each, "series-1") for each in words)])
    for file in ("ledger.db", "rounds.db"):
        data = (tmp_path / file).read_bytes().lower()
        assert not any(word.encode() in data for each in words for word in each.split())
        assert not any(token.encode().lower() in data for token in tokens)


def test_closing_drops_what_leads_to_a_response(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        tokens = [begun(room) for _ in range(3)]
        ids = [seat.id for seat in map(room.seat, tokens) if seat]
        for token in tokens:
            answered(room, token, "3")
            send(room, token)
        workshop = close_round(room)

        assert (workshop.now.id, workshop.closed) == ("result", True)
        assert room.workshop == workshop
        assert room.round.closed_on == DAY
        seats = [seat for seat in map(room.seat, tokens) if seat]
        assert [seat.id for seat in seats] == [""] * 3
        assert all(seat.response.answers == {ITEM: 3} for seat in seats), "their own result stays"
        with pytest.raises(Late):
            send(room, tokens[0])

    data = (tmp_path / "ledger.db").read_bytes()
    assert len(ids) == 3
    assert not any(each.encode() in data for each in ids)


def test_the_room_follows_where_the_store_is_closed_already(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        with closing(Store(tmp_path / "rounds.db")) as store:
            store.rounds.close("QXRT", DAY)
        workshop = close_round(room, DAY + timedelta(days=1))

        assert workshop.closed
        assert room.round.closed_on == DAY, "as the store has it"
        seat = room.seat(token)
        assert seat is not None
        assert seat.id == ""


def test_a_round_that_cannot_be_closed_leaves_the_room_where_it_is(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        version = room.version
        token = begun(room)
        (tmp_path / "rounds.db").rename(tmp_path / "away.db")
        with pytest.raises(ChecklistError, match="no-store"):
            close_round(room)

        assert room.workshop == a_workshop()
        assert room.version == version
        seat = room.seat(token)
        assert seat is not None
        assert seat.id


def test_votes_are_counted_and_forgotten(tmp_path: Path) -> None:
    workshop = a_workshop("decide", voting="open", proposals=("a", "b", "c"))
    with a_room(tmp_path, workshop) as room:
        tokens = [run(room.join("de")) for _ in range(4)]
        for token, votes in zip(tokens, [(0, 0, 2), (2,), ()], strict=False):
            run(room.act(token, partial(voting, votes=votes)))
        assert room.counts.voted == 3, "who abstains has voted, too"

        assert room.close_voting().tally == (2, 0, 2)
        assert room.workshop.voting == "closed"
        assert room.workshop.voters == 2
        assert [seat.votes for seat in map(room.seat, tokens) if seat] == [()] * 4
        assert room.counts.voted == 0
        with pytest.raises(Late):
            run(room.act(tokens[0], lambda s, w: voting(s, w, [1])))
    data = (tmp_path / "ledger.db").read_bytes()
    assert b'"votes":[]' in data
    assert b'"votes":[0' not in data


def test_who_voted_how_is_nowhere_on_the_disk_after_counting(tmp_path: Path) -> None:
    begin = a_workshop("decide", proposals=("a", "b", "c"), voting="open")
    with a_room(tmp_path, begin) as room:
        token = run(room.join("de"))
        run(room.act(token, lambda seat, workshop: voting(seat, workshop, [1, 2, 2])))
        there = b"".join(path.read_bytes() for path in tmp_path.glob("ledger.db*"))
        assert b'"votes":[1,2,2]' in there
        room.close_voting()
        there = b"".join(path.read_bytes() for path in tmp_path.glob("ledger.db*"))
        assert b'"votes":[1,2,2]' not in there


def test_the_report_is_not_given_before_the_reveal(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("result")) as room:
        room.reveal({"de": REPORT})
        assert room.report("de") is None

        room.change(lambda workshop: moves.forward(workshop, NOW))
        assert room.workshop.now.id == "reveal"
        assert room.report("de") is REPORT
        assert room.report("en") is None

        room.change(lambda workshop: moves.back(workshop, NOW))
        assert room.report("de") is None


def test_how_far_the_room_is_are_people_and_no_values(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop(together=True)) as room:
        tokens = [begun(room) for _ in range(3)]
        run(room.join("de"))
        answered(room, tokens[0], "3")
        answered(room, tokens[1], "5")
        send(room, tokens[1])
        assert room.counts == Counts(joined=4, begun=3, sent=1, voted=0, at_pace=2)

        room.change(lambda workshop: moves.released(workshop, len(QUESTIONNAIRE.items)))
        assert room.counts.at_pace == 0
        room.change(lambda workshop: replace(workshop, pace=len(QUESTIONNAIRE.items) + 1))
        assert room.counts.at_pace == 0


def test_what_came_another_way_is_counted_apart(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        send(room, begun(room))
        assert room.elsewhere() == 0
        with closing(Store(tmp_path / "rounds.db")) as store:
            for each in ("sheet one", "sheet two"):
                response = RoundResponse(
                    room.round.code, each, 1, TEAMS[0], "1" * len(QUESTIONNAIRE.items)
                )
                store.responses.put(response)
        assert room.elsewhere() == 2


def test_who_watches_is_called_after_each_change(tmp_path: Path) -> None:
    seen: list[tuple[int, str]] = []
    with a_room(tmp_path, a_workshop("check")) as room:
        first = room.version
        end = room.watch(lambda: seen.append((room.version - first, room.workshop.now.id)))
        room.change(lambda workshop: moves.forward(workshop, NOW))
        run(room.join("de"))
        room.reveal({})
        end()
        end()
        room.change(lambda workshop: moves.forward(workshop, NOW))

        assert seen == [(1, "arrive"), (2, "arrive")], "on disk before it is told"
        assert room.version == first + 3


def test_a_watcher_that_fails_does_not_stop_the_trainer(tmp_path: Path) -> None:
    called: list[int] = []

    def fails() -> None:
        called.append(1)
        raise RuntimeError("Event loop is closed")

    with a_room(tmp_path, a_workshop("check")) as room:
        for _ in range(3):
            room.watch(lambda: called.append(0))
        room.watch(fails)
        room.change(lambda workshop: moves.forward(workshop, NOW))

    assert sorted(called) == [0, 1] or sorted(called) == [0, 0, 0, 1]


def test_a_move_that_fails_changes_nothing_and_tells_nobody(tmp_path: Path) -> None:
    seen: list[int] = []
    with a_room(tmp_path, a_workshop()) as room:
        version = room.version
        room.watch(lambda: seen.append(1))
        with pytest.raises(ValueError, match="open"):
            room.change(lambda workshop: moves.forward(workshop, NOW))

        assert room.workshop == a_workshop()
        assert (room.version, seen) == (version, [])


def test_a_room_that_goes_on_is_where_it_was(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        answered(room, token, "34")
        before, workshop = room.seat(token), room.workshop

    with a_room(tmp_path) as room:
        assert room.seat(token) == before
        assert room.workshop == workshop
        send(room, token)
    assert counted(tmp_path) == 1


def test_a_room_that_is_closed_says_so(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
    room.close()

    for call in (room.join("de"), room.act(token, saying(ITEM, "3"))):
        with pytest.raises(ChecklistError, match="no-workshop"):
            run(call)
    with pytest.raises(ChecklistError, match="no-workshop"):
        room.change(lambda workshop: workshop)


def test_closing_the_room_lets_go_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Store] = []
    close = Store.close

    def noted(store: Store) -> None:
        closed.append(store)
        close(store)

    monkeypatch.setattr(Store, "close", noted)
    with a_room(tmp_path, a_workshop()) as room:
        token = begun(room)
        before = len(closed)
        send(room, token)
    assert len(closed) == before + 1


def test_trainer_and_phones_do_not_get_in_each_other_s_way(tmp_path: Path) -> None:
    async def answers(room: Room, tokens: list[str]) -> None:
        for item in QUESTIONNAIRE.asked:
            await asyncio.gather(*(room.act(token, saying(item.id, "2")) for token in tokens))

    with a_room(tmp_path, a_workshop()) as room, ThreadPoolExecutor() as pool:
        tokens = [begun(room) for _ in range(10)]
        page = pool.submit(lambda: run(answers(room, tokens)))
        version, changes = room.version, 0
        while not page.done():
            room.change(lambda workshop: replace(workshop, part=workshop.part + 1))
            changes += 1
        page.result()

        assert (room.workshop.part, room.version - version) == (changes, changes)
        assert all(
            seat is not None and len(seat.response.answers) == len(QUESTIONNAIRE.items)
            for seat in map(room.seat, tokens)
        )


def test_a_desk_does_nothing_that_is_the_trainer_s() -> None:
    trainer_s = {"change", "close", "close_round", "close_voting", "counts", "reveal"}

    assert trainer_s <= {name for name in vars(Room) if not name.startswith("_")}
    assert not trainer_s & set(dir(Desk))
