"""While the room answers: how many are how far, never what they say; going on closes the round."""

from checklist.questionnaire import Wording
from checklist.render.blocks import Block, Heading, Paragraph, Subheading, Table
from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.stage import enough
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.state import place_of

RELEASE = "."


class Answer(Looking):
    """Counts people; paces them, where the room answers together."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Say how far the room is."""
        workshop, blocks = stage.room.workshop, super().blocks(stage)
        if workshop.closed or workshop.way == "paper":
            return blocks
        if workshop.together:
            blocks += _item(stage)
        return [*blocks, *_counts(stage)]

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Release the next item, as long as there is one."""
        return [(RELEASE, stage.texts("stage.answer.key-next"))] if _paces(stage) else []

    def take(self, key: Key, stage: Stage) -> bool:
        """Release the next item to all."""
        if key != RELEASE or not _paces(stage):
            return False
        items = len(stage.room.round.questionnaire.items)
        if _is_late_enough(stage):
            stage.room.change(lambda workshop: moves.released(workshop, items))
        return True

    def leave(self, stage: Stage) -> bool:
        """Close the round, after one question; on paper it stays open for typing sheets in."""
        room = stage.room
        if room.workshop.closed:
            return True
        if room.workshop.way == "paper":
            room.change(lambda workshop: moves.to_phase(workshop, place_of("result"), stage.now))
            return True
        if not _wants_to_close(stage, _question(stage)):
            return False
        close(stage)
        return True


def close_on_paper(stage: Stage) -> bool:
    """Close the round once all sheets have been typed in; False where the trainer would not."""
    question = f"{enough.so_far(stage)} {stage.texts('stage.answer.close-paper')}"
    if not _wants_to_close(stage, question):
        return False
    close(stage)
    return True


def close(stage: Stage) -> None:
    """Close the round for good, where it is not closed yet, and lay its reports ready."""
    room, now = stage.room, stage.now
    if not room.workshop.closed:
        room.close_round(now.astimezone().date(), lambda workshop: moves.closed(workshop, now))
    stage.reports = stage.build()
    room.reveal(stage.reports)


def _item(stage: Stage) -> list[Block]:
    """Give the item that was released last, and how many have said something to it."""
    texts, asked = stage.texts, stage.room.round.questionnaire.asked
    pace = stage.room.workshop.pace
    if pace > len(asked):
        return [Subheading(texts("stage.answer.released"))]
    wording = Wording.of(stage.room.round.questionnaire, texts.language)
    item, counts = asked[pace - 1], stage.room.counts
    return [
        Heading(texts("stage.answer.item", place=pace, total=len(asked))),
        Paragraph(wording.prompt(item.scale), quiet=True),
        Subheading(wording.item(item)),
        Paragraph(texts("stage.answer.answered", answered=counts.at_pace, joined=counts.joined)),
    ]


def _counts(stage: Stage) -> list[Block]:
    texts, counts = stage.texts, stage.room.counts
    rows = (
        (texts("stage.answer.joined"), str(counts.joined)),
        (texts("stage.answer.begun"), str(counts.begun)),
        (texts("stage.answer.sent"), str(counts.sent)),
    )
    return [Table(("", ""), rows)]


def _question(stage: Stage) -> str:
    """Say how many have sent, by whatever way, and how many are still on theirs."""
    texts, counts, elsewhere = stage.texts, stage.room.counts, stage.room.elsewhere()
    said = enough.sentences(stage, counts.sent + elsewhere)
    if (away := counts.begun - counts.sent) > 0:
        said.append(texts.count("stage.answer.on-the-way", away))
    if elsewhere:
        said.append(texts.count("stage.answer.elsewhere", elsewhere))
    if counts.sent:
        said.append(texts.count("stage.answer.close", counts.sent))
    else:
        said.append(texts("stage.answer.close-none"))
    return " ".join(said)


def _wants_to_close(stage: Stage, question: str) -> bool:
    texts = stage.texts
    options = [texts("stage.answer.close-no"), texts("stage.answer.close-yes")]
    return stage.asking.choose(question, options) == 1


def _is_late_enough(stage: Stage) -> bool:
    """Whether half the room has answered; else the trainer is asked."""
    texts, counts = stage.texts, stage.room.counts
    if 2 * counts.at_pace >= counts.joined:
        return True
    question = texts("stage.answer.early", answered=counts.at_pace, joined=counts.joined)
    options = [texts("stage.answer.close-no"), texts("stage.answer.early-yes")]
    return stage.asking.choose(question, options) == 1


def _paces(stage: Stage) -> bool:
    workshop, items = stage.room.workshop, len(stage.room.round.questionnaire.items)
    return (
        workshop.together
        and workshop.way == "page"
        and workshop.answering
        and workshop.pace <= items
    )
