import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import (
    answering,
    checking,
    importing,
    limits,
    reporting,
    room_process,
    served,
    start,
    workshop,
)
from benchmarks.limits import Limit
from benchmarks.pairs import Comparison, table
from benchmarks.phones import Phone, Request
from benchmarks.processes import Measured, spent
from benchmarks.workshop import Load
from checklist.rounds import RoundResponse

FAST = Comparison("fast", 1.5, ((1.0, 1.0), (1.2, 1.0), (9.0, 1.0)))
SLOW = Comparison("slow", 1.5, ((1.6, 1.0), (1.7, 1.0), (0.1, 1.0)))

WELL = Load(2, 30.0, 1.0, [Request("GET /room", 0.1)] * 3, [0.5] * 3, [])
BADLY = Load(2, 30.0, 1.0, [Request("GET /room", 0.1)] * 3, [0.5] * 3, ["Service: lost 11"])


def giving(comparison: Comparison) -> Callable[..., Comparison]:
    return lambda *_: comparison


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "compare", giving(FAST))
    monkeypatch.setattr(answering, "compare", giving(FAST))
    monkeypatch.setattr(importing, "compare", giving(FAST))
    monkeypatch.setattr(reporting, "small", giving(FAST))
    monkeypatch.setattr(checking, "compare", giving(FAST))
    monkeypatch.setattr(reporting, "page", giving(FAST))
    monkeypatch.setattr(reporting, "large", lambda *_: [FAST, FAST])
    monkeypatch.setattr(workshop, "measure", lambda *_: WELL)


@pytest.mark.usefixtures("measured")
def test_budgets_that_are_met_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks.main([]) == 0
    assert capsys.readouterr().out.count("| yes |") == 8 + 4


@pytest.mark.usefixtures("measured")
def test_one_budget_that_is_missed_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "compare", giving(SLOW))

    assert benchmarks.main([]) == 1
    assert "|  NO |" in capsys.readouterr().out


@pytest.mark.usefixtures("measured")
def test_one_limit_that_is_missed_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "measure", lambda *_: BADLY)

    assert benchmarks.main([]) == 1
    assert "lost 11" not in capsys.readouterr().out
    assert "Service: lost 11" in BADLY.detail()


@pytest.mark.usefixtures("measured")
def test_every_pair_is_written_as_json(tmp_path: Path) -> None:
    benchmarks.main(["--json", str(tmp_path / "pairs.json")])

    written = json.loads((tmp_path / "pairs.json").read_text("utf-8"))
    assert [(each["name"], each["ratio"]) for each in written[:8]] == [("fast", 1.2)] * 8
    assert [each["measured"] for each in written[8:]] == [30.0, 0.1, 0.5, 0]
    assert written[0]["pairs"] == [[1.0, 1.0], [1.2, 1.0], [9.0, 1.0]]


def test_a_ratio_is_the_median_of_ratios_not_the_ratio_of_medians() -> None:
    crossed = Comparison("crossed", 1.5, ((1.0, 4.0), (2.0, 1.0), (6.0, 2.0)))

    assert crossed.ratio == 2.0
    assert crossed.ours / crossed.reference == 1.0


def test_the_table_lines_up() -> None:
    lines = table([FAST, SLOW]).splitlines()

    assert len({len(line) for line in lines}) == 1
    assert lines[2] == "| fast | 1200.0 ms | 1000.0 ms |  1.20 | 1.10 to 5.10 |   1.50 | yes |"


def test_limits_are_a_table_too() -> None:
    lines = limits.table(
        [Limit("a", 0.25, 0.25, "s"), Limit("b", 61.0, 60.0, "s"), Limit("c", 1, 0)]
    )

    assert [line.split() for line in lines.splitlines()[2:]] == [
        ["|", "a", "|", "250", "ms", "|", "250", "ms", "|", "yes", "|"],
        ["|", "b", "|", "61.0", "s", "|", "60.0", "s", "|", "NO", "|"],
        ["|", "c", "|", "1", "|", "0", "|", "NO", "|"],
    ]


def test_a_workshop_can_be_measured() -> None:
    load = workshop.measure(4, 0.02)

    assert load.wrong == []
    assert len(load.requests) == 4 * 42
    assert len(load.turns) == 4 * len(workshop.TURNS)
    assert 0 < workshop.p95([each.seconds for each in load.requests]) < load.seconds
    assert load.cpu > 0


def test_lost_and_double_answers_are_found(tmp_path: Path) -> None:
    round_ = room_process.prepare(tmp_path)
    phones = [Phone(0, Random(number), team="Service") for number in range(3)]
    with served.store_of(tmp_path) as store:
        for number, phone in enumerate(phones):
            phone.sent = {item.id: str(number + 1) for item in round_.questionnaire.items}
            for copy in range(number):  # the first is lost, the last is double
                store.responses.put(
                    RoundResponse("LOAD", f"{number}-{copy}", 1, "Service", f"{number + 1}" * 15)
                )
        store.rounds.close("LOAD", date(2026, 1, 1))

    found = workshop.differences(round_, phones, tmp_path)
    assert found == ["Service: lost " + "1" * 15, "Service: not told " + "3" * 15]


@pytest.mark.parametrize("room", [start, answering], ids=["start", "answering"])
def test_a_budget_can_be_measured(room: object) -> None:
    compare: Callable[[int], Comparison] = getattr(room, "compare")  # noqa: B009
    comparison = compare(2)

    assert len(comparison.pairs) == 2
    assert all(ours > 0 and reference > 0 for ours, reference in comparison.pairs)


def test_an_import_can_be_measured() -> None:
    measured = importing.compare(2, 500)

    assert len(measured.pairs) == 2
    assert all(ours > 0 and reference > 0 for ours, reference in measured.pairs)
    assert measured.peak > 10
    assert "500 rows" in measured.name


def test_a_check_can_be_measured() -> None:
    measured = checking.compare(2, 40)

    assert len(measured.pairs) == 2
    assert all(ours > 0 and reference > 0 for ours, reference in measured.pairs)
    assert "40 items" in measured.name


def test_reports_can_be_measured_and_the_reference_agrees() -> None:
    small = reporting.small(2)
    [large] = reporting.large(2, 4_000, ["by_polars"])
    page = reporting.page(2, 2_000)

    for measured in (small, large, page):
        assert len(measured.pairs) == 2
        assert all(ours > 0 and reference > 0 for ours, reference in measured.pairs)
    assert large.peak > 10
    assert "4,000 responses, beside polars" in large.name
    assert 0 < page.peak < page.most


@pytest.mark.parametrize(("ratio", "peak", "met"), [(2, 149, True), (2, 151, False), (4, 9, False)])
def test_memory_has_a_budget_of_its_own(ratio: float, peak: float, met: bool) -> None:
    assert Measured("import", 3.0, ((ratio, 1.0),) * 2, peak, 150.0).met == met


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="exit code 3"):
        spent(("-c", "raise SystemExit(3)"))


def test_the_peak_is_the_process_own() -> None:
    assert spent(("-c", "bytearray(b'x') * (400 << 20)")).peak > 400
