"""``checklist`` alone: what is open, and what to do next."""

from typing import Annotated

import typer

from checklist import __version__
from checklist.cli.perspectives import with_view
from checklist.cli.session import Lang, Session, session_of
from checklist.journal import Draft, Journal
from checklist.questionnaire import Wording
from checklist.render.blocks import Block, Bullets, Heading, Paragraph
from checklist.terminal.words import minutes


def overview(
    context: typer.Context,
    lang: Lang = None,
    version: Annotated[
        bool, typer.Option("--version", help="option.version", is_eager=True)
    ] = False,
) -> None:
    """Say what is open and what to do next, where no command is named."""
    if context.invoked_subcommand is not None:
        return
    session = session_of(context)
    session.check_lang(lang)
    if version:
        session.write(f"checklist {__version__}\n")
        return
    with session.journal() as journal:
        session.show([*_drafts(session, journal), *_plan(session, journal), *_start(session)])


def _drafts(session: Session, journal: Journal) -> list[Block]:
    texts = session.texts
    points = []
    for draft in journal.drafts.all():
        questionnaire = journal.drafts.questionnaire(draft)
        said = texts(
            "overview.draft",
            title=Wording.of(questionnaire, texts.language).title,
            done=texts.count("resume.answers", len(draft.response.answers)),
            total=len(questionnaire.items),
        )
        if draft.round:
            said = texts("overview.for-round", draft=said, code=_code(draft))
        points.append((said, _command(draft)))
    return [Heading(texts("overview.drafts")), Bullets(tuple(points))] if points else []


def _command(draft: Draft) -> str:
    """Say how to go on with a draft."""
    named = f"--round {_code(draft)}" if draft.round else draft.questionnaire_id
    return f"checklist run {with_view(named, draft.perspective)}"


def _code(draft: Draft) -> str:
    return draft.round.partition(".")[0]


def _plan(session: Session, journal: Journal) -> list[Block]:
    texts = session.texts
    points: list[tuple[str, str]] = []
    alive = sum(commitment.alive for commitment in journal.commitments.all())
    if alive:
        points.append((texts.count("overview.plan", alive), "checklist plan"))
    latest = journal.results.all()[:1]
    for result in latest:
        said = texts(
            "overview.result",
            title=Wording.of(result.questionnaire, texts.language).title,
            date=texts.day(result.finished_at.astimezone().date()),
        )
        points.append((said, f"checklist results {result.questionnaire.id}"))
    return [Heading(texts("overview.plan-title")), Bullets(tuple(points))] if points else []


def _start(session: Session) -> list[Block]:
    texts = session.texts
    points = tuple(
        (
            texts(
                "questions.row",
                title=Wording.of(questionnaire, texts.language).title,
                items=len(questionnaire.items),
                minutes=minutes(questionnaire),
            ),
            f"checklist run {questionnaire.id}",
        )
        for questionnaire in session.bank(None).all()
    )
    return [
        Heading(texts("overview.start")),
        Bullets(points),
        Paragraph(texts("overview.more"), quiet=True),
    ]
