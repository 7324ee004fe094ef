"""Reading: what must never become an article, and what every encoding must come out as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.reading import LONGEST_ARTICLE, read
from archive.text.types import RawFile

TEXT = "Harbour “reopens” at Łódź\n\nThe café by the harbour opened – at last – on Monday."


def rejection_of(data: bytes, path: str = "a.txt") -> str:
    reading = read(RawFile(path, data))
    assert reading.articles == ()
    assert len(reading.rejections) == 1
    return reading.rejections[0].reason


def text_of(data: bytes, path: str = "a.txt") -> str:
    reading = read(RawFile(path, data))
    assert reading.rejections == ()
    return reading.articles[0].text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n ", "white space"),
        (b"\xef\xbb\xbf\n", "white space"),
        (b"\xff\xfe \x00\n\x00", "white space"),
        ("\u2003\n".encode(), "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "JPEG picture"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00", "BMP picture"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\x00\x00\x00", "ZIP"),
        (bytes(range(256)) * 8, "machine data"),
        (
            b"A short text\x00 with a hole in it, and many other words around it.",
            "NUL byte (the first at byte 12)",
        ),
        (b"caf\x81 \x8d", "encoding could not be told"),
    ],
)
def test_what_is_no_text_is_rejected_with_the_reason(data: bytes, words: str) -> None:
    assert words in rejection_of(data)


def test_a_kind_of_file_that_nobody_reads_is_rejected_by_its_ending() -> None:
    assert ".xyz" in rejection_of(b"words", "folder/a.xyz")


def test_text_that_begins_like_a_picture_is_text() -> None:
    assert text_of(b"BMW said on Monday that it would build cars.").startswith("BMW")
    assert text_of(b"MZ is a maker of motorcycles in Saxony.").startswith("MZ")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_unicode_encodings_with_and_without_mark(encoding: str, name: str) -> None:
    reading = read(RawFile("a.txt", TEXT.encode(encoding)))
    assert reading.articles[0].text == TEXT
    assert reading.articles[0].encoding == name


def test_windows_text_keeps_its_quotes_and_accents() -> None:
    windows = "“Café” – naïve…"
    assert text_of(windows.encode("cp1252")) == windows
    assert text_of("déjà vu".encode("latin-1")) == "déjà vu"


def test_line_ends_become_one_kind() -> None:
    assert text_of(b"one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"


def test_a_few_broken_bytes_do_not_cost_the_article() -> None:
    reading = read(RawFile("a.txt", "“Quoted” words – “again”".encode() + b"\xe2\x80"))
    assert reading.articles[0].text.startswith("“Quoted” words – “again”")
    assert reading.articles[0].encoding == "utf-8, 1 broken"


def test_the_article_says_which_bytes_it_was_read_from() -> None:
    data = TEXT.encode("utf-8-sig")
    article = read(RawFile("a", data)).articles[0]
    assert (article.block, article.byte_start, article.byte_end) == (1, 0, len(data))


def test_fifty_megabytes_of_one_line_are_refused_at_once() -> None:
    assert "split it" in rejection_of(b"a" * 50_000_000)


def test_the_limit_counts_characters_and_not_bytes() -> None:
    assert len(text_of("ł".encode() * LONGEST_ARTICLE)) == LONGEST_ARTICLE
    assert "characters" in rejection_of("ł".encode() * (LONGEST_ARTICLE + 1))


def test_a_log_of_a_hundred_thousand_lines_is_no_article() -> None:
    assert "100,000 lines" in rejection_of(b"GET /\n" * 100_000)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a", "a.md", "a.pdf"]))
def test_any_bytes_have_exactly_one_outcome(data: bytes, path: str) -> None:
    reading = read(RawFile(path, data))
    assert len(reading.articles) + len(reading.rejections) == 1
    assert all("\x00" not in article.text and "\r" not in article.text for article in reading.articles)
    assert all(rejection.reason.endswith(".") for rejection in reading.rejections)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    reading = read(RawFile("a.txt", text.encode("utf-8-sig")))
    if text.strip().strip("\ufeff"):
        assert reading.articles[0].text == text
    else:
        assert reading.rejections
