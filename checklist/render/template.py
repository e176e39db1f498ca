"""The templates of all pages: where they lie, and that nothing in them is ever taken for markup."""

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
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
    environment = Environment(
        loader=PackageLoader("checklist.render"),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment.get_template(f"{name}.html")


def in_css(text: str) -> str:
    """Write a text so that nothing in it can mean anything in a style sheet."""
    return "".join(f"\\{ord(sign):06x}" for sign in one_line(text))


def _harmless(value: object) -> object:
    """Take control and direction signs from every text; markup is escaped by the template."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
