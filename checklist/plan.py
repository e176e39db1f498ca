"""Reminders of a plan, as a calendar file: two and six weeks after a step was taken up."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from checklist.i18n import Texts
from checklist.journal import Commitment

WEEKS = (2, 6)
HOUR = 9
MINUTES = 15
SATURDAY = 5


def reminder_days(taken_on: date) -> list[date]:
    """Give the days of the reminders; one that falls on a weekend waits for Monday.

    Examples
    --------
    >>> [str(when) for when in reminder_days(date(2026, 11, 22))]
    ['2026-12-07', '2027-01-04']
    """
    days = [taken_on + timedelta(weeks=weeks) for weeks in WEEKS]
    return [
        when + timedelta(days=7 - when.weekday()) if when.weekday() >= SATURDAY else when
        for when in days
    ]


def calendar(commitments: Sequence[Commitment], texts: Texts, now: datetime) -> bytes:
    """Write reminders of all commitments as iCalendar (RFC 5545), private, in local time.

    Parameters
    ----------
    commitments
        What to be reminded of.
    texts
        The interface's language.
    now
        When the file is made.
    """
    from icalendar import Alarm, Calendar, Event

    made = Calendar()
    made.add("prodid", "-//checklist//plan//")
    made.add("version", "2.0")
    for commitment in commitments:
        days = reminder_days(commitment.taken_at.astimezone().date())
        for weeks, when in zip(WEEKS, days, strict=True):
            start = datetime(when.year, when.month, when.day, HOUR)
            event = Event()
            stamp = commitment.taken_at.strftime("%Y%m%d%H%M%S")
            event.add("uid", f"{stamp}-{commitment.id}-{weeks}@checklist")
            event.add("dtstamp", now)
            event.add("dtstart", start)
            event.add("dtend", start + timedelta(minutes=MINUTES))
            event.add("summary", texts("ics.summary", title=commitment.title))
            event.add("description", f"{commitment.step}\n\n{texts('ics.question')}")
            event.add("class", "PRIVATE")
            event.add("transp", "TRANSPARENT")
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", commitment.title)
            alarm.add("trigger", timedelta(0))
            event.add_component(alarm)
            made.add_component(event)
    return bytes(made.to_ical())
