"""Starts the program: chooses the language, runs a command, gives its exit code."""

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from checklist.cli.failure import guarded
from checklist.cli.session import Session
from checklist.i18n import Texts, choose_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code: 0, 1, 2, 3 or 130."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _mend_streams()
    signal.signal(signal.SIGTERM, _terminated)
    session = Session(Texts(choose_language(_asked(given), os.environ, _system_language())))
    return guarded(lambda: _run(given, session), session, debug="--debug" in given)


def _run(arguments: list[str], session: Session) -> int:
    from checklist.cli.commands import command

    debug = [argument for argument in arguments if argument != "--debug"]
    code = command(debug).main(debug, prog_name="checklist", standalone_mode=False, obj=session)
    return code if isinstance(code, int) else 0


def _asked(arguments: Sequence[str]) -> str | None:
    """Find ``--lang`` before anything is parsed: errors in the parsing speak it, too."""
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            return next(iter(arguments[place + 1 :]), None)
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return None


def _system_language() -> str | None:
    """Ask Windows, which sets no variables; elsewhere the variables have said it all."""
    if sys.platform != "win32":
        return None
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def _mend_streams() -> None:
    """Give closed streams a place to go, and have no sign break a message."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _terminated(_number: int, _frame: FrameType | None) -> None:
    """Leave in order, so that the terminal gets its screen back."""
    raise SystemExit(128 + signal.SIGTERM)
