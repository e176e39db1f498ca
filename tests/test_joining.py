"""Taking part from a terminal: what comes over the network, and a whole workshop by lines."""

import io
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.cli import run_join as command
from checklist.cli.session import Session
from checklist.errors import ChecklistError, WrongUsage
from checklist.i18n import Texts
from checklist.interview import Interview, Mark, Response
from checklist.journal import Journal
from checklist.questionnaire import Questionnaire
from checklist.render.blocks import (
    Bar,
    Block,
    Bullets,
    Difference,
    Differences,
    Heading,
    Legend,
    NumberedStep,
    Paragraph,
    Profile,
    Stack,
    StackRow,
    Stacks,
    StackWords,
    Steps,
    Subheading,
    Table,
    Title,
    Trail,
    Trails,
)
from checklist.rounds import Team
from checklist.terminal.by_lines import ByLines
from checklist.workshop import moves
from checklist.workshop.joining import address, line, view
from checklist.workshop.joining.client import Client, NoSeat, Reply, Unreachable, WrongCode
from checklist.workshop.joining.sitting import JoinedSitting, WentOn
from checklist.workshop.joining.tickets import Ticket, Tickets
from checklist.workshop.page.serving import Served, serving
from checklist.workshop.room import Room
from checklist.workshop.seats import LONGEST_TEXT
from checklist.workshop.state import Action
from checklist.workshop.wire import from_json, to_json
from tests.helpers import Call
from tests.phones import CODE, KEY, a_room, a_round, to

DE, EN = Texts("de"), Texts("en")
DEADLINE = 30.0
STEPS = 9
"""Of the tiny questionnaire."""
LEFT = Event()
"""Set once a person has left in a way that a trainer does not expect."""
BLOCKS: list[Block] = [
    Title("a", "b"),
    Heading("a"),
    Subheading("a"),
    Paragraph("a", quiet=True),
    Profile((Bar("a", 62.5, "63", "w", "s", (0.0, 100.0)), Bar("b", None, "", "none"))),
    Bullets((("a", "b"), ("c", ""))),
    Steps((NumberedStep("a", "b", "c"),)),
    Table(("", "n"), (("a", "1"), ("b", "2"))),
    Legend("q", ("low", "high")),
    Legend("q", ()),
    Stacks(3, StackWords("q", "g", "o", "x"), (
        Stack("t", (StackRow("g", (1, 0, 2), 0, 1, ""), StackRow("h", None, 0, 0, "too few"))),
    )),
    Differences("less", "more", (Difference("a", -4.0, (-12.5, 4.5), "−4", "", "s", "b"),)),
    Trails(("d1", "d2"), "last", (Trail("a", (None, 100.0), ("–", "100"), "+1"),)),
]  # fmt: skip


def until(holds: Callable[[], object]) -> None:
    """Wait for something another thread does."""
    end = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < end, "it did not come"
        assert not LEFT.is_set(), "nobody is there any more"
        Event().wait(0.02)


# -- blocks on their way


def test_every_kind_of_block_comes_back_as_it_was() -> None:
    sent = json.loads(json.dumps(to_json(BLOCKS)))
    assert from_json(sent) == BLOCKS
    assert {type(block).__name__ for block in BLOCKS} == {each["kind"] for each in sent}


@pytest.mark.parametrize(
    "raw",
    [
        {},
        [3],
        [{"text": "a"}],
        [{"kind": "Block", "text": "a"}],
        [{"kind": ["Heading"], "text": "a"}],
        [{"kind": "Heading"}],
        [{"kind": "Heading", "text": "a", "more": 1}],
        [{"kind": "Heading", "text": 1}],
        [{"kind": "Heading", "text": "a" * 5001}],
        [{"kind": "Heading", "text": "a"}] * 401,
        [{"kind": "Paragraph", "text": "a", "quiet": 1}],
        [{"kind": "Profile", "bars": []}],
        [{"kind": "Bullets", "points": [["a"]]}],
        [{"kind": "Table", "header": [], "rows": []}],
        [{"kind": "Table", "header": ["a"], "rows": [["a", "b"]]}],
        [{"kind": "Legend", "prompt": "a", "options": ["only"]}],
        [{"kind": "Stacks", "size": 10, "words": {}, "stacks": []}],
        [{"kind": "Trails", "dates": [], "last": "", "rows": []}],
    ],
)
def test_what_is_no_block_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(raw)


