"""A tiny page that is served for real behind door and guards, and what every answer carries."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from checklist.workshop.desk import Desk
from checklist.workshop.page.serving import serving_app
from tests.raw_http import Answer, Client

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

KEY, CODE = "kMt0wq3VwnJ1l0Zx", "rofi-talu-mosa"
SEAT = "a-seat"


def desk(key: str = KEY, code: str = CODE) -> Desk:
    """As much of a desk as the way to it needs."""
    workshop = SimpleNamespace(key=key, code=code)
    seats = {SEAT: object(), **{f"seat-{n}": object() for n in range(400)}}
    return cast(Desk, SimpleNamespace(workshop=workshop, seat=seats.get))


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


def assert_headers(got: Answer) -> None:
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "same-origin"
    assert got.headers["cache-control"] == "no-store"
    assert got.headers["cross-origin-opener-policy"] == "same-origin"
    assert got.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in got.headers["permissions-policy"]
    assert got.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "server" not in got.headers
