"""The trainer of a workshop at the terminal of the program: keys go in, the screen is read."""

import re
from collections.abc import Sequence

from checklist.i18n import Texts
from checklist.workshop.agenda import PHASES
from tests.room_people import DEADLINE, ENTER, Words, holds, running
from tests.terminal.emulator import Emulator

ON, BACK = "\x1b[C", "\x1b[D"
ESCAPE, PAGE_DOWN, TO_TOP = "\x1b", "\x1b[6~", "\x1b[H"
STAY, YES = 1, 2
"""Places of what does nothing, and of what does it, where something is asked first."""


class Trainer:
    """Reads the screen as a person does, and presses keys."""

    def __init__(self, screen: Emulator, texts: Texts) -> None:
        self.screen = screen
        self.texts = texts

    def sees(self, *words: Words) -> str:
        """Wait for words on the screen; gives all that is on it."""
        self.screen.wait_for(lambda: holds(words, running(self.screen.text)), DEADLINE)
        return running(self.screen.text)

    def presses(self, keys: str, *then: Words) -> str:
        """Press keys, and wait for what the screen says then."""
        self.screen.send(keys)
        return self.sees(*then)

    def goes_on(self, *then: Words) -> str:
        """Go on by one key, and wait for what the screen says then."""
        return self.presses(ON, *then)

    def is_in(self, phase: str) -> str:
        """Wait for a phase by what stands in the head."""
        place = next(n for n, each in enumerate(PHASES) if each.id == phase)
        title = self.texts(f"workshop.phase.{phase}.title")
        self.screen.wait_for(
            lambda: self.screen.screen[0].split(" " * 3)[0].strip() == f"{place}  {title}",
            DEADLINE,
        )
        return running(self.screen.text)

    def reads(self) -> str:
        """Read what the room sees to its end, page by page, and turn back to the top."""
        self.sees()
        more = self.texts("stage.more", shown=0, all=0).partition(":")[2]
        found, turned = [self.screen.text], False
        while more in self.screen.text:
            before, turned = self.screen.text, True
            self.screen.send(PAGE_DOWN)
            self.screen.wait_for(lambda before=before: self.screen.text != before, DEADLINE)  # type: ignore[misc]
            found.append(self.screen.text)
        if turned:
            self.screen.send(TO_TOP).wait_for(lambda: more in self.screen.text, DEADLINE)
        return running(" ".join(found))

    def chooses(self, option: str) -> None:
        """Press the digit that stands before an option."""
        start = running(option)[:20]
        self.sees(lambda seen: re.search(rf"(\d) +{re.escape(start)}", seen))
        found = re.search(rf"(\d) +{re.escape(start)}", running(self.screen.text))
        assert found is not None
        self.screen.send(found[1])

    def types(self, question: str, line: str) -> None:
        """Type a line, once it is asked for."""
        self.sees(question)
        self.screen.send(line + ENTER)

    def fills_in(self, answers: Sequence[tuple[str, str]]) -> None:
        """Answer one question after the other; an empty answer takes what is proposed."""
        for question, line in answers:
            self.types(question, line)

    @property
    def address(self) -> str:
        """The address on the screen."""
        return str(re.findall(r"http://127\.0\.0\.1:\d+", self.screen.text)[0])

    @property
    def code(self) -> str:
        """The join code."""
        return str(re.findall(r"\b[a-z]{4}-[a-z]{4}-[a-z]{4}\b", self.screen.text)[0])

    def resume(self) -> list[str]:
        """Ask how one would go on after a pause, and stay; gives the command's arguments."""
        self.presses("q", self.texts("stage.stop.question"))
        pause = self.texts("stage.stop.pause", command="")
        command = running(self.screen.text).partition(running(pause))[2].partition(" 3 ")[0]
        self.presses(str(STAY), lambda seen: self.texts("stage.stop.question") not in seen)
        return command.replace("checklist ", "", 1).split()
