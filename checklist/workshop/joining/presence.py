"""One person's presence in a room: what they see of it, what they send, and for what they wait."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from checklist.bank import parse
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.interview import Interview, Response
from checklist.questionnaire import Questionnaire, Sends, Wording
from checklist.render.blocks import Block, Paragraph
from checklist.terminal.front import Front, Sight
from checklist.workshop.joining.client import Fields, Reply
from checklist.workshop.joining.line import Line
from checklist.workshop.joining.sitting import WentOn
from checklist.workshop.joining.tickets import OwnSeat
from checklist.workshop.joining.view import View

PATIENCE = 2.0
"""Seconds before a person is told what is waited for; until then, keys typed ahead stay."""

Given = TypeVar("Given")


class Presence:
    """One person's presence in a room.

    Parameters
    ----------
    front
        What shows everything; its cards are open.
    line
        To the workshop's page.
    seat
        The person's own.
    texts
        The interface's language.
    """

    def __init__(self, front: Front, line: Line, seat: OwnSeat, texts: Texts) -> None:
        self.front = front
        self.line = line
        self.seat = seat
        self.texts = texts
        self._count = -1
        self._asked: Questionnaire | None = None

    @property
    def view(self) -> View:
        """Where the seat is.

        Raises
        ------
        NoSeat, ChecklistError
            What ended following the room.
        """
        return self.line.view

    @property
    def questionnaire(self) -> Questionnaire:
        """What the workshop's round asks, as its page gives it."""
        if self._asked is None:
            toml = self.awaited(self.line.submit(self.line.client.questionnaire))
            try:
                self._asked = parse(toml, "questionnaire.toml")
            except (ChecklistError, RecursionError) as error:
                raise self._strange() from error
        return self._asked

    @property
    def wording(self) -> Wording:
        """The questionnaire's words for this person."""
        wording = Wording.of(self.questionnaire, self.texts.language)
        sends: Sends = "texts" if self.view.takes_texts else "answers"
        return replace(wording, sends=sends, result_later=True)

    @property
    def interview(self) -> Interview:
        """The interview as it stands, with the texts that stay on this machine."""
        asked, mine = self.questionnaire, self.seat.ticket.texts
        try:
            given = self.view.interview(asked)
        except ValueError as error:
            raise self._strange() from error
        comments = {item.id: mine[item.id] for item in asked.items if item.id in mine}
        reflections = {part.id: mine[part.id] for part in asked.reflections if part.id in mine}
        response = Response(
            given.response.answers,
            {**given.response.comments, **comments},
            {**given.response.reflections, **reflections},
        )
        return replace(given, response=response)

    @property
    def holds_items_back(self) -> bool:
        """Whether there are items that have not been released."""
        pace = self.view.pace
        return pace is not None and pace < len(self.questionnaire.items)

    def say(self, key: str, **values: object) -> None:
        """Say something of ours that must have been read."""
        self.front.tell(self.texts(key, **values))

    def post(self, path: str, fields: Fields) -> Reply:
        """Make a move; it has arrived when this returns, however long that takes.

        Raises
        ------
        Left, KeyboardInterrupt
            The person does not wait any longer.
        Gone
            The workshop is over, and nobody takes it.
        """
        return self.awaited(self.line.submit(lambda: self.line.client.post(path, fields)))

    def awaited(self, future: "Future[Given]") -> Given:
        """Wait for the page, as ``awaited`` below."""
        return awaited(future, self.front, self.line, self.texts)

    def wait_for_item(self, place: int) -> None:
        """Wait until the item at a place has been released.

        Raises
        ------
        WentOn
            Answers are not taken any more.
        """

        def look(seconds: float) -> Sight | None:
            view = self._renewed(seconds)
            if not view.answering:
                raise WentOn
            if view.pace is None or place < view.pace:
                return None
            return Sight((Paragraph(self.texts("joining.pace")),), note=self._note)

        if look(0) is not None:
            self.front.watch(look)

    def look_on(self, offers: Sequence[str] = ()) -> int | None:
        """Show what the room sees until it goes on; as ``watch``."""
        kind = self.view.kind

        def look(seconds: float) -> Sight | None:
            view = self._renewed(seconds)
            return Sight(view.blocks, tuple(offers), self._note) if view.kind == kind else None

        return self.front.watch(look)

    def watch(
        self, blocks: Sequence[Block] | Callable[[], Sequence[Block]], offers: Sequence[str]
    ) -> int | None:
        """Show blocks of one's own as long as the room stays where it is.

        Parameters
        ----------
        blocks
            A call gives them anew, where they change with what the room agrees on.

        Returns
        -------
        int or None
            The place of the offer that was taken; ``None`` once the room has gone on.
        """
        kind = self.view.kind

        def look(seconds: float) -> Sight | None:
            view = self._renewed(seconds)
            if view.kind != kind:
                return None
            shown = blocks() if callable(blocks) else blocks
            return Sight(tuple(shown), tuple(offers), self._note)

        return self.front.watch(look)

    def check_kind(self, kinds: Sequence[str]) -> Callable[[], None]:
        """Give what raises ``WentOn`` once the room is in none of these kinds."""

        def check() -> None:
            if self.view.kind not in kinds:
                raise WentOn

        return check

    @property
    def _note(self) -> str:
        return note(self.line, self.texts)

    def _renewed(self, seconds: float) -> View:
        """Give where the seat is, after waiting for news for so long at most."""
        self.line.wait(lambda: self.line.count != self._count, seconds)
        self._count = self.line.count
        return self.view

    def _strange(self) -> ChecklistError:
        return ChecklistError("join-no-workshop", address=self.line.client.address.origin)


def awaited(future: "Future[Given]", front: Front, line: Line, texts: Texts) -> Given:
    """Wait for the page; who has to wait for long is told so, and can leave.

    Raises
    ------
    Left, KeyboardInterrupt
        The person does not wait any longer.
    Gone
        The workshop is over.
    """
    line.wait(future.done, PATIENCE)

    def look(seconds: float) -> Sight | None:
        line.wait(future.done, seconds)
        if future.done():
            return None
        return Sight((Paragraph(texts("joining.not-arrived")),), note=note(line, texts))

    if not future.done():
        front.watch(look)
    return future.result()


def note(line: Line, texts: Texts) -> str:
    """Say what is wrong with the line; empty where nothing is."""
    return texts(f"joining.line.{line.trouble}") if line.trouble else ""
