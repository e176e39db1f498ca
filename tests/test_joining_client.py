"""Taking part from a terminal: a page that is none, tickets, answers that are sent."""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checklist.errors import ChecklistError
from checklist.interview import Interview, Response
from checklist.questionnaire import Questionnaire
from checklist.workshop.joining import address, view
from checklist.workshop.joining.client import NoSeat, Reply, Unreachable, WrongCode
from checklist.workshop.joining.sitting import JoinedSitting, WentOn
from checklist.workshop.joining.tickets import Ticket, Tickets
from checklist.workshop.seats import LONGEST_TEXT
from tests.helpers import Call
from tests.made_up_page import answered, fake, said

# -- a page that is none


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
    for after, seconds in (("5", 5), ("99999", 1), ("9999", 30), ("-1", 1), ("\u00b2", 1)):
        header = f"Retry-After: {after}".encode("latin-1").decode("latin-1")
        answer = answered("429 Slow", b"").replace(
            b"Connection", header.encode("latin-1") + b"\r\nConnection"
        )
        with fake(answer) as (client, _), pytest.raises(Unreachable) as caught:
            client.room()
        assert (caught.value.seconds, caught.value.is_busy) == (seconds, True), after


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
