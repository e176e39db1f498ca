"""What stands before the page: everything that comes in passes here first.

In this order: the name that was asked for (against DNS rebinding), the method, where a form came
from, how often, how large. A body is read whole before the page sees it, so that the page never
waits for a slow one. The page itself checks what may be done in which seat.
"""

from collections.abc import Callable, Collection
from functools import cache
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from checklist.i18n import LANGUAGES, Texts
from checklist.workshop.page.cookies import hand_on, token_in
from checklist.workshop.page.policies import Header, with_policies
from checklist.workshop.page.rates import Rates
from checklist.workshop.page.streams import Streams

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST"})
LARGEST_BODY = 32 * 1024
LARGEST_HEAD = 8 * 1024
"""Bytes of address and headers; h11 bounds only what comes in pieces."""
STREAM = "/events"


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """A request that goes no further."""

    def __init__(self, status: int, *headers: Header, close: bool = False) -> None:
        super().__init__(status)
        self.status = status
        self.headers = [*headers, *([(b"connection", b"close")] if close else [])]


def guarded(
    app: "ASGIApp",
    *,
    names: Collection[str],
    secure: bool,
    seated: Callable[[str], bool] = lambda token: False,
) -> "ASGIApp":
    """Put the guards before an application.

    Parameters
    ----------
    names
        What a request may ask for, as in its ``Host`` header: with the port, where it has one.
    secure
        Whether it is served by TLS.
    seated
        Whether a cookie is that of a seat; only those are counted each on its own. Any other can be
        made up, a new one for each request.
    """
    allowed = frozenset(name.lower() for name in names)
    origin = "https://" if secure else "http://"
    rates = Rates()
    streams = Streams()

    async def guard(scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            raise ValueError(scope["type"])
        nonce = _nonce(scope)
        started = False

        async def sending(message: "Message") -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                raw = message.get("headers", [])
                message = {**message, "headers": with_policies(raw, scope["path"], nonce)}
            await send(message)

        try:
            headers = _Headers(scope["headers"])
            if headers.size + len(scope["raw_path"]) + len(scope["query_string"]) > LARGEST_HEAD:
                raise Refused(400, close=True)
            _check(scope["method"], headers, allowed, origin)
            token = token_in(scope["headers"])
            hand_on(scope, token)
            seat = token if token and seated(token) else ""
            wait = rates.wait(seat, _address(scope))
            if wait:
                raise Refused(429, (b"retry-after", b"%d" % wait))
            if scope["method"] == "POST":
                receive = _given(await _body(receive), receive)
            if scope["path"] == STREAM:
                if not seat:
                    raise Refused(401)  # nobody would count it
                await streams.run(seat, app(scope, receive, sending))
            else:
                await app(scope, receive, sending)
        except Refused as refused:
            await _say(sending, refused.status, refused.headers)
        except Exception:
            if started:
                raise  # the connection is cut
            await _say(sending, 500, [(b"connection", b"close")])

    return guard


class _Headers:
    """The headers of a request that count here; of one that comes twice, none."""

    def __init__(self, raw: Collection[Header]) -> None:
        self._raw = raw

    def __getitem__(self, name: str) -> str:
        found = self.all(name)
        return found[0] if len(found) == 1 else ""

    def all(self, name: str) -> list[str]:
        wanted = name.encode()
        return [value.decode("latin-1").strip() for key, value in self._raw if key == wanted]

    @property
    def size(self) -> int:
        return sum(len(name) + len(value) for name, value in self._raw)


def _check(method: str, headers: _Headers, allowed: Collection[str], scheme: str) -> None:
    host = headers["host"].lower()
    if host not in allowed:
        raise Refused(400, close=True)
    if method not in METHODS:
        raise Refused(405, (b"allow", b"GET, HEAD, POST"), close=True)
    if method != "POST":
        if headers.all("transfer-encoding") or headers["content-length"] not in ("", "0"):
            raise Refused(400, close=True)
        return
    if headers["sec-fetch-site"] not in ("", "same-origin", "none"):
        raise Refused(403, close=True)
    if any(origin.lower() != scheme + host for origin in headers.all("origin")):
        raise Refused(403, close=True)
    length = headers["content-length"]
    if length and not (length.isdecimal() and len(length) < 10 and int(length) <= LARGEST_BODY):
        raise Refused(413, close=True)


async def _body(receive: "Receive") -> bytes:
    """Read a body whole, as far as it may go."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, close=True)  # nobody hears it
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise Refused(413, close=True)
        if not message.get("more_body", False):
            return bytes(body)


def _given(body: bytes, receive: "Receive") -> "Receive":
    """Hand a body that has been read on to the application."""
    waiting = [body]

    async def given() -> "Message":
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return given


def _nonce(scope: "Scope") -> str:
    nonce = token_urlsafe(16)
    state: dict[str, Any] = scope.setdefault("state", {})
    state["nonce"] = nonce
    return nonce


def _address(scope: "Scope") -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


async def _say(send: "Send", status: int, headers: list[Header]) -> None:
    """Answer with one sentence in each language; whoever gets it has no page to ask for one."""
    said = refusal(status)
    kind = (b"content-type", b"text/plain; charset=utf-8")
    length = (b"content-length", b"%d" % len(said))
    start = {"type": "http.response.start", "status": status, "headers": [kind, length, *headers]}
    await send(start)
    await send({"type": "http.response.body", "body": said})


@cache
def refusal(status: int) -> bytes:
    """Give the sentences for a status that the guards answer with."""
    return "\n".join(Texts(each)(f"serving.refused.{status}") for each in LANGUAGES).encode()
