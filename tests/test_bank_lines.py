import random
from typing import Any

import pytest
import tomli

from checklist.bank.lines import Lines

Path = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("\n# a = 0\n  a = 1", ("a",), 3),
        ("a.b = 1\na.c = 2", ("a", "c"), 2),
        ("a.b = 1\na.c = 2", ("a",), 1),
        ("a . \"b c\" . 'd.e' = 1", ("a", "b c", "d.e"), 1),
        ('x = 1\n"say \\"a\\" \\u00e4" = 1', ('say "a" ä',), 2),
        ("[a]\nb = 1\n[c]\nb = 2", ("c", "b"), 4),
        ("[a]\nb = 1\n[c]\nb = 2", ("c",), 3),
        ("[a] # [b]\nc = 1", ("a", "c"), 2),
        ('x = 1\n["a=b"]\nc = 1', ("a=b", "c"), 3),
        ('x = 1\n[a."b] # c"]\nc = 1', ("a", "b] # c", "c"), 3),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", ("a", 1, "b"), 4),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", ("a", 1), 3),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", ("a",), 1),
        ("[[a]]\n[[a.b]]\nc = 1\n[[a]]\n[[a.b]]\nc = 2", ("a", 1, "b", 0, "c"), 6),
        ("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2", ("a", 1, "b", "c"), 6),
        ("[[a]]\nb.c = 1\n[[ a ]]\nb.c = 2", ("a", 1, "b", "c"), 4),
        ('a = """\nb = 0\n[c]\n"""\nb = 1', ("b",), 5),
        ("a = '''\nb = 0\n'''\nb = 1", ("b",), 4),
        ('a = """x\\""" y\nb = 0\n"""\nb = 1', ("b",), 4),
        ('a = """x""""" # """\nb = 1', ("b",), 2),
        ('a = """x \\\n b = 0"""\nb = 1', ("b",), 3),
        ('a = """"""\nb = 1', ("b",), 2),
        ('a = ["]", # ]\n  "b = 0",\n  \'[\',\n]\nb = 1', ("b",), 5),
        ('a = [\n  """\n]""",\n]\nb = 1', ("b",), 5),
        ("a = [\n  { b = 0 },\n]\nb = 1", ("b",), 4),
        ("a = { b = 1, c = { d = 2 } }", ("a", "c", "d"), 1),
        ('a = "#" # "\nb = "[" # [\nc = 1', ("c",), 3),
        ("a = [[1], [2]]\nb = 1", ("b",), 2),
    ],
)
def test_a_value_is_found(text: str, path: Path, line: int) -> None:
    value: Any = tomli.loads(text)
    for key in path:
        value = value[key]
    assert Lines(text).of(path) == line


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("x = 1\n[a]\nb = 1", ("a", "missing"), 2),
        ("x = 1\n[[a]]\n[[a]]\nb = 1", ("a", 1, "missing", "deeper"), 3),
        ("x = 1\na = [\n  1,\n  2,\n]", ("a", 1), 2),
        ("x = 1\na = [\n  { b = 1 },\n]", ("a", 0, "b"), 2),
        ("x = 1\na = 2", ("missing",), 1),
        ("", (), 1),
    ],
)
def test_what_has_no_line_has_that_of_what_is_around_it(text: str, path: Path, line: int) -> None:
    assert Lines(text).of(path) == line


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_random_files(first: int) -> None:
    for seed in range(first, first + 100):
        text, places = _Writer(random.Random(seed)).file()
        raw: Any = tomli.loads(text)
        lines = Lines(text)
        for path, line in places.items():
            value = raw
            for key in path:
                value = value[key]
            assert lines.of(path) == line, f"{path} in\n{text}"


class _Writer:
    """Writes TOML in ever other forms and keeps the line of every key it writes."""

    KEYS = ("a", "b-2", '"c d"', "'e.f'", '"g]"', '"h = [1"', '"i # j"', '"k\\"l"', '"m\\u0041"')
    VALUES = (
        "1",
        "1.5",
        "true",
        "1979-05-27",
        "2024-01-01T00:00:00Z",
        '"x = 1"',
        '"[ # \\" ]"',
        "'[[ \" {'",
        '"""one line [ \' """',
        '"""\nx = 1\n[[x]]\n\\""" # "" \n"""',
        "'''\n[x]\ny = \"\"\" {\n'''",
        '""""two""""',
        "'''''two'''''",
        "[]",
        "[ 1, [2, 3], ['[', \"]\"] ]",
        '[\n  "a", # ] "\n  """\n]""",\n\n]',
        "[\n  { x = 1, y = [2] },\n  {},\n]",
        "{}",
        '{ x = 1, "y z" = "}", w.v = [1, "]"] }',
    )

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._text: list[str] = []
        self._number = 1
        self._places: dict[Path, int] = {}

    def file(self) -> tuple[str, dict[Path, int]]:
        self._statements(())
        for name in self._chance.sample(self.KEYS, 4):
            self._section(f"{name}-s" if name.isalnum() else name.replace("m", "ms"), (), "")
        return "\n".join(self._text), self._places

    def _section(self, name: str, path: Path, before: str, depth: int = 0) -> None:
        key = f"{before}{name}"
        here = (*path, self._plain(name))
        if path == () and here in self._places:
            return
        if self._chance.random() < 0.5:
            self._places.setdefault(here, self._number)
            self._write(self._with_blanks("[", key, "]"))
            self._statements(here)
            self._sections(here, key, depth)
            return
        for place in range(self._chance.randint(1, 3)):
            self._places.setdefault(here, self._number)
            self._places[(*here, place)] = self._number
            self._write(self._with_blanks("[[", key, "]]"))
            self._statements((*here, place))
            self._sections((*here, place), key, depth)

    def _sections(self, path: Path, key: str, depth: int) -> None:
        if depth < 2:
            for name in self._chance.sample(
                ("sub", '"sub 2"', "'[sub]'"), self._chance.choice((0, 1, 2))
            ):
                self._section(name, path, f"{key}.", depth + 1)

    def _statements(self, path: Path) -> None:
        for key in self._chance.sample(self.KEYS, self._chance.randint(0, 5)):
            here = (*path, self._plain(key))
            value = self._chance.choice(self.VALUES)
            self._places[here] = self._number
            if self._chance.random() < 0.3:
                self._places[(*here, "dotted")] = self._number
                key = f"{key}{self._chance.choice(('.', ' . '))}dotted"
            noise = self._chance.choice(("", "", " # [", ' # x = "', "   # '''"))
            self._write(f"{self._chance.choice(('', '  '))}{key} = {value}{noise}")
            for _ in range(self._chance.choice((0, 0, 1))):
                self._write(self._chance.choice(("", "# a = 1", "  # [a]", "\t")))

    def _with_blanks(self, opening: str, key: str, closing: str) -> str:
        blank = self._chance.choice(("", " "))
        return f"{opening}{blank}{key}{blank}{closing}{self._chance.choice(('', ' # ]'))}"

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._number += text.count("\n") + 1

    @staticmethod
    def _plain(key: str) -> str:
        return next(iter(tomli.loads(f"{key} = 0")))
