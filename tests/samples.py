"""Small questionnaires and responses that tests share."""

from checklist.interview import Answer, Response
from checklist.questionnaire import Dimension, Item, Questionnaire, Reflection, Scale, Suggestion

FIVE = Scale(
    "cases",
    {"de": "In wie vielen Fällen?", "en": "In how many cases?"},
    {
        "de": ("in keinem", "in wenigen", "in der Hälfte", "in den meisten", "in allen"),
        "en": ("in none", "in few", "in half", "in most", "in all"),
    },
    {"de": "Was sehen Sie?", "en": "What do you see?"},
)


def words(text: str) -> dict[str, str]:
    return {"de": text, "en": f"{text} (en)"}


def item(item_id: str, *, reverse: bool = False, scale: Scale = FIVE) -> Item:
    return Item(item_id, words(f"Ich {item_id}."), scale, words(f"Das Team {item_id}."), reverse)


def step(*items: str, audience: str = "self", name: str = "") -> Suggestion:
    title = name or (items[0] if items else "ganz")
    return Suggestion(audience, words(f"Schritt {title}"), words(f"Wenn {title}, dann."), items)  # type: ignore[arg-type]


def questionnaire(*dimensions: Dimension, reflections: int = 0) -> Questionnaire:
    return Questionnaire(
        id="sample",
        version="1.0.0",
        title=words("Probe"),
        languages=("de", "en"),
        dimensions=dimensions,
        reflections=tuple(Reflection(f"open-{n}", words(f"Was {n}?")) for n in range(reflections)),
    )


def dimension(name: str, *items: Item, suggestions: tuple[Suggestion, ...] = ()) -> Dimension:
    return Dimension(name, words(name.title()), items, words("…"), suggestions)


SAMPLE = questionnaire(
    dimension(
        "a",
        item("a1"),
        item("a2"),
        item("a3", reverse=True),
        suggestions=(step("a1"), step("a2"), step("a3"), step(audience="team", name="team-a")),
    ),
    dimension("b", item("b1"), item("b2"), item("b3"), suggestions=(step(name="b"),)),
    dimension(
        "c",
        item("c1", reverse=True),
        item("c2", reverse=True),
        suggestions=(step("c1"), step("c2")),
    ),
    reflections=2,
)


def response(**answers: Answer) -> Response:
    return Response(answers)
