"""The report on a round: figures against a slow computation from raw answers; what is hidden."""

import json
import math
import random
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pytest
from scipy import special

from checklist import privacy
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.questionnaire import Dimension, Item, Perspective, Questionnaire, Scale
from checklist.render import as_json
from checklist.report import Report, for_team, round_report
from checklist.report.model import DimensionRow, Group, ItemRow
from checklist.rounds import Comment, Round, Team, Terms
from checklist.scoring import DID_NOT_OCCUR, LEFT_OPEN, Codes
from tests.answers_of import selves
from tests.rounds_at_random import random_round
from tests.samples import dimension, item, questionnaire, step

DE = Texts("de")

Rows = Sequence[Sequence[int]]
"""Raw answers, a row a person."""


def matrix(rows: Rows, width: int) -> Codes:
    return np.array(rows, dtype=np.int8).reshape(len(rows), width)


def scale(size: int) -> Scale:
    options = tuple(f"Stufe {number}" for number in range(size))
    return Scale(f"of-{size}", {"de": "?", "en": "?"}, {"de": options, "en": options})


def the_round(asked: Questionnaire, *teams: Team, **more: Any) -> Round:
    return Round(
        code="R-bcd",
        title="Runde",
        questionnaire=asked,
        teams=teams or (Team("A"),),
        terms=Terms(keeper="Kim"),
        opened_on=date(2026, 3, 2),
        closed_on=date(2026, 3, 20),
        series="s",
        **more,
    )


def report_of(round_: Round, codes: Mapping[str, Codes]) -> Report:
    """Build the report on a round from its teams' answers by name."""
    return round_report(round_, selves(codes), (), DE)


def built(
    asked: Questionnaire,
    rows: Mapping[Team, Rows] | Rows,
    said: Sequence[Comment] = (),
    texts: Texts = DE,
    **more: Any,
) -> Report:
    """Build the report on teams, or on one team without a headcount."""
    teams = rows if isinstance(rows, Mapping) else {Team("A"): rows}
    given = {team.name: matrix(part, len(asked.items)) for team, part in teams.items()}
    round_ = the_round(asked, *teams, **more)
    return round_report(round_, selves(given), said, texts)


def dimension_row(report: Report, name: str, team: str | None = None) -> DimensionRow:
    group = next(group for group in report.groups if group.team == team)
    return next(row for row in group.dimensions if row.id == name)


def item_row(report: Report, name: str, team: str | None = None) -> ItemRow:
    group = next(group for group in report.groups if group.team == team)
    return next(row for row in group.items if row.id == name)


# What follows computes everything once more from raw answers, person by person and without numpy.


