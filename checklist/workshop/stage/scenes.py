"""Which scene belongs to which phase."""

from checklist.workshop.stage.agree import Agree
from checklist.workshop.stage.answer import Answer
from checklist.workshop.stage.arrive import Arrive
from checklist.workshop.stage.causes import Causes
from checklist.workshop.stage.check import Check
from checklist.workshop.stage.close import Close
from checklist.workshop.stage.decide import Decide
from checklist.workshop.stage.practice import Practice
from checklist.workshop.stage.result import Result
from checklist.workshop.stage.scene import Scene
from checklist.workshop.stage.seeing import Seeing
from checklist.workshop.stage.warm_up import WarmUp


def scenes() -> dict[str, Scene]:
    """Give a scene for each phase, by its id."""
    return {
        "check": Check(),
        "arrive": Arrive(),
        "warm-up": WarmUp(),
        "answer": Answer(),
        "result": Result(),
        "reveal": Seeing(),
        "causes": Causes(),
        "practice": Practice(),
        "decide": Decide(),
        "agree": Agree(),
        "close": Close(),
    }
