"""The words and filters of an article as one tsvector, which one GIN index answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from archive.text.folding import forms

LAYOUT = 2  # of the vectors made here; rows of an older layout are made anew by `up`

# One text in so many, with all its copies; each sample lies in the one before it.
SAMPLES = (10, 100, 1000)

# What begins every lexeme that is no plain word of the text: no word that is asked for, nor any beginning
# of one, matches it.
_MARK = ":"
HEADLINE = f"{_MARK}ti:"
BYLINE = f"{_MARK}by:"

# Words between headline, bylines and body: no phrase and no nearness reaches across.
GAP = 100

# PostgreSQL refuses a tsvector of a mebibyte; the words of a text beyond this size are not searchable.
_LARGEST_VECTOR = 900_000  # bytes
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")


def vector_text(headline: str, body: str, filters: Iterable[str], byline: Sequence[str] = ()) -> str:
    """The tsvector of an article as PostgreSQL reads it, its words folded as queries and highlights are.

    Args:
        headline: its words weigh A, and stand a second time as ":ti:word", where "title:" finds them.
        body: its words weigh D.
        filters: lexemes of `filter_lexemes`, `sample_lexemes` and `language_lexeme`.
        byline: authors and agencies, whose words are found by "by:" alone.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    size = 0
    first = 1
    bylines = ((name, BYLINE, "") for name in byline)
    for text, start, weight in ((headline, HEADLINE, ""), (headline, "", "A"), *bylines, (body, "", "")):
        last = first
        for printed, position in forms(text):
            last = first + position
            form = start + printed
            found = places[form]
            size += 2 if found else len(form.encode()) + 8
            if size > _LARGEST_VECTOR:
                break
            found.append(f"{last}{weight}")
        first = last + GAP
    lexemes = [f"'{form}':{','.join(found)}" for form, found in places.items() if found]
    return with_filters(" ".join(lexemes), filters)


def with_filters(vector: str, filters: Iterable[str]) -> str:
    """The text of a vector with lexemes of filters added."""
    return " ".join([*([vector] if vector else []), *(f"'{lexeme}'" for lexeme in filters)])


def filter_lexemes(
    outlet_id: int | None, event_id: int | None, entity_ids: Iterable[int], published: datetime | None
) -> list[str]:
    """What a search row is filtered by and may change, as lexemes: outlet, event, entities, month."""
    lexemes = [entity_lexeme(entity_id) for entity_id in entity_ids]
    if outlet_id is not None:
        lexemes.append(outlet_lexeme(outlet_id))
    if event_id is not None:
        lexemes.append(event_lexeme(event_id))
    if published is not None:
        lexemes.append(month_lexeme(published))
    return lexemes


def sample_lexemes(number: int) -> list[str]:
    """The samples that an article is in.

    Copies of a text are in the same ones: else a sample would have one of many copies each time, and whoever
    counts texts in it would take nearly every copy for a text of its own.

    Args:
        number: of the text that it is a copy of, of the article itself if it is none.
    """
    # Fibonacci hashing: numbers in a row fall far apart, so that no habit of an import shows in a sample.
    place = (number * 2_654_435_761) % 2**32 / 2**32
    return [sample_lexeme(size) for size in SAMPLES if place < 1 / size]


def primary_language(tag: str) -> str:
    """The language of a tag, without country and script: "en" of "en-GB"; "" if it is none."""
    found = _LANGUAGE.match(tag.strip().lower())
    return found.group() if found else ""


def entity_lexeme(entity_id: int) -> str:
    """The lexeme of the articles that name an entity."""
    return f"{_MARK}ent:{entity_id}"


def outlet_lexeme(outlet_id: int) -> str:
    """The lexeme of an outlet's articles."""
    return f"{_MARK}out:{outlet_id}"


def event_lexeme(event_id: int) -> str:
    """The lexeme of an event's articles."""
    return f"{_MARK}evt:{event_id}"


def month_lexeme(moment: datetime) -> str:
    """The lexeme of the articles of a month (in UTC)."""
    return f"{_MARK}mon:{moment:%Y-%m}"


def language_lexeme(language: str) -> str:
    """The lexeme of the articles in a language."""
    return f"{_MARK}lng:{language}"


def sample_lexeme(size: int) -> str:
    """The lexeme of the articles of one text in `size`."""
    return f"{_MARK}smp:{size}"
