"""What ``--perspective`` can say, and whether a questionnaire has words for it."""

from checklist.errors import ChecklistError, WrongUsage
from checklist.questionnaire import PERSPECTIVES, Perspective, Questionnaire


def perspective_of(asked: str) -> Perspective:
    """Give the perspective that was asked for.

    Raises
    ------
    WrongUsage
        ``unknown-perspective``.
    """
    for perspective in PERSPECTIVES:
        if asked == perspective:
            return perspective
    raise WrongUsage("unknown-perspective", asked=asked, known=", ".join(PERSPECTIVES))


def with_view(name: str, view: Perspective) -> str:
    """Write what follows a command: the name of a questionnaire or round, and whose view."""
    return name if view == "self" else f"{name} --perspective {view}"


def check_outside_view(questionnaire: Questionnaire, view: Perspective) -> None:
    """Refuse an outside view that the questionnaire has no words for.

    Raises
    ------
    ChecklistError
        ``no-outside-view``.
    """
    if view != "self" and not questionnaire.has_outside_view:
        raise ChecklistError("no-outside-view", id=questionnaire.id)
