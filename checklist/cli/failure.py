"""The one place that shows errors: expected ones with a remedy, ours with a log file, Ctrl-C."""

import errno
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import TextIO

import typer

from checklist import __version__
from checklist.cli.session import Session
from checklist.errors import ChecklistError, Problem
from checklist.home import home
from checklist.i18n import Texts
from checklist.render.plain import one_line

EXPECTED, USAGE, FAULT, INTERRUPTED = 1, 2, 3, 130
LOG = "fault.log"

REASONS = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "no-folder",
    errno.EEXIST: "exists",
    errno.ENAMETOOLONG: "long-name",
    errno.ENOSPC: "disk-full",
    errno.EROFS: "read-only",
}
"""What the system says, for which we have words: its own are English."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def guarded(run: Callable[[], int], session: Session, *, debug: bool) -> int:
    """Run something and give its exit code; whatever goes wrong is shown here and nowhere else."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except ChecklistError as error:
        _say(sentence(error, session.texts), session)
        return error.exit_code
    except typer.TyperException as error:
        from checklist.cli.usage import explained

        _say(explained(error, session.texts), session)
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        _say(session.texts("failure.interrupted"), session)
        return INTERRUPTED
    except BrokenPipeError:
        _silence(sys.stdout)  # whoever read our output has enough
        return EXPECTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            _silence(sys.stdout)
            _say(sentence(ChecklistError("no-room", reason=error), session.texts), session)
            return EXPECTED
        if debug:
            traceback.print_exception(error)
        _say(session.texts("failure.fault", log=_log(error)), session)
        return FAULT


def _say(text: str, session: Session) -> None:
    """Say something where that is possible; the exit code has to come out right in any case."""
    try:
        session.say(text)
    except OSError:
        _silence(sys.stderr)


def _silence(stream: TextIO) -> None:
    """Lead a stream nowhere, so that the interpreter does not complain of it while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def sentence(error: ChecklistError, texts: Texts) -> str:
    """Say what happened and what to do, and below it everything that is wrong in a file."""
    said = _both(f"error.{error.code}", error.values, texts)
    return "\n".join([said, *(problem_line(problem, texts) for problem in error.problems)])


def problem_line(problem: Problem, texts: Texts) -> str:
    """Say one problem of a file, as ``file:line: what is wrong. What to do.``."""
    said = _both(f"problem.{problem.code}", problem.values, texts)
    return one_line(f"{problem.place}: {said}" if problem.place else said)


def words(key: str, values: dict[str, object], texts: Texts) -> tuple[str, str]:
    """Say what is wrong, and what to do about it."""
    shown = {name: _shown(value, texts) for name, value in values.items()}
    return texts(f"{key}.what", **shown), texts(f"{key}.remedy", **shown)


def _both(key: str, values: dict[str, object], texts: Texts) -> str:
    return one_line(" ".join(words(key, values, texts)))


def _shown(value: object, texts: Texts) -> object:
    if isinstance(value, OSError):
        return _reason(value, texts)
    return texts.day(value) if isinstance(value, date) else value


def _reason(error: OSError, texts: Texts) -> str:
    known = REASONS.get(error.errno or 0)
    return texts(f"reason.{known}") if known else texts("reason.unknown", number=error.errno or "?")


def _log(error: Exception) -> str:
    """Write to a file where it happened; no answer of anybody stands in it."""
    entry = f"{datetime.now(UTC).isoformat()} checklist {__version__}\n{_trace(error)}\n"
    for folder in (home(os.environ), Path(gettempdir())):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (folder / LOG).open("a", encoding="utf-8", errors="replace") as log:
                log.write(entry)
        except OSError:
            continue
        return str(folder / LOG)
    return "-"


def _trace(error: BaseException) -> str:
    """Write a traceback without what the errors say: an answer may be quoted there."""
    before = error.__cause__ or error.__context__
    here = "".join(traceback.format_tb(error.__traceback__))
    return f"{_trace(before) if before else ''}{here}{type(error).__name__}\n"
