"""What a person does with a form: from its fields to a move in their own seat.

Each act gives the seat afterwards. It raises ``Late`` where the room has gone on, and ``Wrong``
with sentences to show where something was not filled in as it has to be.
"""

from collections.abc import Awaitable, Callable, Mapping

from checklist import panel_words
from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, Texts
from checklist.workshop.desk import Desk
from checklist.workshop.page.asked import Fields
from checklist.workshop.seats import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Compared,
    Plan,
    Seat,
    beginning,
    commented,
    in_team,
    moved,
    planning,
    speaking,
    voting,
)
from checklist.workshop.state import VOTES, Workshop

Act = Callable[[Desk, str, Seat, Fields], Awaitable[Seat]]
"""Takes the desk, the secret of the seat, the seat as it is, and the form."""


class Wrong(ValueError):  # noqa: N818 - what somebody typed, not a fault
    """Something is not filled in as it has to be; ``said`` says what, and what to do."""

    def __init__(self, *said: str) -> None:
        super().__init__(*said)
        self.said = said


async def choose_team(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Choose a team of the round."""
    if form("team") not in [team.name for team in desk.round.teams]:
        raise ValueError(form("team"))
    return await desk.act(token, lambda now, _: in_team(now, form("team")))


async def begin(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Begin to answer."""
    return await desk.act(token, beginning)


async def answer(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Take a move in the interview; a text that was typed beside it is kept with it."""
    step, what, questionnaire = form("step"), form("what"), desk.round.questionnaire
    text = form("text") if "text" in form else None

    def move(now: Seat, workshop: Workshop) -> Seat:
        before = {**now.response.comments, **now.response.reflections}
        if text is not None and text.strip() != before.get(step, ""):
            now = commented(now, workshop, questionnaire, step, text)
        return moved(now, workshop, questionnaire, step, what)

    _check_length(text or "", seat)
    return await desk.act(token, move)


async def write(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Keep a comment, or answer a reflection and go on."""
    _check_length(form("text"), seat)
    return await desk.act(
        token,
        lambda now, workshop: commented(
            now, workshop, desk.round.questionnaire, form("step"), form("text")
        ),
    )


def _check_length(text: str, seat: Seat) -> None:
    if len(text.strip()) > LONGEST_TEXT:
        texts = Texts(seat.language)
        raise Wrong(texts("page.wrong.long", most=LONGEST_TEXT, signs=len(text.strip())))


async def send(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Put the response into the round."""
    compared, words = _compared(desk, seat, form)
    return await desk.send(token, with_texts=form("texts") == "yes", compared=compared, words=words)


def _compared(desk: Desk, seat: Seat, form: Fields) -> tuple[Compared, str]:
    """Read whether the response may be compared; who has words already keeps them."""
    if form("compare") == "own":
        try:
            return "own", panel_words.read(form("words"))
        except ChecklistError as error:
            raise Wrong(*_in_words(error, Texts(seat.language))) from error
    if form("compare") != "new":
        return "", ""
    if seat.compared in ("de", "en"):
        return seat.compared, ""
    return ("en" if seat.language == "en" else "de"), ""


def _in_words(error: ChecklistError, texts: Texts) -> list[str]:
    said = [texts("page.wrong.words")]
    for problem in error.problems:
        what, remedy = (
            texts(f"problem.{problem.code}.what", **problem.values),
            texts(f"problem.{problem.code}.remedy", **problem.values),
        )
        said.append(f"{what} {remedy}")
    return said


async def take_back(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Take the response back."""
    return await desk.withdraw(token)


async def vote(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Give votes: a field ``votes`` for each, or ``p0``, ``p1`` … with how many for each."""
    votes = _votes(form, len(desk.workshop.proposals))
    if len(votes) > VOTES:
        raise Wrong(Texts(seat.language)("page.wrong.votes", votes=len(votes), most=VOTES))
    return await desk.act(token, lambda now, workshop: voting(now, workshop, votes))


def _votes(form: Fields, proposals: int) -> list[int]:
    single = [_number(each) for each in form.all("votes")]
    counted = [
        place
        for place in range(proposals)
        if f"p{place}" in form
        for _ in range(_number(form(f"p{place}")))
    ]
    return single + counted


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 1):
        raise ValueError(text)
    return int(text)


async def plan(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Keep what the person means to do."""
    when, then, partner = (" ".join(form(name).split()) for name in ("when", "then", "partner"))
    if max(map(len, (when, then, partner))) > LONGEST_LINE:
        raise Wrong(Texts(seat.language)("page.wrong.long-line", most=LONGEST_LINE))
    return await desk.act(
        token, lambda now, workshop: planning(now, workshop, Plan(when, then, partner))
    )


async def speak(desk: Desk, token: str, seat: Seat, form: Fields) -> Seat:
    """Speak another language."""
    if form("lang") not in LANGUAGES:
        raise ValueError(form("lang"))
    return await desk.act(token, lambda now, _: speaking(now, form("lang")))


ACTS: Mapping[str, Act] = {
    "/team": choose_team,
    "/begin": begin,
    "/answer": answer,
    "/text": write,
    "/send": send,
    "/withdraw": take_back,
    "/vote": vote,
    "/plan": plan,
    "/language": speak,
}
"""What each address does."""
