"""A round answered with cards, in a real terminal: notice, questions, sending, or not sending."""

import re
import signal
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from checklist.i18n import Texts
from checklist.interview import Response
from checklist.journal import Journal
from checklist.questionnaire import Perspective
from checklist.store import Store
from tests.helpers import Call, Outcome
from tests.terminal.emulator import Emulator

Open = Callable[..., Emulator]
DE, EN = Texts("de"), Texts("en")
ITEMS, STEPS = 18, 20


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: Call) -> Outcome:
    """Open a round, and give what was said."""
    path = tmp_path / "rounds.db"
    monkeypatch.setenv("CHECKLIST_STORE", str(path))
    done = inside(
        "round", "open", "anti-churn", "--code", "rofi-talu", "--comments",
        "--team", "Vertrieb:8", "--team", "Service:6", "--keeper", "Kim Beispiel, Telefon 123",
    )  # fmt: skip
    assert done.code == 0
    return done


@pytest.fixture
def store(opened: Outcome, tmp_path: Path) -> Path:
    return tmp_path / "rounds.db"


@pytest.fixture
def lead_code(opened: Outcome) -> str:
    """The code of the lead of Vertrieb."""
    found = re.search("„Vertrieb“: ([a-z-]+)", opened.said)
    assert found
    return found[1]


def stored(path: Path, view: Perspective = "self") -> list[bytes]:
    """Close the round and give each team's answers."""
    with closing(Store(path)) as store:
        store.rounds.close("rofi-talu", date(2026, 1, 1))
        return [
            store.responses.answers("rofi-talu", team, view) for team in ("Vertrieb", "Service")
        ]


def read_on(terminal: Emulator, first: str) -> Emulator:
    """Read the notice, however many pages it takes, until the first question shows."""
    while first not in terminal.text:
        cards = terminal.cards
        terminal.send("\r").wait_for(lambda seen=cards: terminal.cards > seen)  # type: ignore[misc]
    return terminal


def begun(open_: Open, texts: Texts = DE, *, columns: int = 80) -> Emulator:
    """Choose the second team, read the notice, and stand before the first question."""
    terminal = open_("run", "--round", "rofi-talu", "--lang", texts.language, columns=columns)
    terminal.wait_for(texts("sending.team-question")).send("2")
    terminal.wait_for(texts("welcome.keys")[:6])
    return read_on(terminal, f"1 {'von' if texts is DE else 'of'} {STEPS}")


@pytest.mark.parametrize(("texts", "columns"), [(DE, 80), (EN, 80), (DE, 40)])
def test_answers_go_into_the_round_only_when_that_is_said(
    terminal: Open, store: Path, home: Path, texts: Texts, columns: int
) -> None:
    opened = begun(terminal, texts, columns=columns)
    read = " ".join(opened.written.split())
    assert "Kim Beispiel" in read
    opened.send(texts("key.comment")).wait_for(texts("card.comment-sent").split()[0])
    opened.send("Mein Satz\r").send("4" * ITEMS)
    opened.wait_for(texts("card.reflection-sent").split()[2]).send("\r\r")
    opened.wait_for(texts("review.note")[:20]).send("f")
    opened.wait_for(texts("sending.panel-yes")).send("1")
    opened.wait_for("„Service“" if texts is DE else "“Service”")
    with closing(Store(store)) as before:
        assert before.responses.count("rofi-talu") == 0
    opened.send("2").wait_for(texts("pick.keys")[:6]).send("\r")
    assert opened.exit_code() == 0
    assert stored(store) == [b"", b"4" * ITEMS]
    assert b"Mein Satz" not in store.read_bytes(), "it was left out"
    with closing(Journal(home)) as journal:
        assert journal.results.all()[0].response.comments, "one's own result has it"
        assert journal.drafts.all() == []


