from dataclasses import FrozenInstanceError
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.bank import Bank, parse
from checklist.questionnaire import Dimension, Item, Questionnaire, Scale, Wording
from tests.helpers import TINY

SCALE = Scale("cases", {"de": "Wie oft?"}, {"de": ("nie", "immer")})


def with_sizes(sizes: list[int]) -> Questionnaire:
    """A questionnaire with so many items in each of its dimensions."""
    return Questionnaire(
        id="made",
        version="1.0.0",
        title={"de": "Gemacht"},
        languages=("de",),
        dimensions=tuple(
            Dimension(
                id=f"d{place}",
                title={"de": "Titel"},
                items=tuple(
                    Item(f"d{place}-{number}", {"de": "Satz."}, SCALE) for number in range(size)
                ),
            )
            for place, size in enumerate(sizes)
        ),
    )


def test_items_are_asked_in_a_fixed_order_that_mixes_the_dimensions(tiny: Questionnaire) -> None:
    assert [item.id for item in tiny.asked] == [
        "listen-ask",
        "promise-date",
        "complaints-thank",
        "listen-cut-in",
        "promise-late",
        "complaints-note",
        "listen-repeat",
    ]
    assert parse(TINY, "tiny").asked == tiny.asked


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6))
@settings(deadline=None, derandomize=True)
def test_neighbours_come_from_one_dimension_only_when_no_other_has_an_item_left(
    sizes: list[int],
) -> None:
    questionnaire = with_sizes(sizes)
    asked = [item.id for item in questionnaire.asked]
    assert sorted(asked) == sorted(item.id for item in questionnaire.items)
    homes = [questionnaire.dimension_of(item).id for item in asked]
    for place in range(1, len(homes)):
        if homes[place] == homes[place - 1]:
            assert set(homes[place:]) == {homes[place]}


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6))
@settings(deadline=None, derandomize=True)
def test_items_of_a_dimension_keep_their_order(sizes: list[int]) -> None:
    questionnaire = with_sizes(sizes)
    for dimension in questionnaire.dimensions:
        asked = [item for item in questionnaire.asked if item in dimension.items]
        assert asked == list(dimension.items)


@pytest.mark.parametrize("name", Bank().ids)
def test_bundled_questionnaires_never_hint_at_a_dimension_by_two_neighbours(name: str) -> None:
    questionnaire = Bank().load(name)
    homes = [questionnaire.dimension_of(item.id).id for item in questionnaire.asked]
    assert all(one != other for one, other in pairwise(homes))


def test_the_order_of_the_file_is_that_of_its_columns(tiny: Questionnaire) -> None:
    assert [item.id for item in tiny.items] == [
        "listen-ask",
        "listen-cut-in",
        "listen-repeat",
        "promise-date",
        "promise-late",
        "complaints-thank",
        "complaints-note",
    ]


def test_what_the_file_says_is_in_the_model(tiny: Questionnaire) -> None:
    assert (tiny.id, tiny.version, tiny.minutes, tiny.languages) == (
        "tiny",
        "1.0.0",
        2,
        ("de", "en"),
    )
    assert tiny.source is not None
    assert tiny.source.note == "In eigenen Worten."
    assert [item.reverse for item in tiny.items] == [False, True, False, False, True, False, False]
    assert [item.scale.id for item in tiny.items] == ["cases"] * 5 + ["complaints"] * 2
    assert [item.scale.size for item in tiny.items] == [5] * 5 + [3] * 2
    first, second, team = tiny.dimensions[0].suggestions
    assert (first.audience, first.items, first.minutes) == ("self", ("listen-ask",), 5)
    assert (second.audience, second.items, second.minutes) == ("self", (), None)
    assert team.audience == "team"
    assert [reflection.id for reflection in tiny.reflections] == ["wish", "obstacle"]
    assert tiny.toml == TINY


def test_what_a_file_may_leave_out() -> None:
    bare = parse(
        """
        id = "bare"
        version = "0.1.0"
        title = { de = "Nackt", en = "Bare" }
        [scales.only]
        prompt = { de = "Wie oft?", en = "How often?" }
        options = { de = ["nie", "immer"], en = ["never", "always"] }
        [[dimensions]]
        id = "one"
        title = { de = "Eins", en = "One" }
        items = [{ id = "one-a", text = { de = "Ich tue es.", en = "I do it." } }]
        """,
        "bare",
    )
    assert bare.languages == ("de", "en")
    assert (bare.minutes, bare.purpose, bare.source, bare.reflections) == (None, None, None, ())
    assert bare.items[0].scale.id == "only"
    assert not bare.items[0].reverse
    assert not bare.has_outside_view
    assert Wording.of(bare, "de").purpose == ""


def test_items_and_their_dimensions_are_found(tiny: Questionnaire) -> None:
    assert tiny.item("promise-late").text["en"] == "I call back later than promised."
    assert tiny.dimension_of("promise-late").id == "promise"
    for look_up in (tiny.item, tiny.dimension_of):
        with pytest.raises(KeyError):
            look_up("promise")


def test_nothing_of_a_questionnaire_can_be_changed(tiny: Questionnaire) -> None:
    for part, name in (
        (tiny, "id"),
        (tiny.items[0], "reverse"),
        (tiny.items[0].scale, "id"),
        (tiny.dimensions[0], "title"),
        (tiny.dimensions[0].suggestions[0], "items"),
        (tiny.reflections[0], "text"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(part, name, "x")


def test_the_outside_view_needs_every_item_to_have_its_wording(tiny: Questionnaire) -> None:
    assert tiny.has_outside_view
    without = TINY.replace(
        'observer.de = "Das Team nennt einen Termin."\nobserver.en = "The team names a date."\n', ""
    )
    assert without != TINY
    assert not parse(without, "tiny").has_outside_view


@pytest.mark.parametrize(("wanted", "given"), [("en", "en"), ("de", "de"), ("fr", "de")])
def test_a_language_that_is_not_there_gives_way_to_the_first(
    tiny: Questionnaire, wanted: str, given: str
) -> None:
    assert tiny.language(wanted) == given
    assert Wording.of(tiny, wanted).title == tiny.title[given]


def test_wordings_follow_language_and_perspective(tiny: Questionnaire) -> None:
    item, (cases, complaints) = tiny.items[0], (tiny.items[0].scale, tiny.items[-1].scale)
    own = Wording.of(tiny, "en")
    assert own.purpose == "Only for tests."
    assert own.item(item) == "I ask back."
    assert own.prompt(cases) == "In how many cases was this true?"
    assert own.options(complaints) == ("in none", "in some", "in every one")
    for perspective in ("observer", "lead"):
        outside = Wording.of(tiny, "en", perspective)
        assert outside.item(item) == "The team asks back."
        assert outside.prompt(cases) == "In how many cases have you seen this?"
        assert outside.prompt(complaints) == "In how many complaints was this true?"
        assert outside.options(cases) == own.options(cases)
