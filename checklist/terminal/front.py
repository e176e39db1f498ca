"""What the course of a run needs from whatever shows it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from checklist.questionnaire import Wording
from checklist.render.blocks import Block
from checklist.sitting import AnySitting


class Left(Exception):  # noqa: N818 - leaving is no error
    """The respondent leaves for now; everything said is on disk."""


@dataclass(frozen=True)
class Sight:
    """What there is to be seen while something else goes on by itself.

    Attributes
    ----------
    blocks
        What is shown.
    offers
        What can be done meanwhile, in words; at most nine.
    note
        Stands above it all, such as that the network is gone; empty where there is nothing.
    """

    blocks: tuple[Block, ...]
    offers: tuple[str, ...] = ()
    note: str = ""


Look = Callable[[float], Sight | None]
"""Gives what there is to be seen now, after waiting up to so many seconds for something new;
``None`` once it is over."""


class Front(Protocol):
    """A way to show an interview and to take its answers.

    Every method raises ``Left`` when the respondent leaves, ``EOFError`` when no input can come any
    more, and ``KeyboardInterrupt`` on Ctrl-C.
    """

    def cards(self) -> AbstractContextManager[None]:
        """Open what the cards are shown on; everything but ``pick`` happens inside."""
        ...

    def welcome(self, wording: Wording) -> None:
        """Say what is asked, how long it takes and who sees the answers; wait for a start."""
        ...

    def choose(self, question: str, options: Sequence[str]) -> int:
        """Have one of several options chosen; gives its place, from 0."""
        ...

    def ask(self, question: str) -> str:
        """Have a short text typed, such as a code; gives it without blanks around, never empty."""
        ...

    def tell(self, message: str) -> None:
        """Say something that must have been read before it goes on."""
        ...

    def converse(self, sitting: AnySitting, wording: Wording) -> None:
        """Lead through the interview until the review is confirmed."""
        ...

    def pick(self, question: str, count: int) -> list[int]:
        """Have any of ``count`` numbered things picked, below them; gives places, from 0."""
        ...

    def watch(self, look: Look) -> int | None:
        """Show what there is to be seen, renewed as it changes; what is typed is no answer.

        Returns
        -------
        int or None
            The place of the offer that was taken, from 0; ``None`` once there is no more to see.
        """
        ...

    def heeding(self, check: Callable[[], None]) -> AbstractContextManager[None]:
        """Call something now and then while the respondent is waited for.

        What it raises ends the waiting. Where lines are read it is never called: a line that is
        being typed is waited for whatever happens.
        """
        ...
