"""A whole workshop: a trainer at the screen, eight phones and four terminals, to the hand-out."""

import json
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checklist.i18n import Texts
from checklist.journal import Journal
from tests.helpers import Call
from tests.room_figures import (
    ASKED,
    ITEMS,
    counted,
    means,
    rounded,
    scores,
    tally,
    titles,
    words_of,
)
from tests.room_people import ENTER, ByKeys, ByLines, Participant, Phone, running
from tests.room_trainer import ESCAPE, STAY, Trainer
from tests.terminal.emulator import Emulator

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DE, EN = Texts("de"), Texts("en")

ANSWERS = [
    pattern.replace(" ", "")
    for pattern in (
        "543232 544222 533231",
        "543231 534222 543232",
        "444321 543232 543-31",
        "5432.1 543231 443232",
        "533242 543222 543241",
        "543231 443232 553231",
        "543331 533232 543222",
        "155515 155515 155515",
        "454232 543131 543232",
        "543211 543232 453231",
        "543252 343232 543.31",
        "542232 543234 543233",
    )
]
"""A row a person, a sign an item in the order in which they are asked."""
GOES_BACK, RELOADS, WITHDRAWS, NEVER_SENDS = 1, 2, 5, 7
"""Who does something that not everybody does, by place among the phones."""
HALF = 9
"""Items that are answered when the machine at the projector dies."""
SENT = [pattern for place, pattern in enumerate(ANSWERS) if place != NEVER_SENDS]
VOTES = [(3, 0, 0), (1, 1, 1), (0, 2, 1)]
"""Given in turn; so four people give each of them."""
TALLY = (16, 12, 8)

OURS, COMPANYS, NEED = (
    "Wir fragen zu selten nach",
    "Gutschriften dauern",
    "50 Euro frei, von der Leitung",
)
PROPOSALS = ("Erst fragen, dann anbieten", "Rückruf mit Uhrzeit", "Einmal die Woche zuhören")
WHEN, OWNER, SIGN = "jemand kündigen will", "KB", "Es rufen weniger noch einmal an"
FILES = ("report", "handout", "company", "calendar")
TOPIC = titles(DE)[1]
MY_WHEN, MY_THEN = "es klingelt", "lasse ich ausreden"


@dataclass
class Room:
    """All who are in it, and what was read from the screen at the beginning."""

    trainer: Trainer
    people: list[Participant] = field(default_factory=list)
    resume: Sequence[str] = ()

    @property
    def code(self) -> str:
        """The round's."""
        return self.resume[self.resume.index("--resume") + 1]

    @property
    def phones(self) -> list[Phone]:
        return [each for each in self.people if isinstance(each, Phone)]

    @property
    def terminals(self) -> list[ByKeys | ByLines]:
        return [each for each in self.people if isinstance(each, ByKeys | ByLines)]

    def all_see(self, *keys: str) -> None:
        """Wait until everybody sees words of ours, each in their language."""
        for each in self.people:
            each.sees(*map(each.texts, keys))


@dataclass(frozen=True)
class Start:
    """Starts the program in terminals and browsers that are closed again."""

    stack: ExitStack
    browser: "Browser"
    folder: Path

    def terminal(self, *arguments: str, **settings: Any) -> Emulator:
        return self.stack.enter_context(Emulator(arguments, **settings))

    def workshop(self, *more: str) -> Trainer:
        named = ("--team", "Kundendienst:12", "--keeper", "Kim Beispiel, Telefon 123")
        where = ("--port", "0", "--output", str(self.folder))
        return Trainer(self.terminal("workshop", "start", "anti-churn", *named, *where, *more), DE)

    def joining(self, address: str, person: int, language: str, **settings: Any) -> ByKeys:
        arguments = ("run", "--join", address, "--lang", language)
        own = {"CHECKLIST_HOME": str(self.home(person))}
        return ByKeys(self.terminal(*arguments, environment=own, **settings), language)

    def by_lines(self, address: str, person: int, language: str) -> ByLines:
        own = {"CHECKLIST_HOME": str(self.home(person))}
        return self.stack.enter_context(ByLines(address, language, own))

    def phone(self, address: str, language: str = "de", *, scripts: bool = True) -> Phone:
        found = Phone(self.browser, address, language, scripts=scripts)
        self.stack.callback(found.window.close)
        return found

    def home(self, person: int) -> Path:
        return self.folder.with_name(f"person-{person}")


