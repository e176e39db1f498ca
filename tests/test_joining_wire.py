"""Taking part from a terminal: what comes over the network, block by block."""

import io
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.errors import WrongUsage
from checklist.interview import Mark
from checklist.questionnaire import Questionnaire
from checklist.render.blocks import (
    Bar,
    Block,
    Bullets,
    Difference,
    Differences,
    Heading,
    Legend,
    NumberedStep,
    Paragraph,
    Profile,
    Stack,
    StackRow,
    Stacks,
    StackWords,
    Steps,
    Subheading,
    Table,
    Title,
    Trail,
    Trails,
)
from checklist.workshop.joining import address, view
from checklist.workshop.state import Action
from checklist.workshop.wire import from_json, to_json
from tests.made_up_page import said

BLOCKS: list[Block] = [
    Title("a", "b"),
    Heading("a"),
    Subheading("a"),
    Paragraph("a", quiet=True),
    Profile((Bar("a", 62.5, "63", "w", "s", (0.0, 100.0)), Bar("b", None, "", "none"))),
    Bullets((("a", "b"), ("c", ""))),
    Steps((NumberedStep("a", "b", "c"),)),
    Table(("", "n"), (("a", "1"), ("b", "2"))),
    Legend("q", ("low", "high")),
    Legend("q", ()),
    Stacks(3, StackWords("q", "g", "o", "x"), (
        Stack("t", (StackRow("g", (1, 0, 2), 0, 1, ""), StackRow("h", None, 0, 0, "too few"))),
    )),
    Differences("less", "more", (Difference("a", -4.0, (-12.5, 4.5), "−4", "", "s", "b"),)),
    Trails(("d1", "d2"), "last", (Trail("a", (None, 100.0), ("–", "100"), "+1"),)),
]  # fmt: skip


# -- blocks on their way


def test_every_kind_of_block_comes_back_as_it_was() -> None:
    sent = json.loads(json.dumps(to_json(BLOCKS)))
    assert from_json(sent) == BLOCKS
    assert {type(block).__name__ for block in BLOCKS} == {each["kind"] for each in sent}


@pytest.mark.parametrize(
    "raw",
    [
        {},
        [3],
        [{"text": "a"}],
        [{"kind": "Block", "text": "a"}],
        [{"kind": ["Heading"], "text": "a"}],
        [{"kind": "Heading"}],
        [{"kind": "Heading", "text": "a", "more": 1}],
        [{"kind": "Heading", "text": 1}],
        [{"kind": "Heading", "text": "a" * 5001}],
        [{"kind": "Heading", "text": "a"}] * 401,
        [{"kind": "Paragraph", "text": "a", "quiet": 1}],
        [{"kind": "Profile", "bars": []}],
        [{"kind": "Bullets", "points": [["a"]]}],
        [{"kind": "Table", "header": [], "rows": []}],
        [{"kind": "Table", "header": ["a"], "rows": [["a", "b"]]}],
        [{"kind": "Legend", "prompt": "a", "options": ["only"]}],
        [{"kind": "Stacks", "size": 10, "words": {}, "stacks": []}],
        [{"kind": "Trails", "dates": [], "last": "", "rows": []}],
    ],
)
def test_what_is_no_block_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(raw)


@pytest.mark.parametrize(
    ("place", "field", "value"),
    [
        (4, "score", 1e308), (4, "score", -0.1), (4, "score", float("nan")), (4, "score", True),
        (4, "interval", [50, 40]), (4, "interval", [1, 2, 3]), (4, "interval", [-1, 2]),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_drawn_are_refused(place: int, field: str, value: object) -> None:
    raw = json.loads(json.dumps(to_json(BLOCKS)))
    raw[place]["bars"][0][field] = value
    with pytest.raises(ValueError, match=r"."):
        from_json(raw)


def test_counts_that_do_not_fit_are_refused() -> None:
    for counts in ([1, 2], [1, 2, -3], [1, 2, 3.5], [1, 2, 10**7]):
        raw = json.loads(json.dumps(to_json(BLOCKS[10:11])))
        raw[0]["stacks"][0]["rows"][0]["counts"] = counts
        with pytest.raises(ValueError, match=r"."):
            from_json(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
)


@settings(max_examples=60)
@given(st.data())
def test_anything_in_place_of_a_part_is_drawn_or_refused(data: st.DataObject) -> None:
    from rich.console import Console

    from checklist.render.terminal import TerminalRenderer

    raw = json.loads(json.dumps(to_json(BLOCKS)))
    here: Any = raw
    while isinstance(here, (list, dict)) and here:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], (list, dict)) or data.draw(st.booleans()):
            here[key] = data.draw(JSON)
            break
        here = here[key]
    with suppress(ValueError):
        TerminalRenderer(Console(file=io.StringIO(), width=40)).print(from_json(raw))


