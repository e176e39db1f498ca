"""Closed rounds at random, of any shape: what the gate, the report and the attack are tested with.

No text holds a digit, so that a number in a rendered report can only come from a figure.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from checklist.questionnaire import (
    AUDIENCES,
    Audience,
    Dimension,
    Item,
    Questionnaire,
    Reflection,
    Scale,
    Suggestion,
    Texts,
)
from checklist.rounds import Round, Team, Terms
from checklist.scoring import DID_NOT_OCCUR, LEFT_OPEN, Codes

OPENED = date(2025, 3, 3)


def random_round(
    rng: random.Random, *, most_teams: int = 12, most_people: int = 15, least_k: int = 5
) -> tuple[Round, dict[str, Codes]]:
    """Make a closed round and its answers.

    One to twelve teams of nobody to fifteen people, with and without headcounts (some of them
    smaller than the number of responses), k from 5 to 12, and a questionnaire of any shape, down to
    one dimension of one item. Answers are missing or did not occur, in one round seldom and in
    another often; some teams are unanimous or at one end, some items have no answer at all.

    Parameters
    ----------
    rng
        Where chance comes from: the same state gives the same round.
    most_teams, most_people, least_k
        Other limits than those above.

    Returns
    -------
    tuple of Round and dict
        The round, and by name of the team its answers matrix, shape (people, items).
    """
    questionnaire = random_questionnaire(rng)
    people = sizes(rng, rng.randint(1, most_teams), most_people)
    heads_known = rng.choice(("all", "none", "some"))
    teams = tuple(
        Team(f"Team {ascii_lowercase[place].upper()}", headcount(rng, size, heads_known))
        for place, size in enumerate(people)
    )
    round_ = Round(
        code="R-" + "".join(rng.choices("bcdfghjk", k=4)),
        title="Runde am Anfang",
        questionnaire=questionnaire,
        teams=teams,
        terms=Terms(keeper="Kim Keeper"),
        opened_on=OPENED,
        closed_on=OPENED + timedelta(days=rng.randint(0, 30)),
        series="".join(rng.choices("bcdfghjk", k=12)),
        notice={},
        min_group=rng.randint(least_k, 12),
    )
    how = Habit(rng, questionnaire)
    return round_, {team.name: how.answers(size) for team, size in zip(teams, people, strict=True)}


def random_questionnaire(rng: random.Random) -> Questionnaire:
    """Make a questionnaire of any shape, German and English; its ``toml`` reads back as itself.

    Half of them have words for observers.
    """
    names = _names()
    outside = rng.random() < 0.5
    dimensions = tuple(
        _dimension(rng, names, outside) for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 5)))
    )
    questionnaire = Questionnaire(
        id="random",
        version="1.0.0",
        title=_texts("Fragebogen", "Questionnaire"),
        languages=("de", "en"),
        dimensions=dimensions,
        minutes=None,
        reflections=tuple(
            Reflection(name, _texts(f"Frage {name}?", f"Question {name}?"))
            for name in (f"open-{next(names)}" for _ in range(rng.randint(0, 2)))
        ),
    )
    return with_toml(questionnaire)


def with_toml(questionnaire: Questionnaire) -> Questionnaire:
    """Put a questionnaire's file beside it."""
    return replace(questionnaire, toml=as_toml(questionnaire))


def as_toml(questionnaire: Questionnaire) -> str:
    """Write a questionnaire of ``random_questionnaire`` as the file it could have come from."""
    scales = {item.scale.id: item.scale for item in questionnaire.items}
    lines = [
        f'id = "{questionnaire.id}"',
        f'version = "{questionnaire.version}"',
        'languages = ["de", "en"]',
        *_lines("title", questionnaire.title),
    ]
    for scale in scales.values():
        lines += [f"[scales.{scale.id}]", *_lines("prompt", scale.prompt)]
        lines += [
            f"options.{lang} = {json.dumps(list(options))}"
            for lang, options in scale.options.items()
        ]
    for dimension in questionnaire.dimensions:
        lines += ["[[dimensions]]", f'id = "{dimension.id}"', *_lines("title", dimension.title)]
        for item in dimension.items:
            lines += ["[[dimensions.items]]", f'id = "{item.id}"', *_lines("text", item.text)]
            lines += _lines("observer", item.observer) if item.observer else []
            lines += [f'scale = "{item.scale.id}"', f"reverse = {json.dumps(item.reverse)}"]
        for part in dimension.suggestions:
            lines += ["[[dimensions.suggestions]]", f'for = "{part.audience}"']
            lines += [*_lines("title", part.title), *_lines("step", part.step)]
            lines += [f"items = {json.dumps(list(part.items))}"] if part.items else []
    for reflection in questionnaire.reflections:
        lines += ["[[reflections]]", f'id = "{reflection.id}"', *_lines("text", reflection.text)]
    return "\n".join(lines) + "\n"


