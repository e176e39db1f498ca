"""The one place that shows errors: expected ones with a remedy, ours with a log file, Ctrl-C."""

import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

import typer

from checklist import __version__
from checklist.cli.session import Session
from checklist.errors import ChecklistError, Problem
from checklist.home import home
from checklist.i18n import Texts

EXPECTED, USAGE, FAULT, INTERRUPTED = 1, 2, 3, 130
LOG = "fault.log"


def guarded(run: Callable[[], int], session: Session, *, debug: bool) -> int:
    """Run something and give its exit code; whatever goes wrong is shown here and nowhere else."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except ChecklistError as error:
        session.say(sentence(error, session.texts))
        return error.exit_code
    except typer.TyperException as error:
        from checklist.cli.usage import explained

        session.say(explained(error, session.texts))
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        session.say(session.texts("failure.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not complain while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXPECTED
    except Exception as error:
        if debug:
            raise
        session.say(session.texts("failure.fault", log=_log(error)))
        return FAULT


def sentence(error: ChecklistError, texts: Texts) -> str:
    """Say what happened and what to do, and below it everything that is wrong in a file."""
    said = _both(f"error.{error.code}", error.values, texts)
    return "\n".join([said, *(problem_line(problem, texts) for problem in error.problems)])


def problem_line(problem: Problem, texts: Texts) -> str:
    """Say one problem of a file, as ``file:line: what is wrong. What to do.``."""
    said = _both(f"problem.{problem.code}", problem.values, texts)
    return f"{problem.place}: {said}" if problem.place else said


def _both(key: str, values: dict[str, object], texts: Texts) -> str:
    return f"{texts(f'{key}.what', **values)} {texts(f'{key}.remedy', **values)}"


def _log(error: Exception) -> str:
    """Write the traceback to a file; no answer of anybody stands in it."""
    trace = "".join(traceback.format_exception(error))
    entry = f"{datetime.now(UTC).isoformat()} checklist {__version__}\n{trace}\n"
    for folder in (home(os.environ), Path(gettempdir())):
        try:
            with (folder / LOG).open("a", encoding="utf-8", errors="replace") as log:
                log.write(entry)
        except OSError:
            continue
        return str(folder / LOG)
    return "-"
