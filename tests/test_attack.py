"""The attacker finds what there is to find, and nothing in what the gate lets through."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist import privacy
from checklist.attack import Figure, Wave, findings, stray_numbers
from checklist.attack.crowds import Crowd
from checklist.attack.equations import People, equations
from checklist.attack.figures import published
from checklist.attack.matrices import PRIME
from checklist.attack.searching import Smallest
from checklist.attack.solving import made_from, smallest
from checklist.i18n import LANGUAGES, Texts
from checklist.privacy import Plan, Sizes, Thresholds, Verdict
from checklist.render import markdown
from checklist.render.round_document import round_blocks
from checklist.report.group import round_report
from checklist.report.model import Report
from checklist.report.one_team import for_team
from checklist.rounds import Round
from checklist.scoring import Codes
from tests.answers_of import selves
from tests.rounds_at_random import random_round
from tests.small_rounds import answers, as_json, everything, person_by_person, small_round
from tests.trying import Unknown, by_trying, rank

ROUNDS, BATCHES = 2000, 8
OPEN_ROUNDS = 60


def _reports(round_: Round, codes: Mapping[str, Codes], language: str = "de") -> list[Report]:
    whole = round_report(round_, selves(codes), [], Texts(language))
    return [whole, *(for_team(whole, team.name) for team in round_.teams)]


def _attack(round_: Round, codes: Mapping[str, Codes]) -> tuple[int | None, bool]:
    reports = [as_json(report) for report in _reports(round_, codes)]
    found = findings([Wave(round_, reports, codes)])
    return found.smallest, found.exact


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_published_is_about_fewer_than_k_people(batch: int) -> None:
    """All JSON together is solved; of Markdown one report is read, whole or a team's."""
    rng = Random(f"gate {batch}")
    attacked = 0
    for number in range(ROUNDS // BATCHES):
        round_, codes = random_round(rng)
        language = rng.choice(LANGUAGES)
        reports = _reports(round_, codes, language)
        parsed = [as_json(report) for report in reports]
        found = findings([Wave(round_, parsed, codes)])
        assert found.exact, number
        assert not found.contradicting, number
        if found.smallest is not None:
            attacked += 1
            assert found.smallest >= round_.min_group, (number, found)
        place = rng.randrange(len(reports)) if number % 2 else 0
        text = markdown.render(round_blocks(reports[place], round_, Texts(language)))
        assert stray_numbers(text, parsed[place], round_) == [], number
    assert attacked > ROUNDS // BATCHES // 2


def test_without_complementary_hiding_the_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "plan", partial(privacy.plan, complementary=False))
    rng = Random("open")
    broken = 0
    for _ in range(OPEN_ROUNDS):
        round_, codes = random_round(rng)
        people, _ = _attack(round_, codes)
        broken += people is not None and people < round_.min_group
    assert broken >= OPEN_ROUNDS // 20


