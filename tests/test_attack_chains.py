"""The attacker on chains of rounds, on outside views, and on what gaps and changes say."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain as joined
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checklist import privacy
from checklist.attack import Figure, Findings, Wave, findings
from checklist.attack.crowds import Crowd
from checklist.attack.matrices import PRIME
from checklist.attack.solving import smallest
from checklist.privacy import Matched
from checklist.rounds import Team
from checklist.scoring import person_means
from tests.chains_at_random import Drawn, chain_reports, random_chain
from tests.small_rounds import answers, as_json, everything, person_by_person, small_round
from tests.trying import Person, Unknown, by_trying

CHAINS, BATCHES = 400, 8
OPEN_CHAINS = 60


def _waves(chain: Sequence[Drawn]) -> list[Wave]:
    return [
        Wave(
            drawn.round_,
            [as_json(report) for report in reports],
            drawn.codes,
            drawn.observers,
            drawn.panel,
        )
        for drawn, reports in zip(chain, chain_reports(chain), strict=True)
    ]


def _attack(chain: Sequence[Drawn]) -> Findings:
    found = findings(_waves(chain))
    assert found.exact
    assert found.contradicting == ()
    return found


def _changes(wave: Wave, kind: str) -> list[Mapping[str, Any]]:
    rows = wave.reports[0]["changes"]
    return [row for row in rows if row["kind"] == kind and row["difference"] is not None]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_published_along_a_chain_is_about_fewer_than_k_people(batch: int) -> None:
    """All JSON of three rounds together is solved: both views, gaps, and changes of both kinds."""
    rng = Random(f"chains {batch}")
    seen = dict.fromkeys(("paired", "independent", "gaps"), 0)
    for number in range(CHAINS // BATCHES):
        chain = random_chain(rng)
        waves = _waves(chain)
        found = findings(waves)
        assert found.exact, number
        assert found.contradicting == (), number
        assert found.kept, (number, found)
        for wave in waves:
            for kind in ("paired", "independent"):
                seen[kind] += len(_changes(wave, kind))
            seen["gaps"] += sum(row["gap"] is not None for row in wave.reports[0]["gaps"])
        for old, new, wave in zip(chain, chain[1:], waves[1:], strict=False):
            if new.round_.follows == old.round_.code:
                for row in _changes(wave, "paired"):
                    _is_what_equations_take_it_for(row, old, new)
    assert all(times > 5 for times in seen.values()), seen


def _is_what_equations_take_it_for(row: Mapping[str, Any], old: Drawn, new: Drawn) -> None:
    """Compute a change within the same people anew, from pairs of responses."""
    asked = [drawn.round_.questionnaire for drawn in (old, new)]
    then, now = (
        next(part for part in each.dimensions if part.id == row["dimension"]) for each in asked
    )
    pairs = _pairs(old, new)
    by_item = []
    for item in now.items:
        at = [each.items.index(each.item(item.id)) for each in asked]
        steps = [
            float(after[at[1]]) - float(before[at[0]])
            for before, after in pairs
            if before[at[0]] > 0 and after[at[1]] > 0
        ]
        assert len(steps) >= new.round_.min_group
        by_item.append(100 * np.mean(steps) / (item.scale.size - 1) * (-1 if item.reverse else 1))
    assert row["difference"] == pytest.approx(np.mean(by_item), abs=1e-9)
    places = [
        [each.items.index(each.item(item.id)) for item in part.items]
        for each, part in zip(asked, (then, now), strict=True)
    ]
    scores = [
        person_means(np.array([pair[side][places[side]] for pair in pairs]), part)
        for side, part in enumerate((then, now))
    ]
    assert row["n"] == np.count_nonzero(~np.isnan(scores[0] + scores[1]))


def _pairs(old: Drawn, new: Drawn) -> list[tuple[Any, Any]]:
    before, after = (
        [
            (code, row)
            for team, codes in drawn.codes.items()
            for code, row in zip(drawn.panel[team], codes, strict=True)
        ]
        for drawn in (old, new)
    )
    known = [[code for code, _ in each] for each in (before, after)]
    return [
        (then, now)
        for code, then in before
        for other, now in after
        if code == other and code and known[0].count(code) == known[1].count(code) == 1
    ]


# Rules that do not hold.


def _as_designed(items: Iterable[Matched], scored: int, k: int) -> bool:
    """Those who are matched are k, those who are not in both rounds together 0 or k."""
    for item in items:
        matched = sum(matched for matched, _ in item.teams)
        apart = sum(valid for _, valid in item.teams) + item.before - 2 * matched
        if matched < k or 0 < apart < k:
            return False
    return scored >= k


def _enough_matched(items: Iterable[Matched], scored: int, k: int) -> bool:
    return scored >= k and all(sum(n for n, _ in item.teams) >= k for item in items)


@pytest.mark.parametrize("rule", [_as_designed, _enough_matched])
def test_weaker_rules_for_changes_within_the_same_people_are_broken(
    rule: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The design's own rule is one of them."""
    monkeypatch.setattr(privacy, "paired_shown", rule)
    rng = Random("weaker")
    assert any(not _attack(random_chain(rng, k=5)).kept for _ in range(OPEN_CHAINS))


