"""Measures all budgets, prints them as a table and fails where one is missed."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import answering, start
from benchmarks.pairs import Comparison, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and give the exit code: 0, or 1 where a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path, help="write every pair there, too")
    parser.add_argument("--starts", metavar="N", type=int, default=25, help="pairs of starts")
    parser.add_argument("--keys", metavar="N", type=int, default=400, help="pairs of keys")
    asked = parser.parse_args(arguments)
    comparisons = [start.compare(asked.starts), answering.compare(asked.keys)]
    print(table(comparisons))
    if asked.json is not None:
        asked.json.write_text(json.dumps(list(map(_plain, comparisons)), indent=1) + "\n", "utf-8")
    return 0 if all(comparison.met for comparison in comparisons) else 1


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
