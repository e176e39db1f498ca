"""From how many people on something is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

LEAST_GROUP = 5
LEAST_ITEMS = 8
LEAST_COMMENTS = 10
LEAST_RELIABILITY = 50


@dataclass(frozen=True)
class Thresholds:
    """From how many people on a figure is shown; all follow from k."""

    k: int

    @property
    def scores(self) -> int:
        """For scores of dimensions, and for the number of responses."""
        return max(LEAST_GROUP, self.k)

    @property
    def items(self) -> int:
        """For the figures of single items."""
        return max(LEAST_ITEMS, self.k)

    @property
    def comments(self) -> int:
        """For comments and reflections."""
        return max(LEAST_COMMENTS, self.k)


def coarse(responses: int) -> str:
    """Say how many responses came in while a round collects: one of three steps.

    Examples
    --------
    >>> [coarse(n) for n in (0, 4, 5, 9, 10, 300)]
    ['fewer-than-5', 'fewer-than-5', '5-or-more', '5-or-more', '10-or-more', '10-or-more']
    """
    if responses < LEAST_GROUP:
        return "fewer-than-5"
    return "5-or-more" if responses < LEAST_COMMENTS else "10-or-more"


def comments_shown(people: int, thresholds: Thresholds) -> bool:
    """Say whether comments and reflections are shown; of everybody only, never of a team.

    Parameters
    ----------
    people
        Responses in the whole round, with or without a comment.

    Examples
    --------
    >>> comments_shown(9, Thresholds(5)), comments_shown(10, Thresholds(5))
    (False, True)
    >>> comments_shown(11, Thresholds(12))
    False
    """
    return people >= thresholds.comments


def reliability_shown(complete: int, others: Iterable[int], thresholds: Thresholds) -> bool:
    """Say whether the reliability of a dimension is shown; of everybody only, never of a team.

    Parameters
    ----------
    complete
        People who answered all items of the dimension.
    others
        How many people everybody's other figures of the dimension rest on: the valid answers of
        each item, and the persons with a score.

    Examples
    --------
    >>> [reliability_shown(60, [60, more], Thresholds(5)) for more in (60, 61, 64, 65)]
    [True, False, False, True]
    >>> reliability_shown(49, [49], Thresholds(5))
    False
    """
    apart = [people - complete for people in others]
    return complete >= LEAST_RELIABILITY and all(
        more == 0 or more >= thresholds.scores for more in apart
    )
