"""Plays the attacker on the published reports of a round, or of a chain of rounds, all together.

    reports → figures → equations over people → the fewest people that any combination is about

``figures`` and ``equations`` are the first two steps, ``solving`` is the third, ``findings`` puts
them together. ``waves`` holds what there is of each round and who is matched between two,
``derived`` what is made of other figures, ``paired`` the changes within the same people. ``strays``
looks for numbers in a text that no figure explains, ``formats`` in all other formats.
The attacker has all reports at once, does exact arithmetic, and knows who is in which team and who
answered what at all: only the answers are unknown.
"""

from checklist.attack.figures import Figure
from checklist.attack.findings import Findings, findings
from checklist.attack.formats import strays_in_page, strays_in_table, strays_on_screen
from checklist.attack.strays import stray_numbers
from checklist.attack.waves import Wave

__all__ = [
    "Figure",
    "Findings",
    "Wave",
    "findings",
    "stray_numbers",
    "strays_in_page",
    "strays_in_table",
    "strays_on_screen",
]
