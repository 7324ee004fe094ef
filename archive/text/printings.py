"""How each text prints one quotation: whole, cut, with an ellipsis, with insertions, in other words.

The fullest printing of a row is what the others are measured by; which of them is true to what was said,
no text can tell. `gathered` lays two wordings of one statement into one row, as translations make them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from archive.text import words
from archive.text.aligning import Alignment, Text
from archive.text.cited_sources import cited_sources
from archive.text.quotations_compared import MOST, QuotationRow
from archive.text.source_kinds import SourceKind
from archive.text.types import Quote, QuoteKind, Span
from archive.text.variants import Variant, without_insertions
from archive.text.wordings import Said, beside, distinct

_PUT_IN = re.compile(
    r"\[[^\[\]]{0,200}?\w[^\[\]]{0,200}\]"
)  # words in square brackets: "[...]" puts nothing in
_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")
_WHOLE = 0.06  # of the fullest printing's words may be missing from one that counts as whole
_CUT = 0.9  # of the fullest printing's words; with fewer, a printing that is worded otherwise is cut as well
_SAME_THING = 0.5  # of the shorter quotation's content words, in passages that stand in one row
_NEAR = 2_000  # letters before and behind a quotation that are looked at: longer paragraphs are none
_FEWEST = 4  # words; shorter quotations of one passage are no two wordings of one statement
_FEWEST_OF_STRETCH = 2  # content words that a translation shares with each stretch of a statement
# Words that stand for anybody say nothing of what is said.
_ANYBODY = frozenset(
    words.comparable(word)
    for word in ("every", "everyone", "everybody", "everything", "itself", "himself", "herself", "themselves")
)
_LANGUAGES = (
    "Arabic|Bengali|Chinese|Mandarin|Cantonese|Czech|Danish|Dutch|Farsi|Persian|Dari|Pashto|Finnish|French|German"
    "|Greek|Hebrew|Hindi|Hungarian|Indonesian|Italian|Japanese|Korean|Kurdish|Norwegian|Polish|Portuguese"
    "|Romanian|Russian|Serbian|Spanish|Swahili|Swedish|Thai|Turkish|Ukrainian|Urdu|Vietnamese"
)
# What an article says of words that it translated, or took over translated; beside the quotation, not in it.
_TRANSLATED = re.compile(
    rf"\btranslat(?:ed|ion|or)\b|\b(?:[Tt]hrough|via) (?:an?|his|her|their) interpreter\b"
    r"|\b(?:said|told|wrote|spoke|speaking|statement|interview|written|post|tweet)\b"
    rf"[^.;]{{0,60}}?\bin (?:{_LANGUAGES})\b"
)


class Way(StrEnum):
    """How a text prints a quotation. Several may hold at once."""

    FULL = "in full"
    CUT = "cut"
    ELLIPSIS = "with an ellipsis"
    INSERTION = "with a bracketed insertion"
    OTHERWISE = "worded otherwise"
    TRANSLATED = "translated"
    PARTS = "in parts"


class Printing(NamedTuple):
    """One text's printing of a quotation: how, by whom as printed there, and through which outlet or agency.

    All are spans of the text's body; `speakers` are the printed sources ("Allawi", "he").
    """

    quotes: tuple[Quote, ...]
    ways: tuple[Way, ...]
    speakers: tuple[Span, ...]
    through: tuple[Span, ...]


def printings(row: QuotationRow, texts: Sequence[Text]) -> tuple[Printing | None, ...]:
    """How each text prints the quotation of a row; None where it does not."""
    said = [_stretches(text.body, quotes) for text, quotes in zip(texts, row.cells, strict=True)]
    printed = [
        stretches
        for text, quotes, stretches in zip(texts, row.cells, said, strict=True)
        if not any(_translated(text, quote) for quote in quotes)
    ]  # what is translated is worded as the translator liked it, and measures nobody
    fullest = max(printed if any(printed) else said, key=lambda one: (sum(map(len, one)), one))
    return tuple(
        _printing(text, quotes, mine, fullest, row.texts > 1) if quotes else None
        for text, quotes, mine in zip(texts, row.cells, said, strict=True)
    )


def _printing(
    text: Text, quotes: Sequence[Quote], mine: Sequence[Said], fullest: Sequence[Said], shared: bool
) -> Printing:
    ways = [*(_against(mine, fullest) if shared else ()), *_own_ways(text, quotes)]
    if len(mine) > 1:
        ways.append(Way.PARTS)
    speakers = {text.body[slice(*quote.speaker)]: quote.speaker for quote in quotes if quote.speaker}
    return Printing(tuple(quotes), tuple(ways), tuple(speakers.values()), tuple(_through(text, quotes)))


def _stretches(body: str, quotes: Sequence[Quote]) -> tuple[Said, ...]:
    """The words of each of a text's quotations in order; what it quotes twice counts once."""
    return distinct([_said(body, [quote]) for quote in quotes])


