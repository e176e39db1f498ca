"""The shape of a report: the JSON contract ``checklist-report/1``.

Figures are unrounded; scores run from 0 to 100, means and ``ad_m`` in option steps. What is hidden
or cannot be computed is null. ``own`` is filled only where the report is about one person, who
alone sees it; there ``round`` is null and the one group has n = 1.

``Report.model_validate_json`` reads back what ``model_dump_json(by_alias=True)`` has written.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer

from checklist.questionnaire import Audience, Perspective

Status = Literal["published", "too_few", "protected", "no_data"]
ChangeStatus = Status | Literal["changed"]
"""``changed``: the dimension is not what it was in the round before."""
Interval = tuple[float, float]
Reason = Literal["low", "pass-on", "outside-view"]
Turned = Literal["none", "some", "all"]
FollowUpState = Literal["open", "done", "again", "dropped"]


class Part(BaseModel):
    """A piece of a report."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )


class RoundPart(Part):
    """The round that a report is about."""

    code: str
    title: str
    questionnaire: str
    version: str
    min_group: int
    follows: str | None


class DimensionRow(Part):
    """One dimension of one group."""

    id: str
    title: str
    status: Status
    n: int | None
    score: float | None
    sd: float | None = None
    interval: Interval | None = None
    bounds: Interval | None = None
    ad_m: float | None = None
    place: int | None = None


class ItemRow(Part):
    """One item of one group; ``mean`` and ``counts`` are raw, not keyed."""

    id: str
    text: str
    reverse: bool
    status: Status
    n: int | None
    left_open: int | None
    did_not_occur: int | None
    mean: float | None
    counts: list[int] | None


class Group(Part):
    """What a report has rows for: everybody (``team`` null) or a team, in one perspective."""

    team: str | None
    perspective: Perspective
    status: Status
    n: int | None
    headcount: int | None
    dimensions: list[DimensionRow]
    items: list[ItemRow]


class ReliabilityRow(Part):
    """Cronbach's alpha of one dimension, for everybody in a round."""

    dimension: str
    status: Literal["shown", "provisional", "too_few"]
    n: int | None
    alpha: float | None
    interval: Interval | None
    item_rest: dict[str, float]


class Gap(Part):
    """An outside view beside the self-view; ``gap`` is the outside one minus the self-view."""

    team: str | None
    dimension: str
    by: Literal["observer", "lead"]
    self: float | None
    outside: float | None
    gap: float | None
    interval: Interval | None


class Change(Part):
    """One dimension, against the round before.

    ``n`` is how many are linked, or for ``independent`` how many have a score in the newer round;
    ``difference`` is the newer round minus the older one, in POMP.
    """

    team: str | None
    dimension: str
    kind: Literal["paired", "independent"]
    status: ChangeStatus
    n: int | None
    difference: float | None
    interval: Interval | None
    g: float | None
    verdict: Literal["up", "down", "unclear"] | None


class TopicSuggestion(Part):
    """A step that a topic offers; ``for`` in JSON."""

    audience: Audience = Field(serialization_alias="for", validation_alias="for")
    title: str
    step: str


class Topic(Part):
    """Something to choose, with what led to it."""

    team: str | None
    dimension: str
    clearly_lower: bool
    items: list[str]
    suggestions: list[TopicSuggestion]
    reason: str


class Remark(Part):
    """A comment on an item, or the text written to a reflection: one of the two ids is there."""

    item: str | None = None
    reflection: str | None = None
    text: str

    @model_serializer
    def _without_the_other(self) -> dict[str, str]:
        named = {"item": self.item} if self.item else {"reflection": self.reflection or ""}
        return {**named, "text": self.text}


class Said(Part):
    """An item and the words of the option that was chosen for it."""

    id: str
    text: str
    reverse: bool
    answer: str


class Strength(Part):
    """A dimension's item that was answered high."""

    dimension: str
    item: Said


class Keyed(Part):
    """One answer on its way into a score: raw and, if reverse-keyed, turned round."""

    id: str
    text: str
    reverse: bool
    answer: int | None
    answer_words: str
    keyed: int | None


class Arithmetic(Part):
    """How one dimension's score comes about.

    ``needed`` answers of ``asked`` items were needed, ``answered`` were there; one option on one
    question moves the score by ``step``.
    """

    dimension: str
    size: int
    items: list[Keyed]
    asked: int
    answered: int
    needed: int
    mean: float | None
    score: float | None
    step: float | None


class Words(Part):
    """A dimension's mean in the scale's own words, nearest option or the two around it.

    ``turned`` says how many of its items are reverse-keyed. Where all are, the words are those of
    the raw answers ("in no case" is the good end); where some are, those of the keyed ones.
    """

    dimension: str
    low: str
    high: str
    turned: Turned


class Earlier(Part):
    """One earlier result: its scores by dimension, and how far the next one moved away from it.

    A dimension whose items are no longer the same has no difference.
    """

    finished_on: date
    version: str
    scores: dict[str, float | None]
    differences: dict[str, float | None]


class FollowUp(Part):
    """A commitment of an earlier time beside what was answered then and now."""

    title: str
    step: str
    state: FollowUpState
    taken_on: date
    item: str | None
    then: str | None
    now: str | None


class Own(Part):
    """What only the person sees whom the report is about.

    ``questions`` are the reflections' texts; ``largest_step`` is by how much a single answer that
    is one option different can move any of the scores.
    """

    questionnaire: str
    version: str
    title: str
    perspective: Perspective
    finished_on: date
    answered: int
    left_open: int
    did_not_occur: int
    questions: dict[str, str]
    words: list[Words]
    strengths: list[Strength]
    arithmetic: list[Arithmetic]
    largest_step: float | None
    history: list[Earlier]
    follow_ups: list[FollowUp]


class Report(Part):
    """A whole report."""

    format: Literal["checklist-report/1"] = Field(
        default="checklist-report/1", serialization_alias="schema", validation_alias="schema"
    )
    lang: str
    round: RoundPart | None
    groups: list[Group]
    reliability: list[ReliabilityRow]
    gaps: list[Gap]
    changes: list[Change]
    topics: list[Topic]
    comments: list[Remark]
    own: Own | None = None
