"""The whole way of an article, stage after stage, in small transactions that leave the archive consistent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, transaction

from archive.models import Entry, Run
from archive.pipeline import (
    annotating,
    authority,
    grouping,
    importing,
    intake,
    ledger,
    resolving,
    searching,
)
from archive.pipeline.files import Remark
from archive.pipeline.importing import Item
from archive.pipeline.intake import Input
from archive.pipeline.report import Report, together
from archive.text import reading
from archive.text.formats.fields import Columns

Watch = Callable[[int, int], None]  # told how many items and bytes were dealt with since it was last told


def import_paths(
    paths: Sequence[Path],
    *,
    started_by: User | None = None,
    clean_again: bool = False,
    columns: Columns = reading.NO_COLUMNS,
    watch: Watch = lambda items, size: None,
) -> Report:
    """Import files and folders; every input ends in the ledger under one outcome.

    Safe to repeat and to break off: each batch is stored whole or not at all, and what is stored is met
    again as unchanged. `clean_again` also reads unchanged texts anew, after the rules of reading changed.
    `columns` says which columns of tables and JSON hold what, where their names do not tell.
    """
    run = ledger.begin("import_articles", [str(path) for path in paths], started_by)
    reports: list[Report] = []
    for met in intake.batches(paths, columns):
        reports += [Report("", {}, (one.sentence,)) for one in met if isinstance(one, Remark)]
        batch = [one for one in met if isinstance(one, Input)]
        reports += _import_batch(run, batch, clean_again) if batch else []
        watch(sum(one.items for one in batch), sum(one.done for one in batch))
    ledger.end(run)
    counted = ledger.report(run)
    return Report(counted.title, counted.counts, (*together("", reports).lines, *counted.lines))


def take_in(run: Run, batch: Sequence[Input]) -> Report:
    """Import into an open run what came by another way than files: fetched pages, pasted texts."""
    return together("", _import_batch(run, batch, clean_again=False))


def derive(changed: Collection[int], replaced: Collection[int] = ()) -> Report:
    """Everything that follows from articles whose text or facts changed, or that a new version replaced.

    Must run inside a transaction that holds the turn to write (ledger.wait_for_turn).
    """
    touched = {*changed, *replaced}
    if not touched:
        return Report("Derived")
    before = resolving.keys_in(touched)
    annotated = annotating.run(sorted(changed), authority.current())
    resolved = resolving.run(before | resolving.keys_in(touched))
    grouped = grouping.run(touched)
    searching.run(touched)
    searching.refresh_filters((resolved.articles | grouped.articles) - touched)
    return together("Derived", [annotated, grouped.report])


def resolve(keys: Collection[str]) -> set[int]:
    """Resolve some names anew, after a judgement about them; returns the articles that changed.

    This and the next two must hold the turn to write, as `derive` must.
    """
    articles = resolving.run(keys).articles
    searching.refresh_filters(articles)
    return articles


def annotate_again(article_ids: Collection[int], keys: Collection[str]) -> set[int]:
    """Find and resolve the names of some articles anew, and `keys` with them; returns those that changed."""
    before = resolving.links_in(article_ids)
    concerned = {*keys, *resolving.keys_in(article_ids)}
    annotating.run(sorted(article_ids), authority.current())
    resolved = resolving.run(concerned | resolving.keys_in(article_ids))
    after = resolving.links_in(article_ids)
    changed = {article for article in article_ids if before[article] != after[article]}
    searching.refresh_filters(changed | resolved.articles)
    return changed | (resolved.articles - set(article_ids))


def regroup(article_ids: Collection[int]) -> set[int]:
    """Group some articles anew; returns the articles whose event changed."""
    changed = grouping.run(article_ids).articles
    searching.refresh_filters(changed)
    return changed


def _import_batch(run: Run, batch: Sequence[Input], clean_again: bool) -> list[Report]:
    """One transaction; if something in it cannot be stored, one for each file: one does not stop the rest."""
    try:
        return [_store(run, batch, clean_again)]
    except (OperationalError, InterfaceError):
        raise  # no file's fault: the server is gone or its disk is full
    except Exception as error:
        if len(batch) == 1:
            return [_reject(run, batch[0], error)]
    return [report for one in batch for report in _import_batch(run, [one], clean_again)]


def _store(run: Run, batch: Sequence[Input], clean_again: bool) -> Report:
    with transaction.atomic():
        ledger.wait_for_turn()
        sources = importing.keep_sources([one.part.data for one in batch if one.part and one.part.data])
        order: list[Item | Entry] = []
        for one in batch:
            order += _items(one, sources)
        items = [item for item in order if isinstance(item, Item)]
        stored = importing.run(run, items, clean_again=clean_again)
        taken = iter(stored.entries)
        ledger.record(run, [entry if isinstance(entry, Entry) else next(taken) for entry in order])
        return derive(stored.changed, stored.replaced)


def _items(one: Input, sources: dict[str, int]) -> Iterable[Item | Entry]:
    """What a part holds: items to store, and entries for what cannot be."""
    if one.part is None:
        assert one.refused is not None
        return [ledger.rejection(one.path, one.refused.reason, block=one.refused.block)]
    digest = importing.digest(one.part.data)
    found: list[Item | Entry] = [
        importing.item(one.path, raw, one.facts, digest, one.note, one.part.start)
        for raw in one.part.reading.articles
    ]
    found += [
        ledger.rejection(
            one.path,
            rejection.reason,
            block=rejection.block,
            byte_offset=rejection.byte_offset,
            source=sources.get(digest),
        )
        for rejection in one.part.reading.rejections
    ]
    return found


def _reject(run: Run, one: Input, error: Exception) -> Report:
    reason = (
        f"The file could not be stored ({type(error).__name__}: {error}); please report this with the file."
    )
    with transaction.atomic():
        ledger.record(run, [ledger.rejection(one.path, reason.replace("\x00", "\\x00"))])
    return Report("")
