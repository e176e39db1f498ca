"""Coming in: back to one's own seat, or to a new one by the address's key or a typed code."""

from functools import partial

from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.terminal.front import Front
from checklist.workshop.joining.client import Client, NoSeat, Unreachable, WrongCode
from checklist.workshop.joining.line import Line
from checklist.workshop.joining.presence import awaited
from checklist.workshop.joining.tickets import OwnSeat, Ticket, Tickets, without_key


def own_seat(client: Client, tickets: Tickets) -> OwnSeat | None:
    """Find the seat that was taken before, and see that a workshop is there at all.

    Raises
    ------
    ChecklistError
        ``join-unreachable``, ``join-busy``, ``join-no-workshop``, and what the client raises.
    """
    try:
        for address in dict.fromkeys((client.address, without_key(client.address))):
            ticket = tickets.find(address)
            if ticket is None:
                continue
            client.token = ticket.token
            try:
                client.room()
            except NoSeat:
                tickets.forget(address)
            else:
                return OwnSeat(tickets, address, ticket)
        client.token = ""
        try:
            client.room()
        except NoSeat:  # so says a workshop's page to who has none
            return None
    except Unreachable as error:
        code = "join-busy" if error.is_busy else "join-unreachable"
        raise ChecklistError(code, address=client.address.origin) from error
    raise ChecklistError("join-no-workshop", address=client.address.origin)


def sit_down(
    front: Front, line: Line, tickets: Tickets, texts: Texts, own: OwnSeat | None
) -> OwnSeat:
    """Go on in one's own seat, or take a new one; the cards are open.

    Parameters
    ----------
    own
        The seat that was taken from this account before, if there is one.

    Raises
    ------
    Left, EOFError, KeyboardInterrupt
        The person leaves.
    ChecklistError
        ``join-wrong-key``, ``join-full``.
    """
    client = line.client
    if own is not None:
        options = [texts("joining.same-person"), texts("joining.someone-else")]
        if front.choose(texts("joining.who-question"), options) == 0:
            return own
    client.token = ""
    if client.address.key:
        try:
            awaited(line.submit(lambda: client.join(texts.language)), front, line, texts)
        except WrongCode as error:
            raise ChecklistError("join-wrong-key", address=client.address.origin) from error
    else:
        _by_code(front, line, texts)
    seat = OwnSeat(tickets, client.address, Ticket(client.token))
    seat.note()
    return seat


def _by_code(front: Front, line: Line, texts: Texts) -> None:
    """Have the code typed until it is the right one."""
    while True:
        code = front.ask(texts("joining.code-question"))
        job = line.submit(partial(line.client.join, texts.language, code))
        try:
            awaited(job, front, line, texts)
            return
        except WrongCode:
            front.tell(texts("joining.code-wrong"))
