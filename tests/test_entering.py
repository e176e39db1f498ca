"""Typing filled-in sheets into a round: from a pipe, line by line, and key by key."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist import panel_words
from checklist.bank import parse
from checklist.cli.failure import problem_line
from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, Texts
from checklist.render.paper import letters, on_paper
from checklist.rounds import Comment, Round
from checklist.store import Store
from checklist.terminal.entering import Entering, Sheet, sign
from checklist.terminal.entering_by_lines import EnteringByLines, read_sheet, read_sheets
from checklist.terminal.front import Left
from tests.helpers import TINY, Call, Outcome

DE, EN = Texts("de"), Texts("en")
OPEN = ("--keeper", "Kim Beispiel, Telefon 123", "--code", "test-eins")
TEAMS = ("--team", "Nord:12", "--team", "Süd")

ON_PAPER = "1234532"
"""A sheet of the tiny questionnaire as it is typed: five items of one scale, then two."""

Opened = Callable[..., Call]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "rounds.db"
    monkeypatch.setenv("CHECKLIST_STORE", str(place))
    return place


@pytest.fixture
def opened(tiny_call: Call, path: Path) -> Opened:
    """Open a round of the tiny questionnaire, and give the call."""

    def open_(*options: str) -> Call:
        assert tiny_call("round", "open", "tiny", *(options or TEAMS), *OPEN).code == 0
        return tiny_call

    return open_


@pytest.fixture
def entering(opened: Opened, path: Path) -> "Callable[..., Entering]":
    """Begin a session of typing sheets in, its ids counted."""
    stores: list[Store] = []

    def begin(*options: str) -> Entering:
        opened(*options)
        stores.append(Store(path))
        store = stores[0]
        numbers = count(1)
        round_ = store.rounds.get("test-eins")
        return Entering(store.responses, round_, new_id=lambda: f"id-{next(numbers)}")

    return begin


def rows(path: Path) -> list[tuple[str, int, int | None, str | None]]:
    """What lies in the store, as it lies there: id, revision, number of the team, answers."""
    with closing(sqlite3.connect(path)) as connection:
        (table,) = connection.execute(
            "SELECT name FROM sqlite_master WHERE name GLOB 'response_[0-9]*' AND type = 'table'"
        ).fetchone()
        found = connection.execute(f"SELECT id, rev, team, answers FROM {table} ORDER BY id")
        return found.fetchall()


def answers(path: Path) -> list[str]:
    return sorted(row[3] for row in rows(path) if row[3] is not None)


def at_the_paper(signs: str) -> str:
    """What is stored for these signs in the order of the sheet, by the questionnaire's own order.

    Written out by hand: the sheet asks dimension by dimension in turn, then the other scale.
    """
    ask, date, cut_in, late, repeat, thank, note = list(signs)
    return "".join((ask, cut_in, repeat, date, late, thank, note))


@pytest.fixture
def plain_round(tiny_call: Call, opened: Opened, path: Path) -> Round:
    opened()
    with closing(Store(path)) as store:
        return store.rounds.get("test-eins")


# -- the model


def test_a_sheet_asks_scale_by_scale_in_the_order_of_asking() -> None:
    tiny = parse(TINY, "tiny.toml")
    assert [item.id for item in tiny.asked] != [item.id for item in on_paper(tiny)]
    assert [item.id for item in on_paper(tiny)] == [
        "listen-ask", "promise-date", "listen-cut-in", "promise-late", "listen-repeat",
        "complaints-thank", "complaints-note",
    ]  # fmt: skip
    assert letters(tiny) == {"wish": "A", "obstacle": "B"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_on_paper_and_keys_of_the_cards_mean_the_same(language: str) -> None:
    texts = Texts(language)
    item = parse(TINY, "tiny.toml").item("complaints-thank")
    meant = {typed: sign(typed, item, texts) for typed in "1349-0oOxX.n*k"}
    assert meant == {
        "1": "1", "3": "3", "4": None, "9": None, "-": "-", "0": "-", "o": "-", "O": "-",
        "x": ".", "X": ".", ".": ".", "n": ".", "*": ".", "k": None,
    }  # fmt: skip
    assert sign("²", item, texts) is None
    assert sign("enter", item, texts) is None
    assert sign("", item, texts) is None


def test_no_key_has_two_meanings() -> None:
    tiny = parse(TINY, "tiny.toml").items[0]
    for texts in (DE, EN):
        own = [texts("enter.key-team"), texts("enter.key-drop")]
        others = [texts("key.back"), texts("key.leave")]
        assert len({*own, *others}) == 4
        assert all(sign(key, tiny, texts) is None for key in (*own, *others))


def test_back_keeps_what_was_typed_and_forward_needs_something() -> None:
    sheet = Sheet().marked("1").marked("2")
    assert sheet.place == 2
    assert sheet.forward() == sheet
    assert sheet.back().back().back().place == 0
    again = sheet.back().back().marked("5")
    assert again.signs == {0: "5", 1: "2"}
    assert again.forward().place == 2
    assert Sheet().begun is False
    assert sheet.back().back().begun is True


def test_a_sheet_is_stored_under_a_random_id_and_nothing_else(
    entering: Callable[..., Entering], path: Path, home: Path
) -> None:
    session = entering()
    session.team = session.round.teams[1]
    for place in range(7):
        session.sheet = session.sheet.marked(ON_PAPER[place] if place < 6 else "-")
    session.store(session.sheet)
    assert rows(path) == [("id-1", 1, 1, at_the_paper("123453-"))]
    assert session.sheet == Sheet()
    assert session.entered == 1
    assert not (home / "journal.db").exists()
    ids = {Entering(session.responses, session.round).new_id() for _ in range(50)}
    assert len(ids) == 50
    assert min(map(len, ids)) == 32


def test_the_last_sheet_can_be_taken_back_once(
    entering: Callable[..., Entering], path: Path
) -> None:
    session = entering()
    north, south = session.round.teams
    whole = Sheet(signs=dict(enumerate("1111111")), place=7)
    session.team = north
    session.store(whole)
    session.store(whole)
    session.team = south
    assert session.take_back() == whole
    assert session.team == north, "its team comes back with it"
    assert (session.entered, answers(path)) == (1, ["1111111"])
    assert rows(path)[1] == ("id-2", 2, None, None), "a later revision without answers"
    assert session.take_back() is None
    assert len(answers(path)) == 1
    session.store(whole)
    assert len(answers(path)) == 2


# -- lines


@pytest.mark.parametrize(
    "line", ["43-x532", "4 3 - x 5 3 2", "4,3,-,x,5,3,2", " 43-.5 32 ", "430n532", "4;3;o;X;5;3;2"]
)
def test_a_line_is_a_sheet(line: str, plain_round: Round) -> None:
    read = read_sheet(line, 1, Entering(None, plain_round), DE)  # type: ignore[arg-type]
    assert isinstance(read, Sheet)
    assert "".join(read.signs.values()) == "43-.532"


def said(error: ChecklistError, texts: Texts = DE) -> list[str]:
    return [problem_line(problem, texts) for problem in error.problems]


def test_every_bad_line_is_named(plain_round: Round) -> None:
    lines = [
        "1234555",
        "t Nord",
        "12345",
        "",
        "# ein Zettel dazwischen",
        "6z11111",
        "111111 4",
        "team Ost",
        "1111111 | 3: gut",
    ]
    with pytest.raises(ChecklistError) as caught:
        read_sheets(lines, Entering(None, plain_round), DE)  # type: ignore[arg-type]
    assert caught.value.code == "sheets-invalid"
    assert [
        line.partition(" Möglich")[0].partition(" Nennen")[0] for line in said(caught.value)
    ] == [
        "Zeile 1: Aus welchem Team der Bogen kommt, ist nicht gesagt.",
        "Zeile 1, Frage 6: „5“ ist keine Antwort.",
        "Zeile 1, Frage 7: „5“ ist keine Antwort.",
        "Zeile 3: Zahl der Zeichen 5, Zahl der Fragen 7. Jede Frage braucht genau ein Zeichen, auch"
        " eine ohne Kreuz (-).",
        "Zeile 6, Frage 1: „6“ ist keine Antwort.",
        "Zeile 6, Frage 2: „z“ ist keine Antwort.",
        "Zeile 7, Frage 7: „4“ ist keine Antwort.",
        "Zeile 8: Ein Team „Ost“ hat diese Runde nicht.",
        "Zeile 9: Diese Runde sammelt keine Kommentare und keine Antworten auf offene Fragen."
        " Streichen Sie, was hinter dem senkrechten Strich steht.",
    ]
    assert "Möglich sind 1 bis 3," in said(caught.value)[1]
    assert "Möglich sind: Nord, Süd." in said(caught.value)[7]
    assert all("  " not in line and "{" not in line for line in said(caught.value, EN))


FIVE = st.text("12345-x", min_size=5, max_size=5)
TWO = st.text("123-x", min_size=2, max_size=2)


@settings(deadline=None, max_examples=60)
@given(
    typed=st.lists(st.tuples(FIVE, TWO), max_size=6),
    blank=st.sampled_from(["", " ", ",", "  ; "]),
)  # fmt: skip
def test_what_is_typed_is_what_is_read(typed: list[tuple[str, str]], blank: str) -> None:
    sheets = [first + last for first, last in typed]
    session = Entering(None, ROUND)  # type: ignore[arg-type]
    read = read_sheets([blank.join(sheet) + "\n" for sheet in sheets], session, DE)
    assert ["".join(sheet.signs.values()).replace(".", "x") for sheet, _ in read] == sheets


def one_team_round() -> Round:
    from datetime import date

    from checklist.rounds import Team, Terms

    tiny = parse(TINY, "tiny.toml")
    return Round("a-b", "T", tiny, (Team("Nord"),), Terms("Kim"), date(2026, 1, 2), "series")


ROUND = one_team_round()


@pytest.mark.parametrize(
    "written", ["| Ahorn Laterne", "|LATERNE-ahorn", "| laterne, Ahorn ", "| Laterne und Ahorn"]
)
def test_two_words_stand_behind_a_bar(written: str) -> None:
    read = read_sheet(f"1111111 {written}", 1, Entering(None, ROUND), DE)  # type: ignore[arg-type]
    assert isinstance(read, Sheet)
    assert read.words == "ahorn laterne"


def test_words_that_are_wrong_are_named_like_everything_else() -> None:
    lines = [
        "1111111 | Ahorn Latrene",
        "1111111 | Ahorn Igel | Ahorn Igel",
        "1111111 | Ahorn Igel Laterne",
        "1111119 | Ahorn qqqqqq",
    ]
    with pytest.raises(ChecklistError) as caught:
        read_sheets(lines, Entering(None, ROUND), DE)  # type: ignore[arg-type]
    assert [line.partition(". ")[0] for line in said(caught.value)] == [
        "Zeile 1: „latrene“ steht in keiner Wortliste",
        "Zeile 2: Die zwei Wörter für den Vergleich stehen mehr als einmal da",
        "Zeile 3: „Ahorn Igel Laterne“: Gebraucht werden genau zwei verschiedene Wörter",
        "Zeile 4, Frage 7: „9“ ist keine Antwort",
        "Zeile 4: „qqqqqq“ steht in keiner Wortliste",
    ]
    with pytest.raises(ChecklistError) as caught:
        read_sheets(lines, Entering(None, ROUND), EN)  # type: ignore[arg-type]
    assert said(caught.value, EN)[0].startswith("Line 1: “latrene” is on no list")


def panels(path: Path) -> list[str]:
    """What is stored of all that counts, by answers."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT panel FROM response_1 WHERE answers IS NOT NULL ORDER BY answers"
        )
        return [panel for (panel,) in found]


