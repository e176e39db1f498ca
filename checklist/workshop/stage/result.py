"""The own results: silence, and nothing of anybody on the screen."""

from checklist.privacy import Thresholds
from checklist.render.blocks import Block, Paragraph, Subheading
from checklist.workshop.stage.answer import close, close_on_paper
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage


class Result(Looking):
    """Three questions to oneself; meanwhile, on paper, sheets are typed in elsewhere."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give the questions, and say what will be shown where it is not the whole picture."""
        workshop, blocks = stage.room.workshop, super().blocks(stage)
        if workshop.way == "paper" and not workshop.closed:
            return [*blocks, Subheading(stage.texts("stage.answer.typing-in"))]
        if _shows_nothing(stage):
            least = Thresholds(stage.room.round.min_group).scores
            blocks.append(Paragraph(stage.texts("stage.result.too-few", least=least)))
        return blocks

    def leave(self, stage: Stage) -> bool:
        """Go on, with a report to show; on paper the round is closed here."""
        if not stage.room.workshop.closed:
            return close_on_paper(stage)
        if not stage.reports:  # it could not be made when the round was closed
            close(stage)
        return True


def _shows_nothing(stage: Stage) -> bool:
    """Whether there are too few responses for a single figure."""
    report = stage.report
    return report is not None and all(group.status != "published" for group in report.groups)
