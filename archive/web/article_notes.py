"""Notes beside an article's paragraphs: where else its passages stand, or that no counterpart was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse

from archive.models import Article
from archive.search.comparison import MOST_COLUMNS, comparison
from archive.text.aligning import RowKind
from archive.web.comparison_rows import SIGNS, PageRow, page_rows


class Elsewhere(NamedTuple):
    """A paragraph of another text that holds the same."""

    label: str
    paragraph: int
    href: str


class Note(NamedTuple):
    """One passage of a paragraph: the sign, what it says, the row of the comparison, where else it stands."""

    sign: str
    label: str
    href: str
    elsewhere: tuple[Elsewhere, ...]


def article_notes(article: Article, beside: Sequence[int]) -> dict[int, list[Note]]:
    """Notes by the number of the paragraph.

    Args:
        article: whose paragraphs.
        beside: ids of the other articles of its event, first published first; as many as fit are compared.
    """
    if article.event is None or not beside:
        return {}
    shown = [article.pk, *beside][:MOST_COLUMNS]
    found = comparison(article.event, shown)
    if found is None or found.columns[0].article.pk != article.pk:
        return {}
    address = f"{reverse('compare', args=[article.event.pk])}?articles={','.join(map(str, shown))}"
    notes: defaultdict[int, list[Note]] = defaultdict(list)
    alone: dict[int, Note] = {}
    for row in page_rows(found, "all"):
        for paragraph, note in _notes(row, address):
            if row.number:
                notes[paragraph].append(note)
            else:
                alone.setdefault(paragraph, note)
    return {**{paragraph: [note] for paragraph, note in alone.items()}, **notes}


def _notes(row: PageRow, address: str) -> Iterator[tuple[int, Note]]:
    """A note for each paragraph of the first column that has a part in the row."""
    href = f"{address}#{row.id}"
    mine = row.cells[0].passages
    if row.number:
        elsewhere = tuple(
            Elsewhere(cell.column.label, cell.passages[0].paragraph, cell.passages[0].href)
            for cell in row.cells[1:]
            if cell.passages
        )
        label = f"{'' if row.sure else 'perhaps '}{row.marks[0].label}"
        for paragraph in dict.fromkeys(passage.paragraph for passage in mine):
            yield paragraph, Note(row.marks[0].sign, label, href, elsewhere)
        return
    for passage in mine:
        if passage.alone:
            yield passage.paragraph, Note(SIGNS[RowKind.ONLY], RowKind.ONLY.value, href, ())
