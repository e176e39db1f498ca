"""The transcripts in docs print what they say, and a difference is noticed."""

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / "docs" / "transcript.py"


@pytest.fixture(scope="module")
def transcript() -> ModuleType:
    spec = spec_from_file_location("transcript", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_round_in_the_documentation_goes_as_it_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"],
        env={**os.environ, "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr


def test_a_file_is_written_when_the_session_comes_to_it(transcript: ModuleType) -> None:
    file = '```toml\n# eins.toml\nid = "{}"\n```\n'
    look = "```console\n$ cat eins.toml\n{}```\n"
    text = f"{look}{file}{look}{file}{look}"
    gone = "cat: eins.toml: No such file or directory\n"
    parts = (gone, "a", 'id = "a"\n', "$b", 'id = "$b"\n')
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    stale = text.format("alt\n", "a", "alt\n", "$b", "alt\n")
    assert transcript.renewed(stale, environment) == text.format(*parts)


def test_what_is_printed_otherwise_is_a_difference(transcript: ModuleType) -> None:
    text = "Vorher\n\n```console\n$ echo 3. Mai 2020; \\\n    echo zwei\n{}zwei\n```\n"
    environment = {"PATH": os.environ["PATH"]}
    assert transcript.compared(text.format("4. Juni 2021\n"), environment) == ""
    assert "+3. Mai" not in transcript.compared(text.format("eins\n"), environment)
    assert "-eins" in transcript.compared(text.format("eins\n"), environment)
    assert transcript.renewed(text.format("eins\n"), environment) == text.format("3. Mai 2020\n")


def test_codes_that_are_drawn_anew_are_the_same_in_the_text(transcript: ModuleType) -> None:
    said = "A: {0}. B: {1}.\nfuli-kiri {0}\n"
    drawn = said.format("fuli-kiri-toki", "moli-romu-tilo")
    shown = said.format(*transcript.EXAMPLES)
    text = "```console\n$ printf '{}'\n{}```\n"
    command = drawn.replace("\n", "\\n")
    environment = {"PATH": os.environ["PATH"]}
    assert transcript.renewed(text.format(command, "alt\n"), environment) == text.format(
        command, shown
    )
    assert all(transcript.LEAD_CODE.fullmatch(each) for each in transcript.EXAMPLES)
