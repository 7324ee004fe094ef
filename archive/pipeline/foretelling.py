"""What an import would do: every outcome, decided as an import decides it, and nothing written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import Any

from archive.models import Article, Entry
from archive.pipeline import copying, ledger
from archive.pipeline.filling import clip
from archive.pipeline.identity import Finding, Known
from archive.pipeline.importing import Batch
from archive.pipeline.items import Item, Refusal
from archive.pipeline.report import Report
from archive.text import copies
from archive.text.copies import CopyKind, Overlap, Worded
from archive.text.types import CleanArticle

Outcome = Entry.Outcome
# Texts whose words are remembered, so that a later one is told to be their copy: six kilobytes each.
MOST_REMEMBERED = 30_000
MOST_MET = 200_000  # texts of which it is remembered that they were met: a kilobyte each


class Foretold:
    """A dry run: what it met before counts as if it were stored."""

    def __init__(self, *, clean_again: bool = False) -> None:
        self.counts: Counter[str] = Counter()
        self.lines: list[str] = []
        self.remarks = 0
        self._clean_again = clean_again
        self._memory = _Memory()
        self._taken = ledger.Taken()

    def take(self, pieces: Sequence[Item | Refusal]) -> None:
        """Decide some pieces in order."""
        batch = _Batch(
            [piece for piece in pieces if isinstance(piece, Item)], self._memory, self._clean_again
        )
        for piece in pieces:
            if isinstance(piece, Refusal):
                entry = ledger.rejection(
                    piece.path,
                    piece.reason,
                    block=piece.block,
                    byte_offset=piece.byte_offset,
                    form=piece.form,
                )
            else:
                entry = batch.take(piece)
            self.counts[entry.outcome] += 1
            self._taken.add(entry.path, entry.form, entry.outcome)
            if entry.reason:
                self.remark(ledger.line(entry))

    def remark(self, sentence: str) -> None:
        """Keep a sentence, if there are not too many already."""
        self.remarks += 1
        if len(self.lines) < ledger.MOST_LINES:
            self.lines.append(sentence)

    def report(self) -> Report:
        """Every outcome with its number."""
        more = self.remarks - len(self.lines)
        last = [f"{more:,} more have a remark."] if more else []
        counts = {outcome.value: self.counts[outcome.value] for outcome in Outcome}
        return Report("Would import", counts, (*self._taken.lines(), *self.lines, *last))


class _Memory:
    """What the dry run would have stored so far."""

    def __init__(self) -> None:
        self.numbers = count(-1, -1)  # no article that is stored has such a number
        self.met: set[int] = set()
        self.same_text: defaultdict[str, list[Known]] = defaultdict(list)
        self.versions: dict[str | tuple[str, int], Article] = {}
        self.worded: list[tuple[str, int, Worded]] = []
        self.by_key: dict[str, tuple[str, int]] = {}
        self.by_band: defaultdict[int, list[int]] = defaultdict(list)

    def remember(self, item: Item, text: Worded, bands: Sequence[int]) -> None:
        """Keep a text's words for later ones to be compared with."""
        self.by_key.setdefault(text.key, (item.path, item.raw.block))
        _forget(self.by_key, MOST_MET)
        if len(self.worded) < MOST_REMEMBERED:
            for band in bands:
                self.by_band[band].append(len(self.worded))
            self.worded.append((item.path, item.raw.block, text))


class _Batch(Batch):
    """Some items of a dry run."""

    def __init__(self, items: Sequence[Item], memory: _Memory, clean_again: bool) -> None:
        self._memory = memory
        super().__init__(items, memory.met, clean_again)
        for item in items:
            self._same_text[item.key] += memory.same_text.get(item.key, [])
        self._versions |= {key: memory.versions[key] for key in map(_place, items) if key in memory.versions}

    def take(self, item: Item) -> Entry:
        """As an import; a new article whose words are there already is told to be a copy."""
        entry = super().take(item)
        if entry.outcome in (Outcome.CREATED, Outcome.NEW_VERSION):
            told = self._copied(item, self._new[-1])
            if told and entry.outcome == Outcome.CREATED:
                entry.outcome, reason = told
                entry.reason = " ".join(part for part in (reason, entry.reason) if part)
        self._new.clear()
        return entry

    def _numbers(self, count: int) -> Iterator[int]:
        return self._memory.numbers

    def _made(self, item: Item, cleaned: CleanArticle, links: dict[str, int]) -> Article:
        """The article as far as later decisions ask for it."""
        article = Article(
            pk=next(self._ids),
            path=item.path,
            block=item.raw.block,
            stated=item.said,
            headline=clip(cleaned.headline, 1000),
            body=cleaned.body,
        )
        known = Known(article.pk, article.path, article.block, article.stated)
        self._memory.same_text[item.key].append(known)
        self._memory.versions[_place(item)] = article
        _forget(self._memory.same_text, MOST_MET)
        _forget(self._memory.versions, MOST_REMEMBERED)
        return article

    def _refresh(self, item: Item, finding: Finding) -> None:
        """Nothing is stored, so nothing is brought in line."""

    def _copied(self, item: Item, article: Article) -> tuple[Outcome, str] | None:
        """The nearest of what is stored and what was met; the same words come before words like them."""
        text = copies.read(article.body, article.headline)
        bands = copies.bands(text)
        nearest: tuple[str, int, Overlap] | None = None
        for path, block, other in (*copying.worth_measuring(text, bands), *self._met_alike(text, bands)):
            found = copies.overlap(text, other)
            if found.kind in _COPIES and (nearest is None or _nearness(found) > _nearness(nearest[2])):
                nearest = path, block, found
        self._memory.remember(item, text, bands)
        if nearest is None:
            return None
        path, block, found = nearest
        share = None if found.kind is CopyKind.EXACT else found.share_of_one
        return copying.said(ledger.named(path, block, item.raw.block), share)

    def _met_alike(self, text: Worded, bands: Sequence[int]) -> Iterator[tuple[str, int, Worded]]:
        """Texts of this dry run that are worth measuring."""
        if text.key in self._memory.by_key:
            yield *self._memory.by_key[text.key], text
            return
        met = Counter(place for band in bands for place in self._memory.by_band.get(band, ()))
        for place in sorted(place for place, _ in met.most_common(copying.MOST_MEASURED)):
            yield self._memory.worded[place]


_COPIES = (CopyKind.EXACT, CopyKind.NEAR)


def _nearness(found: Overlap) -> tuple[bool, int]:
    return found.kind is CopyKind.EXACT, found.shared


def _forget(remembered: dict[Any, Any], most: int) -> None:
    """Drop what was met first, so that a long stream of rows takes no more memory than a short one."""
    if len(remembered) > most:
        for key in list(islice(remembered, len(remembered) - most)):
            del remembered[key]


def _place(item: Item) -> str | tuple[str, int]:
    return item.said.get("url") or (item.path, item.raw.block)
