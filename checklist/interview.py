"""The course of answering a questionnaire: a pure state machine that every front drives.

An ``Interview`` never changes; each move gives a new one. What it knows is which step is before the
respondent and what was said at each step. It reads no key and writes no file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from checklist.questionnaire import Item, Perspective, Questionnaire, Reflection


class Mark(StrEnum):
    """What stands in place of an option's number."""

    LEFT_OPEN = "left-open"
    """Missing: the respondent gives no answer."""
    DID_NOT_OCCUR = "did-not-occur"
    """There was no such occasion; counts as not asked."""


Answer = int | Mark
"""An option's number, 1 to K, or a mark."""

Step = Item | Reflection
Value = TypeVar("Value")


@dataclass(frozen=True)
class Response:
    """One person's answers, as given: raw, not keyed.

    ``answers`` and ``comments`` go by item id, ``reflections`` by reflection id. Items that are not
    named were left open.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    reflections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Interview:
    """Where a respondent stands.

    Parameters
    ----------
    questionnaire
        What is asked.
    perspective
        From whose view.
    response
        What has been said so far.
    place
        The step before the respondent, from 0; as many as there are steps means the review.
    reopened
        Whether the step was opened from the review, to which its answer returns.
    """

    questionnaire: Questionnaire
    perspective: Perspective = "self"
    response: Response = field(default_factory=Response)
    place: int = 0
    reopened: bool = False

    @classmethod
    def resumed(
        cls, questionnaire: Questionnaire, perspective: Perspective, response: Response
    ) -> "Interview":
        """Go on with what was said before, at the first step that nothing was said to."""
        interview = cls(questionnaire, perspective, response)
        return interview.jump(interview._first_untouched())

    @property
    def steps(self) -> tuple[Step, ...]:
        """All items in the order of asking, then the reflections, which ask about oneself."""
        asked, reflections = self.questionnaire.asked, self.questionnaire.reflections
        return (*asked, *reflections) if self.perspective == "self" else asked

    @property
    def current(self) -> Step | None:
        """The step before the respondent; ``None`` in the review."""
        return self.steps[self.place] if self.place < len(self.steps) else None

    @property
    def in_review(self) -> bool:
        """Whether all steps have been passed and the answers lie there to be looked over."""
        return self.place >= len(self.steps)

    @property
    def items_left(self) -> int:
        """How many items nothing was said to yet."""
        return sum(item.id not in self.response.answers for item in self.questionnaire.items)

    def said(self, step: Step) -> Answer | str | None:
        """What was said at a step: an answer, a reflection's text, or ``None`` for nothing yet."""
        if isinstance(step, Item):
            return self.response.answers.get(step.id)
        return self.response.reflections.get(step.id)

    def comment_on(self, step: Step) -> str:
        """The comment on an item; empty where there is none."""
        return self.response.comments.get(step.id, "")

    def answer(self, option: int) -> "Interview":
        """Choose an option of the current item and move on.

        Raises
        ------
        ValueError
            The scale has no such option, or no item is open.
        """
        item = self._item()
        if not 1 <= option <= item.scale.size:
            raise ValueError(option)
        return self._say(item, option)._onward()

    def leave_open(self) -> "Interview":
        """Give no answer to the current step and move on."""
        step = self.current
        if isinstance(step, Reflection):
            return self.reflect("")
        return self._say(self._item(), Mark.LEFT_OPEN)._onward()

    def did_not_occur(self) -> "Interview":
        """Say that the current item had no occasion, and move on."""
        return self._say(self._item(), Mark.DID_NOT_OCCUR)._onward()

    def reflect(self, text: str) -> "Interview":
        """Answer the current reflection in free text and move on; empty text leaves it open."""
        step = self.current
        if not isinstance(step, Reflection):
            raise ValueError(text)
        reflections = {**self.response.reflections, step.id: text}
        return replace(self, response=replace(self.response, reflections=reflections))._onward()

    def comment(self, text: str) -> "Interview":
        """Keep a comment on the current item, without moving; empty text takes it away."""
        comments = {**self.response.comments, self._item().id: text}
        kept = {item: words for item, words in comments.items() if words}
        return replace(self, response=replace(self.response, comments=kept))

    def back(self) -> "Interview":
        """Go one step back, or from a reopened step back to the review; nothing said is lost."""
        if self.reopened:
            return self.review()
        return self.jump(max(self.place - 1, 0))

    def forward(self) -> "Interview":
        """Go on without saying anything new; only past a step that something was said to."""
        step = self.current
        if step is None or self.said(step) is None:
            return self
        return self._onward()

    def jump(self, place: int) -> "Interview":
        """Go to a step by its place, from 0; from the review this reopens it.

        Raises
        ------
        ValueError
            There is no such step.
        """
        if not 0 <= place <= len(self.steps):
            raise ValueError(place)
        return replace(self, place=place, reopened=self.in_review and place < len(self.steps))

    def review(self) -> "Interview":
        """Look over all answers; steps that nothing was said to stay open."""
        return replace(self, place=len(self.steps), reopened=False)

    @property
    def final(self) -> Response:
        """The response as it counts: every item has an answer or a mark, empty texts are gone."""
        given = self.response
        return Response(
            answers={
                item.id: given.answers.get(item.id, Mark.LEFT_OPEN)
                for item in self.questionnaire.items
            },
            comments=dict(given.comments),
            reflections={key: text for key, text in given.reflections.items() if text},
        )

    def _item(self) -> Item:
        step = self.current
        if not isinstance(step, Item):
            raise ValueError(step)
        return step

    def _say(self, item: Item, answer: Answer) -> "Interview":
        answers = {**self.response.answers, item.id: answer}
        return replace(self, response=replace(self.response, answers=answers))

    def _onward(self) -> "Interview":
        return self.review() if self.reopened else replace(self, place=self.place + 1)

    def _first_untouched(self) -> int:
        untouched = (place for place, step in enumerate(self.steps) if self.said(step) is None)
        return next(untouched, len(self.steps))


def kept(
    old: Questionnaire, new: Questionnaire, response: Response
) -> tuple[Response, tuple[str, ...]]:
    """Carry answers over into another version of their questionnaire.

    An answer is kept where its item still exists and its options are the same, in all languages
    that both versions have; comments stay with their item, reflections with their question.

    Returns
    -------
    tuple of Response and ids
        What is kept, and the ids of the items whose answers are not.
    """
    scales = {item.id: item.scale for item in old.items}
    still = {
        item.id
        for item in new.items
        if item.id in scales and scales[item.id].offers_the_same(item.scale)
    }
    asked = {reflection.id for reflection in new.reflections}
    lost = tuple(item_id for item_id in response.answers if item_id not in still)
    return Response(
        answers=_only(response.answers, still),
        comments=_only(response.comments, still),
        reflections=_only(response.reflections, asked),
    ), lost


def _only(values: Mapping[str, Value], keys: Iterable[str]) -> dict[str, Value]:
    wanted = set(keys)
    return {key: value for key, value in values.items() if key in wanted}
