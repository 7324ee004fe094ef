"""Feeds to articles: what a feed links to is fetched and imported as files are, in the same ledger.

What is still to be fetched is remembered row by row, so a harvest that is broken off goes on where it stopped
and a page that did not answer today is asked again tomorrow.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from archive.models import Article, Entry, Feed, FeedItem, Run
from archive.pipeline import identity, ledger, outlets, river
from archive.pipeline.fetching import Answer, Fetcher, Unanswered, Validators
from archive.pipeline.files import Refused, printable
from archive.pipeline.intake import Input
from archive.pipeline.report import Report
from archive.text import reading
from archive.text.addresses import host_of, own_of, plain
from archive.text.feed_lists import LARGEST_LIST, addresses_of
from archive.text.formats import html_pages
from archive.text.formats.feed_entries import Linked, listing_of
from archive.text.types import Facts, Part, RawArticle, RawFile, Reading, Rejection

COMMAND = "harvest"
BATCH = 10  # pages that are imported together: a broken-off harvest fetches no more than these again
MOST_TRIES = 5  # harvests in which a page may fail
TEXT = "text"  # under which a feed's own text is remembered beside what else it says of an article
MOST_NAMED = 50  # new articles that the report names
# Any number that no other program uses as an advisory lock in this database.
_HARVESTING = 72725530
_AGAIN = "It is asked again at the next harvest."
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")
_State = FeedItem.State
_Outcome = Entry.Outcome

Watch = Callable[[int, int], None]  # told how many items were dealt with and how many there are


class AlreadyHarvesting(Exception):
    """Another harvest of this archive is at work."""


class Harvest(NamedTuple):
    """What came of it. `failures` counts feeds and pages that could not be fetched or read."""

    report: Report
    feeds_read: int
    failures: int


class _Read(NamedTuple):
    """A feed that was asked: what to say of it, and whether it was read."""

    line: str
    read: bool


def listed(place: Path) -> tuple[list[str], list[str]]:
    """The feeds that a list names, and a sentence for what in it names none. Raises OSError."""
    with place.open("rb") as file:
        return addresses_of(file.read(LARGEST_LIST + 1))


def run(
    addresses: Sequence[str],
    fetcher: Fetcher,
    *,
    again_days: int = 0,
    started_by: User | None = None,
    watch: Watch = lambda done, total: None,
) -> Harvest:
    """Follow feeds: import what they link to and is not known, or was changed.

    Args: `again_days` also asks again for articles that came in the last days, whatever their feed says.
    Raises AlreadyHarvesting.
    """
    with _alone():
        run = ledger.begin(COMMAND, list(addresses), started_by)
        feeds: list[Feed] = []
        lines: list[str] = []
        read = 0
        for address in dict.fromkeys(plain(address) or address for address in addresses):
            feed, said = _read_feed(run, address, fetcher)
            read += said.read
            lines.append(f"{printable(address)}: {said.line}")
            feeds += [feed] if feed else []
        if again_days:
            _ask_again(feeds, again_days)
        _fetch_all(run, feeds, fetcher, watch)
        ledger.end(run)
    counted = ledger.report(run)
    rejected = counted.counts[_Outcome.REJECTED]
    report = Report("Harvested", counted.counts, (*lines, *_news(run), *counted.lines))
    return Harvest(report, read, rejected)


# --- feeds -----------------------------------------------------------------------------------------


def _read_feed(run: Run, address: str, fetcher: Fetcher) -> tuple[Feed | None, _Read]:
    """Ask for one feed and note what it links to. One bad feed never stops the rest."""
    feed = Feed.objects.filter(address=address).first()
    known = Validators(feed.etag, feed.modified) if feed else Validators()
    answer = fetcher.fetch(address, known)
    if isinstance(answer, Unanswered):
        return feed, _failed_feed(run, feed, address, answer.reason)
    if answer.unchanged and feed:
        Feed.objects.filter(pk=feed.pk).update(asked_at=timezone.now(), problem="")
        return feed, _Read(f"not changed{_still_waiting(feed)}.", True)
    listing = listing_of(answer.data, answer.address)
    if isinstance(listing, str):
        return feed, _failed_feed(run, feed, address, listing)
    with transaction.atomic():
        feed = _kept(address, answer, listing.title)
        new, changed = _note(feed, listing.linked)
    articles = "1 article" if len(listing.linked) == 1 else f"{len(listing.linked):,} articles"
    told = [f"{articles}, {new:,} new"]
    told += [f"{changed:,} changed"] if changed else []
    told += [listing.note] if listing.note else []
    told += [f"the feed has moved to {answer.moved}: put that address into your list"] if answer.moved else []
    return feed, _Read(f"{', '.join(told)}.", True)


def _failed_feed(run: Run, feed: Feed | None, address: str, reason: str) -> _Read:
    if feed:
        Feed.objects.filter(pk=feed.pk).update(asked_at=timezone.now(), problem=reason)
    ledger.record(run, [ledger.rejection(printable(address), f"The feed could not be read. {reason}")])
    return _Read(f"could not be read. {reason}", False)


def _kept(address: str, answer: Answer, title: str) -> Feed:
    now = timezone.now()
    values = {
        "title": title,
        "etag": answer.validators.etag,
        "modified": answer.validators.modified,
        "moved_to": answer.moved,
        "asked_at": now,
        "answered_at": now,
        "problem": "",
    }
    return Feed.objects.update_or_create(address=address, defaults=values)[0]


def _note(feed: Feed, linked: Sequence[Linked]) -> tuple[int, int]:
    """Remember what is to be fetched; returns how many are new and how many the feed says other things of."""
    known = FeedItem.objects.in_bulk([one.address for one in linked], field_name="address")
    new = [
        FeedItem(feed=feed, address=one.address, seen=one.seen, stated=_said(one))
        for one in linked
        if one.address not in known
    ]
    changed = []
    for one in linked:
        item = known.get(one.address)
        # A feed that says other words of the same article than the one that had it first changes nothing.
        if item and item.feed_id == feed.pk and item.seen != one.seen:
            item.seen, item.stated = one.seen, _said(one)
            item.state, item.tries = _State.WAITING, 0
            changed.append(item)
    FeedItem.objects.bulk_create(new, batch_size=500)
    FeedItem.objects.bulk_update(changed, ("seen", "stated", "state", "tries"), batch_size=500)
    return len(new), len(changed)


def _said(one: Linked) -> dict[str, Any]:
    """What a feed says of an article, its text included where the feed has it."""
    return identity.stated(one.facts) | ({TEXT: one.text} if one.text else {})


def _facts(item: FeedItem) -> Facts:
    return identity.facts({name: value for name, value in item.stated.items() if name != TEXT})


def _ask_again(feeds: Iterable[Feed], days: int) -> None:
    since = timezone.now() - timedelta(days=days)
    recent = FeedItem.objects.filter(feed__in=list(feeds), state=_State.FETCHED, fetched_at__isnull=False)
    recent.filter(article__imported_at__gte=since).update(state=_State.WAITING, tries=0)


def _still_waiting(feed: Feed) -> str:
    waiting = feed.items.waiting().count()
    return f", {waiting:,} article{'s'[: waiting != 1]} still to be fetched" if waiting else ""


# --- articles --------------------------------------------------------------------------------------


def _fetch_all(run: Run, feeds: Sequence[Feed], fetcher: Fetcher, watch: Watch) -> None:
    waiting = list(FeedItem.objects.waiting().filter(feed__in=feeds).order_by("pk"))
    total = len(waiting)
    batch: list[tuple[FeedItem, Input, Answer | Unanswered]] = []
    for item in _in_turn(waiting, fetcher):
        answer = fetcher.fetch(item.address, Validators(item.etag, item.modified))
        batch.append((item, _input(item, answer), answer))
        if len(batch) == BATCH:
            _import(run, batch)
            batch = []
        watch(1, total)
    _import(run, batch)


def _in_turn(items: list[FeedItem], fetcher: Fetcher) -> Iterator[FeedItem]:
    """Items in such an order that the pause that one host is owed is spent with the others."""
    by_host: dict[str, list[FeedItem]] = {}
    for item in reversed(items):
        by_host.setdefault(host_of(item.address), []).append(item)
    while by_host:
        host = min(
            by_host, key=lambda name: max(fetcher.ready_at(by_host[name][-1].address), time.monotonic())
        )
        yield by_host[host].pop()
        if not by_host[host]:
            del by_host[host]


def _input(item: FeedItem, answer: Answer | Unanswered) -> Input:
    path = printable(item.address)
    if isinstance(answer, Unanswered):
        again = answer.again and item.tries + 1 < MOST_TRIES
        if not again and item.stated.get(TEXT):
            return _from_feed(item, answer.reason)
        reason = f"{answer.reason} {_AGAIN}" if again else answer.reason
        return Input(path, None, refused=Refused(path, reason))
    if answer.unchanged:
        return Input(path, None)
    found = _article(item, answer)
    if isinstance(found, Rejection) and item.stated.get(TEXT):
        return _from_feed(item, found.reason)
    if isinstance(found, Rejection):
        return Input(path, Part(answer.data, 0, Reading("html", (), (found,))))
    return Input(path, Part(answer.data, 0, Reading("html", (found,), ()), alone=True))


def _from_feed(item: FeedItem, reason: str) -> Input:
    """The text that the feed itself has, where its page gives none."""
    data = item.stated[TEXT].encode()
    facts = _completed(_facts(item), Facts(), item.address)
    note = f"The text is the feed's own, for the page gave none: {reason}"
    raw = RawArticle(item.stated[TEXT], 1, 0, len(data), "utf-8", facts, note)
    return Input(printable(item.address), Part(data, 0, Reading("feed", (raw,), ()), alone=True))


def _article(item: FeedItem, answer: Answer) -> RawArticle | Rejection:
    """The article of a page. What the page says of itself counts before what the feed says of it."""
    if answer.media_type not in _PAGES:
        return Rejection(f"The address leads to no page but to a file ({answer.media_type}).", 1, 0)
    name = "page.txt" if answer.media_type == "text/plain" else "page.html"
    form = reading.form_of(RawFile(name, answer.data[:100_000])).name
    found: RawArticle | Rejection = Rejection(f"The address leads to no page but to a file ({form}).", 1, 0)
    if form == "html":
        found = html_pages.read_page(answer.data, answer.address, answer.charset)
    elif form in ("text", "empty"):
        read = reading.read(RawFile(name, answer.data))
        found = read.articles[0] if read.articles else read.rejections[0]
    if isinstance(found, Rejection):
        return found
    return found._replace(facts=_completed(found.facts, _facts(item), answer.address))


def _completed(page: Facts, feed: Facts, address: str) -> Facts:
    url = own_of(address, page.url)
    return page._replace(
        url=url,
        domain=host_of(url),
        outlet=outlets.believed(page.outlet, host_of(url)),
        headline=page.headline or feed.headline,
        authors=page.authors or feed.authors,
        published=page.published or feed.published,
        updated=page.updated or feed.updated,
        language=page.language or feed.language,
    )


def _import(run: Run, batch: Sequence[tuple[FeedItem, Input, Answer | Unanswered]]) -> None:
    """Import what came, then remember that it did: broken off in between, it comes again as unchanged."""
    if not batch:
        return
    inputs = [met for _, met, _ in batch if met.part or met.refused]
    if inputs:
        river.take_in(run, inputs)
    same = [item for item, met, _ in batch if not (met.part or met.refused)]
    ledger.record(run, [_unchanged(item) for item in same])
    paths = {printable(item.address) for item, _, _ in batch}
    met = dict(run.entries.filter(path__in=paths, article__isnull=False).values_list("path", "article"))
    for item, _, answer in batch:
        _remember(item, answer, met.get(printable(item.address)))


def _unchanged(item: FeedItem) -> Entry:
    return Entry(
        path=printable(item.address),
        outcome=_Outcome.UNCHANGED,
        reason="The site says that it has not changed.",
        article_id=item.article_id,
    )


def _remember(item: FeedItem, answer: Answer | Unanswered, article: int | None) -> None:
    if isinstance(answer, Unanswered):
        item.tries += 1
        item.problem = answer.reason
        again = answer.again and item.tries < MOST_TRIES
        item.state = _State.WAITING if again else _State.GIVEN_UP
        item.article_id = article or item.article_id
    else:
        item.tries, item.problem, item.state = 0, "", _State.FETCHED
        item.fetched_at = timezone.now()
        if not answer.unchanged:
            item.etag, item.modified = answer.validators
            item.article_id = article or item.article_id
    item.save()


# --- the report ------------------------------------------------------------------------------------


def _news(run: Run) -> Iterator[str]:
    """The headlines of what is new."""
    outcomes = (_Outcome.CREATED, _Outcome.NEW_VERSION, _Outcome.NEAR_COPY)
    entries = run.entries.filter(outcome__in=outcomes).order_by("pk")
    for entry in entries.select_related("article__outlet")[:MOST_NAMED]:
        if entry.article:
            yield f"{entry.outcome}: {_named(entry.article)}"
    more = entries.count() - MOST_NAMED
    if more > 0:
        yield f"{more:,} more are new."


def _named(article: Article) -> str:
    outlet = f" ({article.outlet.label})" if article.outlet else ""
    return " ".join(f"{article}{outlet}".split())


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the one right to harvest, as long as this connection lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_HARVESTING])
        if not cursor.fetchone()[0]:
            raise AlreadyHarvesting
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_HARVESTING])
