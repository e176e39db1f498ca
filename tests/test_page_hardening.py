"""The workshop's page, called without a network: what reaches a browser, and what is refused."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.render.blocks import Bar, Block, Paragraph, Profile, Title
from checklist.workshop import moves
from checklist.workshop.page.acting import ACTS
from checklist.workshop.page.asked import Fields
from checklist.workshop.page.events import changes
from checklist.workshop.page.screens import drawn
from checklist.workshop.room import Room
from checklist.workshop.state import Cause
from tests.phones import ACTION, FIRST, FORM, REFLECTIONS, Phone, answer_all, others, reveal, to
from tests.storing import QUESTIONNAIRE
from tests.workshop_rooms import KEY, run

DE = Texts("de")
OBEYED = "\x00\x07\x1b[31m\u202e\u2066\x9b"
"""Signs that a terminal or a browser would obey."""


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
