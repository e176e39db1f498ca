"""How a workshop is begun: what may be asked for, which round it leads, where its page stands."""

import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklist.bank import Bank
from checklist.cli.rounds.opening import Wanted
from checklist.cli.session import Session
from checklist.cli.workshop import beginning, reaching
from checklist.cli.workshop.beginning import Begun
from checklist.cli.workshop.reaching import PORTS, Reach, Spot, reached, spot_for
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.questionnaire import Questionnaire
from checklist.store import Store
from checklist.workshop import agreements, moves
from checklist.workshop.page.addresses import LOOPBACK
from checklist.workshop.places import agreed_in, ledger_of
from checklist.workshop.room import Room
from checklist.workshop.state import Action, place_of
from tests.helpers import Call
from tests.workshop_rooms import a_room, a_workshop, run

DE = Texts("de")
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
WANTED = Wanted(teams=["Service:12"], keeper="Kim, 123", code="herbst")
OLD = "http://192.168.1.20:8425"
HERE = ["192.168.1.20", "10.0.0.5", "fd00::2"]


class At(Session):
    """A session on a day that a test chooses."""

    day = NOW

    @staticmethod
    def now() -> datetime:
        return At.day


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, store: Path) -> At:
    monkeypatch.setattr(At, "day", NOW)
    return At(DE)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with a_room(tmp_path, a_workshop("check")) as found:
        yield found


def first(addresses: Sequence[str]) -> str:
    return addresses[0]


def afresh(session: Session, questionnaire: Questionnaire, **changed: Any) -> Begun:
    wanted = replace(WANTED, **changed)
    found = beginning.afresh(session, questionnaire, wanted, together=False, paper=False, yes=True)
    assert found is not None
    return found


def code_of(begin: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(ChecklistError) as caught:
        begin(*arguments, **named)
    return caught.value.code


# -- what may be asked for


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((), "workshop-which"),
        (("tiny", "--round", "herbst"), "workshop-which"),
        (("--round", "herbst", "--resume", "herbst"), "workshop-which"),
        (("--round", "herbst", "--team", "A:8"), "workshop-fixed"),
        (("--resume", "herbst", "--title", "Neu"), "workshop-fixed"),
        (("--resume", "herbst", "--together"), "workshop-resumed-fixed"),
        (("--resume", "herbst", "--paper"), "workshop-resumed-fixed"),
        (("tiny", "--paper", "--lan"), "workshop-paper-alone"),
        (("tiny", "--paper", "--port", "0"), "workshop-paper-alone"),
        (("tiny", "--address", "10.0.0.5"), "workshop-address-lan"),
        (("tiny", "--key", "key.pem"), "workshop-key-cert"),
        (("tiny", "--output", "/nowhere-at-all"), "workshop-folder"),
    ],
)
def test_what_does_not_go_together_is_refused(
    arguments: tuple[str, ...], error: str, tiny_call: Call, store: Path
) -> None:
    done = tiny_call("workshop", "start", *arguments)

    assert done.code == 2
    assert DE(f"error.{error}.remedy").split("{")[0].split("\n")[0] in done.said
    assert not store.exists()


def test_without_keys_nothing_is_begun_and_paper_is_named(
    tiny_call: Call, store: Path, home: Path
) -> None:
    done = tiny_call(
        "workshop", "start", "tiny", "--team", "Service:12", "--keeper", "Kim, 123", "--yes"
    )

    assert done.code == 1
    assert "checklist workshop print" in done.said
    assert not store.exists()
    assert not (home / "workshops").exists()


# -- the round


def test_a_new_round_is_opened_with_secrets_of_its_own(
    session: At, tiny: Questionnaire, store: Path
) -> None:
    begun = [afresh(session, tiny, code=code) for code in ("herbst", "winter")]
    for each in begun:
        each.room.close()
    states = [each.room.workshop for each in begun]

    with closing(Store(store)) as opened:
        assert [each.code for each in opened.rounds.all()] == ["herbst", "winter"]
    assert [state.round for state in states] == ["herbst", "winter"]
    assert all(len(state.key) == 16 for state in states)  # 96 bits as base64
    assert all(len(state.code.split("-")) == 3 for state in states)
    assert states[0].key != states[1].key
    assert states[0].code != states[1].code


def test_no_code_of_a_lead_is_made_or_shown_before_the_room(
    session: At, capsys: pytest.CaptureFixture[str]
) -> None:
    anti_churn = Bank().load("anti-churn")
    assert anti_churn.has_outside_view
    begun = afresh(session, anti_churn, teams=["Service:12", "Vertrieb:3"])
    begun.room.close()

    assert not begun.room.round.asks_leads
    said = " ".join(capsys.readouterr().err.split())
    what = "Empfänger des Berichts, Rechtsgrundlage und Betriebsrat"
    assert said == DE("opening.unstated.said", what=what, options="--recipient und --notice")


