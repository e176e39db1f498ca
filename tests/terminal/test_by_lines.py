"""Plain lines, end to end: from a pipe, in a simple terminal, with any encoding."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.interview import Mark, Response
from checklist.journal import Journal
from checklist.questionnaire import Wording
from checklist.render.plain import Charset
from tests.helpers import Call

Draft = Callable[[], Response]
Results = Callable[[], list[Response]]

QUESTIONNAIRE = Bank(None).load("anti-churn")
ASKED = QUESTIONNAIRE.asked
ITEMS, STEPS = len(ASKED), len(ASKED) + len(QUESTIONNAIRE.reflections)
DE, EN = Texts("de"), Texts("en")
BOTH = pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
RUN = ("run", "anti-churn")


def lines(*typed: object) -> str:
    return "".join(f"{line}\n" for line in typed)


def in_order(*answers: int | Mark) -> dict[str, int | Mark]:
    return {item.id: answer for item, answer in zip(ASKED, answers, strict=False)}


def last_part(said: str, start: str) -> str:
    return said[said.rindex(start) :]


@BOTH
def test_a_run_from_a_pipe_to_the_result(checklist: Call, finished: Results, texts: Texts) -> None:
    language = texts.language
    wording = Wording.of(QUESTIONNAIRE, language)
    given = [(place * 3) % 5 + 1 for place in range(ITEMS)]
    typed = lines(*given, "Mehr Zeit – für alle.", "", "", "1, 3")
    done = checklist(*RUN, "--lang", language, input=typed)
    assert done.code == 0
    for place, (item, option) in enumerate(zip(ASKED, given, strict=True), start=1):
        part = done.err.split(texts("lines.position", place=place, total=STEPS))[1]
        noted = texts("lines.noted", words=wording.options(item.scale)[option - 1])
        assert part.index(wording.item(item)) < part.index(noted)
    assert texts("lines.noted", words="Mehr Zeit – für alle.") in done.err
    assert texts("lines.noted", words=texts("answer.left-open")) in done.err
    review = last_part(done.err, texts("review.title"))
    assert all(wording.item(item) in review for item in ASKED)
    assert texts.count("run.taken", 2) in done.said
    (said,) = finished()
    assert said.answers == in_order(*given)
    assert list(said.reflections.values()) == ["Mehr Zeit – für alle."]


@BOTH
def test_only_the_result_goes_to_standard_output(
    checklist: Call, inside: Call, texts: Texts
) -> None:
    typed = lines(*["2"] * ITEMS, "", "", "", "1")
    done = checklist(*RUN, "--lang", texts.language, input=typed)
    again = inside("results", "anti-churn", "--lang", texts.language)
    assert done.out == again.out
    assert texts("lines.answer", most=5) in done.err
    as_json = inside(*RUN, "--lang", texts.language, "--format", "json", input=typed)
    assert as_json.out.startswith("{")
    assert as_json.out.endswith("}\n")


@BOTH
def test_hints_are_said_once(inside: Call, texts: Texts) -> None:
    back = texts("key.back")
    typed = lines("2", "2", back, "", back, "", *["2"] * (ITEMS - 2), "", "", "", "")
    done = inside(*RUN, "--lang", texts.language, input=typed)
    assert done.code == 0
    for key in ("lines.actions", "lines.hint", "card.reflection"):
        start = texts.prefixed(key.rpartition(".")[0])[key.rpartition(".")[2]].partition("{")[0]
        assert done.err.count(start) == 1, key
    assert done.err.count(texts("lines.keep")) == 1
    wording = Wording.of(QUESTIONNAIRE, texts.language)
    scales = {item.scale.id: item.scale for item in ASKED}
    assert done.err.count(f"\n1 {wording.options(ASKED[0].scale)[0]}\n") == len(scales)
    changes = sum(one.scale is not other.scale for one, other in pairwise(ASKED))
    asked = sum(done.err.count(wording.prompt(scale)) for scale in scales.values())
    assert asked <= changes + 2


@BOTH
def test_back_open_not_occurred_comment_and_review(
    inside: Call, finished: Results, texts: Texts
) -> None:
    word = texts.prefixed("word")
    key = texts.prefixed("key")
    typed = lines(
        "4",
        key["back"],
        "2",
        word["open"].upper(),
        key["not-occurred"],
        key["comment"],
        "Nur am Telefon [bold]x[/bold]",
        "1",
        word["back"],
        "",
        *["3"] * (ITEMS - 5),
        key["review"],
        "5",
        "1",
        "4",
        key["comment"],
        "",
        "",
        key["review"],
        ITEMS,
        "5",
        word["finish"],
        "",
    )
    done = inside(*RUN, "--lang", texts.language, input=typed)
    assert done.code == 0, done.err
    (said,) = finished()
    assert said.answers == in_order(
        2, Mark.LEFT_OPEN, Mark.DID_NOT_OCCUR, 1, 1, *[3] * (ITEMS - 6), 5
    )
    assert said.comments == {ASKED[3].id: "Nur am Telefon [bold]x[/bold]"}
    options = Wording.of(QUESTIONNAIRE, texts.language).options(ASKED[0].scale)
    assert texts("lines.so-far", words=options[3]) in done.err
    assert texts("lines.noted", words=texts("answer.left-open")) in done.err
    assert texts("lines.noted", words=texts("answer.did-not-occur")) in done.err
    assert texts("lines.noted", words="Nur am Telefon [bold]x[/bold]") in done.err
    assert texts("lines.so-far", words="Nur am Telefon [bold]x[/bold]") in done.err
    assert texts.count("review.left", 1) in done.err
    assert done.err.count(texts("review.title") + "\n") == 2


def test_the_list_of_answers_is_said_again_only_when_asked_for(inside: Call) -> None:
    typed = lines(*["3"] * ITEMS, "", "", "7", "1", "8", "z", "r", "z", "", "")
    done = inside(*RUN, input=typed)
    assert done.err.count(DE("review.title") + "\n") == 2


@BOTH
def test_what_is_not_understood_is_asked_again(inside: Call, drafted: Draft, texts: Texts) -> None:
    wrong = ["6", "0", "-1", "4.", "vier", "", "9" * 5000, "\x1b[A", "1 2", "4\x004", "j" * 3]
    typed = lines(*wrong, "4", "x", texts("key.leave"))
    done = inside(*RUN, "--lang", texts.language, input=typed)
    assert done.code == 0, done.err
    assert done.err.count(texts("lines.not-understood", most=5)) == len(wrong) + 1
    assert "\x1b" not in done.err
    assert drafted().answers == in_order(4)
    asked = inside(*RUN, "--lang", texts.language, input=lines("3", "abc", "1", "3", "z" * 9))
    assert asked.err.count(texts("lines.not-understood-choice", most=2)) == 2
    assert asked.err.count(texts("lines.not-understood", most=5)) == 1
    typed = lines("1", *["3"] * (ITEMS - 2), "", "", "99", "zz", "", "7", "1 x", "2")
    asked = inside(*RUN, "--lang", texts.language, input=typed)
    assert asked.code == 0, asked.err
    assert asked.err.count(texts("lines.not-understood-review", most=STEPS)) == 2
    assert asked.err.count(texts("lines.not-understood-pick", most=3)) == 2


def test_words_of_the_hints_are_understood(inside: Call) -> None:
    for texts in (DE, EN):
        done = inside(*RUN, "--lang", texts.language, input=lines("?", texts("hint.leave")))
        assert done.code == 0
        assert texts("help.not-occurred") in done.err
        assert texts("lines.not-understood", most=5) not in done.err


@BOTH
def test_the_end_of_input_saves_and_the_next_run_goes_on(
    checklist: Call, drafted: Draft, finished: Results, texts: Texts
) -> None:
    done = checklist(*RUN, "--lang", texts.language, input=lines("5", "3"))
    assert done.code == 1
    assert done.out == ""
    assert texts("error.input-ended.remedy", id="anti-churn") in done.said
    assert "checklist run anti-churn" in done.said
    assert drafted().answers == in_order(5, 3)
    typed = lines("1", *["2"] * (ITEMS - 2), "", "", "")
    again = checklist(*RUN, "--lang", texts.language, input=typed)
    assert again.code == 0
    assert texts.count("resume.answers", 2) in again.err
    assert texts("welcome.customers") not in again.err
    assert texts("lines.position", place=1, total=STEPS) not in again.err
    assert finished()[0].answers == in_order(5, 3, *[2] * (ITEMS - 2))


def test_the_end_of_input_anywhere(inside: Call, home: Path, finished: Results) -> None:
    nothing = inside(*RUN)
    assert nothing.code == 1
    assert DE("error.input-ended-early.remedy", id="anti-churn") in nothing.said
    in_a_comment = inside(*RUN, input=lines("4", "k"))
    assert in_a_comment.code == 1
    on_the_offer = inside(*RUN)
    assert on_the_offer.code == 1
    in_a_word = inside(*RUN, input="1\n5")
    assert in_a_word.code == 1
    in_an_open_question = inside(*RUN, input=lines("1", *["3"] * (ITEMS - 2)))
    assert in_an_open_question.code == 1
    in_the_review = inside(*RUN, input=lines("1", "", ""))
    assert in_the_review.code == 1
    assert finished() == []
    while_picking = inside(*RUN, input=lines("1", ""))
    assert while_picking.code == 0
    assert finished()[0].answers == in_order(4, 5, *[3] * (ITEMS - 2))
    assert Journal(home).commitments.all() == []


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes standard input")
def test_a_window_that_closes_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "checklist", *RUN]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command],
        capture_output=True,
        cwd=tmp_path,
        env=dict(os.environ),
        timeout=60,
        check=False,
    )
    said = " ".join(done.stderr.decode().split())
    assert done.returncode == 1, said
    assert DE("error.input-ended-early.remedy", id="anti-churn") in said


@BOTH
@pytest.mark.parametrize("view", ["observer", "lead"])
def test_the_outside_is_not_spoken_to_as_if_it_were_asked_about_itself(
    inside: Call, texts: Texts, view: str
) -> None:
    language = texts.language
    run = (*RUN, "--lang", language, "--perspective", view)
    done = inside(*run, input=lines(*["2"] * ITEMS, "", ""))
    assert done.code == 0
    spoken = [
        QUESTIONNAIRE.purpose,
        *(reflection.text for reflection in QUESTIONNAIRE.reflections),
        *(item.text for item in ASKED),
    ]
    assert [text[language] for text in spoken if text and text[language] in done.err] == []
    assert texts("welcome.customers") not in done.err
    length = texts("welcome.length", items=ITEMS, minutes=QUESTIONNAIRE.minutes)
    for said in (texts("welcome.outside"), texts("welcome.customers-outside"), length):
        assert said in done.err
    assert texts("lines.position", place=ITEMS, total=ITEMS) in done.err
    help_ = inside(*run, input=lines("h"))
    assert texts("welcome.customers") not in help_.err


@BOTH
def test_a_hint_can_be_typed_as_it_is_shown(inside: Call, drafted: Draft, texts: Texts) -> None:
    typed = lines(texts("hint.open"), texts("hint.not-occurred"))
    inside(*RUN, "--lang", texts.language, input=typed)
    assert drafted().answers == in_order(Mark.LEFT_OPEN, Mark.DID_NOT_OCCUR)


def test_observers_can_say_that_they_cannot_judge(inside: Call, finished: Results) -> None:
    typed = lines("w", "weiß nicht", *["4"] * (ITEMS - 2), "", "", "")
    done = inside(*RUN, "--perspective", "observer", input=typed)
    assert done.code == 0, done.err
    assert f"w = {DE('hint.cannot-judge')}" in done.err
    expected = in_order(Mark.LEFT_OPEN, Mark.LEFT_OPEN, *[4] * (ITEMS - 2))
    assert finished()[0].answers == expected
    for_oneself = inside(*RUN, input=lines("w", "q"))
    assert DE("hint.cannot-judge") not in for_oneself.err
    assert DE("lines.not-understood", most=5) in for_oneself.err


def test_pipes_of_other_systems(checklist: Call, drafted: Draft) -> None:
    typed = "\ufeff4\r\nk\r\n".encode() + b"Gr\xfc\xdfe \xff\r\n 3 \r\n"
    done = checklist(*RUN, input=typed)
    assert done.code == 1
    assert DE("lines.not-understood", most=5) not in done.err
    assert drafted().answers == in_order(4, 3)
    assert drafted().comments == {ASKED[1].id: "Gr\ufffd\ufffde \ufffd"}


def test_nothing_that_is_typed_is_obeyed(inside: Call, drafted: Draft) -> None:
    typed = "k\n\x1b[2J\x07\x9b31m[red]a[/red]\u202eb\n"
    done = inside(*RUN, input=typed + "k\n\n4\n")
    assert done.code == 1
    assert not set("\x1b\x07\x9b\u202e") & set(done.err)
    assert done.err.count("[red]a[/red]\ufffdb") == 2
    assert drafted().answers == in_order(4)


@pytest.mark.parametrize(
    ("encoding", "comment"),
    [("ascii", "K?se ? 5 ?"), ("cp1252", "Käse – 5 €"), ("cp850", "Käse ? 5 ?")],
)
@BOTH
def test_encodings_that_cannot_show_everything(
    inside: Call, tmp_path: Path, encoding: str, comment: str, texts: Texts
) -> None:
    typed = lines("h", texts("key.comment"), "Käse – 5 €", *["4"] * ITEMS, "", "", "", "")
    arguments = [*RUN, "--lang", texts.language]
    done = subprocess.run(
        [sys.executable, "-m", "checklist", *arguments],
        input=typed.encode(encoding, "replace"),
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    in_unicode = inside(*arguments, input=typed)
    charset = Charset.of(encoding)
    wording = Wording.of(QUESTIONNAIRE, texts.language)
    said = done.stderr.decode(encoding)
    for words in (*map(wording.item, ASKED), *wording.options(ASKED[0].scale)):
        assert charset.text(words) in said
    assert texts("lines.noted", words=comment) in said
    assert said.replace(comment, "").count("?") == in_unicode.err.count("?")
    out = done.stdout.decode(encoding).replace(comment, "")
    assert out.count("?") == in_unicode.out.count("?")


@pytest.mark.parametrize(("arguments", "kind"), [((), "dumb"), (("--plain",), "xterm-256color")])
class TestInATerminal:
    """Where keys could be taken singly, but lines are wanted."""

    def test_lines_are_chosen(
        self,
        terminal: Callable[..., object],
        finished: Results,
        arguments: tuple[str, ...],
        kind: str,
    ) -> None:
        from tests.terminal.emulator import Emulator

        opened = terminal(*RUN, *arguments, environment={"TERM": kind})
        assert isinstance(opened, Emulator)
        opened.wait_for(DE("lines.answer", most=5)).send("4\n")
        opened.wait_for(DE("lines.noted", words="in den meisten Fällen"))
        opened.send("3\n" * (ITEMS - 1) + "\n\n\n").wait_for(DE("lines.pick", most=3)).send("2\n")
        assert opened.exit_code() == 0
        if kind != "xterm-256color":
            assert "\x1b" not in opened.written
        assert "\x1b[?1049h" not in opened.written
        assert opened.attributes == opened.attributes_before
        assert finished()[0].answers == in_order(4, *[3] * (ITEMS - 1))

    def test_ctrl_c_saves(
        self, terminal: Callable[..., object], drafted: Draft, arguments: tuple[str, ...], kind: str
    ) -> None:
        from tests.terminal.emulator import Emulator

        opened = terminal(*RUN, *arguments, environment={"TERM": kind})
        assert isinstance(opened, Emulator)
        opened.wait_for(DE("lines.answer", most=5)).send("4\n")
        opened.wait_for(DE("lines.position", place=2, total=STEPS)).send("\x03")
        assert opened.exit_code() == 130
        assert DE("run.left", command="checklist run anti-churn") in opened.text
        assert drafted().answers == in_order(4)
