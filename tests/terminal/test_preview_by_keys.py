"""A preview in a real terminal: the cards of a run, a result, and nothing on disk."""

from collections.abc import Callable
from pathlib import Path

from checklist.bank import Bank
from checklist.i18n import Texts
from tests.terminal.emulator import Emulator

QUESTIONNAIRE = Bank(None).load("anti-churn")
STEPS = len(QUESTIONNAIRE.asked) + len(QUESTIONNAIRE.reflections)
DE = Texts("de")


def test_a_preview_by_keys_ends_with_a_result(
    terminal: Callable[..., Emulator], home: Path
) -> None:
    open_ = terminal("questions", "show", "anti-churn", "--preview")
    open_.wait_for(DE("instrument.preview")[:20]).send("\r")
    open_.wait_for(DE("welcome.keys")[:10]).send("\r")
    for place in range(1, len(QUESTIONNAIRE.asked) + 1):
        open_.wait_for(f"{DE('card.position', place=place, total=STEPS)} ").send("4")
    for place in range(len(QUESTIONNAIRE.asked) + 1, STEPS + 1):
        open_.wait_for(DE("card.position", place=place, total=STEPS)).send("\r")
    open_.wait_for(DE("review.title")).send("f")
    open_.wait_for(DE("instrument.preview-over"))
    assert open_.exit_code() == 0
    assert not home.exists()
