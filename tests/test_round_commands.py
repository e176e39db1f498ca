"""Rounds as their keeper and their respondents use them: open, answer, close, report, purge."""

import json
import os
import re
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.cli.session import Session
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.journal import Journal
from checklist.rounds import Comment, RoundResponse
from checklist.store import Responses, Rounds, Store
from tests.helpers import Call, Outcome, assert_expected

OPEN = ("--keeper", "Kim Beispiel, Telefon 123", "--code", "test-eins")
ITEMS = ("listen-ask", "listen-cut-in", "listen-repeat", "promise-date", "promise-late")

Person = Callable[..., Outcome]


@pytest.fixture
def opened(tiny_call: Call, store: Path) -> Call:
    """Open a round for two teams, and give the call."""
    done = tiny_call("round", "open", "tiny", "--team", "Nord:12", "--team", "Süd", *OPEN)
    assert (done.code, done.out) == (0, "test-eins\n")
    return tiny_call


@pytest.fixture
def person(opened: Call, tmp_path: Path) -> Person:
    """Answer from a file, as the n-th person."""

    def answer(number: int, team: str = "Nord", **parts: object) -> Outcome:
        path = tmp_path / f"{number}.json"
        answers = {item: 1 + (number + place) % 5 for place, item in enumerate(ITEMS)}
        path.write_text(json.dumps({"answers": answers, **parts}), "utf-8")
        home = str(tmp_path / f"person-{number}")
        return opened(
            "run", "--round", "test-eins", "--team", team, "--answers", str(path),
            env={"CHECKLIST_HOME": home},
        )  # fmt: skip

    return answer


def counts(path: Path) -> int:
    store = Store(path)
    try:
        return store.responses.count("test-eins")
    finally:
        store.close()


def test_a_whole_round(opened: Call, person: Person, store: Path) -> None:
    for number in range(12):
        done = person(number, "Nord" if number < 10 else "süd")
        assert done.code == 0
        assert "Abgeschickt." in done.said
        assert "Profil" in done.out
    assert "bisher 10 oder mehr Antworten" in opened("round", "list").out
    closed = opened("round", "close", "test-eins", "--yes")
    assert closed.code == 0
    assert "Süd wird nicht einzeln gezeigt" in " ".join(closed.out.replace("•", "").split())
    assert opened("round", "close", "test-eins", "--yes") == closed, "closing again is no harm"
    report = json.loads(opened("report", "test-eins", "--format", "json").out)
    everybody, north, south = report["groups"]
    assert (everybody["n"], north["status"], south["status"]) == (12, "protected", "too_few")
    assert opened("round", "audit", "test-eins").code == 0
    for form in ("terminal", "markdown", "csv"):
        assert opened("report", "test-eins", "--format", form).code == 0
    assert opened("report", "test-eins", "--team", "Nord").code == 0


def test_while_it_collects_nothing_but_a_coarse_number_comes_out(
    opened: Call, person: Person
) -> None:
    for number in range(7):
        assert person(number).code == 0
    outputs = [
        opened(*call)
        for call in (
            ("round", "list"),
            ("round", "show", "test-eins"),
            ("report", "test-eins"),
            ("report", "test-eins", "--format", "json"),
            ("round", "export", "test-eins"),
            ("round", "audit", "test-eins"),
            ("round", "purge", "test-eins", "--yes"),
        )
    ]
    assert [done.code for done in outputs] == [0, 0, 1, 1, 1, 1, 1]
    for done in outputs:
        assert not re.search(r"\b7\b", done.out + done.err)
    assert "5 oder mehr" in outputs[0].out


def test_answering_again_replaces_and_says_so(opened: Call, person: Person, store: Path) -> None:
    person(1)
    again = person(1)
    assert "Ihre früheren Antworten sind ersetzt" in again.said
    assert counts(store) == 1


