"""Gaps and changes in a report: held against raw answers, person by person, with scipy."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy import stats

from checklist.i18n import Texts
from checklist.privacy import Matched, paired_shown
from checklist.questionnaire import Dimension, Questionnaire
from checklist.render import markdown
from checklist.render.round_document import round_blocks
from checklist.report import Report, for_team
from checklist.report.changes import Before, Pairs
from checklist.report.claims import claims
from checklist.report.group import round_report
from checklist.report.model import Change, DimensionRow, Gap
from checklist.report.outside import clear_gaps, widest_item
from checklist.rounds import Round, Team, Terms
from checklist.scoring import Codes
from tests.answers_of import views
from tests.rounds_at_random import OPENED
from tests.samples import dimension, item, questionnaire

DE = Texts("de")
ASKED = questionnaire(
    dimension("a", item("a1"), item("a2", reverse=True), item("a3")),
    dimension("b", item("b1"), item("b2")),
    dimension("c", item("c1", reverse=True), item("c2", reverse=True)),
)
TEAMS = ("Nord", "Süd")
Answers = Mapping[str, Codes]


def a_round(code: str, asked: Questionnaire = ASKED, **more: Any) -> Round:
    return Round(
        code=code,
        title="Runde",
        questionnaire=asked,
        teams=tuple(Team(name) for name in TEAMS),
        terms=Terms("Kim Keeper"),
        opened_on=OPENED,
        closed_on=OPENED,
        series="s",
        **more,
    )


def drawn(rng: np.random.Generator, people: int, lean: float, open_: float = 0.0) -> Codes:
    """Answers that lean so far towards the good end, with so many left open."""
    codes = 1 + rng.binomial(4, lean, size=(people, len(ASKED.items)))
    turned = np.array([each.reverse for each in ASKED.items])
    codes[:, turned] = 6 - codes[:, turned]
    codes[rng.random(codes.shape) < open_] = 0
    return codes.astype(np.int8)


def pairs_of(old: Answers, new: Answers, linked: Mapping[str, int]) -> Pairs:
    """Link the first so many people of each team."""
    return Pairs(
        old=np.concatenate([old[team][:n] for team, n in linked.items()]),
        new=np.concatenate([new[team][:n] for team, n in linked.items()]),
        new_teams=np.repeat([TEAMS.index(team) for team in linked], list(linked.values())),
        old_valid={
            each.id: sum(int((codes[:, place] > 0).sum()) for codes in old.values())
            for place, each in enumerate(ASKED.items)
        },
    )


def reported(
    old: Answers, new: Answers, pairs: Pairs | None = None, asked: Questionnaire = ASKED
) -> Report:
    first, second = a_round("eins"), a_round("zwei", asked, follows="eins")
    earlier = round_report(first, views({"self": old}), [], DE)
    return round_report(second, views({"self": new}), [], DE, Before(first, earlier, pairs))


def persons(codes: Codes, dim: Dimension) -> list[float]:
    """Each person's score, NaN where there are too few answers; by hand."""
    places = [ASKED.items.index(each) for each in dim.items]
    scores = []
    for row in codes.tolist():
        raw = [(row[place], ASKED.items[place].reverse) for place in places]
        keyed = [6 - answer if turned else answer for answer, turned in raw if answer > 0]
        enough = len(keyed) >= 2 and 2 * len(keyed) >= len(raw)
        scores.append(25.0 * (sum(keyed) / len(keyed) - 1) if enough else math.nan)
    return scores


def known(scores: Sequence[float]) -> list[float]:
    return [score for score in scores if not math.isnan(score)]


def all_of(answers: Answers) -> Codes:
    return np.concatenate(list(answers.values()))


def rows_of(report: Report, team: str | None = None) -> dict[str, Change]:
    return {row.dimension: row for row in report.changes if row.team == team}


def gaps_of(report: Report, team: str | None, by: str = "observer") -> dict[str, Gap]:
    return {gap.dimension: gap for gap in report.gaps if (gap.team, gap.by) == (team, by)}


