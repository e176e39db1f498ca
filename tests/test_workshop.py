"""A workshop's agenda, the papers that are printed for it, and the trainer's guide."""

import io
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import segno
from axe_playwright_python.sync_playwright import Axe

from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.notice import notice
from checklist.privacy import Thresholds
from checklist.questionnaire import Questionnaire, Wording
from checklist.rounds import Round, Team, Terms
from checklist.store import Store
from checklist.workshop import papers
from checklist.workshop.agenda import MINUTES, PHASES, ROLES, Way, agenda
from checklist.workshop.ending import DAYS
from checklist.workshop.ledger import Ledger
from checklist.workshop.places import ledger_of
from checklist.workshop.stage import (
    agree,
    answer,
    causes,
    check,
    close,
    decide,
    over,
    practice,
    seeing,
    warm_up,
)
from checklist.workshop.state import Workshop
from tests.helpers import TINY, Call
from tests.page_reading import Read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DE, EN = Texts("de"), Texts("en")
BANK = Bank(None)
GUIDE = Path(__file__).parent.parent / "docs" / "workshop.md"
KEEPER = "Kim Beispiel, Betriebsrat, Telefon 0123 4567"
both_languages = pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)


def a_round(questionnaire: Questionnaire, *, title: str = "Herbst 2026", least: int = 5) -> Round:
    bare = Round(
        "rofi-talu", title, questionnaire, (Team("Vertrieb", 12),), Terms(keeper=KEEPER),
        date(2026, 11, 1), "series", min_group=least,
    )  # fmt: skip
    return replace(bare, notice=notice(bare))


def plain(text: str) -> str:
    return " ".join(text.split())


def said(page: str) -> str:
    """Everything that is to be read, as running text; elements inside a sentence leave no gap."""
    return plain(Read(re.sub(r"</?(?:code|i|b)>", "", page)).said)


# -- the agenda


def test_eleven_phases_take_ninety_minutes() -> None:
    assert [(phase.id, phase.minutes) for phase in PHASES] == [
        ("check", 0), ("arrive", 5), ("warm-up", 7), ("answer", 8), ("result", 4), ("reveal", 18),
        ("causes", 8), ("practice", 18), ("decide", 7), ("agree", 9), ("close", 6),
    ]  # fmt: skip
    assert MINUTES == 90


@both_languages
def test_each_phase_begins_where_the_one_before_ends(texts: Texts) -> None:
    steps = agenda(texts, Thresholds(5), "rofi-talu")
    assert [step.phase for step in steps] == list(PHASES)
    assert steps[0].begins == 0
    assert [step.begins for step in steps[1:]] == [step.ends for step in steps[:-1]]
    assert steps[-1].ends == MINUTES
    for step in steps:
        assert step.ends - step.begins == step.phase.minutes
        assert all((step.title, step.says, step.does, step.table)), step.phase.id


@both_languages
@pytest.mark.parametrize("way", ["page", "paper"])
def test_each_way_has_all_its_words(texts: Texts, way: Way) -> None:
    for step in agenda(texts, Thresholds(5), "rofi-talu", way):
        assert all((step.title, step.says, step.does, step.table)), step.phase.id
    spoken = agenda(texts, Thresholds(5), "rofi-talu", way)
    words = " ".join(f"{step.says} {step.does} {step.table}" for step in spoken)
    phone = "Handy" if texts is DE else "phone"
    assert (phone in words) == (way == "page")


@both_languages
def test_words_for_a_way_go_before_the_common_ones(texts: Texts) -> None:
    steps = {step.phase.id: step for step in agenda(texts, Thresholds(5), "rofi-talu")}
    assert steps["answer"].says == texts("workshop.phase.answer.says-paper")
    by_phone = {step.phase.id: step for step in agenda(texts, Thresholds(5), "x", "page")}
    assert by_phone["answer"].says == texts("workshop.phase.answer.says-page")
    assert by_phone["reveal"].says == steps["reveal"].says
    assert steps["reveal"].says == texts("workshop.phase.reveal.says")
    assert steps["practice"].does == texts("workshop.phase.practice.does")


