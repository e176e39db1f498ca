"""A terminal's line to a workshop's page, with the standard library.

Nothing that comes is trusted: an answer has a size and a time, a redirect is never followed, and
whatever is not what a workshop's page says becomes an error with a remedy.
"""

import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

from checklist.errors import ChecklistError
from checklist.workshop.joining import view
from checklist.workshop.joining.address import Address
from checklist.workshop.joining.view import View

COOKIE = "seat"
SECONDS = 10.0
"""That a single step of an exchange may take."""
SECONDS_WHOLE = 30.0
LARGEST = 1_000_000
LONGEST_TOKEN = 200
PIECE = 65536
FORM = "application/x-www-form-urlencoded"
MOST_WAITING = 30
"""Seconds that a page can ask us to wait."""
OTHER_NAME = (62, 64)
"""What OpenSSL calls a certificate for another name or address."""

Fields = Mapping[str, str] | Sequence[tuple[str, str]]


class Unreachable(Exception):  # noqa: N818 - a state that can pass
    """The page cannot be reached now; it may be worth another try, after some seconds."""

    def __init__(self, seconds: float = 1.0, *, is_busy: bool = False) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.is_busy = is_busy


class NoSeat(Exception):  # noqa: N818 - a state
    """The page knows no such seat."""


class WrongCode(Exception):  # noqa: N818 - what somebody typed
    """Neither key nor code is that of this workshop."""


@dataclass(frozen=True)
class Reply:
    """Where one is after a move; ``late`` where the room had gone on, and nothing was taken."""

    view: View
    late: bool = False


class Client:
    """One seat's line to a page; used in one thread at a time.

    Everything raises ``Unreachable`` where it may be worth another try, and ``ChecklistError``
    ``join-no-workshop``, ``join-certificate``, ``join-certificate-name`` or ``join-no-tls``.

    Parameters
    ----------
    certificate
        A file in PEM format with a certificate to be trusted beside the system's.
    token
        The seat's secret; empty before one is taken.

    Raises
    ------
    ChecklistError
        ``join-certificate-file``.
    """

    def __init__(self, address: Address, certificate: Path | None = None, token: str = "") -> None:
        self.address = address
        self.token = token
        self._context = _context(certificate) if address.scheme == "https" else None
        self._connection: HTTPConnection | None = None

    def join(self, language: str, code: str = "") -> None:
        """Take a seat, by the address's key or a typed code.

        Raises
        ------
        WrongCode
            It was the wrong one.
        ChecklistError
            ``join-full``.
        """
        self.close()  # on a new connection it is not asked twice
        given = {"code": code} if code else {"key": self.address.key}
        response, _ = self._exchange("POST", "/join", {**given, "lang": language})
        if response.status in (403, 404):
            raise WrongCode
        if response.status == 503:
            raise ChecklistError("join-full")
        self.token = _token(response)
        if response.status != 303 or not self.token:
            raise self._strange()

    def room(self) -> View:
        """Say where this seat is.

        Raises
        ------
        NoSeat
            The page does not know it.
        """
        return self._viewed("GET", "/room").view

    def post(self, path: str, fields: Fields) -> Reply:
        """Make a move; it is kept by the page when this returns, unless it came too late.

        Raises
        ------
        NoSeat
            The page does not know this seat.
        """
        return self._viewed("POST", path, fields)

    def questionnaire(self) -> str:
        """Give the frozen questionnaire, in TOML."""
        response, body = self._exchange("GET", "/questionnaire")
        if response.status == 401:
            raise NoSeat
        try:
            if response.status == 200:
                return body.decode()
        except UnicodeDecodeError as error:
            raise self._strange() from error
        raise self._strange()

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _viewed(self, method: str, path: str, fields: Fields | None = None) -> Reply:
        response, body = self._exchange(method, path, fields)
        if response.status == 401:
            raise NoSeat
        if response.status not in (200, 409):
            raise self._strange()
        try:
            return Reply(view.read(json.loads(body)), late=response.status == 409)
        except (ValueError, RecursionError) as error:
            raise self._strange() from error

    def _exchange(
        self, method: str, path: str, fields: Fields | None = None
    ) -> tuple[HTTPResponse, bytes]:
        """Ask, once more on a new connection where the page has hung up on an old one."""
        is_old = self._connection is not None
        try:
            response, body = self._asked(method, path, fields)
        except (OSError, HTTPException) as error:
            self.close()
            if is_old and isinstance(error, ConnectionError):
                return self._exchange(method, path, fields)
            raise self._failure(error) from error
        except BaseException:
            self.close()
            raise
        if response.status == 429:
            said = response.headers.get("Retry-After", "")
            seconds = int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else 1
            raise Unreachable(max(1, min(seconds, MOST_WAITING)), is_busy=True)
        if response.status >= 500 and not (response.status == 503 and path == "/join"):
            raise Unreachable
        return response, body

    def _asked(self, method: str, path: str, fields: Fields | None) -> tuple[HTTPResponse, bytes]:
        if self._connection is None:
            self._connection = self._connected()
        headers = {"Accept": "application/json", "Origin": self.address.origin}
        if self.token:
            headers["Cookie"] = f"{COOKIE}={self.token}"
        body = None
        if method == "POST":
            headers["Content-Type"], body = FORM, urlencode(fields or {}).encode()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        whole = self._body(response)
        if response.will_close:
            self.close()
        return response, whole

    def _connected(self) -> HTTPConnection:
        host, port = self.address.host.strip("[]"), self.address.port
        if self._context is None:
            return HTTPConnection(host, port, timeout=SECONDS)
        return HTTPSConnection(host, port, timeout=SECONDS, context=self._context)

    def _body(self, response: HTTPResponse) -> bytes:
        """Read an answer, as far as it may go: neither too much nor too slowly."""
        until, whole = monotonic() + SECONDS_WHOLE, b""
        with response:  # else its connection would wait for the rest
            while piece := response.read1(PIECE):
                whole += piece
                if len(whole) > LARGEST:
                    raise self._strange()
                if monotonic() > until:
                    raise TimeoutError
            if response.length:
                raise IncompleteRead(whole, response.length)
        return whole

    def _failure(self, error: OSError | HTTPException) -> Exception:
        """Say what it means that an exchange has failed."""
        if isinstance(error, ssl.SSLCertVerificationError):
            host = self.address.host
            if error.verify_code in OTHER_NAME:
                return ChecklistError("join-certificate-name", host=host)
            return ChecklistError("join-certificate", host=host)
        if isinstance(error, ssl.SSLError) and error.reason in (
            "WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST",
        ):  # fmt: skip
            return ChecklistError("join-no-tls", address=self.address.origin)
        return Unreachable()

    def _strange(self) -> ChecklistError:
        self.close()
        return ChecklistError("join-no-workshop", address=self.address.origin)


def _context(certificate: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if certificate is not None:
        try:
            context.load_verify_locations(certificate)
        except (OSError, ValueError) as error:
            raise ChecklistError("join-certificate-file", file=str(certificate)) from error
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _token(response: HTTPResponse) -> str:
    """Give the secret that a page wants to be kept; empty where there is none that could be one."""
    for said in response.headers.get_all("Set-Cookie", []):
        try:
            found = SimpleCookie(said).get(COOKIE)
        except CookieError:
            continue
        if found is not None and len(found.value) <= LONGEST_TOKEN and _is_plain(found.value):
            return found.value
    return ""


def _is_plain(token: str) -> bool:
    return token.isascii() and all(sign.isalnum() or sign in "-_" for sign in token)
