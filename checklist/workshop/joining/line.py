"""The line to a workshop in a thread of its own, so that a person can leave whenever they like.

One thread asks for everything, one thing after the other: so what a move has changed is never
overwritten by what was asked before it. Once it knows where the seat is, it asks again every second
while nothing is to be done. What cannot be reached is tried again until it can, or until nobody
waits any more.
"""

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Condition, Event, Thread
from typing import Any, Literal, TypeVar

from checklist.workshop.joining.client import Client, Reply, Unreachable
from checklist.workshop.joining.view import View

POLL = 1.0
"""Seconds between two looks at the room."""

Trouble = Literal["", "lost", "busy"]
Given = TypeVar("Given")
Job = tuple[Callable[[], Any], "Future[Any]"]


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
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._over = Event()
        self._changed = Condition()
        self._count = 0
        Thread(target=self._run, name="joined", daemon=True).start()

    @property
    def view(self) -> View:
        """Where the seat is.

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
        """Have something done in the line's thread, as often as it takes to be reached."""
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
            self._say(self.client.room())
        except Unreachable as error:
            self._say(self._view, _trouble(error))
            self._over.wait(error.seconds - POLL)
        except Exception as error:
            self._failure = error
            self._tell()

    def _do(self, job: Callable[[], Any], future: "Future[Any]") -> None:
        while not self._over.is_set():
            try:
                given = job()
            except Unreachable as error:
                self._say(self._view, _trouble(error))
                self._over.wait(error.seconds)
                continue
            except BaseException as error:
                future.set_exception(error)
                self._say(self._view)
                self._tell()
                return
            here = given.view if isinstance(given, Reply) else given
            self._say(here if isinstance(here, View) else self._view)
            future.set_result(given)
            self._tell()
            return

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
