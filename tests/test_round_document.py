"""What the report on a round says: every section and reason, in both languages, at any width."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from checklist.bank import parse
from checklist.i18n import Texts
from checklist.questionnaire import Dimension, Item, Wording
from checklist.render import markdown
from checklist.render.blocks import Block, Heading, Legend, Profile, Stacks, Table, Title
from checklist.render.plain import Charset
from checklist.render.round_document import round_blocks
from checklist.render.stacked import shares
from checklist.render.terminal import TerminalRenderer
from checklist.report import summary
from checklist.report.group import round_report
from checklist.report.model import (
    DimensionRow,
    Group,
    ItemRow,
    ReliabilityRow,
    Remark,
    Report,
    RoundPart,
    Status,
    Topic,
    TopicSuggestion,
)
from checklist.report.one_team import for_team
from checklist.rounds import Round, Team, Terms
from tests.answers_of import selves
from tests.helpers import TINY

QUESTIONNAIRE = parse(TINY, "tiny.toml", expected_id="tiny")
ITEMS = {item.id: item for item in QUESTIONNAIRE.items}
COUNTS: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "listen-ask": ((0, 2, 5, 4, 2), (0, 1, 4, 3, 1)),
    "listen-cut-in": ((3, 6, 2, 1, 2), (2, 5, 1, 0, 1)),
    "listen-repeat": ((2, 3, 4, 1, 3), (2, 2, 2, 1, 2)),
    "promise-date": ((0, 0, 1, 9, 3), (0, 0, 1, 6, 2)),
    "promise-late": ((8, 4, 1, 0, 0), (5, 3, 0, 0, 0)),
    "complaints-thank": ((0, 0, 14), (0, 0, 9)),
    "complaints-note": ((0, 0, 14), (0, 0, 9)),
}
"""Of each item, everybody's counts and those of a team of nine."""

SENTENCES = {
    "de": ["14 von 16 haben geantwortet.", "Das sagen die Zahlen."],
    "en": ["14 of 16 responded.", "This is what the figures say."],
}
REASONS = {
    "too_few": "zu wenige Antworten",
    "protected": "verborgen, damit sich keine andere Gruppe ausrechnen lässt",
    "no_data": "keine Antworten",
}
ROUND = Round(
    code="MK7-QT2",
    title="Umgang mit Kunden, Herbst",
    questionnaire=QUESTIONNAIRE,
    teams=(Team("Vertrieb", 9), Team("Werkstatt", 4), Team("Anmeldung", 3)),
    terms=Terms(
        "Dana Kern, dana@example.org",
        recipient="Die Geschäftsführung",
        purpose="Themen für den Workshop finden",
        legal_basis="Betriebsvereinbarung 3",
        works_council="hat zugestimmt",
        no_sanctions=True,
    ),
    opened_on=date(2026, 9, 1),
    series="s",
    comments=True,
    closed_on=date(2026, 10, 3),
)


def item_row(
    item: Item,
    language: str,
    counts: Sequence[int] | None,
    status: Status = "published",
    left_open: int = 0,
    did_not_occur: int = 0,
) -> ItemRow:
    wording = Wording.of(QUESTIONNAIRE, language)
    if counts is None:
        left, away, n, mean = None, None, None, None
    else:
        left, away, n = left_open, did_not_occur, sum(counts)
        mean = sum(place * count for place, count in enumerate(counts, start=1)) / n
    return ItemRow(
        id=item.id,
        text=wording.item(item),
        reverse=item.reverse,
        status=status,
        n=n,
        left_open=left,
        did_not_occur=away,
        mean=mean,
        counts=None if counts is None else list(counts),
    )


def dimension_row(
    dimension: Dimension, language: str, score: float | None, status: Status = "published"
) -> DimensionRow:
    title = Wording.of(QUESTIONNAIRE, language).text(dimension.title)
    if score is None:
        return DimensionRow(id=dimension.id, title=title, status=status, n=None, score=None)
    return DimensionRow(
        id=dimension.id,
        title=title,
        status="published",
        n=14,
        score=score,
        sd=21.5,
        interval=(score - 11.2, score + 9.4),
        bounds=(score - 8.6, score + 4.1),
        ad_m=1.04,
        place=1,
    )


