"""What the attacker has of one round, and who in it is known to be in the round before, too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from checklist.rounds import Round
from checklist.scoring import Codes

Mask = NDArray[np.bool_]
Masks = Mapping[str, Mask]
"""By team: which of its people, shape (people,)."""


@dataclass(frozen=True)
class Wave:
    """A closed round: all that was published of it, and who answered what at all.

    Of the answers matrices only who answered what is looked at, and what an item's mean is; the
    attacker is taken to know both.

    Attributes
    ----------
    round_
        Its questionnaire, its teams, and which round it follows.
    reports
        Parsed JSON of format ``checklist-report/1``: the whole report and each team's.
    codes, observers
        By team: the answers matrix of its self-views and of its observers.
    panel
        By team: the panel codes of its self-views, one a row; empty for who did not agree. A team
        that is not named has none.
    """

    round_: Round
    reports: Sequence[Mapping[str, Any]]
    codes: Mapping[str, Codes]
    observers: Mapping[str, Codes] = field(default_factory=dict)
    panel: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Link(NamedTuple):
    """The people who are matched between a round and the one it follows.

    Attributes
    ----------
    old, new
        The places of the two rounds among the waves.
    pairs
        Shape (matched, 2): each one's row in the old and in the new round, the rows of all teams
        counted on in the order of ``Wave.codes``.
    """

    old: int
    new: int
    pairs: NDArray[np.int64]

    def both(self, waves: Sequence[Wave], item: str) -> tuple[Masks, Masks]:
        """Give who is matched and gave a valid answer to an item twice: in the old, in the new."""
        valid = [
            _rows(waves[place], item)[self.pairs[:, side]] > 0
            for side, place in enumerate((self.old, self.new))
        ]
        kept = self.pairs[valid[0] & valid[1]]
        return by_team(waves[self.old], kept[:, 0]), by_team(waves[self.new], kept[:, 1])


def links(waves: Sequence[Wave]) -> list[Link]:
    """Match people by panel codes; a code that occurs twice within a round is nobody's."""
    places = {wave.round_.code: place for place, wave in enumerate(waves)}
    found = []
    for new, wave in enumerate(waves):
        old = places.get(wave.round_.follows or "")
        if old is not None:
            before, after = _known(waves[old]), _known(wave)
            pairs = [(before[code], after[code]) for code in before if code in after]
            found.append(Link(old, new, np.array(pairs, dtype=np.int64).reshape(-1, 2)))
    return found


def _known(wave: Wave) -> dict[str, int]:
    """Give the row of each panel code that is one person's."""
    codes = [
        code
        for team, matrix in wave.codes.items()
        for code in wave.panel.get(team, [""] * len(matrix))
    ]
    times = Counter(codes)
    return {code: row for row, code in enumerate(codes) if code and times[code] == 1}


def _rows(wave: Wave, item: str) -> Codes:
    asked = wave.round_.questionnaire
    column = asked.items.index(asked.item(item))
    return np.concatenate([matrix[:, column] for matrix in wave.codes.values()])


def by_team(wave: Wave, rows: NDArray[np.int64]) -> Masks:
    """Say of each team who is in these rows of a round."""
    sizes = [len(matrix) for matrix in wave.codes.values()]
    there = np.zeros(sum(sizes), dtype=bool)
    there[rows] = True
    parts = np.split(there, np.cumsum(sizes)[:-1])
    return dict(zip(wave.codes, parts, strict=True))
