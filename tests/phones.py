"""Phones at a workshop's page: called directly, without any network; and how a room is led."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from checklist.i18n import LANGUAGES, Texts
from checklist.notice import notice
from checklist.questionnaire import Questionnaire
from checklist.reporting import report_on
from checklist.rounds import Round, Team, Terms
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop.page.app import app
from checklist.workshop.page.door import Door
from checklist.workshop.room import Room
from checklist.workshop.seats import Seat, beginning, moved
from checklist.workshop.state import Action, Workshop, place_of
from tests import workshop_rooms
from tests.storing import QUESTIONNAIRE
from tests.workshop_rooms import CODE, DAY, KEY, NOW, one_team

__all__ = [
    "ACTION", "ANSWER", "CODE", "FIRST", "FORM", "ITEMS", "KEY", "REFLECTIONS", "SECOND", "Phone",
    "a_room", "a_round", "answer_all", "others", "plain", "reveal", "title", "to",
]  # fmt: skip

ITEMS, REFLECTIONS = QUESTIONNAIRE.asked, QUESTIONNAIRE.reflections
FIRST, SECOND = ITEMS[0].id, ITEMS[1].id
ANSWER = place_of("answer")
ACTION = Action("jemand anruft", "fragen wir nach", "KM", date(2026, 12, 1), "weniger Rückrufe")
FORM = {"content-type": "application/x-www-form-urlencoded"}


def a_round(questionnaire: Questionnaire = QUESTIONNAIRE, **changed: Any) -> Round:
    """Give a round, of one team if nothing else is said, with the notice of its opening."""
    given = {"title": "Herbst 2026", "teams": (Team("Vertrieb", 12),), **changed}
    terms = Terms("Kim Beispiel, Betriebsrat, Telefon 0123 4567", recipient="Leitung")
    round_ = one_team(questionnaire=questionnaire, terms=terms, **given)
    return replace(round_, notice=notice(round_))


@contextmanager
def a_room(folder: Path, round_: Round, **state: Any) -> Iterator[Room]:
    """Open a room for a round; it stands before its first phase if nothing else is said."""
    begin = Workshop(round_.code, KEY, CODE, **state)
    with workshop_rooms.a_room(folder, begin, round_) as room:
        yield room


def to(room: Room, phase: str) -> None:
    """Lead the room to a phase, as the trainer does."""
    if not room.workshop.closed and place_of(phase) > place_of("answer"):
        room.close_round(DAY, lambda workshop: moves.closed(workshop, NOW))
    room.change(lambda workshop: moves.to_phase(workshop, place_of(phase), NOW))


def reveal(room: Room, folder: Path) -> None:
    """Lay the report ready and go to the reveal."""
    to(room, "reveal")
    with closing(Store(folder / "rounds.db")) as store:
        round_ = replace(store.rounds.get(room.round.code), follows=None)
        room.reveal({each: report_on(store, round_, Texts(each)) for each in LANGUAGES})


async def others(room: Room, number: int) -> None:
    """Have other people answer and send: each the options in turn, from another one on."""
    for person in range(number):
        token = await room.join("de")
        await room.act(token, beginning)
        await room.act(token, partial(_all_said, room, person))
        await room.send(token, with_texts=True)


def _all_said(room: Room, person: int, seat: Seat, workshop: Workshop) -> Seat:
    questionnaire = room.round.questionnaire
    for place, item in enumerate(questionnaire.asked):
        option = 1 + (person + place) % item.scale.size
        seat = moved(seat, workshop, questionnaire, item.id, str(option))
    return seat


@dataclass(frozen=True)
class Answered:
    """What the page answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def __getitem__(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass
class Phone:
    """One browser at the page: keeps its cookie, and calls the application directly."""

    page: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    cookie: str = ""

    @classmethod
    def at(cls, room: Room, *, secure: bool = False, language: str = "de") -> "Phone":
        page = app(room, Door(room), secure=secure, clock=lambda: NOW)
        return cls(page, {"accept": "text/html,*/*;q=0.8", "accept-language": language})

    @classmethod
    def seated(cls, room: Room, **how: Any) -> "Phone":
        phone = cls.at(room, **how)
        assert phone.post("/join", key=KEY)["location"] == "/room"
        return phone

    @classmethod
    def begun(cls, room: Room, **how: Any) -> "Phone":
        phone = cls.seated(room, **how)
        assert phone.post("/begin")["location"] == "/room"
        return phone

    @property
    def token(self) -> str:
        return self.cookie.partition("=")[2]

    def seat(self, room: Room) -> Seat:
        found = room.seat(self.token)
        assert found is not None
        return found

    def get(self, path: str, **headers: str) -> Answered:
        return self.call("GET", path, b"", headers)

    def page_of(self, path: str = "/room") -> str:
        answered = self.get(path)
        assert answered.status == 200, answered
        assert answered["content-type"] == "text/html; charset=utf-8"
        return answered.text

    def see(self) -> Any:
        """Give the view as JSON."""
        answered = self.get("/room", accept="application/json")
        assert answered.status == 200, answered
        return answered.json

    def post(self, path: str, **fields: Any) -> Answered:
        return self.call("POST", path, urlencode(fields, doseq=True).encode(), FORM)

    def tell(self, path: str, **fields: Any) -> Answered:
        """Post, and have what is to be seen then as JSON."""
        body = urlencode(fields, doseq=True).encode()
        return self.call("POST", path, body, {**FORM, "accept": "application/json"})

    def call(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answered:
        answered = asyncio.run(self._call(method, path, body, {**self.headers, **(headers or {})}))
        kept = answered["set-cookie"]
        if kept.startswith("seat="):
            self.cookie = kept.partition(";")[0]
        return answered

    async def _call(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> Answered:
        target, _, query = path.partition("?")
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        if self.cookie:
            raw.append((b"cookie", self.cookie.encode()))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "http", "path": target, "raw_path": target.encode(), "root_path": "",
            "query_string": query.encode(), "headers": raw, "client": ("127.0.0.1", 5),
            "server": ("127.0.0.1", 80), "state": {"nonce": "NONCE"},
        }  # fmt: skip
        given = [{"type": "http.request", "body": body, "more_body": False}]
        got: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            got.append(message)

        await self.page(scope, receive, send)
        return Answered(
            got[0]["status"],
            [(name.decode(), value.decode("latin-1")) for name, value in got[0]["headers"]],
            b"".join(message.get("body", b"") for message in got[1:]),
        )


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def title(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


def answer_all(phone: Phone, what: str = "2") -> None:
    for item in ITEMS:
        assert phone.post("/answer", step=item.id, what=what).status == 303
    for reflection in REFLECTIONS:
        assert phone.post("/text", step=reflection.id, text="").status == 303
