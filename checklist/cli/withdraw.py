"""``checklist withdraw``: take back one's response to a round that is still open."""

import typer

from checklist.cli.asking import confirmed
from checklist.cli.rounds.keeping import Code, any_store
from checklist.cli.session import Lang, Yes, session_of
from checklist.errors import ChecklistError
from checklist.sending import take_back
from checklist.sitting import alone


def withdraw(context: typer.Context, code: Code, yes: Yes = False, lang: Lang = None) -> None:
    """Take back what was sent from this journal; own results stay."""
    session = session_of(context)
    session.check_lang(lang)
    texts = session.texts
    with any_store(session) as store, session.journal() as journal:
        round_ = store.rounds.get(code)
        mine = journal.participations.find(round_.key)
        if mine is None or not mine.counts:
            raise ChecklistError("not-taken-part", code=round_.code)
        if round_.state != "collecting":
            raise ChecklistError("withdraw-late", code=round_.code)
        if not yes and not confirmed(
            session,
            texts("withdraw.question", code=round_.code),
            texts("withdraw.no"),
            texts("withdraw.yes"),
            command=f"checklist withdraw {round_.code} --yes",
        ):
            session.say(texts("withdraw.kept"))
            return
        with alone(session.folder, round_.questionnaire.id, "self", round_.key):
            take_back(store, journal, round_, mine)
    session.say(texts("withdraw.done"))
