"""``checklist withdraw``: take back one's response to a round that is still open."""

from typing import Annotated

import typer

from checklist.cli.asking import confirmed
from checklist.cli.perspectives import perspective_of, with_view
from checklist.cli.rounds.keeping import Code, any_store
from checklist.cli.session import Lang, Yes, session_of
from checklist.errors import ChecklistError, WrongUsage
from checklist.journal import Journal, Participation
from checklist.questionnaire import PERSPECTIVES, Perspective
from checklist.rounds import Round
from checklist.sending import led, take_back
from checklist.sitting import alone
from checklist.terminal.round_course import led_team


def withdraw(
    context: typer.Context,
    code: Code,
    perspective: Annotated[
        str,
        typer.Option(
            "--perspective", metavar="self|observer|lead", help="option.withdraw-perspective"
        ),
    ] = "self",
    lead_code: Annotated[
        str | None,
        typer.Option("--lead-code", metavar="CODE", help="option.withdraw-lead-code"),
    ] = None,
    yes: Yes = False,
    lang: Lang = None,
) -> None:
    """Take back what was sent from this journal, or with a lead's code; own results stay."""
    session = session_of(context)
    session.check_lang(lang)
    view, texts = perspective_of(perspective), session.texts
    by_code = "" if lead_code is None else f" --lead-code {lead_code}"
    if lead_code is not None and view != "lead":
        raise WrongUsage("lead-code-alone")
    with any_store(session) as store, session.journal() as journal:
        round_ = store.rounds.get(code)
        mine = _mine(journal, round_, view, lead_code)
        if round_.state != "collecting":
            raise ChecklistError("withdraw-late", code=round_.code)
        if not yes and not confirmed(
            session,
            texts("withdraw.question", code=round_.code),
            texts("withdraw.no"),
            texts("withdraw.yes"),
            command=f"checklist withdraw {with_view(round_.code, view)}{by_code} --yes",
        ):
            session.say(texts("withdraw.kept"))
            return
        with alone(session.folder, round_.questionnaire.id, view, round_.key):
            counted = take_back(store, journal, round_, mine)
        if not counted:
            raise _nothing_counts(round_, view, by_code=lead_code is not None)
    session.say(texts("withdraw.done"))


def _mine(
    journal: Journal, round_: Round, view: Perspective, lead_code: str | None
) -> Participation:
    """Find what is to be taken back; a lead's code is enough, wherever it was sent from.

    Raises
    ------
    ChecklistError
        ``nothing-counts``, ``not-led``, ``taken-part-otherwise``, ``not-taken-part``,
        ``missing-lead-code``.
    """
    if lead_code is not None:
        team = led_team(round_, lead_code).name
        return journal.participations.find(round_.team_key(team), "lead") or led(
            round_, team, lead_code
        )
    sent = journal.participations.of(round_)
    found = [each for each in sent if each.perspective == view]
    if len(found) == 1:
        return found[0]
    if found:  # a lead of two teams
        raise WrongUsage("missing-lead-code")
    if view == "lead":
        raise WrongUsage("not-led", code=round_.code)
    if journal.participations.find(round_.key, view) is not None:
        raise _nothing_counts(round_, view)
    if sent:
        others = [each for each in PERSPECTIVES if each in {one.perspective for one in sent}]
        commands = "; ".join(f"checklist withdraw {with_view(round_.code, it)}" for it in others)
        raise ChecklistError("taken-part-otherwise", code=round_.code, commands=commands)
    raise ChecklistError("not-taken-part", code=round_.code)


def _nothing_counts(round_: Round, view: Perspective, *, by_code: bool = False) -> ChecklistError:
    if by_code:
        return ChecklistError("lead-nothing-counts", code=round_.code)
    return ChecklistError("nothing-counts", code=round_.code, answer=with_view(round_.code, view))
