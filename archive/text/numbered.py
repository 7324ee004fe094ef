"""What tells one of a series from the next: "Crew-2", "magnitude 6.9", "for a second time"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from archive.text import words

AGAIN = "*"  # stands among the stems for something done again

_NAME = re.compile(r"\b(?P<name>[A-Z][A-Za-z]+)[- ](?P<number>\d{1,2})\b(?![.,:/%-]\d|%| ?percent|[a-z])")
_MAGNITUDE = re.compile(
    r"\bmagnitude[- ](?:of )?(?P<behind>[4-9](?:\.\d)?)\b"
    r"|\b(?P<before>[4-9](?:\.\d)?)[- ](?:magnitude|Richter)",
    re.IGNORECASE,
)
_FIRST_SENTENCE = re.compile(r".{0,350}?(?:[.!?](?=\s)|$)", re.DOTALL)
_ORDINAL = re.compile(
    r"\b(?:second|third|fourth|2nd|3rd|another|fresh)[- ](?P<what>(?:[\w'-]+ ?){1,3})", re.IGNORECASE
)
_ONCE_MORE = re.compile(
    r"\b(?:(?:second|third|fourth|2nd|3rd)(?: straight| consecutive)? (?:time|month|week|day|year|quarter)"
    r"|again|anew|twice|once more)\b",
    re.IGNORECASE,
)
_IS_NOT_FIRST = re.compile(
    r"\b(?:second|third|fourth|2nd|3rd|another|again|fresh|anew|twice|once more|latest)\b", re.IGNORECASE
)


def numbered(folded: str) -> frozenset[str]:
    """Names with the number behind them, in small letters: "crew 2"."""
    found = ((match["name"].lower(), int(match["number"])) for match in _NAME.finditer(folded))
    return frozenset(f"{name} {number}" for name, number in found if name not in _no_names())


def magnitude(folded: str) -> float:
    """The strength of the earthquake that a text names first, 0 for none."""
    match = _MAGNITUDE.search(folded)
    return float(match["behind"] or match["before"]) if match else 0.0


def repeats(title: str, lead: str) -> frozenset[str]:
    """The stems of what headline and first sentence, both folded, call a second one, and AGAIN."""
    first = _FIRST_SENTENCE.match(lead.lstrip())
    told = f"{title} . {first.group() if first else ''}"
    stems = {token.stem for match in _ORDINAL.finditer(told) for token in words.tokens(match["what"])}
    return frozenset(stems | ({AGAIN} if _ONCE_MORE.search(told) else set()))


def is_not_first(folded: str) -> bool:
    """Whether a text speaks of a second, third or latest of anything."""
    return bool(_IS_NOT_FIRST.search(folded))


@cache
def _no_names() -> frozenset[str]:
    source = resources.files("archive.text.rules").joinpath("numbered.toml")
    return frozenset(tomllib.loads(source.read_text(encoding="utf-8"))["no_names"].split())
