"""How a workshop's page is served, and what stands before it: door, guards, connections."""

import logging
import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.workshop.page import addresses, connections, serving
from checklist.workshop.page.buckets import Bucket, Buckets
from checklist.workshop.page.door import CODES_A_SECOND, WRONG_CODES, WRONG_KEYS, Door
from checklist.workshop.page.guards import LARGEST_BODY
from checklist.workshop.page.rates import (
    ADDRESS_BURST,
    ALL_BURST,
    ALL_RATE,
    SEAT_BURST,
    SEAT_RATE,
    Rates,
)
from checklist.workshop.page.serving import Served, serving_app
from checklist.workshop.page.streams import MOST
from checklist.workshop.room import Desk
from tests.certificate import written
from tests.raw_http import PATIENCE, Answer, Client, answer, closed, many

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.types import Receive, Scope, Send

KEY, CODE = "kMt0wq3VwnJ1l0Zx", "rofi-talu-mosa"
SEAT = "a-seat"


def desk(key: str = KEY, code: str = CODE) -> Desk:
    """As much of a desk as the way to it needs."""
    workshop = SimpleNamespace(key=key, code=code)
    seats = {SEAT: object(), **{f"seat-{n}": object() for n in range(400)}}
    return cast(Desk, SimpleNamespace(workshop=workshop, seat=seats.get))


class Clock:
    """Goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def page(scope: "Scope", receive: "Receive", send: "Send") -> None:
    """Say how much came in; or stream, or fail."""
    path = scope["path"]
    if path == "/fails":
        raise RuntimeError("secret-of-the-server")
    kind = b"text/event-stream" if path == "/events" else b"text/html"
    headers = [(b"content-type", kind), (b"server", b"tiny/1.0"), (b"Cache-Control", b"public")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if path == "/fails-late":
        await send({"type": "http.response.body", "body": b"begun", "more_body": True})
        raise RuntimeError("secret-of-the-server")
    if path == "/events":
        await send({"type": "http.response.body", "body": b"data: 1\n\n", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
    if path == "/large":
        await send({"type": "http.response.body", "body": bytes(20_000_000), "more_body": True})
    if path == "/form":
        form = b"<form method=post action=/sent><button>Go</button></form>"
        nonce = scope["state"]["nonce"].encode()
        style = b"<style nonce=%s>button { color: rgb(1, 2, 3) }</style>" % nonce
        await send({"type": "http.response.body", "body": b"<!doctype html>" + style + form})
        return
    body = (await receive())["body"] if scope["method"] == "POST" else b""
    said = f"{scope['method']} {path} {len(body)} {scope['state']['nonce']}"
    await send({"type": "http.response.body", "body": said.encode()})


@contextmanager
def served(**arguments: Any) -> Iterator[Client]:
    with serving_app(page, desk(), host="127.0.0.1", port=0, **arguments) as found:
        yield Client(found.address)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with served() as found:
        yield found


def until(condition: Callable[[], object]) -> None:
    """Wait for something that happens in another thread."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


# -- the door


def test_a_right_key_opens_and_so_does_a_right_code() -> None:
    door = Door(desk())
    assert door.tries(key=KEY) == "in"
    assert door.tries(code=CODE) == "in"


@pytest.mark.parametrize(
    "typed", ["ROFI-TALU-MOSA", "rofi talu mosa", "rofitalumosa", " Rofi–Talu\u00a0mosa. "]
)
def test_of_a_code_only_the_letters_count(typed: str) -> None:
    assert Door(desk()).tries(code=typed) == "in"


@pytest.mark.parametrize(
    "typed",
    ["", "-", "rofi", "rofi-talu-mosa-x", "x" * 100_000, "\ud800", "\0", "rofi-talu-mosä", "ﬀ"],
)
def test_what_is_not_the_code_does_not_open(typed: str) -> None:
    door = Door(desk())
    assert door.tries(code=typed) == "wrong"
    assert door.tries(key=typed) == "wrong"


def test_keys_are_compared_letter_by_letter_in_their_case() -> None:
    door = Door(desk())
    assert door.tries(key=KEY.swapcase()) == "wrong"
    assert door.tries(key=KEY[:-1]) == "wrong"
    assert door.tries(key=CODE) == "wrong"
    assert door.tries(code=KEY) == "wrong"


