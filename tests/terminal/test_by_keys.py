"""The cards, end to end: the program in a real terminal, answered key by key."""

import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from checklist.bank import Bank
from checklist.i18n import Texts
from checklist.interview import Mark, Response
from checklist.journal import Journal
from checklist.questionnaire import Wording
from tests.helpers import Call
from tests.terminal.emulator import Emulator

Open = Callable[..., Emulator]
Draft = Callable[[], Response]
Results = Callable[[], list[Response]]

QUESTIONNAIRE = Bank(None).load("anti-churn")
ASKED = QUESTIONNAIRE.asked
ITEMS, STEPS = len(ASKED), len(ASKED) + len(QUESTIONNAIRE.reflections)
DE, EN = Texts("de"), Texts("en")
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
ESCAPE, BACKSPACE, CTRL_C, CTRL_D, CTRL_U = "\x1b", "\x7f", "\x03", "\x04", "\x15"


def pasted(text: str) -> str:
    return f"\x1b[200~{text}\x1b[201~"


def question(place: int, texts: Texts = DE) -> str:
    return texts("card.position", place=place, total=STEPS)


def at_question(terminal: Emulator, place: int, texts: Texts = DE) -> Emulator:
    return terminal.wait_for(f"{question(place, texts)} ")


def started(open_: Open, *arguments: str, **settings: object) -> Emulator:
    """Go to the first card."""
    terminal = open_("run", "anti-churn", *arguments, **settings)
    terminal.wait_for(DE("welcome.keys")[:10]).send("\r")
    return terminal


def left(terminal: Emulator) -> Emulator:
    """Take a pause, so that the journal can be read."""
    assert terminal.send("q").exit_code() == 0
    return terminal


def in_order(*answers: int | Mark) -> dict[str, int | Mark]:
    return {item.id: answer for item, answer in zip(ASKED, answers, strict=False)}


def marked_line(terminal: Emulator) -> str:
    return next((line for line in terminal.screen if "▸" in line), "")


def marks(terminal: Emulator, number: int) -> Callable[[], bool]:
    """Whether the arrows point at the option or row with this number."""
    return lambda: marked_line(terminal).split()[1:2] == [str(number)]


def is_restored(terminal: Emulator) -> bool:
    """Whether the terminal is as it was: mode, screen, cursor, lines that run on."""
    return (
        terminal.attributes == terminal.attributes_before
        and not terminal.paper.is_other
        and not terminal.paper.cursor.hidden
        and terminal.written.rfind("\x1b[?7h") > terminal.written.rfind("\x1b[?7l")
        and terminal.written.rfind("\x1b[?2004l") > terminal.written.rfind("\x1b[?2004h")
    )


@pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
def test_a_whole_run_from_the_welcome_to_the_plan(
    terminal: Open, checklist: Call, finished: Results, texts: Texts
) -> None:
    language = texts.language
    wording = Wording.of(QUESTIONNAIRE, language)
    given = [(place * 3) % 5 + 1 for place in range(ITEMS)]
    opened = terminal("run", "anti-churn", "--lang", language)
    opened.wait_for(texts("welcome.keys")[:10])
    assert wording.title in opened.text
    assert " ".join(texts("welcome.stays").split()) in opened.text
    opened.send("\r")
    for place, (item, option) in enumerate(zip(ASKED, given, strict=True), start=1):
        at_question(opened, place, texts)
        assert wording.item(item) in opened.text
        assert all(words in opened.text for words in wording.options(item.scale))
        opened.send(str(option))
    at_question(opened, ITEMS + 1, texts).send("Mehr Zeit – für alle.\r")
    at_question(opened, ITEMS + 2, texts).send("\r")
    opened.wait_for(texts("review.note")[:20]).send("f")
    opened.wait_for(texts("pick.question")[:30]).send("31\r")
    assert opened.exit_code() == 0
    assert is_restored(opened)
    assert texts.count("run.taken", 2)[:30] in opened.text
    assert wording.title in opened.above

    (said,) = finished()
    assert said.answers == in_order(*given)
    assert said.reflections == {QUESTIONNAIRE.reflections[0].id: "Mehr Zeit – für alle."}
    assert said.comments == {}
    steps = [line[3:].strip() for line in opened.paper.gone + opened.screen if line[:3] in NUMBERS]
    assert len(steps) == 3
    plan = checklist("plan", "--lang", language)
    assert plan.code == 0
    titles = [step.rpartition(" (")[0] for step in steps]
    assert [title in plan.out for title in titles] == [True, False, True]
    again = checklist("results", "--lang", language)
    assert again.code == 0
    assert all(title in again.out for title in titles)


