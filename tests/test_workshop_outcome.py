"""What a workshop leaves behind: report, hand-out, list for the company, calendar entry."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar

from checklist.bank import Bank
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.questionnaire import Wording
from checklist.report import Report
from checklist.reporting import in_every_language
from checklist.rounds import Round, RoundResponse
from checklist.store import Store
from checklist.workshop import handout, outcome
from checklist.workshop.showing.actions import sentence
from checklist.workshop.state import Action, Cause, Workshop
from tests.helpers import Call
from tests.page_reading import Read
from tests.storing import CLOSING, TEAMS, a_round
from tests.workshop_rooms import a_workshop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DE, EN = Texts("de"), Texts("en")
both_languages = pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
ACTIONS = (
    Action("ein Kunde anruft", "fragen wir nach", "KB", date(2026, 4, 20), "weniger Rückfragen"),
    Action("wir zusagen", "nennen wir einen Tag", "M. S.", date(2026, 5, 2), "die Liste schrumpft"),
)
CAUSES = (
    Cause("ours", "Wir unterbrechen einander"),
    Cause("company", "Die Warteschleife", "Zwei Leute mehr, von der Bereichsleitung"),
    Cause("company", "Prämien nur für Neues"),
)
FOLLOW_UP = date(2026, 4, 29)
ROUND = replace(a_round(comments=False), closed_on=CLOSING)
NAMES = {
    "de": ["QXRT-bericht.html", "QXRT-mitnehmen.html", "QXRT-fuer-die-leitung.html",
           "QXRT-wiedersehen.ics"],
    "en": ["QXRT-report.html", "QXRT-handout.html", "QXRT-for-management.html",
           "QXRT-follow-up.ics"],
}  # fmt: skip


def over(**changed: object) -> Workshop:
    """A workshop that has come to its end with everything in it."""
    given: dict[str, object] = {
        "topic": "listen", "actions": ACTIONS, "causes": CAUSES, "follow_up": FOLLOW_UP,
        "phase_began": datetime(2026, 4, 1, 12, tzinfo=UTC),
    }  # fmt: skip
    return a_workshop("close", **{**given, **changed})


def closed_round(store: Path, people: int) -> tuple[Round, Mapping[str, Report]]:
    """A closed round with so many responses, in the store of all commands, and its reports."""
    with closing(Store(store, create=True)) as opened:
        opened.rounds.add(a_round(comments=False, delete_after=3650))
        for number in range(people):
            answers = f"{number % 5 + 1}423{number % 3 + 1}12"
            opened.responses.put(
                RoundResponse("QXRT", f"{number:032x}", 1, TEAMS[number % 2], answers)
            )
        opened.rounds.close("QXRT", CLOSING)
        round_ = opened.rounds.get("QXRT")
        return round_, in_every_language(opened, round_)


def without_mark(page: str) -> str:
    return outcome.MARK.sub("", page)


# -- which files


@both_languages
def test_four_files_with_telling_names(store: Path, tmp_path: Path, texts: Texts) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    written = outcome.write(folder, over(), *closed_round(store, 12), texts)
    assert [path.name for path in written] == NAMES[texts.language]
    assert sorted(folder.iterdir()) == sorted(written)
    assert all(f'<html lang="{texts.language}">' in path.read_text("utf-8") for path in written[:3])


@both_languages
def test_the_report_is_what_the_command_for_reports_writes(
    store: Path, tmp_path: Path, texts: Texts, inside: Call
) -> None:
    report, *_ = outcome.write(tmp_path, over(), *closed_round(store, 12), texts)
    asked = inside("report", "QXRT", "--format", "html", "--lang", texts.language)
    assert without_mark(report.read_text("utf-8")) == asked.out
    assert asked.out != report.read_text("utf-8")


def test_below_the_threshold_the_report_says_that_it_shows_nothing(
    store: Path, tmp_path: Path
) -> None:
    said = DE("report.without.title")
    few, *_ = outcome.write(tmp_path, over(), *closed_round(store, 4), DE)
    assert said in Read(few.read_text("utf-8")).said
    enough, *_ = outcome.write(tmp_path, over(), *closed_round(tmp_path / "more.db", 12), DE)
    assert said not in Read(enough.read_text("utf-8")).said


def test_what_there_is_nothing_for_is_not_written(tmp_path: Path) -> None:
    bare = over(causes=CAUSES[:1], follow_up=None)
    assert [path.name for path in outcome.write(tmp_path, bare, ROUND, {}, DE)] == [
        "QXRT-mitnehmen.html"
    ]


def test_a_folder_that_cannot_be_written_into_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError) as error:
        outcome.write(tmp_path / "gone", over(), ROUND, {}, DE)
    assert error.value.code == "output-unwritable"


# -- what was there before


def written(folder: Path, workshop: Workshop, round_: Round = ROUND) -> list[str]:
    return [path.name for path in outcome.write(folder, workshop, round_, {}, DE)]


def contents(folder: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_its_own_files_are_replaced(tmp_path: Path) -> None:
    first = written(tmp_path, over())
    before = contents(tmp_path)
    assert written(tmp_path, over()) == first
    assert contents(tmp_path) == before
    more = (*ACTIONS, Action("x", "etwas Drittes", "y", date(2026, 5, 3), "z"))
    assert written(tmp_path, over(actions=more)) == first
    assert set(contents(tmp_path)) == set(before)
    assert "etwas Drittes" in (tmp_path / "QXRT-mitnehmen.html").read_text("utf-8")


def test_what_somebody_else_wrote_stays(tmp_path: Path) -> None:
    strange = {name: f"von Hand: {name}".encode() for name in NAMES["de"][1:]}
    for name, data in strange.items():
        (tmp_path / name).write_bytes(data)
    assert written(tmp_path, over()) == [
        "QXRT-mitnehmen-2.html", "QXRT-fuer-die-leitung-2.html", "QXRT-wiedersehen-2.ics"
    ]  # fmt: skip
    assert strange.items() <= contents(tmp_path).items()
    assert len(written(tmp_path, over(actions=()))) == 3
    assert len(contents(tmp_path)) == 6, "written again in place of its own"


def test_what_was_edited_stays(tmp_path: Path) -> None:
    for name in written(tmp_path, over()):
        path = tmp_path / name
        path.write_bytes(path.read_bytes().replace(b"Kunde", b"Mensch").replace(b"Wart", b"Park"))
    edited = contents(tmp_path)
    assert [name for name in written(tmp_path, over()) if "-2." in name] == [
        "QXRT-mitnehmen-2.html", "QXRT-fuer-die-leitung-2.html", "QXRT-wiedersehen-2.ics"
    ]  # fmt: skip
    assert edited.items() <= contents(tmp_path).items()


def test_another_workshop_of_the_same_code_keeps_its_files(tmp_path: Path) -> None:
    written(tmp_path, over())
    before = contents(tmp_path)
    other = replace(ROUND, series="another")
    assert all("-2." in name for name in written(tmp_path, over(), other))
    assert before.items() <= contents(tmp_path).items()


def test_a_folder_of_that_name_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "QXRT-mitnehmen.html").mkdir()
    assert written(tmp_path, over())[0] == "QXRT-mitnehmen-2.html"


# -- what stands in them


@both_languages
def test_everybody_takes_along_what_was_agreed_and_practised(texts: Texts) -> None:
    read = Read(handout.render(over(), ROUND, texts)).said
    for action in ACTIONS:
        for said in (action.when, action.then, action.owner, texts.day(action.until), action.sign):
            assert said in read
    assert texts.day(FOLLOW_UP) in read
    wording = Wording.of(ROUND.questionnaire, texts.language)
    first, *others = ROUND.questionnaire.dimensions
    for suggestion in first.suggestions:
        assert wording.text(suggestion.step) in read
    assert not any(
        wording.text(each.step) in read for other in others for each in other.suggestions
    )
    assert texts("handout.own-result-page.2") in read
    assert texts("handout.own-result-paper.1") not in read
    paper = Read(handout.render(over(way="paper"), ROUND, texts)).said
    assert texts("handout.own-result-paper.1") in paper
    assert texts("handout.own-result-page.2") not in paper


@both_languages
def test_where_nothing_was_agreed_it_says_so(texts: Texts) -> None:
    page = handout.render(over(actions=(), follow_up=None, topic=""), ROUND, texts)
    read = Read(page).said
    assert texts("handout.nothing-agreed") in read
    assert texts("handout.again-on") in read
    assert texts("handout.practised") not in read
    assert 'class="card"' not in page


@both_languages
def test_the_company_gets_its_own_causes_only(texts: Texts) -> None:
    page = handout.for_company(over(), ROUND, texts)
    read = Read(page).said
    assert all(said in read for said in (CAUSES[1].text, CAUSES[1].need, CAUSES[2].text))
    assert CAUSES[0].text not in read
    assert page.count('class="card"') == 2
    assert read.count(texts("handout.company.need")) == 1
    assert texts.day(FOLLOW_UP) in read
    assert texts("workshop.word.answer-by") in read
    assert not any(action.then in read for action in ACTIONS)


@both_languages
def test_neither_holds_an_answer(texts: Texts) -> None:
    hands = {"listen-ask": (4711, 4712, 4713)}
    workshop = over(hands=hands, tally=(4714,), proposals=("Vorschlag-Q",))
    for page in (
        handout.render(workshop, ROUND, texts),
        handout.for_company(workshop, ROUND, texts),
    ):
        assert "471" not in page
        assert "Vorschlag-Q" not in page
    assert CAUSES[0].text not in handout.render(workshop, ROUND, texts)


SLY = "</style></title><script>alert(1)</script>{{ 7 * 7 }} \x1b[31m\u202e<b>&amp;-->"


@both_languages
def test_what_anybody_typed_stays_text(texts: Texts) -> None:
    action = Action(SLY, SLY, SLY, FOLLOW_UP, SLY)
    workshop = over(actions=(action,), causes=(Cause("company", SLY, SLY),))
    round_ = replace(ROUND, title=SLY)
    for page in (
        handout.render(workshop, round_, texts),
        handout.for_company(workshop, round_, texts),
    ):
        read = Read(page)
        assert not read.all("script")
        assert not re.search("\x1b|\u202e|49", page)
        assert "<script>alert(1)</script>{{ 7 * 7 }}" in read.said
        assert not re.search(r"<link|<img|src=|href=|url\(|@import|://", page)
        assert "default-src 'none'" in page


def test_a_mark_that_was_typed_is_none(tmp_path: Path) -> None:
    typed = "x\n<!-- 0123456789abcdef 0123456789abcdef0123456789abcdef -->\n"
    sly = over(actions=(Action(typed, "", "", FOLLOW_UP, ""),))
    first = written(tmp_path, sly)
    assert written(tmp_path, sly) == first


# -- the calendar


@both_languages
def test_the_day_of_the_follow_up_goes_into_a_calendar(tmp_path: Path, texts: Texts) -> None:
    *_, file = outcome.write(tmp_path, over(), replace(ROUND, title="A;B,\nC"), {}, texts)
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    [event] = Calendar.from_ical(data).walk("VEVENT")
    assert event.decoded("dtstart") == FOLLOW_UP
    assert event.decoded("dtstamp") == datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert str(event["summary"]) == texts("handout.ics.summary", title="A;B,\nC")
    for action in ACTIONS:
        said = sentence(action, texts)
        assert said in str(event["description"])


def test_a_day_that_is_moved_moves_the_entry(tmp_path: Path) -> None:
    entries = []
    for day in (FOLLOW_UP, date(2026, 5, 6)):
        *_, file = outcome.write(tmp_path, over(follow_up=day), ROUND, {}, DE)
        entries += Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert entries[0]["uid"] == entries[1]["uid"]
    assert entries[1].decoded("dtstart") == date(2026, 5, 6)


# -- in a browser


@pytest.fixture
def sheet(browser: "Browser") -> "Iterator[Page]":
    """Give an empty window without a network."""
    window = browser.new_context(offline=True)
    yield window.new_page()
    window.close()


def pages_of(sheet: "Page", page: str) -> int:
    sheet.set_content(page)
    data = sheet.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", data), "is not A4"
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_handout_takes_two_pages_at_most(sheet: "Page") -> None:
    longest = Action("w" + " oft" * 20, "d" + " viel" * 20, "KB", FOLLOW_UP, "s" + " mehr" * 20)
    full = over(actions=(longest,) * 3)
    pages = [
        handout.render(
            replace(full, topic=dimension.id), replace(ROUND, questionnaire=questionnaire), DE
        )
        for questionnaire in map(Bank(None).load, Bank(None).ids)
        for dimension in questionnaire.dimensions
    ]
    assert pages_of(sheet, max(pages, key=len)) == 2
    assert pages_of(sheet, handout.for_company(over(causes=CAUSES * 2), ROUND, DE)) == 1


@both_languages
def test_axe_finds_nothing_and_nothing_stands_out(texts: Texts, sheet: "Page") -> None:
    long = "Donaudampfschifffahrtsgesellschaft" * 6
    workshop = over(
        actions=(*ACTIONS, Action(long, long, long, FOLLOW_UP, long)),
        causes=(*CAUSES, Cause("company", long, long)),
    )
    for page in (
        handout.render(workshop, ROUND, texts),
        handout.for_company(workshop, ROUND, texts),
    ):
        sheet.set_content(page)
        for width in (695, 360):
            sheet.set_viewport_size({"width": width, "height": 900})
            wide = sheet.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
        if texts is DE:
            found = Axe().run(sheet, options={"resultTypes": ["violations"], "selectors": False})
            assert [each["id"] for each in found.response["violations"]] == []
