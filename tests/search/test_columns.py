"""Texts as columns: one key for a name that several print, units as they are stored."""

import pytest

from archive.models import Article, Cut
from archive.pipeline import annotating, authority
from archive.search.columns import one_key_each, text_of
from archive.text import cuts
from archive.text.passages import Text, units
from archive.text.types import Span
from tests.archive_factory import make_article


def keys(*named):
    texts = [Text(str(number), "", mention_keys=((Span(0, 1), key),)) for number, key in enumerate(named)]
    return [key for text in one_key_each(texts) for _, key in text.mention_keys]


def test_a_surname_alone_joins_nothing():
    assert keys("brook@one", "brook@two") == ["brook@one", "brook@two"]


def test_a_name_of_several_words_is_one_in_all_texts():
    assert len(set(keys("harbour board@one", "harbour board@two"))) == 1
    assert keys("harbour board@one", "harbour board") == ["harbour board", "harbour board"]
    assert keys("harbour board@one", "water board@two") == ["harbour board@one", "water board@two"]


@pytest.mark.django_db
def test_units_are_read_as_they_are_stored_and_found_anew_under_other_rules(monkeypatch):
    board = "The harbour board kept the second pier closed, while Mira Voss mended the broken crane."
    article = make_article(body=f"{board} “So it is,” she said.")
    annotating.run([article.pk], authority.current())
    stored = text_of(Article.objects.get())
    assert stored.cuts == (0, -board.index("while"), len(board) + 1)
    monkeypatch.setattr(cuts, "rules", lambda: "of tomorrow")
    later = text_of(Article.objects.get())
    assert not later.cuts
    assert units(later) == units(stored)
    Cut.objects.all().delete()
    assert units(text_of(Article.objects.get())) == units(stored)
