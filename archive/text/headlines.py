"""The headline of a page: a short line before the body whose words come back in the opening paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archive.text.blockfeatures import content_words
from archive.text.blocks import TextBlock
from archive.text.bodymodel import Verdict
from archive.text.furniture import Look, look_of

_WORD = re.compile(r"\w+")
_SCHEME_AND_HOST = re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE)

# A headline may look like one of these if it is marked as a heading and long enough.
_LIKE_A_HEADLINE = frozenset({Look.RELATED, Look.CAPTION, Look.PROMOTION, Look.DATE})
_NEVER_A_HEADLINE = frozenset(set(Look) - {Look.PLAIN, Look.NAMES, Look.CORRECTION})
FEWEST_WORDS, MOST_WORDS = 2, 32
FEWEST_ADDRESS_WORDS = 3  # fewer are a section's name or a number
LONGEST_TITLE = 500  # characters of a window title
LEAD_LENGTH = 2_500  # characters of body that a headline's words are looked for in
BYLINE_ADVANTAGE, MOST_LINES_TO_DECK = 1.2, 12  # the same with a byline between, and how far below
DECK_ADVANTAGE = 1.7  # what a deck may score above its headline
LEAST_SCORE = 0.55  # found on 50 annotated news pages, November 2026


class _Topic(NamedTuple):
    """What a headline is likely made of: words of the first paragraphs, of the address, of the first line."""

    lead: frozenset[str]
    address: frozenset[str]
    first_line: str


class Opening(NamedTuple):
    """Where the headline stands (None: nowhere), where the body begins, and the headline's score."""

    headline: int | None
    first_body: int
    score: float


def comparable(text: str) -> str:
    """A line without case and punctuation, for telling whether it repeats another."""
    return " ".join(_WORD.findall(text.lower()))


def find_opening(
    blocks: Sequence[TextBlock], verdicts: Sequence[Verdict], known: str = "", url: str = ""
) -> Opening:
    """Find the headline before or at the first paragraph.

    `known` is the headline that the facts tell; the words of the address `url` speak for a line too.
    """
    first = _first_body(blocks, verdicts)
    told = comparable(known)
    if told:
        for index, block in enumerate(blocks[: first + 1]):
            if comparable(block.text) == told:
                return Opening(index, first, 1.0)
        return Opening(None, first, 0.0)
    first_line = comparable(blocks[0].text[:LONGEST_TITLE]) if blocks else ""
    topic = _Topic(_lead_words(blocks, verdicts, first), _address_words(url), first_line)
    candidates = blocks[: first + 1]
    repeats = Counter(comparable(block.text) for block in candidates)
    scores = {
        index: _score(blocks, index, first, topic, repeats)
        for index, block in enumerate(candidates)
        if _may_be_headline(block, index == first and verdicts[index].body)
    }
    best = max(scores, key=lambda index: scores[index], default=None)
    if best is None or scores[best] <= LEAST_SCORE:
        return Opening(None, first, 0.0)
    best = _line_above_a_deck(blocks, scores, _line_above_a_byline(blocks, scores, best))
    printed = comparable(blocks[best].text)
    earliest = next(index for index, block in enumerate(blocks) if comparable(block.text) == printed)
    return Opening(earliest, first, scores[best])


def _line_above_a_byline(blocks: Sequence[TextBlock], scores: dict[int, float], best: int) -> int:
    """A headline stands above the byline; what stands below it is a deck, however much of the text it has."""
    signed = False
    for above in range(best - 1, max(-1, best - 1 - MOST_LINES_TO_DECK), -1):
        signed |= look_of(blocks[above].text).look in (Look.BYLINE, Look.DATE)
        enough = len(blocks[above].text.split()) >= 5 and not blocks[above].bulleted
        if signed and enough and scores.get(above, 0.0) > max(LEAST_SCORE, scores[best] - BYLINE_ADVANTAGE):
            return above
    return best


