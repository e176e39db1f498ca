"""Blocks on their way from a workshop's page to a terminal: as plain JSON values, and back.

Whoever reads does not trust what comes: unknown kinds and fields are refused, as are missing ones,
and everything has a size and a range that renderers can draw. What the texts say is not checked:
renderers take from a text whatever a terminal would obey.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from checklist.render.blocks import (
    Bar,
    Block,
    Difference,
    Legend,
    Profile,
    Stacks,
    Table,
    Trail,
    Trails,
)
from checklist.render.plain import FILLS

MOST_PARTS = 400
"""Blocks of a whole, and rows, points or cells of a block."""
LONGEST_TEXT = 5000
FURTHEST = 100.0
"""Scores run from 0 to 100, differences from -100 to 100."""
HIGHEST_COUNT = 1_000_000

KINDS = {kind.__name__: kind for kind in get_args(Block)}


def to_json(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Give blocks as JSON values: each an object of its fields, and its kind.

    Examples
    --------
    >>> from checklist.render.blocks import Heading
    >>> to_json([Heading("Kundenkontakt")])
    [{'kind': 'Heading', 'text': 'Kundenkontakt'}]
    """
    return [{"kind": type(block).__name__, **asdict(block)} for block in blocks]


def from_json(raw: object) -> list[Block]:
    """Read blocks from JSON values.

    Raises
    ------
    ValueError
        They are no blocks, or larger than any page needs.

    Examples
    --------
    >>> from_json([{"kind": "Heading", "text": "Kundenkontakt"}])
    [Heading(text='Kundenkontakt')]
    """
    if not isinstance(raw, list) or len(raw) > MOST_PARTS:
        raise ValueError("no list of blocks, or too long")
    return [_block(each) for each in raw]


def _block(raw: object) -> Block:
    if not isinstance(raw, dict):
        raise ValueError("a block is an object")
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError("unknown kind of block")
    return cast(Block, _made(KINDS[kind], {key: raw[key] for key in raw if key != "kind"}))


def _made(kind: type, raw: object) -> object:
    """Build a block or a part of one from exactly its fields."""
    hints = _hints(kind)
    if not isinstance(raw, dict) or raw.keys() != hints.keys():
        raise ValueError(f"{kind.__name__} has other fields")
    made = kind(**{name: _value(hint, raw[name]) for name, hint in hints.items()})
    if not CAN_BE_DRAWN.get(kind, lambda _: True)(made):
        raise ValueError(f"{kind.__name__} does not fit together")
    return made


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(hint: Any, raw: object) -> object:
    """Read a value of the type that a field has."""
    if get_origin(hint) is UnionType:
        return None if raw is None else _value(_but_none(hint), raw)
    if get_origin(hint) is tuple:
        return _sequence(get_args(hint), raw)
    if is_dataclass(hint):
        return _made(cast(type, hint), raw)
    if hint is str:
        if isinstance(raw, str) and len(raw) <= LONGEST_TEXT:
            return raw
    elif hint is bool:
        if isinstance(raw, bool):
            return raw
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if hint is int and isinstance(raw, int) and 0 <= raw <= HIGHEST_COUNT:
            return raw
        if hint is float and abs(raw) <= FURTHEST and isfinite(raw):
            return float(raw)
    raise ValueError(f"no {hint.__name__}, or out of bounds")


def _but_none(hint: Any) -> Any:
    """Give what a field holds where it is not empty."""
    (rest,) = (each for each in get_args(hint) if each is not NoneType)
    return rest


def _sequence(kinds: tuple[Any, ...], raw: object) -> tuple[object, ...]:
    if not isinstance(raw, (list, tuple)) or len(raw) > MOST_PARTS:
        raise ValueError("no list, or too long")
    if kinds[-1] is Ellipsis:
        return tuple(_value(kinds[0], each) for each in raw)
    if len(raw) != len(kinds):
        raise ValueError("too few or too many values")
    return tuple(_value(kind, each) for kind, each in zip(kinds, raw, strict=True))


def _rising(interval: tuple[float, float] | None) -> bool:
    return interval is None or interval[0] <= interval[1]


def _bar(bar: Bar) -> bool:
    ends = [end for end in (bar.score, *(bar.interval or ())) if end is not None]
    return min(ends, default=0.0) >= 0 and _rising(bar.interval)


def _stacks(stacks: Stacks) -> bool:
    rows = [row for stack in stacks.stacks for row in stack.rows]
    sizes = {len(row.counts) for row in rows if row.counts is not None}
    return stacks.size in FILLS and sizes <= {stacks.size}


def _trails(trails: Trails) -> bool:
    dates = len(trails.dates)
    rows = trails.rows
    return dates > 0 and all(len(row.scores) == len(row.figures) == dates for row in rows)


CAN_BE_DRAWN: dict[type, Callable[[Any], bool]] = {
    Bar: _bar,
    Profile: lambda profile: bool(profile.bars),
    Table: lambda table: (
        bool(table.header) and all(len(row) == len(table.header) for row in table.rows)
    ),
    Legend: lambda legend: not legend.options or len(legend.options) in FILLS,
    Stacks: _stacks,
    Difference: lambda row: _rising(row.interval),
    Trail: lambda trail: min((n for n in trail.scores if n is not None), default=0.0) >= 0,
    Trails: _trails,
}
"""What renderers take for granted, beside the types of the fields."""
