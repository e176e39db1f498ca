"""Characters to keys: whatever a terminal sends, in whatever pieces."""

import string
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.render.plain import OBEYED
from checklist.terminal import keys
from checklist.terminal.keys import ESC, PASTE, PASTE_END, Key, KeyParser, Pasted

NAMES = {
    keys.ENTER,
    keys.BACKSPACE,
    keys.ESCAPE,
    keys.UP,
    keys.DOWN,
    keys.LEFT,
    keys.RIGHT,
    keys.HOME,
    keys.END,
    keys.PAGE_UP,
    keys.PAGE_DOWN,
    keys.INTERRUPT,
    keys.END_OF_INPUT,
    keys.CLEAR,
}

KNOWN = (f"{ESC}[A", f"{ESC}[5~", f"{ESC}[M")
pieces = st.sampled_from(
    [*"[]OPMAq~;<\\\x07\x03\r ä🙂", *string.digits, ESC, PASTE, PASTE_END, *KNOWN]
)
streams = st.lists(pieces | st.characters(), max_size=60).map("".join)

numbers = st.integers(0, 9999).map(str)
csi = st.builds(
    lambda begin, parts, end: f"{ESC}[{begin}{';'.join(parts)}{end}",
    st.sampled_from(["", "<", "?", ">"]),
    st.lists(numbers, max_size=30),
    st.sampled_from([*"ABCDHFPQRSTZmcnuyIOt~"]),
).filter(lambda text: text not in (PASTE, PASTE_END))
ss3 = st.sampled_from("ABCDHFPQRSMjpxy").map(f"{ESC}O{{}}".format)
linux = st.sampled_from("ABCDE").map(f"{ESC}[[{{}}".format)
mouse = st.text("0123456789 !\"#'()ABC", min_size=3, max_size=3).map(f"{ESC}[M{{}}".format)
replies = st.builds(
    lambda begin, text, end: f"{ESC}{begin}{text}{end}",
    st.sampled_from("]PX^_"),
    st.text("0123456789;:/rgbqo+=", max_size=20),
    st.sampled_from(["\x07", f"{ESC}\\"]),
)
sequences = csi | ss3 | linux | mouse | replies
pasted = st.text(st.characters(exclude_characters=ESC), max_size=30).map(Pasted)
digits = st.sampled_from(string.digits)


def cut(text: str, places: Sequence[int]) -> list[str]:
    """Cut a text at places, which may be anywhere."""
    ends = sorted({min(place, len(text)) for place in places} | {0, len(text)})
    return [text[start:end] for start, end in pairwise(ends)]


def sent(token: str | Pasted) -> str:
    return f"{PASTE}{token.text}{PASTE_END}" if isinstance(token, Pasted) else token


@settings(deadline=None, max_examples=150)
@given(streams, st.lists(st.integers(0, 80), max_size=20))
def test_the_pieces_make_no_difference(stream: str, places: list[int]) -> None:
    whole = KeyParser().feed(stream)
    parser = KeyParser()
    assert [key for piece in cut(stream, places) for key in parser.feed(piece)] == whole


@settings(deadline=None, max_examples=150)
@given(
    st.lists(digits | pasted | sequences, max_size=12),
    st.lists(st.tuples(st.integers(0, 150), st.floats(0, 1.9)), max_size=12),
)
def test_only_digits_that_were_typed_are_digits(
    tokens: list[str | Pasted], pauses: list[tuple[int, float]]
) -> None:
    stream = "".join(map(sent, tokens))
    parser, given_keys = KeyParser(), list[Key]()
    waits = dict(pauses)
    for place, char in enumerate(stream):
        if place in waits:
            given_keys += parser.idle(waits[place])
        given_keys += parser.feed(char)
    typed = [token for token in tokens if isinstance(token, Pasted) or token in string.digits]
    shown = [key for key in given_keys if isinstance(key, Pasted) or key not in NAMES]
    assert shown == typed


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200) | streams)
def test_whatever_comes_gives_keys_or_nothing(stream: str) -> None:
    parser = KeyParser()
    for key in [*parser.feed(stream), *parser.idle(5)]:
        assert isinstance(key, Pasted) or key in NAMES or (len(key) == 1 and not OBEYED.match(key))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=100))
def test_text_comes_through_sign_by_sign(text: str) -> None:
    assert KeyParser().feed(text) == [sign for sign in text if not OBEYED.match(sign)]


