"""The templates of all pages: where they lie, and that nothing in them is ever taken for markup."""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from checklist.render.plain import one_line


def template(name: str, **filters: object) -> Template:
    """Give a template of ``render/templates``.

    Parameters
    ----------
    name
        The file's name without its ending.
    filters
        What the template may call to turn figures into lengths.
    """
    return environment(**filters).get_template(f"{name}.html")


def environment(*packages: str, **filters: object) -> Environment:
    """Give what templates are read with.

    Parameters
    ----------
    packages
        Whose folders ``templates`` are looked into before the one of ``render``.
    filters
        As in ``template``.
    """
    loaders = [PackageLoader(package) for package in (*packages, "checklist.render")]
    made = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # templates do not change while the program runs
    )
    made.filters.update(filters)
    return made


def in_css(text: str) -> str:
    """Write a text so that nothing in it can mean anything in a style sheet."""
    return "".join(f"\\{ord(sign):06x}" for sign in one_line(text))


def _harmless(value: object) -> object:
    """Take control and direction signs from every text; markup is escaped by the template."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
