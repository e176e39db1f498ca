"""Part one of a report: each claim is held against raw answers, edge cases with their words."""

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pytest

from checklist.i18n import LANGUAGES, Texts
from checklist.questionnaire import Dimension, Questionnaire
from checklist.report import Report, for_team
from checklist.report.claims import IMPORTANCE, Claim, Kind, claims
from checklist.report.summary import sentences
from checklist.rounds import Round, Team
from checklist.scoring import LEFT_OPEN
from tests.rounds_at_random import random_round
from tests.samples import dimension, item, questionnaire
from tests.test_group_report import (
    DE,
    TWO,
    Rows,
    Slow,
    built,
    heads_of,
    report_of,
    scale,
    slow_groups,
)


@dataclass(frozen=True)
class Truth:
    """Holds the claims of one report against everybody's raw answers."""

    round_: Round
    report: Report
    whole: Report
    groups: Mapping[str | None, Slow]

    @property
    def k(self) -> int:
        return max(5, self.round_.min_group)

    @property
    def everybody(self) -> Slow:
        return self.groups[None]

    def about(self, found: Sequence[Claim]) -> str | None:
        """Whom the report speaks of: its one team, unless it says that this team is hidden."""
        teams = [group.team for group in self.report.groups if group.team is not None]
        hidden = any(claim.kind == "hidden-team" for claim in found)
        return teams[0] if len(teams) == 1 and not hidden else None

    def check(self, found: Sequence[Claim]) -> None:
        assert 3 <= len(found) <= 5
        assert len({claim.kind for claim in found}) == len(found)
        slow, team = self.groups[self.about(found)], self.about(found)
        for claim in found:
            getattr(self, "_" + claim.kind.replace("-", "_"))(slow, team, claim.values)

    def _dims(self, ids: Sequence[str]) -> list[Dimension]:
        known = {dim.id: dim for dim in self.round_.questionnaire.dimensions}
        return [known[name] for name in ids]

    def _shown(self, team: str | None) -> list[Dimension]:
        group = next(group for group in self.report.groups if group.team == team)
        return self._dims([row.id for row in group.dimensions if row.status == "published"])

    def _may_tell_of_nobody(self, team: str) -> bool:
        """Of a team that can never be shown, even this would say something about each member."""
        heads = self.round_.team(team).headcount
        return heads is None or heads >= self.k

    def _verdict(self, team: str) -> str:
        return next(group.status for group in self.report.groups if group.team == team)

    def _nobody(self, slow: Slow, team: str | None, said: Any) -> None:
        assert not self.everybody.rows

    def _too_few(self, slow: Slow, team: str | None, said: Any) -> None:
        assert 0 < len(self.everybody.rows) < said["least"] == self.k

    def _nothing_shown(self, slow: Slow, team: str | None, said: Any) -> None:
        for group in self.report.groups:
            assert group.n is None
            assert all(row.n is None and row.score is None for row in group.dimensions)
            assert all(row.n is None and row.counts is None for row in group.items)

    def _new_round(self, slow: Slow, team: str | None, said: Any) -> None:
        assert self.round_.state == "closed"

    def _hidden_team(self, slow: Slow, team: str | None, said: Any) -> None:
        people = len(self.groups[said["team"]].rows)
        told = self._may_tell_of_nobody(said["team"])
        right = {
            "no_data": not people and told,
            "too_few": people < self.k and (people > 0 or not told),
            "protected": people >= self.k,
        }
        assert right[said["status"]]

    def _heads(self, team: str | None) -> int | None:
        return heads_of(self.round_, team, self.whole)

    def _more(self, slow: Slow, team: str | None, said: Any) -> None:
        assert said["team"] == team
        assert said["n"] == len(slow.rows) > said["heads"] == self._heads(team)

    def _more_teams(self, slow: Slow, team: str | None, said: Any) -> None:
        shown = [group.team for group in self.report.groups if group.team and group.n is not None]
        crowded = [
            name
            for name in shown
            if len(self.groups[name].rows) > (heads_of(self.round_, name) or 99)
        ]
        assert list(said["teams"]) == crowded != []

    def _took_part(self, slow: Slow, team: str | None, said: Any) -> None:
        assert said == {"team": team, "n": len(slow.rows), "heads": self._heads(team)}
        assert said["heads"] is None or said["n"] <= said["heads"]

    def _teams(self, slow: Slow, team: str | None, said: Any) -> None:
        people = {part.name: len(self.groups[part.name].rows) for part in self.round_.teams}
        shown = [name for name in people if self._verdict(name) == "published"]
        assert said["all"] == len(people) > 1
        assert said["shown"] == len(shown)
        empty = [name for name, n in people.items() if not n and self._may_tell_of_nobody(name)]
        assert said["empty"] == len(empty)
        assert said["hidden"] == len(people) - len(shown) - len(empty)

    def _no_scores(self, slow: Slow, team: str | None, said: Any) -> None:
        assert self._shown(team) == []

    def _one_topic(self, slow: Slow, team: str | None, said: Any) -> None:
        assert self._shown(team) == self._dims([said["dimension"]])

    def _lower(self, slow: Slow, team: str | None, said: Any) -> None:
        pairs = slow.clearly_lower(self._shown(team), self.k)
        assert said["dimensions"]
        for name in said["dimensions"]:
            assert name in {low for low, _ in pairs}
            assert said["than"] is None or (name, said["than"]) in pairs

    def _higher(self, slow: Slow, team: str | None, said: Any) -> None:
        pairs = slow.clearly_lower(self._shown(team), self.k)
        assert said["dimensions"]
        assert said["than"] is None
        assert set(said["dimensions"]) <= {high for _, high in pairs}

    def _no_difference(self, slow: Slow, team: str | None, said: Any) -> None:
        shown = self._shown(team)
        assert len(shown) > 1
        assert slow.clearly_lower(shown, self.k) == set()

    def _keyed(self, slow: Slow, said: Any) -> list[tuple[int, set[int]]]:
        dims = self._dims(said["dimensions"])
        assert dims
        return [(i.scale.size, set(slow.keyed(i))) for dim in dims for i in dim.items]

    def _lowest_answers(self, slow: Slow, team: str | None, said: Any) -> None:
        assert all(answers == {1} for _, answers in self._keyed(slow, said))

    def _highest_answers(self, slow: Slow, team: str | None, said: Any) -> None:
        assert all(answers == {size} for size, answers in self._keyed(slow, said))

    def _same(self, slow: Slow, team: str | None, said: Any) -> None:
        assert all(len(answers) == 1 for _, answers in self._keyed(slow, said))

    def _alike(self, slow: Slow, team: str | None, said: Any) -> None:
        assert said["dimensions"]
        for dim in self._dims(said["dimensions"]):
            assert len(slow.scored(dim)) >= 10
            assert slow.ad_m(dim.items) <= dim.items[0].scale.size / 6 + 1e-9

    def _spread(self, slow: Slow, team: str | None, said: Any) -> None:
        asked = self.round_.questionnaire.item(said["item"])
        counts = slow.counts(asked)
        assert (said["low"], said["high"]) == (counts[0], counts[-1])
        assert min(counts[0], counts[-1]) >= 2
        assert sum(counts) >= 10
        assert slow.ad_m([asked]) > asked.scale.size / 6

    def _interval(self, slow: Slow, team: str | None, said: Any) -> None:
        widths = {dim.id: slow.interval(dim) for dim in self._shown(team)}
        mine = widths[said["dimension"]]
        assert mine
        assert (said["low"], said["high"]) == pytest.approx(mine)
        assert said["n"] == len(slow.scored(self._dims([said["dimension"]])[0]))
        assert max(b - a for a, b in filter(None, widths.values())) == pytest.approx(
            mine[1] - mine[0]
        )

    def _own_view(self, slow: Slow, team: str | None, said: Any) -> None:
        assert {group.perspective for group in self.report.groups} == {"self"}

    def _no_norms(self, slow: Slow, team: str | None, said: Any) -> None:
        """True of every questionnaire so far."""


