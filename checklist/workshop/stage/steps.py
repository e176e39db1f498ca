"""What a clock of several steps says."""

from collections.abc import Iterable


def step_at(steps: Iterable[tuple[str, int]], gone: int) -> tuple[str, int] | None:
    """Give the step that runs after so many seconds, and the seconds left of it; none at the end.

    Examples
    --------
    >>> step_at([("case", 60), ("talk", 180)], 70)
    ('talk', 170)
    """
    end = 0
    for name, seconds in steps:
        end += seconds
        if gone < end:
            return name, end - gone
    return None