@settings(deadline=None)
@given(streams, st.floats(2.0, 100.0))
def test_after_a_long_pause_a_digit_is_a_digit(stream: str, seconds: float) -> None:
    parser = KeyParser()
    parser.feed(stream.replace(PASTE, ""))
    parser.idle(seconds)
    assert parser.feed("4") == ["4"]


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\r", keys.ENTER),
        ("\n", keys.ENTER),
        ("\x7f", keys.BACKSPACE),
        ("\x08", keys.BACKSPACE),
        ("\x03", keys.INTERRUPT),
        ("\x04", keys.END_OF_INPUT),
        ("\x15", keys.CLEAR),
        ("\x1b[A", keys.UP),
        ("\x1bOA", keys.UP),
        ("\x1b[1;5A", keys.UP),
        ("\x1b[B", keys.DOWN),
        ("\x1b[C", keys.RIGHT),
        ("\x1bOD", keys.LEFT),
        ("\x1b[H", keys.HOME),
        ("\x1b[1~", keys.HOME),
        ("\x1b[7~", keys.HOME),
        ("\x1bOF", keys.END),
        ("\x1b[4~", keys.END),
        ("\x1b[5~", keys.PAGE_UP),
        ("\x1b[6;5~", keys.PAGE_DOWN),
    ],
)
def test_known_keys(sequence: str, key: str) -> None:
    assert KeyParser().feed(f"1{sequence}2") == ["1", key, "2"]
    for place in range(1, len(sequence)):
        parser = KeyParser()
        assert parser.feed(sequence[:place]) == []
        parser.idle(1.0)
        assert parser.feed(sequence[place:]) == [key]


@pytest.mark.parametrize("broken", ["\x1b[12", "\x1b[", "\x1bO", "\x1b[[", "\x1b[M1", "\x1b]11;1"])
def test_a_broken_sequence_is_forgotten_after_a_while(broken: str) -> None:
    parser = KeyParser()
    assert parser.feed(broken) == []
    assert parser.idle(1.9) == []
    assert parser.idle(2.0) == []
    assert parser.feed("4") == ["4"]


@pytest.mark.parametrize("broken", ["\x1b[12", "\x1bO", "\x1b[M1", "\x1b]11;1", "\x1bP1"])
def test_ctrl_c_and_enter_break_a_sequence(broken: str) -> None:
    assert KeyParser().feed(f"{broken}\x03") == [keys.INTERRUPT]
    assert KeyParser().feed(f"{broken}\r4") == [keys.ENTER, "4"]
    assert KeyParser().feed(f"{broken}\x1b[A4") == [keys.UP, "4"]


def test_a_lone_escape_is_a_key_after_half_a_second_and_once() -> None:
    parser = KeyParser()
    assert parser.feed(ESC) == []
    assert parser.idle(0.4) == []
    assert parser.idle(0.5) == [keys.ESCAPE]
    assert parser.idle(0.9) == []
    assert parser.feed("4") == ["4"]
    assert parser.idle(3) == []


@pytest.mark.parametrize("before", [0.0, 0.6])
def test_escape_and_another_key_right_after_it_are_two_keys(before: float) -> None:
    parser = KeyParser()
    given_keys = [*parser.feed(ESC), *parser.idle(before), *parser.feed("4")]
    assert given_keys == [keys.ESCAPE, "4"]
    assert KeyParser().feed(f"{ESC}{ESC}{ESC}[A") == [keys.ESCAPE, keys.ESCAPE, keys.UP]


def test_a_pause_does_not_end_a_paste_but_ctrl_c_after_it_does() -> None:
    parser = KeyParser()
    assert parser.feed(f"{PASTE}1\x032{ESC}[A") == []
    assert parser.idle(100) == []
    assert parser.feed("3\x034") == []
    assert parser.feed(PASTE_END) == [Pasted(f"1\x032{ESC}[A3\x034")]
    parser.feed(f"{PASTE}1")
    parser.idle(2)
    assert parser.feed("\x034") == [keys.INTERRUPT, "4"]


def test_a_paste_that_starts_with_ctrl_c_is_still_a_paste() -> None:
    parser = KeyParser()
    parser.idle(100)
    assert parser.feed(f"{PASTE}\x03{PASTE_END}") == [Pasted("\x03")]


def test_a_huge_paste_is_cut_and_ends_all_the_same() -> None:
    (key, after) = KeyParser().feed(f"{PASTE}{'ab' * 20_000}{PASTE_END}5")
    assert isinstance(key, Pasted)
    assert key.text == "ab" * (keys.LONGEST_PASTE // 2)
    assert after == "5"


def test_a_huge_sequence_is_waited_for() -> None:
    assert KeyParser().feed(f"{ESC}[{'1;' * 5000}A4") == [keys.UP, "4"]
