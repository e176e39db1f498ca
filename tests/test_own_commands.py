"""results, plan, data and the bare command, through the whole program."""

import json
import re
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.helpers import Call

LOW = {"needs-ask-first": 1, "needs-own-words": 2, "needs-each-point": 4, "benefit-gain": 2}
HIGH = {"needs-ask-first": 5, "needs-own-words": 5, "needs-each-point": 5}


@pytest.fixture
def answered(inside: Call, tmp_path: Path) -> Call:
    """The program, after one response with low answers from a file."""
    given = tmp_path / "low.json"
    given.write_text(json.dumps({"answers": LOW}))
    assert inside("run", "anti-churn", "--answers", str(given)).code == 0
    return inside


def lines(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


def test_results_show_the_latest(answered: Call) -> None:
    shown = answered("results", "anti-churn")
    assert shown.code == 0
    assert "Anti-Kundenflucht-Checkliste" in shown.out
    assert shown.err == ""


def test_history_shows_the_difference(answered: Call, tmp_path: Path) -> None:
    again = tmp_path / "high.json"
    again.write_text(json.dumps({"answers": HIGH}))
    answered("run", "anti-churn", "--answers", str(again))
    text = answered("results", "--history").out
    row = next(line for line in text.splitlines() if re.match("Bedarf erkennen +▃█ ", line))
    assert row.split()[-3:] == ["33", "100", "+67"]
    assert "steigt oft schon durch Zufall" in " ".join(text.split())
    found = json.loads(answered("results", "--format", "json").out)
    assert found["own"]["history"][0]["differences"]["needs"] == pytest.approx(200 / 3)


def test_explain_shows_the_arithmetic(answered: Call) -> None:
    text = " ".join(answered("results", "--explain").out.split())
    assert "Mittel: (1 + 2 + 4) / 3 = 2,33. Wert: 100 · (2,33 − 1) / (5 − 1) = 33." in text
    assert "verschiebt ihn um 8." in text


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_other_formats_go_to_standard_output_alone(answered: Call, form: str) -> None:
    shown = answered("results", "--format", form)
    assert shown.err == ""
    assert shown.out.startswith("# Anti-Kundenflucht" if form == "markdown" else "{")


def test_nothing_answered_yet(inside: Call) -> None:
    assert inside("results").err.startswith("Es gibt noch kein Ergebnis.")
    assert inside("results").code == 1
    assert "checklist run anti-churn" in inside("results", "anti-churn").err
    assert "Hier steht noch nichts." in inside("plan").out
    missing = inside("plan", "--ics", "x.ics")
    assert missing.code == 1
    assert not Path("x.ics").exists()


def test_from_the_first_answer_to_what_became_of_the_plan(inside: Call, tmp_path: Path) -> None:
    """Take a step up, see it, be reminded, say next time that it was done, see both."""
    everything = ["2"] * 18 + ["", ""] + [""]
    first = inside("run", "anti-churn", input=lines(*everything, "1 3"))
    assert first.code == 0, first.err
    assert "Ihre 2 Vorhaben stehen unter: checklist plan." in " ".join(first.err.split())
    plan = inside("plan").out
    assert plan.count("Seit ") == 2
    reminders = tmp_path / "plan.ics"
    assert inside("plan", "--ics", str(reminders)).code == 0
    assert len(Calendar.from_ical(reminders.read_bytes()).walk("VEVENT")) == 4
    assert inside("plan", "--ics", str(reminders)).code == 1, "never overwritten"

    second = inside("run", "anti-churn", input=lines(*["4"] * 18, "", "", "", "1", "3", ""))
    assert second.code == 0, second.err
    assert "Was ist daraus geworden?" in second.err
    said = " ".join(second.out.split())
    assert "getan, geht weiter" in said
    assert "damals: in wenigen Fällen, heute: in den meisten Fällen." in said
    assert "ob es am Vorhaben lag, zeigen diese Zahlen nicht" in said
    assert "checklist results" in second.err


def test_the_bare_command_says_what_is_open(inside: Call) -> None:
    fresh = inside()
    assert fresh.code == 0
    assert "checklist run anti-churn" in fresh.out
    assert "Angefangen" not in fresh.out
    assert inside("run", "anti-churn", input="4\n4\n").code == 1
    text = inside().out
    assert "Anti-Kundenflucht-Checkliste: 2 Antworten von 18" in text


def test_where_the_data_lies_a_copy_and_the_end(answered: Call, home: Path, tmp_path: Path) -> None:
    assert answered("data", "path").out.strip() == str(home)
    copy = tmp_path / "copy.db"
    assert answered("data", "backup", str(copy)).code == 0
    assert answered("data", "backup", str(copy)).code == 1
    asked = answered("data", "erase", input="2\n")
    assert asked.code == 2, "nobody there to ask, so --yes is needed"
    assert "--yes" in asked.err
    assert (home / "journal.db").exists()
    assert answered("data", "erase", "--yes").code == 0
    assert list(home.iterdir()) == []
    assert copy.exists()
    assert answered("results").code == 1


def test_answers_come_from_a_file_without_a_question(inside: Call, tmp_path: Path) -> None:
    given = tmp_path / "a.json"
    given.write_text(json.dumps({"answers": LOW, "comments": {"benefit-gain": "weil"}}))
    done = inside("run", "anti-churn", "--answers", str(given), "--format", "json")
    assert done.code == 0
    assert done.err == ""
    assert json.loads(done.out)["comments"] == [{"item": "benefit-gain", "text": "weil"}]


def test_a_wrong_answers_file_saves_nothing(inside: Call, home: Path, tmp_path: Path) -> None:
    given = tmp_path / "a.json"
    given.write_text('{"answers": {"needs-ask-frist": 9, "benefit-gain": 7}, "coments": {}}')
    done = inside("run", "anti-churn", "--answers", str(given))
    assert done.code == 1
    assert done.err.count("a.json:") == 3
    assert inside("results").code == 1


def test_both_outside_views_are_asked_about_the_team(inside: Call, tmp_path: Path) -> None:
    given = tmp_path / "a.json"
    given.write_text(json.dumps({"answers": LOW}))
    for view, title in (("observer", "von außen"), ("lead", "als Leitung")):
        done = inside("run", "anti-churn", "--perspective", view, "--answers", str(given))
        assert title in done.out
        assert "Das Team" in done.out
        assert "nicht auf einzelne Menschen" in done.out
