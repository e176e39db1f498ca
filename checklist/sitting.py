"""One person answering one questionnaire: the interview together with its draft on disk.

Every move goes through ``Sitting.move``, which has written what was said before it returns; a front
shows the next card only after that.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from checklist.errors import ChecklistError
from checklist.interview import Interview, Response, kept
from checklist.journal import Draft, Journal, Result
from checklist.questionnaire import Perspective, Questionnaire

Clock = Callable[[], datetime]

NOT_KEPT = 0
"""The id of a result that no journal holds."""


class AnySitting(Protocol):
    """What a front leads through, be it kept or not."""

    @property
    def interview(self) -> Interview:
        """Where the person stands."""
        ...

    def move(self, after: Interview) -> None:
        """Take a move."""
        ...


class Rehearsal:
    """An interview that is only tried out: there is no journal, and nothing reaches a disk."""

    def __init__(self, interview: Interview, clock: Clock) -> None:
        self.interview = interview
        self._clock = clock

    def move(self, after: Interview) -> None:
        """Take a move."""
        self.interview = after

    def finish(self) -> Result:
        """Give the result, which is kept nowhere."""
        interview = self.interview
        return Result(
            NOT_KEPT, interview.questionnaire, interview.perspective, self._clock(), interview.final
        )


class Sitting:
    """An interview whose every answer is on disk before the next card shows."""

    def __init__(
        self,
        journal: Journal,
        interview: Interview,
        clock: Clock,
        draft_id: int | None = None,
        round_key: str = "",
    ) -> None:
        self.interview = interview
        self._journal = journal
        self._clock = clock
        self._draft_id = draft_id
        self._round_key = round_key

    @classmethod
    def afresh(
        cls,
        journal: Journal,
        questionnaire: Questionnaire,
        perspective: Perspective,
        clock: Clock,
        round_key: str = "",
    ) -> "Sitting":
        """Begin with nothing said; a draft that is there stays until the first answer."""
        return cls(journal, Interview(questionnaire, perspective), clock, round_key=round_key)

    @classmethod
    def resumed(
        cls, journal: Journal, draft: Draft, questionnaire: Questionnaire, clock: Clock
    ) -> tuple["Sitting", tuple[str, ...]]:
        """Go on with a draft, in the current version of its questionnaire.

        Returns
        -------
        tuple of Sitting and ids
            The ids are those of items whose answers could not be carried into this version.
        """
        response, lost = draft.response, tuple[str, ...]()
        draft_id = draft.id
        if not draft.is_of(questionnaire):
            old = journal.drafts.questionnaire(draft)
            response, lost = kept(old, questionnaire, response)
            draft_id = journal.drafts.begin(
                questionnaire, draft.perspective, draft.started_at, response, draft.round
            )
        interview = Interview.resumed(questionnaire, draft.perspective, response)
        return cls(journal, interview, clock, draft_id, draft.round), lost

    def move(self, after: Interview) -> None:
        """Take a move: what it says is on disk when this returns.

        Raises
        ------
        ChecklistError
            The journal could not be written; the interview stays where it was.
        """
        before = self.interview
        if after.response != before.response:
            if self._draft_id is None:
                self._draft_id = self._journal.drafts.begin(
                    after.questionnaire,
                    after.perspective,
                    self._clock(),
                    after.response,
                    self._round_key,
                )
            else:
                self._journal.drafts.note(self._draft_id, before.response, after.response)
        self.interview = after

    @property
    def has_draft(self) -> bool:
        """Whether anything was said yet."""
        return self._draft_id is not None

    def finish(self) -> Result:
        """Turn the draft into a result."""
        return self._journal.results.add(
            self.interview.questionnaire,
            self.interview.perspective,
            self.interview.final,
            self._clock(),
            self._draft_id,
        )


def record(
    journal: Journal,
    questionnaire: Questionnaire,
    perspective: Perspective,
    response: Response,
    clock: Clock,
) -> Result:
    """Keep a response that came whole, without an interview."""
    final = Interview(questionnaire, perspective, response).final
    return journal.results.add(questionnaire, perspective, final, clock())


@contextmanager
def alone(
    folder: Path, questionnaire_id: str, perspective: Perspective, round_key: str = ""
) -> Iterator[None]:
    """Make sure that no other process is answering the same questionnaire, for the same round.

    The system lets go of the lock when the process ends, however it ends.

    Raises
    ------
    ChecklistError
        ``already-running``.
    """
    from filelock import FileLock, Timeout

    name = ".".join(filter(None, (questionnaire_id, perspective, round_key, "lock")))
    lock = FileLock(folder / name, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise ChecklistError("already-running", id=questionnaire_id) from error
    except OSError as error:
        raise ChecklistError("home-unusable", folder=str(folder), reason=error) from error
    try:
        yield
    finally:
        lock.release()
