"""Typing filled-in sheets in, end to end: the program in a real terminal, key by key."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from checklist import panel_words
from checklist.i18n import Texts
from checklist.rounds import Comment
from checklist.store import Store
from tests.helpers import Call
from tests.terminal.emulator import Emulator

Open = Callable[..., Emulator]

DE = Texts("de")
LEFT, RIGHT, UP, ESCAPE, BACKSPACE = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b", "\x7f"
CTRL_C, CTRL_D = "\x03", "\x04"
SHEET = "1234532"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "rounds.db"
    monkeypatch.setenv("CHECKLIST_STORE", str(place))
    return place


@pytest.fixture
def entering(tiny_call: Call, path: Path, terminal: Open) -> Callable[..., Emulator]:
    """Open a round and begin to type."""

    def begin(*options: str, **settings: object) -> Emulator:
        opened = tiny_call(
            "round", "open", "tiny", *(options or ("--team", "Nord")),
            "--code", "test-eins", "--keeper", "Kim, Telefon 1",
        )  # fmt: skip
        assert opened.code == 0
        return terminal("round", "enter", "test-eins", **settings)

    return begin


def answers(path: Path) -> list[tuple[int, str]]:
    """Number of the team and answers of all that counts, sorted."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT team, answers FROM response_1 WHERE answers IS NOT NULL ORDER BY answers"
        ).fetchall()


def stored(signs: str) -> str:
    ask, date, cut_in, late, repeat, thank, note = list(signs)
    return "".join((ask, cut_in, repeat, date, late, thank, note))


def at(terminal: Emulator, sheet: int, place: int) -> Emulator:
    return terminal.wait_for(DE("enter.position", n=sheet, place=place, total=7))


def at_words(terminal: Emulator, sheet: int) -> Emulator:
    return terminal.wait_for(DE("enter.position-words", n=sheet))


def ended(terminal: Emulator, code: int, *said: str) -> None:
    assert terminal.exit_code() == code
    assert terminal.attributes == terminal.attributes_before
    assert not terminal.paper.is_other
    for part in said:
        assert part in terminal.above


def test_sheets_as_fast_as_they_can_be_typed(entering: Callable[..., Emulator], path: Path) -> None:
    terminal = at(entering(), 1, 1)
    assert "in der Hälfte" in terminal.text
    terminal.send("-x0n" + "3..\r" + SHEET + "\r" + "1111111\r")
    at(terminal, 4, 1).wait_for("Gespeichert, diesmal 3.").send("q")
    ended(terminal, 0, "Diesmal eingegeben: 3 Bögen.", "Vernichten Sie")
    assert answers(path) == [(0, "--3...."), (0, "1111111"), (0, stored(SHEET))]


def test_a_mistake_is_corrected_without_typing_the_rest_again(
    entering: Callable[..., Emulator], path: Path
) -> None:
    terminal = at(entering(), 1, 1).send("111" + "z" + BACKSPACE)
    at(terminal, 1, 2).send("5" + RIGHT)
    at(terminal, 1, 4).send(RIGHT + "9")
    terminal.wait_for("Hier gibt es die Antworten 1 bis 5.")
    at(terminal, 1, 4).send("1111\r")
    at(terminal, 2, 1).send("q")
    ended(terminal, 0, "Diesmal eingegeben: 1 Bogen.")
    assert answers(path) == [(0, stored("1511111"))]


