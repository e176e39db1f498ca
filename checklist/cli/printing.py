"""What commands share that print on paper: of what, and where the page goes."""

from __future__ import annotations

from checklist.cli.publishing import into_file, write_page
from checklist.cli.rounds.keeping import collecting, kept_store
from checklist.cli.session import Session
from checklist.errors import WrongUsage
from checklist.questionnaire import Questionnaire
from checklist.rounds import Round


def printed_of(
    session: Session,
    asked: str | None,
    code: str | None,
    questions: str | None,
    *,
    collects: bool,
) -> tuple[Questionnaire, Round | None]:
    """Find what is to be printed: a questionnaire, or that of a round as it was frozen.

    Parameters
    ----------
    asked, code
        One of them: a round brings its questionnaire along.
    questions
        Where own questionnaires lie.
    collects
        Whether a round has to take answers still.

    Raises
    ------
    WrongUsage
        ``missing-questionnaire``, ``round-and-questionnaire``.
    ChecklistError
        What the bank or the store raise; ``round-closed``.
    """
    if code is None:
        bank = session.bank(questions)
        if asked is None:
            raise WrongUsage("missing-questionnaire", known=", ".join(bank.ids))
        return bank.load(asked), None
    if asked is not None:
        raise WrongUsage("round-and-questionnaire", given=asked)
    with kept_store(session) as store:
        round_ = collecting(store, code) if collects else store.rounds.get(code)
    return round_.questionnaire, round_


def hand_out(session: Session, page: str, output: str | None, told: str, *, force: bool) -> None:
    """Write a page to standard output, or into a file and tell what to do with it."""
    if output is None:
        write_page(session, page)
    else:
        into_file(session, output, page, force=force)
        session.say(told)
