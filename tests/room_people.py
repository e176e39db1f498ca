"""People in a workshop's room: phones in a real browser, terminals by keys and by lines.

All can do the same: answer, send, look on, vote, make a plan. Nothing waits without a deadline, and
what does not come in time fails with what was to be seen instead.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import urlsplit

import pytest

from checklist.i18n import Texts
from tests.terminal.emulator import Emulator

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

DEADLINE = 45.0
"""Seconds after which what is waited for is a failure; generous, for slow machines."""
PHONE = {"width": 390, "height": 844}
LEFT_OPEN, DID_NOT_OCCUR = "-", "."
"""In a pattern of answers; digits are options."""
ON_PAGE = {LEFT_OPEN: "open", DID_NOT_OCCUR: "not-occurred"}
ENTER, LEFT, DOWN, UP = "\r", "\x1b[D", "\x1b[B", "\x1b[A"

Words = str | Callable[[str], object]
"""What has to be there, or what has to hold for all that is there."""


def until(holds: Callable[[], object], seen: Callable[[], object]) -> None:
    """Wait until something holds; says what was seen instead."""
    end = time.monotonic() + DEADLINE
    while not holds():
        if time.monotonic() > end:
            pytest.fail(f"did not come in {DEADLINE:g} s; there was instead:\n{seen()}")
        time.sleep(0.02)


def running(text: str) -> str:
    """Give words as running text, whatever lines and blanks they stand in."""
    return " ".join(text.split())


def holds(words: Sequence[Words], seen: str) -> bool:
    """Whether all these words are there, and all that has to hold does."""
    return all(running(each) in seen if isinstance(each, str) else each(seen) for each in words)


class Participant(Protocol):
    """Whoever takes part, with whatever."""

    texts: Texts

    def begins(self) -> None:
        """Read the notice and begin."""
        ...

    def answers(self, place: int, sign: str) -> None:
        """Answer the item at a place, from 1, once it is asked; nothing is waited for then."""
        ...

    def is_asked(self, place: int) -> None:
        """Wait for a question by its place, from 1."""
        ...

    def sends(self) -> None:
        """Leave the open questions empty, and send."""
        ...

    def sees(self, *words: Words) -> str:
        """Wait until all these words are there; gives everything that is to be seen."""
        ...

    def reads(self, begins: str, *rest: Words) -> None:
        """Wait for what begins so, and read all of it; the rest has to be there, too."""
        ...

    def votes(self, given: Sequence[int], proposals: Sequence[str]) -> None:
        """Give votes, so many to each proposal."""
        ...

    def plans(self, when: str, then: str) -> None:
        """Write down what one means to do."""
        ...


class Phone:
    """A phone in a browser of its own, as far as cookies go.

    Attributes
    ----------
    complaints
        What the browser had to complain about, and what it asked of others than the workshop.
    """

    def __init__(
        self, browser: "Browser", address: str, language: str = "de", *, scripts: bool = True
    ) -> None:
        self.texts = Texts(language)
        self.complaints: list[str] = []
        self._address = address
        self._scripts = scripts
        self.window = browser.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            locale={"de": "de-DE", "en": "en-GB"}[language],
            java_script_enabled=scripts,
            has_touch=True,
        )
        self.window.set_default_timeout(DEADLINE * 1000)
        self.page = self.window.new_page()
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if urlsplit(url)._replace(path="", query="", fragment="").geturl() != self._address:
            self.complaints.append(url)

    def types(self, code: str) -> None:
        """Open the address and type the code."""
        self.page.goto(self._address)
        self.page.fill("#code", code)
        self._tap("form[action='/join'] button.go", then="body[data-version]")

    def begins(self) -> None:
        self.sees(self.texts("page.begin.answers"))
        self._tap("form[action='/begin'] button", then=self._at(1))

    def answers(self, place: int, sign: str) -> None:
        self.is_asked(place)
        self._there(f"button[name='what'][value='{ON_PAGE.get(sign, sign)}']").tap()

    def goes_back(self, place: int) -> None:
        """Go back from a question, as the page offers it."""
        self.is_asked(place)
        self._tap("button[name='what'][value='back']", then=self._at(place - 1))

    def is_asked(self, place: int) -> None:
        self._there(self._at(place))

    def reloads(self, place: int) -> None:
        """Load the page anew, and be where one was."""
        self._loads()
        self.is_asked(place)

    def sends(self) -> None:
        self.is_asked(19)
        self._tap("button.go[formaction='/text']", then=self._at(20))
        self._tap("button.go[formaction='/text']", then="form[action='/send']")
        self.sends_again()

    def sends_again(self) -> None:
        """Send what is on the page of the review."""
        self._tap("form[action='/send'] button.go", then="form[action='/withdraw']")

    def withdraws(self) -> None:
        """Take the response back, and stand before the review again."""
        self.page.locator("details", has=self.page.locator("form[action='/withdraw']")).locator(
            "summary"
        ).tap()
        self._tap("form[action='/withdraw'] button")
        self.sees(self.texts("page.review.withdrawn"))

    def sees(self, *words: Words) -> str:
        """Wait for words; without scripts, press what loads the page anew."""
        end = time.monotonic() + DEADLINE
        while not holds(words, seen := self.seen):
            if time.monotonic() > end:
                pytest.fail(f"did not come in {DEADLINE:g} s: {words}; there was:\n{seen}")
            if not self._scripts:
                self._loads()
            self.page.wait_for_timeout(100)
        return seen

    def _loads(self) -> None:
        """Load the page; it may just be doing so by itself, which gets in the way."""
        with suppress(Exception):  # of Playwright
            self.page.goto(f"{self._address}/room")

    @property
    def seen(self) -> str:
        """What stands on the page."""
        with suppress(Exception):  # of Playwright: the page is just changing
            return running(self.page.inner_text("body"))
        return ""

    def votes(self, given: Sequence[int], proposals: Sequence[str]) -> None:
        self.sees(self.texts("page.vote.title"), *proposals)
        for place, votes in enumerate(given):
            self.page.check(f"input[name='p{place}'][value='{votes}']", force=True)
        self._tap("form.votes button.go")
        self.sees(self.texts("page.voted.title"))

    def plans(self, when: str, then: str) -> None:
        self.sees(self.texts("page.plan.title"))
        self.page.fill("#when", when)
        self.page.fill("#then", then)
        self._tap("form.plan-form button.go")
        self.sees(self.texts("page.plan.kept"))

    def saves(self, path: Path) -> None:
        """Save what the page offers to be taken home."""
        self._there("a[href='/own/save']")
        with self.page.expect_download() as download:
            self.page.locator("a[href='/own/save']").first.tap()
        download.value.save_as(path)

    def reads(self, begins: str, *rest: Words) -> None:
        self.sees(begins, *rest)

    def _at(self, place: int) -> str:
        said = self.texts("card.position", place=place, total=20)
        return f".position p:text-is('{said}')"

    def _there(self, selector: str) -> "Locator":
        found = self.page.locator(selector).first
        found.wait_for(state="attached")
        return found

    def _tap(self, selector: str, then: str = "") -> None:
        """Tap on something, and wait for what comes then; else for the next page."""
        if then:
            self._there(selector).tap()
            self._there(then)
            return
        with self.page.expect_navigation():
            self._there(selector).tap()


class ByKeys:
    """A terminal in which one takes part with single keys."""

    def __init__(self, screen: Emulator, language: str = "de") -> None:
        self.texts = Texts(language)
        self.screen = screen

    def types(self, code: str) -> None:
        """Type the join code."""
        self.sees(self.texts("joining.code-question"))
        self.screen.send(code + ENTER)

    def begins(self) -> None:
        self._reads_on_to(self._at(1))

    def answers(self, place: int, sign: str) -> None:
        keys = {LEFT_OPEN: self.texts("key.open"), DID_NOT_OCCUR: self.texts("key.not-occurred")}
        self.is_asked(place)
        self.screen.send(keys.get(sign, sign))

    def is_asked(self, place: int) -> None:
        self.sees(self._at(place))

    def sends(self) -> None:
        for place in (19, 20):
            self.is_asked(place)
            self.screen.send(ENTER)
        self.sees(self.texts("review.title"))
        self.screen.send(self.texts("key.finish"))
        self.sees(self.texts("joining.compare-new"))
        self.screen.send("1")
        self.sees(self.texts("joining.not-now"))
        self.screen.send("1")
        self.sees(self.texts("joining.keep-no"))
        self.screen.send("1")
        self.sees(self.texts("joining.sent-title"))

    def sees(self, *words: Words) -> str:
        self.screen.wait_for(lambda: holds(words, running(self.screen.text)), DEADLINE)
        return running(self.screen.text)

    def reads(self, begins: str, *rest: Words) -> None:
        """Turn the pages to the end."""
        found = self.sees(begins)
        more = self.texts("joining.keys-more")
        while more in self.screen.text:
            before = self.screen.text
            self.screen.send(DOWN)
            self.screen.wait_for(lambda before=before: self.screen.text != before, DEADLINE)  # type: ignore[misc]
            found += " " + running(self.screen.text)
        assert holds(rest, found), f"{rest}\n{found}"

    def votes(self, given: Sequence[int], proposals: Sequence[str]) -> None:
        votes = [place for place, times in enumerate(given) for _ in range(times)]
        for number, place in enumerate(votes, start=1):
            self.sees(self.texts("joining.vote-question", n=number, most=3), *proposals)
            self.screen.send(str(place + 1))
        self.sees(self.texts("joining.voted"))

    def plans(self, when: str, then: str) -> None:
        self.sees(self.texts("joining.plan-not"))
        self.screen.send("1")
        self.sees(self.texts("joining.plan-when"))
        self.screen.send(when + ENTER)
        self.sees(self.texts("joining.plan-then", when=when))
        self.screen.send(then + ENTER)
        self.sees(self.texts("joining.plan-partner", nobody="-"))
        self.screen.send("-" + ENTER)
        self.sees(self.texts("joining.plan-title"))

    def ends(self) -> int:
        """Wait for the program's end; gives its exit code."""
        return self.screen.exit_code(DEADLINE)

    def _at(self, place: int) -> str:
        return self.texts("card.position", place=place, total=20)

    def _reads_on_to(self, words: str) -> None:
        """Press Enter until words are there: a notice may be longer than the window."""
        while words not in self.screen.text:
            before = self.screen.cards
            self.screen.send(ENTER)
            self.screen.wait_for(lambda before=before: self.screen.cards > before, DEADLINE)  # type: ignore[misc]


