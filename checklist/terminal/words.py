"""Small wordings that the cards and the lines share."""

import math

from checklist.i18n import Texts
from checklist.interview import Interview, Step
from checklist.questionnaire import Item, Perspective, Questionnaire, Wording

SECONDS_AN_ITEM = 13


def minutes(questionnaire: Questionnaire) -> int:
    """How long answering takes: what the file says, else estimated from the number of items."""
    if questionnaire.minutes is not None:
        return questionnaire.minutes
    return max(1, math.ceil(len(questionnaire.items) * SECONDS_AN_ITEM / 60))


def welcome(wording: Wording, texts: Texts) -> list[str]:
    """Say what is asked, who is meant, and who sees the answers.

    A questionnaire says what it is for to those who answer about themselves; the others get a
    sentence of ours.
    """
    oneself = wording.perspective == "self"
    said = [
        wording.purpose if oneself else texts("welcome.outside"),
        length(wording.questionnaire, texts, wording.perspective),
        texts(_customers(wording.perspective)),
        *(wording.notice or (texts("welcome.stays"),)),
    ]
    return [text for text in said if text]


def _customers(perspective: Perspective) -> str:
    return "welcome.customers" if perspective == "self" else "welcome.customers-outside"


def length(questionnaire: Questionnaire, texts: Texts, perspective: Perspective = "self") -> str:
    """Say how many questions there are and how long they take."""
    opened = len(questionnaire.reflections) if perspective == "self" else 0
    return texts(
        "welcome.length-open" if opened else "welcome.length",
        items=len(questionnaire.items),
        open=opened,
        minutes=minutes(questionnaire),
    )


def minutes_left(interview: Interview) -> int:
    """How many minutes the items that nothing was said to yet will take; at least 1."""
    questionnaire = interview.questionnaire
    share = interview.items_left / len(questionnaire.items)
    return max(1, math.ceil(minutes(questionnaire) * share))


def said_words(interview: Interview, step: Step, wording: Wording, texts: Texts) -> str:
    """What was said at a step, in words."""
    said = interview.said(step)
    if said is None:
        return texts("answer.not-yet")
    if isinstance(step, Item):
        if isinstance(said, int):
            return wording.options(step.scale)[said - 1]
        return texts(f"answer.{said}")
    return str(said) or texts("answer.left-open")


def actions(perspective: Perspective) -> tuple[str, ...]:
    """What can be done on a card besides answering, in the order of the quiet line."""
    unsure = () if perspective == "self" else ("cannot-judge",)
    return (*unsure, "open", "not-occurred", "back", "comment", "help", "leave")


def key_hints(texts: Texts, perspective: Perspective, separator: str, *, full: bool = True) -> str:
    """The quiet line of keys, with full hints or with a single word where it can be one."""
    return f" {separator} ".join(
        f"{texts(f'key.{action}')} {texts(f'hint.{action}' if full else f'word.{action}')}"
        for action in actions(perspective)
    )


def own_words(key: str, wording: Wording) -> str:
    """Give the key of a text about what a respondent writes: it stays, or it is sent along."""
    return f"{key}-sent" if wording.sends == "texts" else key


def review_words(key: str, wording: Wording) -> str:
    """Give the key of a text about what follows the review: the result, or sending."""
    return f"{key}-send" if wording.result_later else key


def help_lines(texts: Texts, wording: Wording, *, arrows: bool = True) -> list[tuple[str, str]]:
    """Say what each key does, and who is meant by customers; what belongs to no key has none.

    Without ``arrows`` nothing is said of keys that a line cannot hold.
    """
    answer = texts("help.answer") if arrows else texts("lines.hint", leave=texts("key.leave"))
    keys = [
        (texts(f"key.{a}"), texts(f"help.{a}" if arrows or a != "back" else f"hint.{a}"))
        for a in (*actions(wording.perspective), "review")
    ]
    stays = "welcome.stays-short" if wording.sends == "nothing" else "welcome.sent-short"
    general = (_customers(wording.perspective), stays)
    return [("", answer), *keys, *(("", texts(key)) for key in general)]