NUMBERS = ("1  ", "2  ", "3  ")


def test_back_open_not_occurred_comment_and_help(terminal: Open, drafted: Draft) -> None:
    opened = started(terminal)
    at_question(opened, 1).send("4")
    at_question(opened, 2).send(DE("key.back"))
    at_question(opened, 1)
    assert "4  in den meisten Fällen" in marked_line(opened)
    opened.send("2")
    at_question(opened, 2).send(DE("key.open"))
    at_question(opened, 3).send(DE("key.not-occurred"))
    at_question(opened, 4).send(LEFT)
    at_question(opened, 3).wait_for(DE("card.marked", mark=DE("answer.did-not-occur")))
    opened.send(RIGHT)
    at_question(opened, 4).send(DE("key.comment"))
    opened.wait_for(DE("card.comment-keys")[:20]).send("Nur am Telefon\r")
    opened.wait_for(f"{DE('card.comment')} Nur am Telefon ")
    opened.send(DE("key.help")).wait_for(DE("help.title"))
    assert DE("help.not-occurred") in opened.text
    opened.send("\r")
    at_question(opened, 4).send("?").wait_for(DE("help.title")).send(ESCAPE)
    at_question(opened, 4).send("9").wait_for(DE("card.no-option", most=5))
    opened.send("\r").wait_for(DE("card.choose-first"))
    opened.send("W").settle().send("Z")
    at_question(opened, 3).send(BACKSPACE)
    at_question(opened, 2)
    left(opened)
    said = drafted()
    assert said.answers == in_order(2, Mark.LEFT_OPEN, Mark.DID_NOT_OCCUR)
    assert said.comments == {ASKED[3].id: "Nur am Telefon"}


def test_a_comment_can_be_changed_taken_back_and_discarded(terminal: Open, drafted: Draft) -> None:
    opened = started(terminal)
    at_question(opened, 1).send("kEins\r").wait_for("Eins ")
    opened.send(f"k{UP}{BACKSPACE}{BACKSPACE}n zwei 3 z q ?\r").wait_for("Ein zwei 3 z q ? ")
    opened.send("kweg").wait_for("?weg").send(ESCAPE).wait_for(DE("hint.help"))
    opened.send("1")
    at_question(opened, 2).send(f"kweg{CTRL_U}\r").wait_for(DE("hint.help"))
    opened.send("kweg").wait_for("weg").send(f"{ESCAPE}2")
    at_question(opened, 3)
    left(opened)
    assert drafted().comments == {ASKED[0].id: "Ein zwei 3 z q ?"}
    assert drafted().answers == in_order(1, 2)


def test_arrows_and_enter(terminal: Open, drafted: Draft) -> None:
    opened = started(terminal)
    at_question(opened, 1).send(DOWN).wait_for("▸ 1")
    opened.send(DOWN * 2).wait_for("▸ 3").send(UP).wait_for("▸ 2").send("\r")
    at_question(opened, 2).send(UP).wait_for("▸ 5").send(DOWN).settle()
    assert "▸ 5" in opened.text
    opened.send("\r")
    at_question(opened, 3).send(LEFT)
    at_question(opened, 2).send(UP).wait_for("▸ 4").send(LEFT)
    at_question(opened, 1).send("\r")
    at_question(opened, 2).wait_for("▸ 5").send(RIGHT)
    at_question(opened, 3).send(RIGHT).settle()
    assert question(3) in opened.text
    left(opened)
    assert drafted().answers == in_order(2, 5)


