"""Cuts the report on a round down to what one team gets: its own rows and everybody's."""

import unicodedata

from checklist.errors import ChecklistError
from checklist.report.model import Report


def for_team(report: Report, name: str) -> Report:
    """Keep one team and everybody, and of no other team anything.

    Parameters
    ----------
    report
        On a round.
    name
        Of the team; capitals make no difference, nor how accents are written.

    Returns
    -------
    Report
        With the team's own topics; with everybody's where it has none of its own. Reliability and
        comments belong to everybody and stay.

    Raises
    ------
    ChecklistError
        ``unknown-team``: the round has no such team.
    """
    named = (group.team for group in report.groups if group.team is not None)
    teams = list(dict.fromkeys(named))  # a team has a group for each perspective
    found = name if name in teams else {_folded(team): team for team in teams}.get(_folded(name))
    if found is None:
        code = report.round.code if report.round else ""
        raise ChecklistError("unknown-team", code=code, team=name, known=", ".join(teams))
    name = found
    own = [topic for topic in report.topics if topic.team == name]
    return report.model_copy(
        update={
            "groups": [group for group in report.groups if group.team in (None, name)],
            "topics": own or [topic for topic in report.topics if topic.team is None],
            "gaps": [gap for gap in report.gaps if gap.team in (None, name)],
            "changes": [change for change in report.changes if change.team in (None, name)],
        }
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
