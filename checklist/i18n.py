"""The interface's texts: ``locale/de.toml`` and ``locale/en.toml``, and which of them to show."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import tomli

LANGUAGES = ("de", "en")
"""What the interface speaks; the first is the language where nothing else is known."""

GERMAN_DATE = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")

LOCALE = Path(__file__).parent / "locale"


INNER_QUOTES = str.maketrans("„“”", "‚‘’")


def inside_quotes(text: str) -> str:
    """Give a text that will stand in quotation marks: those within it become single ones.

    Examples
    --------
    >>> inside_quotes("Ich sage „Ja“")
    'Ich sage ‚Ja‘'
    """
    return text.translate(INNER_QUOTES)


class Texts:
    """The texts of one language.

    ``texts("card.position", place=3, total=18)`` gives a text with its values filled in;
    ``texts.count("unit.minute", 3)`` picks the singular or the plural.

    Raises
    ------
    KeyError
        No such text, or a value that the text needs is missing: a fault of ours.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _read(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Give a text with its values filled in."""
        return self._texts[key].format_map(values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Give ``key.one`` for 1, else ``key.other``, with ``{n}`` filled in."""
        form = "one" if number == 1 else "other"
        return self._texts[f"{key}.{form}"].format(n=number, **values)

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number the way the language does, halves rounded away from zero.

        Examples
        --------
        >>> Texts("de").number(62.5), Texts("de").number(3.666, 2)
        ('63', '3,67')
        """
        rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        written = str(rounded).replace("-", "\N{MINUS SIGN}")
        return written.replace(".", ",") if self.language == "de" else written

    def day(self, when: date) -> str:
        """Write a date out.

        Examples
        --------
        >>> Texts("de").day(date(2026, 10, 3)), Texts("en").day(date(2026, 10, 3))
        ('3. Oktober 2026', '3 October 2026')
        """
        return self("date.long", day=when.day, month=self(f"month.{when.month}"), year=when.year)

    @property
    def keys(self) -> frozenset[str]:
        """All keys, dotted."""
        return frozenset(self._texts)

    def prefixed(self, prefix: str) -> dict[str, str]:
        """Give the texts below ``prefix.``, by the rest of their key."""
        start = f"{prefix}."
        return {k.removeprefix(start): v for k, v in self._texts.items() if k.startswith(start)}


def read_day(text: str) -> date:
    """Read a day that somebody typed, in whichever language.

    Raises
    ------
    ValueError
        It is none.

    Examples
    --------
    >>> read_day("31.12.2026") == read_day("2026-12-31") == date(2026, 12, 31)
    True
    """
    if found := GERMAN_DATE.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    return date.fromisoformat(text.strip())


@cache
def _read(language: str) -> Mapping[str, str]:
    return dict(_flatten(tomli.loads((LOCALE / f"{language}.toml").read_text("utf-8"))))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat += _flatten(value, f"{prefix}{key}.")
        else:
            flat.append((prefix + key, value))
    return flat


def choose_language(asked: str | None, environment: Mapping[str, str], system: str | None) -> str:
    """Choose the interface's language.

    Parameters
    ----------
    asked
        The value of ``--lang``, if it was given.
    environment
        Read are ``CHECKLIST_LANG``, then ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``.
    system
        What the operating system says where no variable does, such as ``"de_DE"``.

    Returns
    -------
    str
        The first of them that the interface speaks, else German.

    Examples
    --------
    >>> choose_language(None, {"LANG": "en_GB.UTF-8"}, None)
    'en'
    >>> choose_language(None, {"LANG": "C"}, None)
    'de'
    """
    spoken = (asked, *(environment.get(name) for name in ("CHECKLIST_LANG",)))
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    for candidate in (*spoken, next(filter(None, locales), system)):
        language = (candidate or "")[:2].lower()
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
