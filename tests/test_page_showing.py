"""The workshop's page, called without a network: the own result, the room, votes and plans."""

import re
from datetime import date
from functools import partial
from pathlib import Path

from checklist.i18n import Texts
from checklist.render.blocks import Paragraph
from checklist.workshop import moves
from checklist.workshop.room import Room
from checklist.workshop.wire import from_json
from tests.phones import (
    ACTION,
    FIRST,
    ITEMS,
    REFLECTIONS,
    Phone,
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
        DE("showing.action.if-then", when="ein Kunde sich beschwert", then="danke ich dafür"),
        DE("page.own.partner", partner="Kim"),
        "fragen wir nach",
        "20. Dezember 2026",
    ):
        assert text in read
    assert not re.search(r"<script|<link|src=|href=\"(?!#)", saved.text)


def test_who_only_listened_takes_the_plan_home(room: Room) -> None:
    phone = Phone.seated(room)
    to(room, "close")
    phone.post("/plan", when="es klingelt", then="lächle ich")
    read = plain(phone.get("/own/save").text)
    assert "Wenn es klingelt, dann: lächle ich." in read
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
    assert DE("page.voted.none") not in plain(phone.page_of())


def test_one_can_abstain_and_is_told_so(room: Room) -> None:
    phone = Phone.seated(room)
    voting(room)
    view = phone.tell("/vote", p0="0", p1="0", p2="0").json
    assert (view["kind"], view["votes"], view["abstained"]) == ("voted", [], True)
    page = phone.page_of()
    assert DE("page.voted.none") in page
    assert DE("page.voted.none-title") in title(page)
    assert room.counts.voted == 1
    phone.post("/vote", p1="1")
    assert phone.seat(room).abstained is False, "it can be changed"
    phone.post("/vote")
    room.close_voting()
    assert phone.seat(room).abstained is False, "who gave which is forgotten"


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
