"""Reports as blocks, to be looked at as pages: rounds of any number of teams, and own results."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.interview import Answer, Response
from checklist.journal import Result
from checklist.questionnaire import Perspective, Questionnaire
from checklist.render.blocks import (
    Bar,
    Block,
    Bullets,
    Difference,
    Differences,
    Heading,
    Legend,
    NumberedStep,
    Paragraph,
    Profile,
    Stack,
    StackRow,
    Stacks,
    StackWords,
    Steps,
    Subheading,
    Table,
    Title,
    Trail,
    Trails,
)
from checklist.render.document import result as own_blocks
from checklist.render.round_document import round_blocks
from checklist.report import for_team, own_report, round_report
from checklist.report.changes import Before
from checklist.rounds import Comment, Round, Team, Terms
from checklist.scoring import Codes
from tests.answers_of import views

LONG = "Kundenbeziehungsmanagementabteilung Nordrhein-Westfalen Süd"
NAMES = (
    LONG, "Vertrieb Nord", "Service", "Beschwerdemanagement", "Filiale Mitte", "Außendienst",
    "Innendienst", "Vertrieb Süd", "Technik", "Rechnungswesen", "Empfang", "Onlineberatung",
)  # fmt: skip
SIZES = (12, 9, 3, 14, 10, 8, 11, 2, 13, 9, 10, 16)
WRITTEN = (
    "Mehr Zeit am Telefon würde helfen.",
    "Die Rückmeldungen der Kunden kommen bei uns nicht an.",
    "Haftpflichtversicherungsbedingungswerksänderungen müssten wir früher kennen.",
)


def questionnaire() -> Questionnaire:
    return Bank(None).load("anti-churn")


def a_round(teams: Sequence[Team], *, comments: bool = True) -> Round:
    terms = Terms(
        keeper="Kim Beispiel, Betriebsrat, Telefon 0123 4567",
        recipient="Die Leitung des Kundendienstes",
        purpose="Schulungsbedarf erkennen",
        no_sanctions=True,
    )
    return Round(
        "rofi-talu", "Herbst 2026", questionnaire(), tuple(teams), terms, date(2026, 11, 1),
        "series", comments=comments, closed_on=date(2026, 11, 20),
    )  # fmt: skip


def answers(chance: random.Random, people: int, items: int) -> Codes:
    middle = [chance.uniform(2.2, 4.4) for _ in range(items)]
    rows = [
        [
            0 if chance.random() < 0.04 else max(1, min(5, round(chance.gauss(mean, 0.9))))
            for mean in middle
        ]
        for _ in range(people)
    ]
    return np.array(rows, dtype=np.int8).reshape(people, items)


def round_page(
    teams: int,
    texts: Texts,
    *,
    comments: bool = True,
    only: str | None = None,
    outside: bool = False,
) -> list[Block]:
    """Give the report on a round of some teams, one of which has a name of sixty signs.

    With ``outside`` others see the teams, too, and a round before it is compared with.
    """
    chance = random.Random(20261)
    sizes = dict(zip(NAMES[:teams], SIZES, strict=False))
    round_ = a_round([Team(name, size + 2) for name, size in sizes.items()], comments=comments)
    items = round_.questionnaire.items

    def drawn(people: int | None = None) -> dict[str, Codes]:
        return {name: answers(chance, people or size, len(items)) for name, size in sizes.items()}

    given: dict[Perspective, dict[str, Codes]] = {"self": drawn()}
    before = None
    if outside:
        given |= {"observer": drawn(11), "lead": drawn(1)}
        earlier = replace(round_, code="rofi-eins", closed_on=date(2026, 5, 20))
        before = Before(earlier, round_report(earlier, views({"self": drawn()}), (), texts))
        round_ = replace(round_, follows=earlier.code)
    said = [
        *(Comment("item", items[place].id, text) for place, text in enumerate(WRITTEN)),
        *(Comment("reflection", round_.questionnaire.reflections[0].id, text) for text in WRITTEN),
    ]
    report = round_report(round_, views(given), said if comments else (), texts, before)
    return round_blocks(report if only is None else for_team(report, only), round_, texts)


def hidden_page(texts: Texts) -> list[Block]:
    """Give the report on a round of which nothing can be shown."""
    round_ = a_round([Team("Vertrieb Nord", 6), Team("Service")])
    width = len(round_.questionnaire.items)
    given = {name: answers(random.Random(1), 2, width) for name in ("Vertrieb Nord", "Service")}
    return round_blocks(round_report(round_, views({"self": given}), (), texts), round_, texts)


def own_page(texts: Texts, times: int = 4) -> list[Block]:
    """Give a person's result with its history and its arithmetic."""
    asked = questionnaire()
    chance = random.Random(7)
    results = []
    for place in range(times):
        drawn: dict[str, Answer] = {item.id: chance.randint(1, 5) for item in asked.items}
        noted = {asked.items[0].id: WRITTEN[0]}
        said = Response(drawn, comments=noted)
        when = datetime(2026, 1, 5, 12, tzinfo=UTC) + timedelta(weeks=6 * place)
        results.append(Result(place, asked, "self", when, said))
    *earlier, last = results
    report = own_report(last, earlier[::-1], (), texts)
    return own_blocks(report, texts, explain=True, history=True)


