"""Starts the program in terminals that are closed again, whatever a test does."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checklist.interview import Response
from checklist.journal import Journal

if TYPE_CHECKING:
    from tests.terminal.emulator import Emulator


@pytest.fixture
def terminal(home: Path) -> Iterator["Callable[..., Emulator]"]:
    """Open a terminal in which ``checklist`` runs with these arguments."""
    from tests.terminal.emulator import Emulator

    with ExitStack() as stack:

        def start(*arguments: str, **settings: Any) -> Emulator:
            return stack.enter_context(Emulator(arguments, **settings))

        yield start


@pytest.fixture
def drafted(home: Path) -> Callable[[], Response]:
    """Read what lies in the journal as unfinished."""

    def read() -> Response:
        with closing(Journal(home)) as journal:
            (draft,) = journal.drafts.all()
            return draft.response

    return read


@pytest.fixture
def finished(home: Path) -> Callable[[], list[Response]]:
    """Read all results in the journal, the latest first."""

    def read() -> list[Response]:
        with closing(Journal(home)) as journal:
            return [result.response for result in journal.results.all()]

    return read
