"""Leads a workshop, and resumes it whenever it has been killed: imports are made only once.

Called with a file for the number of the process, and what stands behind ``checklist``.
"""

import os
import sys
from pathlib import Path

import scipy.special  # noqa: F401 - what a report needs

import checklist.cli.workshop.leading
import checklist.report  # noqa: F401
from checklist.cli.program import main


def lead(arguments: list[str], told: Path) -> int:
    """Lead in a process of its own; gives what it ended with, negative for a signal."""
    process = os.fork()
    if process == 0:
        os._exit(main(arguments))
    told.write_text(str(process))
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    place, code, *arguments = sys.argv[1:]
    ended = lead(arguments, Path(place))
    while ended < 0:
        ended = lead(["workshop", "start", "--resume", code], Path(place))
    sys.exit(ended)
