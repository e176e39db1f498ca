"""What the room sees: never a figure before the reveal, below k none at all, else the report's."""

import io
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import pytest
from rich.cells import cell_len
from rich.console import Console

from checklist.attack.strays import stray_numbers
from checklist.demo import Chain, chain
from checklist.i18n import Texts
from checklist.render import markdown, round_profile
from checklist.render.blocks import (
    Block,
    Heading,
    Paragraph,
    Profile,
    Stacks,
    Subheading,
    Title,
)
from checklist.render.terminal import TerminalRenderer
from checklist.report import Report
from checklist.report.group import round_report
from checklist.report.model import DimensionRow
from checklist.rounds import Round
from checklist.workshop.agenda import PHASES, roles
from checklist.workshop.reveal import (
    Part,
    open_to_hands,
    parts,
    proposed,
    shown_items,
    strengths,
    view_of,
)
from checklist.workshop.showing import shown
from checklist.workshop.showing.actions import as_bullets
from checklist.workshop.showing.transferring import by_votes
from checklist.workshop.state import Action, Cause, Workshop, place_of
from tests.answers_of import selves
from tests.rounds_at_random import random_round

DE, EN = Texts("de"), Texts("en")
LANGUAGES = {"de": DE, "en": EN}
SEEDS = range(24)
FIGURE = re.compile(r"\d+(?:[.,]\d+)?")

AN_ACTION = Action(
    "ein Kunde zum zweiten Mal anruft", "zuerst den Stand nennen.", "KB",
    date(2026, 12, 31), "weniger Nachfragen",
)  # fmt: skip
both = pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)


@cache
def demo(language: str) -> tuple[Chain, Report]:
    made = chain(language)
    return made, made.report(LANGUAGES[language])


@cache
def at_random(seed: int) -> tuple[Round, Report]:
    """A closed round of any shape, and its report; some have one team, some too few people."""
    rng = random.Random(seed)
    few = seed % 3 == 0
    round_, codes = random_round(
        rng, most_teams=1 if few else 4, most_people=4 if few else 15, least_k=5
    )
    return round_, round_report(round_, selves(codes), (), DE)


def a_workshop(phase: str, round_: Round, **changed: object) -> Workshop:
    """A workshop in which everything has been said that can be."""
    items = tuple(item.id for item in round_.questionnaire.items)
    filled = Workshop(
        round_.code, "key", "code", phase=place_of(phase), closed=True, items=items,
        hands={item.id: (0,) * item.scale.size for item in round_.questionnaire.items[:1]},
        topic=round_.questionnaire.dimensions[0].id,
        causes=(Cause("ours", "wir hetzen"), Cause("company", "kein Feld", "von der IT")),
        proposals=("Nachfragen", "Zusammenfassen"), voting="closed", tally=(4, 8),
        voters=6, actions=(AN_ACTION,), earlier=(AN_ACTION,), follow_up=date(2027, 1, 15),
    )  # fmt: skip
    return replace(filled, **changed)  # type: ignore[arg-type]


def written(blocks: Sequence[Block], width: int = 80) -> str:
    out = io.StringIO()
    TerminalRenderer(Console(file=out, width=width, force_terminal=False)).print(blocks)
    return out.getvalue()


def running(blocks: Sequence[Block]) -> str:
    return " ".join(written(blocks, 200).split())


def every_part(round_: Round, report: Report, texts: Texts) -> Iterator[tuple[Part, list[Block]]]:
    workshop = a_workshop("reveal", round_)
    for place, part in enumerate(parts(workshop, round_, report)):
        yield part, shown(replace(workshop, part=place), round_, report, texts)


# -- before the reveal, and after it


@pytest.mark.parametrize("seed", SEEDS)
def test_only_the_reveal_depends_on_the_report(seed: int) -> None:
    round_, report = at_random(seed)
    for phase, ended in product(PHASES, (False, True)):
        workshop = a_workshop(phase.id, round_, ended=ended)
        same = shown(workshop, round_, report, DE) == shown(workshop, round_, None, DE)
        assert same == (phase.id != "reveal"), phase.id


@both
def test_before_there_is_a_report_the_reveal_waits(texts: Texts) -> None:
    round_ = demo(texts.language)[0].autumn
    blocks = shown(a_workshop("reveal", round_), round_, None, texts)
    assert [type(block) for block in blocks] == [Title, Paragraph]
    assert not FIGURE.search(written(blocks))


# -- below the threshold


