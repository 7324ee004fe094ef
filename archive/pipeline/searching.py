"""What search reads: one step that makes an article's search row from what is stored, whenever it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction

from archive.models import Article, Mention, SearchRow
from archive.models.search_vector import (
    LAYOUT,
    filter_lexemes,
    language_lexeme,
    primary_language,
    sample_lexemes,
    vector_text,
    with_filters,
)
from archive.pipeline import ledger
from archive.pipeline.report import Report
from archive.text.folding import words

_AT_ONCE = 500  # articles held in memory together


class _Place(NamedTuple):
    """What of an article stands in its row beside its words and its language."""

    outlet_id: int | None
    event_id: int | None
    entity_ids: list[int]
    published: datetime | None
    text_id: int | None

    def lexemes(self, article_id: int) -> list[str]:
        """What the row of an article is filtered by and may change."""
        filters = filter_lexemes(self.outlet_id, self.event_id, self.entity_ids, self.published)
        return filters + sample_lexemes(article_id if self.text_id is None else self.text_id)


def run(article_ids: Collection[int], ready: Mapping[int, str] = MappingProxyType({})) -> Report:
    """Make the search rows of these articles anew; those of texts that a newer version replaced say so.

    `ready` has the words of some of them, as `words_of` gives them.
    """
    made = 0
    for part in _parts(article_ids):
        articles = list(Article.objects.filter(pk__any_of=part).only(*_PLACE, *_PRINTED))
        places = _places(articles)
        rows = [_row(article, places[article.pk], ready.get(article.pk)) for article in articles]
        _execute(_WRITE, rows)
        made += len(rows)
    settle(made)
    return Report("Search rows", {"made": made})


def renew(watch: Callable[[int, int], object] = lambda done, of: None) -> Report:
    """Make the rows anew whose layout is an older one, in pieces; safe to break off and repeat."""
    old = list(SearchRow.versions.exclude(layout=LAYOUT).values_list("pk", flat=True).order_by("pk"))
    made = 0
    for part in _parts(old):
        with transaction.atomic():
            ledger.wait_for_turn()
            made += run(part).counts["made"]
        watch(made, len(old))
    return Report("Search rows", {"made anew": made})


def refresh_filters(article_ids: Collection[int]) -> Report:
    """Bring dates, outlets, events and names of search rows in line; their words stay as they are."""
    changed = 0
    for part in _parts(article_ids):
        places = _places(list(Article.objects.filter(pk__any_of=part).only(*_PLACE)))
        rows = []
        for row in SearchRow.versions.filter(article__any_of=places).defer("vector"):
            old = _Place(row.outlet_id, row.event_id, row.entity_ids, row.published, row.text_id)
            new = places[row.pk]
            if old != new:
                before, after = old.lexemes(row.pk), new.lexemes(row.pk)
                rows.append((row.pk, *_columns(new), " ".join(before), " ".join(after)))
        _execute(_REFRESH, rows)
        changed += len(rows)
    settle(changed)
    return Report("Search filters", {"changed": changed})


_PLACE = ("pk", "published", "outlet", "event", "text_group")
_PRINTED = ("headline", "body", "authors", "agencies", "language", "newest")

_WRITE = """
    INSERT INTO archive_searchrow
        (article_id, published, outlet_id, event_id, entity_ids, text_id, language, layout, newest, vector)
    SELECT id, published, outlet, event, string_to_array(entities, ' ')::bigint[], text, language, layout,
        newest, vector::tsvector
    FROM unnest(
        %s::bigint[], %s::timestamptz[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[],
        %s::smallint[], %s::boolean[], %s::text[]
    ) AS new(id, published, outlet, event, entities, text, language, layout, newest, vector)
    ON CONFLICT (article_id) DO UPDATE SET
        published = excluded.published, outlet_id = excluded.outlet_id, event_id = excluded.event_id,
        entity_ids = excluded.entity_ids, text_id = excluded.text_id, language = excluded.language,
        layout = excluded.layout, newest = excluded.newest, vector = excluded.vector
"""
_REFRESH = """
    UPDATE archive_searchrow AS stored SET
        published = new.published, outlet_id = new.outlet, event_id = new.event,
        entity_ids = string_to_array(new.entities, ' ')::bigint[], text_id = new.text,
        vector = ts_delete(stored.vector, string_to_array(new.before, ' '))
            || array_to_tsvector(string_to_array(new.after, ' '))
    FROM unnest(
        %s::bigint[], %s::timestamptz[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[],
        %s::text[]
    ) AS new(id, published, outlet, event, entities, text, before, after)
    WHERE stored.article_id = new.id
"""


def articles_that_print(form: str) -> set[int]:
    """Articles whose newest version has these words beside each other, however they are cased."""
    forms = [word.form for word in words(form) if word.length == 1]
    if not forms:
        return set()
    phrase = " <-> ".join(f"'{form}'" for form in forms)
    rows = SearchRow.objects.filter(vector=SearchQuery(phrase, search_type="raw", config="simple"))
    return set(rows.values_list("article", flat=True))


def _execute(statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def settle(changed: int) -> None:
    """Sort what was written into the index of words, at once: until then every search reads through it."""
    if changed:
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_vector')")


def words_of(headline: str, body: str, authors: Sequence[str], agencies: Sequence[str]) -> str:
    """The words that an article is found by, as the text of a vector without filters."""
    return vector_text(headline, body, (), [*authors, *agencies])


def _row(article: Article, place: _Place, ready: str | None) -> tuple[object, ...]:
    """What `_WRITE` stores of an article."""
    language = primary_language(article.language)
    filters = [*place.lexemes(article.pk), *([language_lexeme(language)] if language else [])]
    if ready is None:
        ready = words_of(article.headline, article.body, article.authors, article.agencies)
    return (article.pk, *_columns(place), language, LAYOUT, article.newest, with_filters(ready, filters))


def _columns(place: _Place) -> tuple[object, ...]:
    entities = " ".join(map(str, place.entity_ids))
    return (place.published, place.outlet_id, place.event_id, entities, place.text_id)


def _places(articles: Sequence[Article]) -> dict[int, _Place]:
    named: defaultdict[int, list[int]] = defaultdict(list)
    mentions = Mention.objects.filter(article__in=articles).exclude(entity=None).order_by("entity")
    for article, entity in mentions.values_list("article", "entity").distinct():
        named[article].append(entity)
    return {
        article.pk: _Place(
            article.outlet_id, article.event_id, named[article.pk], article.published, article.text_group_id
        )
        for article in articles
    }


def _parts(article_ids: Collection[int]) -> Iterable[list[int]]:
    wanted = sorted(article_ids)
    for first in range(0, len(wanted), _AT_ONCE):
        yield wanted[first : first + _AT_ONCE]
