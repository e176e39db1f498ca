"""A process that serves a workshop as ``checklist workshop start --resume`` does, without a screen.

Where a ledger lies in its folder, it goes on from that; else it begins one in the phase of the
answers. It says where it serves in a line on stdout, as JSON, and then does what lines on stdin
say: ``close`` closes the round, ``reveal`` lays its report ready, ``forward`` goes on a phase,
``look`` does nothing; each tells how far the room is, and what the process has cost. At the end of
stdin it stops.
"""

import json
import os
import sys
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import process_time

from checklist.bank import Bank, parse
from checklist.i18n import LANGUAGES, Texts
from checklist.notice import notice
from checklist.questionnaire import Questionnaire
from checklist.reporting import report_on
from checklist.rounds import Round, Team, Terms
from checklist.store import Store
from checklist.workshop import moves
from checklist.workshop.ledger import Ledger
from checklist.workshop.page.serving import serving
from checklist.workshop.room import Room
from checklist.workshop.state import Workshop, place_of

CODE, KEY, TYPED = "LOAD", "key-that-a-phone-scans", "fali-koru-musi"
TEAMS = ("Verkauf", "Service")
STORE, LEDGER = "rounds.db", "ledger.db"
DIMENSIONS = 5


def questionnaire() -> Questionnaire:
    """Give 15 items: anti-churn without its last dimension and the reflections."""
    toml = Bank().load("anti-churn").toml
    first, *others = toml.split("[[dimensions]]\n")
    return parse("[[dimensions]]\n".join([first, *others[:DIMENSIONS]]), "load.toml")


def prepare(folder: Path) -> Round:
    """Open a round in a new store."""
    terms = Terms("Kim Keeper, kim@example.org", no_sanctions=True)
    teams = tuple(Team(name) for name in TEAMS)
    round_ = Round(CODE, "Load", questionnaire(), teams, terms, date.today(), series="load")
    round_ = replace(round_, notice=notice(round_))
    store = Store(folder / STORE, create=True)
    store.rounds.add(round_)
    store.close()
    return round_


def main(folder: Path, port: int) -> None:
    """Serve until stdin ends."""
    where, path = folder / STORE, folder / LEDGER
    store = Store(where)
    round_ = store.rounds.get(CODE)
    store.close()
    begin = Workshop(CODE, KEY, TYPED, phase=place_of("answer"), began=datetime.now(UTC))
    ledger = Ledger(path, None if path.exists() else begin)
    room = Room(ledger, round_, partial(Store, where), date.today)
    with serving(room, host="127.0.0.1", port=port) as served:
        _say(pid=os.getpid(), port=served.port, cpu=process_time())
        for line in sys.stdin:
            _obey(line.strip(), room, where)
            _say(cpu=process_time(), **asdict(room.counts))
    room.close()


def _obey(order: str, room: Room, where: Path) -> None:
    now = datetime.now(UTC)
    if order == "close":
        room.close_round(date.today(), partial(moves.closed, now=now))
    elif order == "reveal":
        store = Store(where)
        room.reveal({each: report_on(store, room.round, Texts(each)) for each in LANGUAGES})
        store.close()
    elif order == "forward":
        room.change(partial(moves.forward, now=now))
    elif order != "look":
        raise ValueError(order)


def _say(**said: object) -> None:
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
