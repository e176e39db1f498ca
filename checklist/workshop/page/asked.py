"""What a request asks: the fields of its form, whose seat it comes from, and in which language."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from checklist.i18n import LANGUAGES

if TYPE_CHECKING:
    from starlette.requests import Request

LARGEST_BODY = 32 * 1024
"""Bytes; the guards refuse more before it comes here."""
MOST_FIELDS = 64
FORM = "application/x-www-form-urlencoded"


class Fields:
    """The fields of a form; of one that comes twice the last counts."""

    def __init__(self, given: Mapping[str, list[str]]) -> None:
        self._given = given

    def __call__(self, name: str) -> str:
        """Give a field; empty where it is missing."""
        return self.all(name)[-1] if name in self._given else ""

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def all(self, name: str) -> list[str]:
        """Give all fields of a name, in their order."""
        return self._given.get(name, [])


NO_FIELDS = Fields({})


async def fields_of(request: "Request") -> Fields:
    """Read the fields of a form.

    Raises
    ------
    ValueError
        It is no form, or there are more than ``MOST_FIELDS``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if len(body) > LARGEST_BODY or (body and kind != FORM):
        raise ValueError(kind)
    given = parse_qs(
        body.decode("utf-8", "replace"),
        keep_blank_values=True,
        max_num_fields=MOST_FIELDS,
        errors="replace",
    )
    return Fields({name: [_lines(value) for value in values] for name, values in given.items()})


def _lines(text: str) -> str:
    """Write line ends as one sign; browsers send two."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def wants_json(request: "Request") -> bool:
    """Whether a program asks, and not a browser."""
    return "application/json" in request.headers.get("accept", "")


def language_of(request: "Request", wanted: str = "") -> str:
    """Choose a language for who has no seat yet.

    Parameters
    ----------
    wanted
        What was asked for outright, if anything was; else what the address says, then the browser.
    """
    for asked in (wanted, request.query_params.get("lang", "")):
        if asked in LANGUAGES:
            return asked
    return preferred(request.headers.get("accept-language", ""))


def preferred(accepted: str) -> str:
    """Choose the language that an ``Accept-Language`` header likes best; else the first of ours.

    Examples
    --------
    >>> preferred("fr, en-GB;q=0.8, de;q=0.3"), preferred("pt"), preferred("de;q=0, en;q=x")
    ('en', 'de', 'de')
    """
    liked = [_liked(part) for part in accepted.split(",")[:20]]
    known = [(weight, language) for language, weight in liked if language in LANGUAGES]
    best = max((weight for weight, _ in known), default=0.0)
    return next((language for weight, language in known if weight == best > 0), LANGUAGES[0])


def _liked(part: str) -> tuple[str, float]:
    language, _, rest = part.strip().lower().partition(";")
    weight = rest.strip().removeprefix("q=") if rest else "1"
    try:
        return language.strip()[:2], float(weight)
    except ValueError:
        return language.strip()[:2], 0.0
