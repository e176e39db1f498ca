"""A home or a journal that cannot be used: one sentence, the way out, nothing lost."""

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checklist.journal.migrations import MIGRATIONS
from checklist.sitting import alone
from tests.helpers import Call, Outcome, assert_expected

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX paths")


@POSIX
@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file", "dort liegt schon eine Datei dieses Namens"),
        ("file/folder", "ein Teil des Pfads ist kein Ordner"),
        ("/dev/null/folder", "ein Teil des Pfads ist kein Ordner"),
        ("x" * 300, "der Name ist zu lang"),
    ],
)
def test_a_home_that_cannot_be_made(
    tiny_call: Call, answers: Callable[..., str], tmp_path: Path, place: str, reason: str
) -> None:
    (tmp_path / "file").write_text("mine")
    folder = tmp_path / place
    for arguments in (
        ("results",),
        ("run", "tiny", "--plain"),
        ("run", "tiny", "--answers", answers()),
    ):
        done = tiny_call(*arguments, input="3\n", env={"CHECKLIST_HOME": str(folder)})
        assert done.code == 1
        assert f"lässt sich nicht benutzen ({reason})." in done.said
        assert done.said.endswith("Nennen Sie mit CHECKLIST_HOME einen anderen Ordner.")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_home_where_nothing_can_be_made(inside: Call) -> None:
    done = inside("results", env={"CHECKLIST_HOME": "/proc/checklist"})
    assert done.code == 1
    assert "/proc/checklist für Ihre Antworten lässt sich nicht benutzen" in done.said


