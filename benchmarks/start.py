"""From the start of ``checklist run`` to the first card, beside the imports it cannot do without.

Each process gets a pseudo-terminal of its own, 80 by 24. Enter is typed ahead, so that the welcome
takes no time of a reader.
"""

import os
import pty
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from select import select
from tempfile import TemporaryDirectory

from benchmarks.pairs import Comparison, Pair
from checklist.bank import Bank
from checklist.i18n import Texts

NAME = "start of checklist run to the first card"
BUDGET = 1.6
PATIENCE = 60.0
COMMAND = ("-m", "checklist", "run", "anti-churn")
REFERENCE = ("-c", "import typer, rich.console, pydantic, tomli, sqlite3")


def compare(pairs: int) -> Comparison:
    """Measure pairs of starts; one pair before them fills the caches."""
    with TemporaryDirectory() as bytecode:
        measured = [_pair(_environment(bytecode)) for _ in range(1 + pairs)]
    return Comparison(NAME, BUDGET, tuple(measured[1:]))


def _environment(bytecode: str) -> dict[str, str]:
    """Have compiled modules kept, as in every installation, but away from the checkout."""
    inherited = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPYCACHEPREFIX": bytecode, "TERM": "xterm-256color"}


def _pair(environment: Mapping[str, str]) -> Pair:
    with TemporaryDirectory() as home:
        ours = {**environment, "CHECKLIST_HOME": f"{home}/new", "CHECKLIST_LANG": "de"}
        return _seconds_until_card(ours), _seconds_until_end(environment)


def _seconds_until_card(environment: Mapping[str, str]) -> float:
    with _Terminal(COMMAND, environment) as terminal:
        terminal.type("\r")
        terminal.wait_for(*_signs_of_the_card())
        seconds = terminal.seconds
        terminal.type("q")
        terminal.wait_for_end()
    return seconds


def _seconds_until_end(environment: Mapping[str, str]) -> float:
    with _Terminal(REFERENCE, environment) as terminal:
        terminal.wait_for_end()
        return terminal.seconds


def _signs_of_the_card() -> tuple[str, str]:
    """What stands at the top of the first card, and its last option; the welcome has neither."""
    questionnaire = Bank().load("anti-churn")
    steps = len(questionnaire.items) + len(questionnaire.reflections)
    position = Texts("de")("card.position", place=1, total=steps)
    return position, questionnaire.asked[0].scale.options["de"][-1]


class _Terminal:
    """A Python process in a pseudo-terminal of its own, and the seconds since it was started."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        self._shown = b""
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> "_Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._started

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def wait_for(self, *words: str) -> None:
        while not all(word.encode() in self._shown for word in words):
            if not self._read():
                raise RuntimeError(f"ended without showing {words}:\n{self._screen}")

    def wait_for_end(self) -> None:
        while self._read():
            pass
        if self._process.wait(PATIENCE) != 0:
            raise RuntimeError(f"exit code {self._process.returncode}:\n{self._screen}")

    def _read(self) -> bool:
        """Take what was written; False at the end."""
        if not select([self._ours], [], [], PATIENCE)[0]:
            raise RuntimeError(f"nothing new for {PATIENCE} seconds:\n{self._screen}")
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # how Linux says that nobody holds the other side any more
            return False
        self._shown += data
        return bool(data)

    @property
    def _screen(self) -> str:
        return self._shown.decode(errors="replace")
