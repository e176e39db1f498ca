from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from checklist.bank import parse
from checklist.comparison import Change, Comparison, Trend, compare, same_score
from checklist.questionnaire import Dimension, Questionnaire
from tests.helpers import TINY
from tests.samples import FIVE, dimension, item, questionnaire, step


def changed(*pairs: tuple[str, str]) -> Questionnaire:
    """Read the tiny questionnaire with parts of its text replaced, in a later version."""
    text = TINY.replace('version = "1.0.0"', 'version = "1.1.0"')
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    return parse(text, "tiny.toml")


def trends(found: Comparison) -> dict[str, Trend]:
    return {part.id: part.trend for part in found.dimensions}


def items(found: Comparison) -> dict[str, Trend]:
    """Give the trends of items; of one that moved, that at its new place."""
    parts = [part for each in found.dimensions for part in each.items]
    return {part.id: part.trend for part in sorted(parts, key=lambda part: part.trend == "new")}


ASK = 'id = "listen-ask"\n'
REPEAT = TINY[TINY.index('[[dimensions.items]]\nid = "listen-repeat"') :].partition("\n\n")[0]


def test_nothing_changed(tiny: Questionnaire) -> None:
    found = compare(tiny, tiny, "de")
    assert not found.anything
    assert not found.needs_version
    assert set(trends(found).values()) == {"comparable"}
    assert not compare(tiny, changed(), "de").anything


@pytest.mark.parametrize(
    ("before", "after", "trend", "item_trend"),
    [
        ("Ich frage nach.", "Ich frage zurück.", "judge", "judge"),
        ("I ask back.", "I ask again.", "judge", "judge"),
        ("Das Team fragt nach.", "Das Team fragt zurück.", "judge", "judge"),
        ("In wie vielen Fällen traf das zu?", "Wie oft?", "judge", "judge"),
        ("In wie vielen Fällen haben Sie das erlebt?", "Wie oft?", "judge", "judge"),
        ('"in wenigen"', '"in einigen"', "broken", "broken"),
        ('"in a few"', '"in few"', "broken", "broken"),
        (f"{ASK}", f"{ASK}reverse = true\n", "broken", "broken"),
        ('title.de = "Zuhören"', 'title.de = "Hören"', "comparable", "comparable"),
        ("Hören, was gesagt wird.", "Aufnehmen.", "comparable", "comparable"),
        ("Eine Rückfrage", "Zwei Rückfragen", "comparable", "comparable"),
        ("minutes = 2", "minutes = 3", "comparable", "comparable"),
        ("Nur zum Prüfen.", "Zum Üben.", "comparable", "comparable"),
        ("Was bräuchten Sie dafür?", "Was fehlt Ihnen?", "comparable", "comparable"),
        ("Ein Artikel", "Ein Buch", "comparable", "comparable"),
    ],
)
def test_what_a_change_does_to_a_trend(
    before: str, after: str, trend: Trend, item_trend: Trend, tiny: Questionnaire
) -> None:
    found = compare(tiny, changed((before, after)), "de")
    assert found.anything
    assert trends(found)["listen"] == trend
    assert items(found)["listen-ask"] == item_trend
    assert trends(found)["complaints"] == "comparable"
    assert not found.needs_version
    assert replace(found, new=replace(found.new, version="1.0.0")).needs_version


def test_an_item_more_or_less_breaks_the_trend_of_its_dimension_only(tiny: Questionnaire) -> None:
    less = compare(tiny, changed((REPEAT, "")), "de")
    assert trends(less) == {"listen": "broken", "promise": "comparable", "complaints": "comparable"}
    assert items(less)["listen-repeat"] == "gone"
    assert items(less)["listen-ask"] == "comparable"
    more = compare(changed((REPEAT, "")), tiny, "de")
    assert trends(more)["listen"] == "broken"
    assert items(more)["listen-repeat"] == "new"


def test_an_item_that_moves_keeps_its_own_trend() -> None:
    a, b, c = item("a"), item("b"), item("c")
    old = questionnaire(dimension("x", a, b), dimension("y", c))
    new = questionnaire(dimension("x", a), dimension("y", c, b))
    found = compare(old, new, "de")
    assert trends(found) == {"x": "broken", "y": "broken"}
    assert [(part.id, part.trend) for part in found.dimensions[0].items] == [
        ("a", "comparable"),
        ("b", "gone"),
    ]
    there = found.dimensions[1].items[1]
    assert there.trend == "comparable"
    assert there.changes == (Change("moved", "x", "y"),)
    assert found.dimensions[0].items[1].changes == (Change("moved", "", "y"),)