def test_two_with_a_score_would_show_in_the_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seventeen are matched; fifteen of them, and as many others, gave one answer of three."""
    thin = ["1--", "-2-", "--1"] * 5
    others = [*thin, *["112"] * 5]
    both = [*_some("a", 17), *[""] * 20]
    before, after = _chain({"A": both}, {"A": both}, items=3)
    chain = [
        replace(before, codes={"A": answers(*thin, "121", "212", *others)}),
        replace(after, codes={"A": answers(*thin, "221", "212", *others)}),
    ]
    assert _changes(_waves(chain)[1], "paired") == []
    rule = privacy.paired_shown
    monkeypatch.setattr(privacy, "paired_shown", lambda items, _, k: rule(items, k, k))
    found = _attack(chain)
    assert (found.smallest, found.kind) == (2, "spread")


def _chain(
    *panels: Mapping[str, Sequence[str]], ks: Sequence[int] = (5, 5, 5), items: int = 2
) -> list[Drawn]:
    """A chain of rounds of so many items: by team the panel codes, all answers valid."""
    rng = np.random.default_rng(1)
    base = small_round(1, items=items)
    chain: list[Drawn] = []
    for place, panel in enumerate(panels):
        round_ = replace(
            base,
            code=f"R-{'bcd'[place]}",
            min_group=ks[place],
            follows=chain[-1].round_.code if chain else None,
            teams=tuple(Team(name) for name in panel),
        )
        codes = {
            team: rng.integers(1, 3, size=(len(each), items)).astype(np.int8)
            for team, each in panel.items()
        }
        chain.append(Drawn(round_, codes, {}, {}, {t: list(each) for t, each in panel.items()}))
    return chain


def _some(name: str, times: int) -> list[str]:
    return [f"{name}{number}" for number in range(times)]


def test_a_team_matched_but_for_one_beside_a_team_not_matched_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By hand: the change is about seven of eight in one team, so the team's own is about one."""
    panel = {"A": [*_some("a", 7), ""], "B": [""] * 8}
    assert _attack(_chain(panel, panel)).smallest == 8
    monkeypatch.setattr(privacy, "paired_shown", _as_designed)
    found = _attack(_chain(panel, panel))
    assert (found.fewest, found.kept) == ((1, 1), False)
    assert Figure(None, "dim-aa", "difference", wave=1) in found.made_from


def test_where_half_of_a_team_is_matched_the_change_is_shown_and_tells_of_no_fewer() -> None:
    panel = {"A": [*_some("a", 6), *[""] * 5]}
    waves = _waves(_chain(panel, panel))
    assert len(_changes(waves[1], "paired")) == 1
    assert findings(waves).fewest == (5, 5)