def check_words(report: Report, found: Sequence[Claim], language: str) -> None:
    """Every number in a sentence is one of its claim's; the random texts hold no digit."""
    said = sentences(report, Texts(language))
    assert len(said) == len(found)
    for sentence, claim in zip(said, found, strict=True):
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] in "„“"
        assert sentence.endswith(".")
        assert "None" not in sentence
        given = [v for v in claim.values.values() if isinstance(v, (int, float))]
        for written in re.findall(r"\d+(?:[.,]\d+)?", sentence):
            half = 0.5 * 10.0 ** -len(written.partition("," if language == "de" else ".")[2])
            number = float(written.replace(",", "."))
            assert any(abs(number - value) <= half + 1e-9 for value in given), sentence


def check_round(seed: int, **limits: int) -> Counter[str]:
    """Check the whole report on a random round and one of its teams' reports; count the claims."""
    rng = random.Random(seed)
    round_, codes = random_round(rng, **limits)
    whole = report_of(round_, codes)
    groups = slow_groups(round_, codes)
    kinds: Counter[str] = Counter()
    for report in (whole, for_team(whole, rng.choice(round_.teams).name)):
        found = claims(report)
        Truth(round_, report, whole, groups).check(found)
        check_words(report, found, rng.choice(LANGUAGES))
        kinds.update(claim.kind for claim in found)
    return kinds


