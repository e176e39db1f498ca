"""What stands before a workshop's page: names and origins, sizes, what a browser may do."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checklist.i18n import Texts
from checklist.workshop.page.guards import LARGEST_BODY
from tests.raw_http import Client, answer
from tests.served_page import assert_headers, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
