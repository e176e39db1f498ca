"""The two words on paper: the lists are easy to write, and what people write is understood."""

import hmac
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist import panel_words
from checklist.cli.failure import problem_line
from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, Texts
from checklist.rounds import panel_code

WORDS = {language: panel_words.words(language) for language in LANGUAGES}
ALL = sorted({*WORDS["de"], *WORDS["en"]})

HEARD = {
    "de": [
        ("tsch", "C"), ("sch", "S"), ("ch", "X"), ("ph", "f"), ("th", "t"), ("dt", "t"),
        ("ck", "k"), ("qu", "kw"), ("tz", "z"), ("ieh", "i"), ("ie", "i"), ("[ae][iy]", "ei"),
        ("aeu", "eu"), ("ae", "e"), ("ou", "u"), ("v", "f"), ("c", "k"), ("y", "i"), ("x", "ks"),
        ("z", "ts"), ("p", "b"), ("t", "d"), ("g", "k"), ("([aeiou])h", r"\1"), (r"(.)\1+", r"\1"),
    ],
    "en": [
        ("^[kg]n", "n"), ("^wr", "r"), ("stle", "sle"), ("t?ch", "C"), ("sh", "S"), ("ph", "f"),
        ("th", "T"), ("ck", "k"), ("qu", "kw"), ("igh", "i"), ("ough", "o"), ("gh", ""),
        ("e[eaiy]|ie", "i"), ("a[iy]", "a"), ("o[awu]", "o"), ("oo|ew|ui", "u"),
        ("c([eiy])", r"s\1"), ("ge", "je"), ("y", "i"), ("z", "s"), ("c", "k"), ("x", "ks"),
        ("v", "f"), ("e$", ""), (r"(.)\1+", r"\1"),
    ],
}  # fmt: skip
"""How letters sound, roughly; applied one after the other."""


def heard(word: str, language: str) -> str:
    sounds = panel_words.folded(word)
    for letters, sound in HEARD[language]:
        sounds = re.sub(letters, sound, sounds)
    return sounds