BATCH = 500


@pytest.mark.parametrize("start", range(0, 5000, BATCH))
def test_no_claim_is_false_on_any_round(start: int) -> None:
    """One in five rounds is as large as random rounds get, the others have up to three teams."""
    kinds: Counter[str] = Counter()
    for seed in range(start, start + BATCH):
        kinds += check_round(seed) if seed % 5 == 0 else check_round(seed, most_teams=3)
    assert {"took-part", "lower", "higher", "no-difference", "interval", "spread"} <= set(kinds)


def test_every_kind_of_claim_has_its_importance() -> None:
    assert sorted(IMPORTANCE) == sorted(get_args(Kind))


def test_a_report_read_back_from_its_json_says_the_same() -> None:
    for seed in range(60):
        round_, codes = random_round(random.Random(seed))
        report = report_of(round_, codes)
        again = Report.model_validate_json(report.model_dump_json(by_alias=True))
        assert claims(again) == claims(report)
        assert sentences(again, DE) == sentences(report, DE)


def test_a_report_on_one_person_has_no_such_part() -> None:
    report = built(TWO, []).model_copy(update={"round": None})
    with pytest.raises(ValueError, match="round"):
        claims(report)


def said(asked: Questionnaire, rows: Mapping[Team, Rows] | Rows, **more: Any) -> list[str]:
    return sentences(built(asked, rows, **more), DE)


VARIED: Rows = [[3, 3, 4, 4], [2, 3, 4, 5], [4, 2, 3, 4], [5, 1, 2, 2]] * 3
"""Twelve people."""


def test_nobody() -> None:
    assert said(TWO, []) == [
        "Niemand hat teilgenommen.",
        "Deshalb steht hier keine einzige Zahl zu den Fragen.",
        "Diese Runde ist geschlossen; weitere Antworten lassen sich nur in einer neuen sammeln.",
    ]


@pytest.mark.parametrize("people", [1, 2, 6])
def test_one_person_and_k_less_one_read_the_same(people: int) -> None:
    words = said(TWO, VARIED[:people], min_group=7)
    assert words[0] == (
        "Für einen Bericht gab es zu wenige Antworten; Werte erscheinen zum Schutz der Einzelnen "
        "erst ab 7."
    )
    assert words == said(TWO, [[1, 1, 1, 1]] * 3, min_group=7)


def test_all_alike() -> None:
    words = said(TWO, {Team("A", 9): [[4, 2, 3, 3]] * 9, Team("B", 9): [[4, 2, 3, 3]] * 9})
    assert words == [
        "Von 18 Personen haben 18 teilgenommen.",
        "Jedes der 2 Teams steht auch für sich im Bericht, soweit es dort genug Antworten gibt.",
        "Zu „A“ und „B“ stimmen die Antworten bei jeder Frage völlig überein.",
    ]


@pytest.mark.parametrize(("answers", "end"), [([1, 5, 1, 1], "un"), ([5, 1, 5, 5], "")])
def test_all_at_one_end(answers: list[int], end: str) -> None:
    words = said(TWO, {Team("A", 9): [answers] * 9, Team("B", 9): []})
    assert words[2] == (
        "Zu „A“ und „B“ haben alle, die geantwortet haben, bei jeder Frage die "
        f"{end}günstigste Antwort gegeben."
    )


def test_an_item_nobody_answered() -> None:
    rows = [[row[0], LEFT_OPEN, *row[2:]] for row in VARIED]
    words = said(TWO, rows)
    assert (
        "Ein Wert wird nur zu „B“ gezeigt; vergleichen lässt sich dieses Thema hier mit keinem "
        "anderen."
    ) in words


def test_nothing_but_left_open() -> None:
    words = said(TWO, {Team("A"): [[LEFT_OPEN] * 4] * 9, Team("B"): []})
    assert words[-1] == (
        "Zu keinem Thema wird ein Wert gezeigt; warum, steht bei jedem Thema im Profil."
    )
    assert (
        words[1] == "Von 2 Teams steht 1 auch für sich im Bericht; aus dem Rest kam keine Antwort."
    )


