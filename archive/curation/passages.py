"""Which passages belong beside each other, decided by hand: rows of a comparison joined and parted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from archive.curation.decisions import Decision, Refused
from archive.models import Article, Judgement
from archive.text.judged_rows import as_value, passage_words

Verdict = Judgement.Verdict


class Chosen(NamedTuple):
    """A passage that a curator pointed at: where it stands in the body of its article."""

    article: Article
    start: int
    end: int


def belong_together(chosen: Iterable[Chosen]) -> list[Decision]:
    """The passages report one thing: their rows become one.

    Raises:
        Refused: if they are not of different texts, or hold no words.
    """
    return _decisions(Verdict.SAME_PASSAGE, list(chosen))


def belong_apart(chosen: Iterable[Chosen]) -> list[Decision]:
    """No two of the passages belong in one row.

    Raises:
        Refused: if they are not of different texts, or hold no words.
    """
    return _decisions(Verdict.OTHER_PASSAGE, list(chosen))


def _decisions(verdict: str, chosen: Sequence[Chosen]) -> list[Decision]:
    named = sorted({(one.article.content_key, _words(one)) for one in chosen})
    pairs = [(one, other) for one, other in combinations(named, 2) if one[0] != other[0]]
    if not pairs:
        raise Refused("Choose passages of two different texts: copies of one text are not compared.")
    return [
        Decision(verdict, one, other, value=as_value(words, other_words))
        for (one, words), (other, other_words) in pairs
    ]


def _words(chosen: Chosen) -> str:
    words = passage_words(chosen.article.body, chosen.start, chosen.end)
    if not words:
        raise Refused("A passage without words cannot be judged.")
    return words
