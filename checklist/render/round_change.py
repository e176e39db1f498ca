"""What changed since the round before: of the group in focus, and in short of those beside it."""

from collections.abc import Iterator, Sequence

from checklist.render.blocks import (
    Block,
    Bullets,
    Difference,
    Differences,
    Heading,
    Paragraph,
)
from checklist.render.round_view import View, unclear
from checklist.report.model import Change, Group

EFFECT_DIGITS = 2


def change(view: View) -> Iterator[Block]:
    """Set this round beside the one it follows, where it follows one."""
    if not has_changes(view):
        return
    yield from change_in_focus(view)
    yield from _beside(view, view.report.changes)


def has_changes(view: View) -> bool:
    """Whether there is a round to set this one beside."""
    return bool(view.report.changes) and view.part.follows is not None


def change_in_focus(view: View, *, sizes: bool = True) -> Iterator[Block]:
    """Set the group in focus beside what it was, with or without the sizes of effects."""
    texts = view.texts
    own = _of(view.report.changes, view.focus)
    yield Heading(texts("report.change.title"))
    if not own:
        yield Paragraph(texts("report.change.no-team"))
    elif all(row.difference is None for row in own):
        yield Paragraph(texts("report.change.nothing", round=view.before))
        yield Bullets(tuple((view.titles[row.dimension], _why(view, row)) for row in own))
    else:
        yield Paragraph(texts("report.change.note", round=view.before), quiet=True)
        yield from _compared(view, own, sizes=sizes)
        if any((row.difference or 0.0) > 0 and row.interval is not None for row in own):
            yield Paragraph(texts("report.change.regression"), quiet=True)


def _compared(view: View, rows: Sequence[Change], *, sizes: bool) -> Iterator[Block]:
    """Say who is compared, once where it is the same for all rows, and how they differ."""
    texts = view.texts
    kinds = {(row.kind, row.n if row.kind == "paired" else 0) for row in rows if row.n is not None}
    if len(kinds) == 1:
        [(kind, n)] = kinds
        paired = kind == "paired"
        yield Paragraph(
            texts.count("report.change.all-paired", n)
            if paired
            else texts("report.change.all-independent")
        )
    yield Differences(
        texts("report.change.left"),
        texts("report.change.right"),
        tuple(_row(view, row, alike=len(kinds) == 1, sizes=sizes) for row in rows),
    )


def _beside(view: View, found: Sequence[Change]) -> Iterator[Block]:
    """Name what is clear in the groups beside the one in focus; all of it is in their reports."""
    beside = [(view.name(group), _of(found, group)) for group in view.beside_focus]
    said = [
        (name, _in_short(view, rows))
        for name, rows in beside
        if any(row.difference is not None for row in rows)
    ]
    if said:
        yield Paragraph(view.texts(f"report.change.{view.beside}"))
        yield Bullets(tuple(said))


def _in_short(view: View, rows: Sequence[Change]) -> str:
    clear = [
        view.texts(
            f"report.change.short-{row.verdict}",
            title=view.titles[row.dimension],
            figure=view.signed(row.difference or 0.0),
            span=view.signed_span(row.interval),
        )
        for row in rows
        if row.verdict in ("up", "down")
    ]
    return "; ".join(clear) or view.texts("report.change.short-none")


def _of(found: Sequence[Change], group: Group) -> list[Change]:
    return [row for row in found if row.team == group.team]


def _row(view: View, row: Change, *, alike: bool, sizes: bool) -> Difference:
    title = view.titles[row.dimension]
    if row.difference is None:
        return Difference(title, None, None, "", _why(view, row))
    return Difference(
        title=title,
        difference=row.difference,
        interval=row.interval,
        figure=view.signed(row.difference),
        words="; ".join(_said(view, row, alike=alike, sizes=sizes)),
        span=view.signed_span(row.interval),
    )


def _why(view: View, row: Change) -> str:
    if row.status == "changed":
        return view.texts("report.change.changed")
    return view.texts("report.change.hidden", reason=view.why_hidden(row.status))


def _said(view: View, row: Change, *, alike: bool, sizes: bool) -> Iterator[str]:
    """Say how clear a difference is, between whom it is, unless said already, and how large."""
    texts = view.texts
    yield texts(f"report.change.{_verdict(row)}")
    if not alike and row.kind == "paired":
        yield texts.count("report.change.paired", row.n or 0)
    elif not alike:
        yield texts("report.change.independent")
    if sizes and row.g is not None and row.interval is not None:
        yield texts("report.change.size", g=texts.number(row.g, EFFECT_DIGITS))


def _verdict(row: Change) -> str:
    if row.interval is None:
        return "no-spread"
    if row.verdict == "unclear":
        return unclear(row.interval)
    return row.verdict or "unclear"
