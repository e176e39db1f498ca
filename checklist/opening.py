"""Opens a round: gives it a code, reads its teams, and checks what cannot be mended later."""

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from checklist.errors import ChecklistError, WrongUsage
from checklist.notice import notice
from checklist.privacy import LEAST_GROUP
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round, Team, Terms

CONSONANTS, VOWELS = "fklmrst", "aiou"
SYLLABLES = 4
CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
LONGEST_NAME = 60


def new_code(taken: Iterable[str]) -> str:
    """Make up a code that is short and unambiguous to read aloud, such as ``rofi-talu``.

    Letters that sound alike in German or English, such as b and p, do not occur.
    """
    used = set(taken)
    while True:
        parts = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(SYLLABLES)]
        code = "".join(parts[: SYLLABLES // 2]) + "-" + "".join(parts[SYLLABLES // 2 :])
        if code not in used:
            return code


def read_team(text: str) -> Team:
    """Read ``NAME:HEADCOUNT``, split at the last colon; the headcount may be missing.

    Raises
    ------
    WrongUsage
        ``team-name`` or ``team-headcount``.

    Examples
    --------
    >>> read_team("Service: Nord:8")
    Team(name='Service: Nord', headcount=8)
    >>> read_team("Lager")
    Team(name='Lager', headcount=None)
    """
    name, colon, size = text.rpartition(":")
    name, size = (name.strip(), size.strip()) if colon else (text.strip(), "")
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise WrongUsage("team-name", given=text, most=LONGEST_NAME)
    if not size:
        return Team(name)
    if not (size.isascii() and size.isdecimal() and 1 <= int(size) <= 1_000_000):
        raise WrongUsage("team-headcount", given=text, size=size, name=name)
    return Team(name, int(size))


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
        ``delete-after``, ``no-keeper``.
    ChecklistError
        ``follows-other``: the round before it asked another questionnaire.
    """
    if not teams:
        raise WrongUsage("no-teams")
    names = [team.name.casefold() for team in teams]
    if twice := next((team.name for team in teams if names.count(team.name.casefold()) > 1), None):
        raise WrongUsage("team-twice", name=twice)
    if not CODE.fullmatch(code):
        raise WrongUsage("code-form", code=code)
    if min_group < LEAST_GROUP:
        raise WrongUsage("min-group", given=min_group, least=LEAST_GROUP)
    if until is not None and until < today:
        raise WrongUsage("until-past", date=until.isoformat())
    if not 0 <= delete_after <= 3650:
        raise WrongUsage("delete-after", given=delete_after)
    if not terms.keeper.strip():
        raise WrongUsage("no-keeper")
    if follows is not None and follows.questionnaire.id != questionnaire.id:
        raise ChecklistError(
            "follows-other", code=follows.code, other=follows.questionnaire.id, id=questionnaire.id
        )
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
    return replace(round_, notice=notice(round_))
