"""What a round's report is about, and the words that several of its sections need."""

from functools import cached_property

from checklist.i18n import Texts
from checklist.privacy import Thresholds
from checklist.questionnaire import Wording
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

    Raises
    ------
    ValueError
        The report is not about a round.
    """

    def __init__(self, report: Report, round_: Round, texts: Texts) -> None:
        if report.round is None:
            raise ValueError("a report about a round is needed")
        self.report = report
        self.part: RoundPart = report.round
        self.round = round_
        self.texts = texts
        self.wording = Wording.of(round_.questionnaire, texts.language)
        self.thresholds = Thresholds(report.round.min_group)

    @cached_property
    def everybody(self) -> Group:
        """The row for all teams together."""
        return next(group for group in self.report.groups if group.team is None)

    @cached_property
    def teams(self) -> tuple[Group, ...]:
        """The teams' rows in the keeper's order; none where a round has only one team."""
        if len(self.round.teams) < 2:
            return ()
        rows = {group.team: group for group in self.report.groups if group.perspective == "self"}
        return tuple(rows[team.name] for team in self.round.teams if team.name in rows)

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
