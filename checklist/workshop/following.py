"""A workshop that follows another: not before its actions have had time, and opening with them."""

from datetime import date, timedelta
from pathlib import Path

from checklist.errors import ChecklistError
from checklist.store import Store
from checklist.workshop import agreements
from checklist.workshop.places import agreed_in
from checklist.workshop.state import Action

WEEKS = 4
"""The questions ask about the last four weeks: sooner, both rounds would ask about the same."""


def earlier(home: Path, store: Store, code: str, today: date) -> tuple[Action, ...]:
    """Give what was agreed in the workshop that another one is to follow.

    Parameters
    ----------
    code
        Of its round, whether that was led in a room or not.

    Returns
    -------
    tuple of Action
        Empty where nothing was agreed, or on another machine.

    Raises
    ------
    ChecklistError
        ``unknown-round``, ``unknown-round-near``; ``follows-open``: it still collects;
        ``follows-too-soon``; ``agreements-unreadable``.
    """
    round_ = store.rounds.get(code)
    if round_.closed_on is None:
        raise ChecklistError("follows-open", code=round_.code)
    first = round_.closed_on + timedelta(weeks=WEEKS)
    if today < first:
        raise ChecklistError(
            "follows-too-soon", code=round_.code, date=round_.closed_on, first=first
        )
    path = agreed_in(home, round_)
    return agreements.load(path).actions if path.exists() else ()
