"""Says how people take part in a round that has just been opened, and what to think of."""

from collections.abc import Mapping, Sequence

from checklist.cli.rounds.opening import Opened, shows_nothing, sizes_of
from checklist.cli.session import Session
from checklist.i18n import Texts
from checklist.privacy import Thresholds
from checklist.rounds import Round


def tell(session: Session, opened: Opened) -> None:
    """Say how people take part, and what the comparison with the round before can be."""
    _say_how(session, opened.round, opened.leads)
    if opened.before is not None:
        _say_compared(session, opened.round, opened.before)


def tell_before_workshop(session: Session, round_: Round) -> None:
    """Say what is not stated in a round that is led before everybody, and nothing else of it.

    The whole room may read along: what only its keeper should know belongs to ``round open``.
    """
    texts, terms = session.texts, round_.terms
    stated = {
        "recipient": (terms.recipient, "--recipient"),
        "basis": (terms.legal_basis, "--notice"),
        "council": (terms.works_council, "--notice"),
    }
    missing = {part: option for part, (said, option) in stated.items() if not said}
    if missing:
        what = [texts(f"opening.unstated.{part}") for part in missing]
        options = list(dict.fromkeys(missing.values()))
        session.say(
            texts(
                "opening.unstated.said",
                what=_listed(what, texts),
                options=_listed(options, texts),
            )
        )


def _listed(parts: Sequence[str], texts: Texts) -> str:
    *first, last = parts
    return texts("summary.listed", first=", ".join(first), last=last) if first else last


def _say_how(session: Session, round_: Round, leads: Mapping[str, str]) -> None:
    """Say how people take part, and what to think of; ``leads`` holds codes, by team."""
    texts, least = session.texts, Thresholds(round_.min_group)
    session.say(texts("round.opened", title=round_.title, code=round_.code))
    if round_.questionnaire.has_outside_view:
        session.say(texts("outside-view.open-observer", code=round_.code))
        session.say(texts("outside-view.open-lead", code=round_.code))
    for name, lead in leads.items():
        session.say(texts("outside-view.lead-code", team=name, lead=lead))
    sizes = {} if shows_nothing(round_) else sizes_of(round_)
    for name, size in sizes.items():
        if size < least.scores:
            session.say(texts.count("round.team-too-small", size, team=name, least=least.scores))
        elif size < least.items:
            session.say(texts.count("round.team-no-items", size, team=name, least=least.items))
    session.say(texts("round.works-council", code=round_.code))
    if round_.terms.leads:
        session.say(texts("round.better-keeper"))


def _say_compared(session: Session, round_: Round, before: Round) -> None:
    """Say what the comparison with the round before can be, as long as it can be mended."""
    texts, code = session.texts, before.code
    if before.purged_on is not None or before.delete_on is None:
        session.say(texts("opening.follows-deleted", code=code))
    elif round_.min_group < before.min_group:
        session.say(
            texts(
                "opening.follows-smaller",
                code=code,
                least=round_.min_group,
                before=before.min_group,
            )
        )
    else:
        day = before.delete_on
        session.say(texts("opening.follows-until", code=code, date=texts.day(day)))
        if round_.until is not None and round_.until >= day:
            session.say(texts("opening.follows-too-late", until=texts.day(round_.until)))
    known = {team.name for team in before.teams}
    if new := [team.name for team in round_.teams if team.name not in known]:
        session.say(
            texts.count("opening.follows-no-team", len(new), code=code, teams=", ".join(new))
        )