@dataclass(frozen=True)
class Slow:
    """One group's raw answers, and figures made from them the long way."""

    questionnaire: Questionnaire
    rows: Rows

    @cached_property
    def places(self) -> dict[str, int]:
        return {item.id: place for place, item in enumerate(self.questionnaire.items)}

    def raw(self, asked: Item) -> list[int]:
        return [row[self.places[asked.id]] for row in self.rows]

    def valid(self, asked: Item) -> list[int]:
        return [answer for answer in self.raw(asked) if answer > 0]

    def keyed(self, asked: Item) -> list[int]:
        top = asked.scale.size + 1
        return [top - answer if asked.reverse else answer for answer in self.valid(asked)]

    def counts(self, asked: Item) -> list[int]:
        return [self.valid(asked).count(k) for k in range(1, asked.scale.size + 1)]

    def persons(self, dim: Dimension) -> list[float | None]:
        """Each person's score, or None where there are too few answers."""
        scores: list[float | None] = []
        size = dim.items[0].scale.size
        for row in self.rows:
            answers = [(i, row[self.places[i.id]]) for i in dim.items]
            asked = [a for _, a in answers if a != DID_NOT_OCCUR]
            given = [size + 1 - a if i.reverse else a for i, a in answers if a > 0]
            least = 1 if len(dim.items) == 1 else max(2, math.ceil(len(asked) / 2))
            mean = sum(given) / len(given) if given else 0.0
            scores.append(100 * (mean - 1) / (size - 1) if len(given) >= least else None)
        return scores

    def scored(self, dim: Dimension) -> list[float]:
        return [score for score in self.persons(dim) if score is not None]

    def score(self, dim: Dimension) -> float:
        top = dim.items[0].scale.size - 1
        keyed = [self.keyed(i) for i in dim.items]
        return sum(100 * (sum(part) / len(part) - 1) / top for part in keyed) / len(keyed)

    def sd(self, dim: Dimension) -> float:
        return deviation(self.scored(dim))

    def interval(self, dim: Dimension) -> tuple[float, float] | None:
        p, n = self.score(dim) / 100, len(self.scored(dim))
        if self.sd(dim) < 1e-6 or not 1e-9 < p < 1 - 1e-9:
            return None
        reach = special.stdtrit(n - 1, 0.975) * self.sd(dim) / 100 / math.sqrt(n) / (p * (1 - p))
        ends = [math.log(p / (1 - p)) + sign * reach for sign in (-1, 1)]
        low, high = (100 / (1 + math.exp(-end)) for end in ends)
        return low, high

    def ad_m(self, asked: Sequence[Item]) -> float:
        each = []
        for part in asked:
            answers = self.valid(part)
            mean = sum(answers) / len(answers)
            each.append(sum(abs(answer - mean) for answer in answers) / len(answers))
        return sum(each) / len(each)

    def bounds(self, dim: Dimension, heads: int | None) -> tuple[float, float] | None:
        if heads is None or heads <= len(self.rows):
            return None
        ends = []
        for best in (False, True):
            means = []
            for part in dim.items:
                missing = [part.scale.size if best else 1] * (heads - len(self.rows))
                answers = [*self.keyed(part), *missing]
                means.append(sum(answers) / len(answers))
            top = dim.items[0].scale.size - 1
            ends.append(sum(100 * (mean - 1) / top for mean in means) / len(means))
        return ends[0], ends[1]

    def clearly_lower(self, dims: Sequence[Dimension], least: int) -> set[tuple[str, str]]:
        """Pairs of dimensions of which the first is clearly lower than the second."""
        tested = []
        persons = {dim.id: self.persons(dim) for dim in dims}
        for place, first in enumerate(dims):
            for second in dims[place + 1 :]:
                pairs = zip(persons[first.id], persons[second.id], strict=True)
                apart = [a - b for a, b in pairs if a is not None and b is not None]
                if len(apart) >= least and deviation(apart) > 1e-6:
                    tested.append((p_of(apart), sum(apart), first, second))
        found = set()
        worst = 0.0
        for place, (p, total, first, second) in enumerate(sorted(tested, key=lambda t: t[0])):
            worst = max(worst, p * (len(tested) - place))
            low, high = (second, first) if total > 0 else (first, second)
            if worst < 0.05 and self.score(low) < self.score(high):
                found.add((low.id, high.id))
        return found