@both_languages
def test_the_trainer_states_all_three_rules(texts: Texts) -> None:
    spoken = agenda(texts, Thresholds(5), "x")[1].says.casefold()
    for number in (1, 2):
        assert texts(f"workshop.rule.{number}").casefold().rstrip(".") in spoken
    here, decided = texts("workshop.rule.3").casefold().rstrip(".").split(". ")
    assert here in spoken
    assert decided in spoken


@both_languages
def test_the_trainer_types_the_rounds_code_and_knows_its_limits(texts: Texts) -> None:
    steps = {step.phase.id: step for step in agenda(texts, Thresholds(9), "rofi-talu")}
    typed = {
        "check": "checklist round show rofi-talu",
        "result": "checklist round enter rofi-talu",
        "reveal": "checklist report rofi-talu --format html --output ",
    }
    for phase, command in typed.items():
        assert command in plain(steps[phase].does)
    assert "checklist round close rofi-talu" in plain(steps["result"].does)
    assert len(re.findall(r"\b9\b", steps["reveal"].does)) == 2
    assert "9" in steps["arrive"].does


# -- what stands on the papers


@both_languages
@pytest.mark.parametrize("identity", BANK.ids)
def test_every_exercise_for_trainers_is_printed_under_its_topic(
    identity: str, texts: Texts
) -> None:
    questionnaire = BANK.load(identity)
    wording = Wording.of(questionnaire, texts.language)
    page = papers.render(questionnaire, texts)
    (exercises,) = re.findall(
        r'(<section class="part" id="exercises">.*</section>)\n.*"proposals"', page, re.S
    )
    read = said(exercises)
    places: list[int] = []
    for dimension in questionnaire.dimensions:
        found = [each for each in dimension.suggestions if each.audience == "trainer"]
        assert found, "each bundled dimension has something to practise"
        for text in (dimension.title, *(part for one in found for part in (one.title, one.step))):
            places.append(read.find(plain(wording.text(text)), places[-1] if places else 0))
    assert -1 not in places
    others = [
        one.step
        for dimension in questionnaire.dimensions
        for one in dimension.suggestions
        if one.audience != "trainer"
    ]
    assert others
    assert not any(plain(wording.text(step)) in read for step in others)


@both_languages
def test_the_papers_stand_in_the_order_of_the_workshop(tiny: Questionnaire, texts: Texts) -> None:
    page = papers.render(tiny, texts, a_round(tiny))
    read = Read(page)
    ids = [each["id"] for each in read.all("section") if "part" in (each.get("class") or "")]
    assert ids == [
        "agenda", "poster", "causes-list", "cards", "exercises", "proposals", "ballots", "actions",
        "own",
    ]  # fmt: skip
    assert [each["id"] for each in read.all("tbody") if each.get("id")] == [p.id for p in PHASES]
    assert read.said.count(plain(texts("workshop.word.ballot"))) == 8
    assert page.count('class="votes"><i></i><i></i><i></i></div>') == 8
    assert page.count('class="action"') == 3
    for key in ("owner", "date", "notice"):
        assert read.said.count(plain(texts(f"workshop.word.{key}"))) == 3
    for key in ("ours", "company", "partner", "follow-up"):
        assert plain(texts(f"workshop.word.{key}")) in read.said


JOINING = papers.Joining("http://192.168.8.2:8421", "rofi-talu-mako", "http://192.168.8.2:8421/k/q")


