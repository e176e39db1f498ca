"""What the made-up company, its people and their comments are called, a file a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tomli

from checklist.rounds import Comment, Terms


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Attributes
    ----------
    titles
        Of the rounds ``spring`` and ``autumn``.
    teams
        By key: each says that it is made up, so that a line by itself still says so.
    comments
        In the order of the file: nobody wrote them, so no order tells who did.
    """

    titles: Mapping[str, str]
    teams: Mapping[str, str]
    terms: Terms
    comments: tuple[Comment, ...]


def words(language: str) -> Words:
    """Read the words of a language that the interface speaks."""
    path = Path(__file__).with_name(f"{language}.toml")
    raw = tomli.loads(path.read_text("utf-8"))
    return Words(
        titles=raw["titles"],
        teams={key: raw["made-up"].format(team=name) for key, name in raw["teams"].items()},
        terms=Terms(**raw["terms"], no_sanctions=True),
        comments=(*_comments("item", raw["items"]), *_comments("reflection", raw["reflections"])),
    )


def _comments(kind: Literal["item", "reflection"], written: Mapping[str, Any]) -> list[Comment]:
    return [Comment(kind, about, text) for about, texts in written.items() for text in texts]
