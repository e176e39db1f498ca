"""What a rule has found, and where."""

from dataclasses import dataclass, field
from typing import Any

from checklist.bank.findings import Path

UNNEEDED = "unneeded"
"""The rule about exceptions that are not needed; it has none itself."""


@dataclass(frozen=True)
class Note:
    """One warning; its words are ``warning.<rule>.what`` and ``.remedy``."""

    rule: str
    owner: Path
    """The way to the table that breaks the rule, where an exception would stand."""
    path: Path
    """The way to the value that the warning points at."""
    values: dict[str, Any] = field(default_factory=dict)