def test_taking_back_and_answering_anew(
    opened: Call, person: Person, store: Path, tmp_path: Path
) -> None:
    person(1)
    mine = {"CHECKLIST_HOME": str(tmp_path / "person-1")}
    assert opened("withdraw", "test-eins", env=mine).code == 2, "nobody to ask"
    assert opened("withdraw", "TEST-EINS", "--yes", env=mine).code == 0
    assert counts(store) == 0
    assert_expected(
        opened("withdraw", "test-eins", "--yes", env=mine),
        "Was von hier aus in die Runde test-eins gegangen ist, zählt schon nicht mehr; es gibt"
        " nichts zurückzunehmen. Solange die Runde läuft, können Sie wieder antworten:"
        " checklist run --round test-eins",
    )
    never = {"CHECKLIST_HOME": str(tmp_path / "person-2")}
    assert_expected(
        opened("withdraw", "test-eins", "--yes", env=never),
        "Von hier aus wurde in der Runde test-eins nichts abgeschickt. Zurücknehmen lässt sich"
        " etwas nur dort, wo es abgeschickt wurde.",
    )
    assert "Abgeschickt. Ändern" in person(1).said
    assert counts(store) == 1
    opened("round", "close", "test-eins", "--yes")
    late = opened("withdraw", "test-eins", "--yes", env=mine)
    assert late.code == 1
    assert "nichts mehr" in late.said
    assert person(2).code == 1, "a closed round takes nothing"


def test_texts_stay_where_the_round_takes_none(person: Person, opened: Call, store: Path) -> None:
    done = person(1, comments={"listen-ask": "GEHEIM"}, reflections={"wish": "WUNSCH"})
    assert "Diese Runde sammelt keine Kommentare" in done.said
    assert "GEHEIM" in done.out, "one's own result has them"
    assert b"GEHEIM" not in store.read_bytes()
    assert b"WUNSCH" not in store.read_bytes()


def test_lines_lead_through_notice_and_sending(opened: Call, store: Path) -> None:
    typed = ["2", *["3"] * 7, "", "", "", "2", "1", ""]
    done = opened("run", "--round", "test-eins", "--plain", input="\n".join(typed) + "\n")
    assert done.code == 0, done.err
    for said in (
        "Die Teilnahme ist freiwillig",
        "das Team „Süd“ und eine Zufallszahl",
        "Einzelne Antworten kann Kim Beispiel technisch lesen",
        "Kommentare und Antworten auf offene Fragen bleiben bei Ihnen",
        "Jetzt abschicken? Weitergegeben wird dies, und sonst nichts: 7 von 7 Antworten; das Team"
        " „Süd“; eine Zufallszahl; ein Code für den Vergleich mit der nächsten Runde.",
        "ja, verbinden",
        "Abgeschickt.",
    ):
        assert said in done.said, said
    assert counts(store) == 1
    assert "ist gespeichert" in done.said


def test_not_sending_keeps_everything_here(opened: Call, store: Path, home: Path) -> None:
    typed = ["2", *["3"] * 7, "", "", "", "1", "2"]
    done = opened("run", "--round", "test-eins", "--plain", input="\n".join(typed) + "\n")
    assert done.code == 0
    assert "Nichts abgeschickt" in done.said
    assert counts(store) == 0
    # The same person, team, go on, review, not comparable, send, no steps.
    typed = ["1", "2", "1", "", "1", "1", ""]
    done = opened("run", "--round", "test-eins", "--plain", input="\n".join(typed) + "\n")
    assert done.code == 0, done.err
    assert counts(store) == 1


def test_somebody_else_at_the_same_account_leaves_nothing(
    opened: Call, store: Path, home: Path
) -> None:
    first = ["1", *["3"] * 7, "", "", "", "1", "1", ""]
    assert opened("run", "--round", "test-eins", "--plain", input="\n".join(first) + "\n").code == 0
    other = ["2", "1", *["2"] * 7, "", "", "", "1"]
    done = opened("run", "--round", "test-eins", "--plain", input="\n".join(other) + "\n")
    assert done.code == 0, done.err
    assert "Gespeichert ist hier nichts davon" in done.said
    assert "bleibt davon nichts" in done.said
    assert counts(store) == 2
    journal = Journal(home)
    assert len(journal.results.all()) == 1
    assert journal.drafts.all() == []
    journal.close()