@pytest.mark.parametrize(
    ("place", "field", "value"),
    [
        (4, "score", 1e308), (4, "score", -0.1), (4, "score", float("nan")), (4, "score", True),
        (4, "interval", [50, 40]), (4, "interval", [1, 2, 3]), (4, "interval", [-1, 2]),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_drawn_are_refused(place: int, field: str, value: object) -> None:
    raw = json.loads(json.dumps(to_json(BLOCKS)))
    raw[place]["bars"][0][field] = value
    with pytest.raises(ValueError, match=r"."):
        from_json(raw)


def test_counts_that_do_not_fit_are_refused() -> None:
    for counts in ([1, 2], [1, 2, -3], [1, 2, 3.5], [1, 2, 10**7]):
        raw = json.loads(json.dumps(to_json(BLOCKS[10:11])))
        raw[0]["stacks"][0]["rows"][0]["counts"] = counts
        with pytest.raises(ValueError, match=r"."):
            from_json(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
)


@settings(max_examples=60)
@given(st.data())
def test_anything_in_place_of_a_part_is_drawn_or_refused(data: st.DataObject) -> None:
    from rich.console import Console

    from checklist.render.terminal import TerminalRenderer

    raw = json.loads(json.dumps(to_json(BLOCKS)))
    here: Any = raw
    while isinstance(here, (list, dict)) and here:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], (list, dict)) or data.draw(st.booleans()):
            here[key] = data.draw(JSON)
            break
        here = here[key]
    with suppress(ValueError):
        TerminalRenderer(Console(file=io.StringIO(), width=40)).print(from_json(raw))


# -- addresses


@pytest.mark.parametrize(
    ("written", "origin", "key"),
    [
        ("http://192.168.1.20:8421/k/AbCd1234_-", "http://192.168.1.20:8421", "AbCd1234_-"),
        ("http://192.168.1.20:8421/k/AbCd1234_-//", "http://192.168.1.20:8421", "AbCd1234_-"),
        ("http://192.168.1.20:8421/", "http://192.168.1.20:8421", ""),
        (" 192.168.1.20:8421 ", "http://192.168.1.20:8421", ""),
        ("LAPTOP.local:8421/room", "http://laptop.local:8421", ""),
        ("HTTPS://example.org/k/AbCd1234?lang=en", "https://example.org", "AbCd1234"),
        ("http://[::1]:8421/", "http://[::1]:8421", ""),
    ],
)
def test_addresses_are_read_as_people_type_them(written: str, origin: str, key: str) -> None:
    found = address.read(written)
    assert (found.origin, found.key) == (origin, key)


