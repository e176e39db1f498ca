"""Every format of a report on a round is searched for numbers that no figure explains."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from checklist.attack import stray_numbers, strays_in_page, strays_in_table, strays_on_screen
from checklist.cli.publishing import as_text
from checklist.i18n import LANGUAGES, Texts
from checklist.render import as_csv, html, markdown
from checklist.render.round_document import round_blocks
from checklist.report.model import Report
from checklist.rounds import Round
from tests.chains_at_random import chain_reports, random_chain
from tests.small_rounds import as_json

Read = Callable[[str], list[str]]


class Shown:
    """A report in one language, in all formats."""

    def __init__(self, report: Report, round_: Round, before: Round | None) -> None:
        texts = Texts(report.lang)
        blocks = round_blocks(report, round_, texts, before)
        figures = as_json(report)
        self.texts = {
            "markdown": markdown.render(blocks),
            "page": html.render(blocks, texts),
            "screen": as_text(blocks),
            "table": as_csv.render(report),
        }
        self.read: dict[str, Read] = {
            "markdown": lambda text: stray_numbers(text, figures, round_, before=before),
            "page": lambda text: strays_in_page(text, figures, round_, before),
            "screen": lambda text: strays_on_screen(text, figures, round_, before),
            "table": lambda text: strays_in_table(text, figures, round_),
        }


FORMATS = ("markdown", "page", "screen", "table")


@pytest.mark.parametrize("batch", range(3))
def test_no_format_says_a_number_of_its_own(batch: int) -> None:
    rng = Random(f"formats {batch}")
    for number in range(25):
        chain = random_chain(rng)
        language = rng.choice(LANGUAGES)
        rounds = {drawn.round_.code: drawn.round_ for drawn in chain}
        place = rng.randrange(3)
        round_ = chain[place].round_
        report = rng.choice(chain_reports(chain, language)[place])
        shown = Shown(report, round_, rounds.get(round_.follows or ""))
        for name, text in shown.texts.items():
            assert shown.read[name](text) == [], (number, name)


@pytest.fixture(scope="module", params=LANGUAGES)
def shown(request: pytest.FixtureRequest) -> Shown:
    """A round with a paired change, gaps and a lead's view; its names are full of numbers."""
    rng = Random("shown")
    while True:
        chain = random_chain(rng)
        before, after = (
            replace(drawn.round_, code=f"R-{place}7", title=f"Runde 6{place} bis 88")
            for place, drawn in enumerate(chain[:2])
        )
        chain = [
            replace(chain[0], round_=before),
            replace(chain[1], round_=replace(after, follows=before.code)),
        ]
        report: Report = chain_reports(chain, request.param)[1][0]
        kinds = {change.kind for change in report.changes if change.difference is not None}
        views = {gap.by for gap in report.gaps if gap.gap is not None}
        sizes = {item.scale.size for item in after.questionnaire.items}
        if (kinds, views) == ({"paired", "independent"}, {"observer", "lead"}) and max(sizes) > 5:
            return Shown(report, chain[1].round_, before)


@pytest.mark.parametrize("name", FORMATS)
def test_names_dates_axes_and_numbers_of_options_are_known(name: str, shown: Shown) -> None:
    assert shown.read[name](shown.texts[name]) == []
    if name in ("page", "screen"):
        assert "+100" in shown.texts[name] or "+50" in shown.texts[name]


def _figure(shown: Shown) -> str:
    """Give how one number of the table's is written there, and nowhere else."""
    values = [line.split(";" if ";" in line else ",")[-1] for line in shown.texts["table"].split()]
    return next(value for value in values if len(value) > 9 and values.count(value) == 1)


@pytest.mark.parametrize(
    ("name", "before", "after", "stray"),
    [
        ("markdown", "\n\n", "\n\n7654321 Leute\n\n", "7654321"),
        ("page", "</h1>", "</h1><p>Es waren 7654321.</p>", "7654321"),
        ("page", "</td>", " 777</td>", "777"),
        ("page", "<li>", "<li>6,789 ", "6,789"),
        ("screen", "\n\n", "\n\n  −777   0   777\n\n", "777"),
        ("screen", "\n\n", "\n\n██ 9 Leute  777 Leute\n\n", "777"),
    ],
)
def test_a_number_that_no_figure_explains_is_found(
    name: str, before: str, after: str, stray: str, shown: Shown
) -> None:
    text = shown.texts[name]
    assert before in text
    found = shown.read[name](text.replace(before, after, 1))
    assert any(stray in number for number in found), found


def test_what_only_draws_is_not_read(shown: Shown) -> None:
    drawn = '</h1><p style="width:77.7%"><span class="axis"><i>777</i></span></p>'
    page = shown.texts["page"].replace("</h1>", drawn, 1)
    assert shown.read["page"](page) == []


@pytest.mark.parametrize("given", ["+0.001", "x777", "777"])
def test_a_table_holds_figures_unrounded_and_nothing_else(given: str, shown: Shown) -> None:
    figure = _figure(shown)
    point = "," if "," in figure else "."
    other = str(float(figure.replace(",", ".")) + 0.001).replace(".", point)
    written = other if given == "+0.001" else given
    assert shown.read["table"](shown.texts["table"].replace(figure, written)) == [written]


@pytest.mark.parametrize(
    ("column", "value"),
    [("team", "Team 777"), ("id", "dim-777"), ("figure", "count_77"), ("figure", "item_rest:777")],
)
def test_a_table_names_only_what_the_round_has(column: str, value: str, shown: Shown) -> None:
    text = shown.texts["table"]
    head = text.splitlines()[0].removeprefix("\ufeff")
    mark = ";" if ";" in head else ","
    row: dict[str, Any] = dict.fromkeys(head.split(mark), "")
    line = mark.join({**row, column: value}.values())
    assert shown.read["table"](f"{text}{line}\r\n") == [value]
