"""The whole way of an article, stage after stage, in small transactions that leave the archive consistent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, transaction

from archive.models import Article, Entry, Run
from archive.pipeline import (
    annotating,
    authority,
    copying,
    follow_ups,
    grouping,
    importing,
    intake,
    ledger,
    preparing,
    resolving,
    searching,
)
from archive.pipeline.files import Remark
from archive.pipeline.foretelling import Foretold
from archive.pipeline.intake import Input
from archive.pipeline.items import Item, Refusal, pieces
from archive.pipeline.preparing import Names, Prepared, Wanted
from archive.pipeline.report import Report, together
from archive.pipeline.workers import Workers
from archive.text import reading
from archive.text.formats.fields import Columns

Watch = Callable[[int, int], None]  # told how many items and bytes were dealt with since it was last told


def import_paths(
    paths: Sequence[Path],
    *,
    started_by: User | None = None,
    clean_again: bool = False,
    columns: Columns = reading.NO_COLUMNS,
    workers: int = 0,
    watch: Watch = lambda items, size: None,
) -> Report:
    """Import files and folders; every input ends in the ledger under one outcome.

    Safe to repeat and to break off: each batch is stored whole or not at all, and what is stored is met
    again as unchanged. `clean_again` also reads unchanged texts anew, after the rules of reading changed.
    `columns` says which columns of tables and JSON hold what, where their names do not tell. `workers` is
    how many further processes prepare texts.
    """
    run = ledger.begin("import_articles", [str(path) for path in paths], started_by)
    reports: list[Report] = []
    with Workers(workers) as processes:
        batches = map(gathered, intake.batches(paths, columns))
        for batch, prepared in processes.prepared(batches, partial(_wanted, clean_again=clean_again)):
            reports += [Report("", {}, (remark.sentence,)) for remark in batch.remarks]
            reports += _import_batch(run, list(_with_prepared(batch.inputs, prepared)), clean_again)
            watch(batch.items, batch.done)
    ledger.end(run)
    counted = ledger.report(run)
    return Report(counted.title, counted.counts, (*together("", reports).lines, *counted.lines))


def foretell(
    paths: Sequence[Path],
    *,
    clean_again: bool = False,
    columns: Columns = reading.NO_COLUMNS,
    workers: int = 0,
    watch: Watch = lambda items, size: None,
) -> Report:
    """What `import_paths` would do, outcome by outcome; nothing is written, not even the ledger."""
    foretold = Foretold(clean_again=clean_again)
    with Workers(workers) as processes:
        batches = map(gathered, intake.batches(paths, columns))
        for batch, prepared in processes.prepared(batches, partial(_wanted, clean_again=clean_again)):
            for remark in batch.remarks:
                foretold.remark(remark.sentence)
            with transaction.atomic():
                for one in _with_prepared(batch.inputs, prepared):
                    foretold.take(one.pieces)
            watch(batch.items, batch.done)
    return foretold.report()


def take_in(run: Run, batch: Sequence[Input]) -> Report:
    """Import into an open run what came by another way than files: fetched pages, pasted texts."""
    return take_batch(run, gathered(batch))


def take_batch(run: Run, batch: Batch) -> Report:
    """Prepare and store a batch here."""
    wanted, names = _wanted(batch, clean_again=False)
    prepared = {one: preparing.prepare(one, names) for one in wanted}
    return together("", _import_batch(run, list(_with_prepared(batch.inputs, prepared)), clean_again=False))


def derive(
    changed: Collection[int],
    replaced: Collection[int] = (),
    ready: Mapping[int, Prepared] = MappingProxyType({}),
) -> Report:
    """Everything that follows from articles whose text or facts changed, or that a new version replaced.

    `ready` is what was made of some of the changed articles already.

    Must run inside a transaction that holds the turn to write (ledger.wait_for_turn).
    """
    touched = {*changed, *replaced}
    if not touched:
        return Report("Derived")
    before = resolving.keys_in(touched)
    rows = {pk: prepared.rows for pk, prepared in ready.items()}
    annotated = annotating.run(sorted(changed), authority.current(), rows, resolving.introduced)
    resolved = resolving.run(before | resolving.keys_in(touched))
    copied = copying.run(touched)
    profiles = {pk: one.profile for pk, one in ready.items() if one.profile}
    grouped = grouping.run(touched, profiles, copied.articles)
    searching.run(touched, {pk: prepared.search_words for pk, prepared in ready.items()})
    searching.refresh_filters((resolved.articles | grouped.articles | copied.articles) - touched)
    return together("Derived", [annotated, grouped.report])


def resolve(keys: Collection[str]) -> set[int]:
    """Resolve some names anew, after a judgement about them; returns the articles that changed.

    This and the next three must hold the turn to write, as `derive` must.
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


def follow_again(texts: Collection[str]) -> set[int]:
    """Say anew which event those of some texts follow; returns the articles of events where that changed."""
    articles = Article.objects.newest_versions()
    events = articles.filter(content_key__in=texts).exclude(event=None).values_list("event", flat=True)
    changed = follow_ups.run(set(events))
    return set(articles.filter(event__in=changed).values_list("pk", flat=True))