@both_languages
def test_for_phones_there_is_a_poster_that_leads_to_the_page(
    tiny: Questionnaire, texts: Texts
) -> None:
    unknown = papers.render(tiny, texts, a_round(tiny), "page")
    read = Read(unknown)
    ids = [each["id"] for each in read.all("section") if "part" in (each.get("class") or "")]
    assert ids[:4] == ["agenda", "poster", "join", "causes-list"]
    assert texts("workshop.join.scan-board") in read.said
    assert texts("workshop.take-part-page") in read.said
    assert texts("workshop.take-part.1") in read.said, "paper helps out"
    assert "checklist run" not in said(unknown), "the round's computer is at the projector"
    assert not read.all("svg")
    known = papers.render(tiny, texts, a_round(tiny), "page", JOINING)
    read = Read(known)
    assert JOINING.address in read.said
    assert JOINING.code in read.said
    assert JOINING.link not in read.said
    assert texts("workshop.join.scan-board") not in read.said
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import", known)
    assert known.count("://") == 1
    for each in (None, replace(a_round(tiny), closed_on=date(2026, 12, 1))):
        assert 'id="join"' not in papers.render(tiny, texts, each, "page")
    assert 'id="join"' not in papers.render(tiny, texts, a_round(tiny))


def test_the_qr_code_holds_the_link(tiny: Questionnaire) -> None:
    [drawn] = re.findall(
        r"<svg.*?</svg>", papers.render(tiny, DE, a_round(tiny), "page", JOINING), re.S
    )
    assert drawn == segno.make_qr(JOINING.link, error="m").svg_inline(omitsize=True)


@both_languages
def test_a_page_holds_everything_it_needs(tiny: Questionnaire, texts: Texts) -> None:
    page = papers.render(tiny, texts, a_round(tiny))
    assert f'<html lang="{texts.language}">' in page
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|://", page)
    assert "default-src 'none'" in page
    assert page == papers.render(tiny, texts, a_round(tiny))


@both_languages
def test_a_round_puts_its_title_code_and_limits_on_the_papers(
    tiny: Questionnaire, texts: Texts
) -> None:
    round_ = a_round(tiny, least=9)
    page = papers.render(tiny, texts, round_)
    read = said(page)
    own = "Ganz klein" if texts is DE else "Very small"
    named = texts("workshop.round-of", title="Herbst 2026", code="rofi-talu", questionnaire=own)
    parts = page.count('<section class="part')
    assert read.count(plain(named)) == parts, "once on each paper"
    same = said(papers.render(tiny, texts, a_round(tiny, title=own)))
    assert same.count(plain(texts("workshop.round", title=own, code="rofi-talu"))) == parts
    assert (
        plain(texts("workshop.round-of", title=own, code="rofi-talu", questionnaire=own))
        not in same
    )
    for key in ("limits", "terms"):
        assert plain(texts(f"workshop.{key}", scores=9, items=9)) in read
    for number in (1, 2, 3):
        assert plain(texts(f"workshop.take-part.{number}")) in read
    assert "checklist run --round rofi-talu" in read
    assert "checklist questions print --round rofi-talu" in read
    alone = said(papers.render(tiny, texts))
    assert plain(texts("workshop.limits", scores=5, items=8)) in alone
    assert plain(texts("workshop.take-part.1")) not in alone
    assert "rofi-talu" not in alone
    assert plain(texts("workshop.printing-alone.1")) in alone


def test_what_the_round_is_for_goes_before_what_the_questionnaire_is_for(
    tiny: Questionnaire,
) -> None:
    round_ = a_round(tiny)
    assert "Nur zum Prüfen." in said(papers.render(tiny, DE, round_))
    stated = replace(round_, terms=replace(round_.terms, purpose="Besser zuhören"))
    read = said(papers.render(tiny, DE, stated))
    assert "Besser zuhören" in read
    assert "Nur zum Prüfen." not in read


def test_nobody_is_asked_to_take_part_in_a_closed_round(tiny: Questionnaire) -> None:
    closed = replace(a_round(tiny), closed_on=date(2026, 12, 1))
    read = said(papers.render(tiny, DE, closed))
    assert DE("workshop.take-part.1") not in read
    assert "checklist questions print --round" not in read
    assert "Herbst 2026 (Runde rofi-talu)" in read


