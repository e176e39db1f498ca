"""A person who takes part in a workshop by lines, and a trainer who leads it meanwhile."""

import io
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread

from checklist.i18n import Texts
from checklist.workshop import moves
from checklist.workshop.room import Room
from tests.phones import CODE

DEADLINE = 30.0
LEFT = Event()
"""Set once a person has left in a way that a trainer does not expect."""


def until(holds: Callable[[], object]) -> None:
    """Wait for something another thread does."""
    end = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < end, "it did not come"
        assert not LEFT.is_set(), "nobody is there any more"
        Event().wait(0.02)


class Out(io.StringIO):
    """A stream that can write every sign."""

    encoding = "utf-8"


class Person(io.TextIOBase):
    """Types what belongs to the question that was asked last, and is heard of by nobody else.

    Each question has a list of answers, taken one after the other; the last one stays.
    """

    def __init__(self, answers: Mapping[str, list[str]], rest: str = "4") -> None:
        self.out = Out()
        self._answers = {question: list(given) for question, given in answers.items()}
        self._rest = rest
        self._read = 0

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        self._read += 1
        assert self._read < 100, self.heard.partition("nicht verst")[0][-1500:]
        asked = " ".join(self.out.getvalue()[-1500:].split())
        found = max(self._answers, key=lambda question: asked.rfind(question), default="")
        if found and asked.rfind(found) > asked.rfind(self._mark):
            given = self._answers[found]
            line = given.pop(0) if len(given) > 1 else given[0]
        else:
            line = self._rest
        if line == "<stop>":
            raise KeyboardInterrupt
        self.out.write(f"{line}\n{self._mark}\n")
        return f"{line}\n"

    _mark = "=" * 5

    @property
    def heard(self) -> str:
        return " ".join(self.out.getvalue().split())


@contextmanager
def trained(lead: Callable[[], None], room: Room) -> Iterator[None]:
    """Have a trainer lead the room in a thread of their own; it ends whatever happens."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            lead()
        except BaseException as error:
            failed.append(error)
            room.change(moves.ended)

    thread = Thread(target=run)
    thread.start()
    LEFT.clear()
    try:
        yield
    except BaseException:
        LEFT.set()
        raise
    finally:
        thread.join(DEADLINE)
    assert not thread.is_alive()
    assert not failed, failed


def everything(texts: Texts, **changed: list[str]) -> dict[str, list[str]]:
    """Give an answer to everything that a workshop asks."""
    ends = {
        "code": (texts("joining.code-question"), [CODE]),
        "who": (texts("joining.someone-else"), ["1"]),
        "team": (texts("sending.team-question"), ["2"]),
        "review": (texts("lines.review-send")[-30:], [""]),
        "wish": ("bräuchten" if texts.language == "de" else "would you need", ["Mehr Zeit"]),
        "obstacle": ("Was vertreibt" if texts.language == "de" else "What drives", [""]),
        "third": (texts("lines.answer", most=3), ["3"]),
        "compare": (texts("joining.compare-new"), ["2"]),
        "send": (texts("joining.not-now"), ["1"]),
        "keep": (texts("joining.keep-no"), ["1"]),
        "sent": (f"2 {texts('joining.withdraw')}", [""]),
        "step": (f"1 {texts('joining.take-step')}", ["1", ""]),
        "which": (texts("joining.no-step"), ["1"]),
        "own": (texts("joining.own-result"), [""]),
        "back": (texts("joining.back"), ["1"]),
        "votes": (texts("joining.vote-none"), ["2"]),
        "more": (texts("joining.vote-enough"), ["2", "3"]),
        "again": (texts("joining.vote-again"), [""]),
        "plan": (texts("joining.plan-not"), ["1"]),
        "when": (texts("joining.plan-when")[-20:], ["Wenn es klingelt,"]),
        "then": (texts("joining.plan-then", when="es klingelt")[-20:], ["hebe ich ab."]),
        "partner": (texts("joining.plan-partner", nobody="-")[-20:], ["K."]),
        "replan": (texts("joining.plan-again"), [""]),
    }
    return {
        " ".join(said.split()): changed.get(name, given) for name, (said, given) in ends.items()
    }
