"""``checklist round audit``: play the attacker on a closed round's own reports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from checklist.cli.rounds.keeping import Code, answers_of, kept_store, report_on
from checklist.cli.session import Lang, Session, session_of
from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, Texts
from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Title
from checklist.rounds import Round

if TYPE_CHECKING:
    from checklist.attack import Findings
    from checklist.report import Report


def audit(context: typer.Context, code: Code, lang: Lang = None) -> None:
    """Print what was tried, what could be found, and what is out of reach; 1 if a promise fails."""
    from checklist.attack import findings

    session = session_of(context)
    session.check_lang(lang)
    with kept_store(session) as store:
        round_ = store.rounds.get(code)
        if round_.state == "purged":
            raise ChecklistError("audit-late", code=round_.code)
        whole = [report_on(store, round_, Texts(language)) for language in LANGUAGES]
        codes = {team.name: answers_of(store, round_, team) for team in round_.teams}
    all_reports = _all(whole, round_)
    reports = [json.loads(each.model_dump_json(by_alias=True)) for each in all_reports]
    found = findings(reports, round_, codes, known=round_.min_group - 1)
    strays = sorted(
        {
            number
            for each, figures in zip(all_reports, reports, strict=True)
            for number in _strays(each, figures, round_)
        }
    )
    session.show(_record(session, round_, found, reports, strays))
    kept = found.smallest is None or found.smallest >= round_.min_group
    if not kept or strays or found.contradicting:
        raise ChecklistError("audit-failed", code=round_.code)


def _all(whole: Sequence[Report], round_: Round) -> list[Report]:
    """Give every report that can be had: the whole one and each team's, in every language."""
    from checklist.report import for_team

    return [
        report
        for each in whole
        for report in (each, *(for_team(each, team.name) for team in round_.teams))
    ]


def _strays(report: Report, figures: Mapping[str, Any], round_: Round) -> list[str]:
    """Give the numbers in a report's text that its figures do not explain."""
    from checklist.attack import stray_numbers
    from checklist.render import markdown
    from checklist.render.round_document import round_blocks

    text = markdown.render(round_blocks(report, round_, Texts(report.lang)))
    return stray_numbers(text, figures, round_)


def _record(
    session: Session,
    round_: Round,
    found: Findings,
    reports: Sequence[Mapping[str, Any]],
    strays: Sequence[str],
) -> list[Block]:
    texts = session.texts
    return [
        Title(texts("audit.title", code=round_.code), round_.title),
        Heading(texts("audit.tried")),
        Paragraph(
            texts(
                "audit.reports",
                reports=len(reports),
                figures=found.figures,
                equations=found.equations,
                unknowns=found.unknowns,
            )
        ),
        Paragraph(texts("audit.attacker")),
        Heading(texts("audit.found")),
        Bullets(tuple(_outcome(texts, round_, found, reports, strays))),
        Heading(texts("audit.beyond")),
        Bullets(
            tuple(
                (texts(f"audit.{key}"), texts(f"audit.{key}-why"))
                for key in ("raw", "made-up", "close", "guesses")
            )
        ),
    ]


def _outcome(
    texts: Texts,
    round_: Round,
    found: Findings,
    reports: Sequence[Mapping[str, Any]],
    strays: Sequence[str],
) -> list[tuple[str, str]]:
    k = round_.min_group
    said = [(texts("audit.without"), _smallest(texts, k, found))]
    if found.smallest is not None:
        known, left = texts("audit.with", known=found.known), found.remaining or 0
        key = "audit.one-left" if left <= 1 else "audit.some-left"
        said.append((known, texts(key, left=left, smallest=found.smallest)))
    said.append((texts("audit.alike"), _alike(texts, reports[0]["groups"])))
    said.append((texts("audit.strays"), ", ".join(strays) or _none(texts)))
    contradicting = texts("audit.differing") if found.contradicting else _none(texts)
    return [*said, (texts("audit.contradictions"), contradicting)]


def _none(texts: Texts) -> str:
    return texts("audit.none")


def _smallest(texts: Texts, k: int, found: Findings) -> str:
    if found.smallest is None:
        return texts("audit.nothing-published")
    key = "audit.kept" if found.smallest >= k else "audit.broken"
    return texts(key, smallest=found.smallest, k=k)


def _alike(texts: Texts, groups: Sequence[Mapping[str, Any]]) -> str:
    """Say which published rows show that all who answered gave the same answer."""
    items = sum(
        sum(bool(count) for count in row["counts"]) == 1
        for group in groups
        for row in _published(group["items"])
    )
    topics = [
        texts(
            "audit.alike-topic",
            title=row["title"],
            group=texts("report.everybody") if group["team"] is None else group["team"],
        )
        for group in groups
        for row in _published(group["dimensions"])
        if _is_one_answer(row)
    ]
    said = [texts.count("audit.alike-rows", items)] if items else []
    if topics:
        said.append(texts("audit.alike-topics", topics=", ".join(topics)))
    return " ".join(said) or _none(texts)


def _published(rows: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (row for row in rows if row["status"] == "published")


def _is_one_answer(row: Mapping[str, Any]) -> bool:
    """Tell whether a topic's figures show that each of its questions got one answer only."""
    extreme = row["score"] in (0, 100) and row["sd"] == 0
    return row["ad_m"] == 0 or extreme
