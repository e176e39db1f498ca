"""Finds in the code what it asks the locale files for, without running it."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import checklist

PACKAGE = Path(checklist.__file__).parent

Asked = tuple[str, str, frozenset[str] | None]
"""A place in the code, a key, and the names of the values it gets (``None``: cannot be seen)."""

ERRORS = ("ChecklistError", "WrongUsage")
ANYTHING = "\0"
"""Stands for what an f-string fills in."""


def fields(text: str) -> set[str]:
    """Which values a text needs."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """All modules of the package."""
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


IN_TEMPLATES = re.compile(r'\bt(?:\.count)?\("([a-z.-]+)"')
"""How templates ask for a text: ``{{ t("page.mine", answer=…) }}``."""


def in_templates() -> Iterator[tuple[str, str]]:
    """All keys that templates ask for by themselves, with their places."""
    for path in sorted(PACKAGE.rglob("templates/*.html")):
        for key in IN_TEMPLATES.findall(path.read_text("utf-8")):
            yield path.relative_to(PACKAGE).as_posix(), key


def constants() -> Iterator[tuple[str, str]]:
    """All whole strings in the code, with their places; no docstrings, no parts of f-strings."""
    yield from in_templates()
    for name, module in modules():
        for node in ast.walk(module):
            if not isinstance(node, (ast.Expr, ast.JoinedStr)):
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.Constant) and isinstance(child.value, str):
                        yield f"{name}:{child.lineno}", child.value


def asked_for(keys: frozenset[str]) -> Iterator[Asked]:
    """All texts that calls in the code name outright or by a pattern."""
    for name, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                for key, values in _asked(node, keys):
                    yield f"{name}:{node.lineno}", key, values


def _asked(call: ast.Call, keys: frozenset[str]) -> Iterator[tuple[str, frozenset[str] | None]]:
    pattern = bool(call.args) and isinstance(call.args[0], ast.JoinedStr)
    values = None if pattern else _values(call)  # a pattern may fit more texts than are meant
    called = _last_name(call.func)
    owner = _last_name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    for word in (argument.value for argument in call.keywords if argument.arg == "help"):
        for key in _named(word, keys):
            if key != "option.help":
                yield key, frozenset()
    if not call.args:
        return
    first = call.args[0]
    if called in ("texts", "_texts"):
        yield from ((key, values) for key in _named(first, keys))
    elif called == "count" and owner in ("texts", "_texts"):
        for stem in _named(first, keys):
            for form in ("one", "other"):
                yield f"{stem}.{form}", None if values is None else values | {"n"}
    elif called in ERRORS:
        for code in _named(first, keys):
            yield from ((f"error.{code}.{part}", values) for part in ("what", "remedy"))
    elif called == "Problem":
        for code in _named(first, keys):
            given = None if len(call.args) > 2 else frozenset[str]()
            yield from ((f"problem.{code}.{part}", given) for part in ("what", "remedy"))
    elif called in ("add", "_add") and owner in ("findings", "self"):
        for code in _named(first, keys):
            yield from ((f"problem.{code}.{part}", values) for part in ("what", "remedy"))
    elif called in ("add_misspelt", "_misspelt"):
        for code in _named(first, keys):
            for end in ("", "-near"):
                yield from ((f"problem.{code}{end}.{part}", None) for part in ("what", "remedy"))
    elif called == "Matching":
        for code in _named(call.args[1], keys):
            yield from ((f"problem.{code}.{part}", None) for part in ("what", "remedy"))


def _values(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _named(node: ast.expr, keys: frozenset[str]) -> Iterator[str]:
    """Give the strings that an expression can be; a variable gives none."""
    if isinstance(node, ast.IfExp):
        yield from _named(node.body, keys)
        yield from _named(node.orelse, keys)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr) and not _pattern(node).startswith(ANYTHING):
        found = [key for key in keys if _matches(_pattern(node), key)]
        yield from found or [_pattern(node)]


def _pattern(node: ast.JoinedStr) -> str:
    parts = (part.value if isinstance(part, ast.Constant) else ANYTHING for part in node.values)
    return "".join(map(str, parts))


def _matches(pattern: str, key: str) -> re.Match[str] | None:
    return re.fullmatch(re.escape(pattern).replace(re.escape(ANYTHING), "(.+)"), key)


class Used:
    """All strings that the code can put together: constants, and f-strings filled with them."""

    def __init__(self) -> None:
        self._constants = {constant for _, constant in constants()}
        nodes = [node for _, module in modules() for node in ast.walk(module)]
        patterns = {_pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)}
        self._patterns = {
            *(
                pattern
                for pattern in patterns
                if ANYTHING in pattern and re.search("[a-z]{3}", pattern)
            ),
            *(f"{prefix}.{ANYTHING}" for node in nodes for prefix in _prefixes(node)),
        }

    def __contains__(self, key: str) -> bool:
        stem, _, form = key.rpartition(".")
        return (
            key in self._constants
            or key.isdecimal()
            or (form in ("one", "other") and stem in self)
            or any(
                all(part in self for part in match.groups())
                for match in (_matches(pattern, key) for pattern in self._patterns)
                if match
            )
        )


def _prefixes(function: ast.AST) -> Iterator[str]:
    """Give what a function may hand to ``texts.prefixed``: any string in it."""
    if isinstance(function, ast.FunctionDef):
        inside = list(ast.walk(function))
        if any(isinstance(node, ast.Attribute) and node.attr == "prefixed" for node in inside):
            for node in inside:
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
