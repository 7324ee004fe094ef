"""Raw articles to stored ones: each under one outcome, each at most once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import psycopg
from django.db import connection

from archive.models import Article, Entry, Run, Source
from archive.pipeline import bulk, identity, ledger
from archive.pipeline.filling import (
    clip,
    corrections_of,
    derived_of,
    fill,
    lines_of,
    story_id,
)
from archive.pipeline.identity import Finding, Known, Met
from archive.pipeline.items import Item, digest
from archive.pipeline.outlets import Outlets
from archive.pipeline.preparing import Prepared, clean
from archive.text.types import CleanArticle
from archive.text.versions import same_words

Outcome = Entry.Outcome


class Stored(NamedTuple):
    """What a batch came to: an entry for each item in order, and the articles whose text or facts changed."""

    entries: list[Entry]
    changed: list[int]
    replaced: list[int]  # articles that a new version replaced
    ready: dict[int, Prepared]  # what was made of the changed articles already, where it holds


def run(run: Run, items: Sequence[Item], *, clean_again: bool = False) -> Stored:
    """Store a batch of items. Must run inside a transaction that holds the turn to write.

    `clean_again` also cleans what is unchanged anew, for texts that an earlier version cleaned.
    """
    batch = Batch(items, met_in(run, items), clean_again)
    entries = [batch.take(item) for item in items]
    batch.write()
    return Stored(entries, batch.changed, batch.replaced, batch.ready)


def fill_again(article_ids: Collection[int], unlock: str = "") -> set[int]:
    """Read articles again from their raw texts, after a correction came or went.

    `unlock` is the field that it was about; "" if it was about lines of the text.
    """
    articles = Article.objects.filter(pk__in=article_ids)
    corrections = corrections_of({article.content_key for article in articles})
    lines = lines_of({article.content_key for article in articles})
    outlets = Outlets()
    for article in articles:
        cleaned = clean(article.raw, identity.facts(article.stated), lines[article.content_key])
        if isinstance(cleaned, CleanArticle):
            article.locked = [name for name in article.locked if name != unlock]
            fill(article, article.stated, cleaned, outlets, corrections[article.content_key])
            article.save()
    return set(article_ids)


def known_keys(keys: Collection[str]) -> set[str]:
    """Those of some content keys whose texts the archive has."""
    return set(Article.objects.filter(content_key__any_of=keys).values_list("content_key", flat=True))


def keep_sources(files: Sequence[bytes]) -> None:
    """Store the bytes of files, each once.

    The bytes go to the server as they are: written out in SQL they would take four times their memory.
    """
    by_digest = {digest(data): data for data in files}
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.executemany(_KEEP, [(name, data, len(data)) for name, data in by_digest.items()])


def source_ids(digests: Collection[str]) -> dict[str, int]:
    """The rows of kept bytes by their SHA-256."""
    return dict(Source.objects.filter(sha256__any_of=digests).values_list("sha256", "pk"))


_KEEP = """
    INSERT INTO archive_source (sha256, data, size, kept_at) VALUES (%s, %b, %s, now())
    ON CONFLICT (sha256) DO NOTHING
