"""The whole way of an article, stage after stage, in small transactions that leave the archive consistent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, transaction

from archive.models import Entry, Run
from archive.pipeline import (
    annotating,
    authority,
    files,
    grouping,
    importing,
    ledger,
    resolving,
    searching,
)
from archive.pipeline.files import Found, Refused, Remark
from archive.pipeline.importing import Item
from archive.pipeline.report import Report, together
from archive.text import reading
from archive.text.types import RawFile

# A batch is one transaction: large enough that its fixed costs do not count, small enough that an
# interrupted import repeats a few seconds of work at most.
BATCH_FILES = 50
BATCH_BYTES = 5_000_000

Watch = Callable[[int], None]  # told how many inputs were dealt with since it was last told


class _Input(NamedTuple):
    """A file with its bytes, or what cannot be read."""

    met: Found | Refused
    data: bytes


def import_paths(
    paths: Sequence[Path],
    *,
    started_by: User | None = None,
    clean_again: bool = False,
    watch: Watch = lambda done: None,
) -> Report:
    """Import files and folders; every input ends in the ledger under one outcome.

    Safe to repeat and to break off: each batch is stored whole or not at all, and what is stored is met
    again as unchanged. `clean_again` also reads unchanged texts anew, after the rules of reading changed.
    """
    run = ledger.begin("import_articles", [str(path) for path in paths], started_by)
    reports: list[Report] = []
    for batch in _batches(paths, reports):
        reports += _import_batch(run, batch, clean_again)
        watch(len(batch))
    ledger.end(run)
    counted = ledger.report(run)
    return Report(counted.title, counted.counts, (*together("", reports).lines, *counted.lines))


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


def expected_inputs(paths: Sequence[Path]) -> int:
    """How many inputs an import of these paths will meet; nothing is read but folders and sources files."""
    return sum(not isinstance(met, Remark) for met in files.walk(paths))


def _batches(paths: Sequence[Path], reports: list[Report]) -> Iterator[list[_Input]]:
    batch: list[_Input] = []
    size = 0
    for met in files.walk(paths):
        if isinstance(met, Remark):
            reports.append(Report("", {}, (met.sentence,)))
            continue
        raw = files.read(met) if isinstance(met, Found) else met
        one = _Input(met, raw.data) if isinstance(raw, RawFile) else _Input(raw, b"")
        if batch and size + len(one.data) > BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += len(one.data)
        if len(batch) == BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _import_batch(run: Run, batch: Sequence[_Input], clean_again: bool) -> list[Report]:
    """One transaction; if something in it cannot be stored, one for each file: one does not stop the rest."""
    try:
        return [_store(run, batch, clean_again)]
    except (OperationalError, InterfaceError):
        raise  # no file's fault: the server is gone or its disk is full
    except Exception as error:
        if len(batch) == 1:
            return [_reject(run, batch[0], error)]
    return [report for one in batch for report in _import_batch(run, [one], clean_again)]


def _store(run: Run, batch: Sequence[_Input], clean_again: bool) -> Report:
    with transaction.atomic():
        ledger.wait_for_turn()
        sources = importing.keep_sources([one.data for one in batch if isinstance(one.met, Found)])
        order: list[Item | Entry] = []
        for one in batch:
            order += _items(one, sources)
        items = [item for item in order if isinstance(item, Item)]
        stored = importing.run(run, items, clean_again=clean_again)
        taken = iter(stored.entries)
        ledger.record(run, [entry if isinstance(entry, Entry) else next(taken) for entry in order])
        return derive(stored.changed, stored.replaced)


def _items(one: _Input, sources: dict[str, int]) -> Iterable[Item | Entry]:
    """What a file holds: items to store, and entries for what cannot be."""
    if isinstance(one.met, Refused):
        return [ledger.rejection(one.met.path, one.met.reason, block=one.met.block)]
    digest = importing.digest(one.data)
    read = reading.read(RawFile(one.met.path, one.data))
    found: list[Item | Entry] = [
        importing.item(one.met.path, raw, one.met.facts, digest, one.met.note) for raw in read.articles
    ]
    found += [
        ledger.rejection(
            one.met.path,
            rejection.reason,
            block=rejection.block,
            byte_offset=rejection.byte_offset,
            source=sources[digest],
        )
        for rejection in read.rejections
    ]
    return found


def _reject(run: Run, one: _Input, error: Exception) -> Report:
    reason = (
        f"The file could not be stored ({type(error).__name__}: {error}); please report this with the file."
    )
    with transaction.atomic():
        ledger.record(run, [ledger.rejection(one.met.path, reason.replace("\x00", "\\x00"))])
    return Report("")