@pytest.fixture
def start(browser: "Browser", tmp_path: Path) -> Iterator[Start]:
    folder = tmp_path / "papers"
    folder.mkdir()
    with ExitStack() as stack:
        yield Start(stack, browser, folder)


def test_a_whole_workshop(start: Start, inside: Call, home: Path) -> None:
    room = begun(start)
    warmed_up(room)
    answered(room, start)
    closed(room)
    figures = json.loads(inside("report", room.code, "--format", "json").out)
    revealed(room, figures)
    talked(room)
    voted(room)
    agreed(room)
    taken_home(room, start)
    ended(room, start, home)
    audited = inside("round", "audit", room.code)
    kept = [DE("audit.kept", smallest=people, k=5) for people in range(5, len(SENT) + 1)]
    assert audited.code == 0
    assert any(words in running(audited.out) for words in kept)
    followed(room.code, start, home)


# -- check, arrive, warm-up


def begun(start: Start) -> Room:
    """Let everybody in, by the address and the code on the screen."""
    trainer = start.workshop()
    trainer.sees(DE("stage.check.nobody"))
    address, code = trainer.address, trainer.code
    room = Room(trainer, resume=trainer.resume())
    terminals: list[ByKeys | ByLines] = [
        start.joining(address, 8, "de"),
        start.joining(address, 9, "en", columns=40),
        start.by_lines(address, 10, "de"),
        start.by_lines(address, 11, "en"),
    ]
    phones = [
        start.phone(address),
        start.phone(address),
        start.phone(address, scripts=False),
        start.phone(address, "en"),
        start.phone(address, "en", scripts=False),
        start.phone(address),
        start.phone(address, scripts=False),
        start.phone(address),
    ]
    room.people = [*phones, *terminals]
    for place, each in enumerate((*phones, *terminals)):
        each.types(code.upper().replace("-", " ") if place % 2 else code)
    trainer.sees(DE("stage.check.joined.other", n=12))
    return room


def warmed_up(room: Room) -> None:
    room.trainer.goes_on(DE("showing.arrive.rules"), "noch 5:00")
    room.all_see("workshop.phase.arrive.title", "showing.arrive.rules", "workshop.rule.1")
    room.trainer.goes_on(DE("showing.warm-up.question"))
    room.trainer.presses("t", lambda seen: "noch 2:5" in seen)
    room.all_see("workshop.phase.warm-up.title")
    room.trainer.goes_on(DE("stage.answer.begun"))


# -- answers


def answered(room: Room, start: Start) -> None:
    """Have the machine at the projector die in the middle; nothing that was confirmed is lost."""
    for each in room.people:
        each.begins()
    answering(room, range(HALF))
    phones = room.phones
    phones[GOES_BACK].goes_back(HALF + 1)
    phones[GOES_BACK].goes_back(HALF)
    phones[GOES_BACK].answers(HALF - 1, "1")
    phones[GOES_BACK].goes_back(HALF)
    answering(room, range(HALF - 2, HALF), [phones[GOES_BACK]])
    phones[RELOADS].reloads(HALF + 1)
    counts(room, there=12, begun=12, sent=0)

    room.trainer.screen.kill(signal.SIGKILL)
    assert room.trainer.screen.exit_code() == -signal.SIGKILL
    room.trainer = Trainer(start.terminal(*room.resume), DE)
    room.trainer.is_in("answer")
    for phone in phones:
        phone.reloads(HALF + 1)
    counts(room, there=12, begun=12, sent=0)

    answering(room, range(HALF, len(ITEMS)))
    for place, each in enumerate(room.people):
        if place != NEVER_SENDS:
            each.sends()
    counts(room, there=12, begun=12, sent=11)
    phones[WITHDRAWS].withdraws()
    counts(room, there=12, begun=12, sent=10)
    phones[WITHDRAWS].sends_again()
    counts(room, there=12, begun=12, sent=11)


