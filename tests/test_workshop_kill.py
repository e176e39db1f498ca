"""The server of a workshop is killed fifty times under load: nothing that was confirmed is lost.

Sixty phones answer, send, change an answer and send again, as fast as they are served. Each knows
what it was told is kept; what was on its way when the server died may have been done or not. After
each restart it looks at the whole of its seat; in the end the round is compared with all of them.
Half of the kills come at any moment, half as soon as the next phone is told that something is kept.

With a ledger that confirms before it commits, this failed after two to five kills in each of three
runs. A power cut is no part of it: what a killed process has written, the system still keeps.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import pytest

from benchmarks.phones import DIGITS, WORDS, Failed, Phone
from benchmarks.room_process import KEY, LEDGER, TEAMS, prepare
from benchmarks.served import answers_in
from checklist.interview import Mark
from checklist.rounds import Round
from checklist.workshop.ledger import Ledger

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")

KILLS, PHONES = 50, 60
LONGEST_LIFE = 0.4
"""Seconds that a server serves until it is killed, at most."""
PAUSE = 0.05
"""Seconds until a phone tries again to reach a server that is gone."""
DEADLINE = 300.0
"""Seconds after which something hangs."""
ROOT = Path(__file__).parents[1]
NAMED = 3
"""The first items, whose answers say which phone it is: 5^3 of them can be told apart."""
GONE = (OSError, EOFError, ValueError)
"""What a request comes to when the server dies."""
SAID = {"-": Mark.LEFT_OPEN.value, ".": Mark.DID_NOT_OCCUR.value}

Answers = dict[str, str]


@dataclass
class Tried:
    """A phone that does not give up, and never believes more than it was told.

    Attributes
    ----------
    told
        The answers that are kept.
    asked
        An answer that was on its way when the server died.
    confirmed
        The answers of the last response that was confirmed; ``None`` before.
    possible
        What was on its way since: any of it may stand in the round instead.
    place
        Where it was told it is.
    lost, done_though_lost
        How often a server died with an answer on its way; of these, how often it was kept.
    """

    phone: Phone
    server: "Server"
    items: list[str]
    name: str
    told: Answers = field(default_factory=dict)
    asked: tuple[str, str] | None = None
    confirmed: Answers | None = None
    possible: list[Answers] = field(default_factory=list)
    place: int = 0
    lost: int = 0
    done_though_lost: int = 0

    async def go_on(self, over: asyncio.Event) -> None:
        """Take part until it is over."""
        while not over.is_set():
            try:
                if not self.phone.token:
                    await self.phone.post("/join", key=KEY)
                view = await self.look()
                await self.act(view)
            except GONE:
                self.lost += self.asked is not None or bool(self.possible)
                await self.phone.hang_up()
                await asyncio.sleep(PAUSE)

    async def look(self) -> dict[str, Any]:
        """Reload, and compare all that is there with what was told."""
        view: dict[str, Any] = json.loads((await self._room()).body)
        answers = {item: _sign(said) for item, said in view["answers"].items()}
        expected = [(self.told, self.place)]
        if self.asked is not None:
            expected.append(self._with(*self.asked))
        assert (answers, view["place"]) in expected, self.name
        if self.asked is not None and answers == expected[-1][0] != self.told:
            self.done_though_lost += 1
        self.told, self.place = answers, view["place"]
        self.asked = None
        return view

    async def _room(self) -> Any:
        done = await self.phone.get("/room", "application/json")
        if done.status != 200:
            raise Failed(f"/room: {done.status}, the seat of {self.name} is gone")
        return done

    async def act(self, view: dict[str, Any]) -> None:
        """Do the next thing."""
        chance = self.phone.chance
        match view["kind"]:
            case "notice" if not view["team"]:
                self.phone.team = chance.choice(TEAMS)
                await self.phone.post("/team", team=self.phone.team)
            case "notice":
                await self.phone.post("/begin")
            case "question":
                await self.answer(self.items[view["place"]])
            case "review":
                await self.send()
            case "sent":
                await self.answer(chance.choice(self.items[NAMED:]))
            case other:
                raise Failed(other)

    async def answer(self, step: str) -> None:
        """Answer a step; the first ones say who this is."""
        at = self.items.index(step)
        said = self.name[at] if at < NAMED else self.phone.chance.choice(DIGITS)
        self.asked = step, said
        await self.phone.post("/answer", step=step, what=WORDS.get(said, said))
        self.server.strike_if_wanted()
        self.told, self.place = self._with(step, said)
        self.asked = None

    async def send(self) -> None:
        """Send the response as it is."""
        self.possible.append(dict(self.told))
        await self.phone.post("/send", texts="no", compare="no")
        self.server.strike_if_wanted()
        self.confirmed, self.possible = dict(self.told), []

    def _with(self, step: str, said: str) -> tuple[Answers, int]:
        """Tell where an answer leads: to the next step, or back to the review it came from."""
        end = len(self.items)
        place = end if self.place == end else self.items.index(step) + 1
        return {**self.told, step: said}, place


def _sign(said: int | str) -> str:
    return next((sign for sign, word in SAID.items() if word == said), str(said))


class Server:
    """The server, which is killed and started again on the same port."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process, self._folder = process, folder
        self.port = self._pid = 0
        self._struck: asyncio.Event | None = None

    def start(self) -> None:
        told = self._tell(start=str(self._folder), port=self.port)
        assert self.port in (0, told["port"])
        self.port, self._pid = told["port"], told["pid"]

    async def struck(self) -> None:
        """Have the next phone that is told something kill the server in that moment."""
        self._struck = asyncio.Event()
        await self._struck.wait()

    def strike_if_wanted(self) -> None:
        if self._struck is not None:
            os.kill(self._pid, signal.SIGKILL)
            self._struck.set()
            self._struck = None

    def kill(self) -> None:
        """Kill it, unless that is done, and wait for its end."""
        assert self._tell(kill=True) == {"ended": signal.SIGKILL}

    def close_round(self) -> None:
        self._tell(order="close")

    def _tell(self, **order: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(order), file=self._process.stdin, flush=True)
        told = self._process.stdout.readline()
        assert told, "it has ended by itself"
        return dict(json.loads(told))


