"""Everything that is to be said about one questionnaire file, error or warning, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from checklist.bank import read
from checklist.bank.lines import Lines
from checklist.cli.failure import words
from checklist.errors import ChecklistError, Problem
from checklist.i18n import Texts
from checklist.proofreading import proofread
from checklist.questionnaire import Questionnaire
from checklist.render.plain import one_line

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or not as it should be."""

    file: Path
    level: Level
    code: str
    key: str
    """Where its words are: ``<key>.what`` and ``<key>.remedy``."""
    line: int | None = None
    column: int | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The file's name, with line and column as far as there are any."""
        numbers = (number for number in (self.line, self.column) if number is not None)
        return ":".join([self.file.name, *map(str, numbers)])

    def sentence(self, texts: Texts) -> str:
        """Say it in one line for people."""
        said = " ".join(words(self.key, self.values, texts))
        if self.level == "warning":
            said = texts("check.warning", said=said)
        return one_line(f"{self.place}: {said} [{self.code}]")

    def plain(self, texts: Texts) -> dict[str, object]:
        """Give it for other programs."""
        what, remedy = words(self.key, self.values, texts)
        return {
            "file": str(self.file),
            "line": self.line,
            "column": self.column,
            "level": self.level,
            "code": self.code,
            "what": what,
            "remedy": remedy,
        }


@dataclass(frozen=True)
class Checked:
    """A file, what there is to say about it in the order of its lines, and what it holds."""

    file: Path
    findings: tuple[Finding, ...]
    questionnaire: Questionnaire | None = None


def checked(file: Path, earlier: dict[str, Questionnaire]) -> Checked:
    """Check one file; it is proofread once it has no errors.

    Parameters
    ----------
    file
        A questionnaire file.
    earlier
        Earlier versions by their ids.
    """
    try:
        questionnaire = read(file)
    except ChecklistError as error:
        if error.problems:
            return Checked(file, tuple(_error(file, problem) for problem in error.problems))
        key = f"error.{error.code}"
        return Checked(file, (Finding(file, "error", error.code, key, values=error.values),))
    notes = proofread(questionnaire, earlier.get(questionnaire.id))
    lines = Lines(questionnaire.toml) if notes else None
    found = [
        Finding(
            file,
            "warning",
            note.rule,
            f"warning.{note.rule}",
            lines.of(note.path) if lines else None,
            values=note.values,
        )
        for note in notes
    ]
    found.sort(key=lambda finding: finding.line or 0)
    return Checked(file, tuple(found), questionnaire)


def _error(file: Path, problem: Problem) -> Finding:
    numbers = problem.place.removeprefix(file.name).split(":")[1:]
    line, column = [*map(int, numbers), None, None][:2]
    key = f"problem.{problem.code}"
    return Finding(file, "error", problem.code, key, line, column, problem.values)
