"""A workshop is led in a real terminal: phones join it, it is killed and resumed, it is left."""

import http.cookiejar
import json
import os
import re
import signal
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checklist.i18n import Texts
from checklist.workshop.agenda import PHASES
from checklist.workshop.ledger import Ledger
from checklist.workshop.state import Workshop
from tests.terminal.emulator import DEADLINE, Emulator

Open = Callable[..., Emulator]

DE, EN = Texts("de"), Texts("en")
TITLES = [DE(f"workshop.phase.{phase.id}.title") for phase in PHASES]
TINY = ("listen-ask", "listen-cut-in", "listen-repeat", "promise-date", "promise-late",
        "complaints-thank", "complaints-note")  # fmt: skip
KILLING = (str(Path(__file__).with_name("killed.py")),)
PAUSE = "2"


class Phone:
    """Takes part as a browser without scripts would."""

    def __init__(self, address: str) -> None:
        self._address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def post(self, path: str, **form: str) -> Any:
        return self._open(path, urllib.parse.urlencode(form).encode())

    def get(self, path: str) -> Any:
        return self._open(path, None)

    def _open(self, path: str, data: bytes | None) -> Any:
        headers = {"Origin": self._address, "Accept": "application/json"}
        request = urllib.request.Request(self._address + path, data, headers)
        with self._opener.open(request, timeout=DEADLINE) as answer:
            return json.loads(answer.read())

    def sends(self) -> None:
        self.post("/begin")
        for item in TINY:
            self.post("/answer", step=item, what="2")
        assert self.post("/send", texts="no", compare="no", words="")["sent"]


@pytest.fixture
def start(terminal: Open, tiny_folder: Path, home: Path) -> Open:
    """Start a workshop with the tiny questionnaire."""

    def started(*arguments: str, **given: Any) -> Emulator:
        named = ("--team", "Service:12", "--keeper", "Kim, 123", "--code", "herbst")
        folder = ("--questions", str(tiny_folder))
        environment = {"CHECKLIST_QUESTIONS": str(tiny_folder)}
        return terminal(
            "workshop", "start", "tiny", *named, *folder, *arguments,
            environment=environment, **given,
        )  # fmt: skip

    return started


def went_on(led: Emulator, phase: int) -> None:
    led.send("\x1b[C").wait_for(lambda: is_in(led, phase))


def is_in(led: Emulator, phase: int) -> bool:
    return led.screen[0].split(" " * 3)[0].strip() == f"{phase}  {TITLES[phase]}"


def begun(home: Path) -> Workshop:
    """What the ledger of the only workshop holds, once nobody has it open any more."""
    (path,) = (home / "workshops").glob("*.db")
    ledger = Ledger(path)
    ledger.close()
    return ledger.workshop


def test_phones_join_and_find_their_place_again_after_a_kill(
    start: Open, terminal: Open, home: Path, tiny_folder: Path
) -> None:
    led = start("--port", "0").wait_for(DE("stage.check.nobody"))
    address = re.findall(r"http://127\.0\.0\.1:\d+", led.text)[0]
    assert DE("stage.check.machine") in led.text
    assert not any(  # no phone would get anywhere with a code
        cell.bg == "ffffff" for row in led.paper.buffer.values() for cell in row.values()
    )
    [typed] = re.findall(r"[a-z]{4}-[a-z]{4}-[a-z]{4}", "".join(led.text.split()))

    phones = [Phone(address) for _ in range(5)]
    for phone in phones:
        phone.post("/join", code=typed)
    led.wait_for(DE.count("stage.check.joined", 5))
    for phase in (1, 2, 3):
        went_on(led, phase)
    for phone in phones:
        phone.sends()
    led.wait_for(f"{DE('stage.answer.sent')} 5")

    other = terminal("workshop", "start", "--resume", "herbst")
    assert other.exit_code() == 1
    assert DE("error.workshop-running.what") in other.above

    led.kill(signal.SIGKILL).exit_code()
    again = terminal("workshop", "start", "--resume", "herbst")
    again.wait_for(lambda: is_in(again, 3))
    assert all(phone.get("/room")["sent"] for phone in phones)

    again.send("\x1b[C").wait_for(DE.count("stage.answer.close", 5)).send("2")
    again.wait_for(lambda: is_in(again, 4))
    assert [phone.get("/room")["kind"] for phone in phones] == ["result"] * 5
    went_on(again, 5)
    assert DE("showing.reveal.strengths") in again.text
    again.send("q").wait_for(DE("stage.stop.question")).send(PAUSE)
    assert again.exit_code() == 0
    assert again.attributes == again.attributes_before
    assert DE("stage.left.kept", command="checklist workshop start --resume herbst") in again.above
    assert begun(home).now.id == "reveal"