def test_a_home_of_a_user_who_does_not_exist(
    inside: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = inside("data", "path", env={"CHECKLIST_HOME": "~nobody-of-this-name/x"})
    assert (done.code, done.out) == (0, f"{Path('~nobody-of-this-name/x')}\n")


def test_a_missing_home_is_made_for_its_owner_only(inside: Call, home: Path) -> None:
    nested = home / "a" / "b"
    assert inside("results", env={"CHECKLIST_HOME": str(nested)}).code == 1
    assert nested.is_dir()
    if os.name == "posix":
        assert nested.stat().st_mode & 0o077 == 0


def set_aside(done: Outcome, home: Path) -> Path:
    """Make sure that a journal was set aside and the person told; give its new place."""
    aside = home / "journal.damaged-1.db"
    assert_expected(
        done,
        "Die Datei mit Ihren Antworten war beschädigt; sie liegt jetzt unverändert unter"
        f" {aside}. Rufen Sie den Befehl noch einmal auf: Er fängt mit einer neuen Datei an."
        f" Haben Sie eine Sicherung, dann kopieren Sie sie nach {home / 'journal.db'}.",
    )
    return aside


@pytest.mark.parametrize(
    "content",
    [b"no database", b"\0" * 5000, b"SQLite format 3\0", "ä".encode() * 9999],
    ids=["text", "zeros", "only a header", "long text"],
)
def test_a_journal_that_is_no_database_is_set_aside(
    tiny_call: Call, answers: Callable[..., str], home: Path, content: bytes
) -> None:
    home.mkdir()
    (home / "journal.db").write_bytes(content)
    aside = set_aside(tiny_call("run", "tiny", "--answers", answers()), home)
    assert aside.read_bytes() == content
    assert tiny_call("run", "tiny", "--answers", answers()).code == 0
    assert aside.read_bytes() == content


@pytest.mark.parametrize(
    "there",
    [b"SQLite format 3", b"CREATE TABLE result", b"listen-cut-in", b"Ganz klein"],
    ids=["header", "schema", "answers", "questionnaire"],
)
def test_a_journal_with_overwritten_bytes_is_set_aside(
    tiny_call: Call, with_results: Path, home: Path, there: bytes
) -> None:
    data = bytearray(with_results.read_bytes())
    page = data.index(there) // 4096 * 4096
    data[page : page + 4096] = b"\xa5" * 4096
    with_results.write_bytes(data)
    aside = set_aside(tiny_call("results"), home)
    assert aside.read_bytes() == data
    assert tiny_call("results").said.startswith("Es gibt noch kein Ergebnis.")


def test_a_second_damaged_journal_leaves_the_first_alone(inside: Call, home: Path) -> None:
    home.mkdir()
    for content in (b"first", b"second"):
        (home / "journal.db").write_bytes(content)
        assert inside("results").code == 1
    assert (home / "journal.damaged-1.db").read_bytes() == b"first"
    assert (home / "journal.damaged-2.db").read_bytes() == b"second"


def test_a_journal_that_sqlite_finds_in_order_but_we_do_not_is_set_aside(
    tiny_call: Call, with_results: Path, home: Path
) -> None:
    """One word of a kept questionnaire is another: SQLite cannot know."""
    data = with_results.read_bytes()
    assert data.count(b"Ich frage nach.") == 1
    with_results.write_bytes(data.replace(b"Ich frage nach.", b"Ich frage noch."))
    set_aside(tiny_call("results"), home)


def test_a_database_of_another_program_is_set_aside(inside: Call, home: Path) -> None:
    home.mkdir()
    for version in (0, len(MIGRATIONS)):
        connection = sqlite3.connect(home / "journal.db")
        connection.execute("CREATE TABLE draft (id INTEGER)")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()
        data = (home / "journal.db").read_bytes()
        assert "war beschädigt" in inside("results").said
        assert data in [path.read_bytes() for path in home.glob("journal.damaged-*.db")]


def test_a_journal_from_a_newer_version_stays_untouched(
    tiny_call: Call, answers: Callable[..., str], with_results: Path
) -> None:
    connection = sqlite3.connect(with_results)
    connection.execute("CREATE TABLE news (id INTEGER)")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    data = with_results.read_bytes()
    for arguments in (
        ("results",),
        ("plan",),
        (),
        ("run", "tiny", "--plain"),
        ("run", "tiny", "--answers", answers()),
    ):
        done = tiny_call(*arguments, input="3\n")
        assert done.code == 1
        assert f"Die Datei {with_results} stammt von einer neueren Version" in done.said
        assert done.said.endswith(
            "Aktualisieren Sie checklist, oder nennen Sie mit CHECKLIST_HOME einen anderen Ordner."
        )
        assert with_results.read_bytes() == data
    assert sorted(path.name for path in with_results.parent.glob("journal*")) == ["journal.db"]


def test_a_journal_that_is_a_folder(inside: Call, home: Path) -> None:
    (home / "journal.db").mkdir(parents=True)
    done = inside("results")
    assert done.code == 1
    assert f"Die Datei {home / 'journal.db'} lässt sich nicht öffnen." in done.said


def test_a_journal_that_somebody_else_holds(
    tiny_call: Call, with_results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checklist.journal.database.SECONDS_TO_WAIT", 0.01)
    holder = sqlite3.connect(with_results, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    done = tiny_call("results")
    holder.close()
    assert_expected(
        done,
        f"Ein anderes Programm hält die Datei {with_results} fest."
        " Warten Sie einen Augenblick und versuchen Sie es noch einmal.",
    )
    assert tiny_call("results").code == 0


def test_one_questionnaire_in_two_windows(checklist: Call, tiny_folder: Path, home: Path) -> None:
    home.mkdir()
    arguments = ("run", "tiny", "--plain", "--questions", str(tiny_folder))
    with alone(home, "tiny", "self"):
        done = checklist(*arguments, input="3\n")
        assert done.code == 1
        assert done.said.endswith(
            "Der Fragebogen tiny wird gerade in einem anderen Fenster beantwortet."
            " Machen Sie dort weiter, oder schließen Sie jenes Fenster."
        )
        other = checklist(*arguments, "--perspective", "observer", input="3\n")
        assert "in einem anderen Fenster" not in other.said
    assert "in einem anderen Fenster" not in checklist(*arguments, input="3\n").said
