"""What typer finds wrong with a command line, in our own words."""

from difflib import get_close_matches
from typing import Any

from checklist.cli.help import placeholder
from checklist.i18n import Texts


def explained(error: Any, texts: Texts) -> str:
    """Say what is wrong with the command line and where the help is.

    Parameters
    ----------
    error
        An exception of typer's; told apart by its class name, since typer keeps the classes to
        itself.
    texts
        The interface's language.
    """
    said = _said(error, texts)
    path = error.ctx.command_path if getattr(error, "ctx", None) else "checklist"
    return f"{said} {texts('usage.try-help', path=path)}"


def _said(error: Any, texts: Texts) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        known = [name for p in error.ctx.command.get_params(error.ctx) for name in p.opts]
        near = _near(error.option_name, known)
        if near:
            return texts("usage.unknown-option-near", name=error.option_name, near=near)
        return texts("usage.unknown-option", name=error.option_name)
    if kind == "BadOptionUsage":
        takes_none = "does not take" in error.message
        key = "usage.option-takes-no-value" if takes_none else "usage.option-needs-value"
        return texts(key, name=error.option_name)
    if kind in ("MissingParameter", "BadParameter") and error.param is not None:
        name = error.param.opts[0] if error.param.param_type_name == "option" else None
        shown = name or placeholder(error.param.metavar, texts)
        if kind == "MissingParameter":
            return texts("usage.missing", name=shown)
        choices = getattr(error.param, "choices", None) or getattr(error.param.type, "choices", ())
        if choices:
            known = [str(getattr(choice, "value", choice)) for choice in choices]
            return texts("usage.bad-choice", name=shown, known=", ".join(known))
        return texts("usage.bad-value", name=shown)
    return texts("usage.not-understood")


def _near(name: str, known: list[str]) -> str | None:
    """Find the option that was meant: one that begins like the name, else one that is close."""
    bare = {option.lstrip("-"): option for option in known}
    asked = name.lstrip("-")
    begin = [option for option in bare if option.startswith(asked)]
    near = begin if len(begin) == 1 else get_close_matches(asked, bare, n=1, cutoff=0.7)
    return bare[near[0]] if near else None
