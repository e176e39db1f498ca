"""Where a workshop is found: the address as people copy, scan or type it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from checklist.errors import WrongUsage

LONGEST = 300
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?|\[[0-9A-Fa-f:.]+\]")
PATH = re.compile(r"/*(?:k/+(?P<key>[A-Za-z0-9_-]{8,64})|room|own|join)?/*")
USUAL_PORTS = {"http": 80, "https": 443}
LOOPBACK = re.compile(r"localhost|127\.[0-9.]+|\[::1\]", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Where a workshop's page is served.

    Attributes
    ----------
    host
        An IPv6 address stands in brackets.
    key
        The workshop's secret from the address that a phone scans; empty where a code is typed.
    """

    scheme: str
    host: str
    port: int
    key: str = ""

    @property
    def origin(self) -> str:
        """The address without a path, as a browser names it."""
        usual = self.port == USUAL_PORTS[self.scheme]
        return f"{self.scheme}://{self.host}{'' if usual else f':{self.port}'}"

    @property
    def link(self) -> str:
        """The address as it can be given again."""
        return f"{self.origin}/k/{self.key}" if self.key else self.origin

    @property
    def secure(self) -> bool:
        """Whether nobody in between can read along."""
        return self.scheme == "https" or LOOPBACK.fullmatch(self.host) is not None


def read(written: str) -> Address:
    """Read an address, with or without ``http://``, key and slashes at its end.

    Raises
    ------
    WrongUsage
        ``join-address``.

    Examples
    --------
    >>> read("http://192.168.1.20:8421/k/AbCd1234_-/").key
    'AbCd1234_-'
    >>> read("laptop.local:8421").origin, read("https://[2001:db8::7]/").origin
    ('http://laptop.local:8421', 'https://[2001:db8::7]')
    """
    whole = written.strip()
    if len(whole) <= LONGEST and whole.isprintable():
        try:
            parts = urlsplit(whole if "://" in whole else f"http://{whole}")
            port = parts.port
        except ValueError:  # of urllib: brackets or a port that make no sense
            return _refuse(written)
        scheme, path = parts.scheme.lower(), PATH.fullmatch(parts.path)
        host = parts.netloc.rpartition(":")[0] if port is not None else parts.netloc.rstrip(":")
        if scheme in USUAL_PORTS and path and HOST.fullmatch(host) and port != 0:
            usual = USUAL_PORTS[scheme] if port is None else port
            return Address(scheme, host.lower(), usual, path["key"] or "")
    return _refuse(written)


def _refuse(written: str) -> Address:
    raise WrongUsage("join-address", given=written[:LONGEST])
