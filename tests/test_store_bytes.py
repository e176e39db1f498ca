"""What is deleted is gone from the bytes of the file, also while others read.

Deleting rows would not do: SQLite leaves copies of rows in the gaps of pages that it rebuilds; such
copies were found in one of ten files. Hence many stores, each with rounds that grew side by side.
"""

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from checklist.store import Store
from tests.storing import (
    CLOSING,
    PURGING,
    a_response,
    a_round,
    left_in,
    no_waiting_for_the_disk,
    taken_back,
    traces,
)

CODES = ("QXRT", "BBBB", "CCCC")


def filled(path: Path, random: Random, people: int) -> Store:
    """Fill a store with three rounds, in turn, with second thoughts and withdrawals."""
    store = Store(path, create=True)
    for code in CODES:
        store.rounds.add(a_round(code))
    arriving = [(code, number) for code in CODES for number in range(people)]
    random.shuffle(arriving)
    for place, (code, number) in enumerate(arriving):
        padding = "x" * random.randrange(300)
        response = a_response(number, code=code)
        texts = {key: text + padding for key, text in response.comments.items()}
        store.responses.put(a_response(number, code=code, comments=texts))
        if random.random() < 0.3:
            again, earlier = arriving[random.randrange(place + 1)]
            store.responses.put(
                taken_back(earlier, 3, again)
                if random.random() < 0.3
                else a_response(earlier, 2, again, comments={}, reflections={})
            )
    return store


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    no_waiting_for_the_disk(monkeypatch)


@pytest.mark.parametrize("seed", range(30))
def test_closing_and_purging_leave_nothing(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    people = random.choice((3, 10, 40, 120))
    path = tmp_path / "rounds.db"
    store = filled(path, random, people)
    code, other = random.sample(CODES, 2)
    given = [a_response(number, code=code) for number in range(people)]
    ids = [response.id.encode() for response in given]
    assert len(left_in(path, ids)) == people
    handle = path.open("rb")  # what a process that keeps the file open still sees
    store.rounds.close(other, CLOSING)
    store.rounds.close(code, CLOSING)
    assert left_in(path, ids) == []
    store.rounds.purge(code, PURGING, {"de": "{}"})
    assert left_in(path, traces(given)) == []
    with handle:
        assert not [trace for trace in traces(given) if trace in handle.read()]
    store.close()


def answers_of(code: str, count: int, first: str) -> list[bytes]:
    """Answers that stand nowhere else: seven signs of one's own after each other."""
    random = Random(code)
    return [
        (first + "".join(random.choice("12345-.") for _ in range(6))).encode() for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_purging_leaves_no_answers(tmp_path: Path, seed: int) -> None:
    """Three closed rounds, of which only one has answers that begin with 9."""
    path = tmp_path / "rounds.db"
    count = (5, 50, 500)[seed % 3]
    with closing(Store(path, create=True)) as store:
        for code in CODES:
            store.rounds.add(a_round(code))
            said = answers_of(code, count, "9" if code == CODES[seed % 3] else "1")
            for number, answers in enumerate(said):
                store.responses.put(a_response(number, code=code, answers=answers.decode()))
            store.rounds.close(code, CLOSING)
        gone = answers_of(CODES[seed % 3], count, "9")
        assert len(left_in(path, gone)) == count
        store.rounds.purge(CODES[seed % 3], PURGING, {"de": "{}"})
        assert left_in(path, gone) == []
        kept = answers_of(CODES[seed % 3 - 1], count, "1")
        assert len(left_in(path, kept)) == count


READER = """
import sys
from checklist.errors import ChecklistError
from checklist.store import Store
store = Store(sys.argv[1])
print("reading", flush=True)
while True:
    try:
        store.responses.answers("QXRT", "Verkauf")
        store.responses.comments("QXRT")
    except ChecklistError as error:
        if error.code == "round-purged":
            break
        assert error.code == "round-open", error.code
sys.stdin.read()
"""


def test_others_that_read_all_the_time_keep_nothing_alive(tmp_path: Path) -> None:
    path = tmp_path / "rounds.db"
    store = filled(path, Random(7), 60)
    given = [a_response(number) for number in range(60)]
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"reading\n"
    store.rounds.close("QXRT", CLOSING)
    assert left_in(path, [response.id.encode() for response in given]) == []
    store.rounds.purge("QXRT", PURGING, {"de": "{}"})
    assert left_in(path, traces(given)) == []
    for reader in readers:
        assert reader.poll() is None, "it has the store open still"
        _, said = reader.communicate(timeout=60)
        assert (reader.returncode, said) == (0, b"")
    assert list(tmp_path.iterdir()) == [path]
    store.close()