def test_of_the_words_only_what_is_computed_is_stored(opened: Opened, path: Path) -> None:
    call = opened("--team", "Nord")
    done = call("round", "enter", "test-eins", input="1111111 | Igel Laterne\n2222222\n")
    assert done.code == 0
    with closing(Store(path)) as store:
        series = store.rounds.get("test-eins").series
    assert panels(path) == [panel_words.panel("igel laterne", series), ""]
    assert b"laterne" not in path.read_bytes().lower()


def test_the_same_words_in_a_table_and_on_paper_are_the_same_person(
    opened: Opened, path: Path, tmp_path: Path
) -> None:
    call = opened("--team", "Nord")
    assert call("round", "enter", "test-eins", input="1111111 | Laterne-Igel\n").code == 0
    table = tmp_path / "table.csv"
    items = [item.id for item in ROUND.questionnaire.items]
    table.write_text(f"panel,{','.join(items)}\nIgel Laterne,2,2,2,2,2,2,2\n", "utf-8")
    assert call("round", "import", "test-eins", str(table)).code == 0
    on_paper_, in_a_table = panels(path)
    assert on_paper_ == in_a_table != ""


def test_a_sheet_taken_back_leaves_no_words(entering: Callable[..., Entering], path: Path) -> None:
    session = entering("--team", "Nord")
    (session.team,) = session.round.teams
    whole = Sheet(signs=dict(enumerate("1111111")), place=7, words="ahorn laterne")
    assert Sheet(words="ahorn laterne").begun
    session.store(whole)
    assert panels(path) != [""]
    assert session.take_back() == whole
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT panel FROM response_1").fetchall() == [("",)]


