"""Tables of answers: every way of writing one comes back equal, and nothing bad gets through."""

import codecs
import csv
import io
import random
import re
import stat
import sys
import tracemalloc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checklist import panel_words
from checklist.bank import parse
from checklist.cli.failure import problem_line, sentence
from checklist.errors import ChecklistError, WrongUsage
from checklist.i18n import LANGUAGES, Texts
from checklist.rounds import Round, RoundResponse, Team, Terms
from checklist.store import Store
from checklist.tables import (
    Imported,
    SkipBad,
    import_table,
    mapping_lines,
    outcome_lines,
    read_mapping,
    read_renames,
    rows,
)
from checklist.tables.importing import MOST_PROBLEMS
from checklist.tables.shown import Near, shown
from tests.helpers import TINY

TINY_FILE = parse(TINY, "tiny.toml", expected_id="tiny")
ITEMS = [item.id for item in TINY_FILE.items]
SIZES = [item.scale.size for item in TINY_FILE.items]
TEAMS = ("Verkauf", "Büro Süd", 'Außen; "Nord", 1')
DE = Texts("de")


def a_round(*teams: str) -> Round:
    return Round(
        code="KX4M",
        title="Herbst",
        questionnaire=TINY_FILE,
        teams=tuple(Team(name) for name in teams),
        terms=Terms("Ada, Zimmer 3"),
        opened_on=date(2026, 10, 1),
        series="series-1",
    )


ROUND = a_round(*TEAMS)
ONE_TEAM = a_round("Verkauf")


class Shelf:
    """Stands in for the store: all or nothing, and a table only once."""

    def __init__(self) -> None:
        self.stored: list[RoundResponse] = []
        self.marks: set[str] = set()

    def put(self, mark: str, responses: Iterable[RoundResponse]) -> bool:
        if mark in self.marks:
            return False
        new = list(responses)
        self.stored += new
        self.marks.add(mark)
        return True


def take(
    path: Path,
    shelf: Shelf,
    round_: Round = ROUND,
    skip_bad: SkipBad | None = None,
    renames: dict[str, str] | None = None,
) -> Imported:
    mapping = read_mapping(path, round_, renames)
    return import_table(
        lambda each: shelf.put(mapping.digest, each), mapping, round_, skip_bad=skip_bad
    )


def write(folder: Path, text: str | bytes, name: str = "tabelle.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def table(*lines: str, header: str = "team," + ",".join(ITEMS)) -> str:
    return "".join(f"{line}\n" for line in (header, *lines))


def bad_into(path: Path) -> SkipBad:
    return SkipBad(path, DE("import.reason"), lambda problem: problem_line(problem, DE))


def refused(path: Path, round_: Round = ROUND, renames: dict[str, str] | None = None) -> list[str]:
    """Everything that is said about a table that is refused; nothing may have been stored."""
    shelf = Shelf()
    with pytest.raises(ChecklistError) as caught:
        take(path, shelf, round_, renames=renames)
    assert shelf.stored == []
    assert shelf.marks == set()
    for language in LANGUAGES:
        sentence(caught.value, Texts(language))
    return sentence(caught.value, DE).splitlines()


def answers(sizes: Sequence[int]) -> st.SearchStrategy[str]:
    return st.tuples(
        *(st.sampled_from(["-", ".", *map(str, range(1, size + 1))]) for size in sizes)
    ).map("".join)


CELLS = {"-": "", ".": "x"}


@settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    people=st.lists(st.tuples(st.sampled_from(TEAMS), answers(SIZES)), min_size=1, max_size=30),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    quoting=st.sampled_from([0, 1]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    order=st.permutations(["team", "perspective", "panel", "Bemerkung", *ITEMS]),
    big=st.booleans(),
)
def test_any_table_comes_back_equal(
    tmp_path: Path,
    people: list[tuple[str, str]],
    encoding: str,
    delimiter: str,
    quoting: Literal[0, 1],
    end: str,
    order: list[str],
    big: bool,
) -> None:
    said_something = [(team, each) for team, each in people if set(each) != {"-"}]
    assume(said_something)
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        order,
        delimiter=delimiter,
        quoting=quoting,
        lineterminator=end,
    )
    writer.writerow({name: name.upper() if big else name for name in order})
    for team, given_answers in people:
        cells = dict(zip(ITEMS, (CELLS.get(sign, sign) for sign in given_answers), strict=True))
        if big:
            cells = {item: cell.upper() for item, cell in cells.items()}
        extras = {"team": team, "perspective": "self", "Bemerkung": 'Grüße\n"an alle"; ja, alle'}
        writer.writerow({**cells, **extras})
    shelf = Shelf()

    outcome = take(write(tmp_path, text.getvalue().encode(encoding)), shelf)

    assert [(each.team, each.answers) for each in shelf.stored] == said_something
    assert (outcome.stored, outcome.empty) == (
        len(said_something),
        len(people) - len(said_something),
    )
    assert len({each.id for each in shelf.stored}) == len(said_something)
    assert all(
        (each.round, each.rev, each.perspective, each.panel, each.withdrawn)
        == ("KX4M", 1, "self", "", False)
        and len(each.id) == 32
        for each in shelf.stored
    )


