"""The workshop's page, called without a network: what it tells, and that it tells it in time."""

import re
from functools import partial
from pathlib import Path

import pytest

from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.workshop import moves
from checklist.workshop.page.asked import LARGEST_BODY
from checklist.workshop.page.screens import MOST_TYPED_LINE, MOST_TYPED_TEXT
from checklist.workshop.room import Room
from tests.phones import (
    ANSWER,
    FIRST,
    ITEMS,
    Phone,
    a_room,
    a_round,
    answer_all,
    others,
    plain,
    reveal,
    title,
    to,
)
from tests.storing import QUESTIONNAIRE
from tests.workshop_rooms import run

DE = Texts("de")
RULES = DE.prefixed("workshop.rule").values()


def checked(page: str, name: str) -> list[str]:
    return re.findall(f'name="{name}" value="(\\w+)" checked', page)


# -- before the first question


def test_the_notice_begins_with_what_matters_most(room: Room) -> None:
    page = Phone.seated(room).page_of()
    first, whole, rest = page.partition("<details>")
    assert whole
    for said in (
        DE("notice.page.readers", keeper="Kim Beispiel"),
        DE("page.brief.report", recipient="Leitung"),
        DE("page.brief.shown-comments", scores=5, items=8, comments=10),
        DE("page.brief.back"),
    ):
        assert said in plain(first)
    for said in (
        DE("notice.page.voluntary"),
        DE("notice.page.with-comments"),
        DE("notice.page.deletion", days=90),
        DE("page.notice.1"),
        DE("page.begin.device"),
        DE("page.begin.paper"),
    ):
        assert said in plain(rest), "all of it can be read before one begins"
    assert rest.index(DE("page.begin.full")) < rest.index('action="/begin"')
    for absent in ("später weitermachen", "einen Befehl"):
        assert absent not in page


def test_a_keeper_who_leads_says_so_first(tmp_path: Path) -> None:
    from dataclasses import replace

    round_ = a_round()
    round_ = replace(round_, terms=replace(round_.terms, leads=True))
    with a_room(tmp_path, round_, phase=ANSWER) as room:
        page = Phone.seated(room).page_of()
    listed = page.partition('<section class="notice"')[2].partition("<li>")[2].partition("</li>")[0]
    assert listed == DE("notice.leads", keeper="Kim Beispiel")


def test_a_round_that_is_called_like_its_questionnaire_speaks_the_phones_language(
    tmp_path: Path,
) -> None:
    with a_room(tmp_path, a_round(title=QUESTIONNAIRE.title["de"]), phase=ANSWER) as room:
        page = Phone.seated(room, language="en").page_of()
    assert QUESTIONNAIRE.title["en"] in title(page)
    assert QUESTIONNAIRE.title["de"] not in page


# -- while one answers


def test_other_options_than_before_are_said(tmp_path: Path) -> None:
    asked = Bank(None).load("service-courage")
    scales = [item.scale.id for item in asked.asked]
    changed = [n for n, scale in enumerate(scales) if n and scale != scales[n - 1]]
    with a_room(tmp_path, a_round(asked), phase=ANSWER) as room:
        phone = Phone.begun(room)
        said = []
        for place, item in enumerate(asked.asked):
            page = phone.page_of()
            assert 'aria-labelledby="asked" aria-describedby="prompt"' in page
            if DE("page.question.other-scale") in page:
                assert re.search(r'<h1 id="asked"[^>]* aria-describedby="prompt"', page)
                said.append(place)
            phone.post("/answer", step=item.id, what="1")
    assert said == changed != []


def test_a_screen_reader_goes_on_at_the_headline(room: Room) -> None:
    phone = Phone.begun(room)
    assert re.search(r'<h1 id="asked" tabindex="-1" autofocus>', phone.page_of())
    wrong = phone.post("/text", step=FIRST, text="ä" * 1001).text
    assert wrong.count("autofocus") == 1
    assert re.search(r'role="alert" tabindex="-1" autofocus', wrong), "what was wrong comes first"


def test_a_comment_that_is_kept_is_confirmed(room: Room) -> None:
    phone = Phone.begun(room)
    assert DE("page.question.noted") not in phone.page_of()
    phone.post("/text", step=FIRST, text="mehr Zeit")
    assert DE("page.question.noted") in plain(phone.page_of())
    wrong = phone.post("/text", step=FIRST, text="ä" * 1001).text
    assert DE("page.question.noted") not in wrong, "this one is not"


