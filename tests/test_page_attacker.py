"""Attacks on a workshop's page: nothing is given away, and the workshop goes on."""

import json
import random
import re
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from checklist.opening import new_code
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop.agenda import PHASES
from checklist.workshop.ledger import digest
from checklist.workshop.page.door import CODES_A_SECOND, WRONG_CODES
from checklist.workshop.page.guards import LARGEST_BODY
from checklist.workshop.page.streams import MOST
from checklist.workshop.state import place_of
from tests.attacked_workshop import (
    MARKED,
    Attacker,
    Person,
    Scene,
    attacked,
    expected_of,
    form,
)
from tests.raw_http import PATIENCE, Answer, Client, answer, closed, many
from tests.storing import QUESTIONNAIRE, no_waiting_for_the_disk
from tests.workshop_rooms import KEY

PAGES = ("/room", "/own", "/own/save", "/questionnaire", "/events", "/", f"/k/{KEY}")
ACTS = {
    "/team": {"team": "Verkauf"},
    "/begin": {},
    "/answer": {"step": "listen-ask", "what": "1"},
    "/text": {"step": "listen-ask", "text": "Nur-vom-Angreifer"},
    "/send": {"texts": "yes", "compare": "no"},
    "/withdraw": {},
    "/vote": {"votes": "0"},
    "/plan": {"when": "Nur-vom-Angreifer", "then": "", "partner": ""},
    "/language": {"lang": "en"},
}
"""Everything that can be done in a seat."""

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'",
    "</textarea></style><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "\x1b[2J\x1b]0;gone\x07\x9b31m",
    "\u202egnp.exe\u2066\u2069\u200e",
    "before\0after",
    "a\r\nSet-Cookie: seat=x\r\n\r\n<p>b",
    "'; DROP TABLE seat; --",
    "\U0001f642" * 300,
    "\u0301" * 900,
)
BROKEN = ("%ED%A0%80", "%ED%B0%80%ED%A0%80", "%FF%FE", "%C0%AF", "%00", "%", "%u0041", "%F4%90")
"""Half surrogates and other bytes that are no text, as they stand in a form."""


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    no_waiting_for_the_disk(monkeypatch)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with attacked(tmp_path) as found:
        yield found


def finishes(scene: Scene, people: Sequence[Person]) -> None:
    """Let the trainer go on, and see that the round holds what was said, each once."""
    assert scene.closes() == expected_of(list(people))
    assert scene.room.workshop.now.id == "result"
    for person in people:
        got = person.client.get("/own", accept="application/json")
        assert got.status == 200
        assert json.loads(got.body)["kind"] == "result"


# -- wrong codes


def test_ten_thousand_wrong_codes_while_others_answer(scene: Scene) -> None:
    """Whoever sits already goes on; whoever comes from another address can still join."""
    people = scene.people(8)
    elsewhere = another_address()
    attackers = [Attacker(Client(scene.served.address, source=elsewhere)) for _ in range(4)]
    began = time.monotonic()
    with ThreadPoolExecutor(6) as pool:
        guessing = [pool.submit(guesses, attacker, 2500) for attacker in attackers]
        answering = [pool.submit(person.takes_part) for person in people]
        for each in answering:
            each.result(PATIENCE * 9)
        if elsewhere:
            late = Person.joins(scene, len(people))
            late.takes_part()
            people.append(late)
        statuses = [status for each in guessing for status in each.result(PATIENCE * 9)]
    took = time.monotonic() - began

    assert len(statuses) == 10_000
    assert set(statuses) == {403, 429}
    assert statuses.count(403) <= WRONG_CODES + CODES_A_SECOND * took + 1
    assert scene.room.counts.joined == len(people)
    for attacker in attackers:
        attacker.got_nothing(scene, people)
    finishes(scene, people)


def another_address() -> str:
    """An address of this machine that nobody else here asks from; empty where there is none."""
    with suppress(OSError), socket.create_server(("127.0.0.9", 0)):
        return "127.0.0.9"
    return ""