def test_a_table_without_extras_needs_a_round_of_one_team(tmp_path: Path) -> None:
    path = write(tmp_path, f"{','.join(ITEMS)}\n5,4,3,2,1,x,\n")
    shelf = Shelf()

    assert take(path, shelf, ONE_TEAM).stored == 1
    assert (shelf.stored[0].team, shelf.stored[0].answers) == ("Verkauf", "54321.-")
    assert refused(path)[1:] == [
        "Die Runde hat mehrere Teams, die Tabelle aber keine Spalte team. Ergänzen Sie die Spalte"
        ' oder nennen Sie eine andere: --map "team=Name der Spalte"'
    ]


def test_an_empty_team_cell_means_the_only_team(tmp_path: Path) -> None:
    shelf = Shelf()
    take(write(tmp_path, table(",1,1,1,1,1,1,1", " Verkauf ,2,,,,,,")), shelf, ONE_TEAM)
    assert [each.team for each in shelf.stored] == ["Verkauf", "Verkauf"]


def test_one_item_column_is_enough(tmp_path: Path) -> None:
    path = write(tmp_path, "promise-date\n3\n\nx\n")
    shelf = Shelf()

    outcome = take(path, shelf, ONE_TEAM)

    assert [each.answers for each in shelf.stored] == ["---3---", "---.---"]
    assert outcome.empty == 1


def test_blanks_around_values_and_empty_cells_at_the_end_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, table(" Verkauf , 1,2 ,3,4,5,X ,1,, ", " , ,,,,,,", "", ",,,,,,,,,,"))
    shelf = Shelf()

    outcome = take(path, shelf)

    assert [each.answers for each in shelf.stored] == ["12345.1"]
    assert outcome.empty == 3


def test_every_bad_cell_is_named_with_row_and_column(tmp_path: Path) -> None:
    header = "Team;perspective;panel;" + ";".join(ITEMS)
    lines = [
        header,
        "Verkauf;;;1;2;3;4;5;3;2",
        "Verkauff;Lead;;0;6;drei;4;5;4;2",
        '"Büro Süd";Chef;;"1\n";2;3;4;5;3;3,0',
        ";;;1;2;3;4;5;3;2",
        ";;;;;;;;;",
        "Verkauf;;;1;2;3",
        "Zoo;SELF;;1;2;3;4;5;3;2",
    ]
    assert refused(write(tmp_path, "\r\n".join(lines))) == [
        "In tabelle.csv gibt es fehlerhafte Zeilen; gespeichert ist nichts. Bessern Sie sie aus,"
        " oder übernehmen Sie mit --skip-bad nur die anderen:",
        "Zeile 3, Spalte „Team“: Ein Team „Verkauff“ hat diese Runde nicht. Meinten Sie „Verkauf“?",
        "Zeile 3, Spalte „perspective“: Die Sicht der Leitung nimmt eine Runde nur mit deren Code"
        " an. Streichen Sie die Zeile; die Leitung antwortet selbst: checklist run --round KX4M"
        " --perspective lead",
        *(
            f"Zeile 3, Spalte „{column}“: „{cell}“ ist keine Antwort. Möglich sind 1 bis {most},"
            " x für „kam nicht vor“ und leer für offen gelassen."
            for column, cell, most in (
                ("listen-ask", "0", 5),
                ("listen-cut-in", "6", 5),
                ("listen-repeat", "drei", 5),
                ("complaints-thank", "4", 3),
            )
        ),
        "Zeile 4, Spalte „perspective“: Die Sicht „Chef“ gibt es nicht. Möglich sind self (leer"
        " bedeutet dasselbe) und observer.",
        "Zeile 4, Spalte „complaints-note“: „3,0“ ist keine Antwort. Möglich sind 1 bis 3, x für"
        " „kam nicht vor“ und leer für offen gelassen.",
        "Zeile 5, Spalte „Team“: Hier fehlt das Team. Tragen Sie es ein.",
        "Zeile 7: Zahl der Zellen 6, Zahl der Spalten 10. Jede Zeile braucht so viele Zellen, wie"
        " Zeile 1 Spalten hat.",
        "Zeile 8, Spalte „Team“: Ein Team „Zoo“ hat diese Runde nicht. Ihre Teams zeigt:"
        " checklist\u00a0round\u00a0show\u00a0KX4M",
    ]


