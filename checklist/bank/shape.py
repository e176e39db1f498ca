"""Which keys a questionnaire file has and what each of them holds.

A kind looks at one value and notes what is wrong with it; kinds made of others show what they are
made of, from which ``checklist.schema`` writes a JSON Schema. What this module lets through has the
right types everywhere; whether the parts fit together is for ``relations``.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from checklist.bank import rules
from checklist.bank.findings import Findings, Path, key_of
from checklist.questionnaire import AUDIENCES

Kind = Callable[[Any, Path, Findings], None]

MOST_OPTIONS = 9
MOST_MINUTES = 240
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
LANGUAGE = re.compile(r"[a-z]{2}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def word(value: Any, path: Path, findings: Findings) -> None:
    """Check one text: one line, not empty, nothing that a terminal would obey."""
    if not isinstance(value, str):
        findings.add("no-text", path, key=key_of(path))
    elif not value.strip():
        findings.add("empty-text", path, key=key_of(path))
    elif CONTROL.search(value):
        findings.add("control-character", path, key=key_of(path))


def texts(value: Any, path: Path, findings: Findings) -> None:
    """Check a text in several languages: ``title.de``, ``title.en``."""
    if not isinstance(value, dict) or not value:
        findings.add("no-language-table", path, key=path[-1])
        return
    for language, text in value.items():
        word(text, (*path, language), findings)


def options(value: Any, path: Path, findings: Findings) -> None:
    """Check the options of a scale: by language, 2 to 9 different words each."""
    if not isinstance(value, dict) or not value:
        findings.add("no-language-table", path, key=path[-1])
        return
    for language, words in value.items():
        here = (*path, language)
        if not isinstance(words, list):
            findings.add("no-list", here, key=key_of(here))
            continue
        for position, text in enumerate(words):
            word(text, (*here, position), findings)
        if not 2 <= len(words) <= MOST_OPTIONS:
            findings.add("options-number", here, number=len(words), most=MOST_OPTIONS)
        elif any(words.count(text) > 1 for text in words if isinstance(text, str)):
            findings.add("options-alike", here)


class Matching:
    """A kind for words of one form; ``code`` is what is wrong with any other."""

    def __init__(self, pattern: re.Pattern[str], code: str) -> None:
        self.pattern = pattern
        self.code = code

    def __call__(self, value: Any, path: Path, findings: Findings) -> None:
        """Check one word."""
        if not isinstance(value, str):
            findings.add("no-text", path, key=key_of(path))
        elif not self.pattern.fullmatch(value):
            findings.add(self.code, path, value=value)


identifier = Matching(ID, "bad-id")


def flag(value: Any, path: Path, findings: Findings) -> None:
    """Check ``true`` or ``false``."""
    if not isinstance(value, bool):
        findings.add("no-flag", path, key=path[-1])


def minutes(value: Any, path: Path, findings: Findings) -> None:
    """Check a number of minutes: a whole number from 1 to 240."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_MINUTES:
        findings.add("bad-minutes", path)


def audience(value: Any, path: Path, findings: Findings) -> None:
    """Check whom a suggestion is for."""
    if not isinstance(value, str) or value not in AUDIENCES:
        findings.add("bad-audience", path, known=", ".join(AUDIENCES))


class Each:
    """A kind for lists that are not empty."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, value: Any, path: Path, findings: Findings) -> None:
        """Check the list and all that stands in it."""
        if not isinstance(value, list):
            findings.add("no-list", path, key=key_of(path))
        elif not value:
            findings.add("empty-list", path, key=key_of(path))
        else:
            for position, part in enumerate(value):
                self.kind(part, (*path, position), findings)


class Table:
    """A kind for a table with these keys and no others."""

    def __init__(self, required: Mapping[str, Kind], optional: Mapping[str, Kind]) -> None:
        self.required = required
        self.known = {**required, **optional}

    def __call__(self, value: Any, path: Path, findings: Findings) -> None:
        """Check the table and all that stands in it."""
        if not isinstance(value, dict):
            findings.add("no-table", path, key=key_of(path))
            return
        for key in self.required:
            if key not in value:
                findings.add("missing-key", (*path, key), key=key)
        for key, part in value.items():
            if key in self.known:
                self.known[key](part, (*path, key), findings)
            else:
                findings.add_misspelt("unknown-key", (*path, key), key, self.known)


def accept(names: tuple[str, ...]) -> Table:
    """Make a kind for exceptions: by rule, the reason why it may be broken here."""
    return Table({}, dict.fromkeys(names, word))


scale = Table(
    {"prompt": texts, "options": options},
    {"observer": texts, "accept": accept(rules.SCALE_RULES)},
)


def scales(value: Any, path: Path, findings: Findings) -> None:
    """Check ``[scales.NAME]``: at least one."""
    if not isinstance(value, dict) or not value:
        findings.add("no-table", path, key=key_of(path))
        return
    for name, part in value.items():
        scale(part, (*path, name), findings)


item = Table(
    {"id": identifier, "text": texts},
    {"observer": texts, "reverse": flag, "scale": word, "accept": accept(rules.ITEM_RULES)},
)
suggestion = Table(
    {"for": audience, "title": texts, "step": texts},
    {"items": Each(word), "minutes": minutes, "accept": accept(rules.SUGGESTION_RULES)},
)
dimension = Table(
    {"id": identifier, "title": texts, "items": Each(item)},
    {"about": texts, "suggestions": Each(suggestion), "accept": accept(rules.DIMENSION_RULES)},
)
questionnaire = Table(
    {
        "id": identifier,
        "version": Matching(VERSION, "bad-version"),
        "title": texts,
        "scales": scales,
        "dimensions": Each(dimension),
    },
    {
        "minutes": minutes,
        "scale": word,
        "languages": Each(Matching(LANGUAGE, "bad-language")),
        "purpose": texts,
        "source": Table({"title": word}, {"note": word}),
        "accept": accept(rules.FILE_RULES),
        "reflections": Each(Table({"id": identifier, "text": texts}, {})),
    },
)
