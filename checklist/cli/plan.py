"""``checklist plan``: what was taken up, what became of it, and reminders."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from checklist.cli.fronts import is_interactive
from checklist.cli.session import Lang, Session, session_of
from checklist.errors import ChecklistError
from checklist.files import write_new
from checklist.journal import Commitment, Journal
from checklist.render.blocks import Block, Heading, NumberedStep, Paragraph, Steps
from checklist.terminal.by_lines import ByLines
from checklist.terminal.course import Course
from checklist.terminal.front import Left


def plan(
    context: typer.Context,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help="option.ics")] = None,
    lang: Lang = None,
) -> None:
    """Show the plan; write reminders; note what became of a step."""
    session = session_of(context)
    session.check_lang(lang)
    with session.journal() as journal:
        commitments = journal.commitments.all()
        alive = [commitment for commitment in commitments if commitment.alive]
        if ics is not None:
            _write_reminders(session, alive, Path(ics))
            return
        session.show(_blocks(session, commitments, alive))
        if alive and is_interactive():
            _ask(session, journal, alive)


def _write_reminders(session: Session, alive: list[Commitment], path: Path) -> None:
    from checklist.plan import calendar

    if not alive:
        raise ChecklistError("no-commitments")
    write_new(path, calendar(alive, session.texts, session.now()))
    session.say(session.texts("plan.written", file=path))


def _ask(session: Session, journal: Journal, alive: list[Commitment]) -> None:
    front = ByLines(sys.stderr, sys.stdin, session.texts)
    course = Course(front, journal, session.folder, session.texts, session.now)
    try:
        picked = front.pick(session.texts("plan.which"), len(alive))
        course.look_back([alive[place] for place in picked])
    except (EOFError, Left):
        return
    session.say(session.texts("plan.noted"))


def _blocks(
    session: Session, commitments: list[Commitment], alive: list[Commitment]
) -> list[Block]:
    texts = session.texts
    if not commitments:
        return [Heading(texts("plan.title")), Paragraph(texts("plan.empty"))]
    blocks: list[Block] = []
    settled = [commitment for commitment in commitments if not commitment.alive]
    for key, chosen in (("plan.title", alive), ("plan.settled", settled)):
        if chosen:
            blocks += [Heading(texts(key)), Steps(tuple(_step(session, c) for c in chosen))]
    if alive:
        blocks.append(Paragraph(texts("plan.hint"), quiet=True))
    return blocks


def _step(session: Session, commitment: Commitment) -> NumberedStep:
    texts = session.texts
    return NumberedStep(
        title=commitment.title,
        step=commitment.step,
        reason=texts(
            "plan.state",
            date=texts.day(commitment.taken_at.astimezone().date()),
            state=texts(f"state.{commitment.state}"),
        ),
    )
