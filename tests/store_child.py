"""A process that changes stores on demand, and dies at the moment it is told to.

An order a line on stdin, as JSON: ``{"change": "close", "path": "…", "steps": 7}``. Each is carried
out by a fork of this process, which is killed by SIGKILL: ``steps`` of SQLite's virtual machine
(times ``STRIDE``) into the change, or ``delay`` seconds after it began. What became of it is told
in a line on stdout: the steps it took in all, or the signal that ended it.
"""

import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checklist.store import Store, sqlite
from checklist.store.migrations import MIGRATIONS, Step, migrate
from checklist.store.sqlite import SQLite
from tests.storing import CLOSING, PURGING, responses

STRIDE = 5
COUNT = 150
REPORTS = {"de": '{"frozen": "ä"}', "en": '{"frozen": "a"}'}

NEWER: tuple[Step, ...] = (
    *MIGRATIONS,
    (
        "ALTER TABLE round ADD COLUMN note TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE extra_{collecting} AS SELECT * FROM response_{collecting}",
        "ALTER TABLE response_{collecting} ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0",
        "UPDATE response_{collecting} SET sealed = 1",
    ),
    ("CREATE TABLE extra (name TEXT PRIMARY KEY) {clustered}", "INSERT INTO extra VALUES ('x')"),
)
"""Two more steps than there are."""


CHANGES: dict[str, Callable[[Path], object]] = {
    "close": lambda path: Store(path).rounds.close("QXRT", CLOSING),
    "purge": lambda path: Store(path).rounds.purge("QXRT", PURGING, REPORTS),
    "put_many": lambda path: Store(path).responses.put_many("QXRT", responses(COUNT), "mark"),
    "migrate": lambda path: migrate(SQLite(path), NEWER),
}


class Counting:
    """Counts the steps of all connections, and ends the process at one of them."""

    def __init__(self, last: int | None) -> None:
        self.steps = 0
        self._last = last
        self._connect = sqlite3.connect

    def connect(self, path: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._connect(path, **options)
        connection.set_progress_handler(self._step, STRIDE)
        return connection

    def _step(self) -> int:
        self.steps += 1
        if self.steps == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def carry_out(order: dict[str, Any], ready: int) -> None:
    """Make the change in this process, which is a fork."""
    sqlite.BULK_CACHE = 16  # so little that the file itself is written long before the end
    counting = Counting(order.get("steps"))
    if "delay" not in order:
        sqlite3.connect = counting.connect  # type: ignore[assignment]
    os.write(ready, b"!")
    began = time.perf_counter()
    CHANGES[order["change"]](Path(order["path"]))
    told = {"steps": counting.steps, "seconds": time.perf_counter() - began}
    os.write(ready, json.dumps(told).encode())


def watch(order: dict[str, Any]) -> dict[str, Any]:
    """Have a change made, or part of it, and tell what became of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        carry_out(order, writing)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        assert told.read(1) == b"!"
        if "delay" in order:
            time.sleep(order["delay"])  # the moment of the kill, not a wait for anything
            os.kill(child, signal.SIGKILL)
        said = told.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return {"ended": ended, **(json.loads(said) if said else {})}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(watch(json.loads(line))), flush=True)
