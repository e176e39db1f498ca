import json
import time
from pathlib import Path
from typing import Any

import pytest

from checklist.answers import LONGEST_TEXT, read_answers
from checklist.cli.failure import problem_line
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.interview import Mark, Response
from checklist.questionnaire import Questionnaire


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.json"


def problems(file: Path, tiny: Questionnaire, content: object) -> list[str]:
    """Write a file, as text or as JSON, and give what is said about it in German."""
    if not isinstance(content, bytes):
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=True)
        content = text.encode("utf-8", "surrogatepass")
    file.write_bytes(content)
    with pytest.raises(ChecklistError) as caught:
        read_answers(file, tiny)
    assert caught.value.code == "answers-invalid"
    assert caught.value.values["file"] == "mine.json"
    assert all(problem_line(problem, Texts("en")) for problem in caught.value.problems)
    return [problem_line(problem, Texts("de")) for problem in caught.value.problems]


def test_a_whole_response(file: Path, tiny: Questionnaire) -> None:
    content = {
        "answers": {
            "listen-ask": 5,
            "listen-cut-in": 1,
            "listen-repeat": None,
            "promise-date": "did-not-occur",
            "complaints-thank": 3,
        },
        "comments": {"listen-ask": " Zwei Zeilen,\nund „so“. ", "promise-late": "  "},
        "reflections": {"wish": "Zeit.", "obstacle": ""},
    }
    file.write_text(json.dumps(content), "utf-8")
    assert read_answers(file, tiny) == Response(
        answers={
            "listen-ask": 5,
            "listen-cut-in": 1,
            "listen-repeat": Mark.LEFT_OPEN,
            "promise-date": Mark.DID_NOT_OCCUR,
            "complaints-thank": 3,
        },
        comments={"listen-ask": " Zwei Zeilen,\nund „so“. "},
        reflections={"wish": "Zeit."},
    )


def test_answers_alone_are_enough(file: Path, tiny: Questionnaire) -> None:
    file.write_text('{"answers": {}}')
    assert read_answers(file, tiny) == Response()


def test_a_file_from_windows_is_read(file: Path, tiny: Questionnaire) -> None:
    file.write_bytes(b'\xef\xbb\xbf{"answers":\r\n{"listen-ask": 2}}\r\n')
    assert read_answers(file, tiny).answers == {"listen-ask": 2}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            {"answers": {"listen-aks": 4}},
            [
                'mine.json: answers: Eine Frage "listen-aks" gibt es nicht.'
                " Meinten Sie „listen-ask“?"
            ],
        ),
        (
            {"answers": {"völlig anders": 4}},
            [
                'mine.json: answers: Eine Frage "völlig anders" gibt es nicht.'
                " Die Kennungen zeigt ein Ergebnis mit --format json."
            ],
        ),
        (
            {"answer": {}},
            [
                'mine.json: Einen Teil "answer" gibt es nicht. Meinten Sie „answers“?',
                'mine.json: Es fehlt „answers“. Schreiben Sie: {"answers": {"needs-ask-first": 4}}',
            ],
        ),
        (
            {"answers": {}, "name": "Ada"},
            [
                'mine.json: Einen Teil "name" gibt es nicht.'
                " Möglich sind: answers, comments, reflections."
            ],
        ),
        (
            '{"answers": {"listen-ask": 1, "listen-ask": 2}, "comments": {}, "comments": {}}',
            [
                'mine.json: "comments" kommt zweimal vor. Streichen Sie einen der Einträge.',
                'mine.json: answers: "listen-ask" kommt zweimal vor.'
                " Streichen Sie einen der Einträge.",
            ],
        ),
        (
            {"answers": {}, "comments": {"listen-ask": 3, "listen-cut-in": "x" * 10_001}},
            [
                'mine.json: comments.listen-ask: 3 ist kein Text. Setzen Sie ihn in "…".',
                "mine.json: comments.listen-cut-in: Dieser Text ist zu lang."
                " Kürzen Sie ihn auf höchstens 10000 Zeichen.",
            ],
        ),
        (
            {"answers": {}, "reflections": {"listen-ask": "x", "wish": None}},
            [
                'mine.json: reflections: Eine Frage "listen-ask" gibt es nicht.'
                " Die Kennungen zeigt ein Ergebnis mit --format json.",
                'mine.json: reflections.wish: null ist kein Text. Setzen Sie ihn in "…".',
            ],
        ),
        (
            [],
            [
                "mine.json: Hier gehört { … } hin, mit Kennungen und Werten."
                ' Zum Beispiel: {"answers": {"needs-ask-first": 4}}',
                'mine.json: Es fehlt „answers“. Schreiben Sie: {"answers": {"needs-ask-first": 4}}',
            ],
        ),
        (
            {"answers": [4]},
            [
                "mine.json: answers: Hier gehört { … } hin, mit Kennungen und Werten."
                ' Zum Beispiel: {"answers": {"needs-ask-first": 4}}'
            ],
        ),
        (
            '{"answers": {"listen-ask": 4},}',
            [
                "mine.json:1:31: Diese Stelle entspricht nicht den Regeln von JSON."
                " Prüfen Sie Anführungszeichen, Kommas und Klammern."
            ],
        ),
        (
            '{\n  "answers": {\n    "listen-ask": vier\n  }\n}',
            [
                "mine.json:3:19: Diese Stelle entspricht nicht den Regeln von JSON."
                " Prüfen Sie Anführungszeichen, Kommas und Klammern."
            ],
        ),
        (
            b'{\n"answers": {},\n"comments": {"listen-ask": "\xfc"}}',
            [
                "mine.json:3: Hier steht ein Zeichen, das nicht in UTF-8 geschrieben ist."
                " Speichern Sie die Datei im Editor als UTF-8."
            ],
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    file: Path, tiny: Questionnaire, content: Any, said: list[str]
) -> None:
    assert problems(file, tiny, content) == said


