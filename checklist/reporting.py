"""The report on a closed round, built from the store, or as it was frozen there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, Texts
from checklist.questionnaire import Perspective
from checklist.rounds import Round, Team
from checklist.store import Store

if TYPE_CHECKING:
    from checklist.report import Report
    from checklist.report.changes import Before, Pairs
    from checklist.scoring import Codes


@contextmanager
def done_already(code: str) -> Iterator[None]:
    """Go on where a step fails only because somebody else has taken it in the same moment."""
    try:
        yield
    except ChecklistError as error:
        if error.code != code:
            raise


def in_every_language(store: Store, round_: Round) -> dict[str, Report]:
    """Build the report on a closed round in all languages, or give those that were frozen.

    Raises
    ------
    ChecklistError
        ``round-open``.
    """
    return {language: report_on(store, round_, Texts(language)) for language in LANGUAGES}


def answers_of(store: Store, round_: Round, team: Team, perspective: Perspective = "self") -> Codes:
    """Give the answers matrix of a team of a closed round."""
    from checklist.scoring import codes_of

    return codes_of(
        store.responses.answers(round_.code, team.name, perspective),
        len(round_.questionnaire.items),
    )


def report_on(store: Store, round_: Round, texts: Texts) -> Report:
    """Build the report on a closed round, or give the one that was frozen.

    Raises
    ------
    ChecklistError
        ``round-open``.
    """
    return _report(store, round_, texts, lambda: before_of(store, round_, texts))


def before_of(store: Store, round_: Round, texts: Texts) -> Before | None:
    """Give the round that a round follows, with what links the two; ``None`` where it follows none.

    The earlier round's report stands without its own changes, which nothing here rests on.
    """
    if round_.follows is None:
        return None
    from checklist.report.changes import Before

    earlier = store.rounds.get(round_.follows)
    if earlier.state == "collecting":
        return None
    report = _report(store, earlier, texts, lambda: None)
    with done_already("round-purged"):
        return Before(earlier, report, _pairs(store, earlier, round_))
    return Before(earlier, report)


def _pairs(store: Store, earlier: Round, later: Round) -> Pairs | None:
    """Link the people of two rounds; ``None`` where nobody is linked."""
    import numpy as np

    from checklist.report.changes import Pairs
    from checklist.scoring import codes_of

    linked = store.responses.linked(earlier.code, later.code)
    if not linked.teams:
        return None
    items = earlier.questionnaire.items
    valid = sum((answers_of(store, earlier, team) > 0).sum(axis=0) for team in earlier.teams)
    return Pairs(
        codes_of(bytes(linked.old), len(items)),
        codes_of(bytes(linked.new), len(later.questionnaire.items)),
        np.array(linked.teams, dtype=np.intp),
        {item.id: int(n) for item, n in zip(items, np.atleast_1d(valid), strict=True)},
    )


def _report(
    store: Store, round_: Round, texts: Texts, before: Callable[[], Before | None]
) -> Report:
    from checklist.report import round_report

    if found := _frozen(store, round_, texts):
        return found
    with done_already("round-purged"):
        return round_report(
            round_,
            lambda team, view: answers_of(store, round_, team, view),
            store.responses.comments(round_.code),
            texts,
            before(),
        )
    if found := _frozen(store, round_, texts):  # the answers went while they were read
        return found
    raise ChecklistError("round-purged", code=round_.code)


def _frozen(store: Store, round_: Round, texts: Texts) -> Report | None:
    from checklist.report import Report

    frozen = store.rounds.report(round_.code, texts.language)
    return None if frozen is None else Report.model_validate_json(frozen)
