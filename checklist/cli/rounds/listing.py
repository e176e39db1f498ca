"""``checklist round list`` and ``show``: which rounds there are, and how one stands."""

from typing import Annotated

import typer

from checklist.cli.rounds.keeping import Code, kept_store, today
from checklist.cli.session import Lang, Session, session_of
from checklist.notice import TEAM
from checklist.privacy import Thresholds, coarse
from checklist.questionnaire import Wording
from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Title
from checklist.rounds import Round
from checklist.store import Store


def list_rounds(context: typer.Context, lang: Lang = None) -> None:
    """List all rounds, a line each."""
    session = session_of(context)
    session.check_lang(lang)
    with kept_store(session) as store:
        rounds = store.rounds.all()
        for round_ in rounds:
            session.write(f"{round_.code}\t{round_.title}\t{_standing(session, store, round_)}\n")
    if not rounds:
        session.say(session.texts("round.none"))


def show(
    context: typer.Context,
    code: Code,
    notice: Annotated[bool, typer.Option("--notice", help="option.notice")] = False,
    lang: Lang = None,
) -> None:
    """Show one round, or the sheet for its works council."""
    session = session_of(context)
    session.check_lang(lang)
    with kept_store(session) as store:
        round_ = store.rounds.get(code)
        session.show(sheet(session, round_) if notice else _facts(session, store, round_))


def _standing(session: Session, store: Store, round_: Round) -> str:
    texts = session.texts
    if round_.closed_on is None:
        said = texts(f"round.collecting-{coarse(store.responses.count(round_.code))}")
        if round_.until is None or round_.takes_answers_on(today(session)):
            return said
        return texts("round.over", standing=said, date=texts.day(round_.until))
    if round_.purged_on is not None:
        return texts("round.state-purged", date=texts.day(round_.purged_on))
    assert round_.delete_on is not None
    return texts(
        "round.state-closed",
        closed=texts.day(round_.closed_on),
        deleted=texts.day(round_.delete_on),
    )


def _facts(session: Session, store: Store, round_: Round) -> list[Block]:
    texts, terms = session.texts, round_.terms
    wording = Wording.of(round_.questionnaire, texts.language)
    teams = ", ".join(
        team.name if team.headcount is None else f"{team.name} ({team.headcount})"
        for team in round_.teams
    )
    rows = [
        (texts("round.questionnaire"), f"{wording.title} {round_.questionnaire.version}"),
        (texts("round.teams"), teams),
        (texts("round.keeper"), terms.keeper),
        (texts("round.recipient"), terms.recipient or texts("notice.not-stated")),
        (texts("round.opened-on"), texts.day(round_.opened_on)),
        (texts("round.least"), str(Thresholds(round_.min_group).scores)),
    ]
    if round_.until is not None:
        rows.append((texts("round.until"), texts.day(round_.until)))
    if round_.follows is not None:
        rows.append((texts("round.follows"), round_.follows))
    blocks: list[Block] = [
        Title(round_.title, f"{round_.code}: {_standing(session, store, round_)}"),
        Bullets(tuple(rows)),
    ]
    over = round_.state == "collecting" and not round_.takes_answers_on(today(session))
    step = "round.next-over" if over else f"round.next-{round_.state}"
    blocks.append(Paragraph(texts(step, code=round_.code), quiet=True))
    return blocks


def sheet(session: Session, round_: Round) -> list[Block]:
    """Say on one sheet what is asked, what respondents are told, and what the program does."""
    texts = session.texts
    wording = Wording.of(round_.questionnaire, texts.language)
    told = [part.replace(TEAM, texts("sheet.own-team")) for part in round_.notice[texts.language]]
    scales = {item.scale.id: item.scale for item in round_.questionnaire.items}.values()
    return [
        Title(texts("sheet.title"), f"{round_.title} ({round_.code})"),
        Paragraph(texts("sheet.law")),
        Heading(texts("sheet.told")),
        *(Paragraph(part) for part in told),
        Heading(texts("sheet.does")),
        *(Paragraph(texts(f"sheet.{part}")) for part in ("stored", "gate", "not", "check")),
        Heading(texts("sheet.asked")),
        *(
            Bullets(
                tuple(
                    (wording.item(item), wording.text(dimension.title)) for item in dimension.items
                )
            )
            for dimension in round_.questionnaire.dimensions
        ),
        Bullets(
            tuple((wording.prompt(scale), " / ".join(wording.options(scale))) for scale in scales)
        ),
        *(
            Bullets(((wording.text(part.text), texts("sheet.open")),))
            for part in round_.questionnaire.reflections
        ),
    ]
