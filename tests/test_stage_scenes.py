"""The trainer's scenes from the reveal to the close: keys, questions, and where the room stands."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from checklist.demo import chain
from checklist.i18n import Texts
from checklist.render.blocks import Block, Bullets, Paragraph, Subheading
from checklist.report import Report
from checklist.rounds import Round
from checklist.terminal import keys
from checklist.terminal.keys import Pasted
from checklist.workshop import agreements, moves
from checklist.workshop.reveal import open_to_hands, parts, view_of
from checklist.workshop.room import Room
from checklist.workshop.seats import voting
from checklist.workshop.showing.transferring import own_minutes
from checklist.workshop.stage.agree import Agree
from checklist.workshop.stage.causes import Causes
from checklist.workshop.stage.close import Close
from checklist.workshop.stage.decide import Decide
from checklist.workshop.stage.leading import Leading
from checklist.workshop.stage.practice import Practice
from checklist.workshop.stage.scene import Scene, Stage
from checklist.workshop.stage.seeing import Seeing
from checklist.workshop.state import (
    MOST_ACTIONS,
    MOST_CAUSES,
    MOST_ITEMS,
    MOST_PROPOSALS,
    Action,
    Cause,
    Workshop,
)
from tests.storing import no_waiting_for_the_disk
from tests.workshop_rooms import a_room, a_workshop, run

TEXTS = {"de": Texts("de"), "en": Texts("en")}
DE = TEXTS["de"]
NOW = datetime(2026, 9, 25, 10, 0, tzinfo=UTC)
DAY = NOW.date()

Reply = str | int | None


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    no_waiting_for_the_disk(monkeypatch)


@cache
def made_up(language: str) -> tuple[Round, Report]:
    found = chain(language)
    return replace(found.autumn, follows=None), found.report(TEXTS[language])


def shown_as(status: str, *, whole: bool = False) -> Report:
    """The made-up report, as if items, or everybody, were hidden for a reason."""
    report = made_up("de")[1]
    nothing = dict.fromkeys(("n", "left_open", "did_not_occur", "mean", "counts"))
    group = report.groups[0]
    items = [row.model_copy(update={**nothing, "status": status}) for row in group.items]
    rows = group.dimensions
    if whole:
        gone = dict.fromkeys(("n", "score", "sd", "interval", "bounds", "ad_m", "place"))
        rows = [row.model_copy(update={**gone, "status": status}) for row in rows]
    hidden = group.model_copy(
        update={
            "items": items, "dimensions": rows,
            **({"status": status, "n": None} if whole else {}),
        }
    )  # fmt: skip
    return report.model_copy(update={"groups": [hidden, *report.groups[1:]]})


class Answers:
    """Answers what is asked, one reply after the other; whatever else is asked is a failure."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.asked: list[tuple[str, tuple[str, ...] | str]] = []
        self.told: list[str] = []

    def line(self, question: str, before: str = "") -> str | None:
        self.asked.append((question, before))
        reply = self.replies.pop(0)
        assert reply is None or isinstance(reply, str), (question, reply)
        return before if reply == SAME else reply

    def choose(self, question: str, options: Sequence[str]) -> int | None:
        self.asked.append((question, tuple(options)))
        reply = self.replies.pop(0)
        assert not isinstance(reply, str), (question, reply)
        assert reply is None or 0 <= reply < len(options)
        return reply

    def tell(self, message: str) -> None:
        self.told.append(message)


SAME = "\0"
"""Stands for Enter, which takes what stands in the line already."""


class Acting:
    """A scene with its stage, and somebody who presses keys."""

    def __init__(self, scene: Scene, stage: Stage, asking: Answers) -> None:
        self.scene = scene
        self.stage = stage
        self.asking = asking

    def stands(self) -> Workshop:
        return self.stage.room.workshop

    @property
    def keys(self) -> str:
        return "".join(key for key, _ in self.scene.keys(self.stage)).replace(" ", "")

    @property
    def blocks(self) -> list[Block]:
        return self.scene.blocks(self.stage)

    @property
    def clock(self) -> str:
        """What stands right below the title, where a clock does."""
        block = self.blocks[1]
        return block.text if isinstance(block, Subheading) else ""

    def press(self, key: str, *replies: Reply) -> None:
        self.asking.replies = list(replies)
        assert self.scene.take(key, self.stage), key
        assert not self.asking.replies, f"nobody asked for {self.asking.replies}"

    def leave(self, *replies: Reply) -> bool:
        self.asking.replies = list(replies)
        left = self.scene.leave(self.stage)
        assert not self.asking.replies
        return left

    def wait(self, seconds: int) -> None:
        self.stage.now += timedelta(seconds=seconds)


