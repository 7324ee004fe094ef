"""Names of authors as pages print them, without what layouts put around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.text.lexicon import lexicon

LONGEST_NAME = 120
_SPACES = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")
BY = re.compile(
    r"^\s*(?:(?:(?:written|posted|words|story|analysis|opinion|comment(?:ary)?|perspective|review|interview"
    r"|report(?:ing|ed)?) )?by|authors?)(?:\s*:|\s)\s*",
    re.IGNORECASE,
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
# What layouts put into one line with a name.
_BEHIND_NAME = re.compile(
    r"\s*[|•·(–—].*|\s-\s.*"
    r"|\W*\b(?:(?:last |medically )?(?:updated|reviewed|edited|published|posted)|fact.checked).*|\s\d.*"
    rf"|,? (?:on )?{_MONTH}$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\.com\b|https?:|@|^(?:admin|administrator|editor|staff|webmaster|unknown|none|null|anonymous|on)$"
    rf"|^(?:on )?{_MONTH}$|^[\W\d_]+$",
    re.IGNORECASE,
)
_PARTICLE = r"(?:de|der|den|van|von|la|el|al|bin|da|di|dos|du|ter|ten|zu|y)"
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_FULL_NAME = re.compile(rf"{_NAME_WORD}(?: (?:{_PARTICLE} )*{_NAME_WORD}){{1,3}}")
_SMALL_WORD = re.compile(rf"(?<!\S)(?!{_PARTICLE}(?!\S))[a-zà-öø-ÿ]")

_JOB = re.compile(
    r"\b(?:editors?|reporters?|writers?|correspondents?|columnists?|contributors?|producers?|analysts?)"
    r"(?:[- ]at[- ]large)?$",
    re.IGNORECASE,
)


def person(name: str) -> str:
    """A name without what layouts put around it; "" if it is none."""
    name = _BEHIND_NAME.sub("", BY.sub("", line_of(name))[:500]).strip(" ,;|")
    first = name.split(",")[0].strip()
    if first != name and is_full_name(first):  # "Jane Roe, trial attorney"
        name = first
    short = 0 < len(name) <= LONGEST_NAME
    return name if short and folded(name) and not _NO_AUTHOR.search(name) else ""


def is_full_name(text: str) -> bool:
    """Whether a text is made as a first name and a surname are, and holds nothing else."""
    return _FULL_NAME.fullmatch(text) is not None


def is_usual(name: str) -> bool:
    """Whether a full name begins with a usual first name and does not end as places, papers and things do."""
    words, known = name.lower().split(), lexicon()
    things = known.common | known.newspapers | known.places
    in_capitals = any(len(word) > 1 and word.isupper() for word in name.split()) and not name.isupper()
    return (
        is_full_name(name)
        and not in_capitals
        and words[0] in known.given
        and (words[-1] in known.family or words[-1] not in things)
    )


def is_somebody(site: str) -> bool:
    """Whether the name of a site is a person's, who then writes it: a usual first name and a surname."""
    words, known = site.lower().split(), lexicon()
    things = known.common | known.newspapers | known.places
    return len(words) == 2 and is_usual(site) and words[1] not in known.given | things


def without_jobs(names: Sequence[str]) -> list[str]:
    """Names that stand in one list, without what only describes them ("horticulture educators")."""
    people = [name for name in names if not _SMALL_WORD.search(name) and not _JOB.search(name)]
    surely = any(is_full_name(name) and not name.startswith("The ") for name in people)
    return people if surely else list(names)


def folded(text: str) -> str:
    """A text as names and titles are compared: letters and digits, small."""
    return _NOT_LETTERS.sub("", text).lower()


def line_of(text: str) -> str:
    """A text in one line, with single spaces."""
    return _SPACES.sub(" ", text).strip()
