"""The rules for strengths and next steps, one by one and over random responses."""

from hypothesis import given
from hypothesis import strategies as st

from checklist.advice import HIGH, MOST, Step, height, next_steps, strengths
from checklist.interview import Answer, Mark, Response
from tests.samples import SAMPLE, response


def picked(steps: list[Step]) -> list[tuple[str, str]]:
    return [(step.kind, step.item.id) for step in steps]


def everywhere(answer: int) -> Response:
    """The same keyed height at every item."""
    return Response({i.id: 6 - answer if i.reverse else answer for i in SAMPLE.items})


answers: st.SearchStrategy[Answer] = st.one_of(st.integers(1, 5), st.sampled_from(list(Mark)))
responses = st.fixed_dictionaries({}, optional={i.id: answers for i in SAMPLE.items}).map(Response)


def test_lowest_items_come_first_and_each_dimension_once() -> None:
    steps = next_steps(SAMPLE, response(a1=3, a2=1, b1=2, b2=5, c1=3, c2=5), "self")
    assert picked(steps) == [("low", "c2"), ("low", "a2"), ("low", "b1")] or picked(steps) == [
        ("low", "a2"),
        ("low", "c2"),
        ("low", "b1"),
    ]
    assert picked(steps)[0] == ("low", "a2"), "ties go by the order of the file"


def test_the_suggestion_meant_for_the_item_wins_over_the_one_for_the_dimension() -> None:
    titles = [
        step.suggestion and step.suggestion.title["de"]
        for step in next_steps(SAMPLE, response(a3=5, b2=1), "self")
    ]
    assert titles[:2] == ["Schritt a3", "Schritt b"]


def test_reverse_items_are_low_where_the_answer_is_high() -> None:
    assert picked(next_steps(SAMPLE, response(c1=5, a1=3), "self"))[0] == ("low", "c1")


def test_high_throughout_gets_pass_it_on_and_an_outside_view() -> None:
    for answer in (4, 5):
        steps = next_steps(SAMPLE, everywhere(answer), "self")
        assert picked(steps) == [("pass-on", "a1"), ("outside-view", "a1")]


def test_few_low_items_are_filled_up() -> None:
    steps = next_steps(SAMPLE, response(a1=5, b1=1), "self")
    assert picked(steps) == [("low", "b1"), ("pass-on", "a1"), ("outside-view", "a1")]


def test_nothing_answered_gives_nothing() -> None:
    assert next_steps(SAMPLE, response(a1=Mark.LEFT_OPEN), "self") == []
    assert strengths(SAMPLE, response(a1=Mark.DID_NOT_OCCUR)) == []


def test_the_team_gets_steps_for_the_team_and_nothing_to_fill_up() -> None:
    steps = next_steps(SAMPLE, response(a1=1, b1=1), "team")
    assert picked(steps) == [("low", "a1")]
    assert steps[0].suggestion
    assert steps[0].suggestion.audience == "team"


def test_strengths_are_the_highest_items_one_a_dimension() -> None:
    found = strengths(SAMPLE, response(a1=4, a2=5, b1=3, c1=1, c2=2))
    assert [item.id for item in found] == ["a2", "c1"]


@given(responses)
def test_the_rules_hold_for_any_response(given_response: Response) -> None:
    steps = next_steps(SAMPLE, given_response, "self")
    low = [step for step in steps if step.kind == "low"]
    heights = [height(step.item, int(given_response.answers[step.item.id])) for step in low]
    assert len(steps) <= MOST
    assert heights == sorted(heights)
    assert all(value < HIGH for value in heights)
    assert len({step.dimension.id for step in low}) == len(low)
    for item in strengths(SAMPLE, given_response):
        assert height(item, int(given_response.answers[item.id])) >= HIGH
    answered = any(isinstance(answer, int) for answer in given_response.answers.values())
    assert bool(steps) == answered


@given(responses)
def test_the_lowest_item_of_all_is_always_among_the_steps(given_response: Response) -> None:
    valued = [
        (height(SAMPLE.item(key), answer), key)
        for key, answer in given_response.answers.items()
        if isinstance(answer, int)
    ]
    low = min(valued, default=None)
    if low is not None and low[0] < HIGH:
        steps = next_steps(SAMPLE, given_response, "self")
        assert height(steps[0].item, int(given_response.answers[steps[0].item.id])) == low[0]
