"""Pages as HTML: from a view and the words of its language, through the templates beside this."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from checklist.i18n import LANGUAGES, Texts
from checklist.interview import Interview, Mark
from checklist.questionnaire import Item, Wording
from checklist.render import html
from checklist.render.blocks import Block, Title
from checklist.render.html_geometry import tints
from checklist.render.plain import one_line
from checklist.render.template import environment
from checklist.rounds import Round
from checklist.sending import Parcel
from checklist.terminal.words import said_words
from checklist.workshop.page.asked import NO_FIELDS, Fields
from checklist.workshop.page.own import taken_home as taken_home_blocks
from checklist.workshop.page.view import View
from checklist.workshop.seats import LONGEST_LINE, Seat
from checklist.workshop.showing.actions import details, sentence
from checklist.workshop.state import VOTES, Workshop
from checklist.workshop.titles import title_of

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
NAMES = {"de": "Deutsch", "en": "English"}
"""Languages by their own names."""
SCALE_SIZES = range(2, 10)
MOST_TYPED_TEXT, MOST_TYPED_LINE = 2500, 1000
"""Signs that a browser lets be typed into a field: more than are kept, so that what is too long is
told and not cut silently, and so few that a whole form stays below the largest body."""
FOCUS = Markup(' tabindex="-1" autofocus')
"""For the headline of a page that one has moved to: a screen reader goes on there."""
REFRESHES = {"wait": 5, "pace": 5, "sent": 10, "voted": 5, "tally": 10, "reveal": 15}
"""Seconds after which a page without scripts asks again, by kind, where nothing is typed."""
STYLED = re.compile(r' style="([^"]*)"')


@dataclass(frozen=True)
class Drawn:
    """Blocks as HTML.

    Attributes
    ----------
    title, below
        What the page is headed with.
    body
        What follows.
    rules
        The lengths in it, as rules of a style sheet.
    """

    title: str
    below: str
    body: Markup
    rules: Markup


NOTHING = Drawn("", "", Markup(), Markup())
MOST_DRAWN = 1000
"""As many as own results are kept: a person may look at theirs more than once."""


def drawn(blocks: Sequence[Block], texts: Texts) -> Drawn:
    """Draw blocks without any ``style`` attribute: a strict content policy forbids these.

    A length gets a rule of its own, which a ``<style>`` with the policy's nonce may hold. Typed
    text cannot be taken for an attribute: in it every quotation mark is escaped.
    """
    if not blocks:  # of most pages, while everybody answers
        return NOTHING
    return _drawn(tuple(blocks), texts.language)


@lru_cache(MOST_DRAWN)
def _drawn(blocks: tuple[Block, ...], language: str) -> Drawn:
    """Draw them once for all who see the same, and for who sees their own again."""
    title = blocks[0] if isinstance(blocks[0], Title) else Title("", "")
    rest = blocks[1:] if title.text else blocks
    found: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        name = found.setdefault(match[1], f"s{len(found)}")
        return f' data-is="{name}"'

    body = STYLED.sub(named, html.body(rest, Texts(language)))
    rules = "".join(f'[data-is="{name}"]{{{rule}}}' for rule, name in found.items())
    return Drawn(title.text, title.below, Markup(body), Markup(rules))


def joining(
    texts: Texts, round_: Round, *, key: str, secure: bool, problem: str, nonce: str
) -> str:
    """Write the page on which one joins."""
    return _written(
        "join", texts, nonce, title=title_of(round_, texts.language), key=key, secure=secure,
        problem=(problem,) if problem else (),
    )  # fmt: skip


def message(texts: Texts, said: str, way: str, *, nonce: str) -> str:
    """Write a page with one sentence, and a way back."""
    return _written("message", texts, nonce, said=said, way=way, title="", problem=())


def room(
    view: View,
    round_: Round,
    *,
    nonce: str,
    problem: tuple[str, ...] = (),
    form: Fields = NO_FIELDS,
    path: str = "/room",
) -> str:
    """Write where a person is.

    Parameters
    ----------
    problem
        What was wrong with a form, in sentences.
    form
        What was typed into it, and stays.
    path
        The address that is shown: ``/own`` stays where the room goes on.
    """
    texts = Texts(view.language)
    wording = Wording.of(round_.questionnaire, view.language)
    interview = Interview(round_.questionnaire, "self", view.response, view.place, view.reopened)
    parcel = Parcel(round_, view.team, interview.final)
    return _written(
        view.kind,
        texts,
        nonce,
        view=view,
        title=title_of(round_, texts.language),
        wording=wording,
        interview=interview,
        step=interview.current,
        is_item=isinstance(interview.current, Item),
        other_scale=_has_other_scale(interview),
        said=lambda step: said_words(interview, step, wording, texts),
        shows_answers=view.kind in ("review", "sent"),
        answered=sum(not isinstance(each, Mark) for each in parcel.response.answers.values()),
        texts_to_send=parcel.texts,
        texts_that_stay=bool(interview.final.comments or interview.final.reflections)
        and not round_.comments,
        blocks=drawn(view.blocks, texts),
        problem=problem,
        form=form,
        path=path,
        refresh=REFRESHES.get(view.kind, 0) if path == "/room" and not problem else 0,
        ballot=[(text, view.votes.count(place)) for place, text in enumerate(view.proposals)],
        has_own=view.has_own,
        sentence=sentence,
        details=details,
        most_votes=VOTES,
        most_typed_text=MOST_TYPED_TEXT,
        most_typed_line=MOST_TYPED_LINE,
        longest_line=LONGEST_LINE,
        focus=Markup() if problem else FOCUS,
    )


def _has_other_scale(interview: Interview) -> bool:
    """Whether the options are others than at the question before, on the way through them all."""
    step, place = interview.current, interview.place
    before = interview.steps[place - 1] if place and not interview.reopened else None
    return isinstance(step, Item) and isinstance(before, Item) and before.scale.id != step.scale.id


def taken_home(
    round_: Round, own: Sequence[Block], seat: Seat, workshop: Workshop, texts: Texts
) -> str:
    """Write what a person takes home, as a page that needs nothing else."""
    return html.render(taken_home_blocks(round_, own, seat, workshop, texts), texts)


def _written(name: str, texts: Texts, nonce: str, **values: Any) -> str:
    other = next(language for language in LANGUAGES if language != texts.language)
    common = {"t": texts, "nonce": nonce, "other": other, "other_name": NAMES[other]}
    defaults: dict[str, Any] = {
        "view": None, "path": "", "refresh": 0, "blocks": NOTHING,
    }  # fmt: skip
    return _environment().get_template(f"{name}.html").render(defaults | common | values)


@cache
def prepare() -> None:
    """Read all templates now, so that a room that scans at once does not wait for each of them."""
    for name in _environment().list_templates(filter_func=lambda name: (TEMPLATES / name).exists()):
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    return environment("checklist.workshop.page", lines=_lines)


def _lines(text: str) -> Markup:
    """Write a text of several lines, each without what a browser would obey."""
    return Markup("\n").join(escape(one_line(line)) for line in text.split("\n"))


@cache
def style() -> str:
    """Give the style sheet: the one of reports, and what a page for touching needs beside it."""
    sizes = {size: tints(size) for size in SCALE_SIZES}
    return _environment().get_template("style.css").render(foot="", tints=sizes)


@cache
def script() -> str:
    """Give the script."""
    return (HERE / "script.js").read_text("utf-8")