@pytest.mark.parametrize("last", ["q", "killed", "hung-up"])
def test_after_the_end_phones_have_the_page_until_it_is_closed(
    last: str, start: Open, terminal: Open, home: Path
) -> None:
    led = start("--port", "0").wait_for(DE("stage.check.nobody"))
    phone = Phone(re.findall(r"http://127\.0\.0\.1:\d+", led.text)[0])
    code = re.findall(r"[a-z]{4}-[a-z]{4}-[a-z]{4}", "".join(led.text.split()))
    phone.post("/join", code=code[0])
    for phase in (1, 2, 3):
        went_on(led, phase)
    phone.sends()
    led.wait_for(f"{DE('stage.answer.sent')} 1")
    led.send("\x1b[C").wait_for(DE("stage.answer.close-yes")).send("2")
    led.wait_for(lambda: is_in(led, 4))
    led.send("q").wait_for(DE("stage.stop.question")).send("3")
    led.wait_for(DE("scene.close.end-only")).send("3").wait_for(DE("scene.over.thanks"))
    assert phone.get("/room")["kind"] == "over"

    if last == "killed":
        led.kill(signal.SIGKILL).exit_code()
        led = terminal("workshop", "start", "--resume", "herbst")
        led.wait_for(DE("scene.over.thanks"))
        assert phone.get("/room")["kind"] == "over"
    if last == "hung-up":
        assert led.kill(signal.SIGHUP).exit_code() == 128 + signal.SIGHUP
    else:
        assert led.send("q").exit_code() == 0
        assert DE("stage.left.report", code="herbst") in led.above
    assert led.attributes == led.attributes_before
    assert list((home / "workshops").glob("*.db*")) == []
    with pytest.raises(OSError):  # noqa: PT011 - refused, or hung up on
        phone.get("/room")


def test_killed_in_any_phase_it_stands_there_again(
    terminal: Open, tiny_folder: Path, tmp_path: Path, home: Path
) -> None:
    told = tmp_path / "process"
    named = ("--team", "Service:12", "--keeper", "Kim, 123", "--code", "herbst", "--paper")
    led = terminal(
        str(told), "herbst", "workshop", "start", "tiny", *named,
        program=KILLING, environment={"CHECKLIST_QUESTIONS": str(tiny_folder)},
    )  # fmt: skip
    for phase in range(len(PHASES)):
        led.wait_for(lambda: is_in(led, phase))  # noqa: B023 - called at once
        before = led.cards
        killed = process_of(told, "")
        os.kill(int(killed), signal.SIGKILL)
        process_of(told, killed)
        led.wait_for(lambda: led.cards > before and is_in(led, phase))  # noqa: B023
        if PHASES[phase].id == "result":
            led.send("\x1b[C").wait_for(DE("stage.answer.close-paper")).send("2")
        elif PHASES[phase].id == "reveal":
            led.send("\x1b[C").wait_for(DE("scene.seeing.topic")).send("1")
        elif PHASES[phase].id == "decide":
            led.send("\x1b[C").wait_for(DE("scene.decide.without")).send("2")
        elif phase < len(PHASES) - 1:
            led.send("\x1b[C")
    led.send("q").wait_for(DE("stage.stop.question")).send("3")
    led.wait_for(DE("scene.close.end-only")).send("3")
    assert led.exit_code() == 0
    assert DE("stage.left.report", code="herbst") in led.above
    assert list((home / "workshops").glob("*.db*")) == []


def process_of(told: Path, before: str) -> str:
    """Wait until another process than before leads."""
    until = time.monotonic() + DEADLINE
    while not (told.exists() and (found := told.read_text()) and found != before):
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["asked", "hung-up"])
def test_whoever_is_asked_to_end_gives_the_terminal_back(
    number: signal.Signals, start: Open, home: Path
) -> None:
    led = start("--paper").wait_for(TITLES[0])
    went_on(led, 1)
    led.kill(number)

    assert led.exit_code() == 128 + number
    assert led.attributes == led.attributes_before
    assert not led.paper.is_other
    assert begun(home).now.id == "arrive"
