"""The sheet of paper: what stands on it, and how many pages it takes in a real browser."""

import re
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checklist import panel_words
from checklist.bank import Bank, parse
from checklist.i18n import LANGUAGES, Texts
from checklist.notice import TEAM, notice
from checklist.questionnaire import Questionnaire, Wording
from checklist.render import sheet, strips
from checklist.render.paper import letters, on_paper
from checklist.rounds import Round, Team, Terms
from checklist.store import Store
from tests.chromium import FLAGS, chromium
from tests.helpers import TINY, Call

DE, EN = Texts("de"), Texts("en")
TEAMS = (
    Team("Vertrieb Nord", 12),
    Team("Vertrieb Süd", 8),
    Team("Kundendienst", 23),
    Team("Lager"),
)
KEEPER = "Kim Beispiel, Betriebsrat, Telefon 0123 4567"
BANK = Bank(None)


def a_round(
    questionnaire: Questionnaire,
    *,
    teams: tuple[Team, ...] = TEAMS,
    comments: bool = True,
    before: Round | None = None,
) -> Round:
    """Give a round of which everything is stated, so that its notice is long."""
    terms = Terms(
        keeper=KEEPER,
        recipient="Die Leitung des Kundendienstes",
        purpose="Schulungsbedarf erkennen",
        legal_basis="Betriebsvereinbarung vom 3. Mai 2026",
        works_council="hat am 3. Mai 2026 zugestimmt",
        no_sanctions=True,
    )
    bare = Round(
        "rofi-talu", "Herbst 2026", questionnaire, teams, terms, date(2026, 11, 1), "series",
        comments=comments, until=date(2026, 12, 11),
        follows=None if before is None else before.code,
    )  # fmt: skip
    return replace(bare, notice=notice(bare, before))


def a_second_round(questionnaire: Questionnaire) -> Round:
    """Give one that follows another."""
    first = replace(
        a_round(questionnaire), title="Frühjahr 2026", code="kofi-lamu",
        closed_on=date(2026, 3, 20),
    )  # fmt: skip
    return a_round(questionnaire, before=first)


def text_of(page: str) -> str:
    """Everything that is to be read on a page, as running text."""

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.read: list[str] = []
            self.inside: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag == "style":
                self.inside.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag == "style":
                self.inside.pop()

        def handle_data(self, data: str) -> None:
            if not self.inside:
                self.read.append(data)

    reader = Reader()
    reader.feed(page)
    return " ".join(" ".join(reader.read).split())


def plain(text: str) -> str:
    return " ".join(text.split())


COMPARABLE = 1
"""The box for the comparison with the next round."""


def boxes(page: str) -> int:
    return page.count('class="box"')


# -- what stands on it


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identity", BANK.ids)
def test_a_sheet_asks_everything_in_its_order(identity: str, language: str) -> None:
    questionnaire, texts = BANK.load(identity), Texts(language)
    wording = Wording.of(questionnaire, language)
    read = text_of(sheet.render(questionnaire, texts))
    rows = [f"{n} {plain(wording.item(i))}" for n, i in enumerate(on_paper(questionnaire), 1)]
    places = [read.find(row) for row in rows]
    assert -1 not in places
    assert places == sorted(places)
    for part in (
        wording.title,
        wording.purpose,
        texts("sheet-paper.how"),
        texts("sheet-paper.open"),
    ):
        assert plain(part) in read
    for letter, reflection in zip("ABC", questionnaire.reflections, strict=False):
        assert f"{letter} {plain(wording.text(reflection.text))}" in read
    assert f"checklist run {identity}" in read
    assert sorted(item.id for item in on_paper(questionnaire)) == sorted(
        item.id for item in questionnaire.items
    )


def test_the_words_of_a_scale_stand_once_a_block(tiny: Questionnaire) -> None:
    page = sheet.render(tiny, DE)
    cases, complaints = sheet.blocks(Wording.of(tiny, "de"))
    assert (len(cases.options), len(complaints.options)) == (5, 3)
    assert [number for run in (*cases.runs, *complaints.runs) for number, _ in run.rows] == [
        1, 2, 3, 4, 5, 6, 7,
    ]  # fmt: skip
    read = text_of(page)
    assert read.count("in wenigen") == read.count("in manchen") == 1
    assert read.count("kam nicht vor") == 2 + 1, "above each block, and in the instruction"
    assert page.count("<table>") == 2
    assert boxes(page) == 5 * 6 + 2 * 4
    assert "in wenigen 2 in der Hälfte 3" in read


