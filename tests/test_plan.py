"""Reminders: on which days, and as a calendar that other programs read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from checklist.i18n import Texts
from checklist.journal import Commitment, State
from checklist.plan import calendar, reminder_days

NOW = datetime(2026, 10, 3, 9, tzinfo=UTC)


def commitment(title: str = "Erst fragen, dann raten; immer") -> Commitment:
    return Commitment(
        id=7,
        result_id=1,
        questionnaire_id="anti-churn",
        item="a",
        title=title,
        step="Wenn ein Kunde „ja“ sagt,\ndann …",
        state=State.OPEN,
        taken_at=NOW,
        asked_at=None,
    )


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_reminders_fall_on_working_days_after_two_and_six_weeks(taken_on: date) -> None:
    for weeks, when in zip((2, 6), reminder_days(taken_on), strict=True):
        assert when.weekday() < 5
        assert 0 <= (when - taken_on - timedelta(weeks=weeks)).days <= 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_calendar_can_be_read_by_others_and_is_private(language: str) -> None:
    made = Calendar.from_ical(calendar([commitment(), commitment("Zwei")], Texts(language), NOW))
    events = made.walk("VEVENT")
    assert len(events) == 4
    first = events[0]
    assert "Erst fragen, dann raten; immer" in str(first["summary"])
    assert "Wenn ein Kunde „ja“ sagt,\ndann …" in str(first["description"])
    assert str(first["class"]) == "PRIVATE"
    start = first.decoded("dtstart")
    assert isinstance(start, datetime)
    assert (start.date(), start.hour, start.tzinfo) == (date(2026, 10, 19), 9, None)
    assert len(first.walk("VALARM")) == 1
    assert len({str(event["uid"]) for event in events}) == 2, "the two share an id here, not more"


def test_writing_again_gives_the_same_ids_so_that_calendars_do_not_double_them() -> None:
    first, again = (
        [
            str(e["uid"])
            for e in Calendar.from_ical(calendar([commitment()], Texts("de"), at)).walk("VEVENT")
        ]
        for at in (NOW, NOW + timedelta(days=3))
    )
    assert first == again
    assert len(set(first)) == 2
