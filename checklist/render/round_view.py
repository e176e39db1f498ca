"""What a round's report is about, and the words that several of its sections need."""

from functools import cached_property

from checklist.i18n import Texts, inside_quotes
from checklist.privacy import Thresholds
from checklist.questionnaire import Perspective, Wording
from checklist.report.model import Group, Interval, ItemRow, Report, RoundPart, Status
from checklist.rounds import Round

FINEST = 3
"""Digits after the point that a span may need until its two ends differ."""


class View:
    """A round's report as it is read.

    Parameters
    ----------
    report, round_
        The report, and the round that it is about.
    texts
        The interface's language, which the questionnaire's words follow where it has them.
    before
        The round that this one follows, where it is at hand.

    Raises
    ------
    ValueError
        The report is not about a round.
    """

    def __init__(
        self, report: Report, round_: Round, texts: Texts, before: Round | None = None
    ) -> None:
        if report.round is None:
            raise ValueError("a report about a round is needed")
        self.report = report
        self.part: RoundPart = report.round
        self.round = round_
        self.texts = texts
        self._before = before
        self.wording = Wording.of(round_.questionnaire, texts.language)
        self.thresholds = Thresholds(report.round.min_group)

    @cached_property
    def everybody(self) -> Group:
        """The row for all teams together."""
        return self.own(None)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The dimensions' titles by id."""
        return {row.id: row.title for row in self.everybody.dimensions}

    def own(self, team: str | None) -> Group:
        """Give the self-view of everybody or a team."""
        return self._groups["self", team]

    def observers(self, team: str | None) -> Group | None:
        """Give the observers' view of everybody or a team, where there is one."""
        return self._groups.get(("observer", team))

    def items_of(self, dimension: str) -> list[str]:
        """Give the ids of a dimension's items."""
        found = self.round.questionnaire.dimensions
        return [item.id for part in found if part.id == dimension for item in part.items]

    @cached_property
    def _groups(self) -> dict[tuple[Perspective, str | None], Group]:
        return {(group.perspective, group.team): group for group in self.report.groups}

    @cached_property
    def teams(self) -> tuple[Group, ...]:
        """The teams' rows in the keeper's order; none where a round has only one team."""
        if len(self.round.teams) < 2:
            return ()
        rows = self._groups
        return tuple(
            rows["self", team.name] for team in self.round.teams if ("self", team.name) in rows
        )

    @cached_property
    def only_team(self) -> Group | None:
        """The team of a report that holds one of several teams."""
        return self.teams[0] if len(self.teams) == 1 else None

    @cached_property
    def focus(self) -> Group:
        """Whose figures come first: the report's only team if it is shown, else everybody."""
        team = self.only_team
        return team if team is not None and team.status == "published" else self.everybody

    @property
    def in_focus(self) -> tuple[Group, ...]:
        """The groups whose items are shown."""
        return (self.focus,) if self.focus is self.everybody else (self.focus, self.everybody)

    @property
    def beside_focus(self) -> tuple[Group, ...]:
        """The groups that stand beside the one in focus: the teams, or for a team everybody."""
        if self.focus is not self.everybody:
            return (self.everybody,)
        return tuple(group for group in self.teams if group.status == "published")

    @property
    def before(self) -> str:
        """Name the round that this one follows."""
        if self._before is None or self._before.closed_on is None:
            return self.part.follows or ""
        return self.texts(
            "report.change.round",
            title=inside_quotes(self._before.title),
            code=self._before.code,
            date=self.texts.day(self._before.closed_on),
        )

    @property
    def beside(self) -> str:
        """Say what stands beside the focus: ``teams``, or for a team ``everybody``."""
        return "teams" if self.focus is self.everybody else "everybody"

    def name(self, group: Group) -> str:
        """Name a group."""
        return self.texts("report.everybody") if group.team is None else group.team

    def why_hidden(self, status: Status) -> str:
        """Say which of three reasons hides a figure; never the count."""
        return self.texts(f"report.hidden.{status}")

    def span(self, interval: Interval | None) -> str:
        """Word an interval, with as many digits as tell its ends apart; empty for none."""
        if interval is None:
            return ""
        low, high = self.ends(interval)
        return self.texts("report.span", low=low, high=high)

    def signed(self, difference: float, digits: int = 0) -> str:
        """Write a difference with its sign."""
        written = self.texts.number(difference, digits)
        zero = self.texts.number(0.0, digits)
        if written.lstrip("\N{MINUS SIGN}") == zero:
            return zero
        return f"+{written}" if difference > 0 else written

    def signed_span(self, interval: Interval | None) -> str:
        """Word the interval of a difference, with as many digits as tell its ends from 0."""
        if interval is None:
            return ""
        for digits in range(FINEST + 1):
            low, high = (self.signed(end, digits) for end in interval)
            zero = self.texts.number(0.0, digits)
            if zero not in (low if interval[0] else "", high if interval[1] else ""):
                break
        return self.texts("report.span", low=low, high=high)

    def ends(self, interval: Interval) -> tuple[str, str]:
        """Write the two ends of an interval."""
        for digits in range(FINEST + 1):
            low, high = (self.texts.number(end, digits) for end in interval)
            if low != high:
                break
        return low, high

    def item_text(self, row: ItemRow) -> str:
        """Give an item's statement, marked where a high answer is the bad end."""
        if not row.reverse:
            return row.text
        mark = self.texts("report.fewer-is-better")
        return self.texts("report.items.reversed", text=row.text, mark=mark)


def unclear(interval: Interval) -> str:
    """Say why a difference is not clear: by itself, or among so many that are looked at."""
    low, high = interval
    return "unclear" if low <= 0 <= high else "unclear-among-many"
