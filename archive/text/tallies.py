"""Results as two numbers beside one another: "beat Orsund 2-1", "passed by 72 votes to 70".

Two votes of one house and two matches of the same teams share their words, but not their result.
"""

from __future__ import annotations

import re

_TALLY = re.compile(
    r"(?<![\w.,$£€-])(?P<one>\d{1,4})(?:-| (?:[a-z]+ ){0,2}(?:to|against) )(?P<other>\d{1,4})"
    r"(?![\w-]|[.,]\d| ?%| percent)"
)
# What makes two numbers a result: without it they may be a range, an age or a time of day.
_RESULT = re.compile(
    r"\b(?:beat(?:s|en)?|defeat\w*|won|wins?|victory|los[et]s?|losing|draw|drew|draws|equalis\w*|vot(?:es?|ed|ing)"
    r"|pass(?:es|ed)?|approv\w*|reject\w*|fail(?:s|ed)?|scor\w*|match|game|majority|deputies|parliament)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 80, 30  # characters in which it stands
_YEARS = range(1900, 2100)


def tallies(folded: str) -> frozenset[str]:
    """The results in a folded text, the greater number first."""
    return frozenset(_in_order(folded))


def own_results(title: str, lead: str) -> frozenset[str]:
    """The results that are of an article's own event: those of its headline, or else the first."""
    return tallies(title) or frozenset(_in_order(lead)[:1])


def _in_order(folded: str) -> list[str]:
    found = (
        (int(match["one"]), int(match["other"]))
        for match in _TALLY.finditer(folded)
        if _RESULT.search(folded, max(0, match.start() - _BEFORE), match.end() + _AFTER)
    )
    return [f"{max(pair)}-{min(pair)}" for pair in found if pair[0] not in _YEARS and pair[1] not in _YEARS]