def test_the_review_reopens_any_answer(terminal: Open, finished: Results) -> None:
    opened = started(terminal)
    at_question(opened, 1).send("4" * 16 + "r")
    opened.wait_for(DE.count("review.left", 2))
    opened.wait_for(marks(opened, 17))
    opened.send(f"{UP}\r")
    at_question(opened, 16).send("1")
    opened.wait_for(DE.count("review.left", 2)).send("\r")
    at_question(opened, 17).send("z").wait_for(DE.count("review.left", 2)).send("\r")
    at_question(opened, 17).send("n").wait_for(DE.count("review.left", 1)).send("\r")
    at_question(opened, 18).send("5").wait_for(DE("review.note")[:20])
    opened.send("\x1b[H").wait_for(marks(opened, 1))
    opened.send(DOWN * 30).wait_for(marks(opened, 20))
    opened.send("\x1b[5~").wait_for(marks(opened, 10))
    opened.send("\r")
    at_question(opened, 10).send("2")
    opened.wait_for(DE("review.note")[:20]).send("F")
    opened.wait_for(DE("pick.keys")[:10]).send("\r")
    assert opened.exit_code() == 0
    expected = in_order(*[4] * 15, 1, Mark.DID_NOT_OCCUR, 5)
    expected[ASKED[9].id] = 2
    assert finished()[0].answers == expected
    assert finished()[0].reflections == {}


def test_after_filling_in_the_review_stays_where_it_was(terminal: Open) -> None:
    opened = started(terminal).send("3" * ITEMS + "\r\r")
    opened.wait_for(DE("review.note")[:20]).send(f"{DOWN * 11}\r")
    at_question(opened, 12).send("1").wait_for(DE("review.note")[:20])
    opened.wait_for(marks(opened, 12))


def test_open_questions_take_text_and_keep_it_when_going_back(
    terminal: Open, finished: Results
) -> None:
    first, second = (reflection.id for reflection in QUESTIONNAIRE.reflections)
    opened = started(terminal).send("3" * ITEMS)
    at_question(opened, ITEMS + 1).send("4 Zeilen q").wait_for("4 Zeilen q").send(UP)
    at_question(opened, ITEMS).send(RIGHT)
    at_question(opened, ITEMS + 1).wait_for("4 Zeilen q").send("!\r")
    at_question(opened, ITEMS + 2).send("x").send(UP)
    at_question(opened, ITEMS + 1).wait_for("4 Zeilen q!").send("\r")
    at_question(opened, ITEMS + 2).wait_for("x").send(f"{CTRL_U}\r")
    opened.wait_for(DE("review.note")[:20]).send("f").wait_for(DE("pick.keys")[:10]).send("q")
    assert opened.exit_code() == 0
    assert finished()[0].reflections == {first: "4 Zeilen q!"}
    assert second not in finished()[0].reflections


def test_leaving_and_going_on(terminal: Open, drafted: Draft) -> None:
    opened = started(terminal)
    at_question(opened, 1).send("53")
    left(at_question(opened, 3))
    assert is_restored(opened)
    assert DE("run.left", command="checklist run anti-churn") in opened.text
    again = terminal("run", "anti-churn").wait_for(DE("resume.go-on"))
    assert DE.count("resume.answers", 2) in again.text
    again.send(DOWN).wait_for("▸ 2").send(f"{UP}\r")
    left(at_question(again, 3).send("1"))
    assert drafted().answers == in_order(5, 3, 1)


def test_starting_afresh_keeps_the_old_answers_until_the_first_new_one(
    terminal: Open, drafted: Draft
) -> None:
    left(at_question(started(terminal).send("53"), 3))
    opened = terminal("run", "anti-churn").wait_for(DE("resume.afresh")).send("2")
    left(opened.wait_for(DE("welcome.keys")[:10]))
    assert drafted().answers == in_order(5, 3)
    opened = terminal("run", "anti-churn").wait_for(DE("resume.afresh")).send("2\r")
    left(at_question(at_question(opened, 1).send("1"), 2))
    assert drafted().answers == in_order(1)


def test_leaving_before_the_first_answer(terminal: Open, home: Path) -> None:
    opened = terminal("run", "anti-churn").wait_for(DE("welcome.keys")[:10])
    left(opened)
    assert DE("run.nothing-said") in opened.text
    assert Journal(home).drafts.all() == []


def test_a_questionnaire_can_be_chosen(terminal: Open) -> None:
    second = Bank(None).load(Bank(None).ids[1])
    opened = terminal("run").wait_for(DE("run.choose"))
    opened.send(f"{DOWN}\r").wait_for(DE("welcome.keys")[:10])
    assert second.title["de"] in opened.text
    total = len(second.items) + len(second.reflections)
    opened.send("\r").wait_for(DE("card.position", place=1, total=total))


