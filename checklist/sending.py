"""From a finished response to what travels into a round: no name, no time, no address."""

import hmac
import secrets
from dataclasses import dataclass

from checklist.interview import Answer, Mark, Response
from checklist.journal import Journal, Participation
from checklist.questionnaire import Perspective, Questionnaire
from checklist.rounds import Round, RoundResponse

LEFT_OPEN, DID_NOT_OCCUR = "-", "."


def coded(questionnaire: Questionnaire, response: Response) -> str:
    """Write answers as one text, a character an item in the questionnaire's order.

    Returns
    -------
    str
        Raw options ``1``…``9``, ``-`` for left open, ``.`` for did not occur.
    """
    return "".join(_character(response.answers.get(item.id)) for item in questionnaire.items)


def _character(answer: Answer | None) -> str:
    if isinstance(answer, int):
        return str(answer)
    return DID_NOT_OCCUR if answer is Mark.DID_NOT_OCCUR else LEFT_OPEN


def panel_code(secret: bytes, series: str, perspective: Perspective) -> str:
    """Link one person's responses of a chain of rounds, without saying whose they are.

    HMAC-SHA256 over series and perspective; only who has the journal's secret can compute it.
    """
    return hmac.new(secret, f"{series}/{perspective}".encode(), "sha256").hexdigest()


@dataclass(frozen=True)
class Parcel:
    """What one person is about to send to a round.

    Attributes
    ----------
    with_texts
        Whether comments and reflections go along; never where the round takes none.
    comparable
        Whether the person agrees to be compared with the next round.
    """

    round: Round
    team: str
    response: Response
    with_texts: bool = True
    comparable: bool = False

    @property
    def texts(self) -> int:
        """How many comments and reflections the round would take."""
        if not self.round.comments:
            return 0
        return len(self.response.comments) + len(self.response.reflections)

    def packed(self, journal: Journal, *, afresh: bool = False) -> RoundResponse:
        """Give what travels, under an id that the journal knows from now on.

        The journal knows it first: whatever happens on the way, sending again replaces and does
        not double.

        Parameters
        ----------
        journal
            The person's own.
        afresh
            Whether this is somebody else than who has sent from this journal before: then a new id
            is taken, and the journal does not learn it.
        """
        before = None if afresh else journal.participations.find(self.round.code)
        mine = Participation(
            round=self.round.code,
            perspective="self",
            id=before.id if before else secrets.token_hex(16),
            rev=before.rev + 1 if before else 1,
            team=self.team,
        )
        if not afresh:
            journal.participations.note(mine)
        sent = self.with_texts and self.round.comments
        return RoundResponse(
            round=mine.round,
            id=mine.id,
            rev=mine.rev,
            team=mine.team,
            answers=coded(self.round.questionnaire, self.response),
            panel=self._panel(journal) if self.comparable else "",
            comments=dict(self.response.comments) if sent else {},
            reflections=dict(self.response.reflections) if sent else {},
        )

    def _panel(self, journal: Journal) -> str:
        return panel_code(journal.participations.secret(), self.round.series, "self")


def withdrawal(journal: Journal, mine: Participation) -> RoundResponse:
    """Give what takes a response back: a later revision without answers."""
    later = Participation(mine.round, mine.perspective, mine.id, mine.rev + 1, team="")
    journal.participations.note(later)
    return RoundResponse(
        round=later.round,
        id=later.id,
        rev=later.rev,
        team=mine.team,
        answers="",
        perspective=later.perspective,
        withdrawn=True,
    )
