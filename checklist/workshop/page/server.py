"""uvicorn, with a socket, a thread and deadlines of our own. Imported only to serve a page."""

import asyncio
import socket
import ssl
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

import uvicorn

from checklist.workshop.page.connections import HEADERS, Lobby, connections
from checklist.workshop.page.guards import LARGEST_HEAD

if TYPE_CHECKING:
    from starlette.types import ASGIApp

BACKLOG = 1024


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
                timeout_keep_alive=int(HEADERS),
                timeout_graceful_shutdown=1,
                backlog=BACKLOG,
            )
        )
        self._listening, self._secure = listening, secure
        self._connection = connections(Lobby(most, most // 4))

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
        """Listen with connections of our own, and with a deadline for the handshake of TLS."""
        await super().startup(sockets=[])
        loop = asyncio.get_running_loop()

        def connection() -> asyncio.Protocol:
            arguments: dict[str, Any] = {
                "config": self.config,
                "server_state": self.server_state,
                "app_state": {},
            }
            return self._connection(**arguments)

        self.servers.append(
            await loop.create_server(
                connection,
                sock=self._listening,
                ssl=self._secure,
                ssl_handshake_timeout=HEADERS if self._secure else None,
                backlog=BACKLOG,
            )
        )
        self._ready.set_result(None)

    def stop(self, seconds: float) -> None:
        """Stop, and wait for it as long as that."""
        self.should_exit = True
        with suppress(RuntimeError):
            self.thread.join(seconds)