def test_what_was_taken_up_is_asked_about_the_next_time(terminal: Open, checklist: Call) -> None:
    opened = started(terminal).send("2" * ITEMS + "\r\rf").wait_for(DE("pick.keys")[:10])
    assert opened.send("12\r").exit_code() == 0
    again = started(terminal).send("4" * ITEMS + "\r\r").wait_for(DE("review.note")[:20])
    again.send("f").wait_for(DE("plan.answer-done")).send(f"{DOWN}\r")
    again.wait_for(DE("plan.answer-done")).send("4").wait_for(DE("pick.keys")[:10])
    assert again.send("\r").exit_code() == 0
    assert DE("result.follow-ups") in again.above
    plan = checklist("plan").out
    assert DE("state.done") in plan
    assert DE("state.dropped") in plan


STATES = {
    "welcome": "",
    "card": "\r44",
    "help": "\r44h",
    "comment": "\r44khalb",
    "reflection": "\r" + "4" * ITEMS + "halb",
    "review": "\r44r",
}


@pytest.mark.parametrize("state", STATES)
def test_ctrl_c_saves_and_restores_the_terminal(terminal: Open, home: Path, state: str) -> None:
    opened = terminal("run", "anti-churn").wait_for(DE("welcome.keys")[:10])
    opened.send(STATES[state]).settle().send(CTRL_C)
    assert opened.exit_code() == 130
    assert is_restored(opened)
    if state == "welcome":
        assert DE("run.nothing-said") in opened.text
        return
    assert DE("run.left", command="checklist run anti-churn") in opened.text
    (draft,) = Journal(home).drafts.all()
    assert len(draft.response.answers) == (ITEMS if state == "reflection" else 2)
    typed = [*draft.response.comments.values(), *draft.response.reflections.values()]
    assert typed == (["halb"] if state in ("comment", "reflection") else [])


def test_ctrl_c_while_picking_keeps_the_result(terminal: Open, finished: Results) -> None:
    opened = started(terminal).send("2" * ITEMS + "\r\rf").wait_for(DE("pick.keys")[:10])
    assert opened.send(f"1{CTRL_C}").exit_code() == 130
    assert is_restored(opened)
    assert len(finished()) == 1


@pytest.mark.parametrize("state", STATES)
def test_sigterm_restores_the_terminal(terminal: Open, state: str) -> None:
    opened = terminal("run", "anti-churn").wait_for(DE("welcome.keys")[:10])
    opened.send(STATES[state]).settle().kill(signal.SIGTERM)
    assert opened.exit_code() == 128 + signal.SIGTERM
    assert is_restored(opened)


def test_a_closed_window_loses_nothing(terminal: Open, drafted: Draft) -> None:
    opened = started(terminal).send("44")
    at_question(opened, 3).send("khalb").wait_for("halb").hang_up()
    assert opened.exit_code() != 0
    assert drafted().answers == in_order(4, 4)
    assert drafted().comments == {ASKED[2].id: "halb"}


def test_left_in_the_middle_of_typing_the_words_are_kept(terminal: Open, drafted: Draft) -> None:
    opened = started(terminal).send("2" * ITEMS + "Halber Satz")
    opened.wait_for("Halber Satz").send(CTRL_D)
    assert opened.exit_code() == 0
    assert drafted().reflections == {QUESTIONNAIRE.reflections[0].id: "Halber Satz"}


WHOLE = "\r" + "12345" * 3 + "123" + "erste\rzweite\rf2\r"
WHOLE_ANSWERS = [1, 2, 3, 4, 5] * 3 + [1, 2, 3]


@pytest.mark.parametrize("before", [True, False], ids=["before-start", "after-start"])
def test_a_whole_questionnaire_typed_ahead(
    terminal: Open, finished: Results, home: Path, before: bool
) -> None:
    if before:
        opened = terminal("run", "anti-churn", typed_before=WHOLE.encode())
    else:
        opened = terminal("run", "anti-churn").send(WHOLE)
    assert opened.exit_code() == 0
    (said,) = finished()
    assert said.answers == in_order(*WHOLE_ANSWERS)
    assert list(said.reflections.values()) == ["erste", "zweite"]
    assert len(Journal(home).commitments.all()) == 1
    assert is_restored(opened)


