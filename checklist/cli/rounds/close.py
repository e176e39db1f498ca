"""``checklist round close`` and ``purge``: the two final steps of a round."""

from typing import Annotated

import typer

from checklist.cli.asking import confirmed
from checklist.cli.rounds.keeping import Code, delete_answers, kept_store, today
from checklist.cli.session import Lang, Session, Yes, session_of
from checklist.errors import ChecklistError
from checklist.privacy import coarse
from checklist.render.blocks import Block, Bullets, Paragraph, Title
from checklist.report.model import Group, Report
from checklist.reporting import done_already, report_on
from checklist.rounds import Round


def close(context: typer.Context, code: Code, yes: Yes = False, lang: Lang = None) -> None:
    """Close a round for good, and say by sizes alone what will be reported."""
    session = session_of(context)
    session.check_lang(lang)
    texts = session.texts
    with kept_store(session) as store:
        round_ = store.rounds.get(code)
        if round_.state == "collecting":
            question = texts(
                "round.close-question",
                code=round_.code,
                count=texts(f"round.count-{coarse(store.responses.count(round_.code))}"),
            )
            if not yes and not confirmed(
                session,
                question,
                texts("round.close-no"),
                texts("round.close-yes"),
                command=f"checklist round close {round_.code} --yes",
            ):
                session.say(texts("round.not-closed"))
                return
            with done_already("round-closed"):
                store.rounds.close(round_.code, today(session))
            round_ = store.rounds.get(round_.code)
        session.show(_what_is_reported(session, round_, report_on(store, round_, texts)))


def _what_is_reported(session: Session, round_: Round, report: Report) -> list[Block]:
    texts = session.texts
    blocks: list[Block] = [
        Title(texts("round.closed", code=round_.code), texts("round.sizes-alone")),
        Bullets(tuple(_prospect(session, group) for group in report.groups)),
    ]
    if round_.state == "closed" and round_.delete_on is not None:
        day = texts.day(round_.delete_on)
        blocks.append(Paragraph(texts("round.will-delete", date=day, code=round_.code)))
    return [*blocks, Paragraph(texts(f"round.next-{round_.state}", code=round_.code), quiet=True)]


def _prospect(session: Session, group: Group) -> tuple[str, str]:
    texts = session.texts
    name = texts("report.everybody") if group.team is None else group.team
    if group.perspective == "lead":
        return texts("round.prospect-of-lead", name=name), texts("round.prospect-lead")
    if group.perspective == "observer":
        name = texts("round.prospect-of-observers", name=name)
    if group.status != "published":
        if group.team is None:
            return name, texts(f"round.prospect-whole-{group.status}")
        return name, texts(f"round.prospect-{group.status}")
    shown = [row for row in group.dimensions if row.status == "published"]
    items = [row for row in group.items if row.status == "published"]
    if not shown and not items:
        return name, texts("round.prospect-nothing")
    return name, texts(
        "round.prospect",
        dimensions=len(shown),
        all_dimensions=len(group.dimensions),
        items=len(items),
        all_items=len(group.items),
    )


def purge(
    context: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="argument.code-to-purge")
    ] = None,
    yes: Yes = False,
    lang: Lang = None,
) -> None:
    """Delete raw answers: of all closed rounds whose day has come, or of one before its day."""
    session = session_of(context)
    session.check_lang(lang)
    texts = session.texts
    with kept_store(session) as store:  # which has deleted whatever is due
        if code is None:
            session.say(texts("round.nothing-more-due"))
            return
        round_ = store.rounds.get(code)
        if round_.state == "purged":
            session.say(texts("round.already-purged", code=round_.code))
            return
        if round_.state == "collecting":
            raise ChecklistError("round-open", code=round_.code)
        command = f"checklist round purge {round_.code} --yes"
        if not yes and not confirmed(
            session,
            texts("round.purge-question", code=round_.code),
            texts("round.purge-no"),
            texts("round.purge-yes"),
            command=command,
        ):
            session.say(texts("round.not-purged"))
            return
        delete_answers(session, store, round_)
