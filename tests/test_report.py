"""One person's report: figures, words, history and follow-ups, and the JSON contract."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.i18n import Texts
from checklist.interview import Interview, Mark, Response
from checklist.journal import Commitment, Result, State
from checklist.questionnaire import Questionnaire
from checklist.render import as_json, document
from checklist.render.blocks import Paragraph
from checklist.report import Report, own_report
from tests.samples import SAMPLE, dimension, item, questionnaire, response
from tests.test_advice import responses

DE = Texts("de")
THEN = datetime(2026, 9, 1, 12, tzinfo=UTC)


def result(said: Response, weeks: int = 0, of: Questionnaire = SAMPLE, **more: Any) -> Result:
    final = Interview(of, "self", said).final
    return Result(weeks, of, more.pop("perspective", "self"), THEN + timedelta(weeks=weeks), final)


def report(said: Response, *earlier: Result, commitments: tuple[Commitment, ...] = ()) -> Report:
    return own_report(result(said, weeks=8), earlier, commitments, DE)


def commitment(result_id: int, state: State, asked: int | None = None) -> Commitment:
    return Commitment(
        id=1,
        result_id=result_id,
        questionnaire_id="sample",
        item="a1",
        title="Fragen",
        step="Wenn …",
        state=state,
        taken_at=THEN,
        asked_at=None if asked is None else THEN + timedelta(weeks=asked),
    )


def own(made: Report) -> Any:
    assert made.own
    return made.own


def test_scores_and_their_words() -> None:
    made = report(response(a1=4, a2=4, a3=2, b1=3, b2=2, c1=1, c2=2))
    scores = {row.id: row.score for row in made.groups[0].dimensions}
    assert scores == {"a": 75.0, "b": 37.5, "c": 87.5}
    words = {entry.dimension: (entry.low, entry.high, entry.turned) for entry in own(made).words}
    assert words == {
        "a": ("in den meisten", "in den meisten", "some"),
        "b": ("in wenigen", "in der Hälfte", "none"),
        "c": ("in keinem", "in wenigen", "all"),
    }


def test_what_one_other_answer_would_move() -> None:
    made = report(response(a1=4, a2=4, a3=2, b1=3, b2=2))
    steps = {entry.dimension: entry.step for entry in own(made).arithmetic}
    assert steps == {"a": pytest.approx(100 / 12), "b": 12.5, "c": None}
    assert own(made).largest_step == 12.5


def test_too_few_answers_give_no_figure_and_say_so() -> None:
    made = report(response(a1=4, b1=Mark.DID_NOT_OCCUR))
    rows = {row.id: (row.status, row.n, row.score) for row in made.groups[0].dimensions}
    assert rows == {"a": ("too_few", 0, None), "b": ("no_data", 0, None), "c": ("no_data", 0, None)}
    assert (own(made).answered, own(made).left_open, own(made).did_not_occur) == (1, 6, 1)


def test_item_rows_are_raw() -> None:
    made = report(response(a3=2, b1=Mark.DID_NOT_OCCUR))
    rows = {row.id: row for row in made.groups[0].items}
    assert (rows["a3"].mean, rows["a3"].counts) == (2, [0, 1, 0, 0, 0])
    assert (rows["b1"].n, rows["b1"].left_open, rows["b1"].did_not_occur) == (0, 0, 1)
    assert rows["b2"].left_open == 1


def test_steps_name_the_item_and_the_answer_that_led_to_them() -> None:
    first = report(response(a3=5)).topics[0]
    assert (first.dimension, first.items) == ("a", ["a3"])
    assert first.suggestions[0].title == "Schritt a3"
    assert "Ich a3" in first.reason
    assert "„in allen“" in first.reason


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("item_id", "answer", "perspective", "key"),
    [
        ("b2", 1, "self", "low-whole"),
        ("a2", 1, "observer", "low-whole"),
        ("a3", 5, "lead", "low-whole-reverse"),
        ("a2", 1, "self", "low"),
        ("a3", 5, "self", "low-reverse"),
    ],
)
def test_a_step_for_a_whole_dimension_does_not_claim_to_answer_one_item(
    item_id: str, answer: int, perspective: str, key: str, language: str
) -> None:
    texts = Texts(language)
    said = result(response(**{item_id: answer}), perspective=perspective)
    made = own_report(said, (), (), texts)
    rows = {row.id: row.text.removesuffix(".") for row in made.groups[0].items}
    title = SAMPLE.dimension_of(item_id).title[language]
    options = SAMPLE.item(item_id).scale.options[language]
    reason = texts(
        f"advice.{key}.reason", item=rows[item_id], answer=options[answer - 1], dimension=title
    )
    assert made.topics[0].reason == reason
    assert (f"{title}“" in reason or f"{title}”" in reason) is key.startswith("low-whole")


def test_a_difference_only_where_the_items_are_the_same() -> None:
    old = questionnaire(
        dimension("a", item("a1"), item("a2"), item("a3", reverse=True)),
        dimension("b", item("b1"), item("b2"), item("other")),
    )
    before = result(response(a1=3, a2=3, a3=3, b1=1, b2=1), of=old)
    [row] = own(report(response(a1=4, a2=4, a3=3, b1=5, b2=5), before)).history
    assert row.scores == {"a": 50.0, "b": 0.0}
    assert row.differences == {"a": pytest.approx(100 / 6), "b": None, "c": None}


def test_every_earlier_result_has_the_difference_to_the_one_after_it() -> None:
    first, second = result(response(a1=1, a2=1)), result(response(a1=3, a2=3), weeks=4)
    history = own(report(response(a1=2, a2=2), second, first)).history
    assert [row.differences["a"] for row in history] == [-25.0, 50.0]


def test_a_follow_up_shows_then_and_now() -> None:
    before = result(response(a1=2))
    made = report(response(a1=4), before, commitments=(commitment(0, State.OPEN),))
    [row] = own(made).follow_ups
    assert (row.item, row.then, row.now) == ("Ich a1", "in wenigen", "in den meisten")


@pytest.mark.parametrize(
    ("state", "asked", "shown"),
    [
        (State.OPEN, None, True),
        (State.AGAIN, 1, True),
        (State.DONE, 7, True),  # settled while answering this time
        (State.DONE, 1, False),  # settled before the last result
        (State.DROPPED, 7, True),
    ],
)
def test_follow_ups_are_what_is_alive_or_just_settled(
    state: State, asked: int | None, shown: bool
) -> None:
    old, latest = result(response(a1=2)), result(response(a1=3), weeks=4)
    made = report(response(a1=4), latest, old, commitments=(commitment(0, state, asked),))
    assert bool(own(made).follow_ups) is shown


def test_what_is_taken_up_at_this_result_is_no_follow_up() -> None:
    made = report(response(a1=4), commitments=(commitment(8, State.OPEN),))
    assert own(made).follow_ups == []


def test_an_observers_words_are_about_the_team() -> None:
    made = own_report(result(response(a1=1), perspective="observer"), (), (), DE)
    assert made.groups[0].items[0].text == "Das Team a1."
    assert [topic.suggestions[0].audience for topic in made.topics] == ["team"]


def test_observers_have_no_history_since_it_may_have_been_another_team() -> None:
    first = result(response(a1=1), perspective="observer")
    made = own_report(result(response(a1=5), perspective="observer"), [first], (), DE)
    assert own(made).history == []
    said = document.result(made, DE, explain=False, history=True)
    assert Paragraph(DE("history.observer")) in said


@given(responses)
def test_the_json_keeps_the_contract_for_any_response(said: Response) -> None:
    made = json.loads(as_json.render(report(said)))
    assert list(made) == [
        "schema",
        "lang",
        "round",
        "groups",
        "reliability",
        "gaps",
        "changes",
        "topics",
        "comments",
        "own",
    ]
    assert made["schema"] == "checklist-report/1"
    assert made["round"] is None
    [group] = made["groups"]
    assert group["n"] == 1
    for row in group["dimensions"]:
        assert (row["score"] is None) == (row["status"] != "published")
        assert row["score"] is None or 0 <= row["score"] <= 100
    for row in group["items"]:
        assert sum(row["counts"]) == row["n"]
        assert row["n"] + row["left_open"] + row["did_not_occur"] == 1
    for topic in made["topics"]:
        assert {"for", "title", "step"} == set(topic["suggestions"][0])


@given(st.sampled_from(["de", "en"]), responses)
def test_words_always_stand_around_the_mean(language: str, said: Response) -> None:
    made = own_report(result(said), (), (), Texts(language))
    options = {word: n for n, word in enumerate(SAMPLE.items[0].scale.options[language], start=1)}
    sums = {part.dimension: part for part in own(made).arithmetic}
    for words in own(made).words:
        mean = sums[words.dimension].mean
        place = 6 - mean if words.turned == "all" else mean
        assert options[words.low] <= place + 1e-9
        assert options[words.high] >= place - 1e-9
        assert options[words.high] - options[words.low] <= 1


def test_comments_name_an_item_or_a_reflection() -> None:
    said = Response({"a1": 1}, {"a1": "weil"}, {"open-0": "Zeit"})
    assert json.loads(as_json.render(report(said)))["comments"] == [
        {"item": "a1", "text": "weil"},
        {"reflection": "open-0", "text": "Zeit"},
    ]


def test_json_for_a_terminal_that_shows_ascii_only_says_the_same() -> None:
    made = report(Response({"a1": 1}, {"a1": "Käse"}))
    plain = as_json.render(made, ascii_only=True)
    assert plain.isascii()
    assert json.loads(plain) == json.loads(as_json.render(made))
