"""What a questionnaire is: frozen models without behaviour of their own.

Plain dataclasses on purpose: pydantic models of the same shape add more than half of the time that
the whole program may need to its first card (see CONTRIBUTING.md). ``bank`` checks what goes in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Literal

Texts = Mapping[str, str]
"""One text by language, such as ``{"de": "…", "en": "…"}``."""

Reasons = Mapping[str, str]
"""Why something may break a rule of writing, by the rule's name: see ``checklist.proofreading``."""

Perspective = Literal["self", "observer", "lead"]
"""``self``: how I act; ``observer``: how others see the team; ``lead``: how its lead sees it."""

PERSPECTIVES: tuple[Perspective, ...] = ("self", "observer", "lead")

Sends = Literal["nothing", "answers", "texts"]
"""What leaves the respondent's journal in the end: nothing, answers, or what was written, too."""

Audience = Literal["self", "team", "trainer"]
AUDIENCES: tuple[Audience, ...] = ("self", "team", "trainer")


@dataclass(frozen=True, slots=True)
class Scale:
    """A response scale: its question and its options, low to high."""

    id: str
    prompt: Texts
    options: Mapping[str, tuple[str, ...]]
    observer: Texts | None = None
    accept: Reasons = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many options there are: K, 2 to 9."""
        return len(next(iter(self.options.values())))

    def offers_the_same(self, other: "Scale") -> bool:
        """Whether both offer the same options, in all languages that both have."""
        shared = self.options.keys() & other.options.keys()
        return bool(shared) and all(self.options[name] == other.options[name] for name in shared)


@dataclass(frozen=True, slots=True)
class Item:
    """One statement; ``scale`` is resolved, ``reverse`` says that a high answer is the bad end."""

    id: str
    text: Texts
    scale: Scale
    observer: Texts | None = None
    reverse: bool = False
    accept: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step for a person, a team or a trainer; without ``items`` it is for the whole dimension."""

    audience: Audience
    title: Texts
    step: Texts
    items: tuple[str, ...] = ()
    minutes: int | None = None
    accept: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A subscale; its title names the good end."""

    id: str
    title: Texts
    items: tuple[Item, ...]
    about: Texts | None = None
    suggestions: tuple[Suggestion, ...] = ()
    accept: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reflection:
    """An open question; its answer is free text and never scored."""

    id: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Source:
    """Where a questionnaire comes from."""

    title: str
    note: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire in all its languages."""

    id: str
    version: str
    title: Texts
    languages: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    minutes: int | None = None
    purpose: Texts | None = None
    source: Source | None = None
    reflections: tuple[Reflection, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """All scales of the file, whether an item uses them or not."""
    accept: Reasons = field(default_factory=dict)
    toml: str = field(default="", repr=False, compare=False)
    """The file it was read from, to be frozen beside the answers."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of the file: the order of columns in an answers matrix."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """All items in the order in which they are asked.

        The first item of each dimension, then the second of each, and so on: no two neighbours
        come from one dimension as long as another still has an item, and a version always asks in
        the same order.
        """
        rounds = zip_longest(*(dimension.items for dimension in self.dimensions))
        return tuple(item for turn in rounds for item in turn if item is not None)

    def item(self, item_id: str) -> Item:
        """Find an item.

        Raises
        ------
        KeyError
            There is no such item.
        """
        return self._items[item_id]

    def dimension_of(self, item_id: str) -> Dimension:
        """Find the dimension an item belongs to.

        Raises
        ------
        KeyError
            There is no such item.
        """
        return self._dimensions[item_id]

    def language(self, wanted: str) -> str:
        """Give the wanted language where the questionnaire has it, else its first."""
        return wanted if wanted in self.languages else self.languages[0]

    @property
    def has_outside_view(self) -> bool:
        """Whether every item has a wording for observers."""
        return all(item.observer is not None for item in self.items)

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def _dimensions(self) -> dict[str, Dimension]:
        return {item.id: dim for dim in self.dimensions for item in dim.items}


@dataclass(frozen=True)
class Wording:
    """The words of a questionnaire as one respondent reads them: one language, one perspective."""

    questionnaire: Questionnaire
    language: str
    perspective: Perspective = "self"
    sends: Sends = "nothing"
    notice: tuple[str, ...] = ()
    """What is told of what is sent; empty where everything stays."""
    result_later: bool = False
    """Whether the questions end with sending, and the result is shown another time."""

    @classmethod
    def of(
        cls, questionnaire: Questionnaire, wanted: str, perspective: Perspective = "self"
    ) -> "Wording":
        """Choose the wanted language where the questionnaire has it, else its first."""
        return cls(questionnaire, questionnaire.language(wanted), perspective)

    @property
    def title(self) -> str:
        """The questionnaire's title."""
        return self.questionnaire.title[self.language]

    @property
    def purpose(self) -> str:
        """What the questionnaire is for; empty where the file does not say."""
        return self.text(self.questionnaire.purpose)

    def text(self, texts: Texts | None) -> str:
        """Any text of the questionnaire; empty where there is none."""
        return "" if texts is None else texts[self.language]

    def item(self, item: Item) -> str:
        """The statement: first person for ``self``, about the team for the outside perspectives."""
        if self.perspective != "self" and item.observer is not None:
            return item.observer[self.language]
        return item.text[self.language]

    def prompt(self, scale: Scale) -> str:
        """The question that the options answer."""
        if self.perspective != "self" and scale.observer is not None:
            return scale.observer[self.language]
        return scale.prompt[self.language]

    def options(self, scale: Scale) -> tuple[str, ...]:
        """The options' words, low to high."""
        return scale.options[self.language]
