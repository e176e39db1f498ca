"""Measures all budgets and limits, prints them as tables and fails where one is missed."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import answering, checking, importing, limits, reporting, start
from benchmarks.pairs import Comparison, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and give the exit code: 0, or 1 where a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path, help="write every pair there, too")
    parser.add_argument("--starts", metavar="N", type=int, default=25, help="pairs of starts")
    parser.add_argument("--keys", metavar="N", type=int, default=400, help="pairs of keys")
    parser.add_argument("--imports", metavar="N", type=int, default=3, help="pairs of imports")
    parser.add_argument(
        "--import-rows",
        metavar="N",
        type=int,
        default=importing.ROWS,
        help="rows of the imported table; the budget is meant for 1000000",
    )
    parser.add_argument("--reports", metavar="N", type=int, default=15, help="small reports")
    parser.add_argument("--pages", metavar="N", type=int, default=5, help="pages of 200 teams")
    parser.add_argument("--large", metavar="N", type=int, default=2, help="large reports")
    parser.add_argument(
        "--report-rows",
        metavar="N",
        type=int,
        default=reporting.ROWS,
        help="responses of the large report; the budget is meant for 1000000",
    )
    parser.add_argument("--checks", metavar="N", type=int, default=5, help="pairs of checks")
    parser.add_argument("--phones", metavar="N", type=int, help="in the workshop, if not as usual")
    asked = parser.parse_args(arguments)
    comparisons = [
        start.compare(asked.starts),
        answering.compare(asked.keys),
        importing.compare(asked.imports, asked.import_rows),
        reporting.small(asked.reports),
        reporting.page(asked.pages),
        *reporting.large(asked.large, asked.report_rows),
        checking.compare(asked.checks),
    ]
    # Only now: a process that is started inherits this one's size as its own peak.
    from benchmarks import workshop

    held = workshop.measure(asked.phones or workshop.PEOPLE).limits()
    print(table(comparisons), limits.table(held), sep="\n\n")
    if asked.json is not None:
        written = [*map(_plain, comparisons), *(asdict(limit) for limit in held)]
        asked.json.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    met = [*(each.met for each in comparisons), *(each.met for each in held)]
    return 0 if all(met) else 1


def _plain(comparison: Comparison) -> dict[str, object]:
    return {
        "name": comparison.name,
        "ours": comparison.ours,
        "reference": comparison.reference,
        "ratio": comparison.ratio,
        "budget": comparison.budget,
        "met": comparison.met,
        "pairs": comparison.pairs,
    }


if __name__ == "__main__":
    sys.exit(main())
