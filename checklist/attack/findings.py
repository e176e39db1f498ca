"""What the attacker finds in the reports of a round, or of a whole chain of rounds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

from checklist.attack.crowds import Crowd
from checklist.attack.derived import derived
from checklist.attack.equations import EASIEST_FIRST, Cell, Equation, Kind, People, Row, equations
from checklist.attack.figures import Figure, published
from checklist.attack.paired import Paired, paired
from checklist.attack.searching import Smallest
from checklist.attack.solving import made_from, smallest
from checklist.attack.waves import Link, Wave, links
from checklist.questionnaire import PERSPECTIVES, Perspective

VIEWS: tuple[Perspective, ...] = ("self", "observer")
"""The lead's view is one person's, who gave it knowing that; it is in no sum."""


@dataclass(frozen=True)
class Findings:
    """The outcome of an attack.

    Attributes
    ----------
    fewest
        By round: how few people a combination of published figures can be about that is about
        people of this round; ``None`` where there is none.
    promised
        By round: k.
    smallest
        The least of ``fewest``; ``None`` where nothing is published.
    exact
        Whether that is certain; else no combination is about fewer, but the fewest may be more.
    kind
        What the combination would tell: see ``equations``. Where several are about as few people,
        not necessarily ``answers``.
    made_from
        The figures that make it.
    where
        Team and item (or dimension) of the people it is about.
    figures, equations, unknowns
        How many published figures were combined, how many equations they gave, and for how many
        unknown pairs of person and item (or dimension).
    known
        How many people's answers the attacker is taken to know besides.
    remaining
        How many of the ``smallest`` are then left: the attacker learns the sum over their answers,
        so 1 means that one person's answer comes out, and 0 that this number of known people is
        already everybody it is about.
    contradicting
        Figures of which two reports say different things, or that are not made of other figures as
        they should be: see ``derived``.
    beside
        Published figures that are no sums and were not combined.
    """

    fewest: tuple[int | None, ...]
    promised: tuple[int, ...]
    smallest: int | None
    exact: bool
    kind: Kind | None
    made_from: tuple[Figure, ...]
    where: tuple[tuple[str, str], ...]
    figures: int
    equations: int
    unknowns: int
    known: int
    contradicting: tuple[Figure, ...]
    beside: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether no combination is about fewer people than were promised to any of them."""
        return all(n is None or n >= k for n, k in zip(self.fewest, self.promised, strict=True))

    @property
    def remaining(self) -> int | None:
        """Those who are left when the known ones are taken off; ``None`` where nothing was found.

        The attacker chooses whom to know: the worst choice lies wholly within the smallest group,
        and every other combination leaves at least as many.
        """
        return None if self.smallest is None else max(self.smallest - self.known, 0)


def findings(waves: Sequence[Wave], known: int = 0) -> Findings:
    """Attack rounds with all their published reports together.

    Parameters
    ----------
    waves
        One round, or several of a chain; which follows which they know themselves.
    known
        How many people's answers the attacker knows.

    Returns
    -------
    Findings
    """
    attack = _Attack(waves)
    best: dict[int, _Best] = {}
    for block in attack.blocks:
        belows = {wave: best[wave].found.people if wave in best else None for wave in block.waves}
        if len(belows) > 1 and None not in belows.values():
            highest = max(below or 0 for below in belows.values())
            if attack.smallest(block, highest) is None:
                continue
        for wave, below in belows.items():
            one = attack.smallest(block, below, wave)
            if one is not None:
                best[wave] = _Best(one, block)
    worst = min(best.values(), key=lambda each: each.found.people, default=None)
    return Findings(
        fewest=tuple(
            best[wave].found.people if wave in best else None for wave in range(len(waves))
        ),
        promised=tuple(wave.round_.min_group for wave in waves),
        smallest=None if worst is None else worst.found.people,
        exact=all(each.found.exact for each in best.values()),
        kind=None if worst is None else worst.block.kind,
        made_from=() if worst is None else _figures(worst, attack.crowds),
        where=() if worst is None else _where(worst.found),
        figures=attack.figures,
        equations=attack.equations,
        unknowns=attack.unknowns,
        known=known,
        contradicting=attack.contradicting,
        beside=attack.beside,
    )


class _Block(NamedTuple):
    """Equations that have unknowns in common, and those of them that a combination has to hold."""

    kind: Kind
    perspective: Perspective
    waves: Sequence[int]
    members: Sequence[Equation]
    needed: Sequence[int] = ()


class _Best(NamedTuple):
    """The worst that was found for a round so far, and in which figures."""

    found: Smallest
    block: _Block


