"""Says before a round is closed what its responses are enough for: closing it is final."""

from checklist.privacy import Thresholds, coarse
from checklist.workshop.stage.scene import Stage


def sentences(stage: Stage, responses: int) -> list[str]:
    """Say what so many responses do not show; nothing where they show everything."""
    texts, least = stage.texts, Thresholds(stage.room.round.min_group)
    if responses < least.scores:
        key = "stage.answer.responses"
        counted = texts.count(key, responses) if responses else texts(f"{key}.none")
        return [texts("stage.answer.too-few", n=counted, least=least.scores)]
    if responses < least.items:
        return [texts("stage.answer.no-items", least=least.items)]
    return []


def so_far(stage: Stage) -> str:
    """Say it where sheets are typed in: as coarsely as for any round that still collects."""
    texts, least = stage.texts, Thresholds(stage.room.round.min_group)
    responses = stage.room.counts.sent + stage.room.elsewhere()
    return texts(
        "stage.answer.so-far",
        count=texts(f"round.count-{coarse(responses)}"),
        scores=least.scores,
        items=least.items,
    )


def ends_early(stage: Stage) -> bool:
    """Whether the trainer ends although people are answering; nothing is asked where nobody is."""
    counts, texts = stage.room.counts, stage.texts
    if not counts.begun:
        return True
    question = texts(
        "stage.stop.open",
        sent=counts.sent,
        away=max(counts.begun - counts.sent, 0),
        code=stage.room.round.code,
    )
    options = [texts("stage.stop.open-no"), texts("stage.stop.open-yes")]
    return stage.asking.choose(question, options) == 1
