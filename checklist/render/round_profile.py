"""The profile of a group, and the teams beside everybody."""

from collections.abc import Iterator
from dataclasses import replace

from checklist.render.blocks import (
    Bar,
    Block,
    Bullets,
    Heading,
    Paragraph,
    Profile,
    Subheading,
)
from checklist.render.round_view import View
from checklist.report.model import DimensionRow, Group
from checklist.statistics import LEAST_AT_AN_END, LEAST_FOR_WORDS, similarity_limit

NO_SPREAD = 1e-9


def profile(view: View) -> Iterator[Block]:
    """Say how the group in focus scores, and how sure that is."""
    group = view.focus
    yield Heading(view.texts("report.profile.title"))
    yield Paragraph(view.texts("report.profile.note"), quiet=True)
    yield from _about_spans(view, group)
    for about in _about_bounds(view, group):
        yield Paragraph(f"{about} {view.texts('report.profile.bounds-each')}")
    yield Profile(tuple(_bar(view, group, row) for row in group.dimensions))


def profile_to_show(view: View) -> Iterator[Block]:
    """Say the same to a room: bars first, without what stands below each of them.

    Nothing is said of who is missing either: the room can see who that is.
    """
    group = view.focus
    yield Heading(view.texts("report.profile.title"))
    bars = [_bar(view, group, row) for row in group.dimensions]
    yield Profile(tuple(replace(bar, words="") if bar.figure else bar for bar in bars))
    yield Paragraph(view.texts("report.profile.note"), quiet=True)
    yield from _about_spans(view, group)


def teams(view: View) -> Iterator[Block]:
    """Set the teams beside everybody, dimension by dimension, in the keeper's order."""
    if not view.teams:
        return
    texts, only = view.texts, view.only_team
    yield Heading(
        texts("report.teams.title")
        if only is None
        else texts("report.teams.title-one", team=view.name(only))
    )
    if all(group.status != "published" for group in view.teams):
        yield Paragraph(texts("report.teams.none"))
        yield Bullets(tuple((view.name(g), view.why_hidden(g.status)) for g in view.teams))
        return
    yield Paragraph(texts("report.teams.note" if only is None else "report.teams.note-one"))
    yield Bullets(tuple((view.name(group), _took_part(view, group)) for group in view.teams))
    for place, row in enumerate(view.everybody.dimensions):
        yield Subheading(row.title)
        groups = (view.everybody, *view.teams)
        yield Profile(tuple(_beside(view, group, group.dimensions[place]) for group in groups))


def _took_part(view: View, group: Group) -> str:
    """Say how many of a team took part, or why that is not said."""
    if group.n is None:
        return view.why_hidden(group.status)
    if group.headcount is None:
        return view.texts("report.teams.took-part-unknown", n=group.n)
    return view.texts("report.teams.took-part", n=group.n, heads=group.headcount)


def _about_spans(view: View, group: Group) -> Iterator[Block]:
    for row in group.dimensions:
        if row.interval is not None:
            low, high = view.ends(row.interval)
            yield Paragraph(
                view.texts("report.profile.example", title=row.title, n=row.n, low=low, high=high)
            )
            return


def _about_bounds(view: View, group: Group) -> Iterator[str]:
    for row in group.dimensions:
        if row.bounds is not None and group.n is not None and group.headcount is not None:
            low, high = view.ends(row.bounds)
            yield view.texts.count(
                "report.profile.bounds",
                group.headcount - group.n,
                answered=group.n,
                heads=group.headcount,
                title=row.title,
                low=low,
                high=high,
            )
            return


def _bar(view: View, group: Group, row: DimensionRow) -> Bar:
    if row.score is None:
        return Bar(row.title, None, "", view.why_hidden(row.status))
    return Bar(
        title=row.title,
        score=row.score,
        figure=view.texts.number(row.score),
        words=" ".join(_said(view, group, row)),
        span=view.span(row.interval),
        interval=row.interval,
    )


def _beside(view: View, group: Group, row: DimensionRow) -> Bar:
    if row.score is None:
        return Bar(view.name(group), None, "", view.why_hidden(row.status))
    return Bar(
        title=view.name(group),
        score=row.score,
        figure=view.texts.number(row.score),
        words="",
        span=view.span(row.interval),
        interval=row.interval,
    )


def _said(view: View, group: Group, row: DimensionRow) -> Iterator[str]:
    """Say how similar the answers are, and where the score could lie with those who are missing."""
    texts = view.texts
    if row.ad_m is not None:
        if row.interval is None and row.ad_m < NO_SPREAD:
            yield texts("report.profile.identical")
        else:
            if row.interval is None and row.sd is not None and row.sd < NO_SPREAD:
                yield texts("report.profile.same-score")
            steps = texts.number(row.ad_m, 1)
            yield texts(f"report.profile.{_similarity(view, group, row, row.ad_m)}", steps=steps)
    if row.bounds is not None:
        whole = view.span(row.bounds).replace(" ", "\N{NO-BREAK SPACE}")
        yield texts("report.profile.if-all", span=whole)


def _similarity(view: View, group: Group, row: DimensionRow, ad_m: float) -> str:
    """Choose the words for a distance: a figure alone where words would say too much.

    Alike up to K / 6 (Burke & Dunlap 2002). Apart only where on one item at least two people stand
    at each end, by its published counts.
    """
    members = {
        item.id: item.scale.size
        for dimension in view.round.questionnaire.dimensions
        if dimension.id == row.id
        for item in dimension.items
    }
    if row.n is None or row.n < LEAST_FOR_WORDS or not members:
        return "steps"
    if ad_m <= similarity_limit(next(iter(members.values()))):
        return "alike"
    ends = [item.counts for item in group.items if item.id in members and item.counts]
    apart = any(min(counts[0], counts[-1]) >= LEAST_AT_AN_END for counts in ends)
    return "apart" if apart else "steps"