def test_a_sheet_that_is_reopened_is_replaced_in_its_place(
    entering: Callable[..., Entering], path: Path
) -> None:
    session = entering()
    north, south = session.round.teams
    whole = Sheet(signs=dict(enumerate("1111111")), place=7, words="ahorn laterne")
    assert not session.reopen()
    session.team = north
    session.store(whole)
    session.team = south
    assert session.reopen()
    assert (session.sheet, session.team, session.number) == (whole, north, 1)
    assert answers(path) == ["1111111"]
    session.team = south
    session.store(replace(whole, signs=dict(enumerate("2222222"))))
    assert rows(path) == [("id-1", 2, 1, "2222222")]
    assert (session.entered, session.number, session.same_words) == (1, 2, [])
    assert session.reopen()
    session.drop()
    assert rows(path) == [("id-1", 3, None, None)]
    assert (session.entered, session.number, session.sheet) == (0, 1, Sheet())
    session.store(whole)
    assert session.same_words_as_last() == [], "the one that was dropped does not count"
    session.store(whole)
    assert session.same_words_as_last() == [1, 2]
    session.store(replace(whole, words=""))
    assert (session.same_words, session.same_words_as_last()) == ([[1, 2]], [])
    assert session.take_back() is not None
    session.store(whole)
    assert session.same_words == [[1, 2, 3]]