@contextmanager
def server_of(folder: Path) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.workshop_child"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Server(process, folder)
        finally:
            process.kill()


async def killed_again_and_again(server: Server, all_: list[Tried], random: Random) -> None:
    """Let phones take part, and kill the server at random moments."""
    over = asyncio.Event()
    async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
        for each in all_:
            group.create_task(each.go_on(over))
        for number in range(KILLS):
            # The moment of the kill, not a wait for anything.
            await asyncio.sleep(random.uniform(0, LONGEST_LIFE))
            if number % 2:
                await server.struck()
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
        await until(lambda: all(each.confirmed is not None for each in all_))
        over.set()
    for each in all_:
        await each.look()
        await each.phone.hang_up()


async def until(there: Callable[[], bool]) -> None:
    began = monotonic()
    while not there():
        assert monotonic() - began < DEADLINE
        await asyncio.sleep(0.02)


def test_fifty_kills_under_load(tmp_path: Path) -> None:
    round_ = prepare(tmp_path)
    items = [item.id for item in round_.questionnaire.asked]
    with server_of(tmp_path) as server:
        server.start()
        all_ = [
            Tried(Phone(server.port, Random(number)), server, items, _name(number))
            for number in range(PHONES)
        ]
        asyncio.run(killed_again_and_again(server, all_, Random(50)))
        server.close_round()
        server.kill()

    assert wrong_in_the_round(round_, all_, tmp_path) == []
    assert_ledger_agrees(all_, tmp_path)
    lost, done = (
        sum(getattr(each, name) for each in all_) for name in ("lost", "done_though_lost")
    )
    assert lost > KILLS, "kills that strike nobody show little"
    assert done > 0, "none struck between the disk and the phone"


def wrong_in_the_round(round_: Round, all_: list[Tried], folder: Path) -> list[str]:
    """Compare the closed round with the phones: each once, with what was confirmed last."""
    order = [item.id for item in round_.questionnaire.items]
    first = [order.index(item) for item in all_[0].items[:NAMED]]
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for team, rows in answers_in(folder).items():
        for row in rows:
            found["".join(row[at] for at in first)].append((team, row))
    wrong = []
    for each in all_:
        assert each.confirmed is not None
        may_be = [
            (each.phone.team, "".join(answers[item] for item in order))
            for answers in (each.confirmed, *each.possible)
        ]
        there = found.pop(each.name, [])
        if len(there) != 1 or there[0] not in may_be:
            wrong.append(f"{each.name}: {there} is none of {may_be}")
    return [*wrong, *(f"nobody is {name}: {rows}" for name, rows in found.items())]


def assert_ledger_agrees(all_: list[Tried], folder: Path) -> None:
    """Look into the ledger itself: it has closed, and every seat holds what its phone was told."""
    ledger = Ledger(folder / LEDGER)
    try:
        assert ledger.workshop.closed
        seated = [
            {item: _sign(said) for item, said in seat.response.answers.items()}
            for seat in ledger.seats.values()
            if seat.begun
        ]
    finally:
        ledger.close()
    assert sorted(map(str, (sorted(each.items()) for each in seated))) == sorted(
        str(sorted(each.told.items())) for each in all_
    )


def _name(number: int) -> str:
    """Give the answers to the first items by which a phone is known."""
    return "".join("12345"[number // 5**place % 5] for place in range(NAMED))
