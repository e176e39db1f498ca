"""Requests by hand: whatever bytes, over a real socket, and what comes back."""

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

PATIENCE = 20.0
"""Seconds after which a server that says nothing has failed, on a slow machine, too."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def cookie(self) -> str:
        """What the seat's cookie was set to."""
        return self.headers.get("set-cookie", "").partition("seat=")[2].partition(";")[0]


@dataclass(frozen=True)
class Client:
    """Asks one server, a connection a request.

    ``cookie`` is that of a seat, ``source`` the address that it asks from.
    """

    address: str
    cookie: str = ""
    context: ssl.SSLContext | None = None
    source: str = ""

    @property
    def place(self) -> tuple[str, int]:
        parts = urlsplit(self.address)
        return parts.hostname or "", parts.port or 0

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def connect(self) -> socket.socket:
        source = (self.source, 0) if self.source else None
        opened = socket.create_connection(self.place, PATIENCE, source)
        return self.context.wrap_socket(opened) if self.context else opened

    def head(self, method: str, path: str, headers: Mapping[str, str | None]) -> bytes:
        """The bytes of a request up to its body; a header of None is left out."""
        said: dict[str, str | None] = {"Host": self.host}
        if self.cookie:
            said["Cookie"] = f"seat={self.cookie}"
        said |= headers
        lines = [f"{method} {path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in said.items() if value is not None]
        return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")

    def send(self, raw: bytes) -> Answer:
        """Send bytes and take one answer."""
        with self.connect() as connection:
            with suppress(BrokenPipeError, ConnectionResetError):  # answered already, and closed
                connection.sendall(raw)
            return answer(connection)

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.send(self.head("GET", path, _named(headers)))

    def post(
        self, path: str, fields: Mapping[str, str] | bytes = b"", **headers: str | None
    ) -> Answer:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        said = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **_named(headers),
        }
        return self.send(self.head("POST", path, said) + body)


def _named(headers: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name.replace("_", "-").title(): value for name, value in headers.items()}


def answer(connection: socket.socket, method: str = "GET") -> Answer:
    """Take one answer from a connection."""
    response = http.client.HTTPResponse(connection, method=method)
    try:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())
    finally:
        response.close()


def closed(connection: socket.socket) -> bool:
    """Read up to the end; whether it came in time."""
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass  # reset: that is an end, too
    return True


@contextmanager
def many(client: Client, number: int) -> Iterator[list[socket.socket]]:
    """Open connections, and close them in the end."""
    opened: list[socket.socket] = []
    try:
        for _ in range(number):
            opened.append(client.connect())
        yield opened
    finally:
        for each in opened:
            each.close()
