"""``checklist round audit`` on a chain of rounds with outside views."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from checklist import privacy
from checklist.questionnaire import Perspective
from checklist.render import as_csv, html, markdown
from checklist.rounds import RoundResponse
from checklist.store import Store
from tests.helpers import Call
from tests.storing import WIDTH

KEEPER = ("--keeper", "Kim Beispiel, Telefon 123")
TEAMS = ("--team", "Nord 77:12", "--team", "Süd:12")


@pytest.fixture
def chain(tiny_call: Call, store: Path) -> Call:
    """Two closed rounds of ten in each of two teams: all but one matched, and nobody."""
    for code, follows in (("eins", ()), ("zwei", ("--follows", "eins"))):
        call = ("round", "open", "tiny", *TEAMS, *KEEPER, "--code", code, *follows)
        assert tiny_call(*call).code == 0
        target = Store(store)
        for team in ("Nord 77", "Süd"):
            for number in range(10):
                panel = f"p{number}" if team == "Süd" and number else ""
                target.responses.put(_response(code, team, number, "self", panel))
            for number in range(6):
                target.responses.put(_response(code, team, number, "observer"))
        target.close()
        assert tiny_call("round", "close", code, "--yes").code == 0
    return tiny_call


def _response(
    code: str, team: str, number: int, perspective: Perspective, panel: str = ""
) -> RoundResponse:
    name = f"{code} {team} {perspective} {number}"
    answers = "".join(Random(name).choices("123", k=WIDTH))
    return RoundResponse(code, name, 1, team, answers, perspective, panel=panel)


def _said(text: str) -> str:
    return " ".join(text.split())


def test_rounds_that_are_compared_are_attacked_together(chain: Call) -> None:
    for code, other in (("eins", "zwei"), ("zwei", "eins")):
        done = chain("round", "audit", code)
        assert done.code == 0, done.out
        said = _said(done.out)
        assert f"mit der anderen verglichen wird: {other}." in said
        assert f"über die Menschen in der Runde {other}" in said
        assert "Nicht mitgeprüft" not in said
    assert "the other" not in said
    assert "Audited together with it" in _said(chain("round", "audit", "zwei", "--lang", "en").out)


def test_what_only_both_rounds_together_give_away_fails_the_audit_of_either(
    chain: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy, "paired_shown", lambda *_: True)
    for code in ("eins", "zwei"):
        done = chain("round", "audit", code)
        assert done.code == 1
        assert "Die Zusage ist verletzt" in _said(done.out)


def test_it_says_which_rounds_it_could_not_attack_together(chain: Call) -> None:
    assert chain("round", "purge", "eins", "--yes").code == 0
    done = chain("round", "audit", "zwei")
    assert done.code == 0
    assert "Nicht mitgeprüft: eins." in _said(done.out)


@pytest.mark.parametrize(
    ("room", "added"),
    [
        (markdown, "\n\n7654321 Leute\n"),
        (html, "<p>7654321 Leute</p>"),
        (as_csv, ";self;item;;n;published;7654321\r\n"),
    ],
)
def test_a_stray_number_in_any_format_fails_the_audit(
    room: object, added: str, chain: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., str] = vars(room)["render"]
    monkeypatch.setattr(room, "render", lambda *given, **named: real(*given, **named) + added)
    done = chain("round", "audit", "eins")
    assert done.code == 1
    assert "7654321" in done.out