def test_dimensions_come_and_go() -> None:
    a, b = dimension("x", item("a")), dimension("y", item("b"))
    found = compare(questionnaire(a), questionnaire(b), "de")
    assert trends(found) == {"y": "new", "x": "gone"}
    assert items(found) == {"a": "gone", "b": "new"}
    assert found.anything


def test_the_order_matters_to_nothing_but_is_said() -> None:
    a, b = item("a"), item("b")
    old, new = questionnaire(dimension("x", a, b)), questionnaire(dimension("x", b, a))
    found = compare(old, new, "de")
    assert trends(found) == {"x": "comparable"}
    assert found.changes == (Change("order", "a, b", "b, a"),)


def test_a_language_more_changes_no_trend(tiny: Questionnaire) -> None:
    found = compare(parse(only_german(TINY), "tiny.toml"), tiny, "en")
    assert set(trends(found).values()) == {"comparable"}
    assert found.changes == (Change("languages", "de", "de, en"),)
    assert all(part.changes == () for part in found.dimensions)


def only_german(text: str) -> str:
    lines = text.replace('["de", "en"]', '["de"]').splitlines(keepends=True)
    return "".join(line for line in lines if ".en = " not in line)


def test_without_a_shared_language_options_cannot_be_called_the_same() -> None:
    german, english = (replace(FIVE, options={name: FIVE.options[name]}) for name in ("de", "en"))
    assert not german.offers_the_same(english)
    assert german.offers_the_same(FIVE)


def test_wording_for_observers_that_comes_or_goes_breaks_nothing(tiny: Questionnaire) -> None:
    without = changed(
        ('observer.de = "Das Team fragt nach."\n', ""),
        ('observer.en = "The team asks back."\n', ""),
    )
    for old, new in ((tiny, without), (without, tiny)):
        found = compare(old, new, "de")
        assert items(found)["listen-ask"] == "comparable"
        assert {change.what for change in found.dimensions[0].items[0].changes} == {"observer"}


def test_two_questionnaires_are_never_compared(tiny: Questionnaire) -> None:
    found = compare(tiny, replace(tiny, id="other", minutes=5), "de")
    assert set(trends(found).values()) == set(items(found).values()) == {"broken"}
    assert not found.one_questionnaire
    assert not found.needs_version


def test_suggestions_are_told_apart_by_their_titles() -> None:
    one, two = step(name="eins"), step(name="zwei")
    other = replace(one, step={"de": "Wenn eins, dann anders.", "en": "If one."})
    longer = replace(two, minutes=7)

    def changes(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Change, ...]:
        old, new = (
            questionnaire(dimension("x", item("a"), suggestions=each)) for each in (before, after)
        )
        return compare(old, new, "de").dimensions[0].changes

    assert changes((one, two), (two, one)) == ()
    assert changes((one,), (one, two)) == (Change("suggestion", "", "Schritt zwei"),)
    assert changes((one, two), (one,)) == (Change("suggestion", "Schritt zwei", ""),)
    assert changes((one,), (other,)) == (
        Change("suggestion", "Wenn eins, dann.", "Wenn eins, dann anders."),
    )
    assert changes((two,), (longer,)) == (Change("suggestion", "Schritt zwei", "Schritt zwei"),)


@pytest.mark.parametrize(
    ("alter", "same"),
    [
        (lambda part: replace(part, items=part.items[::-1]), True),
        (lambda part: replace(part, title={"de": "Anders"}), True),
        (lambda part: replace(part, items=part.items[:1]), False),
        (lambda part: replace(part, items=(*part.items, item("c"))), False),
        (lambda part: replace(part, items=(part.items[0], item("b", reverse=True))), False),
        (
            lambda part: replace(
                part, items=(part.items[0], item("b", scale=replace(FIVE, options={"de": ("a",)})))
            ),
            False,
        ),
    ],
)
def test_scores_mean_the_same(alter: Callable[[Dimension], Dimension], same: bool) -> None:
    part = dimension("x", item("a"), item("b"))
    assert same_score(part, alter(part)) is same
