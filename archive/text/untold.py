"""Of the statements that a text does not have a row for, those that it surely does not tell.

A row is cut and linked by likeness, so a text may tell in other words, or elsewhere, what stands in a row
without it; and what others share may be no more than a few names. Where one of both may be, nothing is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from archive.text import words
from archive.text.aligning import Alignment, Row
from archive.text.carried import Unsaid
from archive.text.passages import Text
from archive.text.row_kinds import RowKind
from archive.text.sentences import sentences

_FEWEST_SHARED = 3  # stems that the texts which carry a statement have in common
_FEWEST_PLAIN = 2  # of these are neither names nor numbers
_AGREED = 0.4  # of the shortest one's stems; with a number in common less is enough
_TOLD = 0.5  # of the common stems, in one passage or two that follow each other
_QUOTED = 4  # words that follow one another: who quotes so many of a statement tells of it

Stems = dict[str, bool]  # whether a stem is plain: neither a name nor a number


def surely_unsaid(
    unsaid: Sequence[Sequence[Unsaid]], alignment: Alignment, texts: Sequence[Text]
) -> tuple[tuple[Unsaid, ...], ...]:
    """For each column those statements on which the others agree and of which it holds no trace.

    Args:
        unsaid: `not_carried(alignment, ...)`.
        alignment: of the texts.
        texts: in the order of their columns.
    """
    return tuple(
        tuple(
            one
            for one in ones
            if (common := _common(alignment.rows[one.row], one.carrying, texts))
            and not _tells(texts[column], common)
            and not _quotes(texts[column], alignment.rows[one.row], one.carrying, texts)
        )
        for column, ones in enumerate(unsaid)
    )


def _common(row: Row, carrying: Sequence[int], texts: Sequence[Text]) -> frozenset[str]:
    """What two or more of the texts have in common, as stems; nothing where it is too little."""
    said = [_stems(" ".join(_printed(row, column, texts))) for column in carrying]
    shared: set[str] = set()
    plain: set[str] = set()
    agreed = False
    for one, other in combinations(said, 2):
        both = one.keys() & other.keys()
        number = any(stem[:1].isdigit() for stem in both)
        agreed |= number or len(both) >= _AGREED * min(len(one), len(other))
        shared |= both
        plain |= {stem for stem in both if one[stem] and other[stem]}
    if row.kinds[0] is not RowKind.SAME and (len(plain) < _FEWEST_PLAIN or not agreed):
        return frozenset()
    return frozenset(shared) if len(shared) >= _FEWEST_SHARED else frozenset()


def _printed(row: Row, column: int, texts: Sequence[Text]) -> list[str]:
    return [texts[column].body[passage.start : passage.end] for passage in row.cells[column]]


def _stems(printed: str) -> Stems:
    found = words.tokens(words.fold(printed))
    opens = found[0].start if found else 0
    return {
        words.sense(token.stem): token.stem[:1].isalpha() and (not token.capital or token.start == opens)
        for token in found
    }


def _tells(text: Text, common: frozenset[str]) -> bool:
    """Whether a sentence of the text, or two in a row, hold half of what the others have in common."""
    places = _places(text)
    held: Counter[int] = Counter()
    for stem in common:
        found = places.get(stem, frozenset())
        held.update(found | {number + 1 for number in found})
    return any(count >= _TOLD * len(common) for count in held.values())


@lru_cache(16)
def _places(text: Text) -> dict[str, frozenset[int]]:
    """The numbers of the sentences in which a stem stands."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, span in enumerate(sentences(text.body)):
        for stem in _stems(text.body[slice(*span)]):
            found[stem].add(number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}


def _quotes(text: Text, row: Row, carrying: Sequence[int], texts: Sequence[Text]) -> bool:
    """Whether the text quotes some words of the statement."""
    told = {run for column in carrying for part in _printed(row, column, texts) for run in _runs(part)}
    return any(
        run in told
        for quote in text.quotes
        for span in quote.spoken
        for run in _runs(text.body[slice(*span)])
    )


def _runs(printed: str) -> Iterator[tuple[str, ...]]:
    said = [word for word, _, _ in words.every_word(words.fold(printed))]
    return (tuple(said[place : place + _QUOTED]) for place in range(len(said) - _QUOTED + 1))
