"""From the last question to the round: what may be compared, what is sent, what became of it."""

from checklist import panel_words
from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.interview import Interview, Mark
from checklist.render.blocks import Block, Heading, Paragraph, Title
from checklist.workshop.joining.presence import Presence

Compare = tuple[str, str]
"""``no``, ``new`` or ``own``, and the words that somebody has brought along."""


def send(presence: Presence) -> bool:
    """Say what would be sent, all of it, and send it; False where it shall not be sent.

    Raises
    ------
    Left, EOFError, KeyboardInterrupt, WentOn
        It was not sent.
    """
    texts, front = presence.texts, presence.front
    interview, (compare, words) = presence.interview, _compared(presence)
    things = _things(presence, interview, compare)
    question = texts("joining.send-question", things="; ".join(things))
    with_texts = presence.view.takes_texts and _written(interview) > 0
    ways = ["send", "send-without", "not-now"] if with_texts else ["send", "not-now"]
    way = ways[front.choose(question, [_way(texts, way) for way in ways])]
    if way == "not-now":
        return False
    if not presence.view.interview(presence.questionnaire).in_review:
        first = interview.steps[0].id
        presence.post("/answer", {"step": first, "what": "review"})
    sent = {"texts": "yes" if way == "send" and with_texts else "no", "compare": compare}
    presence.post("/send", {**sent, "words": words})
    return True


def sent_blocks(presence: Presence) -> list[Block]:
    """Say that the answers are in the round, and how to find them in another one."""
    texts = presence.texts
    return [
        Title(texts("joining.sent-title"), ""),
        Paragraph(texts("joining.sent")),
        *words_of(presence),
    ]


def kept_blocks(presence: Presence) -> list[Block]:
    """Say that nothing is in the round, and until when that can change."""
    return [Paragraph(presence.texts("joining.not-sent"))]


def words_of(presence: Presence) -> list[Block]:
    """Show the two words by which one's answers can be compared, where there are some."""
    words = presence.view.words
    if not words:
        return []
    texts = presence.texts
    return [Heading(texts("joining.words", words=words)), Paragraph(texts("joining.words-note"))]


def _compared(presence: Presence) -> Compare:
    """Ask whether the answers may be compared with another round, and how they are found there."""
    texts, front = presence.texts, presence.front
    follows = presence.view.follows
    question = texts("joining.compare-question-follows" if follows else "joining.compare-question")
    ways = ["no", "own", "new"] if follows else ["no", "new"]
    way = ways[front.choose(question, [_compare(texts, way) for way in ways])]
    return (way, _brought(presence)) if way == "own" else (way, "")


def _brought(presence: Presence) -> str:
    """Have the words typed that somebody has brought along, until they are two of ours."""
    while True:
        try:
            return panel_words.read(presence.front.ask(presence.texts("joining.words-question")))
        except ChecklistError as error:
            said = [presence.texts("joining.words-wrong")]
            for problem in error.problems:
                parts = (f"problem.{problem.code}.what", f"problem.{problem.code}.remedy")
                said += [presence.texts(part, **problem.values) for part in parts]
            presence.front.tell(" ".join(said))


def _things(presence: Presence, interview: Interview, compare: str) -> list[str]:
    """Name all that would be sent."""
    texts, answers = presence.texts, interview.final.answers
    given = sum(not isinstance(answer, Mark) for answer in answers.values())
    things = [
        texts("sending.answers", answered=given, total=len(answers)),
        texts("sending.team", team=presence.view.team),
        texts("sending.random"),
    ]
    if compare != "no":
        follows = presence.view.follows
        things.append(texts("sending.code-follows" if follows else "sending.code"))
    if presence.view.takes_texts and (written := _written(interview)):
        things.append(texts("sending.texts", n=written))
    return things


def _written(interview: Interview) -> int:
    final = interview.final
    return len(final.comments) + len(final.reflections)


def _way(texts: Texts, way: str) -> str:
    return texts(f"joining.{way}") if way == "not-now" else texts(f"sending.{way}")


def _compare(texts: Texts, way: str) -> str:
    return texts(f"joining.compare-{way}")