def test_two_scales_with_the_same_words_share_their_head() -> None:
    questionnaire = BANK.load("anti-churn")
    (block,) = sheet.blocks(Wording.of(questionnaire, "de"))
    assert len(block.runs) == 2
    assert "drei Monaten" in block.runs[1].prompt
    assert [number for number, _ in block.runs[1].rows] == [16, 17, 18]


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    for texts in (DE, EN):
        questionnaire = BANK.load("anti-churn")
        for page in (
            sheet.render(questionnaire, texts),
            sheet.render(questionnaire, texts, a_round(questionnaire)),
        ):
            assert not re.search(r"<script|<link|<img|<iframe|src=|href=|url\(|@import|://", page)
            assert "default-src 'none'" in page
            assert f'<html lang="{texts.language}">' in page
            sizes = [float(size) for size in re.findall(r"(?:font|font-size): ([\d.]+)pt", page)]
            assert len(sizes) > 5
            assert min(sizes) >= 10
            assert "background" not in page.replace("background: #fff", ""), "is not printed"


def test_all_sheets_are_alike(tiny: Questionnaire) -> None:
    round_ = a_round(tiny)
    assert sheet.render(tiny, DE, round_) == sheet.render(tiny, DE, round_)


def test_what_authors_and_keepers_write_is_never_obeyed() -> None:
    sly = '</style><script>alert(1)</script>"&{{ 7 * 7 }}\\'
    written = TINY.replace('"Ganz klein"', f"'{sly}'").replace('"Ich frage nach."', f"'{sly}'")
    questionnaire = parse(written, "tiny.toml")
    teams = (Team(sly, 9), Team("Süd"))
    page = sheet.render(questionnaire, DE, replace(a_round(questionnaire, teams=teams), title=sly))
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert text_of(page).count(sly) == 5, "two titles, the round's, an item, a team"
    foot = re.findall(r'@bottom-left \{ content: "([^"]*)"', page)
    assert len(foot) == 1
    assert re.fullmatch(r"(\\[0-9a-f]{6})+", foot[0])
    back = "".join(chr(int(code, 16)) for code in re.findall(r"\\([0-9a-f]{6})", foot[0]))
    assert back == f"{sly} (rofi-talu)"


# -- for a round


@pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
def test_a_rounds_notice_stands_on_top_as_it_was_frozen(tiny: Questionnaire, texts: Texts) -> None:
    frozen = {"de": (f"Zuerst dies, {TEAM}.", "Dann <das>."), "en": (f"First {TEAM}.", "Then.")}
    round_ = replace(a_round(tiny), notice=frozen)
    read = text_of(sheet.render(tiny, texts, round_))
    given = texts("sheet-paper.given-team")
    first, second = (part.replace(TEAM, given) for part in frozen[texts.language])
    places = [
        read.find(plain(part))
        for part in (
            "Herbst 2026 (rofi-talu)",
            texts("notice.title"),
            first,
            second,
            texts("sheet-paper.typed", keeper="Kim Beispiel"),
            texts("sheet-paper.handwriting"),
            texts("sheet-paper.team"),
            texts("sheet-paper.how-title"),
            texts("sheet-paper.no-name"),
            texts("sheet-panel.question"),
            texts("sheet-panel.how"),
            texts("sheet-panel.yes"),
            texts("sheet-paper.hand-in-until", keeper=KEEPER, date=texts.day(date(2026, 12, 11))),
        )
    ]
    assert -1 not in places
    assert places == sorted(places)
    assert TEAM not in read
    assert "checklist run" not in read


def test_teams_are_ticked_or_written_or_said(tiny: Questionnaire) -> None:
    ticks = sheet.render(tiny, DE, a_round(tiny))
    assert boxes(ticks) == boxes(sheet.render(tiny, DE)) + 4 + COMPARABLE
    assert "Vertrieb Nord (12 Personen)" in text_of(ticks)
    one = text_of(sheet.render(tiny, DE, a_round(tiny, teams=TEAMS[:1])))
    assert "das Team „Vertrieb Nord“ (12 Personen)" in one
    assert "bitte ankreuzen" not in one
    many = tuple(Team(f"Team {number}") for number in range(31))
    written = sheet.render(tiny, DE, a_round(tiny, teams=many))
    assert boxes(written) == boxes(sheet.render(tiny, DE)) + COMPARABLE
    assert "Ihr Team (bitte eintragen)" in text_of(written)
    assert boxes(sheet.render(tiny, DE, a_round(tiny, teams=many[:30]))) == boxes(written) + 30