def answering(room: Room, places: range, people: Sequence[Participant] | None = None) -> None:
    """Have items answered side by side, and wait until the next one is asked."""
    for place in places:
        for each in people or room.people:
            each.answers(place + 1, ANSWERS[room.people.index(each)][place])
    for each in people or room.people:
        each.is_asked(places.stop + 1)


def counts(room: Room, *, there: int, begun: int, sent: int) -> None:
    """Wait for what the screen says of the room, and see that it says nothing more."""
    words = [
        f"{DE('stage.answer.joined')} {there}",
        f"{DE('stage.answer.begun')} {begun}",
        f"{DE('stage.answer.sent')} {sent}",
    ]
    seen = room.trainer.sees(*words)
    assert not [words for words in seen.split() if words in ASKED.items[0].scale.options["de"]]


def closed(room: Room) -> None:
    """Close after one question; everybody has their own result then, and nobody another's."""
    asked = DE("stage.answer.close.other", n=11)
    away = DE("stage.answer.on-the-way.one", n=1)
    room.trainer.goes_on(asked, away)
    room.trainer.presses(str(STAY), lambda seen: asked not in seen, DE("stage.answer.sent"))
    room.trainer.goes_on(asked)
    room.trainer.chooses(DE("stage.answer.close-yes"))
    room.trainer.is_in("result")
    room.trainer.sees(DE("showing.result.quiet"))
    for place, each in enumerate(room.people):
        each.reads(ASKED.title[each.texts.language], showing(rounded([ANSWERS[place]]), each.texts))
    assert running(DE("page.own.not-sent")) in room.phones[NEVER_SENDS].seen
    assert running(DE("page.own.not-sent")) not in room.phones[WITHDRAWS].seen


# -- what the room looks at together


def revealed(room: Room, report: Any) -> None:
    """Everybody sees the same figures, and they are those of the answers that were sent."""
    everybody, expected = report["groups"][0], rounded(SENT)
    assert everybody["n"] == len(SENT)
    assert [row["score"] for row in everybody["dimensions"]] == pytest.approx(means(SENT))
    published = {row["id"]: row["counts"] for row in everybody["items"]}
    assert published == {item: tally(item, SENT) for item in ITEMS}

    trainer = room.trainer
    trainer.goes_on(DE("showing.reveal.strengths"))
    assert max(zip(expected, titles(DE), strict=True))[1] in trainer.reads()
    room.all_see("showing.reveal.strengths")
    trainer.presses(".", DE("report.profile.title"))
    assert scores(trainer.reads(), DE) == expected
    trainer.screen.resize(200, 60)
    beside = trainer.presses("n", DE("workshop.word.says"), DE("showing.reveal.no-verdict"))
    assert scores(beside, DE) == expected
    trainer.presses("n", lambda seen: DE("workshop.word.says") not in seen)
    trainer.screen.resize(80, 24)
    for each in room.people:
        each.reads(each.texts("report.profile.title"), showing(expected, each.texts))
    for item in chosen_items(trainer):
        trainer.presses(".", DE("showing.reveal.item"), words_of(item, DE)[:20])
        assert counted(trainer.reads(), item, DE) == tally(item, SENT)
        for each in room.people:
            each.reads(words_of(item, each.texts), counting(item, each.texts))


def showing(expected: list[int], texts: Texts) -> Callable[[str], bool]:
    """Give what holds where these scores are shown."""
    return lambda seen: scores(seen, texts) == expected


