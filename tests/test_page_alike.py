"""Pages that many see alike are the very pages that each of them would get."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checklist.i18n import Texts
from checklist.interview import Answer, Mark, Response
from checklist.workshop.page import screens
from checklist.workshop.page.alike import Alike
from checklist.workshop.page.view import View, view
from checklist.workshop.room import Room
from checklist.workshop.seats import Seat
from tests.storing import QUESTIONNAIRE, TEAMS, a_round
from tests.workshop_rooms import NOW, a_room, a_workshop

ASKED = QUESTIONNAIRE.asked


def seen(room: Room, seat: Seat, *, secure: bool) -> View:
    return view(room, seat, "a-secret", NOW, secure=secure)


def seated(place: int = 0, **changed: Any) -> Seat:
    """Somebody who has said something to every item, and whose seat says much of them."""
    response = Response({item.id: 2 for item in ASKED}, {ASKED[-1].id: "ein Wort"})
    seat = Seat("1" * 32, "de", 3, counts=True, changed=True, team=TEAMS[0], begun=True)
    return replace(seat, response=response, place=place, **changed)


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("comments", [False, True])
def test_a_question_is_the_page_that_each_would_get(
    tmp_path: Path, secure: bool, language: str, comments: bool
) -> None:
    round_ = a_round(comments=comments)
    said: tuple[Answer | None, ...] = (None, 1, 3, *Mark)
    pages = set()
    with a_room(tmp_path, a_workshop(), round_) as room:
        alike = Alike(round_, secure=secure)
        for place in range(len(ASKED) - 1):
            for reopened in (False, True):
                for answer in said:
                    seat = seated(place, language=language, reopened=reopened)
                    answers = {**seat.response.answers, ASKED[place].id: answer}
                    kept = {key: value for key, value in answers.items() if value is not None}
                    found = seen(
                        room,
                        replace(seat, response=replace(seat.response, answers=kept)),
                        secure=secure,
                    )
                    page = alike.question(found)
                    assert page == screens.room(found, round_, nonce="")
                    pages.add(page)
    assert len(pages) >= (len(ASKED) - 1) * (1 + len(said))


def test_what_somebody_wrote_is_never_kept(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop(), a_round()) as room:
        alike = Alike(room.round, secure=False)
        for place in (len(ASKED) - 1, len(ASKED), len(ASKED) + 2):  # a comment, a text, the review
            assert alike.question(seen(room, seated(place), secure=False)) is None
        assert alike.question(seen(room, seated(0), secure=False)) is not None
        room.change(lambda workshop: replace(workshop, phase=2))
        assert alike.question(seen(room, seated(0), secure=False)) is None


def test_a_page_follows_the_room(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop(), a_round()) as room:
        alike = Alike(room.round, secure=False)
        before = alike.question(seen(room, seated(0), secure=False))
        room.change(lambda workshop: replace(workshop, part=1))
        after = alike.question(seen(room, seated(0), secure=False))

        assert before != after
        assert f'data-version="{room.version}"' in str(after)


def test_where_one_joins_is_kept_by_all_that_it_says() -> None:
    alike = Alike(a_round(), secure=False)
    pages = [
        alike.joining(language, key, problem)
        for language in ("de", "en")
        for key in ("", "a-key")
        for problem in ("", "Das war nichts.")
    ]

    assert len(set(pages)) == 8
    assert pages == [
        screens.joining(
            Texts(language), a_round(), key=key, secure=False, problem=problem, nonce=""
        )
        for language in ("de", "en")
        for key in ("", "a-key")
        for problem in ("", "Das war nichts.")
    ]
