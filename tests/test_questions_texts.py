"""What holds for the texts of every bundled questionnaire, whoever writes the next one."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from checklist.bank import Bank
from checklist.questionnaire import AUDIENCES, Item, Questionnaire, Texts

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
RUN = 8
NAMES = Bank().ids
COMPLETE = ("anti-churn", "relationship-competence")


@pytest.fixture(params=NAMES)
def questionnaire(request: pytest.FixtureRequest) -> Questionnaire:
    return Bank().load(request.param)


def texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Texts]]:
    """All texts in all languages, with a name for messages; not the title of the source."""
    yield "title", questionnaire.title
    if questionnaire.purpose:
        yield "purpose", questionnaire.purpose
    if questionnaire.source:
        yield "source.note", {"de": questionnaire.source.note}
    for scale in {item.scale.id: item.scale for item in questionnaire.items}.values():
        yield f"{scale.id}.prompt", scale.prompt
        yield f"{scale.id}.observer", scale.observer or {}
        for language, options in scale.options.items():
            yield from ((f"{scale.id}.options", {language: option}) for option in options)
    for dimension in questionnaire.dimensions:
        yield f"{dimension.id}.title", dimension.title
        yield f"{dimension.id}.about", dimension.about or {}
        for item in dimension.items:
            yield item.id, item.text
            yield f"{item.id}.observer", item.observer or {}
        for suggestion in dimension.suggestions:
            yield f"{dimension.id}.{suggestion.audience}", suggestion.title
            yield f"{dimension.id}.{suggestion.audience}", suggestion.step
    for reflection in questionnaire.reflections:
        yield reflection.id, reflection.text


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[place : place + RUN]) for place in range(len(found) - RUN + 1)}


def test_the_questionnaires_of_this_version_are_there() -> None:
    assert set(COMPLETE) <= set(NAMES)


def test_both_languages_and_the_outside_view_are_complete(questionnaire: Questionnaire) -> None:
    assert questionnaire.languages == ("de", "en")
    assert questionnaire.has_outside_view
    assert questionnaire.purpose
    assert questionnaire.source
    assert questionnaire.minutes
    assert len(questionnaire.reflections) >= 2
    for scale in {item.scale.id: item.scale for item in questionnaire.items}.values():
        assert scale.observer, f"{scale.id} asks an observer as if it were the respondent"


def test_every_dimension_has_three_items_and_steps_for_everybody(
    questionnaire: Questionnaire,
) -> None:
    for dimension in questionnaire.dimensions:
        assert dimension.about, dimension.id
        assert len(dimension.items) >= 3, dimension.id
        assert {step.audience for step in dimension.suggestions} == set(AUDIENCES), dimension.id
        for step in dimension.suggestions:
            if step.audience == "trainer":
                assert step.minutes, f"{dimension.id}: an exercise says how long it takes"


def test_every_item_has_a_step_of_its_own_and_ids_that_say_where_they_belong(
    questionnaire: Questionnaire,
) -> None:
    for dimension in questionnaire.dimensions:
        own = [step.items for step in dimension.suggestions if step.audience == "self"]
        for item in dimension.items:
            assert (item.id,) in own, f"{item.id} has no step of its own"
            assert item.id.startswith(f"{dimension.id}-")


def test_dont_s_are_spread_over_the_form(questionnaire: Questionnaire) -> None:
    assert 0 < sum(item.reverse for item in questionnaire.items) < len(questionnaire.items) / 2


def test_no_text_stands_twice(questionnaire: Questionnaire) -> None:
    seen: dict[str, Item] = {}
    for item in questionnaire.items:
        for said in (*item.text.values(), *(item.observer or {}).values()):
            assert said not in seen, f"{item.id} says what {seen[said].id} says"
            seen[said] = item


def test_german_and_english_differ_and_are_typeset(questionnaire: Questionnaire) -> None:
    for name, said in texts(questionnaire):
        if {"de", "en"} <= set(said):
            assert said["de"] != said["en"], name
        for language, text in said.items():
            assert text == text.strip(), name
            assert "  " not in text, name
            assert "..." not in text, name
            assert '"' not in text, name
            assert "!" not in text, name
            if language == "de":
                assert "“" not in text or "„" in text, f"{name}: German quotes are „…“"
            else:
                assert "„" not in text, f"{name}: English quotes are “…”"


BANNED = {
    "de": "und sowie immer stets oft manchmal selten regelmäßig sehr wirklich ganz genau nicht kein"
    " keine keinen keiner nie niemals ohne vermeide vermeiden bewusst achte bemühe versuche"
    " verstehe authentisch souverän",
    "en": "always often sometimes rarely regularly very really not never without avoid consciously",
}
"""Words that rules 1 to 4 of the house keep out of items: joins, degrees, negations, attitudes."""


def test_items_are_one_breath_without_words_that_collide_with_the_options(
    questionnaire: Questionnaire,
) -> None:
    for item in questionnaire.items:
        for wording in (item.text, item.observer or {}):
            for language, text in wording.items():
                said = words(text)
                assert len(said) <= 22, f"{item.id}: {len(said)} words"
                assert not set(said) & set(BANNED[language].split()), f"{item.id}: {text}"


def test_items_are_in_the_first_person_and_about_the_team(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items:
        assert {"ich", "mir", "mich", "mein", "meine"} & set(words(item.text["de"])), item.id
        assert {"i", "me", "my"} & set(words(item.text["en"])), item.id
        assert item.observer is not None
        assert {"team", "teams"} & set(words(item.observer["de"])), item.id
        assert {"team", "teams", "team’s"} & set(words(item.observer["en"])), item.id
        assert not {"ich", "mir", "mich"} & set(words(item.observer["de"])), item.id


def test_the_same_scale_is_worded_alike_everywhere() -> None:
    scales: dict[str, tuple[Texts, Texts | None, Mapping[str, tuple[str, ...]]]] = {}
    for name in NAMES:
        for item in Bank().load(name).items:
            said = (item.scale.prompt, item.scale.observer, item.scale.options)
            assert scales.setdefault(item.scale.id, said) == said, f"{name}: {item.scale.id}"
    if "complaints" in scales:
        assert scales["complaints"][2] == scales["cases"][2]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles lie outside this repository")
def test_no_text_shares_a_run_of_words_with_the_articles(questionnaire: Questionnaire) -> None:
    articles = {path.name: runs(path.read_text("utf-8")) for path in sorted(SEEDS.glob("*.txt"))}
    assert len(articles) == 5
    for name, said in texts(questionnaire):
        for text in said.values():
            for article, taken in articles.items():
                shared = runs(text) & taken
                assert not shared, f"{name} shares {shared} with {article}"


def test_runs_of_words_are_found(tmp_path: Path) -> None:
    article = runs("Eins zwei drei, vier fünf – sechs sieben „acht“ neun.")
    assert len(article) == 2
    assert runs("Und eins, zwei drei vier fünf sechs sieben acht!") & article
    assert not runs("Eins zwei drei vier fünf sechs sieben neun acht.") & article
