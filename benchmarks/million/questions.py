"""What is asked of the invented archive: for each class of query, addresses of the search page."""

from __future__ import annotations

import random
from urllib.parse import urlencode

from benchmarks.million.world import OUTLETS, SEED, World

COMMON, MIDDLE, RARE = range(3, 40), range(300, 3_000), range(20_000, 120_000)  # ranks of words
_KNOWN, _LESS_KNOWN = range(20, 400), range(2_000, 20_000)  # ranks of names


def questions(world: World, each: int) -> dict[str, list[str]]:
    """Addresses by class, `each` of them, the same every time."""
    chance = random.Random(SEED + 9)
    return {kind: [_search(**make(world, chance)) for _ in range(each)] for kind, make in _KINDS}


def unkind(world: World) -> dict[str, str]:
    """Addresses that ask for very much, by what they ask for."""
    words = world.words
    asked = {
        "the ten commonest words": " ".join(words[:10]),
        "any of the ten commonest": " OR ".join(words[:10]),
        "the commonest word": words[0],
        "without the commonest word": f"-{words[0]}",
        "200 words in OR": " OR ".join(words[5:205]),
        "s*": "s*",
        "a phrase of two common words": f'"{words[0]} {words[1]}"',
        "two common words near": f'"{words[0]} {words[1]}"~5',
    }
    return {
        **{kind: _search(q=query) for kind, query in asked.items()},
        "everything": "/search/",
        "everything, oldest first": _search(sort="oldest"),
    }


def _search(**asked: object) -> str:
    return f"/search/?{urlencode(asked)}"


def _word(world: World, chance: random.Random, ranks: range) -> str:
    return world.words[chance.choice(ranks)]


def _phrase(world: World, chance: random.Random) -> str:
    number = chance.randrange(len(world.events))
    parts = len(world.events)
    text = next(iter(world.texts(world.events[number].number % parts, parts)))
    words = [word for word in text.body.split(".")[0].split() if word.islower()]
    first = chance.randrange(max(1, len(words) - 3))
    return " ".join(words[first : first + 2])


def _months(chance: random.Random) -> dict[str, str]:
    year, month = chance.randint(2007, 2016), chance.randint(1, 9)
    return {"from": f"{year}-{month:02}", "to": f"{year}-{month + 3:02}"}


_KINDS = (
    ("common", lambda world, chance: {"q": _word(world, chance, COMMON)}),
    ("middle", lambda world, chance: {"q": _word(world, chance, MIDDLE)}),
    ("rare", lambda world, chance: {"q": _word(world, chance, RARE)}),
    (
        "two words",
        lambda world, chance: {"q": f"{_word(world, chance, MIDDLE)} {_word(world, chance, COMMON)}"},
    ),
    ("phrase", lambda world, chance: {"q": f'"{_phrase(world, chance)}"'}),
    (
        "negation",
        lambda world, chance: {"q": f"{_word(world, chance, MIDDLE)} -{_word(world, chance, COMMON)}"},
    ),
    (
        "OR",
        lambda world, chance: {"q": f"{_word(world, chance, MIDDLE)} OR {_word(world, chance, MIDDLE)}"},
    ),
    ("prefix", lambda world, chance: {"q": f"{_word(world, chance, MIDDLE)[:4]}*"}),
    (
        "text + person",
        lambda world, chance: {"q": _word(world, chance, COMMON), "person": _person(world, chance, _KNOWN)},
    ),
    (
        "text + person + outlet + months",
        lambda world, chance: {
            "q": _word(world, chance, COMMON),
            "person": _person(world, chance, _KNOWN),
            "outlet": chance.randint(1, min(12, OUTLETS)),
            **_months(chance),
        },
    ),
    ("person alone", lambda world, chance: {"person": _person(world, chance, _KNOWN)}),
)


def _person(world: World, chance: random.Random, ranks: range) -> int:
    while world.entities[(rank := chance.choice(ranks))].kind != "person":
        continue
    return world.entities[rank].number


def pages(world: World, each: int) -> dict[str, list[str]]:
    """Addresses of other pages by kind: names asked for while typing, people, events, articles."""
    chance = random.Random(SEED + 10)
    names = [world.entities[chance.choice(_LESS_KNOWN)].forms[0] for _ in range(each)]
    large = sorted(world.events, key=lambda event: -event.size)[:1000]
    people = [_person(world, chance, _KNOWN) for _ in range(each)]
    return {
        "suggestions": [f"/suggest/?{urlencode({'q': name[:6]})}" for name in names],
        "suggestions, misspelt": [f"/suggest/?{urlencode({'q': name[:2] + name[3:]})}" for name in names],
        "person": [f"/people/{pk}/" for pk in people],
        "event": [f"/events/{chance.choice(large).number}/" for _ in range(each)],
        "article": [f"/articles/{chance.randint(1, world.articles)}/" for _ in range(each)],
    }
