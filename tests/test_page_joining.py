"""The workshop's page, called without a network: the way in, languages, where a person is."""

from pathlib import Path

import pytest

from checklist.i18n import LANGUAGES, Texts
from checklist.render.blocks import Profile, Title
from checklist.rounds import Team
from checklist.workshop import moves
from checklist.workshop.room import Room
from checklist.workshop.seats import beginning
from checklist.workshop.wire import from_json
from tests.phones import (
    ANSWER,
    FIRST,
    ITEMS,
    SECOND,
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
from tests.workshop_rooms import KEY, run

DE, EN = Texts("de"), Texts("en")
PHASES = ("check", "arrive", "warm-up", "causes", "practice", "agree")


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


def test_a_full_room_says_so(room: Room) -> None:
    room.most_seats = 1
    run(room.act(run(room.join("de")), beginning))
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