def guesses(attacker: Attacker, number: int, at_once: int = 50) -> list[int]:
    """Try codes, many at once on one connection; gives what was answered."""
    rng = random.Random(number)
    right = "babe-dodu-fiki"
    statuses: list[int] = []
    with attacker.client.connect() as connection:
        while len(statuses) < number:
            codes = [new_code([right], 3) for _ in range(at_once - 1)]
            codes.append("".join(rng.sample(right, len(right) - 1)))
            connection.sendall(
                b"".join(form(attacker.client, "/join", {"code": code}) for code in codes)
            )
            received, found = b"", list[bytes]()
            while len(found) < at_once:
                part = connection.recv(1 << 16)
                assert part, "the connection was closed"
                received += part
                found = re.findall(rb"HTTP/1\.1 (\d{3}) ", received)
            attacker.loot.append(received)
            statuses += [int(each) for each in found]
    return statuses


def test_under_a_flood_of_codes_the_right_one_waits_and_the_link_opens(scene: Scene) -> None:
    attacker = Attacker(scene.client)
    for _ in range(WRONG_CODES + 2):
        last = attacker.post("/join", {"code": "lala-lala-lala"})
    assert last.status == 429
    assert int(last.headers["retry-after"]) >= 1
    by_code = scene.client.post("/join", {"code": scene.room.workshop.code})
    assert by_code.status == 429
    assert not by_code.cookie
    [person] = scene.people(1)
    person.takes_part()
    attacker.got_nothing(scene, [person])


def test_wrong_keys_are_held_back_and_the_right_one_opens(scene: Scene) -> None:
    attacker = Attacker(scene.client)
    statuses = {attacker.get(f"/k/{KEY[:-1]}-{n}").status for n in range(300)}
    statuses |= {attacker.post("/join", {"key": f"{KEY[::-1]}{n}"}).status for n in range(20)}
    assert statuses == {404, 403, 429} or statuses == {404, 429}
    people = scene.people(1)
    assert scene.room.counts.joined == 1
    attacker.got_nothing(scene, people)


# -- the same once more, and what is too late


def test_a_move_that_comes_three_times_counts_once(scene: Scene) -> None:
    people = scene.people(2)
    for person in people:
        person.begins()
        person.says_all()
    again, other = people
    for _ in range(3):
        again.begins()
        again.does("/answer", {"step": QUESTIONNAIRE.items[0].id, "what": again.answers[0]})
        again.does("/text", {"step": "listen-ask", "text": again.comment})
        again.sends()
    other.sends()
    joined = Client(scene.served.address, again.client.cookie)
    for _ in range(3):
        got = joined.post("/join", {"key": KEY})
        assert (got.status, got.cookie) == (303, "")
    assert scene.room.counts.joined == 2
    finishes(scene, people)


def test_an_old_pages_move_does_what_it_says_and_nothing_else(scene: Scene) -> None:
    [person] = scene.people(1)
    person.begins()
    person.says_all()
    first = QUESTIONNAIRE.items[0].id
    seen = person.does("/answer", {"step": first, "what": "5"})
    answers = dict(seen["answers"])
    assert answers.pop(first) == 5
    others = [item.id for item in QUESTIONNAIRE.items[1:]]
    assert answers == dict(zip(others, map(int, person.answers[1:]), strict=True))


def test_what_comes_after_closing_changes_nothing(scene: Scene) -> None:
    people = scene.people(6)
    for person in people:
        person.takes_part()
    recorded = [
        form(people[0].client, path, ACTS[path])
        for path in ("/begin", "/answer", "/text", "/send", "/withdraw")
    ]
    attacker = Attacker(Client(scene.served.address, people[0].client.cookie))
    before = scene.closes()
    assert before == expected_of(people)
    for raw in recorded * 3:
        assert attacker.send(raw).headers["location"] == "/room"
        late = attacker.send(raw.replace(b"\r\n", b"\r\nAccept: application/json\r\n", 1))
        assert late.status == 409
    assert in_the_store(scene) == before["answers"]
    attacker.got_nothing(scene, people[1:], knows_key=True)


def in_the_store(scene: Scene) -> list[str]:
    from tests.storing import TEAMS, rows_of

    store = Store(scene.folder / "rounds.db")
    try:
        return rows_of(store.responses.answers(scene.room.round.code, TEAMS[0]))
    finally:
        store.close()