def hidden(team: str | None, status: Status, headcount: int | None, language: str) -> Group:
    return Group(
        team=team,
        perspective="self",
        status=status,
        n=None,
        headcount=headcount,
        dimensions=[dimension_row(dim, language, None, status) for dim in QUESTIONNAIRE.dimensions],
        items=[item_row(item, language, None, status) for item in QUESTIONNAIRE.items],
    )


def shown(team: str | None, n: int, headcount: int | None, language: str) -> Group:
    scores = (51.3, 78.4, 100.0) if team is None else (46.2, 81.5, 100.0)
    rows = [
        dimension_row(dim, language, score).model_copy(update={"n": n})
        for dim, score in zip(QUESTIONNAIRE.dimensions, scores, strict=True)
    ]
    rows[1] = rows[1].model_copy(update={"ad_m": 0.62})
    rows[2] = rows[2].model_copy(
        update={"sd": 0.0, "interval": None, "ad_m": 0.0, "bounds": (87.5, 100.0)}
    )
    if headcount is None or headcount <= n:
        rows = [row.model_copy(update={"bounds": None}) for row in rows]
    return Group(
        team=team,
        perspective="self",
        status="published",
        n=n,
        headcount=headcount,
        dimensions=rows,
        items=[
            item_row(
                item,
                language,
                counts := COUNTS[item.id][team is not None],
                left_open=max(n - sum(counts) - (item.id == "promise-late"), 0),
                did_not_occur=int(item.id == "promise-late"),
            )
            for item in QUESTIONNAIRE.items
        ],
    )


def topics(team: str | None, language: str) -> list[Topic]:
    wording = Wording.of(QUESTIONNAIRE, language)
    return [
        Topic(
            team=team,
            dimension=dimension.id,
            clearly_lower=dimension.id == "listen",
            items=[dimension.items[0].id],
            suggestions=[
                TopicSuggestion(
                    audience=part.audience,
                    title=wording.text(part.title),
                    step=wording.text(part.step),
                )
                for part in dimension.suggestions
                if part.audience == "team"
            ],
            reason=f"({dimension.id})",
        )
        for dimension in QUESTIONNAIRE.dimensions
    ]


def report(language: str = "de", *groups: Group) -> Report:
    """Everybody and three teams: one shown, one with too few, one protected; or other groups."""
    return Report(
        lang=language,
        round=RoundPart(
            code="MK7-QT2",
            title=ROUND.title,
            questionnaire="tiny",
            version="1.0.0",
            min_group=5,
            follows=None,
        ),
        groups=list(
            groups
            or (
                shown(None, 14, 16, language),
                hidden("Anmeldung", "protected", 3, language),
                shown("Vertrieb", 9, 9, language),
                hidden("Werkstatt", "too_few", 4, language),
            )
        ),
        reliability=[
            ReliabilityRow(
                dimension="listen",
                status="too_few",
                n=None,
                alpha=None,
                interval=None,
                item_rest={},
            )
        ],
        gaps=[],
        changes=[],
        topics=[*topics(None, language), *topics("Vertrieb", language)],
        comments=[
            Remark(item="listen-ask", text="Zu viel los, *ehrlich*."),
            Remark(reflection="wish", text="Mehr Zeit."),
            Remark(reflection="wish", text="[bold]Ein ruhiger Raum[/]"),
        ],
    )


@pytest.fixture(autouse=True)
def _sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Part one has tests of its own."""
    monkeypatch.setattr(summary, "sentences", lambda _, texts, **__: SENTENCES[texts.language])


LANGUAGES = ("de", "en")
WITHOUT_FIGURES: tuple[Status, ...] = ("too_few", "no_data")


def one_team(language: str = "de", status: Status = "published") -> Report:
    everybody = shown(None, 14, 16, language)
    if status == "published":
        return report(language, everybody, shown("Vertrieb", 9, 9, language))
    own = hidden("Vertrieb", status, 9, language)
    whole = report(language, everybody, own)
    return whole.model_copy(update={"topics": topics(None, language)})


def no_figures(language: str = "de", status: Status = "too_few") -> Report:
    groups = [hidden(None, status, 16, language)]
    groups += [hidden(team.name, status, team.headcount, language) for team in ROUND.teams]
    return report(language, *groups).model_copy(
        update={"topics": [], "comments": [], "reliability": []}
    )


def reports(language: str) -> dict[str, Report]:
    return {
        "all": report(language),
        "team": one_team(language),
        "hidden-team": one_team(language, "protected"),
        "too-few": no_figures(language),
        "nobody": no_figures(language, "no_data"),
    }


def blocks(about: Report, round_: Round = ROUND) -> list[Block]:
    return round_blocks(about, round_, Texts(about.lang))


def terminal(content: list[Block], width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding)
    console = Console(file=file, width=width, color_system=None, force_terminal=False)
    TerminalRenderer(console).print(content)
    file.flush()
    return raw.getvalue().decode(encoding)


def flat(content: list[Block]) -> str:
    return " ".join(terminal(content, 200).split())


def headings(content: list[Block]) -> list[str]:
    return [block.text for block in content if isinstance(block, Heading)]


def with_row(about: Report, place: int, **figures: object) -> Report:
    """Change figures of one of everybody's dimensions."""
    everybody, *others = about.groups
    rows = list(everybody.dimensions)
    rows[place] = rows[place].model_copy(update=figures)
    changed = everybody.model_copy(update={"dimensions": rows})
    return about.model_copy(update={"groups": [changed, *others]})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["all", "team", "hidden-team", "too-few"])
