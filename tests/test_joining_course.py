"""Taking part from a terminal: a whole workshop by lines, and what goes wrong before."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import pytest

from checklist.cli import run_join as command
from checklist.cli.session import Session
from checklist.i18n import Texts
from checklist.journal import Journal
from checklist.questionnaire import Questionnaire
from checklist.rounds import Team
from checklist.terminal.by_lines import ByLines
from checklist.workshop import moves
from checklist.workshop.joining import address, deciding, line
from checklist.workshop.joining.sitting import WentOn
from checklist.workshop.joining.tickets import Tickets
from checklist.workshop.page.serving import Served, serving
from checklist.workshop.room import Room
from checklist.workshop.state import Action
from tests.helpers import Call
from tests.joined_by_lines import DEADLINE, Person, everything, trained, until
from tests.phones import KEY, a_room, a_round, to

DE, EN = Texts("de"), Texts("en")
STEPS = 9
"""Of the tiny questionnaire."""


# -- a whole workshop by lines


@pytest.fixture
def joining(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Take part by lines, as a person who answers by what is asked."""

    def join(url: str, person: Person, texts: Texts = DE) -> None:
        @contextmanager
        def front(_: Session, *, plain: bool) -> Iterator[ByLines]:
            yield ByLines(person.out, cast(Any, person), texts)

        monkeypatch.setattr(command, "front_for", front)
        monkeypatch.setattr(line, "POLL", 0.05)
        command.run_join(Session(texts), url, certificate=None, plain=True)

    return join


@pytest.fixture
def room(tmp_path: Path, tiny: Questionnaire) -> Iterator[Room]:
    teams = (Team("Vertrieb", 12), Team("Service", 6))
    with a_room(tmp_path, a_round(tiny, teams=teams)) as opened:
        to(opened, "answer")
        yield opened


@pytest.fixture
def served(room: Room) -> Iterator[Served]:
    with serving(room, host="127.0.0.1", port=0) as page:
        yield page


def kept(home: Path) -> Journal:
    return Journal(home)


def seats(room: Room) -> list[Any]:
    return list(room._ledger.seats.values())


class Voting:
    """A room that votes, and goes on after so many choices; ``late`` once the votes are sent."""

    texts = DE

    def __init__(self, choices: list[int], *, earlier: tuple[int, ...] = (), late: bool = False):
        self.view = SimpleNamespace(proposals=("Fragen", "Zuhören"), votes=earlier)
        self.front = self
        self.sent: list[tuple[str, str]] = []
        self._choices = choices
        self._late = late

    def choose(self, question: str, options: list[str]) -> int:
        if not self._choices:
            raise WentOn
        return self._choices.pop(0)

    def post(self, path: str, fields: list[tuple[str, str]]) -> SimpleNamespace:
        self.sent += fields
        return SimpleNamespace(late=self._late)


def test_votes_that_did_not_arrive_are_lost_and_said_to_be() -> None:
    def lost(voting: Voting) -> bool | None:
        try:
            deciding.vote(cast(Any, voting))
        except deciding.VoteLost as error:
            return error.earlier
        except WentOn:
            return None
        raise AssertionError("they arrived")

    assert lost(Voting([])) is None
    assert lost(Voting([0])) is False
    assert lost(Voting([0, 1], earlier=(1,))) is True
    assert lost(Voting([0, 2], late=True)) is False
    assert lost(Voting([1, 1, 1], earlier=(0,), late=True)) is True
    there = Voting([1, 2])
    assert deciding.vote(cast(Any, there))
    assert there.sent == [("votes", "1")]
    assert not deciding.vote(cast(Any, Voting([2])))


@pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
def test_a_whole_workshop_by_lines(
    joining: Callable[..., None],
    room: Room,
    served: Served,
    home: Path,
    texts: Texts,
    capsys: pytest.CaptureFixture[str],
) -> None:
    person = Person(everything(texts))

    def lead() -> None:
        until(lambda: room.counts.sent == 1)
        until(lambda: texts("joining.sent-title") in person.heard)
        to(room, "result")
        until(lambda: person.heard.count(texts("joining.take-step")) == 2)
        to(room, "causes")
        until(lambda: texts("workshop.phase.causes.title") in person.heard)
        to(room, "decide")
        for proposal in ("\x1b[31mrot", "Zuhören"):
            room.change(lambda workshop, text=proposal: moves.with_proposal(workshop, text))  # type: ignore[misc]
        room.change(lambda workshop: moves.voting(workshop, "open"))
        until(lambda: room.counts.voted == 1)
        to(room, "agree")
        action = Action("jemand klagt", "danken wir", "KB", date(2026, 12, 24), "Ruhe")
        room.change(lambda workshop: moves.with_action(workshop, action))
        to(room, "close")
        until(lambda: seats(room)[0].plan.then)
        until(lambda: texts("joining.plan-again") in person.heard)
        room.change(moves.ended)

    with trained(lead, room):
        joining(served.address, person, texts)
    (seat,) = seats(room)
    assert (seat.team, seat.language, seat.counts) == ("Service", texts.language, True)
    assert sorted(set(seat.response.answers.values())) == [3, 4]
    assert seat.response.reflections["wish"] == "Mehr Zeit"
    heard = person.heard
    first = texts("lines.position", place=1, total=STEPS)
    assert heard.index(room.round.terms.keeper_name) < heard.index(first)
    assert "\x1b" not in person.out.getvalue()
    assert "[31mrot" in heard
    assert texts("joining.words", words="")[:15] in heard
    with closing(kept(home)) as journal:
        (result,) = journal.results.all()
        assert result.response.answers == seat.response.answers
        plans = [(each.title, each.step) for each in journal.commitments.all()]
    assert len(plans) == 2
    assert plans[1] == (
        texts("joining.plan-title"),
        f"{texts('showing.action.if-then', when='es klingelt', then='hebe ich ab')} "
        f"{texts('joining.partner', partner='K')}",
    )
    assert not list(home.glob("*.seat")), "the ticket goes with the workshop"
    assert texts("joining.over-kept")[:20] in capsys.readouterr().err


def test_who_leaves_comes_back_to_their_seat_and_others_get_their_own(
    joining: Callable[..., None], room: Room, served: Served, home: Path
) -> None:
    first = Person(everything(DE, third=["<stop>"]))
    with pytest.raises(KeyboardInterrupt):
        joining(served.link, first)
    assert len(seats(room)) == 1
    given = dict(seats(room)[0].response.answers)
    assert given
    again = Person(everything(DE, send=["3"]), rest="<stop>")
    with pytest.raises(KeyboardInterrupt):
        joining(served.link + "/", again)
    assert DE("joining.who-question")[:40] in again.heard
    assert DE("lines.position", place=len(given) + 1, total=STEPS) in again.heard
    assert len(seats(room)) == 1
    other = Person(everything(DE, who=["2"]), rest="<stop>")
    with pytest.raises(KeyboardInterrupt):
        joining(served.link, other)
    assert DE("lines.position", place=1, total=STEPS) in other.heard
    assert len(seats(room)) == 2


def test_nothing_is_sent_or_kept_unless_that_is_said(
    joining: Callable[..., None], room: Room, served: Served, home: Path
) -> None:
    not_sent = DE("joining.go-on")
    person = Person({**everything(DE, send=["3"], keep=["2"]), not_sent: [""]})

    def lead() -> None:
        until(lambda: not_sent in person.heard)
        assert room.counts.sent == 0
        to(room, "result")
        until(lambda: DE("result.profile") in person.heard)
        room.change(moves.ended)

    with trained(lead, room):
        joining(served.link, person)
    with closing(kept(home)) as journal:
        assert journal.results.all() == []


def test_answers_are_changed_and_taken_back(
    joining: Callable[..., None], room: Room, served: Served
) -> None:
    answers = everything(DE, sent=["1", "2"], review=["", "1", ""], send=["1"])
    person = Person({**answers, DE("joining.go-on"): [""]})

    def lead() -> None:
        until(lambda: DE("joining.go-on") in person.heard)
        room.change(moves.ended)

    with trained(lead, room):
        joining(served.link, person)
    (seat,) = seats(room)
    assert (seat.counts, seat.rev) == (False, 3)


def test_the_room_that_goes_on_ends_the_questions(
    joining: Callable[..., None], room: Room, served: Served, home: Path
) -> None:
    """An answer that comes too late is not taken, and nobody gets stuck in the questions."""
    closing_at = Event()

    class Slow(Person):
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            line = super().readline()
            if line == "3\n":
                closing_at.set()
                until(lambda: room.workshop.closed)
            return line

    person = Slow(everything(DE))

    def lead() -> None:
        assert closing_at.wait(DEADLINE)
        to(room, "result")
        until(lambda: DE("result.profile") in person.heard)
        room.change(moves.ended)

    with trained(lead, room):
        joining(served.link, person)
    assert room.counts.sent == 0
    assert 3 not in seats(room)[0].response.answers.values()


def test_answers_together_wait_for_the_room(
    joining: Callable[..., None], tmp_path: Path, tiny: Questionnaire, home: Path
) -> None:
    with (
        a_room(tmp_path, a_round(tiny), together=True) as room,
        serving(room, host="127.0.0.1", port=0) as page,
    ):
        to(room, "answer")
        person = Person(everything(DE))

        def lead() -> None:
            for place in range(1, len(tiny.items)):
                until(lambda place=place: person.heard.count(DE("joining.pace")) == place)  # type: ignore[misc]
                assert DE("lines.position", place=place + 1, total=STEPS) not in person.heard
                room.change(lambda workshop: moves.released(workshop, len(tiny.items)))
            until(lambda: room.counts.sent == 1)
            room.change(moves.ended)

        with trained(lead, room):
            joining(page.link, person)