def test_no_headcount() -> None:
    words = said(TWO, {Team("A", 9): VARIED, Team("B"): VARIED})
    assert (
        "24 Personen haben teilgenommen; wie viele es hätten sein können, ist nicht angegeben."
        in (words)
    )


def test_more_responses_than_heads_come_first() -> None:
    words = said(TWO, {Team("A", 5): VARIED, Team("B", 6): VARIED})
    assert words[0].startswith(
        "Es liegen mehr Antworten vor, als Personen angegeben sind: 24 Antworten, angegebene "
        "Personenzahl 11."
    )
    assert words[1].startswith("Mehr Antworten als angegebene Personen gibt es bei „A“ und „B“;")
    some = said(TWO, {Team("A", 5): VARIED, Team("B", 60): VARIED})
    assert some[0].startswith("Mehr Antworten als angegebene Personen gibt es bei „A“;")
    assert some[1].startswith("24 Personen haben teilgenommen;"), "how many are missing is unknown"
    many = said(TWO, {Team(name, 5): VARIED for name in "ABCD"})
    assert many[1].startswith("In mehreren Teams, die für sich im Bericht stehen,")


def test_more_responses_than_heads_in_a_hidden_team_are_not_said() -> None:
    words = said(TWO, {Team("A", 40): VARIED, Team("B", 20): VARIED, Team("C", 1): VARIED[:3]})
    assert words[0] == "Von 61 Personen haben 27 teilgenommen."
    assert not [sentence for sentence in words if "mehr Antworten" in sentence.lower()]


def test_one_dimension_and_one_item_only() -> None:
    one = questionnaire(dimension("a", item("a1")))
    words = said(one, [[1], [2], [5], [4]] * 3)
    assert words == [
        "Hier geht es um das Team „A“. 12 Personen haben teilgenommen; wie viele es hätten sein "
        "können, ist nicht angegeben.",
        "Ein Wert wird nur zu „A“ gezeigt; vergleichen lässt sich dieses Thema hier mit keinem "
        "anderen.",
        "Weit auseinander gehen die Antworten bei „Ich a1“: 3-mal die niedrigste Stufe, 3-mal die "
        "höchste.",
        "Den größten Spielraum hat „A“: Bei so verschiedenen Antworten kann ein Mittel aus "
        "12 Personen zwischen 26 und 74 schwanken. Deuten Sie kleinere Unterschiede nicht, sofern "
        "sie hier nicht eigens genannt sind.",
    ]


@pytest.mark.parametrize("size", [2, 9])
def test_shortest_and_longest_scale(size: int) -> None:
    one = questionnaire(dimension("a", item("a1", scale=scale(size))))
    apart = said(one, [[1], [size]] * 5)
    assert [s for s in apart if "5-mal die niedrigste Stufe, 5-mal die höchste" in s]
    close = said(one, [[1]] * 9 + [[2]])
    assert bool([s for s in close if s == "Zu „A“ liegen die Antworten nahe beieinander."])