def test_the_whole_report(name: str, language: str, expected: Callable[[str, str], None]) -> None:
    content = blocks(reports(language)[name])
    expected(f"round-{name}.{language}.txt", terminal(content))
    expected(f"round-{name}.{language}.md", markdown.render(content))


def test_the_whole_report_where_there_is_little_room(
    expected: Callable[[str, str], None],
) -> None:
    content = blocks(report())
    expected("round-narrow.de.txt", terminal(content, 40))
    expected("round-ascii.de.txt", terminal(content, encoding="ascii"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [24, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_window(width: int, language: str) -> None:
    for name, about in reports(language).items():
        for line in terminal(blocks(about), width).splitlines():
            assert cell_len(line) <= width, (name, line)


@pytest.mark.parametrize("width", [24, 40, 80])
def test_long_names_and_large_counts_fit(width: int) -> None:
    name = "Kundenbetreuung Nord-West einschließlich der Außenstellen und Werkstätten"
    many = shown(name, 1_400_000, 1_600_000, "de")
    items = [
        row.model_copy(update={"counts": [count * 100_000 for count in row.counts or ()]})
        for row in many.items
    ]
    many = many.model_copy(update={"items": items})
    for groups in ((many,), (many, hidden("Nord", "protected", None, "de"))):
        about = report("de", many.model_copy(update={"team": None}), *groups)
        text = terminal(blocks(about, replace(ROUND, teams=(Team(name), Team("Nord")))), width)
        assert all(cell_len(line) <= width for line in text.splitlines())
        assert "1400000" in text


def test_both_languages_say_the_same_in_the_same_order() -> None:
    for name, german in reports("de").items():
        kinds = [
            [type(block) for block in blocks(about)] for about in (german, reports("en")[name])
        ]
        assert kinds[0] == kinds[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_confidential_is_not_called_anonymous(language: str) -> None:
    texts = Texts(language).prefixed("report")
    assert texts
    assert not [key for key, text in texts.items() if "anonym" in text.lower()]


def test_the_sections_come_in_their_order() -> None:
    assert headings(blocks(report())) == [
        "Kurz gesagt",
        "Profil",
        "Themen zur Wahl",
        "Frage für Frage",
        "Die Teams und alle zusammen",
        "Was die Befragten geschrieben haben",
        "Wie Sie das lesen",
        "Wer was sehen konnte",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["all", "team", "hidden-team", "too-few", "nobody"])
def test_every_number_comes_from_the_report_or_the_round(name: str, language: str) -> None:
    about = reports(language)[name]
    texts = Texts(language)
    known: set[str] = set()
    for path in (about.model_dump_json(), repr(ROUND), " ".join(SENTENCES[language])):
        known |= set(re.findall(r"\d+", path))
    for text in [*texts.prefixed("report").values(), texts("limits.norms")]:
        known |= set(re.findall(r"\d+", text))
    for group in about.groups:
        if group.n is not None and group.headcount is not None:
            known.add(str(group.headcount - group.n))
        for row in group.dimensions:
            for value in (row.score, row.ad_m, *(row.interval or ()), *(row.bounds or ())):
                for digits in range(2):
                    known |= set(re.findall(r"\d+", texts.number(value or 0.0, digits)))
    known |= {str(option) for option in range(1, 6)}
    known |= {"8", "10", "50", str(date(2027, 1, 1).year)}  # thresholds, and the promised day
    said = flat(blocks(about))
    assert set(re.findall(r"\d+", said)) <= known


def test_every_hidden_cell_says_why_and_never_how_many() -> None:
    content = blocks(report())
    start = next(
        place
        for place, block in enumerate(content)
        if isinstance(block, Heading) and block.text == "Die Teams und alle zusammen"
    )
    beside = [block for block in content[start:] if isinstance(block, Profile)]
    assert len(beside) == len(QUESTIONNAIRE.dimensions)
    for block in beside:
        assert [bar.title for bar in block.bars] == [
            "Alle zusammen",
            "Vertrieb",
            "Werkstatt",
            "Anmeldung",
        ], "everybody, then the keeper's order, which is not the report's"
        for bar, status in zip(block.bars[2:], ("too_few", "protected"), strict=True):
            assert (bar.score, bar.figure, bar.span) == (None, "", "")
            assert bar.words == REASONS[status]


@pytest.mark.parametrize("status", ["too_few", "protected", "no_data"])
def test_a_hidden_item_and_a_hidden_dimension_say_why(status: Status) -> None:
    about = with_row(report(), 1, score=None, n=None, interval=None, bounds=None, status=status)
    everybody = about.groups[0]
    rows = [item_row(ITEMS["listen-ask"], "de", None, status), *everybody.items[1:]]
    about = about.model_copy(
        update={"groups": [everybody.model_copy(update={"items": rows}), *about.groups[1:]]}
    )
    content = blocks(about)
    profile = next(block for block in content if isinstance(block, Profile))
    assert profile.bars[1].words == REASONS[status]
    stacks = next(block for block in content if isinstance(block, Stacks))
    (row,) = stacks.stacks[0].rows
    assert (row.counts, row.reason) == (None, REASONS[status])
    assert f"Ich frage nach. {REASONS[status]}" in flat(content)
    assert f"| Ich frage nach.: {REASONS[status]} | – | – |" in markdown.render(content)


@pytest.mark.parametrize("status", ["too_few", "protected", "no_data"])
def test_where_all_items_are_hidden_the_reason_is_said_once(status: Status) -> None:
    about = report()
    groups = [
        group.model_copy(update={"items": hidden(None, status, None, "de").items})
        for group in about.groups
    ]
    content = blocks(about.model_copy(update={"groups": groups}))
    assert not [block for block in content if isinstance(block, Stacks)]
    reason = {
        "too_few": "erst ab 8 Antworten",
        "protected": "damit sich keine andere Gruppe ausrechnen lässt. Gefragt war",
        "no_data": "Auf keine der Fragen gab es eine Antwort",
    }[status]
    assert reason in flat(content)
    assert all(item.text["de"] in flat(content) for item in QUESTIONNAIRE.items)


def test_a_team_gets_itself_first_and_everybody_but_no_other_team() -> None:
    content = blocks(one_team())
    text = flat(content)
    assert "Umgang mit Kunden, Herbst: Vertrieb" in text
    assert "Werkstatt" not in text
    assert "Anmeldung" not in text
    assert "Vertrieb und alle zusammen" in headings(content)
    stacks = next(block for block in content if isinstance(block, Stacks))
    assert [row.group for row in stacks.stacks[0].rows] == ["Vertrieb", "Alle zusammen"]


def test_a_hidden_team_gets_what_everybody_answered_and_the_reason() -> None:
    content = blocks(one_team(status="protected"))
    stacks = next(block for block in content if isinstance(block, Stacks))
    assert [row.group for row in stacks.stacks[0].rows] == [""]
    assert "Werte einzelner Teams kann der Bericht nicht zeigen:" in flat(content)
    assert f"Vertrieb {REASONS['protected']}" in flat(content)


def test_a_team_without_topics_of_its_own_gets_those_of_everybody() -> None:
    assert "stammen aus den Antworten aller" not in flat(blocks(one_team()))
    shared = one_team().model_copy(update={"topics": topics(None, "de")})
    assert "stammen aus den Antworten aller. Nehmen" in flat(blocks(shared))
    assert "1. Zuhören (listen) Schritte zur Wahl: • Gemeinsam hören" in flat(blocks(shared))
    none = one_team().model_copy(update={"topics": []})
    assert "Die Zahlen geben kein Thema vor." in flat(blocks(none))


def test_one_team_alone_is_not_set_beside_itself() -> None:
    round_ = replace(ROUND, teams=(Team("Vertrieb", 16),))
    about = report("de", shown(None, 14, 16, "de"), shown("Vertrieb", 14, 16, "de"))
    content = blocks(about, round_)
    assert not [text for text in headings(content) if "alle zusammen" in text]
    assert next(block for block in content if isinstance(block, Title)).text == ROUND.title


@pytest.mark.parametrize("status", WITHOUT_FIGURES)
def test_without_figures_there_are_topics_to_talk_about_and_no_empty_table(status: Status) -> None:
    content = blocks(no_figures(status=status))
    assert not [block for block in content if isinstance(block, (Profile, Stacks, Table))]
    assert headings(content) == ["Kurz gesagt", "Worum es ging", "Wer was sehen konnte"]
    text = flat(content)
    assert all(dim.title["de"] in text for dim in QUESTIONNAIRE.dimensions)
    assert "Was davon können Sie selbst ändern?" in text
    assert "alle gleich geantwortet" not in text


@pytest.mark.parametrize(
    ("n", "ad_m", "ends", "said"),
    [
        (10, 0.83, (3, 3), "Die Gewohnheiten ähneln sich (Abstand 0,8 Stufen)."),
        (10, 0.84, (2, 2), "Die Gewohnheiten gehen auseinander (Abstand 0,8 Stufen)."),
        (10, 0.84, (1, 5), "Abstand 0,8 Stufen."),
        (10, 0.84, (5, 1), "Abstand 0,8 Stufen."),
        (9, 1.50, (4, 4), "Abstand 1,5 Stufen."),
        (9, 0.50, (0, 0), "Abstand 0,5 Stufen."),
    ],
)
def test_similarity_is_put_into_words_only_where_it_holds(
    n: int, ad_m: float, ends: tuple[int, int], said: str
) -> None:
    about = with_row(report(), 0, n=n, ad_m=ad_m, bounds=None)
    everybody = about.groups[0]
    rows = [
        row.model_copy(update={"counts": [ends[0], 1, 0, 1, ends[1]]})
        if row.id == "listen-repeat"
        else row.model_copy(update={"counts": [1, 1, 1, 1, 1]})
        if row.id.startswith("listen")
        else row
        for row in everybody.items
    ]
    about = about.model_copy(
        update={"groups": [everybody.model_copy(update={"items": rows}), *about.groups[1:]]}
    )
    profile = next(block for block in blocks(about) if isinstance(block, Profile))
    assert profile.bars[0].words == said


def test_without_an_interval_it_says_what_is_true() -> None:
    alike = with_row(report(), 0, interval=None, sd=0.0, ad_m=0.0, bounds=None)
    assert "dieselbe Antwort gegeben" in flat(blocks(alike))
    same = with_row(report(), 0, interval=None, sd=0.0, ad_m=0.7, bounds=None)
    words = next(b for b in blocks(same) if isinstance(b, Profile)).bars[0].words
    assert words.startswith("Alle, die hier einen Wert haben, haben denselben;")
    assert words.endswith("Die Gewohnheiten ähneln sich (Abstand 0,7 Stufen).")


def test_uncertainty_is_said_once_in_full_and_then_short() -> None:
    text = flat(blocks(report()))
    assert text.count("kann ein Mittel aus 14 Personen zwischen 40 und 61 schwanken") == 1
    assert (
        "14 von 16 Personen haben geantwortet. Je nachdem, was die anderen 2 angegeben hätten, "
        "läge „Zuhören“ zwischen 43 und 55." in text
    )
    assert text.count("Hätten alle geantwortet: ") == 3
    complete = with_row(report(), 0, bounds=None)
    for place in (1, 2):
        complete = with_row(complete, place, bounds=None)
    assert "Je nachdem" not in flat(blocks(complete, replace(ROUND, teams=(Team("V"),))))
    one = report("de", shown(None, 14, 15, "de"))
    assert "was die fehlende Person angegeben hätte" in flat(blocks(one))


def test_an_interval_too_narrow_for_whole_numbers_gets_digits() -> None:
    about = with_row(report(), 0, interval=(66.98, 67.03))
    profile = next(block for block in blocks(about) if isinstance(block, Profile))
    assert profile.bars[0].span == "66,98 bis 67,03"


def test_each_scale_has_its_words_once_and_reverse_items_their_mark() -> None:
    content = blocks(report())
    legends = [block for block in content if isinstance(block, Legend)]
    assert [(block.prompt, len(block.options)) for block in legends] == [
        ("In wie vielen Fällen traf das zu?", 5),
        ("In wie vielen Beschwerden traf das zu?", 3),
    ]
    texts = [stack.text for block in content if isinstance(block, Stacks) for stack in block.stacks]
    marked = [text for text in texts if text.endswith("(weniger\xa0ist\xa0besser)")]
    assert len(marked) == sum(item.reverse for item in QUESTIONNAIRE.items)


def test_words_that_a_scale_shares_with_another_are_not_said_again() -> None:
    first, _, third = QUESTIONNAIRE.dimensions
    other = replace(first.items[0].scale, id="other", prompt={"de": "Und hier?", "en": "Here?"})
    items = tuple(replace(item, scale=other) for item in third.items)
    changed = replace(
        QUESTIONNAIRE, dimensions=(first, replace(third, items=items), QUESTIONNAIRE.dimensions[1])
    )
    content = blocks(report(), replace(ROUND, questionnaire=changed))
    legends = [block for block in content if isinstance(block, Legend)]
    assert [(block.prompt, len(block.options)) for block in legends] == [
        ("In wie vielen Fällen traf das zu?", 5),
        ("Und hier?", 0),
        ("In wie vielen Fällen traf das zu?", 0),
    ]


def test_counts_stand_beside_the_bar_raw_and_with_what_was_not_answered() -> None:
    lines = terminal(blocks(report())).splitlines()
    place = next(i for i, line in enumerate(lines) if "später als zugesagt" in line)
    bar, *figures = lines[place + 1].split()
    assert figures == ["8", "4", "1", "0", "0", "0", "1"]
    assert bar.count("·") > bar.count("░") > bar.count("▒") > 0 == bar.count("█")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("size", range(2, 10))
def test_every_option_has_a_sign_of_its_own(size: int, encoding: str) -> None:
    fills = Charset.of(encoding).fills(size)
    fills.encode(encoding)
    assert len(set(fills)) == len(fills) == size
    assert all(cell_len(sign) == 1 for sign in fills)


def test_in_ascii_nothing_is_lost() -> None:
    for language in LANGUAGES:
        for about in reports(language).values():
            text = terminal(blocks(about), encoding="ascii")
            asked = terminal(blocks(about)).count("?")
            assert text.count("?") == asked


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 400), min_size=2, max_size=9), st.integers(9, 80))
def test_a_bar_is_full_in_proportion_and_hides_nobody(counts: list[int], length: int) -> None:
    given_ = shares(counts, length)
    total = sum(counts)
    assert sum(given_) == (length if total else 0)
    for count, columns in zip(counts, given_, strict=True):
        assert (columns > 0) == (count > 0)
    if total and all(count * length >= total for count in counts):
        exact = [count * length / total for count in counts]
        assert all(abs(a - b) < 1 for a, b in zip(exact, given_, strict=True))


def test_whatever_people_wrote_stays_text() -> None:
    about = report().model_copy(
        update={"comments": [Remark(item="listen-ask", text="[red]x[/] \x1b[31m <b>*a*</b> | #")]}
    )
    content = blocks(about)
    assert "• [red]x[/] �[31m <b>*a*</b> | #" in terminal(content)
    html = MarkdownIt("commonmark").enable("table").render(markdown.render(content))
    assert "<b>" not in html
    assert "<em>a</em>" not in html


def test_the_name_of_a_team_stays_text() -> None:
    name = "*Süd* <b>|\x1b[31m [x](y)"
    teams = (Team(name, 9), Team("Nord"))
    for other in (shown("Nord", 9, 9, "de"), hidden("Nord", "no_data", 9, "de")):
        about = report("de", shown(None, 14, 16, "de"), shown(name, 9, 9, "de"), other)
        for cut in (about, for_team(about, name)):
            content = blocks(cut, replace(ROUND, teams=teams))
            assert "*Süd* <b>|�[31m [x](y)" in terminal(content)
            html = MarkdownIt("commonmark").enable("table").render(markdown.render(content))
            assert "*Süd* &lt;b&gt;|�[31m [x](y)" in html
            assert not re.search("<b>|<a |<em>Süd", html)


def test_remarks_stand_below_what_they_were_written_to() -> None:
    text = flat(blocks(report()))
    assert "Was bräuchten Sie dafür? • Mehr Zeit. • [bold]Ein ruhiger Raum[/]" in text
    none = report().model_copy(update={"comments": []})
    assert "Kommentare zeigt der Bericht erst ab 10 Antworten" in flat(blocks(none))
    without = blocks(none, replace(ROUND, comments=False))
    assert "Was die Befragten geschrieben haben" not in headings(without)


def test_the_promises_are_told_as_they_were_given() -> None:
    text = flat(blocks(report()))
    assert "kann Dana Kern einzelne Antworten technisch lesen" in text
    assert "dana@example.org" not in text
    assert "Diesen Bericht bekommt: Die Geschäftsführung." in text
    assert "am 1. Januar 2027 gelöscht; danach" in text
    assert "Zugesagt ist: Die Ergebnisse werden nicht" in text
    assert "Werte gibt es ab 5 Personen, einzelne Fragen ab 8, Kommentare ab 10." in text
    bare = replace(ROUND, terms=Terms("Dana Kern", leads=True), purged_on=date(2027, 1, 2))
    text = flat(blocks(report(), bare))
    assert "Dana Kern hat diese Runde durchgeführt und leitet selbst eines der Teams." in text
    assert "war beim Öffnen der Runde nicht angegeben" in text
    assert "Eine Zusage, die Ergebnisse nicht" in text
    assert "wurden am 2. Januar 2027 gelöscht" in text
    assert "konnte Dana Kern einzelne Antworten" in text
    assert "Zweck:" not in text


def test_reliability_is_put_into_plain_words() -> None:
    def row(dimension: str, status: str, alpha: float | None) -> ReliabilityRow:
        return ReliabilityRow.model_validate(
            {
                "dimension": dimension,
                "status": status,
                "n": None if status == "too_few" else 80,
                "alpha": alpha,
                "interval": None if alpha is None else (alpha - 0.1, alpha + 0.1),
                "item_rest": {},
            }
        )

    rows = [
        row("listen", "provisional", 0.71),
        row("promise", "shown", None),
        row("complaints", "too_few", None),
    ]
    text = flat(blocks(report().model_copy(update={"reliability": rows})))
    assert "Zuhören Alpha 0,71, Spielraum 0,61 bis 0,81, aus 80 vollständigen Antworten, vo" in text
    assert "Wort halten nicht zu berechnen" in text
    assert "Beschwerden annehmen nicht gezeigt: zu wenige vollständige Antworten" in text
    assert "weniger als 100 vollständige Antworten" in text
    assert "erst ab 50 vollständigen Antworten" in flat(blocks(report()))


def test_a_report_about_one_person_is_refused() -> None:
    with pytest.raises(ValueError, match="round"):
        blocks(report().model_copy(update={"round": None}))


@pytest.mark.parametrize("colour", [True, False])
def test_colour_adds_nothing_that_has_to_be_seen(
    colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    console = Console(file=io.StringIO(), width=80, force_terminal=True)
    with console.capture() as capture:
        TerminalRenderer(console).print(blocks(report()))
    painted = capture.get()
    assert ("\x1b[36m" in painted) == colour
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == terminal(blocks(report()))


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_any_round_can_be_shown(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(0, 12), min_size=1, max_size=4))
    teams = tuple(
        Team(f"Team {place}", data.draw(st.sampled_from([None, 3, 12])))
        for place, _ in enumerate(sizes)
    )
    round_ = replace(ROUND, teams=teams)
    seed = data.draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    answers = {
        team.name: np.stack(
            [rng.integers(-1, item.scale.size + 1, size) for item in QUESTIONNAIRE.items], axis=1
        ).astype(np.int8)
        for team, size in zip(teams, sizes, strict=True)
    }
    language = data.draw(st.sampled_from(LANGUAGES))
    texts = Texts(language)
    whole = round_report(round_, selves(answers), (), texts)
    for about in (whole, for_team(whole, teams[0].name)):
        content = round_blocks(about, round_, texts)
        for width in (40, 80):
            assert all(cell_len(x) <= width for x in terminal(content, width).splitlines())
        assert markdown.render(content)
