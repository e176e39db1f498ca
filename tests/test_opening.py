"""What a round is opened with: teams, terms and limits, before there is any store."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checklist.errors import ChecklistError, WrongUsage
from checklist.i18n import LANGUAGES, Texts
from checklist.notice import TEAM
from checklist.opening import CODE, composed, new_code, opened, read_team
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round, Team, Terms

KEEPER = "Kim Beispiel, Telefon 123"
TODAY = date(2026, 10, 3)


@pytest.fixture
def questionnaire(tiny: Questionnaire) -> Questionnaire:
    return tiny


def make(questionnaire: Questionnaire, **parts: Any) -> Round:
    given: dict[str, Any] = {"code": "eins", "title": "Runde", "today": TODAY, **parts}
    terms = given.pop("terms", Terms(KEEPER))
    return opened(questionnaire, given.pop("teams", [Team("Nord", 8)]), terms, **given)


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("Nord:8", Team("Nord", 8)),
        (" Nord : 8 ", Team("Nord", 8)),
        ("Nord:", Team("Nord")),
        ("A:B:1000000", Team("A:B", 1_000_000)),
        ("Su\u0308d:0012", Team("Süd", 12)),
        ("Alle:9", Team("Alle", 9)),
    ],
)
def test_teams_are_read(text: str, team: Team) -> None:
    assert read_team(text) == team


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "team-name"),
        (":8", "team-name"),
        ("x" * 61, "team-name"),
        ("a\tb:8", "team-name"),
        ("a\u202eb:8", "team-name"),
        ("alle zusammen", "team-everybody"),
        ("Alle  Zusammen:8", "team-everybody"),
        ("EVERYBODY:8", "team-everybody"),
        ("A:0", "team-headcount"),
        ("A:1000001", "team-headcount"),
        ("A:-1", "team-headcount"),
        ("A:²", "team-headcount"),
        (f"A:{'9' * 5000}", "team-headcount"),
    ],
)
def test_teams_that_are_refused(text: str, code: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        read_team(text)
    assert refused.value.code == code
    assert all(len(str(value)) < 100 for value in refused.value.values.values())


def test_a_round_opens_with_everything_composed(questionnaire: Questionnaire) -> None:
    terms = Terms(" Ju\u0308rgen, Zimmer\u00a03 ", recipient=" Vorstand ")
    round_ = make(questionnaire, title=" Fru\u0308hjahr ", terms=terms)
    assert round_.title == "Frühjahr"
    assert (round_.terms.keeper, round_.terms.recipient) == ("Jürgen, Zimmer\u00a03", "Vorstand")
    assert round_.terms.keeper_name == "Jürgen"
    assert "Jürgen" in "".join(round_.notice["de"])
    assert composed("e\u0301 ") == "é"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"teams": []}, "no-teams"),
        ({"teams": [Team("A"), Team("a")]}, "team-twice"),
        ({"code": "-x-"}, "code-form"),
        ({"min_group": 4}, "min-group"),
        ({"min_group": 1001}, "min-group"),
        ({"min_group": 10**20}, "min-group"),
        ({"until": date(2026, 10, 2)}, "until-past"),
        ({"delete_after": 0}, "delete-after"),
        ({"delete_after": 3651}, "delete-after"),
        ({"title": "a\nb"}, "one-line"),
        ({"title": "a\x1b[31m"}, "one-line"),
        ({"title": "x" * 201}, "one-line"),
        ({"terms": Terms("Kim,\tTelefon")}, "one-line"),
        ({"terms": Terms(KEEPER, recipient="x\u2028y")}, "one-line"),
        ({"terms": Terms("")}, "no-keeper"),
        ({"terms": Terms("Kim")}, "no-keeper"),
        ({"terms": Terms("Kim, ")}, "no-keeper"),
        ({"terms": Terms(" , Telefon 1")}, "no-keeper"),
    ],
)
def test_what_is_refused(questionnaire: Questionnaire, parts: dict[str, Any], code: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        make(questionnaire, **parts)
    assert refused.value.code == code


def test_limits_are_possible(questionnaire: Questionnaire) -> None:
    least = make(questionnaire, min_group=5, delete_after=1, until=TODAY, title="x" * 200)
    most = make(questionnaire, min_group=1000, delete_after=3650)
    assert (least.min_group, most.min_group) == (5, 1000)
    assert least.series != most.series


def test_a_round_follows_one_with_the_same_questionnaire(questionnaire: Questionnaire) -> None:
    first = replace(make(questionnaire), closed_on=TODAY)
    second = make(questionnaire, code="zwei", follows=first)
    assert (second.follows, second.series) == ("eins", first.series)
    other = replace(first, questionnaire=replace(questionnaire, id="other"))
    with pytest.raises(ChecklistError) as refused:
        make(questionnaire, code="zwei", follows=other)
    assert refused.value.code == "follows-other"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_asked_again_is_told_which_round_is_compared(
    questionnaire: Questionnaire, language: str
) -> None:
    texts = Texts(language)
    first = replace(make(questionnaire, title="Ein „Anfang“"), closed_on=TODAY)
    second = make(questionnaire, code="zwei", follows=first)
    sentence = texts("notice.follows", title="Ein ‚Anfang‘", code="eins", date=texts.day(TODAY))
    follows, alone = texts("notice.sent-follows", team=TEAM), texts("notice.sent", team=TEAM)
    told, before = second.notice[language], first.notice[language]
    assert told.index(sentence) + 1 == told.index(follows)
    assert alone in before
    assert alone not in told
    assert len(before) == len(told) - 1, "all else is the same"
    for view in ("observer", "lead"):  # only self-views are compared
        assert second.notice[f"{language}/{view}"] == tuple(
            part.replace("eins", "zwei") for part in first.notice[f"{language}/{view}"]
        )


def test_a_round_follows_only_one_that_is_closed(questionnaire: Questionnaire) -> None:
    first = make(questionnaire)
    with pytest.raises(ChecklistError) as refused:
        make(questionnaire, code="zwei", follows=first)
    assert (refused.value.code, refused.value.values) == ("follows-open", {"code": "eins"})
    purged = replace(first, closed_on=TODAY, purged_on=TODAY)
    assert make(questionnaire, code="zwei", follows=purged).series == first.series


def test_codes_are_new_and_fit() -> None:
    code = new_code(())
    assert CODE.fullmatch(code)
    assert new_code([code]) != code
