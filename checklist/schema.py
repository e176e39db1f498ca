"""A JSON Schema of the questionnaire file, for editors that complete and check while one types.

It is written from what ``bank.shape`` accepts, so it knows every key that a file may have and no
other. Whether the parts of a file fit together only ``checklist questions check`` can tell.
"""

from collections.abc import Mapping
from typing import Any

from checklist.bank import shape
from checklist.bank.shape import Each, Kind, Matching, Table
from checklist.i18n import Texts
from checklist.questionnaire import AUDIENCES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT = {"$ref": "#/$defs/text"}
TEXTS = {"$ref": "#/$defs/texts"}
SCALE = {"$ref": "#/$defs/scale"}

SIMPLE: Mapping[Kind, Mapping[str, Any]] = {
    shape.word: TEXT,
    shape.texts: TEXTS,
    shape.options: {"$ref": "#/$defs/options"},
    shape.flag: {"type": "boolean"},
    shape.minutes: {"type": "integer", "minimum": 1, "maximum": shape.MOST_MINUTES},
    shape.audience: {"enum": list(AUDIENCES)},
    shape.scales: {"type": "object", "minProperties": 1, "additionalProperties": SCALE},
}
"""Kinds that are functions, which do not show what they accept."""

TABLES: Mapping[Kind, str] = {
    shape.questionnaire: "questionnaire",
    shape.scale: "scale",
    shape.dimension: "dimension",
    shape.item: "item",
    shape.suggestion: "suggestion",
}
"""Tables with a name of their own, below which ``locale`` describes their keys."""


def json_schema(texts: Texts) -> dict[str, Any]:
    """Write the schema, in the dialect of 2020-12.

    Parameters
    ----------
    texts
        The language of the descriptions, which editors show beside a key.

    Raises
    ------
    KeyError
        ``bank.shape`` knows a key that ``locale`` does not describe: a fault of ours.
    """
    named = {name: kind for kind, name in TABLES.items() if name != "questionnaire"}
    return {
        "$schema": DIALECT,
        "title": texts("schema.title"),
        "description": texts("schema.description"),
        **_table(shape.questionnaire, "questionnaire", texts),
        "$defs": {
            "text": {
                "type": "string",
                "pattern": r"\S",
                "not": {"pattern": shape.CONTROL.pattern},
            },
            "texts": {"type": "object", "minProperties": 1, "additionalProperties": TEXT},
            "options": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {
                    "type": "array",
                    "items": TEXT,
                    "minItems": 2,
                    "maxItems": shape.MOST_OPTIONS,
                    "uniqueItems": True,
                },
            },
            **{name: _table(kind, name, texts) for name, kind in named.items()},
        },
    }


def _table(kind: Kind, owner: str, texts: Texts) -> dict[str, Any]:
    assert isinstance(kind, Table)
    return {
        "type": "object",
        "required": list(kind.required),
        "additionalProperties": False,
        "properties": {
            key: {**_description(owner, key, texts), **_schema(part, key, texts)}
            for key, part in kind.known.items()
        },
    }


def _description(owner: str, key: str, texts: Texts) -> dict[str, str]:
    """Say what a key is for; exceptions are described once, for all rules."""
    return {} if owner == "accept" else {"description": texts(f"schema.{owner}.{key}")}


def _schema(kind: Kind, key: str, texts: Texts) -> Mapping[str, Any]:
    """Say what a kind accepts; a table without a name of its own is described below its key."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind in TABLES:
        return {"$ref": f"#/$defs/{TABLES[kind]}"}
    if isinstance(kind, Matching):
        return {"type": "string", "pattern": f"^(?:{kind.pattern.pattern})$"}
    if isinstance(kind, Each):
        return {"type": "array", "minItems": 1, "items": _schema(kind.kind, key, texts)}
    if isinstance(kind, Table):
        return _table(kind, key, texts)
    raise TypeError(kind)
