"""A seat in a workshop: what one person has said so far, and what they can do there.

Pure: each move gives a new seat. ``Late`` says that the room has gone on meanwhile; whoever sent
the move then simply sees where the room is now.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from checklist.interview import Interview, Response
from checklist.questionnaire import Item, Questionnaire, Reflection
from checklist.sqlite_file import storable
from checklist.workshop.if_then import bare_then, bare_when
from checklist.workshop.state import VOTES, Workshop

LONGEST_TEXT = 1000
"""Signs of a comment or reflection that is typed on a phone."""
LONGEST_LINE = 200
"""Signs of each part of a commitment."""


Compared = Literal["", "de", "en", "own"]


class Late(Exception):  # noqa: N818 - being late is no error
    """The room is somewhere else by now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one person means to do: if ``when`` happens, I do ``then``."""

    when: str = ""
    then: str = ""
    partner: str = ""


@dataclass(frozen=True)
class Seat:
    """One person in a workshop.

    Attributes
    ----------
    id
        Of their response: random. Empty once the round is closed.
    rev
        How often a response was put into the round or taken back.
    counts
        Whether a response of theirs is in the round.
    changed
        Whether something was said since it was put there.
    team
        Empty as long as none is chosen.
    begun
        Whether they have read the notice and want to answer.
    response, place, reopened
        As in ``Interview``.
    compared
        Whether they agreed to be compared with another round: by the two words in a language that
        follow from their phone's secret, or by ``"own"`` ones that they brought along.
    votes
        For each vote the place of a proposal.
    abstained
        Whether they gave none of their votes, on purpose.
    """

    id: str
    language: str
    rev: int = 0
    counts: bool = False
    changed: bool = False
    team: str = ""
    begun: bool = False
    response: Response = field(default_factory=Response)
    place: int = 0
    reopened: bool = False
    compared: Compared = ""
    votes: tuple[int, ...] = ()
    abstained: bool = False
    plan: Plan = Plan()

    def interview(self, questionnaire: Questionnaire) -> Interview:
        """Give the interview as it stands."""
        return Interview(questionnaire, "self", self.response, self.place, self.reopened)

    def at(self, interview: Interview) -> "Seat":
        """Take over where an interview stands."""
        return replace(
            self,
            response=interview.response,
            place=interview.place,
            reopened=interview.reopened,
            changed=self.changed or interview.response != self.response,
        )


def speaking(seat: Seat, language: str) -> Seat:
    """Speak another language."""
    return replace(seat, language=language)


def in_team(seat: Seat, team: str) -> Seat:
    """Choose the team, before anything is said."""
    if seat.begun:
        raise Late
    return replace(seat, team=team)


def beginning(seat: Seat, workshop: Workshop) -> Seat:
    """Begin to answer, having read the notice."""
    _check_answering(workshop)
    if not seat.team:
        raise Late
    return replace(seat, begun=True)


def moved(
    seat: Seat, workshop: Workshop, questionnaire: Questionnaire, step: str, what: str
) -> Seat:
    """Take a move in the interview.

    Parameters
    ----------
    step
        Id of the item or reflection that the move was made at: a move that is sent twice, or from
        a page that is not the latest, does what it says and nothing else.
    what
        An option's number, ``"open"``, ``"not-occurred"``, ``"back"``, ``"forward"``, or
        ``"review"``; ``"show"`` opens the step.

    Raises
    ------
    Late
        Answers are not taken, or this step has not been released yet.
    ValueError
        There is no such step or move.
    """
    _check_begun(seat, workshop)
    interview = seat.interview(questionnaire)
    if what == "review":
        if workshop.together and workshop.pace <= len(questionnaire.items):
            raise Late
        return seat.at(interview.review())
    interview = _opened(interview, step)
    if isinstance(interview.current, Item) and not is_released(workshop, interview.place):
        raise Late
    moves: dict[str, Callable[[], Interview]] = {
        "show": lambda: interview,
        "back": interview.back,
        "forward": interview.forward,
        "open": interview.leave_open,
        "not-occurred": interview.did_not_occur,
    }
    if what in moves:
        return seat.at(moves[what]())
    if not (what.isascii() and what.isdecimal() and len(what) == 1):
        raise ValueError(what)
    return seat.at(interview.answer(int(what)))


def _opened(interview: Interview, step: str) -> Interview:
    """Open a step by its id; the one that is open stays as it is."""
    place = next((n for n, each in enumerate(interview.steps) if each.id == step), None)
    if place is None:
        raise ValueError(step)
    return interview if place == interview.place else interview.jump(place)


def is_released(workshop: Workshop, place: int) -> bool:
    """Whether the room has come to an item; always, where each goes at their own pace."""
    return not workshop.together or place < workshop.pace


def commented(
    seat: Seat, workshop: Workshop, questionnaire: Questionnaire, step: str, text: str
) -> Seat:
    """Comment on an item, or answer a reflection and go on; empty text takes it away.

    Raises
    ------
    Late
        Answers are not taken.
    ValueError
        There is no such step, or the text is too long.
    """
    _check_begun(seat, workshop)
    text = storable(text.strip())
    if len(text) > LONGEST_TEXT:
        raise ValueError("too long")
    interview = seat.interview(questionnaire)
    there = _opened(interview, step)
    if isinstance(there.current, Reflection):
        return seat.at(there.reflect(text))
    said = there.comment(text)
    return seat.at(replace(said, place=interview.place, reopened=interview.reopened))


def voting(seat: Seat, workshop: Workshop, votes: Sequence[int]) -> Seat:
    """Give votes, in place of earlier ones; none at all is an abstention.

    Raises
    ------
    Late
        Nobody votes now.
    ValueError
        They are more than ``VOTES``, or for proposals that do not exist.
    """
    if workshop.now.id != "decide" or workshop.voting != "open":
        raise Late
    if len(votes) > VOTES or any(not 0 <= vote < len(workshop.proposals) for vote in votes):
        raise ValueError(votes)
    return replace(seat, votes=tuple(sorted(votes)), abstained=not votes)


def planning(seat: Seat, workshop: Workshop, plan: Plan) -> Seat:
    """Keep what the person means to do, without the words that stand around its halves.

    Raises
    ------
    Late
        The own results have not been shown yet.
    ValueError
        A part is too long.
    """
    if not workshop.reached("result"):
        raise Late
    if max(map(len, (plan.when, plan.then, plan.partner))) > LONGEST_LINE:
        raise ValueError("too long")
    when, then, partner = (storable(part.strip()) for part in (plan.when, plan.then, plan.partner))
    return replace(seat, plan=Plan(bare_when(when), bare_then(then), partner))


def tallied(seats: Sequence[Seat], workshop: Workshop) -> tuple[int, ...]:
    """Count the votes by proposal."""
    counted = Counter(vote for seat in seats for vote in seat.votes)
    return tuple(counted[place] for place in range(len(workshop.proposals)))


def _check_answering(workshop: Workshop) -> None:
    if not workshop.answering or workshop.way == "paper":
        raise Late


def _check_begun(seat: Seat, workshop: Workshop) -> None:
    _check_answering(workshop)
    if not seat.begun:
        raise Late
