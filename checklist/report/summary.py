"""Part one of a report: three to five plain sentences, made from the published figures alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from checklist.i18n import Texts, inside_quotes
from checklist.report.claims import Claim, claims
from checklist.report.model import Report

__all__ = ["Claim", "claims", "sentences"]

MOST_NAMES = 3


def sentences(report: Report, texts: Texts, *, alone: bool = False) -> list[str]:
    """Put the claims into words, a sentence or two each.

    Parameters
    ----------
    report
        About a round.
    texts
        The language of the sentences.
    alone
        Whether the round has one team only.
    """
    words = _Words(report, texts)
    return [words.say(claim) for claim in claims(report, alone=alone)]


class _Words:
    """What a report's claims are called in one language."""

    def __init__(self, report: Report, texts: Texts) -> None:
        self.texts = texts
        everybody = report.groups[0]
        self.titles = {row.id: row.title for row in everybody.dimensions}
        self.items = {row.id: inside_quotes(row.text.removesuffix(".")) for row in everybody.items}

    def say(self, claim: Claim) -> str:
        values = claim.values
        match claim.kind:
            case "more" | "took-part":
                return self._people(claim.kind, values)
            case "hidden-team":
                return self.texts(f"summary.team-{values['status']}", team=values["team"])
            case "more-teams":
                return self._more_teams(values["teams"])
            case "teams":
                return self._teams(values)
            case "lower" | "higher":
                return self._order(claim.kind, values)
            case "lowest-answers" | "highest-answers" | "same" | "alike":
                return self.texts(
                    f"summary.{claim.kind}", dimensions=self._quoted(values["dimensions"])
                )
            case "went":
                return self._went(values)
            case "seen":
                return self._seen(values)
            case "one-topic":
                return self.texts("summary.one-topic", dimension=self.titles[values["dimension"]])
            case "spread":
                item = self.items[values["item"]]
                return self.texts(
                    "summary.spread", item=item, low=values["low"], high=values["high"]
                )
            case "interval":
                return self._interval(values)
            case kind:
                return self.texts(f"summary.{kind}", **values)

    def _people(self, kind: str, values: Mapping[str, Any]) -> str:
        key = kind if values["heads"] is not None else "took-part-unknown"
        said = self.texts(f"summary.{key}", n=values["n"], heads=values["heads"])
        if values["team"] is None:
            return said
        return self.texts("summary.of-team", team=values["team"], said=said)

    def _more_teams(self, teams: Sequence[str]) -> str:
        if len(teams) > MOST_NAMES:
            return self.texts("summary.more-teams-many")
        quoted = [self.texts("summary.quoted", name=team) for team in teams]
        return self.texts("summary.more-teams", teams=self._listed(quoted))

    def _teams(self, values: Mapping[str, Any]) -> str:
        if not values["shown"]:
            return self.texts("summary.teams-none")
        if values["shown"] == values["all"]:
            return self.texts("summary.teams-all", all=values["all"])
        form = "hidden" if not values["empty"] else "both" if values["hidden"] else "empty"
        rest = self.texts(f"summary.rest-{form}", hidden=values["hidden"], empty=values["empty"])
        return self.texts.count("summary.teams", values["shown"], all=values["all"], rest=rest)

    def _order(self, kind: str, values: Mapping[str, Any]) -> str:
        dimensions = self._quoted(values["dimensions"])
        if values["than"] is not None:
            than = self.titles[values["than"]]
            return self.texts("summary.lower-than", dimension=dimensions, than=than)
        key = "summary.lower" if kind == "lower" else "summary.higher"
        return self.texts.count(key, len(values["dimensions"]), dimensions=dimensions)

    def _went(self, values: Mapping[str, Any]) -> str:
        said = self._moved(values["up"], values["down"])
        return self.texts("summary.of-matched", said=said) if values["matched"] else said

    def _moved(self, up: Sequence[str], down: Sequence[str]) -> str:
        if up and down:
            return self.texts("summary.up-and-down", up=self._quoted(up), down=self._quoted(down))
        key, names = ("summary.went-up", up) if up else ("summary.went-down", down)
        return self.texts.count(key, len(names), dimensions=self._quoted(names))

    def _seen(self, values: Mapping[str, Any]) -> str:
        higher, lower = values["higher"], values["lower"]
        if higher and lower:
            return self.texts(
                "summary.higher-and-lower", higher=self._quoted(higher), lower=self._quoted(lower)
            )
        key = "summary.seen-higher" if higher else "summary.seen-lower"
        names = higher or lower
        return self.texts.count(key, len(names), dimensions=self._quoted(names))

    def _interval(self, values: Mapping[str, Any]) -> str:
        low, high = values["low"], values["high"]
        written = [(self.texts.number(low, d), self.texts.number(high, d)) for d in (0, 1, 2, 3)]
        shown = next((pair for pair in written if pair[0] != pair[1]), written[-1])
        return self.texts(
            "summary.interval",
            dimension=self.titles[values["dimension"]],
            n=values["n"],
            low=shown[0],
            high=shown[1],
        )

    def _quoted(self, dimensions: Sequence[str]) -> str:
        return self._listed(
            [self.texts("summary.quoted", name=self.titles[part]) for part in dimensions]
        )

    def _listed(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return names[0]
        return self.texts("summary.listed", first=", ".join(names[:-1]), last=names[-1])
