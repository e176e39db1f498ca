"""A round's report from the store, beside an interpreter's imports, pandas and polars.

All are whole processes. The million is drawn once and lies in the store and in a CSV; the small
round has one team of twelve. What pandas and polars compute is compared with the report first.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.importing import CODE, OURS, example_round, write_table
from benchmarks.pairs import Comparison, Pair
from benchmarks.processes import Measured, spent
from checklist.rounds import Team
from checklist.store import Store

SMALL = "report on a team of 12"
SMALL_BUDGET = 2.0
IMPORTS = "import numpy, scipy.special, typer, rich.console, pydantic"
PAGE = "page of 200 teams, beside the same report as JSON ({size:.1f} of {most:.1f} MB)"
PAGE_BUDGET, PAGE_SIZE, PAGE_ROWS = 2.0, 2.0, 20_000
LARGE = "report over {rows:,} responses, beside {other} (peak {peak:.0f} of {most:.0f} MB)"
LARGE_BUDGETS = {"by_pandas": 0.3, "by_polars": 1.5}
MEMORY = 150.0
ROWS = 200_000
REFERENCES = Path(__file__).with_name("references")
REPORT = ("-m", "checklist", "report", CODE, "--format", "json", "--lang", "en")


def small(pairs: int) -> Comparison:
    """Measure pairs of a small report and of the imports alone."""
    with _closed_round(12, one_team=True) as prepared:
        spent(REPORT, prepared.environment)  # warms up
        measured = tuple(
            (spent(REPORT, prepared.environment).seconds, spent(("-c", IMPORTS)).seconds)
            for _ in range(pairs)
        )
    return Comparison(SMALL, SMALL_BUDGET, measured)


def page(pairs: int, rows: int = PAGE_ROWS) -> Measured:
    """Measure a page of 200 teams beside the same report as JSON; a page has a size, too."""
    as_page = tuple("html" if part == "json" else part for part in REPORT)
    with _closed_round(rows) as prepared:
        written = subprocess.run(
            [sys.executable, *as_page], env=prepared.environment, capture_output=True, check=True
        )
        size = len(written.stdout) / 1e6
        spent(REPORT, prepared.environment)  # warms up
        measured = tuple(
            (
                spent(as_page, prepared.environment).seconds,
                spent(REPORT, prepared.environment).seconds,
            )
            for _ in range(pairs)
        )
    name = PAGE.format(size=size, most=PAGE_SIZE)
    return Measured(name, PAGE_BUDGET, measured, size, PAGE_SIZE)


def large(
    pairs: int, rows: int = ROWS, others: Sequence[str] = tuple(LARGE_BUDGETS)
) -> list[Measured]:
    """Measure a large report, each time right before both references."""
    seconds: dict[str, list[Pair]] = {name: [] for name in others}
    peak = 0.0
    with _closed_round(rows) as prepared:
        for name in others:
            _check_same(prepared, name)
        for _ in range(pairs):
            for name, measured in seconds.items():
                ours = spent(REPORT, prepared.environment)
                other = spent((str(REFERENCES / f"{name}.py"), str(prepared.table)))
                measured.append((ours.seconds, other.seconds))
                peak = max(peak, ours.peak)
    return [
        Measured(
            LARGE.format(rows=rows, other=name.removeprefix("by_"), peak=peak, most=MEMORY),
            LARGE_BUDGETS[name],
            tuple(seconds[name]),
            peak,
            MEMORY,
        )
        for name in others
    ]


@dataclass(frozen=True)
class Prepared:
    """A closed round, and the table that it was filled from."""

    table: Path
    environment: dict[str, str]


@contextmanager
def _closed_round(rows: int, *, one_team: bool = False) -> Iterator[Prepared]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        table, path = folder / "table.csv", folder / "rounds.db"
        write_table(table, rows)
        round_ = example_round()
        if one_team:
            round_ = replace(round_, teams=(Team("Team 000", 14),))
            _keep_one_team(table)
        with closing(Store(path, create=True)) as store:
            store.rounds.add(round_)
        environment = {
            **os.environ,
            "CHECKLIST_HOME": f"{folder}/home",
            "CHECKLIST_STORE": str(path),
        }
        spent((*OURS, str(table)), environment)
        with closing(Store(path)) as store:
            store.rounds.close(CODE, date.today())
        yield Prepared(table, environment)


def _keep_one_team(table: Path) -> None:
    head, *lines = table.read_text("utf-8").splitlines()
    moved = [f"Team 000,{line.partition(',')[2]}" for line in lines]
    table.write_text("\n".join([head, *moved, ""]), "utf-8")


def _check_same(prepared: Prepared, name: str) -> None:
    """Make sure that the reference computes what the report says.

    Raises
    ------
    RuntimeError
        It does not.
    """
    ours = _printed(REPORT, prepared.environment)
    other = _printed((str(REFERENCES / f"{name}.py"), str(prepared.table)), prepared.environment)
    first, theirs = ours["groups"][0], other["groups"][0]
    for row in first["dimensions"]:
        flat = theirs.get("dimensions", {}).get(row["id"]) or {
            key: theirs[f"{row['id']}:{part}"]
            for key, part in (("n", "n"), ("score", "score"), ("sd", "sd"), ("ad_m", "ad"))
        }
        same = all(math.isclose(row[key], flat[key], rel_tol=1e-9) for key in ("n", "score", "sd"))
        if not same or not math.isclose(row["ad_m"], flat["ad_m"], rel_tol=1e-9):
            raise RuntimeError(f"{name} differs: {row} and {flat}")
    if len(ours["groups"]) != len(other["groups"]):
        raise RuntimeError(f"{name} has other groups")


def _printed(arguments: tuple[str, ...], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
