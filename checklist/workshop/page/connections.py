"""Connections with deadlines: uvicorn alone waits for the end of a request for ever.

Imported only where a page is served.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from checklist.workshop.page.guards import STREAM, refusal
from checklist.workshop.page.policies import with_policies

HEADERS, BODY, ANSWER = 10.0, 15.0, 30.0
"""Seconds from one step of a request to the next: for its headers, or idle between two; for its
body; for taking the answer. Single bytes that trickle in do not lengthen them."""


class Lobby:
    """All connections, and apart those that have not brought a whole request, the oldest first.

    Parameters
    ----------
    most
        Connections that may be open at once.
    most_waiting
        Of them, those without a whole request; beyond it the oldest are cut.
    """

    def __init__(self, most: int, most_waiting: int) -> None:
        self._most, self._most_waiting = most, most_waiting
        self.open = 0
        self.waiting: dict[Connection, None] = {}

    def enter(self, connection: "Connection") -> None:
        """Let a connection in; where all places are taken, the oldest that only waits goes."""
        self.open += 1
        if self.open > self._most:
            next(iter(self.waiting), connection).cut()

    def make_room(self) -> None:
        """Cut the oldest connection that only waits, if there is one."""
        for oldest in list(self.waiting)[:1]:
            oldest.cut()

    def wait(self, connection: "Connection") -> None:
        """Note that a connection owes a request."""
        self.waiting.pop(connection, None)
        self.waiting[connection] = None
        if len(self.waiting) > self._most_waiting:
            next(iter(self.waiting)).cut()

    def done(self, connection: "Connection") -> None:
        """Note that a connection has brought a whole request."""
        self.waiting.pop(connection, None)

    def leave(self, connection: "Connection") -> None:
        """Note that a connection is gone."""
        self.open -= 1
        self.waiting.pop(connection, None)


class Connection(H11Protocol):
    """One connection, with a deadline for whatever comes next; a stream of events has none.

    Parameters
    ----------
    accepted
        Its socket. It counts from now on, before a handshake of TLS: that is where whoever means
        harm would stop.
    """

    def __init__(self, lobby: Lobby, accepted: socket.socket, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._lobby = lobby
        self._accepted: socket.socket | None = accepted
        self._is_cut = False
        self._step: Any = None
        self._deadline: asyncio.TimerHandle | None = None
        lobby.enter(self)
        lobby.wait(self)

    async def shake_hands(self, secure: ssl.SSLContext | None) -> None:
        """Begin to speak, by TLS where there is a context; who does not answer in time is gone."""
        assert self._accepted is not None
        try:
            await self.loop.connect_accepted_socket(
                lambda: self,
                self._accepted,
                ssl=secure,
                ssl_handshake_timeout=HEADERS if secure else None,
            )
        except Exception:  # nobody is there to be told
            pass
        finally:
            if self._accepted is not None:  # it never came to speaking
                self._accepted.close()
                self._lobby.leave(self)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        self._accepted = None
        super().connection_made(transport)
        if self._is_cut:
            self.transport.abort()  # it must not wait in the lobby once more
        else:
            self._look()

    def data_received(self, data: bytes) -> None:
        """See whether the request has come further."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._step = None  # the next request has time of its own
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the lobby."""
        self._stop()
        self._lobby.leave(self)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Finish an answer that is on its way; nobody waits for streams and half requests."""
        if self in self._lobby.waiting or self._is_stream:
            self.cut()
        else:
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        """Say that this is no request, in our words and with our headers."""
        said = refusal(400)
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(said)),
            (b"connection", b"close"),
        ]
        events = (
            h11.Response(status_code=400, headers=with_policies(headers, "", "none")),
            h11.Data(data=said),
            h11.EndOfMessage(),
        )
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def cut(self) -> None:
        """End the connection at once, whatever was on its way."""
        self._is_cut = True
        self._stop()
        self._lobby.done(self)
        if self._accepted is None:
            self.transport.abort()
            return
        with suppress(OSError):  # the handshake ends with it
            self._accepted.shutdown(socket.SHUT_RDWR)

    def _look(self) -> None:
        """Set the deadline anew where the request has come a step further."""
        if self.transport.is_closing():
            self._lobby.done(self)
            self._after(HEADERS, self.cut)  # for what is still to be written
            return
        state = self.conn.their_state
        step = (state, self.cycle) if state is not h11.IDLE else (state, None)
        if step == self._step:
            return
        self._step = step
        if state in (h11.IDLE, h11.SEND_BODY):
            self._lobby.wait(self)
            self._after(HEADERS if state is h11.IDLE else BODY, self.cut)
        else:
            self._lobby.done(self)
            self._after(ANSWER, self._look_after_stream if self._is_stream else self.cut)

    @property
    def _is_stream(self) -> bool:
        return self.scope is not None and self.scope["path"] == STREAM

    def _look_after_stream(self) -> None:
        """Cut a stream that was ended, or that nobody reads any more."""
        if self.transport.is_closing() or self.transport.get_write_buffer_size():
            self.cut()
        else:
            self._after(ANSWER, self._look_after_stream)

    def _after(self, seconds: float, called: Callable[[], None]) -> None:
        self._stop()
        self._deadline = self.loop.call_later(seconds, called)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
