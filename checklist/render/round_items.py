"""Item by item: how often each option was chosen, raw, with what is hidden and why."""

from collections.abc import Iterator, Mapping, Sequence

from checklist.questionnaire import Item, Scale
from checklist.render.blocks import (
    Block,
    Bullets,
    Heading,
    Legend,
    Paragraph,
    Stack,
    StackRow,
    Stacks,
    StackWords,
    Subheading,
)
from checklist.render.round_view import View
from checklist.report.model import Group, ItemRow


def items(view: View) -> Iterator[Block]:
    """Show the items of the group in focus, a dimension at a time."""
    texts = view.texts
    yield Heading(texts("report.items.title"))
    rows = {(group.team, row.id): row for group in view.in_focus for row in group.items}
    why = {row.status for row in rows.values()}
    if "published" not in why and len(why) == 1:
        key = f"report.items.all-{why.pop()}"
        yield Paragraph(texts(key, least=view.thresholds.items))
        yield from _asked(view)
        return
    yield Paragraph(texts("report.items.intro"), quiet=True)
    said = _Legends(view)
    for dimension in view.round.questionnaire.dimensions:
        yield Subheading(view.wording.text(dimension.title))
        scale = dimension.items[0].scale
        yield from said.of(scale)
        yield _stacks(view, dimension.items, rows)


def one_item(view: View, item: Item) -> Iterator[Block]:
    """Show one item of the group in focus, with its scale."""
    rows = {(group.team, row.id): row for group in view.in_focus for row in group.items}
    yield Legend(view.wording.prompt(item.scale), view.wording.options(item.scale))
    yield _stacks(view, [item], rows)


def _stacks(
    view: View, asked: Sequence[Item], rows: Mapping[tuple[str | None, str], ItemRow]
) -> Stacks:
    """Draw items of one scale."""
    texts = view.texts
    return Stacks(
        size=asked[0].scale.size,
        words=StackWords(
            question=texts("report.items.question"),
            group=texts("report.items.group"),
            left_open=texts("report.items.left-open"),
            did_not_occur=texts("report.items.did-not-occur"),
        ),
        stacks=tuple(
            Stack(
                view.item_text(rows[view.focus.team, item.id]),
                tuple(_row(view, group, rows[group.team, item.id]) for group in view.in_focus),
            )
            for item in asked
        ),
    )


class _Legends:
    """Gives each scale's options once, and its question again whenever the scale changes."""

    def __init__(self, view: View) -> None:
        self._wording = view.wording
        self._shown: set[tuple[str, ...]] = set()
        self._last: Scale | None = None

    def of(self, scale: Scale) -> Iterator[Legend]:
        if scale == self._last:
            return
        self._last = scale
        options = self._wording.options(scale)
        new = options not in self._shown
        self._shown.add(options)
        yield Legend(self._wording.prompt(scale), options if new else ())


def _row(view: View, group: Group, row: ItemRow) -> StackRow:
    return StackRow(
        group=view.name(group) if len(view.in_focus) > 1 else "",
        counts=None if row.counts is None else tuple(row.counts),
        left_open=row.left_open or 0,
        did_not_occur=row.did_not_occur or 0,
        reason="" if row.counts is not None else view.why_hidden(row.status),
    )


def _asked(view: View) -> Iterator[Block]:
    """List the items where none has figures."""
    marked = {row.id: view.item_text(row) for row in view.focus.items}
    for dimension in view.round.questionnaire.dimensions:
        yield Subheading(view.wording.text(dimension.title))
        yield Bullets(tuple((marked[item.id], "") for item in dimension.items))
