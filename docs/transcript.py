"""Runs the shell transcripts in the documentation, and checks or renews what stands below them.

A transcript is a fenced block marked ``console``; all blocks of a file are one session in one empty
folder. A block marked ``toml`` whose first line is ``# NAME.toml`` is written to that file when the
session comes to it, as the reader does in an editor.
``python docs/transcript.py`` writes the outputs anew, with ``--check`` it only compares. Codes for
leads are drawn anew each time; the same examples stand for them in the text.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

FILES = [Path(__file__).with_name(name) for name in ("rounds.md", "writing-questionnaires.md")]
BLOCK = re.compile(
    r"^```console\n(?P<console>.*?)^```$|^```toml\n# (?P<file>[\w-]+\.toml)\n(?P<toml>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
DAY = re.compile(r"\b\d{1,2}\. [A-ZÄ][a-zä]+ \d{4}\b")
LEAD_CODE = re.compile(r"\b(?:[fklmrst][aiou]){2}(?:-(?:[fklmrst][aiou]){2}){2}\b")
EXAMPLES = ("kofi-lamu-rasu", "tilo-sura-fami", "muko-lira-tasu")
END = "-- end of a command --"
SECONDS = 300


def renewed(text: str, environment: Mapping[str, str]) -> str:
    """Run all transcripts of a text and give the text with what they print now."""
    blocks = [_commands(block) for block in BLOCK.finditer(text)]
    outputs = iter(_run([command for block in blocks for command in block], environment))
    fresh = iter([[(command, next(outputs)) for command in block] for block in blocks])

    def block(found: re.Match[str]) -> str:
        lines = "".join(f"$ {command}\n{output}" for command, output in next(fresh))
        return found[0] if found["console"] is None else f"```console\n{lines}```"

    return BLOCK.sub(block, text)


def compared(text: str, environment: Mapping[str, str]) -> str:
    """Give the difference between a text and what its transcripts print now; days may differ."""
    fresh = renewed(text, environment)
    before, after = (DAY.sub("DAY", each).splitlines(True) for each in (text, fresh))
    return "".join(unified_diff(before, after, "written", "printed now"))


def _commands(block: re.Match[str]) -> list[str]:
    """Find the commands of a block; after a backslash or ``do`` one goes on in the next line."""
    if block["console"] is None:
        return [f"cat > {block['file']} <<'{END}'\n{block['toml']}{END}"]
    commands: list[str] = []
    goes_on = False
    for line in block["console"].splitlines():
        if goes_on:
            commands[-1] += f"\n{line}"
        elif line.startswith("$ "):
            commands.append(line[2:])
        else:
            continue
        goes_on = line.endswith(("\\", "; do"))
    return commands


def _run(commands: list[str], environment: Mapping[str, str]) -> list[str]:
    script = "".join(f"{command}\necho '{END}'\n" for command in commands)
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            ["bash", "--noprofile", "--norc"],
            input=script,
            env={**environment, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
    parts = _steady(done.stdout).split(f"{END}\n")
    return [part.removeprefix("\n") for part in parts][: len(commands)]


def _steady(printed: str) -> str:
    """Put the same codes for leads, in the order in which they come, in place of drawn ones."""
    drawn = dict.fromkeys(LEAD_CODE.findall(printed))
    shown = dict(zip(drawn, EXAMPLES, strict=False))
    return LEAD_CODE.sub(lambda found: shown.get(found[0], found[0]), printed)


def _environment(folder: str) -> dict[str, str]:
    """Give what a person's shell would have, with a home of its own."""
    kept = {name: os.environ[name] for name in ("LANG", "TERM") if name in os.environ}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**kept, "PATH": path, "HOME": folder, "CHECKLIST_LANG": "de", "LC_ALL": "C.UTF-8"}


def main() -> int:
    """Renew all files, or check them."""
    failed = False
    for path in FILES:
        text = path.read_text("utf-8")
        with TemporaryDirectory() as folder:
            if "--check" in sys.argv:
                difference = compared(text, _environment(folder))
                failed = failed or bool(difference)
                sys.stdout.write(difference)
            else:
                path.write_text(renewed(text, _environment(folder)), "utf-8", newline="\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
