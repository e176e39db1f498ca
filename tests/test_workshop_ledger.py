"""The ledger: what was confirmed is on disk, what failed is told, and nothing else is in the file.

The ledger holds its file for itself. So what is on disk is looked at in a copy of it: just what
would be left if the process were killed at that moment.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import ChecklistError
from checklist.interview import Response
from checklist.panel_words import derived
from checklist.workshop import ledger as ledgers
from checklist.workshop.change import SEAT, STATE, Change
from checklist.workshop.ledger import Ledger, digest, remove
from checklist.workshop.seats import Plan, Seat
from checklist.workshop.state import Action, Cause, Workshop
from tests.workshop_rooms import NOW, SECONDS, a_workshop, holding

copies = count()


@contextmanager
def opened(path: Path, begin: Workshop | None = None) -> Iterator[Ledger]:
    ledger = Ledger(path, begin)
    try:
        yield ledger
    finally:
        ledger.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workshops" / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with opened(path, a_workshop()) as opened_:
        yield opened_


def putting(place: str, said: int = 1) -> Callable[[Change], Seat]:
    seat = Seat(place, "de", response=Response({"listen-ask": said}))
    return lambda change: change.put(place, seat)


def result(future: "Future[Any]") -> Any:
    return future.result(SECONDS)


def on_disk(path: Path) -> tuple[Workshop, dict[str, Seat]]:
    """Read what a kill at this moment would leave."""
    folder = path.parent / f"copy-{next(copies)}"
    folder.mkdir()
    for each in (path, path.with_name(f"{path.name}-journal")):
        if each.exists():
            shutil.copy(each, folder)
    with closing(sqlite3.connect(folder / path.name)) as connection:
        [state] = connection.execute("SELECT state FROM workshop").fetchone()
        seats = connection.execute("SELECT digest, seat FROM seat").fetchall()
    return STATE.validate_json(state), {each: SEAT.validate_json(seat) for each, seat in seats}


@contextmanager
def held_up(ledger: Ledger) -> Iterator[None]:
    """Let jobs gather, so that they go to the disk together."""
    reached, go_on = Event(), Event()
    held = ledger.submit(holding(reached, go_on))
    assert reached.wait(SECONDS)
    yield
    go_on.set()
    result(held)


def test_what_was_confirmed_is_on_disk(ledger: Ledger, path: Path) -> None:
    for number in range(5):
        result(ledger.submit(putting(f"seat-{number}")))
        _, seats = on_disk(path)
        assert set(seats) == {f"seat-{each}" for each in range(number + 1)}
        assert seats == ledger.seats

    def on(change: Change) -> None:
        change.workshop = replace(change.workshop, phase=4, closed=True)

    result(ledger.submit(on))
    assert on_disk(path)[0] == ledger.workshop == replace(a_workshop(), phase=4, closed=True)


def test_each_of_a_batch_is_on_disk_when_the_first_is_told(ledger: Ledger, path: Path) -> None:
    seen: list[int] = []
    with held_up(ledger):
        for number in range(20):
            future = ledger.submit(putting(f"seat-{number}"))
            future.add_done_callback(lambda _: seen.append(len(on_disk(path)[1])))
    result(ledger.submit(lambda _: None))  # told after all of them

    assert seen == [20] * 20


def test_jobs_are_done_one_after_the_other_and_see_what_went_before(ledger: Ledger) -> None:
    def one_more(change: Change) -> int:
        before = change.seat("counter")
        rev = before.rev + 1 if before else 1
        change.put("counter", Seat("0", "de", rev))
        assert change.seats["counter"].rev == rev
        return rev

    with held_up(ledger):
        futures = [ledger.submit(one_more) for _ in range(100)]

    assert [result(future) for future in futures] == list(range(1, 101))
    assert ledger.seats["counter"].rev == 100


def test_what_a_job_raises_is_its_own_affair(ledger: Ledger, path: Path) -> None:
    def broken(change: Change) -> None:
        change.put("broken", Seat("broken", "de"))
        change.put("before", Seat("overwritten", "de"))
        change.workshop = replace(change.workshop, phase=9)
        raise LookupError("no")

    with held_up(ledger):
        before = ledger.submit(putting("before"))
        failed = ledger.submit(broken)
        after = ledger.submit(lambda change: (change.seat("broken"), change.seat("before")))

    with pytest.raises(LookupError, match="no"):
        result(failed)
    assert result(after) == (None, result(before))
    workshop, seats = on_disk(path)
    assert workshop == a_workshop()
    assert seats == {"before": result(before)}


def test_what_cannot_be_written_ends_its_own_job_only(ledger: Ledger, path: Path) -> None:
    with held_up(ledger):
        failed = ledger.submit(lambda change: change.put("half", Seat("\ud800", "de")))
        fine = ledger.submit(putting("fine"))

    with pytest.raises(ValueError, match="surrogates"):
        result(failed)
    seat = result(fine)
    assert on_disk(path)[1] == {"fine": seat}


def test_readers_see_only_what_is_on_disk(ledger: Ledger) -> None:
    seen: list[tuple[int, int]] = []

    def job(change: Change) -> None:
        change.put("new", Seat("new", "de"))
        change.workshop = replace(change.workshop, phase=0)
        seen.append((len(ledger.seats), ledger.workshop.phase))

    before = ledger.seats
    result(ledger.submit(job))

    assert seen == [(0, a_workshop().phase)]
    assert dict(before) == {}
    assert ledger.workshop.phase == 0
    with pytest.raises(TypeError):
        ledger.seats["x"] = Seat("x", "de")  # type: ignore[index]


def test_a_phone_that_hangs_up_stops_nothing(ledger: Ledger, path: Path) -> None:
    with held_up(ledger):
        gone = ledger.submit(putting("gone"))
        assert not gone.cancel()

    result(gone)
    result(ledger.submit(putting("next")))
    assert set(on_disk(path)[1]) == {"gone", "next"}


def test_closing_does_what_was_submitted_and_refuses_the_rest(path: Path) -> None:
    with opened(path, a_workshop()) as ledger:
        reached, go_on = Event(), Event()
        ledger.submit(holding(reached, go_on))
        assert reached.wait(SECONDS)
        last = ledger.submit(putting("last"))
        ledger._jobs.put(None)  # as close does, which then waits
        behind = ledger.submit(putting("behind"))
        go_on.set()
        ledger.close()
        ledger.close()

        result(last)
        for late in (behind, ledger.submit(putting("late"))):
            with pytest.raises(ChecklistError, match="no-workshop"):
                result(late)
    assert set(on_disk(path)[1]) == {"last"}
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]


def test_a_full_disk_is_told_to_all_who_wait_and_passes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*arguments: Any, **options: Any) -> sqlite3.Connection:
        found.append(connect(*arguments, **{**options, "check_same_thread": False}))
        return found[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with opened(path, a_workshop()) as ledger:
        result(ledger.submit(putting("before")))
        monkeypatch.undo()
        [connection] = found
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with held_up(ledger):
            failed = [
                ledger.submit(lambda change: change.put("big", Seat("x" * 100_000, "de"))),
                ledger.submit(putting("small")),
            ]
        for future in failed:
            with pytest.raises(ChecklistError, match="workshop-unreadable") as told:
                result(future)
            assert told.value.values["file"] == str(path)
            assert "full" in str(told.value.values["reason"])
        assert set(ledger.seats) == set(on_disk(path)[1]) == {"before"}

        connection.execute("PRAGMA max_page_count = 10000")
        result(ledger.submit(putting("after")))
        assert set(on_disk(path)[1]) == {"before", "after"}


def test_a_fault_while_writing_does_not_end_the_ledger(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(ledgers, "_write_seats", faulty)
        with pytest.raises(ChecklistError, match="workshop-unreadable"):
            result(ledger.submit(putting("lost")))

    result(ledger.submit(putting("kept")))
    assert set(on_disk(path)[1]) == set(ledger.seats) == {"kept"}


def test_a_ledger_that_is_opened_again_is_the_same(path: Path) -> None:
    workshop = a_workshop(
        "close",
        way="paper",
        together=True,
        phase_began=NOW,
        began=datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC),
        pace=7,
        part=2,
        items=("a", "b"),
        hands={"a": (1, 2)},
        topic="listen",
        turn=2,
        turn_began=NOW,
        causes=(Cause("company", "zu wenig Zeit", "Herr Ö."),),
        proposals=("täglich", "wöchentlich"),
        voting="closed",
        tally=(2, 1),
        actions=(Action("a", "b", "KM", date(2026, 4, 1), "c"),),
        earlier=(Action("d", "e", "", date(2026, 1, 1), ""),),
        follow_up=date(2026, 4, 1),
        ended=True,
    )
    with opened(path, workshop) as ledger:
        result(ledger.submit(putting("seat")))
        seats = dict(ledger.seats)

    for _ in range(2):
        with opened(path) as again:
            assert again.workshop == workshop
            assert again.seats == seats


answers = st.dictionaries(
    st.sampled_from(["listen-ask", "promise-date"]),
    st.one_of(st.integers(1, 9), st.sampled_from(["left-open", "did-not-occur"])),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    answers,
    st.dictionaries(texts, texts, max_size=2),
    st.lists(st.integers(0, 7), max_size=3),
    texts,
)
def test_a_seat_comes_back_as_it_was(
    said: dict[str, Any], comments: dict[str, str], votes: list[int], text: str
) -> None:
    seat = Seat(
        "0" * 32,
        "en",
        3,
        counts=True,
        changed=True,
        team=text,
        begun=True,
        response=Response(
            SEAT.validate_python(
                {"id": "", "language": "", "response": {"answers": said}}
            ).response.answers,
            comments,
            comments,
        ),
        place=3,
        reopened=True,
        compared="own",
        votes=tuple(votes),
        plan=Plan(text, text, text),
    )
    back = SEAT.validate_json(SEAT.dump_json(seat))

    assert back == seat
    assert [type(each) for each in back.response.answers.values()] == [
        type(each) for each in seat.response.answers.values()
    ]


def test_a_phone_s_secret_and_words_are_nowhere_in_the_file(ledger: Ledger, path: Path) -> None:
    token = "a-secret-that-only-a-phone-has-1234"
    seat = Seat("1" * 32, "de", compared="de", counts=True)
    result(ledger.submit(lambda change: change.put(digest(token), seat)))

    data = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.is_file())
    assert digest(token).encode() in data
    assert token.encode() not in data
    for language in ("de", "en"):
        for word in derived(language, token).split():
            assert word.encode() not in data.lower()


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX")
def test_nobody_else_may_read_it(ledger: Ledger, path: Path) -> None:
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_what_was_overwritten_is_gone_from_the_file(path: Path) -> None:
    with opened(path, a_workshop()) as ledger:
        for text in ("ein früherer Gedanke " * 40, ""):
            seat = Seat("1" * 32, "de", response=Response({}, {"listen-ask": text}))
            for place in map(str, range(20)):
                result(ledger.submit(partial(Change.put, place=place, seat=seat)))
        assert "ein früherer Gedanke" not in path.read_bytes().decode("utf-8", "replace")

    assert "Gedanke" not in path.read_bytes().decode("utf-8", "replace")


def test_one_process_at_a_time(ledger: Ledger, path: Path) -> None:
    result(ledger.submit(putting("seat")))
    second = textwrap.dedent("""
        import sys
        from pathlib import Path
        from checklist.errors import ChecklistError
        from checklist.workshop.ledger import Ledger
        try:
            Ledger(Path(sys.argv[1]))
        except ChecklistError as error:
            print(error.code)
    """)
    done = subprocess.run(
        [sys.executable, "-c", second, str(path)], capture_output=True, text=True, check=True
    )

    assert done.stdout == "workshop-running\n"


def test_a_workshop_that_is_not_there(path: Path) -> None:
    with pytest.raises(ChecklistError, match="no-workshop"):
        Ledger(path)
    assert not path.parent.exists()


def test_a_workshop_that_was_killed_before_it_began(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(ChecklistError, match="no-workshop"):
        Ledger(path)
    assert path.read_bytes() == b""

    with opened(path, a_workshop()) as ledger:
        assert ledger.workshop == a_workshop()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE state (x)")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def a_text(path: Path) -> None:
    path.write_bytes(b"something else " * 1000)


def without_state(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM workshop")


def a_strange_seat(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE seat SET seat = '{\"id\": 3}'")


def no_utf8(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE seat SET seat = CAST(x'ff00fe' AS TEXT)")


@pytest.mark.parametrize(
    "harm", [newer, foreign, cut_off, a_text, without_state, a_strange_seat, no_utf8]
)
def test_a_file_that_makes_no_sense_is_named_and_left_alone(
    path: Path, harm: Callable[[Path], None]
) -> None:
    with opened(path, a_workshop()) as ledger:
        result(ledger.submit(putting("seat")))
    harm(path)
    before = path.read_bytes()

    with pytest.raises(ChecklistError, match="workshop-unreadable") as told:
        Ledger(path)
    assert told.value.values["file"] == str(path)
    assert path.read_bytes() == before


def test_a_new_workshop_never_writes_over_another(path: Path) -> None:
    with opened(path, a_workshop()) as ledger:
        result(ledger.submit(putting("seat")))

    with pytest.raises(ChecklistError, match="workshop-unreadable"):
        Ledger(path, a_workshop("check"))
    with opened(path) as again:
        assert again.workshop == a_workshop()
        assert set(again.seats) == {"seat"}


@pytest.mark.skipif(os.name != "posix", reason="a removed file can be held open on POSIX only")
@pytest.mark.parametrize("harm", [None, a_text])
def test_removing_leaves_no_bytes(path: Path, harm: Callable[[Path], None] | None) -> None:
    with opened(path, a_workshop()) as ledger:
        result(ledger.submit(putting("seat")))
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(b"left behind by a kill")
    if harm:
        harm(path)
    with path.open("rb") as file, journal.open("rb") as beside:
        remove(path)
        assert not any(file.read())
        assert not any(beside.read())

    assert list(path.parent.iterdir()) == []
    remove(path)


def test_what_cannot_be_removed_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match="workshop-unreadable"):
        remove(tmp_path)


def test_deleting_overwrites_and_confirming_waits_for_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are SQLite's defaults here, and not everywhere."""
    connect, said = sqlite3.connect, list[str]()

    def watched(*given: Any, **how: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **how)
        connection.set_trace_callback(said.append)
        return connection

    monkeypatch.setattr("sqlite3.connect", watched)
    with opened(path, a_workshop()):
        assert "PRAGMA secure_delete = ON" in said
        assert "PRAGMA synchronous = FULL" in said