def test_own_numbers_are_those_of_the_sheet_and_reversed_ones_are_turned(
    tiny: Questionnaire,
) -> None:
    topics = papers.topics(Wording.of(tiny, "de"))
    assert [topic.numbers for topic in topics] == [
        ((1, None), (3, 6), (5, None)),
        ((2, None), (4, 6)),
        ((6, None), (7, None)),
    ]
    page = papers.render(tiny, DE)
    assert re.findall(r"<b>(\d)</b>(?:(\d) − <u></u> =)?<i></i>", page) == [
        ("1", ""), ("3", "6"), ("5", ""), ("2", ""), ("4", "6"), ("6", ""), ("7", ""),
    ]  # fmt: skip


def test_an_exercise_that_takes_longer_than_its_phase_says_so() -> None:
    note = plain(DE("workshop.longer", minutes=18))
    page = said(papers.render(BANK.load("relationship-competence"), DE))
    suggestions = [
        each.minutes or 0
        for dimension in BANK.load("relationship-competence").dimensions
        for each in dimension.suggestions
        if each.audience == "trainer"
    ]
    assert page.count(note) == sum(minutes > 18 for minutes in suggestions) > 0
    assert note not in said(papers.render(BANK.load("anti-churn"), DE))


def test_in_three_turns_everybody_has_each_role_once() -> None:
    turns = papers.clock()
    assert all(sorted(turn) == sorted(ROLES) for turn in turns)
    assert all(sorted(person) == sorted(ROLES) for person in zip(*turns, strict=True))
    page = papers.render(BANK.load("anti-churn"), DE)
    assert [f"{a}–{b}" for a, b in re.findall(r"<td>(\d+)–(\d+) Min\.</td>", page)] == [
        "0–6", "6–12", "12–18",
    ]  # fmt: skip


SLY = "</style></title><script>alert(1)</script>{{ 7 * 7 }} \x1b[31m\u202e<b>&amp;"


@both_languages
def test_what_anybody_typed_stays_text(texts: Texts, tiny: Questionnaire) -> None:
    sly = {"de": SLY, "en": SLY}
    exercise = replace(tiny.dimensions[0].suggestions[0], audience="trainer", title=sly, step=sly)
    dimension = replace(tiny.dimensions[0], title=sly, about=sly, suggestions=(exercise,))
    hostile = replace(tiny, title=sly, purpose=sly, dimensions=(dimension, *tiny.dimensions[1:]))
    for round_ in (None, a_round(hostile, title=SLY)):
        page = papers.render(hostile, texts, round_)
        read = Read(page)
        assert not read.all("script")
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "<script>alert(1)</script>{{ 7 * 7 }}" in read.said
        assert "49" not in read.said
        assert page.count("</style>") == 1
        assert re.search(r'@bottom-left \{ content: "(\\[0-9a-f]{6})+";', page), "escaped for CSS"


def test_a_questionnaire_in_another_language_says_which(tiny: Questionnaire) -> None:
    german = replace(tiny, languages=("de",))
    page = papers.render(german, EN)
    assert '<html lang="en">' in page
    assert '<h2 lang="de">Ganz klein</h2>' in page
    assert 'lang="de"' not in papers.render(tiny, EN)


# -- the command


def test_the_papers_go_to_standard_output_or_into_a_file(
    tiny_call: Call, tmp_path: Path, home: Path
) -> None:
    shown = tiny_call("workshop", "print", "tiny")
    assert (shown.code, shown.err) == (0, "")
    file = tmp_path / "workshop.html"
    done = tiny_call("workshop", "print", "tiny", "--output", str(file))
    assert (done.code, done.out) == (0, "")
    assert plain(DE("workshop.written")) in done.said
    assert file.read_text("utf-8") == shown.out
    again = tiny_call("workshop", "print", "tiny", "--output", str(file))
    assert again.code == 1
    assert "gibt es schon" in again.said
    forced = tiny_call(
        "workshop", "print", "tiny", "--lang", "en", "--output", str(file), "--force"
    )
    assert forced.code == 0
    assert "Very small" in file.read_text("utf-8")
    assert not home.exists(), "papers leave no trace"


