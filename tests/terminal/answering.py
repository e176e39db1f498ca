"""Answers a questionnaire on and on, made to be killed; run by ``test_kill``.

``python -m tests.terminal.answering HOME`` reads a seed a line. For each it starts a child, which
makes moves at random until it is killed, and writes lines of JSON: ``{"pid": …}``, before a move
``{"about": STATE}``, ``{"done": true}`` once it has returned, and ``{"ended": STATUS}``.
A state is the draft's response, if there is one, and how many results there are.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from checklist.bank import Bank
from checklist.interview import Interview, Response
from checklist.journal import Journal
from checklist.questionnaire import Item, Questionnaire
from checklist.sitting import Sitting

WORDS = ("nur am Telefon", "Grüße – 日本語 🙂", "[bold]x[/bold]", "\x1b[31m", "")


def say(**message: object) -> None:
    """Write a line in one piece, past every buffer."""
    os.write(1, json.dumps(message).encode() + b"\n")


def state(response: Response | None, results: int) -> dict[str, Any]:
    """Say in JSON's terms what has to be found."""
    if response is None:
        return {"draft": None, "results": results}
    parts = (response.answers, response.comments, response.reflections)
    return {"draft": [dict(part) for part in parts], "results": results}


def found(home: Path, questionnaire: Questionnaire) -> dict[str, Any]:
    """Read the state from the journal."""
    journal = Journal(home)
    draft = journal.drafts.find(questionnaire.id, "self")
    given = state(draft.response if draft else None, len(journal.results.all()))
    journal.close()
    return json.loads(json.dumps(given))  # type: ignore[no-any-return]


def next_move(interview: Interview, random: Random) -> Interview:
    """Choose a move as people make them: mostly answers, now and then something else."""
    if interview.in_review:
        return interview.jump(random.randrange(len(interview.steps)))
    step, chance = interview.current, random.random()
    if chance < 0.1:
        return interview.back()
    if not isinstance(step, Item):
        return interview.reflect(random.choice(WORDS))
    if chance < 0.25:
        return interview.comment(random.choice(WORDS))
    if chance < 0.35:
        return random.choice((interview.leave_open, interview.did_not_occur))()
    return interview.answer(random.randint(1, step.scale.size))


def answer(home: Path, questionnaire: Questionnaire, random: Random) -> None:
    """Go on with the draft, or begin; finish now and then and begin again."""
    journal = Journal(home)
    results = len(journal.results.all())
    while True:
        draft = journal.drafts.find(questionnaire.id, "self")
        if draft is None:
            sitting = Sitting.afresh(journal, questionnaire, "self", lambda: datetime.now(UTC))
        else:
            sitting, _ = Sitting.resumed(journal, draft, questionnaire, lambda: datetime.now(UTC))
        while not (sitting.interview.in_review and sitting.has_draft and random.random() < 0.5):
            after = next_move(sitting.interview, random)
            said = sitting.has_draft or after.response != Response()
            say(about=state(after.response if said else None, results))
            sitting.move(after)
            say(done=True)
        results += 1
        say(about=state(None, results))
        sitting.finish()
        say(done=True)


def main() -> None:
    """Start a child for each seed, and wait until it is killed."""
    home, questionnaire = Path(sys.argv[1]), Bank(None).load("anti-churn")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(pid=os.getpid())  # by the child, so that nothing of its own comes before
            answer(home, questionnaire, Random(int(line)))
        say(ended=os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main()
