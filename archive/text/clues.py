"""What a pasted text tells of where it stood: its own address, the name of an outlet that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from archive.text.addresses import host_of, plain
from archive.text.types import CleanArticle

# Links of share bars and embedded posts: never where the article stood.
_ELSEWHERE = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|t|whatsapp|linkedin|pinterest|reddit|instagram|youtube|youtu|telegram|tiktok"
    r"|apple|google|pic\.twitter|bit|wa)\.(?:com|co|me|be|ly|google)$"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’|\\^`{}]{4,2000}", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}")
_TRAILING = ".,;:!?)]»"
LINES_AT_THE_EDGE = 6
SHORTEST_NAME = 4  # letters of an outlet's name that is looked for in running words
FEWEST_SHARED_WORDS = 3  # of headline and address
SURE = 2  # points


class Clue(NamedTuple):
    """What was found, and where, in words that a curator understands."""

    value: str
    why: str


NOTHING = Clue("", "")


def address_told(text: str, headline: str) -> Clue:
    """The article's own address where the text prints it; nothing where that is in doubt."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    scores: dict[str, int] = {}
    for index, line in enumerate(lines):
        at_edge = index < LINES_AT_THE_EDGE or index >= len(lines) - LINES_AT_THE_EDGE
        for match in _ADDRESS.finditer(line):
            address = plain(match.group().rstrip(_TRAILING))
            if address and not _ELSEWHERE.search(host_of(address)):
                points = _points(address, headline, alone=_alone(line, match), at_edge=at_edge)
                scores[address] = max(points, scores.get(address, 0))
    best = max(scores.values(), default=0)
    found = [address for address, points in scores.items() if points == best]
    if best < SURE or len(found) > 1:
        return NOTHING
    return Clue(found[0], "printed in the text")


def outlet_told(text: str, article: CleanArticle, outlets: Mapping[str, Sequence[str]]) -> Clue:
    """The one known outlet that stands in the lines around the article; nothing if none or several do.

    `outlets` are the names under which each outlet is known, by its name.
    """
    around = [" ".join(text[cut.start : cut.end].split()) for cut in article.removed]
    found = {
        name: line
        for name, known in outlets.items()
        for line in around
        if any(_prints(line, one) for one in (name, *known))
    }
    # "The Post" inside "The Varnholm Post" is the longer one.
    longest = [name for name in found if not any(name != other and name in other for other in found)]
    if len(longest) != 1:
        return NOTHING
    line = found[longest[0]]
    return Clue(longest[0], f"named in the line “{line if len(line) <= 80 else line[:79] + '…'}”")


def _points(address: str, headline: str, *, alone: bool, at_edge: bool) -> int:
    path = urlsplit(address).path
    if len(path.strip("/")) < 2:
        return 0  # the front page of a site
    shared = _words(path) & _words(headline)
    return 2 * (len(shared) >= FEWEST_SHARED_WORDS) + (alone + at_edge if at_edge else 0)


def _alone(line: str, match: re.Match[str]) -> bool:
    """Whether a line holds the address and at most a word or two that announce it."""
    return len(line.replace(match.group(), "").split()) <= 3


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _prints(line: str, name: str) -> bool:
    if len(name) < SHORTEST_NAME:
        return False
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line, re.IGNORECASE) is not None
