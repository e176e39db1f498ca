"""uvicorn, with a socket, a thread and deadlines of our own. Imported only to serve a page."""

import asyncio
import socket
import ssl
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

import uvicorn

from checklist.workshop.page.connections import Connection, Lobby
from checklist.workshop.page.guards import LARGEST_HEAD

if TYPE_CHECKING:
    from starlette.types import ASGIApp

AT_ONCE = 8
"""Sockets that are accepted before others have their turn: those that the lobby cuts meanwhile are
closed only then, and until then take up files of the process, too."""
BREATH = 0.05
"""Seconds to wait where the system gives no more files."""


class PageServer(uvicorn.Server):
    """Serves one application on a socket that listens already.

    Parameters
    ----------
    most
        Connections that may be open at once.
    """

    thread: Thread

    def __init__(
        self,
        app: "ASGIApp",
        listening: socket.socket,
        secure: ssl.SSLContext | None,
        *,
        most: int,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                interface="asgi3",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                h11_max_incomplete_event_size=LARGEST_HEAD,
                timeout_keep_alive=3600,  # a connection's own deadlines are shorter
                timeout_graceful_shutdown=1,
            )
        )
        self._listening, self._secure = listening, secure
        self._lobby = Lobby(most, most // 4)
        self._meetings: set[asyncio.Task[None]] = set()

    def run_in_thread(self, ready: "Future[None]") -> None:
        """Serve until it is stopped; ``ready`` is done once it listens, or holds why it does not.

        Nothing that goes wrong here is printed: the screen belongs to the trainer.
        """
        self._ready = ready
        try:
            asyncio.run(self.serve())
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept: asyncio's own servers count a socket only after its handshake."""
        await super().startup(sockets=[])
        self._accepting = asyncio.create_task(self._accept())
        self._ready.set_result(None)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nothing more, and end what is there."""
        self._accepting.cancel()
        with suppress(asyncio.CancelledError):
            await self._accepting
        self._listening.close()
        for each in list(self._lobby.waiting):
            each.cut()
        await super().shutdown(sockets)

    async def _accept(self) -> None:
        """Accept whatever comes; the lobby counts each socket from that moment."""
        loop = asyncio.get_running_loop()
        while True:
            for _ in range(AT_ONCE):
                try:
                    accepted, _address = await loop.sock_accept(self._listening)
                except ConnectionAbortedError:
                    continue
                except OSError:  # the system gives no more files
                    self._lobby.make_room()
                    await asyncio.sleep(BREATH)
                    continue
                arguments: dict[str, Any] = {
                    "config": self.config,
                    "server_state": self.server_state,
                    "app_state": {},
                }
                connection = Connection(self._lobby, accepted, **arguments)
                meeting = loop.create_task(connection.shake_hands(self._secure))
                self._meetings.add(meeting)  # else nothing holds it
                meeting.add_done_callback(self._meetings.discard)
            await asyncio.sleep(0)

    def stop(self, seconds: float) -> None:
        """Stop, and wait for it as long as that."""
        self.should_exit = True
        with suppress(RuntimeError):
            self.thread.join(seconds)
