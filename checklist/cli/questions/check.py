"""``checklist questions check``: whether questionnaire files are in order, and well written."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli.session import Lang, Session, session_of
from checklist.errors import ChecklistError

if TYPE_CHECKING:
    from checklist.cli.questions.findings import Checked
    from checklist.questionnaire import Questionnaire

HARDEST = 3


class Format(StrEnum):
    """How findings are written."""

    TERMINAL = "terminal"
    JSON = "json"


Files = Annotated[list[str], typer.Argument(metavar="FILE|DIR...", help="argument.files")]
Against = Annotated[
    str | None, typer.Option("--against", metavar="FILE|DIR", help="option.against")
]
AsFormat = Annotated[
    Format, typer.Option("--format", metavar="terminal|json", help="option.check-format")
]


def check(
    context: typer.Context,
    files: Files,
    against: Against = None,
    form: AsFormat = Format.TERMINAL,
    lang: Lang = None,
) -> None:
    """Check questionnaire files; exit code 1 where there are errors."""
    from checklist.cli.questions.findings import checked

    session = session_of(context)
    session.check_lang(lang)
    paths = _files(files)
    earlier = _earlier(against, paths)
    results = [checked(path, earlier) for path in paths]
    valid = [result.questionnaire for result in results if result.questionnaire]
    if against is not None and valid and all(one.id not in earlier for one in valid):
        raise ChecklistError("against-nothing", against=against)
    if form is Format.JSON:
        _write_json(results, session)
    else:
        _write(results, session)
    wrong = sum(_number(result, "error") > 0 for result in results)
    if wrong:
        raise ChecklistError("files-not-in-order", count=wrong)


def _write(results: list[Checked], session: Session) -> None:
    """Write errors first, then warnings, then beside them how each file stands."""
    findings = [finding for result in results for finding in result.findings]
    for level in ("error", "warning"):
        for finding in findings:
            if finding.level == level:
                session.write(f"{finding.sentence(session.texts)}\n")
    for result in results:
        for line in _standing(result, session):
            session.say(line)


def _standing(result: Checked, session: Session) -> list[str]:
    from checklist.proofreading import hardest

    texts, questionnaire = session.texts, result.questionnaire
    if questionnaire is None:
        return []
    warnings = _number(result, "warning")
    lines = [texts("questions.in-order", file=result.file)]
    if warnings:
        lines = [texts.count("check.in-order", warnings, file=result.file)]
    for language in questionnaire.languages:
        ease = hardest(questionnaire, language)
        if ease:
            items = ", ".join(f"{one.item.id} {texts.number(one.value)}" for one in ease[:HARDEST])
            mean = texts.number(fmean(one.value for one in ease))
            lines.append("  " + texts(f"check.ease-{language}", mean=mean, items=items))
    return lines


def _write_json(results: list[Checked], session: Session) -> None:
    findings = [finding.plain(session.texts) for result in results for finding in result.findings]
    text = json.dumps(findings, indent=2, ensure_ascii=not session.writes_unicode)
    session.write(f"{text}\n")


def _number(result: Checked, level: str) -> int:
    return sum(finding.level == level for finding in result.findings)


def _files(named: list[str]) -> list[Path]:
    files: list[Path] = []
    for name in named:
        path = Path(name)
        files += sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise ChecklistError("no-files", named=", ".join(named))
    return files


def _earlier(against: str | None, new: list[Path]) -> dict[str, Questionnaire]:
    """Read the earlier versions; of a folder only the files that are checked now."""
    if against is None:
        return {}
    from checklist.bank import read

    path = Path(against)
    if path.is_dir():
        old = [read(path / file.name) for file in new if (path / file.name).exists()]
    else:
        old = [read(path, any_name=True)]
    return {questionnaire.id: questionnaire for questionnaire in old}
