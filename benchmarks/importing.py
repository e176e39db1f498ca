"""A table taken into a store, beside pandas reading it and writing it into SQLite.

Both are whole processes and read the same file: 15 items, 200 teams, one answer in twenty left
open, one in forty not occurred. Each writes into a database of its own in the same folder.
"""

import os
import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pairs import Pair
from benchmarks.processes import Measured, Spent, spent
from checklist.bank import parse
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round, Team, Terms
from checklist.store import Store

NAME = "import of {rows:,} rows into the store (peak {peak:.0f} of {most:.0f} MB)"
BUDGET = 3.0
MEMORY = 150.0
ROWS = 200_000
DIMENSIONS, ITEMS_EACH, TEAMS = 5, 3, 200
SEED = 20261
CODE = "BENCH"

OURS = ("-m", "checklist", "round", "import", CODE)
REFERENCE = """\
import sqlite3, sys
import pandas
connection = sqlite3.connect(sys.argv[1])
pandas.read_csv(sys.argv[2], na_values=["x"]).to_sql("answers", connection, index=False)
connection.close()
"""


def compare(pairs: int, rows: int = ROWS) -> Measured:
    """Measure pairs of imports of one table, each into a new database."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _pair(folder, 1_000)  # warms up
        measured = [_pair(folder, rows) for _ in range(pairs)]
    peak = max(ours.peak for ours, _ in measured)
    seconds: list[Pair] = [(ours.seconds, reference.seconds) for ours, reference in measured]
    title = NAME.format(rows=rows, peak=peak, most=MEMORY)
    return Measured(title, BUDGET, tuple(seconds), peak, MEMORY)


def _pair(folder: Path, rows: int) -> tuple[Spent, Spent]:
    table = folder / f"{rows}.csv"
    if not table.exists():
        write_table(table, rows)
    ours, reference = folder / "ours.db", folder / "reference.db"
    with closing(Store(ours, create=True)) as store:
        store.rounds.add(example_round())
    environment = {**os.environ, "CHECKLIST_HOME": f"{folder}/home", "CHECKLIST_STORE": str(ours)}
    pair = (
        spent((*OURS, str(table)), environment),
        spent(("-c", REFERENCE, str(reference), str(table))),
    )
    with closing(Store(ours)) as store, closing(sqlite3.connect(reference)) as other:
        stored = store.responses.count(CODE)
        written = other.execute("SELECT count(*) FROM answers").fetchone()[0]
    if not stored == written == rows:
        raise RuntimeError(f"{rows} rows, but {stored} stored and {written} written")
    ours.unlink()
    reference.unlink()
    return pair


def write_table(path: Path, rows: int) -> None:
    """Write answers of people in 200 teams; the same for the same number of rows."""
    chance = random.Random(SEED)
    cells = [*"12345" * 15, *[""] * 4, *"xx"]
    parts = [
        [",".join(chance.choices(cells, k=ITEMS_EACH)) for _ in range(1_000)]
        for _ in range(DIMENSIONS)
    ]
    teams = [team.name for team in example_round().teams]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(["team", *(item.id for item in questionnaire().items)]) + "\n")
        for _ in range(rows):
            answers = [chance.choice(part) for part in parts]
            file.write(",".join([chance.choice(teams), *answers]) + "\n")


def example_round() -> Round:
    """Give the round that the table belongs to."""
    return Round(
        code=CODE,
        title="Benchmark",
        questionnaire=questionnaire(),
        teams=tuple(Team(f"Team {number:03}") for number in range(TEAMS)),
        terms=Terms("nobody"),
        opened_on=date(2026, 1, 1),
        series="benchmark",
    )


def questionnaire() -> Questionnaire:
    """Give a questionnaire of 15 items."""
    lines = [
        'id = "bench"\nversion = "1.0.0"\nscale = "cases"\nlanguages = ["en"]\ntitle.en = "Bench"',
        '[scales.cases]\nprompt.en = "How often?"\noptions.en = ["a", "b", "c", "d", "e"]',
    ]
    for dimension in range(DIMENSIONS):
        lines.append(f'[[dimensions]]\nid = "d{dimension}"\ntitle.en = "Dimension"')
        lines += [
            f'[[dimensions.items]]\nid = "d{dimension}-i{item}"\ntext.en = "I do something."'
            for item in range(ITEMS_EACH)
        ]
    return parse("\n".join(lines), "bench.toml", expected_id="bench")
