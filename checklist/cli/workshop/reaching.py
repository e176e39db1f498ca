"""Chooses under which address phones and terminals reach a workshop, and serves its page there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from checklist.errors import ChecklistError, WrongUsage
from checklist.workshop import moves
from checklist.workshop.page.addresses import LOOPBACK, candidates
from checklist.workshop.page.serving import Served, serving
from checklist.workshop.room import Room
from checklist.workshop.stage.scene import Reach as By

PORTS = (*range(8421, 8431), 0)
"""What is tried where no port was named: the same ones each time, in the end any that is free."""


Pick = Callable[[Sequence[str]], str]
"""Has one of this machine's addresses chosen."""


@dataclass(frozen=True)
class Reach:
    """What was said about it on the command line."""

    lan: bool = False
    address: str | None = None
    port: int | None = None
    cert: str | None = None
    key: str | None = None
    paper: bool = False

    def check(self) -> None:
        """Refuse what does not go together.

        Raises
        ------
        WrongUsage
            ``workshop-paper-alone``, ``workshop-address-lan``, ``workshop-key-cert``.
        """
        if self.paper and (self.lan or self.address or self.port is not None or self.cert):
            raise WrongUsage("workshop-paper-alone")
        if self.address and not self.lan:
            raise WrongUsage("workshop-address-lan")
        if self.key and not self.cert:
            raise WrongUsage("workshop-key-cert")


@dataclass(frozen=True)
class Spot:
    """Where the page is served.

    Attributes
    ----------
    host
        An address of this machine.
    names
        For it, as people know them.
    ports
        To be tried one after the other.
    offline
        Whether the network in which it was reached is gone.
    """

    host: str
    names: tuple[str, ...]
    ports: tuple[int, ...]
    offline: bool = False


@dataclass(frozen=True)
class Reached:
    """How the page is reached now.

    Attributes
    ----------
    served
        The page; none on paper.
    by
        Who reaches it.
    before
        Where it was before, if that was somewhere else, and a phone looks for it there.
    """

    served: Served | None = None
    by: By = "machine"
    before: str = ""


@contextmanager
def reached(room: Room, reach: Reach, pick: Pick) -> Iterator[Reached]:
    """Serve the page for as long as the block runs; on paper there is none.

    A workshop that goes on is served where it was before, unless something else was said: phones
    that reload are where they were. Where the network is gone it goes on without.

    Raises
    ------
    ChecklistError, WrongUsage
        ``workshop-no-network``, ``workshop-was-secure``, and what ``serving`` raises.
    """
    before = room.workshop.address
    asked = reach.lan or reach.port is not None or reach.cert is not None
    if reach.paper or (room.workshop.way == "paper" and not before and not asked):
        yield Reached()
        return
    if before.startswith("https:") and reach.cert is None:
        raise WrongUsage("workshop-was-secure", code=room.round.code)
    spot = spot_for(reach, before, pick)
    with ExitStack() as stack:
        served = _served(stack, room, reach, spot)
        if spot.offline:
            yield Reached(served, "offline", before)
            return
        if served.address != before:
            room.change(lambda workshop: moves.reached_at(workshop, served.address))
        secure = served.address.startswith("https:")
        alone = ip_address(spot.host).is_loopback
        by: By = "machine" if alone else "network-tls" if secure else "network"
        yield Reached(served, by, before if _is_missed(room, before, served.address) else "")


def _served(stack: ExitStack, room: Room, reach: Reach, spot: Spot) -> Served:
    """Take the first port that is free."""
    *others, last = spot.ports
    cert, key = (Path(name) if name else None for name in (reach.cert, reach.key))

    def serve(port: int) -> Served:
        return stack.enter_context(
            serving(room, host=spot.host, port=port, names=spot.names, cert=cert, key=key)
        )

    for port in others:
        try:
            return serve(port)
        except ChecklistError as error:
            if error.code != "page-port-taken":
                raise
    return serve(last)


def spot_for(reach: Reach, before: str, pick: Pick) -> Spot:
    """Choose where to serve: as it was said, else as it was before, else on this machine only.

    Parameters
    ----------
    before
        The address that the page had; empty for a new workshop.
    pick
        Chooses where this machine has several addresses, and none of them is named.

    Raises
    ------
    ChecklistError
        ``workshop-no-network``.
    """
    known = urlsplit(before) if before else None
    old = (known.hostname if known else None) or ""
    name = reach.address or ("" if _is_loopback(old) else old)
    if reach.port is not None:
        ports: tuple[int, ...] = (reach.port,)
    else:
        same = known.port if known else None
        ports = PORTS if same is None else (same, *(port for port in PORTS if port != same))
    if not (reach.lan or name):
        return Spot(LOOPBACK, (), ports)
    here = candidates()
    if here == [LOOPBACK]:
        if before:
            return Spot(LOOPBACK, (), ports, offline=True)
        raise ChecklistError("workshop-no-network")
    if name and (reach.address or name in here) and _is_address(name):
        return Spot(name, (), ports)
    host = pick([each for each in here if ip_address(each).version == 4] or here)
    return Spot(host, (name,) if name and not _is_address(name) else (), ports)


def _is_missed(room: Room, before: str, now: str) -> bool:
    """Whether somebody looks for the page where it was: another device, that has a seat."""
    old = (urlsplit(before).hostname if before else None) or ""
    return now != before and not _is_loopback(old) and room.counts.joined > 0


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return name == "localhost" or (_is_address(name) and ip_address(name).is_loopback)
