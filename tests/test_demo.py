"""The made-up example: always the same, always labelled, and it shows what it promises to show."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checklist.attack import Wave, findings
from checklist.demo import Chain, chain, company
from checklist.demo.company import AUTUMN, SPRING, TEAMS
from checklist.i18n import LANGUAGES, Texts
from checklist.report import Report, round_report
from checklist.report.model import Group
from checklist.report.one_team import for_team
from checklist.report.outside import clear_gaps
from checklist.rounds import Round
from tests.helpers import Call

FORMATS = ("terminal", "html", "markdown", "json", "csv")
READ = ("terminal", "html", "markdown")
MADE_UP = {"de": "erfunden", "en": "made up"}
OFFICE, FIELD, REPAIRS = (
    "Innendienst (erfunden)",
    "Außendienst (erfunden)",
    "Werkstatt (erfunden)",
)


@pytest.fixture(scope="module")
def made_up() -> Chain:
    return chain("de")


@pytest.fixture(scope="module")
def report(made_up: Chain) -> Report:
    return made_up.report(Texts("de"))


def group(report: Report, team: str | None, perspective: str = "self") -> Group:
    return next(g for g in report.groups if (g.team, g.perspective) == (team, perspective))


def hidden(report: Report, team: str | None, perspective: str = "self") -> dict[str, str]:
    rows = group(report, team, perspective).dimensions
    return {row.id: row.status for row in rows if row.status != "published"}


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_it_comes_in_every_language_and_format_and_says_what_it_is(
    form: str, language: str, inside: Call, home: Path, tmp_path: Path
) -> None:
    store = tmp_path / "rounds.db"
    done = inside("demo", "--format", form, "--lang", language, env={"CHECKLIST_STORE": str(store)})
    assert (done.code, done.err) == (0, "")
    assert MADE_UP[language] in done.out
    if form in READ:
        assert Texts(language)("demo.note") in one_line(done.out)
    assert not home.exists()
    assert not store.exists()


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_would_be_shown(form: str, inside: Call, tmp_path: Path) -> None:
    path = tmp_path / "report"
    written = inside("demo", "--format", form, "--output", str(path))
    assert (written.code, written.out) == (0, "")
    assert MADE_UP["de"] in path.read_text("utf-8")
    if form != "terminal":  # as wide as its window is
        shown = inside("demo", "--format", form).out
        assert path.read_text("utf-8").splitlines() == shown.splitlines()


def test_a_file_that_is_there_stays_unless_forced(inside: Call, tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("mine", "utf-8")
    assert inside("demo", "--output", str(path)).code == 1
    assert path.read_text("utf-8") == "mine"
    assert inside("demo", "--output", str(path), "--force").code == 0
    assert MADE_UP["de"] in path.read_text("utf-8")


def test_it_is_the_same_each_time_and_in_every_process(inside: Call, checklist: Call) -> None:
    first = inside("demo", "--format", "json")
    assert inside("demo", "--format", "json").out == first.out
    for seed in ("1", "2"):
        again = checklist("demo", "--format", "json", env={"PYTHONHASHSEED": seed})
        assert (again.code, again.out) == (0, first.out)


def test_own_questionnaires_and_the_clock_make_no_difference(
    inside: Call, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_clock() -> None:
        raise AssertionError("the clock was read")

    usual = inside("demo", "--format", "json")
    broken = tiny_folder / "anti-churn.toml"
    broken.write_text("nonsense", "utf-8")
    monkeypatch.setattr("checklist.cli.session.Session.now", no_clock)
    own = inside("demo", "--format", "json", env={"CHECKLIST_QUESTIONS": str(tiny_folder)})
    assert (own.code, own.out) == (0, usual.out)


@pytest.mark.parametrize("name", ["Werkstatt", "werkstatt (ERFUNDEN)"])
def test_one_team_gets_its_own_report(name: str, inside: Call) -> None:
    done = inside("demo", "--team", name, "--format", "json")
    parsed = json.loads(done.out)
    assert {part["team"] for part in parsed["groups"]} == {None, REPAIRS}


def test_a_team_that_does_not_exist_is_refused_with_those_that_do(inside: Call) -> None:
    done = inside("demo", "--team", "Lager")
    assert done.code == 1
    assert [done.said.count(team) for team in (OFFICE, FIELD, REPAIRS)] == [1, 1, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_table_says_that_it_is_made_up(language: str, inside: Call) -> None:
    title = chain(language).autumn.title
    _, *lines = inside("demo", "--format", "csv", "--lang", language).out.splitlines()
    assert len(lines) > 500
    assert all(line.rstrip('"').endswith(title) for line in lines)


# What the example promises to show. A change of a threshold, of the gate or of the people has to
# be looked at here: the example should still teach the same.


def test_teams_of_three_sizes_show_three_depths(report: Report) -> None:
    """One team with its items; one without items; one of which a dimension lacks answers."""
    assert [team.headcount for team in TEAMS] == [14, 9, 6]
    assert not hidden(report, None)
    assert not hidden(report, OFFICE)
    assert hidden(report, REPAIRS) == {"complaints": "too_few"}
    assert hidden(report, FIELD) == {"complaints": "protected"}
    items = {team: {row.status for row in group(report, team).items} for team in (OFFICE, FIELD)}
    assert items == {OFFICE: {"published"}, FIELD: {"too_few"}}


def test_outside_views_are_shown_hidden_and_protected(report: Report) -> None:
    statuses = [group(report, t, "observer").status for t in (None, OFFICE, FIELD, REPAIRS)]
    assert statuses == ["published", "published", "protected", "too_few"]
    leads = [part.team for part in report.groups if part.perspective == "lead"]
    assert leads == [OFFICE, FIELD]


@pytest.mark.parametrize("team", [None, OFFICE])
def test_there_is_a_blind_spot_and_a_hidden_strength(report: Report, team: str | None) -> None:
    assert clear_gaps(report, team) == {"needs": "lower", "complaints": "higher"}


def test_one_dimension_is_clearly_up_and_no_other_has_clearly_changed(report: Report) -> None:
    of_everybody = [row for row in report.changes if row.team is None]
    assert {row.kind for row in of_everybody} == {"paired"}
    clear = {(row.team, row.dimension): row.verdict for row in report.changes}
    clear = {key: verdict for key, verdict in clear.items() if verdict in ("up", "down")}
    assert clear == {(None, "ownership"): "up", (OFFICE, "ownership"): "up"}
    missing = [(row.team, row.dimension) for row in report.changes if row.difference is None]
    assert missing == [(FIELD, "complaints"), (REPAIRS, "complaints")]


def test_an_interval_and_its_verdict_do_not_puzzle(report: Report) -> None:
    """Where a difference is called unclear, its interval holds zero, Holm or not."""
    intervals = [
        (row.interval, row.verdict in ("up", "down")) for row in report.changes if row.interval
    ]
    intervals += [
        (gap.interval, gap.dimension in clear_gaps(report, gap.team))
        for gap in report.gaps
        if gap.interval
    ]
    assert len(intervals) > 20
    assert all(clear != (low < 0 < high) for (low, high), clear in intervals)


def test_one_topic_stands_out(report: Report) -> None:
    low = [topic.dimension for topic in report.topics if topic.clearly_lower and not topic.team]
    assert low == ["benefit"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_belong_to_what_was_asked(language: str) -> None:
    made_up = chain(language)
    asked = made_up.autumn.questionnaire
    known = {("item", item.id) for item in asked.items}
    known |= {("reflection", part.id) for part in asked.reflections}
    assert {(comment.kind, comment.about) for comment in made_up.comments} <= known
    said = made_up.report(Texts(language)).comments
    assert len(said) == len({comment.text for comment in said}) >= 12


def test_both_languages_tell_the_same_story() -> None:
    def figures(language: str) -> list[Any]:
        made_up = chain(language)
        codes = [
            round_codes(team, "self").tolist()
            for round_, round_codes in (
                (made_up.spring, made_up.spring_codes),
                (made_up.autumn, made_up.autumn_codes),
            )
            for team in round_.teams
        ]
        return [codes, [(comment.kind, comment.about) for comment in made_up.comments]]

    assert figures("de") == figures("en")


def test_the_company_speaks_of_dimensions_and_items_that_exist(made_up: Chain) -> None:
    asked = made_up.autumn.questionnaire
    dimensions = {dimension.id for dimension in asked.dimensions}
    assert set(company.LEVELS) == dimensions
    assert set(company.EASIER) <= {item.id for item in asked.items}
    for levels in (company.IN_SPRING, company.FROM_OUTSIDE, *(team.leaning for team in TEAMS)):
        assert set(levels) <= dimensions
    assert all(set(team.lead or ()) <= dimensions for team in TEAMS)


def test_the_rounds_are_a_chain_and_name_nobody(made_up: Chain) -> None:
    assert (made_up.spring.code, made_up.autumn.code) == (SPRING, AUTUMN)
    assert made_up.autumn.follows == SPRING
    assert made_up.autumn.series == made_up.spring.series
    gone, closed = made_up.spring.delete_on, made_up.autumn.closed_on
    assert gone is not None
    assert closed is not None
    assert closed < gone, "else nobody could be matched"
    assert "example.org" in made_up.autumn.terms.keeper


def test_whoever_is_linked_answered_both_rounds(made_up: Chain) -> None:
    """The linked are the first rows of their team; who had no complaints is not among them."""
    for answers in made_up.answers.values():
        assert len(answers.spring) == answers.team.linked + answers.team.spring
        assert (
            len(answers.autumn)
            == answers.team.linked + answers.team.autumn
            <= (answers.team.headcount)
        )
        assert answers.team.without_complaints <= min(answers.team.spring, answers.team.autumn)


def test_nothing_in_it_is_about_fewer_than_k_people(made_up: Chain, report: Report) -> None:
    """Both rounds are attacked together, with what observers said and with who is linked."""
    texts, spring, autumn = Texts("de"), made_up.spring, made_up.autumn
    linked = {name: range(part.team.linked) for name, part in made_up.answers.items()}
    waves = [
        Wave(
            round_,
            _parsed(whole, round_),
            {team.name: codes(team, "self") for team in round_.teams},
            {team.name: codes(team, "observer") for team in round_.teams},
            {
                team.name: [
                    f"{team.name} {row}" if row in linked[team.name] else ""
                    for row in range(len(codes(team, "self")))
                ]
                for team in round_.teams
            },
        )
        for round_, whole, codes in (
            (spring, round_report(spring, made_up.spring_codes, (), texts), made_up.spring_codes),
            (autumn, report, made_up.autumn_codes),
        )
    ]
    found = findings(waves)
    assert found.exact
    assert not found.contradicting
    assert found.kept
    assert found.smallest is not None


def _parsed(whole: Report, round_: Round) -> list[Any]:
    reports = [whole, *(for_team(whole, team.name) for team in round_.teams)]
    return [json.loads(each.model_dump_json(by_alias=True)) for each in reports]


ENDINGS = {"terminal": "txt", "html": "html", "markdown": "md", "json": "json", "csv": "csv"}
LONG_NUMBER = re.compile(r"-?\d+[.,]\d{7,}(?:e-?\d+)?")


def shortened(text: str) -> str:
    """Round what differs in its last digits from one processor to the next."""

    def short(found: re.Match[str]) -> str:
        point = "," if "," in found[0] else "."
        rounded = f"{float(found[0].replace(',', '.')) + 0.0:.6f}"
        return rounded.replace(".", point)

    return LONG_NUMBER.sub(short, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_the_whole_report_reads_as_expected(
    form: str, language: str, inside: Call, expected: Callable[[str, str], None]
) -> None:
    done = inside("demo", "--format", form, "--lang", language)
    text = done.out.replace("\r\n", "\n")
    expected(f"demo.{language}.{ENDINGS[form]}", shortened(text))
