"""The practice on the trainer's screen: three turns of six minutes, and the topic."""

from checklist.render.blocks import Block, Subheading
from checklist.terminal import keys
from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.stage.clock import duration
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.stage.seeing import choose_topic
from checklist.workshop.stage.steps import step_at
from checklist.workshop.state import TURNS

CLOCK, NEXT, BEFORE, TOPIC = "t", (".", keys.DOWN), (",", keys.UP), "o"
STEPS = (("case", 60), ("talk", 180), ("echo", 120))
"""What a turn is made of, and for how many seconds."""
SECONDS = sum(seconds for _, seconds in STEPS)


class Practice(Looking):
    """The exercise, and a clock for each turn that survives a power cut."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give the exercise, and what the clock says."""
        title, *exercise = super().blocks(stage)
        return [title, *_clock(stage), *exercise]

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Say what the clock's key does now."""
        texts = stage.texts
        return [
            (CLOCK, texts(f"scene.practice.key-{_does(stage)}")),
            (f"{NEXT[0]} {BEFORE[0]}", texts("scene.practice.key-turn")),
            (TOPIC, texts("scene.practice.key-topic")),
        ]

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key."""
        room, now, turn = stage.room, stage.now, stage.room.workshop.turn
        if key == CLOCK:
            _press(stage)
        elif key in NEXT or key in BEFORE:
            number = turn + (1 if key in NEXT else -1)
            if 0 <= number < TURNS:
                began = now if room.workshop.turn_began else None
                room.change(lambda workshop: moves.turn(workshop, number, began))
        elif key == TOPIC:
            choose_topic(stage)
        else:
            return False
        return True


def _gone(stage: Stage) -> int:
    return stage.room.workshop.turn_seconds(stage.now)


def _does(stage: Stage) -> str:
    """Say what the clock's key does: it starts, stops, goes on, or begins the next turn."""
    workshop = stage.room.workshop
    if _gone(stage) >= SECONDS:
        return "again" if workshop.turn == TURNS - 1 else "next"
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
    found = step_at(STEPS, gone)
    if found is None:
        last = workshop.turn == TURNS - 1
        return [Subheading(texts("scene.practice.over" if last else "scene.practice.change"))]
    step, left = found
    said = texts(f"scene.practice.{step}", time=duration(left))
    if workshop.turn_began is None:
        said = texts("scene.practice.stands", said=said)
    return [Subheading(said)]
