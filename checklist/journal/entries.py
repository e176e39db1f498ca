"""How a response lies in rows: ``(kind, key, value)``, the same for drafts and results."""

from collections.abc import Iterable

from checklist.interview import Answer, Mark, Response
from checklist.sqlite_file import storable

Entry = tuple[str, str, str]


def to_rows(response: Response) -> list[Entry]:
    """Take a response apart into rows."""
    return [
        *(("answer", key, str(answer)) for key, answer in response.answers.items()),
        *(("comment", key, storable(text)) for key, text in response.comments.items()),
        *(("reflection", key, storable(text)) for key, text in response.reflections.items()),
    ]


def from_rows(rows: Iterable[Entry]) -> Response:
    """Put a response together from its rows."""
    answers: dict[str, Answer] = {}
    texts: dict[str, dict[str, str]] = {"comment": {}, "reflection": {}}
    for kind, key, value in rows:
        if kind == "answer":
            answers[key] = int(value) if value.isdecimal() else Mark(value)
        else:
            texts[kind][key] = value
    return Response(answers, texts["comment"], texts["reflection"])
