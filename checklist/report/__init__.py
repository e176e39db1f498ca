"""Builds the one ``Report`` that every renderer turns into text.

``model`` is the shape and the JSON contract, ``own`` fills it for one person.
"""

from checklist.report.model import Report
from checklist.report.own import own_report

__all__ = ["Report", "own_report"]
