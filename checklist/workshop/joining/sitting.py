"""An interview whose every answer lies with the workshop before the next card shows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from checklist.interview import Interview, Response
from checklist.questionnaire import Item
from checklist.workshop.joining.client import Reply
from checklist.workshop.seats import LONGEST_TEXT

TEXT = "/text"
WHAT = {"left-open": "open", "did-not-occur": "not-occurred"}
"""What the marks are called on their way."""


class WentOn(Exception):  # noqa: N818 - no error
    """The room has gone on, and answers are not taken any more."""


class Company(Protocol):
    """The room, as far as an interview in it needs to know."""

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        """Send what was said; it has arrived when this returns."""
        ...

    def wait_for_item(self, place: int) -> None:
        """Wait until the item at a place has been released.

        Raises
        ------
        WentOn
            Answers are not taken any more.
        """
        ...

    @property
    def holds_items_back(self) -> bool:
        """Whether there are items that have not been released."""
        ...

    def say(self, key: str, **values: object) -> None:
        """Say something of ours that must have been read."""
        ...


class JoinedSitting:
    """What a front leads through in a workshop.

    The place in the interview is this sitting's own affair; what was said lies with the workshop
    when ``move`` returns.

    Parameters
    ----------
    interview
        As it stands.
    company
        The room.
    keep
        Keeps texts on this machine; where it is not given they are sent as well.
    """

    def __init__(
        self,
        interview: Interview,
        company: Company,
        keep: Callable[[Response], None] | None = None,
    ) -> None:
        self._at = interview
        self._company = company
        self._keep = keep

    @property
    def interview(self) -> Interview:
        """Where the person stands, once the item that is next has been released.

        So what was answered can be confirmed before its front waits for the next one.

        Raises
        ------
        WentOn
            Answers are not taken any more.
        """
        if isinstance(self._at.current, Item):
            self._company.wait_for_item(self._at.place)
        return self._at

    def move(self, after: Interview) -> None:
        """Take a move.

        Raises
        ------
        WentOn
            It came too late.
        """
        after = self._shortened(after)
        for path, fields in said(self._at, after):
            if path == TEXT and self._keep is not None:
                self._keep(after.response)
            else:
                self._send(path, fields)
        if after.in_review and after.items_left and self._company.holds_items_back:
            self._at = replace(self._at, response=after.response)
            self._company.say("joining.review-later")
        else:
            self._at = after

    def _send(self, path: str, fields: dict[str, str]) -> None:
        place = next(n for n, step in enumerate(self._at.steps) if step.id == fields["step"])
        while (reply := self._company.post(path, fields)).late:
            view = reply.view
            if not view.answering or view.pace is None or place < view.pace:
                raise WentOn
            self._company.wait_for_item(place)  # it was only sent too early

    def _shortened(self, after: Interview) -> Interview:
        """Cut a text off where it is longer than the page takes, and say so."""
        response = after.response
        comments = {key: text[:LONGEST_TEXT] for key, text in response.comments.items()}
        reflections = {key: text[:LONGEST_TEXT] for key, text in response.reflections.items()}
        if (comments, reflections) == (response.comments, response.reflections):
            return after
        self._company.say("joining.shortened", most=LONGEST_TEXT)
        short = replace(response, comments=comments, reflections=reflections)
        return replace(after, response=short)


def said(before: Interview, after: Interview) -> Iterator[tuple[str, dict[str, str]]]:
    """Give what a move has said, as it is sent: nothing where it only went somewhere else."""
    was, now = before.response, after.response
    for item, text in {**dict.fromkeys(was.comments, ""), **now.comments}.items():
        if text != was.comments.get(item, ""):
            yield TEXT, {"step": item, "text": text}
    for item, answer in now.answers.items():
        if answer != was.answers.get(item):
            yield "/answer", {"step": item, "what": WHAT.get(str(answer), str(answer))}
    for reflection, text in now.reflections.items():
        if text != was.reflections.get(reflection):
            yield TEXT, {"step": reflection, "text": text}
