"""Strips of paper with two words each, to cut out and draw from a box; see ``panel_words``.

They are no part of the sheet on purpose: sheets stay all alike and can be photocopied, nothing on
an answer says which strip lay beside it, and on a sheet printed on both sides there is no room that
could be cut off without losing answers.
"""

from checklist import panel_words
from checklist.i18n import Texts
from checklist.render.template import in_css, template
from checklist.rounds import Round

TEMPLATE = "strips"
MOST = 500


def codes(language: str, number: int) -> list[str]:
    """Make up codes, no two of them alike, as ``panel_words.fresh``."""
    taken: dict[str, str] = {}
    while len(taken) < number:
        made = panel_words.fresh(language, taken)
        taken[panel_words.read(made)] = made
    return list(taken.values())


def render(printed: list[str], texts: Texts, round_: Round) -> str:
    """Write the strips.

    Parameters
    ----------
    printed
        The codes, as ``panel_words.fresh`` gives them.
    texts
        The interface's language.
    round_
        Its title stands on the strips.

    Returns
    -------
    str
        HTML with print styles; no script, nothing from elsewhere.
    """
    return template(TEMPLATE).render(
        language=texts.language,
        title=texts("sheet-strips.title"),
        aside=[texts(f"sheet-strips.{key}") for key in ("printing", "drawing", "later")],
        foot=in_css(round_.code),
        subtitle=round_.title,
        codes=[code.split() for code in printed],
        keep=texts("sheet-strips.keep"),
        said=[texts(f"sheet-strips.{key}") for key in ("how", "nameless")],
    )
