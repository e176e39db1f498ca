"""Builds the one ``Report`` that every renderer turns into text.

``model`` is the shape and the JSON contract. ``own`` fills it for one person, ``group`` for a round
with its ``topics``; ``one_team`` cuts that down to one team, and ``summary`` says it in short.
"""

from typing import TYPE_CHECKING, Any

from checklist.report.model import Report
from checklist.report.one_team import for_team
from checklist.report.own import own_report

if TYPE_CHECKING:
    from checklist.report.group import round_report

__all__ = ["Report", "for_team", "own_report", "round_report"]


def __getattr__(name: str) -> Any:
    """Load ``round_report`` when it is asked for: one person's result does not wait for scipy."""
    if name == "round_report":
        from checklist.report.group import round_report

        return round_report
    raise AttributeError(name)
