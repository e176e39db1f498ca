"""A process that serves a workshop on demand, and kills what serves it at any moment.

An order a line on stdin, as JSON. ``{"start": folder, "port": 0}`` forks a process that goes on
from what lies in the folder, as ``--resume`` does: what this process has imported is there already,
so that fifty starts take seconds. ``{"kill": true}`` ends it by SIGKILL; any other is handed on as
an order of ``benchmarks.room_process``. What became of it is told in a line on stdout.
"""

import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from benchmarks import room_process
from checklist.workshop.page import app, server

IMPORTED = (app, server)
"""What would else be imported anew by each start."""


@dataclass(frozen=True)
class Child:
    """A fork that serves, and the pipes to it."""

    pid: int
    orders: TextIO
    told: TextIO


def start(folder: Path, port: int) -> Child:
    """Fork a server; this process has one thread only."""
    orders_in, orders_out = os.pipe()
    told_in, told_out = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(orders_out)
        os.close(told_in)
        sys.stdin, sys.stdout = os.fdopen(orders_in), os.fdopen(told_out, "w")
        room_process.main(folder, port)
        os._exit(0)
    os.close(orders_in)
    os.close(told_out)
    return Child(pid, os.fdopen(orders_out, "w"), os.fdopen(told_in))


def end(child: Child) -> dict[str, Any]:
    """Kill a server."""
    os.kill(child.pid, signal.SIGKILL)
    _, status = os.waitpid(child.pid, 0)
    child.orders.close()
    child.told.close()
    return {"ended": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}


def main() -> None:
    """Do what stdin says."""
    child: Child | None = None
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            child = start(Path(order["start"]), order["port"])
            told = child.told.readline()
        elif "kill" in order:
            assert child is not None
            told = json.dumps(end(child))
        else:
            assert child is not None
            print(order["order"], file=child.orders, flush=True)
            told = child.told.readline()
        print(told.strip(), flush=True)


if __name__ == "__main__":
    main()
