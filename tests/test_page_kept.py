"""What is kept is what would be said anew, and nobody is given another's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checklist.i18n import LANGUAGES, Texts
from checklist.interview import Mark, Response
from checklist.workshop import moves
from checklist.workshop.page import kept as kept_module
from checklist.workshop.page import screens
from checklist.workshop.page.kept import Kept
from checklist.workshop.page.own import own_result
from checklist.workshop.page.view import view
from checklist.workshop.room import Room
from checklist.workshop.seats import Seat
from checklist.workshop.showing import shown
from tests.phones import ITEMS, Phone, a_round, answer_all, others, reveal, to
from tests.storing import QUESTIONNAIRE
from tests.workshop_rooms import NOW, run

STEPS = len(QUESTIONNAIRE.asked) + len(QUESTIONNAIRE.reflections)


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    """Count how often something is put together anew."""
    called: list[int] = []
    real: Callable[..., Any] = getattr(kept_module, name)

    def counting(*arguments: Any) -> Any:
        called.append(1)
        return real(*arguments)

    monkeypatch.setattr(kept_module, name, counting)
    return called


def seats() -> list[Seat]:
    """Seats that differ in one thing each."""
    answers = {item.id: 2 for item in ITEMS}
    one = Seat("", "de", begun=True, response=Response(answers), place=STEPS)
    said = one.response
    return [
        one,
        replace(one, language="en"),
        replace(one, response=replace(said, answers={**answers, ITEMS[0].id: 3})),
        replace(one, response=replace(said, answers={**answers, ITEMS[0].id: Mark.LEFT_OPEN})),
        replace(one, response=replace(said, comments={ITEMS[0].id: "mein Wort"})),
        replace(one, response=replace(said, reflections={QUESTIONNAIRE.reflections[0].id: "so"})),
        replace(one, response=Response()),
        replace(one, response=Response({ITEMS[0].id: 1}), place=1),
    ]


def test_an_own_result_is_what_would_be_said_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    called = counted(monkeypatch, "own_result")
    round_ = a_round()
    kept = Kept(round_)
    for _ in range(2):
        for seat in seats():
            for now in (NOW, NOW + timedelta(days=1)):
                texts = Texts(seat.language)
                found = kept.own(seat, now, texts)
                assert list(found) == own_result(round_, seat, now, texts)
    assert len(called) == 2 * len(seats())


def test_who_a_person_is_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    called = counted(monkeypatch, "own_result")
    kept = Kept(a_round())
    seat = seats()[0]
    for each in (seat, replace(seat, id="1" * 32, rev=3, counts=True, votes=(1,))):
        kept.own(each, NOW, Texts("de"))
    assert len(called) == 1


def test_what_the_room_sees_is_put_together_once_and_follows_the_room(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = counted(monkeypatch, "shown")
    run(others(room, 9))
    phones = [Phone.begun(room) for _ in range(2)]
    answer_all(phones[0])
    kept = Kept(room.round)

    def everybody_looks(times: int) -> None:
        called.clear()
        for phone in phones * 3:
            for language in LANGUAGES:
                seat = replace(phone.seat(room), language=language)
                found = view(room, seat, phone.token, NOW, secure=False, kept=kept)
                assert found == view(room, seat, phone.token, NOW, secure=False)
                report, texts = room.report(language), Texts(language)
                assert list(found.blocks) == shown(room.workshop, room.round, report, texts)
                page = screens.room(found, room.round, nonce="")
                screens._drawn.cache_clear()
                assert page == screens.room(found, room.round, nonce="")
        mine = 3 * len(phones) * len(LANGUAGES)  # the views that nothing was kept for
        assert len(called) == mine + times

    to(room, "reveal")
    everybody_looks(2)
    reveal(room, tmp_path)
    room.change(lambda now: moves.looking_at(now, [ITEMS[0].id]))
    for part in range(4):
        room.change(partial(moves.turned, part=part, parts=4))
        everybody_looks(2)
    everybody_looks(0)
    to(room, "practice")
    everybody_looks(2)


def test_the_page_keeps_results_and_gives_each_their_own(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = counted(monkeypatch, "own_result")
    first = Phone.begun(room)
    answer_all(first, "1")
    second = Phone(first.page, first.headers)
    second.post("/join", key=room.workshop.key)
    second.post("/begin")
    answer_all(second, "3")
    to(room, "result")
    for phone in (first, second) * 3:
        for path in ("/room", "/own", "/own/save"):
            assert phone.get(path).status == 200
        assert phone.see()["kind"] == "result"
    assert len(called) == 2
    assert first.page_of("/own") != second.page_of("/own")