def _said(body: str, quotes: Sequence[Quote]) -> Said:
    """All words of a text's quotations in order, without what the outlet put in brackets."""
    printed = (words.fold(body[start:end]) for quote in quotes for start, end in quote.spoken)
    return tuple(word for part in printed for word, _, _ in words.every_word(without_insertions(part)))


def _against(mine: Sequence[Said], fullest: Sequence[Said]) -> Iterator[Way]:
    """A printing beside the fullest one."""
    found = beside(mine, fullest)
    length, most = sum(map(len, mine)), sum(map(len, fullest))
    if not found.otherwise and found.common >= (1 - _WHOLE) * most:
        yield Way.FULL
        return
    if not found.otherwise or length < _CUT * most:
        yield Way.CUT
    if found.otherwise:
        yield Way.OTHERWISE


def _own_ways(text: Text, quotes: Sequence[Quote]) -> Iterator[Way]:
    printed = [text.body[start:end] for quote in quotes for start, end in quote.spoken]
    if any(_ELLIPSIS.search(part) for part in printed):
        yield Way.ELLIPSIS
    if any(_PUT_IN.search(part) for part in printed):
        yield Way.INSERTION
    if any(_translated(text, quote) for quote in quotes):
        yield Way.TRANSLATED


def _translated(text: Text, quote: Quote) -> bool:
    return any(_TRANSLATED.search(around) for around in _around(text, quote))


def _around(text: Text, quote: Quote) -> Iterator[str]:
    """The words of the quotation's paragraph before and behind it, without what else is quoted there."""
    start, end = _paragraph(text.body, quote)
    at = start
    first = bisect_left(text.quotes, start, key=lambda other: other.start)
    last = bisect_left(text.quotes, end, key=lambda other: other.start)
    for other in text.quotes[first:last]:
        yield text.body[at : other.start]
        at = max(at, other.end)
    yield text.body[at:end]


def _paragraph(body: str, quote: Quote) -> Span:
    """The paragraph of a quotation; of a very long one what is near to it."""
    first, last = max(0, quote.start - _NEAR), min(len(body), quote.end + _NEAR)
    end = body.find("\n", quote.end, last)
    start = body.rfind("\n", first, quote.start) + 1
    return Span(start or first, end if end >= 0 else last)


def _through(text: Text, quotes: Sequence[Quote]) -> Iterator[Span]:
    """The agencies and outlets that the paragraphs of the quotations cite."""
    paragraphs = {_paragraph(text.body, quote) for quote in quotes}
    for source in cited_sources(text):
        if source.kind in (SourceKind.AGENCY, SourceKind.MEDIA):
            for start, end in sorted(paragraphs):
                yield from (place for place in source.places if start <= place.start < end)


# --- other wordings of one statement ----------------------------------------------------------------


def gathered(
    rows: Sequence[QuotationRow], texts: Sequence[Text], alignment: Alignment
) -> tuple[QuotationRow, ...]:
    """The rows, with those made one that hold two wordings of one statement.

    Two quotations are one statement where they have one speaker, share half of their content words (less than
    the same words, more than the same occasion), and stand in passages of one row or one of them is
    translated. What one text says in two stretches ("...", he said. "...") is one statement where another
    text has words of both in one stretch.

    Args:
        rows: `quotation_rows(texts)`.
        texts: in the order of their columns.
        alignment: `align(texts)`.
    """
    found: list[QuotationRow] = []
    for row in rows[:MOST]:
        place = len(found)
        while (twin := _twin(row, found, texts, alignment)) is not None:
            place = min(place, twin)
            row = _together(found.pop(twin), row)
        found.insert(place, row)
    return tuple(sorted([*found, *rows[MOST:]], key=lambda row: -row.texts))