# -- addresses


@pytest.mark.parametrize(
    ("written", "origin", "key"),
    [
        ("http://192.168.1.20:8421/k/AbCd1234_-", "http://192.168.1.20:8421", "AbCd1234_-"),
        ("http://192.168.1.20:8421/k/AbCd1234_-//", "http://192.168.1.20:8421", "AbCd1234_-"),
        ("http://192.168.1.20:8421/", "http://192.168.1.20:8421", ""),
        (" 192.168.1.20:8421 ", "http://192.168.1.20:8421", ""),
        ("LAPTOP.local:8421/room", "http://laptop.local:8421", ""),
        ("HTTPS://example.org/k/AbCd1234?lang=en", "https://example.org", "AbCd1234"),
        ("http://[::1]:8421/", "http://[::1]:8421", ""),
    ],
)
def test_addresses_are_read_as_people_type_them(written: str, origin: str, key: str) -> None:
    found = address.read(written)
    assert (found.origin, found.key) == (origin, key)


@pytest.mark.parametrize(
    "written",
    [
        "", "  ", "ftp://a:1", "file:///etc/passwd", "http://", "http://a:99999", "http://a:0",
        "http://a:b", "http://me:secret@a:1", "http://a/other", "http://a/k/short", "http://[::1",
        "http://a b", "http://a\x1b[31m", "a" * 301, "http://a/k/" + "x" * 65,
        "javascript:alert(1)", "http://a/k/AbCd1234/more", "http://-a",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_remedy(written: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        address.read(written)
    assert caught.value.code == "join-address"


def test_only_loopback_and_tls_are_safe_from_others_in_the_network() -> None:
    safe = ("https://a", "localhost:1", "127.0.0.1:1", "http://[::1]:1")
    assert all(address.read(each).secure for each in safe)
    assert not any(address.read(each).secure for each in ("192.168.1.20:1", "127.evil.org:1"))


# -- what a page says


def test_a_view_is_read(tiny: Questionnaire) -> None:
    raw = said(
        answers={"listen-ask": 4, "promise-date": "left-open"},
        place=99,
        actions=[{"when": "a", "then": "b", "owner": "c", "until": "2026-12-24", "sign": "d"}],
        follow_up="2026-12-20",
    )
    found = view.read(raw)
    interview = found.interview(tiny)
    assert interview.in_review
    assert interview.response.answers == {"listen-ask": 4, "promise-date": Mark.LEFT_OPEN}
    assert found.actions == (Action("a", "b", "c", date(2026, 12, 24), "d"),)
    assert found.follow_up == date(2026, 12, 20)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "trainer"}, {"kind": 3}, {"version": True}, {"version": -1}, {"team": None},
        {"teams": "Vertrieb"}, {"teams": ["a"] * 201}, {"notice": ["a" * 3001]}, {"place": 1.5},
        {"answers": []}, {"answers": {"a": "maybe"}}, {"answers": {"a": None}}, {"sent": 1},
        {"comments": {"a": "x" * 1001}}, {"proposals": ["a"] * 9}, {"votes": [0]},
        {"proposals": ["a"], "votes": [0, 0, 0, 0]}, {"plan": []}, {"plan": {"when": ""}},
        {"follow_up": "tomorrow"}, {"blocks": [{"kind": "Alien"}]}, {"words": "a" * 301},
        {"actions": [{"when": ""}]},
    ],
)  # fmt: skip
def test_a_view_that_is_none_is_refused(changed: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        view.read(said(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"answers": {"alien": 1}}, {"answers": {"listen-ask": 6}}, {"answers": {"listen-ask": 0}},
        {"comments": {"wish": "x"}}, {"reflections": {"listen-ask": "x"}},
    ],
)  # fmt: skip
def test_answers_to_what_is_not_asked_are_refused(
    tiny: Questionnaire, changed: Mapping[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"."):
        view.read(said(**changed)).interview(tiny)
