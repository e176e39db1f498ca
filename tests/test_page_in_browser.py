"""The workshop's page in a real browser: a phone and a desktop, both languages, scripts or none."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from checklist.i18n import Texts
from checklist.workshop import moves
from checklist.workshop.page.serving import Served, serving
from checklist.workshop.room import Room
from checklist.workshop.state import Action, Cause, place_of
from tests.phones import a_room, a_round, others, reveal, to
from tests.stages import Played
from tests.storing import QUESTIONNAIRE
from tests.workshop_rooms import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

PHONE: "ViewportSize" = {"width": 390, "height": 844}
DESKTOP: "ViewportSize" = {"width": 1280, "height": 800}
SMALL: "ViewportSize" = {"width": 320, "height": 640}
DEADLINE = 30_000
"""Milliseconds after which what is waited for does not come any more."""
ITEMS, REFLECTIONS = QUESTIONNAIRE.asked, QUESTIONNAIRE.reflections
ACTION = Action("jemand anruft", "fragen wir nach", "KM", date(2026, 12, 1), "weniger Rückrufe")

BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  const out = document.documentElement.scrollWidth > wide ? ["the whole page"] : [];
  for (const each of document.querySelectorAll("body *:not(.h):not(svg *)")) {
    const box = each.getBoundingClientRect();
    if (!box.width || each.closest(".axis") || each.matches(".h *")) continue;
    if (box.left < -0.5 || box.right > wide + 0.5) out.push(each.outerHTML.slice(0, 90));
  }
  const touched = "main button, main .go, summary, .choice, .counts label";
  for (const each of document.querySelectorAll(touched)) {
    const box = each.getBoundingClientRect();
    if (box.height && box.height < 47.5) out.push("too low: " + each.outerHTML.slice(0, 90));
  }
  return out;
}"""

TAPPED = """(after) => {
  for (const each of document.getAnimations()) {
    each.pause();
    each.currentTime = after;
  }
  const box = document.querySelectorAll("button.option")[2].getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return hit.closest("button") !== null;
}"""
"""Whether a finger would meet an option, so many milliseconds after the page has appeared."""


@dataclass
class Guest:
    """Somebody at the page, in a window of their own."""

    page: "Page"
    served: Served
    texts: Texts
    scripts: bool
    looks: bool = False
    kinds: set[str] = field(default_factory=set)

    def sees(self, text: str) -> None:
        """Wait until a text is there; without scripts the page is asked for again."""
        if not self.scripts:
            self.page.goto(f"{self.served.address}/room")
        self.page.get_by_text(text).first.wait_for(timeout=DEADLINE)
        self.look()

    def press(self, text: str) -> None:
        """Press a button or follow a link, and wait for the page behind it."""
        named = re.compile(f"^{re.escape(text)}")
        main = self.page.locator("main")
        button = main.get_by_role("button", name=named).or_(main.get_by_role("link", name=named))
        with self.page.expect_navigation(timeout=DEADLINE):
            button.first.click(timeout=DEADLINE)
        self.look()

    def look(self) -> None:
        """Whatever is shown fits the screen; each kind of page once passes axe, light and dark."""
        assert self.page.evaluate(BEYOND) == [], self.page.url
        if not self.looks:
            return
        kind = self.page.locator("body").get_attribute("class") or ""
        typed = self.page.locator("textarea:visible").count()
        named = f"{kind} {typed} {re.sub('[0-9]', '', self.page.title())}"
        if named in self.kinds:
            return
        self.kinds.add(named)
        self.page.set_viewport_size(SMALL)
        assert self.page.evaluate(BEYOND) == [], f"{self.page.url} on a small phone"
        self.page.set_viewport_size(PHONE)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            assert complaints(self.page) == [], f"{named}, {scheme}"


def complaints(page: "Page") -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], "selectors": False})
    return [
        f"{each['id']}: {[node['html'][:100] for node in each['nodes'][:3]]}"
        for each in found.response["violations"]
    ]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with a_room(tmp_path, a_round(), phase=place_of("arrive")) as opened:
        yield opened