def test_nobody_gets_in_where_there_is_no_key_or_code() -> None:
    door = Door(desk(key="", code=""))
    assert door.tries() == "wrong"
    assert door.tries(code="-") == "wrong"


def test_after_too_many_wrong_codes_even_the_right_one_has_to_wait() -> None:
    clock = Clock()
    door = Door(desk(), clock)
    assert [door.tries(code=f"wrong-{n}") for n in range(WRONG_CODES)] == ["wrong"] * WRONG_CODES
    assert door.tries(code=CODE) == "wait"
    assert door.tries(key=KEY) == "in"
    clock.now += 1 / CODES_A_SECOND
    assert door.tries(code=CODE) == "in"
    assert door.tries(code=CODE) == "in"  # a right one costs nothing


def test_in_three_hours_nobody_tries_more_codes_than_the_docstring_says() -> None:
    clock = Clock()
    door = Door(desk(), clock)
    looked_at = 0
    for _ in range(3 * 3600 * 4):
        clock.now += 0.25
        looked_at += door.tries(code="lala-lala-lala") == "wrong"
    assert looked_at <= 10_820


def test_wrong_keys_are_held_back_and_do_not_hold_codes_back() -> None:
    door = Door(desk(), Clock())
    tried = [door.tries(key=f"wrong-{n}") for n in range(WRONG_KEYS + 50)]
    assert tried == ["wrong"] * WRONG_KEYS + ["wait"] * 50
    assert door.tries(key=KEY) == "in"
    assert door.tries(code=CODE) == "in"


# -- how often


def test_a_bucket_fills_up_again_and_says_when() -> None:
    clock = Clock()
    bucket = Bucket(2, 0.5, clock)
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    assert bucket.wait == 2
    clock.now += 2
    assert bucket.take()
    assert not bucket.take()
    clock.now += 1e6
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_buckets_forget_whom_they_have_not_seen_for_longest() -> None:
    buckets = Buckets(1, 1, 3, Clock())
    for key in "abcad":
        buckets.of(key).take()
    assert len(buckets) == 3
    assert buckets.of("a").empty
    assert not buckets.of("b").empty


def test_300_people_behind_one_address_can_join_at_once() -> None:
    rates = Rates(Clock())
    for _ in range(300):
        for _ in range(6):
            assert rates.wait("", "127.0.0.1") == 0


def test_a_flood_from_one_address_leaves_room_for_others() -> None:
    clock = Clock()
    rates = Rates(clock)
    for _ in range(10 * ADDRESS_BURST):
        rates.wait("", "192.0.2.7")
    assert rates.wait("", "192.0.2.7") == 1
    assert rates.wait("", "192.0.2.8") == 0
    assert rates.wait("seat", "192.0.2.7") == 0


def test_a_flood_from_many_addresses_is_bounded_and_seats_go_on() -> None:
    clock = Clock()
    rates = Rates(clock)
    through = sum(rates.wait("", f"192.0.2.{n}") == 0 for n in range(2 * ALL_BURST))
    assert through == ALL_BURST
    clock.now += 1
    through = sum(rates.wait("", f"198.51.100.{n}") == 0 for n in range(2 * ALL_BURST))
    assert through == ALL_RATE
    assert rates.wait("seat", "192.0.2.7") == 0


def test_each_seat_has_a_rate_of_its_own() -> None:
    clock = Clock()
    rates = Rates(clock)
    assert [rates.wait("one", "") for _ in range(SEAT_BURST)] == [0] * SEAT_BURST
    assert rates.wait("one", "") == 1
    assert rates.wait("two", "") == 0
    clock.now += 1
    assert sum(rates.wait("one", "") == 0 for _ in range(1000)) == SEAT_RATE


