"""What an event is called: one of the headlines of its articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.text import words
from archive.text.profiles import Story
from archive.text.weights import weight

_OPENING = 500  # characters of a body that tell what it is about
_SHORT_TITLE = 20.0  # weight added to that of a headline, so that two words do not win for being few

_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
_LABEL = re.compile(
    r"(?:opinion|editorial|commentary|column|analysis|review|letters?|live|live updates?|live blog|watch"
    r"|video|photos?|in pictures|podcast|quiz|explainer|explained|fact[- ]check|breaking|exclusive|just in"
    r"|update\w?) ?[:|-] ",
    re.IGNORECASE,
)
# Somebody's own words, and what explains, asks or follows along instead of telling.
_FIRST_PERSON = re.compile(r"\b(?:I|I'\w+|[Mm]y|[Ww]e|[Ww]e're|[Oo]ur|us)\b")
_NOT_TELLING = re.compile(
    r"^(?:why|how|what|who|here's|here are|\d+ (?:things|ways|reasons|questions))\b|\?$|\bexplained$"
    r"|\blive updates\b|\bas it happened\b|\bwhat (?:we|you|to) (?:\w+ ){0,2}know\b",
    re.IGNORECASE,
)


def title(stories: Sequence[Story]) -> str:
    """The headline that tells most of what all headlines and beginnings tell; "" without any headline.

    One that tells the event goes before an opinion, a question, an explanation or a live report.
    """
    titled = sorted((story for story in stories if story.title), key=lambda story: (story.title, story.id))
    openings = [_terms(f"{story.title}\n{story.body[:_OPENING]}") for story in titled]

    def centrality(place: int) -> float:
        own = _terms(titled[place].title)
        told = sum(weight(term) * sum(term in opening for opening in openings) for term in sorted(own))
        return told / (_SHORT_TITLE + sum(map(weight, sorted(own))))

    if not titled:
        return ""
    plain = [tells(story.title) for story in titled]
    return titled[max(range(len(titled)), key=lambda place: (plain[place], centrality(place), -place))].title


def tells(headline: str) -> bool:
    """Whether a headline tells what happened in plain words, as far as its form shows."""
    folded = words.fold(headline).strip()
    said_by_outlet = _QUOTED.sub("", folded)
    marked = _LABEL.match(folded) or _FIRST_PERSON.search(said_by_outlet) or _NOT_TELLING.search(folded)
    return marked is None


def _terms(text: str) -> set[str]:
    return {token.stem for token in words.tokens(words.fold(text))}