@pytest.fixture
def guest(browser: "Browser", room: Room) -> "Iterator[Callable[..., Guest]]":
    """Let people come, each with a window of their own; none of them may complain."""
    windows: list[BrowserContext] = []
    said: list[str] = []

    with serving(room, host="127.0.0.1", port=0) as served:

        def comes(
            language: str, size: Any = PHONE, *, scripts: bool = True, looks: bool = False
        ) -> Guest:
            window = browser.new_context(
                viewport=size, locale=language, java_script_enabled=scripts, reduced_motion="reduce"
            )
            window.set_default_timeout(DEADLINE)
            windows.append(window)
            page = window.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            return Guest(page, served, Texts(language), scripts, looks)

        yield comes
        for window in windows:
            window.close()
    assert said == [], "nothing is forbidden, and nothing fails"


def elsewhere(work: Callable[[], Any]) -> None:
    """Do something with a loop of its own; the browser's driver holds the one of this thread."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


@pytest.mark.parametrize(
    ("language", "size", "scripts"),
    [("de", PHONE, True), ("en", PHONE, False), ("en", DESKTOP, True)],
    ids=["phone-de", "phone-en-without-scripts", "desktop-en"],
)
def test_a_whole_workshop(
    guest: Callable[..., Guest],
    room: Room,
    tmp_path: Path,
    language: str,
    size: Any,
    scripts: bool,
) -> None:
    looks = (language, scripts) == ("de", True)
    someone = guest(language, size, scripts=scripts, looks=looks)
    page, texts = someone.page, someone.texts
    options = ITEMS[0].scale.options[language]

    # coming in: by the link, or by the code
    if size == PHONE:
        page.goto(someone.served.link)
    else:
        page.goto(someone.served.address)
        page.get_by_label(texts("page.join.code")).fill(room.workshop.code.upper())
    someone.look()
    someone.press(texts("page.join.button"))
    someone.sees(texts("page.moves-on"))

    # answering, going back, reloading
    to(room, "answer")
    someone.sees(texts("page.begin.answers"))
    someone.press(texts("page.begin.button"))
    assert ITEMS[0].text[language] in page.inner_text("h1")
    someone.press(options[1])
    assert ITEMS[1].text[language] in page.inner_text("h1")
    someone.press(texts("page.question.back"))
    assert texts("page.question.chosen") in page.locator("button.is").inner_text()
    someone.press(options[3])
    page.reload()
    assert ITEMS[1].text[language] in page.inner_text("h1"), "it stands where it was"
    someone.press(texts("page.question.open"))
    someone.press(texts("page.question.not-occurred"))
    while page.locator("button.option").count():
        someone.press(page.locator("button.option").nth(2).inner_text())
    page.locator("textarea").fill("Zeit")
    someone.press(texts("page.question.forward"))
    someone.press(texts("page.question.forward"))

    # looking over, changing, sending
    assert texts("page.review.not-sent") in page.inner_text("main")
    page.locator("main summary").click()
    someone.look()
    read = page.inner_text("main")
    assert f"{ITEMS[0].text[language]}\n\n{options[3]}" in read
    someone.press(texts("page.review.change-item", place=1))
    someone.press(options[4])
    page.get_by_label(texts("page.send.new")).check()
    someone.press(texts("page.send.button"))
    words = page.locator(".large").inner_text()
    assert len(words.split()) == 2
    page.reload()
    assert page.locator(".large").inner_text() == words

    # the own result, then everybody's
    elsewhere(lambda: run(others(room, 9)))
    assert room.counts.sent == 10
    to(room, "result")
    someone.sees(texts("page.own.alone"))
    assert QUESTIONNAIRE.dimensions[0].title[language] in page.inner_text("main")
    elsewhere(partial(reveal, room, tmp_path))
    someone.sees(texts("workshop.phase.reveal.title"))
    room.change(partial(moves.looking_at, items=[ITEMS[0].id]))
    room.change(partial(moves.turned, part=9, parts=_parts(room)))
    someone.sees(texts("page.mine-title"))
    page.get_by_text(texts("page.mine-title")).click()
    assert texts("page.mine", answer=options[4]) in page.inner_text("main")
    to(room, "causes")
    room.change(partial(moves.with_cause, cause=Cause("company", "Die Hotline", "eine Stelle")))
    someone.sees("Die Hotline")

    # deciding and planning
    to(room, "decide")
    for text in ("Zuhören üben", "Termine nennen"):
        room.change(partial(moves.with_proposal, text=text))
    room.change(partial(moves.voting, state="open"))
    someone.sees(texts("page.vote.note"))
    counts = page.locator("fieldset").nth(1).get_by_role("radio")
    counts.nth(3).check(force=True)
    if scripts:
        assert texts("page.vote.left", n=0) in page.inner_text("main")
        page.locator("fieldset").nth(0).get_by_role("radio").nth(1).check(force=True)
        assert texts("page.vote.over", n=1) in page.inner_text("main")
        page.locator("fieldset").nth(0).get_by_role("radio").nth(0).check(force=True)
    someone.press(texts("page.vote.button"))
    assert texts.count("page.vote.votes", 3) in page.inner_text("main")
    assert room.counts.voted == 1
    room.close_voting()
    someone.sees(texts("workshop.phase.decide.title"))
    assert texts("page.vote.button") not in page.inner_text("main")
    to(room, "close")
    room.change(partial(moves.with_action, action=ACTION))
    someone.sees("fragen wir nach")
    page.get_by_label(texts("page.plan.when"), exact=True).fill("es klingelt")
    page.get_by_label(texts("page.plan.then"), exact=True).fill("lächle ich")
    someone.press(texts("page.plan.button"))
    assert texts("page.plan.kept") in page.inner_text("main")

    # taking it home
    with page.expect_download(timeout=DEADLINE) as download:
        page.get_by_role("link", name=texts("page.own.save")).click()
    assert download.value.suggested_filename == texts("page.own.file")
    saved = Path(download.value.path()).read_text("utf-8")
    assert texts("showing.action.if-then", when="es klingelt", then="lächle ich") in saved
    room.change(moves.ended)
    someone.sees(texts("page.over.note"))
    if looks:
        assert len(someone.kinds) == 15, someone.kinds


def _parts(room: Room) -> int:
    from checklist.workshop.reveal import parts

    report = room.report("de")
    assert report is not None
    return len(parts(room.workshop, room.round, report))


def test_what_is_being_typed_is_not_taken_away(guest: Callable[..., Guest], room: Room) -> None:
    to(room, "answer")
    someone = guest("de")
    page, texts = someone.page, someone.texts
    page.goto(someone.served.link)
    someone.press(texts("page.join.button"))
    someone.press(texts("page.begin.button"))
    page.get_by_text(texts("page.question.comment"), exact=True).first.click()
    page.locator("textarea").fill("noch nicht fertig")
    to(room, "result")
    page.get_by_text(texts("page.goes-on")).wait_for(timeout=DEADLINE)
    someone.look()
    assert page.locator("textarea").input_value() == "noch nicht fertig"
    with page.expect_navigation(timeout=DEADLINE):
        page.get_by_role("link", name=texts("page.goes-on-link")).click()
    page.get_by_text(texts("page.own.none")).wait_for(timeout=DEADLINE)


def test_the_second_of_two_quick_taps_answers_nothing(
    guest: Callable[..., Guest], room: Room
) -> None:
    to(room, "answer")
    someone = guest("de", scripts=False)
    page, texts = someone.page, someone.texts
    page.goto(someone.served.link)
    someone.press(texts("page.join.button"))
    someone.press(texts("page.begin.button"))
    assert page.evaluate(TAPPED, 390) is False, "for a moment nothing can be tapped"
    assert page.evaluate(TAPPED, 410) is True
    with page.expect_navigation(timeout=DEADLINE):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert ITEMS[1].text["de"] in page.inner_text("h1"), "keys go on from the headline"
    assert page.evaluate("document.activeElement.id") == "asked"


def test_without_a_connection_nothing_is_sent_or_lost(
    guest: Callable[..., Guest], room: Room
) -> None:
    to(room, "answer")
    someone = guest("de")
    page, texts = someone.page, someone.texts
    page.goto(someone.served.link)
    someone.press(texts("page.join.button"))
    someone.press(texts("page.begin.button"))
    page.get_by_text(texts("page.question.comment"), exact=True).first.click()
    page.locator("textarea").fill("noch nicht fertig")
    page.evaluate("() => { [window.kept, window.fetch] = [fetch, () => Promise.reject()]; }")
    page.evaluate("document.getElementById('lost').hidden = false")
    page.locator("button.option").first.click()
    page.get_by_text(texts("page.held")).wait_for(timeout=DEADLINE)
    someone.look()
    assert page.locator("textarea").input_value() == "noch nicht fertig"
    page.evaluate("() => { window.fetch = window.kept; }")
    someone.press(ITEMS[0].scale.options["de"][0])
    assert ITEMS[1].text["de"] in page.inner_text("h1")


def test_large_letters_need_no_scrolling_to_the_side(
    guest: Callable[..., Guest], room: Room
) -> None:
    to(room, "answer")
    someone = guest("de", SMALL)
    page, texts = someone.page, someone.texts
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => "
        "{ document.documentElement.style.fontSize = '32px'; })"
    )
    page.goto(someone.served.link)
    someone.look()
    someone.press(texts("page.join.button"))
    someone.press(texts("page.begin.button"))
    places = [button.bounding_box() for button in page.locator(".besides button").all()]
    assert len({place["x"] for place in places if place}) == 1, "one below the other"
    while page.locator("button.option").count():
        someone.press(page.locator("button.option").nth(0).inner_text())
    for _ in REFLECTIONS:
        someone.press(texts("page.question.forward"))
    page.locator("main summary").click()
    someone.look()
    someone.press(texts("page.send.button"))


def planned(someone: Guest, room: Room) -> None:
    """Have somebody join at the close, and write down what they mean to do."""
    page, texts = someone.page, someone.texts
    to(room, "close")
    page.goto(someone.served.link)
    someone.press(texts("page.join.button"))
    page.get_by_label(texts("page.plan.when"), exact=True).fill("es klingelt")
    page.get_by_label(texts("page.plan.then"), exact=True).fill("lächle ich")
    someone.press(texts("page.plan.button"))
    page.get_by_text(texts("page.plan.kept")).wait_for()


def test_the_end_is_there_to_be_saved_until_the_trainer_closes_the_page(
    guest: Callable[..., Guest], room: Room, tmp_path: Path
) -> None:
    someone = guest("de", looks=True)
    planned(someone, room)
    page, texts = someone.page, someone.texts

    def saves() -> None:
        someone.sees(texts("page.over.note"))
        assert "lächle ich" in page.inner_text("main")
        with page.expect_download(timeout=DEADLINE) as download:
            page.get_by_role("link", name=texts("page.own.save")).click()
        assert "lächle ich" in Path(download.value.path()).read_text("utf-8")

    played = Played(room, tmp_path, "e", "3", saves, "q").run()
    assert played.left
    assert not played._typing.pressed


def test_without_an_answer_the_page_stays_as_it_is(
    browser: "Browser", room: Room, tmp_path: Path
) -> None:
    window = browser.new_context(viewport=PHONE, locale="de")
    window.set_default_timeout(DEADLINE)
    page, texts = window.new_page(), Texts("de")
    try:
        with serving(room, host="127.0.0.1", port=0) as served:
            planned(Guest(page, served, texts, scripts=True), room)
            page.route("**/room", lambda route: route.abort())
            room.change(partial(moves.with_action, action=ACTION))
            page.get_by_text(texts("page.plan.lost")).wait_for()
            assert page.input_value("#then") == "lächle ich"
            page.unroute("**/room")
            page.get_by_text("fragen wir nach").wait_for()
            room.change(moves.ended)
            page.get_by_text(texts("page.over.note")).wait_for()
        page.get_by_text(texts("page.over.lost")).wait_for()
        assert "lächle ich" in page.inner_text("main")
        assert page.url == f"{served.address}/room"
    finally:
        window.close()


def test_the_language_is_switched_on_the_page(guest: Callable[..., Guest], room: Room) -> None:
    someone = guest("de", scripts=False)
    page = someone.page
    page.goto(someone.served.link)
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name=Texts("en")("page.join.button")).click()
    assert Texts("en")("page.moves-on") in page.inner_text("main")
    page.get_by_role("button", name="Deutsch").click()
    assert Texts("de")("page.moves-on") in page.inner_text("main")
