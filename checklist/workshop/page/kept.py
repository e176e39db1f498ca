"""What is said many times alike: put together once, and kept for who asks next.

A whole room reloads in the same moment, and one thread answers it. Own results are kept by what
was answered, so nobody is given another's; what the room sees is kept for as long as it stands.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from checklist.i18n import Texts
from checklist.interview import Response
from checklist.render.blocks import Block
from checklist.report import Report
from checklist.rounds import Round
from checklist.workshop.page.own import own_result
from checklist.workshop.reveal import parts
from checklist.workshop.seats import Seat
from checklist.workshop.showing import shown
from checklist.workshop.state import Workshop

MOST_OWN = 1000
"""Own results that are kept: those of a very large room, each about 20 KB."""

Entries = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Seen:
    """What a room sees in one language, and all that it follows from.

    Attributes
    ----------
    item
        Id of the item that the room looks at in the reveal; empty where it is none.
    """

    workshop: Workshop
    round: Round
    report: Report | None
    blocks: tuple[Block, ...]
    item: str

    def is_of(self, workshop: Workshop, round_: Round, report: Report | None) -> bool:
        """Whether it follows from just these; each change gives new ones."""
        return self.workshop is workshop and self.round is round_ and self.report is report


class Kept:
    """What is kept for one room."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self._seen: dict[str, Seen] = {}
        self._own = lru_cache(MOST_OWN)(self._written)

    def own(self, seat: Seat, now: datetime, texts: Texts) -> tuple[Block, ...]:
        """Say a person's own result, as ``own_result`` does."""
        said = seat.response
        return self._own(
            tuple(said.answers.items()),
            tuple(said.comments.items()),
            tuple(said.reflections.items()),
            (seat.place, seat.reopened),
            now.astimezone().date(),
            texts.language,
        )

    def _written(
        self,
        answers: Entries,
        comments: Entries,
        reflections: Entries,
        place: tuple[int, bool],
        day: date,
        language: str,
    ) -> tuple[Block, ...]:
        said = Response(dict(answers), dict(comments), dict(reflections))
        seat = Seat("", language, response=said, place=place[0], reopened=place[1])
        noon = datetime.combine(day, time(12)).astimezone()
        return tuple(own_result(self._round, seat, noon, Texts(language)))

    def seen(self, workshop: Workshop, round_: Round, report: Report | None, texts: Texts) -> Seen:
        """Say what the room sees, as ``shown`` does."""
        found = self._seen.get(texts.language)
        if found is None or not found.is_of(workshop, round_, report):
            blocks = tuple(shown(workshop, round_, report, texts))
            item = _looked_at(workshop, round_, report)
            found = self._seen[texts.language] = Seen(workshop, round_, report, blocks, item)
        return found


def _looked_at(workshop: Workshop, round_: Round, report: Report | None) -> str:
    if report is None or workshop.now.id != "reveal":
        return ""
    there = parts(workshop, round_, report)
    return there[min(workshop.part, len(there) - 1)].item