# -- forged


def cookies(scene: Scene, person: Person, foreign: str) -> list[str]:
    """Cookies that nobody was given, and some that lead nowhere any more."""
    token = person.client.cookie
    seat = scene.room.seat(token)
    assert seat is not None
    return [
        "", "x", "0", digest(token), seat.id, KEY, scene.room.workshop.code, token[:-1],
        token + "A", token.swapcase(), f'"{token}', token + "\\", "../" + token, "a" * 4000,
        "%00", "é", "' OR 1=1 --", foreign,
    ]  # fmt: skip


def test_without_a_cookie_of_this_workshop_nothing_is_shown_or_done(
    scene: Scene, tmp_path: Path
) -> None:
    (tmp_path / "another").mkdir()
    with attacked(tmp_path / "another") as deleted:
        foreign = deleted.people(1)[0].client.cookie
    people = scene.people(1)
    people[0].takes_part()
    before = scene.standing()
    kept = scene.room.seat(people[0].client.cookie)
    for cookie in cookies(scene, people[0], foreign):
        attacker = Attacker(Client(scene.served.address, cookie))
        for path in ("/room", "/own", "/own/save", "/questionnaire"):
            got = attacker.get(path)
            assert (got.status, got.headers.get("location")) == (303, "/"), (cookie, path)
            assert attacker.get(path, accept="application/json").status == 401
        assert attacker.get("/events").status in (303, 401)
        for path, fields in ACTS.items():
            got = attacker.post(path, fields)
            assert (got.status, got.headers.get("location")) == (303, "/"), (cookie, path)
        attacker.loot[:] = [each for each in attacker.loot if cookie not in (KEY,)]
        attacker.got_nothing(scene, people)
    assert scene.standing() == before
    assert scene.room.seat(people[0].client.cookie) == kept


def test_another_site_can_do_nothing_in_a_seat_that_a_browser_has(scene: Scene) -> None:
    people = scene.people(1)
    people[0].takes_part()
    kept, before = scene.room.seat(people[0].client.cookie), scene.standing()
    victim = Attacker(people[0].client)
    forged: list[tuple[int, dict[str, str | None]]] = [
        (403, {"origin": "http://evil.example"}),
        (403, {"origin": "null"}),
        (403, {"sec_fetch_site": "cross-site"}),
        (400, {"host": "evil.example"}),
        (400, {"host": f"evil.example:{scene.served.port}", "origin": "http://evil.example"}),
        (400, {"host": None}),
    ]
    for status, headers in forged:
        for path, fields in [*ACTS.items(), ("/join", {"key": KEY})]:
            assert victim.post(path, fields, **headers).status == status, (path, headers)
    for path in [*ACTS, "/join"]:
        got = victim.get(f"{path}?step=listen-ask&what=1&lang=en&texts=yes")
        assert got.status in (303, 405), path
        with victim.client.connect() as connection:
            connection.sendall(victim.client.head("HEAD", path, {}))
            assert answer(connection, "HEAD").status in (303, 405), path
    assert scene.room.seat(people[0].client.cookie) == kept
    assert scene.standing() == before
    assert not victim.get("/room").headers.get("access-control-allow-origin")


def test_a_seat_cannot_be_chosen_by_who_joins(scene: Scene) -> None:
    """A cookie that an attacker put into somebody's browser never becomes a seat."""
    planted = "planted-by-an-attacker-0000000000"
    got = Client(scene.served.address, planted).post("/join", {"key": KEY, "seat": planted})
    assert got.status == 303
    assert got.cookie not in ("", planted)
    assert scene.room.seat(planted) is None
    said = got.headers["set-cookie"].lower()
    assert all(part in said for part in ("httponly", "samesite=lax", "path=/", "max-age=43200"))
    assert "domain" not in said


# -- others' results, results before their time, the trainer's routes