Act = Callable[..., Acting]


@pytest.fixture
def act(tmp_path: Path) -> Iterator[Act]:
    """Put a scene on the stage, in the phase that it is for."""
    opened: list[Any] = []

    def put(
        scene: Scene, phase: str, *, language: str = "de", report: Report | None = None,
        reports: bool = True, **changed: Any,
    ) -> Acting:  # fmt: skip
        round_, given = made_up(language)
        room = in_room(a_workshop(phase, **changed), round_)
        asking = Answers()
        stage = Stage(
            room=room, texts=TEXTS[language], asking=asking, now=NOW, address="", link="",
            reports={language: report or given} if reports else {},
            folder=tmp_path / "out", agreed=tmp_path / "own" / "agreed.json",
        )  # fmt: skip
        (tmp_path / "out").mkdir(exist_ok=True)
        return Acting(scene, stage, asking)

    def in_room(workshop: Workshop, round_: Round) -> Room:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        context = a_room(folder, workshop, round_)
        opened.append(context)
        return context.__enter__()

    yield put
    for context in opened:
        context.__exit__(None, None, None)


@contextmanager
def unchanged(acting: Acting) -> Iterator[None]:
    before = acting.stands()
    yield
    assert acting.stands() == before


# -- all scenes


SCENES: tuple[tuple[type[Any], str], ...] = (
    (Seeing, "reveal"), (Causes, "causes"), (Practice, "practice"), (Decide, "decide"),
    (Agree, "agree"), (Close, "close"),
)  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("scene", "phase"), SCENES)
def test_keys_are_named_and_the_frames_own_are_left_alone(
    act: Act, scene: type[Any], phase: str, language: str
) -> None:
    filled = {
        "causes": (Cause("ours", "a"),), "proposals": ("a", "b"),
        "actions": (Action("w", "t", "o", DAY, "s"),),
    }  # fmt: skip
    acting = act(scene(), phase, language=language, **filled)
    named = acting.scene.keys(acting.stage)
    assert named
    assert len({key for key, _ in named}) == len(named)
    assert all(words and not words.endswith(".") for _, words in named)
    with unchanged(acting):
        for key in (keys.RIGHT, keys.ENTER, " ", keys.LEFT, keys.BACKSPACE, "q", "?", "n", "x"):
            assert not acting.scene.take(key, acting.stage)
        assert not acting.scene.take(Pasted("u"), acting.stage)


# -- seeing