def test_a_damaged_byte_is_reported_where_it_stands(tmp_path: Path) -> None:
    """One byte does not make a file of UTF-8 one of Windows-1252, so the other umlauts stay."""
    good = table("Büro Süd,1,1,1,1,1,1,1", "Büro Süd,2,1,1,1,1,1,1").encode()

    assert refused(write(tmp_path, good.replace(b",2,", b",\xff,")))[1:] == [
        "Zeile 3, Spalte „listen-ask“: „\N{REPLACEMENT CHARACTER}“ enthält unlesbare Zeichen."
        " Tippen Sie die Zelle neu und speichern Sie die Tabelle als „CSV UTF-8“."
    ]
    marked = codecs.BOM_UTF8 + good.replace("ü".encode(), b"\xfc")
    assert "Zeile 2, Spalte „team“" in refused(write(tmp_path, marked))[1]
    in_windows = table("Büro\x81,1,1,1,1,1,1,1").replace("ü", "\xfc").encode("latin-1")
    assert "unlesbare Zeichen" in refused(write(tmp_path, in_windows))[1]


def test_an_accent_as_the_very_last_byte_tells_the_encoding(tmp_path: Path) -> None:
    """In UTF-8 it would begin a character that never ends."""
    shelf = Shelf()
    take(write(tmp_path, b"listen-ask,team\n1,Caf\xe9"), shelf, a_round("Bar", "Café"))
    assert shelf.stored[0].team == "Café"


def test_rows_from_outside_are_taken_as_such_and_link_nobody(tmp_path: Path) -> None:
    header = "team,panel,perspective," + ",".join(ITEMS)
    lines = ["Verkauf,ich,observer,1,2,3,4,5,3,2", "Verkauf,ich, OBSERVER ,5,4,3,2,1,1,1"]
    path = write(tmp_path, table(*lines, "Verkauf,ich,self,1,1,1,1,1,1,1", header=header))
    shelf = Shelf()
    take(path, shelf)
    assert [(each.perspective, bool(each.panel)) for each in shelf.stored] == [
        ("observer", False),
        ("observer", False),
        ("self", True),
    ]
    said = "\n".join(mapping_lines(read_mapping(path, ROUND), ROUND, DE))
    assert "Die Spalte „perspective“ sagt, aus wessen Sicht eine Zeile stammt" in said
    assert "Bei Zeilen von außen zählt diese Spalte nicht." in said


def test_rows_from_outside_need_a_wording_from_outside(tmp_path: Path) -> None:
    own_only = parse(re.sub("(?m)^observer\\..*\n", "", TINY), "tiny.toml", expected_id="tiny")
    round_ = replace(ROUND, questionnaire=own_only)
    header = "team,perspective," + ",".join(ITEMS)
    path = write(tmp_path, table("Verkauf,Observer,1,2,3,4,5,3,2", header=header))
    assert refused(path, round_)[1:] == [
        "Zeile 2, Spalte „perspective“: Der Fragebogen hat keine Fassung für den Blick von außen."
        " Streichen Sie die Zeile."
    ]


def test_an_unreadable_panel_is_reported(tmp_path: Path) -> None:
    header = "team,panel," + ",".join(ITEMS)
    said = refused(
        write(
            tmp_path,
            table("Büro Süd,\udcff,1,1,1,1,1,1,1", header=header).encode(
                "utf-8", "surrogateescape"
            ),
        )
    )
    assert said[1].startswith("Zeile 2, Spalte „panel“: „\N{REPLACEMENT CHARACTER}“ enthält")