def counting(item: str, texts: Texts) -> Callable[[str], bool]:
    """Give what holds where an item's counts are shown."""
    return lambda seen: counted(seen, item, texts) == tally(item, SENT)


def chosen_items(trainer: Trainer) -> list[str]:
    """Choose the first two items that are offered; gives their ids in this order."""
    trainer.presses("i", DE("scene.seeing.items", chosen=0, most=3))
    for number in (1, 2):
        seen = trainer.presses(str(number), DE("scene.seeing.items", chosen=number, most=3))
    trainer.presses(ESCAPE, lambda seen: DE("stage.choosing-keys")[:20] not in seen)
    chosen = {DE("scene.seeing.item-chosen", item=words_of(item, DE)): item for item in ITEMS}
    found = sorted((seen.index(words), item) for words, item in chosen.items() if words in seen)
    assert len(found) == 2, seen
    return [item for _, item in found]


def talked(room: Room) -> None:
    """Choose the topic, write causes down, practise by the clock."""
    trainer = room.trainer
    trainer.goes_on(DE("scene.seeing.topic"))
    trainer.chooses(TOPIC)
    trainer.is_in("causes")
    trainer.presses("u", DE("scene.causes.ours"))
    trainer.types(DE("scene.causes.ours"), OURS)
    trainer.sees(OURS)
    trainer.presses(ENTER, lambda seen: DE("scene.causes.ours") not in seen)
    trainer.presses("c", DE("scene.causes.company"))
    trainer.types(DE("scene.causes.company"), COMPANYS)
    trainer.types(DE("scene.causes.need"), NEED)
    trainer.sees(COMPANYS, NEED)
    trainer.presses(ENTER, lambda seen: DE("scene.causes.company") not in seen)
    for each in room.people:
        each.sees(OURS, COMPANYS, NEED)
    trainer.goes_on(TOPIC)
    trainer.presses("t", DE("scene.practice.exercise", time="1"))
    trainer.presses(".", DE("showing.practice.turn", turn=1, turns=3))
    for each in room.people:
        each.sees(each.texts("workshop.phase.practice.title"), titles(each.texts)[1])


# -- what the room decides


def voted(room: Room) -> None:
    """Three votes each; nobody sees a number before the vote is closed."""
    trainer = room.trainer
    trainer.goes_on(DE("showing.decide.none"))
    trainer.presses("+", DE("scene.decide.add"))
    for proposal in PROPOSALS:
        trainer.types(DE("scene.decide.add"), proposal)
        trainer.sees(proposal)
    trainer.presses(ENTER, DE("scene.decide.key-before"))
    trainer.presses("v", DE("scene.decide.voted", voted=0, of=12))
    for place, each in enumerate(room.people):
        each.votes(VOTES[place % 3], PROPOSALS)
    seen = [trainer.sees(DE("scene.decide.voted", voted=12, of=12))]
    seen += [each.sees(each.texts("page.voted.title")) for each in room.phones]
    for texts in (DE, EN):
        most = texts.count("showing.decide.votes", TALLY[0])
        assert not [words for words in seen if most in words]
    trainer.presses("v", DE("scene.decide.close", voted=12, of=12))
    trainer.chooses(DE("scene.decide.close-yes"))
    trainer.sees(*(DE.count("showing.decide.votes", votes) for votes in TALLY))
    for each in room.people:
        each.sees(*(each.texts.count("showing.decide.votes", votes) for votes in TALLY))


def agreed(room: Room) -> None:
    """The proposal with the most votes becomes what is agreed, field by field."""
    trainer = room.trainer
    trainer.goes_on(DE("showing.agree.none"))
    trainer.presses("m", DE("scene.agree.which-proposal"))
    trainer.chooses(PROPOSALS[0])
    trainer.types(DE("scene.agree.when-of", then=PROPOSALS[0]), WHEN)
    trainer.types(DE("scene.agree.then", when=WHEN), "")
    for name, line in (("owner", OWNER), ("until", ""), ("sign", SIGN)):
        trainer.types(DE(f"scene.agree.{name}"), line)
    trainer.sees(action(DE), SIGN)
    for each in room.people:
        each.sees(action(each.texts), SIGN)


