"""What the cards look like: in every size that is promised, for everything that is asked."""

import io
import re
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checklist.bank import Bank, parse
from checklist.i18n import Texts
from checklist.interview import Interview, Response
from checklist.journal import State
from checklist.questionnaire import PERSPECTIVES, Item, Perspective, Questionnaire, Wording
from checklist.render.plain import Charset
from checklist.sitting import Sitting
from checklist.terminal import card, keys
from checklist.terminal.by_keys import ByKeys
from checklist.terminal.card import Hand
from checklist.terminal.front import Left
from checklist.terminal.keys import Key, Pasted
from checklist.terminal.page import NARROWEST, Page
from checklist.terminal.screen import Screen
from checklist.terminal.words import actions, help_lines, key_hints

QUESTIONNAIRES = {questionnaire.id: questionnaire for questionnaire in Bank(None).all()}
ANTI_CHURN = QUESTIONNAIRES["anti-churn"]
SIZES = [(80, 24), (40, 24), (30, 20), (120, 50)]
LANGUAGES = ["de", "en"]
DE = Texts("de")

of_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
in_language = pytest.mark.parametrize("language", LANGUAGES)
from_perspective = pytest.mark.parametrize("perspective", PERSPECTIVES)


def blank_page(size: tuple[int, int], encoding: str = "utf-8") -> Page:
    console = Console(width=size[0], height=size[1], file=io.StringIO())
    return Page(console, Charset.of(encoding))


def flat(lines: Iterable[Text]) -> str:
    return " ".join(" ".join(line.plain for line in lines).split())


def assert_inside(lines: Sequence[Text], size: tuple[int, int]) -> None:
    assert len(lines) <= size[1], flat(lines)
    for line in lines:
        assert cell_len(line.plain) <= size[0], line.plain


def item_page(
    interview: Interview,
    texts: Texts,
    size: tuple[int, int],
    hand: Hand | None = None,
    encoding: str = "utf-8",
) -> Page:
    page = blank_page(size, encoding)
    wording = Wording.of(interview.questionnaire, texts.language, interview.perspective)
    card.item_card(page, interview, wording, texts, hand or Hand())
    return page


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@of_size
@from_perspective
@in_language
@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_every_item_can_be_read_and_answered(
    name: str, language: str, perspective: Perspective, size: tuple[int, int], encoding: str
) -> None:
    texts, questionnaire = Texts(language), QUESTIONNAIRES[name]
    wording = Wording.of(questionnaire, language, perspective)
    spelt = Charset.of(encoding).text
    for place, item in enumerate(questionnaire.asked):
        interview = Interview(questionnaire, perspective).jump(place)
        page = item_page(interview, texts, size, encoding=encoding)
        lines = page.lines(texts)
        assert page.fits
        assert_inside(lines, size)
        shown = flat(lines)
        assert spelt(wording.item(item)) in shown
        for number, option in enumerate(wording.options(item.scale), start=1):
            assert f"{number} {spelt(option)}" in shown
        assert spelt(texts("card.position", place=place + 1, total=len(interview.steps))) in shown
        if place == 0:
            assert spelt(wording.prompt(item.scale)) in shown
        if size[0] >= 40:
            assert spelt(wording.title) in shown
            assert spelt(wording.prompt(item.scale)) in shown
            for action in actions(perspective):
                hints = [
                    spelt(f"{texts(f'key.{action}')} {texts(f'{kind}.{action}')}")
                    for kind in ("hint", "word")
                ]
                assert any(hint in line.plain for hint in hints for line in lines), "on one line"
            assert (spelt(texts("hint.cannot-judge")) in shown) is (perspective != "self")
        if encoding == "ascii":
            assert all(line.plain.isascii() for line in lines)


