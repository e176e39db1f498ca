"""Opens a round: gives it a code, reads its teams, and checks what cannot be mended later."""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from checklist.errors import ChecklistError, WrongUsage
from checklist.i18n import LANGUAGES, Texts
from checklist.notice import notice
from checklist.privacy import LEAST_GROUP
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round, Team, Terms, lead_digest

CONSONANTS, VOWELS = "fklmrst", "aiou"
SYLLABLES = 2
"""In each group of a code."""
CODE_GROUPS, LEAD_GROUPS = 2, 3
"""A lead's code opens something: 28 to the power of 6 of them are too many to try."""
CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
LONGEST_NAME = 60
LONGEST_LINE = 200
"""Characters of a title, a keeper or a recipient."""
MOST_PEOPLE = 1_000_000
MOST_MIN_GROUP = 1000
MOST_DAYS = 3650
QUOTED = 80
"""So much of what was given is quoted where it is refused."""
FIRM_SPACES = str.maketrans("\u00a0\u202f", "  ")


def new_code(taken: Iterable[str], groups: int = CODE_GROUPS) -> str:
    """Make up a code that is short and unambiguous to read aloud, such as ``rofi-talu``.

    Letters that sound alike in German or English, such as b and p, do not occur.
    """
    used = set(taken)
    while True:
        code = "-".join(_group() for _ in range(groups))
        if code not in used:
            return code


def _group() -> str:
    return "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(SYLLABLES))


def with_leads(round_: Round) -> tuple[Round, dict[str, str]]:
    """Make a code for the lead of each team, where the questionnaire has an outside view.

    Returns
    -------
    tuple of Round and dict
        The round knows the digests only; the codes stand in the dict, by team.
    """
    codes: dict[str, str] = {}
    if not round_.questionnaire.has_outside_view:
        return round_, codes
    for team in round_.teams:
        codes[team.name] = new_code(codes.values(), LEAD_GROUPS)
    teams = tuple(
        replace(team, lead=lead_digest(round_.series, codes[team.name])) for team in round_.teams
    )
    return replace(round_, teams=teams), codes


def read_team(text: str) -> Team:
    """Read ``NAME:HEADCOUNT``, split at the last colon; the headcount may be missing.

    Raises
    ------
    WrongUsage
        ``team-name``, ``team-everybody`` or ``team-headcount``.

    Examples
    --------
    >>> read_team("Service: Nord:8")
    Team(name='Service: Nord', headcount=8, lead='')
    >>> read_team("Lager")
    Team(name='Lager', headcount=None, lead='')
    """
    name, colon, size = text.rpartition(":")
    name, size = (composed(name), size.strip()) if colon else (composed(text), "")
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise WrongUsage("team-name", given=_quoted(text), most=LONGEST_NAME)
    if " ".join(name.casefold().split()) in _names_for_everybody():
        raise WrongUsage("team-everybody", name=name)
    if not size:
        return Team(name)
    digits = size.isascii() and size.isdecimal() and len(size) <= len(str(MOST_PEOPLE))
    if not (digits and 1 <= int(size) <= MOST_PEOPLE):
        raise WrongUsage(
            "team-headcount", given=_quoted(text), size=_quoted(size), most=MOST_PEOPLE
        )
    return Team(name, int(size))


def composed(text: str) -> str:
    """Write a name the one way that looks like it: stripped, and accents joined to their letters.

    Examples
    --------
    >>> composed(" Su\u0308d ") == "Süd"
    True
    """
    return unicodedata.normalize("NFC", text.strip())


def _names_for_everybody() -> set[str]:
    return {Texts(language)("report.everybody").casefold() for language in LANGUAGES}


def _quoted(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def _line(option: str, text: str) -> str:
    """Give a text composed, if it is short enough and stands on one line."""
    text = composed(text)
    if len(text) > LONGEST_LINE or not text.translate(FIRM_SPACES).isprintable():
        raise WrongUsage("one-line", option=option, most=LONGEST_LINE)
    return text


def opened(
    questionnaire: Questionnaire,
    teams: Sequence[Team],
    terms: Terms,
    *,
    code: str,
    title: str,
    today: date,
    min_group: int = LEAST_GROUP,
    comments: bool = False,
    until: date | None = None,
    delete_after: int = 90,
    follows: Round | None = None,
) -> Round:
    """Make a round that collects, with its notice frozen.

    Raises
    ------
    WrongUsage
        ``no-teams``, ``team-twice``, ``code-form``, ``min-group``, ``until-past``,
        ``delete-after``, ``no-keeper``, ``one-line``.
    ChecklistError
        ``follows-other``: the round before it asked another questionnaire; ``follows-open``: it
        still collects.
    """
    if not teams:
        raise WrongUsage("no-teams")
    names = [team.name.casefold() for team in teams]
    if twice := next((team.name for team in teams if names.count(team.name.casefold()) > 1), None):
        raise WrongUsage("team-twice", name=twice)
    if not CODE.fullmatch(code):
        raise WrongUsage("code-form", code=code)
    if not LEAST_GROUP <= min_group <= MOST_MIN_GROUP:
        raise WrongUsage("min-group", given=min_group, least=LEAST_GROUP, most=MOST_MIN_GROUP)
    if until is not None and until < today:
        raise WrongUsage("until-past", date=until)
    if not 1 <= delete_after <= MOST_DAYS:
        raise WrongUsage("delete-after", given=delete_after)
    title = _line("--title", title)
    keeper, recipient = _line("--keeper", terms.keeper), _line("--recipient", terms.recipient)
    terms = replace(terms, keeper=keeper, recipient=recipient)
    if not (terms.keeper_name and keeper.partition(",")[2].strip()):
        raise WrongUsage("no-keeper")
    if follows is not None and follows.questionnaire.id != questionnaire.id:
        raise ChecklistError(
            "follows-other", code=follows.code, other=follows.questionnaire.id, id=questionnaire.id
        )
    if follows is not None and follows.state == "collecting":
        raise ChecklistError("follows-open", code=follows.code)
    round_ = Round(
        code=code,
        title=title,
        questionnaire=questionnaire,
        teams=tuple(teams),
        terms=terms,
        opened_on=today,
        series=follows.series if follows else secrets.token_hex(16),
        min_group=min_group,
        comments=comments,
        follows=follows.code if follows else None,
        until=until,
        delete_after=delete_after,
    )
    return replace(round_, notice=notice(round_, follows))
