"""Breaks files the way people and editors do, and worse; the same seed breaks them the same way."""

import json
import random
import re
from collections.abc import Callable
from typing import Any

Change = Callable[[random.Random, str], str]

SNIPPETS: tuple[str, ...] = (
    *"\"'\\[]{}=,.#\n\r\t\0 -_",
    '"""',
    "'''",
    "[[",
    "]]",
    "\r\n",
    "\ufeff",
    "\u202e",
    "\x1b[31m",
    "\\u0000",
    "\\ud800",
    "[bold]",
    "{key}",
    "{0}",
    "%s",
    "ä",
    "😀",
    "null",
    "true",
    "1e999",
    "-1",
)
VALUES = (
    "",
    "0",
    "-1",
    "3.5",
    "nan",
    "inf",
    "true",
    '""',
    '" "',
    '"x"',
    "'x'",
    "[]",
    "{}",
    "[[]]",
    '[""]',
    '["x", "x"]',
    '["x", 0x' + "f" * 5000 + "]",
    "[1, {}]",
    "{ de = 1 }",
    '{ de = "x", en = "y" }',
    "1979-05-27",
    "07:32:00",
    "1979-05-27T07:32:00Z",
    "0x" + "f" * 5000,
    "9" * 5000,
    "[" * 30 + "]" * 30,
    "[" * 900,
    "{ a = " * 90 + "1" + " }" * 90,
)
HEADERS = (
    "[dimensions]",
    "[[dimensions]]",
    "[[dimensions.items]]",
    "[dimensions.items.text]",
    "[[dimensions.suggestions]]",
    "[[reflections]]",
    "[reflections]",
    "[scales]",
    "[scales.cases]",
    "[scales.title]",
    "[[scales]]",
    "[source]",
    "[x.y.z]",
)


def mutated(chance: random.Random, text: str, changes: tuple[Change, ...]) -> bytes:
    """Give the text with one to four changes, sometimes with broken bytes besides."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        text = chance.choice(changes)(chance, text)
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    if data and chance.random() < 0.1:
        for _ in range(chance.randint(1, 5)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _insert(chance: random.Random, text: str) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice(SNIPPETS) * chance.choice((1, 1, 2, 50)) + text[place:]


def _remove(chance: random.Random, text: str) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + text[place + chance.choice((1, 1, 2, 30, 3000)) :]


def _truncate(chance: random.Random, text: str) -> str:
    return text[: chance.randint(0, len(text))]


def _lines(change: Callable[[random.Random, list[str]], object]) -> Change:
    def by_lines(chance: random.Random, text: str) -> str:
        lines = text.split("\n")
        change(chance, lines)
        return "\n".join(lines)

    return by_lines


def _delete_line(chance: random.Random, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines))]


def _repeat_line(chance: random.Random, lines: list[str]) -> None:
    lines.insert(chance.randint(0, len(lines)), chance.choice(lines))


def _swap_lines(chance: random.Random, lines: list[str]) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _repeat_block(chance: random.Random, lines: list[str]) -> None:
    start = chance.randrange(len(lines))
    place = chance.randint(0, len(lines))
    lines[place:place] = lines[start : start + chance.randint(2, 40)]


def _other_value(chance: random.Random, lines: list[str]) -> None:
    if (place := _place_of_a_key(chance, lines)) is not None:
        key = lines[place].partition(" = ")[0]
        lines[place] = f"{key} = {chance.choice(VALUES)}"


def _other_key(chance: random.Random, lines: list[str]) -> None:
    if (place := _place_of_a_key(chance, lines)) is not None:
        key, _, value = lines[place].partition(" = ")
        new = chance.choice((key[:-1], key + "s", f"{key}.x", f"{key}.de", f"a.{key}", "'a b'", ""))
        lines[place] = f"{new} = {value}"


def _place_of_a_key(chance: random.Random, lines: list[str]) -> int | None:
    """Choose a key first and then a line with it: rare keys break as often as common ones."""
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if " = " in line:
            places.setdefault(line.partition(" = ")[0], []).append(place)
    return chance.choice(places[chance.choice(list(places))]) if places else None


def _other_header(chance: random.Random, lines: list[str]) -> None:
    lines.insert(chance.randint(0, len(lines)), chance.choice(HEADERS))


TOML_CHANGES: tuple[Change, ...] = (
    _insert,
    _insert,
    _remove,
    _truncate,
    _lines(_delete_line),
    _lines(_delete_line),
    _lines(_repeat_line),
    _lines(_swap_lines),
    _lines(_repeat_block),
    _lines(_other_value),
    _lines(_other_value),
    _lines(_other_value),
    _lines(_other_key),
    _lines(_other_key),
    _lines(_other_header),
)

JSON_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    5,
    6,
    -1,
    10**400,
    4.0,
    float("nan"),
    float("-inf"),
    "",
    "4",
    "did-not-occur",
    "left-open",
    "\ud800",
    "\x1b[31m[bold]{0}\u202e\0",
    "x" * 10_001,
    [],
    [1],
    {},
    {"answers": {}},
    {"needs-ask-first": 4},
)


def _other_json_value(chance: random.Random, text: str) -> str:
    try:
        raw = json.loads(text)
        holders = [part for part in _parts(raw) if part]
    except (ValueError, RecursionError):
        return text
    if not holders:
        return json.dumps(chance.choice(JSON_VALUES))
    holder = chance.choice(holders)
    key = chance.choice(list(holder)) if isinstance(holder, dict) else 0
    value = chance.choice(JSON_VALUES)
    if isinstance(holder, dict) and chance.random() < 0.3:
        holder[chance.choice((f"{key}s", str(key)[:-1], "", "\ud800", "answers"))] = value
    elif chance.random() < 0.2:
        del holder[key]
    else:
        holder[key] = value
    return json.dumps(raw, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1)))


def _parts(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, (dict, list)) else []
    return [*own, *(part for each in inner for part in _parts(each))]


def _nest(chance: random.Random, text: str) -> str:
    depth = chance.choice((2, 50, 2000))
    opening, closing = chance.choice((("[", "]"), ('{"answers": ', "}"), ('{"x": ', "}")))
    return opening * depth + text + closing * depth


def _other_token(chance: random.Random, text: str) -> str:
    tokens = list(re.finditer(r'"[^"]*"|\w+|[^\s\w]', text))
    if not tokens:
        return text
    token, other = chance.choice(tokens), chance.choice(tokens)
    return text[: token.start()] + other[0] + text[token.end() :]


JSON_CHANGES: tuple[Change, ...] = (
    _insert,
    _remove,
    _truncate,
    _lines(_delete_line),
    _lines(_repeat_line),
    _lines(_swap_lines),
    _other_token,
    _other_token,
    _other_json_value,
    _other_json_value,
    _other_json_value,
    _nest,
)
