"""Tickets: which seat in which workshop is one's own, so that one can come back to it.

Each is a small file in the person's own folder, readable by its owner only. The seat's secret in it
is worth nothing once the workshop is over; then the file goes.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from checklist import files
from checklist.errors import ChecklistError
from checklist.workshop.joining.address import Address

LONGEST_STAY = timedelta(hours=12)
"""As long as a phone keeps its cookie."""
LARGEST = 1_000_000
DIGITS = 16
PATTERN = "workshop.*.seat"


@dataclass(frozen=True)
class Ticket:
    """One's own seat in a workshop.

    Attributes
    ----------
    token
        The seat's secret.
    keeps
        Whether the own result is to be kept in the journal; ``None`` before that was asked.
    result
        The result's id there, once it is; else 0.
    texts
        What was written where the round takes no texts, by item or reflection.
    """

    token: str
    keeps: bool | None = None
    result: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)


class Tickets:
    """The tickets in a person's folder.

    Parameters
    ----------
    folder
        It exists.
    now
        Tickets that are older than a workshop can be are removed at once.
    """

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder = folder
        for path in folder.glob(PATTERN):
            with suppress(OSError):
                if datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo) < now - LONGEST_STAY:
                    path.unlink()

    def find(self, address: Address) -> Ticket | None:
        """Give one's seat at an address, if there is one."""
        try:
            with self._path(address).open("rb") as file:
                return _read(json.loads(file.read(LARGEST)))
        except (OSError, ValueError, RecursionError):
            return None

    def keep(self, address: Address, ticket: Ticket) -> None:
        """Keep a ticket, in place of the one that may be there.

        Raises
        ------
        ChecklistError
            ``home-unusable``.
        """
        try:
            files.replace(self._path(address), json.dumps(asdict(ticket)).encode(), private=True)
        except ChecklistError as error:
            reason = error.values["reason"]
            raise ChecklistError(
                "home-unusable", folder=str(self._folder), reason=reason
            ) from error

    def forget(self, address: Address) -> None:
        """Throw a ticket away, if there is one."""
        with suppress(OSError):
            self._path(address).unlink()

    @contextmanager
    def alone(self, address: Address) -> Iterator[None]:
        """Make sure that nobody else sits in one's seat at the same time.

        Raises
        ------
        ChecklistError
            ``join-running``.
        """
        from checklist.sitting import alone

        try:
            with alone(self._folder, "workshop", "self", _digest(address)):
                yield
        except ChecklistError as error:
            if error.code != "already-running":
                raise
            raise ChecklistError("join-running") from error

    def _path(self, address: Address) -> Path:
        return self._folder / f"workshop.{_digest(address)}.seat"


class OwnSeat:
    """One's own seat and its ticket.

    Parameters
    ----------
    tickets, address
        Where the ticket is kept, and under which address.
    ticket
        As it is now.
    """

    def __init__(self, tickets: Tickets, address: Address, ticket: Ticket) -> None:
        self._tickets = tickets
        self._address = address
        self.ticket = ticket

    def note(self, **changes: Any) -> None:
        """Note something on the ticket."""
        self.ticket = replace(self.ticket, **changes)
        self._tickets.keep(self._address, self.ticket)

    def leave(self) -> None:
        """Give the seat up."""
        self._tickets.forget(self._address)


def _digest(address: Address) -> str:
    return sha256(address.link.encode()).hexdigest()[:DIGITS]


def without_key(address: Address) -> Address:
    """Give an address as somebody types it who types the code as well."""
    return replace(address, key="")


def _read(raw: Any) -> Ticket:
    """Read a ticket.

    Raises
    ------
    ValueError
        It is none.
    """
    if not isinstance(raw, dict) or raw.keys() != {each.name for each in fields(Ticket)}:
        raise ValueError("no ticket")
    ticket = Ticket(**raw)
    if not (isinstance(ticket.token, str) and ticket.token):
        raise ValueError("no token")
    if ticket.keeps not in (None, True, False) or type(ticket.result) is not int:
        raise ValueError("no ticket")
    texts = ticket.texts
    if not (isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values())):
        raise ValueError("no texts")
    return ticket
