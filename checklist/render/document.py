"""What a person's result says, in which order, in words: from a ``Report`` to blocks."""

from collections.abc import Iterator
from datetime import date

from checklist.i18n import Texts
from checklist.render.blocks import (
    Bar,
    Block,
    Bullets,
    Heading,
    NumberedStep,
    Paragraph,
    Profile,
    Steps,
    Title,
    Trail,
    Trails,
)
from checklist.report.model import (
    Arithmetic,
    DimensionRow,
    FollowUp,
    Keyed,
    Own,
    Report,
    Said,
    Words,
)


def result(report: Report, texts: Texts, *, explain: bool, history: bool) -> list[Block]:
    """Say a person's result.

    Parameters
    ----------
    report
        A report with its ``own`` part.
    texts
        The interface's language.
    explain
        Show the arithmetic, too.
    history
        Show earlier results, too.

    Raises
    ------
    ValueError
        The report is not about one person.
    """
    own = report.own
    if own is None:
        raise ValueError("a report about one person is needed")
    blocks = [Title(own.title, _subtitle(own, texts)), *_profile(report, own, texts)]
    blocks += _limits(own, texts)
    if explain:
        blocks += _arithmetic(report, own, texts)
    if history:
        blocks += _history(report, own, texts)
    blocks += _strengths(report, own, texts)
    blocks += _remarks(report, own, texts)
    blocks += _follow_ups(own, texts)
    return [*blocks, *_next_steps(report, own, texts)]


def _subtitle(own: Own, texts: Texts) -> str:
    parts = [texts.count("result.answered", own.answered)]
    if own.left_open:
        parts.append(texts.count("result.left-open", own.left_open))
    if own.did_not_occur:
        parts.append(texts.count("result.did-not-occur", own.did_not_occur))
    return texts(
        f"result.title-{own.perspective}",
        date=texts.day(own.finished_on),
        counts=", ".join(parts),
    )


def _profile(report: Report, own: Own, texts: Texts) -> Iterator[Block]:
    words = {entry.dimension: entry for entry in own.words}
    sums = {entry.dimension: entry for entry in own.arithmetic}
    yield Heading(texts("result.profile"))
    yield Paragraph(texts("result.profile-note"), quiet=True)
    yield Profile(
        tuple(
            _bar(row, words.get(row.id), sums[row.id], texts) for row in report.groups[0].dimensions
        )
    )


def _bar(row: DimensionRow, words: Words | None, sums: Arithmetic, texts: Texts) -> Bar:
    if row.score is None or words is None:
        return Bar(row.title, None, texts("result.no-figure"), _why_none(sums, texts))
    return Bar(
        title=row.title,
        score=row.score,
        figure=texts.number(row.score),
        words=in_words(words, texts),
    )


def in_words(words: Words, texts: Texts) -> str:
    """Say where a mean lies among the options, and whether less is better there."""
    form = "between" if words.low != words.high else "at"
    said = texts(f"words.{form}", low=words.low, high=words.high)
    return said if words.turned == "none" else f"{said} {texts(f'words.turned-{words.turned}')}"


def _why_none(sums: Arithmetic, texts: Texts) -> str:
    if not sums.asked:
        return texts("result.nothing-occurred")
    return texts.count("result.too-few", sums.answered, needed=sums.needed)


def _strengths(report: Report, own: Own, texts: Texts) -> Iterator[Block]:
    if not own.answered:
        return
    yield Heading(texts("result.strengths"))
    if own.strengths:
        yield Bullets(tuple(_strength(part.item, texts) for part in own.strengths))
    else:
        yield Paragraph(texts("result.no-strengths"))


def _strength(said: Said, texts: Texts) -> tuple[str, str]:
    note = f" {texts('words.turned-all')}" if said.reverse else ""
    return said.text, said.answer + note


def _follow_ups(own: Own, texts: Texts) -> Iterator[Block]:
    if own.follow_ups:
        yield Heading(texts("result.follow-ups"))
        yield Bullets(tuple(_follow_up(part, texts) for part in own.follow_ups))
        if any(part.then != part.now for part in own.follow_ups):
            yield Paragraph(texts("result.follow-ups-note"), quiet=True)


def _follow_up(part: FollowUp, texts: Texts) -> tuple[str, str]:
    state = texts(f"state.{part.state}")
    said = texts("result.follow-up", title=part.title, date=texts.day(part.taken_on), state=state)
    if part.item is None:
        return said, part.step
    now = texts("result.then-now", item=part.item, then=part.then, now=part.now)
    return said, f"{part.step} {now}"