def test_what_is_too_long_is_told_and_not_cut_by_the_browser(room: Room) -> None:
    widest = len("%F0%9F%98%80") / 2  # of a form; browsers count this sign as two
    assert max(MOST_TYPED_TEXT, 3 * MOST_TYPED_LINE) * max(widest, len("%E2%82%AC")) < LARGEST_BODY
    phone = Phone.begun(room)
    assert f'maxlength="{MOST_TYPED_TEXT}"' in phone.page_of()
    assert phone.post("/text", step=FIRST, text="€" * MOST_TYPED_TEXT).status == 400
    to(room, "close")
    assert f'maxlength="{MOST_TYPED_LINE}"' in phone.page_of()
    long = "x" * 201
    wrong = phone.post("/plan", when="es klingelt", then=long)
    assert wrong.status == 400
    assert DE("page.wrong.long-line", most=200) in wrong.text
    assert re.search(f'value="{long}"[^>]* aria-invalid="true"', wrong.text)
    assert 'value="es klingelt"' in wrong.text


# -- looking over and sending


def test_the_review_says_first_that_nothing_is_sent(room: Room) -> None:
    phone = Phone.begun(room)
    phone.post("/answer", step=FIRST, what="1")
    phone.post("/answer", what="review")
    head, folded, rest = phone.page_of().partition("<details>")
    assert folded
    assert DE("page.review.not-sent") in head
    assert 'href="#send"' in head
    assert DE("page.review.answers", answered=1, open=6) in rest.partition("</summary>")[0]
    assert 'id="send"' in rest.partition("</details>")[2]
    phone.post("/send")
    assert DE("page.review.not-sent") not in phone.page_of()


def test_nothing_that_was_written_goes_along_unasked(room: Room) -> None:
    phone = Phone.begun(room)
    assert DE("page.question.comment-goes") in phone.page_of()
    phone.post("/text", step=FIRST, text="mehr Zeit")
    answer_all(phone)
    assert checked(phone.page_of(), "texts") == ["no"]
    wrong = phone.post("/send", texts="yes", compare="own", words="keine")
    assert checked(wrong.text, "texts") == ["yes"], "what was chosen stays"


@pytest.mark.parametrize("sends", [True, False])
def test_who_has_not_sent_is_told_once_it_is_too_late(
    room: Room, tmp_path: Path, sends: bool
) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    if sends:
        phone.post("/send")
    run(others(room, 9))
    to(room, "result")
    assert (DE("page.own.not-sent") in phone.page_of()) is not sends
    to(room, "answer")
    assert (DE("page.own.not-sent") in phone.page_of()) is not sends
    reveal(room, tmp_path)
    assert (DE("page.own.not-sent") in phone.page_of()) is not sends
    to(room, "causes")
    assert DE("page.own.not-sent") not in phone.page_of()


# -- results


def test_the_own_result_is_called_so_and_leads_not_to_itself(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    to(room, "result")
    page = phone.page_of()
    assert title(page).startswith(DE("page.own.title"))
    assert re.search(f"<h1[^>]*>{DE('page.own.title')}</h1>", page)
    assert 'href="/own"' not in page
    to(room, "causes")
    assert 'href="/own"' in phone.page_of()


@pytest.mark.parametrize("secure", [True, False])
def test_without_tls_nothing_is_called_unseen(room: Room, secure: bool) -> None:
    phone = Phone.begun(room, secure=secure)
    to(room, "result")
    assert DE("page.own.alone") in phone.page_of()
    assert (DE("page.own.readable") in phone.page_of()) is not secure
    to(room, "close")
    assert DE("page.plan.note") in phone.page_of()
    assert (DE("page.plan.readable") in phone.page_of()) is not secure


def test_the_own_answer_is_folded_while_others_look(room: Room, tmp_path: Path) -> None:
    phone = Phone.begun(room)
    answer_all(phone, "2")
    run(others(room, 9))
    reveal(room, tmp_path)
    room.change(lambda workshop: moves.looking_at(workshop, [FIRST]))
    mine = DE("page.mine", answer=ITEMS[0].scale.options["de"][1])
    pages = []
    for part in range(6):
        room.change(partial(moves.turned, part=part, parts=6))
        pages += [page for page in [phone.page_of()] if mine in page]
    assert pages
    for page in pages:
        assert page.rindex('<details class="own-answer">') < page.index(mine)


def test_who_comes_at_the_reveal_first_hears_the_rules(room: Room, tmp_path: Path) -> None:
    phone = Phone.begun(room)
    run(others(room, 9))
    reveal(room, tmp_path)
    page = Phone.seated(room).page_of()
    told = [page.index(DE("page.newcomer.note")), *(page.index(rule) for rule in RULES)]
    assert max(told) < page.index(DE("showing.reveal.strengths"))
    assert DE("page.newcomer.note") not in phone.page_of()
