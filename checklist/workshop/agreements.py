"""What a workshop agreed on, in a file of its own: apart from the report, and no answer in it.

    {"format": "checklist-agreements/1", "round": "herbst", "title": "Herbst 2026",
     "closed_on": "2026-11-22", "follow_up": "2026-12-20",
     "actions": [{"when": "…", "then": "…", "owner": "KB", "until": "2026-12-01", "sign": "…"}]}

The workshop that follows opens with it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

from checklist import files
from checklist.errors import ChecklistError
from checklist.home import prepare
from checklist.rounds import Round
from checklist.workshop.state import MOST_ACTIONS, Action, Workshop

Format = Literal["checklist-agreements/1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed, and when the room meets again.

    Attributes
    ----------
    round, title
        Of the workshop's round.
    closed_on
        When that round was closed; ``None`` where it has not been.
    actions
        At most ``MOST_ACTIONS``, in the room's order.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)

    format: Format = "checklist-agreements/1"
    round: str
    title: str
    closed_on: date | None
    follow_up: date | None
    actions: tuple[Action, ...]


FILE = TypeAdapter(Agreed)


def save(path: Path, round_: Round, workshop: Workshop) -> None:
    """Write what has been agreed so far, in place of what was written before.

    Only its owner can read the file, and one that is there stays whole until the new one is.

    Raises
    ------
    ChecklistError
        ``home-unusable`` or ``output-unwritable``.
    """
    agreed = Agreed(
        round=round_.code,
        title=round_.title,
        closed_on=round_.closed_on,
        follow_up=workshop.follow_up,
        actions=workshop.actions,
    )
    prepare(path.parent)
    files.replace(path, FILE.dump_json(agreed, indent=2), private=True)


def load(path: Path) -> Agreed:
    """Read what was agreed.

    Raises
    ------
    ChecklistError
        ``agreements-unreadable``: the file is not there, or not as ``save`` writes it.
    """
    try:
        agreed = FILE.validate_json(path.read_bytes())
        if len(agreed.actions) > MOST_ACTIONS:
            raise ValueError("too many")
    except (OSError, ValueError) as error:
        raise ChecklistError("agreements-unreadable", file=str(path)) from error
    return agreed
