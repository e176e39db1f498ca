"""Views from outside on their way into a round: observers, and leads with their codes."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.i18n import Texts
from checklist.journal import Journal
from checklist.notice import told
from checklist.opening import LEAD_GROUPS, new_code, opened, with_leads
from checklist.questionnaire import Perspective, Questionnaire
from checklist.rounds import Round, RoundResponse, Team, Terms, lead_digest, lead_id
from checklist.store import Responses, Store
from tests.helpers import TINY, Call, Outcome, assert_expected

ROUND = ("--round", "test-eins")
OBSERVER = (*ROUND, "--perspective", "observer")
LEAD = (*ROUND, "--perspective", "lead")
WITHDRAW = ("withdraw", "test-eins", "--yes", "--perspective")
KEEPER = ("--keeper", "Kim Beispiel, Telefon 123")
SEVEN = ["3"] * 7
DE = Texts("de")

Send = Callable[..., Outcome]


@pytest.fixture
def codes(tiny_call: Call, store: Path) -> dict[str, str]:
    """Open a round for two teams, and give the codes of their leads."""
    done = tiny_call(
        "round", "open", "tiny", "--team", "Nord:8", "--team", "Süd", *KEEPER,
        "--code", "test-eins", "--comments",
    )  # fmt: skip
    assert (done.code, done.out) == (0, "test-eins\n")
    return dict(re.findall("Code für die Leitung von „(.+?)“: ([a-z-]+)", done.said))


@pytest.fixture
def send(tiny_call: Call, answers: Callable[..., str], codes: dict[str, str]) -> Send:
    """Send the same answers from a file, from this account or from another one."""

    def call(*arguments: str, account: Path | None = None, **parts: Any) -> Outcome:
        env = {"CHECKLIST_HOME": str(account)} if account else None
        return tiny_call("run", *arguments, "--answers", answers(**parts), env=env)

    return call


def lines(*typed: str) -> str:
    return "".join(f"{line}\n" for line in typed)


def taken(path: Path) -> dict[tuple[str, Perspective], bytes]:
    """Close the round and give what counts, by team and view."""
    views: tuple[Perspective, ...] = ("self", "observer", "lead")
    with closing(Store(path)) as store:
        store.rounds.close("test-eins", date(2026, 1, 1))
        found = {
            (team, view): store.responses.answers("test-eins", team, view)
            for team in ("Nord", "Süd")
            for view in views
        }
    return {place: answers for place, answers in found.items() if answers}


def count(path: Path) -> int:
    with closing(Store(path)) as store:
        return store.responses.count("test-eins")


SENT = b"42-3---"


# What opening makes


def test_each_lead_gets_a_code_of_which_the_store_keeps_a_digest_only(
    codes: dict[str, str], tiny_call: Call, store: Path
) -> None:
    assert set(codes) == {"Nord", "Süd"}
    shown = [tiny_call("round", *call).out for call in (("list",), ("show", "test-eins"))]
    with closing(Store(store)) as opened_:
        round_ = opened_.rounds.get("test-eins")
    for team, code in codes.items():
        assert re.fullmatch("([fklmrst][aiou]){2}(-([fklmrst][aiou]){2}){2}", code)
        assert code.encode() not in store.read_bytes()
        assert all(code not in text for text in shown)
        assert round_.team(team).lead == lead_digest(round_.series, code)
        assert round_.led_by(code) == round_.team(team)
    assert "--round test-eins --perspective observer" in shown[1]
    assert "--round test-eins --perspective lead" in shown[1]


def test_a_code_may_be_typed_in_many_ways_and_fits_its_round_only(tiny: Questionnaire) -> None:
    def a_round(code: str, **more: Any) -> tuple[Round, dict[str, str]]:
        given = {"code": code, "title": "R", "today": date(2026, 1, 1), **more}
        return with_leads(opened(tiny, [Team("A"), Team("B", 3)], Terms("K, T 1"), **given))

    first, codes = a_round("eins")
    second, _ = a_round("zwei")
    for typed in (codes["B"], codes["B"].upper(), f" {codes['B'].replace('-', ' ')}\t"):
        assert first.led_by(typed) == first.teams[1]
        assert lead_id(first.series, typed) == lead_id(first.series, codes["B"])
    for wrong in ("", "-", codes["B"][:-1], codes["B"] + "a", "\ud800", first.teams[1].lead):
        assert first.led_by(wrong) is None
    assert second.led_by(codes["B"]) is None
    assert lead_id(first.series, codes["B"]) != lead_id(second.series, codes["B"])
    assert lead_id(first.series, codes["B"]) not in first.teams[1].lead
    assert first.led_by(codes["A"]) == first.teams[0]
    assert lead_digest(first.series, codes["B"]) != lead_digest(second.series, codes["B"])
    assert new_code((), LEAD_GROUPS).count("-") == 2


def test_without_a_wording_from_outside_there_is_no_outside_view(
    tiny_call: Call, tiny_folder: Path, store: Path
) -> None:
    own_only = re.sub("(?m)^observer\\..*\n", "", TINY)
    (tiny_folder / "tiny.toml").write_text(own_only, "utf-8")
    done = tiny_call("round", "open", "tiny", "--team", "A", *KEEPER, "--code", "test-eins")
    assert done.code == 0
    assert "observer" not in done.err
    assert "Leitung" not in done.err
    assert "keine Fassung dafür" in tiny_call("round", "show", "test-eins").out
    sheet = tiny_call("round", "show", "test-eins", "--notice").out
    assert DE("outside-view.sheet-asked") not in sheet
    assert "von außen" not in sheet
    for view in (OBSERVER, LEAD):
        assert "keine Fassung für den Blick von außen" in tiny_call("run", *view).said


# Observers


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_observer_chooses_a_team_is_told_so_and_sends(
    codes: dict[str, str], tiny_call: Call, store: Path, home: Path, language: str
) -> None:
    texts = Texts(language)
    typed = lines("2", texts("key.comment"), "Mein Satz", *SEVEN, "", "1")
    done = tiny_call("run", *OBSERVER, "--lang", language, "--plain", input=typed)
    assert done.code == 0, done.err
    team = texts("notice.team", team="Süd", heads="").strip()
    with closing(Store(store)) as kept:
        round_ = kept.rounds.get("test-eins")
    for paragraph in round_.notice[f"{language}/observer"]:
        assert " ".join(paragraph.replace("{team}", team).split()) in done.said
    for said in (
        texts("outside-view.team-question"),
        texts("notice.observer.about", team=team),
        texts("lines.comment"),
        texts("outside-view.team-observer", team="Süd"),
    ):
        assert " ".join(said.split()) in done.said, said
    for unsaid in ("sending.panel-question", "sending.code", "sending.send-without"):
        assert texts(unsaid) not in done.said
    assert "checklist withdraw test-eins --perspective observer" in done.said
    assert b"Mein Satz" not in store.read_bytes()
    with closing(Journal(home)) as journal:
        [result] = journal.results.all()
        assert (result.perspective, list(result.response.comments.values())) == (
            "observer",
            ["Mein Satz"],
        )
    with closing(sqlite3.connect(store)) as raw:
        assert raw.execute("SELECT perspective, panel, texts FROM response_1").fetchall() == [
            ("observer", "", "")
        ]
    assert taken(store) == {("Süd", "observer"): b"3333333"}


def test_an_answers_file_goes_in_as_a_view_from_outside_without_texts(
    send: Send, store: Path
) -> None:
    done = send(*OBSERVER, "--team", "süd", comments={"listen-ask": "GEHEIM"})
    assert done.code == 0, done.err
    assert "nimmt die Runde keine Texte an" in done.said
    assert "Blick von außen auf das Team" in done.out
    assert "GEHEIM" in done.out
    assert b"GEHEIM" not in store.read_bytes()
    assert send(*OBSERVER).code == 2, "which team?"
    assert taken(store) == {("Süd", "observer"): SENT}


def test_one_person_has_one_view_from_outside_beside_their_own(
    send: Send, store: Path, tmp_path: Path
) -> None:
    assert "Abgeschickt. Ändern" in send(*ROUND, "--team", "Nord").said
    assert "Abgeschickt. Ändern" in send(*OBSERVER, "--team", "Süd").said
    other = tmp_path / "other"
    assert "Abgeschickt. Ändern" in send(*OBSERVER, "--team", "Nord", account=other).said
    assert_expected(
        send(*OBSERVER, "--team", "Süd", account=other),
        "Von hier aus wurde in der Runde test-eins schon für das Team „Nord“ abgeschickt; es würde"
        " ersetzt. Abgeschickt ist jetzt nichts. War das Team falsch, fügen Sie --yes hinzu."
        " Antwortet hier ein anderer Mensch, lassen Sie --answers weg: Dann wird danach gefragt,"
        " und beides zählt.",
    )
    for more in (["--yes"], []):  # then it is the same team
        again = send(*OBSERVER, "--team", "Süd", *more, account=other)
        assert (again.code, "ersetzt" in again.said) == (0, True), again.err
    assert taken(store) == {("Nord", "self"): SENT, ("Süd", "observer"): SENT + SENT}


def test_nobody_describes_their_own_team_from_outside(
    send: Send, tiny_call: Call, codes: dict[str, str], store: Path, tmp_path: Path
) -> None:
    send(*ROUND, "--team", "Nord")
    refused = send(*OBSERVER, "--team", "Nord")
    assert_expected(
        refused,
        "Das Team „Nord“ ist nach dem, was Sie für die Runde test-eins abgeschickt haben, Ihr"
        " eigenes; von außen beschreiben es andere. Nehmen Sie ein anderes Team, oder nehmen Sie"
        " das Frühere erst zurück: checklist withdraw test-eins",
    )
    # The same person; their own team is not offered, so that there is nothing to choose.
    offered = tiny_call("run", *OBSERVER, "--plain", input=lines("1", *SEVEN, "", "1"))
    assert offered.code == 0, offered.err
    assert DE("outside-view.team-question") not in offered.err
    assert DE("outside-view.same-person") in offered.err
    turned = send(*ROUND, "--team", "Süd")
    assert turned.code == 1
    assert "Das Team „Süd“ haben Sie für die Runde test-eins von außen beschrieben" in turned.said
    led = send(*LEAD, "--lead-code", codes["Süd"])
    assert "von außen beschrieben" in led.said
    lead = tmp_path / "lead"
    assert send(*LEAD, "--lead-code", codes["Süd"], account=lead).code == 0
    assert "Ihr eigenes" in send(*OBSERVER, "--team", "Süd", account=lead).said
    assert set(taken(store)) == {("Nord", "self"), ("Süd", "observer"), ("Süd", "lead")}


def test_drafts_lie_apart_for_each_view_and_for_each_team_that_is_described(
    codes: dict[str, str], tiny_call: Call, store: Path
) -> None:
    begun = tiny_call("run", *OBSERVER, "--team", "Nord", "--plain", input="2\n2\nq\n")
    assert "checklist run --round test-eins --perspective observer" in begun.said
    assert "checklist run --round test-eins --perspective observer" in tiny_call().out
    # The same person in each case. A view of another team begins with its first question.
    other = tiny_call("run", *OBSERVER, "--team", "Süd", "--plain", input="1\n1\nq\n")
    assert "angefangener Fragebogen" not in other.said
    own = tiny_call("run", *ROUND, "--team", "Süd", "--plain", input="1\n2\n2\n2\nq\n")
    assert "angefangener Fragebogen" not in own.said
    assert DE("outside-view.same-person") in own.said
    back = tiny_call(
        "run", *OBSERVER, "--team", "Nord", "--plain", input=lines("1", "1", *["1"] * 5, "", "1")
    )
    assert back.code == 0, back.err
    assert "2 Antworten von 7" in back.said
    [(place, answers)] = taken(store).items()
    assert place == ("Nord", "observer")
    assert sorted(answers) == sorted(b"2211111")


def test_each_view_is_taken_back_for_itself(send: Send, tiny_call: Call, store: Path) -> None:
    send(*ROUND, "--team", "Nord")
    send(*OBSERVER, "--team", "Süd")
    assert tiny_call(*WITHDRAW, "observer").code == 0
    assert count(store) == 1
    again = tiny_call(*WITHDRAW, "observer")
    assert (again.code, "zählt schon nicht mehr" in again.said) == (1, True)
    assert "checklist run --round test-eins --perspective observer" in again.said
    led = tiny_call(*WITHDRAW, "lead")
    assert (led.code, "von überall zurücknehmen" in led.said) == (2, True)
    send(*OBSERVER, "--team", "Süd")
    asked = tiny_call("withdraw", "test-eins", "--perspective", "observer")
    assert "checklist withdraw test-eins --perspective observer --yes" in asked.said
    assert tiny_call("withdraw", "test-eins", "--yes").code == 0
    assert taken(store) == {("Süd", "observer"): SENT}
    assert tiny_call(*WITHDRAW, "observer").code == 1, "closed"


def test_an_attempt_that_comes_too_late_leaves_the_other_view_as_it_was(
    send: Send, store: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(*ROUND, "--team", "Nord")
    real = Responses.put

    def closing_first(self: Responses, response: RoundResponse) -> Any:
        with closing(Store(store)) as other:
            other.rounds.close("test-eins", date(2026, 1, 1))
        return real(self, response)

    monkeypatch.setattr(Responses, "put", closing_first)
    assert "Nichts abgeschickt" in send(*OBSERVER, "--team", "Süd").said
    with closing(Journal(home)) as journal, closing(Store(store)) as rounds:
        round_ = rounds.rounds.get("test-eins")
        assert journal.participations.find(round_.key, "observer") is None
        mine = journal.participations.find(round_.key, "self")
        assert mine is not None
        assert mine.counts


def test_somebody_else_at_the_same_account_is_asked_whatever_the_view(
    send: Send, tiny_call: Call, store: Path, home: Path
) -> None:
    send(*ROUND, "--team", "Nord")
    typed = lines("2", "1", "k", "Mein Satz", *SEVEN, "", "1")
    done = tiny_call("run", *OBSERVER, "--plain", input=typed)
    assert done.code == 0, done.err
    assert "Gespeichert ist hier nichts davon" in done.said
    assert "bleibt davon nichts" in done.said
    with closing(Journal(home)) as journal:
        assert [result.perspective for result in journal.results.all()] == ["self"]
        assert journal.drafts.all() == []
    assert taken(store) == {("Nord", "self"): SENT, ("Nord", "observer"): b"3333333"}


# Leads


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_lead_is_asked_for_the_code_told_what_is_shown_and_sends(
    codes: dict[str, str], tiny_call: Call, store: Path, language: str
) -> None:
    texts = Texts(language)
    comment = (texts("key.comment"), "Mein Satz")
    typed = lines(codes["Süd"].upper(), *comment, *SEVEN, "", "1", "")
    done = tiny_call("run", *LEAD, "--lang", language, "--plain", input=typed)
    assert done.code == 0, done.err
    team = texts("notice.team", team="Süd", heads="").strip()
    for said in (
        texts("outside-view.code-question"),
        texts("notice.lead.about", team=team),
        texts("notice.lead.sent", team=team),
        texts("outside-view.question-lead", things="").removesuffix("."),
        texts("outside-view.number"),
        texts("outside-view.result-stays-lead").replace("\u00a0", " "),
    ):
        assert " ".join(said.split()) in done.said, said
    for unsaid in ("outside-view.team-question", "sending.panel-question", "sending.random"):
        assert texts(unsaid) not in done.said
    assert b"Mein Satz" not in store.read_bytes()
    with closing(sqlite3.connect(store)) as raw:
        assert raw.execute("SELECT panel, texts FROM response_1").fetchall() == [("", "")]
    assert taken(store) == {("Süd", "lead"): b"3333333"}


def test_the_same_code_replaces_from_whatever_account(
    send: Send, codes: dict[str, str], store: Path, tmp_path: Path
) -> None:
    first = (*LEAD, "--lead-code", codes["Nord"])
    for _ in range(3):
        assert send(*first).code == 0
    other = tmp_path / "other"
    changed = {"answers": {"listen-ask": 1}}
    assert "ersetzt" in send(*first, account=other, **changed).said
    assert count(store) == 1
    assert "ersetzt" in send(*first, answers={"listen-ask": 2}).said
    assert taken(store) == {("Nord", "lead"): b"2------"}


def test_a_lead_whom_the_account_does_not_belong_to_leaves_nothing_and_can_replace(
    send: Send, tiny_call: Call, codes: dict[str, str], store: Path, home: Path
) -> None:
    send(*ROUND, "--team", "Nord")
    for answer in ("3", "2"):
        typed = lines(codes["Nord"], "2", *[answer] * 7, "", "1")
        done = tiny_call("run", *LEAD, "--plain", input=typed)
        assert done.code == 0, done.err
        assert (
            DE("outside-view.sent-lead-elsewhere", code="test-eins --perspective lead").split(
                "   "
            )[0]
            in done.said
        )
    with closing(Journal(home)) as journal:
        assert len(journal.results.all()) == 1
        assert journal.drafts.all() == []
    with closing(sqlite3.connect(store)) as raw:
        rows = raw.execute("SELECT perspective, answers FROM response_1").fetchall()
    assert sorted(rows) == [("lead", "2222222"), ("self", SENT.decode())]
    elsewhere = ("--lead-code", codes["Nord"])
    assert tiny_call(*WITHDRAW, "lead").code == 2, "nothing of it is known here"
    assert tiny_call(*WITHDRAW, "lead", *elsewhere).code == 0
    assert tiny_call(*WITHDRAW, "lead", *elsewhere).code == 1, "nothing counts any more"
    assert taken(store) == {("Nord", "self"): SENT}


def test_who_leads_two_teams_has_two_views(
    send: Send, tiny_call: Call, codes: dict[str, str], store: Path
) -> None:
    for team in ("Nord", "Süd"):
        assert "Abgeschickt." in send(*LEAD, "--lead-code", codes[team]).said
    assert count(store) == 2
    assert "--lead-code CODE" in tiny_call(*WITHDRAW, "lead").said
    assert tiny_call(*WITHDRAW, "lead", "--lead-code", codes["Nord"]).code == 0
    assert tiny_call(*WITHDRAW, "lead").code == 0, "only one is left"
    assert taken(store) == {}


def test_a_lead_goes_on_with_the_draft_of_their_team_only(
    codes: dict[str, str], tiny_call: Call, store: Path
) -> None:
    left = tiny_call("run", *LEAD, "--plain", input=lines(codes["Nord"], "2", "2", "q"))
    assert "checklist run --round test-eins --perspective lead" in left.said
    other = tiny_call("run", *LEAD, "--plain", input=lines(codes["Süd"], "1", "1", "q"))
    assert "angefangener Fragebogen" not in other.said
    again = tiny_call("run", *LEAD, "--plain", input=lines(codes["Nord"], "1", "q"))
    assert "2 Antworten von 7" in again.said
    assert DE("sending.who-question") not in again.said, "the code says who it is"
    assert count(store) == 0


@pytest.mark.parametrize(
    ("arguments", "typed", "code", "said"),
    [
        (LEAD, "kofi-lala-riri\n", 1, "gehört in der Runde test-eins zu keinem Team"),
        ((*LEAD, "--lead-code", "kofi-lala-riri"), "", 1, "zu keinem Team"),
        ((*LEAD, "--lead-code", "NORD", "--team", "Süd"), "", 1, "nicht zum Team „Süd“"),
        ((*LEAD, "--team", "Süd"), "NORD\n", 1, "nicht zum Team „Süd“"),
        (LEAD, "", 1, "--round test-eins --perspective lead"),
        ((*LEAD, "--answers", "ANSWERS"), "", 2, "--lead-code CODE"),
        ((*OBSERVER, "--lead-code", "NORD"), "", 2, "gehört zur Sicht der Leitung"),
        (("tiny", "--perspective", "lead", "--lead-code", "NORD"), "", 2, "--round CODE"),
    ],
)
def test_codes_that_do_not_fit(
    codes: dict[str, str], tiny_call: Call, answers: Callable[..., str], store: Path,
    arguments: tuple[str, ...], typed: str, code: int, said: str,
) -> None:  # fmt: skip
    given = {"NORD": codes["Nord"], "ANSWERS": answers()}
    done = tiny_call(
        "run", *(given.get(part, part) for part in arguments), "--plain",
        input=typed.replace("NORD", codes["Nord"]),
    )  # fmt: skip
    assert (done.code, done.out) == (code, "")
    assert said in done.said
    assert count(store) == 0


def test_leaving_at_the_code_says_that_nothing_is_kept(
    codes: dict[str, str], tiny_call: Call
) -> None:
    done = tiny_call("run", *LEAD, "--plain", input="\n\nq\n")
    assert done.code == 0
    assert DE("run.nothing-said") in done.said
    assert done.said.count(DE("lines.typed")) == 3, "an empty line is asked for again"


def test_withdrawing_refuses_a_code_that_does_not_fit(
    codes: dict[str, str], tiny_call: Call
) -> None:
    code = ("--lead-code", codes["Nord"])
    assert tiny_call("withdraw", "test-eins", "--yes", *code).code == 2
    assert tiny_call(*WITHDRAW, "observer", *code).code == 2
    assert tiny_call(*WITHDRAW, "chef").code == 2
    assert tiny_call(*WITHDRAW, "lead", "--lead-code", "falsch").code == 1
    never = tiny_call(*WITHDRAW, "lead", *code)
    assert never.code == 1
    assert "Zu diesem Code zählt in der Runde test-eins nichts" in never.said
    assert "nur dort" not in never.said


def test_withdrawing_another_view_names_the_one_that_was_sent(
    send: Send, tiny_call: Call, codes: dict[str, str], store: Path
) -> None:
    none = tiny_call(*WITHDRAW, "self")
    assert "Von hier aus wurde in der Runde test-eins nichts abgeschickt" in none.said
    send(*OBSERVER, "--team", "Süd")
    send(*LEAD, "--lead-code", codes["Nord"])
    done = tiny_call("withdraw", "test-eins", "--yes")
    assert done.code == 1
    assert done.said.endswith(
        "wohl aber aus einer anderen. So nehmen Sie es zurück:"
        " checklist withdraw test-eins --perspective observer;"
        " checklist withdraw test-eins --perspective lead"
    )
    assert count(store) == 2


def test_what_was_taken_back_elsewhere_is_not_taken_back_again(
    send: Send, tiny_call: Call, codes: dict[str, str], store: Path, tmp_path: Path
) -> None:
    code = ("--lead-code", codes["Nord"])
    send(*LEAD, *code)
    elsewhere = {"CHECKLIST_HOME": str(tmp_path / "elsewhere")}
    assert tiny_call(*WITHDRAW, "lead", *code, env=elsewhere).code == 0
    done = tiny_call(*WITHDRAW, "lead")
    assert (done.code, count(store)) == (1, 0)
    assert DE("withdraw.done") not in done.said
    assert "zählt schon nicht mehr" in done.said
    assert "checklist run --round test-eins --perspective lead" in done.said


# What was there before


def test_a_round_that_opened_before_there_were_outside_views_takes_observers(
    send: Send, tiny_call: Call, codes: dict[str, str], store: Path
) -> None:
    with closing(sqlite3.connect(store)) as raw, raw:
        [(teams, notice)] = raw.execute("SELECT teams, notice FROM round").fetchall()
        old = [{key: team[key] for key in ("name", "headcount")} for team in json.loads(teams)]
        kept = {key: said for key, said in json.loads(notice).items() if "/" not in key}
        assert set(kept) == {"de", "en"}
        raw.execute("UPDATE round SET teams = ?, notice = ?", (json.dumps(old), json.dumps(kept)))
    assert send(*ROUND, "--team", "Nord").code == 0
    done = tiny_call(
        "run", *OBSERVER, "--team", "Süd", "--plain", input=lines("1", *SEVEN, "", "1")
    )
    assert done.code == 0, done.err
    assert "Sie beschreiben das Team „Süd“ von außen" in done.said
    assert "Kim Beispiel, Telefon 123" in done.said
    assert "--perspective lead" not in tiny_call("round", "show", "test-eins").out
    assert (
        DE("outside-view.sheet-lead") not in tiny_call("round", "show", "test-eins", "--notice").out
    )
    refused = tiny_call("run", *LEAD, "--lead-code", codes["Nord"])
    assert "ohne Codes für Leitungen" in refused.said
    assert set(taken(store)) == {("Nord", "self"), ("Süd", "observer")}


def test_the_notice_is_frozen_for_each_view(tiny: Questionnaire) -> None:
    given: dict[str, Any] = {"code": "eins", "title": "R", "today": date(2026, 1, 1)}
    terms = Terms("Kim, T 1", recipient="Vorstand", leads=True)
    given |= {"comments": True, "min_group": 9, "until": date(2026, 2, 1)}
    round_ = opened(tiny, [Team("A", 5)], terms, **given)
    assert set(round_.notice) == {
        f"{a}{b}" for a in ("de", "en") for b in ("", "/observer", "/lead", "/page")
    }
    own, observer, lead = (
        "\n".join(round_.notice[key]) for key in ("de", "de/observer", "de/lead")
    )
    for everywhere in ("Vorweg: Kim", "Vorstand", "1. Februar 2026"):
        assert all(everywhere in said for said in (own, observer, lead))
    assert "Code für den Vergleich" in own
    assert "wie seine Leitung es sieht" in own
    for outside in (observer, lead):
        assert "Code für den Vergleich" not in outside
        assert "bleiben bei Ihnen" in outside
    assert "ab 9 Antworten von außen, einzelne Fragen ab 9" in observer
    size = DE.count("notice.heads", 5)
    views: tuple[Perspective, ...] = ("self", "observer", "lead")
    assert [size in " ".join(told(round_, round_.teams[0], DE, view)) for view in views] == [
        True,
        False,
        False,
    ]
    assert "ab 9" not in lead
    assert "Mindestzahlen" in lead


def test_the_sheet_for_the_works_council_says_what_is_asked_and_told_from_outside(
    codes: dict[str, str], tiny_call: Call
) -> None:
    sheet = " ".join(tiny_call("round", "show", "test-eins", "--notice").out.split())
    for said in (
        "Das Team fragt nach.",
        "Sie beschreiben das gewählte Team von außen",
        "Sie beschreiben das eigene Team als seine Leitung",
        DE("outside-view.sheet-lead"),
    ):
        assert said in sheet
    named = DE("notice.readers", keeper="Kim Beispiel")
    assert sheet.count(named) == 1, "what is the same is said once"
    assert sheet.count(DE("notice.page.readers", keeper="Kim Beispiel")) == 1