class _Attack:
    """What all rounds publish, as equations."""

    def __init__(self, waves: Sequence[Wave]) -> None:
        self.crowds: dict[Cell, Crowd] = {}
        self.published = {
            (place, view): published(wave.reports, view, place)
            for place, wave in enumerate(waves)
            for view in PERSPECTIVES
        }
        self.people = {
            (place, view): People(
                wave.round_,
                wave.codes if view == "self" else wave.observers,
                view,
                place,
                self.crowds,
            )
            for place, wave in enumerate(waves)
            for view in VIEWS
        }
        chain = links(waves)
        made = derived(waves, chain, self.published)
        self.paired: list[Paired] = [
            paired(link, row, waves, self.people[link.old, "self"], self.people[link.new, "self"])
            for number, link in enumerate(chain)
            for row in made.paired.get(number, ())
        ]
        self.blocks = list(self._blocks())
        found = self.published.values()
        self.figures = made.figures + sum(len(each.values) for each in found)
        self.contradicting = (
            *(figure for each in found for figure in each.contradicting),
            *made.contradicting,
        )
        beside = (*(name for each in found for name in each.beside), *made.beside)
        self.beside = tuple(dict.fromkeys(beside))

    def smallest(
        self, block: _Block, below: int | None, wave: int | None = None
    ) -> Smallest | None:
        """Find the combination about the fewest people, of a round if given."""
        rows = [equation.row for equation in block.members]
        of_round = wave is not None and len(block.waves) > 1
        gathering = (wave, block.perspective) if of_round else None
        return smallest(rows, self.crowds, below, gathering, block.needed)

    def _blocks(self) -> Iterator[_Block]:
        """Give the equations, apart where they have no unknown in common; the easiest first.

        What holds changes within the same people comes last, once for each set of them that hang
        together: combinations that hold fewer of them have been looked at before.
        """
        own: dict[tuple[Kind, int, Perspective, str], list[Equation]] = {}
        ties: dict[str, list[tuple[Paired, Equation]]] = {}
        for equation in self._equations():
            figure = equation.figure
            key = (equation.kind, figure.wave, figure.perspective, equation.block)
            own.setdefault(key, []).append(equation)
        for change in self.paired:
            old, new = (self.people[place, "self"] for place in change.link[:2])
            for equation in change.equations(old, new):
                if equation.kind == "answers":
                    ties.setdefault(equation.block, []).append((change, equation))
                else:
                    key = (equation.kind, change.link.new, "self", equation.block)
                    own[key] = [equation]
        self.equations = sum(map(len, own.values())) + sum(map(len, ties.values()))
        self.unknowns = sum(crowd.members.bit_count() for crowd in self.crowds.values())
        for key in sorted(own, key=lambda key: EASIEST_FIRST.index(key[0])):
            kind, wave, view, _ = key
            yield _Block(kind, view, [wave], [self._whole(each) for each in own[key]])
        for block, tied in ties.items():
            for some in _every_choice(tied):
                waves = _hanging_together([change.link for change, _ in some])
                members = [equation for _, equation in some]
                for wave in waves:
                    members += own.get(("answers", wave, "self", block), [])
                if waves:
                    yield _Block("answers", "self", waves, members, range(len(some)))

    def _equations(self) -> Iterator[Equation]:
        for key, people in self.people.items():
            yield from equations(self.published[key], people)

    def _whole(self, equation: Equation) -> Equation:
        """Put those together again who are only set apart by changes that are not looked at."""
        if equation.kind != "answers" or not self.paired:
            return equation
        row: Row = {}
        for (cell, step), times in equation.row.items():
            if cell.who:
                part, cell = cell, cell._replace(who="")
                others = self.crowds.get(cell)
                crowd = self.crowds[part]
                members = crowd.members | (others.members if others else 0)
                self.crowds[cell] = replace(crowd, members=members)
            row[cell, step] = times
        return equation._replace(row=row)


def _every_choice(
    tied: Sequence[tuple[Paired, Equation]],
) -> Iterator[tuple[tuple[Paired, Equation], ...]]:
    for size in range(1, 1 + len(tied)):
        yield from combinations(tied, size)


def _hanging_together(links: Sequence[Link]) -> list[int]:
    """Give the rounds that links tie together; none if they do not tie them all."""
    tied = {links[0].old}
    for _ in links:
        for link in links:
            if tied & {link.old, link.new}:
                tied |= {link.old, link.new}
    return sorted(tied) if all(link.old in tied for link in links) else []


def _figures(worst: _Best, crowds: Mapping[Cell, Crowd]) -> tuple[Figure, ...]:
    if not worst.found.cells:
        return ()
    members = worst.block.members
    rows = made_from([equation.row for equation in members], crowds, worst.found)
    return tuple(dict.fromkeys(members[row].figure for row in rows))


def _where(found: Smallest) -> tuple[tuple[str, str], ...]:
    cells = [cell for cell in found.cells if isinstance(cell, Cell)]
    return tuple(dict.fromkeys((cell.team, cell.about) for cell in cells))
