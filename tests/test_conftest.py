import os
import sqlite3
from pathlib import Path

import pytest
from platformdirs import user_data_path

from checklist.bank import Bank
from checklist.questionnaire import Questionnaire
from tests import conftest
from tests.helpers import Call


def test_nothing_reaches_the_real_home() -> None:
    for real in conftest.REAL:
        for use in (os.listdir, os.mkdir, open, sqlite3.connect):
            with pytest.raises(pytest.fail.Exception, match="in the real home"):
                use(os.path.join(real, "journal.db"))  # noqa: PTH118


def test_every_way_to_a_home_leads_into_the_test_folder(home: Path) -> None:
    base = home.parent
    assert Path.home() == base
    assert user_data_path("checklist").is_relative_to(base)
    assert not home.exists()


@pytest.mark.parametrize("way", ["checklist", "inside"])
def test_both_ways_of_calling_give_the_same(
    way: str, request: pytest.FixtureRequest, home: Path
) -> None:
    call: Call = request.getfixturevalue(way)
    done = call("data", "path")
    assert (done.code, done.out, done.err) == (0, f"{home}\n", "")
    wrong = call("nonsense", env={"LANG": "en_GB.UTF-8"})
    assert wrong.code == 2
    assert "nonsense" in wrong.said


def test_the_tiny_questionnaire_is_found_in_its_folder(
    tiny: Questionnaire, tiny_folder: Path
) -> None:
    assert Bank(tiny_folder).load("tiny") == tiny
