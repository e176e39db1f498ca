"""Errors that users can do something about.

An error is raised where it is found and carries a code and the values of its sentence; the words
("what happened" and "what to do now") stand in ``locale/*.toml``. They are shown in one place only,
``cli/failure.py``.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file; its words are ``problem.<code>.what`` and ``.remedy``."""

    code: str
    place: str = ""
    """Where it is: ``file:line``, or ``file:line:column`` where TOML itself is broken."""
    values: dict[str, Any] = field(default_factory=dict)


class ChecklistError(Exception):
    """An expected error with a remedy.

    Parameters
    ----------
    code
        Names the words: ``error.<code>.what`` and ``error.<code>.remedy``.
    problems
        All that is wrong in a file, shown a line each below the sentence.
    values
        What is filled into the words.
    """

    exit_code = 1

    def __init__(
        self, code: str, /, *, problems: tuple[Problem, ...] = (), **values: object
    ) -> None:
        super().__init__(code, values)
        self.code = code
        self.problems = problems
        self.values = values


class WrongUsage(ChecklistError):  # noqa: N818 - says what it is
    """The command line itself is wrong; the program ends with exit code 2."""

    exit_code = 2