def test_a_kill_before_sending_keeps_the_draft_and_sends_nothing(
    terminal: Open, store: Path, drafted: Callable[[], Response]
) -> None:
    opened = begun(terminal).send("5" * 7)
    opened.wait_for(DE("card.position", place=8, total=STEPS)).kill(signal.SIGKILL)
    assert opened.exit_code() == -signal.SIGKILL
    assert len(drafted().answers) == 7
    again = terminal("run", "--round", "rofi-talu", "--team", "service")
    again.wait_for(DE("sending.same-person")[:12]).send("1")
    again.wait_for("7 Antworten von 18").send("1").wait_for("Frage 8")
    again.send("5" * 11).wait_for("Frage 19").send("\r\r").wait_for(DE("review.note")[:20]).send(
        "f"
    )
    again.wait_for(DE("sending.panel-yes")).send("1")
    again.wait_for(DE("sending.not-now")).send("2").wait_for("Nichts abgeschickt.")
    assert again.exit_code() == 0
    assert len(drafted().answers) == ITEMS
    assert stored(store) == [b"", b""]


def test_ctrl_c_sends_nothing_and_says_how_to_go_on(terminal: Open, store: Path) -> None:
    opened = begun(terminal).send("3").wait_for("Frage 2").send("\x03")
    assert opened.exit_code() == 130
    assert "checklist run --round rofi-talu" in opened.text
    assert stored(store) == [b"", b""]


OUTSIDE = ("run", "--round", "rofi-talu", "--perspective")


@pytest.mark.parametrize(("texts", "columns"), [(DE, 80), (EN, 80), (DE, 40)])
def test_a_view_from_outside_goes_in_without_texts_and_without_a_link(
    terminal: Open, store: Path, texts: Texts, columns: int
) -> None:
    opened = terminal(*OUTSIDE, "observer", "--lang", texts.language, columns=columns)
    opened.wait_for(texts("outside-view.team-question")).send("2")
    opened.wait_for(texts("welcome.keys")[:6])
    read_on(opened, f"1 {'von' if texts is DE else 'of'} {ITEMS}")
    assert re.search("--perspective.observer", opened.written), "how to take it back"
    opened.send(texts("key.comment")).wait_for(texts("card.comment"))
    opened.send("Mein Satz\r").send("4" * ITEMS).wait_for(texts("review.note")[:20]).send("f")
    opened.wait_for(texts("sending.random")).send("1")
    assert opened.exit_code() == 0
    assert texts("sending.panel-yes") not in opened.written
    assert stored(store) == [b"", b""]
    assert b"Mein Satz" not in store.read_bytes()


def test_a_leads_code_is_typed_and_ctrl_c_keeps_the_draft(
    terminal: Open, store: Path, lead_code: str, drafted: Callable[[], Response]
) -> None:
    question = DE("outside-view.code-question")[:40]
    wrong = terminal(*OUTSIDE, "lead").wait_for(question).send("kofi-lala-riri\r")
    assert wrong.exit_code() == 1
    assert "zu keinem Team" in wrong.text
    left = terminal(*OUTSIDE, "lead").wait_for(question).send("\r \r\x1b")
    assert left.exit_code() == 0
    assert DE("run.nothing-said")[:40] in left.text

    opened = terminal(*OUTSIDE, "lead").wait_for(question)
    opened.send(f"x\x7f{lead_code.upper()}\r").wait_for(DE("welcome.keys")[:6])
    read_on(opened, f"1 von {ITEMS}").send("5").wait_for("Frage 2").send("\x03")
    assert opened.exit_code() == 130
    assert "--perspective lead" in opened.text
    assert list(drafted().answers.values()) == [5]

    again = terminal(*OUTSIDE, "lead", "--lead-code", lead_code)
    again.wait_for("1 Antwort von 18").send("1").wait_for("Frage 2").send("5" * 17)
    again.wait_for(DE("review.note")[:20]).send("f")
    again.wait_for(DE("outside-view.number")).send("1")
    again.wait_for(DE("pick.keys")[:6]).send("\r")
    assert again.exit_code() == 0
    assert stored(store, "lead") == [b"5" * ITEMS, b""]
