"""The one cookie: whose seat a request comes from. Guards and page read it here, and nowhere else.

Two readers would disagree about a header that is not quite right, and what one of them takes for
nobody's request the other would answer in somebody's seat, uncounted.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from checklist.workshop.page.policies import Header

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Scope

COOKIE = "seat"
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""What a seat's secret looks like; anything else is nobody's."""
STATE = "seat"
"""Under which name the guards hand the secret on."""


def token_in(headers: Iterable[Header]) -> str:
    """Give the secret in a request's headers; empty where there is none.

    Of several the first counts: a browser sends the one with the longest path first, and all of
    ours have the same. What else stands in the header does not matter.

    Examples
    --------
    >>> token_in([(b"cookie", b"x y; seat=abc; a[1]=x")]), token_in([(b"cookie", b'seat="a b"')])
    ('abc', '')
    """
    for name, value in headers:
        if name != b"cookie":
            continue
        for part in value.decode("latin-1").split(";"):
            key, _, said = part.partition("=")
            if key.strip() == COOKIE and TOKEN.fullmatch(said.strip()):
                return said.strip()
    return ""


def hand_on(scope: "Scope", token: str) -> None:
    """Give a secret to the page: what the guards have counted is what it answers."""
    scope.setdefault("state", {})[STATE] = token


def token_of(request: "Request") -> str:
    """Give the secret that the guards have found; where there are none, what the header says."""
    state = request.scope.get("state") or {}
    return str(state[STATE]) if STATE in state else token_in(request.scope["headers"])
