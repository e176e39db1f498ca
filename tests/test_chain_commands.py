"""A chain of rounds as its keeper sees it: who is linked, what is compared, what stays."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from checklist.i18n import Texts
from checklist.rounds import RoundResponse
from checklist.store import Store
from tests.helpers import Call
from tests.storing import WIDTH

KEEPER = ("--keeper", "Kim Beispiel, Telefon 123")
TEAMS = ("--team", "Nord:12", "--team", "Süd:12")


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = Store(path)
    try:
        yield store
    finally:
        store.close()


Fill = Callable[..., None]


@pytest.fixture
def fill(store: Path) -> Fill:
    """Put ten responses a team into a round; the first ``linked`` of each carry a panel code."""

    def put(code: str, seed: int, linked: int = 0, perspective: str = "self") -> None:
        random = Random(seed)
        with opened(store) as target:
            for team in ("Nord", "Süd"):
                for number in range(10):
                    panel = f"{team}-{number}" if number < linked else ""
                    answers = "".join(random.choice("12345"[seed % 2 :]) for _ in range(WIDTH))
                    target.responses.put(
                        RoundResponse(
                            round=code,
                            id=f"{code}-{perspective}-{team}-{number}",
                            rev=1,
                            team=team,
                            answers=answers.replace("4", "3").replace("5", "3"),
                            perspective=perspective,  # type: ignore[arg-type]
                            panel=panel,
                        )
                    )

    return put


def changes(call: Call, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(call("report", code, "--format", "json").out)[
        "changes"
    ]
    return found


def kinds(call: Call, code: str, team: str | None = None) -> set[str]:
    return {row["kind"] for row in changes(call, code) if row["team"] == team}


@pytest.fixture
def chain(tiny_call: Call, fill: Fill) -> Call:
    """Two closed rounds, five of each team linked."""
    assert tiny_call("round", "open", "tiny", *TEAMS, *KEEPER, "--code", "eins").code == 0
    fill("eins", 1, linked=5)
    assert tiny_call("round", "close", "eins", "--yes").code == 0
    after = ("--follows", "eins", "--code", "zwei")
    assert tiny_call("round", "open", "tiny", *TEAMS, *KEEPER, *after).code == 0
    fill("zwei", 2, linked=5)
    assert tiny_call("round", "close", "zwei", "--yes").code == 0
    return tiny_call


def test_everybody_is_compared_person_by_person_and_teams_are_not(chain: Call) -> None:
    assert kinds(chain, "zwei") == {"paired"}
    assert {row["n"] for row in changes(chain, "zwei") if row["team"] is None} == {10}
    assert kinds(chain, "zwei", "Nord") == {"independent"}
    assert changes(chain, "eins") == []
    said = " ".join(chain("report", "zwei").out.split())
    assert "Verglichen wird mit der Runde davor: „Ganz klein“ (eins, geschlossen am" in said
    assert "Verglichen werden dieselben 10 Personen in beiden Runden." in said
    said = " ".join(chain("report", "zwei", "--lang", "en").out.split())
    assert "The same 10 people are compared in both rounds." in said


def test_deleting_the_old_answers_does_not_change_what_was_compared(chain: Call) -> None:
    formats = ("terminal", "markdown", "json", "csv")
    before = [chain("report", "zwei", "--format", form).out for form in formats]
    assert chain("round", "purge", "eins", "--yes").code == 0
    assert [chain("report", "zwei", "--format", form).out for form in formats] == before
    assert chain("round", "purge", "zwei", "--yes").code == 0
    assert chain("report", "zwei", "--format", "json").out == before[2]


def test_after_the_old_answers_are_deleted_a_new_round_is_compared_by_its_figures(
    chain: Call, fill: Fill
) -> None:
    assert chain("round", "purge", "zwei", "--yes").code == 0
    after = ("--follows", "zwei", "--code", "drei")
    assert chain("round", "open", "tiny", *TEAMS, *KEEPER, *after).code == 0
    fill("drei", 3, linked=5)
    assert chain("round", "close", "drei", "--yes").code == 0
    assert kinds(chain, "drei") == {"independent"}


def test_what_can_be_compared_is_said_when_a_round_opens(tiny_call: Call, store: Path) -> None:
    def open_(code: str, *more: str) -> str:
        done = tiny_call("round", "open", "tiny", *KEEPER, "--code", code, *more)
        assert (done.code, done.out) == (0, f"{code}\n")
        return done.said

    again = (*TEAMS, "--follows", "eins")
    matched, too_late = "Nur bis dahin lassen sich Personen", "Wird sie erst dann geschlossen"
    smaller, deleted = "wird niemand zugeordnet", "sind schon gelöscht, verglichen wird nur ohne"
    lines = (matched, too_late, smaller, deleted, "keinen Vergleich")

    def said(text: str) -> set[str]:
        return {line for line in lines if line in text}

    assert said(open_("eins", *TEAMS, "--min-group", "6")) == set()
    assert tiny_call("round", "close", "eins", "--yes").code == 0
    with opened(store) as target:
        day = target.rounds.get("eins").delete_on
    assert day is not None
    just, late = ((day + timedelta(n)).isoformat() for n in (-1, 0))
    text = open_("zwei-a", *again, "--min-group", "6", "--until", just)
    assert said(text) == {matched}
    assert Texts("de").day(day) in text
    text = open_("zwei-b", *again, "--min-group", "7", "--until", late)
    assert said(text) == {matched, too_late}
    text = open_("zwei-c", *again, "--team", "Ost:9", "--team", "West")
    assert said(text) == {smaller, "keinen Vergleich"}
    assert "diese Teams nicht: Ost, West." in text
    assert tiny_call("round", "purge", "eins", "--yes").code == 0
    text = open_("zwei-d", *again, "--team", "Ost:9", "--until", late)
    assert said(text) == {deleted, "keinen Vergleich"}
    assert "dieses Team nicht: Ost." in text


def test_who_answers_again_is_asked_about_the_round_before(chain: Call) -> None:
    after = ("--follows", "zwei", "--code", "drei")
    assert chain("round", "open", "tiny", "--team", "Nord", *KEEPER, *after).code == 0
    assert chain("round", "open", "tiny", "--team", "Nord", *KEEPER, "--code", "neu").code == 0
    typed = "\n".join([*["3"] * 7, "", "", "", "2", "1", ""]) + "\n"
    both, only_next = "der Runde davor und der nächsten", "der nächsten Runde"
    told = {
        code: chain("run", "--round", code, "--plain", input=typed).said for code in ("drei", "neu")
    }
    for said, words in (("drei", both), ("neu", only_next)):
        assert f"Sollen Ihre Antworten mit denen {words} verglichen" in told[said]
        assert told[said].count(f"ein Code für den Vergleich mit {words}") == 2
    assert "diese Runde mit der davor: „Ganz klein“ (zwei, geschlossen am" in told["drei"]
    assert "diese Runde mit der davor" not in told["neu"]


def test_a_code_that_two_people_share_links_neither(tiny_call: Call, store: Path) -> None:
    for code, follows in (("eins", ()), ("zwei", ("--follows", "eins"))):
        done = tiny_call("round", "open", "tiny", *TEAMS, *KEEPER, "--code", code, *follows)
        assert done.code == 0
        with opened(store) as target:
            for number, panel in enumerate(["same", "same", "a", "b", "", ""]):
                given = ("12" if number % 2 else "31").ljust(WIDTH, "2")
                view = "observer" if panel == "b" else "self"
                target.responses.put(
                    RoundResponse(code, f"{code}{number}", 1, "Süd", given, view, panel=panel)  # type: ignore[arg-type]
                )
        assert tiny_call("round", "close", code, "--yes").code == 0
    with opened(store) as target:
        linked = target.responses.linked("eins", "zwei")
        assert (bytes(linked.old), bytes(linked.new)) == (b"31".ljust(WIDTH, b"2"),) * 2
        assert linked.teams == [1]
        rows = target.responses.answers("zwei", "Süd")
        panels = target.responses.panels("zwei", "Süd")
        assert len(panels) * WIDTH == len(rows)
        assert sorted(panels) == ["", "", "a", "same", "same"]
        place = panels.index("a")
        assert rows[place * WIDTH : (place + 1) * WIDTH] == b"31".ljust(WIDTH, b"2")


def test_observers_stand_beside_and_are_no_part_of_a_change(tiny_call: Call, fill: Fill) -> None:
    assert tiny_call("round", "open", "tiny", *TEAMS, *KEEPER, "--code", "eins").code == 0
    fill("eins", 1)
    fill("eins", 2, perspective="observer")
    closed = tiny_call("round", "close", "eins", "--yes")
    assert "Alle zusammen, von außen gesehen" in closed.out
    report = json.loads(tiny_call("report", "eins", "--format", "json").out)
    assert [(g["team"], g["perspective"], g["n"]) for g in report["groups"]] == [
        (None, "self", 20),
        ("Nord", "self", 10),
        ("Süd", "self", 10),
        (None, "observer", 20),
        ("Nord", "observer", 10),
        ("Süd", "observer", 10),
    ]
    assert "Die Sicht von außen" in tiny_call("report", "eins").out
    assert "The view from outside" in tiny_call("report", "eins", "--lang", "en").out