def test_parts_are_turned_and_do_not_run_over_the_ends(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    assert acting.keys.startswith(".,")
    for key, part in ((".", 1), (keys.DOWN, 2), (".", 2), (",", 1), (keys.UP, 0), (",", 0)):
        acting.press(key)
        assert acting.stands().part == part


def test_items_are_chosen_from_the_shown_ones_with_the_proposed_first(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    view = view_of(acting.stage.room.round, made_up("de")[1])
    shown = sum(row.status == "published" for row in view.focus.items)
    acting.press("i", 0, 2, shown)
    question, options = acting.asking.asked[0]
    assert "0 von höchstens 3" in question
    assert [option.startswith("Vorschlag: ") for option in options[:4]] == [True] * 3 + [False]
    assert len(options) == shown + 1
    assert options[-1] == DE("scene.seeing.items-done")
    assert [option.startswith("gewählt: ") for option in acting.asking.asked[2][1][:3]] == [
        True, False, True,
    ]  # fmt: skip
    named = [topic.items[0] for topic in made_up("de")[1].topics if topic.team is None]
    assert acting.stands().items == (named[0], named[2])
    acting.press("i", 0, None)  # a chosen one is taken out again
    assert acting.stands().items == (named[2],)


def test_no_fourth_item_is_chosen(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    acting.press("i", 0, 1, 2)  # the third is the last
    before = acting.stands().items
    assert len(before) == MOST_ITEMS
    acting.press("i", 3, None)
    assert acting.stands().items == before
    assert acting.asking.told == [DE("scene.seeing.items-full", most=MOST_ITEMS)]


def test_the_seen_part_stays_when_items_come_and_go(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    acting.press("i", 0, 1, None)
    for _ in range(9):
        acting.press(".")
    last = acting.stands().items[-1]
    acting.press("i", 0, None)  # the one before it is taken out
    report = made_up("de")[1]
    there = parts(acting.stands(), acting.stage.room.round, report)
    assert there[acting.stands().part].item == last
    acting.press("i", 1, None)
    assert acting.stands().part < len(parts(acting.stands(), acting.stage.room.round, report))


def test_where_no_items_are_shown_i_says_why(act: Act) -> None:
    acting = act(Seeing(), "reveal", report=shown_as("too_few"))
    with unchanged(acting):
        acting.press("i")
    assert acting.asking.told == [DE("scene.seeing.no-items", least=8)]


def test_the_clock_leads_from_silence_to_pairs_to_the_room(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    assert acting.clock == ""
    acting.press("t")
    said = [(0, "1:00", "Still"), (59, "0:01", "Still"), (1, "2:00", "zweit"),
            (120, "3:00", "Alle"), (179, "0:01", "Alle"), (1, "", "um")]  # fmt: skip
    for seconds, time, word in said:
        acting.wait(seconds)
        assert time in acting.clock
        assert word in acting.clock
    acting.press("t")
    assert acting.clock == ""
    acting.press("t")
    assert "1:00" in acting.clock
    acting.press(".")
    assert acting.clock == ""  # the next part has a clock of its own


def test_hands_are_counted_only_where_no_figure_is_and_never_reach_the_report(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    assert "h" not in acting.keys
    with unchanged(acting):
        acting.press("h")
    assert acting.asking.told == [DE("scene.seeing.no-hands")]

    report = shown_as("too_few")
    acting = act(Seeing(), "reveal", report=report)
    before = report.model_dump_json()
    assert "h" in acting.keys
    acting.press("h", 0, "2 5 3 1", "2 5 3 1 x", "2 5 3 1 -1", "2 5 3 1 1000", "2, 5 3 1 0")
    assert len(acting.asking.told) == 4
    view = view_of(acting.stage.room.round, report)
    item = view.round.questionnaire.items[0].id
    assert acting.stands().hands == {item: (2, 5, 3, 1, 0)}
    there = parts(acting.stands(), acting.stage.room.round, report)
    assert there[acting.stands().part].kind == "hands"
    assert report.model_dump_json() == before
    items = view.round.questionnaire.dimension_of(item).items
    others = {each.id for each in open_to_hands(acting.stands(), view)}
    assert not others & {each.id for each in items[1:]}
    acting.press("h", 0, "")
    assert acting.stands().hands == {}
    acting.press("h", 0, None)
    acting.press("h", None)
    assert acting.stands().hands == {}


@pytest.mark.parametrize("status", ["protected", "no_data"])
def test_no_hands_to_items_that_are_hidden_for_another_reason(act: Act, status: str) -> None:
    assert "h" not in act(Seeing(), "reveal", report=shown_as(status)).keys


def test_below_the_threshold_there_is_nothing_to_turn_or_to_choose(act: Act) -> None:
    acting = act(Seeing(), "reveal", report=shown_as("too_few", whole=True))
    assert acting.keys == ""
    with unchanged(acting):
        acting.press("i")
    for key in ("t", "h", "."):
        assert not acting.scene.take(key, acting.stage)
    assert acting.asking.told == [DE("scene.seeing.no-items", least=8)]
    assert not acting.leave(None)
    _, options = acting.asking.asked[-1]
    titles = [each.title["de"] for each in acting.stage.room.round.questionnaire.dimensions]
    assert list(options) == titles


def test_leaving_asks_for_the_topic_those_of_the_report_first(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    with unchanged(acting):
        assert not acting.leave(None)
    _, options = acting.asking.asked[-1]
    named = [topic for topic in made_up("de")[1].topics if topic.team is None]
    assert len(named) == 3
    assert ["Bericht" in option for option in options] == [True] * 3 + [False] * 3
    assert acting.leave(1)
    assert acting.stands().topic == named[1].dimension
    assert acting.leave(0)  # what was chosen stands first the next time
    assert acting.stands().topic == named[1].dimension


def test_without_a_report_the_topic_can_still_be_chosen(act: Act) -> None:
    acting = act(Seeing(), "reveal", reports=False)
    assert acting.keys == ""
    assert not acting.scene.take(".", acting.stage)
    assert acting.leave(2)
    assert acting.stands().topic == acting.stage.room.round.questionnaire.dimensions[2].id


class Board:
    """Takes no key itself; notes when it is asked to begin at the top."""

    is_covered = False

    def __init__(self, pressed: Sequence[str]) -> None:
        self.pressed = list(pressed)
        self.tops: list[int] = []

    def key(self, foot: object) -> str:
        return self.pressed.pop(0)

    def turn(self, key: str) -> bool:
        return False

    def back_to_top(self) -> None:
        self.tops.append(len(self.pressed))


def test_a_new_part_is_seen_from_its_beginning(act: Act) -> None:
    acting = act(Seeing(), "reveal")
    board = Board([".", "t", ",", ",", "q"])
    acting.asking.replies = [1]
    leading = Leading(
        cast(Any, board), cast(Any, acting.asking), acting.stage, {"reveal": acting.scene}, str, ""
    )
    leading.run()
    assert board.tops == [4, 2]


# -- causes


def test_causes_are_typed_until_a_line_stays_empty(act: Act) -> None:
    acting = act(Causes(), "causes")
    assert acting.keys == "uc"
    acting.press("u", "  wir hetzen ", "wir raten", "")
    acting.press("c", "kein Feld", "von der IT", "keine Zeit", None, "kein Plan", "", None)
    acting.press("f", None)
    assert acting.stands().causes == (
        Cause("ours", "wir hetzen"), Cause("ours", "wir raten"),
        Cause("company", "kein Feld", "von der IT"), Cause("company", "keine Zeit"),
        Cause("company", "kein Plan"),
    )  # fmt: skip
    assert acting.keys == "uce-"


def test_a_cause_is_changed_and_struck(act: Act) -> None:
    causes = (Cause("ours", "a"), Cause("company", "b", "c"))
    acting = act(Causes(), "causes", causes=causes)
    acting.press("e", 1, "B", None)
    acting.press("e", 0, "A")
    assert acting.stands().causes == (Cause("ours", "A"), Cause("company", "B", "c"))
    acting.press("e", 1, SAME, "")
    assert acting.stands().causes[1] == Cause("company", "B")
    with unchanged(acting):
        acting.press("e", None)
        acting.press("e", 0, "")
        acting.press("-", None)
    acting.press("-", 0)
    assert acting.stands().causes == (Cause("company", "B"),)
    acting.press("-", 0)
    with unchanged(acting):
        acting.press("-")
        acting.press("e")


def test_causes_end_where_there_is_no_room(act: Act) -> None:
    causes = tuple(Cause("ours", str(n)) for n in range(MOST_CAUSES - 1))
    acting = act(Causes(), "causes", causes=causes)
    acting.press("c", "letzte", "")
    assert len(acting.stands().causes) == MOST_CAUSES
    assert acting.keys == "e-"
    with unchanged(acting):
        acting.press("u")
        acting.stage.room.change(lambda w: moves.with_cause(w, Cause("ours", "mehr")))


def test_what_is_typed_is_harmless_and_short(act: Act) -> None:
    acting = act(Causes(), "causes")
    long = "x" * 161
    acting.press("u", long, SAME, "x" * 160, "rot \x1b[31m\u202e\nzweite", "")
    assert [before for _, before in acting.asking.asked[1:3]] == [long, long]
    assert len(acting.asking.told) == 2
    first, second = (cause.text for cause in acting.stands().causes)
    assert first == "x" * 160
    assert second.isprintable()
    assert "\x1b" not in second


# -- practice


def test_a_turn_has_six_minutes_and_then_the_next_one_starts(act: Act) -> None:
    acting = act(Practice(), "practice")
    assert acting.clock == ""
    words = [words for _, words in acting.scene.keys(acting.stage)]
    assert words[0] == DE("scene.practice.key-start")
    for turn in range(3):
        acting.press("t")
        assert acting.stands().turn == turn
        for seconds, time, word in ((0, "1:00", "Fall"), (60, "3:00", "Gespräch"),
                                    (180, "2:00", "Rückmeldung"), (120, "", "")):  # fmt: skip
            acting.wait(seconds)
            assert time in acting.clock
            assert word in acting.clock
        assert ("wechseln" in acting.clock) == (turn < 2)
    assert acting.clock == DE("scene.practice.over")
    acting.press("t")  # the last one once more
    assert acting.stands().turn == 2
    assert "1:00" in acting.clock


def test_a_stopped_clock_keeps_what_has_gone(act: Act) -> None:
    acting = act(Practice(), "practice")
    acting.press("t")
    acting.wait(70)
    acting.press("t")
    assert acting.stands().turn_began is None
    assert "2:50" in acting.clock
    assert "angehalten" in acting.clock
    acting.wait(500)
    assert "2:50" in acting.clock
    acting.press("t")
    acting.wait(10)
    assert "2:40" in acting.clock
    assert acting.stands().turn == 0


def test_turns_can_be_gone_through_by_hand(act: Act) -> None:
    acting = act(Practice(), "practice")
    for key, turn in ((",", 0), (".", 1), (keys.DOWN, 2), (".", 2), (keys.UP, 1)):
        acting.press(key)
        assert (acting.stands().turn, acting.stands().turn_began) == (turn, None)
    acting.press("t")
    acting.wait(100)
    acting.press(".")
    assert "1:00" in acting.clock  # a running clock starts again with the turn


def test_an_exercise_has_a_clock_of_its_own_and_turns_only_where_they_are_wanted(
    act: Act,
) -> None:
    acting = act(Practice(), "practice", topic="questions")
    minutes = own_minutes(acting.stands(), acting.stage.room.round)
    assert minutes == 12  # in pairs
    turns = {words: key for key, words in acting.scene.keys(acting.stage)}
    assert DE("scene.practice.key-turns") in turns
    with unchanged(acting):
        acting.press(",")
    acting.press("t")
    assert acting.clock == DE("scene.practice.exercise", time="12:00")
    acting.wait(12 * 60)
    assert acting.clock == DE("scene.practice.over-exercise")
    acting.press("t")
    assert "12:00" in acting.clock
    acting.press(".")
    assert (acting.stands().by_turns, acting.stands().turn) == (True, 0)
    assert acting.clock == DE("scene.practice.part", time="4:00")
    acting.wait(240)
    assert acting.clock == DE("scene.practice.change")
    acting.press("t")
    assert acting.stands().turn == 1
    acting.press(",")
    assert acting.stands().by_turns
    acting.press(",")
    assert not acting.stands().by_turns
    acting.press(".")
    acting.press("o", 1)
    assert acting.stands().topic != "questions"
    assert not acting.stands().by_turns


def test_the_topic_can_be_changed_while_practising(act: Act) -> None:
    acting = act(Practice(), "practice", topic="needs")
    acting.press("o", 1)
    assert acting.stands().topic != "needs"
    with unchanged(acting):
        acting.press("o", None)


# -- decide


def vote(room: Room, *votes: int) -> None:
    token = run(room.join("de"))
    run(room.act(token, lambda seat, workshop: voting(seat, workshop, votes)))


def test_a_vote_is_opened_counted_and_closed_after_a_question(act: Act) -> None:
    acting = act(Decide(), "decide")
    assert acting.keys == "+"
    acting.press("v")  # nothing to vote on
    assert acting.stands().voting == "before"
    acting.press("+", "eins", "zwei", "drei", "")
    acting.press("e", 1, "ZWEI")
    acting.press("-", 2)
    assert acting.stands().proposals == ("eins", "ZWEI")
    assert acting.keys == "+e-v"
    acting.press("v")
    assert acting.stands().voting == "open"
    vote(acting.stage.room, 0, 1, 1)
    vote(acting.stage.room, 1)
    run(acting.stage.room.join("de"))  # a seat that nobody uses
    last = acting.blocks[-1]
    assert isinstance(last, Subheading)
    assert last.text == "2 von 2 haben abgestimmt"
    with unchanged(acting):
        acting.press("v", 0)
        acting.press("v", None)
        acting.press("+")
    assert acting.asking.told == [DE("scene.decide.open-already")]
    assert "2 von 2" in acting.asking.asked[-1][0]
    assert acting.stands().tally == ()
    acting.press("v", 1)
    assert (acting.stands().voting, acting.stands().tally) == ("closed", (1, 3))
    assert acting.stands().voters == 2


@pytest.mark.parametrize("voters", [0, 1, 4, 5])
def test_who_closes_a_vote_of_a_few_is_told_what_it_would_show(act: Act, voters: int) -> None:
    acting = act(Decide(), "decide", proposals=("a", "b"))
    acting.press("v")
    for _ in range(voters):
        vote(acting.stage.room, 0, 0, 1)
    acting.press("v", 1)
    question = acting.asking.asked[-1][0]
    assert ("erkennen" in question) == (0 < voters < 5)
    assert (f"Bei {voters} Abstimmenden" in question) == (voters == 4)
    counts = DE.count("showing.decide.votes", 2 * voters)
    listed = [point for block in acting.blocks if isinstance(block, Bullets)
              for point in block.points]  # fmt: skip
    assert [text for text, _ in listed] == ["Vorschlag 1: a", "Vorschlag 2: b"]
    assert (listed[0][1] == counts) == (voters == 5)
    acting.press("v", 0)
    assert acting.stands().voters == 0


def test_leaving_an_open_vote_closes_it_and_stays_for_its_result(act: Act) -> None:
    acting = act(Decide(), "decide", proposals=("a", "b"))
    assert acting.leave()
    acting.press("v")
    assert not acting.leave(0)
    assert acting.stands().voting == "open"
    assert not acting.leave(1)
    assert acting.stands().voting == "closed"
    assert acting.leave()


def test_a_vote_can_be_had_again_and_the_old_one_is_forgotten(act: Act) -> None:
    acting = act(Decide(), "decide", proposals=("a", "b"))
    acting.press("v")
    vote(acting.stage.room, 0, 0, 0)
    acting.press("v", 1)
    assert acting.stands().tally == (3, 0)
    with unchanged(acting):
        acting.press("v", None)
        acting.press("-")
    acting.press("v", 1)  # the proposals first
    assert (acting.stands().voting, acting.stands().tally) == ("before", ())
    acting.press("-", 0)
    acting.press("v")
    acting.press("v", 1)
    assert acting.stands().tally == (0,)
    acting.press("v", 0)
    assert acting.stands().voting == "open"


def test_on_paper_votes_are_typed(act: Act) -> None:
    acting = act(Decide(), "decide", proposals=("a", "b", "c"), way="paper")
    acting.press("v")
    assert acting.blocks[-1] != Subheading("0 von 0 haben abgestimmt")
    with unchanged(acting):
        acting.press("v", "")
        acting.press("v", "1 2", None)
    assert not acting.leave(None)
    acting.press("v", "4 0 11")
    assert (acting.stands().voting, acting.stands().tally) == ("closed", (4, 0, 11))


def test_proposals_end_where_there_is_no_room(act: Act) -> None:
    acting = act(Decide(), "decide")
    acting.press("+", *map(str, range(MOST_PROPOSALS)))
    assert len(acting.stands().proposals) == MOST_PROPOSALS
    assert "+" not in acting.keys


def test_going_on_without_a_proposal_is_asked_first(act: Act) -> None:
    acting = act(Decide(), "decide")
    assert not acting.leave(0)
    assert not acting.leave(None)
    assert acting.leave(1)
    assert acting.asking.asked[0][0] == DE("scene.decide.without")


# -- agree


FIELDS = ("es eilt", "fragen wir nach", "KB", "31.12.2026", "weniger Rückfragen")
AGREED = Action("es eilt", "fragen wir nach", "KB", date(2026, 12, 31), "weniger Rückfragen")


@pytest.mark.parametrize("day", ["31.12.2026", "2026-12-31", " 31. 12. 2026"])
def test_an_action_is_typed_field_by_field_and_kept_at_once(act: Act, day: str) -> None:
    acting = act(Agree(), "agree")
    acting.press("+", *FIELDS[:3], day, FIELDS[4])
    assert acting.stands().actions == (AGREED,)
    assert agreements.load(acting.stage.agreed).actions == (AGREED,)
    acting.press("e", SAME, SAME, "MM", SAME, SAME)
    changed = replace(AGREED, owner="MM")
    assert acting.stands().actions == (changed,)
    assert agreements.load(acting.stage.agreed).actions == (changed,)
    acting.press("-", None)
    assert acting.stands().actions == (changed,)
    acting.press("-", 0)
    assert acting.stands().actions == ()
    assert agreements.load(acting.stage.agreed).actions == ()
    with unchanged(acting):
        acting.press("-")
        acting.press("e")


def test_escape_goes_back_a_field_and_keeps_what_was_typed(act: Act) -> None:
    acting = act(Agree(), "agree")
    acting.press("+", "wenn A", "dann B", None, SAME, "KB", None, SAME, "2026-12-31", None, SAME,
                 "ein Zeichen")  # fmt: skip
    assert acting.stands().actions == (Action("A", "B", "KB", date(2026, 12, 31), "ein Zeichen"),)
    asked = [question for question, _ in acting.asking.asked]
    assert asked[1] == DE("scene.agree.then", when="A")
    assert asked[-1].startswith("Wenn A, dann: B.")
    assert asked[-1].endswith(DE("scene.agree.sign"))
    with unchanged(acting):
        acting.press("+", None)
        acting.press("+", "x", None, None)


def test_no_field_stays_empty_and_no_day_is_over(act: Act) -> None:
    acting = act(Agree(), "agree")
    acting.press("+", "", "es eilt", *FIELDS[1:3], "morgen", "30.02.2027", "24.09.2026",
                 "25.09.2026", "", FIELDS[4])  # fmt: skip
    assert acting.stands().actions == (replace(AGREED, until=DAY),)
    told = acting.asking.told
    assert told[0] == told[-1] == DE("scene.agree.needed")
    assert "23.10.2026" in told[1]
    assert told[2] == told[1]
    assert "24. September 2026" in told[3]


def test_the_proposal_with_most_votes_is_taken_over_first(act: Act) -> None:
    acting = act(
        Agree(), "agree", proposals=("a", "b", "c"), voting="closed", tally=(1, 5, 2)
    )  # fmt: skip
    assert acting.keys == "+m"
    acting.press("m", 0, "es eilt", SAME, *FIELDS[2:])
    assert acting.asking.asked[0][1] == ("b", "c", "a")
    assert acting.stands().actions[0].then == "b"
    acting.press("m", None)
    assert acting.asking.asked[-1][1] == ("c", "a")
    acting.press("m", 0, "es eilt", SAME, *FIELDS[2:])
    acting.press("m", "es eilt", SAME, *FIELDS[2:])  # the only one that is left
    assert [action.then for action in acting.stands().actions] == ["b", "c", "a"]
    assert acting.keys == "e-"
    with unchanged(acting):
        acting.press("+")
        acting.press("m")
    assert acting.asking.told == [DE("scene.agree.full", most=MOST_ACTIONS)] * 2


def test_without_a_vote_proposals_come_in_their_order(act: Act) -> None:
    acting = act(Agree(), "agree", proposals=("a", "b"))
    acting.press("m", None)
    assert acting.asking.asked[0][1] == ("a", "b")
    acting = act(Agree(), "agree")
    assert acting.keys == "+"
    with unchanged(acting):
        acting.press("m")


# -- close


def test_the_day_to_meet_again_is_proposed_in_four_weeks_and_kept(act: Act) -> None:
    acting = act(Close(), "close", actions=(AGREED,))
    acting.press("d", SAME)
    question, proposed = acting.asking.asked[0]
    assert (question, proposed) == (DE("scene.close.day"), "23.10.2026")
    assert acting.stands().follow_up == date(2026, 10, 23)
    kept = agreements.load(acting.stage.agreed)
    assert (kept.follow_up, kept.actions) == (date(2026, 10, 23), (AGREED,))
    assert acting.asking.told == []
    acting.press("d", "2026-10-01")
    assert acting.stands().follow_up == date(2026, 10, 1)
    assert "23. Oktober 2026" in acting.asking.told[0]
    with unchanged(acting):
        acting.press("d", None)
    english = act(Close(), "close", language="en")
    english.press("d", SAME)
    assert english.asking.asked[0][1] == "2026-10-23"


def test_the_files_are_written_and_named(act: Act, tmp_path: Path) -> None:
    acting = act(Close(), "close", actions=(AGREED,), causes=(Cause("company", "kein Feld"),))
    acting.press("w")
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(written) == 3
    [told] = acting.asking.told
    assert all(name in told for name in written)
    assert "Ordner out" in told
    assert str(tmp_path) not in told


def test_where_a_folder_takes_no_files_another_one_is_asked_for(act: Act, tmp_path: Path) -> None:
    acting = act(Close(), "close")
    acting.stage.folder = tmp_path / "nowhere"
    acting.press("e", 1, "")  # nothing is written, so it does not end either
    assert not acting.stands().ended
    question = acting.asking.asked[-1][0]
    assert "Ordner nowhere" in question
    assert str(tmp_path) not in question
    acting.press("e", 1, str(tmp_path / "no"), str(tmp_path / "out"))
    assert acting.stands().ended
    assert any((tmp_path / "out").iterdir())
    assert acting.stands().output == str((tmp_path / "out").resolve())


def test_the_end_says_what_is_still_missing(act: Act) -> None:
    nothing = act(Close(), "close")
    nothing.leave(None)
    said = [DE("scene.close.no-agreement"), DE("scene.close.no-day")]
    assert all(each in nothing.asking.asked[0][0] for each in said)
    agreed = act(Close(), "close", actions=(AGREED,), follow_up=DAY)
    agreed.leave(None)
    assert not any(each in agreed.asking.asked[0][0] for each in said)


@pytest.mark.parametrize("by_key", [True, False])
def test_ending_asks_once_and_writes_what_is_not_written(
    act: Act, tmp_path: Path, by_key: bool
) -> None:
    acting = act(Close(), "close")

    def end(*replies: Reply) -> None:
        if by_key:
            acting.press("e", *replies)
        else:
            assert acting.leave(*replies) == acting.stands().ended

    for reply in (None, 0):
        end(reply)
        assert not acting.stands().ended
    assert len(acting.asking.asked[-1][1]) == 3
    assert "gelöscht" in acting.asking.asked[-1][0]
    end(1)
    assert acting.stands().ended
    assert any((tmp_path / "out").iterdir())


def test_agreements_are_kept_at_the_end_even_where_they_were_not_before(act: Act) -> None:
    acting = act(Close(), "close", actions=(AGREED,))
    acting.press("e", 2)
    assert agreements.load(acting.stage.agreed).actions == (AGREED,)


def test_ending_without_writing_and_after_it(act: Act, tmp_path: Path) -> None:
    acting = act(Close(), "close")
    acting.press("e", 2)
    assert acting.stands().ended
    assert not any((tmp_path / "out").iterdir())
    again = act(Close(), "close")
    again.press("w")
    again.press("e", 0)
    assert len(again.asking.asked[-1][1]) == 2
    again.press("d", SAME)  # something has changed since
    again.press("e", 0)
    assert len(again.asking.asked[-1][1]) == 3
    again.press("w")
    again.press("e", 1)
    assert again.stands().ended
    ended = again.blocks[-1]
    assert isinstance(ended, Paragraph)
    assert ended.text == DE("showing.close.ended")