def test_below_the_threshold_there_is_one_part_and_no_figure() -> None:
    hidden = 0
    for seed in SEEDS:
        round_, report = at_random(seed)
        if view_of(round_, report).focus.status == "published":
            continue
        hidden += 1
        workshop = a_workshop("reveal", round_)
        assert parts(workshop, round_, report) == (Part("too-few"),)
        for part in range(4):
            said = written(shown(replace(workshop, part=part), round_, report, DE))
            assert not FIGURE.search(said), said
        view = view_of(round_, report)
        assert (shown_items(view), proposed(view), open_to_hands(workshop, view)) == ([], [], [])
    assert hidden >= 5


# -- the parts


def test_parts_name_only_items_that_may_be_shown_and_never_more_than_three() -> None:
    named = left_out = 0
    for seed in SEEDS:
        round_, report = at_random(seed)
        focus = view_of(round_, report).focus
        open_ = {row.id for row in focus.items if row.status == "published"}
        everything = [item.id for item in round_.questionnaire.items]
        for start in range(len(everything)):
            chosen = ("nonsense", *everything[start:])
            found = parts(a_workshop("reveal", round_, items=chosen, hands={}), round_, report)
            items = [part.item for part in found if part.kind == "item"]
            assert len(items) <= 3
            assert set(items) <= open_
            named += len(items)
            left_out += len(set(chosen[:3]) - {"nonsense"} - open_)
    assert named
    assert left_out


def test_strengths_come_first_and_a_change_after_the_profile() -> None:
    made, report = demo("de")
    kinds = [part.kind for part, _ in every_part(made.autumn, report, DE)]
    assert kinds == ["strengths", "profile", "change", "item", "item", "item"]
    alone = report.model_copy(update={"changes": []})
    found = parts(a_workshop("reveal", made.autumn, items=()), made.autumn, alone)
    assert [part.kind for part in found] == ["strengths", "profile"]


def test_proposed_items_are_those_of_the_topics_as_far_as_they_are_shown() -> None:
    made, report = demo("de")
    view = view_of(made.autumn, report)
    named = [item for topic in report.topics if topic.team is None for item in topic.items]
    assert proposed(view) == named
    assert [item.id for item in shown_items(view)][: len(named)] == named
    first = view.everybody.items[0]
    hidden = first.model_copy(update={"id": named[0], "status": "too_few"})
    without = [row for row in view.everybody.items if row.id != named[0]]
    group = view.everybody.model_copy(update={"items": [hidden, *without]})
    changed = report.model_copy(update={"groups": [group, *report.groups[1:]]})
    assert proposed(view_of(made.autumn, changed)) == named[1:]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([10.0, 30.0, 20.0, 40.0, 60.0, 50.0], ["d4", "d5", "d3"]),
        ([10.0, 30.0, 20.0, 40.0, 60.0], ["d4", "d3", "d1"]),
        ([10.0, 30.0], ["d1"]),
        ([10.0, 30.0, 30.0], ["d1", "d2"]),
        ([10.0, 30.0, 30.0, 30.0], ["d1", "d2", "d3"]),
        ([30.0, 10.0, None, 20.0], ["d0", "d3"]),
        ([30.0], []),
        ([30.0, None], []),
    ],
)
def test_strengths_are_the_upper_half_at_most_with_ties(
    scores: list[float | None], expected: list[str]
) -> None:
    made, report = demo("de")
    rows = [
        DimensionRow(
            id=f"d{place}", title="t", status="too_few" if score is None else "published",
            n=8, score=score,
        )
        for place, score in enumerate(scores)
    ]  # fmt: skip
    group = report.groups[0].model_copy(update={"dimensions": rows})
    changed = report.model_copy(update={"groups": [group, *report.groups[1:]]})
    assert [row.id for row in strengths(view_of(made.autumn, changed))] == expected


@both
def test_strengths_are_called_clearly_higher_only_where_places_say_so(texts: Texts) -> None:
    made, report = demo(texts.language)
    clear = "deutlich höher" if texts is DE else "clearly higher"
    workshop = a_workshop("reveal", made.autumn)

    def said(rows: list[DimensionRow]) -> str:
        group = report.groups[0].model_copy(update={"dimensions": rows})
        changed = report.model_copy(update={"groups": [group, *report.groups[1:]]})
        return " ".join(written(shown(workshop, made.autumn, changed, texts)).split())

    rows = report.groups[0].dimensions
    top = max(row.place or 1 for row in rows)
    highest = [row.title for row in rows if row.place == top]
    assert clear in said(rows)
    assert all(title in said(rows).partition(clear)[0] for title in highest)
    level = [row.model_copy(update={"place": 1}) for row in rows]
    assert clear not in said(level)
    assert texts("summary.no-difference") in said(level)
    alike = [row.model_copy(update={"place": 1, "ad_m": 0.0}) for row in rows]
    assert texts("summary.no-difference") not in said(alike)


