"""Which quotations of several texts are the same words said once: rows of quotations across articles.

    rows = quotation_rows(texts)

Few words alone do not make one quotation of what two people are said to say: "we'll see" is said by many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from archive.text.passages import Text
from archive.text.types import Quote, QuoteKind
from archive.text.variants import Variant, same_quotation, spoken_words

_LONGEST_NAME = 4  # words
_ANYBODYS = 8  # words; so few are one quotation only where the texts name one speaker, or not both name any
MOST = 400  # quotations of all texts together that are compared: more are a list, no report


class QuotationRow(NamedTuple):
    """One thing said, with every way it is printed. `variants` say how the printings differ, in words."""

    cells: tuple[tuple[Quote, ...], ...]
    speakers: tuple[str, ...]  # keys of those whom the texts name as speakers
    variants: tuple[str, ...]

    @property
    def texts(self) -> int:
        """How many of the texts print it."""
        return sum(bool(cell) for cell in self.cells)


def quotation_rows(texts: Sequence[Text]) -> tuple[QuotationRow, ...]:
    """Which quotations are the same words said once.

    One text may print whole what another splits, so a row can hold several quotations of one text.

    Args:
        texts: the texts in the order of their columns.

    Returns:
        One row for each thing said: those of several texts first, then in the order of the first text.
    """
    said = [(column, quote) for column, text in enumerate(texts) for quote in text.quotes if _is_said(quote)]
    found: dict[tuple[int, int], str] = {}
    for (one, (left, quote)), (other, (right, second)) in combinations(_compared(said), 2):
        if left != right and not _of_two_people((texts[left], quote), (texts[right], second)):
            variant = same_quotation(texts[left].body, quote, texts[right].body, second)
            named = _names_something(texts[left], quote) or _names_something(texts[right], second)
            if variant is not None and not (named and variant is Variant.CUT):
                found[one, other] = variant.value
    groups = _connected(len(said), found)
    rows = [_quotation_row(texts, [said[number] for number in group], found, group) for group in groups]
    return tuple(sorted(rows, key=lambda row: -row.texts))


def _compared(said: Sequence[tuple[int, Quote]]) -> list[tuple[int, tuple[int, Quote]]]:
    """The quotations that are laid beside each other, with their numbers: the first ones of each text."""
    met: Counter[int] = Counter()
    ranked = []
    for number, (column, _) in enumerate(said):
        ranked.append((met[column], number))
        met[column] += 1
    return [(number, said[number]) for number in sorted(number for _, number in sorted(ranked)[:MOST])]


def _of_two_people(one: tuple[Text, Quote], other: tuple[Text, Quote]) -> bool:
    """Whether two texts give a few words to two people, neither of whom can be the other misspelt."""
    first, second = _speaker(*one), _speaker(*other)
    if not first or not second or _may_be_one(first, second):
        return False
    return min(len(spoken_words(text.body, quote)) for text, quote in (one, other)) <= _ANYBODYS


def _names_something(text: Text, quote: Quote) -> bool:
    """Whether a few quoted words all have capitals: the name of a thing, of which others say more."""
    printed = [word for span in quote.spoken for word in text.body[slice(*span)].split()]
    return len(printed) <= _LONGEST_NAME and all(word[:1].isupper() for word in printed)


def _may_be_one(first: list[str], second: list[str]) -> bool:
    """Whether two names have two words in common, or surname and initial, or one is part of the other."""
    common = set(first) & set(second)
    initials = first[-1] == second[-1] and first[0][0] == second[0][0]
    return initials or len(common) >= min(2, len(first), len(second))


def _speaker(text: Text, quote: Quote) -> list[str]:
    """The words of the key of who speaks; empty where that is not known."""
    if quote.speaker_mention is None:
        return []
    return text.mention_keys[quote.speaker_mention][1].partition("@")[0].split()


def _is_said(quote: Quote) -> bool:
    """A few words in marks whose speaker is unsure are set off, but nobody's statement."""
    return quote.kind is not QuoteKind.MIXED or quote.speaker_mention is not None


def _connected(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers below `size` in groups: pairs stand together, and so does what pairs connect."""
    group_of = [[number] for number in range(size)]
    for one, other in pairs:
        if group_of[one] is not group_of[other]:
            group_of[one].extend(group_of[other])
            for number in group_of[other]:
                group_of[number] = group_of[one]
    return [sorted(group) for number, group in enumerate(group_of) if min(group) == number]


def _quotation_row(
    texts: Sequence[Text],
    said: Sequence[tuple[int, Quote]],
    variants: Mapping[tuple[int, int], str],
    group: Sequence[int],
) -> QuotationRow:
    cells = tuple(tuple(quote for place, quote in said if place == column) for column in range(len(texts)))
    speakers = {
        texts[column].mention_keys[quote.speaker_mention][1]
        for column, quote in said
        if quote.speaker_mention is not None
    }
    members = set(group)
    within = {variant for (one, _), variant in variants.items() if one in members} if len(group) > 1 else ()
    ordered = tuple(variant.value for variant in Variant if variant.value in within)
    return QuotationRow(cells, tuple(sorted(speakers - {""})), ordered)