def test_too_much_from_a_seat_is_answered_with_when_to_come_back() -> None:
    with served() as client:
        seated = Client(client.address, SEAT)
        with seated.connect() as connection:
            answers = []
            for _ in range(SEAT_BURST * 2):
                connection.sendall(seated.head("GET", "/", {}))
                answers.append(answer(connection))
        last = answers[-1]
        assert answers[0].status == 200
        assert last.status == 429
        assert int(last.headers["retry-after"]) >= 1
        assert_headers(last)
        assert Client(client.address, "seat-1").get("/").status == 200
        assert client.get("/").status == 200


def test_made_up_cookies_do_not_get_rates_of_their_own() -> None:
    with served() as client, client.connect() as connection:
        refused = 0
        for number in range(ADDRESS_BURST + 1000):
            made_up = Client(client.address, f"made-up-{number}")
            connection.sendall(made_up.head("GET", "/", {}))
            refused += answer(connection).status == 429
            if refused:
                break
        assert refused


# -- names, origins, methods


def test_a_request_by_our_name_passes(client: Client) -> None:
    got = client.get("/")
    assert (got.status, got.text.split()[:3]) == (200, ["GET", "/", "0"])


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil",
        "", " ", "[::1]:{port}", "user@127.0.0.1:{port}", "127.1:{port}", None,
    ],
)  # fmt: skip
def test_a_request_by_another_name_does_not(client: Client, host: str | None) -> None:
    got = client.get("/", host=host and host.format(port=client.place[1]))
    assert got.status == 400
    assert_headers(got)


def test_names_that_are_given_count_in_whatever_case(tmp_path: Path) -> None:
    with served(names=["Workshop.Test"]) as client:
        port = client.place[1]
        by_hand = Client(f"http://127.0.0.1:{port}")
        assert client.address == f"http://Workshop.Test:{port}"
        assert by_hand.get("/", host=f"workshop.test:{port}").status == 200
        assert by_hand.get("/").status == 200
        assert by_hand.get("/", host=f"workshop.example:{port}").status == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get"])
def test_other_methods_do_not_exist(client: Client, method: str) -> None:
    got = client.send(client.head(method, "/", {}))
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD, POST")
    assert_headers(got)


def test_the_head_of_a_page_can_be_asked_for(client: Client) -> None:
    with client.connect() as connection:
        connection.sendall(client.head("HEAD", "/", {}))
        got = answer(connection, "HEAD")
    assert (got.status, got.body) == (200, b"")


def test_a_form_of_our_own_page_passes(client: Client) -> None:
    assert client.post("/", b"a=1").status == 200  # such as the terminal sends
    assert client.post("/", b"a=1", origin=client.address).status == 200
    same = {"origin": client.address, "sec_fetch_site": "same-origin"}
    assert client.post("/", b"a=1", **same).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://{host}"},
        {"origin": "http://{host}.evil.example"},
        {"origin": "http://{host}", "sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_form_of_another_page_does_not(client: Client, headers: Mapping[str, str]) -> None:
    said = {name: value.format(host=client.host) for name, value in headers.items()}
    got = client.post("/", b"a=1", **said)
    assert got.status == 403
    assert_headers(got)


def test_a_second_origin_does_not_hide_the_first(client: Client) -> None:
    said = client.head("POST", "/", {"Origin": client.address, "Content-Length": "0"})
    got = client.send(said[:-2] + b"Origin: http://evil.example\r\n\r\n")
    assert got.status == 403


def test_a_real_browser_may_send_our_form_and_no_other(browser: "Browser", client: Client) -> None:
    """What a browser says of a form's origin depends on the referrer policy."""
    said: list[str] = []
    context = browser.new_context()
    try:
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(f"{client.address}/form")
        colour = "getComputedStyle(document.querySelector('button')).color"
        assert tab.evaluate(colour) == "rgb(1, 2, 3)"
        tab.click("button")
        assert tab.inner_text("body").startswith("POST /sent 0")
        assert said == []
        with served() as other:
            tab.goto("about:blank")
            tab.set_content(f"<form method=post action={other.address}/sent><button>Go</button>")
            with tab.expect_response("**/sent") as response:
                tab.click("button")
            assert response.value.status == 403
    finally:
        context.close()


# -- sizes


@pytest.mark.parametrize("size", [0, 1, LARGEST_BODY])
def test_a_body_up_to_32_kb_arrives_whole(client: Client, size: int) -> None:
    assert client.post("/", bytes(size)).text.split()[2] == str(size)


def chunked(client: Client, *chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = client.head("POST", "/", {"Transfer-Encoding": "chunked"})
    return head + b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in chunks) + end


def test_a_body_in_chunks_arrives_whole(client: Client) -> None:
    got = client.send(chunked(client, b"a" * 1000, b"b", b"c" * 30_000))
    assert (got.status, got.text.split()[2]) == (200, "31001")


@pytest.mark.parametrize("length", [str(LARGEST_BODY + 1), "9" * 9, "9" * 19])
def test_a_larger_body_is_refused_before_it_comes(client: Client, length: str) -> None:
    got = client.send(client.head("POST", "/", {"Content-Length": length}))
    assert got.status == 413
    assert_headers(got)


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "1e3", "٣", "1, 2"])
def test_a_length_that_is_none_is_refused(client: Client, length: str) -> None:
    got = client.send(client.head("POST", "/", {"Content-Length": length}))
    assert got.status == 400
    assert_headers(got)