def test_papers_are_not_written_onto_a_screen(
    tiny_call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Screen())
    for named in (("tiny",), ("--round", "test-eins")):
        refused = tiny_call("workshop", "print", *named)
        assert refused.code == 2
        assert refused.said.endswith(
            f"checklist workshop print {' '.join(named)} --output workshop.html"
        )
    assert tiny_call("workshop", "print", "tiny", "--output", str(tmp_path / "w.html")).code == 0


class Screen(io.StringIO):
    """Standard output that says of itself that somebody looks at it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_rounds_papers_hold_its_frozen_questionnaire(
    tiny_call: Call, tiny_folder: Path, store: Path
) -> None:
    opened = tiny_call(
        "round", "open", "tiny", "--team", "Nord:12", "--code", "test-eins", "--keeper", KEEPER
    )
    assert opened.code == 0
    (tiny_folder / "tiny.toml").write_text(TINY.replace('"Zuhören"', '"Anderes"'), "utf-8")
    done = tiny_call("workshop", "print", "--round", "TEST-EINS")
    assert (done.code, done.err) == (0, "")
    assert "Zuhören" in done.out
    assert "Anderes" not in done.out
    with closing(Store(store)) as opened_store:
        round_ = opened_store.rounds.get("test-eins")
    assert done.out == papers.render(round_.questionnaire, DE, round_)
    assert tiny_call("round", "close", "test-eins", "--yes").code == 0
    late = tiny_call("workshop", "print", "--round", "test-eins")
    assert late.code == 0
    assert DE("workshop.take-part.1") not in late.out


def test_where_the_page_was_served_stands_on_the_poster(
    tiny_call: Call, store: Path, home: Path
) -> None:
    call = ("workshop", "print", "--round", "test-eins", "--phones")
    by_hand = plain(DE("workshop.join.scan-board"))
    opened = tiny_call(
        "round", "open", "tiny", "--team", "Nord:12", "--code", "test-eins", "--keeper", KEEPER
    )
    assert opened.code == 0
    assert by_hand in said(tiny_call(*call).out), "no workshop has begun"
    with closing(Store(store)) as opened_store:
        path = ledger_of(home, opened_store.rounds.get("test-eins"))
    begun = Workshop("test-eins", "Zx7-geheimer-schluessel", "rofi-talu-mako")
    for address in ("", "http://127.0.0.1:8421", "https://localhost:8421"):
        ledger = Ledger(path, replace(begun, address=address))
        ledger.close()
        assert by_hand in said(tiny_call(*call).out), "no phone gets there"
        path.unlink()
    ledger = Ledger(path, replace(begun, address="http://192.168.8.2:8421"))
    running = tiny_call(*call)
    assert running.code == 0
    assert by_hand in said(running.out), "its code stands on the screen"
    ledger.close()
    known = tiny_call(*call)
    assert (known.code, known.err) == (0, "")
    assert by_hand not in said(known.out)
    assert "http://192.168.8.2:8421" in known.out
    assert "rofi-talu-mako" in known.out
    assert "geheim" not in known.out, "the key stands in the QR code only"
    assert 'id="join"' not in tiny_call(*call[:-1]).out
    path.write_bytes(b"damaged" * 1000)
    damaged = tiny_call(*call)
    assert (damaged.code, damaged.out) == (1, "")


def test_either_a_questionnaire_or_a_round_is_named(tiny_call: Call, store: Path) -> None:
    none = tiny_call("workshop", "print")
    assert (none.code, none.out) == (2, "")
    assert "tiny" in none.said
    both = tiny_call("workshop", "print", "tiny", "--round", "test-eins")
    assert (both.code, both.out) == (2, "")
    unknown = tiny_call("workshop", "print", "--round", "test-eins")
    assert (unknown.code, unknown.out) == (1, "")


# -- the trainer's guide


def test_every_command_of_the_guide_runs_in_its_order(
    inside: Call, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they are printed; sheets come from a pipe, and what is final is answered with yes.

    A workshop needs a terminal: here it gets as far as seeing that there is none.
    """
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```sh\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)
    commands = [line for block in blocks for line in block.splitlines()]
    asked = len(BANK.load("anti-churn").items)
    sheets = "".join(
        "".join(str((row * place + row) % 5 + 1) for place in range(asked)) + "\n"
        for row in range(1, 13)
    )
    said = {}
    for line in commands:
        program, *arguments = shlex.split(line)
        assert program == "checklist"
        final = ["--yes"] if arguments[:2] == ["round", "close"] else []
        given = sheets if arguments[:2] == ["round", "enter"] else None
        done = inside(*arguments, *final, input=given)
        if arguments[:2] == ["workshop", "start"]:
            assert done.code == 1
            assert plain(DE("error.workshop-no-keys.what")) in done.said
        else:
            assert done.code == 0, f"{line}\n{done.err}"
        said[line] = done
    assert any("12" in done.said for line, done in said.items() if "round enter" in line)
    named = re.findall(r"--output (\S+)", "\n".join(commands))
    assert len(named) == 6
    assert all((tmp_path / name).stat().st_size > 1000 for name in named)
    for name, by_phone in (("workshop.html", True), ("auf-papier.html", False)):
        page = (tmp_path / name).read_text("utf-8")
        assert "herbst" in page
        assert ('id="join"' in page) == by_phone


def test_the_guide_has_the_agendas_phases_and_papers() -> None:
    guide = GUIDE.read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| (\d+) ([^|]+) \| (\d+) \|", guide, re.MULTILINE)
    steps = agenda(DE, Thresholds(5), "herbst")
    assert rows == [
        (str(step.begins), str(number), step.title, str(step.phase.minutes))
        for number, step in enumerate(steps[1:], start=1)
    ]
    for part in ("causes", "proposals", "actions", "own"):
        assert DE(f"workshop.part.{part}") in guide
    assert DE("workshop.join.title") in guide


def test_the_guide_names_the_keys_of_each_phase_and_the_files() -> None:
    guide = GUIDE.read_text("utf-8")
    named: dict[str, set[str]] = {}
    for title, keys, does in re.findall(r"^\| (\D[^|]+) \| (`[^|]+) \| ([^|]+) \|$", guide, re.M):
        named.setdefault(title, set()).update(re.findall(r"`(\S)`", f"{keys} {does}"))
    assert named == {
        DE(f"workshop.phase.{phase}.title"): set(keys)
        for phase, keys in {
            "check": check.SWITCH,
            "warm-up": warm_up.CLOCK,
            "answer": answer.RELEASE + "→",
            "reveal": seeing.NEXT[0] + seeing.BEFORE[0] + seeing.ITEMS + seeing.CLOCK
            + seeing.HANDS + "→",
            "causes": causes.OURS + causes.COMPANY[0],
            "practice": practice.CLOCK + practice.NEXT[0] + practice.BEFORE[0] + practice.TOPIC,
            "decide": decide.ADD + decide.VOTE,
            "agree": agree.ADD + agree.TAKE_OVER,
            "close": close.DAY + close.WRITE + close.END,
        }.items()
    } | {"nach dem Ende": set(over.CLOSE[:1])}  # fmt: skip
    for file in DE.prefixed("handout.file").values():
        assert f"`{file.format(code='herbst')}`" in guide
    assert (DAYS, "nach sieben Tagen" in guide) == (7, True)


