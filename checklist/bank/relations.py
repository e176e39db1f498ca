"""What must fit together in a questionnaire file although TOML and each value alone are in order.

Works on the raw tables and steps over whatever ``shape`` has already complained of, so that an
author sees every problem of a file at once.
"""

from collections.abc import Iterator
from typing import Any

from checklist.bank.findings import Findings, Path
from checklist.bank.shape import LANGUAGE

DEFAULT_LANGUAGES = ["de", "en"]
LANGUAGE_TABLES = frozenset({"title", "purpose", "about", "text", "observer", "step", "prompt"})


def check(raw: dict[str, Any], findings: Findings) -> None:
    """Note everything in ``raw`` that does not fit together."""
    _languages(raw, findings)
    _scales(raw, findings)
    _names(raw, findings)
    _references(raw, findings)


def _tables(parent: Any, key: str, path: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """Walk an array of tables, passing over what is none."""
    parts = parent.get(key) if isinstance(parent, dict) else None
    for position, part in enumerate(parts if isinstance(parts, list) else []):
        if isinstance(part, dict):
            yield part, (*path, key, position)


def _languages(raw: dict[str, Any], findings: Findings) -> None:
    declared = raw.get("languages", DEFAULT_LANGUAGES)
    if not isinstance(declared, list) or not declared or not all(map(_is_language, declared)):
        return
    for name in sorted({name for name in declared if declared.count(name) > 1}):
        findings.add("language-twice", ("languages",), language=name)
    for texts, path in _language_tables(raw):
        for language in declared:
            if language not in texts:
                findings.add("language-missing", path, key=path[-1], language=language)
        for language in texts:
            if language not in declared:
                here = (*path, language)
                findings.add_misspelt("language-undeclared", here, language, declared)


def _is_language(name: Any) -> bool:
    return isinstance(name, str) and LANGUAGE.fullmatch(name) is not None


def _language_tables(raw: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Path]]:
    """Find every text in several languages, whatever it stands in, however deep."""
    waiting: list[tuple[Any, Path]] = [(raw, ())]
    while waiting:
        value, path = waiting.pop()
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            here = (*path, key)
            is_text = key in LANGUAGE_TABLES or (key == "options" and path[:1] == ("scales",))
            is_name = path in (("scales",), ("source",))
            if isinstance(part, dict) and is_text and not is_name:
                yield part, here
            elif isinstance(part, (dict, list)):
                waiting.append((part, here))


def _scales(raw: dict[str, Any], findings: Findings) -> None:
    scales = raw.get("scales")
    if not isinstance(scales, dict) or not scales:
        return
    for name, scale in scales.items():
        words = scale.get("options") if isinstance(scale, dict) else None
        lists = words.values() if isinstance(words, dict) else ()
        sizes = {len(part) for part in lists if isinstance(part, list)}
        if len(sizes) > 1:
            findings.add("options-differ", ("scales", name, "options"), name=name)
    default = raw.get("scale", next(iter(scales)) if len(scales) == 1 else None)
    if isinstance(default, str) and default not in scales:
        findings.add_misspelt("unknown-scale", ("scale",), default, scales)
    for dimension, path in _tables(raw, "dimensions", ()):
        used: set[str] = set()
        for item, here in _tables(dimension, "items", path):
            name = item.get("scale", default)
            if name is None:
                findings.add("no-scale", here, known=", ".join(scales))
            elif isinstance(name, str):
                used.add(name)
                if "scale" in item and name not in scales:
                    findings.add_misspelt("unknown-scale", (*here, "scale"), name, scales)
        if len(used) > 1:
            findings.add("two-scales", (*path, "id"), names=", ".join(sorted(used)))


def _names(raw: dict[str, Any], findings: Findings) -> None:
    dimensions = list(_tables(raw, "dimensions", ()))
    items = [part for table, path in dimensions for part in _tables(table, "items", path)]
    for code, parts in (
        ("dimension-twice", dimensions),
        ("item-twice", items + list(_tables(raw, "reflections", ()))),
    ):
        seen: set[str] = set()
        for part, path in parts:
            name = part.get("id")
            if isinstance(name, str) and name in seen:
                findings.add(code, (*path, "id"), name=name)
            elif isinstance(name, str):
                seen.add(name)


def _references(raw: dict[str, Any], findings: Findings) -> None:
    for dimension, path in _tables(raw, "dimensions", ()):
        own = [item.get("id") for item, _ in _tables(dimension, "items", path)]
        known = [name for name in own if isinstance(name, str)]
        for suggestion, here in _tables(dimension, "suggestions", path):
            named = suggestion.get("items")
            for name in named if isinstance(named, list) else []:
                if isinstance(name, str) and known and name not in known:
                    findings.add_misspelt("unknown-item", (*here, "items"), name, known)
