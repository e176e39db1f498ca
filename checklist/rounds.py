"""What a round is, and what travels into one: shared by store, report and gate."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Literal, NamedTuple

from checklist.questionnaire import Perspective, Questionnaire

State = Literal["collecting", "closed", "purged"]
"""``purged``: closed, and raw answers are deleted; the frozen reports stay."""

LEFT_OPEN, DID_NOT_OCCUR = "-", "."
"""The signs in an answers text that are no options."""


def panel_code(secret: bytes, series: str, perspective: Perspective) -> str:
    """Link one person's responses of a chain of rounds, without saying whose they are.

    HMAC-SHA256 over series and perspective; only who has the secret can compute it.
    """
    return hmac.digest(secret, f"{series}/{perspective}".encode(), "sha256").hex()


def lead_digest(series: str, code: str) -> str:
    """Give what a store keeps of a lead's code: SHA-256 over series and code, in hex.

    Only the letters of the code count, so that it may be typed in capitals or with blanks.
    """
    return sha256(f"{series}/{_letters(code)}".encode()).hexdigest()


def lead_id(series: str, code: str) -> str:
    """Give the id of a lead's response, the same wherever the code is typed.

    HMAC-SHA256, so that the digest in the store does not lead to it.
    """
    return hmac.digest(_letters(code).encode(), f"lead/{series}".encode(), "sha256").hex()[:32]


def _letters(code: str) -> str:
    return "".join(filter(str.isalpha, code.casefold()))


@dataclass(frozen=True, slots=True)
class Team:
    """A team of a round.

    Attributes
    ----------
    headcount
        How many people it has, where that is known.
    lead
        The digest of its lead's code; empty where the round takes no lead's view.
    """

    name: str
    headcount: int | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was promised when a round opened; texts as they were given, empty where not stated.

    Attributes
    ----------
    keeper
        Name and contact of who opens, collects and closes the round.
    recipient
        Who gets the report.
    purpose, legal_basis, works_council
        In the keeper's words.
    no_sanctions
        Whether it was promised that results are not used for appraisal, pay or warnings; ``None``
        where nothing was said.
    leads
        Whether the keeper leads one of the teams.
    """

    keeper: str
    recipient: str = ""
    purpose: str = ""
    legal_basis: str = ""
    works_council: str = ""
    no_sanctions: bool | None = None
    leads: bool = False

    @property
    def keeper_name(self) -> str:
        """The keeper without the contact: what stands before the first comma."""
        return self.keeper.partition(",")[0].strip()


@dataclass(frozen=True)
class Round:
    """A round: what is asked of whom, on what terms.

    Attributes
    ----------
    code
        Short, unambiguous to read aloud.
    questionnaire
        Frozen when the round opened.
    teams
        In the keeper's order; a round has at least one.
    min_group
        k, at least 5.
    comments
        Whether comments and reflections are taken.
    follows
        Code of the round before it in a chain.
    series
        Random, shared by a chain of rounds.
    notice
        What respondents are told, by language: paragraphs frozen at opening, with ``{team}`` for
        the words that name the respondent's team. Outside views have their own, under
        ``de/observer`` and ``de/lead``; rounds that opened earlier do not have them.
    until
        The last day on which answers are taken; ``None`` for no such day.
    delete_after
        Days from closing after which raw answers are deleted.
    """

    code: str
    title: str
    questionnaire: Questionnaire
    teams: tuple[Team, ...]
    terms: Terms
    opened_on: date
    series: str
    notice: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    min_group: int = 5
    comments: bool = False
    follows: str | None = None
    until: date | None = None
    delete_after: int = 90
    closed_on: date | None = None
    purged_on: date | None = None

    @property
    def state(self) -> State:
        """Where the round stands."""
        if self.purged_on is not None:
            return "purged"
        return "collecting" if self.closed_on is None else "closed"

    @property
    def key(self) -> str:
        """Tells it from rounds of the same code in other stores."""
        return f"{self.code}.{self.series[:16]}"

    def sent_key(self, perspective: Perspective, team: str) -> str:
        """Under which key a journal keeps that a view was sent.

        Whoever leads two teams has two views. From outside one person sends one a round: two would
        count as two people where all teams are taken together.
        """
        return self.team_key(team) if perspective == "lead" else self.key

    def draft_key(self, perspective: Perspective, team: str) -> str:
        """Under which key a journal keeps what is being said; from outside it is of one team."""
        return self.key if perspective == "self" else self.team_key(team)

    def team_key(self, team: str) -> str:
        """Tell the teams of this round apart in a journal."""
        return f"{self.key}.{[each.name for each in self.teams].index(team)}"

    def has_key(self, key: str) -> bool:
        """Whether it is the key of this round, or of one of its teams."""
        return key == self.key or key.startswith(f"{self.key}.")

    @property
    def asks_leads(self) -> bool:
        """Whether its teams have codes for their leads."""
        return any(team.lead for team in self.teams)

    def led_by(self, code: str) -> Team | None:
        """Give the team whose lead has this code, if there is one."""
        digest = lead_digest(self.series, code)
        return next((t for t in self.teams if hmac.compare_digest(t.lead, digest)), None)

    def takes_answers_on(self, day: date) -> bool:
        """Whether its last day for answers has not passed."""
        return self.until is None or day <= self.until

    @property
    def delete_on(self) -> date | None:
        """The day on which raw answers are deleted; ``None`` before closing."""
        return self.closed_on and self.closed_on + timedelta(days=self.delete_after)

    def team(self, name: str) -> Team:
        """Find a team.

        Raises
        ------
        KeyError
            There is no such team.
        """
        return {team.name: team for team in self.teams}[name]


NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class RoundResponse(NamedTuple):
    """A response on its way into a round: no name, no time, no address.

    A tuple, since a table may bring a million of them.

    Attributes
    ----------
    id
        Random, made and kept on the respondent's side; of one id the highest ``rev`` wins.
    withdrawn
        Taken back: it counts no more, and its answers are empty.
    panel
        Links the same person's responses of a chain of rounds, where they agreed; else empty.
    answers
        One character an item in the order of the frozen questionnaire's ``items``: ``1`` to ``9``,
        ``-`` left open, ``.`` did not occur.
    comments, reflections
        By id of the item or reflection.
    """

    round: str
    id: str
    rev: int
    team: str
    answers: str
    perspective: Perspective = "self"
    withdrawn: bool = False
    panel: str = ""
    comments: Mapping[str, str] = NO_TEXTS
    reflections: Mapping[str, str] = NO_TEXTS


def withdrawal(round_: Round, id_: str, rev: int) -> RoundResponse:
    """Give what takes a response back: nothing but which one, and that it is later."""
    return RoundResponse(round_.code, id_, rev, team="", answers="", withdrawn=True)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on an item or a text to a reflection, detached from whoever wrote it."""

    kind: Literal["item", "reflection"]
    about: str
    text: str