TRAINERS = (
    "close", "next", "back", "forward", "admin", "trainer", "stage", "reveal", "report", "reports",
    "counts", "seats", "people", "ledger", "workshop", "change", "phase", "agree", "actions",
    "proposals", "causes", "votes", "tally", "end", "stop", "shutdown", "debug", "docs", "openapi",
    "openapi.json", "static", "favicon.ico", "robots.txt", ".git/config", ".env", "rounds.db",
    "ledger.db", "journal.db", "metrics", "health", "console", "room/0", "own/1", "own/save/1",
    "seat", "seat/0", "k", "k/", "key", "code", "reload", "api", "ws", "server-status",
)  # fmt: skip

TRICKS = (
    "/../", "/../../../../etc/passwd", "/page.css/../../app.py", "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd", "/%252e%252e/x", "//etc/passwd", "//evil.example/", "/\\..\\",
    "/page.js%00.css", "/page.js;x", "/templates/room.html", "/k/..%2f..%2froom", "/k/%00",
    "/k/../room", "/./room", "/room/", "/room/../own", "/ROOM", "/own%2fsave", "/own/save/",
    "/?" + "a=b&" * 1500, "/k/" + "A" * 6000, "/room;seat=x", "/%ff%fe", "/%ed%a0%80", "/%",
    "http://evil.example/room", "/room?seat=x&token=y", "/events/", "/own/save%0d%0aX:%20y",
)  # fmt: skip


def test_what_only_the_trainer_can_do_is_not_on_the_network(scene: Scene) -> None:
    people = scene.people(2)
    people[0].takes_part()
    before = scene.standing()
    for client in (scene.client, people[1].client):
        attacker = Attacker(client)
        for name in TRAINERS:
            for got in (attacker.get(f"/{name}"), attacker.post(f"/{name}", {"go": "1"})):
                assert got.status == 404 or 300 <= got.status < 309, (name, got)
                where = got.headers.get("location", "/")
                assert where in ("/", "/room", f"{scene.served.address}/k"), (name, where)
        attacker.got_nothing(scene, people[:1], knows_key=True)
    assert scene.standing() == before


def test_tricks_with_paths_lead_nowhere(scene: Scene) -> None:
    people = scene.people(1)
    people[0].takes_part()
    attacker = Attacker(scene.client)
    for path in TRICKS:
        got = attacker.get(path)
        assert got.status in (200, 303, 307, 400, 404), (path, got)
        if got.status == 200:
            assert path.startswith("/?"), path
        where = got.headers.get("location", "/")
        assert where.startswith(("/", scene.served.address + "/")), (path, where)
        assert not where.startswith("//"), (path, where)
        assert "x" not in got.headers
    long = attacker.send(scene.client.head("GET", "/" + "a" * 100_000, {}))
    assert long.status == 400
    attacker.got_nothing(scene, people)


def test_before_the_reveal_nothing_of_the_report_is_given_to_anybody(scene: Scene) -> None:
    people = scene.people(6)
    for person in people:
        person.takes_part()
    insider = Attacker(people[0].client)
    outsider = Attacker(scene.client)

    def looks_everywhere() -> None:
        for attacker in (insider, outsider):
            for path in PAGES:
                if path == "/events":
                    continue
                attacker.get(path)
                attacker.get(path, accept="application/json")
        for path in ("/answer", "/vote", "/plan", "/language"):
            insider.post(path, ACTS[path], accept="application/json")

    own = insider.get("/own")
    assert (own.status, own.headers["location"]) == (303, "/room")
    assert insider.get("/own/save").headers["location"] == "/room"
    assert insider.get("/own", accept="application/json").status == 409
    scene.closes()
    for phase in PHASES[: place_of("reveal")]:
        scene.go_to(phase.id)
        looks_everywhere()
        insider.got_nothing(scene, people[1:], knows_key=True)
        outsider.got_nothing(scene, people, knows_key=True)

    scene.go_to("reveal")
    parts: list[str] = []
    for part in range(4):
        scene.room.change(lambda now, part=part: moves.turned(now, part, 4))  # type: ignore[misc]
        parts.append(people[1].client.get("/room").text)
        outsider.get("/room")
    assert any(MARKED in part for part in parts), "else the search above finds nothing, ever"
    assert MARKED.encode() not in b"".join(outsider.loot)
    for text in parts:  # the room's picture, not anybody's words
        assert not any(person.comment in text for person in people)

    scene.go_to("result")
    looks_everywhere()
    insider.got_nothing(scene, people[1:], knows_key=True)