def test_a_lost_network_is_waited_out_and_nothing_is_lost(
    joining: Callable[..., None], room: Room, home: Path
) -> None:
    lost, back, ports = Event(), Event(), list[int]()

    class Unlucky(Person):
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            line = super().readline()
            if line == "3\n" and not lost.is_set():
                lost.set()
                assert back.wait(DEADLINE)
            return line

    person = Unlucky(everything(DE))

    def lead() -> None:
        with serving(room, host="127.0.0.1", port=0) as page:
            ports.append(page.port)
            assert lost.wait(DEADLINE)
        back.set()
        until(lambda: DE("joining.line.lost")[:30] in person.heard)
        assert 3 not in seats(room)[0].response.answers.values()
        with serving(room, host="127.0.0.1", port=ports[0]):
            until(lambda: room.counts.sent == 1)
            until(lambda: DE("joining.sent-title") in person.heard)
            room.change(moves.ended)
            until(lambda: over.is_set())

    over = Event()
    with trained(lead, room):
        until(lambda: ports)
        try:
            joining(f"127.0.0.1:{ports[0]}/k/{KEY}", person)
        finally:
            over.set()
    assert 3 in seats(room)[0].response.answers.values()


@pytest.mark.parametrize("typing", [False, True], ids=["watching", "typing"])
def test_a_page_that_is_closed_without_a_word_is_the_end_of_the_last_phase_only(
    typing: bool,
    joining: Callable[..., None],
    room: Room,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(line, "GONE", 0.0)
    stop, stopped, ports = Event(), Event(), list[int]()

    class Last(Person):
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            line = super().readline()
            if line == "K.\n" and typing:
                stop.set()
                assert stopped.wait(DEADLINE)
            return line

    person = Last(everything(DE))

    def lead() -> None:
        with serving(room, host="127.0.0.1", port=0) as page:
            ports.append(page.port)
            until(lambda: room.counts.sent == 1)
            until(lambda: DE("joining.sent-title") in person.heard)
            to(room, "causes")
            until(lambda: DE("workshop.phase.causes.title") in person.heard)
        until(lambda: DE("joining.line.lost")[:30] in person.heard)
        with serving(room, host="127.0.0.1", port=ports[0]):
            to(room, "close")
            if typing:
                assert stop.wait(DEADLINE)
            else:
                until(lambda: DE("joining.plan-again") in person.heard)
        stopped.set()

    with trained(lead, room):
        until(lambda: ports)
        joining(f"127.0.0.1:{ports[0]}/k/{KEY}", person)
    assert bool(seats(room)[0].plan.then) is not typing
    assert not list(home.glob("*.seat"))
    assert DE("joining.over-kept")[:20] in capsys.readouterr().err
    with closing(kept(home)) as journal:
        assert DE("joining.plan-title") in [each.title for each in journal.commitments.all()]


# -- what goes wrong before anything begins


def test_what_goes_wrong_has_a_remedy(inside: Call, served: Served, tmp_path: Path) -> None:
    broken = tmp_path / "no.pem"
    broken.write_text("x")
    for said, code, *arguments in (
        ("join-address", 2, "run", "--join", "ftp://x"),
        ("join-alone", 2, "run", "anti-churn", "--join", served.link),
        ("cert-without-join", 2, "run", "--cert", "x"),
        ("join-wrong-key", 1, "run", "--join", f"{served.address}/k/AbCd1234"),
        ("join-unreachable", 1, "workshop", "join", "127.0.0.1:1"),
        ("join-certificate-file", 1, "run", "--join", "https://127.0.0.1:1", "--cert", str(broken)),
    ):
        done = inside(*arguments)
        assert (done.code, done.out) == (code, ""), said
        words = DE(f"error.{said}.remedy", address=served.address)
        assert words[:30] in done.said, (said, done.said)
        assert "Traceback" not in done.err


def test_the_end_of_the_input_says_how_to_come_back(inside: Call, served: Served) -> None:
    done = inside("run", "--join", served.link, "--plain", input="1\n4\n")
    assert done.code == 1
    assert f"checklist run --join {served.link}" in done.said


def test_one_person_is_not_in_two_windows(inside: Call, served: Served, home: Path) -> None:
    home.mkdir(exist_ok=True)
    with Tickets(home, datetime.now(UTC)).alone(address.read(served.link)):
        assert DE("error.join-running.what") in inside("run", "--join", served.link).said