@pytest.mark.parametrize(
    ("key", "value", "shown", "most"),
    [
        ("listen-ask", 0, "0", 5),
        ("listen-ask", 6, "6", 5),
        ("listen-ask", -1, "-1", 5),
        ("complaints-note", 4, "4", 3),
        ("listen-ask", 4.0, "4.0", 5),
        ("listen-ask", float("nan"), "NaN", 5),
        ("listen-ask", True, "true", 5),
        ("listen-ask", "4", '"4"', 5),
        ("listen-ask", "left-open", '"left-open"', 5),
        ("listen-ask", [4], "[4]", 5),
        ("listen-ask", {"a": [{"b": 4}]}, '{"a": [{"b": 4}]}', 5),
        ("listen-ask", "x" * 100, '"' + "x" * 56 + "…", 5),
        ("listen-ask", "\x1b[31m", r'"\u001b[31m"', 5),
    ],
)
def test_what_is_no_answer_is_shown_with_what_would_be_one(
    file: Path, tiny: Questionnaire, key: str, value: object, shown: str, most: int
) -> None:
    assert problems(file, tiny, {"answers": {key: value}}) == [
        f"mine.json: answers.{key}: {shown} ist keine Antwort. Möglich sind 1 bis {most},"
        ' null für offen gelassen und "did-not-occur" für kam nicht vor.'
    ]


@pytest.mark.parametrize(
    "content",
    ["", " ", "{", "nein", '"', "{}{}", "[" * 100_000, '{"answers": ' * 100_000, "9" * 5000],
)
def test_what_is_no_json_is_said_to_be_none(file: Path, tiny: Questionnaire, content: str) -> None:
    (said,) = problems(file, tiny, content)
    assert said.endswith(
        "Diese Stelle entspricht nicht den Regeln von JSON."
        " Prüfen Sie Anführungszeichen, Kommas und Klammern."
    )


def test_everything_wrong_is_named_at_once(file: Path, tiny: Questionnaire) -> None:
    content = {
        "answers": {"listen-ask": 9, "lisen-cut-in": 1, "promise-date": "x"},
        "comments": {"listen-ask": 1, "nobody": "x"},
        "reflections": 5,
        "reflexions": {},
    }
    assert len(problems(file, tiny, content)) == 7


def test_a_text_may_be_as_long_as_allowed(file: Path, tiny: Questionnaire) -> None:
    file.write_text(json.dumps({"answers": {}, "comments": {"listen-ask": "ü" * LONGEST_TEXT}}))
    assert len(read_answers(file, tiny).comments["listen-ask"]) == LONGEST_TEXT


def test_doubles_are_found_without_going_through_the_file_for_each_name(
    file: Path, tiny: Questionnaire
) -> None:
    content = {"answers": {}, **{f"{number}": number for number in range(30_000)}}
    started = time.process_time()
    assert len(problems(file, tiny, content)) == 30_000
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "name", ["missing.json", "folder.json", "folder.json/mine.json", "x" * 300]
)
def test_a_file_that_cannot_be_opened_is_named(
    tmp_path: Path, tiny: Questionnaire, name: str
) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ChecklistError) as caught:
        read_answers(tmp_path / name, tiny)
    assert caught.value.code == "answers-unreadable"
    assert caught.value.values["file"] == str(tmp_path / name)
    assert caught.value.values["reason"]
