"""The three seeds side by side, read by the archive's own rules: what a careful reader lays together."""

import json
from datetime import date
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from archive.text.aligning import RowKind, Text, align
from archive.text.cleaning import clean
from archive.text.figures import figures
from archive.text.mentions import recognise
from archive.text.quotes import quotations
from archive.text.resolving import resolve
from archive.text.types import Span

ROOT = Path(__file__).resolve().parents[2]
GOLD = json.loads((ROOT / "tests/golden/seeds.json").read_text("utf-8"))
NAMES = sorted(GOLD["articles"])

# Words of the gold's `must_align` as each text has them, in the gold's order.
MUST_ALIGN = [
    {
        "000": "the discussion has started now",
        "002": "The discussion has started now",
        "003": "The discussion has",
    },
    {"000": "unclear how the two groups", "002": "unclear how exactly", "003": "unclear how exactly"},
    {"000": "see ISIS disappearing", "002": "see ISIS disappearing", "003": "see ISIS disappearing"},
    {"000": "broke off from the group", "002": "disaffiliated with", "003": "broke away from"},
    {"000": "offensive to retake Mosul", "002": "on October 16", "003": "since last October"},
    {"000": "6.8 percent", "003": "less than seven percent"},
]


@cache
def text_of(name):
    article = clean((ROOT / "seeds" / name).read_text("utf-8"))
    mentions = recognise(article.body, blocks=article.blocks)
    links = resolve(article.body, mentions)
    return Text(
        id=name[:3],
        body=article.body,
        blocks=article.blocks,
        quotes=tuple(quotations(article.body, mentions)),
        figures=tuple(figures(article.body)),
        mention_keys=tuple((Span(*link.mention[:2]), link.key) for link in links if link.key),
        published=date.fromisoformat(GOLD["articles"][name]["published"][:10]),
    )


TEXTS = [text_of(name) for name in NAMES]
ROWS = align(TEXTS).rows


def rows_with(column, words):
    body = TEXTS[column].body
    found = [row for row in ROWS if any(words in body[p.start : p.end] for p in row.cells[column])]
    assert found, f"no passage of {TEXTS[column].id} holds {words!r}"
    return found


@pytest.mark.parametrize(
    ("article", "words"), [(a, w) for a, words in GOLD["only_in"].items() for w in words]
)
def test_what_one_article_tells_alone_has_no_counterpart(article, words):
    column = [text.id for text in TEXTS].index(article)
    alone = {"Khasfa sinkhole": "the Khasfa sinkhole"}.get(words, words)
    for row in rows_with(column, alone):
        spans = [TEXTS[column].body[a:b] for p in row.cells[column] for a, b in p.differing]
        assert row.kinds == (RowKind.ONLY,) or any(words in run for run in spans)


@pytest.mark.parametrize("place", range(len(MUST_ALIGN)))
def test_what_a_reader_lays_together_stands_in_one_row(place):
    wanted = MUST_ALIGN[place]
    assert sorted(wanted) == sorted(GOLD["must_align"][place]["in"])
    rows = [
        set(map(ROWS.index, rows_with(column, wanted[t.id])))
        for column, t in enumerate(TEXTS)
        if t.id in wanted
    ]
    assert set.intersection(*rows), GOLD["must_align"][place]["what"]


def test_shared_quotations_are_marked_as_quotations():
    for words in ("discussion has started now", "disappearing into thin air"):
        assert all(RowKind.QUOTATION in row.kinds for row in rows_with(0, words))


def test_the_order_of_the_columns_does_not_matter():
    for order in permutations(range(len(TEXTS))):
        found = align([TEXTS[place] for place in order]).rows
        back = [order.index(place) for place in range(len(TEXTS))]
        assert tuple(row._replace(cells=tuple(row.cells[b] for b in back)) for row in found) == ROWS