def test_typing_ahead_goes_through_all_kinds_of_keys(terminal: Open, drafted: Draft) -> None:
    keys = f"\r4kWas 5?\r3{LEFT}{DOWN}\rno{DOWN}{DOWN}\rkx{ESCAPE}1h\r{pasted('2 3')}zz5q"
    opened = terminal("run", "anti-churn", typed_before=keys.encode())
    assert opened.exit_code() == 0
    expected = in_order(4, 4, Mark.DID_NOT_OCCUR, Mark.LEFT_OPEN, 2, 1, 5, 3)
    assert drafted().answers == expected
    assert drafted().comments == {ASKED[1].id: "Was 5?"}


@pytest.mark.parametrize("pause", [0.05, 1.0])
def test_a_sequence_cut_in_two_is_one_key(terminal: Open, drafted: Draft, pause: float) -> None:
    opened = at_question(started(terminal), 1)
    for cut in range(1, len("\x1b[5~")):
        opened.send("\x1b[5~"[:cut]).settle(pause).send("\x1b[5~"[cut:])
    opened.settle(0.1)
    assert question(1) in opened.text
    opened.send(DOWN[:1]).settle(pause).send(DOWN[1:]).wait_for("▸ 1").send("\r")
    left(at_question(opened, 2))
    assert drafted().answers == in_order(1)


NO_KEYS = {
    "f1": "\x1bOP",
    "f5": "\x1b[15~",
    "f1-linux": "\x1b[[A",
    "f12-shift": "\x1b[24;2~",
    "delete": "\x1b[3~",
    "insert": "\x1b[2~",
    "focus": "\x1b[I\x1b[O",
    "mouse": "\x1b[<0;12;13M\x1b[<0;12;13m",
    "old-mouse": "\x1b[M 12",
    "device": "\x1b[?64;1;2;4;6;9;15;16;17;18;21;22;28;29;30;31;32;33;34;35;36;37;42;45;52c",
    "position": "\x1b[12;40R",
    "colour": "\x1b]11;rgb:1111/2222/3333\x1b\\\x1b]4;1;rgb:11/22/33\x07",
    "status-string": "\x1bP1+r5463=3133\x1b\\",
    "control": "\x00\x01\x1a\x1c\x1f\t",
}


def test_what_is_no_key_is_no_answer(terminal: Open, drafted: Draft) -> None:
    opened = started(terminal)
    for place, sequence in enumerate(NO_KEYS.values(), start=1):
        at_question(opened, place).send(sequence).send("3")
    left(at_question(opened, len(NO_KEYS) + 1))
    assert drafted().answers == in_order(*[3] * len(NO_KEYS))
    assert drafted().comments == {}


def test_pasted_digits_answer_and_pasted_prose_does_not(terminal: Open, drafted: Draft) -> None:
    opened = at_question(started(terminal), 1).send(pasted("4\r3 2"))
    at_question(opened, 4).send(pasted("Ich habe 3 Fragen und 5 Antworten.\rq"))
    opened.wait_for(DE("card.pasted")[:40])
    opened.send(pasted("777")).settle()
    assert question(4) in opened.text
    opened.send("k").send(pasted("1. Zeile\r\n2. Zeile: [bold]x[/bold] 5\x1b[31m\x03\x04q"))
    opened.wait_for("1. Zeile 2. Zeile: [bold]x[/bold] 5\ufffd[31m\ufffd\ufffdq").send("\r5")
    left(at_question(opened, 5))
    assert drafted().answers == in_order(4, 3, 2, 5)
    assert drafted().comments == {ASKED[3].id: "1. Zeile 2. Zeile: [bold]x[/bold] 5�[31m��q"}


def test_a_paste_whose_end_got_lost_can_be_left(terminal: Open, drafted: Draft) -> None:
    opened = at_question(started(terminal).send("4"), 2).send("\x1b[200~1 2 3").settle(2.5)
    assert question(2) in opened.text
    assert opened.send(CTRL_C).exit_code() == 130
    assert drafted().answers == in_order(4)


