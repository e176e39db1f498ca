"""Phones that take part in a workshop as browsers do, light enough not to be measured themselves.

A phone asks over one connection, follows each redirect, and reads from the page itself where it
is. It stops the time of every request, with the connection that it may have to make first. What it
was told is kept is noted as soon as the answer is there.
"""

import asyncio
import random
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

from benchmarks.room_process import KEY, TEAMS

STEP = re.compile(rb'<input type="hidden" name="step" value="([^"]*)"')
DIGITS = "1234512345123451234-."
"""Answers that are drawn from: one in twenty left open, one did not occur."""
WORDS = {"-": "open", ".": "not-occurred"}


HTML = "text/html"
ROOM = "/room"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Failed(Exception):  # noqa: N818 - what a request came to
    """A request was answered otherwise than a phone can go on with."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request and the seconds that it took."""

    what: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Phone:
    """One phone.

    Attributes
    ----------
    told
        For each step the answer that the server said is kept.
    sent
        For each step the answer in the response that the server said is in the round; ``None``
        before.
    requests
        All that were answered.
    """

    port: int
    chance: random.Random
    token: str = ""
    told: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] | None = None
    team: str = ""
    requests: list[Request] = field(default_factory=list)
    _open: Streams | None = None
    _stream: Streams | None = None

    async def get(self, path: str, accept: str = HTML) -> Answer:
        """Ask for a page."""
        return await self._ask("GET", path, b"", accept)

    async def post(self, path: str, **fields: str) -> Answer:
        """Send a form; gives what stands where it leads."""
        done = await self._ask("POST", path, urlencode(fields).encode(), HTML)
        if done.status != 303:
            raise Failed(f"{path}: {done.status}")
        if cookie := done.headers.get("set-cookie"):
            self.token = cookie.partition(";")[0].partition("=")[2]
        return done

    async def scan(self) -> None:
        """Open the address that was scanned."""
        await self.page(f"/k/{KEY}")
        for each in ("/page.css", "/page.js"):
            await self.page(each)

    async def join(self) -> None:
        """Take a seat by the button on that page."""
        await self.post("/join", key=KEY)
        await self.page(ROOM)

    async def choose_team(self) -> None:
        """Choose a team; the notice follows."""
        self.team = self.chance.choice(TEAMS)
        await self.post("/team", team=self.team)
        await self.page(ROOM)

    async def begin(self) -> None:
        """Begin to answer."""
        await self.post("/begin")

    async def page(self, path: str) -> bytes:
        """Ask for a page that has to be there."""
        done = await self.get(path)
        if done.status != 200:
            raise Failed(f"{path}: {done.status}")
        return done.body

    async def step(self) -> str:
        """Reload; gives the id of the step that is shown, or nothing where there is none."""
        found = STEP.search(await self.page(ROOM))
        return found[1].decode() if found else ""

    async def answer(self, step: str) -> None:
        """Answer a step by chance."""
        said = self.chance.choice(DIGITS)
        await self.post("/answer", step=step, what=WORDS.get(said, said))
        self.told[step] = said

    async def send(self) -> None:
        """Send the response."""
        said = dict(self.told)
        await self.post("/send", texts="no", compare="no")
        self.sent = said

    async def listen(self) -> None:
        """Open the stream of events, over a connection of its own, and hold it open."""
        self._stream = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._stream
        writer.write(self._head("GET", "/events", 0, "text/event-stream"))
        status, _ = await _head(reader)
        if status != 200:
            raise Failed(f"/events: {status}")
        await self.event()

    async def event(self) -> bytes:
        """Wait for the next event; gives its data."""
        assert self._stream is not None
        while line := await self._stream[0].readline():
            if line.startswith(b"data: "):
                return line[6:].strip()
        raise EOFError("/events")

    async def hang_up(self) -> None:
        """Close the connections."""
        for opened in (self._open, self._stream):
            if opened is not None:
                opened[1].close()
                with suppress(OSError):
                    await opened[1].wait_closed()
        self._open = self._stream = None

    async def _ask(self, method: str, path: str, body: bytes, accept: str) -> Answer:
        began = time.perf_counter()
        request = self._head(method, path, len(body), accept) + body
        used = self._open is not None and not self._open[0].at_eof()
        try:
            done = await self._answered(request)
        except (OSError, EOFError):
            if not used or method != "GET":
                raise
            # As browsers do where a server lets go of an idle connection in the same moment.
            done = await self._answered(request)
        self.requests.append(Request(f"{method} {_route(path)}", time.perf_counter() - began))
        return done

    async def _answered(self, request: bytes) -> Answer:
        if self._open is None or self._open[0].at_eof():
            self._open = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._open
        try:
            writer.write(request)
            status, headers = await _head(reader)
            found = await reader.readexactly(int(headers.get("content-length", 0)))
        except BaseException:
            self._open = None
            writer.close()
            raise
        if headers.get("connection") == "close":
            self._open = None
            writer.close()
        return Answer(status, headers, found)

    def _head(self, method: str, path: str, length: int, accept: str) -> bytes:
        lines = [
            f"{method} {quote_plus(path, safe='/')} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Accept: {accept}",
            "Accept-Language: de",
        ]
        if method == "POST":
            lines += [
                f"Origin: http://127.0.0.1:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {length}",
            ]
        if self.token:
            lines.append(f"Cookie: seat={self.token}")
        return "\r\n".join([*lines, "", ""]).encode()


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    parts = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in parts}


def _route(path: str) -> str:
    return "/k/…" if path.startswith("/k/") else path