def _line_above_a_deck(blocks: Sequence[TextBlock], scores: dict[int, float], best: int) -> int:
    """The deck repeats more of the text than the headline above it: of two such lines the upper one."""
    above = best - 1
    if scores.get(above, 0.0) <= LEAST_SCORE or scores[above] < scores[best] - DECK_ADVANTAGE:
        return best
    if blocks[best].heading and not blocks[above].heading:
        return best
    text = blocks[above].text
    enough = len(text.split()) >= 5 and len(blocks[best].text.split()) >= 7
    return above if enough and not blocks[above].bulleted and ">" not in text else best


def _first_body(blocks: Sequence[TextBlock], verdicts: Sequence[Verdict]) -> int:
    """The first long body block that is followed by another soon; else the first one; else the page's end."""
    body = [
        index
        for index, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True))
        if verdict.body
        and len(block.text.split()) >= 12
        and look_of(block.text).look not in _NEVER_A_HEADLINE
    ]
    for index, after in zip(body, body[2:], strict=False):
        if after - index < 8:
            return index
    if body:
        return body[0]
    return next((index for index, verdict in enumerate(verdicts) if verdict.body), len(blocks))


def _lead_words(blocks: Sequence[TextBlock], verdicts: Sequence[Verdict], first: int) -> frozenset[str]:
    lead, length = [], 0
    for block, verdict in zip(blocks[first:], verdicts[first:], strict=True):
        if verdict.body and length < LEAD_LENGTH:
            lead.append(block.text[:LEAD_LENGTH])
            length += len(block.text)
    return content_words(" ".join(lead)[:LEAD_LENGTH])


def _address_words(url: str) -> frozenset[str]:
    """The words of the longest part of an address's path, which often are the headline's."""
    path = _SCHEME_AND_HOST.sub("", url.split("?")[0].split("#")[0])
    parts = [content_words(part) for part in path.split("/")]
    return frozenset(word for word in max(parts, key=len, default=frozenset()) if not word.isdigit())


def _may_be_headline(block: TextBlock, is_first_body: bool) -> bool:
    words = len(block.text.split())
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        return False
    look = look_of(block.text).look
    if look in _NEVER_A_HEADLINE and not (look in _LIKE_A_HEADLINE and block.heading and words >= 5):
        return False
    if block.text.endswith((":", ",")) and not block.heading:
        return False
    ends = block.text.rstrip("\"”’' ")[-1:] == "."
    return not (is_first_body and (words > 16 or ends))


def _score(
    blocks: Sequence[TextBlock], index: int, first: int, topic: _Topic, repeats: Counter[str]
) -> float:
    """How much speaks for this line; the weights were found on 50 annotated news pages, November 2026."""
    block = blocks[index]
    words, content = len(block.text.split()), content_words(block.text)
    same = comparable(block.text)
    score = 2.2 * len(content & topic.lead) / max(3, len(content))
    if len(topic.address) >= FEWEST_ADDRESS_WORDS:
        score += 2.0 * len(content & topic.address) / max(3, len(content), len(topic.address))
    score += 0.9 * block.heading + 0.3 * (6 <= words <= 18) + 0.5 * (repeats[same] > 1 and words > 4)
    score -= 0.05 * min(first - index, 20) + 0.4 * block.bulleted + 0.6 * (words > 22) + 0.5 * (words < 5)
    score -= 0.6 * (block.text.rstrip("\"”’' ")[-1:] in (".", ":", ",", "…")) + 0.5 * ("|" in block.text)
    looks = [look_of(after.text).look for after in blocks[index + 1 : index + 5]]
    score -= 0.5 * (look_of(block.text).look is Look.NAMES)
    score += 0.5 * (Look.BYLINE in looks or Look.DATE in looks)
    if index and len(same) > 14 and topic.first_line.startswith(same[:60]):
        score += 1.2  # the page's first line is its window title
    return score
