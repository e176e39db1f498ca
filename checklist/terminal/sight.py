"""The card for what is only looked at: blocks, as long as they may be, and what can be done."""

from rich.console import Console

from checklist.i18n import Texts
from checklist.terminal.front import Sight
from checklist.terminal.page import ACCENT, Page


def sight_card(page: Page, sight: Sight, texts: Texts) -> None:
    """Show what there is to be seen; a longer one is turned."""
    from checklist.render.terminal import TerminalRenderer

    if sight.note:
        page.add(sight.note, ACCENT)
    narrower = Console(file=page.console.file, width=page.width)
    lines = list(TerminalRenderer(narrower).lines(sight.blocks))
    while lines and not lines[0].plain:  # a title sets itself apart, here from nothing
        del lines[0]
    page.add_lines(lines)
    offers = [f"{place}: {offer}" for place, offer in enumerate(sight.offers, start=1)]
    page.end(
        "   ".join([*offers, texts("joining.keys")]),
        "   ".join([texts("joining.keys-more"), *offers, texts("joining.keys")]),
    )