def test_sheets_with_the_same_words_are_named_and_stored(opened: Opened, path: Path) -> None:
    call = opened("--team", "Nord")
    pile = "".join(f"{ON_PAPER} | {said}\n" for said in ("Ahorn Laterne", "Igel Anker"))
    done = call("round", "enter", "test-eins", input=f"{pile}{ON_PAPER}\n{pile}")
    assert (done.code, len(answers(path))) == (0, 5)
    assert DE("enter.same-words", sheets="1, 4") in done.said
    assert DE("enter.same-words", sheets="2, 5") in done.said


def test_a_pile_comes_in_whole_from_a_pipe(opened: Opened, path: Path) -> None:
    call = opened()
    pile = f"\ufefft Nord\n{ON_PAPER}\n1-x11 23\r\nt: süd\n1111111\n"
    done = call("round", "enter", "TEST-EINS", input=pile)
    assert (done.code, done.out) == (0, "")
    assert answers(path) == sorted(map(at_the_paper, (ON_PAPER, "1-.1123", "1111111")))
    assert [row[2] for row in rows(path)].count(1) == 1
    assert "Diesmal eingegeben: 3 Bögen. Vernichten Sie" in done.said


def test_a_bad_line_stores_nothing_and_says_so(opened: Opened, path: Path) -> None:
    call = opened("--team", "Nord")
    done = call("round", "enter", "test-eins", input="1111111\n11\n2222222\n22222224\n")
    assert (done.code, done.out, rows(path)) == (1, "", [])
    assert done.said.startswith("In der Eingabe stimmt etwas nicht; gespeichert ist kein einziger")
    assert done.said.count("Zeile ") == 2
    assert "Zeile 2: Zahl der Zeichen 2" in done.said
    assert "Zeile 4: Zahl der Zeichen 8" in done.said
    assert "Diesmal" not in done.said


def test_the_same_pile_from_other_people_counts_too(opened: Opened, path: Path) -> None:
    call = opened("--team", "Nord")
    for _ in range(2):
        assert call("round", "enter", "test-eins", input="1111111\n1111111\n").code == 0
    assert answers(path) == ["1111111"] * 4
    assert len({row[0] for row in rows(path)}) == 4


def test_nothing_to_enter(opened: Opened, path: Path) -> None:
    done = opened()("round", "enter", "test-eins", input="\n")
    assert (done.code, done.out, done.said) == (0, "", "Diesmal eingegeben: 0 Bögen.")
    assert rows(path) == []


def test_the_team_can_be_named_outright(opened: Opened, path: Path) -> None:
    call = opened()
    assert call("round", "enter", "test-eins", "--team", "SÜD", input="1111111\n").code == 0
    assert rows(path)[0][2] == 1
    wrong = call("round", "enter", "test-eins", "--team", "Ost", input="1111111\n")
    assert wrong.code == 1
    assert wrong.said.startswith("Ein Team „Ost“ gibt es in der Runde test-eins nicht.")


