"""Plays the attacker on a round's published reports, on all of them together.

    reports → figures → equations over people → the fewest people that any combination is about

``figures`` and ``equations`` are the first two steps, ``solving`` is the third, ``findings`` puts
them together; ``strays`` looks for numbers in a text that no figure explains.
The attacker has all reports at once, does exact arithmetic, and knows who is in which team and who
answered what at all: only the answers are unknown.
"""

from checklist.attack.figures import Figure
from checklist.attack.findings import Findings, findings
from checklist.attack.strays import stray_numbers

__all__ = ["Figure", "Findings", "findings", "stray_numbers"]