class ByLines:
    """Takes part by lines, through pipes, as a script or a screen reader's terminal does."""

    def __init__(self, link: str, language: str, environment: Mapping[str, str]) -> None:
        self.texts = Texts(language)
        self._heard = b""
        self._from = 0
        self._waited = -1
        command = [sys.executable, "-m", "checklist", "run", "--join", link, "--lang", language]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
        )
        self._reader = Thread(target=self._listen, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(DEADLINE)
        self._reader.join(DEADLINE)
        for pipe in (self._process.stdin, self._process.stderr):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()

    def _listen(self) -> None:
        assert self._process.stderr is not None
        while said := os.read(self._process.stderr.fileno(), 65536):
            self._heard += said

    @property
    def heard(self) -> str:
        """All that was said since the last line was typed."""
        return running(self._heard[self._from :].decode(errors="replace"))

    def says(self, line: str = "") -> None:
        """Type a line."""
        self._from = len(self._heard)
        self._type(line)

    def _type(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def sees(self, *words: Words) -> str:
        self._until(lambda: holds(words, self.heard), words)
        return self.heard

    def _until(self, there: Callable[[], bool], words: Sequence[Words]) -> None:
        """Wait for something; where something is only offered meanwhile, take nothing of it."""

        def look() -> bool:
            if there():
                return True
            offered = {running(self.texts("joining.offers", most=most)) for most in (1, 2)}
            if self.heard.endswith(tuple(offered)) and self._waited != len(self._heard):
                self._waited = len(self._heard)
                self._type("")
            return False

        until(look, lambda: f"{words}\n{self.heard}")

    def reads(self, begins: str, *rest: Words) -> None:
        """Heed only what was said last under this heading."""

        def last() -> str:
            _, found, after = self.heard.rpartition(running(begins))
            return f"{found} {after}" if found else ""

        self._until(lambda: holds((begins, *rest), last()), rest)

    def types(self, code: str) -> None:
        """Type the join code."""
        self.sees(self.texts("joining.code-question"))
        self.says(code)

    def begins(self) -> None:
        self.is_asked(1)

    def answers(self, place: int, sign: str) -> None:
        lines = {LEFT_OPEN: self.texts("key.open"), DID_NOT_OCCUR: self.texts("key.not-occurred")}
        self.sees(self._at(place), self.texts("lines.answer", most=5))
        self.says(lines.get(sign, sign))

    def is_asked(self, place: int) -> None:
        self.sees(self._at(place))

    def sends(self) -> None:
        for place in (19, 20):
            self.sees(self._at(place), self.texts("lines.reflection", back=self.texts("key.back")))
            self.says()
        self.sees(self.texts("lines.review-send"))
        self.says()
        self.sees(self.texts("joining.compare-new"))
        self.says("1")
        self.sees(self.texts("joining.not-now"))
        self.says("1")
        self.sees(self.texts("joining.keep-no"))
        self.says("2")
        self.sees(self.texts("joining.sent-title"), self.texts("joining.offers", most=2))

    def votes(self, given: Sequence[int], proposals: Sequence[str]) -> None:
        votes = [place for place, times in enumerate(given) for _ in range(times)]
        for number, place in enumerate(votes, start=1):
            self.sees(self.texts("joining.vote-question", n=number, most=3), *proposals)
            self.says(str(place + 1))
        self.sees(self.texts("joining.voted"), self.texts("joining.offers", most=1))

    def plans(self, when: str, then: str) -> None:
        self.sees(self.texts("joining.plan-not"))
        self.says("1")
        self.sees(self.texts("joining.plan-when"))
        self.says(when)
        self.sees(self.texts("joining.plan-then", when=when))
        self.says(then)
        self.sees(self.texts("joining.plan-partner", nobody="-"))
        self.says("-")
        self.sees(self.texts("joining.plan-title"))

    def ends(self) -> int:
        """Wait for the program's end; gives its exit code."""
        self._until(lambda: self._process.poll() is not None, ())
        return int(self._process.returncode)

    def _at(self, place: int) -> str:
        return self.texts("lines.position", place=place, total=20)
