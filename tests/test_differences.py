"""Differences and histories as pictures: in their place, whole, and never more than the figures."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from checklist.i18n import Texts
from checklist.render import document, markdown
from checklist.render.blocks import Difference, Differences, Trail, Trails
from checklist.render.differences import STEPS, column, picture, reach
from checklist.render.terminal import TerminalRenderer
from checklist.render.trails import LEVELS, PLAIN_LEVELS
from checklist.render.trails import picture as small_picture
from checklist.report import own_report
from tests.samples import dimension, item, questionnaire, response
from tests.test_render import shown
from tests.test_report import result

WIDTHS = (24, 40, 60, 80, 84, 200)
CHANGES = Differences(
    "gesunken",
    "gestiegen",
    (
        Difference(
            "Bedarf erkennen", 12.3, (3.2, 21.4), "+12", "Deutlich höher.", "3 bis 21", "48 und 60"
        ),
        Difference(
            "Verantwortung übernehmen",
            -6.8,
            (-17.9, 4.4),
            "−7",
            "Zu klein, um sie vom Zufall zu unterscheiden.",
            "−18 bis 4",
            "70 und 63",
        ),
        Difference("Nutzen zeigen", 0.0, None, "0", "", "", "50 und 50"),
        Difference("Beschwerden klären", None, None, "", "zu wenige Antworten"),
    ),
)
HISTORY = Trails(
    ("01.03.25", "02.06.25", "03.09.25", "04.12.25", "05.03.26"),
    "Diff.",
    (
        Trail("Bedarf", (12.0, 37.5, None, 62.0, 75.0), ("12", "38", "–", "62", "75"), "+13"),
        Trail(
            "Verantwortung übernehmen",
            (None, None, 100.0, 0.0, 50.0),
            ("40", "30", "100", "0", "50"),
            "+50",
        ),
    ),
)


def lines(block: Differences | Trails, width: int = 84, encoding: str = "utf-8") -> list[str]:
    return shown([block], width, encoding).splitlines()


def test_differences_lie_on_one_axis_around_zero() -> None:
    said = lines(CHANGES)
    assert said[:2] == [
        "                          ← gesunken          gestiegen →",
        "                          −30            0            +30",
    ]
    assert said[2].endswith("│ ├───●────┤     +12   3 bis 21  48 und 60")
    zero = said[1].index("0", 30)
    assert [line[zero] for line in (said[2], said[4], said[6])] == ["│", "┼", "●"]
    assert said[2].index("●") > zero > said[4].index("●")
    assert said[7] == "Beschwerden klären        zu wenige Antworten"


def test_in_ascii_it_is_the_same_picture() -> None:
    rows = tuple(replace(row, title=f"Thema {row.figure}", words="") for row in CHANGES.rows)
    block = replace(CHANGES, rows=rows)
    signs = str.maketrans("←→│●├┤─┼−", "<>|o[]-+-")
    assert lines(block, encoding="ascii") == [line.translate(signs) for line in lines(block)]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_and_nothing_sticks_out(width: int, encoding: str) -> None:
    for block in (CHANGES, HISTORY):
        said = lines(block, width, encoding)
        assert all(cell_len(line) <= width for line in said)
        flat = " ".join(" ".join(said).split())
        for row in block.rows:
            texts = [row.title]
            if isinstance(row, Difference):
                texts += [row.figure, row.span, row.beside, row.words]
            else:
                texts += [row.figures[-1], row.difference]
            for text in texts:
                assert spelt(text, encoding) in flat, text


def spelt(text: str, encoding: str) -> str:
    return shown([Differences("", "", (Difference(text, None, None, "", ""),))], 200, encoding)[
        :-1
    ].strip()


@pytest.mark.parametrize(
    ("values", "end"),
    [
        ((0.0, -0.4, 0.4), 10),
        ((-4.0, -10.0, 2.0), 10),
        ((-4.0, -10.1, 2.0), 20),
        ((12.0, 1.0, 29.9), 30),
        ((12.0, -31.0, 55.0), 100),
        ((100.0, 100.0, 100.0), 100),
    ],
)
def test_the_axis_reaches_as_far_as_the_widest_interval(
    values: tuple[float, float, float], end: int
) -> None:
    row = Difference("a", values[0], values[1:], "x", "")
    assert reach([Difference("b", 1.0, None, "+1", ""), row]) == end
    said = lines(Differences("weniger", "mehr", (row,)))
    assert said[1].split() == [f"−{end}", "0", f"+{end}"]


scores = st.floats(-100, 100, allow_nan=False)


@settings(deadline=None, max_examples=200)
@given(st.lists(scores, min_size=3, max_size=3).map(sorted), st.integers(5, 20))
def test_a_row_crosses_zero_only_where_its_interval_does(values: list[float], half: int) -> None:
    low, value, high = values
    row = Difference("a", value, (low, high), "x", "")
    end = reach([row])
    assert end in STEPS
    drawn = picture(row, end, half, "│●├┤─┼")
    assert len(drawn) == 2 * half + 1
    signs = [place - half for place, sign in enumerate(drawn) if sign in "●├┤─┼"]
    assert (min(signs) < 0, max(signs) > 0) == (low < 0, high > 0)
    assert drawn.count("●") == 1
    assert abs(drawn.index("●") - half - value / end * half) <= 1
    assert drawn[half] in "│●├┤┼"
    assert all(abs(column(each, end, half)) <= half for each in values)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.text(max_size=60), st.none() | scores, st.text(max_size=90)),
        min_size=1,
        max_size=4,
    ),
    st.text(max_size=50),
    st.sampled_from(WIDTHS),
    st.sampled_from(["utf-8", "ascii"]),
)
def test_any_differences_fit(
    rows: list[tuple[str, float | None, str]], side: str, width: int, encoding: str
) -> None:
    block = Differences(
        side,
        side,
        tuple(
            Difference(title, value, None, "" if value is None else "+10", words, words[:12], title)
            for title, value, words in rows
        ),
    )
    assert all(cell_len(line) <= width for line in lines(block, width, encoding))
    assert markdown.render([block])


def test_without_any_figure_there_is_no_axis() -> None:
    only_words = Differences("weniger", "mehr", (CHANGES.rows[-1],))
    assert lines(only_words) == ["Beschwerden klären  zu wenige Antworten"]
    assert "mehr" not in markdown.render([only_words])


def test_what_the_sides_mean_is_said_above_where_it_is_long() -> None:
    long = Differences(
        "Außenstehende sehen weniger davon", "Außenstehende sehen mehr", CHANGES.rows
    )
    for width in WIDTHS:
        flat = " ".join(" ".join(lines(long, width)).split())
        assert "← Außenstehende sehen weniger davon → Außenstehende sehen mehr" in flat


def test_differences_in_markdown_are_a_table() -> None:
    text = markdown.render([CHANGES])
    rows = text.splitlines()
    assert rows[0].count("|") == rows[2].count("|") == 6
    assert "− gesunken / + gestiegen" in rows[0]
    assert rows[3].endswith("| Zu klein, um sie vom Zufall zu unterscheiden. |")
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert '<td style="text-align:right">+12</td>' in html
    assert html.count("<tr>") == 5


def test_a_column_without_anything_is_left_out_in_markdown() -> None:
    bare = Differences("weniger", "mehr", (Difference("a", 1.0, None, "+1", ""),))
    assert markdown.render([bare]).splitlines()[2] == r"| a | \+1 |"


def test_a_small_picture_has_a_sign_for_each_result() -> None:
    assert small_picture([0, 12.4, 12.5, 99.9, 100, None], LEVELS) == "▁▁▂██ "
    assert small_picture([0, 100], PLAIN_LEVELS) == ".#"


def test_a_history_stands_in_columns() -> None:
    said = lines(HISTORY, 84)
    assert said[0].split() == ["02.06.25", "03.09.25", "04.12.25", "05.03.26", "Diff."]
    assert said[1].split() == ["Bedarf", "▁▄", "▅▇", "38", "–", "62", "75", "+13"]
    assert said[2].endswith("  █▁▅        30       100         0        50    +50")
    assert len({cell_len(line) for line in said}) == 1


def test_the_oldest_go_first_and_the_last_two_stay() -> None:
    narrow = lines(HISTORY, 40)
    assert narrow[0].split() == ["04.12.25", "05.03.26", "Diff."]
    assert narrow[1:3] == ["Bedarf", "  ▁▄ ▅▇        62        75    +13"]
    smallest = lines(HISTORY, 24)
    assert smallest[0].split() == ["05.03.26", "Diff."]
    assert smallest[2].startswith("  ▁▄ ▅▇")
    many = 60
    long = Trails(
        tuple(f"{place:02}.01.26" for place in range(many)),
        "Diff.",
        (Trail("Bedarf", (50.0,) * (many - 1) + (100.0,), ("50",) * many, "+50"),),
    )
    assert lines(long, 40)[0].split() == ["58.01.26", "59.01.26", "Diff."]
    row = lines(long, 60)[1]
    assert row.count("▅") == 23
    assert "▅█  " in row


def test_a_history_in_markdown_holds_all_dates_and_the_picture() -> None:
    html = MarkdownIt("commonmark").enable("table").render(markdown.render([HISTORY]))
    for date in HISTORY.dates:
        assert f">{date}</th>" in html
    assert "<td>▁▄·▅▇</td>" in html
    assert "<td>··█▁▅</td>" in html


def history(
    *values: int | None, before: int = 0, same: bool = False, version: str = "0.9.0"
) -> Trails:
    """Give the history of one who answers all items of a dimension alike; ``None`` is no answer.

    The first ``before`` results are of another version, and of other items unless ``same``.
    """
    asked = questionnaire(dimension("a", item("a1"), item("a2")))
    items = (item("a1"), item("a2")) if same else (item("a1"), item("a9"))
    old = replace(questionnaire(dimension("a", *items)), version=version)
    results = []
    for place, value in enumerate(values):
        of = old if place < before else asked
        said = {} if value is None else {each.id: value for each in of.items}
        results.append(result(response(**said), weeks=place - len(values), of=of))
    newest, *earlier = reversed(results)
    texts = Texts("de")
    made = own_report(newest, earlier, (), texts)
    blocks = document.result(made, texts, explain=False, history=True)
    return next(block for block in blocks if isinstance(block, Trails))


def test_the_picture_of_a_history_shows_what_its_figures_say() -> None:
    block = history(1, None, 3, 5)
    (row,) = block.rows
    assert row.scores == (0.0, None, 50.0, 100.0)
    assert row.figures == ("0", "–", "50", "100")
    assert row.difference == "+50"


def test_the_picture_begins_where_the_items_are_the_same() -> None:
    (row,) = history(1, 2, 3, 5, before=2).rows
    assert row.scores == (None, None, 50.0, 100.0)
    assert row.figures == ("0", "25", "50", "100")
    (row,) = history(1, 2, 3, 5, before=2, same=True).rows
    assert row.scores == (0.0, 25.0, 50.0, 100.0)
    (row,) = history(1, 2, 3, 5, before=2, version="1.0.0").rows
    assert row.scores == (None, None, 50.0, 100.0), "whose author forgot to raise the version"
    (row,) = history(2, 5, before=1).rows
    assert (row.scores, row.difference) == ((None, 100.0), "–")


def test_across_a_gap_only_the_same_version_is_taken_for_the_same_items() -> None:
    (row,) = history(1, None, 3, 5, before=1).rows
    assert row.scores == (None, None, 50.0, 100.0)
    (row,) = history(1, 2, None, before=0).rows
    assert row.scores == (0.0, 25.0, None)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.none() | st.integers(1, 5), min_size=2, max_size=30),
    st.integers(0, 30),
    st.sampled_from(WIDTHS),
    st.sampled_from(["utf-8", "ascii"]),
)
def test_any_history_fits(values: list[int | None], before: int, width: int, encoding: str) -> None:
    block = history(*values, before=before)
    assert all(cell_len(line) <= width for line in lines(block, width, encoding))
    (row,) = block.rows
    assert len(row.scores) == len(row.figures) == len(block.dates) == len(values)


@pytest.mark.parametrize("block", [CHANGES, HISTORY])
def test_colour_adds_nothing_that_has_to_be_seen(block: Differences | Trails) -> None:
    console = Console(
        file=io.StringIO(), width=84, force_terminal=True, color_system="standard", no_color=False
    )
    with console.capture() as capture:
        TerminalRenderer(console).print([block])
    painted = capture.get()
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted).splitlines() == lines(block)
