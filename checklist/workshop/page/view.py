"""What one person sees: from the room and their seat to one value, which all fronts show.

A page is made from it, and a terminal gets it as JSON. It holds nothing of another's seat, and of
the report only what the whole room sees.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from checklist import panel_words
from checklist.i18n import Texts
from checklist.interview import Response
from checklist.questionnaire import Item, Wording
from checklist.render.blocks import Block, Paragraph
from checklist.rounds import Round
from checklist.terminal.words import said_words
from checklist.workshop.desk import Desk
from checklist.workshop.page.kept import Kept
from checklist.workshop.page.telling import in_brief, in_full, intro
from checklist.workshop.seats import Compared, Plan, Seat, is_released
from checklist.workshop.state import Action, Workshop

Kind = Literal[
    "wait",
    "notice",
    "question",
    "pace",
    "review",
    "sent",
    "result",
    "reveal",
    "vote",
    "voted",
    "tally",
    "plan",
    "over",
]


@dataclass(frozen=True)
class View:
    """Where a person is, and what they see there.

    Attributes
    ----------
    version
        Of the room: when it changes, there may be something else to see.
    blocks
        What the whole room sees; in the kind ``result`` the person's own result.
    mine
        The person's own answer, in words, to the item that the room looks at; else empty.
    intro, brief, notice
        Paragraphs, in the kind ``notice`` and once a team is chosen: what is asked, what becomes of
        the answers in a few lines, and in full.
    pace
        How many items are released; ``None`` where each goes at their own pace.
    open
        Whether answers are taken.
    sent, changed
        Whether a response is in the round, and whether something was said since.
    withdrawn
        Whether one was taken back.
    missed
        Whether they have begun and it is too late to send.
    newcomer
        Whether the room looks at answers to which they had no occasion to add theirs.
    has_own
        Whether there is an own result to look at.
    compared
        As in ``Seat``.
    words
        The two words by which the response can be compared, where they follow from the seat.
    votes
        Places of proposals, one a vote; with ``abstained`` there are none on purpose.
    secure
        Whether it travels encrypted.
    """

    version: int
    phase: str
    kind: Kind
    language: str
    team: str
    teams: tuple[str, ...]
    takes_texts: bool
    follows: bool
    secure: bool
    blocks: Sequence[Block] = ()
    mine: str = ""
    intro: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    response: Response = field(default_factory=Response)
    place: int = 0
    reopened: bool = False
    pace: int | None = None
    has_own: bool = False
    open: bool = False
    sent: bool = False
    changed: bool = False
    withdrawn: bool = False
    missed: bool = False
    newcomer: bool = False
    compared: Compared = ""
    words: str = ""
    proposals: tuple[str, ...] = ()
    votes: tuple[int, ...] = ()
    abstained: bool = False
    plan: Plan = field(default_factory=Plan)
    actions: tuple[Action, ...] = ()
    follow_up: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON values."""
        from checklist.workshop.wire import to_json

        mine = [Paragraph(self.mine)] if self.mine else []
        plain: tuple[str, ...] = (
            "version", "phase", "kind", "language", "team", "teams", "takes_texts", "follows",
            "secure", "place", "reopened", "pace", "has_own", "sent", "changed",
            "withdrawn", "compared", "words", "proposals", "votes", "abstained",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in plain},
            "blocks": to_json([*self.blocks, *mine]),
            "notice": [*self.intro, *self.notice],
            "answers": dict(self.response.answers),
            "comments": dict(self.response.comments),
            "reflections": dict(self.response.reflections),
            "plan": asdict(self.plan),
            "actions": [
                {**asdict(action), "until": action.until.isoformat()} for action in self.actions
            ],
            "follow_up": self.follow_up and self.follow_up.isoformat(),
        }