@in_language
@pytest.mark.parametrize("encoding", ["utf-8", "cp850"])
def test_eighty_columns_show_all_keys_in_full_in_one_line(language: str, encoding: str) -> None:
    texts = Texts(language)
    last = item_page(Interview(ANTI_CHURN), texts, (80, 24), encoding=encoding).lines(texts)[-1]
    said = last.plain.replace(Charset.of(encoding).text("·"), "·").strip()
    hints = (f"{texts(f'key.{a}')} {texts(f'hint.{a}')}" for a in actions("self"))
    assert said.split(" · ") == list(hints)
    assert cell_len(last.plain) < 80, "the last column stays free"


@in_language
@from_perspective
def test_full_hints_cost_no_line(language: str, perspective: Perspective) -> None:
    texts = Texts(language)
    for width in range(NARROWEST, 120):
        page = blank_page((width, 24))
        full, short = (
            page.keys(key_hints(texts, perspective, "·", full=full)) for full in (True, False)
        )
        shown = item_page(Interview(ANTI_CHURN, perspective), texts, (width, 24)).blocks[-1].lines
        assert [line.plain for line in shown] == [
            line.plain for line in (full if len(full) == len(short) else short)
        ]


@of_size
@in_language
def test_what_was_said_is_marked_without_colour(language: str, size: tuple[int, int]) -> None:
    texts = Texts(language)
    for encoding, sign in (("utf-8", "▸"), ("ascii", ">"), ("cp850", ">")):
        for answer in (1, 5):
            interview = Interview(ANTI_CHURN).answer(answer).back()
            lines = item_page(interview, texts, size, encoding=encoding).lines(texts)
            assert [line.plain.split()[1] for line in lines if sign in line.plain] == [str(answer)]
        lines = item_page(interview, texts, size, Hand(marked=2), encoding).lines(texts)
        assert [line.plain.split()[1] for line in lines if sign in line.plain] == ["3"]
    interview = Interview(ANTI_CHURN).did_not_occur().back()
    assert texts("card.marked", mark=texts("answer.did-not-occur")) in flat(
        item_page(interview, texts, size).lines(texts)
    )


COMMENTS = {
    "prose": "Das kam im Oktober nur am Telefon vor, sonst nicht. " * 30,
    "one-word": "Donaudampfschifffahrtsgesellschaft" * 50,
    "wide": "日本語のコメント、全角文字。" * 100,
    "wide-and-short": "日本語のコメント、全角文字、です。",
    "emoji": "👩‍💻🇩🇪✈️🙂" * 100,
    "accents": "e\u0301\u0323" * 300,
    "obeyed": "\x1b[31m[bold]rot[/bold]\u202e\r\n\t:smile: " * 50,
    "short": "kurz",
}


@of_size
@in_language
@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
def test_no_comment_breaks_a_card(comment: str, language: str, size: tuple[int, int]) -> None:
    texts = Texts(language)
    longest = max(ANTI_CHURN.asked, key=lambda item: len(item.text[language]))
    for place in (0, ANTI_CHURN.asked.index(longest)):
        interview = Interview(ANTI_CHURN).jump(place).comment(comment)
        for hand in (Hand(), Hand(typing=comment), Hand(marked=1, notice=texts("card.pasted"))):
            page = item_page(interview, texts, size, hand)
            lines = page.lines(texts)
            assert page.fits
            assert_inside(lines, size)
            assert not any(sign in flat(lines) for sign in "\x1b\r\u202e")
            if hand.typing is not None:
                assert flat(lines).count(page.charset.caret) == 1
                assert texts("card.comment-keys").split()[0] in flat(lines)
            if size[0] >= 40 and not hand.notice and hand.typing is None:
                assert texts("hint.leave") in flat(lines)


@of_size
@in_language
@pytest.mark.parametrize("typed", COMMENTS.values(), ids=COMMENTS)
def test_open_questions(typed: str, language: str, size: tuple[int, int]) -> None:
    texts = Texts(language)
    for questionnaire in QUESTIONNAIRES.values():
        wording = Wording.of(questionnaire, language)
        for place, reflection in enumerate(questionnaire.reflections, len(questionnaire.items)):
            page = blank_page(size)
            interview = Interview(questionnaire).jump(place)
            card.reflection_card(page, interview, wording, texts, Hand(typing=typed))
            lines = page.lines(texts)
            assert page.fits
            assert_inside(lines, size)
            assert wording.text(reflection.text) in flat(lines)
            assert page.charset.caret in flat(lines)


