"""The process is killed at random moments: whatever was answered is found afterwards.

Two hundred kills in all: 160 hit a process that answers as fast as the disk lets it, and 40 the
program itself in a terminal.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.interview import Response
from checklist.journal import Journal
from tests.terminal.answering import found, state
from tests.terminal.emulator import DEADLINE, Emulator

Open = Callable[..., Emulator]

QUESTIONNAIRE = Bank(None).load("anti-churn")
ASKED = QUESTIONNAIRE.asked
STEPS = len(ASKED) + len(QUESTIONNAIRE.reflections)
DE = Texts("de")
ROOT = Path(__file__).parents[2]


class Answering:
    """A process that answers, and tells each move before it makes it and when it is made."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.terminal.answering", str(home)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def begin(self, seed: int) -> int:
        """Have it answer anew; gives the process to be killed."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{seed}\n".encode())
        self._process.stdin.flush()
        return int(self.told()["pid"])

    def told(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "it has ended by itself"
        return dict(json.loads(line))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(DEADLINE)


@contextmanager
def answering(home: Path) -> Iterator[Answering]:
    home.mkdir()
    process = Answering(home)
    try:
        yield process
    finally:
        process.close()


@pytest.mark.parametrize("chunk", range(4))
def test_forty_kills_while_answers_are_written(terminal: Open, home: Path, chunk: int) -> None:
    random = Random(chunk)
    confirmed, in_a_move = state(None, 0), 0
    with answering(home) as process:
        for turn in range(40):
            victim = process.begin(1000 * chunk + turn)
            about: dict[str, Any] | None = None
            moves, until = random.randrange(30), time.monotonic() + DEADLINE
            pause = random.choice((0.0, random.uniform(0, 0.002), random.uniform(0, 0.01)))
            killed = False
            while "ended" not in (told := process.told()):
                about = told.get("about", about)
                if "done" in told:
                    assert about is not None
                    confirmed, about, moves = about, None, moves - 1
                if not killed and moves <= 0:
                    time.sleep(pause)
                    os.kill(victim, signal.SIGKILL)
                    killed = True
                assert time.monotonic() < until
            assert told["ended"] == signal.SIGKILL
            in_a_move += about is not None
            there = found(home, QUESTIONNAIRE)
            assert there in (confirmed, about), f"kill {turn} of chunk {chunk}"
            confirmed = there
    assert in_a_move, "no kill has hit a move: this shows nothing"
    offered = terminal("run", "anti-churn")
    if confirmed["draft"] is None:
        offered.wait_for(DE("welcome.keys")[:10])
    else:
        offered.wait_for(DE.count("resume.answers", len(confirmed["draft"][0])))


def draft_in(home: Path) -> Response | None:
    with closing(Journal(home)) as journal:
        draft = journal.drafts.find("anti-churn", "self")
        return draft.response if draft else None


def cards_passed(terminal: Emulator) -> int:
    """How many items lie before the last card that was drawn."""
    drawn = re.findall(POSITION, terminal.written)
    return int(drawn[-1]) - 1 if drawn else 0


POSITION = DE("card.position", place="(\\d+)", total=STEPS)
Turn = list[tuple[str, int, str]]
"""What is typed in one turn: item, option and comment, one after the other."""


def typed_by(random: Random, start: int, word: str) -> Turn:
    items = ASKED[start : start + random.randrange(7)]
    return [
        (item.id, random.randint(1, 5), word if random.random() < 0.3 else "") for item in items
    ]


def possible(before: Response | None, base: Response, typed: Turn, least: int) -> list[Response]:
    """Give all states in which the journal may be: with at least the answers that were confirmed.

    A comment is on disk before its answer; and a draft stays until something new is said.
    """
    states = []
    for count in range(least, len(typed) + 1):
        answers = dict(base.answers) | {item: option for item, option, _ in typed[:count]}
        for commented in (count, count + 1):
            comments = {item: word for item, _, word in typed[:commented] if word}
            states.append(Response(answers, {**base.comments, **comments}))
    return [before if before and said == Response() else said for said in states]


@pytest.mark.parametrize("chunk", range(4))
def test_ten_kills_of_the_program_in_a_terminal(terminal: Open, home: Path, chunk: int) -> None:
    random, before = Random(100 + chunk), None
    for turn in range(10):
        program = terminal("run", "anti-churn")
        base = before or Response()
        if before is None:
            program.wait_for(DE("welcome.keys")[:10]).send("\r")
        else:
            program.wait_for(DE("resume.go-on"))
            assert DE.count("resume.answers", len(before.answers)) in program.text
            afresh = len(before.answers) > len(ASKED) - 6
            base = Response() if afresh else before
            program.send("2\r" if afresh else "1")
        start = len(base.answers)
        typed = typed_by(random, start, f"Wort{turn}")
        for _, option, word in typed:
            program.send(f"k\x15{word}\r{option}" if word else f"{option}")
            program.settle(random.uniform(0, 0.02))
        program.settle(random.uniform(0, 0.12)).kill(signal.SIGKILL)
        assert program.exit_code() == -signal.SIGKILL
        least = max(cards_passed(program) - start, 0)
        there = draft_in(home)
        assert (there or Response()) in possible(before, base, typed, least), f"kill {turn}"
        before = there
    program = terminal("run", "anti-churn")
    if before is not None:
        program.wait_for(DE.count("resume.answers", len(before.answers)))