def test_where_everybody_is_matched_the_change_is_shown_and_tells_nothing_new() -> None:
    panel = {"A": _some("a", 9), "B": _some("b", 7)}
    waves = _waves(_chain(panel, panel, panel))
    assert [len(_changes(wave, "paired")) for wave in waves] == [0, 1, 1]
    assert findings(waves).fewest == (7, 7, 7)


def test_a_promise_of_an_earlier_round_holds_where_a_later_one_promises_less() -> None:
    """Twelve are matched all the way; the first round has one more, the last one five.

    The changes together are the last round's minus the first one's, of the same twelve: minus both
    rounds' own figures they are about the one and the five, and the first round promised twelve.
    """
    same = _some("a", 12)
    panels = [{"A": [*same, *[""] * others]} for others in (1, 12, 5)]
    found = _attack(_chain(*panels, ks=(12, 5, 5)))
    assert (found.promised, found.kept) == ((12, 5, 5), True)


def test_two_with_one_code_are_matched_with_nobody() -> None:
    before = {"A": [*_some("a", 6), *[""] * 6]}
    after = {"A": [*_some("a", 6), "a0", *[""] * 6]}
    waves = _waves(_chain(before, after))
    assert [row["n"] for row in _changes(waves[1], "paired")] == [5]
    assert findings(waves).fewest == (5, 5)


# Gaps, changes, and leads.


def _with(waves: Sequence[Wave], place: int, part: str, **values: Any) -> list[Wave]:
    """Change the first row of a part that shows something, in all reports of a round."""
    wave = waves[place]
    shown = "gap" if part == "gaps" else "difference"
    found = next(row for row in wave.reports[0][part] if row[shown] is not None)
    reports = [
        {**report, part: [{**row, **values} if row == found else row for row in report[part]]}
        for report in wave.reports
    ]
    return [*waves[:place], replace(wave, reports=reports), *waves[place + 1 :]]


@pytest.fixture(scope="module")
def seen() -> list[Wave]:
    """Two rounds of one team, with observers and a lead's view."""
    rng = np.random.default_rng(5)
    base = small_round(9, outside=True)
    chain: list[Drawn] = []
    for place in range(2):
        round_ = replace(
            base, code=f"R-{'bc'[place]}", follows=chain[-1].round_.code if chain else None
        )
        own, others, lead = (
            {"A": rng.integers(1, 3, size=(n, 2)).astype(np.int8)} for n in (9, 8, 1)
        )
        chain.append(Drawn(round_, own, others, lead, {"A": [""] * 9}))
    return _waves(chain)


def test_gaps_and_changes_that_are_made_of_published_figures_are_no_equations(
    seen: list[Wave],
) -> None:
    found = findings(seen)
    assert (found.fewest, found.contradicting) == ((8, 8), ())
    assert len(_changes(seen[1], "independent")) == 2
    bare = [
        replace(wave, reports=[{**report, "gaps": [], "changes": []} for report in wave.reports])
        for wave in seen
    ]
    assert findings(bare).equations == found.equations
    assert findings(bare).figures < found.figures


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("gaps", "gap", 1.0),
        ("gaps", "self", 1.0),
        ("gaps", "outside", 1.0),
        ("gaps", "interval", [-1.0, 1.0]),
        ("changes", "difference", 1.0),
        ("changes", "interval", [-1.0, 1.0]),
        ("changes", "g", 9.0),
        ("changes", "n", 99),
    ],
)
def test_what_is_not_made_of_published_figures_is_named(
    part: str, name: str, value: Any, seen: list[Wave]
) -> None:
    found = findings(_with(seen, 1, part, **{name: value}))
    about = seen[1].round_.questionnaire.dimensions[0].id
    figure = Figure(None, about, f"change {name}", wave=1)
    if part == "gaps":
        figure = Figure(None, about, f"gap {name}", "observer", 1)
    assert found.contradicting == (figure,)


