"""Reads an answers file: a whole response as JSON, checked in one go.

``{"answers": {"item": 4, "other": null, "third": "did-not-occur"}, "comments": {…},
"reflections": {…}}``; items that are not named were left open.
"""

import json
from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from checklist.errors import ChecklistError, Problem
from checklist.interview import Answer, Mark, Response
from checklist.questionnaire import Item, Questionnaire

PARTS = ("answers", "comments", "reflections")
LONGEST_TEXT = 10_000


def read_answers(path: Path, questionnaire: Questionnaire) -> Response:
    """Read and check an answers file.

    Raises
    ------
    ChecklistError
        ``answers-unreadable``: the file cannot be opened; ``answers-invalid``: with everything that
        is wrong in it.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ChecklistError("answers-unreadable", file=str(path), reason=error) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _invalid(path, [Problem("not-utf-8", f"{path.name}:{line}")]) from error
    try:
        raw = json.loads(text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        place = f"{path.name}:{error.lineno}:{error.colno}"
        raise _invalid(path, [Problem("no-json", place)]) from error
    except (ValueError, RecursionError) as error:
        raise _invalid(path, [Problem("no-json", path.name)]) from error
    reading = _Reading(path.name, questionnaire)
    response = reading.response(raw)
    if reading.problems:
        raise _invalid(path, reading.problems)
    return response


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it stands in the file, so that a name given twice is seen."""


def _invalid(path: Path, problems: list[Problem]) -> ChecklistError:
    return ChecklistError("answers-invalid", problems=tuple(problems), file=path.name)


class _Reading:
    """Walks through one file and collects what is wrong."""

    def __init__(self, name: str, questionnaire: Questionnaire) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._items = {item.id: item for item in questionnaire.items}
        self._reflections = [reflection.id for reflection in questionnaire.reflections]

    def response(self, raw: Any) -> Response:
        parts = self._object(raw, "answers-object", "")
        for key in parts:
            if key not in PARTS:
                self._misspelt("answers-unknown-part", "", key, PARTS)
        if "answers" not in parts:
            self._add("answers-missing", "")
        return Response(
            answers=self._answers(parts.get("answers", _Pairs())),
            comments=self._texts(parts, "comments", self._items),
            reflections=self._texts(parts, "reflections", self._reflections),
        )

    def _object(self, raw: Any, code: str, place: str) -> dict[str, Any]:
        if not isinstance(raw, _Pairs):
            self._add(code, place)
            return {}
        for key, times in Counter(key for key, _ in raw).items():
            if times > 1:
                self._add("answers-twice", place, name=_shown(key))
        return dict(raw)

    def _answers(self, raw: Any) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for key, value in self._object(raw, "answers-object", "answers").items():
            if key not in self._items:
                self._misspelt("answers-unknown-item", "answers", key, self._items)
            elif (answer := _answer(value, self._items[key])) is None:
                place = f"answers.{key}"
                self._add("answers-value", place, value=_shown(value), most=self._size(key))
            else:
                answers[key] = answer
        return answers

    def _texts(self, parts: dict[str, Any], part: str, known: Iterable[str]) -> dict[str, str]:
        texts: dict[str, str] = {}
        raw = self._object(parts.get(part, _Pairs()), "answers-object", part)
        for key, value in raw.items():
            if key not in known:
                self._misspelt("answers-unknown-item", part, key, known)
            elif not isinstance(value, str):
                self._add("answers-no-text", f"{part}.{key}", value=_shown(value))
            elif len(value) > LONGEST_TEXT:
                self._add("answers-long-text", f"{part}.{key}", most=LONGEST_TEXT)
            elif value.strip():
                texts[key] = value
        return texts

    def _size(self, key: str) -> int:
        return self._items[key].scale.size

    def _misspelt(self, code: str, place: str, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, list(known), n=1)
        if near:
            self._add(f"{code}-near", place, name=_shown(name), near=near[0])
        else:
            self._add(code, place, name=_shown(name))

    def _add(self, code: str, place: str, **values: object) -> None:
        where = f"{self._name}: {place}" if place else self._name
        self.problems.append(Problem(code, where, values))


def _answer(value: Any, item: Item) -> Answer | None:
    """Give the answer that a value stands for, or ``None`` where it stands for none."""
    if value is None:
        return Mark.LEFT_OPEN
    if value == Mark.DID_NOT_OCCUR.value:
        return Mark.DID_NOT_OCCUR
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= item.scale.size:
        return value
    return None


def _shown(value: Any) -> str:
    """Write a value the way it stands in the file, cut where it is long."""
    try:
        written = json.dumps(_plain(value), ensure_ascii=False)
    except (ValueError, RecursionError):
        written = type(value).__name__
    return written if len(written) <= 60 else f"{written[:57]}…"


def _plain(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {key: _plain(part) for key, part in value}
    return [_plain(part) for part in value] if isinstance(value, list) else value
