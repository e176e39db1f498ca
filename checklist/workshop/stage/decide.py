"""The decision on the trainer's screen: proposals, and a vote that shows nothing until it ends."""

from checklist.privacy import Thresholds
from checklist.render.blocks import Block, Subheading
from checklist.terminal.keys import Key
from checklist.workshop import moves
from checklist.workshop.stage.entries import agreed_to, one_after_the_other, picked, typed
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.scene import Stage
from checklist.workshop.stage.seeing import numbers
from checklist.workshop.state import MOST_PROPOSALS, VOTES

ADD, EDIT, STRIKE, VOTE = "+", "e", "-", "v"
AGAIN, PROPOSALS = range(2)


class Decide(Looking):
    """Proposals, the vote, its result."""

    def blocks(self, stage: Stage) -> list[Block]:
        """Give the proposals, and while the room votes how many have voted."""
        blocks, workshop = super().blocks(stage), stage.room.workshop
        if workshop.voting == "open" and workshop.way == "page":
            voted, of = _voted(stage)
            blocks.append(Subheading(stage.texts("scene.decide.voted", voted=voted, of=of)))
        return blocks

    def keys(self, stage: Stage) -> list[tuple[str, str]]:
        """Write proposals down, then vote."""
        texts, workshop, found = stage.texts, stage.room.workshop, []
        if workshop.voting == "before" and _has_room(stage):
            found.append((ADD, texts("scene.decide.key-add")))
        if workshop.voting == "before" and workshop.proposals:
            found += [(EDIT, texts("scene.key-edit")), (STRIKE, texts("scene.key-strike"))]
        if workshop.proposals:
            found.append((VOTE, texts(f"scene.decide.key-{workshop.voting}")))
        return found

    def take(self, key: Key, stage: Stage) -> bool:
        """Take a key."""
        workshop = stage.room.workshop
        if key in (ADD, EDIT, STRIKE):
            if workshop.voting != "before":
                stage.asking.tell(stage.texts(f"scene.decide.{workshop.voting}-already"))
            elif key == ADD:
                _add(stage)
            elif key == EDIT:
                _edit(stage)
            else:
                _strike(stage)
            return True
        if key != VOTE:
            return False
        if workshop.proposals:
            _vote(stage)
        return True

    def leave(self, stage: Stage) -> bool:
        """Go on; a vote that is open is closed first, and its result stays to be seen.

        Where there is nothing to vote on, Enter may have been pressed to write something down.
        """
        texts = stage.texts
        if not stage.room.workshop.proposals:
            return agreed_to(
                stage,
                texts("scene.decide.without"),
                texts("scene.decide.without-yes"),
                texts("scene.decide.without-no"),
            )
        if stage.room.workshop.voting != "open":
            return True
        _close(stage)
        return False


def _has_room(stage: Stage) -> bool:
    return len(stage.room.workshop.proposals) < MOST_PROPOSALS


def _add(stage: Stage) -> None:
    def write(text: str) -> None:
        stage.room.change(lambda workshop: moves.with_proposal(workshop, text))

    one_after_the_other(stage, stage.texts("scene.decide.add"), write, lambda: _has_room(stage))


def _edit(stage: Stage) -> None:
    proposals = stage.room.workshop.proposals
    place = picked(stage, stage.texts("scene.which"), proposals)
    if place is None:
        return
    if text := typed(stage, stage.texts("scene.decide.add"), proposals[place]):
        stage.room.change(lambda workshop: moves.with_proposal(workshop, text, place))


def _strike(stage: Stage) -> None:
    proposals = stage.room.workshop.proposals
    place = stage.asking.choose(stage.texts("scene.strike"), proposals) if proposals else None
    if place is not None:
        stage.room.change(lambda workshop: moves.without_proposal(workshop, place))


def _vote(stage: Stage) -> None:
    """Open the vote, close it, or after it has been closed have it again."""
    room, texts = stage.room, stage.texts
    if room.workshop.voting == "open":
        _close(stage)
        return
    if room.workshop.voting == "closed":
        chosen = stage.asking.choose(
            texts("scene.decide.again"),
            [texts("scene.decide.again-vote"), texts("scene.decide.again-proposals")],
        )
        if chosen == PROPOSALS:
            room.change(lambda workshop: moves.voting(workshop, "before"))
        if chosen != AGAIN:
            return
    room.change(lambda workshop: moves.voting(workshop, "open"))


def _close(stage: Stage) -> None:
    """Close the vote, unless the trainer would rather wait."""
    room, texts = stage.room, stage.texts
    if room.workshop.way == "paper":
        _count(stage)
        return
    voted, of = _voted(stage)
    few = 0 < voted < Thresholds(room.round.min_group).scores
    if agreed_to(
        stage,
        texts.count("scene.decide.close-few", voted, of=of)
        if few
        else texts("scene.decide.close", voted=voted, of=of),
        texts("scene.decide.close-yes"),
        texts("scene.decide.close-no"),
    ):
        room.close_voting()


def _voted(stage: Stage) -> tuple[int, int]:
    """Give who has voted, and of how many: of a seat that nobody uses no vote is waited for."""
    counts = stage.room.counts
    return counts.voted, max(counts.begun, counts.voted)


def _count(stage: Stage) -> None:
    """Have the votes typed that were counted on slips."""
    size = len(stage.room.workshop.proposals)
    tally = numbers(stage, stage.texts("scene.decide.count", count=size, votes=VOTES), size)
    if tally:
        stage.room.change(lambda workshop: moves.voting(workshop, "closed", tally))
