"""A trainer leads through the phases with keys: what each does, asks, and leaves as it was."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.errors import ChecklistError
from checklist.report import Report
from checklist.reporting import in_every_language
from checklist.store import Store
from checklist.terminal.keys import Pasted
from checklist.workshop.agenda import PHASES
from checklist.workshop.room import Room
from checklist.workshop.showing.actions import sentence
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.state import Action
from tests.stages import DE, Played
from tests.workshop_rooms import NOW, a_room, a_workshop, answered, begun, run

WAIT, CLOSE = "1", "2"
STAY, PAUSE, END = "1", "2", "3"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with a_room(tmp_path, a_workshop("arrive", phase_began=NOW, began=NOW)) as found:
        yield found


def at(tmp_path: Path, phase: str, **changed: Any) -> Any:
    return a_room(tmp_path, a_workshop(phase, phase_began=NOW, began=NOW, **changed))


def in_store(tmp_path: Path) -> Store:
    return Store(tmp_path / "rounds.db")


def reports(tmp_path: Path, room: Room) -> Mapping[str, Report]:
    store = in_store(tmp_path)
    try:
        return in_every_language(store, store.rounds.get(room.round.code))
    finally:
        store.close()


def sending(room: Room, people: int) -> None:
    for _ in range(people):
        token = begun(room)
        answered(room, token, "33333")
        run(room.send(token, with_texts=False))


# -- on and back


@pytest.mark.parametrize("key", ["right", "enter", " "])
def test_one_key_goes_on_and_starts_the_clock(key: str, tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("check")) as room:
        played = Played(room, tmp_path, key).run()

        assert room.workshop.now.id == "arrive"
        assert room.workshop.began == room.workshop.phase_began == NOW
    assert "noch 5:00" in played.seen[-1]


@pytest.mark.parametrize("key", ["left", "backspace"])
def test_one_key_goes_back(key: str, room: Room, tmp_path: Path) -> None:
    Played(room, tmp_path, key).run()
    assert room.workshop.now.id == "check"


@pytest.mark.parametrize("key", ["x", "5", "up", "escape", Pasted("q\n3")])
def test_other_keys_do_nothing(key: Any, room: Room, tmp_path: Path) -> None:
    before = room.workshop
    played = Played(room, tmp_path, key).run()

    assert room.workshop == before
    assert played.seen[-1] == played.seen[0]


def test_the_screen_is_drawn_only_when_something_has_changed(room: Room, tmp_path: Path) -> None:
    played = Played(room, tmp_path, "x", "x", "x")
    played.run()
    assert len(played.screen.drawn) == 1


def test_the_clock_goes_on_without_a_key(room: Room, tmp_path: Path) -> None:
    played = Played(room, tmp_path)
    played.press(played.wait(seconds=61), "x", played.wait(minutes=5), "x")
    played.run()

    assert "noch 5:00" in played.seen[0]
    assert "noch 3:59 · 1 von 90" in played.seen[1]
    assert "+1:01 · 6 von 90" in played.seen[-1]


def test_help_names_the_keys_and_goes_away(room: Room, tmp_path: Path) -> None:
    played = Played(room, tmp_path, "?", "right").run()

    assert DE("stage.help.kept") in played.seen[1]
    assert played.seen[2] == played.seen[0]
    assert room.workshop.now.id == "arrive"


def test_what_was_agreed_last_time_stands_first(tmp_path: Path) -> None:
    agreed = Action("jemand anruft", "fragen wir nach", "KM", date(2026, 4, 1), "weniger Rückrufe")
    with at(tmp_path, "arrive", earlier=(agreed,)) as room:
        played = Played(room, tmp_path, "right", "n", "n", "right", "left").run()

        assert room.workshop.now.id == "arrive"
    shown = [sentence(agreed, DE) in seen for seen in played.seen]
    assert shown == [True, False, False, False, False, True]
    assert DE("showing.arrive.rules") not in played.seen[0]
    assert DE("showing.arrive.rules") in played.seen[1]
    assert DE("workshop.phase.arrive.says-again").split(".")[0] in played.seen[2]


def test_the_warm_up_has_a_clock_for_two(tmp_path: Path) -> None:
    with at(tmp_path, "warm-up") as room:
        played = Played(room, tmp_path)
        later = played.wait(seconds=100)
        played.press("t", later, later, later, later, "t", "right")
        played.run()

        assert room.workshop.turn_began is None
    assert DE("stage.warm-up.first", time="3:00") in played.seen[1]
    assert DE("stage.warm-up.second", time="2:40") in played.seen[3]
    assert DE("stage.warm-up.over") in played.seen[5]
    assert DE("stage.warm-up.over") not in played.seen[6]


# -- closing the round


def test_going_on_from_the_answers_asks_once_and_says_how_many(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        sending(room, 2)
        begun(room)
        played = Played(room, tmp_path, "right", WAIT, "right", "escape").run()

        assert room.workshop.answering
        assert DE.count("stage.answer.close", 2) in played.seen[1]
        assert DE.count("stage.answer.on-the-way", 1) in played.seen[1]
        assert in_store(tmp_path).rounds.get(room.round.code).state == "collecting"
        sending(room, 1)  # answers are still taken


def test_closing_closes_the_round_and_lays_the_reports_ready(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        sending(room, 5)
        played = Played(
            room, tmp_path, "right", CLOSE, "right", build=lambda: reports(tmp_path, room)
        )
        played.run()

        assert room.workshop.closed
        assert room.workshop.now.id == "reveal"
        assert in_store(tmp_path).rounds.get(room.round.code).state == "closed"
        assert room.report("de") == played.stage.reports["de"]
        assert room.report("en") == played.stage.reports["en"]
    assert DE("stage.result.too-few", least=5) not in played.seen[2]


def test_in_the_own_results_nothing_of_anybody_is_on_the_screen(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        sending(room, 4)
        played = Played(room, tmp_path, "right", CLOSE, build=lambda: reports(tmp_path, room))
        seen = played.run().seen[-1]

    assert DE("stage.result.too-few", least=5) in seen
    assert "4 Personen" not in seen
    assert DE.count("stage.answer.close", 4) not in seen


def test_a_report_that_could_not_be_made_is_made_when_the_room_goes_on(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        sending(room, 5)
        tries = []

        def build() -> Mapping[str, Report]:
            tries.append(room.workshop.now.id)
            if len(tries) == 1:
                raise ChecklistError("store-gone")
            return reports(tmp_path, room)

        played = Played(room, tmp_path, "right", CLOSE, "right", build=build).run()

        assert "store-gone" in played.seen[2]
        assert tries == ["result", "result"]
        assert room.workshop.now.id == "reveal"
        assert room.report("de") is not None


def test_a_round_that_was_closed_elsewhere_stays_closed(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        store = in_store(tmp_path)
        store.rounds.close(room.round.code, NOW.date())
        store.close()
        Played(room, tmp_path, "right", CLOSE, build=lambda: reports(tmp_path, room)).run()

        assert room.workshop.closed
        assert room.workshop.now.id == "result"


def test_going_back_into_the_answers_and_on_again_asks_nothing(tmp_path: Path) -> None:
    with at(tmp_path, "result") as room:
        played = Played(room, tmp_path, "left", "right").run()

        assert room.workshop.now.id == "result"
    assert DE("showing.answer.closed") in played.seen[1]


# -- on paper


def test_one_key_switches_to_paper_and_back(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("check")) as room:
        played = Played(room, tmp_path, "p", "p").run()

    assert [played.stage.address in seen for seen in played.seen] == [True, False, True]
    assert DE("workshop.phase.check.table-paper") in played.seen[1]


def test_without_a_page_there_is_nothing_to_switch(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("check", way="paper")) as room:
        played = Played(room, tmp_path, "p", address="", link="").run()

        assert room.workshop.way == "paper"
    assert DE("stage.check.key-page") not in played.seen[0]


def test_on_paper_sheets_are_typed_in_until_the_own_results_are_left(tmp_path: Path) -> None:
    with at(tmp_path, "answer", way="paper") as room:
        played = Played(
            room, tmp_path, "right", "right", WAIT, "right", CLOSE,
            build=lambda: reports(tmp_path, room),
        ).run()  # fmt: skip

        assert room.workshop.closed
        assert room.workshop.now.id == "reveal"
    assert "checklist round" not in played.seen[0]
    assert DE("stage.answer.typing-in") in played.seen[1]
    assert "checklist round" not in played.seen[1]
    assert DE("stage.answer.close-paper") in played.seen[2]
    assert DE("round.count-fewer-than-5") in played.seen[2]
    assert DE("workshop.phase.result.title") in played.seen[3]


def test_on_paper_the_notes_say_how_sheets_are_typed_in_and_who_closes(tmp_path: Path) -> None:
    with at(tmp_path, "result", way="paper", closed=False) as room:
        seen = Played(room, tmp_path, "n", size=(80, 40)).run().seen[-1]

    said = seen.replace("\N{NO-BREAK SPACE}", " ")
    assert f"checklist round enter {room.round.code}" in said
    assert "round close" not in said


@pytest.mark.parametrize(("people", "said"), [(2, "dafür braucht es 5"), (5, "ab 8 Antworten")])
def test_before_closing_the_screen_says_what_the_answers_are_enough_for(
    people: int, said: str, tmp_path: Path
) -> None:
    with at(tmp_path, "answer") as room:
        sending(room, people)
        begun(room)
        played = Played(room, tmp_path, "right").run()

    assert said in played.seen[-1]
    assert "Jetzt schließen?" in played.seen[-1]
    assert DE("stage.answer.close-no") in played.seen[-1]
    assert DE("stage.answer.close-yes") in played.seen[-1]


def test_from_eight_answers_on_nothing_has_to_be_said(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        sending(room, 8)
        seen = Played(room, tmp_path, "right").run().seen[-1]

    assert "ab 8" not in seen
    assert "braucht es" not in seen


# -- stopping


@pytest.mark.parametrize("key", ["q", "interrupt", "end-of-input"])
def test_stopping_asks_first(key: str, room: Room, tmp_path: Path) -> None:
    played = Played(room, tmp_path, key, STAY, key, "escape", key, "interrupt").run()

    assert not played.left
    assert DE("stage.stop.question") in played.seen[1]
    assert "resume" in played.seen[1]
    assert played.seen[2] == played.seen[0]


def test_a_pause_leaves_everything_as_it_is(room: Room, tmp_path: Path) -> None:
    before = room.workshop
    played = Played(room, tmp_path, "q", PAUSE, "right").run()

    assert played.left
    assert room.workshop == before


def test_the_end_is_told_to_the_room(room: Room, tmp_path: Path) -> None:
    played = Played(room, tmp_path, "q", END, "right").run()

    assert played.left
    assert room.workshop.ended


def test_ending_while_people_answer_says_how_many_and_asks_again(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        sending(room, 1)
        begun(room)
        played = Played(room, tmp_path, "q", END, "1", "q", END, "2", "q").run()

        assert played.left
        assert room.workshop.ended
    assert DE("stage.stop.open", sent=1, away=1, code=room.round.code) in played.seen[2]
    assert played.seen[3] == played.seen[0]


# -- after the end


def test_after_the_end_the_page_stays_until_it_is_closed(tmp_path: Path) -> None:
    with at(tmp_path, "close", follow_up=date(2026, 4, 7)) as room:
        for _ in range(2):
            run(room.join("de"))
        played = Played(room, tmp_path, "e", "2", "enter", "x", "enter", "1", "right", "escape")
        played.press("q", "x")
        played.run()

        assert played.left
        assert room.workshop.ended
    over = played.seen[3]
    assert DE("scene.over.title") in over
    assert DE("scene.over.thanks") in over
    assert DE("scene.over.save") in over
    assert DE.count("scene.over.joined", 2) in over
    assert "7. April 2026" in over
    assert all(path.name in over for path in played.stage.written)
    assert played.stage.written
    assert [DE("scene.over.question") in seen for seen in played.seen[3:]] == [
        False, False, True, False, True, False,
    ]  # fmt: skip
    assert played.seen[4] == played.seen[6] == played.seen[8] == over


@pytest.mark.parametrize(
    "keys", [("q",), ("interrupt",), ("end-of-input",), ("enter", "2"), (" ", "2"), ("right", "2")]
)
def test_a_workshop_that_ended_stands_there_again_until_its_page_is_closed(
    keys: tuple[str, ...], tmp_path: Path
) -> None:
    with at(tmp_path, "close", ended=True) as room:
        run(room.join("de"))
        played = Played(room, tmp_path, *keys, "x", size=(200, 60)).run()

    assert played.left
    assert DE.count("scene.over.joined", 1) in played.seen[0]
    assert DE("scene.over.files", folder="") not in played.seen[0]
    assert len(played.seen) == len(keys)


def test_at_the_end_of_an_early_one_nothing_is_said_of_results(tmp_path: Path) -> None:
    with at(tmp_path, "arrive", ended=True) as room:
        run(room.join("de"))
        seen = Played(room, tmp_path, "q").run().seen[0]

    assert DE("scene.over.stays") in seen
    assert DE("scene.over.save") not in seen


def test_where_nobody_has_a_seat_or_no_page_is_served_nothing_is_waited_for(
    tmp_path: Path,
) -> None:
    with at(tmp_path, "close", ended=True) as room:
        assert Played(room, tmp_path).run().left
        run(room.join("de"))
        assert Played(room, tmp_path, address="", link="").run().left
        assert not Played(room, tmp_path).run().left


# -- what goes wrong


class Failing(Looking):
    def __init__(self, error: Exception) -> None:
        self._error = error

    def leave(self, stage: Stage) -> bool:
        raise self._error


@pytest.mark.parametrize("error", [ChecklistError("disk"), OSError(28, "full")])
def test_an_error_is_said_and_the_workshop_goes_on(
    error: Exception, room: Room, tmp_path: Path
) -> None:
    own = {"arrive": Failing(error)}
    played = Played(room, tmp_path, "right", "x", "left", own=own).run()

    assert "Fehler:" in played.seen[1]
    assert "Fehler:" not in played.seen[2]
    assert room.workshop.now.id == "check"


# -- asking


class Asking(Looking):
    """Asks one thing as soon as any key is pressed."""

    def __init__(self, *options: str, before: str = "") -> None:
        self._options, self._before = options, before
        self.answers: list[object] = []

    def leave(self, stage: Stage) -> bool:
        if self._options:
            self.answers.append(stage.asking.choose("Welches?", self._options))
        else:
            self.answers.append(stage.asking.line("Was hindert uns?", self._before))
        return False


@pytest.mark.parametrize(
    ("pressed", "found"),
    [
        (("ä", "ß", " ", "ö", "enter"), "äß ö"),
        ((" ", "a", " ", "enter"), "a"),
        (("a", "b", "backspace", "c", "enter"), "ac"),
        (("a", "b", "clear", "c", "enter"), "c"),
        ((Pasted("zwei\nZeilen\x1b[31m"), "enter"), "zwei Zeilen\N{REPLACEMENT CHARACTER}[31m"),
        (("q", "?", "n", "1", "enter"), "q?n1"),
        (("up", "right", "left", "a", "enter"), "a"),
        (("enter",), ""),
        (("a", "escape"), None),
        (("a", "interrupt"), None),
        ((*("x" * 400), "enter"), "x" * 300),
    ],
)
def test_a_line_is_typed(pressed: tuple[Any, ...], found: Any, room: Room, tmp_path: Path) -> None:
    asking = Asking()
    Played(room, tmp_path, "right", *pressed, own={"arrive": asking}).run()
    assert asking.answers == [found]


def test_what_was_typed_before_can_be_mended_with_the_room_in_sight(
    room: Room, tmp_path: Path
) -> None:
    asking = Asking(before="zu wenig Zei")
    played = Played(room, tmp_path, "right", "t", "enter", own={"arrive": asking}).run()

    assert asking.answers == ["zu wenig Zeit"]
    assert "Was hindert uns? > zu wenig Zeit▏" in played.seen[2]
    assert DE("showing.arrive.purpose") in played.seen[2]


def test_a_long_line_keeps_its_end_in_sight(room: Room, tmp_path: Path) -> None:
    typed = (Pasted("wort " * 50), *"Ende")
    played = Played(room, tmp_path, "right", *typed, own={"arrive": Asking()}, size=(40, 14)).run()

    assert "Ende▏" in played.seen[-1]
    assert "Was hindert uns?" in played.seen[-1]
    assert len(played.lines) == 14


@pytest.mark.parametrize(
    ("pressed", "found"),
    [
        (("2",), 1),
        (("enter",), 0),
        (("down", "down", "up", "enter"), 1),
        (("end", "enter"), 11),
        (("end", "down", "enter"), 11),
        (("end", "home", "up", "enter"), 0),
        (("0", "x", Pasted("2"), "escape"), None),
    ],
)
def test_one_of_several_is_chosen(
    pressed: tuple[Any, ...], found: Any, room: Room, tmp_path: Path
) -> None:
    asking = Asking(*(f"Frage {number}" for number in range(12)))
    Played(room, tmp_path, "right", *pressed, own={"arrive": asking}).run()
    assert asking.answers == [found]


@pytest.mark.parametrize("size", [(80, 24), (40, 16), (200, 60)])
def test_the_marked_one_is_always_in_sight(
    size: tuple[int, int], room: Room, tmp_path: Path
) -> None:
    options = [f"Frage-{number}- die etwas länger ist und umbricht" for number in range(15)]
    asking = Asking(*options)
    pressed = ("down",) * 14
    played = Played(room, tmp_path, "right", *pressed, own={"arrive": asking}, size=size).run()

    for number, seen in enumerate(played.seen[1:]):
        assert f"▸ {number + 1 if number < 9 else ''}".strip() in seen
        assert f"Frage-{number}-" in seen.partition("▸")[2]
        assert "Welches?" in seen


def test_every_phase_can_be_led_through_to_the_end(tmp_path: Path) -> None:
    """Enter alone, and the second answer where something is asked, leads from end to end."""
    with a_room(tmp_path, a_workshop("check")) as room:
        played = Played(room, tmp_path, build=lambda: reports(tmp_path, room))
        visited = []

        def note() -> None:
            visited.append(room.workshop.now.id)

        for _ in range(3):
            played.press(note, "enter")
        played.press(note, "enter", CLOSE, note, "enter", note, "enter", "1")
        for _ in range(3):
            played.press(note, "enter")
        played.press(note, "enter", "escape", note)
        played.run()

    assert visited[0] == "check"
    assert set(visited) >= {phase.id for phase in PHASES[:8]}


def test_who_comes_late_is_shown_the_code_without_stopping_the_room(tmp_path: Path) -> None:
    with at(tmp_path, "answer") as room:
        played = Played(room, tmp_path, "c", "x").run()

        assert room.workshop.now.id == "answer"
    assert played.stage.address not in played.seen[0]
    assert played.stage.address in played.seen[1]
    assert DE("stage.check.scan").split()[0] in played.seen[1]
    assert played.seen[2] == played.seen[0]


def test_once_the_round_is_closed_nobody_is_let_in(tmp_path: Path) -> None:
    with at(tmp_path, "result") as room:
        played = Played(room, tmp_path, "c").run()

    assert DE("stage.key.code") not in played.seen[0]
    assert played.stage.address not in played.seen[1]