@pytest.mark.parametrize(
    ("recipient", "notice", "said"),
    [
        ("Alex", "", ["Rechtsgrundlage und Betriebsrat", "mit --notice."]),
        ("", "all", ["ist: Empfänger des Berichts;", "mit --recipient."]),
        ("Alex", "all", []),
    ],
)
def test_what_a_round_does_not_state_is_said_once(
    recipient: str, notice: str, said: list[str], session: At, tiny: Questionnaire,
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    stated = tmp_path / "notice.toml"
    stated.write_text('legal-basis = "Einwilligung"\nworks-council = "hat zugestimmt"\n', "utf-8")
    afresh(session, tiny, recipient=recipient, notice=str(stated) if notice else None).room.close()

    heard = " ".join(capsys.readouterr().err.split())
    assert all(part in heard for part in said)
    assert bool(heard) == bool(said)


def test_a_round_that_was_opened_before_is_led_once(
    session: At, tiny_call: Call, home: Path
) -> None:
    team = ("--team", "Service:12", "--keeper", "Kim, 123", "--code", "herbst")
    assert tiny_call("round", "open", "tiny", *team).code == 0
    begun = beginning.with_round(session, "herbst", together=True, paper=True)
    begun.room.close()

    assert begun.room.workshop.together
    assert begun.room.workshop.way == "paper"
    again = code_of(beginning.with_round, session, "herbst", together=False, paper=False)
    assert again == "workshop-begun"


def test_a_closed_round_is_not_led(session: At, tiny: Questionnaire, store: Path) -> None:
    afresh(session, tiny).room.close()
    with closing(Store(store)) as opened:
        opened.rounds.close("herbst", NOW.date())

    assert code_of(beginning.with_round, session, "herbst", together=False, paper=False) == (
        "round-closed"
    )


def test_a_workshop_is_resumed_with_everything_it_had(session: At, tiny: Questionnaire) -> None:
    room = afresh(session, tiny).room
    room.change(lambda workshop: moves.to_phase(workshop, place_of("warm-up"), NOW))
    before = room.workshop
    assert code_of(beginning.resumed, session, "herbst") == "workshop-running"
    room.close()

    again = beginning.resumed(session, "herbst").room
    again.close()
    assert again.workshop == before
    assert code_of(beginning.resumed, session, "winter") == "unknown-round"


def test_a_pause_is_on_no_clock_and_a_gap_after_a_kill_only_if_it_is_long(
    session: At, tiny: Questionnaire, home: Path
) -> None:
    room = afresh(session, tiny).room
    room.change(lambda workshop: moves.to_phase(workshop, 1, NOW))
    began = room.workshop.began
    beginning.leave(session, room)
    At.day = NOW + timedelta(days=1)
    again = beginning.resumed(session, "herbst").room
    path = ledger_of(home, again.round)
    again.close()
    assert began == NOW
    assert again.workshop.began == NOW + timedelta(days=1)

    for minutes, shifted in ((10, 0), (20, 20)):
        os.utime(path, ((At.day - timedelta(minutes=minutes)).timestamp(),) * 2)
        killed = beginning.resumed(session, "herbst").room
        killed.close()
        assert killed.workshop.began == At.day + timedelta(minutes=shifted)


def test_a_workshop_keeps_its_language_and_its_folder(
    session: At, tiny: Questionnaire, tmp_path: Path
) -> None:
    room = afresh(session, tiny).room
    beginning.remember(room, session, tmp_path, None)
    room.close()
    again, english = beginning.resumed(session, "herbst").room, At(Texts("en"))
    beginning.remember(again, english, None, None)
    assert english.texts.language == "de"
    assert again.workshop.output == str(tmp_path.resolve())

    english = At(Texts("en"))
    beginning.remember(again, english, tmp_path / "neu", "en")
    again.close()
    assert english.texts.language == again.workshop.language == "en"
    assert again.workshop.output == str((tmp_path / "neu").resolve())


def test_where_the_store_has_closed_the_round_the_room_follows(
    session: At, tiny: Questionnaire, store: Path
) -> None:
    room = afresh(session, tiny).room
    room.change(lambda workshop: moves.to_phase(workshop, place_of("answer"), NOW))
    room.close()
    with closing(Store(store)) as opened:
        opened.rounds.close("herbst", date(2026, 3, 9))

    again = beginning.resumed(session, "herbst").room
    again.close()
    assert again.workshop.closed
    assert again.workshop.now.id == "result"
    assert again.round.closed_on == date(2026, 3, 9)


def test_a_workshop_that_follows_opens_with_what_was_agreed(
    session: At, tiny: Questionnaire, store: Path, home: Path
) -> None:
    before = afresh(session, tiny).room
    agreed = Action("jemand anruft", "fragen wir nach", "KM", date(2026, 4, 1), "Rückrufe")
    workshop = moves.with_action(before.workshop, agreed)
    agreements.save(agreed_in(home, before.round), before.round, workshop)
    before.close()
    with closing(Store(store)) as opened:
        opened.rounds.close("herbst", NOW.date())

    soon = {"code": "winter", "follows": ["herbst"]}
    assert code_of(afresh, session, tiny, **soon) == "follows-too-soon"
    with closing(Store(store)) as opened:
        assert len(opened.rounds.all()) == 1
    At.day = NOW + timedelta(weeks=4)
    begun = afresh(session, tiny, **soon)
    begun.room.close()
    assert begun.room.workshop.earlier == (agreed,)
    assert begun.before is not None
    assert begun.before.code == "herbst"


# -- where the page is served


@pytest.mark.parametrize(
    ("reach", "before", "spot"),
    [
        (Reach(), "", Spot(LOOPBACK, (), PORTS)),
        (Reach(port=9000), "", Spot(LOOPBACK, (), (9000,))),
        (Reach(lan=True), "", Spot("10.0.0.5", (), PORTS)),
        (Reach(lan=True, address="fd00::2"), "", Spot("fd00::2", (), PORTS)),
        (Reach(lan=True, address="raum.local"), "", Spot("10.0.0.5", ("raum.local",), PORTS)),
        (Reach(), OLD, Spot("192.168.1.20", (), (8425, *(p for p in PORTS if p != 8425)))),
        (Reach(lan=True), OLD, Spot("192.168.1.20", (), (8425, *(p for p in PORTS if p != 8425)))),
        (Reach(lan=True, port=9000), OLD, Spot("192.168.1.20", (), (9000,))),
        (Reach(), "http://192.168.9.9:9001", Spot("10.0.0.5", (), (9001, *PORTS))),
        (Reach(), "https://raum.local:9001", Spot("10.0.0.5", ("raum.local",), (9001, *PORTS))),
        (Reach(), "http://127.0.0.1:9001", Spot(LOOPBACK, (), (9001, *PORTS))),
        (Reach(lan=True), "http://127.0.0.1:9001", Spot("10.0.0.5", (), (9001, *PORTS))),
    ],
)
def test_the_page_is_served_as_it_was_said_or_as_it_was(
    reach: Reach, before: str, spot: Spot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With several addresses the trainer picks, here the second; IPv6 is offered only alone."""
    monkeypatch.setattr(reaching, "candidates", lambda: HERE)
    offered = []

    def second(addresses: Sequence[str]) -> str:
        offered.append(addresses)
        return addresses[1]

    assert spot_for(reach, before, second) == spot
    assert offered in ([], [HERE[:2]])


def test_without_a_network_no_workshop_begins_but_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reaching, "candidates", lambda: [LOOPBACK])

    assert code_of(spot_for, Reach(lan=True), "", first) == "workshop-no-network"
    again = spot_for(Reach(), OLD, first)
    assert again.host == LOOPBACK
    assert again.offline


def test_where_the_network_is_gone_its_address_is_kept_for_later(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "candidates", lambda: [LOOPBACK])
    room.change(lambda workshop: moves.reached_at(workshop, OLD))
    with reached(room, Reach(port=0), first) as there:
        assert there.by == "offline"
        assert there.before == OLD
    assert room.workshop.address == OLD


def test_without_lan_only_this_machine_reaches_the_page(room: Room) -> None:
    with reached(room, Reach(port=0), first) as there:
        assert there.by == "machine"
        assert there.served is not None
        assert there.served.address.startswith(f"http://{LOOPBACK}:")
        assert room.workshop.address == there.served.address


def test_a_workshop_that_goes_on_keeps_its_port_if_it_is_free(room: Room) -> None:
    with reached(room, Reach(port=0), first) as there:
        assert there.served is not None
        address, port = there.served.address, there.served.port
    with reached(room, Reach(), first) as there:
        assert there.served is not None
        assert there.served.address == address
        assert there.before == ""
    with socket.create_server((LOOPBACK, port)), reached(room, Reach(), first) as there:
        assert there.served is not None
        assert there.served.port != port
        assert there.before == ""  # nobody else has come there


@pytest.mark.parametrize(("seats", "missed"), [(0, ""), (1, OLD)])
def test_an_address_that_is_gone_is_named_only_where_somebody_looks_for_it(
    seats: int, missed: str, room: Room
) -> None:
    room.change(lambda workshop: moves.reached_at(workshop, OLD))
    for _ in range(seats):
        run(room.join("de"))
    with reached(room, Reach(lan=True, address="localhost", port=0), first) as there:
        assert there.before == missed


def test_a_port_that_was_named_is_not_exchanged_for_another(room: Room) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ChecklistError) as caught, reached(room, Reach(port=port), first):
            pass
    assert caught.value.code == "page-port-taken"


def test_on_paper_nothing_is_served(room: Room) -> None:
    with reached(room, Reach(paper=True), first) as there:
        assert there.served is None
    room.change(lambda workshop: moves.by(workshop, "paper"))
    with reached(room, Reach(), first) as there:
        assert there.served is None
    assert room.workshop.address == ""


def test_a_page_that_was_encrypted_does_not_come_back_in_the_clear(room: Room) -> None:
    room.change(lambda workshop: moves.reached_at(workshop, f"https://{LOOPBACK}:8421"))
    with pytest.raises(ChecklistError) as caught, reached(room, Reach(), first):
        pass
    assert caught.value.code == "workshop-was-secure"
