"""Typing filled-in sheets into a round: what a sheet holds so far, and how it is stored.

A sheet is stored whole or not at all, under a random id that is kept nowhere else: not in a
journal, and not together with anything that is written on the paper.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from checklist import panel_words
from checklist.i18n import Texts
from checklist.questionnaire import Item
from checklist.render.paper import letters, on_paper
from checklist.rounds import DID_NOT_OCCUR, LEFT_OPEN, Round, RoundResponse, Team
from checklist.store.responses import Responses


def sign(typed: str, item: Item, texts: Texts) -> str | None:
    """Say which answer a typed sign stands for, as it is stored; ``None`` for none.

    Besides the signs on the screen those count that lie on a block of number keys, and the keys of
    the cards.
    """
    low = typed.lower()
    if low in ("-", "0", texts("key.open")):
        return LEFT_OPEN
    if low in ("x", ".", ",", "*", texts("key.not-occurred")):
        return DID_NOT_OCCUR
    if len(low) == 1 and low in "123456789"[: item.scale.size]:
        return low
    return None


@dataclass(frozen=True)
class Sheet:
    """A sheet on its way into the round.

    Attributes
    ----------
    signs
        By place on the sheet, from 0; what has been typed so far.
    place
        Where the next sign goes; behind the last item when all have been gone through.
    words
        The two words for the comparison with the next round, as ``panel_words.read`` gives them;
        empty where the sheet has none.
    """

    signs: Mapping[int, str] = field(default_factory=dict)
    place: int = 0
    comments: Mapping[str, str] = field(default_factory=dict)
    reflections: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    @property
    def begun(self) -> bool:
        """Whether anything was typed."""
        return bool(self.signs or self.comments or self.reflections or self.words)

    def marked(self, typed: str) -> "Sheet":
        """Note a sign and go on."""
        return replace(self, signs={**self.signs, self.place: typed}, place=self.place + 1)

    def back(self) -> "Sheet":
        """Go back by one; what stands there is kept until another sign replaces it."""
        return replace(self, place=max(self.place - 1, 0))

    def forward(self) -> "Sheet":
        """Go on past a sign that is there already."""
        return replace(self, place=self.place + 1) if self.place in self.signs else self


@dataclass
class Entering:
    """One session of typing sheets into a round.

    Parameters
    ----------
    responses
        Where they are stored.
    round
        It collects.
    team
        Whose sheets come next; ``None`` as long as nobody said.
    new_id
        Gives random ids.
    sheet
        What is being typed.
    entered
        How many sheets are stored.
    reopened
        Whether ``sheet`` is the one that was stored last. It stays stored as it was until it is
        stored anew or dropped.
    """

    responses: Responses
    round: Round
    team: Team | None = None
    new_id: Callable[[], str] = lambda: secrets.token_hex(16)
    sheet: Sheet = field(default_factory=Sheet)
    entered: int = 0
    reopened: bool = False
    _last: tuple[RoundResponse, Team, Sheet] | None = None
    _panels: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Which sheet is being typed, counted from 1."""
        return self.entered if self.reopened else self.entered + 1

    @property
    def items(self) -> tuple[Item, ...]:
        """The items in the order of the sheet."""
        return on_paper(self.round.questionnaire)

    @property
    def reflections(self) -> dict[str, str]:
        """The ids of open questions by their letters on the sheet; none where none are taken."""
        if not self.round.comments:
            return {}
        return {letter: each for each, letter in letters(self.round.questionnaire).items()}

    def response(self, sheet: Sheet, team: Team) -> RoundResponse:
        """Give a whole sheet as it is stored; of its two words only what is computed from them."""
        by_id = {item.id: sheet.signs[place] for place, item in enumerate(self.items)}
        return RoundResponse(
            round=self.round.code,
            id=self.new_id(),
            rev=1,
            team=team.name,
            answers="".join(by_id[item.id] for item in self.round.questionnaire.items),
            panel=panel_words.panel(sheet.words, self.round.series) if sheet.words else "",
            comments=dict(sheet.comments),
            reflections=dict(sheet.reflections),
        )

    def store(self, sheet: Sheet) -> None:
        """Store a whole sheet, in its own place where it was reopened, and begin the next.

        Raises
        ------
        ChecklistError
            As ``Responses.put``.
        """
        assert self.team is not None
        response = self.response(sheet, self.team)
        if self.reopened and self._last is not None:
            before = self._last[0]
            response = response._replace(id=before.id, rev=before.rev + 1)
        self.responses.put(response)
        if self.reopened:
            self._panels.pop()
        else:
            self.entered += 1
        self._panels.append(response.panel)
        self._last = response, self.team, sheet
        self.sheet, self.reopened = Sheet(), False

    def store_all(self, sheets: list[tuple[Sheet, Team]]) -> None:
        """Store many sheets, or none of them.

        Raises
        ------
        ChecklistError
            As ``Responses.put_many``.
        """
        if not sheets:
            return
        responses = [self.response(sheet, team) for sheet, team in sheets]
        # Two piles of sheets may be filled in alike: a mark made from them would refuse the second.
        self.responses.put_many(self.round.code, responses, self.new_id())
        self.entered += len(responses)
        self._panels += [response.panel for response in responses]

    @property
    def same_words(self) -> list[list[int]]:
        """Which of the stored sheets have the same two words, by their numbers.

        None of them will be linked with another round: nobody can tell whose is whose.
        """
        by_panel: dict[str, list[int]] = {}
        for number, panel in enumerate(self._panels, start=1):
            if panel:
                by_panel.setdefault(panel, []).append(number)
        return [numbers for numbers in by_panel.values() if len(numbers) > 1]

    def same_words_as_last(self) -> list[int]:
        """Give the numbers of all sheets that share the two words of the one stored last."""
        return next((each for each in self.same_words if each[-1] == len(self._panels)), [])

    def reopen(self) -> bool:
        """Open the sheet that was stored last again, with its team; False where there is none."""
        if self._last is None:
            return False
        _, self.team, self.sheet = self._last
        self.reopened = True
        return True

    def drop(self) -> None:
        """Drop the sheet that is being typed; one that was reopened is taken back.

        Raises
        ------
        ChecklistError
            As ``Responses.put``.
        """
        if self.reopened:
            self.take_back()
        self.sheet, self.reopened = Sheet(), False

    def take_back(self) -> Sheet | None:
        """Take back the sheet that was stored last, and give it; its team comes with it.

        Raises
        ------
        ChecklistError
            As ``Responses.put``.
        """
        if self._last is None:
            return None
        response, self.team, sheet = self._last
        self.responses.put(
            response._replace(
                rev=response.rev + 1, withdrawn=True, answers="", comments={}, reflections={}
            )
        )
        self._last = None
        self._panels.pop()
        self.entered -= 1
        return sheet
