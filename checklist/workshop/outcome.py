"""The files that a workshop leaves behind: report, hand-out, list for the company, calendar entry.

They are written when it closes, and again whenever something is changed afterwards. Each carries a
mark: whose it is, and a digest of what it says. So a file of this workshop is replaced by its next
version, but one that anybody has edited, or that was there before, stays as it is: the new one is
then put beside it under a numbered name.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import count
from pathlib import Path

from checklist import files
from checklist.i18n import Texts
from checklist.render import html
from checklist.render.round_document import round_blocks
from checklist.report import Report
from checklist.rounds import Round
from checklist.workshop import handout
from checklist.workshop.showing.actions import sentence
from checklist.workshop.state import Workshop

MARK = re.compile(
    r"^(?:<!-- |X-CHECKLIST-WORKSHOP:)([0-9a-f]{16}) ([0-9a-f]{32})(?: -->)?\r?\n", re.M
)
"""A comment in a page, or a property of a calendar: whose file it is, and its digest."""


def write(
    folder: Path,
    workshop: Workshop,
    round_: Round,
    reports: Mapping[str, Report],
    texts: Texts,
    before: Round | None = None,
) -> list[Path]:
    """Write them into a folder.

    Parameters
    ----------
    reports
        On the closed round, by language; where there is none in the interface's, none is written.
    before
        The round that this one follows, if it is at hand.

    Returns
    -------
    list of Path
        What was written: report and hand-out; the list for the company where there is anything on
        it, the calendar entry where a day was agreed.

    Raises
    ------
    ChecklistError
        ``output-unwritable``.
    """
    owner = sha256(round_.key.encode()).hexdigest()[:16]
    pages = {}
    if report := reports.get(texts.language):
        blocks = round_blocks(report, round_, texts, before)
        pages["report"] = html.render(blocks, texts)
    pages["handout"] = handout.render(workshop, round_, texts)
    if any(cause.side == "company" for cause in workshop.causes):
        pages["company"] = handout.for_company(workshop, round_, texts)
    if workshop.follow_up is not None:
        pages["calendar"] = _calendar(workshop, workshop.follow_up, round_, owner, texts)
    return [
        _put(folder, texts(f"handout.file.{name}", code=round_.code), page, owner)
        for name, page in pages.items()
    ]


def _calendar(workshop: Workshop, day: date, round_: Round, owner: str, texts: Texts) -> str:
    """Write the day on which the room meets again as iCalendar (RFC 5545), without an hour."""
    from icalendar import Calendar, Event

    agreed = [sentence(each, texts) for each in workshop.actions]
    event = Event()
    event.add("uid", f"{owner}@checklist")
    event.add("dtstamp", workshop.phase_began or datetime.combine(day, time(), UTC))
    event.add("dtstart", day)
    event.add("summary", texts("handout.ics.summary", title=round_.title))
    event.add("description", "\n\n".join([*agreed, texts("handout.ics.questions")]))
    event.add("transp", "TRANSPARENT")
    made = Calendar()
    made.add("prodid", "-//checklist//workshop//")
    made.add("version", "2.0")
    made.add_component(event)
    return bytes(made.to_ical()).decode()


def _put(folder: Path, name: str, page: str, owner: str) -> Path:
    """Write a file under the first name that is free or its own."""
    path = next(path for path in _names(folder / name) if not path.exists() or _is_own(path, owner))
    files.replace(path, _marked(page, owner).encode())
    return path


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}-{number}")


def _marked(page: str, owner: str) -> str:
    mark = f"{owner} {_digest(page)}"
    if page.startswith("BEGIN:VCALENDAR"):
        head, event = page.split("BEGIN:VEVENT", 1)
        return f"{head}X-CHECKLIST-WORKSHOP:{mark}\r\nBEGIN:VEVENT{event}"
    body, end = page.rsplit("</html>", 1)
    return f"{body}<!-- {mark} -->\n</html>{end}"


def _is_own(path: Path, owner: str) -> bool:
    """Whether a file is of this workshop, and still as it was written."""
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return False
    found = MARK.search(text)
    if found is None or found[1] != owner:
        return False
    return found[2] == _digest(text[: found.start()] + text[found.end() :])


def _digest(page: str) -> str:
    return sha256(page.encode()).hexdigest()[:32]
