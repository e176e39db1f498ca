"""The reveal on the trainer's screen: parts, items to look at, a clock, hands raised openly."""

from dataclasses import dataclass
from datetime import datetime

from checklist.privacy import Thresholds
from checklist.questionnaire import Item, Wording
from checklist.render.blocks import Block, Subheading
from checklist.render.round_view import View
from checklist.terminal import keys
from checklist.terminal.keys import Key
from checklist.workshop import moves, reveal
from checklist.workshop.stage.clock import duration
from checklist.workshop.stage.entries import typed
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.stage.steps import step_at
from checklist.workshop.state import MOST_ITEMS

NEXT, BEFORE = (".", keys.DOWN), (",", keys.UP)
ITEMS, CLOCK, HANDS = "i", "t", "h"
STEPS = (("silence", 60), ("pairs", 120), ("room", 180))
"""How a part is talked about, and for how many seconds."""
MOST_HANDS = 999


@dataclass(frozen=True)
class Running:
    """A clock that runs for one part."""

    part: int
    began: datetime


class Seeing(Looking):
    """Turns the parts; nothing that is not in the report's published figures can be chosen."""

    def __init__(self) -> None:
        self._running: Running | None = None

    def blocks(self, stage: Stage) -> list[Block]:
        """Give the part, and what its clock says."""
        title, *part = super().blocks(stage)
        return [title, *self._clock(stage), *part]

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Turn, choose items, time a part, note hands: as far as there is something to it."""
        texts, view = stage.texts, _view(stage)
        if view is None:
            return []
        found = []
        if len(_parts(stage)) > 1:
            found.append((f"{NEXT[0]} {BEFORE[0]}", texts("scene.seeing.key-turn")))
        if reveal.shown_items(view):
            found.append((ITEMS, texts("scene.seeing.key-items")))
        if _has_figures(stage):
            running = self._seconds(stage) is not None
            key = "scene.seeing.key-stop" if running else "scene.seeing.key-clock"
            found.append((CLOCK, texts(key)))
        if reveal.open_to_hands(stage.room.workshop, view):
            found.append((HANDS, texts("scene.seeing.key-hands")))
        return found

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key."""
        view = _view(stage)
        if view is None or not _has_figures(stage):
            return self._say_why(key, stage)
        if key in NEXT or key in BEFORE:
            _turn(stage, _place(stage) + (1 if key in NEXT else -1))
        elif key == ITEMS:
            _choose_items(stage, view)
        elif key == CLOCK:
            running = self._seconds(stage) is not None
            self._running = None if running else Running(_place(stage), stage.now)
        elif key == HANDS:
            _note_hands(stage, view)
        else:
            return False
        return True

    def _say_why(self, key: Key, stage: Stage) -> bool:
        """Say why there are no items to look at; all else has nothing to it here."""
        if key != ITEMS or stage.report is None:
            return False
        _tell_no_items(stage)
        return True

    def leave(self, stage: Stage) -> bool:
        """Have the topic chosen that is practised."""
        return choose_topic(stage)

    def _clock(self, stage: Stage) -> list[Block]:
        gone = self._seconds(stage)
        if gone is None:
            return []
        found = step_at(STEPS, gone)
        if found is None:
            return [Subheading(stage.texts("scene.seeing.over"))]
        step, left = found
        return [Subheading(stage.texts(f"scene.seeing.{step}", time=duration(left)))]

    def _seconds(self, stage: Stage) -> int | None:
        """Give the seconds since the clock was started; none where it does not run."""
        if self._running is None or self._running.part != _place(stage):
            return None
        return max(int((stage.now - self._running.began).total_seconds()), 0)


def choose_topic(stage: Stage) -> bool:
    """Have a topic chosen: the present one first, then the report's, then all others."""
    round_, texts, view = stage.room.round, stage.texts, _view(stage)
    wording = Wording.of(round_.questionnaire, texts.language)
    titles = {each.id: wording.text(each.title) for each in round_.questionnaire.dimensions}
    named = [topic.dimension for topic in reveal.topics(view)] if view else []
    now = stage.room.workshop.topic
    order = list(dict.fromkeys([*([now] if now in titles else []), *named, *titles]))
    options = [
        texts("scene.seeing.topic-of-report", title=titles[each]) if each in named else titles[each]
        for each in order
    ]
    place = stage.asking.choose(texts("scene.seeing.topic"), options)
    if place is None:
        return False
    stage.room.change(lambda workshop: moves.practising(workshop, order[place]))
    return True