def test_a_larger_body_in_chunks_is_refused_on_the_way(client: Client) -> None:
    got = client.send(chunked(client, *[bytes(1000)] * 33, end=b""))
    assert got.status == 413
    assert_headers(got)


def test_whoever_reads_something_sends_no_body_along(client: Client) -> None:
    for said in ({"Content-Length": "5"}, {"Transfer-Encoding": "chunked"}):
        got = client.send(client.head("GET", "/", said))
        assert got.status == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_request_is_answered_with_our_headers(client: Client, raw: bytes) -> None:
    got = client.send(raw + b"\r\n\r\n")
    assert got.status == 400
    assert_headers(got)
    assert got.text.splitlines() == [Texts(each)("serving.refused.400") for each in ("de", "en")]


@pytest.mark.parametrize("what", ["address", "query", "header"])
def test_a_head_that_comes_at_once_is_bounded_like_one_in_pieces(client: Client, what: str) -> None:
    long = "a" * 9000
    path = {"address": f"/{long}", "query": f"/?{long}"}.get(what, "/")
    got = client.send(client.head("GET", path, {"X-Long": long if what == "header" else None}))
    assert got.status == 400
    assert_headers(got)
    assert client.get(f"/{long[:5000]}").status == 200


def test_a_broken_request_after_a_good_one_does_not_break_its_answer(client: Client) -> None:
    with client.connect() as connection:
        connection.sendall(client.head("GET", "/", {}) + b"\r\nnonsense\r\n\r\n")
        assert answer(connection).status == 200


# -- what a browser may do


def assert_headers(got: Answer) -> None:
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "same-origin"
    assert got.headers["cache-control"] == "no-store"
    assert got.headers["cross-origin-opener-policy"] == "same-origin"
    assert got.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in got.headers["permissions-policy"]
    assert got.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "server" not in got.headers