def deviation(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def p_of(apart: Sequence[float]) -> float:
    """Give the two-sided p of a t-test of the mean against 0, by the incomplete beta function."""
    n = len(apart)
    t = sum(apart) / n / (deviation(apart) / math.sqrt(n))
    return float(special.betainc((n - 1) / 2, 0.5, (n - 1) / (n - 1 + t * t)))


def slow_groups(round_: Round, codes: dict[str, Codes]) -> dict[str | None, Slow]:
    """Everybody's and each team's raw answers."""
    teams = {team.name: codes[team.name].tolist() for team in round_.teams}
    everybody = [row for rows in teams.values() for row in rows]
    return {
        name: Slow(round_.questionnaire, rows) for name, rows in [(None, everybody), *teams.items()]
    }


def heads_of(round_: Round, team: str | None, report: Report | None = None) -> int | None:
    """How many people a group has; of everybody none where a shown team has too many responses."""
    heads = [part.headcount for part in round_.teams if team in (None, part.name)]
    if None in heads:
        return None
    total = sum(part or 0 for part in heads)
    if team is None and report is not None:
        shown = [g for g in report.groups if g.team and g.n is not None]
        crowded = any((g.n or 0) > (g.headcount or 0) for g in shown)
        everybody = report.groups[0].n
        if crowded and everybody is not None and everybody <= total:
            return None
    return total


@pytest.mark.parametrize("start", range(0, 240, 60))
def test_figures_equal_a_slow_computation_from_raw_answers(start: int) -> None:
    seen = 0
    for seed in range(start, start + 60):
        round_, codes = random_round(random.Random(seed))
        report = report_of(round_, codes)
        assert [group.team for group in report.groups] == [None, *(t.name for t in round_.teams)]
        for group in report.groups:
            slow = slow_groups(round_, codes)[group.team]
            heads = heads_of(round_, group.team, report)
            assert group.headcount == heads
            assert group.n == (len(slow.rows) if group.status == "published" else None)
            seen += _same_items(group, slow) + _same_dimensions(group, slow, round_, heads)
    assert seen > 500


def _same_items(group: Group, slow: Slow) -> int:
    shown = 0
    for row, asked in zip(group.items, slow.questionnaire.items, strict=True):
        assert row.id == asked.id
        if row.status != "published":
            assert [row.n, row.left_open, row.did_not_occur, row.mean, row.counts] == [None] * 5
            continue
        shown += 1
        answers = slow.valid(asked)
        assert (row.n, row.counts) == (len(answers), slow.counts(asked))
        assert row.mean == pytest.approx(sum(answers) / len(answers))
        assert row.left_open == slow.raw(asked).count(LEFT_OPEN)
        assert row.did_not_occur == slow.raw(asked).count(DID_NOT_OCCUR)
    return shown


def _same_dimensions(group: Group, slow: Slow, round_: Round, heads: int | None) -> int:
    rows = {row.id: row for row in group.dimensions}
    shown = [d for d in slow.questionnaire.dimensions if rows[d.id].status == "published"]
    for name, row in rows.items():
        if name not in {dim.id for dim in shown}:
            hidden = (row.n, row.score, row.sd, row.interval, row.bounds, row.ad_m, row.place)
            assert hidden == (None,) * 7
    lower = slow.clearly_lower(shown, max(5, round_.min_group))
    for dim in shown:
        row = rows[dim.id]
        assert row.n == len(slow.scored(dim))
        assert row.score == pytest.approx(slow.score(dim))
        assert row.sd == pytest.approx(slow.sd(dim), abs=1e-6)
        assert row.ad_m == pytest.approx(slow.ad_m(dim.items))
        expected = slow.interval(dim), slow.bounds(dim, heads)
        for found, right in zip((row.interval, row.bounds), expected, strict=True):
            assert (found is None) == (right is None)
            assert found is None or found == pytest.approx(right)
        assert row.place == 1 + sum(high == dim.id for _, high in lower)
    return len(shown)


def test_everybody_is_the_same_however_people_are_spread_over_teams() -> None:
    for seed in range(40):
        round_, codes = random_round(random.Random(seed))
        apart = report_of(round_, codes)
        one = replace(round_, teams=(Team("alle", heads_of(round_, None, apart)),))
        whole = np.vstack(list(codes.values()))
        together = report_of(one, {"alle": whole})
        assert _rounded(apart.groups[0]) == _rounded(together.groups[0])
        # What a single team shows can only be everybody's.
        assert together.groups[1].n == together.groups[0].n


def _rounded(group: Group) -> Any:
    return json.loads(group.model_dump_json(), parse_float=lambda text: round(float(text), 9))


def test_the_json_keeps_the_contract_and_reads_back() -> None:
    for seed in range(40):
        round_, codes = random_round(random.Random(seed))
        report = report_of(round_, codes)
        text = as_json.render(report)
        made = json.loads(text, parse_constant=pytest.fail)
        assert made["schema"] == "checklist-report/1"
        assert made["own"] is None
        assert made["round"] == {
            "code": round_.code,
            "title": round_.title,
            "questionnaire": "random",
            "version": "1.0.0",
            "min_group": round_.min_group,
            "follows": None,
        }
        for group in made["groups"]:
            assert group["perspective"] == "self"
            assert (group["n"] is None) == (group["status"] != "published")
            if group["status"] != "published":
                assert not [p for p in group["dimensions"] if p["status"] == "published"]
                assert not [p for p in group["items"] if p["status"] == "published"]
        assert made["gaps"] == made["changes"] == []
        assert Report.model_validate_json(text) == report


def test_answers_of_no_two_teams_are_held_at_once() -> None:
    asked = questionnaire(dimension("a", item("a1"), item("a2")))
    teams = [Team(f"T{number}") for number in range(8)]
    held: list[weakref.ref[Codes]] = []

    def codes(_: Team, view: Perspective) -> Codes:
        assert [ref for ref in held if ref() is not None] == []
        given = np.full((6 if view == "self" else 0, 2), 3, dtype=np.int8)
        held.append(weakref.ref(given))
        return given

    assert round_report(the_round(asked, *teams), codes, (), DE).groups[0].n == 48
    assert len(held) == 3 * len(teams)


TWO = questionnaire(
    dimension("a", item("a1"), item("a2", reverse=True)), dimension("b", item("b1"), item("b2"))
)


def test_nobody() -> None:
    report = built(TWO, [])
    for group in report.groups:
        assert (group.status, group.n) == ("no_data", None)
        assert {row.status for row in group.dimensions} == {"no_data"}
        assert {row.status for row in group.items} == {"no_data"}
    assert report.topics == []
    assert report.reliability == []


@pytest.mark.parametrize("people", [1, 4])
def test_fewer_than_k_show_nothing_not_even_how_many(people: int) -> None:
    few, four = (built(TWO, [[3, 3, 3, 3]] * n) for n in (people, 4))
    assert few.groups[0].status == "too_few"
    assert few == four
    assert few.topics == []


def test_all_alike_have_no_interval_and_no_order() -> None:
    report = built(TWO, [[4, 2, 1, 1]] * 9)
    a, b = (dimension_row(report, name) for name in "ab")
    assert (a.score, a.sd, a.interval, a.ad_m, a.place) == (75.0, 0.0, None, 0.0, 1)
    assert (b.score, b.sd, b.interval, b.ad_m, b.place) == (0.0, 0.0, None, 0.0, 1)
    assert not any(topic.clearly_lower for topic in report.topics)


def test_an_item_nobody_answered_hides_its_dimension_only() -> None:
    report = built(TWO, [[4, LEFT_OPEN, 3, 2]] * 9)
    assert dimension_row(report, "a").status == "too_few"
    assert item_row(report, "a2").status == "no_data"
    assert item_row(report, "a1").counts == [0, 0, 0, 9, 0]
    assert dimension_row(report, "b").score == 37.5
    assert [topic.dimension for topic in report.topics if topic.team is None] == ["b"]


def test_bounds_only_where_heads_are_missing() -> None:
    rows = [[3, 3, 5, 5], [4, 4, 5, 5]] * 4
    known = built(TWO, {Team("A", 10): rows, Team("B", 8): rows, Team("C", 7): rows})
    assert dimension_row(known, "b", "A").bounds == (80.0, 100.0)
    assert dimension_row(known, "b", "B").bounds is None
    assert dimension_row(known, "b", "C").bounds is None
    assert known.groups[0].headcount is None, "of C more answered than there are"
    assert dimension_row(known, "b").bounds is None
    right = built(TWO, {Team("A", 10): rows, Team("B", 8): rows, Team("C", 8): rows})
    assert right.groups[0].headcount == 26
    assert dimension_row(right, "b").bounds == pytest.approx((100 * 24 / 26, 100.0))
    too_many = built(TWO, {Team("A", 7): rows, Team("B", 8): rows})
    assert too_many.groups[0].headcount == 15
    assert dimension_row(too_many, "b").bounds is None
    unknown = built(TWO, {Team("A", 10): rows, Team("B"): rows})
    assert unknown.groups[0].headcount is None
    assert dimension_row(unknown, "b").bounds is None
    assert dimension_row(unknown, "b", "A").bounds is not None


@pytest.mark.parametrize("size", [2, 9])
def test_shortest_and_longest_scale(size: int) -> None:
    asked = questionnaire(dimension("a", item("a1", scale=scale(size))))
    report = built(asked, [[1], [size]] * 5)
    row = dimension_row(report, "a")
    assert (row.score, row.ad_m) == (50.0, (size - 1) / 2)
    assert item_row(report, "a1").counts == [5, *[0] * (size - 2), 5]
    assert report.reliability == []


def test_a_team_that_would_give_others_away_is_hidden_with_its_reason() -> None:
    rows = [[3, 3, 4, 4], [2, 3, 4, 5]] * 10
    teams = {Team("A"): rows, Team("B"): rows[:6], Team("C"): rows[:3], Team("D"): rows[:0]}
    report = built(TWO, teams)
    assert [g.status for g in report.groups[1:]] == ["published", "protected", "too_few", "no_data"]
    assert [group.n for group in report.groups] == [29, 20, None, None, None]
    assert {topic.team for topic in report.topics} == {None, "A"}


COMMENTS = [
    Comment("reflection", "open-0", "Zeit"),
    Comment("item", "a1", "Kommt darauf an"),
    Comment("item", "b1", "Selten"),
]


def test_comments_come_in_their_random_order_from_ten_responses_on() -> None:
    rows = [[3, 3, 4, 4]] * 10
    said = built(TWO, rows, COMMENTS, comments=True).comments
    assert [(part.item, part.reflection, part.text) for part in said] == [
        (None, "open-0", "Zeit"),
        ("a1", None, "Kommt darauf an"),
        ("b1", None, "Selten"),
    ]
    assert built(TWO, rows[:9], COMMENTS, comments=True).comments == []
    assert built(TWO, rows, COMMENTS, comments=True, min_group=11).comments == []
    assert built(TWO, rows, COMMENTS, comments=False).comments == []


def _answers(people: int, width: int, seed: int = 1) -> list[list[int]]:
    chance = np.random.default_rng(seed)
    lean = chance.normal(size=(people, 1))
    drawn = np.clip(np.rint(3 + lean + chance.normal(size=(people, width))), 1, 5)
    rows: list[list[int]] = drawn.astype(int).tolist()
    return rows


@pytest.mark.parametrize(
    ("people", "status"),
    [(49, "too_few"), (50, "provisional"), (99, "provisional"), (100, "shown")],
)
def test_reliability_of_everybody_only(people: int, status: str) -> None:
    asked = questionnaire(
        dimension("a", item("a1"), item("a2", reverse=True), item("a3")), dimension("b", item("b1"))
    )
    rows = _answers(people, 4)
    half = people // 2
    [row] = built(asked, {Team("A"): rows[:half], Team("B"): rows[half:]}).reliability
    assert (row.dimension, row.status) == ("a", status)
    if status == "too_few":
        assert (row.n, row.alpha, row.interval, row.item_rest) == (None, None, None, {})
        return
    x = np.array(rows, dtype=float)[:, :3]
    x[:, 1] = 6 - x[:, 1]
    total = x.sum(axis=1)
    alpha = 1.5 * (1 - x.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    assert row.n == people
    assert row.alpha == pytest.approx(alpha)
    assert row.interval
    assert row.interval[0] < alpha < row.interval[1]
    rest = {f"a{i + 1}": np.corrcoef(x[:, i], total - x[:, i])[0, 1] for i in range(3)}
    assert row.item_rest == pytest.approx(rest)


@pytest.mark.parametrize(("partly", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_reliability_gives_no_few_people_away(partly: int, shown: bool) -> None:
    asked = questionnaire(dimension("a", item("a1"), item("a2"), item("a3")))
    rows = [*_answers(60, 3), *([[4, 2, LEFT_OPEN]] * partly), [LEFT_OPEN] * 3]
    [row] = built(asked, rows).reliability
    assert (row.n == 60) is shown
    assert (row.status == "provisional") is shown


def test_reliability_gives_no_few_people_away_who_have_a_score() -> None:
    """Here each item has five or no answers more than there are complete ones, scores have four."""
    asked = questionnaire(dimension("a", item("a1"), item("a2"), item("a3")))
    some = [[4, 2, 0]] * 4 + [[4, 0, 0], [0, 2, 0]]
    [row] = built(asked, [*_answers(60, 3), *some]).reliability
    assert (row.status, row.n) == ("too_few", None)


def test_reliability_without_any_spread_has_no_figure() -> None:
    asked = questionnaire(dimension("a", item("a1"), item("a2")))
    [row] = built(asked, [[3, 3]] * 60).reliability
    assert (row.n, row.alpha, row.interval, row.item_rest) == (60, None, None, {})


FOUR = questionnaire(
    dimension(
        "a",
        item("a1"),
        item("a2", reverse=True),
        item("a3"),
        suggestions=(
            step(name="allein"),
            step(audience="team", name="ganz a"),
            step("a1", audience="team", name="nur a1"),
            step("a2", "a3", audience="team", name="a2 und a3"),
            step("a2", audience="team", name="nur a2"),
        ),
    ),
    dimension("b", item("b1"), suggestions=(step(audience="team", name="ganz b"),)),
    dimension("c", item("c1")),
    dimension("d", item("d1"), item("d2"), item("d3"), item("d4")),
)


def _topics(rows: Rows, of: Questionnaire = FOUR) -> list[Any]:
    return [topic for topic in built(of, rows).topics if topic.team is None]


def test_topics_begin_with_what_is_clearly_lower() -> None:
    """b has the lowest score, too varied to be clear; d is clearly lower than c and than a."""
    low = [[4, 2, 4, 1 if n % 2 else 3, 5, 3, 3, 3, 3 + n % 2] for n in range(12)]
    low[0][3] = low[2][3] = 5
    report = built(FOUR, low)
    scores = {row.id: row.score for row in report.groups[0].dimensions}
    assert scores["b"] < scores["d"] < scores["a"] < scores["c"]  # type: ignore[operator]
    topics = [topic for topic in report.topics if topic.team is None]
    slow = Slow(FOUR, low).clearly_lower(FOUR.dimensions, 5)
    assert {low for low, _ in slow} >= {"d"}
    expected = sorted(scores, key=lambda name: (name not in {a for a, _ in slow}, scores[name]))
    assert [topic.dimension for topic in topics] == expected[:3]
    assert [topic.clearly_lower for topic in topics] == [
        topic.dimension in {a for a, _ in slow} for topic in topics
    ]


def test_topics_of_the_same_score_come_in_the_order_of_the_file() -> None:
    rows = [[4, 2, 4, 4, 4, 4, 4, 4, 4], [2, 4, 2, 2, 2, 2, 2, 2, 2]] * 5
    assert [topic.dimension for topic in _topics(rows)] == ["a", "b", "c"]


def test_a_topic_names_its_lowest_item_in_its_raw_direction_and_steps_for_the_team() -> None:
    topic = _topics([[3, 5, 3, 5, 5, 5, 5, 5, 5], [4, 4, 3, 5, 5, 5, 5, 5, 5]] * 5)[0]
    assert (topic.dimension, topic.items) == ("a", ["a2"])
    assert [part.title for part in topic.suggestions] == ["Schritt a2 und a3", "Schritt nur a2"]
    assert {part.audience for part in topic.suggestions} == {"team"}
    assert "„Ich a2“ (Mittel 4,5 auf der Skala von 1 bis 5, weniger ist besser)" in topic.reason
    assert "am ungünstigsten beantwortet" in topic.reason


def test_steps_meant_for_the_items_come_before_those_for_the_dimension() -> None:
    topic = _topics([[1, 2, 3, 5, 5, 5, 5, 5, 5], [2, 2, 3, 5, 5, 5, 5, 5, 5]] * 5)[0]
    assert topic.items == ["a1"]
    assert [part.title for part in topic.suggestions] == ["Schritt nur a1", "Schritt ganz a"]


def test_two_items_lead_to_a_topic_where_there_are_many_or_two_are_as_low() -> None:
    four = _topics([[5, 1, 5, 5, 5, 4, 1, 3, 2], [5, 1, 5, 5, 5, 4, 1, 3, 3]] * 5)[0]
    assert (four.dimension, four.items) == ("d", ["d2", "d4"])
    assert " am ungünstigsten" in four.reason
    tied = _topics([[2, 4, 5, 5, 5, 5, 5, 5, 5]] * 10)[0]
    assert (tied.dimension, tied.items) == ("a", ["a1", "a2"])
    assert " am ungünstigsten" in tied.reason
    assert "mit am" not in tied.reason
    all_tied = _topics([[2, 4, 2, 5, 5, 5, 5, 5, 5]] * 10)[0]
    assert all_tied.items == ["a1", "a2"]
    assert "mit am ungünstigsten" in all_tied.reason


def test_a_step_for_two_leading_items_is_offered_once() -> None:
    topic = _topics([[5, 4, 2, 5, 5, 5, 5, 5, 5]] * 10)[0]
    assert topic.items == ["a2", "a3"]
    assert [part.title for part in topic.suggestions] == ["Schritt a2 und a3", "Schritt nur a2"]
    rows = [[5, 1, 2, 5, 5, 5, 5, 5, 5]] * 10
    only = dimension("a", item("a1"), item("a2"), suggestions=(step("a1", "a2", audience="team"),))
    [both] = _topics([row[:2] for row in rows], questionnaire(only))
    assert both.items == ["a2"]
    [tied] = _topics([[3, 3]] * 10, questionnaire(only))
    assert (tied.items, len(tied.suggestions)) == (["a1", "a2"], 1)


def test_hidden_items_lead_to_no_topic_and_are_not_said_to_be_higher() -> None:
    """From five people on a dimension has a score, its items have figures from eight on."""
    few = _topics([[2, 2, 4, 5, 5, 5, 5, 5, 5]] * 6)[0]
    assert (few.dimension, few.items) == ("a", [])
    assert [part.title for part in few.suggestions] == ["Schritt ganz a"]
    rows = [[2, 2, 4, 5, 5, 5, 5, 5, 5]] * 6 + [[LEFT_OPEN, 2, 4, 5, 5, 5, 5, 5, 5]] * 6
    some = next(topic for topic in _topics(rows) if topic.dimension == "a")
    assert some.items == ["a2", "a3"]
    assert "die einzeln gezeigt werden" in some.reason


def test_a_reason_is_no_verdict() -> None:
    rows = [[4, 2, 4, 1 + n % 2, 5, 3, 3, 3, 3 + n % 2] for n in range(12)]
    for topic in _topics(rows):
        assert ("kein Urteil" in topic.reason) is topic.clearly_lower
        assert ("Ein Gespräch wert" in topic.reason) is not topic.clearly_lower
    [only] = _topics([[3, 3]] * 9, questionnaire(dimension("a", item("a1"), item("a2"))))
    assert "nicht vergleichen" in only.reason
    assert "Gefragt war dazu: „Ich a1“" in only.reason
    best = _topics([[5, 1, 5, 5, 5, 5, 5, 5, 5]] * 9)[0]
    assert "ungünstig" not in best.reason


def test_a_dimension_whose_score_is_higher_is_not_called_clearly_lower() -> None:
    """The test compares people with both scores; here those without turn the scores round."""
    one = questionnaire(dimension("a", item("a1")), dimension("b", item("b1")))
    both = [[2 + n % 2, 3 + n % 3 // 2] for n in range(10)]
    rows = [*both, *[[5, LEFT_OPEN]] * 30]
    assert p_of([a - b for a, b in both]) < 0.05
    report = built(one, rows)
    assert dimension_row(report, "a").score > dimension_row(report, "b").score  # type: ignore[operator]
    assert [row.place for row in report.groups[0].dimensions] == [1, 1]
    clear = built(one, both)
    assert [row.place for row in clear.groups[0].dimensions] == [1, 2]


def test_no_order_rests_on_fewer_people_than_a_score() -> None:
    one = questionnaire(dimension("a", item("a1")), dimension("b", item("b1")))
    both = [[1, 4], [1, 5], [2, 5], [1, 4]]
    rows = [*both, *[[1 + n % 2, LEFT_OPEN] for n in range(4)], *[[LEFT_OPEN, 4]] * 4]
    assert p_of([a - b for a, b in both]) < 0.05
    assert [row.place for row in built(one, rows).groups[0].dimensions] == [1, 1]
    assert [row.place for row in built(one, [*rows, [2, 4]]).groups[0].dimensions] == [1, 2]


def test_the_report_speaks_the_language_asked_for() -> None:
    report = built(TWO, [[3, 3, 4, 4]] * 9, texts=Texts("en"))
    assert report.lang == "en"
    assert report.groups[0].items[0].text == "Ich a1. (en)"
    assert "Worth discussing" in report.topics[0].reason


def test_a_teams_report_holds_the_team_and_everybody_and_no_other() -> None:
    rows = [[3, 3, 4, 4], [2, 3, 4, 5]] * 6
    teams = {Team("Nord"): rows, Team("Süd"): rows, Team("West"): rows[:2], Team("Ost"): rows[:5]}
    whole = built(TWO, teams, COMMENTS, comments=True)
    north = for_team(whole, "Nord")
    assert [group.team for group in north.groups] == [None, "Nord"]
    assert {topic.team for topic in north.topics} == {"Nord"}
    assert north.comments == whole.comments
    text = as_json.render(north)
    assert not [name for name in ("Süd", "West", "Ost") if name in text]
    west = for_team(whole, "West")
    assert [group.status for group in west.groups] == ["published", "too_few"]
    assert {topic.team for topic in west.topics} == {None}
    with pytest.raises(ChecklistError) as caught:
        for_team(whole, "Nrod")
    assert caught.value.code == "unknown-team"
    assert caught.value.values == {
        "code": "R-bcd",
        "team": "Nrod",
        "known": "Nord, Süd, West, Ost",
    }


def test_a_teams_figures_are_no_other_than_in_the_whole_report() -> None:
    for seed in range(20):
        round_, codes = random_round(random.Random(seed))
        whole = report_of(round_, codes)
        for group in whole.groups[1:]:
            assert group.team is not None
            assert for_team(whole, group.team).groups == [whole.groups[0], group]


def test_the_gate_is_asked_with_the_rounds_own_k() -> None:
    rows = [[3, 3, 4, 4]] * 9
    assert built(TWO, rows, min_group=9).groups[0].n == 9
    assert built(TWO, rows, min_group=10).groups[0].n is None
    assert privacy.Thresholds(9).items == 9


def test_a_team_too_small_to_be_shown_does_not_tell_whether_anybody_answered(
    tiny: Questionnaire,
) -> None:
    reports = []
    for answered in (0, 1):
        round_ = Round(
            code="klein",
            title="Klein",
            questionnaire=tiny,
            teams=(Team("Eine", 1), Team("Viele", 20), Team("Offen")),
            terms=Terms("Kim, 1"),
            opened_on=date(2026, 1, 1),
            series="s",
        )
        codes = {
            name: np.full((people, 7), 2, dtype=np.int8)
            for name, people in (("Eine", answered), ("Viele", 12), ("Offen", 0))
        }
        report = round_report(round_, selves(codes), [], Texts("de"))
        reports.append({group.team: group.status for group in report.groups})
        row = next(group for group in report.groups if group.team == "Eine")
        assert {part.status for part in row.dimensions} == {"too_few"}
        assert {part.status for part in row.items} == {"too_few"}
    assert reports[0]["Eine"] == reports[1]["Eine"] == "too_few"
    assert reports[0]["Offen"] == "no_data", "where nobody knows how many there are"
