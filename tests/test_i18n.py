import re
from collections.abc import Mapping
from typing import Any

import pytest
import tomli

from checklist.bank.reader import TOML_CAUSES
from checklist.i18n import LANGUAGES, LOCALE, Texts, choose_language
from checklist.journal.database import CODES
from tests import wording


def written(language: str) -> dict[str, str]:
    """The texts of a language as they stand in their file."""

    def flat(table: Mapping[str, Any], path: str) -> dict[str, str]:
        texts: dict[str, str] = {}
        for key, value in table.items():
            here = f"{path}{key}"
            texts |= flat(value, f"{here}.") if isinstance(value, dict) else {here: value}
        return texts

    return flat(tomli.loads((LOCALE / f"{language}.toml").read_text("utf-8")), "")


TEXTS = {language: written(language) for language in LANGUAGES}
KEYS = frozenset(TEXTS["de"])


def test_both_languages_have_the_same_texts() -> None:
    assert set(TEXTS["en"]) == KEYS
    assert Texts("de").keys == Texts("en").keys == KEYS


def test_both_languages_fill_in_the_same_values() -> None:
    for key in KEYS:
        german, english = (wording.fields(TEXTS[language][key]) for language in ("de", "en"))
        assert german == english, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_filled_in(language: str) -> None:
    """A stray brace in a text would be a fault only when somebody needs the text."""
    for key, text in TEXTS[language].items():
        said = Texts(language)(key, **dict.fromkeys(wording.fields(text), 7))
        assert said == said.strip() != "", key
        assert "!" not in said, key
        assert "..." not in said, key


def test_singular_and_plural_come_in_pairs() -> None:
    for key in KEYS:
        stem, _, form = key.rpartition(".")
        if form in ("one", "other"):
            assert {f"{stem}.one", f"{stem}.other"} <= KEYS


def test_what_happened_and_what_to_do_come_in_pairs() -> None:
    for key in KEYS:
        stem, _, part = key.rpartition(".")
        if key.startswith(("error.", "problem.")):
            assert part in ("what", "remedy")
            assert {f"{stem}.what", f"{stem}.remedy"} <= KEYS


def test_every_text_that_the_code_asks_for_is_there_and_gets_its_values() -> None:
    asked = list(wording.asked_for(KEYS))
    assert len(asked) > 150, "the search has lost its way"
    for place, key, values in asked:
        assert key in KEYS, f"{place}: no text {key}"
        needed = wording.fields(TEXTS["de"][key])
        assert values is None or needed <= values, f"{place}: {key} lacks {needed - values}"


def test_every_constant_that_looks_like_a_key_is_one() -> None:
    """Finds misspelt keys that wait in variables and tables."""
    rooms = {key.partition(".")[0] for key in KEYS}
    for place, constant in wording.constants():
        if re.fullmatch(r"[a-z]+(\.[a-z0-9-]+)+", constant) and constant.split(".")[0] in rooms:
            known = constant in KEYS or any(key.startswith(f"{constant}.") for key in KEYS)
            assert known, f"{place}: no text {constant}"


def test_every_code_in_a_table_has_its_words() -> None:
    for code in CODES.values():
        assert {f"error.{code}.what", f"error.{code}.remedy"} <= KEYS
        assert wording.fields(TEXTS["de"][f"error.{code}.remedy"]) <= {"file"}
    for code in TOML_CAUSES.values():
        assert {f"problem.{code}.what", f"problem.{code}.remedy"} <= KEYS
        assert not wording.fields(TEXTS["de"][f"problem.{code}.what"])


def test_every_text_is_used() -> None:
    """A text that no constant and no pattern of the code can ask for is dead."""
    used = wording.Used()
    assert sorted(key for key in KEYS if key not in used) == []
    assert "card.nonsense" not in used
    assert "error.nonsense.what" not in used


def test_texts_are_filled_in_and_counted() -> None:
    texts = Texts("de")
    assert texts("card.position", place=3, total=18) == "Frage 3 von 18"
    assert texts.count("card.minutes", 1) == "noch 1 Minute"
    assert texts.count("card.minutes", 0) == "noch 0 Minuten"
    assert texts("run.left", command="{0} {x} %s") == "".join(
        TEXTS["de"]["run.left"].replace("{command}", "{0} {x} %s")
    )
    assert "card.position" in texts
    assert "card" not in texts
    with pytest.raises(KeyError):
        texts("card.nonsense")
    with pytest.raises(KeyError):
        texts("card.position", place=3)


def test_texts_below_a_prefix_come_by_the_rest_of_their_key() -> None:
    months = Texts("en").prefixed("month")
    assert list(months) == [str(number) for number in range(1, 13)]
    assert months["3"] == "March"
    assert Texts("en").prefixed("mont") == {}


@pytest.mark.parametrize(
    ("value", "digits", "german"),
    [(0.5, 0, "1"), (2.5, 0, "3"), (-0.5, 0, "−1"), (1.005, 2, "1,01"), (3, 2, "3,00")],
)
def test_numbers_are_rounded_as_people_do(value: float, digits: int, german: str) -> None:
    assert Texts("de").number(value, digits) == german
    assert Texts("en").number(value, digits) == german.replace(",", ".")


@pytest.mark.parametrize(
    ("asked", "environment", "system", "chosen"),
    [
        (None, {}, None, "de"),
        ("en", {"CHECKLIST_LANG": "de", "LANG": "de_DE"}, "de_DE", "en"),
        ("fr", {"CHECKLIST_LANG": "en"}, None, "en"),
        ("", {"LANG": "en_GB"}, None, "en"),
        (None, {"CHECKLIST_LANG": "EN", "LANG": "de_DE.UTF-8"}, None, "en"),
        (None, {"CHECKLIST_LANG": "", "LANG": "en_US.UTF-8"}, None, "en"),
        (None, {"CHECKLIST_LANG": "fr", "LANG": "en_US.UTF-8"}, None, "en"),
        (None, {"LC_ALL": "en_US", "LC_MESSAGES": "de_DE", "LANG": "de_DE"}, None, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "de_DE"}, None, "en"),
        (None, {"LC_ALL": "C", "LANG": "en_US"}, "en_US", "de"),
        (None, {"LANG": "en"}, "de_DE", "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en_US", "de"),
        (None, {"LANG": ""}, "en_US", "en"),
        (None, {}, "en_US", "en"),
        (None, {}, "fr_FR", "de"),
    ],
)
def test_the_language_is_what_was_asked_for_or_the_systems_or_german(
    asked: str | None, environment: dict[str, str], system: str | None, chosen: str
) -> None:
    assert choose_language(asked, environment, system) == chosen