def _twin(
    row: QuotationRow, found: Sequence[QuotationRow], texts: Sequence[Text], alignment: Alignment
) -> int | None:
    """The first of the rows that holds another wording of the statement of this one."""
    places = (place for place, other in enumerate(found) if _one_statement(row, other, texts, alignment))
    return next(places, None)


def _together(one: QuotationRow, other: QuotationRow) -> QuotationRow:
    cells = (tuple(sorted(a + b)) for a, b in zip(one.cells, other.cells, strict=True))
    variants = dict.fromkeys((*one.variants, *other.variants, Variant.REWORDED.value))
    ordered = tuple(variant.value for variant in Variant if variant.value in variants)
    return QuotationRow(tuple(cells), tuple(sorted({*one.speakers, *other.speakers})), ordered)


def _one_statement(
    one: QuotationRow, other: QuotationRow, texts: Sequence[Text], alignment: Alignment
) -> bool:
    if not one.speakers or one.speakers != other.speakers:
        return False
    if _bridged(one, other, texts) or _bridged(other, one, texts):
        return True
    if any(a and b for a, b in zip(one.cells, other.cells, strict=True)):
        return False
    return any(
        _alike(texts[left], mine, texts[right], theirs)
        and (
            _translated(texts[left], mine)
            or _translated(texts[right], theirs)
            or _row_of(alignment, left, mine) & _row_of(alignment, right, theirs)
        )
        for left, ones in enumerate(one.cells)
        for right, others in enumerate(other.cells)
        for mine in ones
        for theirs in others
    )


def _bridged(one: QuotationRow, other: QuotationRow, texts: Sequence[Text]) -> bool:
    """Whether some text's stretches of the two rows follow each other, and another's holds words of both."""
    for text, firsts, seconds in zip(texts, one.cells, other.cells, strict=True):
        for first in _followed(text, firsts, seconds):
            run = _runs(text, first)
            for bridge, ones, others in zip(texts, one.cells, other.cells, strict=True):
                if bridge is not text and any(
                    run & _runs(bridge, quote) or _translates(bridge, quote, text, first)
                    for quote in others
                    if quote not in ones
                ):
                    return True
    return False


def _translates(text: Text, quote: Quote, other_text: Text, stretch: Quote) -> bool:
    """Whether a translated quotation has half of what a stretch of another text says."""
    stems = _stems(other_text, stretch)
    common = len(stems & _stems(text, quote))
    return common >= max(_FEWEST_OF_STRETCH, _SAME_THING * len(stems)) and _translated(text, quote)


def _followed(text: Text, firsts: Sequence[Quote], seconds: Sequence[Quote]) -> list[Quote]:
    """Those of the first stretches that stand right beside one of the second in a paragraph."""
    starts = sorted(quote.start for quote in text.quotes)
    return [
        first
        for first in firsts
        if any(
            _paragraph(text.body, first) == _paragraph(text.body, second)
            and abs(starts.index(first.start) - starts.index(second.start)) == 1
            for second in seconds
        )
    ]


def _runs(text: Text, quote: Quote) -> set[tuple[str, ...]]:
    """All runs of four words of a quotation."""
    said = _said(text.body, [quote])
    return {said[place : place + _FEWEST] for place in range(len(said) - _FEWEST + 1)}


def _alike(text: Text, one: Quote, other_text: Text, other: Quote) -> bool:
    if QuoteKind.MIXED in (one.kind, other.kind):
        return False
    stems, others = _stems(text, one), _stems(other_text, other)
    fewest = min(len(stems), len(others))
    return fewest >= _FEWEST and len(stems & others) >= _SAME_THING * fewest


def _stems(text: Text, quote: Quote) -> frozenset[str]:
    found = (words.tokens(words.fold(text.body[start:end])) for start, end in quote.spoken)
    return frozenset(words.sense(token.stem) for part in found for token in part) - _ANYBODY


def _row_of(alignment: Alignment, column: int, quote: Quote) -> set[int]:
    return {
        number
        for number, row in enumerate(alignment.rows)
        if any(passage.start < quote.end and quote.start < passage.end for passage in row.cells[column])
    }
