"""How a round's report is to be read, and who could see what."""

from collections.abc import Iterator

from checklist.render.blocks import Block, Bullets, Heading, Paragraph
from checklist.render.round_view import View
from checklist.report.model import ReliabilityRow

ALPHA_DIGITS = 2
LEAST_RELIABILITY, FIRM_RELIABILITY = 50, 100
"""Complete responses from which on alpha is shown, and is no longer provisional."""


def reading(view: View) -> Iterator[Block]:
    """Say what the figures are and what they are not: only of what is in this report."""
    if view.everybody.status != "published":
        return
    texts = view.texts
    yield Heading(texts("report.reading.title"))
    rows = [row for group in view.report.groups for row in group.dimensions]
    compared = [row for row in view.report.changes if row.difference is not None]
    said = [
        texts(f"report.reading.{'self-and-outside' if view.report.gaps else 'self'}"),
        texts("limits.norms"),
        texts("report.reading.score"),
        texts("report.reading.reverse") if _turned(view) else "",
        texts("report.reading.range") if any(row.interval for row in rows) else "",
        texts("report.reading.bounds") if any(row.bounds for row in rows) else "",
        texts("report.reading.steps") if any(row.ad_m is not None for row in rows) else "",
        texts("report.reading.change") if compared else "",
        texts("report.reading.size") if any(row.g is not None for row in compared) else "",
        texts("report.reading.gap") if any(row.interval for row in view.report.gaps) else "",
        texts("report.reading.hidden"),
    ]
    yield Bullets(tuple((part, "") for part in said if part))
    yield from _reliability(view)


def access(view: View) -> Iterator[Block]:
    """Say who could see what, and what was promised."""
    texts, terms, least = view.texts, view.round.terms, view.thresholds
    yield Heading(texts("report.access.title"))
    said = [
        texts("report.access.leads", keeper=terms.keeper_name) if terms.leads else "",
        texts(
            "report.access.keeper-deleted" if view.round.purged_on else "report.access.keeper",
            keeper=terms.keeper_name,
        ),
        texts("report.access.nameless"),
        texts("report.access.recipient", recipient=terms.recipient)
        if terms.recipient
        else texts("report.access.recipient-not-stated"),
        texts(
            "report.access.thresholds",
            scores=least.scores,
            items=least.items,
            comments=least.comments,
        ),
        texts("report.access.lead") if any(gap.by == "lead" for gap in view.report.gaps) else "",
        texts("report.access.alike") if view.everybody.status == "published" else "",
        texts("report.access.purpose", purpose=terms.purpose) if terms.purpose else "",
        texts("report.access.legal-basis", basis=terms.legal_basis) if terms.legal_basis else "",
        texts("report.access.works-council", council=terms.works_council)
        if terms.works_council
        else "",
        texts("report.access.promised" if terms.no_sanctions else "report.access.not-promised"),
        _deletion(view),
    ]
    yield Bullets(tuple((part, "") for part in said if part))


def _turned(view: View) -> bool:
    return any(item.reverse for item in view.round.questionnaire.items)


def _deletion(view: View) -> str:
    if view.round.purged_on is not None:
        return view.texts("report.access.deleted", date=view.texts.day(view.round.purged_on))
    if view.round.delete_on is not None:
        return view.texts("report.access.deletion", date=view.texts.day(view.round.delete_on))
    return ""


def _reliability(view: View) -> Iterator[Block]:
    texts, rows = view.texts, view.report.reliability
    if not rows:
        return
    if all(row.status == "too_few" for row in rows):
        yield Paragraph(texts("report.reading.alpha-few", least=LEAST_RELIABILITY))
        return
    titles = {dimension.id: dimension.title for dimension in view.everybody.dimensions}
    yield Paragraph(texts("report.reading.alpha"))
    yield Bullets(tuple((titles[row.dimension], _alpha(view, row)) for row in rows))
    if any(row.status == "provisional" for row in rows):
        yield Paragraph(texts("report.reading.provisional", least=FIRM_RELIABILITY), quiet=True)


def _alpha(view: View, row: ReliabilityRow) -> str:
    texts = view.texts
    if row.status == "too_few":
        return texts("report.reliability.too_few")
    if row.alpha is None or row.interval is None:
        return texts("report.reliability.none")
    low, high = (texts.number(end, ALPHA_DIGITS) for end in row.interval)
    return texts(
        "report.reliability.provisional"
        if row.status == "provisional"
        else "report.reliability.shown",
        alpha=texts.number(row.alpha, ALPHA_DIGITS),
        span=texts("report.span", low=low, high=high),
        n=row.n,
    )