def _view(stage: Stage) -> View | None:
    return None if stage.report is None else reveal.view_of(stage.room.round, stage.report)


def _parts(stage: Stage) -> tuple[reveal.Part, ...]:
    if stage.report is None:
        return ()
    return reveal.parts(stage.room.workshop, stage.room.round, stage.report)


def _has_figures(stage: Stage) -> bool:
    """Whether there is anything of the group to read; else the room only talks."""
    return any(part.kind != "too-few" for part in _parts(stage))


def _place(stage: Stage) -> int:
    """Give the place of the part that is seen: items may have been taken away behind it."""
    return min(stage.room.workshop.part, len(_parts(stage)) - 1)


def _turn(stage: Stage, place: int) -> None:
    parts = len(_parts(stage))
    stage.room.change(lambda workshop: moves.turned(workshop, place, parts))


def _turn_to(stage: Stage, part: reveal.Part) -> None:
    if part in _parts(stage):
        _turn(stage, _parts(stage).index(part))


def _choose_items(stage: Stage, view: View) -> None:
    """Have items marked, one after the other, until there are as many as a room can look at.

    A marked one is taken out again; each keeps its number meanwhile.
    """
    texts, items = stage.texts, reveal.shown_items(view)
    if not items:
        return _tell_no_items(stage)
    proposed, known = reveal.proposed(view), {item.id for item in items}
    while True:
        chosen = [each for each in stage.room.workshop.items if each in known]
        options = [_option(each, chosen, proposed, view, stage) for each in items]
        place = stage.asking.choose(
            texts("scene.seeing.items", chosen=len(chosen), most=MOST_ITEMS),
            [*options, texts("scene.seeing.items-done")],
        )
        if place is None or place == len(items):
            return None
        picked = items[place].id
        if picked in chosen:
            _look_at(stage, [each for each in chosen if each != picked])
        elif len(chosen) == MOST_ITEMS:
            stage.asking.tell(texts("scene.seeing.items-full", most=MOST_ITEMS))
        else:
            _look_at(stage, [*chosen, picked])
            if len(chosen) + 1 == MOST_ITEMS:
                return None


def _tell_no_items(stage: Stage) -> None:
    least = Thresholds(stage.room.round.min_group).items
    stage.asking.tell(stage.texts("scene.seeing.no-items", least=least))


def _look_at(stage: Stage, chosen: list[str]) -> None:
    """Choose items, and stay with the part that is seen."""
    seen = _parts(stage)[_place(stage)]
    stage.room.change(lambda workshop: moves.looking_at(workshop, chosen))
    there = _parts(stage)
    _turn(stage, there.index(seen) if seen in there else min(_place(stage), len(there) - 1))


def _option(item: Item, chosen: list[str], proposed: list[str], view: View, stage: Stage) -> str:
    text = view.wording.item(item)
    if item.id in chosen:
        return stage.texts("scene.seeing.item-chosen", item=text)
    if item.id in proposed:
        return stage.texts("scene.seeing.item-proposed", item=text)
    return text


def _note_hands(stage: Stage, view: View) -> None:
    """Have hands typed for an item: a number for each option; nothing takes them away."""
    texts = stage.texts
    items = reveal.open_to_hands(stage.room.workshop, view)
    if not items:
        return stage.asking.tell(texts("scene.seeing.no-hands"))
    options = [view.wording.item(each) for each in items]
    place = stage.asking.choose(texts("scene.seeing.hands-item"), options)
    if place is None:
        return None
    item = items[place]
    words = view.wording.options(item.scale)
    counts = numbers(
        stage,
        texts("scene.seeing.hands", low=words[0], high=words[-1], count=len(words)),
        len(words),
        stage.room.workshop.hands.get(item.id, ()),
    )
    if counts is None:
        return None
    stage.room.change(lambda workshop: moves.with_hands(workshop, item.id, counts))
    return _turn_to(stage, reveal.Part("hands", item.id))


def numbers(
    stage: Stage, question: str, count: int, before: tuple[int, ...] = ()
) -> tuple[int, ...] | None:
    """Have so many counts typed, with blanks between them; none at all give an empty tuple."""
    text = " ".join(map(str, before))
    while True:
        found = typed(stage, question, text)
        if found is None:
            return None
        parts = found.replace(",", " ").split()
        if len(parts) in (0, count) and all(map(_is_count, parts)):
            return tuple(map(int, parts))
        stage.asking.tell(stage.texts("scene.numbers", count=count, most=MOST_HANDS))
        text = found


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text) <= MOST_HANDS