def scores_of(report: Report, team: str | None, view: str = "self") -> dict[str, DimensionRow]:
    [group] = [g for g in report.groups if (g.team, g.perspective) == (team, view)]
    return {row.id: row for row in group.dimensions}


def holm_by_hand(p_values: Mapping[str, float]) -> dict[str, bool]:
    """Whether each p stands after Holm, at .05."""
    ranked = sorted((p, name) for name, p in p_values.items())
    stands, clear = {}, True
    for place, (p, name) in enumerate(ranked):
        clear = clear and p * (len(ranked) - place) < 0.05
        stands[name] = clear
    return stands


def side(value: float, *, clear: bool) -> str:
    return ("up" if value > 0 else "down") if clear else "unclear"


@pytest.mark.parametrize("seed", range(40))
def test_an_independent_change_is_welch_between_two_groups(seed: int) -> None:
    rng = np.random.default_rng(seed)
    old = {team: drawn(rng, int(rng.integers(6, 15)), 0.5) for team in TEAMS}
    new = {team: drawn(rng, int(rng.integers(6, 15)), rng.uniform(0.4, 0.75)) for team in TEAMS}
    report = reported(old, new)
    for team in (None, *TEAMS):
        then, now = (all_of(part) if team is None else part[team] for part in (old, new))
        found, p_values = rows_of(report, team), {}
        for dim in ASKED.dimensions:
            a, b = persons(now, dim), persons(then, dim)
            slow = stats.ttest_ind(a, b, equal_var=False)
            p_values[dim.id] = float(slow.pvalue)
            row = found[dim.id]
            assert (row.kind, row.status, row.n) == ("independent", "published", len(a))
            assert row.difference == pytest.approx(np.mean(a) - np.mean(b), abs=1e-9)
            interval = slow.confidence_interval(0.95)
            assert row.interval == pytest.approx((interval.low, interval.high), abs=1e-9)
        for name, clear in holm_by_hand(p_values).items():
            assert found[name].verdict == side(found[name].difference or 0.0, clear=clear)


@pytest.mark.parametrize("seed", range(40))
def test_a_paired_change_is_a_paired_t_test(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(10, 16))
    old = {team: drawn(rng, size, 0.5) for team in TEAMS}
    new = {team: drawn(rng, size, rng.uniform(0.4, 0.75)) for team in TEAMS}
    linked = {"Nord": 6, "Süd": 5}
    report = reported(old, new, pairs_of(old, new, linked))
    found, p_values = rows_of(report), {}
    for dim in ASKED.dimensions:
        then = np.concatenate([persons(old[team][:n], dim) for team, n in linked.items()])
        now = np.concatenate([persons(new[team][:n], dim) for team, n in linked.items()])
        slow = stats.ttest_rel(now, then)
        p_values[dim.id] = float(slow.pvalue)
        row = found[dim.id]
        assert (row.kind, row.status, row.n) == ("paired", "published", 11)
        assert row.difference == pytest.approx(float(np.mean(now - then)), abs=1e-9)
        interval = slow.confidence_interval(0.95)
        assert row.interval == pytest.approx((interval.low, interval.high), abs=1e-9)
        spreads = [np.std(known(persons(all_of(part), dim)), ddof=1) for part in (old, new)]
        ratio = np.mean(now - then) / math.sqrt((spreads[0] ** 2 + spreads[1] ** 2) / 2)
        assert row.g is not None
        assert abs(row.g) < abs(ratio) or ratio == 0
        assert row.g == pytest.approx(ratio, rel=0.05)
    for name, clear in holm_by_hand(p_values).items():
        assert found[name].verdict == side(found[name].difference or 0.0, clear=clear)
    for team in TEAMS:
        assert {row.kind for row in rows_of(report, team).values()} == {"independent"}