def test_every_page_carries_the_policies_and_a_nonce_of_its_own(client: Client) -> None:
    nonces = set()
    for _ in range(3):
        got = client.get("/room")
        assert_headers(got)
        policy = got.headers["content-security-policy"]
        nonce = got.text.split()[3]
        assert policy == (
            f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert re.fullmatch(r"[\w-]{22}", nonce)
        nonces.add(nonce)
    assert len(nonces) == 3


def test_a_page_to_keep_brings_its_own_styles_and_may_do_nothing_else(client: Client) -> None:
    got = client.get("/own/save")
    assert_headers(got)
    policy = got.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"} <= set(policy)
    assert not any(each.startswith(("script-src", "connect-src")) for each in policy)


def test_only_what_is_the_same_for_all_may_be_kept_by_a_browser(client: Client) -> None:
    for path in ("/page.css", "/page.js"):
        assert client.get(path).headers["cache-control"] == "public"
    for path in ("/", "/room", "/own", "/page.css/", "/x/page.css"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_a_failure_of_the_page_says_nothing_of_the_server(client: Client) -> None:
    got = client.get("/fails")
    assert got.status == 500
    assert_headers(got)
    assert got.text.splitlines() == [Texts(each)("serving.refused.500") for each in ("de", "en")]
    with client.connect() as connection:
        connection.sendall(client.head("GET", "/fails-late", {}))
        received = b""
        while part := connection.recv(65536):
            received += part
    assert b"begun" in received
    assert b"secret" not in received


# -- connections


@contextmanager
def deadlines(**seconds: float) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HEADERS", "BODY", "ANSWER"):
            patch.setattr(connections, name, seconds.get(name.lower(), PATIENCE * 10))
        yield


def trickle(client: Client, raw: bytes) -> float:
    """Send a byte after the other until the connection is cut; gives the seconds that took."""
    began = time.monotonic()
    with client.connect() as connection:
        connection.settimeout(0.01)
        for place in range(len(raw)):
            try:
                connection.sendall(raw[place : place + 1])
                if not connection.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            pytest.fail("nobody cut it")
    return time.monotonic() - began


def test_headers_that_trickle_in_are_cut() -> None:
    with deadlines(headers=0.2), served() as client:
        raw = client.head("GET", "/", {})[:-4] + b"\r\nX: " + b"x" * 4000
        assert trickle(client, raw) >= 0.2


def test_a_body_that_trickles_in_is_cut() -> None:
    with deadlines(body=0.2), served() as client:
        raw = client.head("POST", "/", {"Content-Length": "4000"})
        with client.connect() as connection:
            connection.sendall(raw)
            assert closed(connection)
        assert trickle(client, raw + b"x" * 4000) >= 0.2


def test_a_connection_that_says_nothing_is_cut_before_and_between_requests() -> None:
    with deadlines(headers=0.2), served() as client, client.connect() as idle:
        assert closed(idle)
        with client.connect() as kept:
            for _ in range(3):
                kept.sendall(client.head("GET", "/", {}))
                assert answer(kept).status == 200
            assert closed(kept)


def test_an_answer_that_nobody_takes_is_cut() -> None:
    with deadlines(answer=0.2), served() as client, client.connect() as deaf:
        deaf.sendall(client.head("GET", "/large", {}))
        # What has been sent fits into no buffer: it is cut in the middle.
        watched = time.monotonic() + 1
        until(lambda: time.monotonic() > watched)
        received = 0
        with suppress(ConnectionResetError):
            while part := deaf.recv(1 << 20):
                received += len(part)
        assert received < 20_000_000


def test_a_stream_of_events_has_no_deadline() -> None:
    with deadlines(headers=0.1, body=0.1, answer=0.1), served() as client:
        seated = Client(client.address, SEAT)
        with seated.connect() as stream:
            stream.sendall(seated.head("GET", "/events", {}))
            assert begun(stream)
            for _ in range(3):  # as long as three deadlines
                with client.connect() as idle:
                    assert closed(idle)
            stream.settimeout(0.01)
            with pytest.raises(TimeoutError):
                stream.recv(1)


def begun(stream: socket.socket) -> bool:
    """Read up to the first event; False where the stream was ended before."""
    received = b""
    while b"data: 1" not in received:
        part = stream.recv(65536)
        if not part:
            return False
        received += part
    return b" 200 " in received


def test_half_open_requests_beyond_a_bound_push_out_the_oldest() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "_files", lambda: 40)  # of them 10 that wait
        with deadlines(), served() as client, many(client, 30) as opened:
            for each in opened:
                each.sendall(b"GET / HTTP/1.1\r\nHost:")
            assert client.get("/").status == 200
            cut = [each for each in opened[:20] if closed(each)]
            assert len(cut) == 20
            opened[-1].sendall(f" {client.host}\r\n\r\n".encode())
            assert answer(opened[-1]).status == 200


def test_more_connections_than_there_is_room_for_do_not_keep_new_ones_out() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "_files", lambda: 40)
        with deadlines(), served() as client, ExitStack() as stack:
            streams = []
            for number in range(35):
                seated = Client(client.address, f"seat-{number}")
                streams.append(stack.enter_context(seated.connect()))
                streams[-1].sendall(seated.head("GET", "/events", {}))
                assert begun(streams[-1])
            with many(client, 30) as idle:  # for 5 there is room
                until(lambda: sum(map(is_over, idle)) >= 25)
                assert client.get("/").status == 200
            assert not any(map(is_over, streams))


