"""Pages that many people see alike, written once: where one joins, and the questions.

While a room answers, these are nearly all that is asked for. A page is written from its key alone,
never from somebody's view: so nothing of one person can stand in a page that another gets.
"""

from functools import lru_cache

from checklist.i18n import Texts
from checklist.interview import Answer, Interview, Response
from checklist.questionnaire import Item
from checklist.rounds import Round
from checklist.workshop.page import screens
from checklist.workshop.page.view import View

MOST_JOINING, MOST_QUESTIONS = 50, 2000
"""Pages that are kept; a questionnaire of 15 items has about 500."""


class Alike:
    """The pages of one workshop that many see alike.

    Parameters
    ----------
    round_
        What is asked.
    secure
        Whether it is served by TLS.
    """

    def __init__(self, round_: Round, *, secure: bool) -> None:
        self._round = round_
        self._secure = secure
        self._steps = Interview(round_.questionnaire).steps
        self.joining = lru_cache(MOST_JOINING)(self._joining)
        self._question = lru_cache(MOST_QUESTIONS)(self._written)

    def question(self, view: View) -> str | None:
        """Give the page of an item that has no comment; of anything else nothing."""
        if view.kind != "question" or view.has_own:
            return None
        step = self._steps[view.place]
        if not isinstance(step, Item) or step.id in view.response.comments:
            return None
        said = view.response.answers.get(step.id)
        return self._question(
            view.version, view.phase, view.language, view.place, view.reopened, said
        )

    def _written(
        self,
        version: int,
        phase: str,
        language: str,
        place: int,
        reopened: bool,
        said: Answer | None,
    ) -> str:
        answers = {} if said is None else {self._steps[place].id: said}
        view = View(
            version=version,
            phase=phase,
            kind="question",
            language=language,
            team="",
            teams=(),
            takes_texts=self._round.comments,
            follows=self._round.follows is not None,
            secure=self._secure,
            response=Response(answers),
            place=place,
            reopened=reopened,
        )
        return screens.room(view, self._round, nonce="")

    def _joining(self, language: str, key: str, problem: str) -> str:
        return screens.joining(
            Texts(language), self._round, key=key, secure=self._secure, problem=problem, nonce=""
        )
