"""``checklist run --round``: answer for a round in the store."""

from pathlib import Path

from checklist.answers import read_answers
from checklist.cli.formats import Format, show
from checklist.cli.fronts import front_for
from checklist.cli.perspectives import check_outside_view, with_view
from checklist.cli.rounds.keeping import any_store, collecting, today
from checklist.cli.session import Session
from checklist.errors import ChecklistError, WrongUsage
from checklist.interview import Interview
from checklist.questionnaire import Perspective
from checklist.rounds import Round, Team
from checklist.sending import Parcel, check_team, deliver
from checklist.sitting import alone, record
from checklist.store import Store
from checklist.terminal.course import Course
from checklist.terminal.front import Left
from checklist.terminal.round_course import Outcome, RoundCourse, led_team, team_of


def run_round(
    session: Session,
    code: str,
    view: Perspective,
    team_name: str | None,
    *,
    lead_code: str,
    answers: Path | None,
    plain: bool,
    form: Format,
    yes: bool,
) -> None:
    """Have a round answered, with cards or lines or from a file, and show the own result."""
    with any_store(session) as store:
        round_ = collecting(store, code)
        _check_last_day(session, round_)
        check_outside_view(round_.questionnaire, view)
        if view == "lead" and not round_.asks_leads:
            raise ChecklistError("no-lead-codes", code=round_.code)
        team = None if team_name is None else team_of(round_, team_name)
        if lead_code:
            team = led_team(round_, lead_code, team)
        if answers is not None:
            _from_file(session, store, round_, view, team, lead_code, answers, form, yes=yes)
            return
        with front_for(session, plain=plain) as front, session.journal() as journal:
            course = Course(front, journal, session.folder, session.texts, session.now)
            _converse(session, RoundCourse(course, store, round_, view, lead_code), team, form)


def _check_last_day(session: Session, round_: Round) -> None:
    if round_.until is not None and not round_.takes_answers_on(today(session)):
        last = session.texts.day(round_.until)
        raise ChecklistError("round-over", code=round_.code, date=last)


def _converse(session: Session, round_course: RoundCourse, team: Team | None, form: Format) -> None:
    texts, code = session.texts, with_view(round_course.round.code, round_course.view)
    try:
        result, outcome = round_course.answer(team)
    except Left:
        session.say(_where_to_go_on(session, round_course))
        return
    except KeyboardInterrupt:
        session.say(_where_to_go_on(session, round_course))
        raise
    except EOFError as error:
        kept = "round-input-ended" if round_course.has_draft else "round-input-ended-early"
        raise ChecklistError(kept, code=code) from error
    if result is None:
        key = "sending.kept-here" if round_course.keeps else "sending.dropped"
        session.say(texts(key, code=code))
        return
    report = show(session, round_course.course.journal, result, form)
    session.say(_what_was_sent(session, outcome, round_course.round, round_course.view))
    if round_course.keeps:
        taken = round_course.course.take_up(result, report)
        session.say(texts.count("run.taken", taken) if taken else texts("run.kept"))


def _what_was_sent(session: Session, outcome: Outcome, round_: Round, view: Perspective) -> str:
    texts, code = session.texts, with_view(round_.code, view)
    if outcome == "late":
        return texts("sending.late", code=round_.code)
    if outcome == "for-someone" and view == "lead":
        return texts("outside-view.sent-lead-elsewhere", code=code)
    if outcome == "for-someone":
        return texts("sending.sent-for-someone")
    if outcome == "replaced":
        return texts("sending.replaced")
    return texts("outside-view.sent-lead" if view == "lead" else "sending.sent", code=code)


def _where_to_go_on(session: Session, round_course: RoundCourse) -> str:
    if not round_course.keeps:
        return session.texts("sending.dropped")
    if not round_course.has_draft:
        return session.texts("run.nothing-said")
    code = with_view(round_course.round.code, round_course.view)
    return session.texts("sending.kept-here", code=code)


def _from_file(
    session: Session,
    store: Store,
    round_: Round,
    view: Perspective,
    team: Team | None,
    lead_code: str,
    path: Path,
    form: Format,
    *,
    yes: bool,
) -> None:
    """Send what a file holds; nothing is asked, but another team needs ``yes``."""
    if view == "lead" and not lead_code:
        raise WrongUsage("missing-lead-code")
    if team is None and len(round_.teams) > 1:
        raise WrongUsage("missing-team", known=", ".join(each.name for each in round_.teams))
    team = team or round_.teams[0]
    asked = round_.questionnaire
    said = read_answers(path, asked)
    response = Interview(asked, view, said).final
    parcel = Parcel(round_, team.name, response, view, lead_code=lead_code)
    if (response.comments or response.reflections) and not parcel.texts:
        stay = "sending.texts-stay" if view == "self" else "outside-view.texts-stay"
        session.say(session.texts(stay))
    with alone(session.folder, asked.id, view, round_.key), session.journal() as journal:
        check_team(journal, round_, view, team.name)
        before = journal.participations.find(parcel.key, view)
        if before is not None and before.counts and before.team != team.name and not yes:
            raise ChecklistError("sent-for-another-team", code=round_.code, before=before.team)
        outcome = deliver(store, journal, parcel, today(session))
        result = record(journal, asked, view, said, session.now)
        show(session, journal, result, form)
    session.say(_what_was_sent(session, outcome, round_, view))
