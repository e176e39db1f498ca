"""Answers matrices as a report asks for them."""

from collections.abc import Mapping

import numpy as np

from checklist.questionnaire import Perspective
from checklist.report.group import AnswersOf
from checklist.rounds import Team
from checklist.scoring import Codes

Views = Mapping[Perspective, Mapping[str, Codes]]
"""Answers matrices by perspective, then by team."""


def views(given: Views) -> AnswersOf:
    """Give what is there, and nobody's answers where nothing is."""
    width = next(iter(given["self"].values())).shape[1]
    nobody = np.zeros((0, width), dtype=np.int8)

    def answers(team: Team, view: Perspective) -> Codes:
        return given.get(view, {}).get(team.name, nobody)

    return answers


def selves(codes: Mapping[str, Codes]) -> AnswersOf:
    """Give self-views, and no outside view."""
    return views({"self": codes})
