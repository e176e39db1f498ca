"""Broken files of all kinds: never anything but a good answer or a problem that can be read."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from checklist.answers import read_answers
from checklist.bank import Bank, read
from checklist.bank.folders import bundled
from checklist.cli.failure import sentence
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.interview import Mark, Response
from checklist.questionnaire import Questionnaire
from tests.mutations import JSON_CHANGES, TOML_CHANGES, mutated

FILES, CHUNKS = 2000, 8


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutated_questionnaire_files(chunk: int, tmp_path: Path) -> None:
    originals = {path.name: path.read_text("utf-8") for path in bundled().glob("*.toml")}
    seen: Counter[str] = Counter()
    for number in range(chunk * FILES // CHUNKS, (chunk + 1) * FILES // CHUNKS):
        chance = random.Random(f"questionnaire {number}")
        name = chance.choice(sorted(originals))
        path = tmp_path / name
        path.write_bytes(mutated(chance, originals[name], TOML_CHANGES))
        try:
            questionnaire = read(path)
        except ChecklistError as error:
            seen.update(checked(error, number))
        else:
            seen["in order"] += 1
            assert_usable(questionnaire)
    assert len(seen) > 20, "the mutations are too tame"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutated_answers_files(chunk: int, tmp_path: Path) -> None:
    questionnaire = Bank().load("anti-churn")
    path = tmp_path / "answers.json"
    seen: Counter[str] = Counter()
    for number in range(chunk * FILES // CHUNKS, (chunk + 1) * FILES // CHUNKS):
        chance = random.Random(f"answers {number}")
        path.write_bytes(mutated(chance, answers(chance, questionnaire), JSON_CHANGES))
        try:
            response = read_answers(path, questionnaire)
        except ChecklistError as error:
            seen.update(checked(error, number))
        else:
            seen["in order"] += 1
            assert_fits(response, questionnaire)
    assert len(seen) > 8, "the mutations are too tame"


def checked(error: ChecklistError, number: int) -> set[str]:
    """Make sure that an error has words and places in both languages; give its problems."""
    assert error.code in ("questionnaire-invalid", "answers-invalid"), number
    assert error.problems, number
    for language in ("de", "en"):
        lines = sentence(error, Texts(language)).split("\n")
        assert len(lines) > len(error.problems), number
    assert all(problem.place.startswith(str(error.values["file"])) for problem in error.problems)
    return {problem.code for problem in error.problems}


def assert_usable(questionnaire: Questionnaire) -> None:
    for language in questionnaire.languages:
        assert questionnaire.title[language].strip()
        for dimension in questionnaire.dimensions:
            assert dimension.title[language].strip()
            assert len({item.scale.id for item in dimension.items}) == 1
        for item in questionnaire.asked:
            assert item.text[language].strip()
            assert 2 <= len(item.scale.options[language]) == item.scale.size <= 9
    assert sorted(item.id for item in questionnaire.asked) == sorted(
        {item.id for item in questionnaire.items}
    )


def assert_fits(response: Response, questionnaire: Questionnaire) -> None:
    for key, answer in response.answers.items():
        assert isinstance(answer, Mark) or 1 <= answer <= questionnaire.item(key).scale.size
    assert set(response.comments) <= {item.id for item in questionnaire.items}
    assert set(response.reflections) <= {part.id for part in questionnaire.reflections}
    assert all(map(str.strip, [*response.comments.values(), *response.reflections.values()]))


def answers(chance: random.Random, questionnaire: Questionnaire) -> str:
    """Write an answers file that is in order."""
    ids = [item.id for item in questionnaire.items]
    values = [1, 2, 3, 4, 5, None, "did-not-occur"]
    raw = {
        "answers": {key: chance.choice(values) for key in ids if chance.random() < 0.9},
        "comments": dict.fromkeys(chance.sample(ids, 3), "Ein Wort dazu – „so“."),
        "reflections": {part.id: "Zeit." for part in questionnaire.reflections},
    }
    return json.dumps(raw, indent=2, ensure_ascii=chance.random() < 0.5)
