"""Typing sheets in as plain lines, a line a sheet: for screen readers, and from a pipe.

A line holds a sign for each row of the sheet, with or without blanks: ``4 3 - x 5`` or ``43-x5``;
behind ``|`` remarks (``| 3: text``), answers to open questions (``| B: text``) and the two words
for the comparison with the next round (``| Ahorn Laterne``). ``t Name`` changes the team.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TextIO

from checklist import panel_words
from checklist.errors import ChecklistError, Problem
from checklist.i18n import Texts
from checklist.render.plain import one_line
from checklist.rounds import Team
from checklist.terminal.by_lines import BYTE_ORDER_MARK, ByLines
from checklist.terminal.entering import Entering, Sheet, sign
from checklist.terminal.entering_texts import add_comment, add_reflection, stored_lines
from checklist.terminal.front import Left

BETWEEN = re.compile(r"[\s,;/]+")
WORDS = re.compile(r"[^\W\d_]{3,}(?:[^\w:]+[^\W\d_]{3,})*")
"""Words and nothing else: a text has a number or a letter in front, and a colon."""
TEAM_LINE = re.compile(r"t(?:eam)?(?:\s*:\s*|\s+)(?P<name>\S.*)", re.IGNORECASE)


def read_sheet(line: str, number: int, entering: Entering, texts: Texts) -> Sheet | list[Problem]:
    """Read a line as a sheet, or say everything that is wrong in it."""
    signs, *parts = line.split("|")
    typed, items = BETWEEN.sub("", signs), entering.items
    if len(typed) != len(items):
        numbers = {"line": number, "given": len(typed), "needed": len(items)}
        return [Problem("sheet-count", "", numbers)]
    problems: list[Problem] = []
    sheet = Sheet()
    for place, (each, item) in enumerate(zip(typed, items, strict=True), start=1):
        given = sign(each, item, texts)
        if given is None:
            values = {"line": number, "place": place, "sign": each, "most": item.scale.size}
            problems.append(Problem("sheet-sign", "", values))
        sheet = sheet.marked(given or "")
    for part in parts:
        after = _with_part(sheet, part.strip(), number, entering, texts)
        if isinstance(after, Sheet):
            sheet = after
        else:
            problems += after
    return problems or sheet


def read_sheets(lines: Iterable[str], entering: Entering, texts: Texts) -> list[tuple[Sheet, Team]]:
    """Read all lines of a pipe.

    Raises
    ------
    ChecklistError
        ``sheets-invalid``, with every line that is wrong.
    """
    sheets: list[tuple[Sheet, Team]] = []
    problems: list[Problem] = []
    team = _only_team(entering)
    for number, line in enumerate(lines, start=1):
        line = _clean(line)
        if not line or line.startswith("#"):
            continue
        if named := TEAM_LINE.fullmatch(line):
            found = _team(named["name"], entering)
            if found is None:
                problems.append(_no_such_team(named["name"], number, entering))
            team = found or team or entering.round.teams[0]  # one mistake, one problem
            continue
        if team is None:
            problems.append(
                Problem("sheet-no-team", "", {"line": number, "known": _known(entering)})
            )
            team = entering.round.teams[0]
        read = read_sheet(line, number, entering, texts)
        if isinstance(read, Sheet):
            sheets.append((read, team))
        else:
            problems += read
    if problems:
        raise ChecklistError("sheets-invalid", problems=tuple(problems))
    return sheets


class EnteringByLines:
    """Takes a line a sheet from somebody who sits there; each is stored at once.

    Parameters
    ----------
    out, lines
        Where is written to and read from.
    worded
        Words a problem.
    """

    def __init__(
        self,
        out: TextIO,
        lines: TextIO,
        texts: Texts,
        entering: Entering,
        worded: Callable[[Problem], str],
    ) -> None:
        self._front = ByLines(out, lines, texts)
        self._lines = lines
        self._texts = texts
        self._entering = entering
        self._worded = worded

    def run(self) -> None:
        """Take sheets until the lines end.

        Raises
        ------
        Left, EOFError, KeyboardInterrupt
            That was all.
        ChecklistError
            As ``Entering.store``.
        """
        entering, texts, say = self._entering, self._texts, self._front.tell
        entering.team = entering.team or _only_team(entering) or self._chosen()
        total = len(entering.items)
        say(texts("enter.lines", total=total, leave=texts("key.leave"), back=texts("key.back")))
        if entering.round.comments:
            say(texts("enter.lines-texts"))
        say(texts("enter.lines-words"))
        number = 0
        while True:
            say(texts("enter.next", n=entering.entered + 1, team=entering.team.name))
            line = self._lines.readline()
            if not line:
                raise EOFError
            number += 1
            self._on_line(_clean(line), number)

    def _on_line(self, line: str, number: int) -> None:
        entering, texts, say = self._entering, self._texts, self._front.tell
        low = line.lower()
        if low == texts("key.leave"):
            raise Left
        if low == texts("key.back"):
            taken = entering.take_back() is not None
            say(texts("enter.taken-back" if taken else "enter.nothing-back"))
        elif low == texts("enter.key-team"):
            entering.team = self._chosen()
        elif named := TEAM_LINE.fullmatch(line):
            found = _team(named["name"], entering)
            if found is None:
                say(self._worded(_no_such_team(named["name"], number, entering)))
            entering.team = found or entering.team
        elif line:
            read = read_sheet(line, number, entering, texts)
            if isinstance(read, Sheet):
                entering.store(read)
                for said in stored_lines(entering, texts):
                    say(said)
            else:
                for problem in read:
                    say(self._worded(problem))

    def _chosen(self) -> Team:
        teams = self._entering.round.teams
        names = [team.name for team in teams]
        return teams[self._front.choose(self._texts("enter.team-question"), names)]


def _clean(line: str) -> str:
    return one_line(line.lstrip(BYTE_ORDER_MARK).rstrip("\r\n")).strip()


def _only_team(entering: Entering) -> Team | None:
    teams = entering.round.teams
    return entering.team or (teams[0] if len(teams) == 1 else None)


def _team(name: str, entering: Entering) -> Team | None:
    return {team.name.casefold(): team for team in entering.round.teams}.get(name.casefold())


def _known(entering: Entering) -> str:
    return ", ".join(team.name for team in entering.round.teams)


def _no_such_team(name: str, number: int, entering: Entering) -> Problem:
    return Problem("sheet-team", "", {"line": number, "team": name, "known": _known(entering)})


def _with_part(
    sheet: Sheet, part: str, number: int, entering: Entering, texts: Texts
) -> Sheet | list[Problem]:
    """Add what stands behind a ``|``."""
    if not WORDS.fullmatch(part):
        return _with_text(sheet, part, number, entering)
    if sheet.words:
        return [Problem("sheet-words-twice", "", {"line": number})]
    try:
        return replace(sheet, words=panel_words.read(part))
    except ChecklistError as error:
        place = texts("enter.line", line=number)
        return [replace(problem, place=place) for problem in error.problems]


def _with_text(sheet: Sheet, part: str, number: int, entering: Entering) -> Sheet | list[Problem]:
    if not entering.round.comments:
        return [Problem("sheet-no-texts", "", {"line": number})]
    label, _, text = (piece.strip() for piece in part.partition(":"))
    about = entering.reflections.get(label.upper())
    if about is not None and text:
        return add_reflection(sheet, about, text)
    after = add_comment(sheet, entering.items, label, text) if text else None
    return after or [Problem("sheet-label", "", {"line": number, "part": part})]
