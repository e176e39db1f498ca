"""The line to a workshop in a thread of its own, so that a person can leave whenever they like.

One thread asks for everything, one thing after the other: so what a move has changed is never
overwritten by what was asked before it. Once it knows where the seat is, it asks again every second
while nothing is to be done. What cannot be reached is tried again until it can, or until nobody
waits any more. Only in the last phase a page that is closed is no trouble but the end.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any, Literal, TypeVar

from checklist.workshop.joining.client import Client, Reply, Unreachable
from checklist.workshop.joining.view import View

POLL = 1.0
"""Seconds between two looks at the room."""

GONE = 10.0
"""Seconds without an answer, the first of them refused, after which the last phase is over.

A machine that sleeps or lost its network does not refuse; one whose program has stopped does.
"""
LAST = "plan"
"""The kind of view after which nothing comes but the end."""

Trouble = Literal["", "lost", "busy"]
Given = TypeVar("Given")
Job = tuple[Callable[[], Any], "Future[Any]"]


class Gone(Exception):  # noqa: N818 - a state
    """The workshop is over, and nobody takes what was to be said."""


class Line:
    """Follows the room, and makes one move after the other.

    Attributes
    ----------
    trouble
        ``lost`` where the page cannot be reached just now, ``busy`` where it asks to wait; else
        empty.

    Parameters
    ----------
    client
        Used by this line's thread alone, once it has started.
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.trouble: Trouble = ""
        self._view: View | None = None
        self._failure: Exception | None = None
        self._refused_at: float | None = None
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._over = Event()
        self._changed = Condition()
        self._count = 0
        Thread(target=self._run, name="joined", daemon=True).start()

    @property
    def view(self) -> View:
        """Where the seat is; at the end also where the page has gone without saying so.

        Raises
        ------
        NoSeat, ChecklistError
            What ended following the room.
        """
        if self._failure is not None:
            raise self._failure
        assert self._view is not None
        return self._view

    @property
    def count(self) -> int:
        """Goes up with everything that is new."""
        return self._count

    def wait(self, until: Callable[[], bool], seconds: float) -> None:
        """Wait until something holds, for so long at most; looked at whenever there is news."""
        with self._changed:
            self._changed.wait_for(until, seconds)

    def submit(self, job: Callable[[], Given]) -> "Future[Given]":
        """Have something done in the line's thread, as often as it takes to be reached.

        The future raises ``Gone`` where the page has gone for good.
        """
        future: Future[Given] = Future()
        self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Stop following; nobody waits for what is still under way."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                job, future = self._jobs.get(timeout=POLL)
            except Empty:
                if self._view is not None and self._failure is None:
                    self._look()
            else:
                self._do(job, future)
        self.client.close()

    def _look(self) -> None:
        try:
            view = self.client.room()
        except Unreachable as error:
            if not self._has_gone(error):
                self._say(self._view, _trouble(error))
                self._over.wait(error.seconds - POLL)
        except Exception as error:
            self._failure = error
            self._tell()
        else:
            self._refused_at = None
            self._say(view)

    def _do(self, job: Callable[[], Any], future: "Future[Any]") -> None:
        while not self._over.is_set():
            try:
                given = job()
            except Unreachable as error:
                if self._has_gone(error):
                    future.set_exception(Gone())
                    self._tell()
                    return
                self._say(self._view, _trouble(error))
                self._over.wait(error.seconds)
                continue
            except BaseException as error:
                future.set_exception(error)
                self._say(self._view)
                self._tell()
                return
            self._refused_at = None
            here = given.view if isinstance(given, Reply) else given
            self._say(here if isinstance(here, View) else self._view)
            future.set_result(given)
            self._tell()
            return

    def _has_gone(self, error: Unreachable) -> bool:
        """Note that the page was not reached; True, and over, once that is no trouble any more."""
        if self._refused_at is None and isinstance(error.__cause__, ConnectionRefusedError):
            self._refused_at = monotonic()
        view = self._view
        if view is None or self._refused_at is None or monotonic() - self._refused_at < GONE:
            return False
        if view.kind == LAST:
            self._say(replace(view, kind="over"))
        return view.kind in (LAST, "over")

    def _say(self, view: View | None, trouble: Trouble = "") -> None:
        if view != self._view or trouble != self.trouble:
            self._view, self.trouble = view, trouble
            self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()


def _trouble(error: Unreachable) -> Trouble:
    return "busy" if error.is_busy else "lost"
