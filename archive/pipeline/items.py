"""What an import takes in, piece by piece: articles with what is stated of them, and what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from archive.pipeline import identity
from archive.pipeline.intake import Input
from archive.pipeline.preparing import Prepared, Wanted
from archive.text.types import Facts, RawArticle


class Item(NamedTuple):
    """One article's raw text with where it comes from and what was stated of it.

    `prepared` is what follows from both, if it was made already.
    """

    path: str
    raw: RawArticle
    key: str
    said: dict[str, Any]
    source: str  # SHA-256 of the file's bytes
    note: str = ""
    source_start: int = 0  # the byte of the file at which the kept bytes begin
    form: str = ""  # what the file was taken for
    prepared: Prepared | None = None

    @property
    def wanted(self) -> Wanted:
        """What has to be known to prepare it."""
        return Wanted(self.raw.text, identity.facts(self.said), self.key)


class Refusal(NamedTuple):
    """A piece of a file, or a file, that cannot be imported; `source` is "" where no bytes can be kept.

    `form` is what the file was taken for, "" where it was not looked into.
    """

    path: str
    reason: str
    block: int = 1
    byte_offset: int = 0
    source: str = ""
    form: str = ""


def item(
    path: str,
    raw: RawArticle,
    outside: Facts,
    source: str,
    note: str = "",
    source_start: int = 0,
    form: str = "",
) -> Item:
    """Join an article's own facts with those from outside, which outrank them."""
    said = {**identity.stated(raw.facts), **identity.stated(outside)}
    notes = " ".join(part for part in (raw.note, note) if part)
    return Item(path, raw, identity.content_key(raw.text), said, source, notes, source_start, form)


def pieces(one: Input) -> Iterator[Item | Refusal]:
    """What a part of a file holds: articles to store, then what cannot be."""
    if one.part is None:
        assert one.refused is not None
        yield Refusal(one.path, one.refused.reason, one.refused.block)
        return
    source, form = digest(one.part.data), one.part.reading.format
    for raw in one.part.reading.articles:
        yield item(one.path, raw, one.facts, source, one.note, one.part.start, form)
    kept = source if one.part.data else ""
    for rejection in one.part.reading.rejections:
        yield Refusal(one.path, rejection.reason, rejection.block, rejection.byte_offset, kept, form)


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal: the name under which they are kept."""
    return hashlib.sha256(data).hexdigest()
