"""The view from outside beside the self-view, and what there is to talk about."""

from collections.abc import Iterator, Sequence

from checklist.i18n import inside_quotes
from checklist.render.blocks import (
    Block,
    Bullets,
    Difference,
    Differences,
    Heading,
    Paragraph,
    Subheading,
)
from checklist.render.round_view import View, unclear
from checklist.report.model import Gap, Group
from checklist.report.outside import Widest, clear_gaps, widest_item


def outside(view: View) -> Iterator[Block]:
    """Say how others see the group in focus, then the teams, where anybody does."""
    if not view.report.gaps:
        return
    texts = view.texts
    yield Heading(texts("report.outside.title"))
    yield Paragraph(texts("report.outside.note"), quiet=True)
    yield from _observed(view, view.focus)
    for group in view.beside_focus:
        if _is_shown(view, group):
            yield Subheading(view.name(group))
            yield from _observed(view, group)
    for team in view.round.teams:
        rows = [gap for gap in view.report.gaps if gap.team == team.name and gap.by == "lead"]
        if rows:
            yield Subheading(texts("report.outside.lead-team", team=team.name))
            yield Paragraph(texts("report.outside.lead"), quiet=True)
            yield _picture(view, [_lead_row(view, gap) for gap in rows])


def _gaps(view: View, group: Group, by: str) -> list[Gap]:
    return [gap for gap in view.report.gaps if gap.team == group.team and gap.by == by]


def _is_shown(view: View, group: Group) -> bool:
    return any(gap.outside is not None for gap in _gaps(view, group, "observer"))


def _observed(view: View, group: Group) -> Iterator[Block]:
    texts, rows = view.texts, _gaps(view, group, "observer")
    observers = view.observers(group.team)
    if observers is None:
        return
    if observers.n is None or not _is_shown(view, group):
        status = observers.status if observers.n is None else observers.dimensions[0].status
        yield Paragraph(texts("report.outside.observers-hidden", reason=view.why_hidden(status)))
        return
    clear = clear_gaps(view.report, group.team)
    yield Paragraph(texts("report.outside.observers", n=observers.n))
    yield _picture(view, [_row(view, observers, gap, clear.get(gap.dimension)) for gap in rows])
    if not clear:
        if all(gap.interval is not None for gap in rows):
            yield Paragraph(texts("report.outside.agree"))
        return
    yield Paragraph(texts("report.outside.talk-note"))
    yield Bullets(
        tuple(
            (
                texts(
                    f"report.outside.{'blind-spot' if side == 'lower' else 'hidden-strength'}",
                    title=view.titles[dimension],
                ),
                _widest(view, widest_item(view.report, view.items_of(dimension), group.team)),
            )
            for dimension, side in clear.items()
        )
    )


def _widest(view: View, found: Widest | None) -> str:
    if found is None:
        return ""
    return view.texts(
        "report.outside.widest-reverse" if found.reverse else "report.outside.widest",
        item=inside_quotes(found.text.removesuffix(".")),
        self=view.texts.number(found.self, 1),
        outside=view.texts.number(found.outside, 1),
        top=found.top,
    )


def _picture(view: View, rows: Sequence[Difference]) -> Differences:
    texts = view.texts
    return Differences(texts("report.outside.left"), texts("report.outside.right"), tuple(rows))


def _row(view: View, observers: Group, gap: Gap, clear: str | None) -> Difference:
    texts, title = view.texts, view.titles[gap.dimension]
    if gap.gap is None:
        seen = next(row for row in observers.dimensions if row.id == gap.dimension)
        own = next(row for row in view.own(gap.team).dimensions if row.id == gap.dimension)
        status = seen.status if gap.outside is None else own.status
        return Difference(title, None, None, "", view.why_hidden(status))
    said = "no-spread" if gap.interval is None else clear or unclear(gap.interval)
    return Difference(
        title=title,
        difference=gap.gap,
        interval=gap.interval,
        figure=view.signed(gap.gap),
        words=texts(f"report.outside.{said}"),
        span=view.signed_span(gap.interval),
        beside=_beside(view, "report.outside.beside", gap),
    )


def _lead_row(view: View, gap: Gap) -> Difference:
    texts, title = view.texts, view.titles[gap.dimension]
    if gap.outside is None:
        return Difference(title, None, None, "", texts("report.outside.lead-open"))
    if gap.gap is None:
        said = texts("report.outside.lead-only", outside=texts.number(gap.outside))
        return Difference(title, None, None, "", said)
    return Difference(
        title=title,
        difference=gap.gap,
        interval=None,
        figure=view.signed(gap.gap),
        words="",
        beside=_beside(view, "report.outside.beside-lead", gap),
    )


def _beside(view: View, key: str, gap: Gap) -> str:
    number = view.texts.number
    return view.texts(key, self=number(gap.self or 0.0), outside=number(gap.outside or 0.0))
