"""Where a workshop's files lie: in the keeper's own folder, named after the round."""

from pathlib import Path

from checklist.rounds import Round

FOLDER = "workshops"
LEDGER = ".db"


def ledger_of(home: Path, round_: Round) -> Path:
    """Where the room stands and what lies in its seats; gone when the workshop ends."""
    return home / FOLDER / f"{round_.key}{LEDGER}"


def agreed_in(home: Path, round_: Round) -> Path:
    """What was agreed, for the workshop that follows; apart from the report."""
    return home / FOLDER / f"{round_.key}.agreed.json"
