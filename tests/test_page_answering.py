"""The workshop's page, called without a network: answering, looking over, sending."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from checklist import panel_words
from checklist.i18n import Texts
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop.room import Room
from tests.phones import (
    ANSWER,
    FIRST,
    ITEMS,
    REFLECTIONS,
    SECOND,
    Phone,
    a_room,
    a_round,
    answer_all,
    plain,
    title,
    to,
)
from tests.workshop_rooms import run

DE = Texts("de")


def texts_in(folder: Path) -> list[str]:
    with closing(Store(folder / "rounds.db")) as store:
        return sorted(comment.text for comment in store.responses.comments("QXRT"))


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
