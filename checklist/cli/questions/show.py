"""``checklist questions show``: the card of an instrument, or a look at it as respondents do."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from checklist.cli.perspectives import check_outside_view, perspective_of
from checklist.cli.questions.named import named
from checklist.cli.session import Lang, Questions, Session, session_of
from checklist.errors import ChecklistError, WrongUsage
from checklist.questionnaire import Perspective, Questionnaire, Wording


class Format(StrEnum):
    """How a card is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"


Name = Annotated[str, typer.Argument(metavar="ID|FILE", help="argument.id-or-file")]


def show(
    context: typer.Context,
    name: Name,
    form: Annotated[
        Format, typer.Option("--format", metavar="terminal|markdown", help="option.card-format")
    ] = Format.TERMINAL,
    preview: Annotated[bool, typer.Option("--preview", help="option.preview")] = False,
    perspective: Annotated[
        str,
        typer.Option(
            "--perspective", metavar="self|observer|lead", help="option.preview-perspective"
        ),
    ] = "self",
    plain: Annotated[bool, typer.Option("--plain", help="option.preview-plain")] = False,
    questions: Questions = None,
    lang: Lang = None,
) -> None:
    """Show the card of a questionnaire, or walk through it without keeping anything."""
    session = session_of(context)
    session.check_lang(lang)
    view = perspective_of(perspective)
    questionnaire = named(session, name, questions)
    if preview:
        check_outside_view(questionnaire, view)
        _preview(session, questionnaire, view, form, plain=plain)
    elif plain or view != "self":
        raise WrongUsage("preview-only", name=name)
    else:
        _card(session, questionnaire, form)


def _card(session: Session, questionnaire: Questionnaire, form: Format) -> None:
    from checklist.render import instrument
    from checklist.terminal.words import minutes

    blocks = instrument.card(questionnaire, minutes(questionnaire), session.texts)
    session.publish(blocks, as_markdown=form is Format.MARKDOWN)


def _preview(
    session: Session, questionnaire: Questionnaire, view: Perspective, form: Format, *, plain: bool
) -> None:
    """Lead through the questionnaire and show the result; no journal is opened."""
    from checklist.cli.fronts import front_for
    from checklist.terminal.front import Left
    from checklist.terminal.rehearsal import rehearse

    wording = Wording.of(questionnaire, session.texts.language, view)
    try:
        with front_for(session, plain=plain) as front:
            result = rehearse(front, wording, session.texts, session.now)
    except Left:
        session.say(session.texts("instrument.preview-over"))
        return
    except EOFError as error:
        raise ChecklistError("preview-input-ended", id=questionnaire.id) from error
    from checklist.render import document
    from checklist.report import own_report

    report = own_report(result, [], [], session.texts)
    blocks = document.result(report, session.texts, explain=False, history=False)
    session.publish(blocks, as_markdown=form is Format.MARKDOWN)
    session.say(session.texts("instrument.preview-over"))
