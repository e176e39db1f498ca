"""What the attacker finds in a round's reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklist.attack.equations import EASIEST_FIRST, Cell, Equation, Kind, People, equations
from checklist.attack.figures import Figure, published
from checklist.attack.solving import Smallest, made_from, smallest
from checklist.rounds import Round
from checklist.scoring import Codes


@dataclass(frozen=True)
class Findings:
    """The outcome of an attack.

    Attributes
    ----------
    smallest
        How few people a combination of published figures can be about; ``None`` where nothing is
        published.
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
        Figures of which two reports say different things.
    beside
        Published figures that are no sums and were not combined.
    """

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
    def remaining(self) -> int | None:
        """Those who are left when the known ones are taken off; ``None`` where nothing was found.

        The attacker chooses whom to know: the worst choice lies wholly within the smallest group,
        and every other combination leaves at least as many.
        """
        return None if self.smallest is None else max(self.smallest - self.known, 0)


def findings(
    reports: Sequence[Mapping[str, Any]],
    round_: Round,
    codes: Mapping[str, Codes],
    known: int = 0,
) -> Findings:
    """Attack a round with all its published reports together.

    Parameters
    ----------
    reports
        Parsed JSON of format ``checklist-report/1``: the whole report and each team's.
    round_
        The round: its questionnaire and teams.
    codes
        By team: the answers matrix. Only who answered what at all is looked at, and what an item's
        mean is; the attacker is taken to know both.
    known
        How many people's answers the attacker knows.

    Returns
    -------
    Findings
    """
    found = published(reports)
    people = People(round_, codes)
    blocks: dict[tuple[Kind, str], list[Equation]] = {}
    for equation in equations(found, people):
        blocks.setdefault((equation.kind, equation.block), []).append(equation)
    best: tuple[Smallest, Kind, list[Equation]] | None = None
    for kind, block in sorted(blocks, key=lambda key: EASIEST_FIRST.index(key[0])):
        members = blocks[kind, block]
        below = None if best is None else best[0].people
        one = smallest([equation.row for equation in members], people.crowds, below)
        if one is not None:
            best = (one, kind, members)
    return Findings(
        smallest=None if best is None else best[0].people,
        exact=best is None or best[0].exact,
        kind=None if best is None else best[1],
        made_from=() if best is None else _figures(best[0], best[2], people),
        where=() if best is None else _where(best[0]),
        figures=len(found.values),
        equations=sum(len(members) for members in blocks.values()),
        unknowns=sum(crowd.members.bit_count() for crowd in people.crowds.values()),
        known=known,
        contradicting=found.contradicting,
        beside=found.beside,
    )


def _figures(found: Smallest, members: Sequence[Equation], people: People) -> tuple[Figure, ...]:
    if not found.cells:
        return ()
    rows = made_from([equation.row for equation in members], people.crowds, found)
    return tuple(dict.fromkeys(members[row].figure for row in rows))


def _where(found: Smallest) -> tuple[tuple[str, str], ...]:
    cells = [cell for cell in found.cells if isinstance(cell, Cell)]
    return tuple(dict.fromkeys((cell.team, cell.about) for cell in cells))
