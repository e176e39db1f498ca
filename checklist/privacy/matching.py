"""Whether a change within the people who are matched may be shown beside all other figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Matched:
    """How many gave a valid answer to one item, of those who can be matched and of all.

    Attributes
    ----------
    teams
        A pair for each team of the new round: matched people, whose answer to the item is valid in
        both rounds; and all with a valid answer in the new round.
    before
        All with a valid answer in the old round.
    """

    teams: Sequence[tuple[int, int]]
    before: int


def paired_shown(items: Iterable[Matched], scored: int, k: int) -> bool:
    """Say whether the paired change of a dimension is shown; of everybody only, never of a team.

    Parameters
    ----------
    items
        Of each item of the dimension.
    scored
        Matched people with a score of the dimension in both rounds.
    k
        The newer round's score threshold, where it is no smaller than the older one's.

    Examples
    --------
    >>> paired_shown([Matched([(6, 12), (3, 5)], before=20)], 9, 5)
    True
    >>> paired_shown([Matched([(7, 8), (0, 8)], before=16)], 7, 5)
    False
    >>> paired_shown([Matched([(8, 8), (8, 8)], before=16)], 16, 5)
    True
    """
    return scored >= k and all(_apart(item) >= k or _all_matched(item, k) for item in items)


def _apart(item: Matched) -> int:
    """Give how many people a combination with the paired change is about at the least."""
    return sum(min(matched, valid - matched) for matched, valid in item.teams)


def _all_matched(item: Matched, k: int) -> bool:
    matched = sum(matched for matched, _ in item.teams)
    return matched >= k and matched == item.before == sum(valid for _, valid in item.teams)
