"""What follows from one raw text alone: the clean article, its names, its profile. Any process can do it.

Nothing here asks the database, so that the long part of an import needs no turn to write and runs in as many
processes as there are processors. Whoever stores it checks that what it was made from still holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from archive.pipeline import annotating
from archive.pipeline.annotating import Rows
from archive.pipeline.filling import Derived, derived_of
from archive.pipeline.searching import words_of
from archive.text import cleaning
from archive.text.authority import Authority, AuthorityEntry
from archive.text.lines import JudgedLine
from archive.text.profiles import Profile, Story, profile
from archive.text.types import CleanArticle, Facts, Precision

NO_BODY = (
    "No article text was found in it, only what surrounds one (menus, captions, short lines); "
    "check that the text of the article is in the file."
)


class Names(NamedTuple):
    """What curators' judgements add to the shipped names, and the aliases that they take from entries."""

    added: tuple[AuthorityEntry, ...] = ()
    split: frozenset[tuple[str, str]] = frozenset()


class Wanted(NamedTuple):
    """A raw text, what is stated of it, and its content key."""

    text: str
    facts: Facts
    key: str


class Prepared(NamedTuple):
    """A text's clean article, or why there is none, and what follows from it.

    `names` are those that held beside the shipped ones when the rows were made.
    """

    cleaned: CleanArticle | str
    names: Names
    rows: Rows
    profile: Profile | None
    search_words: str  # archive.pipeline.searching.words_of


def clean(text: str, facts: Facts, lines: Sequence[JudgedLine] = ()) -> CleanArticle | str:
    """Clean one raw text; instead of an error its reason as a sentence, so that no text stops the others."""
    try:
        cleaned = cleaning.clean(text, facts, lines)
    except Exception as error:
        return (
            f"The text could not be read as an article ({type(error).__name__}: {error}); "
            "please report this with the file."
        )
    return cleaned if cleaned.body.strip() else NO_BODY


def prepare(wanted: Wanted, names: Names) -> Prepared:
    """Everything that follows from one text."""
    cleaned = clean(wanted.text, wanted.facts)
    if isinstance(cleaned, str):
        return Prepared(cleaned, names, Rows(), None, "")
    rows = annotating.read(cleaned.body, cleaned.blocks, wanted.key, authority_with(names))
    derived = derived_of(cleaned)
    found = words_of(derived.headline, cleaned.body, derived.authors, derived.agencies)
    return Prepared(cleaned, names, rows, _profile(cleaned, derived, rows), found)


@lru_cache(2)
def authority_with(names: Names) -> Authority:
    """The shipped names as judged."""
    authority = Authority.shipped().without(names.split)
    return authority.with_entries(names.added) if names.added else authority


def _profile(cleaned: CleanArticle, derived: Derived, rows: Rows) -> Profile | None:
    """The profile for grouping without its id; None where a rule fails on the text: grouping says so."""
    known = derived.published_precision in (Precision.MINUTE, Precision.DAY)
    published = derived.published.date() if derived.published and known else None
    try:
        story = Story("", derived.headline, cleaned.body, published, rows.keys, rows.quoted)
        return profile(story._replace(figures=rows.amounts))
    except Exception:
        return None
