"""``checklist run --join``: take part in a workshop."""

from contextlib import closing
from pathlib import Path

from checklist.cli.fronts import front_for
from checklist.cli.session import Session
from checklist.errors import ChecklistError
from checklist.terminal.front import Front, Left
from checklist.workshop.joining.address import read
from checklist.workshop.joining.arriving import own_seat, sit_down
from checklist.workshop.joining.client import Client, NoSeat
from checklist.workshop.joining.course import JoinedCourse
from checklist.workshop.joining.line import Line
from checklist.workshop.joining.presence import Presence
from checklist.workshop.joining.tickets import OwnSeat, Tickets


def run_join(session: Session, url: str, *, certificate: str | None, plain: bool) -> None:
    """Take part in the workshop at an address, with cards or lines, until it is over."""
    address = read(url)
    client = Client(address, None if certificate is None else Path(certificate))
    tickets = Tickets(session.folder, session.now())
    command = f"checklist run --join {address.link}"
    if certificate is not None:
        command += f" --cert {certificate}"
    with tickets.alone(address):
        own = own_seat(client, tickets)
        try:
            with front_for(session, plain=plain) as front, closing(Line(client)) as line:
                seat = _take_part(session, front, line, tickets, own)
        except Left:
            session.say(session.texts("joining.left", command=command))
            return
        except KeyboardInterrupt:
            session.say(session.texts("joining.left", command=command))
            raise
        except EOFError as error:
            raise ChecklistError("join-input-ended", command=command) from error
        except NoSeat as error:
            raise ChecklistError("join-seat-gone", command=command) from error
        seat.leave()
    session.say(session.texts("joining.over-kept" if seat.ticket.result else "joining.over"))


def _take_part(
    session: Session, front: Front, line: Line, tickets: Tickets, own: OwnSeat | None
) -> OwnSeat:
    """Sit down and go along with the room; gives the seat once the workshop is over."""
    with front.cards(), session.journal() as journal:
        seat = sit_down(front, line, tickets, session.texts, own)
        presence = Presence(front, line, seat, session.texts)
        presence.awaited(line.submit(line.client.room))
        JoinedCourse(presence, journal, session.now).run()
    return seat