def test_too_few_for_a_report_see_their_own_and_nothing_of_others(scene: Scene) -> None:
    people = scene.people(3)
    for person in people:
        person.takes_part()
    scene.closes()
    insider = Attacker(people[0].client)
    for phase in PHASES[place_of("result") :]:
        scene.go_to(phase.id)
        for path in ("/room", "/own", "/own/save"):
            insider.get(path)
            insider.get(path, accept="application/json")
    assert MARKED.encode() not in b"".join(insider.loot)
    insider.got_nothing(scene, people[1:], knows_key=True)


# -- sizes, half-open requests, streams


def test_oversized_bodies_are_refused_and_the_others_go_on(scene: Scene) -> None:
    people = scene.people(2)
    people[0].begins()
    attacker = Attacker(Client(scene.served.address, people[0].client.cookie))
    for path in [*ACTS, "/join"]:
        assert attacker.post(path, b"text=" + b"a" * LARGEST_BODY).status == 413
        head = attacker.client.head("POST", path, {"Content-Length": str(10**12)})
        assert attacker.send(head).status == 413
        kind = "application/x-www-form-urlencoded"
        sent = {"Content-Type": kind, "Transfer-Encoding": "chunked"}
        with attacker.client.connect() as connection:
            connection.sendall(attacker.client.head("POST", path, sent))
            assert is_cut(connection, b"1000\r\n" + b"a" * 0x1000 + b"\r\n")
    many_fields = "&".join(f"f{n}=" for n in range(2000)).encode()
    assert attacker.post("/text", many_fields).status == 400
    for kind in ("multipart/form-data; boundary=x", "application/json", "text/plain", ""):
        assert attacker.post("/answer", b"--x--", content_type=kind).status == 400
    for person in people:
        person.takes_part()
    attacker.got_nothing(scene, people[1:], knows_key=True)
    finishes(scene, people)


def is_cut(connection: socket.socket, piece: bytes) -> bool:
    """Send the same piece without end, until the other side has enough of it."""
    end = time.monotonic() + PATIENCE
    with suppress(OSError):
        while time.monotonic() < end:
            connection.sendall(piece)
        return False
    return True


def test_400_half_open_requests_while_others_are_served(scene: Scene) -> None:
    client = scene.client
    halves = (
        b"GET / HTTP/1.1\r\nHost:",
        client.head("POST", "/join", {"Content-Length": "2000"}) + b"code=",
    )
    with many(client, 400) as opened:
        for number, each in enumerate(opened):
            each.sendall(halves[number % 2])
        people = scene.people(8)
        with ThreadPoolExecutor(4) as pool:
            took = list(pool.map(seconds_of, people))
        assert max(took) < PATIENCE
        opened[0].sendall(f" {client.host}\r\n\r\n".encode())
        assert answer(opened[0]).status == 200
        assert scene.room.counts.joined == len(people)
    finishes(scene, people)


def seconds_of(person: Person) -> float:
    began = time.monotonic()
    person.takes_part()
    return time.monotonic() - began


def test_a_flood_of_streams_from_one_seat_is_bounded_and_others_hear(scene: Scene) -> None:
    people = scene.people(2)
    flooding, other = (person.client for person in people)
    with other.connect() as listening, many(flooding, 100) as opened:
        listening.sendall(other.head("GET", "/events", {}))
        hears(listening, f"data: {scene.room.version}")
        for each in opened:
            each.sendall(flooding.head("GET", "/events", {}))
        # The newest stay: once the last one has spoken, all but those have ended.
        hears(opened[-1], f"data: {scene.room.version}")
        assert all(closed(each) for each in opened[: 100 - MOST])
        assert len(scene.room._watching) <= MOST + 1
        scene.room.change(lambda now: moves.released(now, 7))
        hears(listening, f"data: {scene.room.version}")
        assert other.get("/room").status == 200


def hears(stream: socket.socket, said: str) -> None:
    received = b""
    while said.encode() not in received:
        part = stream.recv(4096)
        assert part, f"ended before it said {said}"
        received += part


