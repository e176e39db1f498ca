"""The journal: what goes in comes out, in private, in one piece, and leaves when told to."""

import sqlite3
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.bank import Bank
from checklist.errors import ChecklistError
from checklist.interview import Mark, Response
from checklist.journal import Journal, State, erase
from checklist.journal.migrations import MIGRATIONS
from checklist.questionnaire import Questionnaire

NOW = datetime(2026, 10, 3, 9, 0, tzinfo=UTC)
SAID = Response(
    {"needs-ask-first": 4, "needs-own-words": Mark.LEFT_OPEN, "benefit-gain": Mark.DID_NOT_OCCUR},
    {"needs-ask-first": "weil 🙂"},
    {"what-would-help": "Zeit"},
)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return Bank().load("anti-churn")


def test_a_draft_comes_out_as_it_went_in(journal: Journal, questionnaire: Questionnaire) -> None:
    journal.drafts.begin(questionnaire, "self", NOW, SAID)
    draft = journal.drafts.find("anti-churn", "self")
    assert draft
    assert draft.response == SAID
    assert draft.started_at == NOW
    assert draft.is_of(questionnaire)
    assert journal.drafts.questionnaire(draft) == questionnaire
    assert journal.drafts.find("anti-churn", "observer") is None


def test_noting_writes_changes_and_takes_back(
    journal: Journal, questionnaire: Questionnaire
) -> None:
    draft_id = journal.drafts.begin(questionnaire, "self", NOW, SAID)
    after = Response({"needs-ask-first": 1}, {}, {"what-would-help": ""})
    journal.drafts.note(draft_id, SAID, after)
    [draft] = journal.drafts.all()
    assert draft.response == after


def test_a_new_draft_stands_in_for_the_old_one(
    journal: Journal, questionnaire: Questionnaire
) -> None:
    journal.drafts.begin(questionnaire, "self", NOW, SAID)
    journal.drafts.begin(questionnaire, "self", NOW, Response({"needs-ask-first": 1}))
    [draft] = journal.drafts.all()
    assert draft.response.answers == {"needs-ask-first": 1}


def test_a_result_takes_the_place_of_its_draft(
    journal: Journal, questionnaire: Questionnaire
) -> None:
    draft_id = journal.drafts.begin(questionnaire, "self", NOW, SAID)
    result = journal.results.add(questionnaire, "self", SAID, NOW, draft_id)
    assert journal.drafts.all() == []
    assert journal.results.all() == [result]
    assert journal.results.all("anti-churn", "observer") == []


def test_results_come_latest_first(journal: Journal, questionnaire: Questionnaire) -> None:
    for days in (0, 20, 10):
        at = NOW + timedelta(days=days)
        journal.results.add(questionnaire, "self", Response({"benefit-gain": 1}), at)
    days_found = [(result.finished_at - NOW).days for result in journal.results.all("anti-churn")]
    assert days_found == [20, 10, 0]


def test_a_commitment_lives_until_it_is_settled(
    journal: Journal, questionnaire: Questionnaire
) -> None:
    result = journal.results.add(questionnaire, "self", SAID, NOW)
    journal.commitments.take(result.id, "needs-ask-first", "Fragen", "Wenn …, dann …", NOW)
    [taken] = journal.commitments.all("anti-churn")
    assert (taken.title, taken.state, taken.alive) == ("Fragen", State.OPEN, True)
    for state, alive in ((State.AGAIN, True), (State.DONE, False), (State.DROPPED, False)):
        journal.commitments.settle(taken.id, state, NOW)
        [settled] = journal.commitments.all()
        assert (settled.state, settled.alive, settled.asked_at) == (state, alive, NOW)
    assert journal.commitments.all("relationship-competence") == []


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text())
def test_any_comment_survives(journal: Journal, questionnaire: Questionnaire, text: str) -> None:
    result = journal.results.add(
        questionnaire, "self", Response({}, {"needs-ask-first": text}), NOW
    )
    found = next(r for r in journal.results.all() if r.id == result.id)
    assert found.response.comments == {"needs-ask-first": text}


def test_half_a_surrogate_pair_becomes_a_replacement_sign(
    journal: Journal, questionnaire: Questionnaire
) -> None:
    journal.results.add(questionnaire, "self", Response({}, {"benefit-gain": "a\ud800b"}), NOW)
    [result] = journal.results.all()
    assert result.response.comments["benefit-gain"].startswith("a\N{REPLACEMENT CHARACTER}")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_its_owner_can_read_the_file(journal: Journal) -> None:
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    (tmp_path / "journal.db").chmod(0o644)
    Journal(tmp_path).close()
    assert stat.S_IMODE((tmp_path / "journal.db").stat().st_mode) == 0o600


def test_erased_answers_are_gone_from_the_file_even_while_another_reads(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    other = Journal(tmp_path)
    other.results.add(questionnaire, "self", Response({}, {"benefit-gain": "Geheimnis42"}), NOW)
    assert b"Geheimnis42" in other.path.read_bytes()
    handle = other.path.open("rb")  # what a process that keeps the file open still sees
    erase(tmp_path)
    with handle:
        assert b"Geheimnis42" not in handle.read()
    other.close()
    assert list(tmp_path.iterdir()) == []


def test_erasing_leaves_what_is_not_ours(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    ours = ("journal.damaged-1.db", "anti-churn.self.lock", "fault.log", "workshop.0a9f.seat")
    for name in (*ours, "meine.txt"):
        (tmp_path / name).write_text("x")
    erase(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["meine.txt"]


def test_a_backup_is_a_journal_and_never_overwrites(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    journal = Journal(tmp_path)
    journal.results.add(questionnaire, "self", SAID, NOW)
    copies = tmp_path / "copies"
    copies.mkdir()
    journal.backup(copies / "journal.db")
    assert Journal(copies).results.all()[0].response == SAID
    with pytest.raises(ChecklistError) as error:
        journal.backup(copies / "journal.db")
    assert error.value.code == "output-exists"


def test_two_processes_can_make_the_journal_at_once(tmp_path: Path) -> None:
    """The second finds the schema that the first has just made."""
    path = tmp_path / "journal.db"
    first = sqlite3.connect(path, isolation_level=None)
    first.execute("BEGIN IMMEDIATE")
    for step in MIGRATIONS:
        for statement in step:
            first.execute(statement)
    first.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    first.execute("COMMIT")
    first.close()
    assert Journal(tmp_path).results.all() == []


def test_an_unused_frozen_questionnaire_is_forgotten(
    journal: Journal, questionnaire: Questionnaire
) -> None:
    older = Questionnaire(
        **{
            name: getattr(questionnaire, name)
            for name in questionnaire.__dataclass_fields__
            if name != "toml"
        },
        toml=questionnaire.toml + "\n# older\n",
    )
    journal.drafts.begin(older, "self", NOW, SAID)
    journal.drafts.begin(questionnaire, "self", NOW, SAID)
    with sqlite3.connect(journal.path) as connection:
        [[count]] = connection.execute("SELECT count(*) FROM questionnaire")
    connection.close()
    assert count == 1
