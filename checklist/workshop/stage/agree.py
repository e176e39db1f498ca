"""Agreements on the trainer's screen: field by field, and kept in their own file at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from checklist.i18n import read_day
from checklist.terminal.keys import Key
from checklist.workshop import agreements, moves
from checklist.workshop.if_then import bare_then, bare_when
from checklist.workshop.showing.actions import sentence
from checklist.workshop.showing.transferring import by_votes
from checklist.workshop.stage.entries import LONGEST, LONGEST_NAME, picked, typed
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.state import MOST_ACTIONS, Action

ADD, TAKE_OVER, EDIT, STRIKE = "+", "m", "e", "-"
WEEKS = 4
"""Until when an agreement is proposed to hold."""


@dataclass(frozen=True)
class Field:
    """A field of an action; all of them are needed."""

    name: str
    longest: int = LONGEST


BARE = {"when": bare_when, "then": bare_then}
"""What is asked for as the rest of a sentence is kept without the word that begins it."""
FIELDS = (
    Field("when"),
    Field("then"),
    Field("owner", LONGEST_NAME),
    Field("until", LONGEST_NAME),
    Field("sign"),
)


class Agree(Looking):
    """At most three actions."""

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Write down, take over what was voted for, change, strike."""
        texts, workshop, found = stage.texts, stage.room.workshop, []
        if _has_room(stage):
            found.append((ADD, texts("scene.agree.key-add")))
            if _not_yet_agreed(stage):
                found.append((TAKE_OVER, texts("scene.agree.key-take-over")))
        if workshop.actions:
            found += [(EDIT, texts("scene.key-edit")), (STRIKE, texts("scene.key-strike"))]
        return found

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key."""
        if key in (ADD, TAKE_OVER) and not _has_room(stage):
            stage.asking.tell(stage.texts("scene.agree.full", most=MOST_ACTIONS))
        elif key == ADD:
            _write(stage, {}, None)
        elif key == TAKE_OVER:
            _take_over(stage)
        elif key == EDIT:
            _edit(stage)
        elif key == STRIKE:
            _strike(stage)
        else:
            return False
        return True


def keep(stage: Stage) -> None:
    """Keep what is agreed in its file, apart from the report."""
    agreements.save(stage.agreed, stage.room.round, stage.room.workshop)


def asked_day(stage: Stage, question: str, before: date) -> date | None:
    """Have a day typed that is not over; asks again until it is one."""
    texts, text = stage.texts, _typeable(before, stage)
    while True:
        found = typed(stage, question, text, LONGEST_NAME)
        if not found:
            return None
        try:
            day = read_day(found)
        except ValueError:
            stage.asking.tell(texts("scene.no-day", example=_typeable(before, stage)))
        else:
            if day >= today(stage):
                return day
            stage.asking.tell(texts("scene.day-is-over", day=texts.day(day)))
        text = found


def today(stage: Stage) -> date:
    """Give the day in the room."""
    return stage.now.astimezone().date()


def _typeable(day: date, stage: Stage) -> str:
    return f"{day:%d.%m.%Y}" if stage.texts.language == "de" else day.isoformat()


def _has_room(stage: Stage) -> bool:
    return len(stage.room.workshop.actions) < MOST_ACTIONS


def _not_yet_agreed(stage: Stage) -> list[str]:
    """Give the proposals that no action says yet, most votes first."""
    workshop = stage.room.workshop
    order = by_votes(workshop) if workshop.voting == "closed" else range(len(workshop.proposals))
    taken = {action.then for action in workshop.actions}
    return [workshop.proposals[n] for n in order if workshop.proposals[n] not in taken]


def _take_over(stage: Stage) -> None:
    proposals = _not_yet_agreed(stage)
    place = picked(stage, stage.texts("scene.agree.which-proposal"), proposals)
    if place is not None:
        _write(stage, {"then": proposals[place]}, None)


def _edit(stage: Stage) -> None:
    actions = stage.room.workshop.actions
    place = picked(stage, stage.texts("scene.which"), [sentence(a, stage.texts) for a in actions])
    if place is None:
        return
    action = actions[place]
    known = {
        "when": action.when,
        "then": action.then,
        "owner": action.owner,
        "until": _typeable(action.until, stage),
        "sign": action.sign,
    }
    _write(stage, known, place)


def _strike(stage: Stage) -> None:
    actions = stage.room.workshop.actions
    options = [sentence(action, stage.texts) for action in actions]
    place = stage.asking.choose(stage.texts("scene.strike"), options) if options else None
    if place is not None:
        stage.room.change(lambda workshop: moves.without_action(workshop, place))
        keep(stage)


def _write(stage: Stage, known: dict[str, str], place: int | None) -> None:
    """Have the fields typed; Escape goes back to the one before, and out of the first."""
    said, at = dict(known), 0
    while at < len(FIELDS):
        answer = _field(stage, FIELDS[at], said)
        if answer is None:
            if at == 0:
                return
            at -= 1
        else:
            said[FIELDS[at].name] = BARE.get(FIELDS[at].name, str)(answer)
            at += 1
    action = Action(
        said["when"], said["then"], said["owner"], read_day(said["until"]), said["sign"]
    )
    stage.room.change(lambda workshop: moves.with_action(workshop, action, place))
    keep(stage)


def _field(stage: Stage, field: Field, said: dict[str, str]) -> str | None:
    """Have one field typed; it may not stay empty."""
    question = _question(stage, field, said)
    before = said.get(field.name, "")
    if field.name == "until":
        day = asked_day(stage, question, _day_before(before, stage))
        return None if day is None else day.isoformat()
    while True:
        text = typed(stage, question, before, field.longest)
        if text is None or text:
            return text
        stage.asking.tell(stage.texts("scene.agree.needed"))


def _question(stage: Stage, field: Field, said: Mapping[str, str]) -> str:
    """Ask for a field as a sentence that goes on; what is said already stays in sight."""
    texts, when, then = stage.texts, said.get("when", ""), said.get("then", "")
    if field.name == "when":
        return texts("scene.agree.when-of", then=then) if then else texts("scene.agree.when")
    if field.name == "then":
        return texts("scene.agree.then", when=when)
    agreed = texts("showing.action.if-then", when=when.rstrip(".,"), then=then.rstrip("."))
    return f"{agreed} {texts(f'scene.agree.{field.name}')}"


def _day_before(text: str, stage: Stage) -> date:
    return read_day(text) if text else today(stage) + timedelta(weeks=WEEKS)
