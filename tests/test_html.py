"""Reports as pages: nothing runs, nothing comes from elsewhere, and all that is drawn is said."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import count, pairwise
from typing import Any

import pytest

from checklist.i18n import LANGUAGES, Texts
from checklist.render import html
from checklist.render.blocks import (
    Bar,
    Block,
    Difference,
    Differences,
    Heading,
    Paragraph,
    Profile,
    Stack,
    StackRow,
    Stacks,
    StackWords,
    Title,
    Trail,
    Trails,
)
from tests import page_samples
from tests.page_reading import Read
from tests.page_samples import PAGES

DE, EN = Texts("de"), Texts("en")
TITLE = Title("Titel", "darunter")


def page(*blocks: Block, texts: Texts = DE) -> str:
    return html.render([TITLE, *blocks], texts)


def numbered(part: Any, names: Iterator[str]) -> Any:
    """Put another text into each place of a block that holds one."""
    if isinstance(part, str):
        return next(names) if part else ""
    if isinstance(part, tuple | list):
        return type(part)(numbered(each, names) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part, **{f.name: numbered(getattr(part, f.name), names) for f in fields(part)}
        )
    return part


# -- how it is built


@pytest.mark.parametrize("texts", [DE, EN], ids=LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_and_nothing_comes_from_elsewhere(name: str, texts: Texts) -> None:
    made = html.render(PAGES[name](texts), texts)
    read = Read(made)
    assert not re.search(r"(?i)<script|<link|<img|<iframe|<object|<base|@import|url\(|://", made)
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on")]
    assert {link["href"] for link in read.all("a")} <= {
        f"#{section['id']}" for section in read.all("section")
    }
    rules = next(each["content"] for each in read.all("meta") if "http-equiv" in each)
    assert rules is not None
    assert rules.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert html.render(PAGES[name](texts), texts) == made, "the same blocks, the same page"


@pytest.mark.parametrize("name", PAGES)
def test_headings_and_landmarks_are_in_order(name: str) -> None:
    read = Read(html.render(PAGES[name](EN), EN))
    assert read.all("html") == [{"lang": "en"}]
    assert len(read.all("main")) == len(read.all("header")) == 1
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    names = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(names) == len(set(names))


def test_only_a_long_report_has_a_table_of_contents() -> None:
    few = [Heading(f"Teil {number}") for number in range(4)]
    assert not Read(page(*few)).all("nav")
    read = Read(page(*few, Heading("Teil 4")))
    assert [link["href"] for link in read.all("a")] == ["#s1", "#s2", "#s3", "#s4", "#s5"]
    assert read.said.count("Teil 4") == 2


def test_a_page_begins_with_its_title() -> None:
    with pytest.raises(ValueError, match="title"):
        html.render([Heading("Teil")], DE)


def test_what_stands_before_the_first_heading_is_there() -> None:
    assert "Vorweg." in Read(page(Paragraph("Vorweg."), Heading("Teil"))).said


def test_two_hundred_teams_are_less_than_two_megabytes() -> None:
    """With every team in each picture that a report has a team in."""
    bar = Bar(page_samples.LONG, 62.34, "62", "", "48 bis 71", (48.27, 71.93))
    row = Difference(
        page_samples.LONG, 12.3, (-3.4, 27.8), "+12", "nicht vom Zufall zu unterscheiden",
        "−3 bis +28", "selbst 60, von außen 48",
    )  # fmt: skip
    topics = range(6)
    made = page(
        *(block for _ in topics for block in (Heading("Thema"), Profile((bar,) * 201))),
        *(Differences("niedriger", "höher", (row,) * 400) for _ in topics),
    )
    assert 1_000_000 < len(made.encode()) < 2_000_000


# -- what people typed is text


@pytest.mark.parametrize(
    "sly",
    [
        "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&lt;",
        "{{ 7 * 7 }}{% raw %}{# so #}${7}",
        "]]><!-- --><![CDATA[ <b>&amp;",
    ],
)
def test_whatever_was_typed_stays_text_in_every_place(sly: str) -> None:
    numbers = count(100)
    blocks = numbered(page_samples.every_block("x"), (f"{sly}{next(numbers)}" for _ in count()))
    made = html.render(blocks, DE)
    read = Read(made)
    used = next(numbers) - 100
    assert used > 60
    missing = [number for number in range(100, 100 + used) if f"{sly}{number}" not in read.said]
    assert missing == []
    plain = Read(html.render(page_samples.every_block("x"), DE))
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in plain.tags]
    assert made.count("</style>") == 1


def test_the_foot_of_a_printed_page_is_only_a_text() -> None:
    sly = 'a"; } body { display: none } \\ </style>'
    made = html.render([Title(f"{sly}\u202e", ""), Heading("Teil")], DE)
    (foot,) = re.findall(r'@bottom-left \{ content: "([^"]*)"', made)
    assert "".join(chr(int(code, 16)) for code in re.findall(r"\\([0-9a-f]{6})", foot)) == f"{sly}�"


def test_no_sign_turns_the_text_around_it() -> None:
    blocks = page_samples.every_block("a\u202eb\x1b[31m\x00\u2066c")
    made = html.render(blocks, DE)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", made
    )
    assert "a�b�[31m��c" in Read(made).said


# -- what is drawn


def test_a_bar_is_as_long_as_its_score_and_has_its_interval() -> None:
    bars = (
        Bar("Zuhören", 62.5, "63", "meist", "48 bis 71", (48.25, 71.0)),
        Bar("Fragen", 0.0, "0", "", ""),
        Bar("Danken", None, "", "zu wenige Antworten"),
        Bar("Warten", None, "–", "zu wenige von Ihnen"),
    )
    made = page(Heading("Profil"), Profile(bars))
    read = Read(made)
    assert re.findall(r"<i style=\"width:([\d.]+)%\"", made) == ["62.5", "0"]
    assert re.findall(r"<u style=\"left:([\d.]+)%;width:([\d.]+)%\"", made) == [("48.2", "22.8")]
    assert made.count('class="bar"') == 3, "none where there is no figure"
    assert "Zuhören Wert 63 , Spielraum 48 bis 71 meist" in read.said
    assert "Danken zu wenige Antworten" in read.said
    assert "Warten Wert – zu wenige von Ihnen" in read.said


def test_without_intervals_nobody_reads_of_them() -> None:
    made = page(Heading("Profil"), Profile((Bar("Zuhören", 62.5, "63", "meist"),)))
    assert "Spielraum" not in made
    assert "Wert" in made


def test_stacks_share_their_width_by_counts() -> None:
    words = StackWords("Frage", "Gruppe", "offen", "kam nicht vor")
    rows = (StackRow("Nord", (0, 3, 1), 2, 5, ""), StackRow("Alle", None, 0, 0, "zu wenige"))
    alone = (StackRow("", (4, 0, 0), 0, 0, ""),)
    made = page(
        Heading("Fragen"), Stacks(3, words, (Stack("Ich frage.", rows), Stack("Oft.", alone)))
    )
    read = Read(made)
    drawn = re.findall(r'<i class="t(\d)" style="flex:(\d+)">', made)
    assert drawn == [("2", "3"), ("3", "1"), ("1", "4")], "no part for what nobody chose"
    assert "Ich frage. Nord 0 3 1 2 5 Alle zu wenige Oft. 4 0 0 0 0" in read.said
    assert "Frage 1 2 3 offen kam nicht vor" in read.said
    scopes = [each["scope"] for each in read.all("th")]
    assert scopes == ["col"] * 6 + ["rowgroup", "row", "row", "row"]


def test_each_number_of_options_has_its_tints() -> None:
    words = StackWords("Frage", "Gruppe", "offen", "kam nicht vor")
    made = page(*(Stacks(size, words, ()) for size in range(2, 10)))
    for size in range(2, 10):
        light = re.findall(rf"\.k{size} \.t\d{{background:#([0-9a-f]{{6}})}}", made)
        assert len(light) == 2 * size, "light and dark"
        shades = [sum(bytes.fromhex(each)) for each in light[:size]]
        assert shades == sorted(shades, reverse=True), "each darker than the one before, in grey"


def test_differences_lie_left_and_right_of_zero_on_one_axis() -> None:
    rows = (
        Difference("Zuhören", 12.0, (-3.0, 27.0), "+12", "unklar", "−3 bis +27", "60 und 48"),
        Difference("Fragen", -15.0, None, "−15", "", "", "40 und 55"),
        Difference("Danken", None, None, "", "zu wenige Antworten"),
    )
    other = (Difference("Warten", 40.0, None, "+40", ""),)
    made = page(
        Heading("Sicht"), Differences("außen", "selbst", rows), Differences("l", "r", other)
    )
    read = Read(made)
    assert re.findall(r"<i style=\"left:([\d.]+)%\"", made) == ["65", "31.2", "100"]
    assert re.findall(r"<u style=\"left:([\d.]+)%;width:([\d.]+)%\"", made) == [("46.2", "37.5")]
    assert "außen selbst" in read.said
    assert "Zuhören Unterschied +12 , Spielraum −3 bis +27 60 und 48 · unklar" in read.said
    assert "Danken zu wenige Antworten" in read.said
    assert made.count("<i>−40</i><i>0</i><i>+40</i>") == 2


def test_a_history_has_a_gap_where_a_score_is_missing() -> None:
    row = Trail("Zuhören", (0.0, None, 50.0, 100.0), ("0", "–", "50", "100"), "+50")
    made = page(Heading("Verlauf"), Trails(("1.", "2.", "3.", "4."), "Diff.", (row,)))
    read = Read(made)
    (line,) = re.findall(r'<path d="([^"]*)"/>', made)
    assert line == "M4 32M78.7 18L116 4"
    assert len(read.all("circle")) == 3
    assert "1. 2. 3. 4. Diff. Zuhören 0 – 50 100 +50" in read.said


def test_all_that_is_drawn_is_silent_and_all_that_is_said_is_text() -> None:
    """Who hears the page hears each figure once, and the heads of columns only as such."""
    said = Read(html.render(page_samples.round_page(3, DE), DE)).said
    bar = re.search(r"Gezielt fragen Wert (\d+) , Spielraum (\d+ bis \d+)", said)
    assert bar is not None
    assert "0 50 100" not in said
