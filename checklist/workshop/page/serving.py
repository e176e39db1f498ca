"""Serve the page in a thread beside the trainer's screen, and never write onto that screen."""

import errno
import logging
import os
import socket
import ssl
from collections.abc import Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from checklist.errors import ChecklistError
from checklist.workshop.desk import Desk
from checklist.workshop.page.addresses import LOOPBACK, candidates

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from checklist.workshop.page.server import PageServer

RESERVE = 100
"""Files that stay free for what is not a connection: the ledger, the round, what is written at the
end, and sockets that are accepted or closed just now."""
STOPPING = 5.0
"""Seconds after which whoever stops the page does not wait for it any more."""


@dataclass(frozen=True)
class Served:
    """A page that is being served.

    Attributes
    ----------
    address
        As a browser needs it, ``http://192.168.1.20:8421``, without a slash at its end.
    port
        Where it listens.
    """

    address: str
    port: int
    _desk: Desk = field(repr=False)

    @property
    def link(self) -> str:
        """The address with the workshop's key: what a phone scans."""
        return f"{self.address}/k/{self._desk.workshop.key}"


@contextmanager
def serving(
    desk: Desk,
    *,
    host: str,
    port: int,
    names: Collection[str] = (),
    cert: Path | None = None,
    key: Path | None = None,
) -> Iterator[Served]:
    """Serve the page of a workshop for as long as the block runs.

    Parameters
    ----------
    host
        An address of this machine.
    port
        0 for any that is free.
    names
        Under which people reach this machine, apart from ``host``; the first stands in the address.
    cert, key
        Files in PEM format; with them it is served by TLS. The key may lie in ``cert``, too.

    Raises
    ------
    ChecklistError
        ``page-port-taken``, ``page-port-not-allowed``, ``page-no-address``, ``page-certificate``.
    """
    from checklist.workshop.page.app import app
    from checklist.workshop.page.door import Door

    page = app(desk, Door(desk), secure=cert is not None)
    with serving_app(page, desk, host=host, port=port, names=names, cert=cert, key=key) as served:
        yield served


@contextmanager
def serving_app(
    app: "ASGIApp",
    desk: Desk,
    *,
    host: str,
    port: int,
    names: Collection[str] = (),
    cert: Path | None = None,
    key: Path | None = None,
) -> Iterator[Served]:
    """Serve any application, behind the guards; else as ``serving``."""
    from checklist.workshop.page.guards import guarded

    secure = _context(cert, key) if cert is not None else None
    listening = _listening(host, port)
    with listening:
        port = listening.getsockname()[1]
        shown = [*names, *_names(host)]
        scheme = "https" if secure else "http"
        hosts = {each for name in shown for each in _hosts(name, port, scheme)}
        behind = guarded(
            app,
            names=hosts,
            secure=secure is not None,
            seated=lambda token: desk.seat(token) is not None,
        )
        server = _started(behind, listening, secure)
        try:
            yield Served(f"{scheme}://{_hosts(shown[0], port, scheme)[-1]}", port, desk)
        finally:
            server.stop(STOPPING)


def _started(
    app: "ASGIApp", listening: socket.socket, secure: ssl.SSLContext | None
) -> "PageServer":
    from checklist.workshop.page.server import PageServer

    for name in ("asyncio", "uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        # Without any handler, Python would print warnings onto the trainer's screen.
        logging.getLogger(name).handlers = [logging.NullHandler()]
    server = PageServer(app, listening, secure, most=_files())
    ready: Future[None] = Future()
    thread = Thread(target=server.run_in_thread, args=(ready,), name="page", daemon=True)
    server.thread = thread
    thread.start()
    ready.result()
    return server


def _names(host: str) -> list[str]:
    """Under which names a machine is reached that listens on an address."""
    here = [LOOPBACK, "localhost"]
    address = ip_address(_address(host))
    if address.is_unspecified:
        return [*candidates(), *here]
    return [str(address), *here[address.version == 6 :]] if address.is_loopback else [str(address)]


def _hosts(name: str, port: int, scheme: str) -> list[str]:
    """Give what a browser says to mean a name: with the port, and where it leaves that out."""
    name = f"[{name}]" if ":" in name else name
    usual = {"http": 80, "https": 443}[scheme]
    return [f"{name}:{port}", name] if port == usual else [f"{name}:{port}"]


def _address(host: str) -> str:
    return LOOPBACK if host == "localhost" else host


def _listening(host: str, port: int) -> socket.socket:
    """Listen on an address; names are not looked up."""
    try:
        version = ip_address(_address(host)).version
    except ValueError as error:
        raise ChecklistError("page-no-address", host=host) from error
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    # With the protocol said, asyncio sets TCP_NODELAY: else each answer would take 40 ms more.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "nt":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined, unused-ignore]
        else:  # after a kill, the port can be used again at once
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((_address(host), port))
        opened.listen(1024)
    except OSError as error:
        opened.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise ChecklistError("page-no-address", host=host) from error
        if error.errno == errno.EACCES:
            raise ChecklistError("page-port-not-allowed", port=port) from error
        raise ChecklistError("page-port-taken", port=port) from error
    except OverflowError as error:
        opened.close()
        raise ChecklistError("page-port-not-allowed", port=port) from error
    opened.setblocking(False)
    return opened


def _context(cert: Path, key: Path | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    for path in (cert, key):
        if path is not None:
            try:
                path.read_bytes()
            except OSError as error:
                reason = error.strerror or error
                raise ChecklistError("page-certificate", file=str(path), reason=reason) from error
    try:
        # Without a password: OpenSSL would ask for one on the screen.
        context.load_cert_chain(cert, key, password=lambda: "")
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise ChecklistError("page-certificate", file=str(cert), reason=why) from error
    return context


def _files() -> int:
    """Allow as many open files as the system lets us; gives how many connections that bears."""
    least, most = 32, 4000
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return most
    wanted = most + RESERVE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        target = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
            soft = target
    return most if soft == resource.RLIM_INFINITY else max(least, min(most, soft - RESERVE))