def is_over(connection: socket.socket) -> bool:
    """Whether the other side has ended it by now."""
    connection.setblocking(False)
    try:
        return not connection.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_one_seat_holds_few_streams_and_the_newest_stay(client: Client) -> None:
    seated = Client(client.address, SEAT)
    with many(seated, 3 * MOST) as opened:
        for each in opened:
            each.sendall(seated.head("GET", "/events", {}))
            assert begun(each)
        for each in opened[:-MOST]:
            assert closed(each)
        for each in opened[-MOST:]:
            each.settimeout(0.01)
            with pytest.raises(TimeoutError):
                each.recv(1)


def test_without_a_seat_nobody_counts_as_a_stream(client: Client) -> None:
    """What the page answers there is its own business; the guards neither hold nor drop it."""
    with client.connect() as connection:
        connection.sendall(client.head("GET", "/events", {}))
        assert begun(connection)


# -- serving


def test_it_stops_within_two_seconds_with_300_streams_open() -> None:
    before = threading.active_count()
    with ExitStack() as stack:
        with served() as client:
            streams = []
            for number in range(300):
                seated = Client(client.address, f"seat-{number}")
                streams.append(stack.enter_context(seated.connect()))
                streams[-1].sendall(seated.head("GET", "/events", {}))
            assert all(map(begun, streams))
            began = time.monotonic()
        took = time.monotonic() - began
        assert all(map(closed, streams))
    assert took < 2.0
    assert threading.active_count() == before


def test_it_stops_where_somebody_is_in_the_middle_of_a_request() -> None:
    with ExitStack() as stack:
        with served() as client:
            for raw in (b"GET / HT", client.head("POST", "/", {"Content-Length": "9"})):
                stack.enter_context(client.connect()).sendall(raw)
            assert client.get("/").status == 200
            began = time.monotonic()
        assert time.monotonic() - began < 2.0


def test_an_answer_does_not_wait_for_the_one_who_gets_it_to_confirm_a_part(client: Client) -> None:
    """Each would take 40 ms more: headers and body are written one after the other."""
    with client.connect() as connection:
        took = []
        for _ in range(50):
            began = time.monotonic()
            connection.sendall(client.head("GET", "/", {}))
            assert answer(connection).status == 200
            took.append(time.monotonic() - began)
    assert sorted(took)[25] < 0.03


def test_its_port_is_free_again_at_once() -> None:
    with served() as client:
        port = client.place[1]
        assert client.get("/").status == 200
    with serving_app(page, desk(), host="127.0.0.1", port=port) as again:
        assert again.port == port


def test_the_link_holds_the_key(client: Client) -> None:
    assert Served(client.address, 1, desk()).link == f"{client.address}/k/{KEY}"
    assert KEY not in repr(Served(client.address, 1, desk()))


def failing(**arguments: Any) -> ChecklistError:
    with pytest.raises(ChecklistError) as caught, serving_app(page, desk(), **arguments):
        pytest.fail("it is served")
    for language in ("de", "en"):
        texts = Texts(language)
        for part in ("what", "remedy"):
            assert texts(f"error.{caught.value.code}.{part}", **caught.value.values)
    return caught.value


def test_a_port_that_is_taken_is_said_before_anything_is_served() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = failing(host="127.0.0.1", port=port)
    assert (error.code, error.values) == ("page-port-taken", {"port": port})


