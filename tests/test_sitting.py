"""A sitting writes before it moves, carries drafts over versions, and sits alone."""

import multiprocessing
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checklist.bank import parse
from checklist.errors import ChecklistError
from checklist.interview import Mark, Response
from checklist.journal import Journal
from checklist.questionnaire import Questionnaire
from checklist.sitting import Sitting, alone, record
from tests.helpers import TINY


def now() -> datetime:
    return datetime(2026, 10, 3, 9, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def test_every_answer_is_on_disk_when_the_move_is_made(
    journal: Journal, tiny: Questionnaire, tmp_path: Path
) -> None:
    sitting = Sitting.afresh(journal, tiny, "self", now)
    for said in range(1, len(tiny.items) + 1):
        sitting.move(sitting.interview.answer(1))
        other = Journal(tmp_path)  # as another process sees the file
        [draft] = other.drafts.all()
        other.close()
        assert draft.response == sitting.interview.response
        assert len(draft.response.answers) == said


def test_looking_around_writes_nothing(journal: Journal, tiny: Questionnaire) -> None:
    sitting = Sitting.afresh(journal, tiny, "self", now)
    sitting.move(sitting.interview.review())
    sitting.move(sitting.interview.back())
    assert not sitting.has_draft
    assert journal.drafts.all() == []


def test_what_cannot_be_written_is_not_taken(
    journal: Journal, tiny: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = Sitting.afresh(journal, tiny, "self", now)
    sitting.move(sitting.interview.answer(1))
    before = sitting.interview

    def full(*_: object) -> None:
        raise ChecklistError("disk-full", file="journal.db")

    monkeypatch.setattr(journal.drafts, "note", full)
    with pytest.raises(ChecklistError):
        sitting.move(before.answer(1))
    assert sitting.interview == before


def test_starting_afresh_keeps_the_old_draft_until_the_first_answer(
    journal: Journal, tiny: Questionnaire
) -> None:
    journal.drafts.begin(tiny, "self", now(), Response({"listen-ask": 5}))
    sitting = Sitting.afresh(journal, tiny, "self", now)
    assert journal.drafts.all()[0].response.answers == {"listen-ask": 5}
    sitting.move(sitting.interview.answer(2))
    assert journal.drafts.all()[0].response.answers == {"listen-ask": 2}


def test_a_draft_survives_a_new_version(journal: Journal, tiny: Questionnaire) -> None:
    said = Response({"listen-ask": 4, "listen-repeat": Mark.LEFT_OPEN}, {"listen-ask": "weil"})
    journal.drafts.begin(tiny, "self", now(), said)
    new = parse(
        TINY.replace('version = "1.0.0"', 'version = "1.1.0"').replace(
            '"listen-repeat"', '"listen-renamed"'
        ),
        "tiny.toml",
    )
    [draft] = journal.drafts.all()
    sitting, lost = Sitting.resumed(journal, draft, new, now)
    assert lost == ("listen-repeat",)
    assert sitting.interview.response == Response({"listen-ask": 4}, {"listen-ask": "weil"})
    [kept] = journal.drafts.all()
    assert kept.is_of(new)
    assert kept.response == sitting.interview.response
    sitting.move(sitting.interview.answer(1))
    assert len(journal.drafts.all()[0].response.answers) == 2


def test_a_finished_sitting_is_a_result_and_no_draft(journal: Journal, tiny: Questionnaire) -> None:
    sitting = Sitting.afresh(journal, tiny, "self", now)
    sitting.move(sitting.interview.answer(3).review())
    result = sitting.finish()
    assert journal.drafts.all() == []
    assert journal.results.all() == [result]
    assert set(result.response.answers) == {item.id for item in tiny.items}


def test_a_response_that_came_whole_is_recorded_whole(
    journal: Journal, tiny: Questionnaire
) -> None:
    result = record(journal, tiny, "self", Response({"listen-ask": 4}), now)
    assert result.response.answers["listen-repeat"] is Mark.LEFT_OPEN


def test_a_questionnaire_is_answered_in_one_place_at_a_time(tmp_path: Path) -> None:
    with (
        alone(tmp_path, "tiny", "self"),
        pytest.raises(ChecklistError) as error,
        alone(tmp_path, "tiny", "self"),
    ):
        pass
    assert error.value.code == "already-running"
    with alone(tmp_path, "tiny", "self"), alone(tmp_path, "tiny", "observer"):
        pass


def _die_holding(folder: Path) -> None:
    with alone(folder, "tiny", "self"):
        os._exit(9)


def test_a_process_that_died_holds_nothing(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die_holding, args=(tmp_path,))
    process.start()
    process.join(30)
    assert process.exitcode == 9
    with alone(tmp_path, "tiny", "self"):
        pass
