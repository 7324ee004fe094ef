"""An invented world: words that follow Zipf's law, outlets, people, organisations, events, and the articles
that report them. The same seed gives the same articles, however many are asked for at once."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy

SEED = 20170418
FIRST_DAY = datetime(2007, 1, 1, tzinfo=UTC)
A_DAY = 274  # articles
OUTLETS = 200
ENTITIES = 50_000
PEOPLE = 35_000
WORDS = 150_000
LARGEST_EVENT = 40  # articles
_SENTENCE = 21  # words
_PARAGRAPH = 3  # sentences
_TOPIC_SHARE = 0.12  # of an article's words that belong to its event
_TOPIC_WORDS = 40
_COPIED_SHARE = 0.2  # of the further articles of an event that print its first article's words
_JOURNALISTS = 2_000

_ONSETS = (
    "b",
    "d",
    "g",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "br",
    "ch",
    "dr",
    "fl",
    "pr",
    "sh",
    "st",
)
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "oo", "ou")
_CODAS = ("", "", "", "", "n", "r", "s", "t", "l", "m")


class Named(NamedTuple):
    """A person or organisation: how it is printed, the most usual form first."""

    number: int
    kind: str
    forms: tuple[str, ...]


class Event(NamedTuple):
    """What several articles report: when and whom it is about."""

    number: int
    size: int
    first: datetime
    named: tuple[int, ...]  # entities

    @property
    def topic(self) -> numpy.ndarray:
        """Words that it brings."""
        return numpy.random.default_rng((SEED + 3, self.number)).integers(200, WORDS, _TOPIC_WORDS)


class Place(NamedTuple):
    """A name in a body: which entity, under which form, from where to where."""

    entity: int
    form: str
    start: int
    end: int


class Text(NamedTuple):
    """An article of this world. `text_group` is the first of the articles with the same body."""

    number: int
    outlet: int
    event: Event
    published: datetime
    headline: str
    body: str
    blocks: tuple[tuple[int, int], ...]
    places: tuple[Place, ...]
    author: str
    text_group: int | None

    @property
    def content_key(self) -> str:
        return hashlib.sha256(f"{self.number}\n{self.body}".encode()).hexdigest()


class World:
    """All of it, made on demand.

    Args:
        articles: how many; they are numbered from 1 and spread over the days, 274 a day.
        texts: bodies to draw paragraphs from, where the words should be those of real articles.
    """

    def __init__(self, articles: int, texts: Sequence[str] = ()) -> None:
        self.articles = articles
        self._paragraphs = [part for text in texts for part in text.split("\n\n") if part.strip()]

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, the most frequent first; short words are the frequent ones."""
        chance = random.Random(SEED)
        found: dict[str, None] = {}
        while len(found) < WORDS:
            syllables = 1 + min(2, int(len(found) ** 0.33 / 20 + chance.random() * 1.4))
            found.setdefault("".join(_syllable(chance) for _ in range(syllables)))
        return list(found)

    @cached_property
    def _cumulative(self) -> numpy.ndarray:
        weights = 1.0 / (numpy.arange(WORDS) + 2.7)
        return numpy.cumsum(weights / weights.sum())

    @cached_property
    def entities(self) -> list[Named]:
        """People and organisations, the most named first; numbered from 1."""
        chance = random.Random(SEED + 1)
        given = [_name(chance) for _ in range(2_000)]
        family = [_name(chance) + chance.choice(("", "ov", "ez", "son", "ani", "i")) for _ in range(20_000)]
        taken: set[str] = set()
        found = []
        person = [True] * PEOPLE + [False] * (ENTITIES - PEOPLE)
        chance.shuffle(person)
        for number, is_person in enumerate(person, 1):
            forms = _person(chance, given, family) if is_person else _organisation(chance, family)
            while forms[0] in taken:
                forms = _person(chance, given, family) if is_person else _organisation(chance, family)
            taken.add(forms[0])
            found.append(Named(number, "person" if is_person else "organisation", forms))
        return found

    @cached_property
    def events(self) -> list[Event]:
        """Events until all articles are told: most are reported once, few by many."""
        chance = random.Random(SEED + 2)
        sizes = range(1, LARGEST_EVENT + 1)
        weights = [1 / size**1.7 for size in sizes]
        days = max(1, self.articles // A_DAY)
        fame = numpy.cumsum(1.0 / (numpy.arange(ENTITIES) + 5.0))
        found: list[Event] = []
        left = self.articles
        while left:
            size = min(left, chance.choices(sizes, weights)[0])
            first = FIRST_DAY + timedelta(days=chance.randrange(days), minutes=chance.randrange(1440))
            named = dict.fromkeys(
                int(numpy.searchsorted(fame, chance.random() * fame[-1])) for _ in range(chance.randint(2, 7))
            )
            found.append(Event(len(found) + 1, size, first, tuple(named)))
            left -= size
        return found

    def texts(self, part: int = 0, parts: int = 1) -> Iterator[Text]:
        """The articles, or one of several equal parts of them."""
        number = 0
        for event in self.events:
            mine = event.number % parts == part
            if mine:
                yield from self._coverage(event, number + 1)
            number += event.size

    def _coverage(self, event: Event, first: int) -> list[Text]:
        """The articles of an event, numbered from `first`; some print the first one's words."""
        chance = numpy.random.default_rng((SEED, event.number))
        original = self._text(first, event, chance)
        texts = [original]
        for number in range(first + 1, first + event.size):
            later = event.first + timedelta(minutes=int(chance.exponential(240)))
            if chance.random() < _COPIED_SHARE:
                outlet = self._outlet(chance)
                copy = original._replace(number=number, outlet=outlet, published=later, text_group=first)
                texts.append(copy)
            else:
                texts.append(self._text(number, event, chance)._replace(published=later))
        if any(text.text_group for text in texts):
            texts[0] = original._replace(text_group=first)
        return texts

    def _text(self, number: int, event: Event, chance: numpy.random.Generator) -> Text:
        outlet = self._outlet(chance)
        headline = self._headline(event, chance)
        if self._paragraphs:
            picked = [self._paragraphs[one] for one in chance.integers(len(self._paragraphs), size=9)]
            paragraphs = [part.split() for part in picked]
        else:
            paragraphs = self._paragraphs_of(event, chance)
        body, blocks, places = self._with_names(paragraphs, event, chance)
        author = self.entities[-int(chance.integers(1, _JOURNALISTS))].forms[0]
        return Text(number, outlet, event, event.first, headline, body, blocks, places, author, None)

    def _outlet(self, chance: numpy.random.Generator) -> int:
        return 1 + min(OUTLETS - 1, int(chance.pareto(0.9) * 3))

    def _headline(self, event: Event, chance: numpy.random.Generator) -> str:
        topic = chance.choice(event.topic, 4, replace=False)
        first = self.entities[event.named[0]].forms[0]
        return f"{first} {' '.join(self.words[word] for word in topic)} {self._draw(chance, 3)}"

    def _draw(self, chance: numpy.random.Generator, size: int) -> str:
        return " ".join(
            self.words[word] for word in numpy.searchsorted(self._cumulative, chance.random(size))
        )

    def _paragraphs_of(self, event: Event, chance: numpy.random.Generator) -> list[list[str]]:
        size = int(numpy.clip(chance.lognormal(5.95, 0.45), 60, 2_500))
        drawn = numpy.searchsorted(self._cumulative, chance.random(size))
        of_topic = chance.random(size) < _TOPIC_SHARE
        drawn[of_topic] = chance.choice(event.topic, int(of_topic.sum()))
        printed = [self.words[word] for word in drawn]
        for first in range(0, size, _SENTENCE):
            printed[first] = printed[first].capitalize()
            last = min(first + _SENTENCE, size) - 1
            printed[last] += "."
        step = _SENTENCE * _PARAGRAPH
        return [printed[first : first + step] for first in range(0, size, step)]

    def _with_names(
        self, paragraphs: list[list[str]], event: Event, chance: numpy.random.Generator
    ) -> tuple[str, tuple[tuple[int, int], ...], tuple[Place, ...]]:
        """The body with the event's names put in: each once or twice, the first time in full."""
        wanted: dict[tuple[int, int], tuple[int, str]] = {}
        for entity in event.named:
            forms = self.entities[entity].forms
            for time in range(int(chance.integers(1, 3))):
                paragraph = int(chance.integers(len(paragraphs)))
                word = int(chance.integers(max(1, len(paragraphs[paragraph]) - 1)))
                form = forms[int(chance.integers(len(forms)))] if time else forms[0]
                wanted.setdefault((paragraph, word), (entity, form))
        pieces: list[str] = []
        blocks: list[tuple[int, int]] = []
        places: list[Place] = []
        offset = 0
        for at, words in enumerate(paragraphs):
            start = offset
            for index, word in enumerate(words):
                if (at, index) in wanted:
                    entity, form = wanted[at, index]
                    places.append(Place(self.entities[entity].number, form, offset, offset + len(form)))
                    word = form + (word[-1] if word[-1] == "." else "")
                pieces.append(word + " ")
                offset += len(word) + 1
            pieces[-1] = pieces[-1][:-1] + "\n\n"
            blocks.append((start, offset - 1))
            offset += 1
        return "".join(pieces).rstrip("\n"), tuple(blocks), tuple(places)


def bodies(path: Path) -> list[str]:
    """The texts of a file of JSON lines, plain or gzip, whose rows have a "text" or a "body"."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        rows = (json.loads(line) for line in lines)
        return [str(row.get("text") or row.get("body") or "") for row in rows]


def _syllable(chance: random.Random) -> str:
    return chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)


def _name(chance: random.Random) -> str:
    return "".join(_syllable(chance) for _ in range(chance.randint(1, 3))).capitalize()


def _person(chance: random.Random, given: Sequence[str], family: Sequence[str]) -> tuple[str, ...]:
    first, last = chance.choice(given), chance.choice(family)
    middle = chance.choice(given)
    return (f"{first} {last}", last, f"{first} {middle[0]}. {last}", f"{first} {middle} {last}")


def _organisation(chance: random.Random, family: Sequence[str]) -> tuple[str, ...]:
    root = chance.choice(family)
    ending = chance.choice(("Union", "Party", "Council", "Group", "Agency", "Bank", "Institute", "Front"))
    of = chance.choice(family)
    full = f"{root} {ending} of {of}"
    return (full, f"{root} {ending}", f"{root[0]}{ending[0]}{of[0]}".upper(), f"{ending} of {of}")
