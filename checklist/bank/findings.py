"""Collects what is wrong in a file, by the path of the value, until its line is known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

Path = tuple[str | int, ...]
"""The way to a value: ``("dimensions", 0, "items", 2, "text", "en")``."""


def key_of(path: Path) -> str:
    """Name a value the way an author would: its key, and with it the one it belongs to.

    Examples
    --------
    >>> key_of(("dimensions", 0, "items", 2, "text", "en"))
    'text.en'
    >>> key_of(("scales", "cases", "options", "de", 1))
    'options.de #2'
    """
    *before, last = path
    if isinstance(last, int):
        return f"{key_of(tuple(before))} #{last + 1}"
    owner = before[-1] if before else 0
    return last if isinstance(owner, int) else f"{owner}.{last}"


@dataclass
class Findings:
    """All that is wrong in one file, in the order of finding."""

    found: list[tuple[Path, str, dict[str, Any]]] = field(default_factory=list)

    def add(self, code: str, path: Path, **values: Any) -> None:
        """Note a problem; its words are ``problem.<code>.what`` and ``.remedy``."""
        self.found.append((path, code, values))

    def add_misspelt(self, code: str, path: Path, name: str, known: Iterable[str]) -> None:
        """Note a name that nobody knows, as ``<code>-near`` where a known one is close to it."""
        names = list(known)
        near = get_close_matches(name, names, n=1)
        if near:
            self.add(f"{code}-near", path, name=name, near=near[0])
        else:
            self.add(code, path, name=name, known=", ".join(names))
