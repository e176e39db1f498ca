"""A questionnaire as a sheet of paper: one HTML file that holds everything it needs.

The template only lays out; what stands on the sheet is put together here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten

from checklist.i18n import Texts
from checklist.notice import TEAM, told
from checklist.questionnaire import Item, Questionnaire, Wording
from checklist.render.paper import letters, on_paper
from checklist.render.template import in_css, template
from checklist.rounds import Round, Team

ROOM = 82.0
"""Millimetres that all options share, beside the statements."""
WIDEST, NARROWEST = 16.4, 9.0
LETTER = 2.05
"""Millimetres that a letter of a column's head takes."""
LONGEST_FOOT = 60
MOST_TEAMS = 30
"""With more teams to tick, the sheet would be a list of teams; then the name is written."""
TEMPLATE = "sheet"
LINES = 2
"""For each text, so that two pages do."""


@dataclass(frozen=True)
class Run:
    """Statements in a row that are asked with the same question."""

    prompt: str
    rows: tuple[tuple[int, str], ...]
    """The number of each, and its words."""


@dataclass(frozen=True)
class Block:
    """A table: statements in a row that have the same options."""

    options: tuple[str, ...]
    runs: tuple[Run, ...]

    @property
    def column(self) -> float:
        """The width of an option's column, in millimetres."""
        return max(NARROWEST, min(WIDEST, ROOM / len(self.options)))

    @property
    def sideways(self) -> bool:
        """Whether a word is too long to stand upright above its column."""
        longest = max(len(word) for option in self.options for word in option.split())
        return longest * LETTER > self.column


def blocks(wording: Wording) -> tuple[Block, ...]:
    """Lay the items out in the order of the sheet; two scales with the same words share a table."""
    numbered = enumerate(on_paper(wording.questionnaire), start=1)
    return tuple(
        Block(options, tuple(_runs(list(rows), wording)))
        for options, rows in groupby(numbered, lambda row: wording.options(row[1].scale))
    )


def render(questionnaire: Questionnaire, texts: Texts, round_: Round | None = None) -> str:
    """Write the sheet.

    Parameters
    ----------
    questionnaire
        For a round its own, as it was frozen.
    texts
        The interface's language; the questionnaire speaks it, too, where it can.
    round_
        Its notice stands on top then, and below there is room for the two words of who agrees to
        be compared with the next round; texts are asked for only where the round takes them.

    Returns
    -------
    str
        HTML with print styles; no script, nothing from elsewhere, and the same for everybody.
    """
    wording = Wording.of(questionnaire, texts.language)
    takes_texts = round_ is None or round_.comments
    labelled = letters(questionnaire)
    return template(TEMPLATE).render(
        words=_words(texts) | _compare(round_, texts),
        aside=_aside(texts, handed_in=round_ is not None),
        language=wording.language,
        title=wording.title,
        foot=in_css(_foot(wording.title, round_)),
        subtitle="" if round_ is None else f"{round_.title} ({round_.code})",
        purpose=wording.purpose,
        how=_how(texts, handed_in=round_ is not None),
        notice=() if round_ is None else _notice(round_, texts),
        teams=() if round_ is None else _teams(round_, texts),
        writes_team=round_ is not None and len(round_.teams) > MOST_TEAMS,
        blocks=blocks(wording),
        comments=takes_texts,
        lines=LINES,
        reflections=[
            (labelled[each.id], wording.text(each.text)) for each in questionnaire.reflections
        ]
        if takes_texts
        else [],
        comparable=round_ is not None,
        after=_after(questionnaire, round_, texts),
    )


def _runs(rows: list[tuple[int, Item]], wording: Wording) -> Iterator[Run]:
    for prompt, run in groupby(rows, lambda row: wording.prompt(row[1].scale)):
        yield Run(prompt, tuple((number, wording.item(item)) for number, item in run))


def _words(texts: Texts) -> dict[str, str]:
    """Give the headings, and what stands above the last column."""
    return {
        "notice": texts("notice.title"),
        "team": texts("sheet-paper.team"),
        "write_team": texts("sheet-paper.write-team"),
        "how": texts("sheet-paper.how-title"),
        "did_not_occur": texts("answer.did-not-occur"),
        "open": texts("sheet-paper.open"),
        "comments": texts("sheet-paper.comments"),
        "after": texts("sheet-paper.after-title"),
    }


def _compare(round_: Round | None, texts: Texts) -> dict[str, str]:
    """Ask whether answers may be linked with those of the rounds before and after."""
    first = round_ is None or round_.follows is None
    return {
        "compare": texts("sheet-panel.question" if first else "sheet-panel.question-follows"),
        "compare_how": texts("sheet-panel.how" if first else "sheet-panel.how-follows"),
        "compare_yes": texts("sheet-panel.yes"),
    }


def _foot(title: str, round_: Round | None) -> str:
    """Say which sheet a page belongs to, in one line."""
    short = shorten(title, LONGEST_FOOT, placeholder=" …")
    return short if round_ is None else f"{short} ({round_.code})"


def _aside(texts: Texts, *, handed_in: bool) -> list[str]:
    """Say to whoever prints the sheet what its readers need not know."""
    keys = ["printing", *(["box", "strips"] if handed_in else [])]
    return [texts(f"sheet-paper.{key}") for key in keys]


def _how(texts: Texts, *, handed_in: bool) -> list[str]:
    """Say how the sheet is filled in."""
    said = [texts("sheet-paper.how"), texts("sheet-paper.wrong")]
    if handed_in:
        said.append(texts("sheet-paper.no-name"))
    return [" ".join(said), texts("welcome.customers")]


def _notice(round_: Round, texts: Texts) -> list[str]:
    """Give the frozen notice, and what is different on paper."""
    if len(round_.teams) == 1:
        said = told(round_, round_.teams[0], texts)
    else:
        words = texts("sheet-paper.given-team")
        said = tuple(part.replace(TEAM, words) for part in round_.notice[texts.language])
    keeper = round_.terms.keeper_name
    beside = ["sheet-paper.typed", *(["sheet-paper.handwriting"] if round_.comments else [])]
    return [*said, *(texts(key, keeper=keeper) for key in beside)]


def _teams(round_: Round, texts: Texts) -> list[str]:
    """Give the teams to tick; none where there is no choice, or too much of it."""
    if not 1 < len(round_.teams) <= MOST_TEAMS:
        return []
    return [_team(team, texts) for team in round_.teams]


def _team(team: Team, texts: Texts) -> str:
    if team.headcount is None:
        return team.name
    return f"{team.name} {texts.count('notice.heads', team.headcount)}"


def _after(questionnaire: Questionnaire, round_: Round | None, texts: Texts) -> str:
    """Say what becomes of the sheet."""
    if round_ is None:
        return texts("sheet-paper.own", id=questionnaire.id)
    keeper = round_.terms.keeper
    if round_.until is None:
        return texts("sheet-paper.hand-in", keeper=keeper)
    return texts("sheet-paper.hand-in-until", keeper=keeper, date=texts.day(round_.until))
