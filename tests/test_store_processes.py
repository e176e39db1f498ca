"""Twenty processes at once: whatever they send is there once, however often they send it."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from checklist.store import Store
from tests.storing import CLOSING, a_response, a_round, expected, read

PROCESSES, EACH = 20, 50
ROOT = Path(__file__).parents[1]

SENDER = f"""
import sys
from random import Random
from checklist.store import Store
from tests.storing import a_response

own = int(sys.argv[2])
random = Random(own)
store = Store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
said = []
for number in range(own * {EACH}, (own + 1) * {EACH}):
    said.append(store.responses.put(a_response(number)))
    if number % 10 == 0:
        again = random.randrange({PROCESSES * EACH})
        store.responses.put(a_response(again))
assert len(said) == {EACH}
"""


def test_a_thousand_responses_of_twenty_processes(tmp_path: Path) -> None:
    path = tmp_path / "rounds.db"
    with closing(Store(path, create=True)) as store:
        store.rounds.add(a_round())
    senders = [
        subprocess.Popen(
            [sys.executable, "-c", SENDER, str(path), str(number)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(PROCESSES)
    ]
    for sender in senders:
        assert sender.stdout is not None
        assert sender.stdout.readline() == b"ready\n"
    for sender in senders:
        assert sender.stdin is not None
        sender.stdin.write(b"go\n")
        sender.stdin.flush()
    for sender in senders:
        _, said = sender.communicate(timeout=120)
        assert (sender.returncode, said) == (0, b"")
    with closing(Store(path)) as store:
        assert store.responses.count("QXRT") == PROCESSES * EACH
        store.rounds.close("QXRT", CLOSING)
        assert read(store) == expected([a_response(n) for n in range(PROCESSES * EACH)])