def test_a_panel_is_never_stored_as_it_stands(tmp_path: Path) -> None:
    finished = "0a" * 32
    header = "team,panel," + ",".join(ITEMS)
    lines = [
        f"Verkauf,{cell},1,1,1,1,1,1,1"
        for cell in (
            "Blauer Fuchs",
            " blauer  fuchs",
            "roter Fuchs",
            finished,
            "",
            "Ahorn Laterne",
            "laterne-AHORN",
        )
    ]
    shelf = Shelf()

    take(write(tmp_path, table(*lines, header=header)), shelf)

    first, again, other, as_it_was, none, paper, turned = (each.panel for each in shelf.stored)
    assert first == again != other
    assert len(first) == 64
    assert "fuchs" not in first
    assert (as_it_was, none) == (finished, "")
    on_paper = panel_words.panel(panel_words.read("Ahorn Laterne"), ROUND.series)
    assert paper == turned == on_paper


def test_broken_quotes_are_reported_and_never_skipped(tmp_path: Path) -> None:
    """What stands in an open quote is lost to the reader: good rows among it, too."""
    lines = ["Verkauf,9,1,1,1,1,1,1", 'Verkauf,1,1,1,1,1,1,"1', "Verkauf,1,1,1,1,1,1,1"]
    path = write(tmp_path, table(*lines))
    into = bad_into(tmp_path / "schlecht.csv")

    assert [line[:40] for line in refused(path)[1:]] == [
        "Zeile 2, Spalte „listen-ask“: „9“ ist ke",
        "Ab Zeile 3 passen die Anführungszeichen ",
    ]
    with pytest.raises(ChecklistError, match="table-broken"):
        take(path, Shelf(), skip_bad=into)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("header", "renames", "said"),
    [
        ("team,listen-aks", {}, "„listen-aks“ ist nicht zuzuordnen. Meinten Sie „listen-ask“?"),
        ("teams,listen-ask", {}, "„teams“ ist nicht zuzuordnen. Meinten Sie „team“?"),
        ("team,Frage 1", {}, "Keine Spalte trägt die Kennung einer Frage."),
        ("", {}, "Keine Spalte trägt die Kennung einer Frage."),
        ("team,listen-ask,Listen-Ask ", {}, "Die Spalte „listen-ask“ gibt es mehrmals."),
        ("team,a,a", {"listen-ask": "a"}, "Die Spalte „a“ gibt es mehrmals."),
        ("team,a", {"listen-ask": "b c d"}, "Eine Spalte „b c d“, wie --map sie nennt,"),
        ("team,Frage 1", {"listen-ask": "Frag 1"}, "Meinten Sie „Frage 1“?"),
        ("team,a", {"zoo": "a"}, "Eine Frage „zoo“, wie --map sie nennt, gibt es nicht. Möglich"),
        ("team,a", {"listen-asks": "a"}, "gibt es nicht. Meinten Sie „listen-ask“?"),
        ("team,a", {"listen-ask": "a", "listen-repeat": "A"}, "„A“ zwei Bedeutungen."),
        ('team,"listen-ask', {}, "In Zeile 1 passen die Anführungszeichen nicht zusammen."),
        ('"team;listen-ask', {}, "In Zeile 1 passen die Anführungszeichen nicht zusammen."),
    ],
)
def test_headers_that_cannot_be_understood(
    tmp_path: Path, header: str, renames: dict[str, str], said: str
) -> None:
    lines = refused(write(tmp_path, f"{header}\nVerkauf,1\n"), renames=renames)
    assert lines[0].startswith("Die Spalten von tabelle.csv lassen sich noch nicht zuordnen;")
    assert said in lines[1]
    assert len(lines) == 2


def test_columns_can_be_named_with_map(tmp_path: Path) -> None:
    path = write(tmp_path, "Abteilung;Frage 1;listen-ask;promise-date\nVerkauf;5;1;2\n")
    renames = read_renames(["team=Abteilung", " listen-ask = FRAGE 1 "])
    shelf = Shelf()

    take(path, shelf, renames=renames)
    assert shelf.stored[0].answers == "5--2---"
    assert mapping_lines(read_mapping(path, ROUND, renames), ROUND, DE) == [
        "Tabelle tabelle.csv: UTF-8, Trennzeichen Semikolon",
        "Fragen mit eigener Spalte: 2 von 7",
        "Die Spalte „Abteilung“ gilt als team.",
        "Die Spalte „Frage 1“ gilt als listen-ask.",
        "Ohne Spalte und damit in jeder Zeile offen gelassen: listen-cut-in, listen-repeat,"
        " promise-late, complaints-thank, complaints-note",
        "Das Team steht in der Spalte „Abteilung“.",
        "Alle Zeilen gelten als Selbstbild.",
        "Nicht gelesen werden die Spalten: listen-ask",
    ]


