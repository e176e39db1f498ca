"""``docs/method.md`` says what the code does."""

import doctest
import inspect
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import special

from checklist import statistics

TEXT = (Path(__file__).parent.parent / "docs" / "method.md").read_text("utf-8")

FUNCTIONS = [name for name in statistics.__all__ if inspect.isfunction(getattr(statistics, name))]
METHODS = dict(
    re.findall(r"^### ([^\n]+)\n\n(.*?)(?=^##|\Z)", TEXT, flags=re.MULTILINE | re.DOTALL)
)


def test_its_examples_print_what_the_program_computes() -> None:
    blocks = re.findall(r"^```pycon\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "method.md", None, 0)
    said: list[str] = []
    result = doctest.DocTestRunner().run(examples, out=said.append)
    assert result.attempted > 30
    assert not result.failed, "".join(said)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_names_every_statistic(name: str) -> None:
    assert re.search(rf"statistics\.{name}\(", TEXT)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_gives_the_sources_that_the_code_gives(name: str) -> None:
    described = " ".join((inspect.getdoc(getattr(statistics, name)) or "").split())
    sources = re.findall(r"[A-Z]\w+ \(\d{4}\)", described)
    assert [source for source in sources if source not in TEXT] == []


@pytest.mark.parametrize("body", METHODS.values(), ids=METHODS.keys())
def test_every_method_begins_with_two_plain_sentences(body: str) -> None:
    plain = re.match(r"((?:> .+\n)+)\n", body)
    assert plain
    lines = plain[1].splitlines()
    assert [line[-1] for line in lines] == [".", "."]
    assert not re.search(r"[=√·²Σ±`]|\b(?:t|p|n|df|POMP|Welch|Holm)\b", plain[1])


def answers(people: int, rng: np.random.Generator) -> statistics.Floats:
    """Scores of made-up people in 4,000 teams: three items, most of them answered high."""
    habit = 4.8 + 0.6 * rng.standard_normal((4000, people, 1))
    chosen = np.clip(np.rint(habit + 0.7 * rng.standard_normal((4000, people, 3))), 1, 5)
    return np.asarray(25 * (chosen.mean(axis=2) - 1))


def test_the_interval_holds_where_one_on_the_raw_scale_does_not() -> None:
    rng = np.random.default_rng(1)
    true = np.mean([answers(30, rng).mean() for _ in range(5)])
    assert true == pytest.approx(89, abs=0.5)
    scores = answers(8, rng)
    mean, sd = scores.mean(axis=1), scores.std(axis=1, ddof=1)
    reach = special.stdtrit(7, 0.975) * sd / np.sqrt(8)
    found = [statistics.score_interval(m, s, 8) for m, s in zip(mean, sd, strict=True)]
    holds = [low <= true <= high for low, high in filter(None, found)]
    assert np.mean(mean + reach > 100) == pytest.approx(0.29, abs=0.02)
    assert np.mean(np.abs(mean - true) <= reach) == pytest.approx(0.92, abs=0.01)
    assert np.mean(holds) == pytest.approx(0.96, abs=0.01)


def test_the_same_people_unlinked_have_an_interval_that_is_too_wide() -> None:
    rng = np.random.default_rng(1)
    within = 15 * np.sqrt(0.5)
    for people in (8, 20, 60):
        habit = 50 + within * rng.standard_normal((2000, people, 1))
        before, after = np.moveaxis(habit + within * rng.standard_normal((2000, people, 2)), 2, 0)
        found = [
            statistics.difference_interval(
                statistics.welch(b.mean(), b.std(ddof=1), people, a.mean(), a.std(ddof=1), people)
            )
            for a, b in zip(before, after, strict=True)
        ]
        assert np.mean([low <= 0 <= high for low, high in filter(None, found)]) == (
            pytest.approx(0.99, abs=0.01)
        )
