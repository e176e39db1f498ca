"""Tables for spreadsheets and programs: they read back the same, and no cell runs."""

import csv
import io
import os
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checklist.cli.session import Session
from checklist.i18n import LANGUAGES, Texts
from checklist.render import as_csv
from checklist.render.spreadsheet import PROGRAMS, SPREADSHEETS, Cell, Dialect, guarded, write
from checklist.report.model import Change, Gap, ReliabilityRow, Report
from tests.helpers import Call
from tests.test_round_document import QUESTIONNAIRE, report, shown

DIALECTS = {**SPREADSHEETS, "programs": PROGRAMS}
NAMES = sorted(DIALECTS)


def rows_of(text: str, dialect: Dialect) -> list[list[str]]:
    """Read a table back the way Python does."""
    assert text.startswith(dialect.mark)
    content = text.removeprefix(dialect.mark)
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=dialect.delimiter))


def read(about: Report, dialect: Dialect = PROGRAMS) -> list[dict[str, str]]:
    header, *rows = rows_of(as_csv.render(about, dialect), dialect)
    return [dict(zip(header, row, strict=True)) for row in rows]


def full_report(language: str = "de") -> Report:
    """Give a report that has every kind of line, and negative figures among them."""
    return report(language).model_copy(
        update={
            "reliability": [
                ReliabilityRow(
                    dimension="listen",
                    status="shown",
                    n=60,
                    alpha=-0.25,
                    interval=(-0.75, 0.125),
                    item_rest={"listen-ask": -0.5},
                )
            ],
            "gaps": [
                Gap(
                    team="Vertrieb",
                    dimension="listen",
                    by="observer",
                    self=51.5,
                    outside=39.25,
                    gap=-12.25,
                    interval=(-20.5, -4.0),
                )
            ],
            "changes": [
                Change(
                    team=None,
                    dimension="listen",
                    kind="paired",
                    status="published",
                    n=11,
                    difference=-1e-7,
                    interval=(-3.5, 3.5),
                    g=-0.1,
                    verdict="unclear",
                )
            ],
        }
    )


def looks_computed(cell: str) -> bool:
    """Whether some spreadsheet may take a text for a formula."""
    bare = cell.lstrip(" \"'\u00a0\u200b\ufeff") if not cell.startswith("'") else cell
    return unicodedata.normalize("NFKC", bare)[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}


def test_what_programs_get_is_the_same_in_every_language(
    expected: Callable[[str, str], None],
) -> None:
    expected("round-figures.csv", as_csv.render(report(), PROGRAMS))
    assert as_csv.render(report("en"), PROGRAMS) == as_csv.render(report("de"), PROGRAMS)
    for language in LANGUAGES:
        expected(f"round-codebook.{language}.csv", as_csv.codebook(QUESTIONNAIRE, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_table(language: str, expected: Callable[[str, str], None]) -> None:
    text = as_csv.render(full_report(language))
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
    expected(f"round-figures.{language}.csv", text.replace("\r\n", "\n"))


def test_a_german_spreadsheet_gets_its_own_signs() -> None:
    german = as_csv.render(full_report("de")).encode()
    assert german.startswith(b"\xef\xbb\xbfteam;perspective;kind;id;figure;status;value\r\n")
    assert b"Vertrieb;observer;gap;listen;gap;published;-12,25\r\n" in german
    english = as_csv.render(full_report("en")).encode()
    assert english.startswith(b"\xef\xbb\xbfteam,perspective,kind,id,figure,status,value\r\n")
    assert b"Vertrieb,observer,gap,listen,gap,published,-12.25\r\n" in english


def test_every_figure_is_there_once_in_every_dialect() -> None:
    tables = [read(full_report(), DIALECTS[name]) for name in NAMES]
    for table in tables:
        keys = [
            (row["team"], row["perspective"], row["kind"], row["id"], row["figure"])
            for row in table
        ]
        assert len(set(keys)) == len(keys), "one line a figure"
    plain = [[row | {"value": row["value"].replace(",", ".")} for row in each] for each in tables]
    assert plain[0] == plain[1] == plain[2]
    by_figure = {
        (row["kind"], row["id"], row["figure"]): row["value"] for row in read(full_report())
    }
    assert by_figure["change", "listen", "difference"] == "-1e-07"
    assert by_figure["change", "listen", "verdict"] == "unclear"
    assert by_figure["reliability", "listen", "item_rest:listen-ask"] == "-0.5"


def test_hidden_figures_have_a_status_and_no_value() -> None:
    rows = read(report())
    gone = [row for row in rows if row["team"] == "Werkstatt" and row["figure"] != "headcount"]
    assert {row["status"] for row in gone} == {"too_few"}
    assert {row["value"] for row in gone} == {""}
    by_place = {(row["team"], row["kind"], row["id"], row["figure"]): row["value"] for row in rows}
    assert by_place["", "dimension", "listen", "score"] == "51.3"
    assert by_place["Vertrieb", "item", "promise-late", "count_1"] == "5"


def test_comments_are_not_in_it() -> None:
    assert full_report().comments
    for name in NAMES:
        assert "Zu viel los" not in as_csv.render(full_report(), DIALECTS[name])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r\n@x", "' @x"),
        ("＝1", "'＝1"),
        ("  ＋1", "'  ＋1"),
        ('"－1', "'\"－1"),
        ("\u200b＠x", "'\u200b＠x"),
        ("Nord;=1+1", "Nord;'=1+1"),
        ('Nord,"=1+1"', 'Nord,\'"=1+1"'),
        ("Nord\n=1", "Nord =1"),
        ("=1; -2 | +3", "'=1;' -2 |' +3"),
        ("Nord-West + Süd = gut", "Nord-West + Süd = gut"),
        ("a@b.example", "a@b.example"),
        ("Ä\x1b[31m", "Ä\N{REPLACEMENT CHARACTER}[31m"),
    ],
)
def test_what_a_spreadsheet_would_compute_has_an_apostrophe_before_it(
    typed: str, said: str
) -> None:
    assert guarded(typed) == said
    for name in NAMES:
        dialect = DIALECTS[name]
        about = report("de", shown(None, 14, 16, "de"), shown(typed, 9, 9, "de"))
        assert {row["team"] for row in read(about, dialect)} == {"", said}


