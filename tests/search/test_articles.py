import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Article
from archive.search.articles import article_page, passages, raw_pieces
from tests.archive_factory import make_article, make_event

RAW = "MENU\nHarbour\nFirst part.\nREAD MORE: ships\nSecond part.\nSHARE"
BODY = "First part.\n\nSecond part."


def article_of(removed: list[list[object]], raw: str = RAW) -> Article:
    return Article(
        raw=raw,
        body=BODY,
        blocks=[[0, 11, "paragraph"], [13, 25, "paragraph"]],
        segments=[[0, raw.find("First"), 11], [13, raw.find("Second"), 12]],
        removed=removed,
    )


def cut(words: str, kind: str) -> list[object]:
    return [RAW.index(words), RAW.index(words) + len(words), kind, "A reason."]


def test_what_surrounds_the_article_leaves_no_slip_in_the_text():
    found = passages(article_of([cut("MENU", "menu"), cut("SHARE", "share bar"), cut("Harbour", "headline")]))
    assert [passage.cuts for passage in found] == [(), ()]


def test_what_was_taken_out_between_paragraphs_stands_in_its_place():
    first, second = passages(article_of([cut("READ MORE: ships", "related link")]))
    assert first.cuts == ()
    assert [piece.kind.value for piece in second.cuts] == ["related link"]
    assert (first.number, second.number) == (1, 2)


def test_the_raw_text_is_shown_whole_and_in_order():
    pieces = raw_pieces(article_of([cut("READ MORE: ships", "related link"), cut("MENU", "menu")]))
    assert "".join(piece.text for piece in pieces) == RAW
    assert [(piece.text, piece.number) for piece in pieces if piece.removed] == [
        ("MENU", 1),
        ("READ MORE: ships", 2),
    ]


@given(st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70))))
def test_whatever_was_taken_out_no_letter_is_lost_or_doubled(spans):
    removed = [[min(span), max(span), "other", "A reason."] for span in spans]
    assert "".join(piece.text for piece in raw_pieces(article_of(removed))) == RAW


@pytest.mark.django_db
def test_other_coverage_is_of_the_same_event_and_never_the_article_itself():
    one, other, stranger = make_article("One"), make_article("Other"), make_article("Stranger")
    make_event("The bridge", one, other)
    coverage = article_page(Article.objects.get(pk=one.pk)).coverage
    assert [found.article for found in coverage] == [other]
    assert article_page(stranger).coverage == ()


@pytest.mark.django_db
def test_a_withdrawn_name_is_no_link():
    article = make_article(people=["harbour"])
    entity = article.mentions.get().entity
    assert [one.mentions for one in article_page(article).people] == [1]
    entity.withdrawn = True
    entity.save()
    assert article_page(article).people == ()