def test_the_last_sheet_opens_again(entering: Callable[..., Emulator], path: Path) -> None:
    terminal = entering("--team", "Nord", "--team", "Süd")
    terminal.wait_for(DE("enter.team-question")).send("2")
    at(terminal, 1, 1).send(SHEET + "\r")
    at(terminal, 2, 1).send("t").wait_for(DE("enter.team-question")).send("1")
    at(terminal, 2, 1).send(LEFT)
    at(terminal, 1, 7).wait_for("Der vorige Bogen ist wieder offen")
    assert answers(path) == [(1, stored(SHEET))], "it counts until it is stored anew"
    assert "Süd" in terminal.text, "its team came back with it"
    terminal.send("1\r")
    at(terminal, 2, 1)
    assert answers(path) == [(1, stored(f"{SHEET[:-1]}1"))]
    terminal.send("z")
    at(terminal, 1, 7).send("v").wait_for("ist verworfen")
    at(terminal, 1, 1).send("z")
    terminal.settle()
    at(terminal, 1, 1).send("q")
    ended(terminal, 0, "Diesmal eingegeben: 0 Bögen.")
    assert answers(path) == []


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), ("q", 0), (CTRL_D, 0)])
def test_leaving_a_sheet_that_was_reopened_keeps_it_as_it_was(
    entering: Callable[..., Emulator], path: Path, key: str, code: int
) -> None:
    terminal = at(entering(), 1, 1).send(SHEET + "\r")
    at(terminal, 2, 1).send("z")
    at(terminal, 1, 7).send("zz" + "1")
    at(terminal, 1, 6).send(key)
    ended(terminal, code, DE("enter.unchanged"), "Diesmal eingegeben: 1 Bogen.", "Vernichten Sie")
    assert "verworfen" not in terminal.above
    assert answers(path) == [(0, stored(SHEET))]


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), ("q", 0), (CTRL_D, 0)])
def test_leaving_drops_the_sheet_that_was_begun_and_no_other(
    entering: Callable[..., Emulator], path: Path, key: str, code: int
) -> None:
    terminal = at(entering(), 1, 1).send(SHEET + "\r" + "11")
    at(terminal, 2, 3).send(key)
    ended(terminal, code, "Der angefangene Bogen ist verworfen", "Diesmal eingegeben: 1 Bogen.")
    assert answers(path) == [(0, stored(SHEET))]


def test_leaving_between_two_sheets_drops_none(
    entering: Callable[..., Emulator], path: Path
) -> None:
    terminal = at(entering(), 1, 1).send(SHEET + "\r")
    at(terminal, 2, 1).send(CTRL_C)
    ended(terminal, 130, "Diesmal eingegeben: 1 Bogen.")
    assert "verworfen" not in terminal.above


def test_texts_are_typed_at_the_end(
    entering: Callable[..., Emulator], tiny_call: Call, path: Path
) -> None:
    terminal = at(entering("--team", "Nord:12", "--comments"), 1, 1).send("1111111")
    terminal.wait_for("A Was bräuchten Sie dafür?").send("Zeit\r")
    terminal.wait_for("B Was vertreibt Kunden?").send(UP)
    terminal.wait_for("A Was bräuchten Sie dafür? Zeit").send(" und Ruhe\r")
    terminal.wait_for("B Was vertreibt Kunden?").send("\r")
    terminal.wait_for("Anmerkungen:").send("9 falsch\r").wait_for("Bitte zuerst die Nummer")
    terminal.send("\x15" + "3: nur am Telefon\r").wait_for("Anmerkung zu Frage 3 notiert.")
    terminal.send("2 weg\r").wait_for("Anmerkung zu Frage 2 notiert.").send("2\r")
    terminal.wait_for(lambda: "weg" not in terminal.text).send("\r")
    at_words(terminal, 1).send("\r")
    at(terminal, 2, 1).send("2222222")
    terminal.wait_for("A Was bräuchten Sie dafür?").send(ESCAPE)
    at_words(terminal, 2).send("\r")
    at(terminal, 3, 1).send("q")
    ended(terminal, 0, "Diesmal eingegeben: 2 Bögen.")
    assert len(answers(path)) == 2
    assert tiny_call("round", "close", "test-eins", "--yes").code == 0
    with closing(Store(path)) as store:
        assert set(store.responses.comments("test-eins")) == {
            Comment("item", "listen-cut-in", "nur am Telefon"),
            Comment("reflection", "wish", "Zeit und Ruhe"),
        }


def test_leaving_while_a_text_is_typed_drops_the_sheet(
    entering: Callable[..., Emulator], path: Path
) -> None:
    terminal = at(entering("--team", "Nord:12", "--comments"), 1, 1).send("1111111")
    terminal.wait_for("A Was bräuchten Sie dafür?").send("halb" + CTRL_C)
    ended(terminal, 130, "Der angefangene Bogen ist verworfen", "Diesmal eingegeben: 0 Bögen.")
    assert answers(path) == []


def test_back_from_the_texts_to_the_items(entering: Callable[..., Emulator], path: Path) -> None:
    terminal = at(entering("--team", "Nord:12", "--comments"), 1, 1).send("1111111")
    terminal.wait_for("A Was bräuchten Sie dafür?").send(UP)
    at(terminal, 1, 7).send("3").wait_for("A Was").send(ESCAPE)
    at_words(terminal, 1).send("\r")
    at(terminal, 2, 1).send("q")
    ended(terminal, 0)
    assert answers(path) == [(0, stored("1111113"))]


