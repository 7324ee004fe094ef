"""What speaks for and against a block being body text, in numbers that a linear model can weigh.

The first look takes each block with its neighbours; the second look adds what the first one found: the
strongest run of body blocks, and how many words a block shares with it.
"""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, compress
from typing import NamedTuple

from archive.text.blocks import TextBlock
from archive.text.bylines import dateline_of
from archive.text.furniture import Look, look_of
from archive.text.languages import FUNCTION_WORDS
from archive.text.needles import small

Features = dict[str, float]

_SAID = re.compile(r"\b(?:said|says|told|according|added|tweeted|wrote)\b")
_YOU = re.compile(r"\b(?:you|your|our|us)\b")
_ADDRESS = re.compile(r"https?://|www\.|@\w")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*(?:\s|$)")
_ELLIPSIS_END = re.compile(r"(?:…|\.\.\.)\W*$")
_AGO = re.compile(r"\b\d+ ?(?:[smhd]|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|years?) ago\b")
_LETTERS = re.compile(r"[^\W_]{2,}")
_KEY = 80  # letters
_NO_LETTERS = re.compile(r"\W+")
_BEYOND = re.compile(r"[^\x00-\x7f]")  # characters that are not of ASCII

# Looks that no paragraph of an article has, however long it is.
NEVER_PROSE = frozenset(
    {
        Look.COPYRIGHT,
        Look.COOKIE_TEXT,
        Look.PROMOTION,
        Look.CAPTION,
        Look.RELATED,
        Look.ICONS,
        Look.ADVERTISEMENT,
    }
)
STRONG_WORDS, STRONG_FUNCTION_SHARE, MOST_CAPITALS = 12, 0.25, 0.6
FAR_AWAY = 99  # blocks; "there is none"


class Measures(NamedTuple):
    """What is counted in one block by itself."""

    words: int
    function_share: float
    capital_share: float
    ends: bool
    opens_quote: bool
    sentences: int
    strong: bool  # long, with the function words and the end of prose
    look: Look


class Surroundings(NamedTuple):
    """Where the strong blocks of the page are, seen from one block."""

    back: int  # blocks to the last strong one before
    ahead: int
    share_before: float  # of the words of strong blocks
    near: float  # share of strong ones among four blocks on each side
    short_near: float  # share of blocks under six words among three on each side
    listed_near: float  # share of list items among three on each side


def measure(block: TextBlock) -> Measures:
    """Count what speaks for prose in one block."""
    text, words = block.text, block.text.split()
    look = look_of(text).look
    bare = [word.strip("\"“”'‘’(),.:;!?") for word in text.lower().split()]
    function_share = sum(map(FUNCTION_WORDS.__contains__, bare)) / len(words)
    capital_share = sum(map(str.isupper, [word[0] for word in words])) / len(words)
    ends = text.rstrip("\"”’')] ")[-1:] in (".", "!", "?", "…")
    opens_quote = text[:1] in ('"', "“", "‘")
    strong = (
        len(words) >= STRONG_WORDS
        and function_share >= STRONG_FUNCTION_SHARE
        and (ends or opens_quote)
        and capital_share < MOST_CAPITALS
        and look not in NEVER_PROSE
    )
    sentences = len(_SENTENCE_END.findall(text))
    return Measures(len(words), function_share, capital_share, ends, opens_quote, sentences, strong, look)


def first_look(blocks: Sequence[TextBlock]) -> list[Features]:
    """The features of each block from its words, its place and its neighbours."""
    measures = [measure(block) for block in blocks]
    surroundings = _surroundings(blocks, measures)
    keys = [_key(block.text) for block in blocks]
    repeats = Counter(keys)
    strong_count = min(sum(own.strong for own in measures), 30) / 30
    rows = []
    for index, block in enumerate(blocks):
        row = _own_features(block, measures[index])
        row["repeated"] = float(repeats[keys[index]] > 1)
        row |= _neighbour_features(measures, surroundings[index], index)
        row["strong blocks"] = strong_count
        row["position"] = index / len(blocks)
        rows.append(row)
    return rows


def _key(text: str) -> str:
    """The first letters of a block, by which it is known again."""
    key = _NO_LETTERS.sub("", text[: 3 * _KEY].lower())[:_KEY]
    return key if len(key) == _KEY else _NO_LETTERS.sub("", text.lower())[:_KEY]


