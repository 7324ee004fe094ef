"""Invented news as alike as news is: events that several outlets report, stories that run for weeks."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

EVENT_WORDS, STORY_WORDS = 30, 30
WEEKDAYS = ("Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday")
QUOTED = (1, 2, 3)  # what there is to tell that somebody said
RUNNING = 40  # stories that run at a time


class Running(NamedTuple):
    """A story that goes on for weeks: its words and names, and the last of its days."""

    words: list[str]
    names: list[str]
    until: int


class Happening(NamedTuple):
    """An event as its reporters know it: headline words, names, and what there is to tell, by sentence."""

    topic: list[str]
    names: list[str]
    facts: list[list[str]]
    copied: float  # share of the sentences that outlets print as the agency wrote them


class Report(NamedTuple):
    """What one outlet makes of an event."""

    headline: str
    body: str
    keys: frozenset[str]
    quotes: tuple[str, ...]


class World:
    """Invented news: words as frequent as in news, several articles an event, its own words and names.

    Stories run for weeks. Articles of one event tell many of the same things, partly in their own words, and
    quote the same people.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        source = resources.files("archive.text.rules").joinpath("term_frequencies.toml").read_text("utf-8")
        stems = [
            (stem, int(n)) for n, line in tomllib.loads(source)["terms"].items() for stem in line.split()
        ]
        self.words = [stem for stem, _ in stems]
        self.reach = list(accumulate(n for _, n in stems))
        self.today = 0
        self.running: list[Running] = []
        self.told: list[Happening] = []  # today, once for each article

    def draw(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.reach, k=count)

    def rarer(self, count: int) -> list[str]:
        """Words that say what an event is about: half as frequent as in news, half of any."""
        return self.draw(count // 2) + self.chance.choices(self.words, k=count - count // 2)

    def names(self, count: int) -> list[str]:
        return [word.capitalize() + "ov" for word in self.draw(count)]

    def day(self, articles: int) -> Iterator[Report]:
        """The reports of one more day: one to eight articles an event."""
        self.today += 1
        self.running = [story for story in self.running if story.until >= self.today]
        self.told = []
        while len(self.running) < RUNNING:
            lasts = self.chance.randint(2, 60)
            self.running.append(Running(self.rarer(STORY_WORDS), self.names(4), self.today + lasts))
        while articles > 0:
            event = self.stage()
            for _ in range(min(articles, self.chance.choice((1, 1, 1, 1, 2, 2, 3, 4, 6, 8)))):
                articles -= 1
                self.told.append(event)
                yield self.report(event)

    def stage(self) -> Happening:
        """Something that happens, in two of five cases the next of a story that runs."""
        goes_on = self.chance.random() < 0.4
        return self.happening(self.chance.choice(self.running) if goes_on else None)

    def happening(self, story: Running | None) -> Happening:
        if story is None:
            topic, names = self.rarer(EVENT_WORDS), self.names(4)
        else:
            topic = self.chance.sample(story.words, STORY_WORDS // 2) + self.rarer(EVENT_WORDS // 2)
            names = self.chance.sample(story.names, 3) + self.names(1)
        facts = [
            [*self.draw(8), *self.chance.choices(topic, k=7), self.chance.choice(names)]
            + [str(self.chance.randint(12, 2500))] * (number < 4)
            for number in range(14)
        ]
        return Happening(topic, names, facts, self.chance.choice((0.4, 0.7, 0.95)))

    def report(self, event: Happening) -> Report:
        """Most of what there is to tell, the weightiest first, and more."""
        told = [0, *sorted(self.chance.sample(range(1, len(event.facts)), 8))]
        sentences = [self.put(event.facts[number], event.copied) for number in told]
        sentences += [self.put(self.draw(12) + self.chance.choices(event.topic, k=4), 0) for _ in range(4)]
        sentences[0] += f" It was on {WEEKDAYS[(self.today - 1) % 7]}."
        headline = [event.names[0], *self.chance.sample(event.topic[:6], 4), *self.draw(1)]
        quotes = tuple(" ".join(event.facts[number]) for number in told if number in QUOTED)
        keys = frozenset(name.lower() for name in event.names)
        return Report(" ".join(headline), " ".join(sentences), keys, quotes)

    def put(self, fact: list[str], copied: float) -> str:
        """A sentence for a fact: as all print it, or with some words changed and in another order."""
        words = list(fact)
        if self.chance.random() > copied:
            words = [word if self.chance.random() < 0.8 else self.draw(1)[0] for word in words]
            self.chance.shuffle(words)
        return "The " + " ".join(words) + "."
