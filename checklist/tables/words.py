"""Says how a table was understood, before anything is stored, and what became of it."""

from pathlib import Path

from checklist.i18n import Texts
from checklist.rounds import Round
from checklist.tables.importing import Imported
from checklist.tables.mapping import NOWHERE, PANEL, PERSPECTIVE, TEAM, TableMapping
from checklist.tables.shown import shown

ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
DELIMITERS = {",": "import.comma", ";": "import.semicolon", "\t": "import.tab"}
MOST_NAMES, MOST_TWICE = 30, 10


def mapping_lines(mapping: TableMapping, round_: Round, texts: Texts) -> list[str]:
    """Say which column means what, which questions have none, and what is not read."""
    items = [item.id for item in round_.questionnaire.items]
    lines = [
        texts(
            "import.file",
            file=shown(mapping.name),
            encoding=ENCODINGS[mapping.encoding],
            delimiter=texts(DELIMITERS[mapping.delimiter]),
        ),
        texts("import.questions", found=len(items) - len(mapping.missing), all=len(items)),
    ]
    lines += [
        texts("import.renamed", column=mapping.column(target), target=target)
        for target in sorted(mapping.renamed, key=lambda each: mapping.places[each])
    ]
    if mapping.missing:
        lines.append(texts("import.missing", ids=_names(mapping.missing)))
    lines.append(_team(mapping, texts))
    views = mapping.place(PERSPECTIVE) != NOWHERE
    if views:
        lines.append(texts("import.views", column=mapping.column(PERSPECTIVE)))
    else:
        lines.append(texts("import.self-only"))
    if mapping.place(PANEL) != NOWHERE:
        panel = texts("import.panel", column=mapping.column(PANEL))
        lines.append(f"{panel} {texts('import.panel-self-only')}" if views else panel)
    if mapping.ignored:
        lines.append(texts("import.ignored", columns=_names(mapping.ignored)))
    return lines


def _team(mapping: TableMapping, texts: Texts) -> str:
    if mapping.place(TEAM) != NOWHERE:
        return texts("import.team-column", column=mapping.column(TEAM))
    return texts("import.team-only", team=shown(mapping.only_team or ""))


def _names(names: tuple[str, ...]) -> str:
    cut = ("…",) if len(names) > MOST_NAMES else ()
    return ", ".join((*names[:MOST_NAMES], *cut))


def outcome_lines(
    imported: Imported, texts: Texts, table: Path, skipped: Path | None = None
) -> list[str]:
    """Say what became of the rows, and what is to be deleted; ``skipped`` holds the bad ones."""
    name = shown(table.name)
    if imported.before:
        return [texts("import.before"), texts("import.delete", file=name)]
    lines = [texts.count("import.stored", imported.stored)]
    if imported.empty:
        lines.append(texts.count("import.empty", imported.empty))
    if imported.bad:
        lines.append(texts.count("import.bad", imported.bad))
        if skipped is not None:
            lines.append(texts("import.repair.rows", file=shown(skipped.name)))
    lines += [
        texts("import.same-panel", rows=_names(tuple(map(str, rows))))
        for rows in imported.twice[:MOST_TWICE]
    ]
    if len(imported.twice) > MOST_TWICE:
        lines.append(texts("import.more-same-panel", n=len(imported.twice) - MOST_TWICE))
    if imported.bad and skipped is not None:
        lines.append(texts("import.delete-both", file=name, bad=shown(skipped.name)))
    else:
        lines.append(texts("import.delete", file=name))
    return lines