@pytest.mark.parametrize("kind", ["items", "dimensions"])
def test_each_half_of_the_complementary_hiding_is_needed(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Groups are hidden to protect others as ever, but item rows or dimension rows are not."""
    strict = privacy.plan

    def loose(
        teams: Mapping[str, Sizes],
        dimensions: Mapping[str, Sequence[str]],
        thresholds: Thresholds,
    ) -> tuple[Plan, dict[str, Plan]]:
        everybody, plans = strict(teams, dimensions, thresholds)
        return everybody, {name: _loosened(plan) for name, plan in plans.items()}

    def _loosened(plan: Plan) -> Plan:
        if plan.group is not Verdict.SHOWN:
            return plan
        if kind == "items":
            return replace(plan, items=_unprotected(plan.items))
        return replace(plan, dimensions=_unprotected(plan.dimensions))

    def _unprotected(rows: Mapping[str, Verdict]) -> dict[str, Verdict]:
        shown = {Verdict.PROTECTED: Verdict.SHOWN}
        return {name: shown.get(verdict, verdict) for name, verdict in rows.items()}

    monkeypatch.setattr(privacy, "plan", loose)
    rng = Random(kind)
    broken = 0
    for _ in range(OPEN_ROUNDS):
        round_, codes = random_round(rng)
        people, _ = _attack(round_, codes)
        broken += people is not None and people < round_.min_group
    assert broken


def test_what_was_hidden_comes_out_as_everybody_minus_the_others() -> None:
    """By hand: eleven people, of whom nine are shown; the other two are the difference."""
    round_ = small_round(9, 2)
    codes = {"A": answers(*["12", "21", "11"] * 3), "B": answers("22", "22")}
    assert _attack(round_, codes) == (11, True)
    parsed = as_json(_reports(round_, codes)[0])
    second = round_.questionnaire.items[1].id
    whole, team = parsed["groups"][0], parsed["groups"][1]
    everybody = next(row for row in whole["items"] if row["id"] == second)
    team["items"] = [{**row, "mean": 1.5} if row["id"] == second else row for row in team["items"]]
    found = findings([Wave(round_, [parsed], codes)], known=1)
    assert everybody["mean"] is not None
    assert found.smallest == 2
    assert found.remaining == 1
    assert found.kind == "answers"
    assert set(found.where) == {("B", second)}
    assert Figure("A", second, "mean") in found.made_from
    assert {figure.group for figure in found.made_from} == {None, "A"}


def test_whoever_knows_k_minus_one_learns_the_last_answer() -> None:
    round_ = small_round(5)
    codes = {"A": answers(*["12"] * 5)}
    parsed = [as_json(report) for report in _reports(round_, codes)]
    wave = Wave(round_, parsed, codes)
    assert [findings([wave], known=n).remaining for n in (0, 4, 5, 6)] == [5, 1, 0, 0]


def test_nothing_is_found_where_nothing_is_published() -> None:
    round_ = small_round(4)
    codes = {"A": answers(*["12"] * 4)}
    reports = [as_json(report) for report in _reports(round_, codes)]
    found = findings([Wave(round_, reports, codes)], known=4)
    assert (found.smallest, found.remaining, found.figures, found.made_from) == (None, None, 0, ())
    assert found.exact


@pytest.mark.parametrize(("beside", "people"), [((), 8), (("bounds",), 6), (("ad_m",), 6)])
def test_bounds_and_distances_take_the_items_of_a_score_apart(
    beside: tuple[str, ...], people: int
) -> None:
    """Eight people answered the first item and six of them the second: one sum, or two."""
    round_ = small_round(8, headcount=11)
    codes = {"A": answers(*["12", "21"] * 3, "1-", "1-")}
    report = as_json(_reports(round_, codes)[0])
    hidden = dict.fromkeys(("n", "sd", "interval", "left_open", "did_not_occur", "mean", "counts"))
    hidden |= dict.fromkeys({"bounds", "ad_m"} - {*beside})
    for group in report["groups"]:
        group["n"] = None
        for rows in ("dimensions", "items"):
            group[rows] = [
                {**row, **{k: hidden.get(k, v) for k, v in row.items()}} for row in group[rows]
            ]
    found = findings([Wave(round_, [report], codes)])
    assert (found.smallest, found.kind) == (people, "answers")


def test_reports_that_contradict_each_other_are_named() -> None:
    round_ = small_round(9)
    codes = {"A": answers(*["12"] * 9)}
    whole, team = (as_json(report) for report in _reports(round_, codes))
    assert findings([Wave(round_, [whole, team], codes)]).contradicting == ()
    team["groups"][0]["n"] = 8
    found = findings([Wave(round_, [whole, team], codes)])
    assert found.contradicting == (Figure(None, "", "n"),)


def test_one_person_without_all_answers_would_show_beside_reliability(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Alpha is about the sixty who answered all three items, the spread about one more."""
    round_ = small_round(61, items=3)
    few = answers(*["121", "211", "222"] * 20, "12-")
    many = answers(*["121", "211", "222"] * 20, *["12-"] * 5)
    for codes in (few, many):
        assert (_attack(round_, {"A": codes})[0] or 0) >= 5
    assert _reports(round_, {"A": few})[0].reliability[0].n is None
    assert _reports(round_, {"A": many})[0].reliability[0].n == 60
    monkeypatch.setattr(privacy, "reliability_shown", lambda *_: True)
    assert _attack(round_, {"A": few}) == (1, True)


# Solving, against trying out every group of people.


@given(st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_solving_finds_what_trying_finds(seed: int) -> None:
    """Random rows over cells that overlap, of one to three people each."""
    rng = Random(seed)
    crowds: dict[Any, Crowd] = {
        cell: Crowd(rng.choice("AB"), rng.randint(0, 7)) for cell in range(rng.randint(1, 5))
    }
    rows = [
        {(cell, 0): rng.choice((-2, -1, 1, 1, 2, 3)) for cell in crowds if rng.random() < 0.5}
        for _ in range(rng.randint(1, 4))
    ]
    spread_out: list[dict[Unknown, Fraction]] = [
        {
            ((None, f"{crowds[cell].team}{bit}"), cell): Fraction(value)
            for (cell, _), value in row.items()
            for bit in range(3)
            if crowds[cell].members >> bit & 1
        }
        for row in rows
    ]
    found = smallest([{part: v % PRIME for part, v in row.items()} for row in rows], crowds)
    assert (found and found.people) == by_trying(spread_out)
    if found is not None:
        assert found.exact
        assert smallest(rows, crowds, below=found.people) is None
        _is_made(rows, crowds, found)


def _is_made(
    rows: Sequence[Mapping[tuple[int, int], int]], crowds: Mapping[Any, Crowd], found: Smallest
) -> None:
    """Some combination of the named rows is not zero, and zero outside the found cells."""
    named = [rows[at] for at in made_from(rows, crowds, found)]
    cells = [cell for cell, crowd in crowds.items() if crowd.members]
    outside = [cell for cell in cells if cell not in found.cells]
    table = [[Fraction(row.get((cell, 0), 0)) for cell in cells] for row in named]
    rest = [[Fraction(row.get((cell, 0), 0)) for cell in outside] for row in named]
    assert rank(rest) < rank(table)


@pytest.mark.parametrize("seed", range(60))
def test_equations_say_the_same_as_the_report_read_person_by_person(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tiny rounds without a gate: every group of people is tried on equations written anew."""
    monkeypatch.setattr(privacy, "plan", everything)
    rng = Random(seed)
    sizes = [rng.randint(1, 3) for _ in range(rng.randint(1, 3))]
    round_ = small_round(*sizes, headcount=rng.choice((None, 4)))
    words = [a + b for a in "12-." for b in "1122-."]
    codes = {
        team.name: answers(*rng.choices(words, k=size))
        for team, size in zip(round_.teams, sizes, strict=True)
    }
    report = as_json(_reports(round_, codes)[0])
    people = People(round_, codes)
    rows = [e.row for e in equations(published([report]), people) if e.kind == "answers"]
    found = smallest(rows, people.crowds)
    assert (found and found.people) == by_trying(person_by_person(report, round_, codes))


# Numbers in Markdown.


@pytest.fixture(scope="module")
def shown() -> tuple[Round, Report]:
    """A round of nine people, its code and its title with numbers in them."""
    round_ = replace(small_round(9, headcount=12), code="R-77", title="Runde 66 bis 88")
    codes = {"A": answers(*["12", "21", "2-"] * 3)}
    return round_, _reports(round_, codes)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_no_number_of_its_own(language: str, shown: tuple[Round, Report]) -> None:
    round_, report = shown
    text = markdown.render(round_blocks(report, round_, Texts(language)))
    assert "77" in text
    assert "66 bis 88" in text
    assert stray_numbers(text, as_json(report), round_) == []


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("Es waren 9 von 12, 3 fehlen.", []),
        ("Es waren 17.", ["17"]),
        ("Runde 66 bis 88 hat 66.", ["66"]),
        ("1. Eins\n2. Zwei\n### 3. Drei\n", []),
        ("| a | 1 | 2 |\n| --- | ---: | ---: |\n| b | 777 | 9 |\n", ["777"]),
        ("| a | 1 | 3333 |\n| --- | ---: | ---: |\n", ["3333"]),
        ("**1** nie, **2** immer, **4444** x", ["4444"]),
        ("ab 5, 8 oder 10 Personen, 95 %, 0 bis 100", []),
        ("3\\.14 und 3,14", ["3.14", "3,14"]),
        ("\u22128,88", ["8,88"]),
    ],
)
def test_stray_numbers(text: str, strays: list[str], shown: tuple[Round, Report]) -> None:
    round_, report = shown
    assert stray_numbers(text, as_json(report), round_) == strays


def test_more_numbers_can_be_allowed(shown: tuple[Round, Report]) -> None:
    round_, report = shown
    assert stray_numbers("17 und 18", as_json(report), round_, ["17"]) == ["18"]