def _next_steps(report: Report, own: Own, texts: Texts) -> Iterator[Block]:
    titles = {row.id: row.title for row in report.groups[0].dimensions}
    yield Heading(texts("result.steps" if own.perspective == "self" else "result.steps-outside"))
    if not report.topics:
        yield Paragraph(texts("result.no-steps" if own.answered else "result.no-answers"))
        return
    yield Steps(
        tuple(
            NumberedStep(
                title=texts("result.step", title=step.title, dimension=titles[topic.dimension]),
                step=step.step,
                reason=topic.reason,
            )
            for topic in report.topics
            for step in topic.suggestions[:1]
        )
    )


def _history(report: Report, own: Own, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("history.title"))
    if not own.history:
        seen = own.perspective == "observer"
        yield Paragraph(texts("history.observer" if seen else "history.none"))
        return
    past = list(reversed(own.history))
    yield Trails(
        dates=(
            *(_short(part.finished_on, texts) for part in past),
            _short(own.finished_on, texts),
        ),
        last=texts("history.difference"),
        rows=tuple(
            Trail(
                title=row.title,
                scores=_comparable(row, own),
                figures=(
                    *(_figure(part.scores.get(row.id), texts) for part in past),
                    _figure(row.score, texts),
                ),
                difference=_signed(own.history[0].differences.get(row.id), texts),
            )
            for row in report.groups[0].dimensions
        ),
    )
    yield Paragraph(texts("history.picture"), quiet=True)
    if None in own.history[0].differences.values():
        yield Paragraph(texts("history.not-comparable"), quiet=True)
    if own.largest_step is not None:
        step = texts.number(own.largest_step)
        yield Paragraph(texts("history.note", step=step), quiet=True)


def _comparable(row: DimensionRow, own: Own) -> tuple[float | None, ...]:
    """Give a dimension's scores, oldest first, without those from before its items changed.

    Two scores without a difference between them are no history. Where one is missing, only the
    same version makes sure that the items are the same.
    """
    scores, version = [row.score], own.version
    for place, part in enumerate(own.history):
        score = part.scores.get(row.id)
        if part.differences.get(row.id) is None and (
            part.version != version or None not in (score, scores[-1])
        ):
            return (None,) * (len(own.history) - place) + tuple(reversed(scores))
        scores.append(score)
        version = part.version
    return tuple(reversed(scores))


def _short(when: date, texts: Texts) -> str:
    return texts("date.short", day=when.day, month=when.month, year=when.year % 100)


def _figure(score: float | None, texts: Texts) -> str:
    return texts("result.no-figure") if score is None else texts.number(score)


def _signed(difference: float | None, texts: Texts) -> str:
    if difference is None:
        return texts("result.no-figure")
    sign = "+" if round(difference) > 0 else ""
    return sign + texts.number(round(difference))


def _arithmetic(report: Report, own: Own, texts: Texts) -> Iterator[Block]:
    titles = {row.id: row.title for row in report.groups[0].dimensions}
    yield Heading(texts("explain.title"))
    yield Paragraph(texts("explain.rule"), quiet=True)
    for part in own.arithmetic:
        yield Paragraph(titles[part.dimension])
        yield Bullets(tuple((item.text, _keying(part, item, texts)) for item in part.items))
        yield Paragraph(_sum(part, texts), quiet=True)


def _keying(part: Arithmetic, item: Keyed, texts: Texts) -> str:
    if item.answer is None:
        return item.answer_words
    if not item.reverse:
        return texts("explain.answer", words=item.answer_words, answer=item.answer)
    return texts(
        "explain.turned",
        words=item.answer_words,
        answer=item.answer,
        top=part.size + 1,
        keyed=item.keyed,
    )


def _sum(part: Arithmetic, texts: Texts) -> str:
    if part.mean is None or part.score is None or part.step is None:
        return _why_none(part, texts)
    return texts(
        "explain.sum",
        terms=" + ".join(str(item.keyed) for item in part.items if item.keyed is not None),
        count=part.answered,
        mean=texts.number(part.mean, 2),
        top=part.size,
        score=texts.number(part.score),
        step=texts.number(part.step),
    )


def _remarks(report: Report, own: Own, texts: Texts) -> Iterator[Block]:
    if report.comments:
        asked = {row.id: row.text for row in report.groups[0].items} | own.questions
        yield Heading(texts("result.remarks"))
        yield Bullets(
            tuple(
                (asked[part.item or part.reflection or ""], part.text) for part in report.comments
            )
        )


def _limits(own: Own, texts: Texts) -> Iterator[Block]:
    yield Heading(texts("limits.title"))
    yield Paragraph(texts(f"limits.{own.perspective}"), quiet=True)
    yield Paragraph(texts("limits.norms"), quiet=True)
    if own.largest_step is not None:
        yield Paragraph(texts("limits.step", step=texts.number(own.largest_step)), quiet=True)
