"""What a phase on the trainer's screen is, and what it is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from rich.text import Text

from checklist.i18n import Texts
from checklist.render.blocks import Block
from checklist.render.plain import Charset
from checklist.report import Report
from checklist.rounds import Round
from checklist.terminal.keys import Key
from checklist.workshop.room import Room

Reach = Literal["machine", "network", "network-tls", "offline"]


class Asking(Protocol):
    """Asks the trainer for something on the screen; what is on it stays in sight."""

    def line(self, question: str, before: str = "") -> str | None:
        """Have a line typed, without blanks around; ``None`` where it was left with Escape."""
        ...

    def choose(self, question: str, options: Sequence[str]) -> int | None:
        """Have one of several options chosen; ``None`` where it was left with Escape."""
        ...

    def tell(self, message: str) -> None:
        """Say something that is read before it goes on."""
        ...


@dataclass
class Stage:
    """What all scenes work with.

    Attributes
    ----------
    room
        Where the trainer acts.
    texts
        The interface's language.
    asking
        How the trainer is asked.
    now
        The time, renewed before each drawing.
    address
        Of the page, as a phone types it; empty where none is served.
    link
        What the QR code holds.
    reports
        The round's report by language, once it is closed.
    folder
        Where report and hand-out are written at the end.
    agreed
        The file in which agreements are kept, apart from the report.
    build
        Makes the reports on the round in the store, which has been closed.
    reached_by
        Who reaches the page: this machine only, or all in its network, where it can be read without
        TLS; ``"offline"``: the network is gone.
    before
        The round that this one follows, where the store has it.
    written
        The files that were written last, while the program has been running.
    """

    room: Room
    texts: Texts
    asking: Asking
    now: datetime
    address: str
    link: str
    reports: Mapping[str, Report]
    folder: Path
    agreed: Path
    build: Callable[[], Mapping[str, Report]] = dict
    reached_by: Reach = "machine"
    before: Round | None = None
    written: Sequence[Path] = ()

    @property
    def report(self) -> Report | None:
        """The report in the interface's language."""
        return self.reports.get(self.texts.language)


class Scene(Protocol):
    """One phase on the trainer's screen."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give what the room sees."""
        ...

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Give the scene's own keys and what they do, in the order in which they are shown."""
        ...

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key; False where it is none of this scene's."""
        ...

    def leave(self, stage: Stage) -> bool:
        """Go on to the next phase; False where the trainer would rather stay.

        A scene does here what has to be done or asked first.
        """
        ...


@runtime_checkable
class Pictured(Protocol):
    """A scene that also has something to look at, such as a QR code, beside its blocks."""

    def caption(self, stage: Stage) -> list[Block]:
        """Give what is said about it, where it is shown."""
        ...

    def picture(
        self, stage: Stage, columns: int, rows: int, charset: Charset, *, colours: bool
    ) -> list[Text]:
        """Give lines of equal length that fit into this room; none where nothing does."""
        ...
