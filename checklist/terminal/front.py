"""What the course of a run needs from whatever shows it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from checklist.questionnaire import Wording
from checklist.sitting import AnySitting


class Left(Exception):  # noqa: N818 - leaving is no error
    """The respondent leaves for now; everything said is on disk."""


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