def test_where_answers_are_missing_a_paired_change_goes_item_by_item() -> None:
    rng = np.random.default_rng(7)
    old = {team: drawn(rng, 14, 0.5, 0.15) for team in TEAMS}
    new = {team: drawn(rng, 14, 0.6, 0.15) for team in TEAMS}
    linked = {"Nord": 7, "Süd": 7}
    report = reported(old, new, pairs_of(old, new, linked))
    for dim in ASKED.dimensions:
        row = rows_of(report)[dim.id]
        means = []
        for each in dim.items:
            place = ASKED.items.index(each)
            then = np.concatenate([old[team][:n, place] for team, n in linked.items()])
            now = np.concatenate([new[team][:n, place] for team, n in linked.items()])
            steps = [int(b) - int(a) for a, b in zip(then, now, strict=True) if a > 0 and b > 0]
            means.append((-25 if each.reverse else 25) * sum(steps) / len(steps))
        assert row.kind == "paired"
        assert row.difference == pytest.approx(sum(means) / len(means), abs=1e-9)


@pytest.mark.parametrize(
    ("linked", "kind"),
    [
        ({"Nord": 4, "Süd": 0}, "independent"),
        ({"Nord": 5, "Süd": 0}, "paired"),
        ({"Nord": 9, "Süd": 0}, "independent"),
        ({"Nord": 9, "Süd": 7}, "independent"),
        ({"Nord": 9, "Süd": 6}, "paired"),
        ({"Nord": 9, "Süd": 5}, "paired"),
        ({"Nord": 10, "Süd": 10}, "paired"),
    ],
)
def test_whether_a_change_is_paired_is_up_to_the_gate(linked: dict[str, int], kind: str) -> None:
    """Ten people in each team: of nine and none one is left over, of nine and seven it is one and
    three, of nine and six one and four."""
    rng = np.random.default_rng(1)
    old, new = ({team: drawn(rng, 10, lean) for team in TEAMS} for lean in (0.5, 0.6))
    report = reported(old, new, pairs_of(old, new, {t: n for t, n in linked.items() if n}))
    least = sum(min(n, 10 - n) for n in linked.values())
    assert (kind == "paired") == (least >= 5 or linked == {"Nord": 10, "Süd": 10})
    assert {row.kind for row in rows_of(report).values()} == {kind}


def test_those_of_the_old_round_count_where_all_of_the_new_are_linked() -> None:
    assert paired_shown([Matched([(8, 8)], before=8)], 8, 5)
    assert not paired_shown([Matched([(8, 8)], before=9)], 8, 5)
    assert not paired_shown([Matched([(4, 4)], before=4)], 4, 5)
    assert not paired_shown([Matched([(8, 8)], before=8)], 4, 5)


@pytest.mark.parametrize(
    ("first_k", "second_k", "nord", "kind"),
    [
        (5, 8, 7, "independent"),
        (5, 8, 8, "paired"),
        (8, 8, 8, "paired"),
        (8, 5, 8, "independent"),
    ],
)
def test_the_newer_round_may_not_promise_less_and_its_threshold_counts(
    first_k: int, second_k: int, nord: int, kind: str
) -> None:
    """Of sixteen in Nord so many are matched, of Süd nobody."""
    rng = np.random.default_rng(2)
    old, new = ({team: drawn(rng, 16, lean) for team in TEAMS} for lean in (0.5, 0.6))
    first = a_round("eins", min_group=first_k)
    second = a_round("zwei", follows="eins", min_group=second_k)
    earlier = round_report(first, views({"self": old}), [], DE)
    linked = pairs_of(old, new, {"Nord": nord})
    report = round_report(second, views({"self": new}), [], DE, Before(first, earlier, linked))
    assert {row.kind for row in rows_of(report).values()} == {kind}


def test_only_what_stayed_the_same_is_compared() -> None:
    rng = np.random.default_rng(3)
    old, new = ({team: drawn(rng, 10, lean) for team in TEAMS} for lean in (0.5, 0.6))
    a, b, c = ASKED.dimensions
    turned = replace(c, items=(replace(c.items[0], reverse=False), c.items[1]))
    reordered = replace(a, items=(a.items[2], a.items[0], a.items[1]))
    later = replace(ASKED, version="2.0.0", dimensions=(b, reordered, turned))
    places = [ASKED.items.index(ASKED.item(each.id)) for each in later.items]
    shuffled = {team: codes[:, places] for team, codes in new.items()}
    report = reported(old, shuffled, asked=later)
    same = reported(old, new)
    assert rows_of(report)["c"].status == "changed"
    assert rows_of(report)["c"].difference is None
    for name in "ab":
        assert rows_of(report)[name].difference == rows_of(same)[name].difference


