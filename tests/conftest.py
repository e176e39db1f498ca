"""Keeps every test away from the real home, and gives it a small one of its own.

``home`` is the person's folder, ``checklist`` runs the program as a process of its own, ``inside``
runs it in this process, which is many times faster; ``tiny`` is a questionnaire.
"""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from platformdirs import user_data_path

from checklist.bank import parse
from checklist.cli.program import main
from checklist.questionnaire import Questionnaire
from tests.chromium import FLAGS, chromium
from tests.helpers import TINY, Call, Outcome

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from checklist.workshop.room import Room
    from tests.raw_http import Client

# A busy machine is no failure. Where a change is let in, the same examples are tried each time;
# what chance finds is for whoever works on it.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

PERSONAL = (
    "CHECKLIST_DEBUG",
    "CHECKLIST_LANG",
    "CHECKLIST_QUESTIONS",
    "CHECKLIST_STORE",
    "COLUMNS",
    "FORCE_COLOR",
    "LANGUAGE",
    "LINES",
    "NO_COLOR",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
    "PYTHONWARNINGS",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)
"""Variables by which the surroundings of a test run could reach into it."""

REAL = {
    str(place.absolute())
    for place in (
        user_data_path("checklist", appauthor=False),
        Path(os.environ.get("CHECKLIST_HOME") or user_data_path("checklist", appauthor=False)),
    )
}
"""Where the answers of whoever runs the tests lie."""


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail as soon as anything reaches for somebody's real answers."""
    if event not in GUARDED:
        return
    for argument in arguments[:2]:
        if isinstance(argument, (str, bytes, os.PathLike)):
            path = os.path.abspath(os.fsdecode(argument))  # noqa: PTH100 - the path may be no path
            if any(path == real or path.startswith(real + os.sep) for real in REAL):
                pytest.fail(f"{event} in the real home: {path}")


GUARDED = frozenset(
    {
        "open",
        "os.chmod",
        "os.listdir",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.scandir",
        "shutil.rmtree",
        "sqlite3.connect",
    }
)
sys.addaudithook(_guard)


@pytest.fixture(scope="session", autouse=True)
def _people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """Lead away fixtures that live longer than a test, and give every test a new folder."""
    folder = tmp_path_factory.mktemp("people")
    with pytest.MonkeyPatch.context() as patch:
        _move(patch, folder / "nobody")
        yield (folder / f"person-{number}" for number in count(1))


@pytest.fixture(autouse=True)
def home(_people: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a person's folder of its own, which is not there yet."""
    return _move(monkeypatch, next(_people))


def _move(patch: pytest.MonkeyPatch, base: Path) -> Path:
    base.mkdir()
    for name in [*PERSONAL, *(name for name in os.environ if name.startswith("LC_"))]:
        patch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        patch.setenv(name, str(base / name.lower()))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        patch.setenv(name, str(base / name.lower()))
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        patch.setenv(name, str(base))
    patch.setenv("LANG", "de_DE.UTF-8")
    patch.setenv("TERM", "xterm-256color")
    patch.setenv("CHECKLIST_HOME", str(base / "checklist"))
    return base / "checklist"


@pytest.fixture
def checklist(home: Path, tmp_path: Path) -> Call:
    """Run the program as a process of its own, in ``tmp_path``."""

    def call(
        *arguments: str,
        input: str | bytes | None = None,
        env: Mapping[str, str | None] | None = None,
    ) -> Outcome:
        changed = {**os.environ, **(env or {})}
        done = subprocess.run(
            [sys.executable, "-m", "checklist", *arguments],
            input=input.encode() if isinstance(input, str) else input or b"",
            env={name: value for name, value in changed.items() if value is not None},
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=False,
        )
        out, err = (part.decode().replace("\r\n", "\n") for part in (done.stdout, done.stderr))
        return Outcome(done.returncode, out, err)

    return call


@pytest.fixture
def inside(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Call]:
    """Run the program in this process."""
    before = signal.getsignal(signal.SIGTERM)

    def call(
        *arguments: str,
        input: str | bytes | None = None,
        env: Mapping[str, str | None] | None = None,
    ) -> Outcome:
        data = input.encode() if isinstance(input, str) else input or b""
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
            for name, value in (env or {}).items():
                if value is None:
                    patch.delenv(name, raising=False)
                else:
                    patch.setenv(name, value)
            capsys.readouterr()
            code = main(list(arguments))
        return Outcome(code, *capsys.readouterr())

    yield call
    signal.signal(signal.SIGTERM, before)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the files in tests/expected anew")


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file in ``tests/expected``; ``--renew`` writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).with_name("expected") / name
        if request.config.getoption("--renew"):
            path.write_text(text, "utf-8", newline="\n")
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of one megabyte; who may not do that skips the test."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or sys.platform != "linux":
        pytest.skip("no way to mount a small file system here")
    command = [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"may not mount a small file system here: {tried.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def tiny() -> Questionnaire:
    """Give a small questionnaire: three dimensions, two scales, reverse items, reflections."""
    return parse(TINY, "tiny.toml", expected_id="tiny")


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """Give a folder with ``tiny.toml`` in it, for ``--questions``."""
    folder = tmp_path / "own-questions"
    folder.mkdir()
    (folder / "tiny.toml").write_text(TINY, "utf-8")
    return folder


@pytest.fixture
def tiny_call(inside: Call, tiny_folder: Path) -> Call:
    """Call the program with the tiny questionnaire at hand."""

    def call(*arguments: str, input: Any = None, env: Any = None) -> Outcome:
        return inside(
            *arguments, input=input, env={"CHECKLIST_QUESTIONS": str(tiny_folder), **(env or {})}
        )

    return call


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., str]:
    """Write an answers file for the tiny questionnaire and give its name."""

    def write(**parts: Any) -> str:
        path = tmp_path / "answers.json"
        content = {"answers": {"listen-ask": 4, "listen-cut-in": 2, "promise-date": 3}, **parts}
        path.write_text(json.dumps(content), "utf-8")
        return str(path)

    return write


@pytest.fixture
def with_results(tiny_call: Call, answers: Callable[..., str], home: Path) -> Path:
    """Fill the journal: two results and a draft; give the file."""
    for _ in range(2):
        assert tiny_call("run", "tiny", "--answers", answers()).code == 0
    assert "checklist run tiny" in tiny_call("run", "tiny", "--plain", input="3\n4\n").said
    return home / "journal.db"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Say where rounds lie, for all commands of a test; nothing is there yet."""
    path = tmp_path / "rounds.db"
    monkeypatch.setenv("CHECKLIST_STORE", str(path))
    return path


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Start one Chromium for a module; where tests run for a change to pass, it has to be there."""
    from playwright.sync_api import sync_playwright

    found = chromium("to look at pages")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def room(tmp_path: Path) -> "Iterator[Room]":
    """Open the room of a workshop in which people answer, for phones that call its page."""
    from tests.phones import ANSWER, a_room, a_round

    with a_room(tmp_path, a_round(), phase=ANSWER) as opened:
        yield opened


@pytest.fixture(scope="module")
def client() -> "Iterator[Client]":
    """Serve a tiny page behind door and guards for a module; give a client of it."""
    from tests.served_page import served

    with served() as found:
        yield found
