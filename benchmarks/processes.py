"""Whole processes: how long one takes, and how much memory it holds at its peak."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.pairs import Comparison

MEBIBYTE = 1 << 20
SILENT = subprocess.DEVNULL


@dataclass(frozen=True)
class Spent:
    """What a process has cost: seconds, and mebibytes at its peak."""

    seconds: float
    peak: float


def spent(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a Python process to its end.

    The system counts the memory of whoever starts a process towards that process, so that this one
    must be small itself: it neither imports pandas nor holds data.

    Raises
    ------
    RuntimeError
        It did not end well.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=SILENT, stderr=SILENT
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"exit code {process.returncode}: {arguments}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Spent(seconds, usage.ru_maxrss * unit / MEBIBYTE)


@dataclass(frozen=True)
class Measured(Comparison):
    """A comparison with a budget of memory besides, or of the size of what is written.

    Parameters
    ----------
    peak
        Our highest, in mebibytes; of a page its size, in megabytes.
    most
        The highest that is allowed.
    """

    peak: float = 0.0
    most: float = 0.0

    @property
    def met(self) -> bool:
        """Whether both ratio and memory or size keep within their budgets."""
        return super().met and self.peak <= self.most