# -- texts


def hostile_forms(path: str, fields: dict[str, str]) -> Iterator[bytes]:
    """Forms of an address with one field after the other turned hostile."""
    for name in [*fields, "unknown"]:
        for text in [*map(quote, HOSTILE), *BROKEN, quote("a" * 5000)]:
            parts = [f"{each}={quote(value)}" for each, value in fields.items() if each != name]
            yield "&".join([*parts, f"{name}={text}"]).encode()


@pytest.mark.parametrize("phase", ["answer", "decide", "close"])
def test_hostile_texts_come_back_as_text_or_not_at_all(tmp_path: Path, phase: str) -> None:
    with attacked(tmp_path, "answer", proposals=("Eins", "Zwei")) as scene:
        people = scene.people(8)
        for person in people[:2]:
            person.takes_part()
        if phase != "answer":
            scene.closes()
            scene.go_to(phase)
            scene.room.change(lambda now: moves.voting(now, "open"))
        before = scene.room.workshop
        loot: list[bytes] = []
        acts = {
            "answer": ("/team", "/begin", "/answer", "/text", "/send", "/language"),
            "decide": ("/vote",),
            "close": ("/plan",),
        }[phase]
        forms = {**ACTS, "/send": {"texts": "yes", "compare": "own", "words": "x"}}
        for path, seat in zip(acts, people[2:], strict=False):
            attacker = Attacker(seat.client, loot)
            if phase == "answer":
                seat.begins()
            for number, body in enumerate(hostile_forms(path, forms[path])):
                got = polite(attacker.post, path, body)
                assert got in (200, 303, 400), (path, body)
                if number % 7 == 0:  # what it looks like then
                    assert polite(attacker.get, "/room") == 200
                    assert polite(attacker.get, "/room", accept="application/json") == 200
        for each in loot:
            head, _, body = each.partition(b"\n\n")
            assert_harmless(head, body)
        Attacker(scene.client, loot).got_nothing(scene, people[:2], knows_key=True)
        assert scene.room.workshop == before
        assert people[0].client.get("/room").status == 200


def polite(ask: Callable[..., Answer], *what: str | bytes, **headers: str) -> int:
    """Ask again where it was too often."""
    while (got := ask(*what, **headers)).status == 429:
        time.sleep(0.1)
    return got.status


def assert_harmless(head: bytes, body: bytes) -> None:
    assert b"seat=x" not in head
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", body), "control characters"
    text = body.decode()  # half surrogates would fail here
    if "application/json" in head.decode():
        json.loads(body)
        return
    assert not any(0x80 <= ord(sign) < 0xA0 for sign in text)
    lowered = text.lower()
    for tag in ("<script>", "<img", "<svg onload", "onerror=alert", "</style><svg", "{{ 49"):
        assert tag not in re.sub(r"&lt;[^<]*", "", lowered), tag


def test_hostile_codes_and_addresses_are_only_wrong(scene: Scene) -> None:
    attacker = Attacker(scene.client)
    for text in [*map(quote, HOSTILE), *BROKEN]:
        assert attacker.post("/join", f"code={text}&lang={text}".encode()).status in (403, 429)
        assert attacker.post("/join", f"key={text}".encode()).status in (403, 429)
        assert attacker.get(f"/k/{text}").status in (400, 404, 429)
        assert attacker.get(f"/?lang={text}").status in (200, 400)
        attacker.get("/", accept_language=text, accept=text, user_agent=text)
    for each in attacker.loot:
        head, _, body = each.partition(b"\n\n")
        assert_harmless(head, body)
    people = scene.people(1)
    attacker.got_nothing(scene, people)


def test_hostile_comments_reach_the_report_as_text(scene: Scene) -> None:
    people = scene.people(len(HOSTILE))
    for person, text in zip(people, HOSTILE, strict=True):
        person.begins()
        person.says_all()
        person.does("/text", {"step": "listen-ask", "text": text})
        person.sends()
    found = scene.closes()
    assert found["answers"] == sorted(person.answers for person in people)
    assert found["comments"] == sorted(text.replace("\r\n", "\n") for text in HOSTILE)
