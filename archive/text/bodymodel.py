"""Which blocks of a page are its article: two weighings of what speaks for each, then the best path.

Method: logistic regression over the features of archive.text.blockfeatures, a second one that also sees the
first one's verdicts, and a two-state Viterbi over the page. The weights stand in rules/body_model.toml with
the data that they were fitted on; pages that came as one flat line have weights of their own.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from archive.text.blockfeatures import NEVER_PROSE, Features, first_look, measure, second_look
from archive.text.blocks import CLEAN_SHARE, TextBlock, prose_share
from archive.text.furniture import look_of

# Recall first: smoothing over neighbours may not drop a block of this many words that is this likely prose.
CONFIDENT, CONFIDENT_WORDS = 0.8, 10
# The longest of 264 dumps of pages has 415 blocks. Beyond this limit a "page" is a list or a log: only what
# is prose by itself is kept, so that no text takes longer than its length warrants.
MOST_BLOCKS = 10_000
LENIENCY = (
    2.5  # added to logits on clean pages; of 1.5, 2.5 and 4 the one with the best F1 on scraped articles
)
# A page with no stretch of body keeps the blocks whose logit is this near to the best one's.
LIKELIEST = 1.5


class Weights(NamedTuple):
    """A fitted model: weights by feature name and the costs of the path."""

    first: Mapping[str, float]
    first_bias: float
    second: Mapping[str, float]
    second_bias: float
    shift: float  # added to every block's logit: above 0 keeps more
    stay: float  # what it costs to change between body and other


class Verdict(NamedTuple):
    """Whether a block is body, and how likely that is by itself (0 to 1)."""

    body: bool
    probability: float


def judge(blocks: Sequence[TextBlock]) -> list[Verdict]:
    """Decide for each block of a page whether it is body text."""
    if not blocks:
        return []
    if len(blocks) > MOST_BLOCKS:
        return [Verdict(strong, float(strong)) for strong in (measure(block).strong for block in blocks)]
    weights = _weights("flat" if is_flat(blocks) else "lines")
    rows = first_look(blocks)
    first = [probability(logit(row, weights.first, weights.first_bias)) for row in rows]
    seconds = second_look(blocks, rows, first)
    logits = [logit(row, weights.second, weights.second_bias) for row in seconds]
    if prose_share(block.text for block in blocks) >= CLEAN_SHARE:
        logits = [_leniently(block, value) for block, value in zip(blocks, logits, strict=True)]
    path = choose(logits, weights.shift, weights.stay)
    return [
        Verdict(on_path or _is_confident(block, likely), likely)
        for block, on_path, likely in zip(blocks, path, map(probability, logits), strict=True)
    ]


def is_flat(blocks: Sequence[TextBlock]) -> bool:
    """Whether most of the page came without line ends."""
    return sum(block.flat for block in blocks) > len(blocks) / 2


def _leniently(block: TextBlock, logit: float) -> float:
    """On a page that is prose from end to end, what does not look like furniture is body."""
    look = look_of(block.text).look
    return logit if look else logit + LENIENCY


def _is_confident(block: TextBlock, likely: float) -> bool:
    if likely <= CONFIDENT or len(block.text.split()) < CONFIDENT_WORDS:
        return False
    return look_of(block.text).look not in NEVER_PROSE


def logit(row: Features, weights: Mapping[str, float], bias: float) -> float:
    """The weighed sum of a block's features; features without a weight do not count."""
    return bias + sum(value * weights.get(name, 0.0) for name, value in row.items() if value)


def probability(logit: float) -> float:
    """The logistic function, safe for any size of argument."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def choose(logits: Sequence[float], shift: float, stay: float) -> list[bool]:
    """The best path; where it keeps nothing, the likeliest blocks: a page is given because it has a text."""
    path = best_path(logits, shift, stay)
    if any(path):
        return path
    least = max(logits) - LIKELIEST
    return [value >= least for value in logits]


def best_path(logits: Sequence[float], shift: float, stay: float) -> list[bool]:
    """The most likely sequence of body and other when each change costs `stay`. Source: Viterbi 1967."""
    scores = (0.0, 0.0)
    came_from: list[tuple[bool, bool]] = []
    for value in logits:
        gain = (value + shift) / 2
        from_body_to_other = scores[1] - stay > scores[0]
        from_body_to_body = scores[1] >= scores[0] - stay
        other = (scores[1] - stay if from_body_to_other else scores[0]) - gain
        body = (scores[1] if from_body_to_body else scores[0] - stay) + gain
        scores = (other, body)
        came_from.append((from_body_to_other, from_body_to_body))
    state = scores[1] > scores[0]
    path = []
    for to_other, to_body in reversed(came_from):
        path.append(state)
        state = to_body if state else to_other
    return path[::-1]


@cache
def _weights(shape: str) -> Weights:
    text = resources.files("archive.text.rules").joinpath("body_model.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)[shape]
    return Weights(
        table["first"],
        table["first_bias"],
        table["second"],
        table["second_bias"],
        table["shift"],
        table["stay"],
    )