def action(texts: Texts) -> str:
    """Say what was agreed in a sentence."""
    return texts("showing.action.if-then", when=WHEN, then=PROPOSALS[0])


def taken_home(room: Room, start: Start) -> None:
    """Each makes a plan, and saves the page; the trainer sets the day."""
    trainer = room.trainer
    trainer.goes_on(DE("showing.close.plan"))
    for each in room.people:
        each.plans(MY_WHEN, MY_THEN)
    trainer.presses("d", DE("scene.close.day"))
    trainer.presses(ENTER, DE("showing.close.again", day=""))
    day = date.today() + timedelta(weeks=4)
    for each in room.terminals:
        each.sees(each.texts("joining.follow-up", date=each.texts.day(day)))
    for place in (0, 4):
        phone, saved = room.phones[place], start.folder.with_name(f"saved-{place}.html")
        phone.saves(saved)
        said = opened(start, saved)
        assert all(words in said for words in (action(phone.texts), MY_WHEN, MY_THEN))
        assert scores(said, phone.texts) == rounded([ANSWERS[place]])


def ended(room: Room, start: Start, home: Path) -> None:
    """What is to stay is written, and everything else is gone."""
    trainer = room.trainer
    trainer.presses("w", f"{room.code}-")
    trainer.presses(ENTER, DE("scene.close.key-end"))
    trainer.presses("e", DE("scene.close.question"))
    trainer.chooses(DE("scene.close.end"))
    trainer.sees(DE("scene.over.thanks"))
    for phone in room.phones:
        phone.sees(phone.texts("page.over.title"))
        assert phone.complaints == []
    for each in room.terminals:
        assert each.ends() == 0
    trainer.screen.send("q")
    assert trainer.screen.exit_code() == 0
    assert f"checklist report {room.code}" in trainer.screen.text
    names = [DE(f"handout.file.{name}", code=room.code) for name in FILES]
    assert sorted(path.name for path in start.folder.iterdir()) == sorted(names)
    report, handout, company = (opened(start, start.folder / name) for name in names[:3])
    profile = report.partition(DE("report.profile.title"))[2]
    assert scores(profile, DE) == rounded(SENT)
    assert all(words in handout for words in (WHEN, PROPOSALS[0], OWNER, SIGN, TOPIC))
    assert COMPANYS in company
    assert OURS not in handout + company
    assert not list((home / "workshops").glob("*.db*"))
    for person, results in ((8, 1), (9, 1), (10, 0), (11, 0)):
        assert not list(start.home(person).glob("*.seat"))
        with closing(Journal(start.home(person))) as journal:
            assert len(journal.results.all()) == results


def opened(start: Start, path: Path) -> str:
    """Open a file in a browser that reaches nothing else, and give what it says."""
    window = start.browser.new_context(offline=True)
    try:
        page, asked = window.new_page(), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        return running(page.inner_text("body"))
    finally:
        window.close()


def followed(code: str, start: Start, home: Path) -> None:
    """A workshop that follows is refused before four weeks are over, then opens with the action."""
    early = start.workshop("--follows", code)
    assert early.screen.exit_code() == 1
    assert DE("error.follows-too-soon.remedy", first="")[:40] in early.screen.text
    with closing(sqlite3.connect(home / "rounds.db")) as store:
        store.execute("UPDATE round SET closed_on = date(closed_on, '-28 days')")
        store.commit()
    late = start.workshop("--follows", code)
    late.sees(DE("stage.check.nobody"))
    late.goes_on(DE("showing.arrive.earlier"), action(DE), SIGN)
    late.presses("q", DE("stage.stop.question"))
    late.chooses(DE("stage.stop.end"))
    assert late.screen.exit_code() == 0
