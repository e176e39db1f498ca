"""Whatever people typed is text: in the terminal, in Markdown and in tables, wherever it stands.

Each format is made twice, from texts that try everything and from harmless ones; what is typed may
change the words, but never the structure.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len
from rich.console import Console

from checklist.i18n import Texts
from checklist.interview import Response
from checklist.journal import Commitment, Result, State
from checklist.questionnaire import (
    Dimension,
    Item,
    Perspective,
    Questionnaire,
    Reflection,
    Scale,
    Suggestion,
)
from checklist.render import as_csv, document, markdown
from checklist.render.blocks import Block, Heading, Subheading, Title
from checklist.render.plain import one_line
from checklist.render.round_document import round_blocks
from checklist.render.spreadsheet import SPREADSHEETS, guarded
from checklist.render.terminal import TerminalRenderer
from checklist.report import Report, own_report
from checklist.report.changes import Before
from checklist.report.group import round_report
from checklist.report.one_team import for_team
from checklist.rounds import Comment, Round, Team, Terms
from checklist.scoring import Codes

TEXTS = Texts("de")
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
HARMLESS = "Quitte"
WIDTH = 40
OPENING = {
    "heading": "# Überschrift ## noch eine #",
    "underline": "=== --- ___ ***",
    "code": "\t    Code",
    "point": "- Punkt",
    "plus": "+ Punkt",
    "number": "1. Punkt",
    "bracket": "  12) Punkt",
    "quotation": "> Zitat",
    "fence": "```c",
    "definition": "[a]: https://x.example",
    "formula": '=cmd|"/c calc"!A0',
}
"""What says something to Markdown or a spreadsheet where a line or a cell begins."""
HOSTILE = {
    "escape codes": "\x1b[31mrot\x1b[0m \x1b]8;;https://x.example\x07Ziel\x1b]8;;\x07 \x9b2J",
    "rewritten lines": "gut\rschlecht\x08\x08\x7f\x1b[1A\x1b[2K a\u2028b\u2029c\x85d\x0be\x0cf",
    "rich markup": "[bold red]x[/] [link=https://x.example]y[/link] [/] \\[dim] :smile: [@click=z]",
    "links": "[hier](https://x.example 'T') <https://x.example> https://x.example www.x.example",
    "references": "![Bild](https://x.example/p.png) [a] [a][] ![b][a] [^1] [x]",
    "html": "<script>alert(1)</script> <img src=x onerror=y> <!-- &lt;b&gt; --> </p></td> &#x41;",
    "lines": "a\n\n# Überschrift\n\n- Punkt\n\n    Code\n\n> Zitat\n\n---\n\n<b>",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ ***f*** ==g== $h$ ** `` [ ( ~ _ * < & \\",
    "code": "`a` ``b`` ```c``` ~~~ d \\",
    "table": "a | b || --- | :-: | \\| c; =1+1",
    "direction": "\u202egedreht\u202c \u2066x\u2069 \u200fy \u061c",
    "emoji": "👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️ é ｗｉｄｅ 漢字 Z͑ͫ̓a̴l̸g̶o",
    "long word": "Kundenrückgewinnungsgespräch" * 9,
    "long wide word": "漢" * 120,
    "placeholders": "{team} {0} {keeper!r} %s $x ${y}",
    "blanks": "   viel\u00a0 Luft   ",
}
ALL = OPENING | HOSTILE


def questionnaire(typed: str) -> Questionnaire:
    """Give a questionnaire of which every text is the typed one, and a number."""
    numbers = count(1)

    def said() -> dict[str, str]:
        return {"de": f"{typed} {next(numbers)}"}

    scale = Scale("cases", said(), {"de": tuple(f"{typed} {next(numbers)}" for _ in range(4))})
    scale = replace(scale, observer=said())
    dimensions = []
    for name in "ab":
        items = tuple(
            Item(f"{name}{place}", said(), scale, said(), reverse=place == 2) for place in range(3)
        )
        steps = tuple(
            Suggestion(audience, said(), said()) for audience in ("self", "team", "trainer")
        )
        dimensions.append(Dimension(name, said(), items, said(), steps))
    return Questionnaire(
        id="probe",
        version="1.0.0",
        title=said(),
        languages=("de",),
        dimensions=tuple(dimensions),
        purpose=said(),
        reflections=(Reflection("wish", said()), Reflection("wall", said())),
        scales={"cases": scale},
    )


def round_of(typed: str) -> Round:
    """Give a round in which everything that a keeper can type is the typed text."""
    return Round(
        code="MK7-QT2",
        title=f"{typed} Titel",
        questionnaire=questionnaire(typed),
        teams=tuple(Team(f"{typed} Team {letter}", 14) for letter in "AB"),
        terms=Terms(
            keeper=f"{typed} Wache",
            recipient=f"{typed} Empfang",
            purpose=f"{typed} Zweck",
            legal_basis=f"{typed} Grund",
            works_council=f"{typed} Rat",
            no_sanctions=True,
        ),
        opened_on=date(2026, 9, 1),
        series="s",
        comments=True,
        follows="MK7-QT1",
        closed_on=date(2026, 10, 3),
    )


def answers(_: Team, perspective: Perspective) -> Codes:
    """Answers of twelve, or of one who leads: the same for all teams, so that all is shown."""
    rng = np.random.default_rng(("self", "observer", "lead").index(perspective))
    return rng.integers(1, 5, (1 if perspective == "lead" else 12, 6)).astype(np.int8)


@cache
def round_reports(typed: str) -> tuple[Round, list[Report]]:
    """Give the whole report and that of one team, with changes, outside views and comments."""
    round_ = round_of(typed)
    comments = [
        Comment("item", "a0", f"{typed} gemeint"),
        Comment("reflection", "wish", f"{typed} gewünscht"),
    ]
    earlier = replace(round_, code="MK7-QT1", follows=None)
    before = Before(earlier, round_report(earlier, answers, (), TEXTS))
    whole = round_report(round_, answers, comments, TEXTS, before)
    return round_, [whole, for_team(whole, round_.teams[0].name)]


def own_blocks(typed: str) -> list[Block]:
    """Give a person's result with its arithmetic, history, remarks and a commitment."""
    asked = questionnaire(typed)
    said = Response(
        {item.id: 1 + place % 4 for place, item in enumerate(asked.items)},
        {"a0": f"{typed} gemeint", "b1": f"{typed} bemerkt"},
        {"wish": f"{typed} gewünscht"},
    )
    results = [
        Result(number, asked, "self", datetime(2026, number, 1, tzinfo=UTC), said)
        for number in (3, 2, 1)
    ]
    taken = Commitment(
        id=1,
        result_id=2,
        questionnaire_id=asked.id,
        item="a0",
        title=f"{typed} Vorsatz",
        step=f"{typed} Schritt",
        state=State.OPEN,
        taken_at=datetime(2026, 2, 1, tzinfo=UTC),
        asked_at=None,
    )
    report = own_report(results[0], results[1:], (taken,), TEXTS)
    return document.result(report, TEXTS, explain=True, history=True)


