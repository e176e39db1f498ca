"""The figures of a round's report from a CSV, as an analyst in a hurry writes it with polars.

Called with the table's path; see ``by_pandas``. All groups are aggregated at once.
"""

import json
import sys
from itertools import combinations
from typing import Any

import numpy
import polars as pl
from scipy import special

table = pl.read_csv(sys.argv[1], infer_schema=False, empty_string_is_null=False)
items = [name for name in table.columns if name != "team"]
dimensions = {f"d{d}": [item for item in items if item.startswith(f"d{d}-")] for d in range(5)}
pairs = list(combinations(dimensions, 2))
values = table.with_columns(
    pl.col(item).cast(pl.Int8, strict=False).alias(f"{item}:v") for item in items
)
valid = {name: [pl.col(f"{item}:v") for item in own] for name, own in dimensions.items()}
values = values.with_columns(
    pl.when(
        pl.sum_horizontal(v.is_not_null() for v in own)
        >= pl.max_horizontal(
            2, (pl.sum_horizontal(pl.col(i) != "x" for i in dimensions[name]) + 1) // 2
        )
    )
    .then(25 * (pl.mean_horizontal(own) - 1))
    .alias(name)
    for name, own in valid.items()
)
figures = [pl.len().alias("n")]
for item in items:
    raw, value = pl.col(item), pl.col(f"{item}:v")
    figures += [value.count().alias(f"{item}:n"), value.mean().alias(f"{item}:mean")]
    figures += [(raw == "").sum().alias(f"{item}:open"), (raw == "x").sum().alias(f"{item}:not")]
    figures += [(value == k).sum().alias(f"{item}:{k}") for k in range(1, 6)]
    figures.append((value - value.mean()).abs().mean().alias(f"{item}:ad"))
for name in dimensions:
    figures += [pl.col(name).count().alias(f"{name}:n"), pl.col(name).std().alias(f"{name}:sd")]
for a, b in pairs:
    difference = pl.col(a) - pl.col(b)
    figures += [
        difference.count().alias(f"{a}-{b}:n"),
        difference.mean().alias(f"{a}-{b}:mean"),
        difference.std().alias(f"{a}-{b}:sd"),
    ]


def finished(row: dict[str, Any]) -> dict[str, Any]:
    """Add what takes a distribution: intervals, and the order of dimensions after Holm."""
    for name, own in dimensions.items():
        score = numpy.mean([25 * (row[f"{item}:mean"] - 1) for item in own])
        p, n = score / 100, row[f"{name}:n"]
        reach = special.stdtrit(n - 1, 0.975) * row[f"{name}:sd"] / 100 / n**0.5 / p / (1 - p)
        middle = special.logit(p)
        row[f"{name}:score"] = float(score)
        row[f"{name}:interval"] = [float(100 * special.expit(middle + s * reach)) for s in (-1, 1)]
        row[f"{name}:ad"] = float(numpy.mean([row[f"{item}:ad"] for item in own]))
    tests = []
    for a, b in pairs:
        n, mean, sd = (row[f"{a}-{b}:{part}"] for part in ("n", "mean", "sd"))
        tests.append(2 * special.stdtr(n - 1, -abs(mean / (sd / n**0.5))))
    order = numpy.argsort(tests)
    steps = numpy.array(tests)[order] * numpy.arange(len(tests), 0, -1)
    adjusted = numpy.empty(len(tests))
    adjusted[order] = numpy.minimum(numpy.maximum.accumulate(steps), 1)
    row["order"] = adjusted.tolist()
    return row


groups = [finished(values.select(figures).to_dicts()[0])]
groups += [finished(row) for row in values.group_by("team").agg(figures).to_dicts()]
reliability = {}
for name, own in dimensions.items():
    whole = values.select(valid[name]).drop_nulls().to_numpy().astype(float)
    k = len(own)
    spread = whole.var(axis=0, ddof=1).sum() / whole.sum(axis=1).var(ddof=1)
    reliability[name] = float(k / (k - 1) * (1 - spread))
print(json.dumps({"groups": groups, "reliability": reliability}))
