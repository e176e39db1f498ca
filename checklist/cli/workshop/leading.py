"""Puts a workshop together: the room, the page that is served, the trainer's screen; and its end.

keys → screen (this thread) → room ← page (a thread of its own)
"""

import shlex
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType

from checklist.cli.failure import sentence
from checklist.cli.session import Session
from checklist.cli.workshop.beginning import Begun, leave, opened_store
from checklist.cli.workshop.reaching import Reach, Reached, reached
from checklist.errors import ChecklistError
from checklist.report import Report
from checklist.reporting import in_every_language
from checklist.terminal.by_lines import ByLines
from checklist.terminal.front import Left
from checklist.terminal.keyboard import SystemKeyboard
from checklist.terminal.screen import Screen
from checklist.workshop import ending
from checklist.workshop.places import agreed_in
from checklist.workshop.room import Room
from checklist.workshop.stage.asking import InFoot
from checklist.workshop.stage.board import Board
from checklist.workshop.stage.leading import Leading
from checklist.workshop.stage.scene import Stage
from checklist.workshop.stage.scenes import scenes


def lead(session: Session, begun: Begun, reach: Reach) -> None:
    """Lead a workshop until it is over, or left to be resumed.

    Once it has ended, a terminal that is closed ends it for good: nobody comes back to it. After a
    kill it stands at its end again, so that phones still find the page.
    """
    room = begun.room
    resume = partial(_resume, room, reach)
    with _terminated_in_order():
        try:
            try:
                reports = _reports(room) if room.workshop.closed else {}
                room.reveal(reports)
                with reached(room, reach, partial(_pick, session)) as there:
                    _on_screen(session, begun, reports, resume(), there)
            finally:
                leave(session, room)
        except (EOFError, SystemExit) as error:
            with suppress(OSError):  # the terminal may be gone
                _say_how_it_goes_on(session, room, resume())
            if isinstance(error, EOFError):
                raise SystemExit(1) from error
            raise
        except BaseException:
            with suppress(OSError):
                session.say(session.texts("stage.left.kept", command=resume()))
            raise
        _say_how_it_goes_on(session, room, resume())


def _on_screen(
    session: Session,
    begun: Begun,
    reports: Mapping[str, Report],
    resume: str,
    there: Reached,
) -> None:
    room, texts, led, served = begun.room, session.texts, scenes(), there.served
    with SystemKeyboard() as keyboard:
        screen = Screen(session.aside)
        board = Board(screen, keyboard, session.now, lambda: led[room.workshop.now.id])
        asking = InFoot(board, texts)

        def build() -> Mapping[str, Report]:
            asking.show(texts("stage.answer.building"))
            return _reports(room)

        board.stage = stage = Stage(
            room=room,
            texts=texts,
            asking=asking,
            now=session.now(),
            address=served.address if served else "",
            link=served.link if served else "",
            reports=reports,
            folder=Path(room.workshop.output),
            agreed=agreed_in(session.folder, room.round),
            build=build,
            reached_by=there.by,
            before=begun.before,
        )

        def worded(error: Exception) -> str:
            known = error if isinstance(error, ChecklistError) else None
            return sentence(known or ChecklistError("stage-disk", reason=error), texts)

        with screen.open():
            notice = texts("stage.moved", before=there.before) if there.before else ""
            Leading(board, asking, stage, led, worded, resume, notice).run()
    if stage.written:
        session.say(texts("stage.left.files", folder=stage.written[0].parent.resolve()))


def _pick(session: Session, addresses: Sequence[str]) -> str:
    """Have one of this machine's addresses chosen; the first is the likeliest."""
    if len(addresses) == 1:
        return addresses[0]
    front = ByLines(sys.stderr, sys.stdin, session.texts)
    try:
        return addresses[front.choose(session.texts("stage.which-address"), addresses)]
    except (EOFError, Left):
        return addresses[0]


def _reports(room: Room) -> Mapping[str, Report]:
    store = opened_store()
    try:
        return in_every_language(store, store.rounds.get(room.round.code))
    finally:
        store.close()


def _resume(room: Room, reach: Reach) -> str:
    """Say what to type to go on; what the ledger does not hold is named again."""
    more = {"--cert": reach.cert, "--key": reach.key}
    where = []
    if not room.workshop.address:  # the page has never been served
        where = ["--lan"] if reach.lan else []
        more |= {"--address": reach.address, "--port": str(reach.port or "")}
    named = [part for name, value in more.items() if value for part in (name, shlex.quote(value))]
    return " ".join(["checklist workshop start --resume", room.round.code, *where, *named])


def _say_how_it_goes_on(session: Session, room: Room, resume: str) -> None:
    texts, code = session.texts, room.round.code
    if not room.workshop.ended:
        session.say(texts("stage.left.kept", command=resume))
        return
    ending.end(session.folder, room.round)
    session.say(texts("stage.left.over"))
    session.say(
        texts("stage.left.report" if room.workshop.closed else "stage.left.open", code=code)
    )


@contextmanager
def _terminated_in_order() -> Iterator[None]:
    """Give terminal and files back in order where the process is asked to end; once is enough."""
    asked = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def end(number: int, _frame: FrameType | None) -> None:
        for each in asked:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    before = {each: signal.signal(each, end) for each in asked}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
