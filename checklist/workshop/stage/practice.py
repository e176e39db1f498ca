"""The practice on the trainer's screen: the topic, and a clock.

An exercise says itself who does what, and how long: its clock counts its minutes, and turns only
where the trainer wants them. Without an exercise there are three turns of six minutes.
"""

from collections.abc import Sequence

from checklist.render.blocks import Block, Subheading
from checklist.terminal import keys
from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.showing.transferring import own_minutes
from checklist.workshop.stage.clock import duration
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.stage.seeing import choose_topic
from checklist.workshop.stage.steps import step_at
from checklist.workshop.state import TURNS

CLOCK, NEXT, BEFORE, TOPIC = "t", (".", keys.DOWN), (",", keys.UP), "o"
STEPS = (("case", 60), ("talk", 180), ("echo", 120))
"""What a turn without an exercise is made of, and for how many seconds."""


class Practice(Looking):
    """The exercise, and a clock that survives a power cut."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give the exercise, and what the clock says."""
        title, *exercise = super().blocks(stage)
        return [title, *_clock(stage), *exercise]

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Say what the clock's key does now."""
        texts = stage.texts
        return [
            (CLOCK, texts(f"scene.practice.key-{_does(stage)}")),
            (f"{NEXT[0]} {BEFORE[0]}", texts(f"scene.practice.{_turns(stage)}")),
            (TOPIC, texts("scene.practice.key-topic")),
        ]

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key."""
        if key == CLOCK:
            _press(stage)
        elif key in NEXT:
            _turn(stage, 1)
        elif key in BEFORE:
            _turn(stage, -1)
        elif key == TOPIC:
            choose_topic(stage)
        else:
            return False
        return True


def _in_turns(stage: Stage) -> bool:
    workshop = stage.room.workshop
    return workshop.by_turns or own_minutes(workshop, stage.room.round) is None


def _turns(stage: Stage) -> str:
    return "key-turn" if _in_turns(stage) else "key-turns"


def _turn(stage: Stage, by: int) -> None:
    """Go to another turn; in an exercise the first one begins and ends the counting of turns."""
    room, workshop = stage.room, stage.room.workshop
    began = stage.now if workshop.turn_began else None
    number = workshop.turn + by
    if not _in_turns(stage):
        if by > 0:
            room.change(lambda workshop: moves.counting(workshop, by_turns=True, now=began))
    elif workshop.by_turns and number < 0:
        room.change(lambda workshop: moves.counting(workshop, by_turns=False, now=began))
    elif 0 <= number < TURNS:
        room.change(lambda workshop: moves.turn(workshop, number, began))


def _steps(stage: Stage) -> Sequence[tuple[str, int]]:
    """Give what the clock counts, and for how many seconds each."""
    minutes = own_minutes(stage.room.workshop, stage.room.round)
    if minutes is None:
        return STEPS
    if _in_turns(stage):
        return (("part", minutes * 60 // TURNS),)
    return (("exercise", minutes * 60),)


def _is_last(stage: Stage) -> bool:
    return not _in_turns(stage) or stage.room.workshop.turn == TURNS - 1


def _gone(stage: Stage) -> int:
    return stage.room.workshop.turn_seconds(stage.now)


def _does(stage: Stage) -> str:
    """Say what the clock's key does: it starts, stops, goes on, or begins the next turn."""
    workshop = stage.room.workshop
    if _gone(stage) >= sum(seconds for _, seconds in _steps(stage)):
        return "again" if _is_last(stage) else "next"
    if workshop.turn_began is not None:
        return "stop"
    return "on" if workshop.turn_gone else "start"


def _press(stage: Stage) -> None:
    room, now = stage.room, stage.now
    does, turn = _does(stage), room.workshop.turn
    if does == "stop":
        room.change(lambda workshop: moves.stopped(workshop, now))
    elif does == "on":
        room.change(lambda workshop: moves.going_on(workshop, now))
    else:
        number = turn + 1 if does == "next" else turn
        room.change(lambda workshop: moves.turn(workshop, number, now))


def _clock(stage: Stage) -> list[Block]:
    """Say what the groups do now, and how long."""
    workshop, texts, gone = stage.room.workshop, stage.texts, _gone(stage)
    if workshop.turn_began is None and not gone:
        return []
    found = step_at(_steps(stage), gone)
    if found is None:
        return [Subheading(texts(f"scene.practice.{_over(stage)}"))]
    step, left = found
    said = texts(f"scene.practice.{step}", time=duration(left))
    if workshop.turn_began is None:
        said = texts("scene.practice.stands", said=said)
    return [Subheading(said)]


def _over(stage: Stage) -> str:
    if not _in_turns(stage):
        return "over-exercise"
    return "over" if _is_last(stage) else "change"
