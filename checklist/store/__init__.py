"""The store of rounds: what was promised and asked, and the responses of all respondents.

    put → response_N → close → answer_N, comment_N → purge → report

``rounds`` and ``responses`` hold the statements, in SQL that every engine knows; ``dialect`` says
what differs between engines, and ``sqlite`` is one. While a round collects nobody can read answers;
closing detaches them from whoever sent them; purging leaves only the frozen reports.
"""

import re
from contextlib import AbstractContextManager
from pathlib import Path

from checklist.errors import ChecklistError
from checklist.store.migrations import migrate
from checklist.store.responses import Responses
from checklist.store.rounds import Rounds
from checklist.store.sqlite import SQLite

__all__ = ["Responses", "Rounds", "Store"]

ADDRESS = re.compile(r"([a-z][a-z0-9+]+)://", re.IGNORECASE)


class Store:
    """A store of rounds.

    Parameters
    ----------
    where
        The path of an SQLite file.
    create
        Whether a store that is missing is made.
    patience
        Seconds for which a change waits for those of others, if not as usual.

    Raises
    ------
    ChecklistError
        ``no-store``: there is none, or nothing is in it.
        ``store-foreign``: the file is another program's database; it is left as it is.
        ``store-newer``: a newer version of the program has written it; it is left as it is.
        ``store-damaged``: the file is broken, or no database; it is left as it is.
        ``store-engine``: the address of an engine that this version does not know.
        ``store-no-folder``: the folder that it is to be made in is missing.
        ``store-full``, ``store-failure``, ``store-read-only``, ``store-unreachable``,
        ``store-busy``: what the system says.
        Every use of a store can raise the last six.
    """

    def __init__(
        self, where: str | Path, *, create: bool = False, patience: float | None = None
    ) -> None:
        address = ADDRESS.match(str(where))
        if address:
            # Only the scheme: a password may stand in the rest.
            raise ChecklistError("store-engine", engine=address[1])
        self._dialect = SQLite(Path(where), create=create, patience=patience)
        try:
            migrate(self._dialect, create=create)
        except BaseException:
            self._dialect.close()
            raise
        self._dialect.close_to_others()
        self.rounds = Rounds(self._dialect)
        self.responses = Responses(self._dialect)

    def together(self) -> AbstractContextManager[None]:
        """Take all that is put within as one change: one wait for the disk instead of many.

        What is put is in the store once the block has ended. Of what fails nothing is stored, and
        what has nothing to do with it is.
        """
        return self._dialect.together()

    def close(self) -> None:
        """Close the connection."""
        self._dialect.close()
