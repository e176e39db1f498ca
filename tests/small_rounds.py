"""Tiny rounds for the attack, and what their reports say, person by person and without a gate."""

import json
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from checklist.privacy import Plan, Sizes, Thresholds, Verdict
from checklist.report.model import Report
from checklist.rounds import Round, Team, Terms
from checklist.scoring import Codes
from tests.rounds_at_random import OPENED, random_questionnaire
from tests.trying import Unknown


def as_json(report: Report) -> dict[str, Any]:
    """Read a report back as the attacker does."""
    found: dict[str, Any] = json.loads(report.model_dump_json(by_alias=True))
    return found


def small_round(
    *sizes: int, items: int = 2, headcount: int | None = None, outside: bool = False
) -> Round:
    """A round of teams A, B, …, k is 5; one dimension of so many items, each of two options."""
    rng = Random(0)
    while True:
        questionnaire = random_questionnaire(rng)
        scales = [item.scale.size for item in questionnaire.items]
        alike = scales == [2] * items and questionnaire.has_outside_view == outside
        if alike and len(questionnaire.dimensions) == 1:
            break
    return Round(
        code="R-bcdf",
        title="Runde",
        questionnaire=questionnaire,
        teams=tuple(Team("ABCDEFG"[place], headcount) for place, _ in enumerate(sizes)),
        terms=Terms("Kim Keeper"),
        opened_on=OPENED,
        closed_on=OPENED,
        series="s",
    )


def answers(*rows: str) -> Codes:
    """Answers, a word a person: ``1`` and ``2``, ``-`` left open, ``.`` did not occur."""
    return np.array([["-12".index(c) if c in "-12" else -1 for c in row] for row in rows], np.int8)


def everything(
    teams: Mapping[str, Sizes], dimensions: Mapping[str, Sequence[str]], thresholds: Thresholds
) -> tuple[Plan, dict[str, Plan]]:
    """Show each figure that there is, and hide some by chance."""
    rng = Random(repr(teams))

    def plan(sizes: Sizes) -> Plan:
        items = {item: n > 0 and rng.random() < 0.7 for item, n in sizes.valid.items()}
        scores = {
            dim: all(sizes.valid[item] for item in members) and rng.random() < 0.8
            for dim, members in dimensions.items()
        }
        return Plan(
            Verdict.SHOWN,
            {item: Verdict.SHOWN if there else Verdict.NO_DATA for item, there in items.items()},
            {dim: Verdict.SHOWN if there else Verdict.NO_DATA for dim, there in scores.items()},
        )

    whole = Sizes(
        sum(sizes.people for sizes in teams.values()),
        {
            item: sum(sizes.valid[item] for sizes in teams.values())
            for items in dimensions.values()
            for item in items
        },
        dict.fromkeys(dimensions, 1),
    )
    return plan(whole), {name: plan(sizes) for name, sizes in teams.items()}


def person_by_person(
    report: Mapping[str, Any],
    round_: Round,
    codes: Mapping[str, Codes],
    gathering: Hashable = None,
) -> list[dict[Unknown, Fraction]]:
    """Write what a report says of a round of two items of two options, a sum a row.

    With two options an answer is one unknown, and every figure of the kind ``answers`` a sum.
    """
    rows: list[dict[Unknown, Fraction]] = []
    for group in report["groups"]:
        if group["perspective"] != "self":
            continue
        teams = list(codes) if group["team"] is None else [group["team"]]
        valid = [
            [
                ((gathering, f"{team} {who}"), at)
                for team in teams
                for who in np.flatnonzero(codes[team][:, at] > 0)
            ]
            for at in (0, 1)
        ]
        there = sum(len(codes[team]) for team in teams)
        for at, row in enumerate(group["items"]):
            if row["counts"] is not None:
                rows.append({unknown: Fraction(1) for unknown in valid[at]})
        for row in group["dimensions"]:
            if row["score"] is None:
                continue
            signs = [-1 if item.reverse else 1 for item in round_.questionnaire.items]
            for missing in [0, *([group["headcount"] - there] if row["bounds"] else [])]:
                rows.append(
                    {
                        unknown: Fraction(signs[at], len(valid[at]) + missing)
                        for at in (0, 1)
                        for unknown in valid[at]
                    }
                )
            distances: dict[Unknown, Fraction] = {}
            for at in (0, 1):
                answers = np.concatenate([codes[team][:, at] for team in teams])
                answers = answers[answers > 0]
                mean = Fraction(int(answers.sum()), len(answers))
                for unknown in valid[at]:
                    distances[unknown] = (abs(2 - mean) - abs(1 - mean)) / len(answers)
            rows.append(distances)
    return rows
