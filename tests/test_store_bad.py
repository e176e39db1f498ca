"""A store that cannot be used: the right error, nothing half-stored, the file left as it is."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checklist.errors import ChecklistError
from checklist.store import Store
from tests.storing import CLOSING, PURGING, TEAMS, a_response, a_round, expected, read, responses

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX paths")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a store with a collecting and a closed round of six responses each."""
    made = tmp_path / "store" / "rounds.db"
    made.parent.mkdir()
    store = Store(made, create=True)
    for code in ("QXRT", "CLSD"):
        store.rounds.add(a_round(code))
        store.responses.put_many(code, responses(6, code), "first")
    store.rounds.close("CLSD", CLOSING)
    store.close()
    return made


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ChecklistError) as error:
        call()
    return error.value.code


CHANGES: dict[str, Callable[[Store], object]] = {
    "add": lambda store: store.rounds.add(a_round("WXYZ")),
    "put": lambda store: store.responses.put(a_response(9, comments={"listen-ask": "x" * 50_000})),
    "put_many": lambda store: store.responses.put_many("QXRT", responses(500), "mark"),
    "close": lambda store: store.rounds.close("QXRT", CLOSING),
    "purge": lambda store: store.rounds.purge("CLSD", PURGING, {"de": "x" * 50_000}),
}


