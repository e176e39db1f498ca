"""Writes the tables in README.md from the program itself; cog calls this in ``make docs``."""

from collections.abc import Iterator
from typing import Any

from checklist.bank import Bank
from checklist.cli.commands import command
from checklist.cli.help import placeholder
from checklist.i18n import Texts
from checklist.questionnaire import Wording
from checklist.terminal.words import length

COMMANDS = {"de": ("Befehl", "wofür", "Optionen"), "en": ("command", "what for", "options")}
QUESTIONNAIRES = {
    "de": ("Kennung", "Fragebogen", "Umfang"),
    "en": ("id", "questionnaire", "length"),
}
EVERYWHERE = ("--help", "--lang")


def commands(language: str) -> str:
    """Write a table of all commands; options that every command knows are left out."""
    texts = Texts(language)
    rows = (
        (_usage(name, each, texts), texts(f"{each.help}-short"), _options(each, texts))
        for name, each in _leaves(command(), "checklist")
    )
    return _table(COMMANDS[language], rows)


def questionnaires(language: str) -> str:
    """Write a table of the bundled questionnaires."""
    texts = Texts(language)
    rows = (
        (
            f"`{questionnaire.id}`",
            Wording.of(questionnaire, language).title,
            length(questionnaire, texts).partition(".")[0],
        )
        for questionnaire in Bank().all()
    )
    return _table(QUESTIONNAIRES[language], rows)


def _leaves(parent: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Walk through the commands that have none below them."""
    for name, each in parent.commands.items():
        if hasattr(each, "commands"):
            yield from _leaves(each, f"{path} {name}")
        else:
            yield f"{path} {name}", each


def _usage(name: str, each: Any, texts: Texts) -> str:
    arguments = [part for part in each.params if part.param_type_name == "argument"]
    named = [(part, placeholder(part.metavar, texts)) for part in arguments]
    return _code(
        " ".join([name, *(shown if part.required else f"[{shown}]" for part, shown in named)])
    )


def _options(each: Any, texts: Texts) -> str:
    options = [part for part in each.params if part.param_type_name == "option"]
    return " ".join(
        _code(f"{option.opts[0]} {placeholder(option.metavar or '', texts)}".strip())
        for option in options
        if option.opts[0] not in EVERYWHERE
    )


def _code(text: str) -> str:
    return f"`{text}`".replace("|", r"\|")


def _table(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