def test_what_is_clearly_lower_is_named_with_what_it_is_lower_than() -> None:
    rows = [[4 + n % 2, 2, 1 + n % 3 // 2, 2] for n in range(12)]
    words = said(TWO, rows)
    assert (
        "„B“ liegt deutlich niedriger als „A“. Das ist kein Urteil, es können auch die schwereren "
        "Fragen sein."
    ) in words
    three = questionnaire(*(dimension(name, item(f"{name}1")) for name in "abc"))
    words = said(three, [[1 + n % 2, 4 + n // 2 % 2, 4 + n % 3 // 2] for n in range(12)])
    assert "„A“ liegt deutlich niedriger als mindestens ein anderes Thema." in " ".join(words)
    assert "„B“ und „C“ liegen jeweils deutlich höher als mindestens ein anderes Thema." in words


def test_where_no_test_says_so_nothing_is_singled_out() -> None:
    words = said(TWO, [[3, 3, 3, 4], [2, 3, 4, 1], [5, 3, 1, 4], [1, 2, 5, 5]] * 3)
    assert (
        "Der statistische Vergleich hebt kein Thema heraus; deuten Sie die Reihenfolge der Werte "
        "nicht."
    ) in words


def test_similar_answers_are_put_into_words_from_ten_people_on() -> None:
    rows = [[4, 2, 3, 3], [4, 2, 3, 4], [4, 3, 3, 4]] * 4
    alike = "Zu „A“ und „B“ liegen die Antworten nahe beieinander."
    assert alike in said(TWO, rows[:10])
    assert alike not in said(TWO, rows[:9])


def test_nothing_is_called_alike_by_the_limit_of_another_scale() -> None:
    """Each of a1 to a4 has seven answers, too few to show, though fourteen people have a score."""
    hidden = dimension("a", *(item(f"a{n}", scale=scale(2)) for n in range(1, 5)))
    asked = questionnaire(hidden, dimension("b", item("b1", scale=scale(9))))
    rows = [
        [1 + n % 2, 1 + n % 2, 0, 0, 4] if n < 7 else [0, 0, 1 + n % 2, 1 + n % 2, 5]
        for n in range(14)
    ]
    report = built(asked, rows)
    assert [row.n for row in report.groups[0].dimensions] == [14, 14]
    assert [row.n for row in report.groups[0].items] == [None] * 4 + [14]
    assert "alike" not in [claim.kind for claim in claims(report)]


def test_answers_far_apart_need_two_people_at_each_end() -> None:
    one = questionnaire(dimension("a", item("a1")))
    assert not [s for s in said(one, [[1], *[[4]] * 4, *[[5]] * 5]) if "auseinander" in s]
    assert [s for s in said(one, [[1], [1], *[[4]] * 3, *[[5]] * 5]) if "auseinander" in s]
    close = [[1]] * 2 + [[3]] * 60 + [[5]] * 2
    assert not [s for s in said(one, close) if "auseinander" in s]


def test_an_interval_is_never_written_with_two_equal_ends() -> None:
    one = questionnaire(dimension("a", item("a1"), item("a2")))
    words = said(one, [[3, 3]] * 3000 + [[3, 4]])
    [interval] = [sentence for sentence in words if "schwanken" in sentence]
    low, high = re.findall(r"\d+,\d+", interval)
    assert low != high


def test_a_teams_report_speaks_of_the_team() -> None:
    teams = {Team("Nord", 14): VARIED, Team("Süd", 13): VARIED, Team("Ost", 9): VARIED[:3]}
    whole = built(TWO, {**teams, Team("West"): [], Team("Mitte", 4): VARIED[:3]})
    north = sentences(for_team(whole, "Nord"), DE)
    assert north[0] == "Hier geht es um das Team „Nord“. Von 14 Personen haben 12 teilgenommen."
    assert not [sentence for sentence in north if "Süd" in sentence or "Teams" in sentence]
    east = sentences(for_team(whole, "Ost"), DE)
    assert east[0] == (
        "Das Team „Ost“ steht nicht für sich im Bericht, weil es zu wenige Antworten gab; alles "
        "Weitere gilt für alle Teams zusammen."
    )
    assert east[1].startswith("30 Personen haben teilgenommen;")
    west = sentences(for_team(whole, "West"), DE)
    assert west[0].startswith("Aus dem Team „West“ kam keine Antwort;")


def test_hidden_teams_are_counted_and_said_to_be_protected() -> None:
    teams = {Team("A"): VARIED, Team("B"): VARIED, Team("C"): VARIED[:3]}
    assert said(TWO, teams)[1] == (
        "Von 3 Teams steht 1 auch für sich im Bericht; der Rest nicht, damit sich daraus nicht so "
        "leicht auf Einzelne schließen lässt."
    )
    assert said(TWO, {**teams, Team("D"): VARIED, Team("E"): []})[1] == (
        "Von 5 Teams stehen 2 auch für sich im Bericht; ohne eine einzige Antwort: 1, zum Schutz "
        "der Einzelnen verborgen: 2."
    )
    assert said(TWO, {Team("A"): VARIED[:3], Team("B"): VARIED[:4]})[1].startswith("Kein Team ")


def test_five_sentences_are_the_most_and_those_that_matter_stay() -> None:
    three = questionnaire(*(dimension(name, item(f"{name}1")) for name in "abc"))
    rows = [[1 + n % 2, 4 + n // 2 % 2, 4 - n % 3 // 2] for n in range(12)]
    found = claims(built(three, {Team("A", 5): rows, Team("B", 5): rows, Team("C", 5): rows[:2]}))
    assert [claim.kind for claim in found] == ["more", "more-teams", "teams", "lower", "interval"]
