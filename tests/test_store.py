"""The store: what goes in comes out, once it may, and no sooner; what is gone is gone."""

import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from secrets import token_hex

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, LOCALE, Texts
from checklist.rounds import RoundResponse, Team, Terms
from checklist.store import Store
from checklist.store.keys import AT_ONCE, random_keys
from checklist.store.migrations import MIGRATIONS, migrate
from checklist.store.sqlite import CODES, SQLite
from tests import wording
from tests.storing import (
    CLOSING,
    PURGING,
    QUESTIONNAIRE,
    TEAMS,
    WIDTH,
    a_response,
    a_round,
    expected,
    no_waiting_for_the_disk,
    read,
    responses,
    taken_back,
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    no_waiting_for_the_disk(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "rounds.db", create=True)
    yield opened
    opened.close()


@pytest.fixture
def collecting(store: Store) -> Store:
    store.rounds.add(a_round())
    return store


def failed(code: str, call: Callable[[], object]) -> dict[str, object]:
    """Make sure that a call fails with a code, and give the values of its sentence."""
    with pytest.raises(ChecklistError) as error:
        call()
    assert error.value.code == code
    for language in LANGUAGES:
        for part in ("what", "remedy"):
            Texts(language)(f"error.{code}.{part}", **error.value.values)
    return error.value.values


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"until": date(2026, 3, 30), "follows": "ABCD", "min_group": 7, "delete_after": 30},
        {"comments": False, "notice": {}, "terms": Terms("K"), "title": ""},
        {"terms": Terms("K", no_sanctions=False, leads=True, works_council="„ja“")},
        {"teams": (Team('a "b" \\ c', 3), Team("ß", None), Team("SS", 0))},
        {"code": "Äß 7"},
    ],
    ids=["usual", "all", "least", "terms", "teams", "code"],
)
def test_a_round_comes_out_as_it_went_in(store: Store, changed: dict[str, object]) -> None:
    round_ = a_round(**changed)  # type: ignore[arg-type]
    store.rounds.add(round_)
    assert store.rounds.get(round_.code) == round_
    assert store.rounds.all() == [round_]
    assert store.rounds.get(round_.code).questionnaire.toml == QUESTIONNAIRE.toml
    assert store.rounds.get(round_.code).state == "collecting"


def test_rounds_come_in_the_order_in_which_they_were_opened(store: Store) -> None:
    codes = ["ZZZZ", "AAAA", "MMMM"]
    for code in codes:
        store.rounds.add(a_round(code))
    store.rounds.close("AAAA", CLOSING)
    assert [round_.code for round_ in store.rounds.all()] == codes
    assert store.rounds.get("AAAA").closed_on == CLOSING


def test_capitals_in_a_code_make_no_difference(collecting: Store) -> None:
    assert collecting.rounds.get(" qxrT ").code == "QXRT"
    assert collecting.responses.put(a_response(code="qxrt")) == "new"
    assert collecting.responses.count("qXrT") == 1
    assert failed("code-taken", lambda: collecting.rounds.add(a_round("qxrt"))) == {"code": "QXRT"}
    assert len(collecting.rounds.all()) == 1


def test_a_code_that_nobody_has(collecting: Store) -> None:
    rounds, given = collecting.rounds, collecting.responses
    for code, error, values in (
        ("QXRR", "unknown-round-near", {"code": "QXRR", "near": "QXRT"}),
        ("0000", "unknown-round", {"code": "0000"}),
    ):
        for call in (
            lambda code=code: rounds.get(code),
            lambda code=code: rounds.close(code, CLOSING),
            lambda code=code: rounds.purge(code, PURGING, {}),
            lambda code=code: rounds.report(code, "de"),
            lambda code=code: given.put(a_response(code=code)),
            lambda code=code: given.put_many(code, [], "m"),
            lambda code=code: given.count(code),
            lambda code=code: given.answers(code, TEAMS[0]),
            lambda code=code: given.comments(code),
        ):
            assert failed(error, call) == values


def test_a_team_that_a_round_does_not_have(collecting: Store) -> None:
    values = {"code": "QXRT", "team": "Nord", "known": ", ".join(TEAMS)}
    stray = a_response(1, team="Nord")
    given = collecting.responses
    assert failed("unknown-team", lambda: given.put(stray)) == values
    assert failed("unknown-team", lambda: given.put_many("QXRT", [a_response(), stray], "m"))
    assert given.count("QXRT") == 0
    collecting.rounds.close("QXRT", CLOSING)
    assert failed("unknown-team", lambda: given.answers("QXRT", "Nord")) == values