def test_a_hidden_score_hides_its_change_and_a_new_team_has_none() -> None:
    rng = np.random.default_rng(4)
    old = {"Nord": drawn(rng, 3, 0.5), "Süd": drawn(rng, 12, 0.5)}
    new = {team: drawn(rng, 12, 0.6) for team in TEAMS}
    report = reported(old, new)
    assert {row.status for row in rows_of(report, "Nord").values()} == {"too_few"}
    assert {row.status for row in rows_of(report, "Süd").values()} == {"protected"}
    first, second = a_round("eins"), a_round("zwei", follows="eins")
    earlier = round_report(first, views({"self": new}), [], DE)
    other = replace(second, teams=(Team("Nord"), Team("West")))
    renamed = {"Nord": new["Nord"], "West": new["Süd"]}
    report = round_report(other, views({"self": renamed}), [], DE, Before(first, earlier))
    assert {row.team for row in report.changes} == {None, "Nord"}
    assert {row.team for row in for_team(report, "West").changes} == {None}


def test_without_a_round_before_nothing_changed() -> None:
    rng = np.random.default_rng(5)
    given = {team: drawn(rng, 12, 0.6) for team in TEAMS}
    assert round_report(a_round("eins"), views({"self": given}), [], DE).changes == []


def with_outside(seed: int, observers: Sequence[int] = (9, 7), leads: int = 1) -> Report:
    rng = np.random.default_rng(seed)
    given = {
        "self": {team: drawn(rng, 11, 0.6) for team in TEAMS},
        "observer": {
            team: drawn(rng, n, rng.uniform(0.3, 0.7))
            for team, n in zip(TEAMS, observers, strict=True)
        },
        "lead": {"Nord": drawn(rng, leads, 0.7, 0.3)} if leads else {},
    }
    report = round_report(a_round("eins"), views(given), [], DE)  # type: ignore[arg-type]
    if min(observers) < 5:
        return report
    for team in (None, *TEAMS):
        own, seen = (
            all_of(given[view]) if team is None else given[view][team]
            for view in ("self", "observer")
        )
        p_values = {}
        for dim in ASKED.dimensions:
            a, b = persons(seen, dim), persons(own, dim)
            slow = stats.ttest_ind(a, b, equal_var=False)
            p_values[dim.id] = float(slow.pvalue)
            gap = gaps_of(report, team)[dim.id]
            assert gap.self == pytest.approx(float(np.mean(b)), abs=1e-9)
            assert gap.outside == pytest.approx(float(np.mean(a)), abs=1e-9)
            assert gap.gap == pytest.approx(float(np.mean(a) - np.mean(b)), abs=1e-9)
            interval = slow.confidence_interval(0.95)
            assert gap.interval == pytest.approx((interval.low, interval.high), abs=1e-9)
        clear = {
            name: "higher" if (gaps_of(report, team)[name].gap or 0.0) > 0 else "lower"
            for name, stands in holm_by_hand(p_values).items()
            if stands
        }
        assert clear_gaps(report, team) == clear
    return report


@pytest.mark.parametrize("seed", range(30))
def test_a_gap_is_welch_between_observers_and_self_views(seed: int) -> None:
    with_outside(seed)


def test_observers_have_a_gate_of_their_own() -> None:
    report = with_outside(1, observers=(9, 3))
    status = {
        (group.team, group.perspective): group.status
        for group in report.groups
        if group.perspective != "lead"
    }
    assert status["Süd", "self"] == "published"
    assert status["Süd", "observer"] == "too_few"
    assert status["Nord", "observer"] == "protected"
    assert status[None, "observer"] == "published"
    gap = gaps_of(report, "Süd")["a"]
    assert (gap.self is None, gap.outside, gap.gap) == (False, None, None)


