"""What respondents of a round are told, and what its keeper may state beside it.

The paragraphs are made once, when a round opens, in every language, and frozen in it: what was
promised does not change with a later version of the program. Only ``{team}`` is filled in later,
since it differs between respondents. Who looks at a team from outside, or leads it, is told what is
different for them; so is who answers for themselves on the page of a workshop.
"""

from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import tomli

from checklist.errors import ChecklistError, Problem
from checklist.i18n import LANGUAGES, Texts, inside_quotes
from checklist.questionnaire import PERSPECTIVES, Perspective
from checklist.rounds import Round, Team, Terms

TEAM = "{team}"

Variant = Perspective | Literal["page"]
"""To whom a notice speaks; ``page``: to who answers for themselves on the page of a workshop."""

OWN: tuple[Variant, ...] = ("self", "page")
"""Those who answer for themselves."""

STATED: dict[str, tuple[str, type]] = {
    "purpose": ("purpose", str),
    "legal-basis": ("legal_basis", str),
    "works-council": ("works_council", str),
    "no-sanctions": ("no_sanctions", bool),
    "keeper-leads-a-team": ("leads", bool),
}
"""What a notice file may state: its keys, the field of ``Terms``, and what kind of value."""


def notice(round_: Round, before: Round | None = None) -> dict[str, tuple[str, ...]]:
    """Word what respondents are told before the first question, in every language.

    Parameters
    ----------
    round_
        The round that opens.
    before
        The closed round that it follows.

    Returns
    -------
    dict
        As ``Round.notice``; for the outside views only where the questionnaire has words for them.
    """
    outside = round_.questionnaire.has_outside_view
    views: list[Variant] = [view for view in PERSPECTIVES if outside or view == "self"]
    views.append("page")
    return {
        _key(language, view): _paragraphs(round_, Texts(language), view, before)
        for language in LANGUAGES
        for view in views
    }


def frozen(round_: Round, texts: Texts, view: Variant = "self") -> tuple[str, ...]:
    """Give the frozen notice, with ``{team}`` in it.

    A round that opened when there were no outside views, or no page, says it of them in the words
    of today, from the terms that are frozen in it.
    """
    found = round_.notice.get(_key(texts.language, view))
    return _paragraphs(round_, texts, view) if found is None else found


def told(round_: Round, team: Team, texts: Texts, view: Variant = "self") -> tuple[str, ...]:
    """Give the frozen notice as one respondent reads it."""
    known = view in OWN and team.headcount is not None
    size = texts.count("notice.heads", team.headcount or 0) if known else ""
    named = texts("notice.team", team=team.name, heads=size).strip()
    return tuple(part.replace(TEAM, named) for part in frozen(round_, texts, view))


def _key(language: str, view: Variant) -> str:
    return language if view == "self" else f"{language}/{view}"


def _paragraphs(
    round_: Round, texts: Texts, view: Variant, before: Round | None = None
) -> tuple[str, ...]:
    from checklist.privacy import Thresholds

    terms, least = round_.terms, Thresholds(round_.min_group)
    unstated = texts("notice.not-stated")
    said = [
        texts("notice.leads", keeper=terms.keeper_name) if terms.leads else "",
        "" if view in OWN else texts(f"notice.{view}.about", team=TEAM),
        texts("notice.voluntary" if view == "self" else f"notice.{view}.voluntary"),
        texts(
            "notice.responsible",
            keeper=terms.keeper,
            purpose=terms.purpose or unstated,
            basis=terms.legal_basis or unstated,
            council=terms.works_council or unstated,
        ),
        _compared(before, texts) if view in OWN else "",
        texts(_about_sending(round_, view), team=TEAM),
        texts(_about_comments(round_, view)),
        texts(
            "notice.page.readers" if view == "page" else "notice.readers",
            keeper=terms.keeper_name,
        ),
        texts("notice.report", recipient=terms.recipient)
        if terms.recipient
        else texts("notice.report-open"),
        texts("notice.beside") if view in OWN and round_.questionnaire.has_outside_view else "",
        texts(
            _about_thresholds(round_, view),
            scores=least.scores,
            items=least.items,
            comments=least.comments,
        )
        if view != "lead"
        else "",
        texts(f"notice.{_promise(terms)}"),
        texts("notice.until", date=texts.day(round_.until)) if round_.until else "",
        texts(
            "notice.page.deletion" if view == "page" else "notice.deletion",
            days=round_.delete_after,
        ),
        texts(
            "notice.rights" if view == "self" else f"notice.{view}.rights",
            code=round_.code,
            contact=terms.keeper,
        ),
    ]
    return tuple(filter(None, said))


def _compared(before: Round | None, texts: Texts) -> str:
    """Name the round before; only self-views are compared with it."""
    if before is None or before.closed_on is None:
        return ""
    return texts(
        "notice.follows",
        title=inside_quotes(before.title),
        code=before.code,
        date=texts.day(before.closed_on),
    )


def _about_sending(round_: Round, view: Variant) -> str:
    if view not in OWN:
        return f"notice.{view}.sent"
    return "notice.sent" if round_.follows is None else "notice.sent-follows"


def _about_comments(round_: Round, view: Variant) -> str:
    if view not in OWN:
        return "notice.no-texts"
    if round_.comments:
        return "notice.page.with-comments" if view == "page" else "notice.with-comments"
    return "notice.page.without-comments" if view == "page" else "notice.without-comments"


def _about_thresholds(round_: Round, view: Variant) -> str:
    if view not in OWN:
        return "notice.observer.thresholds"
    return "notice.thresholds-comments" if round_.comments else "notice.thresholds"


def _promise(terms: Terms) -> str:
    return "no-sanctions" if terms.no_sanctions else "no-promise"


def read_stated(path: Path) -> dict[str, Any]:
    """Read a notice file: fields of ``Terms`` by their names.

    Raises
    ------
    ChecklistError
        ``notice-unreadable``, or ``notice-invalid`` with everything that is wrong in it.
    """
    try:
        raw = tomli.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ChecklistError("notice-unreadable", file=str(path), reason=error) from error
    except UnicodeDecodeError as error:
        raise _invalid(path, [Problem("notice-utf-8", path.name)]) from error
    except tomli.TOMLDecodeError as error:
        place = f"{path.name}:{error.lineno}:{error.colno}"
        raise _invalid(path, [Problem("notice-toml", place)]) from error
    problems = [problem for key, value in raw.items() if (problem := _problem(path, key, value))]
    if problems:
        raise _invalid(path, problems)
    return {STATED[key][0]: value for key, value in raw.items()}


def _problem(path: Path, key: str, value: Any) -> Problem | None:
    place = f"{path.name}: {key}"
    if key not in STATED:
        near = get_close_matches(key, STATED, n=1)
        if near:
            return Problem("notice-key-near", place, {"near": near[0]})
        return Problem("notice-key", place, {"known": ", ".join(STATED)})
    if not isinstance(value, STATED[key][1]):
        return Problem("notice-text" if STATED[key][1] is str else "notice-yes-no", place)
    return None


def _invalid(path: Path, problems: list[Problem]) -> ChecklistError:
    return ChecklistError("notice-invalid", problems=tuple(problems), file=path.name)
