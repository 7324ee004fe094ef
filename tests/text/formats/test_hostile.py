"""What hostile bytes may do to any reader: nothing. The long run is benchmarks/fuzz_readers.py."""

import pytest

from archive.text.cleaning import clean
from archive.text.reading import read
from archive.text.types import RawFile
from benchmarks.fuzz_readers import SEEDS, outcomes

PACKED = ("gz", "zip", "tar")
PIECES = {
    "invalid UTF-8": b"\xff\xc3\x28\xed\xa0\x80",
    "direction of writing": "\u202e\u2066".encode(),
    "zero width": "\u200b\ufeff".encode(),
    "script": b"<script>alert(1)</script>",
}
PLACES = 12  # of each file, from its first byte to its last


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("name", SEEDS)
def test_in_every_place_it_ends_under_a_named_outcome(name, piece):
    seed = SEEDS[name]
    for place in range(0, len(seed.data) + 1, max(1, len(seed.data) // PLACES)):
        data = seed.data[:place] + piece + seed.data[place:]
        assert outcomes(seed.path, data) > 0 or name in PACKED


def test_script_in_every_field_stays_the_text_that_it_is():
    script = "<script>alert(1)</script>"
    words = "The harbour of Lodby opened again on Monday after nine years, the mayor said at the pier. " * 3
    head = "title,text,date,author,url,outlet,language\n"
    row = ",".join([script, f'"{words}"', *[script] * 5])
    (article,) = read(RawFile("a.csv", (head + row).encode())).articles
    cleaned = clean(article.text, article.facts)
    assert cleaned.body == words.strip()
    assert cleaned.headline == script and cleaned.published is None
    assert not article.facts.url.startswith("javascript:")


def test_hidden_characters_do_not_part_words_and_turned_ones_are_not_shown():
    words = "The har\u200bbour of Lodby opened \u202eagain\u202c on Monday, the mayor said in the rain. "
    (article,) = read(RawFile("a.txt", f"Harbour of Lodby opens\n\n{words * 4}".encode())).articles
    body = clean(article.text).body
    assert "The harbour of Lodby opened again on Monday" in body


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", 'title,text\nHarbour opens,"{}"\n'),
        ("a.jsonl", '{{"title": "Harbour opens", "text": "{}"}}\n'),
        ("a.json", '[{{"title": "Harbour opens", "text": "{}"}}]'),
    ],
)
def test_rows_whose_texts_are_marked_up_are_no_page(name, data):
    words = "<p>The harbour of Lodby opened again on Monday, the mayor said.</p> " * 12
    (article,) = read(RawFile(name, data.format(words.strip()).encode())).articles
    assert article.facts.headline == "Harbour opens" and "<p>" not in clean(article.text, article.facts).body
