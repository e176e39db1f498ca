"""How far an axis of differences runs, on paper as in a terminal."""

from collections.abc import Iterable, Sequence

from checklist.render.blocks import Difference


def reach(rows: Iterable[Difference], steps: Sequence[int]) -> int:
    """Give the end of an axis that holds all differences and intervals of some rows.

    Parameters
    ----------
    rows
        Those without a difference do not count.
    steps
        Where an axis may end, the nearest first; the last one holds whatever there is.

    Examples
    --------
    >>> reach([Difference("a", -4.0, (-12.5, 4.5), "−4", "")], (10, 20, 30))
    20
    >>> reach([Difference("b", None, None, "", "")], (10, 20, 30))
    10
    """
    ends = [
        abs(end)
        for row in rows
        if row.difference is not None
        for end in (row.difference, *(row.interval or ()))
    ]
    return next((step for step in steps if max(ends, default=0) <= step), steps[-1])
