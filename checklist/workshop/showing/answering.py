"""What the room sees until everybody has read their own result."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from checklist.i18n import Texts
from checklist.privacy import Thresholds
from checklist.questionnaire import Wording
from checklist.render.blocks import Block, Bullets, Heading, Paragraph
from checklist.rounds import Round
from checklist.workshop.showing.actions import as_bullets
from checklist.workshop.state import Workshop


def check(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Welcome whoever comes in."""
    yield Paragraph(texts("showing.check.welcome"))


def arrive(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Say what was agreed last time, what this is for, who sees what, and the rules."""
    if workshop.earlier:
        yield Heading(texts("showing.arrive.earlier"))
        yield as_bullets(workshop.earlier, texts)
    wording, terms = Wording.of(round_.questionnaire, texts.language), round_.terms
    least = Thresholds(round_.min_group)
    yield Heading(texts("showing.arrive.purpose"))
    yield Paragraph(terms.purpose or wording.purpose)
    yield Heading(texts("showing.arrive.rules"))
    rules = texts.prefixed("workshop.rule")
    yield Bullets(tuple((rule, "") for rule in rules.values()))
    yield Heading(texts("showing.arrive.seen"))
    keeper = "keeper-readable" if readable(workshop) else "keeper"
    said = [
        texts(f"showing.arrive.{keeper}", keeper=terms.keeper_name),
        texts("workshop.terms", scores=least.scores, items=least.items),
        texts("showing.arrive.recipient", recipient=terms.recipient) if terms.recipient else "",
    ]
    yield Bullets(tuple((part, "") for part in said if part))


def readable(workshop: Workshop) -> bool:
    """Whether answers travel through a network in which others could read along."""
    at = urlsplit(workshop.address)
    return workshop.way == "page" and at.scheme == "http" and not _is_loopback(at.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name
        return host == "localhost"


def warm_up(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Ask what pairs talk about."""
    yield Heading(texts("showing.warm-up.question"))
    yield Paragraph(texts("showing.warm-up.moment"))
    yield Paragraph(texts("showing.warm-up.how"), quiet=True)


def answer(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Leave everybody in peace."""
    if workshop.closed:
        yield Paragraph(texts("showing.answer.closed"))
        return
    yield Paragraph(texts(f"showing.answer.{workshop.way}"))


def result(workshop: Workshop, round_: Round, texts: Texts) -> Iterator[Block]:
    """Ask three questions that everybody answers to themselves."""
    yield Paragraph(texts("showing.result.quiet"))
    yield Bullets(
        tuple((question, "") for question in texts.prefixed("showing.result.question").values())
    )
    yield Paragraph(texts("showing.result.yours"), quiet=True)
