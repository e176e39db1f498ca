"""``checklist round audit``: play the attacker on a closed round's own reports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from checklist.cli.rounds.keeping import Code, kept_store
from checklist.cli.session import Lang, session_of
from checklist.errors import ChecklistError
from checklist.i18n import LANGUAGES, Texts
from checklist.render.blocks import Block, Bullets, Heading, Paragraph, Title
from checklist.reporting import answers_of, report_on
from checklist.rounds import Round
from checklist.store import Store

if TYPE_CHECKING:
    from checklist.attack import Findings, Wave
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
        if session.aside.is_terminal:
            session.say(session.texts("audit.wait"))
        own = _reports(store, round_)
        chain = _chain(store, round_)
        waves = [_wave(store, round_, own)] + [
            _wave(store, other, _reports(store, other))
            for other in chain
            if other.state == "closed"
        ]
        before = None if round_.follows is None else store.rounds.get(round_.follows)
    found = findings(waves, known=round_.min_group - 1)
    strays = sorted({number for report in own for number in _strays(report, round_, before)})
    gone = [other for other in chain if other.state == "purged"]
    session.show(_record(session.texts, _Audit(waves, gone, found, strays)))
    if not found.kept or strays or found.contradicting:
        raise ChecklistError("audit-failed", code=round_.code)


def _chain(store: Store, round_: Round) -> list[Round]:
    """Give the other rounds of a chain: those before, those after, and what else follows these."""
    rounds = store.rounds.all()
    tied = {round_.code}
    for _ in rounds:
        tied |= {other.code for other in rounds if other.follows in tied}
        tied |= {other.follows for other in rounds if other.code in tied and other.follows}
    return [other for other in rounds if other.code in tied and other.code != round_.code]


def _reports(store: Store, round_: Round) -> list[Report]:
    """Give every report that can be had: the whole one and each team's, in every language."""
    from checklist.report import for_team

    whole = [report_on(store, round_, Texts(language)) for language in LANGUAGES]
    return [
        report
        for each in whole
        for report in (each, *(for_team(each, team.name) for team in round_.teams))
    ]


def _wave(store: Store, round_: Round, reports: Sequence[Report]) -> Wave:
    from checklist.attack import Wave

    outside = round_.questionnaire.has_outside_view
    return Wave(
        round_,
        [json.loads(each.model_dump_json(by_alias=True)) for each in reports],
        {team.name: answers_of(store, round_, team) for team in round_.teams},
        {team.name: answers_of(store, round_, team, "observer") for team in round_.teams}
        if outside
        else {},
        {team.name: store.responses.panels(round_.code, team.name) for team in round_.teams},
    )


def _strays(report: Report, round_: Round, before: Round | None) -> Iterator[str]:
    """Give the numbers in a report that its figures do not explain, in whatever format."""
    from checklist.attack import stray_numbers, strays_in_page, strays_in_table, strays_on_screen
    from checklist.cli.publishing import as_text
    from checklist.render import as_csv, html, markdown
    from checklist.render.round_document import round_blocks

    texts = Texts(report.lang)
    figures = json.loads(report.model_dump_json(by_alias=True))
    blocks = round_blocks(report, round_, texts, before)
    yield from stray_numbers(markdown.render(blocks), figures, round_, before=before)
    yield from strays_in_page(html.render(blocks, texts), figures, round_, before)
    yield from strays_on_screen(as_text(blocks), figures, round_, before)
    yield from strays_in_table(as_csv.render(report), figures, round_)


@dataclass(frozen=True)
class _Audit:
    """What was done and found; the first wave is the round itself."""

    waves: Sequence[Wave]
    gone: Sequence[Round]
    found: Findings
    strays: Sequence[str]

    @property
    def round(self) -> Round:
        return self.waves[0].round_

    @property
    def groups(self) -> Sequence[Mapping[str, Any]]:
        groups: Sequence[Mapping[str, Any]] = self.waves[0].reports[0]["groups"]
        return groups

    @property
    def unanimous_changes(self) -> list[str]:
        """Give the topics in which all who are matched changed alike, by their titles."""
        titles = {row["id"]: row["title"] for row in self.groups[0]["dimensions"]}
        return [
            titles[row["dimension"]]
            for row in self.waves[0].reports[0]["changes"]
            if row["kind"] == "paired" and row["n"] is not None and row["interval"] is None
        ]


