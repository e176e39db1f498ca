"""What authors call: the card of an instrument, a preview, a starting file, a comparison."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from checklist.bank import Bank, read
from checklist.cli.questions.new import STARTING
from checklist.i18n import LANGUAGES, Texts
from checklist.questionnaire import Questionnaire
from checklist.render import instrument, markdown
from checklist.render.terminal import TerminalRenderer
from tests.helpers import TINY, Call, assert_expected

Compare = Callable[[str, str], None]
TINY_LINES = "3\n4\n2\n1\nn\no\n1\nMehr Zeit\n\n\n"


def card(questionnaire: Questionnaire, language: str = "de") -> str:
    return markdown.render(instrument.card(questionnaire, 2, Texts(language)))


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_an_instrument(language: str, tiny_call: Call, expected: Compare) -> None:
    for form, suffix in (("terminal", "txt"), ("markdown", "md")):
        done = tiny_call("questions", "show", "tiny", "--format", form, "--lang", language)
        assert (done.code, done.err) == (0, "")
        expected(f"card.{language}.{suffix}", done.out)


def test_a_card_holds_every_word_of_the_questionnaire(tiny: Questionnaire) -> None:
    for questionnaire in (tiny, *Bank().all()):
        for language in LANGUAGES:
            said = card(questionnaire, language).replace("\\", "")
            for item in questionnaire.items:
                assert item.text[language] in said
                assert item.observer is not None
                assert item.observer[language] in said
            for scale in {item.scale.id: item.scale for item in questionnaire.items}.values():
                assert scale.prompt[language] in said
                assert all(option in said for option in scale.options[language])
            for reflection in questionnaire.reflections:
                assert reflection.text[language] in said


@pytest.mark.parametrize("width", [30, 50, 84, 200])
def test_no_line_of_a_card_is_wider_than_the_window(width: int) -> None:
    for questionnaire in Bank().all():
        console = Console(file=StringIO(), width=width, color_system=None, highlight=False)
        with console.capture() as capture:
            TerminalRenderer(console).print(instrument.card(questionnaire, 4, Texts("de")))
        assert max(map(len, capture.get().splitlines())) <= width


def test_items_stand_with_their_place_and_polarity(tiny: Questionnaire) -> None:
    said = card(tiny)
    assert "1\\. (+) listen-ask: *Ich frage nach.*" in said
    assert "4\\. (−) listen-cut-in" in said


def test_a_card_says_what_is_missing(tiny: Questionnaire) -> None:
    first = tiny.dimensions[0]
    alone = replace(first.items[0], observer=None)
    bare = replace(
        tiny,
        dimensions=(replace(first, items=(alone, *first.items[1:]), suggestions=()),),
        reflections=(),
        source=None,
        purpose=None,
    )
    texts, said = Texts("de"), card(bare)
    assert texts("instrument.no-outside") in said
    assert texts("instrument.no-source") in said
    assert texts("instrument.steps") not in said
    assert texts("instrument.reflections") not in said
    short = texts("instrument.short", least=3, titles="Wort halten, Beschwerden annehmen")
    assert short not in said
    assert short in card(tiny)
    assert texts("instrument.untried") in said


def test_a_card_can_be_of_a_file(inside: Call, tmp_path: Path) -> None:
    own = tmp_path / "tiny.toml"
    own.write_text(TINY, "utf-8")
    assert "Ganz klein" in inside("questions", "show", str(own)).out
    missing = inside("questions", "show", str(tmp_path / "gone.toml"))
    assert missing.code == 1
    assert "gone.toml" in missing.said


def test_a_preview_keeps_nothing(
    tiny_call: Call, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: pytest.fail("a journal was opened"))
    done = tiny_call("questions", "show", "tiny", "--preview", "--plain", input=TINY_LINES)
    texts = Texts("de")
    assert done.code == 0
    assert done.said.startswith(texts("instrument.preview"))
    assert done.said.endswith(texts("instrument.preview-over"))
    assert "Ganz klein" in done.out
    assert texts("result.profile") in done.out
    assert "Mehr Zeit" in done.out
    assert not home.exists()


def test_a_preview_shows_what_a_run_shows(tiny_call: Call) -> None:
    call = ("--plain", "--format", "markdown")
    preview = tiny_call("questions", "show", "tiny", "--preview", *call, input=TINY_LINES)
    run = tiny_call("run", "tiny", *call, input=TINY_LINES)
    assert preview.out == run.out
    assert preview.out.startswith("# Ganz klein")


def test_a_preview_from_outside(tiny_call: Call, tiny_folder: Path) -> None:
    call = ("questions", "show", "tiny", "--preview", "--plain")
    done = tiny_call(*call, "--perspective", "observer", input="3\n" * 7 + "\n")
    assert "Das Team fragt nach." in done.err
    own = tiny_folder / "tiny.toml"
    own.write_text(
        TINY.replace('observer.de = "Das Team fragt nach."\n', "").replace(
            'observer.en = "The team asks back."\n', ""
        ),
        "utf-8",
    )
    refused = tiny_call(*call, "--perspective", "observer")
    assert_expected(
        refused,
        "Der Fragebogen tiny hat keine Fassung für den Blick von außen. "
        "Lassen Sie --perspective weg.",
    )


def test_a_preview_can_be_left_and_can_end_early(tiny_call: Call, home: Path) -> None:
    call = ("questions", "show", "tiny", "--preview", "--plain")
    left = tiny_call(*call, input="3\nq\n")
    assert (left.code, left.out) == (0, "")
    assert left.said.endswith(Texts("de")("instrument.preview-over"))
    ended = tiny_call(*call, input="3\n")
    assert (ended.code, ended.out) == (1, "")
    assert "checklist questions show tiny --preview" in ended.said
    assert not home.exists()


@pytest.mark.parametrize("options", [["--plain"], ["--perspective", "lead"]])
def test_what_is_for_previews_only_needs_one(options: list[str], tiny_call: Call) -> None:
    done = tiny_call("questions", "show", "tiny", *options)
    assert done.code == 2
    assert "checklist questions show tiny --preview" in done.said


def test_an_unknown_perspective_is_wrong_usage(tiny_call: Call) -> None:
    done = tiny_call("questions", "show", "tiny", "--preview", "--perspective", "boss")
    assert done.code == 2
    assert "boss" in done.said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starting_file_is_in_order_and_without_a_warning(
    language: str, inside: Call, tmp_path: Path
) -> None:
    path = tmp_path / "mein-fragebogen.toml"
    done = inside("questions", "new", path.stem, "--output", str(path), "--lang", language)
    assert (done.code, done.out) == (0, "")
    assert f"checklist questions check {path}" in done.said
    checked = inside("questions", "check", str(path), "--lang", language)
    assert (checked.code, checked.out) == (0, "")
    made = read(path)
    assert made.languages[0] == language
    assert set(made.languages) == set(LANGUAGES)
    assert made.has_outside_view


def test_the_starting_files_say_the_same() -> None:
    german, english = (read(STARTING / f"{language}.toml") for language in LANGUAGES)
    assert german.dimensions == english.dimensions
    assert german.reflections == english.reflections
    assert (german.title, german.purpose) == (english.title, english.purpose)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starting_file_loses_a_language_by_its_lines(language: str, tmp_path: Path) -> None:
    """As its comments tell authors to."""
    other = next(name for name in LANGUAGES if name != language)
    text = (STARTING / f"{language}.toml").read_text("utf-8")
    kept = [line for line in text.splitlines() if f".{other} = " not in line]
    alone = "\n".join(kept).replace(f'["{language}", "{other}"]', f'["{language}"]')
    path = tmp_path / f"{language}.toml"
    path.write_text(alone, "utf-8")
    assert read(path).languages == (language,)


def test_nothing_is_overwritten_unasked(
    inside: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "eigener.toml"
    path.write_text("meins", "utf-8")
    refused = inside("questions", "new", "eigener")
    assert (refused.code, refused.out) == (1, "")
    assert path.read_text("utf-8") == "meins"
    assert inside("questions", "new", "eigener", "--force").code == 0
    assert read(path).id == "eigener"


def test_a_file_bears_the_name_of_its_id(inside: Call, tmp_path: Path) -> None:
    assert inside("questions", "new", "eigener", "--output", str(tmp_path)).code == 0
    assert read(tmp_path / "eigener.toml").id == "eigener"
    other = inside("questions", "new", "eigener", "--output", str(tmp_path / "andere.toml"))
    assert other.code == 2
    assert "eigener.toml" in other.said
    assert not (tmp_path / "andere.toml").exists()


@pytest.mark.parametrize("name", ["Mein Fragebogen", "../x", "", "ä", "x.toml", "-"])
def test_a_bad_id_is_refused(
    name: str, inside: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert inside("questions", "new", name).code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_id_of_ours_is_taken_with_a_word_on_it(inside: Call, tmp_path: Path) -> None:
    said = inside("questions", "new", "anti-churn", "--output", str(tmp_path)).said
    assert Texts("de")("new.stands-in", id="anti-churn") in said


@pytest.fixture
def later(tmp_path: Path) -> tuple[str, str]:
    """Write two versions of the tiny questionnaire and give their names."""
    old, new = tmp_path / "tiny-alt.toml", tmp_path / "tiny.toml"
    old.write_text(TINY, "utf-8")
    text = TINY
    for before, after in (
        ('version = "1.0.0"', 'version = "2.0.0"'),
        ("minutes = 2", "minutes = 3"),
        ("Ich frage nach.", "Ich frage „Warum?“"),
        ("In wie vielen Beschwerden traf das zu?", "In wie vielen Beschwerden war das so?"),
        ('title.de = "Eine Rückfrage"', 'title.de = "Zwei Rückfragen"'),
        ("In wie vielen Fällen haben Sie das erlebt?", "In wie vielen Fällen war das so?"),
        ('id = "promise-date"\ntext', 'id = "promise-day"\ntext'),
        ('items = ["promise-date"]', 'items = ["promise-day"]'),
        (
            '[[reflections]]\nid = "obstacle"\ntext.de = "Was vertreibt Kunden?"\n'
            'text.en = "What drives customers away?"\n',
            "",
        ),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    late = 'text.de = "Ich melde mich später als zugesagt."'
    text = text.replace(late, f"reverse = false\n{late}")
    text = text.replace('than promised."\nreverse = true', 'than promised."')
    new.write_text(text, "utf-8")
    return str(old), str(new)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_in_words(
    language: str, later: tuple[str, str], inside: Call, expected: Compare
) -> None:
    for form, suffix in (("terminal", "txt"), ("markdown", "md")):
        done = inside("questions", "diff", *later, "--format", form, "--lang", language)
        assert (done.code, done.err) == (0, "")
        expected(f"diff.{language}.{suffix}", done.out)


def test_a_comparison_as_json(later: tuple[str, str], inside: Call) -> None:
    data = json.loads(inside("questions", "diff", *later, "--format", "json").out)
    assert data["schema"] == "checklist-questionnaire-diff/1"
    assert (data["old"], data["new"]) == (
        {"id": "tiny", "version": "1.0.0"},
        {"id": "tiny", "version": "2.0.0"},
    )
    assert data["raise_version"] is False
    assert {part["id"]: part["trend"] for part in data["dimensions"]} == {
        "listen": "judge",
        "promise": "broken",
        "complaints": "judge",
    }
    assert {"what": "minutes", "old": "2", "new": "3", "language": ""} in data["changes"]


def test_the_same_file_twice(later: tuple[str, str], inside: Call) -> None:
    done = inside("questions", "diff", later[0], later[0])
    assert plain(Texts("de")("diff.nothing")) in plain(done.out)


def test_a_change_without_a_new_version_is_told(later: tuple[str, str], inside: Call) -> None:
    new = Path(later[1])
    new.write_text(new.read_text("utf-8").replace("2.0.0", "1.0.0"), "utf-8")
    done = inside("questions", "diff", *later)
    assert plain(Texts("de")("diff.raise-version", version="1.0.0")) in plain(done.out)


def test_two_questionnaires_by_their_ids(inside: Call) -> None:
    done = inside("questions", "diff", "anti-churn", "relationship-competence")
    assert done.code == 0
    assert plain(Texts("de")("diff.two-questionnaires")) in plain(done.out)


def test_what_is_no_questionnaire_cannot_be_compared(tmp_path: Path, inside: Call) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("id = 1\n", "utf-8")
    done = inside("questions", "diff", "anti-churn", str(broken))
    assert (done.code, done.out) == (1, "")
    assert "broken.toml:1" in done.said