@pytest.mark.parametrize(
    "written",
    [
        "", "  ", "ftp://a:1", "file:///etc/passwd", "http://", "http://a:99999", "http://a:0",
        "http://a:b", "http://me:secret@a:1", "http://a/other", "http://a/k/short", "http://[::1",
        "http://a b", "http://a\x1b[31m", "a" * 301, "http://a/k/" + "x" * 65,
        "javascript:alert(1)", "http://a/k/AbCd1234/more", "http://-a",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_remedy(written: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        address.read(written)
    assert caught.value.code == "join-address"


def test_only_loopback_and_tls_are_safe_from_others_in_the_network() -> None:
    safe = ("https://a", "localhost:1", "127.0.0.1:1", "http://[::1]:1")
    assert all(address.read(each).secure for each in safe)
    assert not any(address.read(each).secure for each in ("192.168.1.20:1", "127.evil.org:1"))


# -- what a page says


def said(**changed: Any) -> dict[str, Any]:
    """Give a view as JSON values."""
    return {
        "version": 1, "kind": "question", "phase": "answer", "language": "de", "blocks": [],
        "team": "Vertrieb", "teams": ["Vertrieb"], "notice": [], "answers": {}, "comments": {},
        "reflections": {}, "place": 0, "reopened": False, "pace": None, "sent": False,
        "changed": False, "takes_texts": True, "follows": False, "words": "", "proposals": [],
        "votes": [], "plan": {"when": "", "then": "", "partner": ""}, "actions": [],
        "follow_up": None, "secure": False, "something-new": 1, **changed,
    }  # fmt: skip


def test_a_view_is_read(tiny: Questionnaire) -> None:
    raw = said(
        answers={"listen-ask": 4, "promise-date": "left-open"},
        place=99,
        actions=[{"when": "a", "then": "b", "owner": "c", "until": "2026-12-24", "sign": "d"}],
        follow_up="2026-12-20",
    )
    found = view.read(raw)
    interview = found.interview(tiny)
    assert interview.in_review
    assert interview.response.answers == {"listen-ask": 4, "promise-date": Mark.LEFT_OPEN}
    assert found.actions == (Action("a", "b", "c", date(2026, 12, 24), "d"),)
    assert found.follow_up == date(2026, 12, 20)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "trainer"}, {"kind": 3}, {"version": True}, {"version": -1}, {"team": None},
        {"teams": "Vertrieb"}, {"teams": ["a"] * 201}, {"notice": ["a" * 3001]}, {"place": 1.5},
        {"answers": []}, {"answers": {"a": "maybe"}}, {"answers": {"a": None}}, {"sent": 1},
        {"comments": {"a": "x" * 1001}}, {"proposals": ["a"] * 9}, {"votes": [0]},
        {"proposals": ["a"], "votes": [0, 0, 0, 0]}, {"plan": []}, {"plan": {"when": ""}},
        {"follow_up": "tomorrow"}, {"blocks": [{"kind": "Alien"}]}, {"words": "a" * 301},
        {"actions": [{"when": ""}]},
    ],
)  # fmt: skip
def test_a_view_that_is_none_is_refused(changed: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        view.read(said(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"answers": {"alien": 1}}, {"answers": {"listen-ask": 6}}, {"answers": {"listen-ask": 0}},
        {"comments": {"wish": "x"}}, {"reflections": {"listen-ask": "x"}},
    ],
)  # fmt: skip
def test_answers_to_what_is_not_asked_are_refused(
    tiny: Questionnaire, changed: Mapping[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"."):
        view.read(said(**changed)).interview(tiny)


# -- a page that is none


class Fake(BaseHTTPRequestHandler):
    """Answers whatever its server has been told to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = cast(Any, self.server)
        server.asked.append((self.command, self.path, self.headers.get("Cookie")))
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.connection.sendall(server.answer)
        self.close_connection = True

    do_POST = do_GET  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def fake(answer: bytes) -> Iterator[tuple[Client, list[Any]]]:
    server = cast(Any, ThreadingHTTPServer(("127.0.0.1", 0), Fake))
    server.answer, server.asked = answer, []
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        found = address.read(f"127.0.0.1:{server.server_port}/k/{KEY}")
        with closing(Client(found)) as client:
            yield client, server.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answered(status: str, body: bytes = b"", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


@pytest.mark.parametrize(
    "answer",
    [
        answered("200 OK", b"<html>hello</html>"),
        answered("200 OK", b"[" * 100_000),
        answered("200 OK", b'{"kind": "wait"}'),
        answered("200 OK", json.dumps(said()).encode() + b" " * 1_000_001),
        answered("303 See Other", b"", "Location: http://127.0.0.1:1/"),
        answered("404 Not Found"),
        answered("400 Bad Request"),
    ],
)
def test_what_is_no_workshop_is_said_so(answer: bytes) -> None:
    with fake(answer) as (client, asked):
        with pytest.raises(ChecklistError) as caught:
            client.room()
        assert caught.value.code == "join-no-workshop"
        assert len(asked) == 1, "no redirect is followed"


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"SSH-2.0-OpenSSH\r\n", answered("500 Oops"), answered("503 Busy"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    ],
)  # fmt: skip
def test_what_can_pass_is_worth_another_try(answer: bytes) -> None:
    with fake(answer) as (client, _), pytest.raises(Unreachable):
        client.room()


def test_a_page_that_asks_to_wait_is_not_waited_for_forever() -> None:
    for said, seconds in (("5", 5), ("99999", 1), ("9999", 30), ("-1", 1), ("\u00b2", 1)):
        header = f"Retry-After: {said}".encode("latin-1").decode("latin-1")
        answer = answered("429 Slow", b"").replace(
            b"Connection", header.encode("latin-1") + b"\r\nConnection"
        )
        with fake(answer) as (client, _), pytest.raises(Unreachable) as caught:
            client.room()
        assert (caught.value.seconds, caught.value.is_busy) == (seconds, True), said


@pytest.mark.parametrize(
    "cookie",
    ["seat=a%0d%0aX: 1", 'seat="a b"', "seat=" + "a" * 201, "other=abc", "seat=", "seat=a;b=\x01"],
)
def test_a_secret_that_is_none_is_not_sent_back(cookie: str) -> None:
    answer = answered("303 See Other", b"", "Location: /room", f"Set-Cookie: {cookie}")
    with fake(answer) as (client, asked):
        with suppress(ChecklistError):
            client.join("de")
        assert client.token in ("", "a")
        assert len(asked) == 1


def test_who_joins_is_told_what_is_wrong() -> None:
    for status in ("403 No", "404 No"):
        with fake(answered(status)) as (client, _), pytest.raises(WrongCode):
            client.join("de", "rofi")
    with fake(answered("503 Full")) as (client, _), pytest.raises(ChecklistError) as caught:
        client.join("de")
    assert caught.value.code == "join-full"
    with fake(answered("401 No")) as (client, _), pytest.raises(NoSeat):
        client.post("/begin", {})


# -- tickets


def test_a_ticket_is_the_persons_own_and_goes_with_the_workshop(home: Path) -> None:
    home.mkdir()
    now = datetime.now(UTC)
    one, other = address.read("a:1/k/AbCd1234"), address.read("a:1/k/AbCd1235")
    tickets = Tickets(home, now)
    tickets.keep(one, Ticket("secret", keeps=True, result=3, texts={"a": "b"}))
    assert tickets.find(one) == Ticket("secret", keeps=True, result=3, texts={"a": "b"})
    assert tickets.find(other) is None
    (path,) = home.iterdir()
    assert "AbCd1234" not in path.name
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    assert Tickets(home, now + timedelta(hours=11)).find(one)
    assert Tickets(home, now + timedelta(hours=13)).find(one) is None
    assert not list(home.iterdir())


@pytest.mark.parametrize("held", [b"", b"{}", b"[" * 9999, b'{"token": ""}', b"\xff"])
def test_a_damaged_ticket_is_none(home: Path, held: bytes) -> None:
    home.mkdir()
    tickets, found = Tickets(home, datetime.now(UTC)), address.read("a:1")
    tickets.keep(found, Ticket("secret"))
    (path,) = home.iterdir()
    path.write_bytes(held)
    assert tickets.find(found) is None


def test_erasing_takes_tickets_along(inside: Call, home: Path) -> None:
    home.mkdir()
    Tickets(home, datetime.now(UTC)).keep(address.read("a:1"), Ticket("secret"))
    assert inside("data", "erase", "--yes").code == 0
    assert not list(home.glob("*seat*"))


# -- an interview whose answers are sent


class Company:
    """A room that takes down what it is sent."""

    def __init__(self, tiny: Questionnaire, pace: int | None = None) -> None:
        self.posted: list[tuple[str, str, str]] = []
        self.waited: list[int] = []
        self.told: list[str] = []
        self.pace, self.items = pace, len(tiny.items)
        self.replies: list[Reply] = []

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        self.posted.append((path, fields["step"], fields.get("what", fields.get("text", ""))))
        taken = Reply(view.read(said(pace=self.pace)))
        return self.replies.pop(0) if self.replies else taken

    def wait_for_item(self, place: int) -> None:
        if self.pace is not None and place >= self.pace:
            self.waited.append(place)
            self.pace = place + 1

    @property
    def holds_items_back(self) -> bool:
        return self.pace is not None and self.pace < self.items

    def say(self, key: str, **values: object) -> None:
        self.told.append(key)


def test_only_what_is_new_is_sent(tiny: Questionnaire) -> None:
    company = Company(tiny)
    sitting = JoinedSitting(Interview(tiny), company)
    first, second = tiny.asked[:2]
    sitting.move(sitting.interview.answer(3))
    sitting.move(sitting.interview.back())
    sitting.move(sitting.interview.answer(3))
    sitting.move(sitting.interview.comment("so"))
    sitting.move(sitting.interview.comment(""))
    sitting.move(sitting.interview.did_not_occur())
    sitting.move(sitting.interview.leave_open())
    assert company.posted == [
        ("/answer", first.id, "3"),
        ("/text", second.id, "so"),
        ("/text", second.id, ""),
        ("/answer", second.id, "not-occurred"),
        ("/answer", tiny.asked[2].id, "open"),
    ]
    sitting.move(sitting.interview.jump(len(tiny.items)).reflect("mehr"))
    assert company.posted[-1] == ("/text", tiny.reflections[0].id, "mehr")
    assert company.waited == []


def test_an_item_that_is_not_released_is_waited_for_after_the_answer(tiny: Questionnaire) -> None:
    company = Company(tiny, pace=1)
    sitting = JoinedSitting(Interview(tiny), company)
    sitting.move(sitting.interview.answer(3))
    assert (len(company.posted), company.waited) == (1, []), "the answer is confirmed first"
    assert sitting.interview.place == 1
    assert company.waited == [1]
    sitting.move(sitting.interview.review())
    assert company.told == ["joining.review-later"]
    assert sitting.interview.place == 1


def test_what_comes_too_early_is_sent_again_and_what_comes_too_late_is_not(
    tiny: Questionnaire,
) -> None:
    company = Company(tiny, pace=1)
    company.replies = [Reply(view.read(said(pace=0, kind="pace")), late=True)]
    sitting = JoinedSitting(Interview(tiny), company)
    sitting.move(sitting.interview.answer(3))
    assert len(company.posted) == 2
    company.replies = [Reply(view.read(said(kind="result")), late=True)]
    with pytest.raises(WentOn):
        sitting.move(sitting.interview.answer(3))


def test_a_text_is_cut_and_that_is_said(tiny: Questionnaire) -> None:
    company = Company(tiny)
    sitting = JoinedSitting(Interview(tiny), company)
    sitting.move(sitting.interview.comment("x" * (LONGEST_TEXT + 1)))
    assert company.told == ["joining.shortened"]
    assert len(company.posted[0][2]) == LONGEST_TEXT


def test_texts_stay_here_where_the_round_takes_none(tiny: Questionnaire) -> None:
    company, kept = Company(tiny), list[Response]()
    sitting = JoinedSitting(Interview(tiny), company, kept.append)
    sitting.move(sitting.interview.comment("nur für mich"))
    assert company.posted == []
    assert kept[0].comments == {tiny.asked[0].id: "nur für mich"}


# -- a whole workshop by lines


class Out(io.StringIO):
    """A stream that can write every sign."""

    encoding = "utf-8"


class Person(io.TextIOBase):
    """Types what belongs to the question that was asked last, and is heard of by nobody else.

    Each question has a list of answers, taken one after the other; the last one stays.
    """

    def __init__(self, answers: Mapping[str, list[str]], rest: str = "4") -> None:
        self.out = Out()
        self._answers = {question: list(given) for question, given in answers.items()}
        self._rest = rest
        self._read = 0

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        self._read += 1
        assert self._read < 100, self.heard.partition("nicht verst")[0][-1500:]
        asked = " ".join(self.out.getvalue()[-1500:].split())
        found = max(self._answers, key=lambda question: asked.rfind(question), default="")
        if found and asked.rfind(found) > asked.rfind(self._mark):
            given = self._answers[found]
            line = given.pop(0) if len(given) > 1 else given[0]
        else:
            line = self._rest
        if line == "<stop>":
            raise KeyboardInterrupt
        self.out.write(f"{line}\n{self._mark}\n")
        return f"{line}\n"

    _mark = "=" * 5

    @property
    def heard(self) -> str:
        return " ".join(self.out.getvalue().split())


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


@contextmanager
def trained(lead: Callable[[], None], room: Room) -> Iterator[None]:
    """Have a trainer lead the room in a thread of their own; it ends whatever happens."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            lead()
        except BaseException as error:
            failed.append(error)
            room.change(moves.ended)

    thread = Thread(target=run)
    thread.start()
    LEFT.clear()
    try:
        yield
    except BaseException:
        LEFT.set()
        raise
    finally:
        thread.join(DEADLINE)
    assert not thread.is_alive()
    assert not failed, failed


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


def everything(texts: Texts, **changed: list[str]) -> dict[str, list[str]]:
    """Give an answer to everything that a workshop asks."""
    ends = {
        "code": (texts("joining.code-question"), [CODE]),
        "who": (texts("joining.someone-else"), ["1"]),
        "team": (texts("sending.team-question"), ["2"]),
        "review": (texts("lines.review")[-30:], [""]),
        "wish": ("bräuchten" if texts is DE else "would you need", ["Mehr Zeit"]),
        "obstacle": ("Was vertreibt" if texts is DE else "What drives", [""]),
        "third": (texts("lines.answer", most=3), ["3"]),
        "compare": (texts("joining.compare-new"), ["2"]),
        "send": (texts("joining.not-now"), ["1"]),
        "keep": (texts("joining.keep-no"), ["1"]),
        "sent": (f"2 {texts('joining.withdraw')}", [""]),
        "step": (f"1 {texts('joining.take-step')}", ["1", ""]),
        "which": (texts("joining.no-step"), ["1"]),
        "own": (texts("joining.own-result"), [""]),
        "back": (texts("joining.back"), ["1"]),
        "votes": (texts("joining.vote-none"), ["2"]),
        "more": (texts("joining.vote-enough"), ["2", "3"]),
        "again": (texts("joining.vote-again"), [""]),
        "plan": (texts("joining.plan-not"), ["1"]),
        "when": (texts("joining.plan-when")[-20:], [f"{texts('joining.when')} es klingelt"]),
        "then": (texts("joining.plan-then", when="es klingelt")[-20:], ["hebe ich ab."]),
        "partner": (texts("joining.plan-partner", nobody="-")[-20:], ["K."]),
        "replan": (texts("joining.plan-again"), [""]),
    }
    return {
        " ".join(said.split()): changed.get(name, given) for name, (said, given) in ends.items()
    }


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
        f"{texts('joining.if-then', when='es klingelt', then='hebe ich ab')} "
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
