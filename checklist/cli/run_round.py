"""``checklist run --round``: answer for a round in the store."""

from datetime import date
from pathlib import Path

from checklist.answers import read_answers
from checklist.cli.formats import Format, show
from checklist.cli.fronts import front_for
from checklist.cli.rounds.keeping import any_store, today
from checklist.cli.session import Session
from checklist.errors import ChecklistError, WrongUsage
from checklist.interview import Interview
from checklist.journal import Journal
from checklist.rounds import Round, Team
from checklist.sending import Parcel
from checklist.sitting import record
from checklist.store import Store
from checklist.terminal.course import Course
from checklist.terminal.front import Left
from checklist.terminal.round_course import RoundCourse, team_of


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
    with any_store() as store:
        round_ = store.rounds.get(code)
        _check_collecting(round_, today(session))
        team = None if team_name is None else team_of(round_, team_name)
        if answers is not None:
            _from_file(session, store, round_, team, answers, form)
            return
        with front_for(session, plain=plain) as front, session.journal() as journal:
            course = Course(front, journal, session.folder, session.texts, session.now)
            _converse(session, RoundCourse(course, store, round_), team, form)


def _check_collecting(round_: Round, day: date) -> None:
    if round_.state != "collecting":
        raise ChecklistError("round-closed", code=round_.code)
    if round_.until is not None and day > round_.until:
        raise ChecklistError("round-over", code=round_.code, date=round_.until.isoformat())


def _converse(session: Session, round_course: RoundCourse, team: Team | None, form: Format) -> None:
    texts, code = session.texts, round_course.round.code
    journal = round_course.course.journal
    try:
        result, sent = round_course.answer(team)
    except Left:
        session.say(_where_to_go_on(session, journal, round_course.round))
        return
    except KeyboardInterrupt:
        session.say(_where_to_go_on(session, journal, round_course.round))
        raise
    except EOFError as error:
        kept = journal.drafts.find(round_course.round.questionnaire.id, "self", code)
        raise ChecklistError(
            "round-input-ended" if kept else "input-ended-early",
            id=round_course.round.questionnaire.id,
            code=code,
        ) from error
    if result is None:
        session.say(texts("sending.kept-here", code=code))
        return
    report = show(session, journal, result, form)
    session.say(_what_was_sent(session, sent, code))
    if sent != "for-someone":
        taken = round_course.course.take_up(result, report)
        session.say(texts.count("run.taken", taken) if taken else texts("run.kept"))


def _what_was_sent(session: Session, sent: str, code: str) -> str:
    if sent == "for-someone":
        return session.texts("sending.sent-for-someone")
    if sent == "replaced":
        return session.texts("sending.replaced")
    return session.texts("sending.sent", code=code)


def _where_to_go_on(session: Session, journal: Journal, round_: Round) -> str:
    if journal.drafts.find(round_.questionnaire.id, "self", round_.code) is None:
        return session.texts("run.nothing-said")
    return session.texts("run.left", command=f"checklist run --round {round_.code}")


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
    with session.journal() as journal:
        sent = store.responses.put(Parcel(round_, team.name, response).packed(journal))
        result = record(journal, round_.questionnaire, "self", said, session.now)
        show(session, journal, result, form)
    session.say(_what_was_sent(session, sent, round_.code))
