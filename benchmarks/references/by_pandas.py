"""The figures of a round's report from a CSV, as an analyst writes it with pandas and pingouin.

Called with the table's path. Items are d0-i0 … d4-i2 with options 1 to 5, none reverse-keyed;
``x`` did not occur. Printed are the same figures that the report holds.
"""

import json
import sys
from itertools import combinations
from typing import Any

import numpy
import pandas
import pingouin
from scipy import stats

table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
items = [name for name in table.columns if name != "team"]
dimensions = {f"d{d}": [item for item in items if item.startswith(f"d{d}-")] for d in range(5)}
values = table[items].apply(pandas.to_numeric, errors="coerce")
scores = pandas.DataFrame(index=table.index)
for name, own in dimensions.items():
    asked = (table[own] != "x").sum(axis=1)
    answered = values[own].notna().sum(axis=1)
    enough = answered >= numpy.maximum(2, (asked + 1) // 2)
    scores[name] = (25 * (values[own].mean(axis=1) - 1)).where(enough)


def figures(
    raw: pandas.DataFrame, own: pandas.DataFrame, person: pandas.DataFrame
) -> dict[str, Any]:
    """Give the figures of one group."""
    found: dict[str, Any] = {"n": len(raw), "items": {}, "dimensions": {}}
    for item in items:
        counts = raw[item].value_counts()
        found["items"][item] = {
            "n": int(own[item].count()),
            "mean": own[item].mean(),
            "left_open": int(counts.get("", 0)),
            "did_not_occur": int(counts.get("x", 0)),
            "counts": [int(counts.get(str(option), 0)) for option in range(1, 6)],
        }
    for name, members in dimensions.items():
        score = (25 * (own[members].mean() - 1)).mean()
        column = person[name].dropna()
        p, sd = score / 100, column.std()
        reach = stats.t.ppf(0.975, len(column) - 1) * sd / 100 / len(column) ** 0.5 / p / (1 - p)
        middle = numpy.log(p / (1 - p))
        found["dimensions"][name] = {
            "n": len(column),
            "score": score,
            "sd": sd,
            "interval": [float(100 / (1 + numpy.exp(-(middle + s * reach)))) for s in (-1, 1)],
            "ad_m": (own[members] - own[members].mean()).abs().mean().mean(),
        }
    tests = [
        pingouin.ttest(person[a], person[b], paired=True)["p_val"].iloc[0]
        for a, b in combinations(dimensions, 2)
    ]
    found["order"] = list(map(float, pingouin.multicomp(tests, method="holm")[1]))
    return found


groups = [figures(table, values, scores)]
for _, rows in table.groupby("team"):
    groups.append(figures(rows, values.loc[rows.index], scores.loc[rows.index]))
reliability = {
    name: float(pingouin.cronbach_alpha(values[own].dropna())[0])
    for name, own in dimensions.items()
}
print(json.dumps({"groups": groups, "reliability": reliability}))
