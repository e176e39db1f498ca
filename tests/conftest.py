"""Keeps every test away from the real home, and gives it a small one of its own.

``home`` is the person's folder, ``checklist`` runs the program as a process of its own, ``inside``
runs it in this process, which is some fifty times faster; ``tiny`` is a questionnaire.
"""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_data_path

from checklist.bank import parse
from checklist.cli.program import main
from checklist.questionnaire import Questionnaire
from tests.helpers import TINY, Call, Outcome

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
def _elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Lead fixtures away that live longer than a test, too."""
    with pytest.MonkeyPatch.context() as patch:
        _move(patch, tmp_path_factory.mktemp("nobody"))
        yield


@pytest.fixture(autouse=True)
def home(
    _elsewhere: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give each test a person's folder of its own, which is not there yet."""
    return _move(monkeypatch, tmp_path_factory.mktemp("person"))


def _move(patch: pytest.MonkeyPatch, base: Path) -> Path:
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


@pytest.fixture
def tiny_toml() -> str:
    """Give the text of a small questionnaire file that is in order."""
    return TINY


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