@pytest.mark.parametrize("answers", ["", "1" * (WIDTH - 1), "1" * (WIDTH + 1), "0" * WIDTH])
def test_answers_that_do_not_fit_the_questionnaire_never_get_in(
    collecting: Store, answers: str
) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        collecting.responses.put(a_response(answers=answers))
    with pytest.raises(ValueError, match="do not fit"):
        collecting.responses.put_many("QXRT", [a_response(1), a_response(answers=answers)], "m")
    assert collecting.responses.count("QXRT") == 0


def test_a_closed_round_gives_back_what_it_took(collecting: Store) -> None:
    given = list(responses(20))
    assert {collecting.responses.put(response) for response in given} == {"new"}
    collecting.rounds.close("QXRT", CLOSING)
    assert read(collecting) == expected(given)
    assert collecting.rounds.get("QXRT").state == "closed"


def test_perspectives_lie_apart(collecting: Store) -> None:
    for number, perspective in enumerate(("self", "observer", "lead")):
        answers = str(number + 1) * WIDTH
        collecting.responses.put(
            a_response(number, team=TEAMS[0], perspective=perspective, answers=answers)
        )
    collecting.rounds.close("QXRT", CLOSING)
    assert collecting.responses.answers("QXRT", TEAMS[0]) == b"1" * WIDTH
    assert collecting.responses.answers("QXRT", TEAMS[0], "observer") == b"2" * WIDTH
    assert collecting.responses.answers("QXRT", TEAMS[0], "lead") == b"3" * WIDTH
    assert collecting.responses.answers("QXRT", TEAMS[1]) == b""


def test_rounds_lie_apart(collecting: Store) -> None:
    collecting.rounds.add(a_round("WXYZ"))
    for code, count in (("QXRT", 5), ("WXYZ", 3)):
        for number in range(count):
            collecting.responses.put(a_response(number, code=code, answers="2" * WIDTH))
    collecting.rounds.close("QXRT", CLOSING)
    assert collecting.responses.count("QXRT") == 5
    assert collecting.responses.count("WXYZ") == 3
    collecting.rounds.close("WXYZ", CLOSING)
    collecting.rounds.purge("QXRT", PURGING, {})
    assert len(collecting.responses.answers("WXYZ", TEAMS[0])) == 2 * WIDTH


def test_nobody_reads_answers_before_closing(collecting: Store) -> None:
    collecting.responses.put(a_response())
    values = {"code": "QXRT"}
    assert failed("round-open", lambda: collecting.responses.answers("QXRT", TEAMS[0])) == values
    assert failed("round-open", lambda: collecting.responses.comments("QXRT")) == values
    assert failed("round-open", lambda: collecting.rounds.purge("QXRT", PURGING, {})) == values
    assert collecting.rounds.report("QXRT", "de") is None


def test_a_closed_round_takes_nothing_and_stays_closed(collecting: Store) -> None:
    collecting.responses.put(a_response())
    collecting.rounds.close("QXRT", CLOSING)
    before = read(collecting)
    for call in (
        lambda: collecting.responses.put(a_response(1)),
        lambda: collecting.responses.put(taken_back(0, 9)),
        lambda: collecting.responses.put_many("QXRT", responses(3), "m"),
        lambda: collecting.rounds.close("QXRT", PURGING),
    ):
        assert failed("round-closed", call) == {"code": "QXRT"}
    assert read(collecting) == before
    assert collecting.rounds.get("QXRT").closed_on == CLOSING


def test_a_purged_round_keeps_its_reports_and_nothing_else(collecting: Store) -> None:
    collecting.responses.put(a_response())
    collecting.rounds.close("QXRT", CLOSING)
    collecting.rounds.purge("QXRT", PURGING, {"de": '{"a": "ä"}', "en": "{}"})
    assert collecting.rounds.report("qxrt", "de") == '{"a": "ä"}'
    assert collecting.rounds.report("QXRT", "en") == "{}"
    assert collecting.rounds.report("QXRT", "fr") is None
    found = collecting.rounds.get("QXRT")
    assert (found.state, found.closed_on, found.purged_on) == ("purged", CLOSING, PURGING)
    for call in (
        lambda: collecting.responses.answers("QXRT", TEAMS[0]),
        lambda: collecting.responses.comments("QXRT"),
        lambda: collecting.rounds.purge("QXRT", PURGING, {"de": "other"}),
    ):
        assert failed("round-purged", call) == {"code": "QXRT"}
    assert failed("round-closed", lambda: collecting.rounds.close("QXRT", PURGING))
    assert collecting.rounds.report("QXRT", "de") == '{"a": "ä"}'
    assert collecting.responses.count("QXRT") == 0


@settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_the_highest_rev_counts_in_whatever_order_they_arrive(
    tmp_path: Path, data: st.DataObject
) -> None:
    people = data.draw(st.integers(1, 4))
    sent = [
        response
        for person in range(people)
        for response in (
            taken_back(person, rev) if data.draw(st.booleans()) else changed(person, rev)
            for rev in data.draw(st.sets(st.integers(1, 9), min_size=1, max_size=4))
        )
    ]
    arriving = data.draw(st.permutations([*sent, *data.draw(st.lists(st.sampled_from(sent)))]))
    path = tmp_path / f"{token_hex(8)}.db"
    store = Store(path, create=True)
    store.rounds.add(a_round())
    highest: dict[str, RoundResponse] = {}
    many = data.draw(st.integers(0, len(arriving)))
    for response in arriving[:many]:
        before = highest.get(response.id)
        said = store.responses.put(response)
        if before is not None and response.rev <= before.rev:
            assert said == "stale"
        else:
            assert said == ("new" if before is None or before.withdrawn else "replaced")
        if before is None or response.rev > before.rev:
            highest[response.id] = response
    assert store.responses.put_many("QXRT", arriving[many:], "m")
    for response in arriving[many:]:
        before = highest.get(response.id)
        if before is None or response.rev > before.rev:
            highest[response.id] = response
    assert store.responses.count("QXRT") == expected(list(highest.values()))["count"]
    store.rounds.close("QXRT", CLOSING)
    assert read(store) == expected(list(highest.values()))
    store.close()


def changed(person: int, rev: int) -> RoundResponse:
    """A person's response as it is in one rev."""
    other = a_response(100 * person + rev)
    return a_response(
        person,
        rev,
        team=other.team,
        answers=other.answers,
        comments=other.comments,
        reflections=other.reflections,
    )


def test_a_withdrawal_stays_whenever_lower_revs_arrive(tmp_path: Path) -> None:
    for place, order in enumerate(permutations([changed(0, 1), changed(0, 2), taken_back(0, 3)])):
        store = Store(tmp_path / f"{place}.db", create=True)
        store.rounds.add(a_round())
        for response in order:
            store.responses.put(response)
        assert store.responses.count("QXRT") == 0
        assert store.responses.put(changed(0, 3)) == "stale"
        assert store.responses.put(changed(0, 4)) == "new"
        assert store.responses.count("QXRT") == 1
        store.close()


def test_taking_back_needs_no_team_and_keeps_none(collecting: Store, tmp_path: Path) -> None:
    collecting.responses.put(a_response(panel="link"))
    collecting.responses.put(a_response(0, 2, withdrawn=True, team="Nord", panel="link"))
    with sqlite3.connect(tmp_path / "rounds.db") as connection:
        [row] = connection.execute(
            "SELECT rev, team, perspective, panel, answers, texts FROM response_1"
        )
    connection.close()
    assert row == (2, None, None, "", None, "")


def test_an_import_comes_in_once(collecting: Store) -> None:
    assert collecting.responses.put_many("QXRT", responses(10), "mark") is True
    assert collecting.responses.put_many("QXRT", responses(20), "mark") is False
    assert collecting.responses.count("QXRT") == 10
    assert collecting.responses.put_many("QXRT", responses(20), "other") is True
    assert collecting.responses.count("QXRT") == 20
    collecting.rounds.close("QXRT", CLOSING)
    assert read(collecting) == expected(list(responses(20)))


def test_an_import_that_fails_halfway_has_never_been(collecting: Store) -> None:
    def broken() -> Iterator[RoundResponse]:
        yield from responses(5)
        raise KeyError("row 6")

    collecting.responses.put(a_response(99))
    with pytest.raises(KeyError):
        collecting.responses.put_many("QXRT", broken(), "mark")
    assert collecting.responses.count("QXRT") == 1
    assert collecting.responses.put_many("QXRT", responses(5), "mark") is True
    assert collecting.responses.count("QXRT") == 6


def order_of(rows: list[str], arrived: list[str]) -> float:
    """How far an order follows that of arrival: 1 the same, 0 not at all."""
    places = {row: place for place, row in enumerate(arrived)}
    found = [places[row] for row in rows]
    pairs = [(a, b) for a in range(len(found)) for b in range(a)]
    return sum(1 if found[a] > found[b] else -1 for a, b in pairs) / len(pairs)


def test_the_order_of_rows_says_nothing_about_who_came_first(
    collecting: Store, tmp_path: Path
) -> None:
    """Not to SQL, which may read a table in any order that the engine likes."""
    given = [
        a_response(number, team=TEAMS[0], comments={"listen-ask": f"c{number}"})
        for number in range(300)
    ]
    for response in given:
        collecting.responses.put(response)
    connection = sqlite3.connect(tmp_path / "rounds.db")
    lying = [row[0] for row in connection.execute("SELECT id FROM response_1")]
    assert abs(order_of(lying, [response.id for response in given])) < 0.2
    collecting.rounds.close("QXRT", CLOSING)
    for order in ("", " ORDER BY key"):
        rows = [row[0] for row in connection.execute(f"SELECT text FROM comment_1{order}")]
        texts = [text for text in rows if text.startswith("c")]
        assert abs(order_of(texts, [f"c{number}" for number in range(300)])) < 0.2
    connection.close()
    said = [comment.text for comment in collecting.responses.comments("QXRT")]
    assert [text for text in said if text.startswith("c")] == texts
    joined = collecting.responses.answers("QXRT", TEAMS[0]).decode()
    assert [joined[at : at + WIDTH] for at in range(0, len(joined), WIDTH)] == sorted(
        response.answers for response in given
    )


