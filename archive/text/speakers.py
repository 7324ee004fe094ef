"""Which printed source speaks the words of a quotation: the likeliest of the candidates, if it is sure."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from archive.text.speaker_candidates import Candidate

_SURE = 0.5  # a speaker is believed who is likelier than all others together; else the quotation has none


def likeliest(found: Sequence[Candidate]) -> Candidate | None:
    """The candidate that speaks, None where none is sure.

    The probability is that of a conditional logit model over the candidates: each one's weights are summed,
    and the shares of their exponentials compared with each other and with that of nobody.
    """
    if not found:
        return None
    weights = _weights()
    scores = [sum(weights.get(feature, 0.0) for feature in candidate.features) for candidate in found]
    best = max(range(len(found)), key=lambda index: (scores[index], -index))
    total = sum(math.exp(score - scores[best]) for score in scores)
    return found[best] if 1 / total >= _SURE else None


@cache
def _weights() -> dict[str, float]:
    source = resources.files("archive.text.rules").joinpath("speakers.toml").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(source)["weights"].items()}
