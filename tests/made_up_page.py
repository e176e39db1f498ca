"""What a page of a workshop might say, and a server that says whatever it is told to."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast

from checklist.workshop.joining import address
from checklist.workshop.joining.client import Client
from tests.phones import KEY


def said(**changed: Any) -> dict[str, Any]:
    """Give a view as JSON values."""
    return {
        "version": 1, "kind": "question", "phase": "answer", "language": "de", "blocks": [],
        "team": "Vertrieb", "teams": ["Vertrieb"], "notice": [], "answers": {}, "comments": {},
        "reflections": {}, "place": 0, "reopened": False, "pace": None, "sent": False,
        "changed": False, "takes_texts": True, "follows": False, "words": "", "proposals": [],
        "votes": [], "plan": {"when": "", "then": "", "partner": ""}, "actions": [],
        "follow_up": None, "secure": False, "something-new": 1, **changed,
    }  # fmt: skip


class Fake(BaseHTTPRequestHandler):
    """Answers whatever its server has been told to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = cast(Any, self.server)
        server.asked.append((self.command, self.path, self.headers.get("Cookie")))
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.connection.sendall(server.answer)
        self.close_connection = True

    do_POST = do_GET  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def fake(answer: bytes) -> Iterator[tuple[Client, list[Any]]]:
    server = cast(Any, ThreadingHTTPServer(("127.0.0.1", 0), Fake))
    server.answer, server.asked = answer, []
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        found = address.read(f"127.0.0.1:{server.server_port}/k/{KEY}")
        with closing(Client(found)) as client:
            yield client, server.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answered(status: str, body: bytes = b"", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body
