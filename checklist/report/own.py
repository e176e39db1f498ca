"""Fills a report for one person from their results and commitments."""

import math
from collections.abc import Sequence

import numpy as np

from checklist import advice, scoring
from checklist.comparison import same_score
from checklist.i18n import Texts
from checklist.interview import Answer, Mark, Response
from checklist.journal import Commitment, Result
from checklist.questionnaire import Audience, Dimension, Item, Questionnaire, Wording
from checklist.report.model import (
    Arithmetic,
    DimensionRow,
    Earlier,
    FollowUp,
    Group,
    ItemRow,
    Keyed,
    Own,
    Remark,
    Report,
    Said,
    Status,
    Strength,
    Topic,
    TopicSuggestion,
)
from checklist.report.scale_words import scale_words


def own_report(
    result: Result, earlier: Sequence[Result], commitments: Sequence[Commitment], texts: Texts
) -> Report:
    """Build the report on one person's result.

    Parameters
    ----------
    result
        The result that the report is about.
    earlier
        The results before it of the same questionnaire and perspective, the latest first.
    commitments
        Those of the questionnaire; shown are those from earlier results that are still alive or
        were settled since the result before.
    texts
        The interface's language, which the questionnaire's words follow where it has them.
    """
    wording = Wording.of(result.questionnaire, texts.language, result.perspective)
    view = _View(result, wording, texts)
    return Report(
        lang=texts.language,
        round=None,
        groups=[view.group()],
        reliability=[],
        gaps=[],
        changes=[],
        topics=view.topics(),
        comments=view.remarks(),
        own=view.own(_history(result, earlier), view.follow_ups(earlier, commitments)),
    )


class _View:
    """One result as its person reads it."""

    def __init__(self, result: Result, wording: Wording, texts: Texts) -> None:
        self.result = result
        self.questionnaire = result.questionnaire
        self.answers = result.response.answers
        self.wording = wording
        self.texts = texts
        self.sums = {dim.id: self._arithmetic(dim) for dim in self.questionnaire.dimensions}

    def group(self) -> Group:
        return Group(
            team=None,
            perspective=self.result.perspective,
            status="published" if self._count(int) else "no_data",
            n=1,
            headcount=None,
            dimensions=[self._dimension_row(dim) for dim in self.questionnaire.dimensions],
            items=[self._item_row(item) for item in self.questionnaire.items],
        )

    def topics(self) -> list[Topic]:
        audience: Audience = "self" if self.result.perspective == "self" else "team"
        steps = advice.next_steps(self.questionnaire, self.result.response, audience)
        return [self._topic(step) for step in steps]

    def remarks(self) -> list[Remark]:
        response = self.result.response
        comments = [
            Remark(item=item.id, text=response.comments[item.id])
            for item in self.questionnaire.items
            if item.id in response.comments
        ]
        reflections = [
            Remark(reflection=part.id, text=response.reflections[part.id])
            for part in self.questionnaire.reflections
            if part.id in response.reflections
        ]
        return comments + reflections

    def own(self, history: list[Earlier], follow_ups: list[FollowUp]) -> Own:
        chosen = advice.strengths(self.questionnaire, self.result.response)
        return Own(
            questionnaire=self.questionnaire.id,
            version=self.questionnaire.version,
            title=self.wording.title,
            perspective=self.result.perspective,
            finished_on=self.result.finished_at.astimezone().date(),
            answered=self._count(int),
            left_open=sum(self._mark(item) is Mark.LEFT_OPEN for item in self.questionnaire.items),
            did_not_occur=sum(
                self._mark(item) is Mark.DID_NOT_OCCUR for item in self.questionnaire.items
            ),
            questions={
                part.id: self.wording.text(part.text) for part in self.questionnaire.reflections
            },
            words=[
                scale_words(dim, sums.mean, self.wording)
                for dim in self.questionnaire.dimensions
                if (sums := self.sums[dim.id]).mean is not None
            ],
            strengths=[
                Strength(dimension=self.questionnaire.dimension_of(item.id).id, item=said)
                for item in chosen
                if (said := self._said(item, self.answers[item.id]))
            ],
            arithmetic=list(self.sums.values()),
            largest_step=max(
                (sums.step for sums in self.sums.values() if sums.step and sums.mean), default=None
            ),
            history=history,
            follow_ups=follow_ups,
        )

    def follow_ups(
        self, earlier: Sequence[Result], commitments: Sequence[Commitment]
    ) -> list[FollowUp]:
        then = {result.id: result.response for result in earlier}
        return [
            self._follow_up(commitment, then[commitment.result_id])
            for commitment in commitments
            if commitment.result_id in then
            and (commitment.alive or _settled_since(commitment, earlier[0]))
        ]

    def _follow_up(self, commitment: Commitment, then: Response) -> FollowUp:
        items = {item.id: item for item in self.questionnaire.items}
        item = items.get(commitment.item)
        return FollowUp(
            title=commitment.title,
            step=commitment.step,
            state=commitment.state.value,
            taken_on=commitment.taken_at.astimezone().date(),
            item=self.wording.item(item).removesuffix(".") if item else None,
            then=self._answer_words(item, then.answers.get(item.id)) if item else None,
            now=self._answer_words(item, self.answers.get(item.id)) if item else None,
        )

    def _count(self, kind: type) -> int:
        return sum(isinstance(self.answers.get(i.id), kind) for i in self.questionnaire.items)

    def _mark(self, item: Item) -> Answer:
        return self.answers.get(item.id, Mark.LEFT_OPEN)

    def _dimension_row(self, dimension: Dimension) -> DimensionRow:
        sums = self.sums[dimension.id]
        scored = sums.score is not None
        status: Status = "published" if scored else ("too_few" if sums.answered else "no_data")
        return DimensionRow(
            id=dimension.id,
            title=self.wording.text(dimension.title),
            status=status,
            n=1 if scored else 0,
            score=sums.score,
        )

    def _item_row(self, item: Item) -> ItemRow:
        answer = self._mark(item)
        chosen = answer if isinstance(answer, int) else None
        return ItemRow(
            id=item.id,
            text=self.wording.item(item),
            reverse=item.reverse,
            status="published" if chosen else "no_data",
            n=int(chosen is not None),
            left_open=int(answer is Mark.LEFT_OPEN),
            did_not_occur=int(answer is Mark.DID_NOT_OCCUR),
            mean=chosen,
            counts=[int(option == chosen) for option in range(1, item.scale.size + 1)],
        )

    def _arithmetic(self, dimension: Dimension) -> Arithmetic:
        here = scoring.columns(self.questionnaire, dimension)
        codes = scoring.answers_matrix(self.questionnaire, [self.result.response])[:, here]
        values = scoring.keyed(codes, dimension.items)[0]
        mean = scoring.person_means(codes, dimension)
        size = dimension.items[0].scale.size
        answered = int(np.count_nonzero(codes > 0))
        return Arithmetic(
            dimension=dimension.id,
            size=size,
            items=[
                Keyed(
                    id=item.id,
                    text=self.wording.item(item),
                    reverse=item.reverse,
                    answer=int(code) if code > 0 else None,
                    answer_words=self._answer_words(item, self.answers.get(item.id)),
                    keyed=None if math.isnan(value) else int(value),
                )
                for item, code, value in zip(dimension.items, codes[0], values, strict=True)
            ],
            asked=int(np.count_nonzero(codes != scoring.DID_NOT_OCCUR)),
            answered=answered,
            needed=int(scoring.needed(codes)[0]),
            mean=_number(mean[0]),
            score=_number(scoring.pomp(mean, size)[0]),
            step=100.0 / ((size - 1) * answered) if answered else None,
        )

    def _said(self, item: Item, answer: Answer | None) -> Said:
        return Said(
            id=item.id,
            text=self.wording.item(item),
            reverse=item.reverse,
            answer=self._answer_words(item, answer),
        )

    def _answer_words(self, item: Item, answer: Answer | None) -> str:
        if isinstance(answer, int):
            options = self.wording.options(item.scale)
            return options[answer - 1] if answer <= len(options) else str(answer)
        return self.texts(f"answer.{answer or Mark.LEFT_OPEN}")

    def _topic(self, step: advice.Step) -> Topic:
        said = self._said(step.item, self.answers[step.item.id])
        quoted = said.text.removesuffix(".")
        if step.suggestion is None:
            title = self.texts(f"advice.{step.kind}.title")
            plan = self.texts(f"advice.{step.kind}.step", dimension=self._title(step.dimension))
            offered = TopicSuggestion(audience="self", title=title, step=plan)
        else:
            offered = TopicSuggestion(
                audience=step.suggestion.audience,
                title=self.wording.text(step.suggestion.title),
                step=self.wording.text(step.suggestion.step),
            )
        return Topic(
            team=None,
            dimension=step.dimension.id,
            clearly_lower=False,
            items=[step.item.id],
            suggestions=[offered],
            reason=self.texts(
                f"advice.{_reason(step)}.reason",
                item=quoted,
                answer=said.answer,
                dimension=self._title(step.dimension),
            ),
        )

    def _title(self, dimension: Dimension) -> str:
        return self.wording.text(dimension.title)


