"""What is written on a sheet in words, and what is said when one is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checklist.i18n import Texts
from checklist.questionnaire import Item
from checklist.terminal.entering import Entering, Sheet

LONGEST_NUMBER = 4


def stored_lines(entering: Entering, texts: Texts) -> list[str]:
    """Say that a sheet is stored, and which sheets have the same two words."""
    lines = [texts("enter.stored", n=entering.entered)]
    if same := entering.same_words_as_last():
        lines.append(same_words_line(same, texts))
    return lines


def same_words_line(sheets: Sequence[int], texts: Texts) -> str:
    """Warn that these sheets have the same two words."""
    return texts("enter.same-words", sheets=", ".join(map(str, sheets)))


def add_comment(sheet: Sheet, items: Sequence[Item], number: str, text: str) -> Sheet | None:
    """Add a remark on the item with this number on the sheet; ``None`` where there is no such.

    Several remarks on one item become one; without a text they are deleted.
    """
    fits = number.isdecimal() and len(number) <= LONGEST_NUMBER and 1 <= int(number) <= len(items)
    if not fits:
        return None
    about = items[int(number) - 1].id
    if text.strip():
        return replace(sheet, comments=_added(sheet.comments, about, text))
    kept = {each: said for each, said in sheet.comments.items() if each != about}
    return replace(sheet, comments=kept)


def add_reflection(sheet: Sheet, about: str, text: str) -> Sheet:
    """Add a text to an open question."""
    return replace(sheet, reflections=_added(sheet.reflections, about, text))


def _added(texts: Mapping[str, str], about: str, text: str) -> dict[str, str]:
    return {**texts, about: " ".join(filter(None, (texts.get(about, ""), text.strip())))}