def _own_features(block: TextBlock, own: Measures) -> Features:
    text, low = block.text, small(block.text)
    features = {
        "words": min(math.log2(1 + own.words), 7) / 3.5,
        "3 words or fewer": float(own.words <= 3),
        "4 to 7 words": float(4 <= own.words <= 7),
        "8 to 14 words": float(8 <= own.words <= 14),
        "30 words or more": float(own.words >= 30),
        "function words": own.function_share * 2,
        "hardly a function word": float(own.function_share < 0.1),
        "capitals": own.capital_share,
        "nearly all capitals": float(own.capital_share > 0.75),
        "ends": float(own.ends),
        "opens a quotation": float(own.opens_quote),
        "sentences": min(own.sentences, 4) / 2,
        "strong": float(own.strong),
        "strong, many function words": float(own.strong and own.function_share > 0.35),
        "letters": _count(text, str.isalpha, _ASCII_LETTERS) / len(text),
        "digits": _count(text, str.isdigit, _ASCII_DIGITS) / len(text) * 3,
        "said": float(_SAID.search(text) is not None),
        "you": float(_YOU.search(low) is not None),
        "ends with a colon": float(text.endswith(":")),
        "address": float(_ADDRESS.search(text) is not None),
        "small first letter": float(text[:1].islower()),
        "exclamation": float("!" in text),
        "bar": float(any(mark in text for mark in "|»›")),
        "listed": float(block.bulleted),
        "heading": float(block.heading),
        "no blank before": float(block.blank_before == 0),
        "dateline": float(dateline_of(text) is not None),
        "breaks off": float(_ELLIPSIS_END.search(text) is not None),
        "so long ago": float(" ago" in low and _AGO.search(low) is not None),
        "question": float(text.endswith("?")),
    }
    if own.look:
        features[f"looks like {own.look.value}"] = 1.0
    return features


_ASCII_LETTERS, _ASCII_DIGITS = string.ascii_letters.encode(), string.digits.encode()


def _count(text: str, kind: Callable[[str], bool], of_ascii: bytes) -> int:
    """How many characters of a text are of a kind; `of_ascii` are those of ASCII: most, counted quickly."""
    plain = text.encode("ascii", "ignore")
    found = len(plain) - len(plain.translate(None, of_ascii))
    return found if len(plain) == len(text) else found + sum(map(kind, _BEYOND.findall(text)))


def _neighbour_features(measures: Sequence[Measures], around: Surroundings, index: int) -> Features:
    own = measures[index]
    before = measures[index - 1] if index else None
    after = measures[index + 1] if index + 1 < len(measures) else None
    strong_before = float(before is not None and before.strong)
    strong_after = float(after is not None and after.strong)
    features = {
        "strong near": around.near,
        "strong all round": float(around.near >= 0.5),
        "short near": around.short_near,
        "listed near": around.listed_near,
        "strong before": strong_before,
        "strong after": strong_after,
        "between strong": strong_before * strong_after,
        "end before": float(before is not None and before.ends),
        "end after": float(after is not None and after.ends),
        "strong soon before": float(around.back <= 2),
        "nothing strong before": float(around.back > 6),
        "strong soon after": float(around.ahead <= 2),
        "nothing strong after": float(around.ahead > 6),
        "before the first strong": float(around.back == FAR_AWAY),
        "after the last strong": float(around.ahead == FAR_AWAY),
        "share before": around.share_before,
        "in the tail": float(around.share_before > 0.97),
        "ends among strong": own.ends * around.near,
        "short among strong": (own.words < 8) * around.near,
        "strong but alone": float(own.strong and around.near < 0.2),
        "strong at the edge": float(own.strong and FAR_AWAY in (around.back, around.ahead)),
    }
    for neighbour, place in ((before, "before"), (after, "after")):
        if neighbour is not None and neighbour.look:
            features[f"{neighbour.look.value} {place}"] = 1.0
    return features


def _surroundings(blocks: Sequence[TextBlock], measures: Sequence[Measures]) -> list[Surroundings]:
    count = len(measures)
    back = _distances([own.strong for own in measures])
    ahead = _distances([own.strong for own in reversed(measures)])[::-1]
    strong = _sums([own.strong for own in measures])
    short = _sums([own.words < 6 for own in measures])
    listed = _sums([block.bulleted for block in blocks])
    mass = _sums([own.words if own.strong else 0 for own in measures])
    found = []
    for index, own in enumerate(measures):
        low4, high4 = max(0, index - 4), min(count, index + 5)
        low3, high3 = max(0, index - 3), min(count, index + 4)
        found.append(
            Surroundings(
                back[index],
                ahead[index],
                mass[index] / (mass[-1] or 1),
                (strong[high4] - strong[low4] - own.strong) / 8,
                (short[high3] - short[low3] - (own.words < 6)) / 6,
                (listed[high3] - listed[low3] - blocks[index].bulleted) / 6,
            )
        )
    return found


