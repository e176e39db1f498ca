"""What tests share besides fixtures: types, and a questionnaire small enough to reason about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

TINY = """\
id = "tiny"
version = "1.0.0"
minutes = 2
scale = "cases"
languages = ["de", "en"]
title.de = "Ganz klein"
title.en = "Very small"
purpose.de = "Nur zum Prüfen."
purpose.en = "Only for tests."
source = { title = "Ein Artikel", note = "In eigenen Worten." }

[scales.cases]
prompt.de = "In wie vielen Fällen traf das zu?"
prompt.en = "In how many cases was this true?"
observer.de = "In wie vielen Fällen haben Sie das erlebt?"
observer.en = "In how many cases have you seen this?"
options.de = ["in keinem", "in wenigen", "in der Hälfte", "in den meisten", "in allen"]
options.en = ["in none", "in a few", "in half", "in most", "in all"]

[scales.complaints]
prompt.de = "In wie vielen Beschwerden traf das zu?"
prompt.en = "In how many complaints was this true?"
options.de = ["in keiner", "in manchen", "in jeder"]
options.en = ["in none", "in some", "in every one"]

[[dimensions]]
id = "listen"
title.de = "Zuhören"
title.en = "Listening"
about.de = "Hören, was gesagt wird."
about.en = "Hearing what is said."

[[dimensions.items]]
id = "listen-ask"
text.de = "Ich frage nach."
text.en = "I ask back."
observer.de = "Das Team fragt nach."
observer.en = "The team asks back."

[[dimensions.items]]
id = "listen-cut-in"
text.de = "Ich falle Kunden ins Wort."
text.en = "I cut in on customers."
observer.de = "Das Team fällt Kunden ins Wort."
observer.en = "The team cuts in on customers."
reverse = true

[[dimensions.items]]
id = "listen-repeat"
text.de = "Ich wiederhole das Anliegen."
text.en = "I repeat the request."
observer.de = "Das Team wiederholt das Anliegen."
observer.en = "The team repeats the request."

[[dimensions.suggestions]]
for = "self"
items = ["listen-ask"]
title.de = "Eine Rückfrage"
title.en = "One question"
step.de = "Wenn ein Kunde fertig ist, frage ich einmal nach."
step.en = "When a customer has finished, I ask one question."
minutes = 5

[[dimensions.suggestions]]
for = "self"
title.de = "Ausreden lassen"
title.en = "Let them finish"
step.de = "Wenn ein Kunde spricht, zähle ich nach ihm bis zwei."
step.en = "When a customer speaks, I count to two afterwards."

[[dimensions.suggestions]]
for = "team"
title.de = "Gemeinsam hören"
title.en = "Listening together"
step.de = "Das Team hört eine Woche lang zu zweit zu. Die Leitung gibt dafür Zeit."
step.en = "The team listens in pairs for a week. The lead makes time for it."

[[dimensions]]
id = "promise"
title.de = "Wort halten"
title.en = "Keeping promises"

[[dimensions.items]]
id = "promise-date"
text.de = "Ich nenne einen Termin."
text.en = "I name a date."
observer.de = "Das Team nennt einen Termin."
observer.en = "The team names a date."

[[dimensions.items]]
id = "promise-late"
text.de = "Ich melde mich später als zugesagt."
text.en = "I call back later than promised."
observer.de = "Das Team meldet sich später als zugesagt."
observer.en = "The team calls back later than promised."
reverse = true

[[dimensions.suggestions]]
for = "self"
items = ["promise-date"]
title.de = "Ein Datum nennen"
title.en = "Name a date"
step.de = "Wenn ich etwas zusage, nenne ich einen Tag."
step.en = "When I promise something, I name a day."

[[dimensions]]
id = "complaints"
title.de = "Beschwerden annehmen"
title.en = "Taking complaints"

[[dimensions.items]]
id = "complaints-thank"
text.de = "Ich danke für die Beschwerde."
text.en = "I say thank you for the complaint."
observer.de = "Das Team dankt für die Beschwerde."
observer.en = "The team says thank you for the complaint."
scale = "complaints"

[[dimensions.items]]
id = "complaints-note"
text.de = "Ich schreibe die Beschwerde auf."
text.en = "I write the complaint down."
observer.de = "Das Team schreibt die Beschwerde auf."
observer.en = "The team writes the complaint down."
scale = "complaints"

[[reflections]]
id = "wish"
text.de = "Was bräuchten Sie dafür?"
text.en = "What would you need for it?"

[[reflections]]
id = "obstacle"
text.de = "Was vertreibt Kunden?"
text.en = "What drives customers away?"
"""
"""Three dimensions, two scales (five and three options), reverse items, two reflections."""


@dataclass(frozen=True)
class Outcome:
    """What a call of the program gave."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it said beside the result, line breaks and indents taken out."""
        return " ".join(self.err.split())


def assert_expected(done: Outcome, said: str) -> None:
    """An expected error: one message and nothing else, no result and no traceback."""
    assert done.code == 1
    assert done.out == ""
    assert done.said == said
    assert "Traceback" not in done.err


class Call(Protocol):
    """Calls the program: ``call("run", "tiny", input="1\\n", env={"NO_COLOR": "1"})``.

    ``None`` as the value of a variable takes it away; without ``input`` there is nothing to read.
    """

    def __call__(
        self,
        *arguments: str,
        input: str | bytes | None = None,
        env: Mapping[str, str | None] | None = None,
    ) -> Outcome: ...