# -- in a browser


@pytest.fixture
def sheet(browser: "Browser") -> "Iterator[Page]":
    """Give an empty window without a network."""
    window = browser.new_context(offline=True)
    yield window.new_page()
    window.close()


def printed(sheet: "Page", page: str) -> int:
    """Print a page to A4 and count the pages."""
    sheet.set_content(page)
    data = sheet.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", data), "is not A4"
    return len(re.findall(rb"/Type\s*/Page\b", data))


def alone(page: str, part: str) -> str:
    """Give one of the papers by itself."""
    return page.replace(
        "</style>",
        f".part:not(#{part}) {{ display: none; }} .part {{ break-before: auto }}</style>",
    ).replace(".part + .part { break-before: page; }", "")


BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll("body *")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && (box.left < -0.5 || box.right > wide + 0.5
      || (each.clientWidth && each.scrollWidth > each.clientWidth + 1));
  }).map(each => each.outerHTML.slice(0, 90));
}"""
A4 = {"width": 695, "height": 1000}
"""What A4 leaves between the margins, in pixels of 1/96 inch."""


@both_languages
@pytest.mark.parametrize("identity", BANK.ids)
def test_each_paper_takes_one_page_and_the_agenda_two(
    identity: str, texts: Texts, sheet: "Page"
) -> None:
    questionnaire = BANK.load(identity)
    round_ = a_round(questionnaire, title="Herbst in der Hauptverwaltung 2026")
    page = papers.render(questionnaire, texts, round_)
    assert printed(sheet, alone(page, "agenda")) == 2
    exercises = printed(sheet, alone(page, "exercises"))
    assert exercises == (1 if len(questionnaire.dimensions) <= 6 else 2)
    assert printed(sheet, page) == 2 + exercises + 7
    sheet.emulate_media(media="print")
    sheet.set_viewport_size(A4)  # type: ignore[arg-type]
    assert sheet.evaluate(BEYOND) == []


@both_languages
def test_for_phones_the_agenda_takes_two_pages_and_the_way_in_one(
    texts: Texts, sheet: "Page"
) -> None:
    questionnaire = BANK.load("anti-churn")
    for joining in (JOINING, None):
        page = papers.render(questionnaire, texts, a_round(questionnaire), "page", joining)
        assert printed(sheet, alone(page, "agenda")) == 2
        assert printed(sheet, alone(page, "join")) == 1
        assert printed(sheet, alone(page, "poster")) == 1


def test_long_words_stay_on_their_papers(tiny: Questionnaire, sheet: "Page") -> None:
    long = {"de": "Donaudampfschifffahrtsgesellschaft" * 4, "en": "x"}
    first = replace(tiny.dimensions[0], title=long, items=tiny.dimensions[0].items * 4)
    strange = replace(tiny, title=long, dimensions=(first, *tiny.dimensions[1:]))
    round_ = replace(a_round(strange, title=long["de"]), code="sehr-langer-code-" * 3 + "x")
    page = papers.render(strange, DE, round_)
    sheet.set_content(page)
    sheet.emulate_media(media="print")
    sheet.set_viewport_size(A4)  # type: ignore[arg-type]
    assert sheet.evaluate(BEYOND) == []


def test_pages_are_counted_and_what_stands_out_is_found(tiny: Questionnaire, sheet: "Page") -> None:
    exercise = replace(tiny.dimensions[0].suggestions[0], audience="trainer")
    few = replace(tiny.dimensions[0], suggestions=(exercise,))
    pages = [
        printed(sheet, papers.render(replace(tiny, dimensions=(few,) * number), DE))
        for number in (1, 30)
    ]
    assert pages[1] > pages[0]
    sheet.set_content('<p style="width: 3000px">x</p>')
    assert any("3000px" in each for each in sheet.evaluate(BEYOND))


@both_languages
def test_axe_finds_nothing(texts: Texts, sheet: "Page") -> None:
    questionnaire = BANK.load("relationship-competence")
    round_ = a_round(questionnaire) if texts is DE else None
    sheet.set_content(
        papers.render(questionnaire, texts, round_, "page", JOINING if round_ else None)
    )
    found = Axe().run(sheet, options={"resultTypes": ["violations"], "selectors": False})
    assert [
        f"{each['id']}: {[node['html'][:100] for node in each['nodes'][:3]]}"
        for each in found.response["violations"]
    ] == []
