"""The cards: what one screen of an interview says. Each fills a page and decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from checklist.i18n import Texts
from checklist.interview import Interview, Mark, Step
from checklist.questionnaire import Item, Reflection, Wording
from checklist.render.wrap import wrapped
from checklist.terminal.page import ACCENT, QUIET, STRONG, Page
from checklist.terminal.words import (
    key_hints,
    minutes_left,
    own_words,
    review_words,
    said_words,
)

REVIEW_FRAME = 5
"""Lines of a review around its rows: two of the header and the gaps between the parts."""
LONGEST_COMMENT = 3
"""Lines that are shown of a comment while it is not written."""
COMMENT_GOES, PROMPT_GOES, MARK_GOES, KEYS_GO = 1, 2, 3, 4
"""In which order parts of a card give way where the window is low."""
NOTE_GOES, WHOLE_GOES = 1, 2
"""Likewise in a review."""


@dataclass(frozen=True)
class Hand:
    """What a respondent has in hand on a card and has not confirmed yet."""

    marked: int | None = None
    """The option or row that the arrows point at."""
    typing: str | None = None
    """The text that is being typed."""
    notice: str = ""


def item_card(page: Page, interview: Interview, wording: Wording, texts: Texts, hand: Hand) -> None:
    """Show one item with its options; below them the comment and the keys."""
    item = interview.current
    assert isinstance(item, Item)
    _header(page, interview, wording, texts)
    fresh = _scale_is_new(interview, item)
    page.add(wording.prompt(item.scale), "" if fresh else QUIET, goes=0 if fresh else PROMPT_GOES)
    page.add(wording.item(item), STRONG)
    page.add_lines(_options(page, interview, item, wording, hand))
    _mark(page, interview, item, texts)
    of_comment = texts(own_words("card.comment", wording))
    if hand.typing is not None:
        page.add(f"{of_comment} {hand.typing}{page.charset.caret}", ACCENT, typed=True)
        page.add_lines(page.keys(texts("card.comment-keys")))
        return
    if comment := interview.comment_on(item):
        _comment(page, f"{of_comment} {comment}")
    if hand.notice:
        page.add(hand.notice, ACCENT)
    page.add_lines(_key_hints(page, interview, texts), goes=KEYS_GO)


def reflection_card(
    page: Page, interview: Interview, wording: Wording, texts: Texts, hand: Hand
) -> None:
    """Show an open question and the text that is being typed."""
    step = interview.current
    assert isinstance(step, Reflection)
    _header(page, interview, wording, texts)
    page.add(texts(own_words("card.reflection", wording)), QUIET, goes=PROMPT_GOES)
    page.add(wording.text(step.text), STRONG)
    page.add(f"{hand.typing or ''}{page.charset.caret}", ACCENT, typed=True)
    page.add_lines(page.keys(texts("card.reflection-keys")))


def review_card(
    page: Page, interview: Interview, wording: Wording, texts: Texts, hand: Hand
) -> None:
    """Show all answers, a line each, as many as fit around the marked one, and that one whole."""
    left = interview.items_left
    note = texts.count("review.left", left) if left else texts("review.note")
    said = wrapped(page.console, page.charset, note, page.width, "", QUIET)
    keys = page.keys(texts(review_words("review.keys", wording)))
    total, marked = len(interview.steps), hand.marked or 0
    whole = _whole_questions(page, interview, wording)
    below = max(map(len, whole), default=0)
    frame = REVIEW_FRAME + (below and below + 1)
    room = max(page.console.height - len(said) - len(keys) - frame, 3)
    start = max(0, min(marked - room // 2, total - room))
    end = min(start + room, total)
    title = "review.title" if end - start == total else "review.shown"
    page.header(wording.title, texts(title, first=start + 1, last=end, total=total), "", 1.0)
    page.add_lines(said, goes=NOTE_GOES)
    page.add_lines(
        [_review_row(page, interview, wording, texts, place, marked) for place in range(start, end)]
    )
    blank = [Text() for _ in range(below - len(whole[marked]))]
    page.add_lines([*whole[marked], *blank], goes=WHOLE_GOES)
    page.add_lines(keys)


def message_card(page: Page, title: str, paragraphs: Sequence[str], keys: str) -> None:
    """Show paragraphs to read, and how to go on."""
    page.add(title, STRONG)
    for text in paragraphs:
        page.add(text)
    page.add_lines(page.keys(keys))


def help_card(page: Page, title: str, lines: Sequence[tuple[str, str]], on: str) -> None:
    """Show what each key does, the key in front of it; texts without a key stand apart."""
    page.add(title, STRONG)
    for _, group in groupby(lines, key=lambda line: bool(line[0])):
        rows = [
            row
            for key, text in group
            for row in wrapped(page.console, page.charset, text, page.width, key and f"{key}  ")
        ]
        page.add_lines(rows)
    page.add_lines(page.keys(on))


def choice_card(page: Page, question: str, options: Sequence[str], keys: str, hand: Hand) -> None:
    """Show a question of ours with numbered options."""
    page.add(question, STRONG)
    page.add_lines(
        [
            line
            for place, option in enumerate(options)
            for line in _option(page, place, option, chosen=hand.marked == place)
        ]
    )
    page.add_lines(page.keys(keys))


def typing_card(page: Page, question: str, keys: str, hand: Hand) -> None:
    """Show a question of ours and the text that is being typed."""
    page.add(question, STRONG)
    page.add(f"{hand.typing or ''}{page.charset.caret}", ACCENT, typed=True)
    page.add_lines(page.keys(keys))


def _key_hints(page: Page, interview: Interview, texts: Texts) -> list[Text]:
    """Lay the quiet line out, its hints in full where that takes no more lines."""
    full = page.keys(key_hints(texts, interview.perspective, "·"))
    if len(full) == 1:
        return full
    short = page.keys(key_hints(texts, interview.perspective, "·", full=False))
    return full if len(full) <= len(short) else short


def _header(page: Page, interview: Interview, wording: Wording, texts: Texts) -> None:
    place, total = interview.place + 1, len(interview.steps)
    position = texts("card.position", place=place, total=total)
    left = texts.count("card.minutes", minutes_left(interview))
    page.header(wording.title, position, left, interview.place / total)


def _scale_is_new(interview: Interview, item: Item) -> bool:
    """Whether the card before asked on another scale, so that the question needs reading again."""
    if interview.place == 0 or interview.reopened:
        return True
    before = interview.steps[interview.place - 1]
    return not isinstance(before, Item) or before.scale.id != item.scale.id


def _options(
    page: Page, interview: Interview, item: Item, wording: Wording, hand: Hand
) -> list[Text]:
    said = interview.said(item)
    marked = hand.marked if hand.marked is not None else _place(said)
    return [
        line
        for place, option in enumerate(wording.options(item.scale))
        for line in _option(page, place, option, chosen=marked == place)
    ]


def _comment(page: Page, text: str) -> None:
    """Show a comment by its beginning."""
    lines = wrapped(page.console, page.charset, text, page.width, "", QUIET)
    if len(lines) > LONGEST_COMMENT:
        lines = lines[:LONGEST_COMMENT]
        more = page.charset.text("…")
        lines[-1].truncate(page.width - len(more) - 1)
        lines[-1].append(f" {more}")
    page.add_lines(lines, goes=COMMENT_GOES)


def _place(said: object) -> int | None:
    return said - 1 if isinstance(said, int) else None


def _option(page: Page, place: int, option: str, *, chosen: bool) -> list[Text]:
    marker = page.charset.marker if chosen else " "
    style = f"{STRONG} {ACCENT}" if chosen else ""
    lines = wrapped(
        page.console, page.charset, option, page.width, f"{marker} {place + 1}  ", style
    )
    if chosen:
        for line in lines:
            line.stylize(style)
    return lines


def _mark(page: Page, interview: Interview, item: Item, texts: Texts) -> None:
    said = interview.said(item)
    if isinstance(said, Mark):
        page.add(texts("card.marked", mark=texts(f"answer.{said}")), ACCENT, goes=MARK_GOES)


def _review_row(
    page: Page, interview: Interview, wording: Wording, texts: Texts, place: int, marked: int
) -> Text:
    step = interview.steps[place]
    said = page.charset.text(said_words(interview, step, wording, texts))
    marker = page.charset.marker if place == marked else " "
    row = Text(f"{marker} {place + 1:>{_digits(interview)}}  ")
    question_room, said_room = _review_rooms(page, interview)
    if question_room:
        question = _cut(page.charset.text(_question(step, wording)), question_room)
        row.append(question + " " * (question_room + 2 - cell_len(question)))
    row.append(_cut(said, said_room), style=ACCENT)
    if place == marked:
        row.stylize(STRONG)
    return row


def _digits(interview: Interview) -> int:
    return max(len(str(len(interview.steps))), 2)


def _review_rooms(page: Page, interview: Interview) -> tuple[int, int]:
    """Columns of a review's row for the question and for what was said; 0 where it has no room."""
    room = page.width - _digits(interview) - len("> ") - len("  ")
    if room < 50:
        return 0, room
    said = min(32, room // 2)
    return room - said - 2, said


def _whole_questions(page: Page, interview: Interview, wording: Wording) -> list[list[Text]]:
    """Lay out every question that a review's row cannot show whole; no lines for the others."""
    room, _ = _review_rooms(page, interview)
    return [
        []
        if cell_len(page.charset.text(question)) <= room
        else wrapped(page.console, page.charset, question, page.width)
        for question in (_question(step, wording) for step in interview.steps)
    ]


def _question(step: Step, wording: Wording) -> str:
    return wording.item(step) if isinstance(step, Item) else wording.text(step.text)


def _cut(text: str, room: int) -> str:
    """Shorten a text to so many columns; wide characters take two."""
    return text if cell_len(text) <= room else f"{set_cell_size(text, room - 3).rstrip()}..."
