"""Every bundled questionnaire, answered to the end in every language, leads to steps that fit."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from checklist.bank import Bank
from checklist.i18n import LANGUAGES, Texts
from checklist.questionnaire import Item, Questionnaire
from tests.helpers import Call
from tests.terminal.emulator import Emulator

IDS = Bank(None).ids


def low(item: Item, _place: int) -> str:
    return str(item.scale.size if item.reverse else 1)


def high(item: Item, _place: int) -> str:
    return str(1 if item.reverse else item.scale.size)


def mixed(item: Item, place: int) -> str:
    return low(item, place) if place % 5 == 1 else high(item, place)


Pattern = Callable[[Item, int], str]


def answered(
    inside: Call, questionnaire: Questionnaire, language: str, keys: list[str]
) -> dict[str, Any]:
    """Answer in lines, an answer each, take up nothing, and give the result as JSON."""
    typed = [*keys, *[""] * len(questionnaire.reflections), "", ""]
    done = inside(
        "run", questionnaire.id, "--plain", "--lang", language, "--format", "json",
        input="\n".join(typed) + "\n",
    )  # fmt: skip
    assert done.code == 0, done.err
    report: dict[str, Any] = json.loads(done.out)
    return report


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pattern", [low, high, mixed])
@pytest.mark.parametrize("name", IDS)
def test_lines_lead_to_steps_that_fit(
    inside: Call, name: str, pattern: Pattern, language: str
) -> None:
    questionnaire = Bank(None).load(name)
    keys = [pattern(item, place) for place, item in enumerate(questionnaire.asked)]
    report = answered(inside, questionnaire, language, keys)
    wanted = {
        item.id for place, item in enumerate(questionnaire.asked) if keys[place] == low(item, 0)
    }
    dimensions = {questionnaire.dimension_of(item_id).id for item_id in wanted}
    steps = min(3, len(dimensions))
    scores = [row["score"] for row in report["groups"][0]["dimensions"]]
    topics = report["topics"]
    assert len(topics) == (2 if pattern is high else 3), "high throughout gets two steps"
    assert {topic["dimension"] for topic in topics[:steps]} <= dimensions
    assert len({topic["dimension"] for topic in topics[:steps]}) == steps
    if pattern is low:
        assert set(scores) == {0.0}
    if pattern is high:
        assert set(scores) == {100.0}
        titles = {Texts(language)(f"advice.{kind}.title") for kind in ("pass-on", "outside-view")}
        assert {topic["suggestions"][0]["title"] for topic in topics} <= titles
    for topic in topics[:steps]:
        [item_id] = topic["items"]
        assert item_id in wanted
        own = {
            step.step[language]
            for step in questionnaire.dimension_of(item_id).suggestions
            if step.audience == "self" and item_id in step.items
        }
        assert topic["suggestions"][0]["step"] in own, "a step made for this very item"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_what_mostly_did_not_occur_gives_few_scores_and_no_wrong_step(
    inside: Call, name: str, language: str
) -> None:
    questionnaire = Bank(None).load(name)
    key = Texts(language)("key.not-occurred")
    first = questionnaire.dimensions[0].items
    keys = [low(item, 0) if item in first[:2] else key for item in questionnaire.asked]
    report = answered(inside, questionnaire, language, keys)
    rows = report["groups"][0]["dimensions"]
    assert [row["status"] for row in rows] == ["published", *["no_data"] * (len(rows) - 1)]
    [topic] = report["topics"]
    assert topic["items"] == [first[0].id]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", IDS)
def test_keys_lead_to_a_result(terminal: Callable[..., Emulator], name: str, language: str) -> None:
    questionnaire, texts = Bank(None).load(name), Texts(language)
    opened = terminal("run", name, "--lang", language)
    opened.wait_for(texts("welcome.keys")[:10]).send("\r")
    total = len(questionnaire.asked) + len(questionnaire.reflections)
    for place, item in enumerate(questionnaire.asked, start=1):
        opened.wait_for(f"{texts('card.position', place=place, total=total)} ")
        assert " ".join(item.text[language].split()) in opened.text
        opened.send(low(item, 0))
    opened.send("\r" * len(questionnaire.reflections))
    opened.wait_for(texts("review.note")[:20]).send("f")
    opened.wait_for(texts("pick.keys")[:6]).send("1\r")
    assert opened.exit_code() == 0
    assert texts.count("run.taken", 1)[:10] in opened.text
    for dimension in questionnaire.dimensions:
        assert dimension.title[language] in opened.above
