"""The clocks of a workshop: what is left of a phase, and how far the 90 minutes are."""

from datetime import datetime

from checklist.i18n import Texts
from checklist.render.plain import Charset
from checklist.workshop.agenda import MINUTES
from checklist.workshop.state import Workshop


def left(workshop: Workshop, now: datetime) -> int | None:
    """Give the seconds that are left of a phase, negative once they are over.

    ``None`` in a phase that has no length, or has not begun.
    """
    if workshop.phase_began is None or not workshop.now.minutes:
        return None
    return workshop.now.minutes * 60 - workshop.phase_seconds(now)


def share(workshop: Workshop, now: datetime) -> float:
    """Give how much of all minutes has gone, 0 to 1."""
    return min(gone(workshop, now) / (MINUTES * 60), 1.0)


def gone(workshop: Workshop, now: datetime) -> int:
    """Give the seconds since the first phase began."""
    if workshop.began is None:
        return 0
    return max(int((now - workshop.began).total_seconds()), 0)


def duration(seconds: int) -> str:
    """Write seconds as minutes and seconds.

    Examples
    --------
    >>> duration(200), duration(59), duration(3600)
    ('3:20', '0:59', '60:00')
    """
    return f"{seconds // 60}:{seconds % 60:02}"


def readings(workshop: Workshop, now: datetime, texts: Texts, charset: Charset) -> list[str]:
    """Say what the clocks show, in full first and then ever shorter, for whatever there is room.

    Before they begin to run, there is time to say how notes are opened.
    """
    seconds, dot = left(workshop, now), f" {charset.separator} "
    if seconds is None:
        before = texts("stage.clock.before")
        return [f"{texts('stage.clock.notes')}{dot}{before}", before]
    rest = (
        texts("stage.clock.left", time=duration(seconds))
        if seconds >= 0
        else texts("stage.clock.over", time=duration(-seconds))
    )
    whole = texts("stage.clock.whole", gone=gone(workshop, now) // 60, minutes=MINUTES)
    of = texts("stage.clock.of", minutes=workshop.now.minutes)
    return [f"{of}{dot}{rest}{dot}{whole}", f"{rest}{dot}{whole}", rest]