@pytest.mark.parametrize("arguments", [(), ("--plain",), ("--team", "Nord")])
def test_a_closed_round_takes_no_sheet(
    opened: Opened, path: Path, arguments: tuple[str, ...]
) -> None:
    call = opened()
    assert call("round", "close", "test-eins", "--yes").code == 0
    done = call("round", "enter", "test-eins", *arguments, input="1111111\n")
    assert done.code == 1
    assert done.said.startswith("Die Runde test-eins ist geschlossen")


def test_texts_come_along_where_the_round_takes_them(opened: Opened, path: Path) -> None:
    call = opened("--team", "Nord:12", "--comments")
    line = "1111111 | 3: nur am Telefon | b: Wartezeit | 3: und abends\n"
    wrong = "1111111 | 8: x | C: y | 3 ohne | : leer | a:\n"
    done = call("round", "enter", "test-eins", input=line + wrong)
    assert (done.code, done.said.count("gehört zu keiner Frage")) == (1, 5)
    assert call("round", "enter", "test-eins", input=line).code == 0
    assert call("round", "close", "test-eins", "--yes").code == 0
    with closing(Store(path)) as store:
        assert set(store.responses.comments("test-eins")) == {
            Comment("item", "listen-cut-in", "nur am Telefon und abends"),
            Comment("reflection", "obstacle", "Wartezeit"),
        }


def typed(session: Entering, *lines: str) -> str:
    """Type lines as somebody at a plain terminal; give what was said."""
    out = TextIOWrapper(BytesIO(), "utf-8")
    front = EnteringByLines(
        out, StringIO("".join(f"{line}\n" for line in lines)), DE, session,
        lambda problem: problem_line(problem, DE),
    )  # fmt: skip
    with suppress(EOFError, Left):
        front.run()
    out.seek(0)
    return " ".join(out.read().split())


def test_line_by_line_each_sheet_is_stored_at_once(
    entering: Callable[..., Entering], path: Path
) -> None:
    session = entering()
    heard = typed(
        session, "1", "1111111", "11", "1111x1-", "z", "z", "t ost", "t Süd", "2222222", "t", "1",
        "3333333", "q", "1111122",
    )  # fmt: skip
    assert answers(path) == sorted(map(at_the_paper, ("1111111", "2222222", "3333333")))
    assert [row[2] for row in rows(path) if row[3]] == [0, 1, 0]
    for part in (
        "Aus welchem Team kommen die nächsten Bögen? 1 Nord 2 Süd",
        "ein Zeichen je Frage (7)",
        "Gespeichert, diesmal 1.",
        "Zeile 2: Zahl der Zeichen 2, Zahl der Fragen 7.",
        "Der letzte Bogen ist zurückgenommen.",
        "Es gibt keinen Bogen, der sich zurücknehmen ließe",
        "Ein Team „ost“ hat diese Runde nicht.",
        "Bogen 2, Team Süd:",
        "Gespeichert, diesmal 3.",
    ):
        assert part in heard
    assert "Buchstaben der offenen Frage" not in heard, "this round takes no texts"
    assert "am Ende, hinter einem senkrechten Strich: 43-x5 | Ahorn Laterne" in heard


def test_line_by_line_words_are_asked_for_again(
    entering: Callable[..., Entering], path: Path
) -> None:
    session = entering("--team", "Nord")
    heard = typed(session, "1111111 | Latrene Igel", "1111111 | Laterne Igel")
    assert "Zeile 1: „latrene“ steht in keiner Wortliste." in heard
    assert panels(path) == [panel_words.panel("igel laterne", session.round.series)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_shown_as_an_example_are_on_the_list(language: str) -> None:
    shown = Texts(language)("enter.lines-words").partition("|")[2]
    assert panel_words.shown(panel_words.read(shown)) == shown.strip()
    assert {*shown.split()} <= {*panel_words.words(language)}


def test_texts_are_explained_where_they_are_taken(entering: Callable[..., Entering]) -> None:
    session = entering("--team", "Nord", "--comments")
    assert "Buchstaben der offenen Frage" in typed(session)


def test_no_more_than_ones_own_count_is_said(opened: Opened) -> None:
    call = opened("--team", "Nord")
    heard: list[Outcome] = [
        call("round", "enter", "test-eins", input="1111111\n" * 4),
        call("round", "enter", "test-eins", input="1111111\n" * 3),
    ]
    assert "4 Bögen" in heard[0].said
    assert "3 Bögen" in heard[1].said
    assert "7" not in heard[1].said
    assert "5 oder mehr" in call("round", "list").out