def test_a_lead_is_one_person_with_dimensions_only() -> None:
    report = with_outside(2, leads=1)
    [lead] = [group for group in report.groups if group.perspective == "lead"]
    assert (lead.team, lead.n, lead.status, lead.items) == ("Nord", 1, "published", [])
    for row in lead.dimensions:
        assert (row.sd, row.interval, row.bounds, row.ad_m, row.place) == (None,) * 5
        assert (row.score is None) == (row.status == "no_data")
        gap = gaps_of(report, "Nord", "lead")[row.id]
        assert gap.outside == row.score
        assert gap.interval is None
    assert not gaps_of(report, "Süd", "lead")
    assert not gaps_of(report, None, "lead")
    without = with_outside(2, leads=0)
    figures = [group for group in report.groups if group.perspective != "lead"]
    assert figures == without.groups, "the lead's answers are in no other figure"


def test_a_team_gets_its_own_outside_views_and_everybodys() -> None:
    report = for_team(with_outside(3), "Süd")
    assert {(group.team, group.perspective) for group in report.groups} == {
        (None, "self"),
        ("Süd", "self"),
        (None, "observer"),
        ("Süd", "observer"),
    }
    assert {(gap.team, gap.by) for gap in report.gaps} == {(None, "observer"), ("Süd", "observer")}


def test_the_item_furthest_apart_is_found_where_both_views_show_it() -> None:
    report = with_outside(5, observers=(12, 12))
    views_ = {g.perspective: g for g in report.groups if g.team is None}
    apart = {
        row.id: abs((row.mean or 0.0) - (seen.mean or 0.0))
        for row, seen in zip(views_["self"].items, views_["observer"].items, strict=True)
    }
    found = widest_item(report, ["a1", "a2", "a3"], None)
    assert found is not None
    assert abs(found.self - found.outside) == max(apart[name] for name in ("a1", "a2", "a3"))
    assert found.top == 5
    assert widest_item(report, ["nothing"], None) is None


@pytest.mark.parametrize("seed", range(60))
def test_claims_about_changes_and_gaps_say_what_the_rows_say(seed: int) -> None:
    rng, chance = np.random.default_rng(seed), Random(seed)
    old = {team: drawn(rng, chance.choice((3, 6, 12)), 0.5) for team in TEAMS}
    new = {team: drawn(rng, chance.choice((3, 6, 12)), chance.random()) for team in TEAMS}
    seen = {team: drawn(rng, chance.choice((0, 3, 6, 12)), chance.random()) for team in TEAMS}
    first, second = a_round("eins"), a_round("zwei", follows="eins")
    earlier = round_report(first, views({"self": old}), [], DE)
    given = {"self": new, "observer": seen}
    whole = round_report(second, views(given), [], DE, Before(first, earlier))  # type: ignore[arg-type]
    for report in (whole, for_team(whole, "Nord")):
        found = {claim.kind: claim.values for claim in claims(report)}
        teams = [g for g in report.groups if g.team and g.perspective == "self"]
        alone = len(teams) == 1 and teams[0].status == "published"
        about = "Nord" if alone else None
        clear = {row.dimension: row.verdict for row in rows_of(report, about).values()}
        if "went" in found:
            assert found["went"]["up"] == tuple(n for n, v in clear.items() if v == "up")
            assert found["went"]["down"] == tuple(n for n, v in clear.items() if v == "down")
        if "no-change" in found:
            assert {"up", "down"}.isdisjoint(clear.values())
            assert "unclear" in clear.values()
        if "seen" in found:
            sides = clear_gaps(report, about)
            assert {*found["seen"]["lower"], *found["seen"]["higher"]} == set(sides)
        if any(len(codes) for codes in seen.values()):
            assert "own-view" not in found