@pytest.mark.parametrize("host", ["198.51.100.7", "workshop.example", "", "999.1.1.1"])
def test_an_address_of_another_machine_is_said(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(*arguments: object) -> None:
        pytest.fail(f"looked up: {arguments}")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    assert failing(host=host, port=0).code == "page-no-address"


def test_a_port_that_does_not_exist_is_said() -> None:
    assert failing(host="127.0.0.1", port=65536).code == "page-port-not-allowed"


def test_a_wildcard_is_shown_by_the_address_in_the_local_network() -> None:
    with serving_app(page, desk(), host="0.0.0.0", port=0) as found:
        assert found.address == f"http://{addresses.candidates()[0]}:{found.port}"
        assert Client(f"http://127.0.0.1:{found.port}").get("/").status == 200


def test_localhost_is_loopback_without_a_look_up() -> None:
    with serving_app(page, desk(), host="localhost", port=0) as found:
        by_name = Client(found.address)
        assert by_name.get("/", host=f"localhost:{found.port}").status == 200


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_address_of_six_is_written_in_brackets() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 here")
    with serving_app(page, desk(), host="::1", port=0) as found:
        assert found.address == f"http://[::1]:{found.port}"
        assert Client(found.address).get("/").status == 200


def test_nothing_is_written_onto_the_trainers_screen(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])  # as outside of tests
    with served() as client:
        for path in ("/", "/fails", "/fails-late", "/large"):
            with client.connect() as connection:
                connection.sendall(client.head("GET", path, {}))
        upgrade = {"Upgrade": "websocket", "Connection": "upgrade"}
        client.send(client.head("GET", "/", upgrade))
        logging.getLogger("asyncio").warning("as where a socket is broken")
        assert client.get("/").status == 200
    assert capfd.readouterr() == ("", "")


def test_the_main_threads_signals_stay_as_they_are(client: Client) -> None:
    import signal

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
def test_as_many_files_as_the_system_allows_may_be_open() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, before[1]))
        most = serving._files()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert hard == before[1]
        assert soft == min(hard, 4060) or soft > 4060
        assert 200 <= most <= 4000
        assert most < soft
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


# -- encrypted


def test_a_certificate_makes_it_tls(tmp_path: Path) -> None:
    cert, key = written(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it signs itself
    with served(cert=cert, key=key, names=["workshop.test"]) as found:
        port = found.place[1]
        assert found.address == f"https://workshop.test:{port}"
        client = Client(f"https://127.0.0.1:{port}", context=context)
        assert client.get("/").status == 200
        assert client.post("/", b"a", origin=client.address).status == 200
        assert client.post("/", b"a", origin=f"http://127.0.0.1:{port}").status == 403
        with Client(f"http://127.0.0.1:{port}").connect() as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert closed(plain)


def test_both_may_lie_in_one_file(tmp_path: Path) -> None:
    cert, key = written(tmp_path)
    both = tmp_path / "both.pem"
    both.write_text(key.read_text("ascii") + cert.read_text("ascii"), "ascii")
    with served(cert=both) as client:
        assert client.address.startswith("https://")


def test_a_certificate_that_does_not_work_is_said(tmp_path: Path) -> None:
    cert, key = written(tmp_path)
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", "ascii")
    for bad, its_key, said in (
        (tmp_path / "missing.crt", key, "missing.crt"),
        (cert, tmp_path / "missing.key", "missing.key"),
        (nonsense, key, "nonsense.pem"),
        (cert, nonsense, "page.crt"),
        (cert, None, "page.crt"),
        (tmp_path, key, tmp_path.name),
    ):
        error = failing(host="127.0.0.1", port=0, cert=bad, key=its_key)
        assert error.code == "page-certificate"
        assert str(error.values["file"]).endswith(said)


# -- addresses


def test_this_machines_addresses_are_its_own() -> None:
    found = addresses.candidates()
    assert found
    versions = [ip_address(each).version for each in found]
    assert versions == sorted(versions)
    for each in found:
        family = socket.AF_INET if ip_address(each).version == 4 else socket.AF_INET6
        with socket.socket(family, socket.SOCK_DGRAM) as own:
            own.bind((each, 0))  # fails for an address of another machine


def test_without_a_network_it_is_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unreachable(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", Unreachable)
    assert addresses.candidates() == ["127.0.0.1"]


def test_addresses_that_no_phone_could_use_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    own = iter(["127.0.0.1", "192.168.1.20", "10.0.0.7", "192.168.1.20", "0.0.0.0", "",
                "fe80::1%eth0", "2001:db8::7"])  # fmt: skip
    monkeypatch.setattr(addresses, "_own", lambda family, far: next(own))
    assert addresses.candidates() == ["192.168.1.20", "10.0.0.7", "2001:db8::7"]
