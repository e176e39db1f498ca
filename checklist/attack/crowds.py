"""People, a bit each, and how many of them there are at the least."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Crowd:
    """People of one team, a bit each; ``gathering`` tells rounds and perspectives apart."""

    team: str
    members: int
    gathering: Hashable = None


def count(crowds: Iterable[Crowd]) -> int:
    """Count people, each once, however many of the crowds they are in.

    Of several gatherings, count the largest: how many people there are at the least.

    Examples
    --------
    >>> count([Crowd("A", 0b0111), Crowd("A", 0b0011), Crowd("B", 0b1)])
    4
    >>> count([Crowd("A", 0b0111, 1), Crowd("A", 0b0011, 2), Crowd("B", 0b1, 2)])
    3
    """
    together: dict[Hashable, dict[str, int]] = {}
    for crowd in crowds:
        teams = together.setdefault(crowd.gathering, {})
        teams[crowd.team] = teams.get(crowd.team, 0) | crowd.members
    return max(
        (sum(members.bit_count() for members in teams.values()) for teams in together.values()),
        default=0,
    )


class Census:
    """Gives everybody of all gatherings a bit of their own."""

    def __init__(self, crowds: Iterable[Crowd]) -> None:
        widths: dict[tuple[Hashable, str], int] = {}
        for crowd in crowds:
            key = (crowd.gathering, crowd.team)
            widths[key] = max(widths.get(key, 0), crowd.members.bit_length())
        self._place: dict[tuple[Hashable, str], int] = {}
        gatherings: dict[Hashable, int] = {}
        place = 0
        for key, width in widths.items():
            self._place[key] = place
            gatherings[key[0]] = gatherings.get(key[0], 0) | ((1 << width) - 1) << place
            place += width
        self._gatherings = list(gatherings.values())

    def people(self, crowds: Iterable[Crowd]) -> int:
        """Give the people of crowds, a bit each."""
        found = 0
        for crowd in crowds:
            found |= crowd.members << self._place[crowd.gathering, crowd.team]
        return found

    def count(self, people: int) -> int:
        """Count as ``count`` does."""
        if len(self._gatherings) == 1:
            return people.bit_count()
        return max(((people & each).bit_count() for each in self._gatherings), default=0)