def close(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs that differ by one letter, changed, added or left out, or not at all."""
    by_shape: dict[str, set[str]] = defaultdict(set)
    seen = set()
    for text in texts:
        if text in seen:
            yield text, text
        seen.add(text)
        by_shape[text].add(text)
        for place in range(len(text)):
            by_shape[f"{text[:place]}?{text[place + 1 :]}"].add(text)
            by_shape[text[:place] + text[place + 1 :]].add(text)
    for shape, alike in by_shape.items():
        if "?" in shape or shape in alike:
            yield from ((a, b) for a, b in product(sorted(alike), repeat=2) if a < b)


def test_close_words_are_found() -> None:
    assert {*close(["segel", "sessel", "kegel", "esel", "sege"])} == {
        ("kegel", "segel"), ("sege", "segel"),
    }  # fmt: skip
    assert [*close(["ast", "ast"])] == [("ast", "ast")]


# -- the lists


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_long_and_its_words_are_easy_to_write(language: str) -> None:
    words = WORDS[language]
    assert len(words) >= 512
    assert all(re.fullmatch("[A-Za-z][a-z]{3,11}", word) for word in words)
    assert {word[0].isupper() for word in words} == {language == "de"}
    assert list(words) == sorted(words, key=str.lower)
    assert not {*panel_words.AND} & {*words}


def test_no_two_words_differ_by_one_letter() -> None:
    assert [*close({panel_words.folded(word) for word in ALL})] == []
    for words in WORDS.values():
        assert [*close(map(panel_words.folded, words))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_sound_nearly_alike(language: str) -> None:
    assert heard("Thron", "de") == heard("Tron", "de")
    assert heard("knight", "en") == heard("nite", "en")
    assert [*close(heard(word, language) for word in WORDS[language])] == []


def test_what_is_said_about_their_number_is_true() -> None:
    said = panel_words.__doc__ or ""
    for words in WORDS.values():
        assert f"{len(words) * (len(words) - 1) // 2:,}" in said


# -- codes that are made up


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fresh_code_is_two_words_of_its_language(language: str) -> None:
    made = {panel_words.fresh(language) for _ in range(60)}
    assert len(made) > 50
    for code in made:
        first, second = code.split()
        assert {first, second} <= {*WORDS[language]}
        assert first.lower() < second.lower()
        assert panel_words.read(code) == code.lower()


def test_a_fresh_code_is_none_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_words, "words", lambda language: ("Ahorn", "Igel", "Laterne"))
    for _ in range(20):
        assert panel_words.fresh("de", {"ahorn igel", "igel laterne"}) == "Ahorn Laterne"
    assert len({panel_words.fresh("de") for _ in range(200)}) == 3


# -- what people write


PAIR = st.lists(st.sampled_from(ALL), min_size=2, max_size=2, unique_by=str.lower)
CASE = st.sampled_from([str.lower, str.upper, str.title, str.swapcase])
BETWEEN = st.sampled_from(
    [" ", "  ", "-", " - ", " – ", ", ", "/", "·", "\n", "\t", " und ", " AND ", "_", "1", '" "']
)


@given(pair=PAIR, first=CASE, second=CASE, between=BETWEEN, around=st.sampled_from(["", " ", "."]))
def test_however_two_words_are_written_they_are_the_same_code(
    pair: list[str], first: object, second: object, between: str, around: str
) -> None:
    assert callable(first)
    assert callable(second)
    meant = " ".join(sorted(word.lower() for word in pair))
    written = f"{around}{first(pair[0])}{between}{second(pair[1])}{around}"
    assert panel_words.read(written) == panel_words.read(unicodedata.normalize("NFD", written))
    assert panel_words.read(written) == meant
    assert panel_words.read(panel_words.shown(meant)) == meant
    assert panel_words.find("".join(pair)) in (meant, None), "never another code"


@given(
    pair=PAIR, which=st.integers(0, 1), place=st.integers(0, 11), put=st.sampled_from("aenrstxß")
)  # fmt: skip
def test_a_slip_of_the_pen_never_makes_another_code(
    pair: list[str], which: int, place: int, put: str
) -> None:
    word = pair[which]
    slips = [*pair]
    slips[which] = word[:place] + put + word[place + 1 :]
    meant = " ".join(sorted(each.lower() for each in pair))
    assert panel_words.find(" ".join(slips)) in (meant, None)


def test_umlauts_may_be_spelt_out_and_words_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"moewe": "Möwe", "nussknacker": "Nussknacker", "fuss": "Fuß", "fussball": "Fußball"}
    monkeypatch.setattr(panel_words, "_known", lambda: known)
    for written in ("Möwe Fuß", "moewe FUSS", "MÖWE-fuß", "fuss MO\u0308WE", "Fuß. Mö-we"):
        assert panel_words.find(written) == "fuss moewe"
    assert panel_words.find("Nuß Knacker, Möwe") == "moewe nussknacker"
    assert panel_words.find("Möwe Möwe") is None


def test_what_can_be_read_in_two_ways_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {word.lower(): word for word in ("Sand", "Sandburg", "Burgtor", "Tor")}
    monkeypatch.setattr(panel_words, "_known", lambda: known)
    assert panel_words.find("Sandburgtor") is None
    assert panel_words.find("Sand Burgtor") == "burgtor sand"
    assert panel_words.find("Sandburg Tor") == "sandburg tor"


def problems(written: str, language: str) -> list[str]:
    with pytest.raises(ChecklistError) as caught:
        panel_words.read(written)
    assert caught.value.code == "panel-words"
    return [problem_line(problem, Texts(language)) for problem in caught.value.problems]


def test_a_misspelt_word_is_named_with_what_it_may_be() -> None:
    assert problems("Ahron Latrene", "de") == [
        "„ahron“ steht in keiner Wortliste. Ist „Ahorn“ gemeint?",
        "„latrene“ steht in keiner Wortliste. Ist „Laterne“ gemeint?",
    ]
    assert problems("Ahorn qqqqqq", "de") == [
        "„qqqqqq“ steht in keiner Wortliste. Prüfen Sie, wie es geschrieben ist; lässt es sich"
        " nicht klären, lassen Sie beide Wörter weg.",
    ]
    assert problems("lantren ahorn", "en") == [
        "“lantren” is on no list of words. Do you mean “lantern”?"
    ]


@pytest.mark.parametrize("written", ["", "Ahorn", "Ahorn ahorn", "Ahorn Igel Laterne", "1 2", "-"])
def test_anything_but_two_different_words_is_no_code(written: str) -> None:
    (said,) = problems(written, "de")
    assert said.startswith(f"„{written}“: Gebraucht werden genau zwei verschiedene Wörter.")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(written: str) -> None:
    try:
        code = panel_words.read(written)
    except ChecklistError as error:
        for problem in error.problems:
            assert len(problem_line(problem, Texts("de"))) < 300
    else:
        assert len(set(code.split())) == 2


# -- what travels


def test_only_what_is_computed_from_the_words_travels() -> None:
    code = panel_words.read("Laterne Ahorn")
    travels = panel_words.panel(code, "series")
    assert travels == hmac.digest(b"ahorn laterne", b"series/self", "sha256").hex()
    assert travels == panel_code(b"ahorn laterne", "series", "self")
    others = {
        panel_words.panel("ahorn igel", "series"),
        panel_words.panel(code, "other"),
        panel_words.panel(code, "series", "observer"),
    }
    assert len({travels, *others}) == 4
