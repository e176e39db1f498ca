"""The readable formats: what they say, that they fit, and that nothing typed is obeyed."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from checklist.i18n import Texts
from checklist.interview import Response
from checklist.questionnaire import PERSPECTIVES
from checklist.render import document, markdown
from checklist.render.blocks import Block, Heading
from checklist.render.plain import Charset
from checklist.render.terminal import TerminalRenderer
from checklist.render.wrap import wrapped
from checklist.report import own_report
from tests.samples import dimension, item, questionnaire, response
from tests.test_advice import responses
from tests.test_report import result


def blocks(said: Response, language: str = "de", *, earlier: int = 0) -> list[Block]:
    texts = Texts(language)
    past = [result(response(a1=2, a2=3), weeks=-n) for n in range(1, earlier + 1)]
    report = own_report(result(said), past, (), texts)
    return document.result(report, texts, explain=True, history=True)


def shown(content: list[Block], width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding)
    console = Console(file=file, width=width, color_system=None, force_terminal=False)
    TerminalRenderer(console).print(content)
    file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [24, 40, 80, 200])
@pytest.mark.parametrize("earlier", [0, 1, 12])
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_line_is_wider_than_the_window(width: int, earlier: int, language: str) -> None:
    said = response(a1=4, a2=4, a3=2, b1=1, b2=2, c1=5)
    for line in shown(blocks(said, language, earlier=earlier), width).splitlines():
        assert cell_len(line) <= width, line


def test_the_latest_results_stay_where_not_all_fit() -> None:
    text = shown(blocks(response(a1=5, a2=5), earlier=12), 60)
    header = next(line for line in text.splitlines() if "Diff." in line)
    assert "25.08.26" in header
    assert "09.06.26" not in header


@pytest.mark.parametrize("encoding", ["ascii", "cp850", "cp1252", "latin-1"])
def test_every_encoding_can_show_it(encoding: str) -> None:
    said = Response({"a1": 4, "a2": 1, "a3": 3}, {"a1": "Käse 🙂 „so“"})
    text = shown(blocks(said), encoding=encoding)
    lost = text.count("?") - shown(blocks(said)).count("?")
    assert lost == 1, "the emoji, and nothing else"
    assert ("Haelfte" in text) == (encoding == "ascii")


@settings(deadline=None, max_examples=40)
@given(responses, st.sampled_from(["de", "en"]), st.integers(24, 120))
def test_any_response_can_be_shown(said: Response, language: str, width: int) -> None:
    content = blocks(said, language, earlier=2)
    assert all(cell_len(line) <= width for line in shown(content, width).splitlines())
    assert markdown.render(content)


@settings(deadline=None, max_examples=80)
@given(st.text(min_size=1, max_size=40))
def test_nothing_typed_is_obeyed_by_a_terminal(comment: str) -> None:
    text = shown(blocks(Response({"a1": 4}, {"a1": comment})))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_markup_in_a_comment_is_text() -> None:
    comment = "[bold red]x[/] \x1b[31mrot \x9b31m <b>fett</b> *so* [l](http://x) `c` # | ~"
    said = Response({"a1": 4}, {"a1": comment})
    text = shown(blocks(said), 200)
    assert "[bold red]x[/]" in text
    assert "\x1b" not in text
    html = MarkdownIt("commonmark").enable("table").render(markdown.render(blocks(said)))
    assert "<b>" not in html
    assert "<a" not in html
    assert "[bold red]x[/]" in html


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.sampled_from("ab12.)-+*_`#<>[]()!|\\~&; \n\t="), max_size=30))
def test_markdown_shows_what_was_typed(comment: str) -> None:
    """Seen through a Markdown reader of others, an escaped text is the text again."""
    from checklist.render.plain import one_line

    html = MarkdownIt("commonmark").render(f"x {markdown.escape(comment)} x")
    seen = re.sub(r"</?p>\n?", "", html)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        seen = seen.replace(entity, sign)
    expected = " ".join(f"x {one_line(comment)} x".split())
    assert " ".join(seen.split()) == expected


@pytest.mark.parametrize("start", ["1. x", "12) x", "- x", "+ x", "# x", "> x", "=== x", "  - x"])
def test_no_text_opens_a_list_or_heading(start: str) -> None:
    html = MarkdownIt("commonmark").render(markdown.escape(start))
    assert html.startswith("<p>")


def test_the_words_of_a_result() -> None:
    text = shown(blocks(response(a1=4, a2=4, a3=2, b1=1, b2=2, c1=1, c2=1)))
    flat = " ".join(text.split())
    assert (
        "75 „in den meisten“ (Fragen, bei denen weniger besser ist, sind schon umgerechnet)" in flat
    )
    assert "100 „in keinem“ (bei dieser Art Frage ist weniger besser)" in flat
    assert "Mittel: (4 + 4 + 4) / 3 = 4,00. Wert: 100 · (4,00 − 1) / (5 − 1) = 75." in text
    assert "in wenigen: zählt 6 − 2 = 4, weil hier weniger besser ist" in text
    assert "verschiebt einen Wert um bis zu 13." in " ".join(text.split())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_who_does_not_answer_about_themselves_is_offered_no_choice(
    perspective: str, language: str
) -> None:
    texts = Texts(language)
    report = own_report(result(response(a1=1), perspective=perspective), (), (), texts)
    content = document.result(report, texts, explain=False, history=False)
    oneself = perspective == "self"
    assert (Heading(texts("result.steps")) in content) is oneself
    assert (Heading(texts("result.steps-outside")) in content) is not oneself


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "nur wo zu einem Wert eine einzige Frage gehört, genügt eine Antwort"),
        ("en", "only where a score rests on a single question is one answer enough"),
    ],
)
def test_the_rule_is_true_for_a_dimension_of_one_item(language: str, said: str) -> None:
    texts = Texts(language)
    alone = questionnaire(dimension("a", item("a1")))
    report = own_report(result(response(a1=4), of=alone), (), (), texts)
    assert report.groups[0].dimensions[0].score == 75
    content = document.result(report, texts, explain=True, history=False)
    assert said in " ".join(shown(content).split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Die mitgelieferten Fragebögen sind noch nicht erprobt"),
        ("en", "The questionnaires that come with it have not been tried out yet"),
    ],
)
def test_the_limits_claim_nothing_about_a_questionnaire_of_ones_own(
    language: str, said: str
) -> None:
    text = " ".join(shown(blocks(response(a1=4), language)).split())
    assert said in text
    assert not re.search("Der Fragebogen ist|The questionnaire has", text)


def test_without_any_answer_there_is_no_figure_and_no_step() -> None:
    text = " ".join(shown(blocks(response())).split())
    assert "Ohne Antworten gibt es weder Profil noch Schritte." in text
    assert "Zu wenige Antworten für einen Wert: 0 von mindestens 2." in text
    assert "Was nach Ihren Antworten schon gut läuft" not in text


def test_a_text_is_indented_by_what_its_first_words_take_up() -> None:
    console = Console(file=io.StringIO(), width=20)
    lines = wrapped(console, Charset.of("utf-8"), "eins zwei drei vier", 20, "漢字漢字 ")
    assert [line.plain for line in lines] == ["漢字漢字 eins zwei", "         drei vier"]


def test_signs_that_an_encoding_cannot_show_are_spelt() -> None:
    charset = Charset.of("ascii")
    assert charset.text("Ärger über „Maß“ – é ✓") == 'Aerger ueber "Mass" - e ?'
    assert Charset.of(None).full == "#"
    assert Charset.of("no-such-encoding").text("ä") == "ae"
