"""The view from outside beside the self-view, and what there is to talk about."""

from collections.abc import Iterator

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
from checklist.report.model import Gap, Group, Status
from checklist.report.outside import Widest, clear_gaps, widest_item


def outside(view: View) -> Iterator[Block]:
    """Say how others see the report's group, in short those beside it, and how a lead sees it."""
    if not view.report.gaps:
        return
    group = view.only_team or view.everybody
    yield Heading(view.texts("report.outside.title"))
    if view.observers(group.team) is not None:
        yield Paragraph(view.texts("report.outside.note"), quiet=True)
        yield from _observed(view, group)
        yield from _beside(view)
    yield from _lead(view)


def _gaps(view: View, group: Group, by: str) -> list[Gap]:
    return [gap for gap in view.report.gaps if gap.team == group.team and gap.by == by]


def _status(observers: Group) -> Status:
    """Give the reason why nothing is shown of a group's observers; ``published`` if it is."""
    if observers.n is None or any(row.score is not None for row in observers.dimensions):
        return observers.status
    return observers.dimensions[0].status


def _observed(view: View, group: Group) -> Iterator[Block]:
    texts, rows = view.texts, _gaps(view, group, "observer")
    observers = view.observers(group.team)
    if observers is None:
        return
    status = _status(observers)
    if status != "published":
        yield Paragraph(texts("report.outside.observers-hidden", reason=view.why_hidden(status)))
        return
    clear = clear_gaps(view.report, group.team)
    many = group.team is None and len(view.round.teams) > 1
    key = "report.outside.observers-all" if many else "report.outside.observers"
    yield Paragraph(texts(key, n=observers.n))
    yield Differences(
        texts("report.outside.left"),
        texts("report.outside.right"),
        tuple(_row(view, observers, gap, clear.get(gap.dimension)) for gap in rows),
    )
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


def _row(view: View, observers: Group, gap: Gap, clear: str | None) -> Difference:
    texts, title = view.texts, view.titles[gap.dimension]
    if gap.gap is None:
        if gap.outside is None:
            seen = next(row for row in observers.dimensions if row.id == gap.dimension)
            return Difference(title, None, None, "", view.why_hidden(seen.status))
        said = texts(
            "report.outside.outside-only",
            outside=texts.number(gap.outside),
            reason=_why_no_self(view, gap),
        )
        return Difference(title, None, None, "", said)
    said = "no-spread" if gap.interval is None else clear or unclear(gap.interval)
    return Difference(
        title=title,
        difference=gap.gap,
        interval=gap.interval,
        figure=view.signed(gap.gap),
        words=texts(f"report.outside.{said}"),
        span=view.signed_span(gap.interval),
        beside=_both(view, "report.outside.beside", gap),
    )


def _why_no_self(view: View, gap: Gap) -> str:
    rows = view.own(gap.team).dimensions
    return view.why_hidden(next(row.status for row in rows if row.id == gap.dimension))


def _both(view: View, key: str, gap: Gap) -> str:
    number = view.texts.number
    return view.texts(key, self=number(gap.self or 0.0), outside=number(gap.outside or 0.0))


def _beside(view: View) -> Iterator[Block]:
    """Name what is clear in the groups beside the report's, or why nothing is shown of them."""
    whole = view.only_team is None
    said = [
        (view.name(group), _in_short(view, group, observers))
        for group in (view.teams if whole else (view.everybody,))
        if (observers := view.observers(group.team)) is not None
    ]
    if said:
        yield Paragraph(view.texts(f"report.outside.{'teams' if whole else 'everybody'}"))
        yield Bullets(tuple(said))


def _in_short(view: View, group: Group, observers: Group) -> str:
    status = _status(observers)
    if status != "published":
        return view.texts("report.outside.short-hidden", reason=view.why_hidden(status))
    clear = clear_gaps(view.report, group.team)
    said = [
        view.texts(
            f"report.outside.short-{clear[gap.dimension]}",
            title=view.titles[gap.dimension],
            figure=view.signed(gap.gap or 0.0),
            span=view.signed_span(gap.interval),
        )
        for gap in _gaps(view, group, "observer")
        if gap.dimension in clear
    ]
    return "; ".join(said) or view.texts("report.outside.short-none")


def _lead(view: View) -> Iterator[Block]:
    """Show how the lead of the report's team sees it; of several teams, where that stands."""
    texts = view.texts
    led = {gap.team for gap in view.report.gaps if gap.by == "lead"}
    if not led:
        return
    if view.only_team is None and len(view.round.teams) > 1:
        yield Paragraph(texts("report.outside.leads-elsewhere"), quiet=True)
        return
    team = view.round.teams[0].name if view.only_team is None else view.only_team.team
    rows = _gaps(view, view.own(team), "lead")
    yield Subheading(texts("report.outside.lead-title"))
    yield Paragraph(texts("report.outside.lead"), quiet=True)
    yield Differences(
        texts("report.outside.lead-left"),
        texts("report.outside.lead-right"),
        tuple(_lead_row(view, gap) for gap in rows),
    )


def _lead_row(view: View, gap: Gap) -> Difference:
    texts, title = view.texts, view.titles[gap.dimension]
    if gap.outside is None:
        return Difference(title, None, None, "", texts("report.outside.lead-open"))
    if gap.gap is None:
        said = texts(
            "report.outside.lead-only",
            outside=texts.number(gap.outside),
            reason=_why_no_self(view, gap),
        )
        return Difference(title, None, None, "", said)
    return Difference(
        title=title,
        difference=gap.gap,
        interval=None,
        figure=view.signed(gap.gap),
        words="",
        beside=_both(view, "report.outside.beside-lead", gap),
    )
