"""Full and read-only disks, closed streams: said in one sentence, and no answer is lost."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checklist.journal import Journal
from tests.helpers import Call, assert_expected

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the journal grow by so many pages from now on and no further."""
    connect = sqlite3.connect

    def limit(pages: int) -> None:
        def limited(path: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(path, **options)
            if path != ":memory:":
                (now,) = connection.execute("PRAGMA page_count").fetchone()
                connection.execute(f"PRAGMA max_page_count = {now + pages}")
            return connection

        monkeypatch.setattr(sqlite3, "connect", limited)

    return limit


FULL = "Der Datenträger ist voll; die letzte Eingabe ist nicht gespeichert, alle davor sind es."


def test_a_disk_that_is_full_while_answers_are_saved(
    tiny_call: Call,
    answers: Callable[..., str],
    with_results: Path,
    full: Callable[[int], None],
) -> None:
    before = tiny_call("results", "--history").out
    full(0)
    done = tiny_call("run", "tiny", "--answers", answers(comments={"listen-ask": "x" * 9999}))
    assert_expected(
        done,
        f"{FULL} Schaffen Sie Platz und rufen Sie den Befehl noch einmal auf."
        f" Es geht um {with_results}.",
    )
    assert tiny_call("results", "--history").out == before


def test_a_disk_that_is_full_in_the_middle_of_an_interview(
    tiny_call: Call, with_results: Path, full: Callable[[int], None]
) -> None:
    """The draft holds two answers; the third fits, the long comment to the fourth does not."""
    full(1)
    done = tiny_call("run", "tiny", "--plain", input=f"1\n3\nk\n{'x' * 9999}\n5\n")
    assert done.code == 1
    assert done.said.endswith(f"Es geht um {with_results}.")
    assert FULL in done.said
    journal = Journal(with_results.parent)
    (draft,) = journal.drafts.all()
    journal.close()
    assert dict(draft.response.answers) == {
        "listen-ask": 3,
        "promise-date": 4,
        "complaints-thank": 3,
    }
    assert not draft.response.comments


def fill(disk: Path, leave: int) -> None:
    """Fill a disk up to so many bytes."""
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(b"\0" * 4096)
        except OSError:
            ballast.truncate(max(ballast.tell() - leave, 0))


def test_a_disk_that_really_fills_up(
    checklist: Call, tiny_folder: Path, answers: Callable[..., str], small_disk: Path
) -> None:
    env = {"CHECKLIST_HOME": str(small_disk / "mine"), "CHECKLIST_QUESTIONS": str(tiny_folder)}
    run = ("run", "tiny", "--answers", answers(comments={"listen-ask": "x" * 9000}))
    assert checklist(*run, env=env).code == 0
    before = checklist("results", "--format", "json", env=env)
    assert before.code == 0
    fill(small_disk, leave=0)
    done = checklist(*run, env=env)
    assert done.code == 1
    assert FULL in done.said
    assert done.out == ""
    assert checklist("results", "--format", "json", env=env).out == before.out
    (small_disk / "ballast").unlink()
    assert checklist(*run, env=env).code == 0


def test_a_disk_without_room_for_a_home(checklist: Call, small_disk: Path) -> None:
    fill(small_disk, leave=0)
    done = checklist("results", env={"CHECKLIST_HOME": str(small_disk / "mine")})
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "voll" in done.said


def test_reminders_onto_a_full_disk_leave_no_part_of_a_file(inside: Call, small_disk: Path) -> None:
    for name, items in (("anti-churn", 18), ("relationship-competence", 21)):
        everything = "2\n" * items + "\n\n\n1 2 3\n"
        assert inside("run", name, input=everything).code == 0
    reminders = small_disk / "plan.ics"
    fill(small_disk, leave=4096)
    done = inside("plan", "--ics", str(reminders))
    assert done.code == 1
    assert done.said == (
        f"Die Datei {reminders} lässt sich nicht schreiben (der Datenträger ist voll)."
        " Nennen Sie einen anderen Ort."
    )
    assert not reminders.exists()
    (small_disk / "ballast").unlink()
    assert inside("plan", "--ics", str(reminders)).code == 0
    assert reminders.stat().st_size > 4096


def test_a_read_only_disk_shows_results_and_takes_no_new_ones(
    checklist: Call, tiny_folder: Path, answers: Callable[..., str], small_disk: Path
) -> None:
    env = {"CHECKLIST_HOME": str(small_disk / "mine"), "CHECKLIST_QUESTIONS": str(tiny_folder)}
    assert checklist("run", "tiny", "--answers", answers(), env=env).code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert checklist("results", env=env).code == 0
    for arguments in (("--answers", answers()), ("--plain",)):
        done = checklist("run", "tiny", *arguments, input="3\n", env=env)
        assert done.code == 1
        assert "schreibgeschützt" in done.said
        assert "CHECKLIST_HOME" in done.said


def shell(arguments: str, home: Path, redirections: str) -> subprocess.CompletedProcess[str]:
    """Call the program through a shell, which can close streams."""
    command = f'exec "{sys.executable}" -m checklist {arguments} {redirections}'
    return subprocess.run(
        ["sh", "-c", command], cwd=home.parent, capture_output=True, text=True, check=False
    )


@POSIX
def test_closed_input(home: Path) -> None:
    done = shell("run anti-churn --plain", home, "<&-")
    assert done.returncode == 1
    assert "Die Eingabe ist zu Ende, bevor etwas beantwortet war." in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert shell("run", home, "<&-").returncode == 2
    assert shell("data erase", home, "<&-").returncode == 2


@POSIX
def test_closed_output_loses_no_answers(home: Path, answers: Callable[..., str]) -> None:
    path = Path(answers()).with_name("real.json")
    path.write_text('{"answers": {"needs-ask-first": 4}}')
    done = shell(f"run anti-churn --answers '{path}'", home, ">&-")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Anti-Kundenflucht" in shell("results", home, "").stdout
    assert shell("results", home, "<&- >&- 2>&-").returncode == 0


@POSIX
@pytest.mark.parametrize("arguments", ["--help", "questions list", "results", "nonsense"])
def test_output_that_nobody_reads(home: Path, arguments: str) -> None:
    """A reader like ``head`` leaves: no complaint, also not from the interpreter while it ends."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "checklist", *arguments.split()],
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=home.parent,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.returncode == (2 if arguments == "nonsense" else 1)
    assert len(done.stderr.splitlines()) == (1 if arguments in ("nonsense", "results") else 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", ["--help", "questions list", "", "data path"])
def test_output_into_a_full_disk(home: Path, arguments: str) -> None:
    done = shell(arguments, home, ">/dev/full")
    assert done.returncode == 1
    assert " ".join(done.stderr.split()) == (
        "Die Ausgabe lässt sich nicht schreiben (der Datenträger ist voll)."
        " Schaffen Sie Platz, oder leiten Sie sie an einen anderen Ort."
    )
    assert shell("nonsense", home, "2>/dev/full").returncode == 2
