"""How an agreement is worded: on the screen, on phones and in the hand-out."""

from collections.abc import Sequence

from checklist.i18n import Texts
from checklist.render.blocks import Bullets
from checklist.workshop.state import Action


def as_bullets(actions: Sequence[Action], texts: Texts) -> Bullets:
    """Say what was agreed, and below each who looks after it, until when, and by which sign."""
    return Bullets(tuple((sentence(action, texts), details(action, texts)) for action in actions))


def sentence(action: Action, texts: Texts) -> str:
    """Say on which occasion the room does what."""
    return if_then(action.when, action.then, texts)


def if_then(when: str, then: str, texts: Texts) -> str:
    """Word an agreement or a commitment the same everywhere."""
    return texts("showing.action.if-then", when=when.rstrip(" .,"), then=then.rstrip(" ."))


def details(action: Action, texts: Texts) -> str:
    """Say who looks after it, until when, and how the team notices that it works."""
    return texts(
        "showing.action.details",
        owner=action.owner,
        day=texts.day(action.until),
        sign=action.sign,
    )
