"""Wrong files and strange texts: one sentence, the way out, exit code 1, nothing lost."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checklist.bank import Bank
from tests.helpers import TINY, Call, assert_expected

IDS = ", ".join(Bank().ids)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "anti-chrun",
            "Einen Fragebogen „anti-chrun“ gibt es nicht."
            f" Meinten Sie anti-churn? Möglich sind: {IDS}.",
        ),
        ("xyz", f"Einen Fragebogen „xyz“ gibt es nicht. Möglich sind: {IDS}."),
    ],
)
@pytest.mark.parametrize("command", [("run", "--plain"), ("run", "--answers", "x"), ("results",)])
def test_an_unknown_questionnaire(
    inside: Call, command: tuple[str, ...], asked: str, said: str
) -> None:
    assert_expected(inside(*command, asked), said)


def test_a_questionnaire_that_is_a_folder(inside: Call, tiny_folder: Path) -> None:
    (tiny_folder / "other.toml").mkdir()
    done = inside("run", "other", "--plain", "--questions", str(tiny_folder))
    assert done.code == 1
    assert "other.toml lässt sich nicht lesen (das ist ein Ordner)." in done.said


def test_a_questionnaire_that_is_not_utf_8(inside: Call, tiny_folder: Path) -> None:
    (tiny_folder / "tiny.toml").write_bytes(TINY.encode("cp1252"))
    done = inside("run", "tiny", "--plain", "--questions", str(tiny_folder))
    assert_expected(
        done,
        "Mit tiny.toml lässt sich noch nicht arbeiten. Das ist zu ändern:"
        " tiny.toml:8: Hier steht ein Zeichen, das nicht in UTF-8 geschrieben ist."
        " Speichern Sie die Datei im Editor als UTF-8.",
    )


def test_questionnaires_from_a_folder_that_is_none(inside: Call, tmp_path: Path) -> None:
    folder = tmp_path / "none"
    said = f"Den Ordner {folder} mit eigenen Fragebögen gibt es nicht."
    said += " Prüfen Sie --questions oder CHECKLIST_QUESTIONS."
    for done in (
        inside("questions", "list", "--questions", str(folder)),
        inside("run", "tiny", env={"CHECKLIST_QUESTIONS": str(folder)}),
    ):
        assert_expected(done, said)


def test_checking_files_names_all_that_is_wrong_on_standard_output(
    inside: Call, tiny_folder: Path
) -> None:
    (tiny_folder / "other.toml").write_text('id = "other"\n"\\u001b[31m" = 1\n', "utf-8")
    done = inside("questions", "check", str(tiny_folder))
    assert done.code == 1
    assert "other.toml:2: Den Schlüssel „�[31m“ gibt es hier nicht." in done.out
    assert "\x1b" not in done.out
    assert "tiny.toml: in Ordnung" in done.said
    assert done.said.endswith(
        "Dateien, in denen etwas nicht stimmt: 1. Was zu ändern ist, steht oben."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_a_file_name_is_shown_and_never_obeyed(inside: Call, tmp_path: Path) -> None:
    (tmp_path / "\x1b[31m\u202e.toml").write_text("id", "utf-8")
    done = inside("questions", "check", str(tmp_path))
    assert done.code == 1
    assert "�[31m�.toml:1:3: Nach dem Schlüssel fehlt ein Gleichheitszeichen." in done.out
    assert "\x1b" not in done.out + done.err


def test_checking_nothing(inside: Call, tmp_path: Path) -> None:
    assert_expected(
        inside("questions", "check", str(tmp_path)),
        f"In {tmp_path} liegt keine Fragebogen-Datei."
        " Nennen Sie eine Datei mit der Endung .toml oder einen Ordner mit solchen.",
    )


def test_answers_that_are_a_folder_or_not_there(tiny_call: Call, tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "das ist ein Ordner"), (tmp_path / "x", "nicht vorhanden")):
        assert_expected(
            tiny_call("run", "tiny", "--answers", str(path)),
            f"Die Antworten in {path} lassen sich nicht lesen ({reason})."
            " Prüfen Sie Namen und Leserechte.",
        )


def test_answers_with_mistakes_save_nothing(
    tiny_call: Call, answers: Callable[..., str], home: Path
) -> None:
    done = tiny_call("run", "tiny", "--answers", answers(comments={"nobody": "x"}, more={}))
    assert done.code == 1
    assert done.said.startswith("Mit den Antworten in answers.json stimmt etwas nicht;")
    assert len(done.err.split("answers.json: ")) == 3
    assert "noch kein Ergebnis" in tiny_call("results").said


STRANGE = "a\x1b[31mrot\x1b[0m \x07\x00 [bold red]fett[/] \u202eumgekehrt {0} <b>b</b> \ud800 ;)"
OBEYED = ("\x1b", "\x07", "\x00", "\u202e", "\ud800")


@pytest.mark.parametrize("form", ["terminal", "markdown"])
@pytest.mark.parametrize("colour", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}])
def test_what_is_written_in_a_comment_is_shown_and_never_obeyed(
    tiny_call: Call, answers: Callable[..., str], form: str, colour: dict[str, str]
) -> None:
    file = answers(comments={"listen-ask": STRANGE}, reflections={"wish": STRANGE})
    first = tiny_call("run", "tiny", "--answers", file, "--format", form, env=colour)
    again = tiny_call("results", "--format", form, env=colour)
    assert (first.code, again.code) == (0, 0)
    for done in (first, again):
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.out) if "FORCE_COLOR" in colour else done.out
        assert "\x1b[31m" not in done.out
        assert not [sign for sign in OBEYED if sign in said]
        assert " ".join(said.replace("\\", "").split()).count("[bold red]fett[/]") == 2


def test_what_is_written_in_a_comment_reaches_other_programs_unchanged(
    tiny_call: Call, answers: Callable[..., str]
) -> None:
    file = answers(comments={"listen-ask": STRANGE}, reflections={"wish": STRANGE})
    first = tiny_call("run", "tiny", "--answers", file, "--format", "json")
    again = tiny_call("results", "--format", "json")
    for done in (first, again):
        assert done.code == 0
        assert "\x1b" not in done.out
        said = [comment["text"] for comment in json.loads(done.out)["comments"]]
        assert said == [STRANGE.replace("\ud800", "\N{REPLACEMENT CHARACTER}")] * 2


def test_what_is_typed_in_a_comment_is_shown_and_never_obeyed(tiny_call: Call) -> None:
    typed = "k\n\x1b[31mrot [bold]fett[/bold]\x07\n" + "3\n" * 7 + "\n\n\n\n"
    done = tiny_call("run", "tiny", "--plain", input=typed)
    assert done.code == 0
    assert not [sign for sign in OBEYED if sign in done.out + done.err]
    assert "[bold]fett[/bold]" in done.out


SECRET = "geheime Antwort"


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("checklist.cli.results.show", broken)


@pytest.mark.usefixtures("fault", "with_results")
def test_a_fault_of_ours_is_short_and_leaves_a_log_without_answers(
    tiny_call: Call, home: Path
) -> None:
    done = tiny_call("results")
    assert done.code == 3
    assert done.out == ""
    assert done.said == (
        "Das ist ein Fehler des Programms, nicht Ihrer. Was Sie beantwortet haben, ist"
        f" gespeichert. Einzelheiten, ohne Ihre Antworten, stehen in: {home / 'fault.log'}"
    )
    log = (home / "fault.log").read_text("utf-8")
    assert "ValueError" in log
    assert "results.py" in log
    assert SECRET not in log
    tiny_call("results")
    assert (home / "fault.log").read_text("utf-8").count("\nValueError\n") == 2


@pytest.mark.usefixtures("fault", "with_results")
def test_a_fault_of_ours_tells_all_where_that_is_asked_for(tiny_call: Call) -> None:
    done = tiny_call("results", "--debug")
    assert done.code == 3
    assert "Traceback (most recent call last)" in done.err
    assert SECRET in done.err