@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢﹣﹫⁺₊⁼₌")
def test_every_sign_that_some_program_takes_for_one_of_the_four(sign: str) -> None:
    assert unicodedata.normalize("NFKC", sign) in "=+-@"
    assert guarded(f"{sign}1") == f"'{sign}1"


def test_texts_of_a_questionnaire_do_not_run_either() -> None:
    first, *others = QUESTIONNAIRE.dimensions
    item = replace(first.items[0], text={"de": "=1+1", "en": "@x"})
    scale = replace(
        item.scale, prompt={"de": "+1", "en": "-"}, options={"de": ("-", "@"), "en": ("=", "+")}
    )
    asked = replace(
        QUESTIONNAIRE, dimensions=(replace(first, items=(replace(item, scale=scale),)), *others)
    )
    row = rows_of(as_csv.codebook(asked, "de"), PROGRAMS)[1]
    assert row[2:9] == ["'=1+1", "no", "cases", "'+1", "'-", "'@", ""]


TYPED = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("=+-@＝＋－＠;,|\"' \t\r\n\u00a0\u200b\ufeff\x1b\x000aä"),
    ),
    max_size=12,
)
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(allow_nan=False, allow_infinity=False))


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.lists(st.one_of(TYPED, NUMBERS, st.none()), min_size=3, max_size=3), max_size=4),
    st.sampled_from(NAMES),
)
@example([["=1", -1.5, "x;=1"]], "de")
@example([["\ufeff=1", -1, 'a,"-1"']], "en")
def test_no_cell_runs_and_every_number_is_one(rows: list[list[Cell]], name: str) -> None:
    """However another country's spreadsheet may split the lines, too."""
    dialect = DIALECTS[name]
    text = write(("a", "b", "c"), rows, dialect)
    back = rows_of(text, dialect)[1:]
    assert len(back) == len(rows)
    for cells, read_back in zip(rows, back, strict=True):
        for cell, seen in zip(cells, read_back, strict=True):
            if isinstance(cell, str):
                pieces = seen.replace(",", ";").replace("|", ";").split(";")
                assert not any(looks_computed(piece) for piece in pieces), seen
                assert not set(seen) & {"\t", "\r", "\n", "\x00", "\x1b"}
            elif cell is None:
                assert seen == ""
            else:
                assert float(seen.replace(dialect.point, ".")) == cell


def test_a_report_follows_the_language_and_an_export_does_not(
    with_closed_round: Call, tmp_path: Path
) -> None:
    for language, first in (("de", "team;perspective"), ("en", "team,perspective")):
        path = tmp_path / f"{language}.csv"
        call = ("report", "probe", "--lang", language, "--format", "csv")
        assert with_closed_round(*call, "--output", str(path)).code == 0
        assert path.read_bytes().startswith(f"\ufeff{first}".encode())
        assert with_closed_round(*call).out.encode() == path.read_bytes()
        folder = tmp_path / language
        folder.mkdir()
        to = ("--to", str(folder), "--lang", language)
        assert with_closed_round("round", "export", "probe", *to).code == 0
    german, english = (
        (tmp_path / language / "probe-figures.csv").read_bytes() for language in LANGUAGES
    )
    assert german == english
    assert german.startswith(b"team,perspective,")
    assert b"\r" not in german


@pytest.fixture
def with_closed_round(tiny_call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Open a round and close it; nobody answered, which is enough for a table."""
    monkeypatch.setenv("CHECKLIST_STORE", str(tmp_path / "rounds.db"))
    opening = ("--team", "Nord:8", "--keeper", "Kim, Telefon 1", "--recipient", "Alex")
    assert tiny_call("round", "open", "tiny", "--code", "probe", *opening).code == 0
    assert tiny_call("round", "close", "probe", "--yes").code == 0
    return tiny_call


def test_where_the_system_ends_lines_by_itself_they_end_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(os, "linesep", "\r\n")
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="utf-8", newline="\r\n"))
    text = as_csv.render(report())
    Session(Texts("de")).write(text)
    assert raw.getvalue() == text.encode()