# -- figures are the report's


def test_no_number_of_the_reveal_is_any_other_than_the_reports() -> None:
    made, report = demo("de")
    given = [(made.autumn, report), *(at_random(seed) for seed in SEEDS)]
    for round_, found in given:
        parsed = json.loads(found.model_dump_json(by_alias=True))
        workshop = a_workshop("reveal", round_, hands={})
        for place in range(len(parts(workshop, round_, found))):
            blocks = shown(replace(workshop, part=place), round_, found, DE)
            assert stray_numbers(markdown.render(blocks), parsed, round_) == [], round_.code


def test_at_random_bars_and_counts_are_those_of_the_report() -> None:
    kinds: set[str] = set()
    for seed in SEEDS:
        round_, report = at_random(seed)
        focus = view_of(round_, report).focus
        rows = {row.title: row for row in focus.dimensions}
        counts = {row.id: row for row in focus.items}
        for part, blocks in every_part(round_, report, DE):
            kinds.add(part.kind)
            bars = [bar for block in blocks if isinstance(block, Profile) for bar in block.bars]
            assert [(bar.title, bar.score) for bar in bars] == (
                [(row.title, row.score) for row in focus.dimensions] if bars else []
            )
            for bar in bars:
                status = rows[bar.title].status
                assert bar.words == ("" if bar.figure else DE(f"report.hidden.{status}"))
                assert bar.interval == rows[bar.title].interval
            drawn = [
                row for b in blocks if isinstance(b, Stacks) for s in b.stacks for row in s.rows
            ]
            if part.kind == "item":
                assert [row.counts for row in drawn] == [tuple(counts[part.item].counts or ())]
    assert {"too-few", "strengths", "profile", "item"} <= kinds


# -- hands


def a_view_with_hidden_items() -> tuple[Round, Report]:
    """The made-up round, as if too few had answered for single items."""
    made, report = demo("de")
    nothing = {
        "status": "too_few", "n": None, "left_open": None, "did_not_occur": None, "mean": None,
        "counts": None,
    }  # fmt: skip
    group = report.groups[0]
    items = [row.model_copy(update=nothing) for row in group.items]
    hidden = group.model_copy(update={"items": items})
    return made.autumn, report.model_copy(update={"groups": [hidden, *report.groups[1:]]})


def test_hands_stand_alone_and_are_called_what_they_are() -> None:
    round_, report = a_view_with_hidden_items()
    item = round_.questionnaire.items[0]
    workshop = a_workshop("reveal", round_, hands={item.id: (91, 92, 93, 94, 95)})
    found = parts(workshop, round_, report)
    assert found[-1] == Part("hands", item.id)
    for place, part in enumerate(found):
        blocks = shown(replace(workshop, part=place), round_, report, DE)
        said = written(blocks, 200)
        assert ("93" in said) == (part.kind == "hands"), part
    assert DE("showing.hands.no-survey") in " ".join(said.split())
    assert DE("showing.hands.title") in said
    assert not any(isinstance(block, (Stacks, Profile)) for block in blocks)


def test_no_hands_where_they_could_be_subtracted_from_figures() -> None:
    made, report = demo("de")
    workshop = a_workshop("reveal", made.autumn, hands={})
    assert open_to_hands(workshop, view_of(made.autumn, report)) == []
    round_, hidden = a_view_with_hidden_items()
    view = view_of(round_, hidden)
    assert len(open_to_hands(workshop, view)) == len(round_.questionnaire.items)
    first, second, *_ = round_.questionnaire.dimensions[0].items
    one = replace(workshop, hands={first.id: (1, 0, 0, 0, 0)})
    still = {item.id for item in open_to_hands(one, view)}
    assert first.id in still  # to be typed again
    assert second.id not in still  # all of a dimension's items would lay its score open
    for seed in SEEDS:
        some, given = at_random(seed)
        status = {row.id: row.status for row in view_of(some, given).focus.items}
        found = open_to_hands(a_workshop("reveal", some, hands={}), view_of(some, given))
        assert all(status[item.id] == "too_few" for item in found)


