"""Makes the pictures in README.md: a card, a result, a team's report, in German and in English.

They come from the program's own pages. The answers behind the result are made up; they lie in
``sample.json``. The report is that of ``checklist demo``. ``make pictures`` writes the pictures,
``--check`` says whether one is out of date.
"""

import io
import re
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from html import unescape
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from checklist.answers import read_answers
from checklist.bank import Bank
from checklist.demo import chain
from checklist.i18n import LANGUAGES, Texts
from checklist.interview import Interview
from checklist.journal import Result
from checklist.questionnaire import Wording
from checklist.render import document
from checklist.render.blocks import Heading, Paragraph
from checklist.render.plain import Charset
from checklist.render.round_document import round_blocks
from checklist.render.terminal import TerminalRenderer
from checklist.report import for_team, own_report
from checklist.terminal import card
from checklist.terminal.card import Hand
from checklist.terminal.page import Page

DOCS = Path(__file__).parent
QUESTIONNAIRE = "anti-churn"
SHOWN = 3
"""The place of the item on the card, from 0."""
FINISHED = datetime(2026, 3, 2, 12)
CAPTIONS = {
    "card": {"de": "checklist run anti-churn", "en": "checklist run anti-churn"},
    "result": {
        "de": "Beispiel mit erfundenen Antworten",
        "en": "an example with made-up answers",
    },
    "demo": {
        "de": "checklist demo --team Innendienst",
        "en": 'checklist demo --team "Sales office"',
    },
}
TEAM = {"de": "Innendienst", "en": "Sales office"}

PAPER, INK = (246, 243, 236), (28, 32, 38)
ACCENT = (10, 105, 125)
THEME = TerminalTheme(PAPER, INK, [INK] * 6 + [ACCENT, INK])
"""The ANSI colours; the program uses no other than its accent, cyan."""

FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">
<style>
.{unique_id}-page {{
  font: {char_height}px Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}}
.{unique_id}-caption {{ font: 15px "Segoe UI", Helvetica, Arial, sans-serif; fill: #6b6f75; }}
{styles}
</style>
<rect width="100%" height="100%" rx="12" fill="#f6f3ec"/>
<text class="{unique_id}-caption" x="20" y="30">CAPTION</text>
<g class="{unique_id}-page" transform="translate(20, 36)">
{backgrounds}{matrix}
</g>
</svg>
"""
"""What rich fills in; it loads nothing, and its fonts are those that systems come with."""

BLOCKS = re.compile(
    r'<text class="([^"]+)" x="([^"]+)" y="([^"]+)" textLength="([^"]+)">(█+|░+)</text>'
)


def picture_of_card(language: str) -> str:
    """Show one item the way it is asked, the arrows on one of its options."""
    texts, questionnaire = Texts(language), Bank().load(QUESTIONNAIRE)
    console = _console(80)
    page = Page(console, Charset.of("utf-8"))
    interview = Interview(questionnaire)
    for _ in range(SHOWN):
        interview = interview.answer(4)
    card.item_card(page, interview, Wording.of(questionnaire, language), texts, Hand(marked=SHOWN))
    for line in (Text(), *page.lines(texts)):
        console.print(line, soft_wrap=True)
    return _svg(console, "card", language)


def picture_of_result(language: str) -> str:
    """Show the result of the made-up answers."""
    texts, questionnaire = Texts(language), Bank().load(QUESTIONNAIRE)
    console = _console(86)
    response = read_answers(DOCS / "sample.json", questionnaire)
    result = Result(1, questionnaire, "self", FINISHED, response)
    report = own_report(result, [], [], texts)
    blocks = document.result(report, texts, explain=False, history=False)
    TerminalRenderer(console).print(blocks)
    return _svg(console, "result", language)


def picture_of_demo(language: str) -> str:
    """Show how the made-up report on a team begins: up to the end of its profile."""
    texts, made_up, console = Texts(language), chain(language), _console(86)
    report = for_team(made_up.report(texts), made_up.full_name(TEAM[language]))
    title, *rest = round_blocks(report, made_up.autumn, texts)
    _, _, after_profile, *_ = (at for at, block in enumerate(rest) if isinstance(block, Heading))
    TerminalRenderer(console).print([title, Paragraph(texts("demo.note")), *rest[:after_profile]])
    return _svg(console, "demo", language)


def _console(width: int) -> Console:
    return Console(
        record=True,
        file=io.StringIO(),
        width=width,
        height=24,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _svg(console: Console, name: str, language: str) -> str:
    console.print()
    frame = FRAME.replace("CAPTION", CAPTIONS[name][language])
    drawn = console.export_svg(
        theme=THEME, code_format=frame, font_aspect_ratio=0.6, unique_id=name
    )
    # Without the ends of lines, which rich draws, too, and without its cutting of each line.
    drawn = re.sub(r"<text[^>]*>\s*</text>", "", re.sub(r' clip-path="[^"]*"', "", drawn))
    return BLOCKS.sub(_bar, drawn).replace("><text", ">\n<text")


def _bar(blocks: re.Match[str]) -> str:
    """Draw a run of blocks as one shape; in some fonts there are gaps between them."""
    style, x, y, width, signs = blocks.groups()
    opacity = 1 if signs[0] == "█" else 0.3
    place = f'x="{x}" y="{float(y) - 16:g}" width="{width}" height="20"'
    return f'<rect class="{style}" {place} fill-opacity="{opacity}"/>'


PICTURES: dict[str, Callable[[], str]] = {
    f"{name}.{language}.svg": partial(draw, language)
    for name, draw in (
        ("card", picture_of_card),
        ("result", picture_of_result),
        ("demo", picture_of_demo),
    )
    for language in LANGUAGES
}


def words(svg: str) -> str:
    """Give the text of a picture, which does not change with the version of rich."""
    return unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))


def main(arguments: list[str]) -> int:
    """Write the pictures, or with ``--check`` name those that are out of date."""
    checking = arguments == ["--check"]
    stale = []
    for name, draw in PICTURES.items():
        path, drawn = DOCS / name, draw()
        if checking:
            if not path.is_file() or words(path.read_text("utf-8")) != words(drawn):
                stale.append(name)
        else:
            path.write_text(drawn, "utf-8")
    if stale:
        print(f"out of date: {', '.join(stale)}; run: make pictures", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