def unchanged(path: Path) -> None:
    """Make sure that the store is what it was when ``path`` made it."""
    store = Store(path)
    assert {round_.code: round_.state for round_ in store.rounds.all()} == {
        "QXRT": "collecting",
        "CLSD": "closed",
    }
    assert read(store, "CLSD") == expected(list(responses(6, "CLSD")))
    assert store.responses.count("QXRT") == 6
    assert store.rounds.report("CLSD", "de") is None
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_file_that_cannot_grow(path: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    with connect(path) as connection:
        connection.execute("VACUUM")
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.close()

    def limited(file: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(file, **options)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", limited)
        store = Store(path)
        assert code_of(lambda: CHANGES[change](store)) == "store-full"
        assert len(store.rounds.all()) == 2
        assert store.rounds.get("QXRT").state == "collecting"
        assert store.responses.count("QXRT") == 6
        assert read(store, "CLSD") == expected(list(responses(6, "CLSD")))
        store.close()
    store = Store(path)
    CHANGES[change](store)
    store.close()


def fill(disk: Path) -> None:
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        try:
            while ballast.write(b"\0" * 4096):
                pass
        except OSError:
            return


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_disk_that_really_fills_up(path: Path, small_disk: Path, change: str) -> None:
    there = Path(shutil.copy(path, small_disk / "rounds.db"))
    store = Store(there)
    fill(small_disk)
    assert code_of(lambda: CHANGES[change](store)) in ("store-full", "store-failure")
    store.close()
    unchanged(there)
    assert code_of(lambda: Store(small_disk / "other.db", create=True)) == "store-full"
    (small_disk / "ballast").unlink()
    store = Store(there)
    CHANGES[change](store)
    store.close()
    Store(small_disk / "other.db", create=True).close()


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_read_only_disk_shows_rounds_and_takes_nothing(
    path: Path, small_disk: Path, change: str
) -> None:
    there = Path(shutil.copy(path, small_disk / "rounds.db"))
    there.chmod(0o644)  # nothing can be done about that here
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    store = Store(there)
    assert read(store, "CLSD") == expected(list(responses(6, "CLSD")))
    assert code_of(lambda: CHANGES[change](store)) == "store-read-only"
    store.close()
    unchanged(there)
    missing = small_disk / "other.db"
    assert code_of(lambda: Store(missing, create=True)) == "store-unreachable"


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_store_that_may_only_be_read(
    path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(
            sqlite3,
            "connect",
            lambda file, **options: connect(f"file:{file}?mode=ro", uri=True, **options),
        )
        store = Store(path)
        assert code_of(lambda: CHANGES[change](store)) == "store-read-only"
        store.close()
    unchanged(path)


@POSIX
@pytest.mark.parametrize("change", sorted(CHANGES))
@pytest.mark.parametrize("what", ["folder", "file", "another file"])
def test_a_store_that_vanishes(path: Path, tmp_path: Path, change: str, what: str) -> None:
    """SQLite alone would go on writing into a file that has no name any more."""
    store = Store(path)
    aside = tmp_path / "aside"
    if what == "folder":
        path.parent.rename(aside)
    else:
        aside.mkdir()
        path.rename(aside / "rounds.db")
        if what == "another file":
            shutil.copy(aside / "rounds.db", path)
    assert code_of(lambda: CHANGES[change](store)) == "store-unreachable"
    store.close()
    unchanged(aside / "rounds.db")


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "rounds.db"
    assert code_of(lambda: Store(missing)) == "no-store"
    assert code_of(lambda: Store(str(tmp_path / "no folder" / "rounds.db"))) == "no-store"
    assert not missing.exists()
    missing.touch()
    assert code_of(lambda: Store(missing)) == "no-store"
    assert missing.read_bytes() == b""
    Store(missing, create=True).close()
    Store(missing).close()


def test_a_store_that_cannot_be_made(tmp_path: Path) -> None:
    assert code_of(partial(Store, tmp_path, create=True)) == "store-unreachable"
    missing = tmp_path / "no folder" / "rounds.db"
    assert code_of(partial(Store, missing, create=True)) == "store-no-folder"


@pytest.mark.parametrize(
    "content",
    [b"no database", b"\0" * 5000, b"SQLite format 3\0", "ä".encode() * 9999],
    ids=["text", "zeros", "only a header", "long text"],
)
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_stays_as_it_is(
    tmp_path: Path, content: bytes, create: bool
) -> None:
    path = tmp_path / "rounds.db"
    path.write_bytes(content)
    assert code_of(lambda: Store(path, create=create)) == "store-damaged"
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def damage(path: Path, there: bytes) -> bytes:
    """Overwrite the page on which something stands, and give the damaged file."""
    data = bytearray(path.read_bytes())
    page = data.index(there) // 4096 * 4096
    data[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes(data)
    return bytes(data)


@pytest.mark.parametrize("there", [b"SQLite format 3", b"CREATE TABLE round"])
def test_a_store_with_a_damaged_beginning(path: Path, there: bytes) -> None:
    data = damage(path, there)
    assert code_of(lambda: Store(path)) == "store-damaged"
    assert path.read_bytes() == data


def test_damage_is_named_where_it_is_met(path: Path) -> None:
    """Opening does not look at all of a file that can hold a million answers."""
    data = damage(path, a_response(0).answers.encode())
    store = Store(path)
    assert read(store, "CLSD") == expected(list(responses(6, "CLSD")))
    for call in (
        lambda: store.responses.count("QXRT"),
        lambda: store.responses.put(a_response(9)),
        lambda: store.rounds.close("QXRT", CLOSING),
    ):
        assert code_of(call) == "store-damaged"
    store.close()
    assert path.read_bytes() == data
    assert sorted(file.name for file in path.parent.iterdir()) == ["rounds.db"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("questionnaire", "id = "),
        ("terms", "{"),
        ("terms", '{"keeper": "K", "news": 1}'),
        ("teams", "7"),
        ("notice", "[]"),
        ("opened_on", "yesterday"),
    ],
)
def test_a_round_that_sqlite_finds_in_order_but_we_do_not(
    path: Path, column: str, value: str
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE round SET {column} = ? WHERE number = 1", (value,))
    connection.close()
    store = Store(path)
    assert code_of(lambda: store.rounds.get("QXRT")) == "store-damaged"
    assert code_of(store.rounds.all) == "store-damaged"
    store.close()


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE response (id INTEGER)",
        "CREATE TABLE schema_version (version TEXT); INSERT INTO schema_version VALUES ('1.2')",
    ],
)
def test_a_database_of_another_program_stays_as_it_is(
    tmp_path: Path, schema: str, create: bool
) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.executescript(schema)
    connection.close()
    path.chmod(0o644)
    data = path.read_bytes()
    assert code_of(lambda: Store(path, create=create)) == "store-foreign"
    assert path.read_bytes() == data
    if os.name == "posix":
        assert path.stat().st_mode & 0o077


@pytest.mark.parametrize("create", [True, False])
def test_a_store_from_a_newer_version_stays_as_it_is(path: Path, create: bool) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE news (id INTEGER)")
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    data = path.read_bytes()
    assert code_of(lambda: Store(path, create=create)) == "store-newer"
    assert path.read_bytes() == data


@pytest.mark.parametrize("address", ["postgresql://kim:secret@host/db", "Postgres://host"])
def test_an_engine_that_is_not_there_yet(address: str) -> None:
    with pytest.raises(ChecklistError) as error:
        Store(address)
    assert error.value.code == "store-engine"
    assert error.value.values == {"engine": address.partition(":")[0]}, "it may hold a password"


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_store_that_somebody_else_holds(
    path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checklist.store.sqlite.SECONDS_TO_WAIT", 0.01)
    store = Store(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert code_of(lambda: CHANGES[change](store)) == "store-busy"
    assert code_of(lambda: store.responses.answers("CLSD", TEAMS[0])) == "store-busy"
    assert code_of(lambda: Store(path)) == "store-busy"
    holder.execute("ROLLBACK")
    holder.execute("BEGIN")
    holder.execute("SELECT * FROM round").fetchone()  # reads for longer than anybody waits
    assert code_of(lambda: CHANGES[change](store)) == "store-busy"
    holder.close()
    store.close()
    unchanged(path)


def test_many_can_open_what_is_not_there_yet_at_once(tmp_path: Path) -> None:
    """The second finds the schema that the first is just making."""
    path = tmp_path / "rounds.db"
    program = "import sys; from checklist.store import Store; Store(sys.argv[1], create=True)"
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(path)], stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    for process in running:
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (0, b"")
    Store(path).close()