def test_a_column_that_bears_an_id_is_never_taken_for_another(tmp_path: Path) -> None:
    """Left aside by ``--map``, it is not nearly the item whose id differs in one letter."""
    alike = parse(TINY.replace("promise-late", "promise-data"), "tiny.toml", expected_id="tiny")
    path = write(tmp_path, "Termin,promise-date\n1,2\n")
    mapping = read_mapping(path, replace(ONE_TEAM, questionnaire=alike), {"promise-date": "Termin"})
    assert mapping.ignored == ("promise-date",)


def test_the_mapping_shows_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    many = ",".join(f"q{number:03}" for number in range(200))
    text = f"panel,perspective,{','.join(ITEMS)},\x1b[2J,,{many}\n"
    mapping = read_mapping(write(tmp_path, text), ONE_TEAM)
    for language in LANGUAGES:
        said = mapping_lines(mapping, ONE_TEAM, Texts(language))
        assert all(line.isprintable() for line in said)
        assert said[-1].endswith("q028, …")
        assert len(said) == 6


@pytest.mark.parametrize("given_map", ["listen-ask", "=Frage 1", "listen-ask=", ""])
def test_map_in_another_form_is_wrong_usage(given_map: str) -> None:
    with pytest.raises(WrongUsage, match="map-form"):
        read_renames([given_map])
    with pytest.raises(WrongUsage, match="map-twice"):
        read_renames(["team=a", "team=b"])


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\0\0\0",
        "team;listen-ask\n".encode("utf-16"),
        b"a" * (1 << 21),
    ],
    ids=["workbook", "utf-16", "endless line"],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(write(tmp_path, content)) == [
        "tabelle.csv ist keine Tabelle im Format CSV, sondern vielleicht eine Excel-Mappe."
        " Speichern Sie die Tabelle in Ihrem Programm als „CSV UTF-8“ und übernehmen Sie diese"
        " Datei."
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert "(nicht vorhanden)" in refused(tmp_path / "fehlt.csv")[0]
    assert "(das ist ein Ordner)" in refused(tmp_path)[0]


@pytest.mark.parametrize("lines", [(), ("Verkauf,,,,,,,",)])
def test_a_table_without_answers_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert refused(write(tmp_path, table(*lines)))[0].startswith("In tabelle.csv hat keine Zeile")


def test_a_table_is_taken_only_once(tmp_path: Path) -> None:
    path, shelf = write(tmp_path, table("Verkauf,1,1,1,1,1,1,1")), Shelf()

    delete = (
        "Löschen Sie tabelle.csv, sobald Sie die Datei nicht mehr brauchen: Darin stehen die"
        " einzelnen Antworten, und kein Befehl löscht sie dort."
    )
    assert outcome_lines(take(path, shelf), DE, path) == ["1 Zeile übernommen.", delete]
    again = take(path, shelf)

    assert again.before
    assert len(shelf.stored) == 1
    first, last = outcome_lines(again, DE, path)
    assert first.startswith("Diese Tabelle wurde in diese Runde schon")
    assert last == delete


def test_rows_with_one_code_are_named_and_taken(tmp_path: Path) -> None:
    header = f"team,perspective,panel,{','.join(ITEMS)}"
    line = "1,1,1,1,1,1,1"
    lines = [
        f"Verkauf,,Igel Laterne,{line}",
        f"Verkauf,,,{line}",
        f"Verkauf,,kim,{line}",
        f"Verkauf,,{',' * len(ITEMS)}",
        f"Büro Süd,,laterne – IGEL,{line}",
        f"Büro Süd,observer,Igel Laterne,{line}",
        f"Verkauf,,Kim,{line}",
        f"Verkauf,,Anker Laterne,{line}",
    ]
    path, shelf = write(tmp_path, table(*lines, header=header)), Shelf()

    outcome = take(path, shelf)

    assert (len(shelf.stored), outcome.twice) == (7, [(2, 6), (4, 8)])
    said = outcome_lines(outcome, DE, path)
    assert said[2].startswith("In den Zeilen 2, 6 steht derselbe Code.")
    assert said[3].startswith("In den Zeilen 4, 8 steht derselbe Code.")
    outcome.twice = [(2, 3)] * 13
    assert "Weitere Codes, die mehrmals vorkommen: 3" in outcome_lines(outcome, DE, path)


@pytest.mark.parametrize("heading", ["Perspektive", "sicht", " SICHT "])
def test_a_german_heading_says_whose_view_a_row_is(tmp_path: Path, heading: str) -> None:
    header = f"team,{heading},{','.join(ITEMS)}"
    lines = ("Verkauf,observer,1,1,1,1,1,1,1", "Verkauf,self,1,1,1,1,1,1,1")
    shelf = Shelf()
    take(write(tmp_path, table(*lines, header=header)), shelf)
    assert [row.perspective for row in shelf.stored] == ["observer", "self"]
    assert refused(write(tmp_path, table(*lines, header=f"{heading},{header}")))[1].startswith(
        f"Die Spalte „{heading.strip()}“ gibt es mehrmals"
    )


def test_a_german_heading_counts_only_where_nothing_else_says_it(tmp_path: Path) -> None:
    header = f"team,Sicht,{{}},{','.join(ITEMS)}"
    line = "Verkauf,aufs Meer,observer,1,1,1,1,1,1,1"
    for other, renames in (("perspective", {}), ("wer", {"perspective": "wer"})):
        shelf = Shelf()
        take(write(tmp_path, table(line, header=header.format(other))), shelf, renames=renames)
        assert [row.perspective for row in shelf.stored] == ["observer"]
    both = refused(write(tmp_path, table(line, header=header.format("Perspektive"))))
    assert '--map "perspective=Perspektive"' in both[1]


@pytest.mark.parametrize(
    ("cells", "is_refused"),
    [
        (("self", "observer"), True),
        (("", "self", " Observer "), True),
        (("lead", "self"), True),
        (("self", "self"), False),
        (("", ""), False),
        (("observer", "Zaungast"), False),
    ],
)
def test_a_column_of_views_that_nobody_reads_is_pointed_out(
    tmp_path: Path, cells: tuple[str, ...], is_refused: bool
) -> None:
    header = f"team,Blick,Notiz,{','.join(ITEMS)}"
    path = write(
        tmp_path, table(*(f"Verkauf,{cell},x,1,1,1,1,1,1,1" for cell in cells), header=header)
    )
    if is_refused:
        assert '--map "perspective=Blick"' in " ".join(refused(path))
        assert "Notiz" not in " ".join(refused(path))
        return
    shelf = Shelf()
    take(path, shelf)
    assert len(shelf.stored) == len(cells)


def test_no_more_problems_are_kept_than_anybody_reads(tmp_path: Path) -> None:
    path = write(tmp_path, table(*(f"T{number},9,9,9,1,1,1,1" for number in range(600))))
    lines = refused(path)
    assert len(lines) == 1 + MOST_PROBLEMS + 1
    assert lines[-1].startswith(
        f"Nicht aufgeführt, weil es zu viele sind: {600 * 4 - MOST_PROBLEMS} weitere Stellen."
    )


def test_skipped_rows_can_be_repaired_and_imported(tmp_path: Path) -> None:
    lines = [
        "Verkauf;1;1;1;1;1;1;1",
        "Büro Süd;9;1;1;1;1;1;1",
        '"=2+3";2;2;2;2;2;2;2',
        ";;;;;;;",
        "Verkauf;3;3;3;3;3;3;3",
    ]
    text = table(*lines, header="team;" + ";".join(ITEMS))
    path, shelf = write(tmp_path, text.encode("cp1252")), Shelf()
    first, second = tmp_path / "erst.csv", tmp_path / "dann.csv"

    outcome = take(path, shelf, skip_bad=bad_into(first))

    assert outcome_lines(outcome, DE, path, first) == [
        "2 Zeilen übernommen.",
        "1 Zeile ohne Antworten übersprungen.",
        "2 fehlerhafte Zeilen übersprungen.",
        "Bessern Sie die fehlerhaften Zeilen in erst.csv aus und übernehmen Sie danach nur diese"
        " Datei: Mit der ganzen Tabelle würden die schon übernommenen Zeilen doppelt zählen.",
        "Löschen Sie tabelle.csv und erst.csv, sobald Sie die Dateien nicht mehr brauchen: Darin"
        " stehen die einzelnen Antworten, und kein Befehl löscht sie dort.",
    ]
    skipped = first.read_text("cp1252").splitlines()
    assert skipped[0] == f"team;{';'.join(ITEMS)};Grund"
    assert skipped[1].startswith("Büro Süd;9;1;1;1;1;1;1;")
    assert "„9“ ist keine Antwort" in skipped[1]
    assert skipped[2].startswith("=2+3;2;2;2;2;2;2;2;")
    assert sorted(tmp_path.iterdir()) == sorted([path, first])

    write(tmp_path, first.read_bytes().replace(b";9;", b";5;"), first.name)
    take(first, shelf, skip_bad=bad_into(second))
    assert second.read_text("cp1252").splitlines()[0] == skipped[0], "one column of reasons"
    write(tmp_path, second.read_bytes().replace(b"=2+3", b"Verkauf"), second.name)
    take(second, shelf)
    assert [each.answers for each in shelf.stored] == ["1111111", "3333333", "5111111", "2222222"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_skipped_rows_are_for_the_owner_only(tmp_path: Path) -> None:
    path = write(tmp_path, table("Verkauf,9,1,1,1,1,1,1"))
    take(path, Shelf(), skip_bad=bad_into(tmp_path / "schlecht.csv"))
    assert stat.S_IMODE((tmp_path / "schlecht.csv").stat().st_mode) == 0o600


def test_skipped_rows_keep_bytes_that_cannot_be_read(tmp_path: Path) -> None:
    damaged = codecs.BOM_UTF8 + table("Büro Süd,?,1,1,1,1,1,1").encode().replace(b"?", b"\xff")
    into = tmp_path / "schlecht.csv"
    take(write(tmp_path, damaged), Shelf(), skip_bad=bad_into(into))
    assert into.read_bytes().startswith(codecs.BOM_UTF8 + b"team,")
    assert "Büro Süd,".encode() + b"\xff,1,1," in into.read_bytes()


def test_skipped_rows_never_overwrite_another_file(tmp_path: Path) -> None:
    path = write(tmp_path, table("Verkauf,9,1,1,1,1,1,1", "Verkauf,1,1,1,1,1,1,1"))
    into, shelf = write(tmp_path, "mine", "schlecht.csv"), Shelf()

    with pytest.raises(ChecklistError, match="output-exists"):
        take(path, shelf, skip_bad=bad_into(into))
    assert into.read_text() == "mine"
    assert shelf.stored == []
    assert len(list(tmp_path.iterdir())) == 2
    with pytest.raises(ChecklistError, match="output-unwritable"):
        take(path, shelf, skip_bad=bad_into(tmp_path / "no" / "schlecht.csv"))


def test_after_an_interruption_the_same_skipped_rows_are_taken_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, table("Verkauf,9,1,1,1,1,1,1", "Verkauf,1,1,1,1,1,1,1"))
    into, shelf = bad_into(tmp_path / "schlecht.csv"), Shelf()

    class Struck(Shelf):
        def put(self, mark: str, responses: Iterable[RoundResponse]) -> bool:
            list(responses)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(path, Struck(), skip_bad=into)
    before = into.path.read_bytes()
    (tmp_path / "schlecht.csv.unfinished").write_text("left by a kill")

    assert take(path, shelf, skip_bad=into).stored == 1
    assert into.path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 2


def test_progress_goes_up_to_all_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, table(*["Verkauf,1,1,1,1,1,1,1"] * 20_000))
    said: list[tuple[int, int]] = []
    mapping = read_mapping(path, ROUND)

    assert sum(row is not None for row in rows(mapping, ROUND, lambda *each: said.append(each)))

    done = [each for each, _ in said]
    assert done == sorted(done)
    assert done[-1] == path.stat().st_size == mapping.source.size
    assert len(said) > 5
    assert {total for _, total in said} == {path.stat().st_size}


