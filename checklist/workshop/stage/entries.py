"""What the trainer types for the room to see: harmless, short, and gone again when it is struck."""

from collections.abc import Callable, Sequence

from checklist.render.plain import one_line
from checklist.workshop.stage.scene import Stage

LONGEST = 160
"""Signs of a statement that is to be read from the back of a room."""
LONGEST_NAME = 60


def typed(stage: Stage, question: str, before: str = "", longest: int = LONGEST) -> str | None:
    """Have a line typed; asks again where it is too long. ``None`` where it was left."""
    while True:
        found = stage.asking.line(question, before)
        if found is None:
            return None
        text = one_line(found).strip()
        if len(text) <= longest:
            return text
        stage.asking.tell(stage.texts("scene.too-long", most=longest, signs=len(text)))
        before = text


def one_after_the_other(
    stage: Stage, question: str, write: Callable[[str], None], has_room: Callable[[], bool]
) -> None:
    """Have lines typed and written down, until one stays empty or there is no room for more."""
    while has_room():
        text = typed(stage, question)
        if not text:
            return
        write(text)


def picked(stage: Stage, question: str, entries: Sequence[str]) -> int | None:
    """Have one of several entries chosen; the only one needs no question."""
    if len(entries) == 1:
        return 0
    return stage.asking.choose(question, entries) if entries else None


def agreed_to(stage: Stage, question: str, yes: str, no: str) -> bool:
    """Ask before something that cannot be taken back; what does nothing stands first."""
    return stage.asking.choose(question, [no, yes]) == 1