@cache
def documents(typed: str) -> dict[str, list[Block]]:
    """Give all that is read, made from a typed text."""
    round_, reports = round_reports(typed)
    whole, team = (round_blocks(report, round_, TEXTS) for report in reports)
    return {"whole": whole, "team": team, "own": own_blocks(typed)}


def terminal(blocks: list[Block], width: int, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="")
    TerminalRenderer(Console(file=file, width=width, color_system=None)).print(blocks)
    file.flush()
    return raw.getvalue().decode(encoding)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", one_line(text))


def flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or [])


def parsed(text: str) -> list[Token]:
    return list(flat(MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text)))


def structure(text: str) -> list[str]:
    """Give what a Markdown text is made of, leaving the words out."""
    kinds: list[str] = []
    for token in parsed(text):
        if token.type != "text":
            kinds.append(f"{token.type} {token.tag} {token.attrs}")
        elif token.content and kinds[-1:] != ["text"]:
            kinds.append("text")
    return kinds


def words(text: str) -> str:
    return "".join(t.content for t in parsed(text) if t.type in {"text", "code_inline"})


@pytest.mark.parametrize("what", HOSTILE)
def test_a_terminal_obeys_nothing_and_shows_all(what: str) -> None:
    for name, blocks in documents(HOSTILE[what]).items():
        said = terminal(blocks, WIDTH)
        assert not OBEYED.search(said)
        assert all(cell_len(line) <= WIDTH for line in said.splitlines())
        found = squeezed(said).count(squeezed(HOSTILE[what]))
        assert found == terminal(documents(HARMLESS)[name], 200).count(HARMLESS), name


@pytest.mark.parametrize("what", ALL)
def test_markdown_is_made_of_the_same_parts_and_shows_all(what: str) -> None:
    for name, blocks in documents(ALL[what]).items():
        text = markdown.render(blocks)
        kinds = structure(text)
        assert kinds == harmless(name)
        assert not [kind for kind in kinds if re.match("link|image|html|code_block|fence", kind)]
        ours = [block for block in blocks if isinstance(block, (Title, Heading, Subheading))]
        assert len([kind for kind in kinds if kind.startswith("heading_open")]) == len(ours)
        found = squeezed(words(text)).count(squeezed(ALL[what]))
        assert found == markdown.render(documents(HARMLESS)[name]).count(HARMLESS)
        assert not re.search(r"(?<!\\)://|www\.", text), "some readers make links of bare addresses"


@cache
def harmless(name: str) -> list[str]:
    return structure(markdown.render(documents(HARMLESS)[name]))


@pytest.mark.parametrize("language", SPREADSHEETS)
@pytest.mark.parametrize("what", ALL)
def test_a_table_has_the_same_cells(what: str, language: str) -> None:
    _, (report, _) = round_reports(ALL[what])
    _, (harmless, _) = round_reports(HARMLESS)
    texts = [
        as_csv.render(each, SPREADSHEETS[language]).replace("\r\n", "\n")
        for each in (report, harmless)
    ]
    ours = {
        guarded(team.name): other.name
        for team, other in zip(round_of(ALL[what]).teams, round_of(HARMLESS).teams, strict=True)
    }
    tables = [
        list(csv.reader(io.StringIO(text), delimiter=SPREADSHEETS[language].delimiter))
        for text in texts
    ]
    assert [[ours.get(row[0], row[0]), *row[1:]] for row in tables[0]] == tables[1]
    assert not OBEYED.search(texts[0])


NASTY = st.text(
    st.one_of(
        st.sampled_from(
            "ab1 \t\n\r.)-+*_`#<>[]()!|\\~&;:/=@$^\"'\x1b\x9b\x00\u202e\u2028\u00a0\ufeff"
        ),
        st.characters(),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=15)
@given(NASTY, st.sampled_from([24, 84]))
def test_nothing_that_anybody_can_type_changes_the_structure(typed: str, width: int) -> None:
    blocks = own_blocks(typed)
    said = terminal(blocks, width)
    assert not OBEYED.search(said)
    assert all(cell_len(line) <= width for line in said.splitlines())
    text = markdown.render(blocks)
    assert structure(text) == harmless("own")
    assert squeezed(typed) in squeezed(words(text))