def view(
    desk: Desk, seat: Seat, token: str, now: datetime, *, secure: bool, kept: Kept | None = None
) -> View:
    """Say what a person sees now.

    Parameters
    ----------
    token
        The secret of the seat's phone, from which two words may follow.
    now
        When their own result is looked at.
    secure
        Whether the page is served by TLS.
    kept
        Of this desk's room; without it everything is put together anew.
    """
    kept = kept or Kept(desk.round)
    version = desk.version  # before the state: what changes meanwhile is asked for once more
    workshop, round_ = desk.workshop, desk.round
    texts = Texts(seat.language)
    kind = _kind(workshop, seat, round_)
    words = desk.words(token, seat.compared) if seat.counts else ""
    tells = kind == "notice" and bool(seat.team)
    return View(
        version=version,
        phase=workshop.now.id,
        kind=kind,
        language=seat.language,
        team=seat.team,
        teams=tuple(team.name for team in round_.teams),
        takes_texts=round_.comments,
        follows=round_.follows is not None,
        secure=secure,
        blocks=_blocks(kind, desk, workshop, seat, now, texts, kept),
        mine=_mine(desk, workshop, seat, texts, kept) if kind == "reveal" else "",
        intro=intro(round_, texts) if tells else (),
        brief=in_brief(round_, texts) if tells else (),
        notice=in_full(round_, seat.team, texts) if tells else (),
        response=seat.response,
        place=seat.place,
        reopened=seat.reopened,
        pace=workshop.pace if workshop.together else None,
        has_own=has_own(workshop, seat),
        open=workshop.answering,
        sent=seat.counts,
        changed=seat.changed,
        withdrawn=seat.rev > 0 and not seat.counts,
        missed=seat.begun and not seat.counts and workshop.closed,
        newcomer=kind == "reveal" and not seat.begun and workshop.way == "page",
        compared=seat.compared,
        words=panel_words.shown(words) if words else "",
        proposals=workshop.proposals,
        votes=seat.votes,
        abstained=seat.abstained,
        plan=seat.plan,
        actions=workshop.actions,
        follow_up=workshop.follow_up,
    )


def has_own(workshop: Workshop, seat: Seat) -> bool:
    """Whether it is time for a person's own result, and they have begun to answer."""
    return seat.begun and workshop.reached("result")


def _kind(workshop: Workshop, seat: Seat, round_: Round) -> Kind:
    if workshop.ended:
        return "over"
    match workshop.now.id:
        case "answer" if workshop.way == "page":
            return _answering(workshop, seat, round_)
        case "result" if seat.begun:
            return "result"
        case "reveal":
            return "reveal"
        case "decide" if workshop.voting == "open":
            return "voted" if seat.votes or seat.abstained else "vote"
        case "decide" if workshop.voting == "closed":
            return "tally"
        case "close":
            return "plan"
    return "wait"


def _answering(workshop: Workshop, seat: Seat, round_: Round) -> Kind:
    if not workshop.answering:
        return "sent" if seat.counts else "wait"
    if not seat.begun:
        return "notice"
    interview = seat.interview(round_.questionnaire)
    if interview.in_review:
        return "sent" if seat.counts and not seat.changed else "review"
    is_item = isinstance(interview.current, Item)
    return "question" if not is_item or is_released(workshop, seat.place) else "pace"


def _blocks(
    kind: Kind,
    desk: Desk,
    workshop: Workshop,
    seat: Seat,
    now: datetime,
    texts: Texts,
    kept: Kept,
) -> Sequence[Block]:
    if kind == "result":
        return kept.own(seat, now, texts)
    if kind in ("wait", "reveal", "tally"):
        return kept.seen(workshop, desk.round, desk.report(texts.language), texts).blocks
    return ()


def _mine(desk: Desk, workshop: Workshop, seat: Seat, texts: Texts, kept: Kept) -> str:
    """Say the person's own answer to the item that the room looks at."""
    item_id = kept.seen(workshop, desk.round, desk.report(texts.language), texts).item
    if not item_id or not seat.begun:
        return ""
    item = desk.round.questionnaire.item(item_id)
    wording = Wording.of(desk.round.questionnaire, texts.language)
    said = said_words(seat.interview(wording.questionnaire), item, wording, texts)
    return texts("page.mine", answer=said)
