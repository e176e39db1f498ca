"""The workshop's page, called without a network: routes, forms, what is shown and what is not."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checklist import panel_words
from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, Texts
from checklist.render.blocks import Bar, Block, Paragraph, Profile, Title
from checklist.rounds import Team
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop import room as rooms
from checklist.workshop.page.acting import ACTS
from checklist.workshop.page.asked import Fields
from checklist.workshop.page.events import changes
from checklist.workshop.page.screens import drawn
from checklist.workshop.room import Room
from checklist.workshop.state import Action, Cause, place_of
from checklist.workshop.wire import from_json
from tests.phones import FORM, Phone, a_room, a_round, others, reveal, to
from tests.storing import QUESTIONNAIRE
from tests.workshop_rooms import KEY, run

DE, EN = Texts("de"), Texts("en")
ITEMS, REFLECTIONS = QUESTIONNAIRE.asked, QUESTIONNAIRE.reflections
FIRST, SECOND = ITEMS[0].id, ITEMS[1].id
ANSWER = place_of("answer")
PHASES = ("check", "arrive", "warm-up", "causes", "practice", "agree")
OBEYED = "\x00\x07\x1b[31m\u202e\u2066\x9b"
"""Signs that a terminal or a browser would obey."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with a_room(tmp_path, a_round(), phase=ANSWER) as opened:
        yield opened


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def title(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


def answer_all(phone: Phone, what: str = "2") -> None:
    for item in ITEMS:
        assert phone.post("/answer", step=item.id, what=what).status == 303
    for reflection in REFLECTIONS:
        assert phone.post("/text", step=reflection.id, text="").status == 303


def texts_in(folder: Path) -> list[str]:
    with closing(Store(folder / "rounds.db")) as store:
        return sorted(comment.text for comment in store.responses.comments("QXRT"))


# -- joining


def test_a_scanned_address_leads_to_a_button_and_takes_no_seat_by_itself(room: Room) -> None:
    phone = Phone.at(room)
    page = phone.page_of(f"/k/{KEY}")
    assert f'name="key" value="{KEY}"' in page
    assert 'name="code"' not in page
    assert room.counts.joined == 0
    joined = phone.post("/join", key=KEY, lang="de")
    assert (joined.status, joined["location"]) == (303, "/room")
    assert room.counts.joined == 1


def test_the_cookie_is_kept_from_scripts_and_other_places(room: Room) -> None:
    kept = Phone.at(room).post("/join", key=KEY)["set-cookie"]
    parts = {part.strip().lower() for part in kept.split(";")[1:]}
    assert parts == {"httponly", "samesite=lax", "path=/", "max-age=43200"}
    kept = Phone.at(room, secure=True).post("/join", key=KEY)["set-cookie"]
    assert "secure" in kept.lower()
    assert kept.count("=") == 4 - 0, "nothing but the seat is in it"


def test_a_typed_code_opens_however_it_is_written(room: Room) -> None:
    phone = Phone.at(room)
    assert 'name="code"' in phone.page_of("/")
    assert phone.post("/join", code=room.workshop.code.upper().replace("-", " ")).status == 303
    assert phone.see()["kind"] == "notice"


def test_a_wrong_code_is_told_and_a_wrong_address_too(room: Room) -> None:
    phone = Phone.at(room)
    wrong = phone.post("/join", code="ganz-falsch")
    assert wrong.status == 403
    assert DE("page.join.wrong") in wrong.text
    assert title(wrong.text).startswith(DE("page.problem"))
    unknown = phone.get("/k/nobody")
    assert unknown.status == 404
    assert DE("page.join.wrong-key") in unknown.text
    assert phone.post("/join").status == 403
    assert (room.counts.joined, phone.cookie) == (0, "")


def test_whoever_guesses_has_to_wait_and_whoever_scans_has_not(room: Room) -> None:
    phone = Phone.at(room)
    statuses = [phone.post("/join", code=f"falsch-{n}").status for n in range(25)]
    assert statuses[0] == 403
    assert statuses[-1] == 429
    waiting = phone.post("/join", code=room.workshop.code)
    assert (waiting.status, waiting["retry-after"]) == (429, "5")
    assert DE("page.join.wait") in waiting.text
    assert phone.post("/join", key=KEY).status == 303


def test_a_full_room_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_SEATS", 0)
    full = Phone.at(room).post("/join", key=KEY)
    assert full.status == 503
    assert DE("page.join.full") in full.text


def test_who_has_a_seat_keeps_it(room: Room) -> None:
    phone = Phone.seated(room)
    for answered in (phone.get("/"), phone.get(f"/k/{KEY}"), phone.post("/join", key=KEY)):
        assert (answered.status, answered["location"]) == (303, "/room")
        assert not answered["set-cookie"]
    assert room.counts.joined == 1


@pytest.mark.parametrize("secure", [True, False])
def test_without_tls_it_is_said_plainly_that_answers_are_readable(room: Room, secure: bool) -> None:
    phone = Phone.at(room, secure=secure)
    pages = [phone.page_of("/"), phone.page_of(f"/k/{KEY}")]
    phone = Phone.seated(room, secure=secure)
    pages.append(phone.page_of())
    assert phone.see()["secure"] is secure
    phone.post("/begin")
    answer_all(phone)
    pages.append(phone.page_of())
    assert [
        any(
            DE(key) in page
            for key in ("page.join.readable", "page.begin.readable", "page.send.readable")
        )
        for page in pages
    ] == [not secure] * 4
    assert (DE("page.send.encrypted") in pages[-1]) is secure


def test_without_a_seat_there_is_only_the_door(room: Room) -> None:
    phone = Phone.at(room)
    asked = ["/room", "/own", "/own/save", "/questionnaire"]
    said = [
        "/team",
        "/begin",
        "/answer",
        "/text",
        "/send",
        "/withdraw",
        "/vote",
        "/plan",
        "/language",
    ]
    for cookie in ("", "seat=somebody", "seat="):
        phone.cookie = cookie
        assert {phone.get(path)["location"] for path in asked} == {"/"}
        assert {phone.post(path)["location"] for path in said} == {"/"}
        assert {phone.get(path, accept="application/json").status for path in asked} == {401}
        assert {phone.tell(path).status for path in said} == {401}
        assert phone.get("/events").status == 401
    assert room.counts.joined == 0


# -- languages


@pytest.mark.parametrize(
    ("asked", "language"),
    [("en-GB,en;q=0.9,de;q=0.5", "en"), ("fr,de;q=0.4", "de"), ("", "de"), ("xx;q=z, en", "en")],
)
def test_a_phone_is_spoken_to_in_its_language(room: Room, asked: str, language: str) -> None:
    phone = Phone.at(room, language=asked)
    page = phone.page_of(f"/k/{KEY}")
    assert f'<html lang="{language}">' in page
    phone.post("/join", key=KEY)
    assert phone.see()["language"] == language


def test_the_language_can_be_chosen_before_and_after_joining(room: Room) -> None:
    phone = Phone.at(room, language="de")
    page = phone.page_of("/?lang=en")
    assert EN("page.join.title") in page
    assert 'name="lang" value="en"' in page
    phone.post("/join", key=KEY, lang="en")
    assert EN("page.begin.title") in phone.page_of()
    assert phone.post("/language", lang="de").status == 303
    assert DE("page.begin.title") in phone.page_of()
    assert phone.post("/language", lang="fr").status == 400
    assert phone.see()["language"] == "de"


def test_both_languages_say_the_same_of_a_question(room: Room) -> None:
    phone = Phone.begun(room)
    item = ITEMS[0]
    for language in LANGUAGES:
        phone.post("/language", lang=language)
        read = plain(phone.page_of())
        for text in (
            item.text[language],
            *item.scale.options[language],
            item.scale.prompt[language],
        ):
            assert text in read


# -- where a person is


def test_each_phase_shows_what_belongs_to_it(room: Room, tmp_path: Path) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    phone.post("/send", compare="no")
    run(others(room, 9))
    seen = {}
    for phase in (*PHASES[:3], "result", "causes", "practice", "decide", "agree", "close"):
        to(room, phase)
        seen[phase] = phone.see()["kind"]
    assert seen == {
        **dict.fromkeys(PHASES, "wait"), "result": "result", "decide": "wait", "close": "plan",
    }  # fmt: skip
    reveal(room, tmp_path)
    assert phone.see()["kind"] == "reveal"
    room.change(moves.ended)
    assert phone.see()["kind"] == "over"


def test_who_has_not_begun_waits_where_others_see_what_is_theirs(room: Room) -> None:
    phone = Phone.seated(room)
    to(room, "result")
    assert phone.see()["kind"] == "wait"
    assert phone.get("/own")["location"] == "/room"
    assert phone.get("/own", accept="application/json").status == 409
    to(room, "answer")
    assert room.workshop.closed
    assert phone.see()["kind"] == "wait"


def test_on_paper_the_page_asks_nothing(tmp_path: Path) -> None:
    with a_room(tmp_path, a_round(), phase=ANSWER, way="paper") as room:
        phone = Phone.seated(room)
        assert phone.see()["kind"] == "wait"
        assert phone.tell("/begin").status == 409


def test_the_view_has_what_was_agreed_on(room: Room) -> None:
    phone = Phone.begun(room)
    wanted = {
        "version", "phase", "kind", "language", "blocks", "team", "teams", "notice", "answers",
        "comments", "reflections", "place", "reopened", "pace", "sent", "changed", "takes_texts",
        "follows", "words", "proposals", "votes", "plan", "actions", "follow_up", "secure",
    }  # fmt: skip
    phone.post("/answer", step=FIRST, what="3")
    phone.post("/answer", step=SECOND, what="open")
    view = phone.see()
    assert wanted <= view.keys()
    assert view["answers"] == {FIRST: 3, SECOND: "left-open"}
    assert (view["place"], view["pace"], view["kind"]) == (2, None, "question")
    assert view["version"] == room.version


def test_blocks_travel_as_a_terminal_reads_them(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    to(room, "result")
    blocks = from_json(phone.see()["blocks"])
    assert isinstance(blocks[0], Title)
    assert any(isinstance(block, Profile) for block in blocks)


# -- teams and the notice


def test_the_notice_comes_after_the_team_and_before_the_first_question(tmp_path: Path) -> None:
    teams = (Team("Verkauf", 8), Team("Dienst & Hilfe", 9))
    with a_room(tmp_path, a_round(teams=teams), phase=ANSWER) as room:
        phone = Phone.seated(room)
        view = phone.see()
        assert (view["team"], view["teams"]) == ("", ["Verkauf", "Dienst & Hilfe"])
        assert view["notice"] == []
        assert 'value="Dienst &amp; Hilfe"' in phone.page_of()
        assert phone.tell("/begin").status == 409, "no team is chosen"
        assert phone.tell("/team", team="Geschäftsleitung").status == 400
        assert phone.tell("/team", team="Dienst & Hilfe").json["team"] == "Dienst & Hilfe"
        page = phone.page_of()
        assert "das Team „Dienst &amp; Hilfe“ (9 Personen)" in page
        assert DE("page.notice.1") in page
        assert "Kim Beispiel" in page
        assert 'value="Verkauf"' in page, "it can still be changed"
        phone.post("/begin")
        assert phone.see()["kind"] == "question"
        assert phone.tell("/team", team="Verkauf").status == 409


# -- answering


def test_a_question_is_answered_and_looked_at_again(room: Room) -> None:
    phone = Phone.begun(room)
    assert title(phone.page_of()).startswith("Frage 1 von 9")
    phone.post("/answer", step=FIRST, what="4")
    assert title(phone.page_of()).startswith("Frage 2 von 9")
    phone.post("/answer", step=SECOND, what="back")
    page = phone.page_of()
    (chosen,) = re.findall(r'<button class="option is".*?</button>', page)
    assert ITEMS[0].scale.options["de"][3] in chosen
    assert DE("page.question.chosen") in chosen
    phone.post("/answer", step=FIRST, what="forward")
    assert phone.see()["place"] == 1


def test_what_is_sent_twice_counts_once(room: Room) -> None:
    phone = Phone.begun(room)
    for _ in range(3):
        phone.post("/answer", step=FIRST, what="4")
    assert (phone.see()["answers"], phone.see()["place"]) == ({FIRST: 4}, 1)


def test_left_open_and_did_not_occur_are_answers_of_their_own(room: Room) -> None:
    phone = Phone.begun(room)
    phone.post("/answer", step=FIRST, what="open")
    phone.post("/answer", step=SECOND, what="not-occurred")
    assert phone.see()["answers"] == {FIRST: "left-open", SECOND: "did-not-occur"}


@pytest.mark.parametrize("what", ["0", "6", "12", "", "x", "²", "-1", "answer"])
def test_nonsense_is_told_and_changes_nothing(room: Room, what: str) -> None:
    phone = Phone.begun(room)
    wrong = phone.post("/answer", step=FIRST, what=what)
    assert wrong.status == 400
    assert DE("page.wrong.request") in wrong.text
    assert ITEMS[0].text["de"] in wrong.text, "the way back is the page itself"
    assert phone.tell("/answer", step="unknown", what="3").json == {
        "error": DE("page.wrong.request")
    }
    assert phone.see()["answers"] == {}


def test_a_comment_goes_with_the_answer_that_is_tapped_after_it(room: Room) -> None:
    phone = Phone.begun(room)
    phone.post("/answer", step=FIRST, what="4", text=" nur\r\nmontags ")
    assert phone.see()["comments"] == {FIRST: "nur\nmontags"}
    phone.post("/answer", step=FIRST, what="show")
    assert '">\nnur\nmontags</textarea>' in phone.page_of()
    phone.post("/text", step=FIRST, text="nur dienstags")
    view = phone.see()
    assert (view["comments"], view["place"]) == ({FIRST: "nur dienstags"}, 0)
    phone.post("/answer", step=FIRST, what="4", text="")
    assert phone.see()["comments"] == {}


def test_a_reflection_is_kept_on_the_way_back_too(room: Room) -> None:
    phone = Phone.begun(room)
    step, other = REFLECTIONS[0].id, REFLECTIONS[1].id
    for item in ITEMS:
        phone.post("/answer", step=item.id, what="1")
    page = phone.page_of()
    assert REFLECTIONS[0].text["de"] in page
    assert "<textarea" in page
    phone.post("/answer", step=step, what="back", text="mehr Zeit")
    assert (phone.see()["place"], phone.see()["reflections"]) == (
        len(ITEMS) - 1,
        {step: "mehr Zeit"},
    )
    phone.post("/text", step=step, text="mehr Zeit")
    phone.post("/answer", step=other, what="back", text="")
    assert phone.see()["reflections"] == {step: "mehr Zeit"}, "what was only passed is not said"


def test_a_text_that_is_too_long_is_told_and_not_lost(room: Room) -> None:
    phone = Phone.begun(room)
    long = "ä" * 1001
    for path, fields in (("/text", {}), ("/answer", {"what": "3"})):
        wrong = phone.post(path, step=FIRST, text=long, **fields)
        assert wrong.status == 400
        assert DE("page.wrong.long", most=1000, signs=1001) in wrong.text
        assert long in wrong.text
    assert (phone.see()["comments"], phone.see()["answers"]) == ({}, {})
    assert phone.post("/text", step=FIRST, text="ä" * 1000).status == 303


def test_where_a_round_takes_no_texts_none_is_asked_for(tmp_path: Path) -> None:
    with a_room(tmp_path, a_round(comments=False), phase=ANSWER) as room:
        phone = Phone.begun(room)
        assert "<textarea" not in phone.page_of()
        answer_all(phone)
        assert 'name="texts"' not in phone.page_of()
        phone.post("/text", step=REFLECTIONS[0].id, text="nur für mich")
        phone.post("/answer", what="review")
        assert DE("page.send.stay") in phone.page_of()
        phone.post("/send", compare="no", texts="yes")
        to(room, "result")
        assert "nur für mich" in phone.page_of(), "it stands in the own result"
    assert texts_in(tmp_path) == []


def test_whoever_is_late_simply_sees_where_the_room_is(room: Room) -> None:
    phone = Phone.begun(room)
    to(room, "result")
    for path, fields in (
        ("/answer", {"step": FIRST, "what": "3"}),
        ("/text", {"step": FIRST, "text": "x"}),
        ("/begin", {}),
        ("/send", {}),
        ("/withdraw", {}),
        ("/vote", {"votes": []}),
    ):
        assert phone.post(path, **fields)["location"] == "/room"
        late = phone.tell(path, **fields)
        assert (late.status, late.json["kind"]) == (409, "result")
    assert phone.see()["answers"] == {}


def test_together_the_next_item_comes_with_the_trainer(tmp_path: Path) -> None:
    with a_room(tmp_path, a_round(), phase=ANSWER, together=True) as room:
        phone = Phone.begun(room)
        phone.post("/answer", step=FIRST, what="3")
        assert (phone.see()["kind"], phone.see()["pace"]) == ("pace", 1)
        assert DE("page.pace.note") in phone.page_of()
        assert phone.tell("/answer", step=SECOND, what="3").status == 409
        phone.post("/answer", step=FIRST, what="show")
        assert phone.see()["kind"] == "question"
        phone.post("/answer", step=FIRST, what="4")
        room.change(lambda workshop: moves.released(workshop, len(ITEMS)))
        assert (phone.see()["kind"], phone.see()["place"]) == ("question", 1)


# -- looking over, sending, taking back


def test_the_review_names_every_answer_and_opens_each(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    page = phone.page_of()
    read = plain(page)
    for item in ITEMS:
        assert f"{item.text['de']} {item.scale.options['de'][1]}" in read
        assert f'name="step" value="{item.id}"' in page
    assert DE("sending.answers", answered=7, total=7) in read
    phone.post("/answer", step=SECOND, what="show")
    view = phone.see()
    assert (view["kind"], view["place"], view["reopened"]) == ("question", 1, True)
    assert DE("page.question.to-review") in phone.page_of()
    phone.post("/answer", step=SECOND, what="1")
    assert (phone.see()["kind"], phone.see()["answers"][SECOND]) == ("review", 1)


def test_the_review_counts_what_is_open(room: Room) -> None:
    phone = Phone.begun(room)
    phone.post("/answer", step=FIRST, what="1")
    phone.post("/answer", what="review")
    assert DE.count("review.left", 6) in phone.page_of()


def test_what_is_sent_is_in_the_round_and_not_compared_unless_asked(
    room: Room, tmp_path: Path
) -> None:
    phone = Phone.begun(room)
    phone.post("/answer", step=FIRST, what="3", text="mein Wort")
    answer_all(phone)
    page = phone.page_of()
    assert re.search(r'value="no" checked', page)
    assert 'value="own"' not in page
    view = phone.tell("/send", texts="yes").json
    assert (view["kind"], view["sent"], view["words"]) == ("sent", True, "")
    assert run(_sent(room)) == 1
    assert DE("page.sent.words") not in phone.page_of()
    to(room, "result")
    assert texts_in(tmp_path) == ["mein Wort"]


async def _sent(room: Room) -> int:
    return room.counts.sent


def test_texts_are_left_out_where_somebody_wants_that(room: Room, tmp_path: Path) -> None:
    phone = Phone.begun(room)
    phone.post("/answer", step=FIRST, what="3", text="mein Wort")
    answer_all(phone)
    phone.post("/send", texts="no")
    to(room, "result")
    assert texts_in(tmp_path) == []


def test_two_new_words_stay_the_same_and_compare(room: Room, tmp_path: Path) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    words = phone.tell("/send", compare="new").json["words"]
    assert panel_words.read(words) == room.words(phone.token, "de")
    assert words in phone.page_of()
    phone.post("/language", lang="en")
    assert phone.tell("/send", compare="new").json["words"] == words, (
        "they are written down already"
    )
    assert phone.seat(room).compared == "de"
    assert phone.tell("/send", compare="no").json["words"] == ""


def test_words_of_last_time_are_typed(tmp_path: Path) -> None:
    with a_room(tmp_path, a_round(follows="ABCD"), phase=ANSWER) as room:
        phone = Phone.begun(room)
        answer_all(phone)
        assert 'value="own"' in phone.page_of()
        wrong = phone.post("/send", compare="own", words="Ahorn Latrene")
        assert wrong.status == 400
        assert "Ist „Laterne“ gemeint?" in plain(wrong.text)
        assert 'value="Ahorn Latrene"' in wrong.text
        assert not phone.seat(room).counts
        assert phone.tell("/send", compare="own", words="").status == 400
        view = phone.tell("/send", compare="own", words="laterne AHORN").json
        assert (view["sent"], view["compared"], view["words"]) == (True, "own", "")
        assert DE("page.sent.own-words") in phone.page_of()


def test_something_changed_counts_once_it_is_sent_again(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    phone.post("/send")
    phone.post("/answer", step=FIRST, what="show")
    phone.post("/answer", step=FIRST, what="2")
    assert phone.see()["kind"] == "sent", "the same answer is no change"
    phone.post("/answer", step=FIRST, what="show")
    phone.post("/answer", step=FIRST, what="5")
    view = phone.see()
    assert (view["kind"], view["sent"], view["changed"]) == ("review", True, True)
    assert DE("page.review.changed") in phone.page_of()
    assert phone.tell("/send").json["kind"] == "sent"


def test_a_response_can_be_taken_back_and_sent_again(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    assert phone.tell("/withdraw").status == 409, "nothing was sent"
    phone.post("/send")
    view = phone.tell("/withdraw").json
    assert (view["kind"], view["sent"], view["withdrawn"]) == ("review", False, True)
    assert DE("page.review.withdrawn") in phone.page_of()
    assert room.counts.sent == 0
    phone.post("/send")
    assert room.counts.sent == 1


def test_a_closed_round_offers_no_change(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone)
    phone.post("/send")
    assert 'action="/withdraw"' in phone.page_of()
    to(room, "result")
    to(room, "answer")
    page = phone.page_of()
    assert DE("page.sent.closed") in page
    assert 'action="/withdraw"' not in page
    assert 'action="/send"' not in page


# -- own result


def test_the_own_result_is_there_from_its_phase_on(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone, "1")
    for path in ("/own", "/own/save"):
        assert phone.get(path)["location"] == "/room"
    to(room, "result")
    page = phone.page_of()
    assert QUESTIONNAIRE.dimensions[0].title["de"] in page
    assert DE("page.own.not-sent") in page
    to(room, "causes")
    assert 'href="/own"' in phone.page_of()
    own = phone.page_of("/own")
    assert QUESTIONNAIRE.dimensions[0].title["de"] in own
    assert 'href="/room"' in own
    assert phone.get("/own", accept="application/json").json["kind"] == "result"
    assert phone.post("/language", lang="en", to="own")["location"] == "/own"
    assert QUESTIONNAIRE.dimensions[0].title["en"] in phone.page_of("/own")


def test_without_answers_there_is_no_result_and_it_is_said_so(room: Room) -> None:
    phone = Phone.begun(room)
    to(room, "result")
    assert DE("page.own.none") in phone.page_of()


def test_the_page_to_keep_needs_nothing_else(room: Room) -> None:
    phone = Phone.begun(room)
    answer_all(phone, "3")
    to(room, "close")
    room.change(lambda workshop: moves.with_action(workshop, ACTION))
    room.change(lambda workshop: moves.meeting_again(workshop, date(2026, 12, 20)))
    phone.post("/plan", when="ein Kunde sich beschwert", then="danke ich dafür", partner="Kim")
    saved = phone.get("/own/save")
    assert saved["content-disposition"] == 'attachment; filename="mein-ergebnis.html"'
    read = plain(saved.text)
    for text in (
        QUESTIONNAIRE.dimensions[0].title["de"],
        DE("page.own.if-then", when="ein Kunde sich beschwert", then="danke ich dafür"),
        DE("page.own.partner", partner="Kim"),
        "fragen wir nach",
        "20. Dezember 2026",
    ):
        assert text in read
    assert not re.search(r"<script|<link|src=|href=\"(?!#)", saved.text)


ACTION = Action("jemand anruft", "fragen wir nach", "KM", date(2026, 12, 1), "weniger Rückrufe")


def test_who_only_listened_takes_the_plan_home(room: Room) -> None:
    phone = Phone.seated(room)
    to(room, "close")
    phone.post("/plan", when="es klingelt", then="lächle ich")
    read = plain(phone.get("/own/save").text)
    assert "Wenn es klingelt, dann lächle ich" in read
    assert DE("page.own.none") not in read


# -- what the room sees


def test_the_own_answer_stands_beside_an_item_that_is_shown(room: Room, tmp_path: Path) -> None:
    phone, listener = Phone.begun(room), Phone.seated(room)
    answer_all(phone, "2")
    phone.post("/send")
    run(others(room, 9))
    reveal(room, tmp_path)
    room.change(lambda workshop: moves.looking_at(workshop, [FIRST]))
    mine = DE("page.mine", answer=ITEMS[0].scale.options["de"][1])
    seen = []
    for part in range(6):
        room.change(partial(moves.turned, part=part, parts=6))
        if mine in phone.page_of():
            seen.append(part)
            assert Paragraph(mine) in from_json(phone.see()["blocks"])
            assert ITEMS[0].text["de"] in phone.page_of()
        assert mine not in listener.page_of()
    assert seen, "it is shown"


def test_nothing_of_the_report_is_given_before_the_reveal(room: Room, tmp_path: Path) -> None:
    phone = Phone.seated(room)
    run(others(room, 9))
    reveal(room, tmp_path)
    title = QUESTIONNAIRE.dimensions[0].title["de"]

    def seen() -> bool:
        found = False
        for part in range(4):
            room.change(partial(moves.turned, part=part, parts=4))
            both = phone.page_of(), phone.get("/room", accept="application/json").text
            found |= any(title in page for page in both)
        return found

    assert seen()
    to(room, "result")
    assert not seen()


def test_another_persons_words_are_nowhere(room: Room, tmp_path: Path) -> None:
    one, other = Phone.begun(room), Phone.begun(room)
    one.post("/answer", step=FIRST, what="5", text="GEHEIM-eins")
    one.post("/text", step=REFLECTIONS[0].id, text="GEHEIM-zwei")
    answer_all(other)
    one.post("/send", texts="yes")
    other.post("/send", texts="yes")
    run(others(room, 4))
    for phase in ("result", "reveal", "causes", "decide", "close"):
        reveal(room, tmp_path) if phase == "reveal" else to(room, phase)
        one.post("/plan", when="GEHEIM-drei", then="x")
        for path in ("/room", "/own", "/own/save", "/questionnaire"):
            assert "GEHEIM" not in other.get(path).text
            assert "GEHEIM" not in other.get(path, accept="application/json").text


# -- voting and planning


def voting(room: Room) -> None:
    to(room, "decide")
    for text in ("Zuhören üben", "Termine nennen <b>", "Danken"):
        room.change(partial(moves.with_proposal, text=text))
    room.change(lambda workshop: moves.voting(workshop, "open"))


def test_votes_are_given_either_way_and_can_be_changed(room: Room) -> None:
    phone = Phone.seated(room)
    voting(room)
    assert phone.see()["kind"] == "vote"
    page = phone.page_of()
    assert "Termine nennen &lt;b&gt;" in page
    assert len(re.findall(r'type="radio"', page)) == 12
    view = phone.tell("/vote", votes=["0", "2", "0"]).json
    assert (view["kind"], view["votes"]) == ("voted", [0, 0, 2])
    assert DE.count("page.vote.votes", 2) in plain(phone.page_of())
    assert phone.tell("/vote", p0="0", p1="3", p2="0").json["votes"] == [1, 1, 1]
    assert phone.tell("/vote", p0="0").json["kind"] == "vote"


def test_more_than_three_votes_are_told(room: Room) -> None:
    phone = Phone.seated(room)
    voting(room)
    wrong = phone.post("/vote", p0="2", p1="0", p2="2")
    assert wrong.status == 400
    assert DE("page.wrong.votes", votes=4, most=3) in wrong.text
    assert re.search(r'name="p2" value="2" checked', wrong.text), "what was chosen stays"
    for fields in ({"votes": ["3"]}, {"votes": ["-1"]}, {"p0": "x"}, {"votes": ["00"]}, {"p1": ""}):
        assert phone.post("/vote", **fields).status == 400
    assert phone.seat(room).votes == ()


def test_the_tally_comes_when_voting_is_closed(room: Room) -> None:
    phone = Phone.seated(room)
    voting(room)
    phone.post("/vote", votes="1")
    room.close_voting()
    assert phone.see()["kind"] == "tally"
    assert "Termine nennen &lt;b&gt;" in phone.page_of()
    assert phone.tell("/vote", votes="1").status == 409


def test_a_plan_is_kept_on_one_line_a_part(room: Room) -> None:
    phone = Phone.seated(room)
    assert phone.tell("/plan", when="zu früh").status == 409
    to(room, "close")
    view = phone.tell("/plan", when=" es\nklingelt ", then="lächle  ich", partner="").json
    assert view["plan"] == {"when": "es klingelt", "then": "lächle ich", "partner": ""}
    page = phone.page_of()
    assert 'value="es klingelt"' in page
    assert DE("page.plan.kept") in page
    wrong = phone.post("/plan", when="x" * 201)
    assert wrong.status == 400
    assert DE("page.wrong.long-line", most=200) in wrong.text
    assert "x" * 201 in wrong.text


# -- what reaches a browser


EVIL = f'<script>alert(1)</script>"\'&{OBEYED}</textarea> style="x:y"'


def every_page(room: Room, folder: Path) -> Iterator[str]:
    """All kinds of pages, with texts in them that mean harm."""
    stranger, phone = Phone.at(room), Phone.begun(room)
    yield stranger.page_of("/")
    yield stranger.page_of(f"/k/{KEY}")
    yield stranger.post("/join", code=EVIL).text
    yield stranger.get("/k/%3Cscript%3E").text
    yield Phone.seated(room).page_of()
    phone.post("/answer", step=FIRST, what="3", text=EVIL)
    phone.post("/answer", step=FIRST, what="show")
    yield phone.page_of()
    answer_all(phone)
    phone.post("/text", step=FIRST, text=EVIL)
    phone.post("/text", step=REFLECTIONS[0].id, text=EVIL)
    phone.post("/answer", what="review")
    yield phone.page_of()
    yield phone.post("/send", compare="own", words=EVIL).text
    phone.post("/send", compare="new", texts="yes")
    yield phone.page_of()
    run(others(room, 9))
    to(room, "result")
    yield phone.page_of()
    reveal(room, folder)
    room.change(lambda workshop: moves.looking_at(workshop, [FIRST]))
    for part in range(4):
        room.change(partial(moves.turned, part=part, parts=4))
        yield phone.page_of()
    to(room, "causes")
    room.change(lambda workshop: moves.with_cause(workshop, Cause("company", EVIL, EVIL)))
    yield phone.page_of()
    to(room, "decide")
    room.change(lambda workshop: moves.with_proposal(workshop, EVIL))
    yield phone.page_of()
    room.change(lambda workshop: moves.voting(workshop, "open"))
    yield phone.page_of()
    phone.post("/vote", p0="2")
    yield phone.page_of()
    room.close_voting()
    yield phone.page_of()
    to(room, "close")
    room.change(lambda workshop: moves.with_action(workshop, replace(ACTION, when=EVIL, sign=EVIL)))
    phone.post("/plan", when=EVIL, then=EVIL, partner=EVIL)
    yield phone.page_of()
    yield phone.page_of("/own/save")
    yield stranger.get("/nowhere").text


def test_nothing_typed_is_obeyed_or_becomes_markup(room: Room, tmp_path: Path) -> None:
    seen = 0
    for page in every_page(room, tmp_path):
        seen += 1
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page
        )
        assert "<script>alert" not in page
        assert "</textarea> style" not in page
    assert seen == 22


def test_no_page_has_anything_that_a_strict_policy_forbids(room: Room, tmp_path: Path) -> None:
    styled = 0
    for page in every_page(room, tmp_path):
        if "Content-Security-Policy" in page:
            continue  # the one to keep has a policy of its own
        tags = re.findall(r"<[a-z][^>]*>", page)
        assert not [
            tag for tag in tags if re.search(r"\s(style|on[a-z]+)=", re.sub(r'"[^"]*"', '""', tag))
        ]
        assert re.findall(r"<script[^>]*>", page) in ([], ['<script src="/page.js" defer>'])
        styles = re.findall(r"<style[^>]*>", page)
        assert styles in ([], ['<style nonce="NONCE">'])
        styled += len(styles)
        assert not re.search(r"(src|href|action)=\"(?:https?:)?//", page)
    assert styled > 2, "lengths are there"


def test_every_form_leads_to_a_route_and_says_what_it_sends(room: Room, tmp_path: Path) -> None:
    known = {"/join", *ACTS}
    seen = set()
    for page in every_page(room, tmp_path):
        for form in re.findall(r"<form.*?</form>", page, re.S):
            (action,) = re.findall(r'<form[^>]*action="([^"]*)"', form)
            assert re.search(r'<form method="post"', form)
            assert "<button" in form
            assert {action, *re.findall(r'formaction="([^"]*)"', form)} <= known
            seen.add(action)
    assert seen >= known - {"/text", "/team"}


def test_only_where_nothing_is_typed_a_page_without_scripts_asks_again(
    room: Room, tmp_path: Path
) -> None:
    for page in every_page(room, tmp_path):
        refreshing = 'http-equiv="refresh"' in page
        kind = re.findall(r'<body class="([a-z]+)"', page)
        waiting = bool(kind) and kind[0] in ("wait", "pace", "sent", "reveal", "voted", "tally")
        assert refreshing is waiting, kind
        if refreshing:
            head = page.partition("</head>")[0]
            assert "<noscript><meta http-equiv" in head


def test_lengths_become_rules_and_typed_text_none() -> None:
    blocks: list[Block] = [
        Title("T", ""),
        Paragraph('so style="width:1%" so'),
        Profile((Bar("a", 50.0, "50", ""), Bar("b", 50.0, "50", ""), Bar("c", 7.0, "7", ""))),
    ]
    found = drawn(blocks, DE)
    assert found.rules == '[data-is="s0"]{width:50%}[data-is="s1"]{width:7%}'
    assert found.body.count('data-is="s0"') == 2
    assert "style=&#34;width:1%&#34;" in found.body


# -- what else is answered


def test_the_style_sheet_and_the_script_are_our_own(room: Room) -> None:
    phone = Phone.at(room)
    style, script = phone.get("/page.css"), phone.get("/page.js")
    assert style["content-type"] == "text/css; charset=utf-8"
    assert script["content-type"] == "text/javascript; charset=utf-8"
    for answered in (style, script):
        assert answered.status == 200
        assert answered["cache-control"] == "max-age=3600"
        assert "http:" not in answered.text
        assert "url(" not in answered.text
        assert "{{" not in answered.text


def test_the_questionnaire_is_given_as_it_was_frozen(room: Room) -> None:
    answered = Phone.seated(room).get("/questionnaire")
    assert answered["content-type"] == "text/plain; charset=utf-8"
    assert answered.text == QUESTIONNAIRE.toml


def test_what_is_not_there_is_told(room: Room) -> None:
    phone = Phone.seated(room)
    missing = phone.get("/trainer")
    assert missing.status == 404
    assert DE("page.wrong.missing") in missing.text
    assert phone.get("/trainer", accept="application/json").json == {
        "error": DE("page.wrong.missing")
    }
    assert phone.get("/vote")["location"] == "/room", "an address that a browser kept open"
    assert phone.call("DELETE", "/room").status == 405


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"x" * (32 * 1024 + 1), FORM),
        (b"{}", {"content-type": "application/json"}),
        (b"&".join(b"a%d=1" % n for n in range(100)), FORM),
    ],
)
def test_what_is_no_form_of_ours_is_refused(
    room: Room, body: bytes, headers: dict[str, str]
) -> None:
    phone = Phone.begun(room)
    assert phone.call("POST", "/answer", body, headers).status == 400
    assert Phone.at(room).call("POST", "/join", body, headers).status == 403


def test_bytes_that_are_no_text_break_nothing(room: Room) -> None:
    phone = Phone.begun(room)
    body = f"step={FIRST}&what=3&text=%ff%fe%00%ed%a0%80".encode()
    assert phone.call("POST", "/answer", body, FORM).status == 303
    assert phone.get("/room").status == 200
    assert phone.see()["answers"] == {FIRST: 3}


def test_a_full_disk_is_told_without_saying_where(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Phone.begun(room)

    async def failing(*_: Any, **__: Any) -> Any:
        raise ChecklistError("workshop-unreadable", file="/home/kim/secret.db", reason="full")

    monkeypatch.setattr(room, "act", failing)
    failed = phone.post("/answer", step=FIRST, what="3")
    assert (failed.status, failed["retry-after"]) == (503, "5")
    assert DE("page.wrong.disk") in failed.text
    assert "secret" not in failed.text
    assert phone.tell("/answer", step=FIRST, what="3").json == {"error": DE("page.wrong.disk")}


def test_of_a_field_that_comes_twice_the_last_counts() -> None:
    fields = Fields({"a": ["1", "2"]})
    assert (fields("a"), fields.all("a"), fields("b"), "b" in fields) == (
        "2",
        ["1", "2"],
        "",
        False,
    )


# -- events


def test_events_tell_the_version_at_once_and_at_each_change(room: Room) -> None:
    async def told() -> list[bytes]:
        stream = changes(room, alive=0.01)
        heard = [await anext(stream), await anext(stream)]
        asyncio.get_running_loop().run_in_executor(None, to, room, "warm-up")
        while heard[-1] == b":\n\n":
            heard.append(await asyncio.wait_for(anext(stream), 20))
        await stream.aclose()  # type: ignore[attr-defined]
        return heard

    before = room.version
    heard = run(told())
    assert heard[0] == b"data: %d\n\n" % before
    assert heard[1] == b":\n\n", "a sign of life"
    assert heard[-1] == b"data: %d\n\n" % room.version
    assert room.version != before
    assert not room._watching, "who has left is not told any more"
