"""A server process of a workshop: started, told what to do, killed, started again."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.room_process import CODE, STORE, TEAMS
from checklist.store import Store


class Served:
    """A room that a process of its own serves on loopback.

    Parameters
    ----------
    folder
        Where its store lies, and its ledger; it goes on from a ledger that is there.
    port
        0 for any that is free.

    Attributes
    ----------
    port
        Where it listens.
    cpu
        Seconds that it computed until then.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.room_process", str(folder), str(port)],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = self._process.pid
        try:
            told = self._told()
        except BaseException:
            self.kill()
            raise
        self.port: int = told["port"]
        self.cpu: float = told["cpu"]

    def order(self, what: str) -> dict[str, Any]:
        """Have something done; gives how far the room is."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return self._told()

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self._process.kill()
        self._let_go()

    def _told(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the server has ended by itself")
        return dict(json.loads(line))

    def _let_go(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._process.kill()
        self._let_go()


@contextmanager
def store_of(folder: Path) -> Iterator[Store]:
    """Open the store of a room's round."""
    with closing(Store(folder / STORE)) as store:
        yield store


def answers_in(folder: Path) -> dict[str, list[str]]:
    """Give all answers in the closed round, by team and in an order that can be compared."""
    found: dict[str, list[str]] = {}
    with store_of(folder) as store:
        width = len(store.rounds.get(CODE).questionnaire.items)
        for team in TEAMS:
            text = store.responses.answers(CODE, team).decode("ascii")
            found[team] = sorted(text[at : at + width] for at in range(0, len(text), width))
    return found