def test_a_change_within_the_same_people_of_a_team_is_named(seen: list[Wave]) -> None:
    rows = [row for row in seen[1].reports[0]["changes"] if row["team"] == "A"]
    team = [{**row, "kind": "paired", "difference": 1.0} for row in rows]
    report = {**seen[1].reports[0], "changes": team}
    found = findings([seen[0], replace(seen[1], reports=[report])])
    assert [figure.name for figure in found.contradicting] == ["change difference"]


def test_reports_that_say_different_things_of_a_gap_are_named(seen: list[Wave]) -> None:
    wave = seen[0]
    silent = [{**row, "gap": None} for row in wave.reports[1]["gaps"]]
    reports = [wave.reports[0], {**wave.reports[1], "gaps": silent}]
    found = findings([replace(wave, reports=reports)])
    assert {figure.name for figure in found.contradicting} == {"gap"}


def test_changes_against_a_round_that_is_not_there_are_beside(seen: list[Wave]) -> None:
    assert "changes" in findings(seen[1:]).beside
    assert "changes" not in findings(seen).beside


def test_observers_are_attacked_like_everybody_else_and_leads_are_not(seen: list[Wave]) -> None:
    """Six of eight observers shown as a team give the other two away."""
    wave = seen[0]
    groups = wave.reports[0]["groups"]
    assert {group["perspective"] for group in groups} == {"self", "observer", "lead"}
    team = next(g for g in groups if g["perspective"] == "observer" and g["team"] == "A")
    others = {"A": wave.observers["A"][:6], "B": wave.observers["A"][6:]}
    codes = {"A": wave.codes["A"], "B": np.zeros((0, 2), dtype=np.int8)}
    report = {**wave.reports[0], "gaps": []}
    found = findings([replace(wave, reports=[report], codes=codes, observers=others)])
    assert team["items"][0]["mean"] is not None
    assert (found.smallest, {who for who, _ in found.where}) == (2, {"B"})


# Solving along a chain, against trying out every group of people.


@given(st.integers(0, 10**9))
@example(13696)
@settings(max_examples=80, deadline=None)
def test_solving_several_gatherings_finds_what_trying_finds(seed: int) -> None:
    """Random rows, some of one gathering and some that tie two; as ``findings`` goes about it."""
    rng = Random(seed)
    crowds: dict[Any, Crowd] = {
        (gathering, cell): Crowd(rng.choice("AB"), rng.randint(1, 3), gathering)
        for gathering in range(rng.randint(1, 3))
        for cell in range(rng.randint(1, 3))
    }
    gatherings = sorted({crowd.gathering for crowd in crowds.values()}, key=repr)
    own = [_row(rng, [c for c in crowds if c[0] == g]) for g in gatherings for _ in range(2)]
    ties = [_row(rng, list(crowds)) for _ in range(rng.randint(0, 2))]
    spread_out = [
        {
            ((crowds[cell].gathering, f"{crowds[cell].team}{bit}"), cell): Fraction(value)
            for (cell, _), value in row.items()
            for bit in range(2)
            if crowds[cell].members >> bit & 1
        }
        for row in (*own, *ties)
    ]
    for gathering in gatherings:
        best: int | None = None
        for size in range(len(ties) + 1):
            for some in combinations(ties, size):
                rows = [
                    {part: value % PRIME for part, value in row.items()} for row in (*some, *own)
                ]
                found = smallest(rows, crowds, best, gathering, range(size))
                best = found.people if found else best
        assert best == by_trying(spread_out, gathering)


def _row(rng: Random, cells: Sequence[Hashable]) -> dict[tuple[Any, int], int]:
    return {(cell, 0): rng.choice((-2, -1, 1, 1, 2)) for cell in cells if rng.random() < 0.6}


