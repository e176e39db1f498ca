"""Under which addresses this machine can be reached in its local network.

Nothing is sent and no name is looked up: connecting a UDP socket only asks the system which of its
own addresses it would send from.
"""

import socket
from contextlib import suppress
from ipaddress import ip_address

LOOPBACK = "127.0.0.1"

FAR = (
    # Addresses for documentation and of private networks: each asks for another way out, as where a
    # machine hangs at a cable and opens a hotspot of its own.
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET, "10.255.255.254"),
    (socket.AF_INET, "172.31.255.254"),
    (socket.AF_INET, "192.168.255.254"),
    (socket.AF_INET, "192.168.137.254"),
    (socket.AF_INET, "169.254.255.254"),
    (socket.AF_INET6, "2001:db8::1"),
    (socket.AF_INET6, "fd00::1"),
)
PORT = 9
"""Any; nothing is sent there."""


def candidates() -> list[str]:
    """Give addresses for a trainer to choose from, the likeliest first, IPv4 before IPv6.

    Without a network it is the loopback address only, which no phone can reach.
    """
    found = dict.fromkeys(own for family, far in FAR if (own := _own(family, far)))
    usable = [own for own in found if _reachable(own)]
    return usable or [LOOPBACK]


def _own(family: socket.AddressFamily, far: str) -> str:
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asked:
        asked.connect((far, PORT))
        own: str = asked.getsockname()[0]
        return own
    return ""


def _reachable(own: str) -> bool:
    address = ip_address(own.partition("%")[0])
    if address.version == 6 and address.is_link_local:
        return False  # needs the name of an interface, which no phone can know
    return not (address.is_loopback or address.is_unspecified or address.is_multicast)
