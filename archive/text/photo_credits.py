"""Where a line says whose picture it shows: "Photo: Ann Lee", "(Ann Lee/AP)", "© Ann Lee/Agency"."""

from __future__ import annotations

import re

# A credit runs to the end of its line and is short. A year behind the sign of copyright is the outlet's own,
# and an address behind "Source:" is no picture's.
_CREDIT = re.compile(
    r"(?:\b(?:images?|photos?|photographs?|pictures?|credits?|illustration|source|video)\s?"
    r"(?:credit|by|courtesy(?: of)?|source|copyright)?\s?[:©](?!\s?(?:https?:|www\.|\d{4}))"
    r"|\b(?:image|photo|media|video) (?:copyright|source|credit)[,\s]|©(?!\s?\d{4})"
    r"|\b(?:photo(?:graph)?s?|pictures?) (?:by|courtesy of)\b|\bcredit(?:\.{2,3}|…)"
    r"|\b(?:AP|AFP|EPA|REUTERS|Reuters|Getty)/(?=\w))[^\n]{1,60}$"
    r"|[(\[](?:(?:file )?photos?|image|picture|ap|reuters|getty|afp|credit|courtesy|submitted by|supplied)\b"
    r"[^()\[\]]{0,80}[)\]]\s*$"
    r"|[(\[][^()\[\]]{0,60}(?:/|getty|reuters|via ap|afp|associated press)[^()\[\]]{0,60}[)\]]\s*$"
    r"|(?-i:[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,2})/(?-i:AP|AFP|EPA|Reuters|Getty)\b[^\n]{0,30}$"
    r"|^\W*(?-i:[A-Z][\w.'’-]{1,20} (?:[A-Z][\w.'’-]{1,20} )?)?[/|] ?(?-i:[A-Z])[^\n]{1,50}$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^\W*(?:(?:file )?(?:images?|photos?|photographs?|pictures?|credits?|illustration)\b.{0,12}[:©]"
    r"|photo(?:graph)?s? (?:by|courtesy of)\b|credit(?:\.{2,3}|…)|©(?!\s?\d{4}))",
    re.IGNORECASE,
)


def find_credit(text: str) -> int | None:
    """Where in a caption the credit of its picture begins, or None."""
    match = _CREDIT.search(text)
    return None if match is None else match.start()


def is_credit_alone(text: str) -> bool:
    """Whether a line is the credit of a picture and nothing else."""
    return _ALONE.match(text) is not None