PIECES = ['"', ";", ",", "\t", "\n", "\r", "\r\n", "\0", "\x1b[2J", "ü", "\ufeff", "=1+1", "x", "9"]
BYTES = [b"\xff", b"\x81", b"\xc3", b"\xef\xbb\xbf", b"\xfc"]


def mutated(text: bytes, chance: random.Random) -> bytes:
    pieces = [*(piece.encode() for piece in PIECES), *BYTES]
    for _ in range(chance.randint(1, 3)):
        place = (
            chance.randrange(len(text) + 1)
            if chance.random() < 0.4
            else chance.randrange(100, len(text) + 1)
        )
        end = place + chance.choice([0, 0, 1, 1, 3, 40])
        text = text[:place] + chance.choice([b"", *pieces]) * chance.choice([1, 2]) + text[end:]
    return text[: chance.randrange(len(text) + 1)] if chance.random() < 0.1 else text


def test_mutated_tables_never_end_in_a_fault(tmp_path: Path) -> None:
    """Whatever a table holds: its rows are stored whole, or it is said what is wrong."""
    chance = random.Random(20261)
    outcomes: list[str] = []
    for number in range(2_000):
        delimiter = chance.choice(",;\t")
        lines = [
            delimiter.join(
                [f'"{chance.choice(TEAMS[:2])}"', *(str(chance.randint(1, 3)) for _ in ITEMS)]
            )
            for _ in range(4)
        ]
        text = table(*lines, header=delimiter.join(["team", *ITEMS]))
        path = write(tmp_path, mutated(text.encode(chance.choice(["utf-8", "cp1252"])), chance))
        shelf, into = Shelf(), tmp_path / f"{number}.csv"
        try:
            take(path, shelf, skip_bad=bad_into(into) if number % 2 else None)
            assert shelf.stored or into.exists()
            assert into.exists() <= number % 2
            outcomes.append("good")
        except ChecklistError as error:
            assert shelf.stored == []
            assert not into.exists()
            said = sentence(error, DE)
            assert all(line.replace("\u00a0", " ").isprintable() for line in said.splitlines())
            outcomes.append(error.code)
        for each in shelf.stored:
            assert len(each.answers) == len(ITEMS)
            assert set(each.answers) <= set("12345.-")
            assert each.team in TEAMS
        if into.exists():
            into.unlink()
    assert {"good", "table-invalid", "table-header", "table-broken", "table-no-text"} <= {*outcomes}
    assert 200 < outcomes.count("good") < 1_800