def test_hands_to_an_item_that_is_shown_are_not() -> None:
    made, report = demo("de")
    item = made.autumn.questionnaire.items[0]
    workshop = a_workshop("reveal", made.autumn, hands={item.id: (91, 0, 0, 0, 0)})
    for place in range(9):
        assert "91" not in written(shown(replace(workshop, part=place), made.autumn, report, DE))


# -- the other phases


def said_in(phase: str, texts: Texts = DE, **changed: object) -> str:
    round_ = demo(texts.language)[0].autumn
    blocks = shown(a_workshop(phase, round_, **changed), round_, None, texts)
    return running(blocks)


def test_a_workshop_that_follows_opens_with_what_was_agreed() -> None:
    said = said_in("arrive")
    assert said.index("beim letzten Mal vereinbart") < said.index("Worum es heute geht")
    assert "Wenn ein Kunde zum zweiten Mal anruft, dann: zuerst den Stand nennen." in said
    assert all(part in said for part in ("KB", "31. Dezember 2026", "weniger Nachfragen"))
    assert "beim letzten Mal" not in said_in("arrive", earlier=())


@both
def test_arriving_says_the_rules_the_thresholds_and_who_reads_what(texts: Texts) -> None:
    round_ = demo(texts.language)[0].autumn
    said = said_in("arrive", texts)
    assert all(rule in said for rule in texts.prefixed("workshop.rule").values())
    assert texts("workshop.terms", scores=5, items=8) in said
    assert round_.terms.keeper_name in said
    assert texts("showing.arrive.keeper", keeper=round_.terms.keeper_name) in said
    assert round_.terms.recipient in said
    assert round_.terms.purpose in said


def test_while_the_room_answers_it_is_left_in_peace() -> None:
    round_ = demo("de")[0].autumn
    blocks = shown(a_workshop("answer", round_, closed=False), round_, None, DE)
    assert [type(block) for block in blocks] == [Title, Paragraph]
    assert "Kasten" not in said_in("answer", closed=False)
    assert "Kasten" in said_in("answer", closed=False, way="paper")
    assert "geschlossen" in said_in("answer")


def test_causes_stand_in_two_lists_and_an_empty_one_says_so() -> None:
    said = said_in("causes")
    assert said.index("bei uns") < said.index("wir hetzen") < said.index("beim Unternehmen")
    assert said.index("beim Unternehmen") < said.index("kein Feld") < said.index("von der IT")
    assert said_in("causes", causes=()).count(DE("showing.causes.none")) == 2


@both
@pytest.mark.parametrize(
    ("address", "way", "others"),
    [
        ("http://192.168.8.2:8421", "page", True),
        ("http://workshop.example:8421", "page", True),
        ("http://192.168.8.2:8421", "paper", False),
        ("https://192.168.8.2:8421", "page", False),
        ("http://127.0.0.1:8421", "page", False),
        ("http://[::1]:8421", "page", False),
        ("http://localhost:8421", "page", False),
        ("", "page", False),
    ],
)
def test_arriving_says_who_else_reads_along_where_the_page_is_not_encrypted(
    texts: Texts, address: str, way: str, others: bool
) -> None:
    said = said_in("arrive", texts, address=address, way=way)
    keeper = demo(texts.language)[0].autumn.terms.keeper_name
    assert (texts("showing.arrive.keeper-readable", keeper=keeper) in said) == others
    assert (texts("showing.arrive.keeper", keeper=keeper) in said) != others


@both
def test_the_room_is_told_nothing_of_who_is_missing(texts: Texts) -> None:
    made, report = demo(texts.language)
    group = report.groups[0]
    assert group.headcount
    rows = [row.model_copy(update={"bounds": [40.0, 60.0]}) for row in group.dimensions]
    some = group.model_copy(update={"dimensions": rows, "headcount": (group.n or 0) + 1})
    changed = report.model_copy(update={"groups": [some, *report.groups[1:]]})
    view = view_of(made.autumn, changed)
    missing = "Je nachdem, was" if texts is DE else "Depending on what"
    assert missing in running(list(round_profile.profile(view)))
    for _, blocks in every_part(made.autumn, changed, texts):
        assert missing not in running(blocks)


def test_the_practice_says_who_does_what_in_this_turn() -> None:
    assert {person: {roles(turn)[person] for turn in range(3)} for person in range(3)} == {
        person: {"customer", "speaker", "observer"} for person in range(3)
    }
    assert all(len(set(roles(turn))) == 3 for turn in range(3))
    for turn in range(3):
        said = said_in("practice", turn=turn, topic="")
        assert f"Durchgang {turn + 1} von 3" in said
        assert DE("workshop.word.talk") in said
        speaker = roles(turn).index("speaker") + 1
        assert f"Person {speaker}: {DE('workshop.role.speaker')}" in said
        assert "eigenen kleinen Fall" in said


