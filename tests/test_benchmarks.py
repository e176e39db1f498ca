import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import answering, start
from benchmarks.pairs import Comparison, table

FAST = Comparison("fast", 1.5, ((1.0, 1.0), (1.2, 1.0), (9.0, 1.0)))
SLOW = Comparison("slow", 1.5, ((1.6, 1.0), (1.7, 1.0), (0.1, 1.0)))


def giving(comparison: Comparison) -> Callable[[int], Comparison]:
    return lambda pairs: comparison


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "compare", giving(FAST))
    monkeypatch.setattr(answering, "compare", giving(FAST))


@pytest.mark.usefixtures("measured")
def test_budgets_that_are_met_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks.main([]) == 0
    assert capsys.readouterr().out.count("| yes |") == 2


@pytest.mark.usefixtures("measured")
def test_one_budget_that_is_missed_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "compare", giving(SLOW))

    assert benchmarks.main([]) == 1
    assert "|  NO |" in capsys.readouterr().out


@pytest.mark.usefixtures("measured")
def test_every_pair_is_written_as_json(tmp_path: Path) -> None:
    benchmarks.main(["--json", str(tmp_path / "pairs.json")])

    written = json.loads((tmp_path / "pairs.json").read_text("utf-8"))
    assert [(each["name"], each["ratio"]) for each in written] == [("fast", 1.2)] * 2
    assert written[0]["pairs"] == [[1.0, 1.0], [1.2, 1.0], [9.0, 1.0]]


def test_a_ratio_is_the_median_of_ratios_not_the_ratio_of_medians() -> None:
    crossed = Comparison("crossed", 1.5, ((1.0, 4.0), (2.0, 1.0), (6.0, 2.0)))

    assert crossed.ratio == 2.0
    assert crossed.ours / crossed.reference == 1.0


def test_the_table_lines_up() -> None:
    lines = table([FAST, SLOW]).splitlines()

    assert len({len(line) for line in lines}) == 1
    assert lines[2] == "| fast | 1200.0 ms | 1000.0 ms |  1.20 | 1.10 to 5.10 |   1.50 | yes |"


@pytest.mark.parametrize("room", [start, answering], ids=["start", "answering"])
def test_a_budget_can_be_measured(room: object) -> None:
    compare: Callable[[int], Comparison] = getattr(room, "compare")  # noqa: B009
    comparison = compare(2)

    assert len(comparison.pairs) == 2
    assert all(ours > 0 and reference > 0 for ours, reference in comparison.pairs)