def copy_again(article_ids: Collection[int]) -> set[int]:
    """Look again at which of some articles are copies; returns the articles whose group changed."""
    changed = copying.run(article_ids).articles
    searching.refresh_filters(changed | grouping.run((), copies=changed).articles)
    return changed


class Gathered(NamedTuple):
    """A file, or a part of one, taken apart into articles and what cannot be imported."""

    path: str
    data: bytes
    pieces: tuple[Item | Refusal, ...]


class Batch(NamedTuple):
    """Some inputs that are stored together."""

    inputs: tuple[Gathered, ...]
    remarks: tuple[Remark, ...]
    items: int  # entries that it makes in the ledger
    done: int  # bytes of files that were dealt with


def gathered(met: Sequence[Input | Remark]) -> Batch:
    """What was met, taken apart into pieces."""
    inputs = [one for one in met if isinstance(one, Input)]
    return Batch(
        tuple(Gathered(one.path, one.part.data if one.part else b"", tuple(pieces(one))) for one in inputs),
        tuple(one for one in met if isinstance(one, Remark)),
        sum(one.items for one in inputs),
        sum(one.done for one in inputs),
    )


def _wanted(batch: Batch, *, clean_again: bool) -> tuple[list[Wanted], Names]:
    """The texts of a batch that the archive does not have yet, and the names that everybody knows."""
    items = [piece for one in batch.inputs for piece in one.pieces if isinstance(piece, Item)]
    known = set() if clean_again else importing.known_keys({item.key for item in items})
    return [item.wanted for item in items if item.key not in known], authority.judged()


def _with_prepared(inputs: Iterable[Gathered], prepared: Mapping[Wanted, Prepared]) -> Iterator[Gathered]:
    """The inputs with what was prepared of their articles."""
    for one in inputs:
        found = [
            piece._replace(prepared=prepared.get(piece.wanted)) if isinstance(piece, Item) else piece
            for piece in one.pieces
        ]
        yield one._replace(pieces=tuple(found))


def _import_batch(run: Run, batch: Sequence[Gathered], clean_again: bool) -> list[Report]:
    """One transaction; if something in it cannot be stored, one for each file, then for each piece of it: one
    does not stop the rest.
    """
    if not batch:
        return []
    try:
        return [_store(run, batch, clean_again)]
    except (OperationalError, InterfaceError):
        raise  # no file's fault: the server is gone or its disk is full
    except Exception as error:
        if len(batch) == 1 and len(batch[0].pieces) < 2:
            return [reject(run, batch, error)]
    parts = batch if len(batch) > 1 else [batch[0]._replace(pieces=(one,)) for one in batch[0].pieces]
    return [report for part in parts for report in _import_batch(run, [part], clean_again)]


def _store(run: Run, batch: Sequence[Gathered], clean_again: bool) -> Report:
    with transaction.atomic():
        ledger.wait_for_turn()
        importing.keep_sources([one.data for one in batch if one.data])
        met = [piece for one in batch for piece in one.pieces]
        sources = importing.source_ids({piece.source for piece in met})
        names = authority.judged()
        items = [_if_it_holds(piece, names) for piece in met if isinstance(piece, Item)]
        stored = importing.run(run, items, clean_again=clean_again)
        derived = derive(stored.changed, stored.replaced, stored.ready)
        copying.tell(stored.entries)
        taken = iter(stored.entries)
        ledger.record(
            run,
            [
                _rejection(piece, sources.get(piece.source)) if isinstance(piece, Refusal) else next(taken)
                for piece in met
            ],
        )
        return derived


def _rejection(refusal: Refusal, source: int | None) -> Entry:
    return ledger.rejection(
        refusal.path,
        refusal.reason,
        block=refusal.block,
        byte_offset=refusal.byte_offset,
        source=source,
        form=refusal.form,
    )


def _if_it_holds(item: Item, names: Names) -> Item:
    """Without what was prepared, if a curator changed the names that everybody knows since then."""
    stale = item.prepared is not None and item.prepared.names != names
    return item._replace(prepared=None) if stale else item


def reject(run: Run, batch: Sequence[Gathered], error: Exception) -> Report:
    """Enter the pieces of a batch that cannot be stored into the ledger, each with its reason."""
    said = f"It could not be stored ({type(error).__name__}: {error}); please report this with the file."
    reason = said.replace("\x00", "\\x00")
    met = [piece for one in batch for piece in one.pieces]
    with transaction.atomic():
        ledger.record(
            run,
            [
                _rejection(piece, None)
                if isinstance(piece, Refusal)
                else ledger.rejection(
                    piece.path,
                    reason,
                    block=piece.raw.block,
                    byte_offset=piece.raw.byte_start,
                    form=piece.form,
                )
                for piece in met
            ],
        )
    return Report("")