WIDE = "Grüße 日本語 👩‍💻 ✈️ é e\u0301 \u00a0 🇩🇪 [red]x[/red] :smile: \\[b]"


def test_any_sign_in_a_comment(terminal: Open, drafted: Draft) -> None:
    opened = at_question(started(terminal), 1).send("k")
    for byte in WIDE.encode():
        opened.send(bytes([byte]))
    opened.settle(0.1).send("?").wait_for("[b]?").send(BACKSPACE)
    opened.wait_for("[red]x[/red] :smile: \\[b]▏").send("\r")
    opened.wait_for(f"{DE('card.comment')} Grüße 日本語")
    left(at_question(opened.send("2"), 2))
    assert drafted().comments == {ASKED[0].id: WIDE}


def test_a_sign_cut_in_two_bytes(terminal: Open, drafted: Draft) -> None:
    opened = at_question(started(terminal), 1).send("k")
    for sign in "ä€🙂":
        data = sign.encode()
        for byte in data[:-1]:
            opened.send(bytes([byte])).settle(0.1)
        opened.send(data[-1:]).wait_for(sign)
    opened.send("\r")
    left(opened.wait_for("ä€🙂 "))
    assert drafted().comments == {ASKED[0].id: "ä€🙂"}


def test_a_long_comment_shows_its_end_and_is_taken(terminal: Open, drafted: Draft) -> None:
    words = " ".join(f"Wort{number:03}" for number in range(249))
    assert 1900 < len(words) < 2000
    opened = at_question(started(terminal), 1).send(f"k{words}")
    opened.wait_for("Wort248").send(" zu viel" * 100).wait_for("zu viel")
    assert "5  in allen Fällen" in " ".join(opened.screen)
    opened.send("\r").wait_for("…")
    assert DE("hint.comment") in opened.text
    opened.send("3")
    left(at_question(opened, 2))
    assert drafted().comments[ASKED[0].id] == (words + " zu viel" * 100)[:2000].strip()


def test_the_window_may_change_its_size(terminal: Open, drafted: Draft) -> None:
    opened = at_question(started(terminal).send("44"), 3)
    opened.resize(40, 24)
    opened.wait_for(lambda: "─" * 30 in opened.text and "─" * 39 not in opened.text)
    assert "5  in allen Fällen" in " ".join(opened.screen)
    opened.resize(20, 24).wait_for("zu klein")
    drawn = opened.cards
    opened.send("5").wait_for(lambda: opened.cards > drawn).resize(80, 24)
    at_question(opened, 3).resize(200, 60).settle().resize(80, 5).wait_for("zu klein")
    drawn = opened.cards
    opened.send(f"5{RIGHT}\r").wait_for(lambda: opened.cards >= drawn + 3).resize(80, 24)
    at_question(opened, 3).send("k3 Worte").wait_for("3 Worte")
    opened.resize(20, 24).wait_for("zu klein").send("q")
    assert opened.exit_code() == 0
    assert drafted().answers == in_order(4, 4)
    assert drafted().comments == {ASKED[2].id: "3 Worte"}


def test_the_size_is_the_windows_whatever_the_environment_says(terminal: Open) -> None:
    opened = started(terminal, columns=60, environment={"COLUMNS": "120", "LINES": "50"})
    at_question(opened, 1)
    assert all(
        words in opened.text for words in Wording.of(QUESTIONNAIRE, "de").options(ASKED[0].scale)
    )
    opened.resize(100, 30).wait_for(lambda: "─" * 70 in opened.text)


@pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
def test_a_window_of_20_columns_is_refused(terminal: Open, texts: Texts) -> None:
    opened = terminal("run", "anti-churn", "--lang", texts.language, columns=20)
    assert opened.exit_code() == 1
    said = texts("error.window-too-narrow.what", width=20, least=30)
    assert said in " ".join(opened.above.split())
    assert "Traceback" not in opened.written
    assert is_restored_without_cards(opened)


def is_restored_without_cards(terminal: Emulator) -> bool:
    return (
        terminal.attributes == terminal.attributes_before and "\x1b[?1049h" not in terminal.written
    )