def crowded_page(size: int, most: int) -> list[Block]:
    """Give a page with long scales and large counts, and with a table of many columns."""
    words = StackWords("Frage", "Gruppe", "offen", "kam nicht vor")
    row = StackRow("Alle zusammen", (most,) * (size - 1) + (1,), most, 0, "")
    days = tuple(f"{month:02}.11.26" for month in range(1, 13))
    return [
        Title("Viel", ""),
        Heading("Fragen"),
        Legend("Wie oft?", tuple(f"Stufe {place}" for place in range(size))),
        Stacks(size, words, (Stack("Ich frage nach.", (row, replace(row, group=LONG))),)),
        Table(("", *days), tuple((LONG, *days) for _ in range(2))),
    ]


def every_block(text: str) -> list[Block]:
    """Give a page with each kind of block, a text in every place where one can stand."""
    words = StackWords(text, "", text, text)
    return [
        Title(text, text),
        Heading(text),
        Paragraph(text),
        Paragraph(text, quiet=True),
        Bullets(((text, text), (text, ""))),
        Heading(text),
        Subheading(text),
        Profile(
            (
                Bar(text, 62.0, text, text, text, (48.0, 71.0)),
                Bar(text, None, text, text),
                Bar(text, None, "", text),
            )
        ),
        Legend(text, (text, text, text)),
        Stacks(
            3,
            words,
            (
                Stack(text, (StackRow("", (1, 0, 7), 2, 1, ""),)),
                Stack(
                    text, (StackRow(text, (1, 0, 7), 2, 1, ""), StackRow(text, None, 0, 0, text))
                ),
            ),
        ),
        Heading(text),
        Differences(
            text,
            text,
            (
                Difference(text, 12.0, (-3.0, 27.0), text, text, text, text),
                Difference(text, -4.0, None, text, "", "", text),
                Difference(text, None, None, "", text),
            ),
        ),
        Heading(text),
        Trails(
            (text, text, text),
            text,
            (
                Trail(text, (40.0, None, 55.0), (text, text, text), text),
                Trail(text, (40.0, 45.0, 55.0), (text, text, text), text),
            ),
        ),
        Heading(text),
        Table(("", text, text), ((text, text, text), (text, text, text))),
        Steps((NumberedStep(text, text, text), NumberedStep(text, text, ""))),
    ]


PAGES: dict[str, Callable[[Texts], list[Block]]] = {
    "one-team": lambda texts: round_page(1, texts),
    "three-teams": lambda texts: round_page(3, texts, comments=False),
    "twelve-teams": lambda texts: round_page(12, texts),
    "team": lambda texts: round_page(3, texts, only=LONG, outside=True),
    "outside": lambda texts: round_page(3, texts, outside=True),
    "nothing-shown": hidden_page,
    "own": own_page,
    "own-of-nine": lambda texts: own_page(texts, 9),
    "nine-options": lambda _: crowded_page(9, 4321),
    "a-million": lambda _: crowded_page(5, 987_654),
    "every-block": lambda texts: every_block("Rindfleischetikettierungsgesetz"),
}
"""By name, the pages that are looked at from all sides."""
