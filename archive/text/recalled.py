"""What an article recalls of weeks or years before: "a week ago a quake killed 31 people".

An article that recalls what another reports tells of something later; no day of publication is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COUNT = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|several|some|many|few)"
)
_BACK = re.compile(
    rf"\b(?:{_COUNT} (?:week|month|year)s? (?:ago|after|earlier|before|since)"
    r"|(?:weeks|months|years|days) (?:ago|after|earlier|since)"
    r"|(?:[4-9]|four|five|six|seven|eight|nine|ten) days (?:ago|after|earlier|since)"
    r"|last (?:week|month)(?:'s)?"
    r"|anniversary of"
    r"|earlier this (?:month|year))\b"
)
_TOLD = re.compile(r"[^,.;:!?\n\"()]{0,160}")
_TOLD_BEFORE = re.compile(r"[^,.;:!?\n\"()]*$")
_MOST_BEFORE = 120  # characters of the clause before the words of time
_WORD = re.compile(r"\w{3}")


def spans(folded: str) -> Iterator[tuple[int, int]]:
    """Where a folded text tells of weeks or years before: behind words of time, or else before them."""
    low = folded.replace("İ", "I").lower()  # the one letter that grows when it is made small
    for match in _BACK.finditer(low):
        after = _TOLD.match(folded, match.end())
        if after and _WORD.search(after.group()):
            yield match.end(), after.end()
        elif before := _TOLD_BEFORE.search(folded, max(0, match.start() - _MOST_BEFORE), match.start()):
            yield before.start(), match.start()