"""


def met_in(run: Run, items: Sequence[Item]) -> set[int]:
    """The articles with a text of one of these that a run has met already."""
    keys = {item.key for item in items}
    return set(run.entries.filter(article__content_key__in=keys).values_list("article", flat=True))


class Batch:
    """Items in order, each decided with what is stored and what the batch itself added before it."""

    def __init__(self, items: Sequence[Item], met: set[int], clean_again: bool) -> None:
        self.changed: list[int] = []
        self.replaced: list[int] = []
        self.ready: dict[int, Prepared] = {}
        self._clean_again = clean_again
        self._outlets = Outlets()
        self._met = met
        self._sources = source_ids({item.source for item in items})
        self._corrections = corrections_of({item.key for item in items})
        self._lines = lines_of({item.key for item in items})
        self._same_text = known_by_key({item.key for item in items})
        self._versions = newest_versions(items)
        self._new: list[Article] = []
        self._ids = self._numbers(len(items))

    def _numbers(self, count: int) -> Iterator[int]:
        return iter(bulk.next_ids(Article, count))

    def take(self, item: Item) -> Entry:
        """Decide what an item is and do what follows; the entry says so."""
        finding = identity.recognise(
            item.path, item.raw.block, item.said, self._same_text[item.key], self._met
        )
        if finding.met is Met.NEW:
            return self._take_new(item)
        if finding.met is Met.ELSEWHERE:
            return self._take_copy(item, finding)
        return self._take_known(item, finding)

    def write(self) -> None:
        """Store what the batch added, in one statement."""
        Article.objects.filter(pk__in=self.replaced).update(newest=False)
        bulk.copy_objects(self._new)

    def _take_known(self, item: Item, finding: Finding) -> Entry:
        assert finding.known is not None
        pk = finding.known.pk
        self._met.add(pk)
        outcome, reason = Outcome.UNCHANGED, ""
        if finding.met is Met.SAME_TEXT:
            outcome = Outcome.EXACT_COPY
            reason = f"The same text as {_named(finding.known, item)}."
        if finding.says_where_it_stood:
            reason += " Its article stands under this file now, whose outlet or address is known."
        elif finding.changes_what_is_stated:
            reason = f"{reason} What is stated of it was taken over.".strip()
        if finding.changes_what_is_stated or self._clean_again:
            self._refresh(item, finding)
        return self._entry(item, outcome, reason, pk)

    def _take_copy(self, item: Item, finding: Finding) -> Entry:
        assert finding.known is not None
        cleaned = self._cleaned(item, item.said)
        if isinstance(cleaned, str):
            return self._entry(item, Outcome.REJECTED, cleaned)
        article = self._add(item, cleaned, copy_of_id=finding.known.pk)
        reason = f"The same text as {_named(finding.known, item)}, under another address or outlet."
        return self._entry(item, Outcome.EXACT_COPY, reason, article.pk)

    def _take_new(self, item: Item) -> Entry:
        cleaned = self._cleaned(item, item.said)
        if isinstance(cleaned, str):
            return self._entry(item, Outcome.REJECTED, cleaned)
        before = self._version_before(item, cleaned)
        if before is None:
            article = self._add(item, cleaned)
            reason = "" if cleaned.headline else "No headline was found."
            return self._entry(item, Outcome.CREATED, reason, article.pk)
        headline = clip(cleaned.headline, 1000)
        if same_words(before.headline, headline) and same_words(before.body, cleaned.body):
            reason = "Only what surrounds the article has changed."
            return self._entry(item, Outcome.UNCHANGED, reason, before.pk)
        before.newest = False
        self.replaced.append(before.pk)
        article = self._add(item, cleaned, previous_id=before.pk)
        reason = f"Replaces the text of {_named(before, item)}."
        return self._entry(item, Outcome.NEW_VERSION, reason, article.pk)

    def _version_before(self, item: Item, cleaned: CleanArticle) -> Article | None:
        """The same address is the same article; without addresses, the same path, outlet and headline."""
        if item.said.get("url"):
            return self._versions.get(item.said["url"])
        before = self._versions.get((item.path, item.raw.block))
        same = before and cleaned.headline and before.headline == clip(cleaned.headline, 1000)
        if before and same and before.stated.get("outlet") == item.said.get("outlet"):
            return before
        return None

    def _cleaned(self, item: Item, said: dict[str, Any]) -> CleanArticle | str:
        lines = self._lines[item.key]
        if item.prepared and said == item.said and not lines:
            return item.prepared.cleaned
        return clean(item.raw.text, identity.facts(said), lines)

    def _keep_ready(self, article: Article, item: Item, cleaned: CleanArticle) -> None:
        """Take over what was made of the text, unless a curator's word or a later statement changed it."""
        prepared = item.prepared
        self.ready.pop(article.pk, None)
        if prepared is None or prepared.cleaned is not cleaned or prepared.profile is None:
            return
        derived = derived_of(cleaned)
        if derived == tuple(getattr(article, name) for name in derived._fields):
            profile = prepared.profile._replace(id=story_id(article))
            self.ready[article.pk] = prepared._replace(profile=profile)
            article.grouping = profile.to_json()

    def _add(self, item: Item, cleaned: CleanArticle, **links: int) -> Article:
        article = self._made(item, cleaned, links)
        self._new.append(article)
        self._met.add(article.pk)
        self._same_text[item.key].append(Known(article.pk, article.path, article.block, article.stated))
        self._versions[item.said.get("url") or (article.path, article.block)] = article
        self.changed.append(article.pk)
        return article

    def _made(self, item: Item, cleaned: CleanArticle, links: dict[str, int]) -> Article:
        article = Article(pk=next(self._ids), raw=item.raw.text, content_key=item.key, **links)
        self._place(article, item)
        fill(article, item.said, cleaned, self._outlets, self._corrections[item.key])
        self._keep_ready(article, item, cleaned)
        return article

    def _place(self, article: Article, item: Item) -> None:
        """Note from which bytes of which file an article was read."""
        article.source_id = self._sources[item.source]
        article.path, article.block = item.path, item.raw.block
        article.byte_start = item.raw.byte_start - item.source_start
        article.byte_end = item.raw.byte_end - item.source_start
        article.encoding = clip(item.raw.encoding, 40)

    def _refresh(self, item: Item, finding: Finding) -> None:
        """Clean a stored text again, with what is stated of it now."""
        assert finding.known is not None
        cleaned = self._cleaned(item, finding.said)
        if isinstance(cleaned, str):
            return
        article = next((new for new in self._new if new.pk == finding.known.pk), None)
        stored = article or Article.objects.get(pk=finding.known.pk)
        if finding.says_where_it_stood:
            self._place(stored, item)
        fill(stored, finding.said, cleaned, self._outlets, self._corrections[item.key])
        self._keep_ready(stored, item, cleaned)
        if article is None:
            stored.save()
            self.changed.append(stored.pk)
        known = self._same_text[item.key]
        known[known.index(finding.known)] = Known(stored.pk, stored.path, stored.block, finding.said)

    def _entry(self, item: Item, outcome: Entry.Outcome, reason: str, article: int | None = None) -> Entry:
        return Entry(
            path=item.path,
            block=item.raw.block,
            byte_offset=item.raw.byte_start,
            form=item.form,
            outcome=outcome,
            reason=" ".join(part for part in (reason, item.note) if part),
            source_id=self._sources.get(item.source),
            article_id=article,
        )


def _named(known: Known | Article, item: Item) -> str:
    return ledger.named(known.path, known.block, item.raw.block)


def known_by_key(keys: set[str]) -> defaultdict[str, list[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    rows = Article.objects.filter(content_key__in=keys).order_by("pk")
    for key, *known in rows.values_list("content_key", "pk", "path", "block", "stated"):
        found[key].append(Known(*known))
    return found


def newest_versions(items: Sequence[Item]) -> dict[str | tuple[str, int], Article]:
    """The newest articles at the items' addresses, and those without an address at the items' paths."""
    urls = {item.said["url"] for item in items if item.said.get("url")}
    paths = {item.path for item in items if not item.said.get("url")}
    fields = ("url", "path", "block", "stated", "headline", "body")
    newest = Article.objects.newest_versions().only(*fields).order_by("-pk")
    blocks = [item.raw.block for item in items] or [0]  # rows of a long file come in order
    at_paths = newest.filter(path__in=paths, url="", block__range=(min(blocks), max(blocks)))
    found: dict[str | tuple[str, int], Article] = {
        (article.path, article.block): article for article in at_paths
    }
    found.update({article.url: article for article in newest.filter(url__in=urls)})
    return found
