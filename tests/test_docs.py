import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checklist.cli.commands import command
from tests.helpers import Call

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "benchmarks", ROOT / "docs")
    for page in folder.glob("*.md")
)
PROGRAM = "checklist"


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def code(page: str) -> Iterator[str]:
    """Give what stands in a page as code: lines of blocks, and what stands in backticks."""
    prose = []
    for place, part in enumerate(re.split(r"^```\w*$", text(page), flags=re.MULTILINE)):
        if place % 2:
            yield from filter(None, map(str.strip, part.splitlines()))
        else:
            prose.append(re.sub(r"<!--.*?-->", "", part, flags=re.DOTALL))
    yield from re.findall(r"`([^`\n]+)`", "".join(prose))


def commands(parent: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, each in parent.commands.items():
        if hasattr(each, "commands"):
            yield from commands(each, (*path, name))
        else:
            yield (*path, name)


def printed(page: str, program: str) -> list[str]:
    """Give the calls of a program that a page prints, without patterns such as ``[ID]``."""
    calls = {piece for piece in code(page) if piece.split()[0] == program}
    return sorted(call for call in calls if not re.search(r"[\[|…]", call))


@pytest.mark.parametrize("path", list(commands(command())), ids=" ".join)
def test_the_readme_names_every_command_in_both_languages(path: tuple[str, ...]) -> None:
    german, english = text("README.md").split("## In English")
    call = f"`{PROGRAM} {' '.join(path)}"

    assert re.search(rf"\| {call}\b", german)
    assert re.search(rf"\| {call}\b", english)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", list(commands(command())), ids=" ".join)
def test_the_readme_writes_a_command_as_its_help_does(
    path: tuple[str, ...], language: str, inside: Call
) -> None:
    half = text("README.md").split("## In English")[language == "en"]
    call = rf"\| `{PROGRAM} {' '.join(path)}[ `]"
    row = next(line for line in half.splitlines() if re.match(call, line))
    page = inside(*path, "--lang", language, "--help").out
    usage = page.splitlines()[0].partition(": ")[2].rpartition(" [")[0]
    own = re.findall(r"^  (--(?!lang|help)\S+(?: [^ ]+)?)", page, flags=re.MULTILINE)
    shown = re.findall(r"`([^`]+)`", row.replace(r"\|", "|"))
    assert shown == [usage, *own]


@pytest.mark.parametrize(
    ("page", "call"), [(page, call) for page in PAGES for call in printed(page, PROGRAM)]
)
def test_every_printed_command_is_understood(page: str, call: str, inside: Call) -> None:
    arguments = shlex.split(call, comments=True)[1:]

    assert inside(*arguments, "--help").code == 0


@pytest.mark.parametrize(
    ("page", "call"), [(page, call) for page in PAGES for call in printed(page, "make")]
)
def test_every_printed_make_target_exists(page: str, call: str) -> None:
    targets = re.findall(r"^([a-z]+):.*## ", text("Makefile"), flags=re.MULTILINE)
    named = [word for word in shlex.split(call, comments=True)[1:] if "=" not in word]

    assert set(named) <= set(targets)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_into_the_checkout_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(page))

    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    looks_like_a_path = re.compile(r"\.?[\w-]+(/[\w-]+)*(/|\.(py|toml|sh|md|txt|json))")
    named = {piece for piece in code(page) if looks_like_a_path.fullmatch(piece)}
    places = (ROOT, ROOT / "checklist", (ROOT / page).parent)

    assert [path for path in named if not any((place / path).exists() for place in places)] == []


@pytest.mark.parametrize("picture", sorted((ROOT / "docs").glob("*.svg")), ids=lambda p: p.name)
def test_a_picture_loads_nothing(picture: Path) -> None:
    drawn = picture.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"https?:|url\(|@import|href", drawn)
