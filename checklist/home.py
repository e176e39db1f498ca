"""Where a person's own data lies: one folder, on this machine only."""

from collections.abc import Mapping
from pathlib import Path

from checklist.errors import ChecklistError

ROUNDS = "rounds.db"
"""The file in it for the rounds that a person keeps, where ``CHECKLIST_STORE`` names no other."""


def home(environment: Mapping[str, str]) -> Path:
    """Give the folder: ``CHECKLIST_HOME``, else the system's place for a user's data."""
    named = environment.get("CHECKLIST_HOME")
    if named:
        try:
            return Path(named).expanduser()
        except RuntimeError:  # "~name" without a user of that name is a name like any other
            return Path(named)
    from platformdirs import user_data_path

    return user_data_path("checklist", appauthor=False)


def prepare(folder: Path) -> Path:
    """Make the folder, readable by its owner only.

    Raises
    ------
    ChecklistError
        ``home-unusable``: it cannot be made, or is a file.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ChecklistError("home-unusable", folder=str(folder), reason=error) from error
    return folder
