"""``checklist round list`` and ``show``: which rounds there are, and how one stands."""

from typing import Annotated

import typer

from checklist.cli.perspectives import with_view
from checklist.cli.rounds.keeping import Code, kept_store, today
from checklist.cli.session import Lang, Session, session_of
from checklist.notice import TEAM, frozen
from checklist.privacy import Thresholds, coarse
from checklist.questionnaire import Perspective, Wording
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
    if round_.state == "collecting" and not over:
        blocks.append(Bullets(_outside(session, round_)))
    step = "round.next-over" if over else f"round.next-{round_.state}"
    blocks.append(Paragraph(texts(step, code=round_.code), quiet=True))
    return blocks


def _outside(session: Session, round_: Round) -> tuple[tuple[str, str], ...]:
    """Say how a team is described from outside, and by its lead."""
    texts, code = session.texts, round_.code
    if not round_.questionnaire.has_outside_view:
        return ((texts("outside-view.show-none"), texts("outside-view.show-none-why")),)
    views: tuple[Perspective, ...] = ("observer", "lead") if round_.asks_leads else ("observer",)
    return tuple(
        (texts(f"outside-view.show-{view}"), f"checklist run --round {with_view(code, view)}")
        for view in views
    )


def sheet(session: Session, round_: Round) -> list[Block]:
    """Say on one sheet what is asked, what respondents are told, and what the program does."""
    texts = session.texts
    wording = Wording.of(round_.questionnaire, texts.language)
    told = [part.replace(TEAM, texts("sheet.own-team")) for part in frozen(round_, texts)]
    scales = {item.scale.id: item.scale for item in round_.questionnaire.items}.values()
    return [
        Title(texts("sheet.title"), f"{round_.title} ({round_.code})"),
        Paragraph(texts("sheet.law")),
        Heading(texts("sheet.told")),
        *(Paragraph(part) for part in told),
        Heading(texts("sheet.told-on-page")),
        *(
            Paragraph(part)
            for part in frozen(round_, texts, "page")
            if part not in frozen(round_, texts)
        ),
        *(Paragraph(part) for part in texts.prefixed("page.notice").values()),
        Heading(texts("sheet.does")),
        *(Paragraph(texts(f"sheet.{part}")) for part in _done(round_)),
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
        *_sheet_outside(session, round_),
    ]


def _done(round_: Round) -> list[str]:
    """Name what the program does with what this round takes, by keys of ``sheet``."""
    stored = ["stored", "stored-texts" if round_.comments else "stored-no-texts"]
    if round_.questionnaire.has_outside_view:
        stored.append("stored-observer")
    if round_.asks_leads:
        stored.append("stored-lead")
    return [*stored, "gate", "not", "check"]


def _sheet_outside(session: Session, round_: Round) -> list[Block]:
    """Say what is asked from outside, and what those who answer are told otherwise."""
    texts, asked = session.texts, round_.questionnaire
    if not asked.has_outside_view:
        return []
    wording = Wording.of(asked, texts.language, "observer")
    own, whose = (
        frozen(round_, texts),
        {"observer": "outside-view.some-team", "lead": "sheet.own-team"},
    )
    blocks: list[Block] = [
        Heading(texts("outside-view.sheet-asked")),
        *(
            Bullets(
                tuple(
                    (wording.item(item), wording.text(dimension.title)) for item in dimension.items
                )
            )
            for dimension in asked.dimensions
        ),
    ]
    views: tuple[Perspective, ...] = ("observer", "lead") if round_.asks_leads else ("observer",)
    for view in views:
        blocks.append(Heading(texts(f"outside-view.sheet-{view}")))
        blocks += [
            Paragraph(part.replace(TEAM, texts(whose[view])))
            for part in frozen(round_, texts, view)
            if part not in own
        ]
    return blocks
