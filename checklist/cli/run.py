"""``checklist run``: answer a questionnaire."""

from pathlib import Path
from typing import Annotated

import typer

from checklist.answers import read_answers
from checklist.bank import Bank
from checklist.cli.formats import AsFormat, Format, show
from checklist.cli.fronts import front_for
from checklist.cli.perspectives import check_outside_view, perspective_of, with_view
from checklist.cli.session import Id, Lang, Questions, Session, session_of
from checklist.errors import ChecklistError, WrongUsage
from checklist.journal import Journal
from checklist.questionnaire import Perspective, Questionnaire, Wording
from checklist.sitting import record
from checklist.terminal.course import Course
from checklist.terminal.front import Front, Left


def run(
    context: typer.Context,
    questionnaire_id: Id = None,
    lang: Lang = None,
    plain: Annotated[bool, typer.Option("--plain", help="option.plain")] = False,
    perspective: Annotated[
        str,
        typer.Option("--perspective", metavar="self|observer|lead", help="option.perspective"),
    ] = "self",
    questions: Questions = None,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="FILE", help="option.answers")
    ] = None,
    round_code: Annotated[
        str | None, typer.Option("--round", metavar="CODE", help="option.round")
    ] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="NAME", help="option.team")] = None,
    lead_code: Annotated[
        str | None, typer.Option("--lead-code", metavar="CODE", help="option.lead-code")
    ] = None,
    join: Annotated[str | None, typer.Option("--join", metavar="URL", help="option.join")] = None,
    cert: Annotated[str | None, typer.Option("--cert", metavar="FILE", help="option.cert")] = None,
    form: AsFormat = Format.TERMINAL,
    yes: Annotated[bool, typer.Option("--yes", help="option.run-yes")] = False,
) -> None:
    """Answer a questionnaire, or take a response from a file."""
    session = session_of(context)
    session.check_lang(lang)
    view = perspective_of(perspective)
    file = None if answers is None else Path(answers)
    if join is not None:
        from checklist.cli.run_join import run_join

        others = (questionnaire_id, file, round_code, team, lead_code, questions)
        if view != "self" or form != Format.TERMINAL or any(each is not None for each in others):
            raise WrongUsage("join-alone")
        run_join(session, join, certificate=cert, plain=plain)
        return
    if cert is not None:
        raise WrongUsage("cert-without-join")
    if lead_code is not None and (view != "lead" or round_code is None):
        raise WrongUsage("lead-code-alone")
    if round_code is not None:
        from checklist.cli.run_round import run_round

        if questionnaire_id is not None:
            raise WrongUsage("round-and-questionnaire", given=questionnaire_id)
        run_round(
            session,
            round_code,
            view,
            team,
            lead_code=lead_code or "",
            answers=file,
            plain=plain,
            form=form,
            yes=yes,
        )
        return
    if team is not None:
        raise WrongUsage("team-without-round")
    bank = session.bank(questions)
    if file is not None:
        _from_file(session, bank, questionnaire_id, view, file, form)
        return
    with front_for(session, plain=plain) as front, session.journal() as journal:
        questionnaire = bank.load(questionnaire_id or _chosen(session, bank, front))
        check_outside_view(questionnaire, view)
        _converse(session, journal, front, questionnaire, view, form)


def _converse(
    session: Session,
    journal: Journal,
    front: Front,
    questionnaire: Questionnaire,
    view: Perspective,
    form: Format,
) -> None:
    course = Course(front, journal, session.folder, session.texts, session.now)
    try:
        result = course.answer(questionnaire, view)
    except Left:
        session.say(_where_to_go_on(session, journal, questionnaire, view))
        return
    except KeyboardInterrupt:
        session.say(_where_to_go_on(session, journal, questionnaire, view))
        raise
    except EOFError as error:
        kept = journal.drafts.find(questionnaire.id, view)
        code = "input-ended" if kept else "input-ended-early"
        raise ChecklistError(code, id=questionnaire.id) from error
    report = show(session, journal, result, form)
    taken = course.take_up(result, report)
    session.say(session.texts.count("run.taken", taken) if taken else session.texts("run.kept"))


def _from_file(
    session: Session,
    bank: Bank,
    questionnaire_id: str | None,
    view: Perspective,
    path: Path,
    form: Format,
) -> None:
    if questionnaire_id is None:
        raise WrongUsage("missing-questionnaire", known=", ".join(bank.ids))
    questionnaire = bank.load(questionnaire_id)
    check_outside_view(questionnaire, view)
    response = read_answers(path, questionnaire)
    with session.journal() as journal:
        show(session, journal, record(journal, questionnaire, view, response, session.now), form)


def _chosen(session: Session, bank: Bank, front: Front) -> str:
    """Have one of the questionnaires at hand chosen."""
    known = list(bank.all())
    titles = [Wording.of(questionnaire, session.texts.language).title for questionnaire in known]
    try:
        with front.cards():
            return known[front.choose(session.texts("run.choose"), titles)].id
    except (EOFError, Left) as error:
        raise WrongUsage("missing-questionnaire", known=", ".join(bank.ids)) from error


def _where_to_go_on(
    session: Session, journal: Journal, questionnaire: Questionnaire, view: Perspective
) -> str:
    if journal.drafts.find(questionnaire.id, view) is None:
        return session.texts("run.nothing-said")
    return session.texts("run.left", command=f"checklist run {with_view(questionnaire.id, view)}")