def test_a_million_unknown_names_do_not_cost_a_million_searches() -> None:
    near = Near(["Verkauf", "Einkauf"], most=2)
    assert near.to("verkauff") == "Verkauf"
    assert near.to("zoo") is None
    assert near.to("Einkauff") is None, "the third name is not searched for any more"
    assert near.to("verkauff") == "Verkauf"


def test_long_cells_are_cut() -> None:
    assert shown("x" * 40) == "x" * 40
    assert len(shown("x" * 41)) == 40


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a real store with the round in it."""
    with closing(Store(tmp_path / "rounds.db", create=True)) as store:
        store.rounds.add(ROUND)
        yield store


def test_the_store_takes_all_or_nothing(tmp_path: Path, store: Store) -> None:
    good = ["Verkauf,1,1,1,1,1,1,1", "Verkauf,5,x,,1,1,1,1", "Büro Süd,2,2,2,2,2,2,2"]
    path = write(tmp_path, table(*good, "Verkauf,9,1,1,1,1,1,1"))

    def into_store(skip_bad: SkipBad | None = None) -> Imported:
        mapping = read_mapping(path, ROUND)
        return import_table(
            lambda each: store.responses.put_many(ROUND.code, each, mapping.digest),
            mapping,
            ROUND,
            skip_bad=skip_bad,
        )

    with pytest.raises(ChecklistError, match="table-invalid"):
        into_store()
    assert store.responses.count(ROUND.code) == 0
    skip_bad = bad_into(tmp_path / "schlecht.csv")
    assert into_store(skip_bad).stored == 3
    assert into_store(skip_bad).before
    assert store.responses.count(ROUND.code) == 3

    store.rounds.close(ROUND.code, date(2026, 10, 9))
    answers = store.responses.answers(ROUND.code, "Verkauf").decode()
    assert sorted((answers[:7], answers[7:])) == ["1111111", "5.-1111"]
    write(tmp_path, table(*good))
    with pytest.raises(ChecklistError, match="round-closed"):
        into_store()


@pytest.mark.parametrize("line", ["Verkauf,1,1,1,1,1,1,1", "Zoo,9,9,9,9,9,9,9"])
def test_memory_does_not_grow_with_the_table(tmp_path: Path, line: str) -> None:
    def peak(lines: int) -> int:
        path = write(tmp_path, table(*[line] * lines))
        mapping = read_mapping(path, ROUND)
        tracemalloc.start()
        try:
            import_table(lambda each: deque(each, 0) is not None, mapping, ROUND)
        except ChecklistError:
            pass
        finally:
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    peak(10)
    assert peak(4_000) < peak(1_000) + 100_000