def _record(texts: Texts, audit: _Audit) -> list[Block]:
    code = audit.round.code
    beyond = ["raw", "made-up", "twice", "close", "guesses"]
    if any(group["perspective"] == "lead" for group in audit.groups):
        beyond.append("lead")
    return [
        Title(texts("audit.title", code=code), audit.round.title),
        Heading(texts("audit.tried")),
        *_tried(texts, audit),
        Heading(texts("audit.found")),
        Bullets(tuple(_outcome(texts, audit))),
        Heading(texts("audit.beyond")),
        Bullets(tuple((texts(f"audit.{key}"), texts(f"audit.{key}-why")) for key in beyond)),
    ]


def _tried(texts: Texts, audit: _Audit) -> Iterator[Block]:
    found = audit.found
    others = [wave.round_.code for wave in audit.waves[1:]]
    yield Paragraph(
        texts(
            "audit.reports-chain" if others else "audit.reports",
            reports=sum(len(wave.reports) for wave in audit.waves),
            figures=found.figures,
            equations=found.equations,
            unknowns=found.unknowns,
        )
    )
    if others:
        yield Paragraph(texts("audit.chain", codes=", ".join(others)))
    if audit.gone:
        codes = ", ".join(each.code for each in audit.gone)
        yield Paragraph(texts("audit.chain-gone", codes=codes))
    yield Paragraph(texts("audit.formats"))
    yield Paragraph(texts("audit.attacker"))


def _outcome(texts: Texts, audit: _Audit) -> list[tuple[str, str]]:
    found = audit.found
    own, *others = zip(found.fewest, found.promised, strict=True)
    said = [(texts("audit.without"), _smallest(texts, *own))]
    for wave, other in zip(audit.waves[1:], others, strict=True):
        said.append((texts("audit.without-other", code=wave.round_.code), _smallest(texts, *other)))
    if own[0] is not None:
        left = max(own[0] - found.known, 0)
        key = "audit.one-left" if left <= 1 else "audit.some-left"
        known = texts("audit.with", known=found.known)
        said.append((known, texts(key, left=left, smallest=own[0])))
    said.append((texts("audit.alike"), _alike(texts, audit.groups, audit.unanimous_changes)))
    said.append((texts("audit.strays"), ", ".join(audit.strays) or _none(texts)))
    contradicting = texts("audit.differing") if found.contradicting else _none(texts)
    return [*said, (texts("audit.contradictions"), contradicting)]


def _none(texts: Texts) -> str:
    return texts("audit.none")


def _smallest(texts: Texts, fewest: int | None, k: int) -> str:
    if fewest is None:
        return texts("audit.nothing-published")
    key = "audit.kept" if fewest >= k else "audit.broken"
    return texts(key, smallest=fewest, k=k)


def _alike(texts: Texts, groups: Sequence[Mapping[str, Any]], changes: Sequence[str]) -> str:
    """Say which published rows show that all answered alike, or changed alike."""
    items = sum(
        sum(bool(count) for count in row["counts"]) == 1
        for group in groups
        for row in _published(group["items"])
    )
    topics = [
        texts(
            "audit.alike-topic",
            title=row["title"],
            group=_name(texts, group),
        )
        for group in groups
        for row in _published(group["dimensions"])
        if _is_one_answer(row)
    ]
    said = [texts.count("audit.alike-rows", items)] if items else []
    if topics:
        said.append(texts("audit.alike-topics", topics=", ".join(topics)))
    if changes:
        said.append(texts("audit.alike-changes", topics=", ".join(changes)))
    return " ".join(said) or _none(texts)


def _name(texts: Texts, group: Mapping[str, Any]) -> str:
    name = texts("report.everybody") if group["team"] is None else group["team"]
    seen = group["perspective"] == "observer"
    return texts("audit.observers", group=name) if seen else name


def _published(rows: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (row for row in rows if row["status"] == "published")


def _is_one_answer(row: Mapping[str, Any]) -> bool:
    """Tell whether a topic's figures show that each of its questions got one answer only."""
    extreme = row["score"] in (0, 100) and row["sd"] == 0
    return row["ad_m"] == 0 or extreme
