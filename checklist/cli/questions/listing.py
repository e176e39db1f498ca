"""``checklist questions list``: which questionnaires there are."""

import typer

from checklist.cli.session import Lang, Questions, session_of
from checklist.questionnaire import Wording
from checklist.terminal.words import minutes


def list_all(context: typer.Context, lang: Lang = None, questions: Questions = None) -> None:
    """List the questionnaires at hand."""
    session = session_of(context)
    session.check_lang(lang)
    for questionnaire in session.bank(questions).all():
        title = Wording.of(questionnaire, session.texts.language).title
        facts = session.texts(
            "questions.row",
            title=title,
            items=len(questionnaire.items),
            minutes=minutes(questionnaire),
        )
        session.write(f"{questionnaire.id}\t{facts}\n")