def test_comments_lie_apart_from_answers_and_from_each_other(
    collecting: Store, tmp_path: Path
) -> None:
    for response in responses(40):
        collecting.responses.put(response)
    collecting.rounds.close("QXRT", CLOSING)
    connection = sqlite3.connect(tmp_path / "rounds.db")
    answers = {row[0] for row in connection.execute("SELECT key FROM answer_1")}
    comments = [row[0] for row in connection.execute("SELECT key FROM comment_1")]
    connection.close()
    assert len(answers) == 40
    assert len(set(comments)) == len(comments) == 30
    assert not answers & set(comments)


def test_keys_are_random_and_fit_any_engine() -> None:
    drawn = [key for key, _ in zip(random_keys(), range(3 * AT_ONCE), strict=False)]
    assert len(set(drawn)) == 3 * AT_ONCE
    assert 0 <= min(drawn) < 2**60
    assert 2**62 < max(drawn) < 2**63


@settings(
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(), st.text(min_size=1))
def test_any_text_survives(tmp_path: Path, text: str, name: str) -> None:
    store = Store(tmp_path / f"{token_hex(8)}.db", create=True)
    store.rounds.add(a_round(title=text, teams=(Team(name),)))
    store.responses.put(
        a_response(team=name, comments={"listen-ask": text}, reflections={}, panel=text)
    )
    store.rounds.close("QXRT", CLOSING)
    assert store.rounds.get("QXRT").title == text
    assert [comment.text for comment in store.responses.comments("QXRT")] == [text]
    assert len(store.responses.answers("QXRT", name)) == WIDTH
    store.close()


def test_half_a_surrogate_pair_becomes_a_replacement_sign(collecting: Store) -> None:
    collecting.responses.put(a_response(comments={"listen-ask": "a\ud800b"}, reflections={}))
    collecting.rounds.close("QXRT", CLOSING)
    [comment] = collecting.responses.comments("QXRT")
    assert comment.text.startswith("a\N{REPLACEMENT CHARACTER}")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_its_owner_can_read_the_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rounds.db"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_store_is_found_again(collecting: Store, tmp_path: Path) -> None:
    collecting.responses.put(a_response())
    other = Store(tmp_path / "rounds.db", create=True)
    assert other.rounds.all() == [a_round()]
    assert other.responses.count("QXRT") == 1
    other.rounds.close("QXRT", CLOSING)
    other.close()
    assert read(collecting) == expected([a_response()])


NOTES = (
    "ALTER TABLE round ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE response_{collecting} ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE answer_{closed} ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE extra (name TEXT PRIMARY KEY) {clustered}",
)


def test_a_step_reaches_the_tables_of_all_rounds(collecting: Store, tmp_path: Path) -> None:
    path = tmp_path / "rounds.db"
    for code in ("BBBB", "CCCC", "DDDD", "EEEE"):
        collecting.rounds.add(a_round(code))
    for code in ("BBBB", "CCCC", "DDDD"):
        collecting.rounds.close(code, CLOSING)
    collecting.rounds.purge("DDDD", PURGING, {})
    dialect = SQLite(path)
    for _ in range(2):
        migrate(dialect, [*MIGRATIONS, NOTES])
    with dialect.reading() as connection:
        for table in ("response_1", "response_5", "answer_2", "answer_3"):
            connection.execute(f"SELECT sealed FROM {table}").fetchall()
        assert "extra" in dialect.tables(connection)
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(2,)]
        assert connection.execute("SELECT count(*) FROM round").fetchone() == (5,)
    dialect.close()
    assert failed("store-newer", lambda: Store(path)) == {"file": str(path)}


def test_a_step_that_fails_leaves_the_store_as_it_was(collecting: Store, tmp_path: Path) -> None:
    dialect = SQLite(tmp_path / "rounds.db")
    with pytest.raises(sqlite3.OperationalError):
        migrate(dialect, [*MIGRATIONS, (*NOTES, "no statement")])
    dialect.close()
    store = Store(tmp_path / "rounds.db")
    assert store.rounds.all() == [a_round()]
    store.close()


def test_every_failure_of_sqlite_has_its_words() -> None:
    for language in LANGUAGES:
        texts = tomli.loads((LOCALE / f"{language}.toml").read_text("utf-8"))["error"]
        for code in CODES.values():
            assert wording.fields(" ".join(texts[code].values())) == {"file"}