def test_an_exercise_stands_alone_and_its_times_beside_no_others() -> None:
    for dimension in demo("de")[0].autumn.questionnaire.dimensions:
        exercise = next(each for each in dimension.suggestions if each.audience == "trainer")
        for by_turns in (False, True):
            said = said_in("practice", topic=dimension.id, turn=1, by_turns=by_turns)
            assert " ".join(exercise.step["de"].split()) in said
            assert ("Durchgang 2 von 3" in said) == by_turns
            assert "Person 1" not in said
            assert not any(DE(f"workshop.word.{part}") in said for part in ("case", "talk", "echo"))


def test_votes_are_shown_only_once_voting_is_closed() -> None:
    proposals = ("Eins", "Zwei", "Drei", "Vier")
    for voting in ("before", "open"):
        said = said_in("decide", proposals=proposals, voting=voting, tally=(7, 9, 7, 0))
        assert [said.index(text) for text in proposals] == sorted(map(said.index, proposals))
        assert not {"7", "9"} & set(FIGURE.findall(said))
    said = said_in("decide", proposals=proposals, tally=(7, 9, 7, 0))
    order = [said.index(text) for text in ("2: Zwei", "1: Eins", "3: Drei", "4: Vier")]
    assert order == sorted(order)
    assert "9 Stimmen" in said
    assert DE("showing.decide.tied") in said
    assert DE("showing.decide.tied") not in said_in("decide", proposals=("A", "B"), tally=(0, 0))
    round_ = demo("de")[0].autumn
    tied = a_workshop("decide", round_, proposals=proposals, tally=(7, 9, 7, 0))
    assert by_votes(tied) == [1, 0, 2, 3]


@pytest.mark.parametrize(
    ("voters", "tally", "counted"),
    [(4, (7, 5), False), (5, (3, 2), True), (0, (6, 6), False), (0, (7, 6), True), (0, (), False)],
)
def test_votes_of_a_few_are_shown_in_their_order_only(
    voters: int, tally: tuple[int, ...], counted: bool
) -> None:
    """Slips that were counted tell only how many people it were at least: three votes each."""
    proposals = ("Eins", "Zwei")[: len(tally)] or ("Eins",)
    said = said_in("decide", proposals=proposals, tally=tally or (0,), voters=voters)
    assert (DE("showing.decide.few") in said) == (not counted)
    assert bool(re.search(r"\d Stimmen?\b", said)) == counted
    assert said.index("Eins") < said.index(proposals[-1]) or len(proposals) == 1


def test_an_agreement_says_when_what_who_until_and_by_which_sign() -> None:
    assert as_bullets([AN_ACTION], EN).points == (
        (
            "If ein Kunde zum zweiten Mal anruft, then: zuerst den Stand nennen.",
            "Who: KB · by 31 December 2026 · How we will notice: weniger Nachfragen",
        ),
    )
    assert DE("showing.agree.none") in said_in("agree", actions=())


def test_the_close_asks_for_a_commitment_and_to_save_it() -> None:
    said = said_in("close")
    assert "15. Januar 2027" in said
    assert DE("showing.close.save") in said
    assert DE("showing.close.save") not in said_in("close", way="paper")
    assert DE("showing.close.save") not in said_in("close", ended=True)
    assert DE("showing.close.ended") in said_in("close", ended=True)
    assert "15. Januar" not in said_in("close", follow_up=None)


# -- how it looks


@both
@pytest.mark.parametrize("width", [40, 80, 200])
def test_nothing_is_wider_than_the_window(texts: Texts, width: int) -> None:
    made, report = demo(texts.language)
    seen = [blocks for _, blocks in every_part(made.autumn, report, texts)]
    seen += [
        shown(a_workshop(phase.id, made.autumn), made.autumn, report, texts)
        for phase in PHASES
        if phase.id != "reveal"
    ]
    for blocks in seen:
        assert isinstance(blocks[0], Title)
        for line in written(blocks, width).splitlines():
            assert cell_len(line) <= width, line


@both
def test_each_part_of_the_reveal_fits_a_small_screen_or_begins_with_what_matters(
    texts: Texts,
) -> None:
    made, report = demo(texts.language)
    for part, blocks in every_part(made.autumn, report, texts):
        body = written(blocks[1:]).strip().splitlines()
        assert len(body) <= 24, part
        assert isinstance(blocks[1], (Heading, Subheading))
