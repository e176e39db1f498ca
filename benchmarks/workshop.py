"""A workshop with 300 phones at once: how long each request takes, and whether an answer is lost.

The server is a process of its own, as at a projector: ledger, store, guards and page are the real
ones. All phones scan at the same moment; then each joins and answers its 15 items at a pace of its
own, quicker than a person reads. Beside its requests each holds a stream of events open, and all
reload when the trainer turns a phase. In the end the store is compared with what each phone was
told. ``python -m benchmarks.workshop`` runs it alone and says more.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.limits import Limit, table
from benchmarks.phones import ROOM, Failed, Phone, Request
from benchmarks.room_process import TEAMS, prepare
from benchmarks.served import Served, answers_in
from checklist.rounds import Round

PEOPLE = 300
THINKING = 2.2
"""Seconds from a page to the next tap, on average; from half of it to one and a half."""
SECONDS, P95, P95_OF_TURNS = 60.0, 0.25, 2.0
TURNS = ("close", "reveal", "forward", "forward")
"""Orders that each change what the room sees; own results, and then the reveal, among it."""
RELOADED_AT = 7
"""Answers, after which a phone reloads."""
SEED = 20266


@dataclass(frozen=True)
class Load:
    """What a load has shown.

    Attributes
    ----------
    seconds
        From the first request to the last response sent.
    cpu
        Seconds that the server has computed in them.
    requests
        All that were answered up to then.
    turns
        Of all phones, from a turn of the phase to the whole page of the new one.
    wrong
        What went otherwise than it must, in words.
    """

    people: int
    seconds: float
    cpu: float
    requests: Sequence[Request]
    turns: Sequence[float]
    wrong: Sequence[str]

    def limits(self) -> list[Limit]:
        """Hold it against the limits."""
        seconds = [request.seconds for request in self.requests]
        name = f"workshop with {self.people} phones"
        return [
            Limit(f"{name}, until all have sent", self.seconds, SECONDS, "s"),
            Limit(f"{name}, {len(seconds):,} requests: 95th percentile", p95(seconds), P95, "s"),
            Limit(f"{name}, turn of a phase: 95th percentile", p95(self.turns), P95_OF_TURNS, "s"),
            Limit(f"{name}, errors, lost or double answers", len(self.wrong), 0, ""),
        ]

    def detail(self) -> str:
        """Say how long each kind of request took."""
        by_kind: dict[str, list[float]] = {}
        for request in self.requests:
            by_kind.setdefault(request.what, []).append(request.seconds)
        rows = [
            f"{what:18} {len(found):6}  median {1000 * median(found):7.1f} ms"
            f"  95 % {1000 * p95(found):7.1f} ms  most {1000 * max(found):7.1f} ms"
            for what, found in {**by_kind, "turn": list(self.turns)}.items()
            if found
        ]
        cpu = f"server: {1000 * self.cpu / len(self.requests):.2f} ms CPU a request"
        return "\n".join([*rows, cpu, *self.wrong[:20]])


def p95(seconds: Sequence[float]) -> float:
    """Give the 95th percentile.

    Examples
    --------
    >>> p95([float(number) for number in range(101)])
    95.0
    """
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else max(seconds)


def measure(people: int = PEOPLE, thinking: float = THINKING) -> Load:
    """Put a server under load, and compare its store with what the phones were told."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        round_ = prepare(folder)
        with Served(folder) as served:
            phones = [
                Phone(served.port, random.Random(f"{SEED}/{number}")) for number in range(people)
            ]
            load = asyncio.run(_load(served, phones, thinking))
        return replace(load, wrong=[*load.wrong, *differences(round_, phones, folder)])


def differences(round_: Round, phones: Iterable[Phone], folder: Path) -> list[str]:
    """Compare the closed round with what the phones were told: each once, with its last answers."""
    items = [item.id for item in round_.questionnaire.items]
    told = {team: Counter[str]() for team in TEAMS}
    for phone in phones:
        if phone.sent is not None:
            told[phone.team]["".join(phone.sent.get(item, "-") for item in items)] += 1
    wrong = []
    for team, found in answers_in(folder).items():
        stored = Counter(found)
        wrong += [f"{team}: lost {answers}" for answers in (told[team] - stored).elements()]
        wrong += [f"{team}: not told {answers}" for answers in (stored - told[team]).elements()]
    return wrong


async def _load(served: Served, phones: Sequence[Phone], thinking: float) -> Load:
    wrong: list[str] = []

    async def course(phone: Phone, going: Coroutine[None, None, None]) -> None:
        try:
            await going
        except (Failed, OSError, EOFError) as error:
            wrong.append(f"{phone.requests[-1:]}: {type(error).__name__}: {error}")

    began = time.perf_counter()
    await asyncio.gather(*(course(phone, take_part(phone, thinking)) for phone in phones))
    seconds = time.perf_counter() - began
    requests = [request for phone in phones for request in phone.requests]
    cpu = (await asyncio.to_thread(served.order, "look"))["cpu"] - served.cpu
    turns: list[float] = []
    for order in TURNS:
        waiting = [asyncio.create_task(course(phone, reload(phone))) for phone in phones]
        await asyncio.to_thread(served.order, order)
        await asyncio.gather(*waiting)
        turns += [phone.requests[-1].seconds for phone in phones]
    for phone in phones:
        await phone.hang_up()
    return Load(len(phones), seconds, cpu, requests, turns, wrong)


async def take_part(phone: Phone, thinking: float) -> None:
    """Join, answer, reload once on the way, and send; before each tap there is something to read.

    Raises
    ------
    Failed, OSError, EOFError
        Something is not as it has to be.
    """

    async def read() -> None:
        await asyncio.sleep(thinking * phone.chance.uniform(0.5, 1.5))

    await phone.scan()
    await read()
    await phone.join()
    await phone.listen()
    await read()
    await phone.choose_team()
    await read()
    await phone.begin()
    step = await phone.step()
    while step:
        await read()
        if len(phone.told) == RELOADED_AT and await phone.step() != step:
            raise Failed("it is somewhere else after reloading")
        if step in phone.told:
            raise Failed(f"{step} is asked again")
        await phone.answer(step)
        step = await phone.step()
    await read()
    await phone.send()
    await phone.page(ROOM)


async def reload(phone: Phone) -> None:
    """Reload as soon as the room has changed."""
    await phone.event()
    await phone.page(ROOM)


def main() -> int:
    """Put one server under load and say all that was seen."""
    load = measure(
        *(number(given) for number, given in zip((int, float), sys.argv[1:], strict=False))
    )
    print(load.detail(), table(load.limits()), sep="\n\n")
    return 0 if all(limit.met for limit in load.limits()) else 1


if __name__ == "__main__":
    sys.exit(main())
