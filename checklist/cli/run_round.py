"""``checklist run --round``: answer for a round in the store."""

from pathlib import Path

from checklist.answers import read_answers
from checklist.cli.formats import Format, show
from checklist.cli.fronts import front_for
from checklist.cli.rounds.keeping import any_store, collecting, today
from checklist.cli.session import Session
from checklist.errors import ChecklistError, WrongUsage
from checklist.interview import Interview
from checklist.rounds import Round, Team
from checklist.sending import Parcel, deliver
from checklist.sitting import alone, record
from checklist.store import Store
from checklist.terminal.course import Course
from checklist.terminal.front import Left
from checklist.terminal.round_course import Outcome, RoundCourse, team_of


def run_round(
    session: Session,
    code: str,
    team_name: str | None,
    *,
    answers: Path | None,
    plain: bool,
    form: Format,
) -> None:
    """Have a round answered, with cards or lines or from a file, and show the own result."""
    with any_store(session) as store:
        round_ = collecting(store, code)
        _check_last_day(session, round_)
        team = None if team_name is None else team_of(round_, team_name)
        if answers is not None:
            _from_file(session, store, round_, team, answers, form)
            return
        with front_for(session, plain=plain) as front, session.journal() as journal:
            course = Course(front, journal, session.folder, session.texts, session.now)
            _converse(session, RoundCourse(course, store, round_), team, form)


def _check_last_day(session: Session, round_: Round) -> None:
    if round_.until is not None and not round_.takes_answers_on(today(session)):
        last = session.texts.day(round_.until)
        raise ChecklistError("round-over", code=round_.code, date=last)


def _converse(session: Session, round_course: RoundCourse, team: Team | None, form: Format) -> None:
    texts, code = session.texts, round_course.round.code
    journal = round_course.course.journal
    try:
        result, outcome = round_course.answer(team)
    except Left:
        session.say(_where_to_go_on(session, round_course))
        return
    except KeyboardInterrupt:
        session.say(_where_to_go_on(session, round_course))
        raise
    except EOFError as error:
        kept = _has_draft(round_course)
        raise ChecklistError(
            "round-input-ended" if kept else "round-input-ended-early", code=code
        ) from error
    if result is None:
        key = "sending.kept-here" if round_course.keeps else "sending.dropped"
        session.say(texts(key, code=code))
        return
    report = show(session, journal, result, form)
    session.say(_what_was_sent(session, outcome, code))
    if round_course.keeps:
        taken = round_course.course.take_up(result, report)
        session.say(texts.count("run.taken", taken) if taken else texts("run.kept"))


def _what_was_sent(session: Session, outcome: Outcome, code: str) -> str:
    if outcome == "late":
        return session.texts("sending.late", code=code)
    if outcome == "for-someone":
        return session.texts("sending.sent-for-someone")
    if outcome == "replaced":
        return session.texts("sending.replaced")
    return session.texts("sending.sent", code=code)


def _where_to_go_on(session: Session, round_course: RoundCourse) -> str:
    if not round_course.keeps:
        return session.texts("sending.dropped")
    if not _has_draft(round_course):
        return session.texts("run.nothing-said")
    return session.texts("sending.kept-here", code=round_course.round.code)


def _has_draft(round_course: RoundCourse) -> bool:
    round_, drafts = round_course.round, round_course.course.journal.drafts
    draft = drafts.find(round_.questionnaire.id, "self", round_.key)
    return round_course.keeps and draft is not None


def _from_file(
    session: Session, store: Store, round_: Round, team: Team | None, path: Path, form: Format
) -> None:
    """Send what a file holds; nothing is asked."""
    if team is None and len(round_.teams) > 1:
        raise WrongUsage("missing-team", known=", ".join(each.name for each in round_.teams))
    team = team or round_.teams[0]
    said = read_answers(path, round_.questionnaire)
    response = Interview(round_.questionnaire, "self", said).final
    if (response.comments or response.reflections) and not round_.comments:
        session.say(session.texts("sending.texts-stay"))
    locked = alone(session.folder, round_.questionnaire.id, "self", round_.key)
    with locked, session.journal() as journal:
        outcome = deliver(store, journal, Parcel(round_, team.name, response), today(session))
        result = record(journal, round_.questionnaire, "self", said, session.now)
        show(session, journal, result, form)
    session.say(_what_was_sent(session, outcome, round_.code))