def test_where_nobody_speaks_of_themselves_what_others_see_is_shown_and_said() -> None:
    rng = np.random.default_rng(9)
    given = {
        "self": {team: drawn(rng, 0, 0.5) for team in TEAMS},
        "observer": {team: drawn(rng, 8, 0.5) for team in TEAMS},
    }
    round_ = a_round("eins")
    report = round_report(round_, views(given), [], DE)  # type: ignore[arg-type]
    assert [claim.kind for claim in claims(report)] == [
        "nobody-inside",
        "only-outside",
        "new-round",
    ]
    text = " ".join(markdown.render(round_blocks(report, round_, DE)).split())
    assert "Zu sehen ist hier deshalb nur, wie andere das Team einschätzen." in text
    score = DE.number(scores_of(report, None, "observer")["a"].score or 0.0)
    assert f"von außen {score}; Selbstsicht nicht gezeigt: keine Antworten" in text


def text_of(report: Report, round_: Round) -> str:
    return " ".join(markdown.render(round_blocks(report, round_, DE)).split())


def test_with_one_team_summary_and_section_speak_of_the_same_people() -> None:
    rng = np.random.default_rng(11)
    old, new = {"Nord": drawn(rng, 20, 0.3)}, {"Nord": drawn(rng, 20, 0.8)}
    only = {"teams": (Team("Nord"),)}
    first = replace(a_round("eins"), **only)  # type: ignore[arg-type]
    second = replace(a_round("zwei", follows="eins"), **only)  # type: ignore[arg-type]
    earlier = round_report(first, views({"self": old}), [], DE)
    pairs = pairs_of(old, new, {"Nord": 12})
    report = round_report(second, views({"self": new}), [], DE, Before(first, earlier, pairs))
    found = {claim.kind: claim.values for claim in claims(report, alone=True)}
    clear = {name for name, row in rows_of(report).items() if row.verdict == "up"}
    assert {row.kind for row in rows_of(report).values()} == {"paired"}
    assert set(found["went"]["up"]) == clear != set()
    assert found["went"]["matched"]
    assert "Das gilt für die Personen, die sich zuordnen ließen." in text_of(report, second)


def test_a_team_that_is_new_reads_that_it_is() -> None:
    rng = np.random.default_rng(12)
    old = {team: drawn(rng, 10, 0.5) for team in TEAMS}
    first = a_round("eins")
    second = replace(a_round("zwei", follows="eins"), teams=(Team("Nord"), Team("West")))
    earlier = round_report(first, views({"self": old}), [], DE)
    new = {"Nord": old["Nord"], "West": old["Süd"]}
    report = round_report(second, views({"self": new}), [], DE, Before(first, earlier))
    assert "Dieses Team gab es in der Runde davor nicht" in text_of(
        for_team(report, "West"), second
    )
    assert "Dieses Team gab es" not in text_of(for_team(report, "Nord"), second)


def test_a_hidden_team_still_reads_how_others_see_it() -> None:
    rng = np.random.default_rng(13)
    given = {
        "self": {"Nord": drawn(rng, 3, 0.5), "Süd": drawn(rng, 12, 0.5)},
        "observer": {team: drawn(rng, 9, 0.5) for team in TEAMS},
    }
    round_ = a_round("eins")
    report = round_report(round_, views(given), [], DE)  # type: ignore[arg-type]
    score = DE.number(scores_of(report, "Nord", "observer")["a"].score or 0.0)
    text = text_of(for_team(report, "Nord"), round_)
    assert f"von außen {score}; Selbstsicht nicht gezeigt: zu wenige Antworten" in text
    assert "Beobachtet haben 9 Personen" in text
    assert "Nord: *" in text_of(report, round_).partition("Die Teams, jedes für sich")[2]


def test_only_a_lead_is_no_picture_of_all_teams() -> None:
    rng = np.random.default_rng(14)
    nobody = {team: drawn(rng, 0, 0.5) for team in TEAMS}
    given = {"self": nobody, "lead": {"Nord": drawn(rng, 1, 0.5)}}
    round_ = a_round("eins")
    report = round_report(round_, views(given), [], DE)  # type: ignore[arg-type]
    assert [claim.kind for claim in claims(report)][:2] == ["nobody-inside", "nothing-shown"]
    assert "steht im Bericht des Teams" in text_of(report, round_)
    team = for_team(report, "Nord")
    assert [claim.kind for claim in claims(team)][:2] == ["nobody-inside", "only-outside"]
    assert "Die Sicht der Leitung" in text_of(team, round_)