class Habit:
    """How the people of one round answer."""

    def __init__(
        self, rng: random.Random, questionnaire: Questionnaire, *, complete: bool = False
    ) -> None:
        self.rng = rng
        self.chance = np.random.default_rng(rng.getrandbits(64))
        self.tops = [item.scale.size for item in questionnaire.items]
        width = len(self.tops)
        self.open = np.full(width, rng.choice((0.0, 0.02, 0.1, 0.3)))
        self.none = np.full(width, rng.choice((0.0, 0.02, 0.1, 0.3)))
        if complete:
            self.open[:] = self.none[:] = 0.0
            return
        if rng.random() < 0.15:
            self.open[rng.randrange(width)] = 1.0
        if rng.random() < 0.3:
            self.none[rng.randrange(width)] = rng.choice((0.6, 0.9, 1.0))

    def answers(self, people: int) -> Codes:
        """Give one team's answers: spread, unanimous, or all at one end."""
        kind = self.rng.choice(("spread", "spread", "spread", "leaning", "alike", "low", "high"))
        shape = (people, len(self.tops))
        tops = np.array(self.tops)
        codes: NDArray[np.int64]
        match kind:
            case "low":
                codes = np.ones(shape, dtype=np.int64)
            case "high":
                codes = np.broadcast_to(tops, shape).copy()
            case "alike":
                codes = np.broadcast_to(self.chance.integers(1, tops + 1), shape).copy()
            case "leaning":
                codes = 1 + self.chance.binomial(tops - 1, 0.8, size=shape)
            case _:
                codes = self.chance.integers(1, tops + 1, size=shape)
        drawn = self.chance.random(shape)
        codes = np.where(drawn < self.open, LEFT_OPEN, codes)
        codes = np.where(drawn > 1 - self.none, DID_NOT_OCCUR, codes)
        codes = np.where(self.open == 1.0, LEFT_OPEN, codes)
        return codes.astype(np.int8)


def sizes(rng: random.Random, teams: int, most: int) -> list[int]:
    """Say how many people each team has, at most so many."""
    match rng.choice(("any", "any", "small", "near", "one")):
        case "small":
            return [rng.randint(0, min(4, most)) for _ in range(teams)]
        case "near":
            return [rng.randint(min(4, most), min(10, most)) for _ in range(teams)]
        case "one":
            return [min(1, most) if place == 0 else rng.randint(0, most) for place in range(teams)]
        case _:
            return [rng.randint(0, most) for _ in range(teams)]


def headcount(rng: random.Random, people: int, known: str) -> int | None:
    """Say how many people a team is said to have, where ``known`` is all, none or some."""
    if known == "none" or (known == "some" and rng.random() < 0.5):
        return None
    return max(1, people + rng.choice((-1, 0, 0, 0, 1, 2, 3, 6)))


def _names() -> Iterator[str]:
    return (first + second for first in ascii_lowercase for second in ascii_lowercase)


def _texts(de: str, en: str) -> Texts:
    return {"de": de, "en": en}


def _lines(key: str, texts: Texts) -> list[str]:
    return [f"{key}.{lang} = {json.dumps(text)}" for lang, text in texts.items()]


def _dimension(rng: random.Random, names: Iterator[str], outside: bool) -> Dimension:
    name = next(names)
    size = rng.choice((2, 3, 4, 5, 5, 5, 7, 9))
    scale = Scale(
        f"scale-{name}",
        _texts("Wie oft traf das zu?", "How often was this true?"),
        {
            "de": tuple(f"Stufe {letter}" for letter in ascii_lowercase[:size]),
            "en": tuple(f"step {letter}" for letter in ascii_lowercase[:size]),
        },
    )
    reverse = rng.choice(("none", "some", "all"))
    items = tuple(
        Item(
            f"item-{part}",
            _texts(f"Aussage {part}.", f"Statement {part}."),
            scale,
            observer=_texts(f"Das Team {part}.", f"The team {part}.") if outside else None,
            reverse=reverse == "all" or (reverse == "some" and rng.random() < 0.5),
        )
        for part in (next(names) for _ in range(rng.choice((1, 1, 2, 3, 3, 4, 5))))
    )
    return Dimension(
        f"dim-{name}",
        _texts(f"Gutes Ende {name}", f"Good end {name}"),
        items,
        suggestions=tuple(_suggestions(rng, name, items)),
    )


def _suggestions(rng: random.Random, name: str, items: Sequence[Item]) -> Iterator[Suggestion]:
    for audience in AUDIENCES:
        for place in range(rng.randint(0, 2)):
            yield _suggestion(rng, audience, f"{name} {ascii_lowercase[place]}", items)


def _suggestion(
    rng: random.Random, audience: Audience, name: str, items: Sequence[Item]
) -> Suggestion:
    return Suggestion(
        audience,
        _texts(f"Schritt {name}", f"Step {name}"),
        _texts(f"Das Team macht {name}.", f"The team does {name}."),
        tuple(item.id for item in items if rng.random() < 0.3),
    )
