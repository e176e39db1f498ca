"""On which line of a TOML file a value stands; asked only when there is a problem to point at.

tomli gives values without their places. This walks through a text that tomli has already accepted,
so it needs to tell apart only headers, keys and the values that run over several lines.
"""

import re

import tomli

from checklist.bank.findings import Path

KEY_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)\s*""")
TOKEN = re.compile(
    r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*|[\[\]{}]',
)
SIMPLE = re.compile(r'([A-Za-z0-9_-]+)(?:\.([A-Za-z0-9_-]+))? = "[^"\\]*"')
"""What nearly every line is; finding that out at once makes long files fast."""

CLOSING = {'"""': re.compile(r'(?:[^\\]|\\.)*?"{3,5}'), "'''": re.compile(r".*?'{3,5}")}
"""How a long string ends: up to two quotes of its own may stand before the last three."""


class Lines:
    """The lines of a file by the path of the value that stands there."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._table: Path = ()
        self._depth = 0
        self._quotes = ""
        for number, line in enumerate(text.split("\n"), start=1):
            self._take(line, number)

    def of(self, path: Path) -> int:
        """Give the line of a value, or of the nearest thing around it that has one."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _take(self, line: str, number: int) -> None:
        if self._quotes or self._depth:
            self._follow(line)
            return
        simple = SIMPLE.fullmatch(line)
        if simple:
            path = (*self._table, simple[1])
            self._lines.setdefault(path, number)
            if simple[2]:
                self._lines.setdefault((*path, simple[2]), number)
            return
        header = line.lstrip(" \t")
        if header.startswith("["):
            self._open(header.startswith("[["), _keys(header.lstrip("["))[0], number)
            return
        keys, rest = _keys(line)
        if keys and rest.startswith("="):
            self._note((*self._table, *keys), number)
            self._follow(rest[1:])

    def _open(self, array: bool, keys: list[str], number: int) -> None:
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if array and place == len(keys) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                self._note(path, number)
                path = (*path, self._counts[path])
        self._table = path
        self._note(path, number)

    def _note(self, path: Path, number: int) -> None:
        for end in range(1, len(path) + 1):
            self._lines.setdefault(path[:end], number)

    def _follow(self, line: str) -> None:
        """Keep count of brackets and long strings that run on into the next line."""
        while line:
            if self._quotes:
                closed = CLOSING[self._quotes].match(line)
                if closed is None:
                    return
                line, self._quotes = line[closed.end() :], ""
                continue
            token = TOKEN.search(line)
            if token is None or token[0].startswith("#"):
                return
            line = line[token.end() :]
            if token[0] in ('"""', "'''"):
                self._quotes = token[0]
            else:
                self._depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)


def _keys(text: str) -> tuple[list[str], str]:
    """Split a dotted key from what follows it."""
    keys: list[str] = []
    while part := KEY_PART.match(text):
        keys.append(_bare(part[1]))
        text = text[part.end() :]
        if not text.startswith("."):
            break
        text = text[1:]
    return keys, text


def _bare(key: str) -> str:
    """Take the quotes from a key, and its escapes."""
    if key.startswith('"') and "\\" in key:
        return next(iter(tomli.loads(f"{key} = 0")))
    return key[1:-1] if key[0] in "\"'" else key
