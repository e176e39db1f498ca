import re
from collections.abc import Iterator
from typing import Any

import pytest

from checklist.bank import Bank
from checklist.cli.commands import command
from checklist.i18n import LANGUAGES, Texts
from tests.helpers import Call

FOREIGN = {
    "de": re.compile(
        r"\b(usage|try|error|no such|missing|options?:|show this|invalid|unknown|unexpected|extra"
        r"|argument|arguments|command|commands|default|required|requires|does not|got|did you mean"
        r"|possible|file|dir|folder|the|is|not|value|exit|and)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(aufruf|optionen|befehle?|angaben?|fehlt|gibt es|meinten|mehr dazu|möglich|datei|ordner"
        r"|wert|nicht|diese|der|die|das|und|oder)\b",
        re.IGNORECASE,
    ),
}
"""Words that show that a text came in the other language, or from typer, which speaks English."""

SPOKEN = {"de": "de_DE.UTF-8", "en": "en_GB.UTF-8"}
IDS = ", ".join(Bank().ids)
COMMANDS = ", ".join(command().commands)


def paths(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """All commands and groups of commands, by the words that call them."""
    yield path
    for name, part in getattr(group, "commands", {}).items():
        yield from paths(part, (*path, name))


PATHS = list(paths(command()))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_commands_are_found() -> None:
    assert {(), ("run",), ("questions",), ("questions", "check"), ("data", "erase")} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_has_a_help_page_in_the_language(
    inside: Call, path: tuple[str, ...], language: str
) -> None:
    done = inside(*path, "--help", env={"LANG": SPOKEN[language]})
    texts = Texts(language)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(texts("usage.usage", usage=" ".join(["checklist", *path])))
    assert "--help" in done.out
    assert texts("option.help") in done.out
    assert_speaks(language, done.out)
    assert all(len(line) <= 80 for line in done.out.split("\n"))
    assert done.out == inside(*path, "--lang", language, "--help").out


@pytest.mark.parametrize(
    "path", [path for path in PATHS if len(path) > 1 or path in ((), ("results",))], ids=" ".join
)
def test_the_language_may_stand_anywhere(inside: Call, path: tuple[str, ...]) -> None:
    for place in range(len(path) + 1):
        done = inside(*path[:place], "--lang", "en", *path[place:], "--help")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("Usage: checklist")


@pytest.mark.parametrize("path", [path for path in PATHS if len(path) == 2], ids=" ".join)
def test_a_group_refuses_a_language_that_is_not_spoken(inside: Call, path: tuple[str, str]) -> None:
    done = inside(path[0], "--lang", "fr", path[1])
    assert done.code == 2
    assert done.said.startswith("Die Sprache „fr“ spricht checklist nicht.")


def assert_speaks(language: str, said: str) -> None:
    """Make sure that a text holds no word of the other language; values in quotes may be any."""
    words = "|".join(sorted({word for path in PATHS for word in path}))
    ids = "|".join(Bank().ids)
    plain = re.sub(rf"{ids}|\S*[/.]\S*|--\S+|checklist( ({words}))*|„[^“]*“|“[^”]*”", "", said)
    assert not FOREIGN[language].findall(plain), said


def test_help_stays_within_a_narrow_window(inside: Call) -> None:
    done = inside("run", "--help", env={"COLUMNS": "60"})
    assert max(map(len, done.out.split("\n"))) <= 60


QUESTIONS = "list, show, check, new, diff, schema, print"
MISTAKES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a misspelt command": (
        ("rnu",),
        "Den Befehl „rnu“ gibt es nicht. Meinten Sie: checklist run",
        "There is no command “rnu”. Did you mean: checklist run",
    ),
    "an unknown command": (
        ("xyzzy",),
        f"Den Befehl „xyzzy“ gibt es nicht. Möglich sind: {COMMANDS}.",
        f"There is no command “xyzzy”. Choose one of: {COMMANDS}.",
    ),
    "an empty command": (
        ("",),
        f"Den Befehl „“ gibt es nicht. Möglich sind: {COMMANDS}.",
        f"There is no command “”. Choose one of: {COMMANDS}.",
    ),
    "a misspelt command in a group": (
        ("questions", "chekc"),
        "Den Befehl „chekc“ gibt es nicht. Meinten Sie: checklist questions check",
        "There is no command “chekc”. Did you mean: checklist questions check",
    ),
    "an unknown command in a group": (
        ("data", "xyz"),
        "Den Befehl „xyz“ gibt es nicht. Möglich sind: path, backup, erase.",
        "There is no command “xyz”. Choose one of: path, backup, erase.",
    ),
    "a group without a command": (
        ("questions",),
        f"Nach checklist questions fehlt ein Befehl. Möglich sind: {QUESTIONS}.",
        f"checklist questions needs a command after it. Choose one of: {QUESTIONS}.",
    ),
    "a misspelt option": (
        ("run", "--lnag", "en"),
        "Die Option --lnag gibt es hier nicht. Meinten Sie --lang? Mehr dazu: checklist run --help",
        "There is no option --lnag here. Did you mean --lang? For more: checklist run --help",
    ),
    "the beginning of an option": (
        ("run", "--ans", "x.json"),
        "Die Option --ans gibt es hier nicht. Meinten Sie --answers?"
        " Mehr dazu: checklist run --help",
        "There is no option --ans here. Did you mean --answers? For more: checklist run --help",
    ),
    "an unknown option": (
        ("results", "--verbose"),
        "Die Option --verbose gibt es hier nicht. Mehr dazu: checklist results --help",
        "There is no option --verbose here. For more: checklist results --help",
    ),
    "an unknown short option": (
        ("plan", "-x"),
        "Die Option -x gibt es hier nicht. Mehr dazu: checklist plan --help",
        "There is no option -x here. For more: checklist plan --help",
    ),
    "an unknown option before the command": (
        ("--plain", "run"),
        "Die Option --plain gibt es hier nicht. Mehr dazu: checklist --help",
        "There is no option --plain here. For more: checklist --help",
    ),
    "an option without its value": (
        ("run", "anti-churn", "--answers"),
        "Zu --answers fehlt der Wert. Mehr dazu: checklist run --help",
        "--answers needs a value. For more: checklist run --help",
    ),
    "an option of a command in a group without its value": (
        ("questions", "list", "--questions"),
        "Zu --questions fehlt der Wert. Mehr dazu: checklist questions list --help",
        "--questions needs a value. For more: checklist questions list --help",
    ),
    "a flag with a value": (
        ("run", "--plain=yes"),
        "--plain steht allein, ohne Wert. Mehr dazu: checklist run --help",
        "--plain takes no value. For more: checklist run --help",
    ),
    "an unknown format": (
        ("results", "--format", "pdf"),
        "Diesen Wert kennt --format nicht. Möglich sind: terminal, html, markdown, json."
        " Mehr dazu: checklist results --help",
        "--format does not know this value. Choose one of: terminal, html, markdown, json."
        " For more: checklist results --help",
    ),
    "an unknown language": (
        ("run", "--lang", "fr"),
        "Die Sprache „fr“ spricht checklist nicht. Möglich sind: de, en.",
        "checklist does not speak “fr”. Choose one of: de, en.",
    ),
    "an unknown language before the command": (
        ("--lang", "fr"),
        "Die Sprache „fr“ spricht checklist nicht. Möglich sind: de, en.",
        "checklist does not speak “fr”. Choose one of: de, en.",
    ),
    "an unknown perspective": (
        ("run", "anti-churn", "--perspective", "me"),
        "Die Sicht „me“ gibt es nicht. Möglich sind: self, observer, lead.",
        "There is no perspective “me”. Choose one of: self, observer, lead.",
    ),
    "too many arguments": (
        ("run", "anti-churn", "b", "c"),
        "Damit kann checklist run nichts anfangen: b c. Mehr dazu: checklist run --help",
        "checklist run has no use for: b c. For more: checklist run --help",
    ),
    "an argument where none belongs": (
        ("data", "path", "here"),
        "Damit kann checklist data path nichts anfangen: here."
        " Mehr dazu: checklist data path --help",
        "checklist data path has no use for: here. For more: checklist data path --help",
    ),
    "no argument where one is needed": (
        ("data", "backup"),
        "Die Angabe DATEI fehlt. Mehr dazu: checklist data backup --help",
        "The argument FILE is missing. For more: checklist data backup --help",
    ),
    "no argument where several may stand": (
        ("questions", "check"),
        "Die Angabe DATEI|ORDNER... fehlt. Mehr dazu: checklist questions check --help",
        "The argument FILE|FOLDER... is missing. For more: checklist questions check --help",
    ),
    "answers for nothing": (
        ("run", "--answers", "x.json"),
        f"Der Aufruf nennt keinen Fragebogen. Nennen Sie einen von: {IDS}.",
        f"The command names no questionnaire. Name one of: {IDS}.",
    ),
    "something final without anybody to ask": (
        ("data", "erase"),
        "Ohne Terminal lässt sich nicht nachfragen, ob das gewollt ist."
        " Wenn es gewollt ist: checklist data erase --yes",
        "Without a terminal there is no way to ask whether this is wanted."
        " If it is: checklist data erase --yes",
    ),
    "a dash": (
        ("-",),
        "Dieser Aufruf ist so nicht zu verstehen. Mehr dazu: checklist --help",
        "This command line cannot be understood. For more: checklist --help",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_wrong_usage_is_said_in_one_sentence_with_the_way_out(
    inside: Call, mistake: str, language: str
) -> None:
    arguments, german, english = MISTAKES[mistake]
    done = inside(*arguments, env={"LANG": SPOKEN[language]})
    assert done.code == 2
    assert done.out == ""
    assert done.said == (german if language == "de" else english)
    assert_speaks(language, done.said)


def test_a_choice_that_nobody_can_make_is_wrong_usage(inside: Call) -> None:
    done = inside("run")
    assert done.code == 2
    assert done.said.endswith(f"Der Aufruf nennt keinen Fragebogen. Nennen Sie einen von: {IDS}.")


def test_errors_speak_the_language_that_was_asked_for(inside: Call) -> None:
    for arguments in (("--lang", "en"), ("--lang=en",)):
        assert inside("run", *arguments, "--nonsense").said.startswith("There is no option")
    assert inside("rnu", env={"CHECKLIST_LANG": "en"}).said.startswith("There is no command")
    assert inside("run", "--lang").said.startswith("Zu --lang fehlt der Wert.")


def test_strange_signs_in_arguments_are_shown_and_not_obeyed(inside: Call) -> None:
    done = inside("\x1b[31m\u202e[bold]x[/bold]\udcff\n{0}")
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert "[bold]x[/bold]" in done.err
    assert "{0}" in done.err


def test_every_mistake_here_is_one_that_typer_would_have_said_in_english(inside: Call) -> None:
    """Words of typer's that we have none for would come out as ``usage.not-understood``."""
    said = {mistake: inside(*arguments).said for mistake, (arguments, _, _) in MISTAKES.items()}
    blank = Texts("de")("usage.not-understood")
    assert [mistake for mistake, words in said.items() if words.startswith(blank)] == ["a dash"]


def test_the_words_of_the_other_language_are_found() -> None:
    with pytest.raises(AssertionError):
        assert_speaks("de", "Usage: checklist run")
    with pytest.raises(AssertionError):
        assert_speaks("en", "Zu --lang fehlt der Wert.")


def test_the_version_is_told(inside: Call) -> None:
    done = inside("--version")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"checklist \d+\.\d+\.\d+\S*\n", done.out)
