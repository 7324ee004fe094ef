"""Words of the archive that a word may be a misspelling of."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection
from django.db.models import Max

from archive.models import SearchRow
from archive.search.near_words import NearWords
from archive.search.suggestions import edits_forgiven, known_words

MOST_SPELLINGS = 4
_READ = 1_000  # newest articles whose words are known, besides those of all names
_GROWN = 50  # the words are read anew when the archive has grown by one in so many

_WORDS = """
    SELECT word FROM ts_stat('SELECT vector FROM archive_searchrow ORDER BY article_id DESC LIMIT {limit}')
    WHERE ndoc > 1 AND word !~ '[:0-9]'
"""


def spellings(form: str) -> list[str]:
    """The words nearest to a folded word, the nearest first; none for a word too short to tell."""
    edits = edits_forgiven(form)
    if not edits:
        return []
    newest = SearchRow.objects.aggregate(newest=Max("pk"))["newest"] or 0
    near = known_words().near(form, edits)
    near |= _words(newest - newest % max(1, newest // _GROWN)).near(form, edits)
    near.pop(form, None)
    return sorted(near, key=lambda word: (near[word], word))[:MOST_SPELLINGS]


@lru_cache(maxsize=2)
def _words(imported: int) -> NearWords:
    """Words of the newest articles; `imported`, a number of an article, has them read anew."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS.format(limit=_READ))
        return NearWords([row[0] for row in cursor.fetchall()])
