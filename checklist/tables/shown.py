"""Quotes what stands in a table: cut where it is long, and with nothing that a terminal obeys."""

from collections.abc import Sequence
from difflib import get_close_matches

LONGEST = 40


def shown(text: str) -> str:
    r"""Write a cell so that it can be shown.

    Examples
    --------
    >>> shown("a\x1b[31m\n"), shown("x" * 100) == "x" * 39 + "…"
    ('a�[31m�', True)
    """
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    if cut.isprintable():
        return cut
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in cut)


class Near:
    """Finds the known name that a misspelt one is close to; remembers, and gives up in time.

    A column of a million unknown names must not cost a million searches.
    """

    def __init__(self, known: Sequence[str], likeness: float = 0.6, most: int = 500) -> None:
        self._known = {name.casefold(): name for name in known}
        self._found: dict[str, str | None] = {}
        self._likeness, self._most = likeness, most

    def to(self, name: str) -> str | None:
        """Give the nearest known name, if any is near."""
        asked = name[:200].casefold()
        if asked not in self._found:
            if len(self._found) == self._most:
                return None
            near = get_close_matches(asked, self._known, 1, self._likeness)
            self._found[asked] = self._known[near[0]] if near else None
        return self._found[asked]
