"""``checklist results``: the latest own result."""

from typing import Annotated

import typer

from checklist.cli.formats import AsResultFormat, ResultFormat, show
from checklist.cli.publishing import Force, Output, check_page
from checklist.cli.session import Id, Lang, session_of
from checklist.errors import ChecklistError


def results(
    context: typer.Context,
    questionnaire_id: Id = None,
    history: Annotated[bool, typer.Option("--history", help="option.history")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="option.explain")] = False,
    form: AsResultFormat = ResultFormat.TERMINAL,
    output: Output = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Show the latest result again."""
    session = session_of(context)
    session.check_lang(lang)
    with session.journal() as journal:
        found = journal.results.all(questionnaire_id)
        if not found:
            if questionnaire_id is None:
                raise ChecklistError("no-results")
            known = session.bank(None).load(questionnaire_id)
            raise ChecklistError("no-results-of", id=known.id)
        latest = found[0]
        name = latest.questionnaire.id
        check_page(
            f"checklist results {name} --format html --output {name}.html",
            as_page=form is ResultFormat.HTML,
            output=output,
        )
        show(
            session, journal, latest, form,
            explain=explain, history=history, output=output, force=force,
        )  # fmt: skip