def test_an_end_of_input_keeps_the_draft_and_sends_nothing(opened: Call, store: Path) -> None:
    done = opened("run", "--round", "test-eins", "--plain", input="1\n3\n3\n")
    assert done.code == 1
    assert "abgeschickt ist nichts" in done.said
    assert "checklist run --round test-eins" in done.said
    assert "checklist run --round test-eins" in opened().out, "the overview knows the draft"
    assert counts(store) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--team", "A:0"), "keine Zahl von Personen"),
        (("--team", "A:x"), "keine Zahl von Personen"),
        (("--team", ":3"), "nennt kein Team"),
        (("--team", "A:3", "--team", "a"), "kommt zweimal vor"),
        ((), "mindestens ein Team"),
        (("--team", f"A:{'9' * 5000}"), "keine Zahl von Personen"),
        (("--team", "Alle  Zusammen:9"), "heißen im Bericht alle Teams"),
        (("--team", "A", "--min-group", "4"), "Möglich ist jede Zahl von 5 bis 1000"),
        (("--team", "A", "--min-group", "99999999999999999999"), "Möglich ist jede Zahl"),
        (("--team", "A", "--until", "2020-01-01"), "Der 1. Januar 2020 ist schon vorbei"),
        (("--team", "A", "--until", "31.2.2099"), "ist kein Tag"),
        (("--team", "A", "--delete-after", "0"), "gehen nicht"),
        (("--team", "A", "--keeper", "Kim"), "mit Namen und Kontakt"),
        (("--team", "A", "--keeper", ", Telefon 1"), "mit Namen und Kontakt"),
        (("--team", "A", "--keeper", "Kim, Telefon\n1"), "Zeilenumbrüche"),
        (("--team", "A", "--title", "a\tb"), "Angabe zu --title"),
        (("--team", "A", "--recipient", "x" * 201), "höchstens 200 Zeichen"),
        (("--team", "A", "--code", "Ä"), "taugt nicht als Code"),
        (("--team", "A", "--follows", "x", "--follows", "y"), "--follows steht zweimal da"),
    ],
)
def test_what_a_round_cannot_be_opened_with(
    tiny_call: Call, store: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = tiny_call("round", "open", "tiny", "--keeper", "Kim, Telefon 1", *arguments)
    assert done.code == 2
    assert said in done.said
    assert not store.exists(), "a refused round leaves no store behind"


def test_a_round_needs_a_keeper_and_its_code_is_its_own(opened: Call) -> None:
    assert opened("round", "open", "tiny", "--team", "A").code == 2
    done = opened("round", "open", "tiny", "--team", "A", *OPEN)
    assert done.code == 1
    assert "test-eins" in done.said


def test_small_teams_are_named_when_a_round_opens(tiny_call: Call, store: Path) -> None:
    teams = ("--team", "A:1", "--team", "B:7")
    done = tiny_call("round", "open", "tiny", *teams, "--keeper", "Kim, Telefon 1")
    assert "Das Team „A“ hat 1 Person;" in done.said
    assert "in dieser Runde also nie" not in done.said
    assert "Das Team „B“ hat 7 Personen" in done.said
    assert re.fullmatch(r"([fklmrst][aiou]){2}-([fklmrst][aiou]){2}\n", done.out)


def test_a_round_that_can_never_give_a_report_is_named_when_it_opens(
    tiny_call: Call, store: Path
) -> None:
    call = ("round", "open", "tiny", "--keeper", "Kim, Telefon 1", "--team", "A:3")
    asked = tiny_call(*call, "--team", "B:1")
    assert (asked.code, asked.out) == (2, ""), "there is nobody to ask"
    assert "Alle Teams zusammen haben 4 Personen" in asked.said
    assert "checklist round open tiny … --yes" in asked.said
    assert not store.exists()
    few = tiny_call(*call, "--team", "B:1", "--yes")
    assert few.code == 0
    assert few.said.count("Alle Teams zusammen haben 4 Personen") == 1
    assert "zählen nur im Gesamtbericht" not in few.said
    enough = tiny_call(*call, "--team", "B:2")
    assert enough.code == 0
    assert "Alle Teams zusammen" not in enough.said
    assert tiny_call(*call, "--team", "B:2", "--min-group", "6").code == 2
    unknown = tiny_call(*call, "--team", "B:")
    assert "Alle Teams zusammen" not in unknown.said
    assert "Das Team „A“ hat 3 Personen" in unknown.said


def test_a_store_without_rounds_says_so(tiny_call: Call, store: Path) -> None:
    Store(store, create=True).close()
    done = tiny_call("round", "list")
    assert (done.code, done.out) == (0, "")
    assert "noch keine Runde" in done.said
    store.unlink()
    follows = ("--keeper", "Kim, Telefon 1", "--team", "A", "--follows", "keine")
    assert tiny_call("round", "open", "tiny", *follows).code == 1
    assert not store.exists()


def test_a_team_is_found_however_it_is_written(tiny_call: Call, store: Path) -> None:
    teams = ("--team", "Su\u0308d:12")
    assert tiny_call("round", "open", "tiny", *teams, *OPEN).code == 0
    assert tiny_call("round", "close", "test-eins", "--yes").code == 0
    for name in ("Süd", "SÜD", " su\u0308d"):
        assert tiny_call("report", "test-eins", "--team", name).code == 0
    assert "Möglich sind: Süd." in tiny_call("report", "test-eins", "--team", "Ost").said


def test_the_notice_is_frozen_and_printed(tiny_call: Call, store: Path, tmp_path: Path) -> None:
    stated = tmp_path / "notice.toml"
    stated.write_text('purpose = "besser zuhören"\nno-sanctions = true\n', "utf-8")
    done = tiny_call(
        "round", "open", "tiny", "--team", "A", *OPEN, "--comments", "--notice", str(stated)
    )
    assert done.code == 0
    sheet = " ".join(tiny_call("round", "show", "test-eins", "--notice").out.split())
    for said in (
        "ein Code für den Vergleich mit anderen Runden.",
        "Zu einer Antwort gehören auch Kommentare",
        "Eine Antwort von außen besteht aus",
        "Die Antwort einer Leitung besteht aus",
        "besser zuhören",
        "Zugesagt ist:",
        "Kommentare ab 10",
        "Ich frage nach.",
        "BetrVG",
    ):
        assert said in sheet
    english = tiny_call("round", "show", "test-eins", "--notice", "--lang", "en").out
    assert "It was promised" in " ".join(english.split())
    bare = tiny_call("round", "open", "tiny", "--team", "A", *OPEN[:2], "--code", "ohne-texte")
    assert bare.code == 0
    without = " ".join(tiny_call("round", "show", "ohne-texte", "--notice").out.split())
    assert "Texte zu offenen Fragen nimmt diese Runde nicht an." in without
    assert "Zu einer Antwort gehören auch Kommentare" not in without
    stated.write_text('purpos = "x"\nno-sanctions = "ja"\nlegal-basis = 3\n', "utf-8")
    wrong = tiny_call(
        "round", "open", "tiny", "--team", "A", "--keeper", "K, Telefon 1", "--notice", str(stated)
    )
    assert wrong.code == 1
    assert wrong.err.count("notice.toml:") == 3
    assert "Meinten Sie purpose?" in wrong.said


def test_after_its_last_day_a_round_takes_nothing(
    opened: Call, person: Person, tiny_call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_call(
        "round", "open", "tiny", "--team", "A", "--keeper", "K, Telefon 1", "--code", "kurz",
        "--until", "31.12.2098",
    )  # fmt: skip
    real = Session.now
    monkeypatch.setattr(Session, "now", staticmethod(lambda: real().replace(year=2099)))
    done = tiny_call("run", "--round", "kurz", "--plain", input="")
    assert done.code == 1
    assert "bis zum 31. Dezember 2098" in done.said
    listed = opened("round", "list").out
    assert "die Zeit für Antworten war am 31. Dezember 2098 zu Ende" in listed
    assert "checklist run" not in opened("round", "show", "kurz").out


def test_answers_are_deleted_on_their_day_and_the_report_stays(
    opened: Call, person: Person, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        person(number)
    opened("round", "close", "test-eins", "--yes")
    before = {lang: opened("report", "test-eins", "--lang", lang).out for lang in ("de", "en")}
    exact = opened("report", "test-eins", "--format", "json").out
    real = Session.now
    monkeypatch.setattr(Session, "now", staticmethod(lambda: real().replace(year=2099)))
    done = opened("round", "list")
    assert "sind gelöscht. Der Bericht bleibt." in done.said
    assert opened("report", "test-eins", "--format", "json").out == exact
    for language, text in before.items():
        after = opened("report", "test-eins", "--lang", language).out
        assert after.splitlines()[:20] == text.splitlines()[:20]
    assert opened("round", "audit", "test-eins").code == 1
    assert opened("round", "purge").code == 0
    assert opened("round", "purge", "test-eins").code == 0


def test_a_respondents_command_deletes_what_is_due_and_is_quiet_about_it(
    opened: Call, person: Person, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(1)
    opened("round", "close", "test-eins", "--yes")
    assert "audit test-eins" in opened("round", "show", "test-eins").out
    real = Session.now
    monkeypatch.setattr(Session, "now", staticmethod(lambda: real().replace(year=2099)))
    done = opened("withdraw", "test-eins", "--yes")
    assert done.code == 1
    assert "gelöscht" not in done.said
    kept = Store(store)
    assert kept.rounds.get("test-eins").state == "purged"
    kept.close()
    shown = opened("round", "show", "test-eins")
    assert "gelöscht." not in shown.said, "it was deleted before"
    assert "checklist report test-eins" in shown.out
    assert "audit test-eins" not in shown.out, "there is nothing left to audit"
    assert "audit test-eins" not in opened("round", "close", "test-eins").out


def test_a_deletion_that_fails_holds_up_its_keeper_and_no_respondent(
    opened: Call, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(1)
    opened("round", "close", "test-eins", "--yes")
    real = Session.now
    monkeypatch.setattr(Session, "now", staticmethod(lambda: real().replace(year=2099)))

    def full(*_: object) -> None:
        raise ChecklistError("store-full", file="x")

    monkeypatch.setattr(Rounds, "purge", full)
    assert "nichts abgeschickt" in opened("withdraw", "test-eins", "--yes").said
    done = opened("round", "list")
    assert (done.code, done.out) == (1, "")


def test_two_keepers_at_the_same_moment_do_not_disturb_each_other(
    opened: Call, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step is taken by another process just before this one takes it."""
    for number in range(6):
        person(number)
    close, purge, comments = Rounds.close, Rounds.purge, Responses.comments

    def close_twice(self: Rounds, *arguments: Any) -> None:
        close(self, *arguments)
        close(self, *arguments)

    def purge_twice(self: Rounds, *arguments: Any) -> None:
        purge(self, *arguments)
        purge(self, *arguments)

    monkeypatch.setattr(Rounds, "close", close_twice)
    assert opened("round", "close", "test-eins", "--yes").code == 0
    before = opened("report", "test-eins", "--format", "json")
    frozen = dict.fromkeys(("de", "en"), before.out)

    def purged_meanwhile(self: Responses, code: str) -> list[Comment]:
        store = Store(os.environ["CHECKLIST_STORE"])
        with suppress(ChecklistError):
            purge(store.rounds, code, date(2098, 1, 1), frozen)
        store.close()
        return comments(self, code)

    monkeypatch.setattr(Responses, "comments", purged_meanwhile)
    after = opened("report", "test-eins", "--format", "json")
    assert (after.code, after.out) == (0, before.out)
    monkeypatch.setattr(Responses, "comments", comments)
    assert opened("round", "open", "tiny", "--team", "A", *OPEN[:2], "--code", "zwei").code == 0
    assert opened("round", "close", "zwei", "--yes").code == 0
    monkeypatch.setattr(Rounds, "purge", purge_twice)
    done = opened("round", "purge", "zwei", "--yes")
    assert (done.code, "sind gelöscht" in done.said) == (0, True)


def test_the_audit_names_topics_on_which_all_answered_alike(opened: Call, person: Person) -> None:
    for number in range(6):
        assert person(number, answers=dict.fromkeys(ITEMS, 4)).code == 0
    opened("round", "close", "test-eins", "--yes")
    done = opened("round", "audit", "test-eins")
    out = " ".join(done.out.split())
    assert done.code == 0
    assert "Jede Frage zu: Zuhören (Alle zusammen)" in out


def test_an_export_writes_all_its_files_or_none(
    opened: Call, person: Person, tmp_path: Path
) -> None:
    opened("round", "close", "test-eins", "--yes")
    folder = tmp_path / "export"
    folder.mkdir()
    last = folder / "test-eins-report.json"
    last.write_text("mein", "utf-8")
    done = opened("round", "export", "test-eins", "--to", str(folder))
    assert done.code == 1
    assert [each.name for each in folder.iterdir()] == [last.name]
    assert opened("round", "export", "test-eins", "--to", str(folder), "--force").code == 0
    assert len(list(folder.iterdir())) == 3


def test_an_export_makes_its_folder(opened: Call, tmp_path: Path) -> None:
    opened("round", "close", "test-eins", "--yes")
    folder = tmp_path / "Herbst" / "Zahlen"
    assert opened("round", "export", "test-eins", "--to", str(folder)).code == 0
    assert len(list(folder.iterdir())) == 3
    file = folder / "test-eins-report.json"
    done = opened("round", "export", "test-eins", "--to", str(file / "darin"))
    assert_expected(
        done,
        f"Die Datei {file / 'darin'} lässt sich nicht schreiben (ein Teil des Pfads ist kein"
        " Ordner). Nennen Sie einen anderen Ort.",
    )
    done = opened("round", "export", "test-eins", "--to", str(file))
    assert done.code == 1


def test_a_store_in_a_missing_folder_says_how_to_make_it(
    tiny_call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gibt es nicht"
    monkeypatch.setenv("CHECKLIST_STORE", str(folder / "rounds.db"))
    done = tiny_call("round", "open", "tiny", "--team", "A", *OPEN[:2])
    assert_expected(
        done,
        f"Den Ordner {folder}, in dem die Datei mit den Runden liegen soll, gibt es nicht. Legen"
        f' Sie ihn an (mkdir "{folder}"), oder nennen Sie mit CHECKLIST_STORE eine Datei in einem'
        " Ordner, den es gibt.",
    )


def test_an_existing_file_is_replaced_only_by_force(
    opened: Call, person: Person, tmp_path: Path
) -> None:
    opened("round", "close", "test-eins", "--yes")
    path = tmp_path / "bericht.md"
    path.write_text("mein")
    call = ("report", "test-eins", "--format", "markdown", "--output", str(path))
    assert opened(*call).code == 1
    assert path.read_text() == "mein"
    assert opened(*call, "--force").code == 0
    assert path.read_text("utf-8").startswith("# Ganz klein")
    assert [each.name for each in tmp_path.glob(".bericht*")] == []


def test_a_table_is_taken_whole_or_not_at_all(opened: Call, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "tabelle.csv"
    header = ",".join(["Abteilung", *ITEMS, "complaints-thank", "complaints-note"])
    good = "Nord,1,2,3,4,5,1,x\n" * 9
    path.write_text(f"{header}\n{good}Nord,9,2,3,4,5,1,2\n", "utf-8")
    call = ("round", "import", "test-eins", str(path), "--map", "team=Abteilung")
    refused = opened(*call)
    assert refused.code == 1
    assert "11" in refused.said
    assert counts(store) == 0
    assert opened(*call, "--skip-bad").code == 0
    assert counts(store) == 9
    again = opened(*call, "--skip-bad")
    assert (again.code, counts(store)) == (0, 9), again.err
    opened("round", "close", "test-eins", "--yes")
    assert opened(*call).code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("run", "tiny", "--round", "test-eins"), 2),
        (("run", "--round", "test-eins", "--perspective", "lead"), 1),
        (("run", "--round", "test-eins", "--perspective", "chef"), 2),
        (("run", "tiny", "--team", "Nord"), 2),
        (("run", "--round", "test-eins", "--answers", "x.json"), 2),
        (("run", "--round", "test-eins", "--team", "Ost", "--plain"), 1),
        (("run", "--round", "tset-eins"), 1),
        (("report", "nichts"), 1),
    ],
)
def test_what_cannot_be_run(opened: Call, arguments: tuple[str, ...], code: int) -> None:
    done = opened(*arguments)
    assert (done.code, done.out) == (code, "")
    assert done.said


def test_without_a_store_there_is_one_sentence(tiny_call: Call, store: Path) -> None:
    for arguments in (("report", "x"), ("run", "--round", "x"), ("withdraw", "x", "--yes")):
        done = tiny_call(*arguments)
        assert (done.code, done.out) == (1, "")
    assert not store.exists(), "only opening a round makes a store"


def test_english_speaks_english(opened: Call) -> None:
    texts = Texts("en")
    assert texts("round.collecting-fewer-than-5") in opened("round", "list", "--lang", "en").out


def test_erasing_ones_own_data_leaves_the_round_and_no_way_back_to_it(
    opened: Call, store: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECKLIST_STORE", "")
    here = ("round", "open", "tiny", "--team", "A", "--keeper", "Kim, Telefon 1", "--code", "hier")
    assert opened(*here).code == 0
    typed = [*["3"] * 7, "", "", "", "2", "1", ""]
    assert opened("run", "--round", "hier", "--plain", input="\n".join(typed) + "\n").code == 0
    with closing(Store(home / "rounds.db")) as rounds:
        key = rounds.rounds.get("hier").key
    journal = Journal(home)
    mine = journal.participations.find(key)
    secret = journal.participations.secret().hex()
    assert mine is not None
    done = opened("data", "erase", "--yes")
    assert done.code == 0
    assert f"liegen weiter in {home}" in done.said
    with (home / "rounds.db").open("rb") as kept:
        assert mine.id.encode() in kept.read()
    assert not (home / "journal.db").exists()
    journal.close()
    assert all(
        mine.id.encode() not in path.read_bytes() and secret.encode() not in path.read_bytes()
        for path in home.iterdir()
        if path.name != "rounds.db"
    )
    assert opened("withdraw", "hier", "--yes").code == 1


@pytest.mark.parametrize(
    "arguments", [("list",), ("show", "test-eins"), ("close", "test-eins", "--yes"), ("purge",)]
)
@pytest.mark.parametrize("harm", ["damaged", "text", "folder"])
def test_a_store_that_cannot_be_used_gives_one_sentence(
    opened: Call, store: Path, harm: str, arguments: tuple[str, ...]
) -> None:
    if harm == "folder":
        store.unlink()
        store.mkdir()
    else:
        store.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000 if harm == "damaged" else b"Hallo")
    done = opened("round", *arguments)
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") <= 3
    assert "Traceback" not in done.err
    if harm == "text":
        assert store.read_bytes() == b"Hallo", "it is left as it is"


def test_withdrawing_works_again_after_the_store_was_busy(
    opened: Call, person: Person, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(1)
    mine = {"CHECKLIST_HOME": str(tmp_path / "person-1")}
    with monkeypatch.context() as patch:

        def busy(*_: object) -> None:
            raise ChecklistError("store-busy", file="rounds.db")

        patch.setattr(Responses, "put", busy)
        assert opened("withdraw", "test-eins", "--yes", env=mine).code == 1
    assert counts(store) == 1
    assert opened("withdraw", "test-eins", "--yes", env=mine).code == 0
    assert counts(store) == 0


def test_a_journal_from_a_backup_still_replaces_and_takes_back(
    opened: Call, person: Person, store: Path, tmp_path: Path
) -> None:
    person(1)
    home = tmp_path / "person-1"
    backup = (home / "journal.db").read_bytes()
    for _ in range(3):
        person(1)
    (home / "journal.db").write_bytes(backup)
    assert "ersetzt" in person(1).said
    assert counts(store) == 1
    (home / "journal.db").write_bytes(backup)
    assert opened("withdraw", "test-eins", "--yes", env={"CHECKLIST_HOME": str(home)}).code == 0
    assert counts(store) == 0


@pytest.mark.parametrize("before", [False, True])
def test_a_round_that_closes_meanwhile_leaves_the_result_and_says_that_nothing_was_sent(
    opened: Call, person: Person, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    before: bool,
) -> None:  # fmt: skip
    if before:
        person(1)
    real = Responses.put

    def closing_first(self: Responses, response: RoundResponse) -> Any:
        with closing(Store(store)) as other:
            other.rounds.close("test-eins", date(2026, 1, 1))
        return real(self, response)

    monkeypatch.setattr(Responses, "put", closing_first)
    done = person(1)
    assert done.code == 0
    assert "Profil" in done.out
    assert "Nichts abgeschickt: Die Runde test-eins nimmt keine Antworten mehr an" in done.said
    with closing(Journal(tmp_path / "person-1")) as journal, closing(Store(store)) as rounds:
        mine = journal.participations.find(rounds.rounds.get("test-eins").key)
        assert (mine is not None) is before, "the attempt is forgotten"
        assert mine is None or mine.rev == 1
        assert len(journal.results.all()) == 1 + before


def test_a_round_of_the_same_code_in_another_store_is_another_round(
    opened: Call, person: Person, store: Path, tmp_path: Path
) -> None:
    person(1)
    other = {"CHECKLIST_STORE": str(tmp_path / "other.db")}
    here = ("round", "open", "tiny", "--team", "Nord", *OPEN)
    assert opened(*here, env=other).code == 0
    mine = {"CHECKLIST_HOME": str(tmp_path / "person-1")}
    assert opened("withdraw", "test-eins", "--yes", env={**other, **mine}).code == 1
    assert opened("withdraw", "test-eins", "--yes", env=mine).code == 0
    assert counts(store) == 0
