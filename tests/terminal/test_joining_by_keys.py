"""Taking part in a workshop with cards, in a real terminal, at a real page."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.interview import Response
from checklist.journal import Journal
from checklist.rounds import Team
from checklist.workshop import moves
from checklist.workshop.page.serving import Served, serving
from checklist.workshop.room import Room
from tests.phones import CODE, a_room, a_round, to
from tests.terminal.emulator import Emulator

Open = Callable[..., Emulator]
DE, EN = Texts("de"), Texts("en")
ANTI_CHURN = Bank(None).load("anti-churn")
ITEMS = len(ANTI_CHURN.items)
STEPS = ITEMS + len(ANTI_CHURN.reflections)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    teams = (Team("Vertrieb", 12), Team("Service", 6))
    with a_room(tmp_path, a_round(ANTI_CHURN, teams=teams)) as opened:
        to(opened, "answer")
        yield opened


@pytest.fixture
def served(room: Room) -> Iterator[Served]:
    with serving(room, host="127.0.0.1", port=0) as page:
        yield page


def seats(room: Room) -> list[Response]:
    return [seat.response for seat in room._ledger.seats.values()]


def position(texts: Texts, place: int) -> str:
    return texts("card.position", place=place, total=STEPS)


def read_on(terminal: Emulator, first: str) -> Emulator:
    """Read the notice, however many pages it takes, until the first question shows."""
    while first not in terminal.text:
        cards = terminal.cards
        terminal.send("\r").wait_for(lambda seen=cards: terminal.cards > seen)  # type: ignore[misc]
    return terminal


@pytest.mark.parametrize(("texts", "columns"), [(DE, 80), (EN, 40)])
def test_a_workshop_with_cards(
    terminal: Open,
    room: Room,
    served: Served,
    finished: Callable[[], list[Response]],
    home: Path,
    texts: Texts,
    columns: int,
) -> None:
    opened = terminal(
        "run", "--join", served.address, "--lang", texts.language, columns=columns, rows=30
    )
    opened.wait_for(texts("joining.code-question")[:20]).send("rofi talu\r")
    opened.wait_for(texts("joining.code-wrong")[:20]).send("\r")
    opened.wait_for(texts("joining.code-question")[:20]).send(f"{CODE.upper()}\r")
    opened.wait_for(texts("sending.team-question")[:20]).send("2")
    opened.wait_for(texts("welcome.keys-more")[:10])
    assert seats(room)[0].answers == {}
    read_on(opened, position(texts, 1))
    opened.send("4").wait_for(position(texts, 2))
    assert len(seats(room)[0].answers) == 1, "it has arrived before the next card shows"
    for place in range(3, ITEMS + 2):
        opened.send("3").wait_for(position(texts, place))
    opened.send("Satz\r\r")
    opened.wait_for(texts("review.keys-send")[:8]).send("f")
    opened.wait_for(texts("joining.compare-new")[:10]).send("2")
    opened.wait_for(texts("joining.not-now"))
    assert room.counts.sent == 0
    opened.send("1").wait_for(texts("joining.keep-no")[:10]).send("1")
    opened.wait_for(texts("joining.words", words="")[:15])
    assert room.counts.sent == 1
    to(room, "result")
    opened.wait_for(texts("result.profile")).send("1")
    opened.wait_for(texts("joining.step-question")[:20]).send("1")
    opened.wait_for(texts("result.profile"))
    opened.resize(columns, 12).send("\x1b[B").wait_for("…").resize(columns, 30)
    to(room, "warm-up")
    opened.wait_for(texts("workshop.phase.warm-up.title")).send("q")
    assert opened.exit_code() == 0
    assert served.address in opened.above
    again = terminal("workshop", "join", served.address, "--lang", texts.language, rows=30)
    again.wait_for(texts("joining.same-person")[:10]).send("1")
    again.wait_for(texts("workshop.phase.warm-up.title"))
    room.change(moves.ended)
    assert again.exit_code() == 0
    assert texts("joining.over-kept")[:15] in again.above
    assert len(finished()) == 1
    with closing(Journal(home)) as journal:
        assert len(journal.commitments.all()) == 1
    assert not list(home.glob("*.seat"))


def test_who_was_still_voting_when_voting_ended_is_told(
    terminal: Open, room: Room, served: Served
) -> None:
    for proposal in ("Fragen", "Zuhören"):
        room.change(lambda workshop, text=proposal: moves.with_proposal(workshop, text))  # type: ignore[misc]
    to(room, "decide")
    room.change(lambda workshop: moves.voting(workshop, "open"))
    opened = terminal("run", "--join", served.link)
    opened.wait_for(DE("joining.vote-question", n=1, most=3)[:20]).send("1")
    opened.wait_for(DE("joining.vote-question", n=2, most=3)[:20])
    room.close_voting()
    opened.wait_for(DE("joining.vote-lost")[:40]).send("\r")
    opened.wait_for(DE("showing.decide.few")[:30])
    room.change(moves.ended)
    assert opened.exit_code() == 0


def test_the_room_takes_people_along_in_the_middle_of_a_card(
    terminal: Open, room: Room, served: Served
) -> None:
    opened = terminal("run", "--join", served.link)
    opened.wait_for(DE("sending.team-question")).send("1").wait_for(DE("welcome.keys-more")[:10])
    read_on(opened, position(DE, 1)).send("4").wait_for(position(DE, 2)).send("kein halber Sa")
    to(room, "result")
    opened.wait_for(DE("joining.keep-no")[:10]).send("2").wait_for(DE("result.profile"))
    opened.send("\x03")
    assert opened.exit_code() == 130
    assert served.link in opened.above


def test_a_lost_page_is_waited_for_and_can_be_left(terminal: Open, room: Room, home: Path) -> None:
    with serving(room, host="127.0.0.1", port=0) as page:
        opened = terminal("run", "--join", page.link)
        opened.wait_for(DE("sending.team-question")).send("1").wait_for(DE("welcome.keys-more")[:9])
        read_on(opened, position(DE, 1)).send("4").wait_for(position(DE, 2))
    opened.send("5").wait_for(DE("joining.not-arrived")[:30]).wait_for(DE("joining.line.lost")[:30])
    opened.send("333").resize(60, 20).wait_for(DE("joining.line.lost")[:30])
    with serving(room, host="127.0.0.1", port=page.port):
        opened.wait_for(position(DE, 3))
        assert [*seats(room)[0].answers.values()] == [4, 5], "what is typed meanwhile is no answer"
    opened.send("2").wait_for(DE("joining.line.lost")[:30]).send("q")
    assert opened.exit_code() == 0
    assert list(home.glob("workshop.*.seat"))
