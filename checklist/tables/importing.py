"""Takes a whole table into a round: all of it or, with ``--skip-bad``, all good rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from checklist.errors import ChecklistError, Problem
from checklist.rounds import Round, RoundResponse
from checklist.tables.mapping import TableMapping
from checklist.tables.rows import Bad, Progress, rows
from checklist.tables.shown import shown
from checklist.tables.skipped import SkipBad, SkippedRows
from checklist.tables.twice import Codes

MOST_PROBLEMS = 1_000
"""So many are kept to be shown; the rest are counted."""

Put = Callable[[Iterable[RoundResponse]], bool]
"""Stores responses in one transaction, which an exception out of them undoes; ``False`` and nothing
stored where this table was imported before."""


@dataclass
class Imported:
    """What became of a table's rows.

    Attributes
    ----------
    before
        This very table had been imported before: nothing was stored now.
    empty
        Rows without any answer.
    bad
        Rows that were skipped.
    problems
        What is wrong with them, the first ``MOST_PROBLEMS``.
    more
        How many problems there are besides.
    broken
        The table could not be read to its end.
    twice
        Rows that have one code for the comparison with the next round, together.
    """

    before: bool = False
    stored: int = 0
    empty: int = 0
    bad: int = 0
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    broken: bool = False
    twice: list[tuple[int, ...]] = field(default_factory=list)


class _Refused(Exception):  # noqa: N818 - no error: it takes the store's transaction back
    pass


def import_table(
    put: Put,
    mapping: TableMapping,
    round_: Round,
    *,
    skip_bad: SkipBad | None = None,
    progress: Progress = lambda done, total: None,
) -> Imported:
    """Import a table in one pass and one transaction.

    Parameters
    ----------
    put
        The store: ``lambda each: store.responses.put_many(code, each, mapping.digest)``.
    skip_bad
        Where bad rows go; ``None`` stores nothing as soon as a row is bad.
    progress
        Takes bytes read and bytes in all, every few thousand rows.

    Raises
    ------
    ChecklistError
        ``table-invalid``: bad rows, all of them named, and nothing stored; ``table-broken``: its
        quotes do not match, so that not even the good rows are sure; ``table-empty``: no row has an
        answer; ``table-unreadable``, ``output-exists``, ``output-unwritable``; and what the
        store raises.
    """
    outcome = Imported()
    skipped = SkippedRows(skip_bad, mapping) if skip_bad else None
    try:
        outcome.before = not put(_good(mapping, round_, outcome, skipped, progress))
    except _Refused:
        raise _error(mapping, outcome) from None
    finally:
        if skipped:
            skipped.discard()
    return outcome


def _good(
    mapping: TableMapping,
    round_: Round,
    outcome: Imported,
    skipped: SkippedRows | None,
    progress: Progress,
) -> Iterator[RoundResponse]:
    """Hand out good rows and keep account; at the end decide whether they may stay."""
    stays, codes = True, Codes()
    for number, row in enumerate(rows(mapping, round_, progress), 2):
        if isinstance(row, RoundResponse):
            if stays:
                outcome.stored += 1
                if row.panel:
                    codes.add(number, row.panel)
                yield row
        elif row is None:
            outcome.empty += 1
        else:
            _note(row, outcome)
            stays = stays and skipped is not None and not row.last
            if skipped and stays:
                skipped.add(row)
    if not stays or not (outcome.stored or outcome.bad):
        raise _Refused
    if skipped:
        skipped.finish()
    outcome.twice = codes.twice()


def _note(bad: Bad, outcome: Imported) -> None:
    outcome.bad += 1
    outcome.broken |= bad.last
    room = max(0, MOST_PROBLEMS - len(outcome.problems))
    outcome.problems += bad.problems[:room]
    outcome.more += len(bad.problems[room:])


def _error(mapping: TableMapping, outcome: Imported) -> ChecklistError:
    name = shown(mapping.name)
    if not outcome.problems:
        return ChecklistError("table-empty", file=name)
    more = (Problem("table-more", "", {"more": outcome.more}),) if outcome.more else ()
    code = "table-broken" if outcome.broken else "table-invalid"
    return ChecklistError(code, problems=(*outcome.problems, *more), file=name)
