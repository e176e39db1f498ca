"""What a workshop's page tells one seat, read without trusting it.

The page may be another version of the program, or no such page at all: whatever does not fit is
refused, and nothing is larger than a page needs. How texts are shown is left to the fronts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from checklist.interview import Answer, Interview, Mark, Response
from checklist.questionnaire import Questionnaire
from checklist.render.blocks import Block
from checklist.workshop.agenda import PHASES
from checklist.workshop.seats import LONGEST_TEXT, Plan
from checklist.workshop.state import MOST_ACTIONS, MOST_PROPOSALS, VOTES, Action
from checklist.workshop.wire import from_json

Read = TypeVar("Read")

ANSWERING = ("question", "pace", "review", "sent")
"""Kinds in which answers can be given."""
KINDS = (
    *ANSWERING, "wait", "notice", "result", "reveal", "vote", "voted", "tally", "plan", "over",
)  # fmt: skip
LONGEST_PARAGRAPH = 3000
LONGEST_NAME = 300
MOST_NAMES = 200
MOST_PARAGRAPHS = 50
MOST_SAID = 1000
HIGHEST = 2**53


@dataclass(frozen=True)
class View:
    """Where one person is in a workshop, as its page says.

    Attributes
    ----------
    version
        Goes up with each change of the room.
    kind
        One of ``KINDS``.
    phase
        As in ``agenda``.
    pace
        How many items have been released; ``None`` where each goes at their own pace.
    sent, changed
        Whether a response is in the round, and whether something was said since.
    takes_texts
        Whether the round takes what people write.
    follows
        Whether the round follows another one.
    words
        The two words for the comparison, as the page spells them; empty where there are none.
    votes
        For each vote the place of a proposal.
    """

    version: int
    kind: str
    phase: str
    language: str
    blocks: tuple[Block, ...]
    team: str
    teams: tuple[str, ...]
    notice: tuple[str, ...]
    said: Response
    place: int
    reopened: bool
    pace: int | None
    sent: bool
    changed: bool
    takes_texts: bool
    follows: bool
    words: str
    proposals: tuple[str, ...]
    votes: tuple[int, ...]
    plan: Plan
    actions: tuple[Action, ...]
    follow_up: date | None

    @property
    def answering(self) -> bool:
        """Whether answers can be given."""
        return self.kind in ANSWERING

    def has_reached(self, phase: str) -> bool:
        """Whether the room is in a phase, or past it; not where the phase is none of ours."""
        known = [each.id for each in PHASES]
        return self.phase in known and known.index(self.phase) >= known.index(phase)

    def interview(self, questionnaire: Questionnaire) -> Interview:
        """Give the interview as it stands.

        Raises
        ------
        ValueError
            What was said does not belong to the questionnaire.
        """
        steps = Interview(questionnaire).steps
        sizes = {item.id: item.scale.size for item in questionnaire.items}
        asked = {reflection.id for reflection in questionnaire.reflections}
        for item, answer in self.said.answers.items():
            if not (item in sizes and (isinstance(answer, Mark) or 1 <= answer <= sizes[item])):
                raise ValueError(item)
        if self.said.comments.keys() - sizes.keys() or self.said.reflections.keys() - asked:
            raise ValueError("texts on what is not asked")
        place = min(self.place, len(steps))
        return Interview(questionnaire, "self", self.said, place, self.reopened)


def read(raw: object) -> View:
    """Read a view from JSON values.

    Raises
    ------
    ValueError
        It is none.
    """
    if not isinstance(raw, dict):
        raise ValueError("a view is an object")
    kind = _text(raw, "kind")
    if kind not in KINDS:
        raise ValueError(f"unknown kind: {kind}")
    proposals = _texts(raw, "proposals", MOST_PROPOSALS)
    votes = _each(raw.get("votes"), VOTES, _number)
    if any(vote >= len(proposals) for vote in votes):
        raise ValueError("a vote for nothing")
    return View(
        version=_number(raw.get("version")),
        kind=kind,
        phase=_text(raw, "phase"),
        language=_text(raw, "language"),
        blocks=tuple(from_json(raw.get("blocks"))),
        team=_text(raw, "team"),
        teams=_texts(raw, "teams", MOST_NAMES),
        notice=_texts(raw, "notice", MOST_PARAGRAPHS, LONGEST_PARAGRAPH),
        said=Response(
            _mapping(raw, "answers", _answer),
            _mapping(raw, "comments", _said),
            _mapping(raw, "reflections", _said),
        ),
        place=_number(raw.get("place")),
        reopened=_flag(raw, "reopened"),
        pace=None if raw.get("pace") is None else _number(raw["pace"]),
        sent=_flag(raw, "sent"),
        changed=_flag(raw, "changed"),
        takes_texts=_flag(raw, "takes_texts"),
        follows=_flag(raw, "follows"),
        words=_text(raw, "words"),
        proposals=proposals,
        votes=votes,
        plan=_plan(raw.get("plan")),
        actions=_each(raw.get("actions"), MOST_ACTIONS, _action),
        follow_up=None if raw.get("follow_up") is None else _day(raw, "follow_up"),
    )


def _plan(raw: object) -> Plan:
    if not isinstance(raw, dict):
        raise ValueError("a plan is an object")
    return Plan(_text(raw, "when"), _text(raw, "then"), _text(raw, "partner"))


def _action(raw: object) -> Action:
    if not isinstance(raw, dict):
        raise ValueError("an action is an object")
    when, then, owner, sign = (_text(raw, key) for key in ("when", "then", "owner", "sign"))
    return Action(when, then, owner, _day(raw, "until"), sign)


def _day(raw: Mapping[str, Any], key: str) -> date:
    return date.fromisoformat(_text(raw, key))


def _mapping(raw: Mapping[str, Any], key: str, read: Callable[[object], Read]) -> dict[str, Read]:
    values = raw.get(key)
    if not isinstance(values, dict) or len(values) > MOST_SAID:
        raise ValueError(key)
    return {str(name): read(value) for name, value in values.items()}


def _answer(raw: object) -> Answer:
    return Mark(raw) if isinstance(raw, str) else _number(raw)


def _said(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST_TEXT:
        raise ValueError("no text, or too long")
    return raw


def _text(raw: Mapping[str, Any], key: str, most: int = LONGEST_NAME) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(key)
    return value


def _texts(
    raw: Mapping[str, Any], key: str, most: int, longest: int = LONGEST_NAME
) -> tuple[str, ...]:
    def read(value: object) -> str:
        return _text({key: value}, key, longest)

    return _each(raw.get(key), most, read)


def _flag(raw: Mapping[str, Any], key: str) -> bool:
    value = raw.get(key)
    if not isinstance(value, bool):
        raise ValueError(key)
    return value


def _number(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= HIGHEST:
        raise ValueError("no number")
    return raw


def _each(raw: object, most: int, read: Callable[[object], Read]) -> tuple[Read, ...]:
    if not isinstance(raw, list) or len(raw) > most:
        raise ValueError("no list, or too long")
    return tuple(read(each) for each in raw)
