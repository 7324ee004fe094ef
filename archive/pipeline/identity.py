"""Is this text one that the archive has? Decided from what was stated of both, never from a row's number.

A text's identity is its content key together with the address and the outlet that were stated for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from archive.text.types import Evidence, Facts, Moment, Precision


class Met(Enum):
    """What a text that is looked up turns out to be."""

    NEW = "new"
    AGAIN = "again"  # this very article
    SAME_TEXT = "same text"  # another file with the text of an article that is there
    ELSEWHERE = "elsewhere"  # the text of an article that is there, under another address or outlet


class Known(NamedTuple):
    """An article that is there, as far as identity asks."""

    pk: int
    path: str
    block: int
    stated: dict[str, Any]


class Finding(NamedTuple):
    """`known` is the article that was recognised or copied; `said` is what is stated of it from now on.

    The same article stated anew replaces what was stated before. Another file with its text only adds what
    was not stated yet, else two files that disagree would take turns.
    """

    met: Met
    known: Known | None = None
    said: dict[str, Any] = {}  # noqa: RUF012

    @property
    def says_where_it_stood(self) -> bool:
        """Another file with the text of an article without stated address or outlet states one."""
        if self.met is not Met.SAME_TEXT or self.known is None:
            return False
        return not _identity(self.known.stated) and _identity(self.said)

    @property
    def changes_what_is_stated(self) -> bool:
        return self.known is not None and self.said != self.known.stated


def content_key(text: str) -> str:
    """SHA-256 of a raw decoded text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stated(facts: Facts) -> dict[str, Any]:
    """Facts as they are stored: what is not said is left out."""
    said: dict[str, Any] = {}
    for name, value in facts._asdict().items():
        if isinstance(value, Moment):
            said[name] = [value.value.isoformat(), value.precision.value, *value.evidence[:2]]
        elif value:
            said[name] = list(value) if isinstance(value, tuple) else value
    return said


def recognise(
    path: str, block: int, said: dict[str, Any], same_text: Sequence[Known], met_in_this_run: Container[int]
) -> Finding:
    """Which of the articles with the same text this is, if any.

    `said` is what is stated of the newcomer. The same address is the same article, even if the file moved
    or another outlet is named now. Without an address the outlet and the file's path decide.
    """
    if not same_text:
        return Finding(Met.NEW, None, said)
    fitting = [known for known in same_text if _fits(known.stated, said)]
    if not fitting:
        return Finding(Met.ELSEWHERE, min(same_text, key=lambda known: known.pk), said)
    best = min(fitting, key=lambda known: (-_agreeing(known.stated, said), _place(known, path, block)))
    moved = _same("url", best.stated, said) and best.pk not in met_in_this_run
    if moved or (best.path, best.block) == (path, block):
        return Finding(Met.AGAIN, best, {**best.stated, **said})
    return Finding(Met.SAME_TEXT, best, {**said, **best.stated})


def facts(said: dict[str, Any]) -> Facts:
    """The facts that `stated` stored."""
    values: dict[str, Any] = {}
    for name, value in said.items():
        if name in ("published", "updated"):
            moment, precision, rule, detail = value
            values[name] = Moment(
                datetime.fromisoformat(moment), Precision(precision), Evidence(rule, detail)
            )
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return Facts(**values)


def _identity(said: dict[str, Any]) -> bool:
    return bool(said.get("url") or said.get("outlet"))


def _fits(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Nothing that both state speaks against one article."""
    if old.get("url") and new.get("url"):
        return bool(old["url"] == new["url"])
    return not (old.get("outlet") and new.get("outlet")) or _same("outlet", old, new)


def _agreeing(old: dict[str, Any], new: dict[str, Any]) -> int:
    return sum(_same(name, old, new) for name in ("url", "outlet"))


def _place(known: Known, path: str, block: int) -> tuple[bool, int]:
    return ((known.path, known.block) != (path, block), known.pk)


def _same(name: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    one, other = str(old.get(name, "")), str(new.get(name, ""))
    if name == "outlet":
        one, other = one.casefold(), other.casefold()
    return bool(one) and one == other