def _reason(step: advice.Step) -> str:
    """Choose the words for why: a step for a whole dimension does not answer the item it quotes."""
    if step.kind != "low":
        return step.kind
    if step.suggestion is not None and not step.suggestion.items:
        return "low-whole-reverse" if step.item.reverse else "low-whole"
    return "low-reverse" if step.item.reverse else "low"


def _settled_since(commitment: Commitment, before: Result) -> bool:
    return commitment.asked_at is not None and commitment.asked_at >= before.finished_at


def _history(result: Result, earlier: Sequence[Result]) -> list[Earlier]:
    """Lay earlier results out, each with what changed from it to the one after it.

    Of observers there is no history: which team they saw is not kept, and it may be another one.
    """
    if result.perspective == "observer":
        return []
    later = [result, *earlier]
    rows = []
    for after, before in zip(later, earlier, strict=False):
        scores, next_scores = _scores(before), _scores(after)
        rows.append(
            Earlier(
                finished_on=before.finished_at.astimezone().date(),
                version=before.questionnaire.version,
                scores=scores,
                differences={
                    dim.id: _difference(next_scores[dim.id], scores.get(dim.id))
                    if _same(before.questionnaire, dim)
                    else None
                    for dim in after.questionnaire.dimensions
                },
            )
        )
    return rows


def _same(before: Questionnaire, dimension: Dimension) -> bool:
    """Whether a dimension's score meant the same in the version before."""
    return any(same_score(old, dimension) for old in before.dimensions if old.id == dimension.id)


def _scores(result: Result) -> dict[str, float | None]:
    codes = scoring.answers_matrix(result.questionnaire, [result.response])
    scores = {}
    for dimension in result.questionnaire.dimensions:
        mean = scoring.person_means(
            codes[:, scoring.columns(result.questionnaire, dimension)], dimension
        )
        scores[dimension.id] = _number(scoring.pomp(mean, dimension.items[0].scale.size)[0])
    return scores


def _difference(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
