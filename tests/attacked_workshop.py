"""A workshop under attack: its page as it is served, honest people, and what attackers got."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from checklist.i18n import LANGUAGES, Texts
from checklist.report import Report
from checklist.reporting import report_on
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop.ledger import digest
from checklist.workshop.page.serving import Served, serving
from checklist.workshop.room import Room
from checklist.workshop.state import Workshop, place_of
from tests.raw_http import Answer, Client
from tests.storing import QUESTIONNAIRE, TEAMS, rows_of
from tests.workshop_rooms import DAY, KEY, NOW, a_room, a_workshop, one_team

MARKED = "Nur-im-Bericht"
"""Stands in the report, wherever it says something about a dimension or an item."""

OF_THE_SERVER = re.compile(
    rb"traceback|uvicorn|starlette|h11/|python|site-packages|\.py\b|sqlite|line \d+|<module>", re.I
)


@dataclass(frozen=True)
class Scene:
    """What a test of an attack needs."""

    room: Room
    served: Served
    folder: Path

    @property
    def client(self) -> Client:
        return Client(self.served.address)

    def people(self, number: int, source: str = "") -> "list[Person]":
        """Seat honest people, who come by the link."""
        return [Person.joins(self, place, source) for place in range(number)]

    def standing(self) -> tuple[Workshop, int]:
        """Where the room stands, and how many seats are taken."""
        return self.room.workshop, self.room.counts.joined

    def go_to(self, phase: str) -> None:
        self.room.change(lambda now: moves.to_phase(now, place_of(phase), NOW))

    def closes(self) -> dict[str, Any]:
        """Close the round as the trainer does; gives what is in it, and lays the report ready."""
        self.room.close_round(DAY, lambda now: moves.closed(now, NOW))
        store = Store(self.folder / "rounds.db")
        try:
            round_ = store.rounds.get(self.room.round.code)
            reports = {each: report_on(store, round_, Texts(each)) for each in LANGUAGES}
            comments = sorted(each.text for each in store.responses.comments(round_.code))
            found = {
                "answers": rows_of(store.responses.answers(round_.code, TEAMS[0])),
                "comments": comments,
            }
        finally:
            store.close()
        self.room.reveal({each: marked(report) for each, report in reports.items()})
        return found


def marked(report: Report) -> Report:
    """Put a word into a report that stands nowhere else."""
    groups = [
        group.model_copy(
            update={
                "dimensions": [
                    row.model_copy(update={"title": f"{MARKED} {row.title}"})
                    for row in group.dimensions
                ],
                "items": [
                    row.model_copy(update={"text": f"{MARKED} {row.text}"}) for row in group.items
                ],
            }
        )
        for group in report.groups
    ]
    return report.model_copy(update={"groups": groups})


@contextmanager
def attacked(folder: Path, phase: str = "answer", **changed: Any) -> Iterator[Scene]:
    """Serve a workshop in a phase; nobody is there yet."""
    with (
        a_room(folder, a_workshop(phase, **changed), one_team()) as room,
        serving(room, host="127.0.0.1", port=0) as served,
    ):
        yield Scene(room, served, folder)


@dataclass(frozen=True)
class Person:
    """Somebody honest: says to each item what nobody else says, and a word nobody else knows."""

    number: int
    client: Client

    @classmethod
    def joins(cls, scene: Scene, number: int, source: str = "") -> "Person":
        stranger = Client(scene.served.address, source=source)
        assert stranger.get(f"/k/{KEY}").status == 200
        joined = stranger.post("/join", {"key": KEY, "lang": "de"})
        assert (joined.status, joined.headers["location"]) == (303, "/room")
        return cls(number, Client(stranger.address, joined.cookie, source=source))

    @property
    def answers(self) -> str:
        """In the order of the questionnaire, as a round keeps them."""
        return "".join(
            str(1 + self.number // item.scale.size**place % item.scale.size)
            for place, item in enumerate(QUESTIONNAIRE.items)
        )

    @property
    def comment(self) -> str:
        return f"Ganz-vertraulich-{self.number}"

    def does(self, path: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Do something that has to work; gives what they see then."""
        got = self.client.post(path, fields or {}, accept="application/json")
        assert got.status == 200, (path, got)
        seen: dict[str, Any] = json.loads(got.body)
        return seen

    def begins(self) -> None:
        self.does("/begin")

    def says_all(self) -> None:
        """Answer every item, comment on one."""
        for item, answer in zip(QUESTIONNAIRE.items, self.answers, strict=True):
            self.does("/answer", {"step": item.id, "what": answer})
        self.does("/text", {"step": "listen-ask", "text": self.comment})

    def sends(self) -> None:
        seen = self.does("/send", {"texts": "yes", "compare": "no"})
        assert seen["sent"]

    def takes_part(self) -> None:
        self.begins()
        self.says_all()
        self.sends()


def expected_of(people: list[Person]) -> dict[str, Any]:
    """What has to be in the round: what each said, once."""
    return {
        "answers": sorted(person.answers for person in people),
        "comments": sorted(person.comment for person in people),
    }


@dataclass(frozen=True)
class Attacker:
    """Asks what it likes, and keeps all that came back."""

    client: Client
    loot: list[bytes] = field(default_factory=list)

    def keeps(self, got: Answer) -> Answer:
        said = "".join(f"{name}: {value}\n" for name, value in got.headers.items())
        self.loot.append(said.encode() + b"\n" + got.body)
        return got

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.keeps(self.client.get(path, **headers))

    def post(
        self, path: str, fields: Mapping[str, str] | bytes = b"", **headers: str | None
    ) -> Answer:
        return self.keeps(self.client.post(path, fields, **headers))

    def send(self, raw: bytes) -> Answer:
        return self.keeps(self.client.send(raw))

    def got_nothing(self, scene: Scene, people: list[Person], *, knows_key: bool = False) -> None:
        """Search all that came back for what nobody else may know."""
        everything = b"\n".join(self.loot)
        for secret in _secrets(scene, people, knows_key):
            assert secret.encode() not in everything, secret
        assert (found := OF_THE_SERVER.search(everything)) is None, found


def _secrets(scene: Scene, people: list[Person], knows_key: bool) -> Iterator[str]:
    workshop = scene.room.workshop
    yield workshop.code
    yield str(scene.folder)
    yield str(Path(__file__).parent.parent)
    if not knows_key:
        yield workshop.key
    if not workshop.reached("reveal"):
        yield MARKED
    for person in people:
        yield person.comment
        yield person.client.cookie
        yield digest(person.client.cookie)
        seat = scene.room.seat(person.client.cookie)
        assert seat is not None
        if seat.id:
            yield seat.id


def form(client: Client, path: str, fields: Mapping[str, str]) -> bytes:
    """The bytes of a form as it is sent."""
    body = urlencode(fields).encode()
    kind = "application/x-www-form-urlencoded"
    headers = {"Content-Type": kind, "Content-Length": str(len(body))}
    return client.head("POST", path, headers) + body