def _distances(flags: Sequence[bool]) -> list[int]:
    """How many blocks back the last set flag is, or FAR_AWAY."""
    distances, last = [], None
    for index, flag in enumerate(flags):
        distances.append(FAR_AWAY if last is None else min(index - last, FAR_AWAY - 1))
        if flag:
            last = index
    return distances


def _sums(values: Sequence[int]) -> list[int]:
    """Running totals, one longer than `values`: sums[b] - sums[a] is the total of values[a:b]."""
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


# Own features that are worth weighing anew once the first verdicts are known.
KEPT_FOR_SECOND_LOOK = (
    "words",
    "function words",
    "capitals",
    "ends",
    "strong",
    "said",
    "you",
    "repeated",
    "listed",
    "heading",
    "breaks off",
    "so long ago",
    "dateline",
    *(f"looks like {look.value}" for look in Look if look),
)
_IN_THE_RUN = 0.4  # least probability of a block that lends its words to the run
LARGEST_LOGIT = 9.2  # log of a probability of .9999 over its complement


def second_look(
    blocks: Sequence[TextBlock], rows: Sequence[Features], probabilities: Sequence[float]
) -> list[Features]:
    """Features from the first verdicts: smoothed, near the strongest run, sharing words with it."""
    words = [len(block.text.split()) for block in blocks]
    logits = [
        max(-LARGEST_LOGIT, min(LARGEST_LOGIT, math.log((p + 1e-9) / (1 - p + 1e-9)))) for p in probabilities
    ]
    first, last = _strongest_run(words, probabilities)
    vocabularies = [content_words(block.text) for block in blocks]
    lenders = [
        first <= index <= last and probability > _IN_THE_RUN
        for index, probability in enumerate(probabilities)
    ]
    spread = Counter(chain.from_iterable(compress(vocabularies, lenders)))
    logit_sums, word_sums = _float_sums(logits), _sums(words)
    found = []
    for index in range(len(blocks)):
        row = {name: rows[index][name] for name in KEPT_FOR_SECOND_LOOK if name in rows[index]}
        row["first verdict"] = logits[index]
        for reach in (1, 3, 7):
            row[f"verdicts {reach} around"] = _mean_around(logits, logit_sums, index, reach)
        row |= _run_features(index, first, last, words, word_sums)
        row |= _overlap_features(vocabularies[index], spread, lenders[index], first <= index <= last)
        found.append(row)
    return found


def content_words(text: str) -> frozenset[str]:
    """The words of a text that are no function words, in small letters."""
    return frozenset(_LETTERS.findall(text.lower())) - FUNCTION_WORDS


def _strongest_run(words: Sequence[int], probabilities: Sequence[float]) -> tuple[int, int]:
    """First and last block of the stretch with the largest sum of (probability - .4) times root of words."""
    best, total, start, run = 0.0, 0.0, 0, (0, 0)
    for index, (count, probability) in enumerate(zip(words, probabilities, strict=True)):
        if total <= 0:
            total, start = 0.0, index
        total += (probability - _IN_THE_RUN) * math.sqrt(count)
        if total > best:
            best, run = total, (start, index)
    return run


def _mean_around(values: Sequence[float], sums: Sequence[float], index: int, reach: int) -> float:
    low, high = max(0, index - reach), min(len(values), index + reach + 1)
    return (sums[high] - sums[low] - values[index]) / max(1, high - low - 1)


def _run_features(
    index: int, first: int, last: int, words: Sequence[int], word_sums: Sequence[int]
) -> Features:
    inside = first <= index <= last
    blocks_away = max(first - index, index - last, 0)
    words_away = (
        word_sums[index] - word_sums[last + 1] if index > last else word_sums[first] - word_sums[index + 1]
    )
    return {
        "in the run": float(inside),
        "in the run, 8 words or more": float(inside and words[index] >= 8),
        "blocks from the run": min(blocks_away, 20) / 10,
        "words from the run": 0.0 if inside else math.log1p(words_away) / 4,
        "after the run": float(index > last),
    }


def _overlap_features(
    vocabulary: frozenset[str], spread: Counter[str], lends: bool, inside: bool
) -> Features:
    counts = [spread[word] - lends for word in vocabulary if word in spread]
    once = sum(count > 0 for count in counts) / max(4, len(vocabulary))
    twice = sum(count > 1 for count in counts) / max(4, len(vocabulary))
    return {
        "shared words": once,
        "often shared words": twice,
        "off topic outside": float(not inside and once < 0.25),
    }


def _float_sums(values: Sequence[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums
