"""Help pages in our own words: typer's are English.

Commands and options carry keys of ``locale/*.toml`` in place of help texts; they are looked up when
a page is shown.
"""

import re
import shutil
import textwrap
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from checklist.errors import WrongUsage
from checklist.i18n import Texts

WIDEST = 96


class LocalCommand(TyperCommand):
    """A command whose help page and errors speak the interface's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(page(self, ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option ``--help``, with our words."""
        return _own_help(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse more arguments than there are, in our words."""
        return _refusing_extras(ctx, args, super().parse_args)


class LocalGroup(TyperGroup):
    """A group of commands, likewise."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(page(self, ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option ``--help``, with our words."""
        return _own_help(super().get_help_option(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command by its name.

        Raises
        ------
        WrongUsage
            ``unknown-command``, with the nearest name.
        """
        name, known = args[0], list(self.commands)
        if name not in known and not name.startswith("-"):
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            raise WrongUsage(
                "unknown-command-near" if near else "unknown-command",
                name=name,
                near=f"{ctx.command_path} {near[0]}" if near else "",
                known=", ".join(known),
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named.

        Raises
        ------
        WrongUsage
            ``missing-command``: none was, and the group does nothing by itself.
        """
        if not ctx._protected_args and not self.invoke_without_command:
            raise WrongUsage(
                "missing-command", path=ctx.command_path, known=", ".join(self.commands)
            )
        return super().invoke(ctx)


def page(command: Any, ctx: Any) -> str:
    """Write a help page: usage, what the command does, arguments, options, commands."""
    texts: Texts = ctx.find_root().obj.texts
    width = min(shutil.get_terminal_size().columns, WIDEST)
    arguments = [p for p in command.get_params(ctx) if p.param_type_name == "argument"]
    options = [p for p in command.get_params(ctx) if p.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    pieces = [ctx.command_path]
    named = [(p, placeholder(p.metavar, texts)) for p in arguments]
    pieces += [name if p.required else f"[{name}]" for p, name in named]
    if commands:
        pieces.append(texts("usage.command"))
    pieces.append(texts("usage.options"))
    sections = [
        texts("usage.usage", usage=" ".join(pieces)),
        "\n".join(textwrap.wrap(texts(command.help), width)),
        _section(texts("usage.commands"), _commands(commands, texts), width),
        _section(
            texts("usage.arguments"), [(name, _words(p.help, texts)) for p, name in named], width
        ),
        _section(texts("usage.options-title"), [_option(p, texts) for p in options], width),
    ]
    return "\n\n".join(filter(None, sections)) + "\n"


def placeholder(metavar: str, texts: Texts) -> str:
    """Write what stands for a value, such as ``FILE|DIR...``, in the interface's language."""
    return re.sub("[A-Z]+", lambda word: texts(f"placeholder.{word[0]}"), metavar)


def _commands(commands: dict[str, Any], texts: Texts) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, command in commands.items():
        parts = getattr(command, "commands", {})
        if parts:
            rows += [(f"{name} {part}", texts(f"{c.help}-short")) for part, c in parts.items()]
        else:
            rows.append((name, texts(f"{command.help}-short")))
    return rows


def _option(option: Any, texts: Texts) -> tuple[str, str]:
    names = ", ".join(option.opts)
    value = "" if option.is_flag else f" {placeholder(option.metavar, texts)}"
    return names + value, _words(option.help, texts)


def _words(key: str | None, texts: Texts) -> str:
    return texts(key) if key else ""


def _section(title: str, rows: Iterable[tuple[str, str]], width: int) -> str:
    rows = list(rows)
    if not rows:
        return ""
    column = max(len(name) for name, _ in rows) + 4
    lines = [title]
    for name, said in rows:
        wrapped = textwrap.wrap(said, max(width - column, 20)) or [""]
        lines.append(f"  {name.ljust(column - 2)}{wrapped[0]}".rstrip())
        lines += [" " * column + line for line in wrapped[1:]]
    return "\n".join(lines)


def _own_help(option: Any) -> Any:
    if option is not None:
        option.help = "option.help"
    return option


def _refusing_extras(
    ctx: Any, args: list[str], parse: Callable[[Any, list[str]], list[str]]
) -> list[str]:
    allowed, ctx.allow_extra_args = ctx.allow_extra_args, True
    try:
        extra = parse(ctx, args)
    except typer.TyperException as error:
        if getattr(error, "ctx", ctx) is None:
            error.ctx = ctx  # type: ignore[attr-defined]  # some of typer's errors forget it
        raise
    finally:
        ctx.allow_extra_args = allowed
    if extra and not ctx.resilient_parsing:
        raise WrongUsage("extra-arguments", extra=" ".join(extra), path=ctx.command_path)
    return extra
