"""A person's own journal: drafts, results, commitments and participations in one SQLite file.

``database`` opens the file and turns its failures into errors with a remedy; ``drafts``,
``results``, ``commitments`` and ``participations`` hold the statements, one kind of thing each.
"""

from pathlib import Path

from checklist.journal.commitments import Commitment, Commitments, State
from checklist.journal.database import Database
from checklist.journal.drafts import Draft, Drafts
from checklist.journal.erasing import erase
from checklist.journal.frozen import verify
from checklist.journal.participations import Participation, Participations
from checklist.journal.results import Result, Results

__all__ = ["Commitment", "Draft", "Journal", "Participation", "Result", "State", "erase"]


class Journal:
    """The journal in a folder; a file that is not there yet is made.

    Parameters
    ----------
    folder
        The person's own folder, which exists.

    Raises
    ------
    ChecklistError
        As ``Database``; every use of a journal can raise the same.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal.db"
        self._database = Database(self.path)
        with self._database.reading() as connection:
            verify(connection)  # before anything is added that would be set aside with the rest
        self.drafts = Drafts(self._database)
        self.results = Results(self._database)
        self.commitments = Commitments(self._database)
        self.participations = Participations(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def backup(self, target: Path) -> None:
        """Write a copy of the journal that is whole at one moment.

        Raises
        ------
        ChecklistError
            ``output-exists`` or ``output-unwritable``.
        """
        self._database.backup(target)