def test_two_words_are_typed_at_the_end(
    entering: Callable[..., Emulator], tiny_call: Call, path: Path
) -> None:
    terminal = at(entering(), 1, 1).send(SHEET + "Latrene ahorn\r")
    terminal.wait_for("Ist „Laterne“ gemeint?")
    assert answers(path) == [], "the sheet is not in before its words are right"
    terminal.send("\x15" + "laterne - AHORN\r")
    at(terminal, 2, 1).send("z")
    at(terminal, 1, 7).send(RIGHT)
    at_words(terminal, 1).wait_for("Ahorn Laterne").send(UP)
    at(terminal, 1, 7).send(RIGHT)
    at_words(terminal, 1).wait_for("Ahorn Laterne").send("\r")
    at(terminal, 2, 1).send("1111111" + "ahorn laterne" + ESCAPE)
    at(terminal, 3, 1).send("1111111" + "Laterne Ahorn\r")
    at(terminal, 4, 1).wait_for("Auf den Bögen 1, 3 stehen dieselben zwei Wörter.").send("z")
    at(terminal, 3, 7).send("v").wait_for("ist verworfen").send("q")
    ended(terminal, 0, "Diesmal eingegeben: 2 Bögen.")
    with closing(sqlite3.connect(path)) as connection:
        panels = connection.execute("SELECT panel FROM response_1 ORDER BY answers").fetchall()
    with closing(Store(path)) as store:
        series = store.rounds.get("test-eins").series
    linked = panel_words.panel("ahorn laterne", series)
    assert sorted(panel for (panel,) in panels) == ["", "", linked], "one is taken back"
    assert b"laterne" not in path.read_bytes().lower()


def test_from_the_words_back_to_the_texts(entering: Callable[..., Emulator], path: Path) -> None:
    terminal = at(entering("--team", "Nord:12", "--comments"), 1, 1).send("1111111")
    terminal.wait_for("A Was bräuchten Sie dafür?").send("\r")
    terminal.wait_for("B Was vertreibt Kunden?").send("\r")
    terminal.wait_for("Anmerkungen:").send("\r")
    at_words(terminal, 1).send(UP).wait_for("Anmerkungen:").send("\r")
    at_words(terminal, 1).send("\r")
    at(terminal, 2, 1).send("q")
    ended(terminal, 0, "Diesmal eingegeben: 1 Bogen.")


def test_a_paste_is_no_sheet(entering: Callable[..., Emulator], path: Path) -> None:
    terminal = at(entering(), 1, 1).send("\x1b[200~1111111\x1b[201~")
    at(terminal, 1, 1).wait_for("Eingefügter Text zählt hier nicht.").send("q")
    ended(terminal, 0)
    assert answers(path) == []


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12), (31, 8), (120, 50)])
def test_what_matters_shows_in_every_window(
    entering: Callable[..., Emulator], columns: int, rows: int
) -> None:
    terminal = entering(columns=columns, rows=rows)
    terminal.wait_for("Ich frage nach.").send("1111")
    terminal.wait_for("Ich wiederhole das Anliegen.").send("1")
    terminal.wait_for("Ich danke für die Beschwerde.").send("11")
    terminal.wait_for("Vergleich angekreuzt?").send("Latrene\r")
    terminal.wait_for("Gebraucht werden genau").send(CTRL_C)
    assert terminal.exit_code() == 130


def test_a_round_that_closes_meanwhile_takes_no_more(
    entering: Callable[..., Emulator], tiny_call: Call, path: Path
) -> None:
    terminal = at(entering(), 1, 1).send(SHEET + "\r")
    at(terminal, 2, 1)
    assert tiny_call("round", "close", "test-eins", "--yes").code == 0
    terminal.send(SHEET + "\r")
    ended(
        terminal, 1, "Der angefangene Bogen ist verworfen", "Diesmal eingegeben: 1 Bogen.",
        "Die Runde test-eins ist geschlossen",
    )  # fmt: skip


def test_line_by_line_in_a_terminal(tiny_call: Call, path: Path, terminal: Open) -> None:
    assert tiny_call(
        "round", "open", "tiny", "--team", "Nord", "--code", "test-eins", "--keeper", "Kim, Tel 1"
    ).code == 0  # fmt: skip
    lines = terminal("round", "enter", "test-eins", "--plain")
    lines.wait_for("Bogen 1, Team Nord:").send("12345\r").wait_for("Zahl der Zeichen 5")
    lines.send(f"{SHEET}\r").wait_for("Gespeichert, diesmal 1.").send("111" + CTRL_C)
    ended(lines, 130, "Diesmal eingegeben: 1 Bogen.")
    assert answers(path) == [(0, stored(SHEET))]
