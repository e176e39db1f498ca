"""Reports and results as pages: onto standard output, into a file, and never onto a screen."""

import io
import sys
from pathlib import Path

import pytest

from tests.helpers import Call
from tests.page_reading import Read


@pytest.fixture
def closed(tiny_call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Close a round of ten people."""
    monkeypatch.setenv("CHECKLIST_STORE", str(tmp_path / "rounds.db"))
    table = tmp_path / "table.csv"
    head = "listen-ask,listen-cut-in,promise-date,promise-late"
    rows = "\n".join(f"{n % 5 + 1},{n % 4 + 1},{n % 3 + 2},{n % 2 + 1}" for n in range(10))
    table.write_text(f"{head}\n{rows}\n", "utf-8")
    for call in (
        (
            "round",
            "open",
            "tiny",
            "--team",
            "Süd <b>:12",
            "--code",
            "test-eins",
            "--keeper",
            "Kim, 12",
        ),
        ("round", "import", "test-eins", str(table)),
        ("round", "close", "test-eins", "--yes"),
    ):
        done = tiny_call(*call)
        assert done.code == 0, done.err
    return tiny_call


def test_a_report_goes_to_standard_output_or_into_a_file(closed: Call, tmp_path: Path) -> None:
    shown = closed("report", "test-eins", "--format", "html")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("<!doctype html>")
    assert "Wort halten Wert 68 , Spielraum 57 bis 76" in Read(shown.out).said
    file = tmp_path / "bericht.html"
    done = closed("report", "test-eins", "--format", "html", "--output", str(file))
    assert (done.code, done.out) == (0, "")
    assert str(file) in done.said.replace(" ", "")
    assert file.read_text("utf-8") == shown.out
    again = closed("report", "test-eins", "--format", "html", "--output", str(file))
    assert again.code == 1
    assert "gibt es schon" in again.said
    forced = closed(
        "report", "test-eins", "--format", "html", "--lang", "en", "--output", str(file), "--force"
    )
    assert forced.code == 0
    assert '<html lang="en">' in file.read_text("utf-8")


def test_a_result_goes_to_standard_output_or_into_a_file(
    with_results: Path, tiny_call: Call, tmp_path: Path
) -> None:
    shown = tiny_call("results", "--format", "html", "--history")
    assert (shown.code, shown.err) == (0, "")
    assert "<svg" in shown.out
    assert "<svg" not in tiny_call("results", "--format", "html").out
    file = tmp_path / "ergebnis"
    for form, begins in (
        ("html", "<!doctype html>"),
        ("markdown", "# "),
        ("json", "{"),
        ("terminal", "\nGanz klein"),
    ):
        done = tiny_call("results", "--format", form, "--output", str(file), "--force")
        assert (done.code, done.out) == (0, "")
        assert file.read_text("utf-8").startswith(begins)
    kept = file.read_bytes()
    again = tiny_call("results", "--format", "html", "--output", str(file))
    assert again.code == 1
    assert "gibt es schon" in again.said
    assert file.read_bytes() == kept


def test_standard_output_in_another_encoding(checklist: Call, with_results: Path) -> None:
    calls = [
        checklist("results", "--format", "html", env={"PYTHONIOENCODING": encoding})
        for encoding in ("utf-8", "ascii")
    ]
    assert [done.code for done in calls] == [0, 0]
    assert calls[1].out.isascii()
    assert Read(calls[1].out).said == Read(calls[0].out).said


class Screen(io.StringIO):
    """Standard output that says of itself that somebody looks at it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_page_is_not_written_onto_a_screen(
    closed: Call, with_results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    for call, way_out in (
        (
            ("report", "test-eins"),
            "checklist report test-eins --format html --output test-eins.html",
        ),
        (("results", "tiny"), "checklist results tiny --format html --output tiny.html"),
    ):
        refused = closed(*call, "--format", "html")
        assert refused.code == 2
        assert refused.said.endswith(way_out)
        assert screen.getvalue() == ""
        file = str(tmp_path / call[0])
        assert closed(*call, "--format", "html", "--output", file).code == 0
