import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise, permutations
from pathlib import Path
from typing import Any

import pytest

from checklist.advice import next_steps
from checklist.bank import Bank, parse
from checklist.bank.lines import Lines
from checklist.bank.rules import FILE_RULES, RULES
from checklist.i18n import LANGUAGES, Texts
from checklist.interview import Response
from checklist.proofreading import hardest, proofread
from checklist.proofreading.ease import amstad, english_syllables, flesch, german_syllables
from checklist.proofreading.exceptions import BETWEEN_VERSIONS
from checklist.proofreading.items import _found
from checklist.proofreading.notes import UNNEEDED
from checklist.proofreading.versions import ALIKE, likeness
from checklist.proofreading.whole import is_shown
from checklist.proofreading.words import VOCABULARIES
from checklist.questionnaire import AUDIENCES, Dimension, Item, Questionnaire, Scale, Suggestion
from checklist.report.topics import _suggestions
from tests.helpers import TINY, Call

BROKEN = Path(__file__).with_name("broken")
GOOD = (BROKEN / "in-order.toml").read_text("utf-8")
LATE = 'text.de = "Ich melde mich später als zugesagt."'


def good(*changes: tuple[str, str]) -> Questionnaire:
    """A questionnaire without a warning, with changes."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse(text, "in-order.toml")


def rules(questionnaire: Questionnaire, earlier: Questionnaire | None = None) -> set[str]:
    return {note.rule for note in proofread(questionnaire, earlier)}


@pytest.mark.parametrize("name", Bank().ids)
def test_bundled_questionnaires_keep_the_rules(name: str) -> None:
    questionnaire = Bank().load(name)
    assert proofread(questionnaire) == []
    assert proofread(questionnaire, questionnaire) == []


BREAKING = {
    "de": {
        "Ich begrüße den Kunden und frage nach seinem Namen.": ("joined", "und"),
        "Ich frage am Telefon, bevor ich verbinde, und warte.": ("joined", "und"),
        "Ich nenne Namen sowie Durchwahl.": ("joined", "sowie"),
        "Ich rufe den Kunden an oder schreibe ihm.": ("joined", "oder schreibe"),
        "Ich nenne Name/Durchwahl.": ("joined", "Name/Durchwahl"),
        "Ich höre zu, ohne zu unterbrechen.": ("negation", "ohne"),
        "Ich unterlasse Werbung.": ("negation", "unterlasse"),
        "Ich mache keine Zusagen.": ("negation", "keine"),
        "Wenn ein Kunde etwas nicht findet, zeige ich es ihm.": ("negation", "nicht"),
        "Ich melde mich stets.": ("frequency", "stets"),
        "Wenn ein Kunde oft anruft, frage ich nach.": ("frequency", "oft"),
        "Bewusst rede ich langsam.": ("attitude", "bewusst"),
        "Ich versuche, den Grund zu finden.": ("attitude", "versuche"),
        "Das Team achtet auf den Ton.": ("attitude", "achtet"),
        "Wenn ein Kunde laut wird, bin ich freundlich.": ("attitude", "freundlich"),
        "Ich kann Kritik annehmen.": ("attitude", "ich kann"),
    },
    "en": {
        "I greet the customer and ask their name.": ("joined", "and"),
        "I call the customer or write to them.": ("joined", "or write"),
        "I don’t interrupt.": ("negation", "don’t"),
        "I never interrupt.": ("negation", "never"),
        "I call without delay.": ("negation", "without"),
        "I always call.": ("frequency", "always"),
        "I speak very slowly.": ("frequency", "very"),
        "I try to find the reason.": ("attitude", "try to"),
        "The team pays attention to its tone.": ("attitude", "pays attention"),
        "When a customer gets loud, I stay polite.": ("attitude", "polite"),
    },
}
KEEPING = {
    "de": [
        "Wenn ein Kunde anruft und laut wird, frage ich nach.",
        "Ich sage „Das geht leider nicht“ zu dem Kunden.",
        "Ich nenne Kundinnen und Kunden meinen Namen.",
        "Zu meinem Vorschlag nenne ich ein Beispiel oder eine Zahl.",
        "Wenn ein Kunde ein Ja oder Nein hören will, bekommt er es.",
        "Wenn ein Kunde freundlich ist, danke ich ihm.",
        "Ich frage den Kunden, was er versteht.",
        "Ich unternehme einen Versuch.",
        "Ich rede mit der Hundertschaft.",
    ],
    "en": [
        "When a customer calls and complains I ask back.",
        "I say “I cannot do that” to the customer.",
        "I back up my suggestion with an example or a figure.",
        "When a customer wants to hear yes or no, I say it.",
        "When I am given advice, I try it out.",
        "I ask customers what they understand.",
        "I note the number.",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_break_a_rule_are_found(language: str) -> None:
    for text, broken in BREAKING[language].items():
        assert list(_found(text, VOCABULARIES[language])) == [broken], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_that_only_look_alike_keep_the_rules(language: str) -> None:
    for text in KEEPING[language]:
        assert list(_found(text, VOCABULARIES[language])) == [], text


def test_a_language_without_words_has_only_the_rules_that_need_none() -> None:
    text = TINY.replace('["de", "en"]', '["fr"]').replace(".de =", ".fr =")
    text = "\n".join(line for line in text.split("\n") if ".en =" not in line)
    text = text.replace("Ich frage nach.", " ".join(["und"] * 21))
    questionnaire = parse(text, "tiny.toml")
    assert rules(questionnaire) & {"long", "joined", "hard", "first-person"} == {"long"}
    assert hardest(questionnaire, "fr") == []


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (german_syllables, "ich 1 Kunde 2 Bedürfnis 3 Reklamation 5 Beispiel 2 Häuser 2 See 1"),
        (german_syllables, "freundlich 2 zuhören 3 Qualität 3 bequem 2 Team 1 Service 2 aktiv 2"),
        (german_syllables, "geeignet 3 beeilen 3 Situation 4 Meeting 2 Übung 2 Ei 1 hm 1"),
        (english_syllables, "customer 3 complaint 2 ask 1 asked 1 wanted 2 before 2 reply 2 the 1"),
        (english_syllables, "something 2 somebody 3 time 1 solution 3 yes 1 people 2 question 2"),
    ],
)
def test_syllables(count: Any, words: str) -> None:
    pairs = iter(words.split())
    for word, number in zip(pairs, pairs, strict=True):
        if (word, count) != ("Situation", german_syllables):
            assert count(word) == int(number), word


def test_two_vowels_that_are_no_diphthong_are_two_syllables() -> None:
    assert german_syllables("Situation") == 5  # Si-tu-a-ti-on


def test_reading_ease_is_what_the_formulas_give() -> None:
    # 8 words in 2 sentences; 12 German syllables, 9 English ones
    assert amstad("Ich frage nach. Der Kunde nennt den Grund.") == 180 - 4 - 58.5 * 10 / 8
    assert flesch("I ask back. They name the reason for it.") == pytest.approx(
        206.835 - 1.015 * 9 / 2 - 84.6 * 10 / 9
    )
    assert amstad("„Geht das?“ frage ich.") == 180 - 4 / 2 - 58.5 * 5 / 4
    assert amstad("…") == 180


def test_the_hardest_come_first_by_the_harder_of_two_wordings(tiny: Questionnaire) -> None:
    ease = hardest(tiny, "de")
    assert [one.value for one in ease] == sorted(one.value for one in ease)
    assert {one.item.id for one in ease} == {item.id for item in tiny.items}
    assert all(0 <= one.value <= 100 for one in ease)
    item = next(one for one in ease if one.item.id == "complaints-note")
    assert item.value == pytest.approx(
        min(
            amstad("Ich schreibe die Beschwerde auf."),
            amstad("Das Team schreibt die Beschwerde auf."),
        )
    )


def made(chance: random.Random) -> Dimension:
    scale = Scale("s", {"en": "?"}, {"en": ("a", "b", "c")})
    ids = [f"i{number}" for number in range(chance.randint(1, 4))]
    suggestions = [
        Suggestion(
            audience=chance.choice(AUDIENCES),
            title={"en": f"Step {number}"},
            step={"en": "When it happens, I do it."},
            items=tuple(chance.sample(ids, chance.randint(0, len(ids)))),
        )
        for number in range(chance.randint(0, 7))
    ]
    items = tuple(Item(name, {"en": "I do."}, scale) for name in ids)
    return Dimension("d", {"en": "D"}, items, suggestions=tuple(suggestions))


def seen(dimension: Dimension) -> Iterator[Suggestion]:
    """Every suggestion that some answers lead to."""
    asked = Questionnaire("q", "1.0.0", {"en": "Q"}, ("en",), (dimension,))
    for item in dimension.items:
        for audience in AUDIENCES[:2]:
            steps = next_steps(asked, Response({item.id: 1}), audience)
            yield from (step.suggestion for step in steps if step.suggestion)
    for number in (1, 2):
        for leading in permutations([item.id for item in dimension.items], number):
            yield from _suggestions(dimension, leading)


@pytest.mark.parametrize("chunk", range(4))
def test_a_suggestion_counts_as_shown_exactly_if_some_answers_lead_to_it(chunk: int) -> None:
    hidden = 0
    for seed in range(chunk * 100, chunk * 100 + 100):
        dimension = made(random.Random(seed))
        titles = {part.title["en"] for part in seen(dimension)}
        for position, part in enumerate(dimension.suggestions):
            if part.audience != "trainer":
                assert is_shown(dimension, position) == (part.title["en"] in titles), seed
                hidden += part.title["en"] not in titles
    assert hidden > 10


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ((LATE, 'text.de = "Ich notiere es und rufe an."'), "joined"),
        ((LATE, 'text.de = "Ich rufe nicht an."'), "negation"),
        ((LATE, 'text.de = "Ich rufe spät an, wie immer."'), "frequency"),
    ],
)
def test_what_the_file_accepts_with_a_reason_is_no_warning(
    change: tuple[str, str], rule: str
) -> None:
    reverse = ("reverse = true", f'reverse = true\naccept = {{ {rule} = "So ist es gemeint." }}')
    assert rules(good(change)) == {rule}
    assert rules(good(change, reverse)) == set()
    assert rules(good(reverse)) == {UNNEEDED}


def test_an_exception_holds_where_it_stands_and_for_its_rule_only() -> None:
    change = (LATE, 'text.de = "Ich notiere es und rufe nicht an."')
    accept = 'accept = { joined = "So ist es gemeint." }'
    assert rules(good(change, ("reverse = true", f"reverse = true\n{accept}"))) == {"negation"}
    elsewhere = rules(good(change, ('id = "word-day"', f'id = "word-day"\n{accept}')))
    assert elsewhere == {"joined", "negation", UNNEEDED}


def test_exceptions_between_versions_are_only_judged_beside_an_earlier_version() -> None:
    accept = ("reverse = true", 'reverse = true\naccept = { other-meaning = "Ein Versehen." }')
    raised = ('"1.0.0"', '"1.0.1"')
    assert rules(good(accept)) == set()
    assert rules(good(accept, raised), good()) == {UNNEEDED}
    assert set(RULES) >= BETWEEN_VERSIONS


def test_every_place_of_the_file_can_hold_exceptions() -> None:
    why = '= "Aus gutem Grund." }'
    questionnaire = good(
        ('scale = "cases"', f'scale = "cases"\naccept = {{ no-outside-view {why}'),
        ("[scales.cases]", f"[scales.cases]\naccept = {{ unused-scale {why}"),
        ('id = "word"\n', f'id = "word"\naccept = {{ few-items {why}\n'),
        ('for = "self"', f'for = "self"\naccept = {{ step-long {why}'),
        ("reverse = true", f"reverse = true\naccept = {{ long {why}"),
    )
    notes = proofread(questionnaire)
    assert {note.rule for note in notes} == {UNNEEDED}
    assert {note.owner[-2:] for note in notes} == {
        (),
        ("scales", "cases"),
        ("dimensions", 0),
        ("suggestions", 0),
        ("items", 1),
    }
    assert {note.values["rule"] for note in notes} >= {FILE_RULES[0], "long"}


@pytest.mark.parametrize(
    ("before", "now", "other"),
    [
        ("Ich melde mich später als zugesagt.", "Ich melde mich später, als ich zusagte.", False),
        ("Ich gebe das Anliegen in eigenen Worten wieder.", "Das Anliegen gebe ich wieder.", False),
        ("Ich melde mich später als zugesagt.", "Ich schreibe Rückrufe auf.", True),
        ("Ich melde mich später als zugesagt.", "Ich melde mich nicht später als zugesagt.", True),
        ("Ich tu es.", "Ich tu es.", False),
        ("Ich tu es.", "Wir sind da.", True),
    ],
)
def test_an_id_keeps_its_meaning(before: str, now: str, other: bool) -> None:
    def only_german(text: str, version: str) -> Questionnaire:
        lines = GOOD.replace('["de", "en"]', '["de"]').replace("1.0.0", version).split("\n")
        kept = "\n".join(line for line in lines if not line.partition(" =")[0].endswith(".en"))
        return parse(kept.replace(LATE, f'text.de = "{text}"'), "in-order.toml")

    found = rules(only_german(now, "1.1.0"), only_german(before, "1.0.0"))
    assert ("other-meaning" in found) == other
    assert "version-kept" not in found


def test_a_text_that_stays_in_one_language_has_kept_its_meaning() -> None:
    changed = good((LATE, 'text.de = "Ich schreibe Rückrufe auf."'), ('"1.0.0"', '"1.1.0"'))
    assert rules(changed, good()) == set()


def test_likeness_is_a_share_and_the_same_both_ways() -> None:
    texts = [item.text["de"] for name in Bank().ids for item in Bank().load(name).items]
    for one, other in pairwise(texts):
        assert likeness(one, one) == 1
        assert likeness(one, other) == likeness(other, one)
        assert 0 <= likeness(one, other) <= 1
    pairs = list(combinations(texts, 2))
    same = sum(likeness(one, other) >= ALIKE for one, other in pairs)
    assert same < 0.02 * len(pairs), "sentences about different things count as the same"


def test_only_what_respondents_see_or_scores_are_made_of_needs_a_new_version() -> None:
    accept = ('for = "self"', 'for = "self"\naccept = { never-shown = "Für später." }')
    assert "version-kept" not in rules(good(accept), good())
    for change in (
        ('observer.de = "Das Team meldet', 'observer.de = "Unser Team meldet'),
        ('title.de = "Einen Tag nennen"', 'title.de = "Den Tag nennen"'),
        ('"in allen Fällen"', '"in jedem Fall"'),
        ("Was hält Sie davon ab?", "Was hindert Sie?"),
    ):
        assert rules(good(change), good()) == {"version-kept"}


def test_new_items_and_dimensions_are_no_other_meaning() -> None:
    old = good()
    [dimension] = old.dimensions
    new = replace(old, version="2.0.0", dimensions=(replace(dimension, items=dimension.items[:1]),))
    assert "few-items" in rules(new, old)
    assert not rules(new, old) & BETWEEN_VERSIONS
    assert not rules(old, new) & BETWEEN_VERSIONS - {"version-kept"}


def test_files_in_order_are_said_beside_with_the_hardest_items(inside: Call) -> None:
    done = inside("questions", "check", str(BROKEN / "in-order.toml"))
    assert (done.code, done.out) == (0, "")
    assert "in-order.toml: in Ordnung\n" in done.err
    assert "(nach Amstad, ab 50 gut): im Mittel " in done.err
    assert "am schwersten: word-" in done.err
    assert inside("questions", "check", str(BROKEN / "in-order.toml"), "--format", "json").out == (
        "[]\n"
    )


def test_warnings_alone_are_said_and_end_well(inside: Call) -> None:
    done = inside("questions", "check", str(BROKEN / "written-joined.toml"))
    assert done.code == 0
    assert done.out.count("Warnung: ") == 2
    assert "written-joined.toml: in Ordnung, mit 2 Warnungen" in done.said
    one = inside("questions", "check", str(BROKEN / "text-twice.toml"), "--lang", "en")
    assert "text-twice.toml: in order, with 1 warning\n" in one.err


def test_a_file_that_cannot_be_read_does_not_hide_the_others(inside: Call, tmp_path: Path) -> None:
    arguments = ("questions", "check", str(tmp_path / "a.toml"), str(BROKEN / "id-twice.toml"))
    done = inside(*arguments)
    assert done.code == 1
    first, second = done.out.splitlines()
    assert first.startswith("a.toml: ")
    assert first.endswith("[questionnaire-unreadable]")
    assert second.endswith("[item-twice]")
    found = json.loads(inside(*arguments, "--format", "json").out)
    assert [(one["level"], one["line"]) for one in found] == [("error", None), ("error", 29)]


def test_a_colon_in_a_name_is_part_of_the_name(inside: Call, tmp_path: Path) -> None:
    path = tmp_path / "12:7:x.toml"
    path.write_text("id", "utf-8")
    [found] = json.loads(inside("questions", "check", str(path), "--format", "json").out)
    assert (found["file"], found["line"], found["column"]) == (str(path), 1, 3)


def test_an_earlier_version_may_be_a_file_of_any_name_or_lie_in_a_folder(
    inside: Call, tmp_path: Path
) -> None:
    name = "id-with-other-meaning.toml"
    copy = tmp_path / "as it was in spring.toml"
    copy.write_bytes((BROKEN / "earlier" / name).read_bytes())
    for against in (copy, BROKEN / "earlier" / name, BROKEN / "earlier"):
        done = inside("questions", "check", str(BROKEN / name), "--against", str(against))
        assert done.out.endswith("[other-meaning]\n"), against
    assert inside("questions", "check", str(BROKEN / name)).out == ""


def test_an_earlier_version_of_something_else_is_no_comparison(
    inside: Call, tmp_path: Path
) -> None:
    for against in (BROKEN / "in-order.toml", tmp_path):
        done = inside(
            "questions", "check", str(BROKEN / "text-twice.toml"), "--against", str(against)
        )
        assert (done.code, done.out) == (1, "")
        assert f"In {against} liegt von keinem dieser Fragebögen" in done.said.replace("\n", " ")


def test_an_earlier_version_that_is_broken_is_named(inside: Call) -> None:
    done = inside(
        "questions",
        "check",
        str(BROKEN / "in-order.toml"),
        "--against",
        str(BROKEN / "key-misspelt.toml"),
    )
    assert done.code == 1
    assert "key-misspelt.toml:34:" in done.err


def test_every_rule_has_its_words() -> None:
    for language in LANGUAGES:
        for rule in (*RULES, UNNEEDED):
            assert {f"warning.{rule}.what", f"warning.{rule}.remedy"} <= Texts(language).keys
    known = {key.split(".")[1] for key in Texts("de").keys if key.startswith("warning.")}
    assert known == {*RULES, UNNEEDED}


def test_every_rule_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "writing-rules.md").read_text("utf-8")
    first_cells = {
        line.split("|")[1].strip() for line in page.split("\n") if line.startswith("| `")
    }
    assert first_cells == {f"`{rule}`" for rule in RULES}
    assert f"`{UNNEEDED}`" in page


@pytest.mark.parametrize(
    ("text", "about_the_team"),
    [
        ("Das Team meldet sich später als zugesagt.", True),
        ("Ein Kunde bekommt vom Team später als zugesagt einen Anruf.", True),
        ("Man meldet sich in der Abteilung später als zugesagt.", True),
        ("Das Team sagt „Ich melde mich“ und meldet sich später.", True),
        ("Wenn ich warte, meldet sich das Team später als zugesagt.", False),
        ("Eine Kollegin aus dem Team meldet sich später als zugesagt.", False),
        ("Im Team meldet er oder sie sich später als zugesagt.", False),
        ("Sie melden sich später als zugesagt.", False),
    ],
)
def test_the_outside_view_is_about_the_team(text: str, about_the_team: bool) -> None:
    said = 'observer.de = "Das Team meldet sich später als zugesagt."'
    found = rules(good((said, f'observer.de = "{text}"'))) - {"joined"}
    assert found == (set() if about_the_team else {"observer-team"})


ODDITIES = ["…", "–", "„", "“", "I", "ICH", "ß", "/", "👍", "e\u0301", "٣", "'", "漢字", "-", "1.5"]


@pytest.mark.parametrize("chunk", range(3))
def test_whatever_a_sentence_holds_it_can_be_proofread(chunk: int) -> None:
    old = Bank().load("anti-churn")
    words = [*set(" ".join(item.text["en"] + item.text["de"] for item in old.items).split())]
    words += [word for texts in (*BREAKING.values(), *KEEPING.values()) for word in texts]
    seen: set[str] = set()
    for seed in range(chunk * 10, chunk * 10 + 10):
        chance = random.Random(seed)
        lines = old.toml.split("\n")
        for number, line in enumerate(lines):
            key, _, _ = line.partition(" = ")
            if key.startswith(("text.", "observer.", "step.")) and chance.random() < 0.2:
                said = chance.choices(words + ODDITIES * 9, k=chance.choice((1, 5, 25)))
                lines[number] = f'{key} = "{chance.choice(" /,").join(said)}"'
        new = parse("\n".join(lines), "anti-churn.toml")
        places = Lines(new.toml)
        for note in proofread(new, old):
            key = str(note.values.get("key", "."))
            assert lines[places.of(note.path) - 1].startswith(key.split(".")[0])
            for language in LANGUAGES:
                assert Texts(language)(f"warning.{note.rule}.what", **note.values)
            seen.add(note.rule)
        assert all(0 <= ease.value <= 100 for ease in hardest(new, "de") + hardest(new, "en"))
    assert len(seen) > 10