@of_size
@in_language
@pytest.mark.parametrize("typed", COMMENTS.values(), ids=COMMENTS)
def test_the_review(typed: str, language: str, size: tuple[int, int]) -> None:
    texts = Texts(language)
    for questionnaire in QUESTIONNAIRES.values():
        wording = Wording.of(questionnaire, language)
        interview = Interview(questionnaire).answer(3).did_not_occur().leave_open()
        last = len(interview.steps) - 1
        interview = interview.jump(last).reflect(typed).review()
        for marked in (0, last // 2, last):
            page = blank_page(size)
            card.review_card(page, interview, wording, texts, Hand(marked=marked))
            lines = page.lines(texts)
            assert page.fits
            assert_inside(lines, size)
            rows = [line.plain.split() for line in lines if page.charset.marker in line.plain]
            assert [row[1] for row in rows] == [str(marked + 1)]
            assert all(words in flat(lines) for words in texts("review.keys").split(" · "))
        assert typed != "kurz" or "kurz" in flat(lines)


@of_size
@in_language
@from_perspective
@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_the_review_shows_the_marked_question_whole(
    name: str, perspective: Perspective, language: str, size: tuple[int, int]
) -> None:
    texts, questionnaire = Texts(language), QUESTIONNAIRES[name]
    wording = Wording.of(questionnaire, language, perspective)
    interview = Interview(questionnaire, perspective).review()
    rows = set()
    for marked, step in enumerate(interview.steps):
        page = blank_page(size)
        card.review_card(page, interview, wording, texts, Hand(marked=marked))
        lines = page.lines(texts)
        assert_inside(lines, size)
        text = wording.item(step) if isinstance(step, Item) else wording.text(step.text)
        assert flat(lines).count(text) == 1
        listed = sum(bool(re.match(r"[ ▸]+\d+  ", line.plain)) for line in lines)
        rows.add((len(lines), listed))
    assert len(rows) == 1, "nothing jumps when the mark moves"


def test_a_question_that_the_review_shows_whole_is_not_repeated() -> None:
    short = parse(
        OWN.replace(
            "お客様のご要望を先に伺ってから、提案をします。いつも、必ず、そうします。", "Kurz."
        ),
        "own.toml",
    )
    page = blank_page((80, 24))
    card.review_card(page, Interview(short).review(), Wording.of(short, "de"), DE, Hand(marked=0))
    assert flat(page.lines(DE)).count("Kurz.") == 1


def test_the_review_shows_all_where_there_is_room() -> None:
    wording = Wording.of(ANTI_CHURN, "de")
    part = DE("review.shown", first=1, last=14, total=20)
    for size, title in (((120, 50), DE("review.title")), ((80, 24), part)):
        page = blank_page(size)
        card.review_card(page, Interview(ANTI_CHURN).review(), wording, DE, Hand(marked=0))
        assert page.lines(DE)[0].plain.rstrip().endswith(title)


class Recorder(Screen):
    """A screen that keeps what is drawn."""

    def __init__(self, size: tuple[int, int], **settings: bool) -> None:
        self.pages: list[list[Text]] = []
        file = io.StringIO()
        super().__init__(
            Console(
                width=size[0],
                height=size[1],
                file=file,
                force_terminal=True,
                color_system="truecolor",
                **settings,  # type: ignore[arg-type]
            )
        )

    def draw(self, lines: Sequence[Text]) -> None:
        self.pages.append(list(lines))
        super().draw(lines)

    @property
    def written(self) -> str:
        assert isinstance(self.console.file, io.StringIO)
        return self.console.file.getvalue()


class Script:
    """A keyboard on which these keys are pressed, and then the window is closed."""

    def __init__(self, *pressed: Key) -> None:
        self._pressed = list(pressed)

    def read(self, seconds: float) -> Key | None:
        if not seconds:
            return None
        if not self._pressed:
            raise EOFError
        return self._pressed.pop(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def assert_read_whole(screen: Recorder, size: tuple[int, int], said: Iterable[str]) -> None:
    """All words were shown, on one page or on several."""
    for page in screen.pages:
        assert_inside(page, size)
    shown = " ".join(flat(page) for page in screen.pages)
    for text in said:
        for word in text.split():
            assert word in shown


@of_size
@in_language
@from_perspective
@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_the_welcome_and_the_help_can_be_read_to_the_end(
    name: str, perspective: Perspective, language: str, size: tuple[int, int]
) -> None:
    texts, questionnaire = Texts(language), QUESTIONNAIRES[name]
    wording = Wording.of(questionnaire, language, perspective)
    screen = Recorder(size)
    ByKeys(screen, Script(*[keys.ENTER] * 3), texts).welcome(wording)
    oneself = perspective == "self"
    who = texts("welcome.customers" if oneself else "welcome.customers-outside")
    needed = [wording.title, who, texts("welcome.stays")]
    assert_read_whole(screen, size, [*needed, texts("welcome.keys")])
    for seen in screen.pages:
        more = flat(seen) != flat(screen.pages[-1])
        start, on = (texts(f"welcome.{key}").split("   ")[0] for key in ("keys", "keys-more"))
        assert (start in flat(seen), on in flat(seen)) == (not more, more)
    assert len(screen.pages) <= 1 + (size[0] < 40)
    if size == (80, 24):
        shown = flat(screen.pages[0])
        assert (wording.purpose in shown) is oneself
        assert (texts("welcome.outside") in shown) is not oneself

    screen = Recorder(size)
    page = Script(texts("key.help"), *[" "] * 4)
    front = ByKeys(screen, page, texts)
    with pytest.raises(EOFError):
        front.converse(replaced(questionnaire, perspective), wording)
    lines = help_lines(texts, wording)
    assert_read_whole(screen, size, [text for line in lines for text in line])


def replaced(questionnaire: Questionnaire, perspective: Perspective) -> Sitting:
    """Give a sitting that is never written down."""
    return Sitting(None, Interview(questionnaire, perspective), None)  # type: ignore[arg-type]


def test_a_long_page_is_turned_there_and_back() -> None:
    screen = Recorder((40, 12))
    message = " ".join(f"Wort{number}" for number in range(60))
    front = ByKeys(screen, Script(keys.DOWN, keys.UP, keys.ENTER, keys.PAGE_DOWN, keys.ENTER), DE)
    front.tell(message)
    shown = [flat(page) for page in screen.pages]
    assert "Wort0" in shown[0]
    assert "Wort59" not in shown[0]
    assert shown[2] == shown[0]
    assert shown[1] == shown[3]
    assert "Wort59" in shown[-1]
    assert_read_whole(screen, (40, 12), [message])


def test_a_page_that_fits_is_not_turned() -> None:
    screen = Recorder((80, 24))
    ByKeys(screen, Script(keys.DOWN, keys.PAGE_UP, "x", keys.ESCAPE), DE).tell("Kurz.")
    assert len({flat(page) for page in screen.pages}) == 1


@pytest.mark.parametrize("size", [size for size in SIZES if size[0] >= 40], ids=str)
@in_language
def test_every_question_about_a_plan_can_be_answered(language: str, size: tuple[int, int]) -> None:
    texts = Texts(language)
    options = [texts(f"plan.answer-{state}") for state in State]
    for questionnaire in QUESTIONNAIRES.values():
        wording = Wording.of(questionnaire, language)
        for dimension in questionnaire.dimensions:
            for suggestion in dimension.suggestions:
                title, step = wording.text(suggestion.title), wording.text(suggestion.step)
                question = texts("plan.ask", date="30. September 2026", title=title, step=step)
                screen = Recorder(size)
                assert ByKeys(screen, Script("4"), texts).choose(question, options) == 3
                assert_read_whole(screen, size, [question, *options])


def test_a_choice_takes_its_numbers_arrows_and_enter_and_nothing_else() -> None:
    def chosen(*pressed: Key) -> int:
        return ByKeys(Recorder((80, 24)), Script(*pressed), DE).choose("?", ["a", "b", "c"])

    assert chosen("4", "0", "x", "²", Pasted("2"), keys.RIGHT, "3") == 2
    assert chosen(keys.ENTER) == 0
    assert chosen(keys.DOWN, keys.DOWN, keys.DOWN, keys.UP, keys.ENTER) == 1
    with pytest.raises(Left):
        chosen("q")


@pytest.mark.parametrize("size", [(29, 24), (20, 24), (8, 3), (1, 1), (80, 6), (200, 2)], ids=str)
def test_a_window_too_small_asks_for_more_room(size: tuple[int, int]) -> None:
    page = item_page(Interview(ANTI_CHURN), DE, size)
    assert not page.fits
    assert len(page.lines(DE)) <= size[1]
    if size[0] >= NARROWEST:
        assert_inside(page.lines(DE), size)
    screen, pressed = Recorder(size), Script("3", "1", keys.ENTER, "q")
    sitting = replaced(ANTI_CHURN, "self")
    with pytest.raises(Left):
        ByKeys(screen, pressed, DE).converse(sitting, Wording.of(ANTI_CHURN, "de"))
    assert sitting.interview.response == Response()
    if size[0] * size[1] > 120:
        assert "q: Pause" in flat(screen.pages[0])


CODE = re.compile(r"\x1b\[([\d;]*)m")


@pytest.mark.parametrize("no_color", [True, False])
def test_colours(no_color: bool) -> None:
    screen = Recorder((80, 24), no_color=no_color)
    pressed = Script("9", keys.DOWN, "k", "x", keys.ESCAPE, "h", " ", "r", keys.DOWN)
    with pytest.raises(EOFError):
        ByKeys(screen, pressed, DE).converse(
            replaced(ANTI_CHURN, "self"), Wording.of(ANTI_CHURN, "de")
        )
    codes = {code for found in CODE.findall(screen.written) for code in found.split(";")}
    assert {"1", "2"} <= codes
    assert ("36" in codes) is not no_color
    assert codes <= {"0", "1", "2", "36"}


OWN = """\
id = "own"
version = "1.0.0"
title.de = "全角のタイトル・お客様対応 🙂🙂"
languages = ["de"]
[scales.ja]
prompt.de = "どのくらいの割合で当てはまりましたか。"
options.de = ["一度もない", "少し", "半分くらい", "ほとんど", "いつも 👩‍💻", "六", "七", "八", "九"]
[[dimensions]]
id = "one"
title.de = "一"
[[dimensions.items]]
id = "one-first"
text.de = "お客様のご要望を先に伺ってから、提案をします。いつも、必ず、そうします。"
"""


@of_size
def test_wide_signs_in_a_questionnaire_of_ones_own(size: tuple[int, int]) -> None:
    questionnaire = parse(OWN, "own.toml", expected_id="own")
    for encoding in ("utf-8", "ascii"):
        page = item_page(Interview(questionnaire), DE, size, encoding=encoding)
        assert page.fits
        assert_inside(page.lines(DE), size)
        page = blank_page(size, encoding)
        interview = Interview(questionnaire).answer(5)
        card.review_card(page, interview, Wording.of(questionnaire, "de"), DE, Hand(marked=0))
        assert page.fits
        assert_inside(page.lines(DE), size)
    if size == (80, 24):
        first, bar = item_page(Interview(questionnaire), DE, size).lines(DE)[:2]
        assert cell_len(first.plain) == cell_len(bar.plain) == 78
