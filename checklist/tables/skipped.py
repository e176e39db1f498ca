"""The file of rows that were skipped: the table's own header and rows, each with its reason.

It lies under a name of its own until it is complete. After an interruption the same table gives
the same file, which is then taken as it is; any other file is never overwritten.
"""

import csv
import filecmp
import io
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from checklist.errors import ChecklistError, Problem
from checklist.tables.mapping import TableMapping
from checklist.tables.rows import Bad


@dataclass(frozen=True)
class SkipBad:
    """Where bad rows go, and in which words.

    Attributes
    ----------
    heading
        The name of the column with the reasons.
    words
        Says what is wrong with a row.
    """

    path: Path
    heading: str
    words: Callable[[Problem], str]


@dataclass
class SkippedRows:
    """Writes bad rows, in the table's own encoding and with its delimiter.

    Raises
    ------
    ChecklistError
        ``output-exists`` and ``output-unwritable``, from all methods.
    """

    wanted: SkipBad
    mapping: TableMapping
    _file: io.TextIOWrapper | None = field(default=None, init=False)

    @property
    def _unfinished(self) -> Path:
        return self.wanted.path.with_name(f"{self.wanted.path.name}.unfinished")

    def add(self, bad: Bad) -> None:
        """Write a row."""
        words = " ".join(self.wanted.words(problem) for problem in bad.problems)
        self._write(bad.cells, words.encode(self.mapping.encoding, "replace"))

    def _write(self, cells: Sequence[str], reason: bytes) -> None:
        encoding = self.mapping.encoding
        try:
            if self._file is None:
                # Raw answers: for the owner's eyes only.
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
                number = os.open(self._unfinished, flags, 0o600)
                self._file = open(number, "w", -1, encoding, "surrogateescape", newline="")  # noqa: PTH123, SIM115
                self._row(self.mapping.header, self.wanted.heading)
            self._row(cells, reason.decode("utf-8" if encoding == "utf-8-sig" else encoding))
        except OSError as error:
            raise self._unwritable(error) from error

    def _row(self, cells: Sequence[str], last: str) -> None:
        """Write a line; a column of reasons from an earlier import makes room for the new one."""
        header = self.mapping.header
        again = header[-1] == self.wanted.heading and len(cells) == len(header)
        kept = cells[:-1] if again else cells
        csv.writer(self._file, delimiter=self.mapping.delimiter).writerow([*kept, last])  # type: ignore[arg-type]

    def finish(self) -> None:
        """Give the file its name, with everything on disk; without rows there is none."""
        if self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self.wanted.path.exists():
                self._finish_as_before()
            else:
                self._unfinished.replace(self.wanted.path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _finish_as_before(self) -> None:
        if not filecmp.cmp(self._unfinished, self.wanted.path, shallow=False):
            raise ChecklistError("output-exists", file=str(self.wanted.path))
        self._unfinished.unlink()

    def discard(self) -> None:
        """Leave nothing behind that has not got its name."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._unfinished.unlink()

    def _unwritable(self, error: OSError) -> ChecklistError:
        return ChecklistError("output-unwritable", file=str(self.wanted.path), reason=error)