@pytest.mark.parametrize("seed", range(60))
def test_chains_say_the_same_as_their_reports_read_person_by_person(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tiny chains without a gate: every group of people is tried on equations written anew."""
    rng = Random(seed)
    monkeypatch.setattr(privacy, "plan", everything)
    monkeypatch.setattr(
        privacy,
        "paired_shown",
        lambda items, *_: all(any(n for n, _ in item.teams) for item in items),
    )
    chain = _tiny_chain(rng)
    waves = [replace(wave, reports=[_only_answers(wave.reports[0])]) for wave in _waves(chain)]
    rows = list(
        joined.from_iterable(
            person_by_person(wave.reports[0], wave.round_, wave.codes, place)
            for place, wave in enumerate(waves)
        )
    )
    places = {wave.round_.code: place for place, wave in enumerate(waves)}
    for place, wave in enumerate(waves):
        if _changes(wave, "paired"):
            rows.append(_change_by_person(chain, places[wave.round_.follows or ""], place))
    found = findings(waves)
    assert found.exact
    assert list(found.fewest) == [by_trying(rows, place) for place in range(len(waves))]


def _tiny_chain(rng: Random) -> list[Drawn]:
    base = small_round(1)
    words = [a + b for a in "12-" for b in "12"] + ["-."]
    chain: list[Drawn] = []
    for place in range(rng.choice((2, 3))):
        sizes = [rng.randint(1, 3) for _ in range(rng.choice((1, 2)))]
        names = "AB"[: len(sizes)]
        round_ = replace(
            base,
            code=f"R-{'bcd'[place]}",
            teams=tuple(Team(name, rng.choice((None, 4))) for name in names),
            follows=None if not place else f"R-{'bcd'[rng.randrange(place)]}",
        )
        known = rng.sample([f"p{n}" for n in range(5)] + ["p0"] + [""] * 4, k=sum(sizes))
        chain.append(
            Drawn(
                round_,
                {
                    name: answers(*rng.choices(words, k=size))
                    for name, size in zip(names, sizes, strict=True)
                },
                {},
                {},
                {
                    name: [known.pop() for _ in range(n)]
                    for name, n in zip(names, sizes, strict=True)
                },
            )
        )
    return chain


def _only_answers(report: Mapping[str, Any]) -> dict[str, Any]:
    """Leave only what is a sum of answers."""
    silent = dict.fromkeys(("n", "sd", "interval", "left_open", "did_not_occur"))
    groups = [
        {
            **group,
            "n": None,
            **{
                part: [
                    {**row, **{k: v for k, v in silent.items() if k in row}} for row in group[part]
                ]
                for part in ("dimensions", "items")
            },
        }
        for group in report["groups"]
    ]
    changes = [
        {**row, "n": None, "interval": None, "g": None}
        for row in report["changes"]
        if row["kind"] == "paired"
    ]
    return {**report, "groups": groups, "changes": changes, "reliability": []}


def _change_by_person(chain: Sequence[Drawn], old: int, new: int) -> dict[Unknown, Fraction]:
    """Write the change within the same people, an unknown for each answer."""
    row: dict[Unknown, Fraction] = {}
    signs = [-1 if item.reverse else 1 for item in chain[new].round_.questionnaire.items]
    who = [list(_everybody(chain[place], place)) for place in (old, new)]
    for at, sign in enumerate(signs):
        both = [
            (then, now)
            for then, code, before in who[0]
            for now, other, after in who[1]
            if _is_one(code, who) and code == other and before[at] > 0 and after[at] > 0
        ]
        for then, now in both:
            row[then, at] = Fraction(-sign, len(both))
            row[now, at] = Fraction(sign, len(both))
    return row


def _is_one(code: str, who: Sequence[Sequence[tuple[Person, str, Any]]]) -> bool:
    return bool(code) and all(sum(code == other for _, other, _ in each) == 1 for each in who)


def _everybody(drawn: Drawn, place: int) -> Iterable[tuple[Person, str, Any]]:
    for team, codes in drawn.codes.items():
        for number, code in enumerate(drawn.panel[team]):
            yield (place, f"{team} {number}"), code, codes[number]
