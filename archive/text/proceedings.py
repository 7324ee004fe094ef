"""How far a case has come before the law: "arrested", "found guilty", "gets four years".

The arrest and the sentence of one man are told in the same words of the same people, but for these.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_FIRST_SENTENCE = re.compile(r"[^\n]{0,350}?(?:[.!?](?=\s)|$)", re.MULTILINE)


def stages(title: str, lead: str) -> frozenset[str]:
    """The stages that a headline and the first sentence name; both folded."""
    first = _FIRST_SENTENCE.match(lead.lstrip())
    return _named(title) | _named(first.group() if first else "")


def _named(text: str) -> frozenset[str]:
    return frozenset(stage for stage, words in _stages().items() if words.search(text))


@cache
def _stages() -> dict[str, re.Pattern[str]]:
    source = resources.files("archive.text.rules").joinpath("proceedings.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        stage: re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
        for stage, forms in table["stages"].items()
    }