def test_room_for_texts_is_only_where_they_are_taken(tiny: Questionnaire) -> None:
    lines = {
        name: page.count('class="line"')
        for name, page in (
            ("own", sheet.render(tiny, DE)),
            ("with", sheet.render(tiny, DE, a_round(tiny))),
            ("without", sheet.render(tiny, DE, a_round(tiny, comments=False))),
        )
    }
    assert lines == {"own": 6, "with": 6, "without": 0}
    bare = text_of(sheet.render(tiny, DE, a_round(tiny, comments=False)))
    for part in ("freiwillig (", "Was bräuchten Sie", "Handschrift"):
        assert part not in bare


def test_who_agrees_to_be_compared_ticks_it_and_writes_two_words(tiny: Questionnaire) -> None:
    own, page = (text_of(sheet.render(tiny, DE, round_)) for round_ in (None, a_round(tiny)))
    blanks = sheet.render(tiny, DE, a_round(tiny)).count('class="word"')
    assert (blanks, sheet.render(tiny, DE).count('class="word"')) == (2, 0)
    for part in ("Nur wenn Sie möchten.", "ohne Namen", "Ja, mit diesen zwei Wörtern:"):
        assert part in page
        assert part not in own
    assert "--strips" in page
    assert "--strips" not in own


@pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
def test_who_is_asked_again_may_link_answers_with_the_round_before(
    tiny: Questionnaire, texts: Texts
) -> None:
    first, second = (
        text_of(sheet.render(tiny, texts, round_))
        for round_ in (a_round(tiny), a_second_round(tiny))
    )
    for part in ("question", "how"):
        only_next, both = (plain(texts(f"sheet-panel.{part}{n}")) for n in ("", "-follows"))
        assert (only_next in first, both in first) == (True, False)
        assert (only_next in second, both in second) == (False, True)
    assert "(kofi-lamu, " in second
    assert "kofi-lamu" not in first


def test_without_a_last_day_none_is_named(tiny: Questionnaire) -> None:
    read = text_of(sheet.render(tiny, DE, replace(a_round(tiny), until=None)))
    assert plain(DE("sheet-paper.hand-in", keeper=KEEPER)) in read


def test_more_open_questions_than_letters(tiny: Questionnaire) -> None:
    many = tuple(replace(tiny.reflections[0], id=f"r{n}") for n in range(28))
    names = letters(replace(tiny, reflections=many))
    assert (names["r25"], names["r26"], names["r27"]) == ("Z", "AA", "AB")


def nine_options() -> Questionnaire:
    long = "Donaudampfschifffahrtsgesellschaft"
    options = ", ".join(f'"{long} {n}"' for n in range(9))
    written = re.sub(r'options\.(de|en) = .*"(in wenigen|in a few)".*', "", TINY)
    written = written.replace(
        "[scales.complaints]",
        f"options.de = [{options}]\noptions.en = [{options}]\n[scales.complaints]",
    )
    written = written.replace('"Ich frage nach."', f'"{"Wort" * 60} und {long}"')
    return parse(written.replace('"Ganz klein"', f'"{long * 3}"'), "tiny.toml")


def test_long_words_stand_sideways() -> None:
    nine, three = sheet.blocks(Wording.of(nine_options(), "de"))
    assert nine.sideways
    assert not three.sideways
    assert 9 * nine.column <= sheet.ROOM
    assert "sideways" not in re.sub(
        r"<style>.*</style>", "", sheet.render(parse(TINY, "t"), DE), flags=re.S
    )


# -- strips with two words


@pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
def test_each_strip_has_words_of_its_own(tiny: Questionnaire, texts: Texts) -> None:
    codes = strips.codes(texts.language, 60)
    assert len({panel_words.read(code) for code in codes}) == 60
    assert {word for code in codes for word in code.split()} < {*panel_words.words(texts.language)}
    page = strips.render(codes, texts, a_round(tiny))
    read = text_of(page)
    assert f'<html lang="{texts.language}">' in page
    assert [read.count(code) for code in codes] == [1] * 60
    for key in ("keep", "how", "nameless"):
        assert read.count(plain(texts(f"sheet-strips.{key}"))) == 60
    for key in ("printing", "drawing", "later"):
        assert read.count(plain(texts(f"sheet-strips.{key}"))) == 1
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|://", page)
    assert "default-src 'none'" in page


def test_codes_are_made_until_there_are_enough(
    tiny: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel_words.read("Ahorn Igel")  # what can be read is kept, and has to be the whole list
    monkeypatch.setattr(panel_words, "words", lambda language: ("Ahorn", "Igel", "Laterne"))
    assert sorted(strips.codes("de", 3)) == ["Ahorn Igel", "Ahorn Laterne", "Igel Laterne"]


def test_a_rounds_title_is_never_obeyed_on_a_strip(tiny: Questionnaire) -> None:
    sly = "</style><script>alert(1)</script>{{ 7 * 7 }}"
    page = strips.render(["Ahorn Igel"], DE, replace(a_round(tiny), title=sly))
    assert "<script" not in page
    assert sly in text_of(page)


# -- the command


def test_the_sheet_goes_to_standard_output_or_into_a_file(
    tiny_call: Call, tmp_path: Path, home: Path
) -> None:
    shown = tiny_call("questions", "print", "tiny")
    assert (shown.code, shown.err) == (0, "")
    file = tmp_path / "sheet.html"
    done = tiny_call("questions", "print", "tiny", "--output", str(file))
    assert (done.code, done.out) == (0, "")
    assert "Öffnen Sie die Datei im Browser" in done.said
    assert file.read_text("utf-8") == shown.out
    again = tiny_call("questions", "print", "tiny", "--output", str(file))
    assert again.code == 1
    assert "gibt es schon" in again.said
    forced = tiny_call(
        "questions", "print", "tiny", "--lang", "en", "--output", str(file), "--force"
    )
    assert forced.code == 0
    assert "Very small" in file.read_text("utf-8")
    assert not home.exists(), "a sheet leaves no trace"


def test_standard_output_in_another_encoding(checklist: Call, tiny_folder: Path) -> None:
    calls = [
        checklist(
            "questions", "print", "tiny", "--questions", str(tiny_folder),
            env={"PYTHONIOENCODING": encoding},
        )
        for encoding in ("utf-8", "cp1252", "ascii")
    ]  # fmt: skip
    assert [done.code for done in calls] == [0, 0, 0]
    assert calls[0].out != calls[1].out == calls[2].out
    assert calls[1].out.isascii()
    assert unescape(calls[1].out) == unescape(calls[0].out)


def test_a_rounds_sheet_holds_its_frozen_questionnaire(
    tiny_call: Call, tiny_folder: Path, store: Path
) -> None:
    opened = tiny_call(
        "round", "open", "tiny", "--team", "Nord:12", "--code", "test-eins", "--keeper", KEEPER
    )
    assert opened.code == 0
    (tiny_folder / "tiny.toml").write_text(TINY.replace("Ich frage nach.", "Anderes."), "utf-8")
    done = tiny_call("questions", "print", "--round", "TEST-EINS")
    assert (done.code, done.err) == (0, "")
    read = text_of(done.out)
    assert "Ich frage nach." in read
    assert "Anderes." not in read
    with closing(Store(store)) as opened_store:
        round_ = opened_store.rounds.get("test-eins")
    assert done.out == sheet.render(round_.questionnaire, DE, round_)
    both = tiny_call("questions", "print", "tiny", "--round", "test-eins")
    assert (both.code, both.out) == (2, "")
    assert tiny_call("round", "close", "test-eins", "--yes").code == 0
    late = tiny_call("questions", "print", "--round", "test-eins")
    assert (late.code, late.out) == (1, "")
    assert late.said.startswith("Die Runde test-eins ist geschlossen")


def test_strips_are_printed_for_a_round(tiny_call: Call, tmp_path: Path, store: Path) -> None:
    opened = tiny_call(
        "round", "open", "tiny", "--team", "Nord:12", "--code", "test-eins", "--keeper", KEEPER
    )
    assert opened.code == 0
    shown = tiny_call("questions", "print", "--round", "TEST-EINS", "--strips", "13")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.count('class="code"') == 13
    assert "Ich frage nach." not in shown.out, "the sheet is printed on its own"
    file = tmp_path / "strips.html"
    written = tiny_call(
        "questions", "print", "--round", "test-eins", "--strips", "500", "--output", str(file)
    )
    assert (written.code, written.out) == (0, "")
    pairs = re.findall(r'class="code"><b>(\w+ \w+)<', file.read_text("utf-8"))
    assert len({*pairs}) == 500
    stored = store.read_bytes().lower()
    assert not any(pair.lower().encode() in stored for pair in pairs), "they are kept nowhere"
    for wrong in ("0", "501", "-3"):
        done = tiny_call("questions", "print", "--round", "test-eins", "--strips", wrong)
        assert (done.code, done.out) == (2, "")
        assert "von 1 bis 500" in done.said
    for arguments in (("tiny", "--strips", "3"), ("tiny", "--round", "test-eins", "--strips", "3")):
        assert tiny_call("questions", "print", *arguments).code == 2
    assert tiny_call("round", "close", "test-eins", "--yes").code == 0
    assert tiny_call("questions", "print", "--round", "test-eins", "--strips", "3").code == 1


def test_without_any_name_the_known_ones_are_told(tiny_call: Call) -> None:
    done = tiny_call("questions", "print")
    assert (done.code, done.out) == (2, "")
    assert "tiny" in done.said


# -- in a browser


@pytest.fixture(scope="session")
def browser() -> str:
    """Find Chromium; where tests run for a change to pass, it has to be there."""
    return chromium("to count pages with")


def browse(browser: str, folder: Path, *arguments: str, page: str) -> str:
    """Open a page in a browser of its own, without a network, and give what it prints."""
    file = folder / "sheet.html"
    file.write_text(page, "utf-8")
    done = subprocess.run(
        [
            browser, "--headless", *FLAGS,
            f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer", *arguments,
            file.as_uri(),
        ],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout.decode()


def pages(browser: str, folder: Path, page: str) -> int:
    pdf = folder / "sheet.pdf"
    browse(browser, folder, f"--print-to-pdf={pdf}", page=page)
    data = pdf.read_bytes()
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", data), "is not A4"
    return len(re.findall(rb"/Type\s*/Page\b", data))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identity", BANK.ids)
def test_two_pages_do(identity: str, language: str, browser: str, tmp_path: Path) -> None:
    """With a notice of which everything is stated, a round before, teams to tick, and texts."""
    questionnaire = BANK.load(identity)
    page = sheet.render(questionnaire, Texts(language), a_second_round(questionnaire))
    most = 2 if len(questionnaire.items) <= 21 else 3
    assert pages(browser, tmp_path, page) <= most


def test_twelve_strips_a_page(browser: str, tmp_path: Path, tiny: Questionnaire) -> None:
    """In both languages, with the longest words and a long title: none is cut by the page's end."""
    for texts in (DE, EN):
        long = sorted(panel_words.words(texts.language), key=len)[-2:]
        round_ = replace(a_round(tiny), title="Herbst in der Hauptverwaltung 2026")
        page = strips.render([" ".join(long)] * 24, texts, round_)
        assert pages(browser, tmp_path, page) == 2
        assert beyond(browser, tmp_path, page) == ""


def test_pages_are_counted_at_all(browser: str, tmp_path: Path, tiny: Questionnaire) -> None:
    item = replace(tiny.dimensions[0], items=tiny.dimensions[0].items * 40)
    assert pages(browser, tmp_path, sheet.render(tiny, DE)) == 1
    many = replace(tiny, dimensions=(item,))
    assert pages(browser, tmp_path, sheet.render(many, DE)) in (4, 5, 6)


MEASURE = """
<script>
const edge = document.body.getBoundingClientRect();
const out = [...document.body.querySelectorAll("*")].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width && (box.right > edge.right + 1 || box.left < edge.left - 1
    || (each.tagName !== "SPAN" && each.scrollWidth > each.clientWidth + 1 && each.clientWidth));
});
document.title = "beyond: " + out.map(each => each.outerHTML.slice(0, 80)).join(" | ");
</script>
</body>
"""


def beyond(browser: str, folder: Path, page: str) -> str:
    """Name what stands out at the sides of the sheet, or of its own cell."""
    measured = re.sub(r"<meta http-equiv[^>]*>", "", page).replace("</body>", MEASURE)
    dumped = browse(browser, folder, "--dump-dom", "--window-size=740,1000", page=measured)
    (title,) = re.findall(r"<title>beyond: (.*?)</title>", dumped, flags=re.S)
    return unescape(title)


def test_nothing_stands_out_at_the_sides(browser: str, tmp_path: Path) -> None:
    long = "Abteilung" * 20
    strange = nine_options()
    teams = (Team(long, 12), Team("Süd"))
    assert beyond(browser, tmp_path, sheet.render(strange, DE, a_round(strange, teams=teams))) == ""
    anti = BANK.load("anti-churn")
    assert beyond(browser, tmp_path, sheet.render(anti, DE, a_round(anti))) == ""


def test_what_stands_out_is_found(browser: str, tmp_path: Path) -> None:
    page = '<html><head><title>x</title></head><body><p style="width: 3000px">x</p></body></html>'
    assert "3000px" in beyond(browser, tmp_path, page)