@pytest.mark.parametrize("texts", [DE, EN], ids=lambda texts: texts.language)
@pytest.mark.parametrize("perspective", ["self", "observer"])
def test_forty_columns_show_everything(
    terminal: Open, texts: Texts, perspective: str, finished: Results
) -> None:
    wording = Wording.of(QUESTIONNAIRE, texts.language, "self" if perspective == "self" else "lead")
    arguments = ["--lang", texts.language, "--perspective", perspective]
    opened = terminal("run", "anti-churn", *arguments, columns=40)
    opened.wait_for(texts("welcome.keys")[:10]).send("\r")
    actions = ["open", "not-occurred", "back", "comment", "help", "leave"]
    actions += [] if perspective == "self" else ["cannot-judge"]
    hints = [f"{texts(f'key.{action}')} {texts(f'word.{action}')}" for action in actions]
    steps = STEPS if perspective == "self" else ITEMS
    for place, item in enumerate(ASKED, start=1):
        opened.wait_for(texts("card.position", place=place, total=steps))
        for words in (wording.item(item), *wording.options(item.scale), *hints):
            either = words, words.replace(texts("word.open"), texts("hint.open"))
            assert any(said in opened.text for said in either), f"{words}\n{opened}"
        assert (texts("hint.cannot-judge") in opened.text) is (perspective != "self")
        opened.send("3" if place % 2 else texts("key.cannot-judge"))
        if perspective == "self" and place % 2 == 0:
            opened.settle(0.05).send("1")
    if perspective == "self":
        at_question(opened, ITEMS + 1, texts).send("\r\r")
    opened.wait_for(texts("review.keys")[:13])
    assert wording.item(ASKED[0]) in opened.text
    opened.send("f")
    if perspective == "self":
        opened.wait_for(texts("pick.keys")[:10])
        opened.send("1").wait_for("1 [x]").send("2").wait_for("2 [x]").send("1\r")
    assert opened.exit_code() == 0
    if perspective == "self":
        boxes = [line for line in opened.screen if "[x]" in line or "[ ]" in line]
        assert boxes == ["1 [ ]  2 [x]  3 [ ]"]
    other = 1 if perspective == "self" else Mark.LEFT_OPEN
    assert finished()[0].answers == in_order(*[3, other] * (ITEMS // 2))


@pytest.mark.parametrize("colours", [{"NO_COLOR": "1"}, {}], ids=["no-color", "colours"])
def test_without_colour_nothing_is_coloured(terminal: Open, colours: dict[str, str]) -> None:
    opened = started(terminal, environment=colours)
    opened.send(f"3{LEFT}{UP}kx\rr").wait_for(DE("review.title"))
    codes = {code for found in SGR.findall(opened.written) for code in found.split(";")}
    coloured = {code for code in codes if code.isdecimal() and 30 <= int(code) <= 49}
    assert bool(coloured) is not bool(colours)
    assert not coloured - {"36", "39"}, "one hue, and no background"


SGR = re.compile(r"\x1b\[([\d;]*)m")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_other_encodings(terminal: Open, encoding: str, drafted: Draft) -> None:
    opened = terminal(
        "run", "anti-churn", encoding=encoding, environment={"PYTHONIOENCODING": encoding}
    )
    plain = encoding == "ascii"
    opened.wait_for("Eingabetaste: anfangen").send("\r")
    opened.wait_for("Haelfte der Faelle" if plain else "Hälfte der Fälle").send("4")
    opened.wait_for("Frage 2 von 20").send(b"k" + "ä–".encode(encoding, "ignore") + b"!\r")
    opened.wait_for("!").send("z").wait_for("> 4")
    opened.send("h").wait_for("Tasten").send("\rr").wait_for("noch nicht beantwortet")
    assert opened.send("q").exit_code() == 0
    assert "?" not in spoken_without_questions(opened)
    if plain:
        assert opened.written.isascii()
    assert "\ufffd" not in opened.written
    assert drafted().answers == in_order(4)


def spoken_without_questions(terminal: Emulator) -> str:
    return terminal.text.replace("traf das zu?", "")


def test_the_result_can_go_elsewhere_while_cards_are_shown(terminal: Open, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    opened = terminal("run", "anti-churn", "--format", "json", result=target)
    opened.send("\r" + "2" * ITEMS + "\r\rf").wait_for(DE("pick.keys")[:10]).send("\r")
    assert opened.exit_code() == 0
    assert target.read_text("utf-8").startswith("{")
