"""Titles and roles before a name: "Iraqi Vice President Ayad Allawi", "FBI Director", "Secretary of
State John Kerry".
"""

from __future__ import annotations

from archive.text.candidates import Candidate, Run, is_acronym
from archive.text.nametokens import Words
from archive.text.persons import could_be_name, namey
from archive.text.types import Kind

# Titles that are names as well: alone before one other word they prove nothing ("Earl Jones"), these do.
_NEVER_GIVEN = frozenset(
    {
        "president",
        "general",
        "king",
        "chief",
        "major",
        "pope",
        "queen",
        "prince",
        "princess",
        "judge",
        "justice",
    }
)

# Titles that stand after a given name as a part of the name: "Hassan Sheikh Warsame".
_INSIDE_NAMES = frozenset({"sheikh", "sheik", "shaikh", "haji", "hajji", "mullah", "sultan", "imam", "mir"})


def last_title(words: Words, run: Run) -> int | None:
    """The place of the last title of a run."""
    tokens, known = words.tokens, words.lexicon
    for place in range(run.last - 1, run.first - 1, -1):
        low = tokens[place].low
        if low not in known.titles or _belongs_to_name(words, run, place):
            continue
        as_given = (
            low in known.given
            and place == run.first
            and run.last - run.first == 2
            and low not in _NEVER_GIVEN
        )
        if not as_given:
            return place
    return None


def _belongs_to_name(words: Words, run: Run, place: int) -> bool:
    """Whether a word that may be a title is a part of a name: "Sultan bin Saeed", "High Court of Justice"."""
    tokens, known = words.tokens, words.lexicon
    if place > run.first and tokens[place - 1].low in {"of", "for"}:
        return True
    if place + 1 < run.last:
        inside = (
            place > run.first and tokens[place].low in _INSIDE_NAMES and tokens[place - 1].low in known.given
        )
        return inside or (
            tokens[place].low in known.given and tokens[place + 1].low in {"bin", "ibn", "bint"}
        )
    return place > run.first and (tokens[place].low in known.title_parts or tokens[place - 1].low == "and")


def titled_person(words: Words, run: Run, title: int) -> Candidate | None:
    """The person named after the title at this place."""
    tokens, known = words.tokens, words.lexicon
    first = title + 1
    while first < run.last and tokens[first].text in {".", "]"}:
        first += 1
    if first >= run.last or (
        tokens[first].low in known.connectors and tokens[first].low not in known.particles
    ):
        return None
    name = Run(first, run.last)
    shouted = tokens[title].text.isupper() and len(tokens[title].text) > 1
    if not could_be_name(words, name) or (run.last - first == 1 and is_acronym(words, first) and not shouted):
        return None
    names = [token.low for token in tokens[first : run.last]]
    if all(low in known.titles for low in names):
        return None
    if len(names) == 1 and names[0] in known.common and not namey(words, names[0]):
        return None
    if tokens[title].low in known.title_parts and not any(namey(words, low) for low in names):
        return None
    score = 0.6 if tokens[title].low in known.title_parts else 0.9
    return Candidate(
        first, run.last, Kind.PERSON, score, "title before the name", words.printed(run.first, title + 1)
    )


def person_after_office(words: Words, run: Run, title: int) -> Run | None:
    """Where the name starts in "Secretary of Homeland Security John Kelly" or "Secretary of State Kerry"."""
    tokens, known = words.tokens, words.lexicon
    for place in range(title + 3, run.last - 1):
        if tokens[place].low in known.given and tokens[place].low not in known.places:
            return Run(place, run.last)
    first = title + 2
    while first < run.last and (
        tokens[first].low in known.subjects or tokens[first].low in known.office_words
    ):
        first += 1
    rest = Run(first, run.last)
    if not title + 2 < first < run.last or not could_be_name(words, rest):
        return None
    common = any(token.low in known.common or token.low in known.places for token in tokens[first : run.last])
    return None if common else rest


def before_title(words: Words, run: Run) -> list[Candidate]:
    """Organisations before a title: "FBI Director", "Reuters correspondent", "Foreign Ministry Spokesman"."""
    tokens, known = words.tokens, words.lexicon
    found = [
        Candidate(place, place + 1, Kind.ORGANISATION, 0.7, "acronym before a title", tokens[place].text)
        for place in range(run.first, run.last)
        if is_acronym(words, place)
    ]
    heads = [
        place
        for place in range(run.first + 1, run.last)
        if tokens[place].low in known.heads and tokens[place].low not in known.weak_heads
    ]
    if heads and not any(tokens[place].low in known.titles for place in range(run.first, heads[-1])):
        detail = tokens[heads[-1]].text
        found.append(
            Candidate(run.first, heads[-1] + 1, Kind.ORGANISATION, 0.7, "organisation before a title", detail)
        )
    return found
